"""A survey of the chains that this laptop holds: what they refer to and is not here, and where a clock went back.

Revisions are only ever added, so each is looked at once: what was found is kept, and a later survey goes on after the
last row (O(new rows)). Forks and gaps of one writer are told by its row of `head`, and only then looked for.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from icv_app.encryption.cipher import Connection
from icv_app.encryption.faults import in_words
from icv_app.storage import chain, meta

BACK: Final = 10 * 60 * 1000
"""Milliseconds by which a writer's clock may go back without a word: clocks are put right by seconds all the time."""
_MOST: Final = 2000  # numbers that are named one by one
_KEPT: Final = "survey"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A writer's clock that went back by `milliseconds` before its entry number `seq`."""

    replica: bytes
    seq: int
    milliseconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What is odd about a chain: `gaps` are (first, last) numbers that are not here, `forks` numbers written twice."""

    gaps: tuple[tuple[int, int], ...] = ()
    forks: int = 0

    @property
    def missing(self) -> int:
        """How many entries are not here though later ones are."""
        return sum(last - first + 1 for first, last in self.gaps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was found. `chains` has the writers with a gap or a fork.

    `unknown` counts entries that others were made upon, and that have not arrived, whoever wrote them.
    """

    chains: dict[bytes, Chain]
    steps: tuple[Step, ...]
    unknown: int


@dataclass(slots=True)
class _Known:
    """What a survey leaves for the next: the last row seen, names that were missing, and steps back, as JSON."""

    upto: int = 0
    missing: list[str] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)  # rows whose predecessor had not arrived
    steps: list[list[Any]] = field(default_factory=list)


def survey(connection: Connection) -> Survey:
    """Return what is odd about the chains in the open profile, and keep what saves reading them again."""
    with in_words():
        known = _read(connection)
        after = _ahead(connection, known)
        if after != known:
            meta.put(connection, _KEPT, json.dumps([after.upto, after.missing, after.loose, after.steps]))
        chains = _chains(connection)
    steps = tuple(Step(replica=bytes.fromhex(name), seq=seq, milliseconds=by) for name, seq, by in after.steps)
    own = _prev_missing(connection, after.loose)
    return Survey(chains=chains, steps=steps, unknown=len(set(after.missing) - own))


def _read(connection: Connection) -> _Known:
    kept = meta.get(connection, _KEPT)
    (last,) = connection.execute("SELECT coalesce(max(rowid), 0) FROM revision").fetchone()
    known = _Known(*json.loads(kept)) if kept else _Known()
    return known if known.upto <= last else _Known()  # another file than the one that was surveyed: a restored backup


_NEW = (
    "SELECT r.rowid, r.replica, r.seq, r.prev, r.parents, r.hlc, p.hlc FROM revision r"
    " LEFT JOIN revision p ON p.rev = r.prev WHERE "
)


def _ahead(connection: Connection, known: _Known) -> _Known:
    found = _Known(upto=known.upto, steps=list(known.steps))
    wanted = {bytes.fromhex(name) for name in known.missing}
    rows = connection.execute(f"{_NEW} r.rowid > ? ORDER BY r.rowid", (known.upto,)).fetchall()
    for at in known.loose:
        rows += connection.execute(f"{_NEW} r.rowid = ?", (at,)).fetchall()
    for rowid, replica, seq, prev, parents, hlc, before in rows:
        found.upto = max(found.upto, rowid)
        wanted.update(parents[at : at + 32] for at in range(0, len(parents), 32))
        if prev is not None and before is None:
            found.loose.append(rowid)
            wanted.add(prev)
        elif before is not None and (back := (before >> 16) - (hlc >> 16)) > BACK:
            found.steps.append([replica.hex(), seq, back])
    found.missing = sorted(name.hex() for name in wanted - _held(connection, wanted))
    return found


def _held(connection: Connection, names: set[bytes]) -> set[bytes]:
    query = "SELECT 1 FROM revision WHERE rev = ?"
    return {name for name in names if connection.execute(query, (name,)).fetchone() is not None}


def _prev_missing(connection: Connection, loose: list[int]) -> set[str]:
    """Return the names that are missing as somebody's own earlier entry: those are told as that writer's gap."""
    query = "SELECT prev FROM revision WHERE rowid = ?"
    with in_words():
        return {row[0].hex() for at in loose for row in connection.execute(query, (at,))}


def _chains(connection: Connection) -> dict[bytes, Chain]:
    odd = {}
    for replica, head in chain.read(connection).items():
        if not head.linear:
            query = "SELECT seq FROM revision WHERE replica = ? ORDER BY seq"
            numbers = [seq for (seq,) in connection.execute(query, (replica,))]
            gaps = tuple((a + 1, b - 1) for a, b in pairwise([0, *numbers]) if b > a + 1)
            forks = sum(count - 1 for count in Counter(numbers).values())
            odd[replica] = Chain(gaps=gaps[:_MOST], forks=forks)
    return odd
