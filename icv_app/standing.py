"""Standing: which received revisions count, and why the others are kept and left out of `current` (`sync.md` §8).

Decided from the set of revisions, seals and decisions alone, so laptops with the same rights and the same rows agree.
Nothing is ever refused a place in `revision`: a row that does not count now may do so once its seal, its device's
approval or the record it belongs to has arrived.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from icv_app import credential
from icv_app.cipher import Connection
from icv_app.credential import KINDS, Device
from icv_app.envelope import is_sealed
from icv_app.revision import COLUMNS, Body, decode
from icv_app.rights import NOT_ALLOWED as NOT_ALLOWED
from icv_app.rights import Beginning, refusal
from icv_app.seals import Coverage, leading_to
from icv_app.trust import Trust

CLOSED: Final = "closed"
UNKNOWN: Final = "unknown_device"
REVOKED: Final = "revoked"
UNSEALED: Final = "unsealed"
FORGED: Final = "forged"

Row = tuple[Any, ...]
"""A row in the order of `revision.COLUMNS`."""

_PAYLOAD = "SELECT payload FROM revision WHERE rev = ?"
_ROOTS = f"SELECT {', '.join(COLUMNS)} FROM revision WHERE record = ? AND parents = x''"  # noqa: S608


class Standing:
    """Judges rows that stand in the open laptop's file. Good for one transaction."""

    def __init__(self, connection: Connection, trust: Trust) -> None:
        self._connection = connection
        self._trust = trust
        self._coverage = Coverage(connection, trust.hub_id)
        self._ends: dict[bytes, set[bytes]] = {}
        self._roots: dict[bytes, str] = {}  # of first revisions: why they do not count, "" where they do

    def withheld(self, rows: Iterable[Row]) -> dict[bytes, str]:
        """Return why, by name, those of `rows` do not count that do not."""
        found = {}
        for row in rows:
            why = self._why(row)
            if why:
                found[row[0]] = why
        return found

    def _why(self, row: Row) -> str:
        rev, _, _, _, _, parents, *_ = row
        if parents:
            return self._judged(row)
        if rev not in self._roots:
            self._roots[rev] = self._judged(row)
        return self._roots[rev]

    def _judged(self, row: Row) -> str:
        _, record, replica, _, _, parents, _, author, kind, _, _, payload = row
        if kind in KINDS:
            return self._own_word(kind, payload)
        writer = self._trust.writer(replica)
        own = writer is not None and writer.device == self._trust.me.device  # nobody's own reports vanish before them
        if writer is None or (writer.status in ("waiting", "refused") and not own):
            return UNKNOWN
        if writer.status == "revoked" and not own and row[0] not in self._before_the_end(writer, replica):
            return REVOKED
        if not self._coverage.covers(writer, row):
            return UNSEALED
        if author != writer.person:
            return FORGED
        if payload is None:  # erased: nothing of it is shown
            return ""
        if is_sealed(payload) and not self._trust.opener.opens(payload):
            return CLOSED
        return "" if writer.office else self._allowed(writer, record, kind, payload, parents)

    def _before_the_end(self, writer: Device, replica: bytes) -> set[bytes]:
        """Return the rows of a locked-out laptop that still count."""
        if replica not in self._ends:
            self._ends[replica] = leading_to(self._connection, replica, writer.last_good)
        return self._ends[replica]

    def _own_word(self, kind: str, payload: bytes | None) -> str:
        try:
            body = decode(payload)[1]
        except ValueError:
            return FORGED
        return "" if credential.vouches(kind, body, self._trust.office) else FORGED

    def _allowed(self, writer: Device, record: bytes, kind: str, payload: bytes, parents: bytes) -> str:
        try:
            key, body = decode(self._trust.opener(payload))
        except ValueError:
            return ""  # only a newer program reads it: shown to nobody
        seen = partial(self.seen, parents) if parents else None
        return refusal(writer, record, kind, key, body, seen=seen, begun=self.begun)

    def seen(self, parents: bytes) -> Iterator[Body]:
        """Yield what the revisions say that are named in a row's `parents`, as far as this laptop may read it."""
        for at in range(0, len(parents), 32):
            row = self._connection.execute(_PAYLOAD, (parents[at : at + 32],)).fetchone()
            if row is None or row[0] is None:
                continue
            try:
                yield decode(self._trust.opener(row[0]))[1]
            except ValueError:
                continue

    def begun(self, record: bytes) -> Iterator[Beginning]:
        """Yield the first revisions of a record that count; what they say, as far as this laptop may read it."""
        for row in self._connection.execute(_ROOTS, (record,)).fetchall():
            why = self._why(row)
            if why and why != CLOSED:
                continue
            try:
                body = decode(self._trust.opener(row[-1]))[1] if row[-1] is not None else None
            except ValueError:
                body = None
            yield Beginning(author=row[7], body=body)


def mark(connection: Connection, why: Mapping[bytes, str]) -> None:
    """Store why rows do not count, within the caller's transaction."""
    connection.executemany("INSERT OR REPLACE INTO withheld(rev, why) VALUES (?, ?)", list(why.items()))


def released(connection: Connection, revs: Iterable[bytes]) -> None:
    """Let rows count, within the caller's transaction."""
    connection.executemany("DELETE FROM withheld WHERE rev = ?", [(rev,) for rev in revs])
