"""The calendar: on which days a site was operational."""

from datetime import date, timedelta

import pytest

from icv_app.calendar import Calendar, SiteStatus, weekdays


def row(first, last=None, status="open", days="", site="s"):
    return SiteStatus(
        site=site, first=date.fromisoformat(first), last=date.fromisoformat(last) if last else None, status=status,
        days=weekdays(days),
    )  # fmt: skip


BEAUMONT = (
    row("2024-04-01", "2025-06-30", "closed"),
    row("2025-07-01", "2025-08-31", "open_on_days", "Thu"),
    row("2025-09-01", None, "closed"),
)


@pytest.mark.parametrize(
    ("rows", "day", "expected"),
    [
        ((), "2025-07-01", True),  # no rows at all: open
        ((row("2025-07-01", "2025-07-31"),), "2025-06-30", False),  # rows, but none covers the day
        ((row("2025-07-01", "2025-07-31"),), "2025-07-01", True),  # both ends are included
        ((row("2025-07-01", "2025-07-31"),), "2025-07-31", True),
        ((row("2025-07-01", "2025-07-31"),), "2025-08-01", False),
        ((row("2020-01-01"),), "2199-12-31", True),  # open-ended
        (BEAUMONT, "2025-06-26", False),  # a Thursday while closed
        (BEAUMONT, "2025-07-03", True),
        (BEAUMONT, "2025-07-04", False),
        (BEAUMONT, "2025-08-28", True),
        (BEAUMONT, "2025-09-04", False),
        ((row("2020-01-01", None, "closed"), row("2025-07-05", "2025-07-06")), "2025-07-05", True),  # reserve, in use
        ((row("2020-01-01", None, "closed"), row("2025-07-05", "2025-07-06")), "2025-07-07", False),
        ((row("2025-07-01"), row("2025-07-01", "2025-07-02", "closed")), "2025-07-02", False),  # the shorter row holds
        ((row("2025-07-01"), row("2025-07-01", "2025-07-02", "closed")), "2025-07-03", True),
        ((row("2020-01-01", None, "mothballed"),), "2025-07-01", False),  # a status nobody knows is not open
    ],
)
def test_a_site_is_operational_as_its_rows_say(rows, day, expected):
    assert Calendar(rows).operational("s", date.fromisoformat(day)) is expected


def test_the_days_of_the_week_are_read_however_they_are_parted():
    assert weekdays("Mon;Thu") == weekdays("monday, Thursday") == weekdays("thu mon") == {0, 3}
    assert weekdays("") == weekdays("someday") == frozenset()


def test_one_open_day_is_enough_for_a_stretch():
    calendar = Calendar(BEAUMONT)
    monday = date(2025, 6, 30)
    assert [
        calendar.operational_within("s", monday + timedelta(weeks=n), monday + timedelta(weeks=n, days=6))
        for n in (-1, 0, 8, 9)
    ] == [False, True, True, False]


def test_another_sites_rows_do_not_close_this_one():
    assert Calendar(BEAUMONT).operational("other", date(2025, 6, 30))
