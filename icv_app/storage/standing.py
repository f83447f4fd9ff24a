"""Standing: which received revisions count, and why the others are kept and left out of `current` (`sync.md` §8).

Decided from the set of revisions, seals and decisions alone, so laptops with the same rights and the same rows agree.
Nothing is ever refused a place in `revision`: a row that does not count now may do so once its seal, its device's
approval or the record it belongs to has arrived.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from icv_app.encryption.cipher import Connection
from icv_app.encryption.envelope import is_sealed
from icv_app.storage import credential
from icv_app.storage.credential import KINDS, Device
from icv_app.storage.revision import COLUMNS, Body, decode
from icv_app.storage.rights import NOT_ALLOWED as NOT_ALLOWED
from icv_app.storage.rights import Before, Beginning, refusal
from icv_app.storage.seals import Coverage, leading_to
from icv_app.storage.trust import Trust

CLOSED: Final = "closed"
UNKNOWN: Final = "unknown_device"
REVOKED: Final = "revoked"
UNSEALED: Final = "unsealed"
FORGED: Final = "forged"

Row = tuple[Any, ...]
"""A row in the order of `revision.COLUMNS`."""

BUILT_ON: Final = ("visit", "record_review", "issue", "plan", "availability", "duty", "filter", "swap")
"""Kinds of which a visitor's revision is judged by what it is built on, too."""

_ROW = f"SELECT {', '.join(COLUMNS)} FROM revision WHERE rev = ?"  # noqa: S608
_ROOTS = f"SELECT {', '.join(COLUMNS)} FROM revision WHERE record = ? AND parents = x''"  # noqa: S608


class Standing:
    """Judges rows that stand in the open laptop's file. Good for one transaction."""

    def __init__(self, connection: Connection, trust: Trust) -> None:
        self._connection = connection
        self._trust = trust
        self._coverage = Coverage(connection, trust.hub_id)
        self._ends: dict[bytes, set[bytes]] = {}
        self._why_not: dict[bytes, str] = {}  # why rows do not count, "" where they do; revocation left aside
        self._lines: dict[bytes, dict[bytes, bytes]] = {}  # of records: each revision's parents

    def withheld(self, rows: Iterable[Row]) -> dict[bytes, str]:
        """Return why, by name, those of `rows` do not count that do not."""
        return {row[0]: why for row in rows if (why := self._why(row))}

    def _why(self, row: Row) -> str:
        """Return why a row does not count: its writer was locked out before, or had no right to write it."""
        rev, replica, kind = row[0], row[2], row[8]
        writer = None if kind in KINDS else self._trust.writer(replica)
        locked_out = writer is not None and writer.status == "revoked" and not self._is_own(writer)
        if writer is not None and locked_out and rev not in self._before_the_end(writer, replica):
            return REVOKED
        return self._lawful(row)

    def _is_own(self, writer: Device) -> bool:
        return writer.device == self._trust.me.device

    def _lawful(self, row: Row) -> str:
        """Return why a row would not count had its writer never been locked out: what was built on it stays right.

        What it is built on is judged first, without calling itself: a record may have any number of revisions.
        """
        waiting = [row]
        while waiting:
            top = waiting[-1]
            if top[0] not in self._why_not:
                before = [each for each in self._parents(top) if each[0] not in self._why_not]
                if before:
                    waiting += before
                    continue
                self._why_not[top[0]] = self._judged(top)
            waiting.pop()
        return self._why_not[row[0]]

    def _parents(self, row: Row) -> list[Row]:
        """Return the rows of the same record that `row` names as its parents and whose standing matters for its own."""
        writer = self._trust.writer(row[2])
        if row[8] not in BUILT_ON or not row[5] or writer is None or writer.office:
            return []
        return [each for each in self._named(row[5]) if each[1] == row[1]]

    def _named(self, parents: bytes) -> list[Row]:
        found = (
            self._connection.execute(_ROW, (parents[at : at + 32],)).fetchone() for at in range(0, len(parents), 32)
        )
        return [row for row in found if row is not None]

    def _judged(self, row: Row) -> str:
        _, record, replica, _, _, parents, _, author, kind, _, _, payload = row
        if kind in KINDS:
            return self._own_word(kind, record, payload)
        writer = self._trust.writer(replica)
        # nobody's own reports vanish before them
        if writer is None or (writer.status in ("waiting", "refused") and not self._is_own(writer)):
            return UNKNOWN
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

    def _own_word(self, kind: str, record: bytes, payload: bytes | None) -> str:
        try:
            key, body = decode(payload)
        except ValueError:
            return FORGED
        return "" if credential.vouches(kind, record, key, body, self._trust.office) else FORGED

    def _allowed(self, writer: Device, record: bytes, kind: str, payload: bytes, parents: bytes) -> str:
        try:
            key, body = decode(self._trust.opener(payload))
        except ValueError:
            return ""  # only a newer program reads it: shown to nobody
        seen = partial(self.seen, record, parents) if parents else None
        return refusal(writer, record, kind, key, body, seen=seen, begun=self.begun)

    def seen(self, record: bytes, parents: bytes) -> Iterator[Before]:
        """Yield what revisions of a record say that are named in a row's `parents`, are here and count.

        What says nothing that this laptop may read is without a body.
        """
        for row in self._named(parents):
            if row[1] != record or self._lawful(row) not in ("", CLOSED):
                continue
            yield Before(author=row[7], body=self._said(row), begun=tuple(self._led_to(record, row[0])))

    def _led_to(self, record: bytes, rev: bytes) -> Iterator[Beginning]:
        """Yield the first revisions of a record that led to its revision `rev` and count."""
        if record not in self._lines:
            query = "SELECT rev, parents FROM revision WHERE record = ?"
            self._lines[record] = dict(self._connection.execute(query, (record,)).fetchall())
        line, waiting, seen = self._lines[record], [rev], {rev}
        while waiting:
            parents = line.get(waiting.pop())
            for at in range(0, len(parents or b""), 32):
                parent = parents[at : at + 32] if parents else b""
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
        for row in self._connection.execute(_ROOTS, (record,)).fetchall():
            if row[0] in seen and self._lawful(row) in ("", CLOSED):
                yield Beginning(author=row[7], body=self._said(row))

    def begun(self, record: bytes) -> Iterator[Beginning]:
        """Yield the first revisions of a record that count; what they say, as far as this laptop may read it."""
        for row in self._connection.execute(_ROOTS, (record,)).fetchall():
            why = self._why(row)
            own = self._trust.own
            # the office reads every report: one that it cannot read is nobody's to build on
            if not why or (why == CLOSED and not (own is not None and own.office)):
                yield Beginning(author=row[7], body=self._said(row))

    def _said(self, row: Row) -> Body | None:
        try:
            return None if row[-1] is None else decode(self._trust.opener(row[-1]))[1]
        except ValueError:
            return None


def mark(connection: Connection, why: Mapping[bytes, str]) -> None:
    """Store why rows do not count, within the caller's transaction."""
    connection.executemany("INSERT OR REPLACE INTO withheld(rev, why) VALUES (?, ?)", list(why.items()))


def released(connection: Connection, revs: Iterable[bytes]) -> None:
    """Let rows count, within the caller's transaction."""
    connection.executemany("DELETE FROM withheld WHERE rev = ?", [(rev,) for rev in revs])
