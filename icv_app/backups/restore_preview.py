"""What restoring a backup would add to a profile and what it would lose, counted and, for reports, named one by one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from forms.translation import plural, tr
from icv_app.errors import InvalidInput
from icv_app.form_versions.form_book import FormBook
from icv_app.identity import Identity
from icv_app.records import reference
from icv_app.storage.audit import HOUSEKEEPING
from icv_app.storage.store import DraftRow, Store
from icv_app.wording import day_words

Present = Literal["none", "read", "closed"]
"""There is no profile yet; it was read; it cannot be read, being damaged or under another passphrase."""

REPORTS = ("visit", "record_review")
_KINDS = ("visit", "record_review", "issue", "slot", "site", "target", "visitor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would change. Records by kind: `adds` only in the backup, `loses` only here, `back` to an earlier state.

    `revisions_shared`: how many of those lost were seen in the shared file, and come back from there. `reports` and
    `drafts`: what is only here, or newer here, each in words. `identity` and `made` are the backup's.
    """

    identity: Identity
    made: datetime
    present: Present
    adds: Mapping[str, int] = field(default_factory=dict)
    loses: Mapping[str, int] = field(default_factory=dict)
    back: Mapping[str, int] = field(default_factory=dict)
    revisions: int = 0
    revisions_added: int = 0
    revisions_lost: int = 0
    revisions_shared: int = 0
    drafts_added: int = 0
    reports: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    other_person: str = ""

    @property
    def nothing_lost(self) -> bool:
        """Whether all that is here now is in the backup as well."""
        return self.present != "closed" and not (self.loses or self.back or self.revisions_lost or self.drafts)

    def as_fields(self) -> dict[str, Any]:
        """Return the preview for a JSON document."""
        return {
            "made": self.made.isoformat(timespec="seconds"), "person": self.identity.person,
            "scheme": self.identity.scheme, "present": self.present, "adds": dict(self.adds),
            "loses": dict(self.loses), "earlier": dict(self.back), "revisions": self.revisions,
            "revisions_added": self.revisions_added, "revisions_lost": self.revisions_lost,
            "revisions_lost_but_shared": self.revisions_shared, "drafts_added": self.drafts_added,
            "only_here": [*self.reports, *self.drafts],
        }  # fmt: skip


def empty(identity: Identity, made: datetime, backup: Store, *, present: Present) -> Preview:
    """Return the preview where nothing is here, or what is here cannot be read."""
    states, revs = _states(backup), _revisions(backup)
    return Preview(
        identity=identity, made=made, present=present, adds=_by_kind(kind for kind, _, _ in states.values()),
        revisions=len(revs), revisions_added=len(revs), drafts_added=len(backup.drafts()),
    )  # fmt: skip


def compared(identity: Identity, made: datetime, backup: Store, here: Store, *, mine: Identity) -> Preview:
    """Return what would become of `here`, whose identity is `mine`, if `backup` took its place.

    Raises InvalidInput("other_scheme").
    """
    if identity.hub_id != mine.hub_id:
        raise InvalidInput(
            "other_scheme",
            tr(
                "The backup belongs to another scheme, {theirs}; this laptop's data belongs to {ours}. Nothing was "
                "changed. Please restore it into a folder of its own.",
                theirs=identity.scheme,
                ours=mine.scheme,
            ),
        )
    theirs, ours = _states(backup), _states(here)
    their_revs, our_revs = _revisions(backup), _revisions(here)
    lost = our_revs - their_revs
    gone = {record for record in ours if record not in theirs}
    back = {record for record, state in ours.items() if record in theirs and _has(state[2], lost)}
    their_drafts = {row.draft: row for row in backup.drafts()}
    our_drafts = here.drafts()
    newer = [row for row in our_drafts if _is_newer(row, their_drafts.get(row.draft))]
    held = {row.draft for row in our_drafts}
    return Preview(
        identity=identity, made=made, present="read",
        adds=_by_kind(theirs[record][0] for record in theirs if record not in ours),
        loses=_by_kind(ours[record][0] for record in gone),
        back=_by_kind(ours[record][0] for record in back),
        revisions=len(their_revs), revisions_added=len(their_revs - our_revs), revisions_lost=len(lost),
        revisions_shared=len(lost - here.unshared()),
        drafts_added=sum(draft not in held for draft in their_drafts),
        reports=tuple(_reports(here, {record: ours[record] for record in gone | back})),
        drafts=tuple(_drafts(here, newer)),
        other_person="" if identity.person == mine.person else mine.person,
    )  # fmt: skip


