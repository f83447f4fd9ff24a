"""The correction of a report on the form screen: it says so, and asks why before it is sent."""

from PySide6.QtCore import Qt

from ui.widgets import theme

ANSWERED = {"day": "2026-11-20", "female_staff": "yes"}


def test_a_correction_is_sent_with_its_reason(open_form):
    desk = open_form(ANSWERED, corrects="CV-2026-000007")
    desk.page.show_check()
    assert desk.focus().objectName() == "correction_reason"
    desk.type("Wrong day")
    with desk.qtbot.waitSignal(desk.page.finished):
        desk.click("continue")
    assert desk.disk.reasons == ["Wrong day"]


def test_a_correction_without_a_reason_is_not_sent_and_says_so_at_the_box(open_form):
    desk = open_form(ANSWERED, corrects="CV-2026-000007")
    desk.page.show_check()
    desk.type("  ")
    with desk.qtbot.assertNotEmitted(desk.page.finished):
        desk.click("continue")
    assert desk.find("correction_error").text() == "Error: Say why this report is corrected"
    assert desk.focus().objectName() == "correction_reason"
    assert "Error:" in desk.focus().accessibleDescription()
    desk.type("Wrong day")
    assert not desk.find("correction_error").isVisible()


def test_the_header_says_which_report_is_corrected(open_form):
    desk = open_form(ANSWERED, corrects="CV-2026-000007")
    assert desk.page.header.title.text() == "Correcting CV-2026-000007: Small visit"


def test_a_new_report_is_asked_for_no_reason(open_form):
    desk = open_form(ANSWERED)
    desk.page.show_check()
    assert not desk.find("correction_reason").isVisible()
    desk.press(Qt.Key.Key_Space)
    assert desk.disk.reasons == [""]


def test_the_reason_undoes_by_itself_and_stays_when_the_screen_is_made_anew(open_form, dressed):
    desk = open_form(ANSWERED, corrects="CV-2026-000007")
    desk.page.show_check()
    desk.type("Wrong")
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.page.key == "~check"
    assert desk.find("correction_reason").toPlainText() == ""
    desk.type("Wrong day")
    desk.qtbot.waitUntil(lambda: [kept.get("~reason") for kept in desk.disk.kept[-1:]] == ["Wrong day"])
    theme.apply(dressed, dark=True, scale=1.0)
    try:
        assert desk.page._check.correction.text() == "Wrong day"
    finally:
        theme.apply(dressed, dark=False, scale=1.0)
