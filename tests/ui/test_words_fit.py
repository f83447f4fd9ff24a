"""Long words on the form screen are seen to their end: in the list of rows, the list of sections, the check page."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from forms.form import Place
from ui.widgets import theme
from ui.widgets.fact_table import FactTable
from ui.widgets.row_list import PADDING

LONG = "The blankets in the cells on the lower corridor were thin and nobody could say when more were coming"


def _settle():
    for _ in range(3):
        QTest.qWait(20)


def test_a_row_of_the_list_is_as_high_as_its_words(open_form):
    desk = open_form(form="custody_visit")
    desk.draft.answer(Place("access"), "refused")
    desk.page.show_section("issues")
    desk.click("add_issues")
    (row,) = desk.draft.rows("issues")
    desk.go("issue_text", "issues", row)
    desk.type(LONG)
    desk.tab()
    _settle()
    listed = desk.find("rows")
    item = listed.item(0)
    room = listed.visualItemRect(item).adjusted(0, 0, -2 * theme.px(PADDING[1]) - theme.px(0.5), 0)
    words = listed.fontMetrics().boundingRect(room.adjusted(0, 0, 0, 10_000), 0x1000, item.text())
    assert words.height() > 2 * listed.fontMetrics().height()
    assert listed.visualItemRect(item).height() >= words.height() + 2 * theme.px(PADDING[0])
    assert listed.viewport().height() >= listed.visualItemRect(item).bottom()


def test_sections_stay_apart_when_a_scroll_bar_makes_a_title_wrap(open_form):
    answers = {"access": "admitted_immediately", "in_custody": 5, "not_offered": 2, "seen": 1, "offered": 1}
    desk = open_form(answers, form="custody_visit", size=(1366, 560))
    listed = desk.page.navigator
    _settle()
    assert listed.verticalScrollBar().isVisible()
    for number in range(listed.count()):
        item = listed.item(number)
        assert listed.visualItemRect(item).height() >= listed.sizeHintForRow(number), item.text()


def test_a_link_of_the_check_page_shows_all_its_lines(open_form):
    desk = open_form({"access": "refused"}, form="custody_visit", size=(560, 700))
    row, _ = desk.draft.add_row("issues")
    desk.draft.answer(Place("issue_text", "issues", row), LONG)
    desk.page.show_section("~check")
    _settle()
    links = desk.page._check.links
    assert any(link.heightForWidth(link.width()) > 1.9 * link.fontMetrics().height() for link in links)
    for link in links:
        assert link.height() >= link.heightForWidth(link.width()), link.text()


@pytest.mark.parametrize("name", ["authority_shown", "kind"])  # boxes to tick; one of a few
def test_a_choice_is_as_high_as_its_words(open_form, name):
    desk = open_form({"kind": "case"}, form="record_review", size=(400, 700))
    desk.go(name)
    _settle()
    choices = [
        choice for choice in desk.page.findChildren(QAbstractButton) if choice.objectName().startswith(f"{name}=")
    ]
    assert any(choice.heightForWidth(choice.width()) > 2.1 * choice.fontMetrics().height() for choice in choices)
    for choice in choices:
        assert choice.height() == choice.heightForWidth(choice.width()), choice.text()


def test_the_headings_of_a_table_wrap_and_no_number_is_broken_at_its_point(qtbot):
    table = FactTable("Suites", ("Suite", "Squares with a visit"), (1, 1))
    qtbot.addWidget(table)
    table.resize(1000, 300)
    table.show()
    table.show_rows([("Castle Street", "4 of 85, 4.7%. See list.pdf")])
    wide = table.horizontalHeader().height()
    table.resize(240, 300)
    _settle()
    table.fit()
    assert table.horizontalHeader().height() > wide
    assert table.item(0, 1).text() == "4 of 85, 4.7%.\u200b See list.\u200bpdf"
