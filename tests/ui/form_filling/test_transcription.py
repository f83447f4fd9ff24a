"""Typing in a paper form: no mouse, Enter from box to box."""

from PySide6.QtCore import Qt

from forms.form import Place
from ui.widgets import theme

ENTER = Qt.Key.Key_Return


def begin(open_form, **more):
    desk = open_form(**more)
    desk.press(Qt.Key.Key_F4)
    return desk


def test_a_whole_form_is_typed_in_with_enter_alone(open_form):
    desk = begin(open_form)
    for text in ("20/11/26", "1430", "1432"):
        desk.type(text)
        desk.press(ENTER)
    assert desk.page.key == "inside"
    for text in ("n", "1", "second", "1 2", "7", "All well"):
        desk.type(text)
        desk.press(ENTER)
    values = [desk.draft.value(Place(name)) for name in ("female_staff", "tale", "place", "ticks", "held", "remarks")]
    assert values == ["no", "a", "two", "yes no", 7, "All well"]
    assert desk.page.key == "people"


def test_the_numbers_are_those_of_the_paper(open_form):
    desk = begin(open_form)
    assert [line.number for line in desk.page._views["arriving"].lines.values()] == ["1.1", "1.2", "1.3", "1.4"]


def test_a_choice_that_means_nothing_is_told_at_once_and_keeps_the_focus(open_form):
    desk = begin(open_form)
    desk.page.show_section("inside")
    desk.page.focus_first()
    desk.type("x")
    desk.press(ENTER)
    assert desk.focus().objectName() == "female_staff"
    assert "No answer begins with “x”" in desk.focus().accessibleDescription()
    desk.type("y")
    desk.press(ENTER)
    assert desk.draft.value(Place("female_staff")) == "yes"
    assert desk.focus().objectName() == "tale"


def test_a_question_that_appears_is_the_next_box(open_form):
    desk = begin(open_form)
    for text in ("20/11/26", "1430", "1445"):
        desk.type(text)
        desk.press(ENTER)
    assert desk.focus().objectName() == "delay_reason"


def test_a_row_is_added_by_a_plus(open_form):
    desk = begin(open_form)
    desk.page.show_section("people")
    desk.page.focus_first()
    desk.type("+")
    desk.press(ENTER)
    assert desk.focus().objectName() == "cell"
    desk.type("A4")
    desk.press(ENTER)
    desk.type("2")
    desk.press(ENTER)
    (row,) = desk.draft.rows("people")
    assert desk.draft.value(Place("spoke", "people", row)) == "no"
    assert desk.focus().objectName() == "why_not"


def test_a_number_leads_to_its_question(open_form):
    desk = begin(open_form)
    desk.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    desk.type("2.5")
    desk.press(ENTER)
    assert desk.focus().objectName() == "held"


def test_f4_again_shows_the_usual_questions_with_what_was_typed(open_form):
    desk = begin(open_form)
    desk.type("20/11/26")
    desk.press(Qt.Key.Key_F4)
    assert not desk.page.from_paper
    assert desk.find("day").text() == desk.draft.text(Place("day")) != ""
    assert desk.disk.kept[-1]["day"] == "2026-11-20"


def test_every_box_has_a_name_and_nothing_is_wider_than_the_window_at_twice_the_size(open_form, qapp):
    from ui.widgets import theme

    theme.apply(qapp, dark=False, scale=2.0)
    try:
        desk = begin(open_form, form="custody_visit", size=(1366, 768))
        assert desk.page.width() == 1366
        assert desk.page.area.horizontalScrollBar().maximum() == 0
        for line in desk.page._views[desk.page.key].lines.values():
            assert not line.wanted() or line.box.accessibleName().startswith(line.number)
    finally:
        theme.apply(qapp, dark=False, scale=1.0)


def test_a_choice_that_is_typed_and_not_entered_is_kept_after_a_pause(open_form):
    desk = begin(open_form)
    desk.page.show_section("inside")
    desk.go("place")
    desk.type("thi")
    desk.qtbot.waitUntil(lambda: desk.draft.value(Place("place")) == "three")
    assert desk.disk.kept[-1]["place"] == "three"


def test_a_choice_that_is_kept_as_typed_leaves_the_box_as_it_is(open_form):
    desk = begin(open_form)
    desk.page.show_section("inside")
    box = desk.go("place")
    desk.type("f")
    line = desk.page._views["inside"].lines[Place("place")]
    line._keep_typed()
    assert (box.text(), desk.draft.value(Place("place"))) == ("f", None), "First, Fourth or Fifth"
    desk.type("ir")
    line._keep_typed()
    assert (box.text(), desk.draft.value(Place("place"))) == ("fir", "one"), "more may be typed"


def test_words_that_are_no_choice_are_not_lost_with_the_paper_view(open_form, spoken):
    desk = begin(open_form)
    desk.page.show_section("inside")
    desk.go("place")
    desk.type("x")
    desk.page.show_section("people")
    desk.press(Qt.Key.Key_F4)
    assert desk.page.from_paper
    assert desk.focus().objectName() == "place"
    assert desk.focus().text() == "x"
    assert "No answer begins with “x”" in spoken[-1]
    desk.press(Qt.Key.Key_Backspace)
    desk.press(Qt.Key.Key_F4)
    assert not desk.page.from_paper


def test_the_choices_of_the_box_in_hand_are_on_the_screen_with_large_text(open_form, dressed):
    theme.apply(dressed, dark=False, scale=2.0)
    try:
        desk = begin(open_form)
        desk.page.show_section("inside")
        desk.go("place")
        desk.qtbot.wait(50)
        choices = desk.page._views["inside"].lines[Place("place")].choices
        assert choices.visibleRegion().boundingRect().height() >= choices.height()
    finally:
        theme.apply(dressed, dark=False, scale=1.0)
