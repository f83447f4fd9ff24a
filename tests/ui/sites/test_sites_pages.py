"""Sites, calendars and targets in the window: by keys, with what a change does shown before it is saved."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from icv_app.counting import rulebook, site_year
from icv_app.scheme import scheme_settings, site_rows
from icv_app.summaries import published
from icv_app.summary import SiteName
from tests.ui.test_shell_office import PASSPHRASE, started
from ui.coverage.year_picture import picture
from ui.widgets import messages, theme
from ui.widgets.text import Body


@pytest.fixture
def window(open_window, tmp_path):
    shown = open_window(started(tmp_path / "office", "coordinator"))
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert shown.desk is not None
    shown.office.show_sites()
    return shown


def page_of(window):
    return window.desk._stack.currentWidget()


def press(window, name, number=0, said=""):
    """Press a button of the page by its name, and where there are many by what a screen reader says of it."""
    found = [each for each in page_of(window).findChildren(QPushButton, name) if not each.isHidden()]
    button = next(each for each in found if said in each.accessibleName()) if said else found[number]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def type_in(window, name, words):
    box = page_of(window).findChild(QLineEdit, name)
    box.setFocus()
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_Backspace)
    QTest.keyClicks(box, words)


def choose(window, name):
    QTest.keyClick(page_of(window).findChild(QWidget, name), Qt.Key.Key_Space)


def told(window):
    return [label.text() for label in page_of(window).findChildren(Body) if label.isVisible()]


def thursdays(window):
    """Show the row of the Thursdays of Beaumont Leys."""
    press(window, "open_site", said="Beaumont Leys")
    press(window, "change_status", said="Thursdays")


def test_the_sites_are_told_with_what_holds_today(window):
    lines = told(window)
    assert "Beaumont Leys, custody suite. Today: closed. Target: 1 a week." in lines
    assert any(line.startswith("Custody visits, all sites: 1 a week, from 1 April 2025") for line in lines)


def test_a_row_is_corrected_after_what_it_changes_was_shown(window):
    store = window.laptop.store
    thursdays(window)
    choose(window, "status=closed")
    revisions = store.connection.execute("SELECT count(*) FROM revision").fetchone()
    press(window, "see_changes")
    lines = told(window)
    change = "Custody visits: target coverage, all sites, July to September 2025: 30 of 35 (85.7%) becomes "
    change += "26 of 26 (100.0%)"
    assert change in lines
    assert "Nothing is saved yet." in lines
    assert store.connection.execute("SELECT count(*) FROM revision").fetchone() == revisions
    assert QApplication.focusWidget().objectName() == "save_row"
    QTest.qWait(50)
    page = page_of(window)
    seen = page.card.mapTo(page.viewport(), QPoint(0, 0)).y()
    assert 0 <= seen < page.viewport().height() - theme.px(10)  # it begins on the screen, with room to read
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert page_of(window).made.text() == (
        "Saved: Beaumont Leys, closed, 1 July to 31 August 2025. Share, so that the others have it too."
    )
    rows = site_rows.status_rows(store, "beaumont-leys")
    assert [row.status for row in rows] == ["closed", "closed", "closed"]
    figure = window.laptop.summary(page_period("2025-26-Q2")).get("custody_visit", "target_coverage")
    assert (figure.numerator, figure.denominator) == (26, 26)


def page_period(name):
    from icv_app.periods import parse_period

    return parse_period(name)


def test_another_answer_takes_the_preview_away(window):
    thursdays(window)
    press(window, "see_changes")
    page = page_of(window)
    assert page.card.isVisible()
    assert "No figure of this quarter or an earlier one changes." in told(window)
    type_in(window, "last", "15/8/2025")
    assert not page.card.isVisible()
    choose(window, "day=0")
    press(window, "see_changes")
    assert page.card.isVisible()
    choose(window, "day=1")
    assert not page.card.isVisible()


def test_a_row_is_added_ended_and_deleted_by_keys(window):
    store = window.laptop.store
    press(window, "open_site", said="Euston Street")
    press(window, "add_status")
    press(window, "see_changes")
    assert page_of(window).made.text() == "Enter the first day."
    type_in(window, "first", "1/12/2026")
    press(window, "see_changes")
    assert page_of(window).made.text() == "Choose whether the site is open, closed, or open only on some days."
    choose(window, "status=open_on_days")
    choose(window, "day=0")
    choose(window, "day=3")
    type_in(window, "reason", "Works in the cells")
    type_in(window, "told_by", "Custody inspector")
    type_in(window, "told_on", "20/11/2026")
    press(window, "see_changes")
    assert any("the one that began last holds" in line for line in told(window))
    press(window, "save_row")
    row = site_rows.status_rows(store, "euston-street")[1]
    assert (row.days, row.told_by, row.told_on) == (frozenset({0, 3}), "Custody inspector", date(2026, 11, 20))
    assert any("Works in the cells. Told by Custody inspector on 20 November 2026." in line for line in told(window))
    press(window, "change_status", said="Mondays")
    type_in(window, "last", "31/12/2026")
    press(window, "see_changes")
    press(window, "save_row")
    assert site_rows.status_rows(store, "euston-street")[1].last == date(2026, 12, 31)
    press(window, "change_status", said="Mondays")
    press(window, "delete_row")
    press(window, "save_row")
    assert len(site_rows.status_rows(store, "euston-street")) == 1


def test_an_overlap_is_refused_in_words_and_room_is_made_on_request(window):
    press(window, "add_target")
    type_in(window, "first", "1/12/2026")
    type_in(window, "last", "31/12/2026")
    type_in(window, "number", "0")
    press(window, "see_changes")
    assert page_of(window).made.text() == (
        "It overlaps with the target Custody visits, all sites: 1 a week, from 1 April 2025, with no end. End that one "
        "on 30 November 2026, or choose other dates. Or tick the last box on this page."
    )
    choose(window, "make_room")
    press(window, "see_changes")
    press(window, "save_row")
    rows = [row for row in site_rows.target_rows(window.laptop.store) if row.measure == "custody_visit"]
    assert [(row.number, row.first.isoformat()) for row in rows] == [
        (1, "2025-04-01"), (0, "2026-12-01"), (1, "2027-01-01"),
    ]  # fmt: skip


def test_a_target_is_offered_the_sites_of_its_kind(window):
    press(window, "add_target")
    page = page_of(window)
    assert page.site.count() == 4
    page.measure.setCurrentIndex(page.measure.findData("kennel_visit"))
    assert [page.site.itemText(at) for at in range(page.site.count())] == [
        "all sites", "Dog Unit Kennels, Police Headquarters",
    ]  # fmt: skip
    type_in(window, "number", "many")
    press(window, "see_changes")
    assert page.made.text() == "Enter how many as a whole number, such as 1."


def test_a_site_is_added_and_renamed(window):
    press(window, "add_site")
    type_in(window, "name", "Hinckley Road")
    type_in(window, "cells", "x")
    press(window, "see_changes")
    assert page_of(window).made.text() == "Enter the number of cells as a whole number, or leave it empty."
    type_in(window, "cells", "12")
    type_in(window, "opened", "5/10/2026")
    press(window, "see_changes")
    assert any("Hinckley Road" in line and "becomes" in line for line in told(window))
    press(window, "save_row")
    press(window, "open_site", said="Hinckley Road")
    assert "Custody suite, 12 cells." in told(window)
    press(window, "change_site")
    type_in(window, "name", "Hinckley Road (new)")
    press(window, "see_changes")
    press(window, "save_row")
    assert page_of(window).accessibleName() == "Hinckley Road (new)"


def test_the_way_back_leads_up_one_page_at_a_time(window):
    thursdays(window)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert page_of(window).accessibleName() == "Beaumont Leys"
    press(window, "back")
    assert page_of(window).accessibleName() == "Sites, calendars and targets"
    press(window, "back")
    assert page_of(window).accessibleName() == "Northshire"


# The year


def test_the_year_is_walked_through_month_by_month(window, spoken):
    press(window, "open_site", said="Beaumont Leys")
    page = page_of(window)
    page.year.setCurrentIndex(page.year.findText("2025-26"))
    page.view.setFocus()
    for _ in range(4):
        QTest.keyClick(page.view, Qt.Key.Key_Down)
    words = "July 2025: open only on Thursdays. Target: 1 a week."
    assert page.words.text() == words
    assert spoken[-1] == words
    assert page.table.item(3, 1).text() == "Open only on Thursdays"
    heard = QAccessible.queryAccessibleInterface(page.view)
    assert heard.text(QAccessible.Text.Name) == "Beaumont Leys, 2025-26"


def test_open_listed_and_closed_days_have_shapes_of_their_own(window):
    book = rulebook.read(window.laptop.store.connection)
    site = SiteName(site="beaumont-leys", name="Beaumont Leys", kind="custody_suite")
    months = site_year.months(book, site, date(2025, 7, 1))
    assert [state for state in months[3].days if state != "closed"] == ["listed"] * 5
    assert months[5].calendar == "closed"
    scene = picture(months, width=1300, em=17, colours=theme.tokens(), name="x")
    filled = [item for item in scene.items if getattr(item, "fill", None) == theme.tokens().brand]
    marks = [item for item in scene.items if getattr(item, "fill", None) == theme.tokens().on_brand]
    strokes = [item for item in scene.items if type(item).__name__ == "Line"]
    assert (len(filled), len(marks), len(strokes)) == (9 + 2, 9 + 1, 365 - 9 + 1)  # with those of the legend


def test_a_month_in_which_something_changes_says_from_which_day(window):
    from icv_app.scheme.site_register import Edit, save
    from icv_app.scheme.site_rows import StatusRow

    row = StatusRow(site="euston-street", status="closed", first=date(2025, 8, 4), last=date(2025, 8, 4))
    save(window.laptop.store, Edit(row=row))
    book = rulebook.read(window.laptop.store.connection)
    site = SiteName(site="euston-street", name="Euston Street", kind="custody_suite")
    assert site_year.months(book, site, date(2025, 8, 1))[4].calendar == "1 to 3 open; 4 closed; 5 to 31 open"
    unknown = SiteName(site="x", name="X", kind="another_kind")
    assert site_year.months(book, unknown, date(2025, 8, 1))[0].words == (
        "April 2025: open, as it has no calendar. Target: none."
    )


# Published figures


def test_a_period_is_published_after_asking_and_told_as_restated(window, monkeypatch, qtbot):
    press(window, "published")
    page = page_of(window)
    qtbot.waitUntil(lambda: "Nothing is published yet." in told(window), timeout=15_000)
    page.period.choose("2025-26-Q2")
    monkeypatch.setattr(messages, "ask", lambda *_, **__: False)
    press(window, "publish")
    assert published.every(window.laptop.store) == ()
    monkeypatch.setattr(messages, "ask", lambda *_, **__: True)
    press(window, "publish")
    assert page.progress.stop.hasFocus()
    qtbot.waitUntil(lambda: page.made.text().startswith("Published: July to September 2025, "), timeout=30_000)
    press(window, "publish")
    qtbot.waitUntil(lambda: "Nothing is new." in page.made.text(), timeout=30_000)
    press(window, "back")
    thursdays(window)
    choose(window, "status=closed")
    press(window, "see_changes")
    assert any("The published figures stay" in line for line in told(window))
    press(window, "save_row")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    press(window, "published")
    qtbot.waitUntil(lambda: any("figures are restated since" in line for line in told(window)), timeout=30_000)
    window.desk.show_page("Summary")
    summary = page_of(window)
    summary.period.choose("2025-26-Q2")
    summary.document.finish()
    said = " ".join(label.text() for label in summary.document.findChildren(QLabel))
    assert "Restated since these figures were published on " in said


# Settings


def test_the_bands_of_the_day_and_the_days_for_an_answer_are_set(window):
    window.office.show_settings()
    type_in(window, "bands", "00:00, 06:00 12:00 18:00")
    type_in(window, "response_days", "15")
    press(window, "save_settings")
    found = scheme_settings.read(window.laptop.store)
    assert (found.bands, found.response_days) == (("00:00", "06:00", "12:00", "18:00"), 15)
    type_in(window, "bands", "06:00 12:00")
    press(window, "save_settings")
    assert page_of(window).made.text().startswith("Give the bands of the day as times in order")
    type_in(window, "response_days", "soon")
    press(window, "save_settings")
    assert page_of(window).made.text() == "Enter the days as a whole number, such as 10."
    assert scheme_settings.read(window.laptop.store) == found


def test_the_smallest_number_and_the_days_of_the_reminder_are_set_and_stay(window):
    window.office.show_settings()
    type_in(window, "small_number", "10")
    type_in(window, "remind_days", "0")
    press(window, "save_settings")
    found = scheme_settings.read(window.laptop.store)
    assert (found.small_number, found.remind_days) == (10, 0)
    window.office.show_settings()
    type_in(window, "response_days", "12")
    press(window, "save_settings")
    assert scheme_settings.read(window.laptop.store) == replace(found, response_days=12)
    type_in(window, "remind_days", "soon")
    press(window, "save_settings")
    assert page_of(window).made.text() == "Enter the days as a whole number, such as 14."
