"""No trap: Tab and Shift+Tab go round through every control of every section, whatever is shown."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget

from forms import reader
from forms.form import Form, Row


def _bare(row: Row) -> Row:
    return replace(row, relevant="", rows=tuple(_bare(inner) for inner in row.rows))


def _with_everything_shown(name: str) -> Form:
    form = reader.load(name)
    return replace(form, rows=tuple(_bare(row) for row in form.rows))


def _stops(page: QWidget) -> set[QWidget]:
    """Return what Tab has to reach: one stop for each group of choices."""
    return {
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    }


def _round(desk, key, modifier=Qt.KeyboardModifier.NoModifier):
    start, seen = QApplication.focusWidget(), []
    while not seen or QApplication.focusWidget() is not start:
        seen.append(QApplication.focusWidget())
        assert len(seen) <= 400, f"trapped among {[each.objectName() for each in seen[-5:]]}"
        desk.qtbot.keyClick(QApplication.focusWidget(), key, modifier)
    return seen


@pytest.mark.parametrize("form", reader.shipped())
def test_tab_goes_round_through_every_control_and_back(open_form, form):
    desk = open_form(form=_with_everything_shown(form))
    for row in desk.draft.form.rows:
        if row.kind == "repeat" and not row.repeat_count:
            desk.draft.add_row(row.name)
    for key in list(desk.page.keys()):
        desk.page.show_section(key)
        desk.page.focus_first()
        QApplication.processEvents()
        onwards = _round(desk, Qt.Key.Key_Tab)
        missed = _stops(desk.page) - set(onwards)
        assert not missed, (key, [each.objectName() for each in missed])
        back = _round(desk, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        assert [back[0], *reversed(back[1:])] == onwards, key


def test_a_group_of_choices_is_one_stop_for_tab(open_form):
    desk = open_form()
    desk.page.show_section("inside")
    for name in ("female_staff", "tale"):
        stops = [
            button
            for button in desk.find(name).findChildren(QRadioButton)
            if button.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        ]
        assert len(stops) == 1, name
