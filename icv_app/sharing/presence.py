"""A laptop's presence: the small record by which it tells the office how it is doing, sent along with other things.

It says how many entries had waited, how many reports are begun and not sent, and since when; never what is in them. At
most one a day, and only while something is being sent anyway; a laptop that has nothing to send for half of the time
that the scheme allows between two exchanges sends it alone, or the office would take a quiet laptop for a lost one.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from icv_app import __version__
from icv_app.encryption.faults import in_words
from icv_app.identity import Identity
from icv_app.scheme import scheme_settings
from icv_app.storage import meta
from icv_app.storage.store import Store

KIND: Final = "presence"
"""Of the record; its key is the device's id. Written by that device alone, read by the office."""
EVERY: Final = timedelta(days=1)
_KEPT: Final = "presence"
_SKEW: Final = "share_ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """What a laptop said of itself at `at` (its own clock, aware). `waiting`: entries that it was about to send then.

    `drafts` are reports begun and not sent, the oldest of them from `oldest`. `fast` says by how much its clock was
    ahead of the share's (negative: behind), None where it does not know. `checked`: its last exchange before that.
    """

    device: str
    person: str
    at: datetime
    program: str = ""
    checked: datetime | None = None
    waiting: int = 0
    drafts: int = 0
    oldest: date | None = None
    fast: timedelta | None = None


def speak(store: Store, identity: Identity, waiting: int) -> bool:
    """Save this laptop's presence if it is time for it, and return whether it was. Called amid an exchange.

    `waiting` counts the entries that are about to be sent. A laptop that has never sent anything says nothing yet: its
    enrolment goes along, and says that it is there.
    """
    now = store.clock.now()
    with in_words():
        kept = meta.get(store.connection, _KEPT)
    if kept is not None and not _is_time(store, now, kept, waiting):
        return False
    if kept is not None:
        store.save(KIND, identity.device, _body(store, identity, now, waiting))
    with in_words():
        meta.put(store.connection, _KEPT, json.dumps([now.isoformat(), store.replica.hex()]))
    return kept is not None


def _is_time(store: Store, now: datetime, kept: str, waiting: int) -> bool:
    last, replica = json.loads(kept)
    if replica != store.replica.hex():  # restored from a backup: say under which name this laptop writes now
        return True
    since = now - datetime.fromisoformat(last)
    if timedelta(0) <= since < EVERY:
        return False
    return bool(waiting) or abs(since) >= timedelta(days=scheme_settings.read(store).sync_within_days) / 2


def note_share_time(store: Store, written_ns: int) -> None:
    """Note what the share's clock said (`written_ns`, since 1970) of a file that was written there just now."""
    with in_words():
        meta.put(store.connection, _SKEW, store.clock.milliseconds() - written_ns // 10**6)


def fast(store: Store) -> timedelta | None:
    """Return by how much this laptop's clock was ahead of the share's when it sent something last, None: not known."""
    with in_words():
        found = meta.get(store.connection, _SKEW)
    return None if found is None else timedelta(milliseconds=found)


def _body(store: Store, identity: Identity, now: datetime, waiting: int) -> dict[str, Any]:
    drafts = [draft for draft in store.drafts() if draft.binned is None]
    checked, ahead = store.sharing().checked, fast(store)
    body: dict[str, Any] = {
        "device": identity.device, "person": identity.person, "at": now.isoformat(), "program": __version__,
        "last_sync": checked.isoformat() if checked else "", "unshared": waiting, "drafts": len(drafts),
    }  # fmt: skip
    if drafts:
        body["oldest_draft"] = min(draft.started for draft in drafts).date().isoformat()
    if ahead is not None:
        body["clock_ahead"] = round(ahead.total_seconds())
    return body


def every(store: Store) -> dict[str, Presence]:
    """Return what each laptop said last, by device. What cannot be understood is as if it had not been said."""
    found = {}
    for record in store.records(KIND):
        try:
            found[record.key] = _read(record.key, record.body)
        except (TypeError, ValueError, OverflowError):
            continue
    return found


def _read(device: str, body: dict[str, Any]) -> Presence:
    checked, oldest, ahead = body.get("last_sync"), body.get("oldest_draft"), body.get("clock_ahead")
    at = datetime.fromisoformat(body["at"]) if isinstance(body.get("at"), str) else None
    if at is None or at.tzinfo is None:
        raise ValueError("no moment")
    return Presence(
        device=device, person=str(body.get("person", "")), at=at, program=str(body.get("program", "")),
        checked=datetime.fromisoformat(checked) if checked else None, waiting=int(body.get("unshared", 0)),
        drafts=int(body.get("drafts", 0)), oldest=date.fromisoformat(oldest) if oldest else None,
        fast=timedelta(seconds=int(ahead)) if ahead is not None else None,
    )  # fmt: skip
