"""The scheduled visits that were not made, as the summary lists them."""

from dataclasses import replace
from datetime import date

from icv_app.summary import NotMade
from reports.document import Heading, Table
from reports.summary.unmade import unmade
from tests.reports import samples


def blocks(*status):
    slots = tuple(
        NotMade(
            slot=f"S{at}", measure="custody_visit", site="euston-street", period_start=date(2025, 7, 7), status=each,
            reason="",
        )
        for at, each in enumerate(status)
    )  # fmt: skip
    return unmade(replace(samples.reference(), not_made=slots), "custody_visit", "Scheduled visits not made")


def rows(found):
    return [[row[2] for row in block.rows] for block in found if isinstance(block, Table)]


def test_a_visit_without_a_report_that_counts_is_listed_as_the_figure_has_it():
    assert rows(blocks("missed", "planned", "cancelled")) == [["Missed", "No report", "Cancelled"]]


def test_withdrawn_visits_stand_apart_as_the_figure_leaves_them_out():
    found = blocks("withdrawn", "missed")
    assert [block.text for block in found if isinstance(block, Heading)] == [
        "Scheduled visits not made", "Withdrawn, and not counted as scheduled",
    ]  # fmt: skip
    assert rows(found) == [["Missed"], ["Withdrawn"]]
    assert rows(blocks("withdrawn")) == [["Withdrawn"]]


def test_nothing_is_said_where_every_visit_was_made():
    assert blocks() == []
