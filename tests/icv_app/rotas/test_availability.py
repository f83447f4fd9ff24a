"""When volunteers cannot visit: what they said, read back, and which slots it keeps them from."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv_app.errors import InvalidInput
from icv_app.periods import parse_period
from icv_app.rotas import availability
from icv_app.rotas.availability import Availability
from tests.laptops import founded, give, joined

QUARTER = parse_period("2026-27-Q4")
MONDAY = date(2027, 1, 11)


@pytest.fixture
def laptop(tmp_path):
    with founded(tmp_path / "office") as office:
        yield office


def said(**more):
    return Availability(visitor="ICV01", period=QUARTER, **more)


def test_what_was_said_is_read_back_and_said_anew(laptop):
    first = said(weeks=frozenset({MONDAY}), months=frozenset({date(2027, 3, 1)}), most=2, note="Hospital in March")
    availability.save(laptop.store, first)
    assert availability.read(laptop.store, "ICV01", QUARTER) == first
    availability.save(laptop.store, said())
    assert availability.read(laptop.store, "ICV01", QUARTER) == said()
    assert availability.every(laptop.store) == (said(),)
    assert availability.read(laptop.store, "ICV02", QUARTER).weeks == frozenset()


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("week", said(weeks=frozenset({MONDAY + timedelta(days=1)}))), ("month", said(months=frozenset({MONDAY}))),
        ("most", said(most=-1)), ("note", said(note="n" * 301)),
        ("personal_data", said(note="With Mr John Smith, 07700 900123")),
        ("visitor", Availability(visitor=" ", period=QUARTER)),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_saved(laptop, code, wrong):
    with pytest.raises(InvalidInput, check=lambda error: error.code == code):
        availability.save(laptop.store, wrong)
    assert availability.every(laptop.store) == ()


def test_odd_values_of_another_laptop_are_passed_over(laptop):
    laptop.store.save("availability", "ICV01|x", {"visitor": "ICV01", "period": "some time"})
    odd = {"visitor": "ICV02", "period": QUARTER.name, "weeks": "all", "months": ["2027-13", 4], "most": "a few"}
    laptop.store.save("availability", f"ICV02|{QUARTER.name}", odd)
    laptop.store.save("availability", "|x", {"period": QUARTER.name})
    assert availability.every(laptop.store) == (Availability(visitor="ICV02", period=QUARTER),)


def test_a_visitor_says_it_for_themselves_alone_and_the_office_reads_it(laptop, tmp_path):
    with joined(laptop, tmp_path / "a", "ICV01") as own, joined(laptop, tmp_path / "b", "ICV02") as other:
        availability.save(own.store, said(most=1))
        give(laptop, own, other)
        assert availability.read(laptop.store, "ICV01", QUARTER).most == 1
        assert availability.every(other.store) == ()
        with pytest.raises(InvalidInput):
            availability.save(other.store, said(most=0))


def test_a_month_takes_the_weeks_whose_sundays_are_in_it():
    february = [said(months=frozenset({date(2027, 2, 1)}))]
    weeks = [date(2027, 1, 25) + timedelta(weeks=week) for week in range(7)]
    away = [availability.away(february, "ICV01", monday, monday + timedelta(days=6)) for monday in weeks]
    assert away == [False, True, True, True, True, False, False]
    assert availability.away(february, "ICV01", date(2027, 2, 1), date(2027, 2, 28))
    assert not availability.away(february, "ICV02", date(2027, 2, 1), date(2027, 2, 28))
    assert availability.away(february, "ICV01", date(2027, 2, 28), date(2027, 2, 28))


def test_a_month_is_lost_only_with_each_of_its_weeks():
    weeks = frozenset(date(2027, 2, 1) + timedelta(weeks=week) for week in range(4))
    assert availability.away([said(weeks=weeks)], "ICV01", date(2027, 2, 1), date(2027, 2, 28))
    fewer = weeks - {date(2027, 2, 8)}
    assert not availability.away([said(weeks=fewer)], "ICV01", date(2027, 2, 1), date(2027, 2, 28))


@given(st.frozensets(st.integers(0, 12).map(lambda week: date(2027, 1, 4) + timedelta(weeks=week))), st.integers(0, 12))
def test_a_week_is_lost_exactly_where_it_was_named(weeks, number):
    monday = date(2027, 1, 4) + timedelta(weeks=number)
    assert availability.away([said(weeks=weeks)], "ICV01", monday, monday + timedelta(days=6)) is (monday in weeks)
