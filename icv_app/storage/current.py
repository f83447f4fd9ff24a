"""The current state of each record, derived from its revisions and kept beside them so that reading is one look-up.

`absorb` is called in every transaction that adds revisions. Nearly always a new row simply replaces the one head that
its author saw, and then nothing but that row is read; only a record with a real fork is merged from its whole history.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from icv_app.encryption.cipher import Connection
from icv_app.storage import facts, meta, search_index
from icv_app.storage.merge import Candidate, Conflicts, heads, merge
from icv_app.storage.report_state import ACCEPTANCES, RETURNS, stated
from icv_app.storage.revision import COLUMNS, Body, Revision, as_text, decode, from_columns

_CHUNK = 500  # names in one IN list
_TURN = "current_turn"
_STATE = "record, kind, key, body, heads, conflicts, hlc, author"
_SELECT = (
    "SELECT c.record, c.kind, c.key, c.body, c.heads, c.conflicts, c.hlc, c.author, r.payload"
    " FROM current c LEFT JOIN revision r ON c.body IS NULL AND r.rev = c.heads"
)
ROWS = f"SELECT {', '.join(COLUMNS)} FROM revision"  # noqa: S608  (constant column names)
COUNTED = f"{ROWS} WHERE NOT EXISTS (SELECT 1 FROM withheld WHERE withheld.rev = revision.rev)"  # noqa: S608
"""The rows that have a standing: their writer is known and may write them (`standing`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record as this laptop knows it. `heads` are sorted; several without `conflicts` merged by themselves.

    `conflicts`: path of a field to the values in dispute, the one shown in `body` first; `hlc` and `author` are of the
    latest head (`revision.clock_of` tells the time).
    """

    record: bytes
    kind: str
    key: str
    body: Body
    heads: tuple[bytes, ...]
    conflicts: Conflicts
    hlc: int
    author: str

    @property
    def deleted(self) -> bool:
        """Whether the record was deleted, with no edit that the deletion did not know of."""
        return self.body.get("deleted") is True


def one(connection: Connection, record: bytes) -> Record | None:
    """Return the record of that 16-byte id, deleted or not, or None."""
    row = connection.execute(f"{_SELECT} WHERE c.record = ?", (record,)).fetchone()
    return None if row is None else _record(connection, row)


def of_kind(connection: Connection, kind: str | None) -> Iterator[Record]:
    """Yield the records of one kind, or of all, by kind and key; deleted ones left out."""
    where = "" if kind is None else " WHERE c.kind = ?"
    query = f"{_SELECT}{where} ORDER BY c.kind, c.key, c.record"
    for row in connection.execute(query, () if kind is None else (kind,)):
        found = _record(connection, row)
        if not found.deleted:
            yield found


def disputed(connection: Connection) -> Iterator[Record]:
    """Yield the records with a conflict, by kind and key; deleted ones left out."""
    # the plus signs keep SQLite from walking through every record for the sake of the order: disputes are few
    query = f"{_SELECT} WHERE c.conflicts <> '{{}}' ORDER BY +c.kind, +c.key, c.record"
    for row in connection.execute(query):
        found = _record(connection, row)
        if not found.deleted:
            yield found


def absorb(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> set[bytes]:
    """Bring `current` and the facts up to date with `rows` (in the order of `COLUMNS`), just inserted.

    Returns the ids of the records whose state they changed. Within the caller's transaction.
    """
    arrived: dict[bytes, list[tuple[Any, ...]]] = {}
    for row in rows:
        arrived.setdefault(row[1], []).append(row)
    before = _heads(connection, arrived)
    states: list[State] = []
    forked: list[bytes] = []
    for record, mine in arrived.items():
        tip = _replaces(mine, before.get(record, b""))
        state = None if tip is None else _plain_state(connection, tip)
        if state is None:
            forked.append(record)
        else:
            states.append(state)
    states.extend(_merged_states(connection, forked))
    states.sort(key=lambda state: state.record)  # in the order of the tables, page after page
    write(connection, states)
    return {state.record for state in states}


def renew(connection: Connection, records: Collection[bytes]) -> None:
    """Derive `records` anew from those of their revisions that can be read; one that has none is known no more.

    For what loses revisions (`erasure`). Within the caller's transaction.
    """
    meta.put(connection, _TURN, turn(connection) + 1)
    search_index.forget(connection, records)
    states = sorted(_merged_states(connection, list(records)), key=lambda state: state.record)
    write(connection, states)
    lost = set(records) - {state.record for state in states}
    for names in _chunks(lost):
        query = f"SELECT record, kind, key FROM current WHERE record IN ({_marks(names)})"  # noqa: S608
        gone = connection.execute(query, names).fetchall()
        facts.refresh_many(connection, ((record, kind, key, None) for record, kind, key in gone))
        connection.execute(f"DELETE FROM current WHERE record IN ({_marks(names)})", names)  # noqa: S608


def turn(connection: Connection) -> int:
    """Return a number that grows whenever records change although no revision came."""
    return int(meta.get(connection, _TURN, 0))


@dataclass(slots=True)  # not frozen: that doubles the time to make one, and a first exchange makes one a record
class State:
    """A row of `current` to write: `heads` are the sorted names in one string of bytes, `conflicts` is JSON."""

    record: bytes
    kind: str
    key: str
    body: Body
    heads: bytes
    conflicts: str
    hlc: int
    author: str

    @property
    def merged_text(self) -> str | None:
        """The body as JSON, or None where it is that of the one head: no need to store it twice."""
        return None if len(self.heads) == 32 else as_text(self.body)


def write(connection: Connection, states: Collection[State]) -> None:
    """Store the states, refresh their facts, and have them read into the index of words when somebody looks next."""
    connection.executemany(
        f"INSERT OR REPLACE INTO current({_STATE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  (our own names)
        [
            (each.record, each.kind, each.key, each.merged_text, each.heads, each.conflicts, each.hlc, each.author)
            for each in states
        ],
    )
    facts.refresh_many(connection, ((each.record, each.kind, each.key, each.body) for each in states))
    search_index.mark(connection, ((each.record, each.kind) for each in states))


def _replaces(rows: list[tuple[Any, ...]], held: bytes) -> tuple[Any, ...] | None:
    """Return the one of `rows` that is now the record's single head, or None where only the whole history can tell.

    `held` are the heads so far. If every row but one is a parent of another, and every head so far is a parent of one
    of them, the remaining row has all others among its ancestors, and nothing that was here before can descend from it.
    """
    if len(rows) == 1:  # a first revision, or one that replaces the single head
        return rows[0] if held in (b"", rows[0][5]) else None
    parents = {row[5][at : at + 32] for row in rows for at in range(0, len(row[5]), 32)}
    tips = [row for row in rows if row[0] not in parents]
    if len(tips) != 1 or any(held[at : at + 32] not in parents for at in range(0, len(held), 32)):
        return None
    return tips[0]


def _plain_state(connection: Connection, tip: tuple[Any, ...]) -> State | None:
    rev, record, _, _, _, _, hlc, author, kind, _, _, payload = tip
    try:
        key, body = decode(payload if payload is None else connection.opener(payload))
    except ValueError:  # intact, but in a form that only a newer program reads: kept, and shown as it was before
        return None
    return State(record, kind, spelt(record, key), body, rev, "{}", hlc, author)


def _merged_states(connection: Connection, records: Sequence[bytes]) -> Iterator[State]:
    for record, history in _histories(connection, records):
        read = [revision for revision in history if readable(revision)]
        if not read:
            continue
        merged = merge(read)
        latest = heads(read)[-1]
        # the next save settles the unreadable ones as little as it knows of them: its parents are the merged heads
        yield State(
            record, latest.kind, spelt(record, latest.key), merged.body,
            b"".join(merged.heads), _spell(merged.conflicts), merged.hlc, merged.author,
        )  # fmt: skip


def readable(revision: Revision) -> bool:
    """Return whether this program can decode a revision; one that it cannot is kept, and shown to nobody."""
    try:
        revision.opened()
    except ValueError:
        return False
    return True


def spelt(record: bytes, key: str) -> str:
    """Return the key as the tables hold it: half a character replaced, a missing one told by the id."""
    return (key if key.isascii() else key.encode("utf-8", "replace").decode()) or record.hex()


def _histories(connection: Connection, records: Iterable[bytes]) -> Iterator[tuple[bytes, list[Revision]]]:
    for names in _chunks(records):
        histories: dict[bytes, list[Revision]] = {}
        query = f"{COUNTED} AND record IN ({_marks(names)})"
        for row in connection.execute(query, names):
            histories.setdefault(row[1], []).append(from_columns(row, connection.opener))
        yield from histories.items()


def _heads(connection: Connection, records: Iterable[bytes]) -> dict[bytes, bytes]:
    if connection.execute("SELECT 1 FROM current LIMIT 1").fetchone() is None:
        return {}  # a new laptop's first exchange: nothing to look up
    found: dict[bytes, bytes] = {}
    for names in _chunks(records):
        query = f"SELECT record, heads FROM current WHERE record IN ({_marks(names)})"  # noqa: S608
        found.update(connection.execute(query, names))
    return found


def _chunks(names: Iterable[bytes]) -> Iterator[list[bytes]]:
    ordered = sorted(names)
    for at in range(0, len(ordered), _CHUNK):
        yield ordered[at : at + _CHUNK]


def _marks(names: Sequence[bytes]) -> str:
    return ",".join("?" * len(names))


def _record(connection: Connection, row: tuple[Any, ...]) -> Record:
    record, kind, key, body, tips, conflicts, hlc, author, payload = row
    content = decode(connection.opener(payload))[1] if body is None else json.loads(body)
    if RETURNS in content or ACCEPTANCES in content:
        content = stated(content)
    return Record(
        record=record, kind=kind, key=key, body=content,
        heads=tuple(tips[at : at + 32] for at in range(0, len(tips), 32)), conflicts=_read(conflicts), hlc=hlc,
        author=author,
    )  # fmt: skip


def _spell(conflicts: Conflicts) -> str:
    return as_text(
        {path: [{**asdict(each), "rev": each.rev.hex()} for each in tied] for path, tied in conflicts.items()}
    )


def _read(conflicts: str) -> Conflicts:
    if conflicts == "{}":
        return {}
    return {
        path: tuple(Candidate(**{**each, "rev": bytes.fromhex(each["rev"])}) for each in candidates)
        for path, candidates in json.loads(conflicts).items()
    }
