"""The problem of a rota, and its answer: who could go where, as plain values for the solver. Pure; knows no words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Pair = tuple[str, str]
"""Two people, in the order of their references."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A slot that wants people: `kept` are named already (at most one), `may` could go beside them.

    `turn` names the week or month of which nobody gives more than one visit. `learners`: those of `may` and `kept` who
    go only beside somebody who is no learner.
    """

    slot: str
    site: str
    turn: str
    may: frozenset[str]
    kept: tuple[str, ...] = ()
    learners: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Of the slots in `slots`, `person` takes at most `most`, those that are theirs already not counted."""

    person: str
    slots: frozenset[str]
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Openings to fill. `load`: visits that fell to each person already; `pairs`, `sites`: how often, lately.

    Everybody in `load` is one whose number of visits is to be evened out.
    """

    openings: tuple[Opening, ...]
    load: Mapping[str, int]
    limits: tuple[Limit, ...] = ()
    pairs: Mapping[Pair, int] = field(default_factory=dict)
    sites: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who goes: `pairs` by slot, the kept ones among them; a slot that is not there stays a gap.

    `most_filled`: it is proved that no rota fills more slots. `even`: and that none which fills as many spreads the
    visits more evenly (by the sum of the squares, so nobody has two more than another who could take one over).
    """

    pairs: Mapping[str, Pair]
    loads: Mapping[str, int]
    most_filled: bool
    even: bool


def pair_of(one: str, other: str) -> Pair:
    """Return two people as a pair."""
    return (one, other) if one <= other else (other, one)


def turn_of(first: date, last: date) -> str:
    """Return the name of the turn of a slot: its week, or the days of a longer span."""
    monday = first.toordinal() - first.weekday()
    if last.toordinal() <= monday + 6:
        return date.fromordinal(monday).isoformat()
    return f"{first.isoformat()}..{last.isoformat()}"


def beside(turn: str) -> tuple[str, ...]:
    """Return the turns of the weeks before and after that of `turn`; () for the days of a longer span."""
    if ".." in turn:
        return ()
    monday = date.fromisoformat(turn).toordinal()
    return tuple(date.fromordinal(day).isoformat() for day in (monday - 7, monday + 7))