def words(preview: Preview) -> tuple[str, ...]:
    """Return the preview in sentences, for the window and the command line alike."""
    who, made = preview.identity, preview.made
    lines = [
        tr(
            "A backup of {person} in {scheme}, made on {date} at {time}.",
            person=who.person, scheme=who.scheme, date=day_words(made), time=f"{made:%H:%M}",
        )
    ]  # fmt: skip
    if preview.present == "none":
        lines.append(_holds(preview))
        return tuple(lines)
    if preview.present == "closed":
        lines += [
            _holds(preview),
            tr("What this laptop holds now cannot be read with this passphrase, so it cannot be compared."),
            tr("It will be kept aside whole, and can be brought back."),
        ]
        return tuple(lines)
    if preview.other_person:
        lines.append(
            tr(
                "Take care: this laptop's data belongs to {ours}, and the backup to {theirs}.",
                ours=preview.other_person,
                theirs=who.person,
            )
        )
    lines.append(
        tr("It would add: {what}.", what=_listed(preview.adds, preview.drafts_added))
        if preview.adds or preview.drafts_added
        else tr("It would add nothing that is not here already.")
    )
    if preview.nothing_lost:
        lines.append(tr("Nothing that is here now would be lost."))
        return tuple(lines)
    if preview.loses:
        lines.append(tr("It would take away: {what}.", what=_listed(preview.loses)))
    if preview.back:
        lines.append(tr("It would put back to an earlier version: {what}.", what=_listed(preview.back)))
    if preview.revisions_lost:
        lines.append(_lost(preview))
    named = (*preview.reports, *preview.drafts)
    if named:
        lines.append(tr("Only on this laptop, or newer here than in the backup:"))
        lines += [tr("– {report}", report=each) for each in named]
    lines.append(tr("What is here now is first kept aside as a backup of its own, and can be brought back."))
    return tuple(lines)


def _holds(preview: Preview) -> str:
    return tr("It holds {what}.", what=_listed(preview.adds, preview.drafts_added))


def _lost(preview: Preview) -> str:
    count, shared = preview.revisions_lost, preview.revisions_shared
    if shared == count:
        return plural(
            "{count} change made since then is in the shared file, and comes back when you share.",
            "{count} changes made since then are in the shared file, and come back when you share.", count,
        )  # fmt: skip
    return plural(
        "{count} change made since then is not in the shared file.",
        "{count} changes made since then are not in the shared file.", count - shared,
    )  # fmt: skip


def _listed(kinds: Mapping[str, int], drafts: int = 0) -> str:
    parts = [_counted(kind, count) for kind, count in kinds.items() if kind in _KINDS]
    if drafts:
        parts.insert(0, plural("{count} draft", "{count} drafts", drafts))
    others = sum(count for kind, count in kinds.items() if kind not in _KINDS)
    if others:
        parts.append(plural("{count} other entry", "{count} other entries", others))
    return ", ".join(parts) or tr("nothing")


def _counted(kind: str, count: int) -> str:
    return {
        "visit": lambda: plural("{count} report", "{count} reports", count),
        "record_review": lambda: plural("{count} session of reviews", "{count} sessions of reviews", count),
        "issue": lambda: plural("{count} issue", "{count} issues", count),
        "slot": lambda: plural("{count} planned visit", "{count} planned visits", count),
        "site": lambda: plural("{count} site", "{count} sites", count),
        "target": lambda: plural("{count} target", "{count} targets", count),
        "visitor": lambda: plural("{count} row of a visitor", "{count} rows of visitors", count),
    }[kind]()


_State = tuple[str, str, bytes]  # kind, key, heads


def _states(store: Store) -> dict[bytes, _State]:
    rows = store.connection.execute("SELECT record, kind, key, heads FROM current")
    return {record: (kind, key, heads) for record, kind, key, heads in rows if kind not in HOUSEKEEPING}


def _revisions(store: Store) -> set[bytes]:
    rows = store.connection.execute("SELECT rev, kind FROM revision")
    return {rev for rev, kind in rows if kind not in HOUSEKEEPING}


def _has(heads: bytes, revs: set[bytes]) -> bool:
    return any(heads[at : at + 32] in revs for at in range(0, len(heads), 32))


def _is_newer(row: DraftRow, other: DraftRow | None) -> bool:
    return other is None or (row.answers != other.answers and row.saved >= other.saved)


def _by_kind(kinds: Iterable[str]) -> dict[str, int]:
    counted = Counter(kinds)
    order = {kind: at for at, kind in enumerate(_KINDS)}
    return {kind: counted[kind] for kind in sorted(counted, key=lambda kind: (order.get(kind, len(order)), kind))}


def _reports(store: Store, states: Mapping[bytes, _State]) -> Iterable[str]:
    book, sites = FormBook(store), _sites(store)
    query = "SELECT form, site, date FROM fact_visit WHERE record = ?"
    for record, (kind, key, _) in sorted(states.items(), key=lambda item: item[1][1]):
        if kind in REPORTS:
            form, site, day = store.connection.execute(query, (record,)).fetchone() or (None, None, None)
            title = _title(book, form or kind)
            yield tr("{report} ({key})", report=_about(title, sites.get(str(site), site), day), key=key)


def _drafts(store: Store, rows: Iterable[DraftRow]) -> Iterable[str]:
    book, sites = FormBook(store), _sites(store)
    for row in rows:
        site = row.answers.get("site")
        about = _about(_title(book, row.form), sites.get(str(site), site), row.answers.get("date"))
        yield tr("a draft: {report}, saved {date} at {time}", report=about, date=day_words(row.saved),
                 time=f"{row.saved:%H:%M}")  # fmt: skip


def _sites(store: Store) -> dict[str, str]:
    today = store.clock.today()
    return {choice.name: choice.label() for choice in reference.lists(store.connection, today)["sites"]}


def _title(book: FormBook, form: str) -> str:
    return book.present(form).heading if form in book.names() else form


def _about(title: str, site: object, day: object) -> str:
    try:
        told = day_words(date.fromisoformat(str(day)))
    except ValueError:
        told = ""
    return ", ".join(each for each in (title, str(site or ""), told) if each)
