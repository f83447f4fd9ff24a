"""The coverage page: the grid by keys, what is due, gaps, and the days and times that only the office sees."""

import json
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from icv_app.counting import rulebook
from icv_app.counting.coverage_grid import STATES
from tests.laptops import CLOCK, PASSPHRASE, founded, joined, meet
from ui.coverage.coverage_grid import MOST_ROWS, cell_size
from ui.coverage.coverage_page import due_words
from ui.coverage.coverage_signs import Legend, picture
from ui.widgets import theme

TODAY = CLOCK.today()  # Sunday 22 November 2026
PAIR = {"visitor_1": "ICV01", "visitor_2": "ICV02"}


def records(laptop):
    """Two suites with a weekly target, a kennel by the month; three visits, and a rota with one plan."""
    save = laptop.store.save
    for site, name in (("a", "Albert Road"), ("b", "Bridge Street")):
        save("site", site, {"site": site, "name": name, "kind": "custody_suite"})
    save("site", "k", {"site": "k", "name": "Kennels", "kind": "dog_unit_kennels"})
    for measure, per in (("custody_visit", "week"), ("kennel_visit", "month")):
        body = {"measure": measure, "site": "", "number": 1, "per": per, "from": "2026-10-01"}
        save("target", f"{measure}||2026-10-01", body)
    visit(laptop, "CV-1", "a", "2026-11-17", arrived="03:10", **PAIR)
    visit(laptop, "CV-2", "a", "2026-10-31", arrived="12:00", visitor_1="ICV02", visitor_2="ICV03")
    visit(laptop, "CV-3", "b", "2026-11-10", status="not_admitted", **PAIR)
    slot(laptop, "S1", "b", "2026-11-16", "planned")
    slot(laptop, "S2", "b", "2026-11-02", "missed", "Visitor illness")
    save("plan", "S1", {"slot": "S1", "visitors": ["ICV01", "ICV02"], "day": "2026-11-22", "time": "19:30"})


def visit(laptop, key, site, day, **more):
    body = {"visit": key, "form": "custody_visit", "site": site, "date": day, "status": "completed"}
    laptop.store.save("visit", key, {**body, "state": "submitted", **more})


def slot(laptop, key, site, starts, status, reason=""):
    body = {"slot": key, "measure": "custody_visit", "site": site, "period_start": starts, "status": status}
    laptop.store.save("slot", key, {**body, "reason": reason, "visitors": "ICV01;ICV02"})


@pytest.fixture(scope="module")
def scheme(tmp_path_factory):
    """An office with those records, and the laptop of a visitor who made none of the visits."""
    folder = tmp_path_factory.mktemp("coverage")
    office = founded(folder / "office", clock=CLOCK)
    records(office)
    visitor = joined(office, folder / "visitor", "ICV09")
    meet(office, visitor)
    office.close()
    visitor.close()
    return folder


def opened(open_window, folder):
    window = open_window(folder)
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    window.laptop.profile.clock = CLOCK
    window.desk.show_page("Coverage")
    settle()
    return window


def settle():
    """Let what was just made come into view."""
    for _ in range(3):
        QApplication.processEvents()


@pytest.fixture
def window(open_window, scheme):
    return opened(open_window, scheme / "office")


@pytest.fixture
def page(window):
    return window.desk._page("Coverage")


def press(widget, *keys):
    for key in keys:
        QTest.keyClick(widget, key)


def test_the_keyboard_begins_at_the_present_week_and_reads_each_square(page):
    grid, words = page.views[0], page.words[0]
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    assert words.text() == "Albert Road, week of 16 to 22 November 2026. Covered; 1 visit made."
    press(grid, Qt.Key.Key_Down)
    assert words.text() == "Bridge Street, week of 16 to 22 November 2026. Planned; for ICV01 and ICV02."
    press(grid, Qt.Key.Key_Left)
    assert words.text() == ("Bridge Street, week of 9 to 15 November 2026. Tried, not admitted; 1 visit not admitted.")
    press(grid, Qt.Key.Key_Left)
    assert words.text() == (
        "Bridge Street, week of 2 to 8 November 2026. "
        "Missed, reason given; planned for ICV01 and ICV02 and missed: Visitor illness."
    )
    press(grid, Qt.Key.Key_End)
    assert "21 to 27 December 2026. Due, no pair yet." in words.text()


def test_enter_shows_the_visits_of_a_square_and_coming_back_finds_it_again(window, page):
    grid = page.views[0]
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    press(grid, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return)
    assert [row.key for row in window.desk.visits.model.rows] == ["CV-3"]
    window.desk.show_page("Coverage")
    assert page.views[0].place().visits == ("CV-3",)


