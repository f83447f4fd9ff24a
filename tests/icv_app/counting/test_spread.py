"""How unpredictable visits are: over which days and times they fell, and who made them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv_app.counting import rulebook, spread
from icv_app.counting.spread import Entry
from icv_app.scheme.scheme_settings import BANDS
from tests.icv_app.small_scheme import small_scheme

TODAY = date(2026, 11, 20)


@pytest.fixture
def scheme():
    with small_scheme() as found:
        found.site("beaumont")
        found.site("euston")
        found.site("dogs", "dog_unit_kennels")
        yield found


def read(scheme, bands=BANDS, day=TODAY):
    book = rulebook.read(scheme.connection)
    return {each.site: each for each in spread.read(scheme.connection, book, bands, spread.year_to(day))}


def test_a_visit_stands_in_the_day_and_band_of_its_entry(scheme):
    scheme.visit("2026-11-16", arrived="10:55", admitted="11:05")  # a Monday
    scheme.visit("2026-11-16", arrived="06:59")  # never asked when admitted
    scheme.visit("2026-11-15", arrived="23:50", admitted="00:10")  # entered on the Monday
    found = read(scheme)["euston"]
    assert found.counts[0] == (2, 0, 1, 0, 0)
    assert sum(map(sum, found.counts)) == found.timed == found.visits == 3
    assert (found.covered, found.cells) == (2, 35)
    assert (found.nights, found.weekends) == (2, 0)


def test_only_completed_custody_visits_that_count_within_the_year_are_taken(scheme):
    scheme.visit("2025-11-21", arrived="12:00")
    scheme.visit("2025-11-20", arrived="12:00")
    scheme.visit("2026-11-21", arrived="12:00")
    scheme.visit("2026-11-01", arrived="12:00", status="abandoned")
    scheme.visit("2026-11-01", arrived="12:00", state="returned")
    scheme.visit("2026-11-01", arrived="12:00", site="dogs", form="kennel_visit")
    scheme.visit("2026-11-01", arrived="12:00", site="elsewhere")
    assert {site: each.visits for site, each in read(scheme).items()} == {"beaumont": 0, "euston": 1, None: 1}


def test_a_visit_without_a_time_is_told_and_in_no_cell(scheme):
    scheme.visit("2026-11-15")  # a Sunday
    found = read(scheme)["euston"]
    assert (found.visits, found.untimed, found.timed, found.covered, found.weekends) == (1, 1, 0, 0, 1)


def test_the_pair_that_goes_most_is_found_in_any_order_and_among_three(scheme):
    scheme.visit("2026-11-01", visitor_1="ICV02", visitor_2="ICV01")
    scheme.visit("2026-11-02", visitor_1="ICV01", visitor_2="ICV02")
    scheme.visit("2026-11-03", visitor_1="ICV01", visitor_2="ICV03", visitor_3="ICV02")
    scheme.visit("2026-11-04", visitor_1="ICV04", visitor_2="ICV05")
    scheme.visit("2026-11-05", visitor_1="ICV04")
    found = read(scheme)["euston"]
    assert (found.pair, found.together, found.visits) == (("ICV01", "ICV02"), 3, 5)


def test_nobody_together_is_no_pair():
    found = spread.of([Entry(day=TODAY, visitors=("ICV01",)), Entry(day=TODAY)], BANDS)
    assert (found.pair, found.together) == ((), 0)


def test_all_suites_together_have_the_visits_of_each(scheme):
    scheme.visit("2026-11-16", arrived="12:00")
    scheme.visit("2026-11-16", arrived="12:00", site="beaumont")
    assert read(scheme)[None].counts[0] == (0, 0, 2, 0, 0)


def test_one_band_has_no_nights():
    found = spread.of([Entry(day=TODAY, arrived="03:00")], ("00:00",))
    assert (found.nights, found.cells, found.covered) == (None, 7, 1)


def test_the_year_to_a_day_is_twelve_months_also_from_a_leap_day():
    assert (spread.year_to(TODAY).first, spread.year_to(TODAY).last) == (date(2025, 11, 21), TODAY)
    assert spread.year_to(date(2028, 2, 29)).first == date(2027, 3, 1)
    assert spread.year_to(date(2028, 2, 28)).first == date(2027, 3, 1)
    assert spread.year_to(date(2029, 2, 28)).first == date(2028, 2, 29)


TIMES = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
PEOPLE = st.lists(st.sampled_from(["ICV01", "ICV02", "ICV03"]), max_size=3).map(tuple)
ENTRIES = st.builds(
    Entry, day=st.dates(date(2026, 1, 1), date(2026, 12, 31)), arrived=st.none() | TIMES, admitted=st.none() | TIMES,
    visitors=PEOPLE,
)  # fmt: skip
DIVISIONS = st.sets(TIMES, max_size=6).map(lambda times: tuple(sorted(times | {"00:00"})))


@given(st.lists(ENTRIES, max_size=30), DIVISIONS)
def test_every_visit_with_a_time_stands_in_one_cell_whose_band_holds_it(entries, bands):
    found = spread.of(entries, bands)
    assert sum(map(sum, found.counts)) == found.timed
    assert found.timed + found.untimed == found.visits == len(entries)
    assert found.covered <= found.cells == 7 * len(bands)
    assert found.together <= found.visits
    for entry in entries:
        day, at = spread.entered(entry)
        if at is not None:
            band = spread.band_of(at, bands)
            assert found.counts[day.weekday()][band]
            assert bands[band] <= at
            assert band + 1 == len(bands) or at < bands[band + 1]
