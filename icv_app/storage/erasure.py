"""Erasure: an order of the office takes the payload of revisions away, on every laptop and in every file, for good.

The row, its hashes and its place in the chain stay, so that nothing that is counted by rows changes and no old copy
brings it back (`sync.md` §6, last row). An order is a revision of kind `erase`; what the orders name is kept in the
table `erased`, so that a payload which comes in later is dropped on its way, in whatever order things arrive.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from icv_app.encryption.cipher import Connection
from icv_app.storage import current, holds, meta
from icv_app.storage.revision import Body, Revision, from_columns

KIND = "erase"
NEVER = frozenset({KIND, "hold", "disposal", "enrolment", "device", "keys", "seal", "revoke", "scheme"})
"""Kinds that no order reaches: without them nobody could tell what was ordered, by whom, and with what right."""

_CHUNK = 400
_WIPE = "erasure_to_wipe"
_PENDING = f"{current.ROWS} WHERE rev IN (SELECT rev FROM erasure WHERE valid = 0)"  # noqa: S608  (our own names)

Row = tuple[Any, ...]


# Orders --------------------------------------------------------------------------------------------------------------


def order(
    *, revs: Iterable[bytes] = (), whole: Iterable[bytes] = (), reason: str, by: str, at: datetime,
    certificate: str = "",
) -> Body:  # fmt: skip
    """Return the body of an order: the revisions `revs` lose their payload, and every revision of the records `whole`.

    `whole` reaches revisions that nobody has seen yet, of laptops that were away. `reason` is read by everybody.
    """
    return {
        "revs": sorted(rev.hex() for rev in revs),
        "whole": sorted(record.hex() for record in whole),
        "reason": reason,
        "ordered_by": by,
        "at": at.isoformat(),
        "certificate": certificate,
    }


def targets(body: Body) -> frozenset[bytes] | None:
    """Return what an order names, revisions (32 bytes) and records (16); None where it is no well-formed order."""
    revs, whole = body.get("revs", []), body.get("whole", [])
    if not isinstance(revs, list) or not isinstance(whole, list) or not (revs or whole):
        return None
    try:
        named = [(bytes.fromhex(name), 32) for name in revs] + [(bytes.fromhex(name), 16) for name in whole]
    except (TypeError, ValueError):
        return None
    return frozenset(name for name, _ in named) if all(len(name) == size for name, size in named) else None


def valid(connection: Connection, revision: Revision, *, judged: bool) -> bool:
    """Return whether an order that this laptop holds is to be obeyed: well formed, and its writer may give it.

    The one place that says so. `judged`: the rows here have a standing, so what the office's signed grant does not
    cover is withheld (`standing`, `rights`); in a store without keys the writer's enrolment tells whether they may.
    """
    if revision.kind != KIND:
        return False
    if connection.execute("SELECT 1 FROM withheld WHERE rev = ?", (revision.rev,)).fetchone() is not None:
        return False
    try:
        body = revision.body
    except ValueError:
        return False
    return targets(body) is not None and (judged or _office(connection, revision.author))


def _office(connection: Connection, person: str) -> bool:
    """Return whether somebody enrolled speaks for the office: by their role, or because they started the scheme."""
    return any(
        record.body.get("person") == person
        and (record.body.get("role") in ("coordinator", "assurance") or not record.body.get("token_hash"))
        for record in current.of_kind(connection, "enrolment")
    )


# What is erased ------------------------------------------------------------------------------------------------------


def any_yet(connection: Connection) -> bool:
    """Return whether anything was ever ordered to be erased."""
    return connection.execute("SELECT 1 FROM erased LIMIT 1").fetchone() is not None


def covers(connection: Connection, row: Row) -> bool:
    """Return whether an order that is obeyed here names the row (in the order of `COLUMNS`), so it may be hollow."""
    query = "SELECT 1 FROM erased WHERE target IN (?, ?) LIMIT 1"
    return row[8] not in NEVER and connection.execute(query, (row[0], row[1])).fetchone() is not None


def pardon(connection: Connection) -> Callable[[Row], bool]:
    """Return `covers` for the rows of another file, told by this laptop's own `connection`."""
    return lambda row: covers(connection, row)


