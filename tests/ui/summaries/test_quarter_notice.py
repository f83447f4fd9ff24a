"""Reminders of quarters on the home page: each has its own line, and a button of its own that leads to it."""

from datetime import UTC, datetime

import pytest

import resources
from icv_app.clock import Clock
from icv_app.periods import parse_period
from icv_app.summaries import commentary, publication_state, published
from tests.laptops import CLOCK, founded
from ui.summaries.quarter_notice import QuarterNotice

QUARTER = parse_period("2025-26-Q2")


@pytest.fixture
def notice(tmp_path, qtbot):
    with founded(tmp_path / "office", clock=CLOCK) as office:
        office.import_folder(resources.path("example"))
        published.publish(office.store, parse_period("2025-26-Q3"), by="OFFICE", today=office.clock.today())
        shown = QuarterNotice()
        qtbot.addWidget(shown)
        shown.look(office)
        yield shown


def test_a_published_quarter_is_named_once_its_records_say_something_else(tmp_path, qtbot):
    clock = Clock(lambda: datetime(2025, 10, 20, 12, 0, tzinfo=UTC))
    with founded(tmp_path / "office", clock=clock) as office:
        office.import_folder(resources.path("example"))
        published.publish(office.store, QUARTER, by="OFFICE", today=office.clock.today())
        shown = QuarterNotice()
        qtbot.addWidget(shown)
        shown.look(office)
        assert shown.lines == []
        visit = next(each for each in office.store.records("visit") if each.body["status"] == "completed")
        office.store.save("visit", visit.key, {**visit.body, "status": "not_admitted"})
        shown.look(office)
        (line,) = shown.lines
        assert "July to September 2025: published on 20 October 2025 by OFFICE; " in line.words.text()
        assert line.words.text().endswith(" restated since.")
        with qtbot.waitSignal(shown.wanted) as told:
            shown.buttons[0].click()
        assert told.args == ["2025-26-Q2"]


def test_the_summary_says_of_each_period_how_it_stands_beside_what_was_published(tmp_path):
    clock = Clock(lambda: datetime(2025, 10, 20, 12, 0, tzinfo=UTC))
    with founded(tmp_path / "office", clock=clock) as office:
        office.import_folder(resources.path("example"))

        def words(period):
            counted = office.summary(period).figures
            return publication_state.words(office.store.connection, period, counted, office.clock.today())

        assert words(QUARTER) == "July to September 2025 has ended and is not published."
        running = "Not published: the period is not over. It ends on 31 December 2025."
        assert words(parse_period("2025-26-Q3")) == running
        published.publish(office.store, QUARTER, by="OFFICE", today=office.clock.today())
        assert words(QUARTER).endswith("published on 20 October 2025 by OFFICE; nothing is restated.")
        commentary.save(office.store, QUARTER.name, "summary", "A good quarter.")
        assert "; no figure is restated, but its commentary was changed since. A document" in words(QUARTER)


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