def test_enter_opens_the_slot_of_a_square_that_nobody_visited_and_coming_back_finds_it_again(window, page):
    grid = page.views[0]
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    press(grid, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Return)
    alone = window.desk._stack.currentWidget()
    assert alone.state.text() == "ICV01 and ICV02. Missed: Visitor illness."
    press(alone, Qt.Key.Key_Escape)
    settle()
    assert page.isVisible()
    assert page.views[0].hasFocus()
    assert page.views[0].place().slots == ("S2",)


def test_the_page_opens_at_the_last_weeks_with_the_present_one_in_sight(page):
    grid = page.views[0]
    bar = grid.horizontalScrollBar()
    assert 0 < bar.value() == bar.maximum()
    now = grid.visualRect(grid.model().index(0, grid.grid.column(TODAY)))
    assert grid.viewport().rect().contains(now)


def test_what_arrives_while_the_grid_is_read_moves_nothing(window, page):
    grid = page.views[0]
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    press(grid, Qt.Key.Key_Down)
    grid.horizontalScrollBar().setValue(70)
    window.desk.refresh()  # as after an exchange
    settle()
    again = page.views[0]
    assert again is not grid
    assert again.hasFocus()
    assert again.place().site == "b"
    assert again.horizontalScrollBar().value() == 70
    assert "Bridge Street" in page.words[0].text()


def test_a_square_without_a_report_says_so_and_stays(window, page, announced):
    grid = page.views[0]
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    press(grid, Qt.Key.Key_End, Qt.Key.Key_Return)
    assert page.isVisible()
    assert page.words[0].text().endswith("There is no report of a visit behind it.")


@pytest.fixture
def announced(monkeypatch):
    said = []
    monkeypatch.setattr("ui.coverage.coverage_page.announce", lambda _widget, words, **_more: said.append(words))
    yield said
    assert said


