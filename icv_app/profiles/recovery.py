"""Recovery: the office key off a recovery sheet, where the laptops that held it are lost or another one shall hold it.

The key alone opens the scheme's shared file and all that is sealed to the office (`sync.md` §8), so that a new laptop
can take the scheme up again from the share and the sheet.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from forms.translation import tr
from icv_app.clock import Clock
from icv_app.encryption import office_key
from icv_app.encryption.device_key import MARK, mark
from icv_app.encryption.faults import in_words
from icv_app.encryption.keyring import Keyring
from icv_app.encryption.office_key import OfficeKey
from icv_app.errors import InvalidInput
from icv_app.identity import Identity
from icv_app.profiles.profile import Profile
from icv_app.profiles.vault import Strength
from icv_app.sharing.artefact import Artefact, Damaged, Foreign, Row
from icv_app.sharing.share import Files, Share
from icv_app.storage import credential, meta
from icv_app.storage.credential import DEVICE
from icv_app.storage.revision import COLUMNS, decode
from icv_app.storage.store import Store

EPOCHS = 50
"""So many versions of the shared file's key are tried: one begins with each laptop that is locked out."""

_SHEETS = "sheets_made"
_SCHEME = "scheme"
_OF = {name: at for at, name in enumerate(COLUMNS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the share tells to who holds the office key: the scheme's name and id, and its newest key's epoch."""

    scheme: str
    hub_id: str
    epoch: int


def look(hub: Path, office: OfficeKey) -> Found:
    """Return what stands at the shared file `hub`.

    Raises InvalidInput("other_scheme") where the key opens nothing there, Unavailable("share_away", "newer_format").
    """
    share = Share(hub, Files())
    hub_id, newest = "", 0
    rows: list[Row] = []
    for entry in share.listing():  # the shared file first
        for epoch in range(1, EPOCHS + 1):
            with suppress(Foreign, Damaged):
                with Artefact.open(share.opening(entry), office.hub_key(epoch), hub_id or None) as artefact:
                    hub_id = hub_id or str(artefact.meta("hub_id"))
                    rows += artefact.of_kinds((_SCHEME, DEVICE))
                newest = max(newest, epoch)
                break
    if not hub_id:
        raise InvalidInput(
            "other_scheme",
            tr(
                "This recovery sheet opens nothing at {path}. Please check that it is the sheet of this scheme, and "
                "that this is the scheme's shared file.",
                path=hub,
            ),
        )
    return Found(scheme=_name(rows, office.verify) or tr("Scheme"), hub_id=hub_id, epoch=newest)


def _name(rows: list[Row], office: bytes) -> str:
    """Return the scheme's name as a laptop of the office wrote it last; the first exchange brings the rest."""
    writers: set[bytes] = set()
    named: list[tuple[int, bytes, str]] = []
    for row in rows:
        with suppress(ValueError):
            body = decode(row[_OF["payload"]])[1]
            if row[_OF["kind"]] == DEVICE:
                device = credential.decided(body, office)
                if device is not None and device.office:
                    writers |= {mark(device.device), *device.replicas}
            else:
                named.append((row[_OF["hlc"]], row[_OF["replica"]], str(body.get("name", ""))))
    known = [(hlc, name) for hlc, replica, name in named if writers & {replica, replica[:MARK]} and name]
    return max(known, default=(0, ""))[1]


def take_up(
    folder: Path, *, lines: str, person: str, role: str, hub: Path, passphrase: str,
    strength: Strength = Strength.MODERATE, clock: Clock | None = None,
) -> Profile:  # fmt: skip
    """Make a profile in `folder` that holds the office key of a recovery sheet, for the scheme whose file `hub` is.

    Raises InvalidInput ("sheet", "other_scheme", "office_role") and what `Profile.create` and `look` raise.
    """
    office = office_key.from_sheet(lines)
    if role == "visitor":
        raise InvalidInput("office_role", tr("A recovery sheet is for the office: a coordinator or assurance officer."))
    found = look(hub, office)
    ring = Keyring.founding(office=office)
    ring = replace(ring, hub={epoch: office.hub_key(epoch) for epoch in range(1, found.epoch + 1)})
    identity = Identity(person=person.strip(), role=role, scheme=found.scheme, hub_id=found.hub_id)
    return Profile.create(
        folder, passphrase, identity, keyring=ring, hub=hub, recovered=True, strength=strength, clock=clock
    )


def hold(profile: Profile, store: Store, lines: str) -> None:
    """Have a laptop of the office hold the office key, typed from a recovery sheet; `store` knows it at once.

    Raises InvalidInput ("sheet", "office_role", "other_scheme", "held_already") or Unavailable.
    """
    if profile.identity.role == "visitor" and profile.token:
        raise InvalidInput("office_role", tr("A recovery sheet is for the office: a coordinator or assurance officer."))
    if profile.keyring.holder is not None:
        raise InvalidInput("held_already", tr("This laptop holds the office key already."))
    office = office_key.from_sheet(lines)
    if office.verify != profile.keyring.office:
        raise InvalidInput("other_scheme", tr("This is the recovery sheet of another scheme. Nothing was changed."))
    ring = replace(profile.keyring, master=office.master)
    store.log("recovered", what="office key")
    with in_words():
        meta.put(store.connection, "keyring", ring.as_text())
    profile.keyring = ring
    store.use(ring)
    note_sheets(store)  # somebody has one


# Sheets --------------------------------------------------------------------------------------------------------------


def sheet(profile: Profile, store: Store) -> tuple[str, ...]:
    """Return the lines of this scheme's recovery sheet, entered in the log first.

    Raises InvalidInput("no_office_key"), or ("old_key") for a scheme whose shared file no sheet could open.
    """
    office = profile.keyring.holder
    if office is None:
        raise InvalidInput(
            "no_office_key",
            tr("This laptop does not hold the office key, so it cannot make recovery sheets. The laptop that started "
               "the scheme can."),
        )  # fmt: skip
    trust = store.trust
    keys = {office.hub_key(epoch) for epoch in range(1, EPOCHS + 1)}
    if trust is not None and trust.hub_keys[0] not in keys:
        raise InvalidInput(
            "old_key",
            tr("This scheme was begun with an early version of the program, and its shared file has a key that no "
               "recovery sheet can bring back. Lock a laptop that is no longer used out first: that makes a new key."),
        )  # fmt: skip
    store.log("exported", what="recovery sheets", to="PDF")
    return office.sheet()


def note_sheets(store: Store) -> None:
    """Note that recovery sheets were made; the office is reminded until then."""
    with in_words():
        meta.put(store.connection, _SHEETS, store.clock.today().isoformat())


def sheets_made(store: Store) -> str:
    """Return the day on which this laptop made recovery sheets, "" where it never did."""
    with in_words():
        return str(meta.get(store.connection, _SHEETS, ""))


def waits_for_sheets(profile: Profile, store: Store) -> bool:
    """Return whether this laptop holds the office key and nobody has a sheet of it as far as it knows."""
    return profile.keyring.holder is not None and not profile.recovered and not sheets_made(store)
