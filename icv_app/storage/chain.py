"""A writer's chain: the row of `head` that sums up all revisions of one replica, and the check of every hash.

`linear` says that the rows are exactly 1..n, each naming the one before: only then may two files be compared by their
last row (`sync.md` §0.6). A fork (a restored backup that wrote on) or a gap makes it 0 and costs a set difference.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.translation import tr
from icv_app.encryption.cipher import Connection
from icv_app.storage.revision import COLUMNS, hollow, intact

_ROWS = f"SELECT {', '.join(COLUMNS)} FROM revision"  # noqa: S608  (constant column names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a file holds of one replica: `n` rows, the last one, and the XOR of all their names (32 bytes)."""

    n: int = 0
    max_seq: int = 0
    max_rev: bytes = b""
    digest: bytes = bytes(32)
    linear: bool = True


def extend(head: Head, rows: Iterable[tuple[int, bytes, bytes | None]]) -> Head:
    """Return `head` with more rows (seq, rev, prev), which the file did not hold before, in any order."""
    n, max_seq, max_rev, linear = head.n, head.max_seq, head.max_rev, head.linear
    digest = int.from_bytes(head.digest, "big")
    for seq, rev, prev in sorted(rows, key=lambda row: row[:2]):
        linear = linear and seq == max_seq + 1 and (prev or b"") == max_rev
        n += 1
        digest ^= int.from_bytes(rev, "big")
        if (seq, rev) > (max_seq, max_rev):
            max_seq, max_rev = seq, rev
    return Head(n=n, max_seq=max_seq, max_rev=max_rev, digest=digest.to_bytes(32, "big"), linear=linear)


def read(connection: Connection) -> dict[bytes, Head]:
    """Return the heads by replica: the version vector of the open file."""
    rows = connection.execute("SELECT replica, n, max_seq, max_rev, digest, linear FROM head")
    return {
        replica: Head(n=n, max_seq=max_seq, max_rev=max_rev, digest=digest, linear=bool(linear))
        for replica, n, max_seq, max_rev, digest, linear in rows
    }


def of(connection: Connection, replica: bytes) -> Head | None:
    """Return the head of one replica, or None where the file holds nothing of it."""
    query = "SELECT n, max_seq, max_rev, digest, linear FROM head WHERE replica = ?"
    row = connection.execute(query, (replica,)).fetchone()
    if row is None:
        return None
    n, max_seq, max_rev, digest, linear = row
    return Head(n=n, max_seq=max_seq, max_rev=max_rev, digest=digest, linear=bool(linear))


def write(connection: Connection, replica: bytes, head: Head) -> None:
    """Store the head of `replica`, within the caller's transaction."""
    connection.execute(
        "INSERT INTO head(replica, n, max_seq, max_rev, digest, linear) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(replica) DO UPDATE SET n = excluded.n, max_seq = excluded.max_seq, max_rev = excluded.max_rev,"
        " digest = excluded.digest, linear = excluded.linear",
        (replica, head.n, head.max_seq, head.max_rev, head.digest, int(head.linear)),
    )


def recount(connection: Connection, replica: bytes) -> Head:
    """Return the head of `replica` from its rows, as it ought to be."""
    return extend(Head(), connection.execute("SELECT seq, rev, prev FROM revision WHERE replica = ?", (replica,)))


def add(connection: Connection, rows: Sequence[tuple[Any, ...]], before: Mapping[bytes, Head] | None = None) -> None:
    """Bring `head` up to date with `rows` (in the order of `COLUMNS`), just inserted and new to the file.

    `before` are the heads without them, where the caller has read them already. A replica whose gap may have been
    filled is counted again from its rows.
    """
    by_replica: dict[bytes, list[tuple[int, bytes, bytes | None]]] = {}
    for rev, _, replica, seq, prev, *_ in rows:
        by_replica.setdefault(replica, []).append((seq, rev, prev))
    before = read(connection) if before is None else before
    for replica, new in by_replica.items():
        after = extend(before.get(replica, Head()), new)
        if not after.linear and after.n == after.max_seq:
            after = recount(connection, replica)
        write(connection, replica, after)


def check(connection: Connection) -> str | None:
    """Return words that name the first bad entry of the open file, or None where every one is good.

    Checked: each row's hashes; each head against its rows; each row's link to the one before it, where that is here.
    """
    return damage(connection) or broken_link(connection)


def broken_link(connection: Connection) -> str | None:
    """Return words that name the first row whose link to the one before it is wrong: its writer's fault, not damage.

    The hash covers the link, so no rot makes one, and a file made again from the same rows would have it again.
    """
    for replica, seq, rev in _broken(connection):
        return tr(
            "revision {rev} (number {seq} of replica {replica}) does not follow the one before it",
            rev=_hex(rev),
            seq=seq,
            replica=_hex(replica),
        )
    return None


def damage(connection: Connection, pardoned: Callable[[tuple[Any, ...]], bool] | None = None) -> str | None:
    """Return words that name the first row that does not match its hashes, or head that does not match its rows.

    A row without its payload is damaged unless `pardoned` says that an order of the office took it.
    """
    for row in connection.execute(f"{_ROWS} ORDER BY replica, seq"):
        if not intact(row) and not (pardoned is not None and hollow(row) and pardoned(row)):
            if hollow(row):
                return tr(
                    "revision {rev} (number {seq} of replica {replica}) has no content, and no order took it away",
                    rev=_hex(row[0]),
                    seq=row[3],
                    replica=_hex(row[2]),
                )
            return tr(
                "revision {rev} (number {seq} of replica {replica}) does not match its hash",
                rev=_hex(row[0]),
                seq=row[3],
                replica=_hex(row[2]),
            )
    heads = read(connection)
    for (replica,) in connection.execute("SELECT DISTINCT replica FROM revision ORDER BY replica"):
        if heads.pop(replica, None) != recount(connection, replica):
            return tr("the summary of replica {replica} does not match its revisions", replica=_hex(replica))
    for replica in heads:
        return tr("the summary of replica {replica} has no revisions", replica=_hex(replica))
    return None


def _broken(connection: Connection) -> Iterator[tuple[bytes, int, bytes]]:
    """Yield rows whose `prev` is of another replica or number; one that has not arrived yet proves nothing."""
    yield from connection.execute(
        "SELECT r.replica, r.seq, r.rev FROM revision r LEFT JOIN revision p ON p.rev = r.prev"
        " WHERE (r.seq = 1) <> (r.prev IS NULL)"
        " OR (p.rev IS NOT NULL AND (p.replica <> r.replica OR p.seq <> r.seq - 1))"
        " ORDER BY r.replica, r.seq"
    )


def _hex(value: object) -> str:
    return value.hex()[:12] if isinstance(value, bytes) else repr(value)
