"""Elapsed time: past midnight and on the nights when the clocks change."""

import pytest

from icv_app.elapsed import minutes_between


@pytest.mark.parametrize(
    ("day", "arrived", "left", "minutes"),
    [
        ("2025-07-01", "08:40", "09:29", 49),
        ("2025-07-01", "08:40", "08:40", 0),
        ("2025-07-01", "23:30", "00:45", 75),  # an earlier clock time is the next day
        ("2025-12-31", "23:59", "00:00", 1),
        ("2025-07-01", "10:00", "09:59", 1439),
        # 30 March 2025: 01:00 becomes 02:00
        ("2025-03-30", "00:30", "02:30", 60),
        ("2025-03-29", "23:00", "03:00", 180),
        ("2025-03-30", "00:10", "00:50", 40),  # before the change
        ("2025-03-30", "00:30", "00:30", 0),
        ("2025-03-30", "09:00", "10:00", 60),  # after it
        ("2025-03-28", "23:00", "03:00", 240),  # the night before
        ("2025-03-30", "01:30", "02:45", 15),  # skipped, so read off a clock not put forward: 02:30
        ("2025-03-30", "01:45", "02:15", 30),  # that would be to leave before arriving: both off the old clock
        # 26 October 2025: 02:00 becomes 01:00
        ("2025-10-26", "00:30", "02:30", 180),
        ("2025-10-25", "23:30", "02:00", 210),
        ("2025-10-26", "00:30", "01:30", 60),  # 01:30 comes twice: the first
        ("2025-10-26", "01:30", "02:00", 90),
        ("2025-10-26", "01:40", "01:10", 1470),  # the rule knows no second 01:10: the next day
        ("2025-10-26", "23:30", "00:30", 60),
    ],
)
def test_the_minutes_of_a_visit_are_those_that_really_passed(day, arrived, left, minutes):
    assert minutes_between(day, arrived, left) == minutes
