"""Filed reports in the window: signing, correcting, versions, the PDF, blank forms; by keyboard."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

import resources
from forms.form import Place
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from ui.visits.record_page import RecordPage
from ui.widgets import messages
from ui.widgets.link import Link
from ui.widgets.text import Body

PASSPHRASE = "three plain words"


@pytest.fixture
def laptop_folder(tmp_path):
    folder = tmp_path / "laptop"
    with Laptop.start(
        folder, scheme="Northshire", person="ICV01", role="visitor", passphrase=PASSPHRASE, strength=Strength.LIGHT
    ) as laptop:
        laptop.import_folder(resources.path("example"))
        answers = json.loads(resources.text("example/captured/custody_visit.json"))
        answers |= {"visitor_1": "ICV02", "visitor_2": "ICV01", "visitor_2_agrees": "later"}
        laptop.store.author = "ICV02"  # as if it had come from the other's laptop
        laptop.paperwork.file("custody_visit", answers)
    return folder


@pytest.fixture
def desk(open_window, laptop_folder):
    shown = open_window(laptop_folder)
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    press(Qt.Key.Key_Return)
    assert shown.desk is not None
    return shown.desk


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def go_to(parent, name):
    QTest.qWait(10)
    found = next(each for each in parent.findChildren(QWidget, name) if each.isVisible())
    for _ in range(60):
        if QApplication.focusWidget() is found:
            return found
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {name}")


def page(desk):
    shown = desk._stack.currentWidget()
    assert isinstance(shown, RecordPage)
    return shown


def words(widget):
    return " ".join(each.text() for each in widget.findChildren(Body) if each.isVisible())


def to_the_report(desk):
    go_to(desk, "sign")
    press(Qt.Key.Key_Return)
    return page(desk)


def test_a_report_that_waits_is_read_and_agreed_to_by_keyboard(desk):
    shown = to_the_report(desk)
    assert "You are named as a visitor in this report." in words(shown)
    go_to(shown, "go_to_sign")
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget().objectName() == "agree"
    press(Qt.Key.Key_Return)
    assert "you agree with this report" in page(desk).made.text()
    assert "ICV01 agrees with this report" in words(page(desk))
    assert desk.laptop.paperwork.to_sign() == ()
    press(Qt.Key.Key_Escape)
    assert desk.home.isVisible()
    assert not any(each.isVisible() for each in desk.home.findChildren(QPushButton, "sign"))


def test_who_sees_it_differently_has_to_say_how(desk):
    shown = to_the_report(desk)
    go_to(shown, "differ")
    press(Qt.Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), QPlainTextEdit)
    go_to(shown, "save_dissent")
    press(Qt.Key.Key_Return)
    assert shown.box.problem.isVisible()
    assert len(desk.laptop.paperwork.to_sign()) == 1
    assert QApplication.focusWidget().objectName() == "dissent"
    QTest.keyClicks(QApplication.focusWidget(), "The call bell did work.")
    go_to(shown, "save_dissent")
    press(Qt.Key.Key_Return)
    assert "The call bell did work." in words(page(desk))
    assert desk.laptop.paperwork.to_sign() == ()


def test_a_correction_goes_through_the_form_and_both_versions_can_be_read(desk):
    key = desk.laptop.paperwork.to_sign()[0].key
    desk.records.read(key)
    go_to(page(desk), "correct")
    press(Qt.Key.Key_Return)
    form = desk.form_page()
    assert form.corrects == key
    form.leave()
    (draft,) = desk.laptop.paperwork.drafts()
    assert draft.corrects == key
    assert f"Correction of {key}" in words(desk.home)
    opened = desk.laptop.paperwork.open_draft(draft.draft)
    desk.laptop.paperwork.submit(opened, reason="Looked at again")
    desk.records.read(key)
    assert "Why it was corrected: Looked at again" in words(page(desk))
    go_to(page(desk), "show_version")
    press(Qt.Key.Key_Return)
    assert "not the report as it stands now" in words(page(desk))
    assert not page(desk).findChildren(QPushButton, "correct")
    press(Qt.Key.Key_Escape)
    assert "Why it was corrected: Looked at again" in words(page(desk))


def test_a_visit_from_the_list_leads_back_to_the_list_by_escape(desk):
    desk.show_page("Visits")
    desk.visits.table.setFocus()
    desk.visits.table.selectRow(2)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is desk.visits.table


def test_a_blank_form_is_printed_with_what_was_chosen_and_a_date_in_words(desk, qtbot, tmp_path, monkeypatch):
    wanted = tmp_path / "blank.pdf"
    monkeypatch.setattr(messages, "choose_new_file", lambda *_: str(wanted))  # the system's own file dialog
    given = []
    write = desk.documents.blank_form

    def watched(name, header, *rest, **more):
        given.append((name, header))
        write(name, header, *rest, **more)

    monkeypatch.setattr(desk.documents, "blank_form", watched)
    go_to(desk, "blank_custody_visit")
    press(Qt.Key.Key_Return)
    shown = desk._stack.currentWidget()
    box = go_to(shown, "header_site")
    QTest.keyClicks(box, "Euston")
    go_to(shown, "header_date")
    QTest.keyClicks(QApplication.focusWidget(), "3/4/26")
    go_to(shown, "save_blank")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: str(wanted) in shown.made.text(), timeout=20_000)
    assert wanted.read_bytes().startswith(b"%PDF")
    ((name, header),) = given
    assert name == "custody_visit"
    assert header["date"] == "2026-04-03"
    assert header["site"] == "euston-street"


def test_a_date_that_cannot_be_read_is_told_before_anything_is_printed(desk, monkeypatch):
    monkeypatch.setattr(messages, "choose_new_file", lambda *_: pytest.fail("asked where to save"))
    desk.show_blank("custody_visit")
    shown = desk._stack.currentWidget()
    go_to(shown, "header_date")
    QTest.keyClicks(QApplication.focusWidget(), "the third")
    go_to(shown, "save_blank")
    press(Qt.Key.Key_Return)
    assert shown.made.property("role") == "error"
    assert QApplication.focusWidget().objectName() == "header_date"


def test_every_link_under_a_form_says_which_form_it_prints(desk):
    names = {each.accessibleName() for each in desk.home.findChildren(Link) if each.objectName().startswith("blank_")}
    assert "Print a blank form: Kennel visit" in names
    assert len(names) == len(desk.laptop.paperwork.forms())


def test_the_window_title_never_says_whose_report_it_is(desk):
    to_the_report(desk)
    assert desk.window().windowTitle() == "Custody visiting"


def test_showing_last_times_answers_is_remembered_for_the_next_report(desk):
    desk.begin("custody_visit")
    desk.form_page().filling.answer(Place("site"), "euston-street")
    press(Qt.Key.Key_F3)
    go_to(desk, "past_lines")
    press(Qt.Key.Key_Space)
    assert desk.form_page().filling.last_shown
    desk.form_page().leave()
    desk.begin("custody_visit")
    desk.form_page().filling.answer(Place("site"), "euston-street")
    assert desk.form_page().filling.last_shown


def test_the_box_of_who_sees_it_differently_is_on_the_screen(desk):
    shown = to_the_report(desk)
    go_to(shown, "differ")
    press(Qt.Key.Key_Return)
    QTest.qWait(50)
    box = shown.box.words
    assert box.visibleRegion().boundingRect().height() >= box.height()


def test_a_name_in_a_dissent_is_pointed_out_where_it_is_typed(desk):
    shown = to_the_report(desk)
    go_to(shown, "differ")
    press(Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "He was cold. Mr Rupert Blenkinsop")
    go_to(shown, "save_dissent")
    press(Qt.Key.Key_Return)
    assert "This looks like a name: “Rupert Blenkinsop”" in shown.box.problem.text()
    assert len(desk.laptop.paperwork.to_sign()) == 1
    assert QApplication.focusWidget().objectName() == "dissent"
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "He was cold.")
    go_to(shown, "save_dissent")
    press(Qt.Key.Key_Return)
    assert desk.laptop.paperwork.to_sign() == ()