def cells(table):
    """Return the words of a table, row by row, without the places where they may be broken."""
    return [
        [table.item(row, column).text().replace("\u200b", "") for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_what_is_due_and_how_long_each_site_was_without_a_visit_is_told(page):
    assert page.due.text() == (
        "Still to be visited by 22 November 2026: Bridge Street.\nStill to be visited by 30 November 2026: Kennels."
    )
    table = page.findChild(QWidget, "gaps")
    lines = cells(table)
    assert lines == [
        ["Albert Road", "5 days, since 17 November 2026", "17 days, 31 October to 17 November 2026",
         "Covered; 1 visit made."],
        ["Bridge Street", "None yet", "23 days, 31 October to 22 November 2026",
         "Planned; for ICV01 and ICV02."],
        ["Kennels", "None yet", "23 days, 31 October to 22 November 2026", "Due, no pair yet."],
    ]  # fmt: skip


def test_another_period_shows_its_four_quarters(page):
    page.period.choose("2025-26-Q4")
    settle()
    assert page.views[0].grid.units[-1].last == date(2026, 3, 29)
    assert page.views[0].grid.column(TODAY) is None
    (table,) = (each for each in page.findChildren(QWidget, "gaps") if each.isVisible())
    assert table.columnCount() == 3  # nothing of now
    page.views[0].setFocus(Qt.FocusReason.TabFocusReason)
    press(page.views[0], Qt.Key.Key_End)
    assert "23 to 29 March 2026. No visit due." in page.words[0].text()


def test_days_and_times_tell_the_office_how_far_visits_are_spread(window, page):
    page.days_and_times.setFocus()
    press(page.days_and_times, Qt.Key.Key_Return)
    table = window.desk.findChild(QWidget, "suites")
    lines = cells(table)
    assert lines == [
        ["Albert Road", "2", "2 of 35", "1 of 2, 50.0%", "1 of 2, 50.0%", "ICV01 and ICV02: 1 of 2, 50.0%"],
        ["Bridge Street", "0", "", "", "", ""],
        ["All suites together", "2", "2 of 35", "1 of 2, 50.0%", "1 of 2, 50.0%", "ICV01 and ICV02: 1 of 2, 50.0%"],
    ]
    days = window.desk.findChild(QWidget, "days")
    assert days.item(1, 1).text() == "1"
    told = days.item(1, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Tuesday, 00:00 to 07:00: 1 visit"
    assert days.item(0, 5).data(Qt.ItemDataRole.AccessibleTextRole) == "Monday, 19:00 to 24:00: no visit"
    box = window.desk.findChild(QWidget, "suite")
    box.setFocus()
    press(box, Qt.Key.Key_Down)
    settle()
    assert "No completed visit in these twelve months." in texts(window.desk)
    press(box, Qt.Key.Key_Escape)
    assert page.isVisible()
    assert page.days_and_times.hasFocus()


def texts(top):
    return " ".join(each.text() for each in top.findChildren(QLabel) if each.isVisible())


def test_the_bands_of_the_settings_are_those_of_the_days(window, page):
    record = window.laptop.store.current("scheme", "scheme")
    body = dict(record.body) if record else {}
    window.laptop.store.save("scheme", "scheme", {**body, "bands": ["00:00", "12:00"]})
    page.days_and_times.click()
    days = window.desk.findChild(QWidget, "days")
    heads = [days.horizontalHeaderItem(at).text() for at in range(days.columnCount())]
    window.laptop.store.save("scheme", "scheme", body)
    assert heads == ["Day", "00:00 to 12:00", "12:00 to 24:00"]


def test_a_visitors_laptop_says_what_it_does_not_know_and_shows_no_days_or_times(open_window, scheme):
    window = opened(open_window, scheme / "visitor")
    page = window.desk._page("Coverage")
    assert "This is not the whole picture." in page.partly.text()
    assert page.partly.isVisible()
    assert not page.days_and_times.isVisible()
    assert page.findChild(QWidget, "gaps") is None
    assert [cell.state for row in page.views[0].grid.rows for cell in row.cells if cell.visits] == []
    grid, words = page.views[0], page.words[0]
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    assert words.text() == "Albert Road, week of 16 to 22 November 2026. Not known on this laptop."
    press(grid, Qt.Key.Key_Down)
    assert words.text() == "Bridge Street, week of 16 to 22 November 2026. Planned; for ICV01 and ICV02."
    told = json.dumps([cell.words for row in grid.grid.rows for cell in row.cells]) + texts(window.desk)
    assert "19:30" not in told
    assert "Sunday" not in words.text()


def test_an_office_sees_no_such_warning(page):
    assert not page.partly.isVisible()
    assert page.days_and_times.isVisible()


@pytest.mark.parametrize("dark", [False, True])
def test_each_state_looks_different_without_its_colour(qapp, dark):
    """In grey, and by more than a shade: at least a fiftieth of the dots differ between any two."""
    theme.apply(qapp, dark=dark, scale=1.0)
    try:
        size = cell_size()
        drawn = {state: picture(state, size.width(), size.height(), 1.0, theme.tokens()).toImage() for state in STATES}
        grey = {
            state: [
                round(image.pixelColor(x, y).lightnessF(), 2) < 0.55
                for x in range(image.width())
                for y in range(image.height())
            ]
            for state, image in drawn.items()
        }
        states = list(grey)
        for at, one in enumerate(states):
            for other in states[at + 1 :]:
                apart = sum(a != b for a, b in zip(grey[one], grey[other], strict=True))
                assert apart >= len(grey[one]) * 0.02, (one, other, apart)
    finally:
        theme.apply(qapp, dark=False, scale=1.0)


def test_the_legend_tells_only_the_states_that_are_shown_each_once(page):
    legend = page.findChildren(Legend)[0]
    told = [each.text() for each in legend.findChildren(QLabel) if each.text()]
    assert told == [
        "Covered", "Tried, not admitted", "Missed, reason given", "Missed, no reason given", "Planned",
        "Due, no pair yet", "No visit due", "Before the records begin",
    ]  # fmt: skip


def test_many_sites_scroll_under_their_heads_and_a_few_do_not(window, page):
    assert page.views[0].verticalScrollBar().maximum() == 0
    for number in range(MOST_ROWS + 6):
        key = f"s{number:02}"
        window.laptop.store.save("site", key, {"site": key, "name": f"Suite {number}", "kind": "custody_suite"})
    window.desk.show_page("Coverage")
    grid = page.views[0]
    assert grid.verticalScrollBar().maximum() > 0
    assert grid.height() < page.viewport().height()
    book = rulebook.read(window.laptop.store.connection)
    assert len(book.sites_of("custody_visit")) == MOST_ROWS + 8
    for number in range(MOST_ROWS + 6):
        window.laptop.store.save("site", f"s{number:02}", {"deleted": True})


def test_due_words_say_that_nothing_is_due_when_nothing_is():
    assert due_words(()) == "Nothing is due now."
