"""How a site was open in a period: its days, by its calendar."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from icv_app import opening
from icv_app.calendar import Calendar, SiteStatus
from icv_app.figure import Period
from icv_app.opening import Opening, Spell
from icv_app.summary import SiteName

FIRST = date(2025, 7, 1)
SITE = SiteName(site="leys", name="Leys", kind="custody_suite")
DAYS = st.integers(-20, 60).map(lambda number: FIRST + timedelta(days=number))
ROWS = st.builds(
    SiteStatus, site=st.just("leys"), first=DAYS, last=st.none() | DAYS,
    status=st.sampled_from(["open", "closed", "open_on_days"]), days=st.frozensets(st.integers(0, 6)),
)  # fmt: skip


@given(rows=st.lists(ROWS, max_size=4), length=st.integers(1, 45))
def test_the_open_days_are_those_on_which_the_calendar_says_so(rows, length):
    period = Period(name="x", first=FIRST, last=FIRST + timedelta(days=length - 1))
    calendar = Calendar([row for row in rows if row.last is None or row.last >= row.first])
    (found,) = opening.of(calendar, [SITE], period)
    days = [FIRST + timedelta(days=number) for number in range(length)]
    assert found.operational == sum(calendar.operational("leys", day) for day in days)
    assert found.days == length
    for spell in found.plain:  # what a sentence says of when it was open is true
        for day in days:
            if spell.first <= day <= spell.last:
                said = spell.status == "open" or day.weekday() in spell.days
                assert calendar.operational("leys", day) == said


def test_rows_that_follow_on_from_one_another_are_told_as_one():
    thursdays = SiteStatus(site="leys", first=FIRST, last=date(2025, 7, 31), status="open_on_days", days=frozenset({3}))
    august = replace(thursdays, first=date(2025, 8, 1), last=date(2025, 8, 31))
    period = Period(name="x", first=FIRST, last=date(2025, 9, 30))
    (found,) = opening.of(Calendar([thursdays, august]), [SITE], period)
    assert found.plain == (Spell(first=FIRST, last=date(2025, 8, 31), status="open_on_days", days=(3,)),)
    (found,) = opening.of(Calendar([thursdays, replace(august, days=frozenset({4}))]), [SITE], period)
    assert len(found.plain) == len(found.spells) == 2


def test_a_site_without_a_calendar_is_open_throughout():
    period = Period(name="x", first=FIRST, last=date(2025, 9, 30))
    assert opening.of(Calendar([]), [SITE], period) == (Opening(site="leys", operational=92, days=92),)
