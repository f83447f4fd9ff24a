"""Control charts: limits and signals, against worked numbers of the reference and against a slow second reading.

Worked numbers: the repository nhs-r-community/NHSRplotthedots, `vignettes/deviations.Rmd` (a chart with an outlying
point) and `tests/testthat/_snaps/ptd_spc_standard.md` (twenty random numbers), recomputed here from the numbers alone.
"""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icv_app.xmr import LEAST, RULES, Limits, Mark, Point, Series, chart, limits, marks, signals

OUTLYING = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
TWENTY = [
    Fraction(number, 100_000_000)
    for number in (
        -56047565, -23017749, 155870831, 7050839, 12928774, 171506499, 46091621, -126506123, -68685285, -44566197,
        122408180, 35981383, 40077145, 11068272, -55584113, 178691314, 49785048, -196661716, 70135590, -47279141,
    )
]  # fmt: skip
WIDE = Limits(mean=Fraction(10), moving_range=Fraction(300, 266), lower=Fraction(7), upper=Fraction(13), trial=False)
"""Two thirds of the way to a limit are 8 and 12."""

numbers = st.lists(st.integers(0, 12), min_size=LEAST, max_size=26)


def found(values, within=WIDE):
    return [(each.rule, each.direction, each.places) for each in signals(values, within)]


def test_limits_leave_outlying_moving_ranges_out_as_the_reference_does():
    got = limits(OUTLYING)
    assert [round(float(each), 2) for each in (got.mean, got.lower, got.upper)] == [1.94, -0.72, 4.60]
    assert found(OUTLYING, got) == [("beyond", "higher", (4,))]


def test_limits_of_the_twenty_numbers_of_the_reference():
    got = limits(TWENTY)
    assert float(got.mean) == pytest.approx(0.1416238, abs=1e-6)
    assert float(got.lower) == pytest.approx(-3.01138, abs=1e-5)
    assert float(got.upper) == pytest.approx(3.294627, abs=1e-5)
    assert not signals(TWENTY, got)
    ten = [*TWENTY[:14], 10, *TWENTY[15:]]
    got = limits(ten)
    assert float(got.mean) == pytest.approx(0.6694159, abs=1e-6)
    assert float(got.lower) == pytest.approx(-2.383666, abs=1e-5)
    assert float(got.upper) == pytest.approx(3.722497, abs=1e-5)


def test_limits_are_trial_limits_below_twelve_points_and_there_are_none_below_five():
    assert limits([7, 8, 7, 9]) is None
    assert limits([7, 8, 7, 9, 8]).trial
    assert limits([7, 8] * 5 + [7]).trial
    assert not limits([7, 8] * 6).trial


def test_a_scheme_that_visits_every_week_but_once_has_limits_and_one_signal():
    """Screened by the rule, only ranges of 0 would be left: every week kept would lie below its lower limit."""
    values = [7] * 6 + [14] + [7] * 5
    got = limits(values)
    assert got.lower < 7 < got.upper < 14
    assert found(values, got) == [("beyond", "higher", (6,))]


def test_numbers_that_are_all_alike_are_no_signal():
    assert found([7] * 20, limits([7] * 20)) == []


def test_a_point_on_a_limit_is_within_it():
    assert found([13, 10, 10, 7]) == []
    assert found([14, 10, 6]) == [("beyond", "higher", (0,)), ("beyond", "lower", (2,))]


def test_seven_in_a_row_on_one_side_are_a_shift_and_six_are_not():
    assert found([11] * 6) == []
    assert found([11] * 7) == [("shift", "higher", tuple(range(7)))]
    assert found([9, 11, 9, 9, 9, 9, 9, 9, 9, 9]) == [("shift", "lower", tuple(range(2, 10)))]


def test_a_point_on_the_mean_ends_a_shift():
    assert found([11] * 6 + [10] + [11] * 6) == []


def test_seven_points_that_rise_are_a_trend_and_a_tie_ends_it():
    rise = [Fraction(each, 2) for each in range(17, 24)]
    assert found(rise) == [("trend", "higher", tuple(range(7)))]
    assert found(rise[::-1]) == [("trend", "lower", tuple(range(7)))]
    assert found(rise[:6]) == []
    assert found([*rise[:3], rise[2], *rise[3:]]) == []


