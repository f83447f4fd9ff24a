"""A figure's percentage."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app.figure import Figure


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [
        (30, 35, "85.7"), (4, 9, "44.4"), (30, 30, "100.0"), (0, 35, "0.0"), (853, 1228, "69.5"), (97, 305, "31.8"),
        (1, 16, "6.3"),  # 6.25 half-up
        (2999, 3000, "99.9"), (1, 3000, "0.1"), (3001, 3000, "100.1"), (7, 6, "116.7"),
        (0, 0, None), (5, 0, None), (5, None, None), (None, None, None),
    ],
)  # fmt: skip
def test_a_percentage_is_half_up_to_one_decimal(numerator, denominator, percent):
    assert Figure(measure="m", figure="f", numerator=numerator, denominator=denominator).percent == percent


@given(st.integers(0, 10**6), st.integers(1, 10**6))
@settings(max_examples=500, deadline=None)
def test_only_the_whole_is_100_and_only_nothing_is_0(numerator, denominator):
    percent = Figure(measure="m", figure="f", numerator=numerator, denominator=denominator).percent
    assert (percent == "100.0") is (numerator == denominator)
    assert (percent == "0.0") is (numerator == 0)
    assert abs(float(percent) - 100 * numerator / denominator) < 0.1
