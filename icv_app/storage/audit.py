"""The log of a laptop: who opened, read, made, changed, handed out and erased what, and when. Chained, never edited.

It serves the five logging duties of the Data Protection Act 2018, s.62 (`domain.md` E2). An entry holds references,
counts and the office's own reasons, never an answer. Each one's hash covers the hash before it, so that nobody can
change, take out or move an entry without it being found; what was cut off at the end is found by what was handed over
(`trail`). The only lawful removal is `cut`, at the beginning, which leaves an entry that the chain still verifies by.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from forms.translation import later, tr
from icv_app.encryption.cipher import Connection
from icv_app.errors import InvalidInput
from icv_app.storage import meta

KIND = "audit"
"""The kind of record by which a laptop's log reaches the office (`trail`)."""

HOUSEKEEPING = frozenset((KIND, "presence"))
"""Kinds of record that the program writes by itself to tell the office of a laptop: the log is silent on them, or one
would follow from the other for ever."""

START = bytes(32)
"""What stands for the hash before the first entry."""

ACTIONS: Mapping[str, str] = {
    "opened": later("opened the laptop"),
    "locked": later("locked the laptop"),
    "wrong_passphrase": later("typed a wrong passphrase"),
    "read": later("read"),
    "searched": later("searched for a person"),
    "made": later("made"),
    "changed": later("changed"),
    "removed": later("removed"),
    "signed": later("signed"),
    "returned": later("returned"),
    "accepted": later("accepted"),
    "exported": later("exported"),
    "imported": later("imported"),
    "shared": later("shared"),
    "invited": later("invited"),
    "approved": later("let in"),
    "refused": later("kept out"),
    "revoked": later("locked out"),
    "erased": later("erased"),
    "disposed": later("disposed of"),
    "held": later("put on hold"),
    "released": later("released from hold"),
    "restored": later("restored a backup"),
    "backed_up": later("made a backup"),
    "settings": later("changed the settings"),
    "passphrase": later("changed the passphrase"),
    "recovered": later("used a recovery sheet"),
    "cut": later("cut the old part of the log"),
}
"""Every action that an entry may have, in words that stand after a person's reference."""

DETAILS = frozenset(
    (
        "rev", "form", "version", "count", "to", "what", "masked", "sent", "received", "kinds", "reason", "person",
        "role", "device", "class", "basis", "due", "certificate", "period", "from", "through", "hash", "replica",
        "first", "last", "adds", "loses", "where",
    )
)  # fmt: skip
"""What an entry may tell beside its record: none of these is an answer of a report, and `reason` is the office's."""

BULK = 50
"""From so many records in one go (an import), one entry for each kind and action stands for all of them."""

PART = 1000
"""Entries in one record for the office."""

