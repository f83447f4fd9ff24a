"""The form screen, worked by keys and mouse as a visitor works it."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from forms import reader
from forms.form import Place
from icv_app.interchange_folder.capture import AnswersRefused, Refusal
from ui.form_filling.form_page import CHECK
from ui.widgets import theme

ANSWERED = {"day": "2026-11-20", "female_staff": "yes"}


def test_delay_reason_gets_the_next_tab(open_form):
    desk = open_form()
    desk.go("arrived")
    desk.type("1430")
    desk.tab()
    desk.type("1445")
    desk.tab()
    assert desk.focus().objectName() == "delay_reason"
    desk.type("Busy")
    assert desk.draft.value(Place("delay_reason")) == "Busy"


def test_what_is_typed_is_kept_after_a_pause_and_only_then_called_saved(open_form):
    desk = open_form(pause=60)
    desk.go("arrived")
    desk.type("1430")
    assert desk.page.header.saved.text() == "Saving…"
    assert desk.disk.kept == []
    desk.qtbot.waitUntil(lambda: desk.page.header.saved.text() == "Saved on this laptop 14:02:31")
    assert desk.disk.kept[-1]["arrived"] == "14:30"


def test_typing_without_a_pause_is_kept_all_the_same(open_form, monkeypatch):
    monkeypatch.setattr("ui.form_filling.autosave.LONGEST_MS", 150)
    desk = open_form(pause=100)
    desk.page.show_section("inside")
    desk.go("remarks")
    for _ in range(12):
        desk.type("a")
        QTest.qWait(40)  # never as long as the pause
    assert desk.disk.kept


def test_a_choice_is_kept_at_once(open_form):
    desk = open_form(pause=60_000)
    desk.go("female_staff")
    desk.press(Qt.Key.Key_Space)
    assert desk.disk.kept[-1]["female_staff"] == "yes"
    assert desk.page.header.saved.text().startswith("Saved on this laptop")


def test_leaving_a_box_keeps_it(open_form):
    desk = open_form(pause=60_000)
    desk.go("arrived")
    desk.type("1430")
    desk.tab()
    assert desk.disk.kept[-1]["arrived"] == "14:30"


def test_a_failed_keep_says_not_saved_and_loses_nothing(open_form):
    desk = open_form(pause=5)
    desk.disk.full = True
    desk.go("arrived")
    desk.type("1430")
    desk.qtbot.waitUntil(lambda: desk.page.header.saved.text().startswith("NOT saved"))
    assert "The disk of this laptop is full." in desk.page.header.saved.text()
    assert desk.page.header.saved.property("role") == "error"
    assert desk.focus().text() == "1430"
    assert not desk.page.flush()
    with desk.qtbot.assertNotEmitted(desk.page.left):
        desk.click("leave")
    desk.disk.full = False
    desk.click("try_again")
    assert desk.page.header.saved.text().startswith("Saved on this laptop")
    assert desk.disk.kept[-1]["arrived"] == "14:30"
    assert not desk.page.header.retry.isVisible()


def test_a_failed_keep_is_tried_again_at_the_next_change(open_form):
    desk = open_form(pause=5)
    desk.disk.full = True
    desk.go("female_staff")
    desk.press(Qt.Key.Key_Space)
    assert desk.page.header.saved.text().startswith("NOT saved")
    desk.disk.full = False
    desk.press(Qt.Key.Key_Right)
    assert desk.disk.kept[-1]["female_staff"] == "no"
    assert desk.page.header.saved.text().startswith("Saved")


def test_hiding_the_page_keeps_what_is_pending(open_form):
    desk = open_form(pause=60_000)
    desk.go("arrived")
    desk.type("9.15")
    desk.page.hide()
    assert desk.disk.kept[-1]["arrived"] == "09:15"


def test_ctrl_s_keeps_now(open_form):
    desk = open_form(pause=60_000)
    desk.go("arrived")
    desk.type("9.15")
    desk.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert desk.disk.kept[-1]["arrived"] == "09:15"


def test_save_and_close_keeps_before_it_leaves(open_form):
    desk = open_form(pause=60_000)
    desk.go("arrived")
    desk.type("9.15")
    with desk.qtbot.waitSignal(desk.page.left):
        desk.click("leave")
    assert desk.disk.kept[-1]["arrived"] == "09:15"


def test_an_unreadable_time_is_told_beside_the_box_when_it_is_left(open_form):
    desk = open_form()
    box = desk.go("arrived")
    desk.type("25:70")
    field = box.parentWidget()
    assert not field.error.isVisible()
    desk.tab()
    assert field.error.text() == "Error: Enter a time, like 14:30 or 2.30pm"
    assert field.error.isVisible()
    assert "Error:" in box.accessibleDescription()
    assert box.property("wrong") is True
    desk.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    box.selectAll()
    desk.type("15:10")
    assert not field.error.isVisible()
    assert box.property("wrong") is False


def test_sections_are_made_when_they_are_first_visited(open_form):
    desk = open_form()
    assert desk.page.findChild(QWidget, "female_staff") is None
    desk.press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert desk.find("female_staff").isVisible()
    assert desk.focus().objectName() == "female_staff=yes"
    desk.press(Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert desk.focus().objectName() == "day"


def test_continue_and_back_walk_through_every_section(open_form):
    desk = open_form()
    seen = [desk.page.key]
    for _ in range(3):
        desk.click("continue")
        seen.append(desk.page.key)
    assert seen == ["arriving", "inside", "people", CHECK]
    desk.click("back")
    assert desk.page.key == "people"


def test_tab_reaches_every_input_of_a_section_and_then_continue(open_form):
    desk = open_form()
    desk.go("female_staff")
    seen = []
    while desk.focus().objectName() != "continue":
        seen.append(desk.focus().objectName())
        assert len(seen) < 20
        desk.tab()
    assert seen == [
        "female_staff=yes", "tale=a", "place", "ticks=yes", "ticks=no", "held", "remarks", "fixed", "back",
    ]  # fmt: skip
    for _ in seen:
        desk.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert desk.focus().objectName() == "female_staff=yes"


def test_the_check_page_lists_everything_and_its_links_move_the_focus(open_form):
    desk = open_form()
    desk.page.show_check()
    assert [link.text() for link in desk.page._check.links] == [
        "Enter the day of the visit",
        "Was a female member of staff on duty? Answer this question",
    ]
    assert desk.page._check.heading.text() == "There are 2 answers to put right"
    assert not desk.find("continue").isEnabled()
    assert desk.focus() is desk.page._check.links[0]
    desk.press(Qt.Key.Key_Return)
    assert desk.focus().objectName() == "day"
    assert desk.focus().parentWidget().error.text() == "Error: Enter the day of the visit"
    desk.type("today")
    desk.click("to_check")
    assert [link.objectName() for link in desk.page._check.links] == ["problem_female_staff"]


def test_a_link_leads_into_the_right_row_of_a_repeat(open_form):
    people = {"000000000001aaaa": {"cell": "F1"}, "000000000002aaaa": {"spoke": "yes"}}
    desk = open_form({**ANSWERED, "people": people})
    desk.page.show_check()
    (link,) = desk.page._check.links
    desk.qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert desk.focus().objectName() == "cell"
    desk.type("F2")
    assert desk.draft.value(Place("cell", "people", "000000000002aaaa")) == "F2"
    assert desk.draft.value(Place("cell", "people", "000000000001aaaa")) == "F1"


def test_a_finished_report_is_sent_and_its_result_handed_on(open_form):
    desk = open_form(ANSWERED)
    desk.page.show_check()
    assert desk.find("continue").text() == "Send report"
    with desk.qtbot.waitSignal(desk.page.finished) as sent:
        desk.press(Qt.Key.Key_Space)
    assert sent.args == ["CV-2026-000001"]
    assert desk.disk.sent[0]["day"] == "2026-11-20"


def test_a_report_that_cannot_be_sent_stays_with_words(open_form):
    desk = open_form(ANSWERED)
    desk.page.show_check()
    desk.disk.full = True
    with desk.qtbot.assertNotEmitted(desk.page.finished):
        desk.click("continue")
    assert desk.find("send_failure").text() == "Not sent. The disk of this laptop is full."
    assert desk.find("send_failure").isVisible()


def test_f1_shows_the_help_of_the_question_and_escape_hides_it_without_loss(open_form):
    desk = open_form()
    desk.go("day")
    desk.type("3/4/26")
    desk.press(Qt.Key.Key_F1)
    assert desk.page.help.isVisible()
    assert desk.page.help.hint.text() == "For example, 3/4/26"
    desk.press(Qt.Key.Key_Escape)
    assert not desk.page.help.isVisible()
    assert desk.focus().text() == "3/4/26"
    desk.press(Qt.Key.Key_Escape)
    assert desk.draft.value(Place("day")) == "2026-04-03"


def test_required_answers_are_counted_below_and_in_the_list_of_sections(open_form):
    desk = open_form()
    assert desk.find("progress_words").text() == "0 of 2 required answers"
    desk.go("day")
    desk.type("today")
    assert desk.find("progress_words").text() == "1 of 2 required answers"
    assert desk.page.navigator.steps[0].words == "Done"
    assert [step.words for step in desk.page.navigator.steps[1:]] == [
        "0 of 1 required",
        "Can be left empty",
        "1 answer missing",
    ]


def test_wrong_answers_are_counted_in_the_entry_of_the_check_page(open_form):
    desk = open_form(ANSWERED)
    assert desk.page.navigator.steps[-1].words == "Nothing missing"
    desk.go("arrived")
    desk.type("99:99")
    desk.tab()
    assert desk.page.navigator.steps[-1].words == "1 to put right"
    assert desk.page.navigator.steps[0].words == "1 to put right"
    desk.page.show_section("people")
    desk.click("add_people")
    assert desk.page.navigator.steps[-1].words == "1 answer missing, 1 to put right"


def test_the_wheel_changes_no_answer(open_form):
    desk = open_form({"place": "two"})
    box = desk.go("place")
    before = desk.draft.answers()
    for widget in (box, desk.find("held"), desk.find("female_staff=yes")):
        middle = QPointF(widget.rect().center())
        wheel = QWheelEvent(
            middle, widget.mapToGlobal(middle), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, wheel)
    assert desk.draft.answers() == before
    assert box.currentText() == "Second"


@pytest.mark.parametrize("form", ["", *reader.shipped()])
def test_every_control_has_a_name_for_screen_readers_and_nothing_is_wider_than_the_page(open_form, form):
    desk = open_form(ANSWERED if not form else None, form=form)
    repeats = [row.name for row in desk.draft.form.rows if row.kind == "repeat" and not row.repeat_count]
    for repeat in repeats:
        desk.draft.add_row(repeat)
    for key in list(desk.page.keys()):
        desk.page.show_section(key)
        desk.qtbot.wait(1)
        nameless = [
            widget.objectName()
            for widget in desk.page.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisible()
            and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            and not (widget.accessibleName())
        ]
        assert nameless == [], key
        assert desk.page.area.horizontalScrollBar().maximum() == 0, key
        assert desk.page.isActiveWindow(), f"making {key} opened a window of its own"


def test_a_choice_is_read_out_with_its_question(open_form):
    desk = open_form()
    button = desk.go("female_staff")
    heard = QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name)
    assert heard == "Yes. Was a female member of staff on duty?"


def test_the_focus_ring_stands_around_the_box_in_hand(open_form):
    desk = open_form()
    box = desk.go("arrived")
    assert isinstance(box, QLineEdit)
    desk.qtbot.wait(1)  # the ring of the place before goes
    ring = desk.find("focus_ring")
    desk.qtbot.waitUntil(ring.isVisible)
    home = ring.parentWidget()
    assert ring.geometry().contains(box.rect().translated(box.mapTo(home, QPoint(0, 0))))


def _top(desk):
    return desk.page._views[desk.page.key].heading.mapTo(desk.page.area.viewport(), QPoint(0, 0)).y()


@pytest.mark.parametrize("form", ["custody_visit", "record_review"])
def test_every_section_opens_at_its_heading_with_its_first_question_in_hand(open_form, form):
    desk = open_form(form=form, size=(1366, 700))
    for _ in list(desk.page.keys())[:-1]:
        QTest.qWait(20)  # what is laid out and scrolled after the section was made
        assert _top(desk) >= 0, desk.page.key
        first = desk.focus()
        assert first.mapTo(desk.page.area.viewport(), QPoint(0, 0)).y() < desk.page.area.viewport().height()
        desk.page.go_on_only()


def test_choices_below_each_other_are_all_shown_on_a_wide_screen(open_form):
    desk = open_form(form="record_review", size=(1366, 700))
    desk.page.show_section("help")
    QTest.qWait(20)
    for field in desk.page._views["help"].fields():
        for choice in field.inputs():
            assert choice.geometry().bottom() <= choice.parentWidget().height(), choice.objectName()
            assert choice.parentWidget().geometry().bottom() <= field.height(), choice.objectName()


def test_each_entry_of_the_list_of_sections_is_as_high_as_its_words(open_form):
    desk = open_form(form="record_review", size=(1366, 700))
    listed = desk.page.navigator
    for number in range(listed.count()):
        item = listed.item(number)
        title = item.data(Qt.ItemDataRole.UserRole).title
        if len(title) < 27:  # one line
            assert listed.visualItemRect(item).height() < theme.px(3.2), title


def test_words_that_appear_below_the_last_question_are_on_the_screen(open_form):
    answers = {"access": "refused", "serious_issue": "yes"}
    desk = open_form(answers, form="custody_visit", size=(1366, 520))
    desk.page.show_section("findings")
    desk.go("manager_phoned")
    desk.press(Qt.Key.Key_Right)
    QTest.qWait(50)
    note = desk.page._views["findings"].field_of(Place("manager_note"))
    assert note.isVisible()
    assert note.visibleRegion().boundingRect().height() >= note.height()


def _refused(*refusals):
    def submit(_reason):
        raise AnswersRefused([Refusal(field=field, label="", message=message) for field, message in refusals])

    return submit


def test_what_the_core_refuses_stands_at_its_question_until_something_changes(open_form):
    people = {"000000000001aaaa": {"cell": "F1"}}
    desk = open_form({**ANSWERED, "people": people})
    desk.page._submit = _refused(("arrived", "The visit ended before it began"), ("people[1].cell", "Said twice"))
    desk.page.show_check()
    desk.press(Qt.Key.Key_Space)
    assert [link.text() for link in desk.page._check.links] == [
        "When did you arrive? The visit ended before it began",
        "Person in F1: Which cell? Said twice",
    ]
    assert desk.focus() is desk.page._check.links[0]
    assert not desk.find("continue").isEnabled()
    desk.press(Qt.Key.Key_Return)
    assert desk.focus().objectName() == "arrived"
    assert "The visit ended before it began" in desk.focus().accessibleDescription()
    desk.go("admitted")
    desk.type("1431")
    assert "The visit ended before it began" not in desk.find("arrived").accessibleDescription()
    desk.page.show_check()
    assert desk.page._check.links == []
    assert desk.find("continue").isEnabled()


def test_a_refusal_about_no_question_is_told_in_words(open_form):
    desk = open_form(ANSWERED)
    desk.page._submit = _refused(("session", "There is no such session"))
    desk.page.show_check()
    desk.click("continue")
    assert "There is no such session" in desk.find("send_failure").text()


def test_a_failed_save_leaves_room_for_the_questions_with_large_text(open_form, dressed):
    theme.apply(dressed, dark=False, scale=2.0)
    try:
        desk = open_form(size=(1366, 700))
        desk.go("day")
        desk.disk.full = True
        desk.type("3/4/26")
        desk.page.flush()
        QTest.qWait(50)
        assert desk.find("try_again").isVisible()
        assert desk.find("leave").isVisible()
        assert not desk.find("help").isVisible()
        assert desk.page.area.viewport().height() >= 200
        desk.disk.full = False
        desk.click("try_again")
        assert desk.find("undo").isVisible()
        assert desk.find("help").isVisible()
    finally:
        theme.apply(dressed, dark=False, scale=1.0)
