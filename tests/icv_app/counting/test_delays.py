"""Delays: waits at the door, checked by hand; and the hours given beside visits."""

import pytest

from icv_app.counting import behind
from icv_app.counting.delays import median
from tests.icv_app.small_scheme import small_scheme

Q2 = "2025-26-Q2"


@pytest.fixture
def scheme():
    with small_scheme() as found:
        found.site("euston")
        found.site("keyham")
        yield found


@pytest.mark.parametrize(
    ("numbers", "middle"),
    [([], None), ([7], 7), ([2, 30], 16), ([2, 3], 3), ([0, 1], 1), ([9, 1, 5], 5), ([4, 1, 3, 2], 3)],
)
def test_the_middle_of_an_even_count_is_rounded_half_up(numbers, middle):
    assert median(numbers) == middle


def test_the_waits_of_all_suites_are_those_of_all_their_visits(scheme):
    for arrived, admitted, site in (
        ("10:00", "10:00", "euston"), ("10:00", "10:10", "euston"), ("10:00", "10:11", "keyham"),
        ("23:55", "00:20", "keyham"), ("10:00", "10:04", "keyham"),
    ):  # fmt: skip
        scheme.visit("2025-07-03", site, arrived=arrived, admitted=admitted)
    assert scheme.value(Q2, "access_delay_median") == 10
    assert scheme.value(Q2, "access_delay_median", "euston") == 5
    assert scheme.value(Q2, "access_delay_longest") == 25
    assert scheme.ratio(Q2, "delayed_over_threshold") == (2, 5)  # ten minutes are not more than ten
    assert scheme.ratio(Q2, "delayed_over_threshold", "euston") == (0, 2)
    summary = scheme.summary(Q2)
    assert behind.visits(scheme.connection, summary, summary.get("custody_visit", "access_delay_longest")) == ("V4",)


def test_nobody_waited_to_be_let_in_who_was_not_let_in(scheme):
    scheme.visit("2025-07-03", status="not_admitted", access="refused", arrived="10:00", admitted="11:00")
    scheme.visit("2025-07-04", arrived="10:00")
    scheme.visit("2025-07-05", status="abandoned", arrived="10:00", admitted="10:30")
    assert scheme.value(Q2, "access_delay_median") == 30
    note = scheme.summary(Q2).get("custody_visit", "access_delay_median").note
    assert note == "1 completed visit without both times left out"
    assert scheme.value(Q2, "access_delay_median", "keyham") is None


def test_a_wait_over_the_change_of_clocks_is_the_time_that_passed(scheme):
    scheme.visit("2025-03-30", arrived="00:50", admitted="02:10")
    assert scheme.value("2024-25-Q4", "access_delay_longest") == 20


def test_a_night_entry_covers_the_slot_of_the_day_on_which_it_was(scheme):
    scheme.visit("2025-07-03", arrived="23:50", admitted="00:10")  # Thursday evening, let in on Friday
    scheme.visit("2024-10-04", arrived="01:00", admitted="01:05")  # a Friday night, within the twelve months
    scheme.visit("2024-09-30", arrived="12:00", admitted="12:05")  # a year before the last day
    assert scheme.ratio(Q2, "slot_coverage", "euston") == (1, 35)
    assert scheme.ratio(Q2, "slot_coverage") == (1, 70)


def test_a_visit_without_any_time_covers_no_slot_and_is_told(scheme):
    scheme.visit("2025-07-03")
    scheme.visit("2025-07-03")
    found = scheme.summary(Q2).get("custody_visit", "slot_coverage", "euston")
    assert found.numerator == 0
    assert found.note.endswith("2 visits without a time of entry left out")


def test_gaps_of_all_suites_are_the_largest_and_suites_never_visited_are_told(scheme):
    scheme.site("far")
    scheme.visit("2025-09-20", "euston")
    scheme.visit("2025-09-10", "keyham")
    scheme.visit("2025-06-20", "far", status="not_admitted")  # so that the records begin before the quarter
    assert scheme.value(Q2, "days_since_last_visit") == scheme.value(Q2, "days_since_last_visit", "keyham") == 20
    assert scheme.value(Q2, "days_since_last_visit", "euston") == 10
    assert scheme.value(Q2, "days_since_last_visit", "far") is None
    assert scheme.summary(Q2).get("custody_visit", "days_since_last_visit").note == "1 site never visited left out"
    assert scheme.value(Q2, "longest_gap", "euston") == 82
    assert scheme.value(Q2, "longest_gap") == 92
    summary = scheme.summary(Q2)
    found = behind.visits(scheme.connection, summary, summary.get("custody_visit", "longest_gap", "euston"))
    assert found == ("V1",)


def test_what_is_given_beside_visits_stands_apart_with_its_travel(scheme):
    scheme.visit("2025-07-03", arrived="10:00", left="11:00", visitor_1="ICV01", travel_minutes_1=15)
    for number, (kind, day, minutes) in enumerate(
        (("training", "2025-07-01", 120), ("panel", "2025-09-30", 90), ("dinner", "2025-08-01", 30),
         ("meeting", "2025-06-30", 60))
    ):  # fmt: skip
        body = {"visitor": "ICV01", "date": day, "kind": kind, "minutes": minutes, "travel_minutes": 20}
        scheme.put("duty", f"ICV01|{number}", body)
    summary = scheme.summary(Q2)
    names = ("visit_minutes", "training_minutes", "meeting_minutes", "panel_minutes", "other_minutes")
    assert [summary.get("volunteers", name).value for name in names] == [75, 140, 0, 110, 50]
