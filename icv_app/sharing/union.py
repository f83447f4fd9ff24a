"""The union of two sets of revisions: which rows one artefact has that another lacks, by the cheapest honest way.

Equal fingerprints: none. One unbroken chain that agrees with ours on a row: what comes after it. Otherwise (a fork, a
gap) the difference of the two sets of ids (`sync.md` §4, step 2). Pure reading; nothing is remembered.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from icv_app.sharing.artefact import BATCH, FIRST_BATCH, Artefact, Holding, Row, Vector

_FEW = 100  # rows: what a laptop writes before its first exchange

Link = tuple[int, bytes]
"""A row's number in its writer's chain, and its id."""


class Held(Protocol):
    """Something on the share that may hold rows: its vector, and its ids where the vector does not tell."""

    vector: Vector

    def revs(self, replica: bytes) -> set[bytes]:
        """Return the ids of all its rows of `replica`."""

    def rev_at(self, replica: bytes, seq: int) -> bytes | None:
        """Return the id of the one row that `replica` wrote as number `seq`, or None."""


def lacking(mine: Artefact, have: Vector, theirs: Artefact, offered: Vector) -> Iterator[list[Row]]:
    """Yield the rows of `theirs` (vector `offered`) that `mine` (vector `have`) lacks, unverified, in batches."""
    step = FIRST_BATCH if sum(held.n for held in have.values()) < _FEW else BATCH
    if not have:
        yield from theirs.batches(step=step)
        return
    for replica, offer in offered.items():
        held = have.get(replica)
        if held is None:
            yield from theirs.batches(replica, step=step)
        elif held.same(offer) or _inside(mine, replica, held, offer):
            continue
        elif _continues(theirs, replica, held, offer):
            yield from theirs.batches(replica, after=held.max_seq)
        else:
            ids = theirs.revs(replica)
            yield from theirs.batches_of(ids - mine.holding(ids))


def _inside(mine: Artefact, replica: bytes, held: Holding, offer: Holding) -> bool:
    """Return whether a chain on offer is a stretch of ours: its last row is ours, and commits to those before it."""
    return (
        held.linear and offer.first > 0 and offer.max_seq <= held.max_seq
        and mine.rev_at(replica, offer.max_seq) == offer.max_rev
    )  # fmt: skip


def _continues(theirs: Artefact, replica: bytes, held: Holding, offer: Holding) -> bool:
    """Return whether all that a chain on offer adds to ours comes after our last row."""
    return (
        held.linear and offer.first > 0
        and (offer.first > held.max_seq or theirs.rev_at(replica, held.max_seq) == held.max_rev)
    )  # fmt: skip


def missing(mine: Artefact, have: Vector, holdings: Sequence[Held]) -> dict[bytes, list[Link]]:
    """Return the rows of `mine` (vector `have`) that none of `holdings` has, by replica, in order."""
    found: dict[bytes, list[Link]] = {}
    for replica, held in have.items():
        offers = [(holding, holding.vector[replica]) for holding in holdings if replica in holding.vector]
        if any(held.same(offer) for _, offer in offers):
            continue
        covered: list[tuple[int, int]] = []
        unclear: list[Held] = []
        for holding, offer in offers:
            if _inside(mine, replica, held, offer):
                covered.append((offer.first, offer.max_seq))
            elif (
                held.linear and offer.linear and offer.max_seq > held.max_seq
                and holding.rev_at(replica, held.max_seq) == held.max_rev
            ):  # fmt: skip
                covered.append((1, held.max_seq))
            else:
                unclear.append(holding)
        links = [link for first, last in gaps(covered, held.max_seq) for link in mine.links(replica, first, last)]
        for holding in unclear:
            if not links:
                break
            theirs = holding.revs(replica)
            links = [link for link in links if link[1] not in theirs]
        if links:
            found[replica] = links
    return found


def ends(links: Mapping[bytes, Sequence[Link]]) -> dict[bytes, Link]:
    """Return the last of the rows found by `missing` of each replica."""
    return {replica: max(found) for replica, found in links.items()}


def gaps(covered: Iterable[tuple[int, int]], last: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of 1 to `last` that none of the stretches `covered` reaches, both ends included."""
    start = 1
    for first, end in sorted(covered):
        if start < first <= last:
            yield start, first - 1
        elif first > last:
            break
        start = max(start, end + 1)
    if start <= last:
        yield start, last


def contains(mine: Artefact, have: Vector, hub: Mapping[bytes, Holding], pack: Mapping[bytes, Holding]) -> bool:
    """Return whether `hub` surely holds all of `pack`, told from vectors and what this laptop knows of the chains."""
    for replica, offer in pack.items():
        held, folded = have.get(replica), hub.get(replica)
        if held is None or folded is None:
            return False
        if folded.same(held) or folded.same(offer):
            continue
        if not (
            offer.max_seq <= folded.max_seq and folded.linear
            and _inside(mine, replica, held, offer) and _inside(mine, replica, held, folded)
        ):  # fmt: skip
            return False
    return True
