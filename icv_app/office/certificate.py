"""Certificates of disposal: what each says, what has become of it since, and what is left to destroy by hand.

A certificate is complete when the shared file holds nothing of what it lists and every item of its list was ticked off.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from forms.translation import later, tr
from icv_app.backups import backup_places
from icv_app.encryption.faults import in_words
from icv_app.errors import InvalidInput, Unavailable
from icv_app.logs import trail
from icv_app.office.disposal import KIND, list_hash
from icv_app.profiles.profile import Profile
from icv_app.scheme import retention
from icv_app.sharing import cleansing
from icv_app.sharing.artefact import Damaged
from icv_app.sharing.share import Files, Share
from icv_app.sharing.shelf import Gone, Shelf
from icv_app.storage import erasure, meta
from icv_app.storage.revision import Body
from icv_app.storage.store import Record, Store

_BACKUPS: Final = "erasure_backups"  # how much was erased when the backups were last renewed
WHATS: Final[Mapping[str, str]] = {
    "share": later("a file in the shared folder"),
    "backup": later("a backup of this laptop"),
    "export": later("an export or print-out"),
}
CLASSES: Final[Mapping[str, str]] = {
    "erasure": later("Erased on request"),
    "redaction": later("Answers taken out on request"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that people destroy by hand: `destroyed` on that day by `by`, None while it is not ticked off."""

    id: str
    what: str
    name: str
    destroyed: date | None
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate as its record says it. `share`: "waiting" until the shared file was seen to be clean, then "clean".

    `classes` and `references` are as `disposal` writes them; `kept` is what was due and stays, with the reason.
    `genuine`: the list still gives the hash that was made with it.
    """

    number: str
    act: str
    at: datetime | None
    by: str
    reason: str
    confirmed: str
    classes: tuple[Mapping[str, Any], ...]
    references: tuple[Mapping[str, Any], ...]
    kept: tuple[Mapping[str, Any], ...]
    list_hash: str
    share: str
    checked: datetime | None
    items: tuple[Item, ...]

    @property
    def genuine(self) -> bool:
        """Whether the list is the one that the hash was made of."""
        return list_hash(self.references) == self.list_hash

    @property
    def outstanding(self) -> tuple[Item, ...]:
        """What nobody has ticked off yet."""
        return tuple(item for item in self.items if item.destroyed is None)

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        return self.share == "clean" and not self.outstanding


def class_title(name: str) -> str:
    """Return what a class of a certificate is called, in the language in use."""
    return tr(CLASSES[name]) if name in CLASSES else retention.title(name)


def every(store: Store) -> tuple[Certificate, ...]:
    """Return all certificates, the latest first."""
    found = [_read(record) for record in store.records(KIND)]
    return tuple(sorted(found, key=lambda each: (each.at.isoformat() if each.at else "", each.number), reverse=True))


def one(store: Store, number: str) -> Certificate:
    """Return the certificate of that number. Raises InvalidInput("no_certificate")."""
    return _read(_record(store, number))


def _record(store: Store, number: str) -> Record:
    record = store.current(KIND, number)
    if record is None or record.deleted:
        raise InvalidInput("no_certificate", tr("There is no certificate {number} here.", number=number))
    return record


def _read(record: Record) -> Certificate:
    body = record.body

    def text(name: str) -> str:
        value = body.get(name)
        return value if isinstance(value, str) else ""

    share = body.get("share")
    share = share if isinstance(share, dict) else {}
    by_hand = body.get("by_hand")
    items = [
        Item(
            id=name, what=str(each.get("what", "")), name=str(each.get("name", "")),
            destroyed=_day(each.get("destroyed")), by=str(each.get("by", "")),
        )
        for name, each in sorted(by_hand.items() if isinstance(by_hand, dict) else ())
        if isinstance(each, dict)
    ]  # fmt: skip
    return Certificate(
        number=record.key, act=text("act"), at=_moment(body.get("at")), by=text("by"), reason=text("reason"),
        confirmed=text("confirmed"), classes=_maps(body.get("classes")), references=_maps(body.get("references")),
        kept=_maps(body.get("kept")), list_hash=text("list_hash"), share=str(share.get("state", "waiting")),
        checked=_moment(share.get("checked")), items=tuple(sorted(items, key=lambda item: (item.what, item.name))),
    )  # fmt: skip


def tick(store: Store, number: str, item: str, *, by: str, today: date) -> None:
    """Enter that somebody destroyed an item. Raises InvalidInput("no_certificate", "no_item")."""
    record = _record(store, number)
    by_hand = dict(record.body.get("by_hand") or {})
    if item not in by_hand:
        raise InvalidInput("no_item", tr("{number} lists no such item.", number=number))
    by_hand[item] = {**by_hand[item], "destroyed": today.isoformat(), "by": by}
    store.save(KIND, number, {**record.body, "by_hand": by_hand})
    store.log("disposed", KIND, number, what="by hand", certificate=number)


# After the erasure ---------------------------------------------------------------------------------------------------


def renew_backups(profile: Profile, store: Store) -> tuple[str, ...]:
    """Replace this laptop's backups where something was erased since they were made; return those out of reach.

    For every laptop, after an exchange. One that cannot make a backup just now does it after the next.
    """
    with in_words():
        extent = erasure.extent(store.connection)
        done = meta.get(store.connection, _BACKUPS, 0)
    if extent == done:
        return ()
    try:
        forgotten = backup_places.forget_older_than(profile, store.clock.now())
    except Unavailable:
        return tuple(_named(each) for each in backup_places.places(profile))
    if not forgotten.left:
        with in_words():
            meta.put(store.connection, _BACKUPS, extent)
    return tuple(_named(each) for each in forgotten.left)


def _named(backup: backup_places.Backup) -> str:
    return f"{backup.path.name} ({backup.made.date().isoformat()})"


def follow_up(
    profile: Profile, store: Store, hub: Path | None, *, files: Files | None = None
) -> tuple[Certificate, ...]:  # fmt: skip
    """Enter in each certificate that is not complete what has come of it, and return those that still are not.

    Looks whether the shared folder holds anything that was erased, and lists what has to be destroyed by hand. Where
    the folder is not there, that is left for another time.
    """
    waiting = [each for each in every(store) if not each.complete]
    if not waiting:
        return ()
    found = [("backup", name) for name in renew_backups(profile, store)]
    clean = False
    if hub is not None:
        share = Share(hub, files or Files())
        shelf = Shelf(share, profile.hub_keys, profile.identity.hub_id, erasure.pardon(store.connection))
        try:
            found += [("share", name) for name in cleansing.leftovers(shelf, store)]
            entries = share.listing()
            clean = any(entry.kind == "hub" for entry in entries) and not cleansing.stained(
                shelf, store, share.ours(entries)
            )
        except (Damaged, Gone, Unavailable):  # the next exchange deals with it
            clean = False
    for each in waiting:
        _enter(store, each, [*found, *_exports(store, each)], clean=clean)
    return tuple(each for each in every(store) if not each.complete)


def _enter(store: Store, certificate: Certificate, found: list[tuple[str, str]], *, clean: bool) -> None:
    body: Body = dict(_record(store, certificate.number).body)
    items = {item.id: item for item in certificate.items}
    by_hand = dict(body.get("by_hand") or {})
    for what, name in found:
        id_ = sha256(f"{what}:{name}".encode()).hexdigest()[:12]
        if id_ not in items:
            by_hand[id_] = {"what": what, "name": name}
    share = body.get("share")
    if clean and certificate.share != "clean":
        share = {"state": "clean", "checked": store.clock.now().isoformat()}
    store.save(KIND, certificate.number, {**body, "by_hand": by_hand, "share": share})


def _exports(store: Store, certificate: Certificate) -> list[tuple[str, str]]:
    """Return what left the laptops with content of what was erased, as their logs tell: by reference, or everything."""
    if certificate.at is None:
        return []
    references = {str(each.get("reference")) for each in certificate.references}
    found = set()
    for entry in trail.read(store).entries:
        moment = entry.moment
        if entry.action != "exported" or moment is None or moment > certificate.at or entry.kind == "audit":
            continue
        if entry.key in references or (not entry.key and not entry.detail.get("period")):
            about = entry.key or tr("everything")
            found.add(
                tr("{about} as {kind}, by {person} on {day}", about=about, kind=str(entry.detail.get("to", "")),
                   person=entry.person, day=moment.date().isoformat())
            )  # fmt: skip
    return [("export", name) for name in sorted(found)]


def _maps(value: Any) -> tuple[Mapping[str, Any], ...]:
    return tuple(each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None