_MOST = 500  # characters of one detail: a reason, never a report
_COLUMNS = "n, at, person, device, action, kind, key, detail, prev, hash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing to be entered: an action of `ACTIONS`, the record's kind and key, and details named in `DETAILS`."""

    action: str
    kind: str = ""
    key: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as stored: `at` is ISO with its offset, `text` the details as JSON with sorted keys, or ""."""

    n: int
    at: str
    person: str
    device: str
    action: str
    kind: str
    key: str
    text: str
    prev: bytes
    hash: bytes

    @property
    def detail(self) -> dict[str, Any]:
        """The details; empty where there are none, or none that this program can read."""
        try:
            found = json.loads(self.text) if self.text else {}
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def moment(self) -> datetime | None:
        """The time of the entry; None where it tells none, or one that no clock shows."""
        try:
            found = datetime.fromisoformat(self.at)
        except (ValueError, TypeError):
            return None
        return found if 1970 <= found.year < 2200 else None

    @property
    def readable(self) -> bool:
        """Whether its parts are of the kinds that an entry has; a damaged table may hold anything."""
        parts = (self.at, self.person, self.device, self.action, self.kind, self.key, self.text)
        return all(isinstance(part, str) for part in parts) and isinstance(self.hash, bytes)


def made(
    n: int, at: str, person: str, device: str, action: str, kind: str, key: str, text: str, prev: bytes
) -> Entry:  # fmt: skip
    """Return an entry with its hash, which covers every other part, each with its length before it."""
    digest = sha256(b"icv-audit-1")
    words = (each.encode() for each in (at, person, device, action, kind, key, text))
    for part in (n.to_bytes(8, "big"), *words, prev):
        digest.update(len(part).to_bytes(4, "big"))
        digest.update(part)
    return Entry(
        n=n, at=at, person=person, device=device, action=action, kind=kind, key=key, text=text, prev=prev,
        hash=digest.digest(),
    )  # fmt: skip


# Writing -------------------------------------------------------------------------------------------------------------


def append(connection: Connection, notes: Iterable[Note], *, person: str, at: datetime) -> None:
    """Enter `notes` in order, by `person` at `at` (aware), within the caller's transaction.

    Raises InvalidInput("log_entry") for an action, or a detail, that no entry may hold: a fault of the caller.
    """
    last = connection.execute("SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1").fetchone()
    n, prev = last or (0, START)
    device = str(meta.get(connection, "device", ""))
    rows = []
    for note in notes:
        n += 1
        entry = made(
            n, at.isoformat(), _plain(person), device, note.action, _plain(note.kind), _plain(note.key), _text(note),
            prev,
        )  # fmt: skip
        prev = entry.hash
        rows.append(_row(entry))
    connection.executemany(f"INSERT INTO audit({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608


def _text(note: Note) -> str:
    if note.action not in ACTIONS or not note.detail.keys() <= DETAILS:
        words = tr("The log holds no such entry: {action}.", action=note.action)
        raise InvalidInput("log_entry", words)
    if not note.detail:
        return ""
    told = {name: _plain(value)[:_MOST] if isinstance(value, str) else value for name, value in note.detail.items()}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _plain(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode()  # half a character has no bytes


def _row(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.n, entry.at, entry.person, entry.device, entry.action, entry.kind, entry.key, entry.text, entry.prev,
        entry.hash,
    )  # fmt: skip


def cut(connection: Connection, through: int, *, person: str, at: datetime, reason: str = "") -> int:
    """Remove the entries up to number `through`, whose keeping time is over, and enter that; return how many went.

    Within the caller's transaction. What was not handed over yet stays. The new entry holds the last removed hash, so
    the chain still verifies.
    """
    handed, _ = handed_over(connection)
    row = connection.execute(
        "SELECT n, hash FROM audit WHERE n <= ? ORDER BY n DESC LIMIT 1", (min(through, handed),)
    ).fetchone()
    if row is None:
        return 0
    n, last = row
    (count,) = connection.execute("SELECT count(*) FROM audit WHERE n <= ?", (n,)).fetchone()
    told: dict[str, Any] = {"through": n, "hash": last.hex(), "count": count}
    if reason:
        told["reason"] = reason
    append(
        connection, [Note(action="cut", kind=KIND, detail=told)], person=person, at=at
    )  # first: it goes on from them
    connection.execute("DELETE FROM audit WHERE n <= ?", (n,))
    return int(count)


# Reading -------------------------------------------------------------------------------------------------------------


def entries(connection: Connection, after: int = 0) -> Iterator[Entry]:
    """Yield this laptop's entries whose number is greater than `after`, in order."""
    for row in connection.execute(f"SELECT {_COLUMNS} FROM audit WHERE n > ? ORDER BY n", (after,)):  # noqa: S608
        yield _entry(row)


def _entry(row: Sequence[Any]) -> Entry:
    n, at, person, device, action, kind, key, text, prev, found = row
    return Entry(
        n=n, at=at, person=person, device=device, action=action, kind=kind, key=key, text=text, prev=prev, hash=found
    )


def handed_over(connection: Connection) -> tuple[int, bytes]:
    """Return number and hash of the last entry that was put into a record for the office; 0 where none was."""
    n = meta.get(connection, "audit_handed", 0)
    return int(n), meta.get(connection, "audit_handed_hash", START)


def parts(connection: Connection) -> Iterator[tuple[str, dict[str, Any], Entry]]:
    """Yield what was not handed over yet as records for the office: key, body and last entry of each.

    A part's key ends with some of its last hash: a backup that was put back would use the same numbers again.
    """
    after, _ = handed_over(connection)
    held = iter(entries(connection, after))
    while every := list(islice(held, PART)):
        first, last = every[0], every[-1]
        body = {
            "device": first.device, "first": first.n, "last": last.n, "prev": first.prev.hex(), "hash": last.hash.hex(),
            "entries": [[e.at, e.person, e.action, e.kind, e.key, e.text] for e in every],
        }  # fmt: skip
        yield part_key(every), body, last


