"""Differing entries in the window: what is read out, words of one's own, and a record that changed meanwhile."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from forms.form import Place
from icv_app.storage import held_words
from icv_app.storage.report_state import Comment
from tests.laptops import filed
from tests.meeting import PASSPHRASE, Wall, held, met, scheme, unlocked
from tests.ui.fitting import misfits
from ui.form_filling.office_comments import OfficeComments
from ui.visits.dispute_page import DisputePage, DisputesPage
from ui.widgets import theme
from ui.widgets.text import Body

LONG = "Asked for a towel, and for a second blanket because the cell was cold at night and the heating had failed"


@pytest.fixture
def office(open_window, tmp_path):
    """The office's window, at a report in which three answers differ; and the report's reference."""
    with scheme(tmp_path, "ICV01", "ICV02") as laptops:
        key = filed(laptops[1])
        met(*laptops)
        (row,) = held(laptops[1], key).body["issues"]
        for laptop, minutes, words in zip(laptops[1:], (77, 99), (LONG, "Asked for a book"), strict=True):
            opened = laptop.paperwork.correct(key)
            opened.draft.answer(Place("travel_minutes_1"), minutes)
            opened.draft.answer(Place("issue_text", "issues", row), words)
            laptop.paperwork.submit(opened, reason="Looked at again.")
        met(*laptops)
    unlocked(tmp_path, "OFFICE1", Wall().clock).close()
    window = open_window(tmp_path / "OFFICE1")
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    window.desk.records.choose(key)
    return window, key


def page(window, kind=DisputePage):
    shown = window.desk._stack.currentWidget()
    assert isinstance(shown, kind)
    return shown


def choose(shown, at, number):
    shown.answers[at].buttons[number].click()


def test_each_value_is_read_out_with_its_question_and_who_entered_it(office):
    window, _ = office
    for answer in page(window).answers:
        for button in answer.buttons[:2]:
            assert button.accessibleName().startswith(button.text())
            assert button.accessibleName().endswith(answer.question.text())
            assert button.accessibleDescription().startswith(("ICV01, ", "ICV02, "))
    shown = [
        sum("Shown until somebody chooses." in each.accessibleDescription() for each in answer.buttons)
        for answer in page(window).answers
    ]
    assert shown == [1, 1]


def test_words_of_ones_own_are_settled_and_a_telephone_number_in_them_is_not(office):
    window, key = office
    shown = page(window)
    written = shown.answers[0]
    assert written.buttons[-1].objectName().endswith("=own")
    choose(shown, 0, -1)
    assert written.box.isVisible()
    assert LONG in written.box.toPlainText()
    choose(shown, 1, 0)
    written.box.setPlainText("Ring 07700 900123")
    shown._settle()
    assert "personal data" in shown.failure.text()
    assert held(window.laptop, key).conflicts
    written.box.setPlainText("Asked for a towel and a book")
    shown._settle()
    (issue,) = held(window.laptop, key).body["issues"].values()
    assert issue["issue_text"] == "Asked for a towel and a book"
    assert window.desk.home.isVisible()


def test_a_record_that_changed_meanwhile_is_shown_afresh_and_nothing_is_settled(office):
    window, key = office
    shown = page(window)
    choose(shown, 0, 0)
    choose(shown, 1, 0)
    before = shown.typed()
    record = held(window.laptop, key)
    newer = {**record.body, "travel_minutes_1": 55}
    window.laptop.store.save("visit", key, newer, seen=record.heads[:1])
    shown._settle()
    afresh = page(window)
    assert afresh is not shown
    assert "has changed since you opened it" in afresh.made.text()
    assert held(window.laptop, key).conflicts
    (put_back,) = [each for each in afresh.findChildren(QWidget, "put_held_back") if each.isVisible()]
    put_back.click()
    assert afresh.typed(), "what can still be chosen is"
    assert afresh.typed().items() <= before.items(), "and the same value, in whatever place it stands now"


def test_words_of_ones_own_are_asked_about_and_held_until_they_are_settled(office):
    window, key = office
    shown = page(window)
    choose(shown, 0, -1)
    choose(shown, 1, 0)
    shown.answers[0].box.setPlainText("A towel")
    window.show_search()
    assert page(window) is shown
    shown.hold()
    window.desk.go_home()
    window.desk.records.choose(key)
    afresh = page(window)
    assert afresh.choices() == {}
    afresh.findChild(QWidget, "put_held_back").click()
    assert list(afresh.choices().values()) == ["A towel", 0]
    afresh._settle()
    assert held_words.every(window.laptop.store.connection) == ()


def test_a_record_that_somebody_settled_meanwhile_leads_to_the_list(office):
    window, key = office
    found = window.laptop.disputes.of(key)
    window.laptop.disputes.settle(found, {field.path: 0 for field in found.fields})
    window.desk.records.choose(key)
    shown = page(window, DisputesPage)
    assert "Nothing is left to choose." in shown.made.text()


@pytest.mark.parametrize("scale", [100, 200])
def test_the_page_fits_with_everything_open(office, dressed, scale):
    window, key = office
    try:
        theme.apply(dressed, dark=False, scale=scale / 100)
        window.desk.records.choose(key)
        shown = page(window)
        choose(shown, 0, -1)
        shown._settle()
        for _ in range(3):
            QApplication.processEvents()
        assert misfits(window) == []
    finally:
        theme.apply(dressed, dark=False, scale=1.0)


def test_a_comment_shows_in_every_section_it_is_about_and_goes_with_the_correction(open_form):
    desk = open_form(corrects="CV-2026-000001")
    comments = [
        Comment(path=path, words=words, by="OFFICE1", at="2026-11-21T10:00:00+00:00", returned="r")
        for path, words in (("arrived", "Was it not later?"), ("people/gone/cell", "Which?"), ("", "Well done."))
    ]
    desk.page.filling.comments = OfficeComments(desk.draft, comments)
    field = desk.page._views[desk.page.key].field_of(Place("arrived"))
    field.refresh()
    asked = desk.page.findChild(Body, "asked_arrived")
    assert asked.text() == "Comment by OFFICE1, 21 November 2026: Was it not later?"
    assert asked.y() < field.question.y()
    assert asked.text() in desk.find("arrived").accessibleDescription()
    assert desk.page.filling.comments.of_the_whole().count("\n") == 1  # that of a row that is gone, too
    assert desk.page.findChild(QWidget, "asked_day") is None
