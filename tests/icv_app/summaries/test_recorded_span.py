"""The span of the records: what a reader is told where it does not cover a period."""

from datetime import date

import pytest

from icv_app.periods import parse_period
from icv_app.summaries import recorded_span
from icv_app.summary import CoverageCell, Summary

QUARTER = parse_period("2025-26-Q2")


def told(records_from=date(2025, 1, 1), records_to=date(2025, 12, 1), as_of=QUARTER.last, **about):
    summary = Summary(
        period=QUARTER, figures=(), sites=(), coverage=(), as_of=as_of, records_from=records_from, **about
    )  # fmt: skip
    return list(recorded_span.notices(summary, records_to))


def test_records_that_cover_the_period_are_passed_over():
    assert told() == []


@pytest.mark.parametrize(("first", "late"), [(8, False), (9, True), (30, True)])
def test_a_beginning_more_than_a_week_into_the_period_is_told(first, late):
    found = told(records_from=date(2025, 7, first))
    assert [text.startswith(f"The records begin on {first} July 2025.") for text in found] == [True] * late


@pytest.mark.parametrize(
    ("last", "as_of", "early"),
    [
        (date(2025, 9, 22), date(2025, 9, 30), True), (date(2025, 9, 23), date(2025, 9, 30), False),
        (date(2025, 5, 1), date(2025, 9, 30), True), (date(2025, 8, 1), date(2025, 8, 7), False),
        (date(2025, 8, 1), date(2025, 8, 9), True),
    ],
)  # fmt: skip
def test_records_that_end_more_than_a_week_before_the_day_of_counting_are_told(last, as_of, early):
    found = told(records_to=last, as_of=as_of)
    assert len(found) == early
    assert all("The last record is of" in text and "counts as not done" in text for text in found)


def test_of_a_period_before_the_records_that_alone_is_told():
    assert told(records_from=date(2025, 10, 1), records_to=None) == [
        "The scheme’s records begin on 1 October 2025: nothing is known of this period."
    ]
    assert told(records_from=None, records_to=None) == [
        "The scheme has no record of a visit or a review: nothing is known of this period."
    ]


def test_a_scheme_without_records_in_a_period_that_runs_is_a_new_one():
    assert told(records_from=None, records_to=None, as_of=date(2025, 8, 1), over=False) == []


def test_what_an_earlier_program_published_goes_by_its_line_to_date():
    summary = Summary(period=QUARTER, figures=(), sites=(), coverage=())
    assert not summary.unrecorded
    assert list(recorded_span.notices(summary, date(2025, 1, 1))) == []
    (found,) = recorded_span.notices(summary, None, date(2025, 8, 1))
    assert found.startswith("The records begin on 1 August 2025.")


def test_units_before_the_records_are_counted_by_measure_and_site():
    def cell(site, state, measure="custody_visit"):
        return CoverageCell(
            measure=measure, site=site, first=QUARTER.first, last=QUARTER.first, needed=1, completed=0, attempted=0,
            state=state,
        )  # fmt: skip

    cells = (cell("a", "before"), cell("b", "before"), cell("a", "missed"), cell("dogs", "before", "kennel_visit"))
    summary = Summary(period=QUARTER, figures=(), sites=(), coverage=cells)
    assert [summary.before_records("custody_visit", site) for site in (None, "a", "c")] == [2, 1, 0]
    assert summary.before_records("kennel_visit") == 1
