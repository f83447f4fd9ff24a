"""Fields: each kind of question, worked by keys and mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPlainTextEdit

from forms.form import Place, Row
from ui.form_filling.fields import make_field
from ui.form_filling.filling import Filling
from ui.widgets.choice_button import RadioChoice, TickChoice


def test_delete_clears_a_radio_answer(open_form):
    desk = open_form({"female_staff": "yes"})
    button = desk.go("female_staff")
    assert button.isChecked()
    desk.press(Qt.Key.Key_Delete)
    assert desk.draft.value(Place("female_staff")) is None
    assert not button.isChecked()


def test_arrow_keys_choose_and_the_group_is_one_stop_for_tab(open_form):
    desk = open_form()
    desk.go("female_staff")
    desk.press(Qt.Key.Key_Down)
    assert desk.draft.value(Place("female_staff")) == "no"
    assert desk.focus().objectName() == "female_staff=no"
    desk.tab()
    assert desk.focus().objectName() == "tale=a"


def test_any_part_of_a_choice_can_be_clicked(open_form):
    desk = open_form()
    desk.go("female_staff")
    button = desk.find("female_staff=no")
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().bottomRight())
    assert desk.draft.value(Place("female_staff")) == "no"


def test_ticks_are_kept_together_in_the_order_of_the_list(open_form):
    desk = open_form()
    desk.go("ticks")
    desk.tab()
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    desk.press(Qt.Key.Key_Space)
    assert desk.draft.value(Place("ticks")) == "yes no"
    desk.press(Qt.Key.Key_Space)
    assert desk.draft.value(Place("ticks")) == "no"
    assert isinstance(desk.focus(), TickChoice)


def test_more_than_seven_choices_drop_down_with_an_empty_first_entry(open_form):
    desk = open_form()
    box = desk.go("place")
    assert isinstance(box, QComboBox)
    assert not box.isEditable()
    assert [box.itemText(number) for number in range(3)] == ["", "First", "Second"]
    desk.press(Qt.Key.Key_Down)
    assert desk.draft.value(Place("place")) == "one"
    desk.press(Qt.Key.Key_Delete)
    assert desk.draft.value(Place("place")) is None
    assert box.currentText() == ""


def test_an_answer_that_is_no_longer_a_choice_stays_on_the_screen_with_its_problem(open_form):
    desk = open_form({"place": "ninth"})
    box = desk.go("place")
    assert box.currentText() == "ninth"
    assert box.parentWidget().error.isVisible()


def test_a_date_is_echoed_in_words_and_tidied_when_it_is_left(open_form):
    desk = open_form()
    box = desk.go("day")
    desk.type("20/11/26")
    assert box.text() == "20/11/26"
    assert box.parentWidget().echo.text() == "Friday 20 November 2026"
    desk.tab()
    assert box.text() == "20/11/2026"


def test_tab_leaves_a_long_text_and_the_box_grows_with_it(open_form):
    desk = open_form()
    box = desk.go("remarks")
    assert isinstance(box, QPlainTextEdit)
    before = box.height()
    for _ in range(8):
        desk.type("A line")
        desk.press(Qt.Key.Key_Return)
    assert box.minimumHeight() > before
    desk.tab()
    assert desk.focus().objectName() == "fixed"
    assert desk.draft.value(Place("remarks")).count("A line") == 8


def test_a_read_only_answer_cannot_be_typed_over(open_form):
    desk = open_form()
    box = desk.go("fixed")
    desk.type("x")
    assert box.text() == "Nothing"
    assert desk.draft.value(Place("fixed")) == "Nothing"


def test_what_is_worked_out_follows_the_typing(open_form):
    desk = open_form()
    desk.go("held")
    desk.type("4")
    assert desk.find("double").text() == "8"
    assert desk.draft.value(Place("double")) == 8


def test_optional_questions_say_so_and_required_ones_do_not(open_form):
    desk = open_form()
    assert desk.go("day").parentWidget().question.text() == "What day was it?"
    assert desk.go("arrived").parentWidget().question.text() == "When did you arrive? (optional)"


def test_a_question_is_the_buddy_of_its_box(open_form):
    desk = open_form()
    for name in ("day", "place", "remarks"):
        box = desk.go(name)
        assert box.parentWidget().question.buddy() is box
        assert box.accessibleName().startswith(box.parentWidget().question.text())


def test_notes_are_words_and_take_no_focus(open_form):
    desk = open_form()
    desk.go("admitted")
    desk.tab()
    assert desk.focus().objectName() == "continue"


def test_the_number_that_does_not_fit_is_told_in_the_forms_words(open_form):
    desk = open_form()
    box = desk.go("held")
    desk.type("100")
    desk.tab()
    assert box.parentWidget().error.text() == "Error: There cannot be a hundred people"


def test_a_long_choice_wraps_inside_its_box(dressed, qtbot):
    choice = RadioChoice("A very long choice that says a good deal about what happened")
    qtbot.addWidget(choice)
    natural = choice.sizeHint()
    assert choice.heightForWidth(natural.width()) == natural.height()
    assert choice.heightForWidth(natural.width() // 3) > natural.height()


@pytest.mark.parametrize("kind", ["group", "repeat"])
def test_a_kind_without_a_field_is_an_error_and_no_text_box(open_form, kind):
    desk = open_form()
    with pytest.raises(TypeError, match=kind):
        make_field(Row(kind=kind, name="x", number=1), Place("x"), Filling(desk.draft))
