"""The pages on scrutiny panels, worked by keys: a session, its recommendations, what its records were about."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

import resources
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.records import panel
from ui.follow_up.issue_page import IssuePage
from ui.follow_up.panel_page import PanelPage
from ui.follow_up.panels_page import PanelsPage
from ui.visits.record_page import RecordPage

PASSPHRASE = "three plain words"
CDSP = "CDSP-2025-08"


@pytest.fixture
def window(open_window, tmp_path):
    folder = tmp_path / "office"
    with Laptop.start(
        folder,
        scheme="Northshire",
        person="OFFICE1",
        role="coordinator",
        passphrase=PASSPHRASE,
        strength=Strength.LIGHT,
    ) as laptop:
        laptop.import_folder(resources.path("example"))
        case = json.loads(resources.text("example/captured/record_review.json"))
        laptop.paperwork.file("record_review", {**case, "session": CDSP})
    shown = open_window(folder)
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    shown.office.show_panels()
    return shown


def page(window):
    return window.desk._stack.currentWidget()


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)


def tab_to(name):
    for _ in range(60):
        focus = QApplication.focusWidget()
        if focus is not None and focus.objectName() == name:
            return focus
        press(Qt.Key.Key_Tab)
    raise AssertionError(name)


def type_in(name, text):
    tab_to(name)
    QTest.keyClicks(QApplication.focusWidget(), text)


def open_session(window):
    tab_to(f"open_{CDSP}")
    press(Qt.Key.Key_Return)
    assert isinstance(page(window), PanelPage)


def words(window):
    return "\n".join(
        label.text() for label in page(window).findChildren(QWidget) if hasattr(label, "text") and label.isVisible()
    )


def test_a_session_is_entered_by_its_totals_and_opened(window):
    for name, text in (
        ("panel_session", "CDSP-2026-11"), ("panel_date", "3/11/26"), ("panel_records", "40"),
        ("panel_immigration", "12"), ("panel_recommendations", "2"), ("panel_recommended_to", "Custody Inspector"),
    ):  # fmt: skip
        type_in(name, text)
    tab_to("add_panel")
    press(Qt.Key.Key_Return)
    assert isinstance(page(window), PanelPage)
    assert "None of the 2 recommendations that the session states is entered here yet." in words(window)
    press(Qt.Key.Key_Escape)
    assert isinstance(page(window), PanelsPage)
    assert "3 November 2026: Custody Detention Scrutiny Panel CDSP-2026-11. 40 records reviewed" in words(window)


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ({}, "Enter the day of the session."),
        ({"panel_date": "3/11/26", "panel_session": "X"}, "Records reviewed: enter a whole number, 0 for none."),
        (
            {"panel_session": "X", "panel_date": "3/11/26", "panel_records": "3", "panel_immigration": "4",
             "panel_recommendations": "0"},
            "4 were of immigration detainees, but only 3 were reviewed.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_session_is_said_at_the_top_and_what_was_typed_stays(window, boxes, said):
    for name, text in boxes.items():
        page(window).findChild(QWidget, name).setText(text)
    page(window).add()
    assert page(window).made.text() == said
    assert all(page(window).findChild(QWidget, name).text() == text for name, text in boxes.items())
    assert len(panel.sessions(window.laptop.store, window.laptop.clock.today())) == 1


def test_a_recommendation_is_entered_and_stands_beside_the_total(window, qtbot):
    open_session(window)
    assert "entered here" in page(window).said.text()
    type_in("recommendation_text", "Offer the leaflet in every language")
    tab_to("recommendation_theme")
    press(Qt.Key.Key_Down)
    tab_to("recommendation_to")
    press(Qt.Key.Key_Down)
    tab_to("add_recommendation")
    press(Qt.Key.Key_Return)
    assert page(window).made.text().startswith(f"Entered as {CDSP}-R01")
    qtbot.waitUntil(lambda: "Offer the leaflet in every language" in words(window))
    assert "of the 7 recommendations that the session states are entered here" in page(window).said.text()
    assert page(window).text.toPlainText() == ""
    page(window).recommend()
    assert page(window).made.text() == "Enter what is recommended."


def test_what_the_records_were_about_is_saved_and_sums_that_cannot_be_are_refused(window):
    open_session(window)
    type_in("panel_subjects", "Use of force: 30")
    type_in("panel_people", "ICV01; ICV07")
    tab_to("save_panel")
    press(Qt.Key.Key_Return)
    assert "comes to 45, immigration included, but only 35 were reviewed" in page(window).made.text()
    page(window).about.setPlainText("Use of force: 12\nChildren 8")
    press(Qt.Key.Key_Return)
    assert page(window).made.text().startswith("Write one subject a line")
    page(window).about.setPlainText("Use of force: 12\nChildren: 8")
    press(Qt.Key.Key_Return)
    table = page(window).facts
    rows = {table.item(row, 0).text(): table.item(row, 1).text() for row in range(table.rowCount())}
    assert (rows["Use of force"], rows["Children"], rows["Reviewed by"]) == ("12", "8", "ICV01 and ICV07")
    assert rows["Records reviewed"] == "35"
    assert "About something else, or not told" not in rows


def test_the_forms_of_single_records_are_read_from_the_session_and_lead_back_to_it(window):
    open_session(window)
    case = panel.one(window.laptop.store, CDSP, window.laptop.clock.today()).cases[0]
    tab_to(f"read_{case}")
    press(Qt.Key.Key_Return)
    assert isinstance(page(window), RecordPage)
    press(Qt.Key.Key_Escape)
    assert isinstance(page(window), PanelPage)
    tab_to("read_panel")
    press(Qt.Key.Key_Return)
    assert isinstance(page(window), RecordPage)


def test_a_recommendation_is_followed_up_on_its_own_page_which_leads_back_to_the_session(window):
    key = panel.recommend(
        window.laptop.store, CDSP, "Check every hour", theme="record_keeping", addressed="force"
    )  # fmt: skip
    open_session(window)
    tab_to(f"follow_{key}")
    press(Qt.Key.Key_Return)
    assert isinstance(page(window), IssuePage)
    assert "Check every hour" in words(window)
    press(Qt.Key.Key_Escape)
    assert isinstance(page(window), PanelPage)
