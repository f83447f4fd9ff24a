"""The pen: what one transaction of this laptop writes. It numbers, times and chains revisions, and ends their forks."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from icv_app.clock import Clock
from icv_app.encryption.cipher import Connection
from icv_app.encryption.device_key import MARK, mark
from icv_app.storage import audience, audit, chain, current, meta, seals
from icv_app.storage.audit import BULK, Note
from icv_app.storage.chain import Head
from icv_app.storage.revision import COLUMNS, KEY_FIELD, Body, as_text, make, record_id
from icv_app.storage.trust import Trust

DAY_AHEAD = 24 * 60 * 60 * 1000 << 16
"""How far ahead of the wall clock a hybrid clock may be dragged: beyond that, somebody's clock is simply wrong."""

INSERT = f"INSERT INTO revision({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608


class Pen:
    """Writes revisions of this laptop's replica within the caller's transaction; `finish` puts them down in batches."""

    def __init__(self, connection: Connection, *, author: str, clock: Clock, trust: Trust | None = None) -> None:
        self.connection = connection
        self.trust = trust
        self.author = author
        self._clock = clock
        known = dict(connection.execute("SELECT k, v FROM meta WHERE k IN ('replica', 'hlc')"))
        self.replica: bytes = known.get("replica") or new_replica(trust)
        if trust is not None and not self.replica.startswith(mark(trust.me.device)):  # from before devices had keys
            self.replica = new_replica(trust)
        self.head = chain.of(connection, self.replica) or Head()
        self._is_new = known.get("replica") != self.replica
        wall = max(0, clock.milliseconds()) << 16
        # the next save comes after whatever was seen, unless that lies absurdly far ahead (`sync.md` §5)
        self._hlc = max(wall - 1, min(known.get("hlc", 0), wall + DAY_AHEAD))
        self._rows: list[tuple[Any, ...]] = []
        self._links: list[tuple[int, bytes, bytes | None]] = []
        self._prev = self.head.max_rev or None
        self._seq = self.head.max_seq
        self._beside: list[int] = []  # rows whose author had not seen every head
        self._written: dict[bytes, current.State] = {}
        self._begun: dict[bytes, Body] = {}
        self._done: list[tuple[str, str, str, str, bytes, int]] = []  # action, kind, key, form, revision, number
        self._notes: list[Note] = []

    def note(self, note: Note) -> None:
        """Have the log tell of something beside the revisions, which it tells of by itself."""
        self._notes.append(note)

    def begun(self, record: bytes) -> Body | None:
        """Return what the first revision of a record says that was written with this pen, or None."""
        return self._begun.get(record)

    def knows(self, record: bytes) -> bool:
        """Return whether the record has a state, in the database or from this pen."""
        return self._state(record) is not None

    def write(
        self, record: bytes, kind: str, key: str, body: Body, seen: Sequence[bytes] | None = None, *,
        anew: bool = False,
    ) -> tuple[bytes, bool]:  # fmt: skip
        """Write `body` as the record's new revision and return (its name, True). Parents: the heads `seen`, else all.

        Where that would change nothing and settle nothing, write nothing and return (the standing one, False).
        """
        body = {name: value for name, value in body.items() if name != KEY_FIELD}
        before = self._state(record)
        text = as_text(body)
        if not anew and before is not None and not before.conflicts and as_text(before.body) == text:
            return before.heads[-1], False
        tips = b"" if before is None else b"".join(before.heads)
        if seen is not None and tips != (parents := b"".join(sorted(seen))):
            tips = parents
            self._beside.append(len(self._rows))
        self._hlc += 1
        self._seq += 1
        revision = make(
            record=record, replica=self.replica, seq=self._seq, prev=self._prev,
            parents=tuple(tips[at : at + 32] for at in range(0, len(tips), 32)),
            hlc=self._hlc, author=self.author, kind=kind, body=body, key=key, seal=self._seal(kind, body, before),
        )  # fmt: skip
        if before is None:
            self._begun[record] = body
        self._prev = revision.rev
        self._rows.append(revision.as_columns())
        self._links.append((revision.seq, revision.rev, revision.prev))
        self._written[record] = current.State(
            record, kind, current.spelt(record, key), body, revision.rev, "{}", revision.hlc, self.author
        )
        if kind not in audit.HOUSEKEEPING:
            form = str(body.get("form", ""))[:40] if kind in ("visit", "record_review") else ""
            self._done.append((_action(kind, body, before), kind, key, form, revision.rev, self._seq))
        return revision.rev, True

    @property
    def rows(self) -> Sequence[tuple[Any, ...]]:
        """The rows written so far, in the order of `COLUMNS`."""
        return self._rows

    def again(self, kind: str, key: str) -> bool:
        """Write a record as it stands once more, sealed for those who may read it by now; return whether it is held."""
        record = record_id(kind, key)
        state = self._state(record)
        if state is not None:
            self.write(record, kind, key, state.body, anew=True)
        return state is not None

    def finish(self) -> None:
        """Put everything down: the rows, the replica's summary, the new states with their facts, and the clock."""
        if self._is_new:
            meta.put(self.connection, "replica", self.replica)
        if self._rows:
            self.connection.executemany(INSERT, self._rows)
            chain.write(self.connection, self.replica, chain.extend(self.head, self._links))
            self._sign()
            beside = {self._rows[at][1] for at in self._beside}
            current.write(self.connection, [each for record, each in self._written.items() if record not in beside])
            current.absorb(self.connection, [self._rows[at] for at in self._beside])
            meta.put(self.connection, "hlc", self._hlc)
        if notes := [*self._notes, *self._told()]:
            audit.append(self.connection, notes, person=self.author, at=self._clock.now())

    def _told(self) -> Iterator[Note]:
        """Yield what the log says of the revisions: each, or of many in one go how many, and by which numbers."""
        if len(self._done) < BULK:
            for action, kind, key, form, rev, _ in self._done:
                version = {"rev": rev.hex()[:16], **({"form": form} if form else {})}
                yield Note(action=action, kind=kind, key=key, detail=version)
            return
        together: dict[tuple[str, str], list[int]] = {}
        for action, kind, _, _, _, seq in self._done:
            together.setdefault((action, kind), []).append(seq)
        for (action, kind), numbers in together.items():
            told = {"count": len(numbers), "first": min(numbers), "last": max(numbers), "replica": self.replica.hex()}
            yield Note(action=action, kind=kind, detail=told)

    def _sign(self) -> None:
        """Seal the end of this laptop's chain, and where much was written, stretches of it on the way."""
        if self.trust is None:
            return
        last = self._rows[-1]
        ends = [row for row in self._rows if row[3] % seals.EVERY == 0 or row is last]
        made = [seals.made(self.trust.me, self.trust.hub_id, row[2], row[3], row[0]) for row in ends]
        seals.put_own(self.connection, made)

    def _seal(self, kind: str, body: Body, before: current.Record | None) -> Callable[[bytes], bytes] | None:
        """Return what puts the payload into its envelope, None for what everybody reads."""
        if self.trust is None:
            return None
        authors = (self.author,) if before is None else (self.author, before.author)
        names = audience.recipients(kind, body, self._find, authors=authors)
        return None if names is None else partial(self.trust.sealed, names=names)

    def _find(self, kind: str, key: str) -> Body | None:
        found = self._state(record_id(kind, key))
        return None if found is None else found.body

    def _state(self, record: bytes) -> current.Record | None:
        written = self._written.get(record)
        if written is None:
            return current.one(self.connection, record)
        return current.Record(
            record=record, kind=written.kind, key=written.key, body=written.body, heads=(written.heads,), conflicts={},
            hlc=written.hlc, author=written.author,
        )  # fmt: skip


def new_replica(trust: Trust | None) -> bytes:
    """Return a fresh id for this laptop to write under; it begins as its device's id does, so nobody else's fits."""
    return secrets.token_bytes(16) if trust is None else mark(trust.me.device) + secrets.token_bytes(16 - MARK)


def _action(kind: str, body: Body, before: current.Record | None) -> str:
    """Return how the log calls what a revision does."""
    was = {} if before is None else before.body
    if body.get("deleted") is True and was.get("deleted") is not True:
        return "removed"
    if kind == "sign_off":
        return "signed"
    if (state := body.get("state")) in ("returned", "accepted") and before is not None:
        said = "returns" if state == "returned" else "acceptances"
        if was.get("state") != state or was.get(said) != body.get(said):
            return str(state)
    if kind == "scheme":
        return "settings"
    return "made" if before is None else "changed"