def is_erased(connection: Connection, record: bytes) -> bool:
    """Return whether every revision of a record, present and to come, is ordered to be erased."""
    return connection.execute("SELECT 1 FROM erased WHERE target = ?", (record,)).fetchone() is not None


def hollow_revs(connection: Connection) -> set[bytes]:
    """Return the names of this laptop's revisions that have lost their payload."""
    return {rev for (rev,) in connection.execute("SELECT rev FROM revision WHERE payload IS NULL")}


def extent(connection: Connection) -> int:
    """Return how many revisions have lost their payload here: it only grows."""
    (count,) = connection.execute("SELECT count(*) FROM revision WHERE payload IS NULL").fetchone()
    return int(count)


def doubted(connection: Connection, rows: Iterable[Row]) -> bool:
    """Return whether orders that are held here but not obeyed (yet) name every one of `rows`."""
    named: set[bytes] = set()
    for revision in _pending(connection):
        try:
            named |= targets(revision.body) or frozenset()
        except ValueError:  # sealed to others
            continue
    return all(row[0] in named or row[1] in named for row in rows)


def held_back(connection: Connection) -> tuple[bytes, ...]:
    """Return the revisions and records that were ordered to be erased and are kept because of a legal hold."""
    return tuple(target for (target,) in connection.execute("SELECT target FROM erased WHERE held = 1 ORDER BY target"))


# Receiving -----------------------------------------------------------------------------------------------------------


def sifted(connection: Connection, rows: list[Row]) -> list[Row]:
    """Return received rows as they may be stored: without the payloads that were ordered to be erased.

    A row that comes without its payload, and that no order names, is left out: it is lacking.
    """
    if not any_yet(connection):
        return rows if all(row[-1] is not None for row in rows) else [row for row in rows if row[-1] is not None]
    named = _named(connection, {row[0] for row in rows} | {row[1] for row in rows})
    holding = bool(holds.standing(connection))  # then `settle` looks at what the payloads say before it takes them
    kept = []
    for row in rows:
        ordered = row[8] not in NEVER and (row[0] in named or row[1] in named)
        if ordered or row[-1] is not None:
            kept.append((*row[:-1], None) if ordered and not holding else row)
    return kept


def settle(connection: Connection, rows: Sequence[Row], *, judged: bool) -> bool:
    """Obey what `rows`, just stored and absorbed, may have changed: new orders, rights, holds. Returns whether it did.

    `judged` as for `valid`. Within the caller's transaction; `wipe` must follow it.
    """
    arrived = [(row[0],) for row in rows if row[8] == KIND]
    if arrived:
        connection.executemany("INSERT OR IGNORE INTO erasure(rev, valid) VALUES (?, 0)", arrived)
    fresh: set[bytes] = set()
    for revision in list(_pending(connection)):
        if valid(connection, revision, judged=judged):
            connection.execute("UPDATE erasure SET valid = 1 WHERE rev = ?", (revision.rev,))
            fresh |= targets(revision.body) or frozenset()
    if fresh:
        connection.executemany("INSERT OR IGNORE INTO erased(target) VALUES (?)", [(name,) for name in sorted(fresh)])
    if any(row[8] in NEVER for row in rows):  # a hold may be over, or whoever made it may have lost the right
        fresh.update(held_back(connection))
    if any_yet(connection) and holds.standing(connection):  # what came in with its payload because there are holds
        fresh |= _named(connection, {name for row in rows if row[-1] is not None for name in row[:2]})
    return bool(fresh) and _take(connection, fresh)


