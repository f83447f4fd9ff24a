"""Working days: counted as a person would, one day after the other."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from icv_app.working_days import after, between

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def counted(day, count):
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


@given(DAYS, st.integers(1, 90))
def test_a_due_day_is_what_counting_day_by_day_gives(day, count):
    assert after(day, count) == counted(day, count)


@given(DAYS, st.integers(1, 90))
def test_between_is_the_other_way_round(day, count):
    assert between(day, after(day, count)) == count
    assert between(after(day, count), day) == -count


def test_ten_working_days_are_two_weeks():
    assert after(date(2026, 11, 20), 10) == date(2026, 12, 4)  # from Friday to Friday
    assert after(date(2026, 11, 22), 1) == date(2026, 11, 23)  # from Sunday to Monday
    assert between(date(2026, 11, 20), date(2026, 11, 22)) == 0