def test_where_two_trends_meet_the_point_is_the_later_ones():
    rise = [Fraction(each, 2) for each in range(17, 24)]
    told = marks(signals([*rise, *rise[-2::-1]], WIDE), 13)
    assert [each.direction for each in told] == ["higher"] * 6 + ["lower"] * 7


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([Fraction(25, 2), 11, Fraction(25, 2)], (0, 2)),
        ([13, 13, 11], (0, 1)),
        ([12, 13, 13], (1, 2)),
        ([Fraction(25, 2)] * 3, (0, 1, 2)),
        ([12, 12, 12], None),  # on the line of two thirds
        ([13, 9, 13], None),  # the three are not on one side
        ([13, 10, 13], None),  # nor is one on the mean
        ([13, 11, 11, 13], None),
        ([14, 11, 13], None),  # a point beyond the limit is not near it
        ([13, 13], None),
    ],
)
def test_two_of_three_near_a_limit(values, places):
    near = [each for each in found(values) if each[0] == "near"]
    assert near == ([("near", "higher", places)] if places else [])
    mirrored = [each for each in found([20 - value for value in values]) if each[0] == "near"]
    assert mirrored == ([("near", "lower", places)] if places else [])


def test_a_point_is_named_by_the_first_rule_that_holds():
    values = [11] * 6 + [14]
    assert marks(signals(values, WIDE), 7)[-1] == Mark(rules=("beyond", "shift"), direction="higher")


def slow_limits(values):
    """The rule read out: the mean, all moving ranges, those screened out, and the average of the rest."""
    mean = sum(map(Fraction, values)) / len(values)
    ranges = [abs(Fraction(values[at]) - values[at - 1]) for at in range(1, len(values))]
    first = sum(ranges) / len(ranges)
    kept = [each for each in ranges if each * 1000 < 3267 * first]
    second = sum(kept) / len(kept) if kept and any(kept) else first
    return mean, mean - second * 266 / 100, mean + second * 266 / 100, second


def slow_rules(values, at):
    """Look at every window of seven and of three that holds the point."""
    mean, lower, upper, _ = slow_limits(values)
    windows = [range(first, first + 7) for first in range(len(values) - 6) if first <= at < first + 7]
    rules = set()
    if values[at] < lower or values[at] > upper:
        rules.add("beyond")
    for window in windows:
        seven = [values[place] for place in window]
        if all(one < two for one, two in pairwise(seven)):
            rules.add("trend")
        if all(one > two for one, two in pairwise(seven)):
            rules.add("trend")
        if all(each > mean for each in seven) or all(each < mean for each in seven):
            rules.add("shift")

    def close(value):
        high, low = mean + (upper - mean) * 2 / 3, mean - (mean - lower) * 2 / 3
        return high < value <= upper or lower <= value < low

    for first in range(max(at - 2, 0), at + 1):
        three = values[first : first + 3]
        one_side = all(each > mean for each in three) or all(each < mean for each in three)
        if len(three) == 3 and one_side and sum(map(close, three)) >= 2 and close(values[at]):
            rules.add("near")
    return tuple(rule for rule in RULES if rule in rules)


@given(numbers)
def test_limits_are_those_of_the_rule_read_out(values):
    got = limits(values)
    assert (got.mean, got.lower, got.upper, got.moving_range) == slow_limits(values)


@given(st.one_of(numbers, st.permutations(range(9)), st.lists(st.integers(4, 6), min_size=12, max_size=30)))
def test_every_point_is_told_by_the_rules_read_out(values):
    told = marks(signals(values, limits(values)), len(values))
    assert [each.rules for each in told] == [slow_rules(values, at) for at in range(len(values))]
    for value, each in zip(values, told, strict=True):
        if each.rules and each.rules[0] != "trend":
            assert each.direction == ("higher" if value > limits(values).mean else "lower")


@given(numbers, st.integers(-50, 50))
def test_signals_do_not_change_with_the_zero_of_the_scale(values, by):
    moved = [value + by for value in values]
    assert found(moved, limits(moved)) == found(values, limits(values))


@given(numbers)
def test_signals_turn_over_with_the_numbers(values):
    turned = [-value for value in values]
    other = {"higher": "lower", "lower": "higher"}
    assert found(turned, limits(turned)) == [
        (rule, other[side], at) for rule, side, at in found(values, limits(values))
    ]


@given(st.lists(st.integers(0, 40), max_size=30))
@example([0, 0, 0, 0, 0])
@example([0, 0, 0, 1, 1, 1])
def test_a_chart_has_a_mark_for_each_point_and_no_signal_without_limits(values):
    first = date(2026, 1, 1)
    points = tuple(
        Point(day=first + timedelta(days=at), value=value, visit=f"V{at}") for at, value in enumerate(values)
    )
    made = chart(Series(what="days_between", site="euston", points=points))
    assert len(made.marks) == len(values)
    assert (made.limits is None) == (len(values) < 5 or 2 * values.count(0) > len(values))
    if made.limits is None:
        assert made.signals == ()
