"""Undo and redo in the form: by key from anywhere in it, by button, and always back at the place."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from forms import reader
from forms.form import Place

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def _undo(desk):
    desk.press(Qt.Key.Key_Z, CONTROL)


def _redo(desk):
    desk.press(Qt.Key.Key_Y, CONTROL)


def test_what_was_typed_in_a_line_is_undone_and_redone_in_the_box_and_on_disk(open_form):
    desk = open_form(pause=60_000)
    box = desk.go("arrived")
    desk.type("1430")
    _undo(desk)
    assert box.text() == ""
    assert desk.focus() is box
    assert desk.disk.kept[-1].get("arrived") is None
    _redo(desk)
    assert box.text() == "14:30"
    assert desk.disk.kept[-1]["arrived"] == "14:30"


def test_a_long_text_is_undone_sentence_by_sentence(open_form):
    desk = open_form()
    desk.page.show_section("inside")
    box = desk.go("remarks")
    desk.type("First one. Second one")
    _undo(desk)
    assert box.toPlainText() == "First one. "
    _undo(desk)
    assert box.toPlainText() == ""
    desk.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    _redo(desk)
    assert box.toPlainText() == "First one. Second one"
    desk.type("!")
    assert box.toPlainText() == "First one. Second one!", "the cursor stands where the text came back"


def test_a_text_deleted_by_mistake_comes_back_whole(open_form):
    desk = open_form()
    desk.page.show_section("inside")
    box = desk.go("remarks")
    desk.type("All of it")
    box.selectAll()
    desk.press(Qt.Key.Key_Delete)
    assert desk.draft.value(Place("remarks")) is None
    _undo(desk)
    assert box.toPlainText() == "All of it"


def test_leaving_a_box_ends_the_edit(open_form):
    desk = open_form()
    box = desk.go("arrived")
    desk.type("9")
    desk.tab()
    desk.press(Qt.Key.Key_Backtab, SHIFT)
    box.end(False)
    desk.type("5")
    _undo(desk)
    assert desk.draft.text(Place("arrived")) != ""


@pytest.mark.parametrize("name", ["female_staff", "place", "ticks", "held", "remarks"])
def test_the_keys_work_in_every_kind_of_question(open_form, name):
    desk = open_form()
    desk.go("female_staff")
    desk.press(Qt.Key.Key_Right)
    assert desk.draft.value(Place("female_staff")) == "no"
    desk.go(name)
    _undo(desk)
    assert desk.draft.value(Place("female_staff")) is None
    assert desk.focus().objectName().startswith("female_staff=")
    _redo(desk)
    assert desk.draft.value(Place("female_staff")) == "no"


@pytest.mark.parametrize("name", ["sections", "rows", "help", "to_check"])
def test_the_keys_work_beside_the_questions_as_well(open_form, name):
    desk = open_form({"people": {"000000000001aaaa": {"cell": "F1"}}})
    desk.go("day")
    desk.type("1")
    desk.page.show_check()
    desk.page.show_section("people")
    desk.find(name).setFocus()
    _undo(desk)
    assert desk.draft.text(Place("day")) == ""


def test_undo_goes_to_the_section_and_says_what_was_undone(open_form, spoken):
    desk = open_form()
    desk.go("day")
    desk.type("3/4/26")
    desk.page.show_section("inside")
    desk.page.focus_first()
    _undo(desk)
    assert desk.page.key == "arriving"
    assert desk.focus().objectName() == "day"
    assert spoken[-1] == "Undone: What day was it?"


def test_a_section_that_undo_takes_away_is_left_for_one_that_is_there(open_form):
    desk = open_form()
    desk.page.show_section("people")
    desk.click("add_people")
    desk.type("F1")
    desk.page.show_check()
    _undo(desk)
    _undo(desk)
    assert desk.page.key == "people"
    assert desk.focus().objectName() == "add_people"
    assert desk.draft.rows("people") == ()


def test_the_button_is_there_by_tab_and_only_while_there_is_something_to_undo(open_form):
    desk = open_form()
    button = desk.find("undo")
    assert not button.isEnabled()
    desk.go("day")
    with desk.qtbot.waitSignal(desk.page.undoable) as told:
        desk.type("1")
    assert told.args == [True, False]
    for _ in range(40):
        if desk.focus() is button:
            break
        desk.press(Qt.Key.Key_Backtab, SHIFT)
    assert desk.focus() is button
    desk.press(Qt.Key.Key_Return)
    assert desk.focus().objectName() == "day"
    assert not button.isEnabled()
    assert desk.find("redo").isVisible()
    desk.click("redo")
    assert desk.draft.text(Place("day")) == "1"


def test_undo_with_nothing_to_undo_says_so(open_form, spoken):
    desk = open_form()
    _undo(desk)
    _redo(desk)
    assert spoken[-2:] == ["There is nothing to undo.", "There is nothing to redo."]


@pytest.mark.parametrize("name", ["arrived", "remarks"])
def test_the_menu_of_a_box_has_no_undo_of_its_own(open_form, name):
    desk = open_form()
    if name == "remarks":
        desk.page.show_section("inside")
    box = desk.go(name)
    desk.type("12")
    QApplication.sendEvent(
        box,
        QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, box.rect().center(), box.mapToGlobal(box.rect().center())),
    )
    menu = next(menu for menu in box.findChildren(QMenu) if menu.isVisible())
    shown = [action.objectName() for action in menu.actions() if action.isVisible()]
    assert "edit-undo" not in shown
    assert "edit-copy" in shown
    menu.close()


@pytest.mark.parametrize("form", reader.shipped())
def test_a_walk_of_choices_is_undone_to_the_beginning_and_redone_to_the_end(open_form, form):
    desk = open_form(form=form)
    before = desk.draft.answers()
    for key in list(desk.page.keys())[:-1]:
        desk.page.show_section(key)
        desk.page.focus_first()
        desk.press(Qt.Key.Key_Space)
        desk.type("1")
    after = desk.draft.answers()
    while desk.page.can_undo:
        desk.page.undo()
    assert desk.draft.answers() == before
    while desk.page.can_redo:
        desk.page.redo()
    assert desk.draft.answers() == after


def test_the_button_names_what_it_takes_back(open_form):
    desk = open_form()
    desk.go("arrived")
    desk.type("1430")
    assert desk.find("undo").accessibleName() == "Undo: When did you arrive?"
    assert desk.find("undo").toolTip() == "Undo: When did you arrive?"
    desk.page.show_section("people")
    desk.click("add_people")
    assert desk.find("undo").accessibleName() == "Undo: Person in"
    _undo(desk)
    assert desk.find("redo").accessibleName() == "Do again: Person in"
    assert desk.find("undo").accessibleName() == "Undo: When did you arrive?"
    _undo(desk)
    assert desk.find("undo").accessibleName() == "Undo the last change"
