"""Words from one figure: fraction before percentage, singular and plural."""

import pytest

from icv_app.wording import some
from reports import wording
from tests.reports import samples


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 minutes"), (1, "1 minute"), (60, "1 hour"), (61, "1 hour 1 minute"), (924, "15 hours 24 minutes")],
)
def test_time_is_said_in_hours_and_minutes(minutes, said):
    assert wording.hours(minutes) == said


@pytest.mark.parametrize(
    ("numerator", "denominator", "fraction", "percent"),
    [
        (30, 35, "30 of 35", "85.7%"),
        (8, 6, "8 of 6", "133.3%"),
        (0, 0, "none due", "not applicable"),
        (2, 0, "2, none due", "not applicable"),
        (5, None, "not known", "not applicable"),
        (1560, 1612, "1,560 of 1,612", "96.8%"),
    ],
)
def test_a_ratio_is_said_as_a_fraction_first(numerator, denominator, fraction, percent):
    figure = samples.ratio("m", "f", numerator, denominator)
    assert wording.fraction(figure) == fraction
    assert wording.percent(figure) == percent


def test_one_of_anything_is_singular():
    assert some(1, "custody visit") == "1 custody visit"
    assert some(2, "person", "people") == "2 people"
    one = samples.ratio("m", "f", 0, 1)
    assert wording.made_of(one, "suite-week due", "covered") == "0 of 1 suite-week due was covered (0.0%)"
    many = samples.ratio("m", "f", 1, 2)
    assert wording.made_of(many, "suite-week due", "covered") == "1 of 2 suite-weeks due were covered (50.0%)"
