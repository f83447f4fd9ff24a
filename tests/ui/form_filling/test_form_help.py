"""F1: every question of every form has help of its own."""

import pytest
from PySide6.QtCore import Qt

from forms import reader
from forms.form import Place, Row
from ui.form_filling.fields import is_visible, make_field


def _questions(rows: tuple[Row, ...], repeat: str = ""):
    for row in rows:
        if row.kind in ("group", "repeat"):
            yield from _questions(row.rows, row.name if row.kind == "repeat" else repeat)
        elif row.kind not in ("note", "calculate") and is_visible(row):
            yield row, repeat


@pytest.mark.parametrize("form", reader.shipped())
def test_every_question_of_a_form_has_help_of_its_own(open_form, form):
    desk = open_form(form=form)
    ids = {row.name: "" for row in desk.draft.form.rows if row.kind == "repeat"}
    for repeat in ids:
        if not desk.draft.rows(repeat):
            desk.draft.add_row(repeat)
        ids[repeat] = desk.draft.rows(repeat)[0]
    panel = desk.page.help
    for row, repeat in _questions(desk.draft.form.rows):
        field = make_field(row, Place(row.name, repeat, ids.get(repeat, "")), desk.page.filling)
        field.setParent(desk.page)
        panel.show_field(field)
        told = [label.text() for label in (panel.hint, panel.guidance, panel.way) if label.text()]
        assert panel.heading.text(), row.name
        assert told, row.name
        field.deleteLater()


def test_help_says_whether_the_question_has_to_be_answered(open_form):
    desk = open_form()
    desk.go("day")
    desk.press(Qt.Key.Key_F1)
    assert desk.page.help.why.text() == "This has to be answered before the report can be sent."
    desk.go("arrived")
    assert desk.page.help.why.text() == "You may leave this empty."


def test_help_says_that_a_question_follows_from_another_answer(open_form):
    desk = open_form({"arrived": "14:30", "admitted": "14:45"})
    desk.go("delay_reason")
    desk.press(Qt.Key.Key_F1)
    assert desk.page.help.why.text().endswith("It is asked because of another answer.")


def test_help_is_read_out_in_one_piece(open_form, spoken):
    desk = open_form()
    desk.go("day")
    desk.press(Qt.Key.Key_F1)
    assert spoken[-1].startswith("What day was it. For example, 3/4/26. Type the date as you would write it")
