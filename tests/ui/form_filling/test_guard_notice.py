"""The guard on the form screen: a calm notice at the box, and the check page that holds the report until it is settled.

The names are invented and belong to nobody.
"""

import pytest
from PySide6.QtCore import QPoint, Qt

from forms.form import Place
from ui.form_filling import findings
from ui.widgets import theme

ANSWERED = {"day": "2026-11-20", "female_staff": "yes"}
NAMED = "I spoke to Mr Zebedee Quillfeather at length."
REMARKS = Place("remarks")


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(findings, "PAUSE_MS", 20)


def _notice(desk):
    return desk.page._views["inside"].field_of(REMARKS)._notice


def _with_name(open_form, **more):
    desk = open_form({**ANSWERED, "remarks": NAMED}, **more)
    desk.page.show_check()
    return desk


def test_a_name_is_pointed_out_under_the_box_after_a_pause_and_said_once(open_form, spoken):
    desk = open_form()
    desk.page.show_section("inside")
    box = desk.go("remarks")
    desk.type(NAMED)
    desk.qtbot.waitUntil(lambda: _notice(desk) is not None and _notice(desk).isVisible())
    assert _notice(desk).words.text().startswith("This looks like a name: “")
    assert "Quillfeather" in _notice(desk).words.text()
    assert "Quillfeather" in box.accessibleDescription()
    assert box.extraSelections()
    assert desk.focus() is box
    desk.type(" And so on.")
    desk.qtbot.wait(60)
    assert len([words for words in spoken if "looks like a name" in words]) == 1


def test_nothing_is_looked_for_at_a_keystroke(open_form, monkeypatch):
    monkeypatch.setattr(findings, "PAUSE_MS", 60_000)
    desk = open_form()
    desk.page.show_section("inside")
    desk.go("remarks")
    desk.type(NAMED)
    assert _notice(desk) is None


def test_the_notice_goes_when_the_name_has_gone(open_form):
    desk = open_form({"remarks": NAMED})
    desk.page.show_section("inside")
    box = desk.go("remarks")
    desk.qtbot.waitUntil(lambda: _notice(desk) is not None and _notice(desk).isVisible())
    box.selectAll()
    desk.type("I spoke to the detainee.")
    desk.qtbot.waitUntil(lambda: not _notice(desk).isVisible())
    assert not box.extraSelections()


def test_the_check_page_holds_the_report_and_leads_to_the_text(open_form):
    desk = _with_name(open_form)
    assert not desk.find("continue").isEnabled()
    assert desk.focus().objectName() == "finding_remarks"
    assert "Quillfeather" in desk.focus().accessibleDescription()
    desk.press(Qt.Key.Key_Return)
    assert desk.focus().objectName() == "remarks"
    desk.focus().selectAll()
    desk.type("I spoke to the detainee.")
    desk.page.show_check()
    assert desk.page._check.findings.lines == []
    assert desk.find("continue").isEnabled()


def test_a_text_stays_with_a_reason_that_is_chosen_by_key(open_form):
    desk = _with_name(open_form)
    desk.tab()
    assert desk.focus().objectName() == "keep_remarks"
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Down)
    assert desk.focus().text() == "It names a member of staff who must be told"
    desk.tab()
    assert desk.focus().objectName() == "give_remarks"
    desk.press(Qt.Key.Key_Return)
    assert desk.draft.reason(REMARKS) == "It names a member of staff who must be told"
    assert desk.find("continue").isEnabled()
    assert desk.focus().objectName() == "unkeep_remarks"
    with desk.qtbot.waitSignal(desk.page.finished):
        desk.click("continue")
    assert desk.disk.kept[-1]["~margin"]["personal_data_reasons"]


def test_a_reason_in_words_and_none_at_all(open_form):
    desk = _with_name(open_form)
    desk.click("keep_remarks")
    desk.click("give_remarks")
    assert desk.draft.reason(REMARKS) == ""
    assert desk.page._check.findings.lines[0].reasons.error.text() == "Error: Choose a reason"
    desk.press(Qt.Key.Key_Up)  # round to the last
    desk.tab()
    assert desk.focus().objectName() == "why_remarks"
    desk.type("He asked for it")
    desk.press(Qt.Key.Key_Return)
    assert desk.draft.reason(REMARKS) == "He asked for it"


def test_a_reason_is_taken_back_by_its_link_and_by_undo(open_form):
    desk = _with_name(open_form)
    desk.page.filling.give_reason(REMARKS, "It is not personal data")
    assert desk.find("continue").isEnabled()
    desk.click("unkeep_remarks")
    assert desk.draft.reason(REMARKS) == ""
    assert not desk.find("continue").isEnabled()
    desk.page.undo()
    assert desk.draft.reason(REMARKS) == "It is not personal data"


def test_a_reason_goes_when_the_text_changes(open_form):
    desk = _with_name(open_form)
    desk.page.filling.give_reason(REMARKS, "It is not personal data")
    desk.go("remarks")
    desk.type("x")
    desk.page.show_check()
    assert not desk.find("continue").isEnabled()


def test_missing_answers_and_findings_stand_beside_each_other(open_form):
    desk = open_form({"remarks": NAMED})
    desk.page.show_check()
    check = desk.page._check
    assert check.heading.text() == "There are 2 answers to put right"
    assert check.findings.heading.text() == "1 text may tell who somebody is"
    names = [widget.objectName() for widget in check.inputs() if not widget.isHidden()]
    assert names[:4] == ["problem_day", "problem_female_staff", "finding_remarks", "keep_remarks"]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_words_of_a_finding_are_cut_off(open_form, dressed, scale):
    theme.apply(dressed, dark=False, scale=scale)
    try:
        desk = open_form({**ANSWERED, "remarks": f"{NAMED} Or ring 07700 900123, or write to quill@example.org."})
        desk.page.show_check()
        desk.click("keep_remarks")
        desk.qtbot.wait(50)
        (line,) = desk.page._check.findings.lines
        for words in (line.link, line.found, *line.reasons.inputs()[:4]):
            assert words.height() >= words.heightForWidth(words.width()), words
        assert desk.page.area.horizontalScrollBar().maximum() == 0
    finally:
        theme.apply(dressed, dark=False, scale=1.0)


def test_the_notice_stands_below_the_box_and_covers_none_of_it(open_form):
    desk = open_form()
    desk.page.show_section("inside")
    box = desk.go("remarks")
    desk.type("Jemima Throgmorton asked for a second blanket; ring 07700 900123 about it")
    desk.qtbot.waitUntil(lambda: _notice(desk) is not None and _notice(desk).isVisible())
    field = desk.page._views["inside"].field_of(REMARKS)
    below = box.mapTo(field, QPoint(0, box.height()))  # in the field, which the page may scroll
    desk.qtbot.waitUntil(lambda: _notice(desk).mapTo(field, QPoint(0, 0)).y() >= below.y())
    assert _notice(desk).mapTo(field, QPoint(0, 0)).x() == below.x()
