"""Seals: a device's signature on the row that its chain had reached, which covers all rows before it (`sync.md` §8).

Every transaction of a laptop ends with one, so what it hands over is always signed. Whether a received row is covered
is looked up here; what follows from that is said by `standing`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from icv_app.encryption.cipher import Connection
from icv_app.encryption.device_key import DeviceKey, is_signed
from icv_app.storage import chain
from icv_app.storage.credential import Device
from icv_app.storage.revision import COLUMNS, hollow, intact

EVERY = 1000
"""Rows of one transaction after which a further seal is made, so that a long import can be believed as it arrives."""

Seal = tuple[bytes, int, bytes, bytes]
"""(replica, seq, rev, signature): a row of the table `seal`."""

_ROW = f"SELECT {', '.join(COLUMNS)} FROM revision WHERE rev = ?"  # noqa: S608  (constant column names)
_INSERT = "INSERT OR IGNORE INTO seal(replica, seq, rev, sig) VALUES (?, ?, ?, ?)"


def made(key: DeviceKey, hub_id: str, replica: bytes, seq: int, rev: bytes) -> Seal:
    """Return the seal of `key` on a row of its replica."""
    return replica, seq, rev, key.sign(_message(hub_id, replica, seq, rev))


def holds(seal: Seal, hub_id: str, verify: bytes) -> bool:
    """Return whether a seal was made by the device whose public key is `verify`."""
    replica, seq, rev, signature = seal
    return is_signed(_message(hub_id, replica, seq, rev), signature, verify)


def may_hold(seal: Seal, hub_id: str, writer: Callable[[bytes], Device | None]) -> bool:
    """Return whether a received seal has the shape of one and is its writer's, as far as `writer` knows of them."""
    if not _is_whole(seal):
        return False
    device = writer(seal[0])
    return device is None or holds(seal, hub_id, device.verify)


def _message(hub_id: str, replica: bytes, seq: int, rev: bytes) -> bytes:
    return b"|".join((b"seal1", hub_id.encode(), replica, str(seq).encode(), rev))


def keep(connection: Connection, seals: Iterable[Seal]) -> None:
    """Store received seals that have the shape of one, within the caller's transaction."""
    connection.executemany(_INSERT, [seal for seal in seals if _is_whole(seal)])


def _is_whole(seal: Seal) -> bool:
    replica, seq, rev, signature = seal
    return (
        isinstance(replica, bytes) and isinstance(rev, bytes) and isinstance(signature, bytes) and isinstance(seq, int)
        and len(replica) == 16 and len(rev) == 32 and len(signature) == 64
    )  # fmt: skip


def put_own(connection: Connection, seals: Sequence[Seal]) -> None:
    """Store this laptop's own new seals, within the caller's transaction; the last takes the place of the one before.

    Seals at every `EVERY` rows stay, and so does one that was handed over: it lies in the pack.
    """
    if seals:
        replica, seq = seals[-1][:2]
        connection.execute(
            f"DELETE FROM seal WHERE replica = ? AND seq < ? AND seq % {EVERY} <> 0",  # noqa: S608  (a number of ours)
            (replica, seq),
        )
        connection.executemany(_INSERT, seals)


def of(connection: Connection, replicas: Iterable[bytes]) -> list[Seal]:
    """Return the seals held of some replicas."""
    query = "SELECT replica, seq, rev, sig FROM seal WHERE replica = ? ORDER BY seq, rev"
    return [seal for replica in sorted(replicas) for seal in connection.execute(query, (replica,))]


class Coverage:
    """Which rows of an open file are covered by a seal of their writer. Good for as long as nothing is added."""

    def __init__(self, connection: Connection, hub_id: str) -> None:
        self._connection = connection
        self._hub_id = hub_id
        self._known: dict[bytes, int | set[bytes]] = {}  # the last covered number of a chain; of a fork, the rows

    def covers(self, writer: Device, row: tuple[Any, ...]) -> bool:
        """Return whether a row (in the order of `revision.COLUMNS`) of `writer` is covered."""
        replica = row[2]
        if replica not in self._known:
            self._known[replica] = self._covered(writer, replica)
        covered = self._known[replica]
        return row[3] <= covered if isinstance(covered, int) else row[0] in covered

    def proves(self, writer: Device, row: tuple[Any, ...]) -> bool:
        """Return whether a row is what `writer` signed: `covers` takes the stored names on trust, this makes them anew.

        From the first seal of theirs at or after the row, every row between must be what its name says, and name the
        one before it.
        """
        if not intact(row):
            return False
        query = "SELECT replica, seq, rev, sig FROM seal WHERE replica = ? AND seq >= ? ORDER BY seq, rev"
        seals = self._connection.execute(query, (row[2], row[3])).fetchall()
        return any(holds(seal, self._hub_id, writer.verify) and self._leads(seal[2], row) for seal in seals)

    def _leads(self, rev: bytes | None, row: tuple[Any, ...]) -> bool:
        while rev is not None and rev != row[0]:
            held = self._connection.execute(_ROW, (rev,)).fetchone()
            if held is None or held[3] <= row[3] or not hollow((*held[:-1], None)):  # whatever became of its payload
                return False
            rev = held[4]
        return rev is not None

    def _covered(self, writer: Device, replica: bytes) -> int | set[bytes]:
        head = chain.of(self._connection, replica)
        seals = self._connection.execute(
            "SELECT s.replica, s.seq, s.rev, s.sig FROM seal s"
            " JOIN revision r ON r.rev = s.rev AND r.replica = s.replica AND r.seq = s.seq"
            " WHERE s.replica = ? ORDER BY s.seq DESC",
            (replica,),
        )
        if head is not None and head.linear:
            return next((seal[1] for seal in seals if holds(seal, self._hub_id, writer.verify)), 0)
        tips = [seal[2] for seal in seals.fetchall() if holds(seal, self._hub_id, writer.verify)]
        return leading_to(self._connection, replica, tips)


def leading_to(connection: Connection, replica: bytes, tips: Iterable[bytes]) -> set[bytes]:
    """Return the rows of a replica that are in the chain up to any of `tips`, these included."""
    query = "SELECT rev, prev FROM revision WHERE replica = ?"
    before: dict[bytes, bytes | None] = dict(connection.execute(query, (replica,)).fetchall())
    found: set[bytes] = set()
    for tip in tips:
        rev: bytes | None = tip
        while rev in before and rev not in found:
            assert rev is not None
            found.add(rev)
            rev = before[rev]
    return found
