"""Help from the past: the last visit to the site, its answers beside the questions, and issues raised from a No."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from forms.form import Place
from icv_app.records.past import OpenIssue, Past

ISSUE = OpenIssue(
    key="CV-2025-000001-1", date=date(2025, 7, 3), kind="issue", theme="hygiene", severity="minor",
    text="No hot water in the showers.", action="Told the sergeant.", response="To be mended by August.",
)  # fmt: skip
PAST = Past(
    report="CV-2025-000001", date=date(2025, 7, 3), visitors=("ICV01", "ICV02"), version="1",
    answers={"cells_clean": "no", "overall_finding": "satisfactory", "seen": 4}, issues=(ISSUE,),
)  # fmt: skip
INSIDE = {
    "mode": "in_person",
    "visit_type": "standard",
    "site": "EUS",
    "access": "admitted_immediately",
    "areas_checked": "cells",
    "areas_not_right": "cells",
}


class Shelf:
    """Stands for the reports held: counts how often it is read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, site: str) -> Past | None:
        self.read.append(site)
        return PAST if site == "EUS" else None


def open_cells(open_form, **more):
    desk = open_form(INSIDE, form="custody_visit", **more)
    assert desk.draft.shown(Place("cells_clean"))
    return desk


def test_choosing_a_site_tells_of_the_last_visit_there(open_form):
    shelf = Shelf()
    desk = open_form(form="custody_visit", past=shelf)
    line = desk.find("last_visit")
    assert not line.isVisible()
    assert shelf.read == []
    desk.page.filling.answer(Place("site"), "EUS")
    assert line.isVisible()
    assert line.text() == "Last visit here: Thu 3 July 2025, 1 issue open"
    desk.page.filling.answer(Place("site"), None)
    assert not line.isVisible()
    assert shelf.read == ["EUS"]


def test_f3_shows_what_was_found_and_promised_and_escape_goes_back(open_form):
    desk = open_form({"site": "EUS"}, form="custody_visit", past=Shelf())
    before = desk.focus()
    desk.press(Qt.Key.Key_F3)
    words = desk.find("past_panel").words()
    for part in ("Thu 3 July 2025", "Satisfactory", "Hygiene", "No hot water", "Told the sergeant", "by August"):
        assert part in words
    assert desk.focus() is desk.find("past_panel")
    desk.press(Qt.Key.Key_Escape)
    assert not desk.find("past_panel").isVisible()
    assert desk.focus() is before


def test_the_past_is_not_read_at_each_key(open_form):
    shelf = Shelf()
    desk = open_form({"site": "EUS"}, form="custody_visit", past=shelf)
    desk.go("arrived")
    desk.type("1430")
    assert shelf.read == ["EUS"]


def test_last_times_answer_is_used_by_key_and_says_where_it_is_from(open_form):
    desk = open_cells(open_form, past=Shelf())
    desk.go("cells_clean")
    assert desk.page.findChild(type(desk.focus()), "use_cells_clean") is None
    desk.press(Qt.Key.Key_F3)
    desk.tab()
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Escape)
    desk.go("cells_clean")
    desk.tab()
    assert desk.focus().objectName() == "use_cells_clean"
    desk.press(Qt.Key.Key_Return)
    assert desk.draft.value(Place("cells_clean")) == "no"
    assert desk.draft.margin()["copied_from"] == {"cells_clean": "CV-2025-000001, 3 July 2025"}
    beside = desk.page._views[desk.page.key].field_of(Place("cells_clean")).beside
    assert beside.copied.text() == "Copied from CV-2025-000001, 3 July 2025. Check that it is still true."
    assert desk.focus().objectName() == "cells_clean=no"
    desk.press(Qt.Key.Key_Left)
    assert not beside.copied.isVisible()


def test_a_no_is_raised_as_an_issue_by_key_and_leads_to_it(open_form):
    desk = open_cells(open_form)
    desk.go("cells_clean")
    desk.press(Qt.Key.Key_Right)
    desk.page.filling.answer(Place("cells_clean"), "no")
    desk.go("cells_clean")
    desk.tab()
    assert desk.focus().objectName() == "raise_cells_clean"
    desk.press(Qt.Key.Key_Return)
    (row,) = desk.draft.rows("issues")
    assert desk.draft.value(Place("issue_theme", "issues", row)) == "conditions_and_estate"
    assert desk.focus().objectName() == "raised_cells_clean"
    assert not desk.find("raise_cells_clean").isVisible()
    desk.press(Qt.Key.Key_Return)
    assert desk.page.key == "issues"
    assert desk.focus().objectName() == "issue_text"


def test_a_comment_typed_on_the_offer_by_mistake_raises_nothing(open_form):
    desk = open_cells(open_form)
    desk.page.filling.answer(Place("cells_clean"), "no")
    desk.go("cells_clean")
    desk.tab()
    assert desk.focus().objectName() == "raise_cells_clean"
    desk.type("Cell four was wet")
    assert desk.draft.rows("issues") == ()
    desk.tab()
    desk.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    desk.press(Qt.Key.Key_Space)
    assert len(desk.draft.rows("issues")) == 1


def test_the_panel_fits_at_twice_the_size(open_form, qapp):
    from ui.widgets import theme

    theme.apply(qapp, dark=False, scale=2.0)
    try:
        desk = open_form({"site": "EUS"}, form="custody_visit", past=Shelf(), size=(1366, 768))
        desk.press(Qt.Key.Key_F3)
        QTest.qWait(30)
        assert desk.page.width() == 1366
        assert desk.page.area.horizontalScrollBar().maximum() == 0
        panel = desk.find("past_panel")
        assert panel.widget().width() <= panel.viewport().width()
    finally:
        theme.apply(qapp, dark=False, scale=1.0)


def test_the_check_page_reminds_of_what_may_be_raised_and_forgets_it_then(open_form):
    desk = open_cells(open_form)
    desk.page.filling.answer(Place("cells_clean"), "no")
    desk.page.show_check()
    worth = desk.find("worth_raising")
    assert worth.heading.text() == "1 answer may be worth an issue"
    desk.find("worth_cells_clean").setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.focus().objectName() == "cells_clean=no"
    desk.tab()
    desk.press(Qt.Key.Key_Return)
    desk.page.show_check()
    assert not worth.isVisible()


def test_the_number_to_phone_is_large_and_can_be_selected(open_form):
    from ui.form_filling.contact_card import number_in

    assert number_in("Phone the scheme manager the same day: 0116 496 0123.") == "0116 496 0123"
    assert number_in("Ring the office.") == ""
    desk = open_form({"serious_issue": "yes"}, form="custody_visit")
    desk.go("serious_issue")
    card = desk.find("serious_office_note")
    assert card.isVisible()
    assert "ring the office" in desk.page._views[desk.page.key].field_of(Place("serious_office_note")).question.text()


def test_the_panel_shows_that_it_has_the_focus(open_form):
    desk = open_form(INSIDE, form="custody_visit", past=Shelf())
    desk.press(Qt.Key.Key_F3)
    QTest.qWait(20)
    assert desk.focus().objectName() == "past_panel"
    rings = [ring for ring in desk.page.window().findChildren(QWidget, "focus_ring") if ring.isVisible()]
    assert len(rings) == 1
    assert rings[0].width() >= desk.focus().width()
