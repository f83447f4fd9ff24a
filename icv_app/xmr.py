"""Control charts: whether a series of numbers tells of more than chance, by the rules of NHS "Making Data Count".

Pure. A series is the points of one site in the order of time; its limits are those of an XmR chart (individuals and
moving ranges). Source of every rule: the R package NHSRplotthedots of the NHS-R Community with its defaults, which is
the reference of "Making Data Count" (`docs/charts.md` tells where ours differs, and why). Limits come of all the
points of a series: they are never set anew within one. Numbers are exact (`Fraction`), so that a point on a line is on
it and not a rounding beside it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import groupby, pairwise, zip_longest
from typing import Literal

What = Literal["days_between", "access_delay"]
Rule = Literal["beyond", "trend", "near", "shift"]
Direction = Literal["higher", "lower"]
Number = int | Fraction

RULES: tuple[Rule, ...] = ("beyond", "trend", "near", "shift")
"""In the order in which they say what a point is, where several do (the reference's order)."""
LEAST = 5
"""Points below which there are no limits: "as few as five or six values" give useful ones (Wheeler, Understanding
Variation, p. 60, as the reference's vignette on the number of points cites it)."""
ENOUGH = 12
"""Points below which limits are trial limits (the same vignette)."""
RUN = 7
"""Points that make a shift or a trend."""
_WIDTH = Fraction("2.66")  # average moving ranges from the mean to a limit: 3 / 1.128
_NEAR = _WIDTH * 2 / 3
_SCREEN = Fraction("3.267")  # a moving range this many times the average one is screened out (Nelson 1982)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One visit: its day, the number (days since the one before, or minutes waited) and the key of its record."""

    day: date
    value: int
    visit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The points of one site in the order of time, up to the end of the period."""

    what: What
    site: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What chance alone is likely to keep within, in the series' own unit.

    `moving_range` is the average one that the limits are made of. `lower` may lie below 0, where no number can: it is
    then not drawn (`docs/charts.md`). `trial`: made of fewer than 12 points, and to change with every further one.
    """

    mean: Fraction
    moving_range: Fraction
    lower: Fraction
    upper: Fraction
    trial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Special cause: a rule that holds, on which side, and the points by their places in the series, in order.

    A signal of "near" names the points near the limit, which need not be neighbours.
    """

    rule: Rule
    direction: Direction
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one point tells: the rules by which it is special cause, in the order of `RULES`, and to which side.

    `direction` is that of the first rule; None where no rule holds. For both series that we draw, lower is better.
    """

    rules: tuple[Rule, ...] = ()
    direction: Direction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A series with its limits and signals.

    Limits None: too few points, or `mostly_none`; then there is no signal.
    """

    series: Series
    limits: Limits | None
    signals: tuple[Signal, ...]

    @property
    def none(self) -> int:
        """How many of its numbers are 0."""
        return sum(point.value == 0 for point in self.series.points)

    @property
    def mostly_none(self) -> bool:
        """Whether more than half of its numbers are 0: the rules look for change around a mean, and there is none."""
        return 2 * self.none > len(self.series.points)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What each point of the series tells."""
        return marks(self.signals, len(self.series.points))


def chart(series: Series) -> Chart:
    """Return the chart of a series."""
    values = [point.value for point in series.points]
    bare = Chart(series=series, limits=None, signals=())
    found = None if bare.mostly_none else limits(values)
    return bare if found is None else replace(bare, limits=found, signals=signals(values, found))


def limits(values: Sequence[Number]) -> Limits | None:
    """Return the limits of the numbers, None of fewer than `LEAST`.

    The mean is that of all; outlying moving ranges are left out of the average moving range. Where only ranges of 0
    would be left, none is left out: else both limits would lie on the mean and every other point beyond them.
    """
    if len(values) < LEAST:
        return None
    mean = Fraction(sum(values)) / len(values)
    ranges = [abs(Fraction(after) - before) for before, after in pairwise(values)]
    average = _average(ranges)
    moving = _average([each for each in ranges if each < _SCREEN * average]) or average
    return Limits(
        mean=mean,
        moving_range=moving,
        lower=mean - _WIDTH * moving,
        upper=mean + _WIDTH * moving,
        trial=len(values) < ENOUGH,
    )


def signals(values: Sequence[Number], within: Limits) -> tuple[Signal, ...]:
    """Return the signals of numbers with these limits, in the order of `RULES`, and of one rule by their places.

    beyond: one point outside a limit, not on it. trend: 7 or more, each higher than the one before, or each lower.
    near: at least two of three in a row that lie beyond two thirds of the way to a limit but not beyond it, where all
    three lie on one side of the mean; threes that share a point are one signal. shift: 7 or more in a row on one side
    of the mean; one on the mean ends the run.
    """
    sides = [_sign(value - within.mean) for value in values]
    steps = [_sign(after - before) for before, after in pairwise(values)]
    inside = [within.lower <= value <= within.upper for value in values]
    return (
        *(_signal("beyond", sides[at], (at,)) for at in range(len(values)) if not inside[at]),
        *(_signal("trend", steps[run.start], range(run.start, run.stop + 1)) for run in _runs(steps, RUN - 1)),
        *_near(values, sides, inside, within),
        *(_signal("shift", sides[run.start], run) for run in _runs(sides, RUN)),
    )


def marks(found: Sequence[Signal], count: int) -> tuple[Mark, ...]:
    """Return what each of `count` points tells by these signals; where two trends meet, the later has the point."""
    told: list[dict[Rule, Direction]] = [{} for _ in range(count)]
    for signal in found:
        for at in signal.places:
            told[at][signal.rule] = signal.direction
    return tuple(
        Mark(rules=rules, direction=each[rules[0]] if rules else None)
        for each in told
        for rules in (tuple(rule for rule in RULES if rule in each),)
    )


def _average(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers) if numbers else Fraction(0)


def _sign(number: Number) -> int:
    return (number > 0) - (number < 0)


def _signal(rule: Rule, side: int, places: Iterable[int]) -> Signal:
    return Signal(rule=rule, direction="higher" if side > 0 else "lower", places=tuple(places))


def _runs(signs: Sequence[int], least: int) -> Iterator[range]:
    """Yield the places of each run of at least `least` equal signs that are not 0, in order."""
    for _, group in groupby(range(len(signs)), key=lambda at: signs[at]):
        places = tuple(group)
        if signs[places[0]] and len(places) >= least:
            yield range(places[0], places[-1] + 1)


def _near(values: Sequence[Number], sides: Sequence[int], inside: Sequence[bool], within: Limits) -> Iterator[Signal]:
    reach = _NEAR * within.moving_range
    close = {at for at, value in enumerate(values) if inside[at] and abs(value - within.mean) > reach}
    threes = [
        range(first, first + 3)
        for first in range(len(values) - 2)
        if abs(sum(sides[first : first + 3])) == 3 and len(close.intersection(range(first, first + 3))) >= 2
    ]
    together: set[int] = set()
    for three, after in zip_longest(threes, threes[1:]):
        together |= close.intersection(three)
        if after is None or after.start >= three.stop:
            yield _signal("near", sides[three.start], sorted(together))
            together = set()
