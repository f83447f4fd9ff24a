"""Which backups are kept: for any history of backups, and as they come one by one."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from icv_app.backups.backup_schedule import due, kept
from icv_app.clock import LONDON

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=LONDON)
minutes_back = st.integers(0, 3 * 366 * 24 * 60)
histories = st.lists(minutes_back.map(lambda minutes: NOON - timedelta(minutes=minutes)), max_size=60)


def days(moments):
    return sorted({moment.astimezone(LONDON).date() for moment in moments}, reverse=True)


def week(day: date):
    return tuple(day.isocalendar())[:2]


@given(histories)
def test_what_is_kept_was_made_and_the_newest_is_always_among_it(moments):
    found = kept(moments)
    assert found <= set(moments)
    assert not moments or max(moments) in found
    assert len(found) <= 7 + 4 + 12


@given(histories)
def test_the_last_seven_days_four_weeks_and_twelve_months_that_had_one_have_one(moments):
    found = days(kept(moments))
    every = days(moments)
    assert set(every[:7]) <= set(found)
    for bucket, count in ((week, 4), (lambda day: (day.year, day.month), 12)):
        had = list(dict.fromkeys(bucket(day) for day in every))[:count]
        assert set(had) <= {bucket(day) for day in found}


@given(histories, st.lists(st.integers(1, 40 * 24 * 60), max_size=20))
def test_removing_as_they_come_keeps_the_same_as_removing_once_at_the_end(moments, gaps):
    held, now = set(kept(moments)), max(moments, default=NOON)
    every = set(moments)
    for gap in gaps:
        now += timedelta(minutes=gap)
        every.add(now)
        held = set(kept([*held, now]))
    assert held == kept(every)


def test_a_year_of_daily_backups_leaves_gaps_of_a_day_then_a_week_then_a_month():
    held: set[datetime] = set()
    for number in range(400):
        held = set(kept([*held, NOON + timedelta(days=number)]))
        ages = [(NOON + timedelta(days=number) - each).days for each in sorted(held, reverse=True)]
        gaps = [(old - new, new) for new, old in pairwise(ages)]
        assert all(gap <= 31 for gap, _ in gaps)
        assert all(gap <= 7 for gap, age in gaps if age <= 14)
        assert all(gap == 1 for gap, age in gaps if age < 6)
    assert 300 < (NOON + timedelta(days=399) - min(held)).days < 366


@given(minutes_back)
def test_a_backup_is_due_once_the_newest_is_a_day_old(minutes):
    assert due(NOON - timedelta(minutes=minutes), NOON) == (minutes >= 24 * 60)
    assert due(None, NOON)


def test_a_backup_made_under_a_clock_that_ran_ahead_does_not_put_the_next_one_off():
    assert due(NOON + timedelta(days=90), NOON)
    assert not due(NOON + timedelta(minutes=5), NOON)
