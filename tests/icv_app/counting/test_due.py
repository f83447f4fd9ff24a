"""What is due now, in words."""

from datetime import date

import pytest

from icv_app.counting.due import due
from tests.icv_app.small_scheme import small_scheme

TODAY = date(2026, 11, 20)  # a Friday


@pytest.fixture
def scheme():
    with small_scheme() as found:
        found.site("euston", name="Euston Street")
        found.site("dogs", "dog_unit_kennels", "Dog Unit Kennels")
        found.site("field", "training_venue", "Off-site training")
        yield found


def words(scheme, today=TODAY):
    return [each.words for each in due(scheme.connection, today)]


def test_a_week_without_a_visit_is_due(scheme):
    scheme.target(1, "week")
    scheme.visit("2026-11-15")  # the Sunday before
    (found,) = due(scheme.connection, TODAY)
    assert found.words == "Euston Street: no visit yet this week (Mon 16 to Sun 22 November)"
    assert (found.measure, found.site, found.needed, found.completed) == ("custody_visit", "euston", 1, 0)
    assert (found.first, found.last) == (date(2026, 11, 16), date(2026, 11, 22))


def test_a_covered_week_is_not_due(scheme):
    scheme.target(1, "week")
    scheme.visit("2026-11-16")
    assert words(scheme) == []


def test_every_length_of_time_and_the_years_observations_are_told_soonest_first(scheme):
    scheme.target(2, "week")
    scheme.visit("2026-11-16")
    scheme.target(1, "month", measure="kennel_visit")
    scheme.target(6, "year", measure="training_observation")
    scheme.visit("2026-04-01", site="field", form="training_observation")
    assert words(scheme) == [
        "Euston Street: 1 of 2 visits made this week (Mon 16 to Sun 22 November)",
        "Dog Unit Kennels: no visit yet this month (November)",
        "Off-site training: 1 of 6 observations made this year (to 31 March 2027)",
    ]


def test_a_week_across_two_months_names_both(scheme):
    scheme.target(1, "week")
    assert words(scheme, date(2026, 12, 1)) == [
        "Euston Street: no visit yet this week (Mon 30 November to Sun 6 December)"
    ]


def test_a_suite_that_closes_for_the_rest_of_the_week_is_still_due_and_says_so(scheme):
    scheme.target(1, "week")
    scheme.status("euston", "2020-01-01", "2026-11-18")
    assert words(scheme) == [
        "Euston Street: no visit yet this week (Mon 16 to Sun 22 November); closed for the rest of the week"
    ]


@pytest.mark.parametrize("number", [0, None])
def test_nothing_is_due_where_nothing_was_called_for(scheme, number):
    if number is not None:
        scheme.target(number, "week")
    assert words(scheme) == []


def test_a_site_closed_all_week_is_not_due(scheme):
    scheme.target(1, "week")
    scheme.status("euston", "2020-01-01", "2026-11-15")
    assert words(scheme) == []
