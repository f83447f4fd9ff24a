"""Repeats: rows are added, chosen and removed, and each keeps its own answers."""

from PySide6.QtCore import Qt

from forms.form import Place

PEOPLE = {f"00000000000{number}aaaa": {"cell": f"F{number}"} for number in (1, 2, 3)}


def _rows(desk):
    listed = desk.find("rows")
    return [listed.item(number).text() for number in range(listed.count())]


def test_a_row_is_added_and_its_first_question_has_the_focus(open_form):
    desk = open_form()
    desk.page.show_section("people")
    assert desk.find("add_people").text() == "Add one"
    desk.click("add_people")
    assert desk.focus().objectName() == "cell"
    desk.type("F3")
    (row,) = desk.draft.rows("people")
    assert desk.draft.value(Place("cell", "people", row)) == "F3"
    desk.tab()
    assert _rows(desk) == ["Person in F3"]
    assert desk.find("add_people").text() == "Add another"
    assert row in desk.disk.kept[-1]["people"]


def test_one_set_of_questions_is_bound_to_the_row_that_is_chosen(open_form):
    desk = open_form({"people": PEOPLE})
    desk.page.show_section("people")
    box = desk.find("cell")
    assert box.text() == "F1"
    desk.find("rows").setFocus()
    desk.press(Qt.Key.Key_Down)
    assert desk.find("cell") is box
    assert box.text() == "F2"
    desk.go("cell", "people", "000000000003aaaa")
    desk.type("x")
    assert [desk.draft.value(Place("cell", "people", row)) for row in PEOPLE] == ["F1", "F2", "F3x"]


def test_a_question_of_one_row_shows_in_that_row_only(open_form):
    desk = open_form({"people": PEOPLE})
    desk.go("spoke", "people", "000000000002aaaa")
    desk.press(Qt.Key.Key_Down)
    assert desk.find("why_not").isVisible()
    desk.tab()
    assert desk.focus().objectName() == "why_not"
    desk.go("cell", "people", "000000000001aaaa")
    assert not desk.find("why_not").isVisible()


def test_a_removed_row_comes_back_with_undo_beside_the_notice(open_form):
    desk = open_form({"people": PEOPLE})
    desk.go("cell", "people", "000000000002aaaa")
    desk.click("remove_people")
    assert _rows(desk) == ["Person in F1", "Person in F3"]
    assert desk.find("cell").text() == "F3"
    assert desk.focus().objectName() == "rows"
    assert desk.find("removed_people").isVisible()
    desk.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    desk.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert desk.focus().objectName() == "undo_remove_people"
    desk.press(Qt.Key.Key_Space)
    assert _rows(desk) == ["Person in F1", "Person in F2", "Person in F3"]
    assert desk.find("cell").text() == "F2"
    assert desk.focus().objectName() == "rows"
    assert not desk.find("removed_people").isVisible()


def test_the_notice_of_a_removal_goes_with_the_next_change(open_form):
    desk = open_form({"people": PEOPLE})
    desk.go("cell", "people", "000000000002aaaa")
    desk.click("remove_people")
    desk.go("cell", "people", "000000000001aaaa")
    desk.type("x")
    assert not desk.find("removed_people").isVisible()


def test_removing_the_last_row_leaves_the_button_to_add_one(open_form):
    desk = open_form({"people": {"000000000001aaaa": {"cell": "F1"}}})
    desk.page.show_section("people")
    desk.click("remove_people")
    assert desk.draft.rows("people") == ()
    assert desk.focus().objectName() == "add_people"
    assert not desk.find("cell").isVisible()


def test_the_list_says_how_many_answers_of_a_row_are_wrong(open_form):
    desk = open_form({"people": {"000000000001aaaa": {"spoke": "yes"}}})
    desk.page.show_check()
    desk.page.show_section("people")
    (words,) = _rows(desk)
    assert words.endswith("1 to put right")
    desk.go("cell", "people", "000000000001aaaa")
    desk.type("F9")
    desk.tab()
    assert _rows(desk) == ["Person in F9"]
