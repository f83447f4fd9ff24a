"""The page of the summary: its list of figures is narrowed, walked and followed by keys, and one comes back to it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget

import resources
from tests.laptops import CLOCK, founded
from ui.summaries.figures_view import FiguresView
from ui.summaries.summary_page import SummaryPage


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with founded(tmp_path_factory.mktemp("office"), clock=CLOCK) as laptop:
        laptop.import_folder(resources.path("example"))
        yield laptop


class _Desk(QStackedWidget):
    """Stands for the desk: shows the page of the bar again, read afresh, or another alone."""

    def __init__(self, laptop):
        super().__init__()
        self.laptop, self.worker = laptop, None
        self.summary = SummaryPage(self)
        self.addWidget(self.summary)

    def show_alone(self, page):
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.setFocus()

    def show_page(self, _name):
        self.summary.refresh()
        self.setCurrentWidget(self.summary)


@pytest.fixture
def page(office, qtbot, dressed):
    desk = _Desk(office)
    desk.summary.period.choose("2025-26-Q2")
    qtbot.addWidget(desk)
    desk.resize(1126, 700)
    with qtbot.waitExposed(desk):
        desk.show()
    desk.activateWindow()
    qtbot.waitUntil(desk.isActiveWindow)
    desk.summary.turn_to("figures")
    return desk.summary


def visible(figures: FiguresView):
    return [at for at in range(figures.table.rowCount()) if not figures.table.isRowHidden(at)]


def test_enter_on_a_line_lists_the_records_behind_it_and_back_leads_to_the_line(page, qtbot):
    table = page.figures.table
    table.setFocus()
    table.setCurrentCell(3, 0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page._desk.currentWidget().heading.text().startswith("Behind the figure: ")
    page._desk.currentWidget().leave()
    assert page.isVisible()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is table)
    assert table.currentRow() == 3


def test_back_leads_to_the_button_that_led_away_and_to_where_the_page_stood(page, qtbot):
    page.turn_to("document")
    page.document.finish()
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 400)
    page.verticalScrollBar().setValue(120)
    page.comment.click()
    page._desk.currentWidget().leave()
    qtbot.waitUntil(page.comment.hasFocus)
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() == 120)


def test_the_rule_of_a_line_is_the_table_s_description_and_told_aloud(page, spoken):
    table = page.figures.table
    table.setCurrentCell(5, 0)
    assert table.accessibleDescription()
    assert spoken[-1] == table.accessibleDescription()
    assert page.figures.rule.text().endswith(table.accessibleDescription())


def test_another_period_is_told_aloud(page, spoken):
    page.period.choose("2025-26-Q1")
    assert "Shown now: 1 April to 30 June 2025." in spoken


def test_the_rule_and_the_button_are_seen_with_the_line(page, qtbot):
    page.figures.table.setFocus()
    page.figures.table.setCurrentCell(2, 0)
    button = page.figures.behind
    qtbot.waitUntil(lambda: button.mapTo(page.viewport(), button.rect().bottomLeft()).y() <= page.viewport().height())


def test_words_that_are_typed_leave_the_lines_that_hold_them_all(page, qtbot, spoken):
    figures = page.figures
    every = len(visible(figures))
    figures.wanted.setText("visits  Euston")
    left = visible(figures)
    assert 0 < len(left) < every
    for at in left:
        told = " ".join(figures.table.item(at, column).text() for column in (0, 1)).casefold()
        assert "visits" in told
        assert "euston" in told
    assert spoken[-1] == figures.count.text()
    figures.wanted.setText("no such thing")
    assert visible(figures) == []
    figures.wanted.clear()
    assert len(visible(figures)) == every


def test_tab_goes_from_the_words_to_the_table_and_then_to_the_button(page, qtbot):
    page.figures.table.setCurrentCell(0, 0)
    page.figures.wanted.setFocus()
    seen = []
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == [page.figures.table, page.figures.behind]