def _named(connection: Connection, names: Collection[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    for chunk in _chunks(names):
        query = f"SELECT target FROM erased WHERE target IN ({_marks(chunk)})"  # noqa: S608
        found.update(target for (target,) in connection.execute(query, chunk))
    return found


def _pending(connection: Connection) -> Iterator[Revision]:
    for row in connection.execute(_PENDING).fetchall():
        yield from_columns(row, connection.opener)


def _take(connection: Connection, named: Collection[bytes]) -> bool:
    """Take away the payloads of what is `named`, save what is held; derive the records anew. Whether any went."""
    gone: list[bytes] = []
    touched: set[bytes] = set()
    standing = holds.standing(connection)
    for record, revs in _stored(connection, named).items():
        held = _held(connection, record, standing) if standing else False
        for names in _chunks([*revs, record]):
            connection.execute(f"UPDATE erased SET held = ? WHERE target IN ({_marks(names)})", (int(held), *names))  # noqa: S608
        if not held:
            gone += revs
            touched.add(record)
    if not gone:
        return False
    for names in _chunks(gone):
        connection.execute(f"UPDATE revision SET payload = NULL WHERE rev IN ({_marks(names)})", names)  # noqa: S608
    keys = _keys(connection, touched)
    current.renew(connection, touched)
    _drop_drafts(connection, set(gone), keys)
    meta.put(connection, _WIPE, 1)
    return True


def _stored(connection: Connection, named: Collection[bytes]) -> dict[bytes, list[bytes]]:
    """Return the revisions that `named` reaches and whose payload is still here, by record."""
    found: dict[bytes, list[bytes]] = {}
    for names in _chunks(named):
        for column in ("rev", "record"):
            for rev, record, kind in connection.execute(
                f"SELECT rev, record, kind FROM revision WHERE {column} IN ({_marks(names)}) AND payload IS NOT NULL",  # noqa: S608
                names,
            ):
                if kind not in NEVER and rev not in (revs := found.setdefault(record, [])):
                    revs.append(rev)
    return found


def _held(connection: Connection, record: bytes, standing: Collection[holds.Hold]) -> bool:
    bodies, key = [], ""
    for row in connection.execute(f"{current.ROWS} WHERE record = ?", (record,)):
        try:
            key, body = from_columns(row, connection.opener).opened()
        except ValueError:
            continue
        bodies.append(body)
    return holds.over(standing, key, bodies, connection) is not None


def _keys(connection: Connection, records: Collection[bytes]) -> set[str]:
    found: set[str] = set()
    for names in _chunks(records):
        query = f"SELECT key FROM current WHERE record IN ({_marks(names)})"  # noqa: S608
        found.update(key for (key,) in connection.execute(query, names))
    return found


def _drop_drafts(connection: Connection, gone: set[bytes], keys: set[str]) -> None:
    """Remove the corrections in hand that were begun on what is erased: they hold the same answers."""
    for draft, corrects, heads in connection.execute(
        "SELECT draft, corrects, heads FROM draft WHERE corrects <> ''"
    ).fetchall():
        begun_on = {heads[at : at + 32] for at in range(0, len(heads), 32)}
        if begun_on & gone or (not begun_on and corrects in keys):
            connection.execute("DELETE FROM draft WHERE draft = ?", (draft,))


# The bytes themselves ------------------------------------------------------------------------------------------------


def wipe(connection: Connection) -> bool:
    """Bring the erasure from the journal into the file and empty the journal, which holds what was there before.

    Outside any transaction. Where another connection is still reading, it is done the next time. Returns whether
    nothing is left to do. (`secure_delete` overwrites what is taken out of the file itself: `cipher.open_local`.)
    """
    if meta.get(connection, _WIPE) is None:
        return True
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 250")
    try:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            connection.execute("DELETE FROM meta WHERE k = ?", (_WIPE,))
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(patience)}")
    return not busy


def _chunks(names: Iterable[bytes]) -> Iterator[list[bytes]]:
    ordered = iter(sorted(set(names)))
    while chunk := list(islice(ordered, _CHUNK)):
        yield chunk


def _marks(names: Sequence[bytes]) -> str:
    return ",".join("?" * len(names))
