"""How long a site was without a visit."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv_app.calendar import Calendar, SiteStatus
from icv_app.counting import gaps, regularity, rulebook
from icv_app.periods import parse_period
from tests.icv_app.small_scheme import small_scheme

QUARTER = parse_period("2026-27-Q3")  # October to December 2026
TODAY = date(2026, 11, 20)
FIRST = date(2026, 1, 1)
OPEN = Calendar([])


@pytest.fixture
def scheme():
    with small_scheme() as found:
        found.site("euston", name="Euston Street")
        found.site("dogs", "dog_unit_kennels")
        found.site("field", "training_venue")
        yield found


def gap(scheme, period=QUARTER, day=TODAY, measure="custody_visit"):
    (found,) = (
        each for each in gaps.read(scheme.connection, rulebook.read(scheme.connection), period, day)
        if each.measure == measure
    )  # fmt: skip
    return found


def test_days_since_the_last_visit_and_the_longest_gap_of_the_quarter_so_far(scheme):
    for day in ("2026-09-25", "2026-10-05", "2026-10-26", "2026-11-13"):
        scheme.visit(day)
    found = gap(scheme)
    assert (found.last, found.since, found.closed) == (date(2026, 11, 13), 7, 0)
    assert (found.longest, found.after, found.until) == (21, date(2026, 10, 5), date(2026, 10, 26))


def test_a_gap_that_began_before_the_period_is_told_in_its_whole_length(scheme):
    scheme.visit("2026-08-01")
    scheme.visit("2026-09-01")
    scheme.visit("2026-10-02")
    scheme.visit("2026-10-20")
    scheme.visit("2026-11-10")
    found = gap(scheme)
    assert (found.longest, found.after, found.until) == (31, date(2026, 9, 1), date(2026, 10, 2))


def test_the_gap_that_still_runs_counts_and_ends_with_the_period(scheme):
    scheme.visit("2026-10-02")
    assert gap(scheme).longest == 49
    assert gap(scheme, day=date(2027, 2, 1)).longest == 90
    assert gap(scheme, day=date(2027, 2, 1)).since == 122


def test_closed_days_do_not_count_and_are_told_apart(scheme):
    scheme.status("euston", "2020-01-01", "2026-11-14")
    scheme.status("euston", "2026-11-15", "2026-11-18", status="closed")
    scheme.status("euston", "2026-11-19")
    scheme.visit("2026-11-10")
    found = gap(scheme)
    assert (found.since, found.closed) == (6, 4)


def test_a_site_never_visited_is_counted_from_the_first_day_of_the_period(scheme):
    found = gap(scheme)
    assert (found.last, found.since, found.longest) == (None, None, 51)


def test_no_gap_is_counted_before_the_records_begin(scheme):
    scheme.visit("2026-10-15", site="dogs", form="kennel_visit")
    found = gap(scheme)
    assert (found.longest, found.after, found.visited) == (37, date(2026, 10, 14), False)
    early = gap(scheme, period=parse_period("2026-27-Q2"), day=date(2026, 9, 30))
    assert (early.longest, early.recorded) == (None, False)
    scheme.visit("2026-10-20")
    found = gap(scheme)
    assert (found.longest, found.after, found.visited) == (31, date(2026, 10, 20), True)
    notes = {
        each.figure: each.note
        for each in regularity.gap_lines([gap(scheme), early], "custody_visit", TODAY)
        if each.site
    }
    assert notes["longest_gap"] == "The records begin later"


def test_the_note_of_a_gap_does_not_take_the_first_day_for_a_visit(scheme):
    scheme.visit("2026-10-15", site="dogs", form="kennel_visit")
    (_, _, _, line) = regularity.gap_lines([gap(scheme)], "custody_visit", TODAY)
    assert line.note == "No visit before on record: from 15 October 2026 to 20 November 2026"


def test_a_site_that_was_never_open_has_no_gap(scheme):
    scheme.status("euston", "2020-01-01", "2026-09-30")
    scheme.visit("2026-09-20")
    found = gap(scheme)
    assert (found.longest, found.after, found.until) == (None, None, None)
    assert found.since == 10


@pytest.mark.parametrize(
    "more", [{"status": "abandoned"}, {"status": "not_admitted"}, {"state": "returned"}, {"mode": "remote"}]
)
def test_only_completed_visits_that_count_end_a_gap(scheme, more):
    scheme.visit("2026-11-10")
    scheme.visit("2026-11-15", **more)
    assert gap(scheme).since == 10


def test_kennels_have_theirs_and_training_venues_none(scheme):
    scheme.visit("2026-11-01", site="dogs", form="kennel_visit")
    scheme.visit("2026-11-05", site="field", form="training_observation")
    assert gap(scheme, measure="kennel_visit").since == 19
    found = gaps.read(scheme.connection, rulebook.read(scheme.connection), QUARTER, TODAY)
    assert {each.measure for each in found} == {"custody_visit", "kennel_visit"}


def test_a_period_to_come_has_no_gap_yet(scheme):
    scheme.visit("2026-11-10")
    found = gap(scheme, period=parse_period("2026-27-Q4"))
    assert (found.since, found.longest) == (10, None)


DAYS = st.integers(0, 120).map(lambda number: FIRST + timedelta(days=number))


@given(visits=st.lists(DAYS, max_size=8), first=DAYS, length=st.integers(0, 60), shut=st.tuples(DAYS, DAYS))
def test_the_longest_gap_is_the_most_that_the_days_since_a_visit_came_to(visits, first, length, shut):
    """The oracle walks day by day, as the docstring words the rule."""
    last = first + timedelta(days=length)
    calendar = Calendar(
        [
            SiteStatus(site="euston", first=date(2020, 1, 1)),
            SiteStatus(site="euston", first=min(shut), last=max(shut), status="closed"),
        ]
    )
    days = [first + timedelta(days=number) for number in range(length + 1)]
    most, opened = 0, False
    for day in days:
        earlier = [each for each in visits if each < day and each <= last]
        after = max(earlier, default=first - timedelta(days=1))
        most = max(most, gaps.open_days(calendar, "euston", after, day))
        opened = opened or calendar.operational("euston", day)
    found = gaps.longest(calendar, "euston", visits, first, last)
    assert (found[0] if found else None) == (most if opened else None)
    if found:
        assert found[0] == gaps.open_days(calendar, "euston", found[1], found[2])


@given(after=DAYS, length=st.integers(-3, 60))
def test_where_a_site_has_no_calendar_every_day_counts(after, length):
    assert gaps.open_days(OPEN, "euston", after, after + timedelta(days=length)) == max(length, 0)