def part_key(entries: Sequence[Entry]) -> str:
    """Return the key of the part that holds `entries` (at least one)."""
    return named(entries[0].device, entries[0].n, entries[-1].hash)


def named(device: str, first: int, last: bytes) -> str:
    """Return the key of the part of a laptop's log that begins with number `first` and ends with the hash `last`."""
    return f"{device}|{first:07}|{last.hex()[:8]}"


def of_part(body: Mapping[str, Any]) -> list[Entry]:
    """Return the entries of a part. Raises ValueError where they are not what was handed over."""
    try:
        device, n, prev = str(body["device"]), int(body["first"]), bytes.fromhex(body["prev"])
        found: list[Entry] = []
        for row in body["entries"]:
            at, person, action, kind, key, text = map(str, row)
            found.append(made(n + len(found), at, person, device, action, kind, key, text, prev))
            prev = found[-1].hash
    except (KeyError, TypeError, OverflowError) as error:
        raise ValueError("no part of a log") from error
    if not found or found[-1].n != body.get("last") or found[-1].hash.hex() != body.get("hash"):
        raise ValueError("not the part that was handed over")
    return found


def mark_handed_over(connection: Connection, last: Entry) -> None:
    """Note that everything up to `last` is in records for the office, within the caller's transaction."""
    meta.put(connection, "audit_handed", last.n)
    meta.put(connection, "audit_handed_hash", last.hash)


# Checking ------------------------------------------------------------------------------------------------------------


def verify(connection: Connection) -> str | None:
    """Return words that name the first bad entry of this laptop's log, or None where it is as it was written."""
    handed, handed_hash = handed_over(connection)
    first = before = None
    allowed = replaced = False  # whether a cut accounts for the beginning; whether what was handed over is another now
    for row in connection.execute(f"SELECT {_COLUMNS} FROM audit ORDER BY n"):  # noqa: S608
        try:
            entry = _entry(row)
            if (words := broken(entry, before)) is not None:
                return words
        except (TypeError, AttributeError, ValueError, OverflowError):  # another type than the table was made for
            return tr("entry {n} of the log was changed", n=row[0])
        first = first or entry
        allowed = allowed or is_cut_before(entry, first)
        replaced = replaced or (entry.n == handed and entry.hash != handed_hash)
        before = entry
    if first is not None and not allowed and first.n > 1:
        return tr("entry {n} of the log is missing", n=first.n - 1)
    if first is not None and not allowed and first.prev != START:
        return tr("entry {n} of the log does not follow the one before it", n=1)
    last = 0 if before is None else before.n
    if last < handed:
        return tr("entry {n} of the log is missing: it was handed over", n=last + 1)
    if replaced:
        return tr("entry {n} of the log is not the one that was handed over", n=handed)
    return None


def broken(entry: Entry, before: Entry | None) -> str | None:
    """Return what is wrong with an entry beside the one before it (None: the first that is held), or None."""
    again = made(
        entry.n, entry.at, entry.person, entry.device, entry.action, entry.kind, entry.key, entry.text, entry.prev
    )
    if again.hash != entry.hash:
        return tr("entry {n} of the log was changed", n=entry.n)
    if before is not None and entry.n != before.n + 1:
        return tr("entry {n} of the log is missing", n=before.n + 1)
    if before is not None and entry.prev != before.hash:
        return tr("entry {n} of the log does not follow the one before it", n=entry.n)
    return None


def is_cut(held: Sequence[Entry]) -> bool:
    """Return whether one of a laptop's own entries, in order, tells that the log was cut just before the first."""
    return any(is_cut_before(entry, held[0]) for entry in held)


def is_cut_before(entry: Entry, first: Entry) -> bool:
    """Return whether `entry` tells that the log was lawfully cut just before `first`."""
    detail = entry.detail
    return entry.action == "cut" and detail.get("through") == first.n - 1 and detail.get("hash") == first.prev.hex()
