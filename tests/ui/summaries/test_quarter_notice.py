"""Reminders of quarters on the home page: each has its own line, and a button of its own that leads to it."""

import pytest

import resources
from icv_app.periods import parse_period
from icv_app.summaries import published
from tests.laptops import CLOCK, founded
from ui.summaries.quarter_notice import QuarterNotice


@pytest.fixture
def notice(tmp_path, qtbot):
    with founded(tmp_path / "office", clock=CLOCK) as office:
        office.import_folder(resources.path("example"))
        published.publish(office.store, parse_period("2025-26-Q3"), by="OFFICE", today=office.clock.today())
        shown = QuarterNotice()
        qtbot.addWidget(shown)
        shown.look(office)
        yield shown


def test_each_quarter_has_a_line_and_a_button_that_names_it_and_leads_to_it(notice, qtbot):
    assert [button.accessibleName() for button in notice.buttons] == [
        "See its summary: January to March 2026",
        "See its summary: April to June 2026",
        "See its summary: July to September 2026",
    ]
    assert len(notice.lines) == 3
    for button, wanted in zip(notice.buttons, ("2025-26-Q4", "2026-27-Q1", "2026-27-Q2"), strict=True):
        with qtbot.waitSignal(notice.wanted) as told:
            button.click()
        assert told.args == [wanted]
