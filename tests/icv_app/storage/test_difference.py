"""A figure beside the same of another period."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from icv_app.figure import Figure
from icv_app.storage.difference import between

NUMBERS = st.integers(0, 10**6)


def count(value, **more):
    return Figure(measure="m", figure="f", value=value, **more)


def share(numerator, denominator):
    return Figure(measure="m", figure="f", numerator=numerator, denominator=denominator)


@given(now=NUMBERS, then=NUMBERS)
def test_a_count_and_the_difference_give_the_other_count(now, then):
    found = between(count(now), count(then))
    assert then + found.sign * found.amount == now
    assert not found.points


@given(now=st.tuples(NUMBERS, st.integers(1, 10**6)), then=st.tuples(NUMBERS, st.integers(1, 10**6)))
def test_percentages_differ_by_what_a_reader_finds_who_subtracts_them_as_printed(now, then):
    found = between(share(*now), share(*then))
    assert Decimal(share(*then).percent) + found.sign * found.amount == Decimal(share(*now).percent)
    assert found.points


def test_what_is_unknown_withheld_or_of_nothing_is_not_compared():
    known = count(3)
    assert between(known, count(None)) is None
    assert between(count(None), known) is None
    assert between(share(1, 2), share(0, 0)) is None
    assert between(share(1, None), share(1, 2)) is None
    assert between(count(None, withheld=True), known) is None
    assert between(known, share(1, 2)) is None
