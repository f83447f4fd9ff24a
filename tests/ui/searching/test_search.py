"""Find and change several at once, by keys."""

import re
from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

import resources
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.searching import saved_filter
from icv_app.searching.search import Search
from ui.searching import search_page
from ui.searching.search_reading import SearchReadingPage

TODAY = date(2026, 11, 22)
PASSPHRASE = "three plain words"


@pytest.fixture
def window(open_window, tmp_path):
    with Laptop.start(
        tmp_path / "office", scheme="Northshire", person="OFFICE1", role="coordinator", passphrase=PASSPHRASE,
        strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        laptop.import_folder(resources.path("example"))
        for number in range(3):
            body = {
                "visit": "CV-2025-0003", "kind": "issue", "theme": "hygiene", "severity": "minor",
                "text": f"The drain of shower {number} was blocked", "status": "closed" if number == 2 else "open",
            }  # fmt: skip
            laptop.store.save("issue", f"CV-2025-0003-{number}", body)
    shown = open_window(tmp_path / "office")
    keys(PASSPHRASE)
    press(Qt.Key.Key_Return)
    assert shown.desk is not None
    shown.show_search()
    return shown


@pytest.fixture
def page(window, qtbot):
    found = here(window)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is found.box)
    return found


def here(window):
    return window.desk._stack.currentWidget()


def keys(text):
    QTest.keyClicks(QApplication.focusWidget(), text)


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def wait_for(qtbot, page, words):
    qtbot.waitUntil(lambda: page.count.text() == words, timeout=5000)


def titles(page):
    return [page.list.item(at).text().partition(".")[0] for at in range(page.list.count())]


def control(window, name):
    found = window.desk.findChild(QWidget, name)
    assert found is not None, name
    return found


def test_what_is_typed_is_found_told_and_opened_and_left_again_where_one_was(window, page, qtbot, spoken):
    keys("drain show")
    wait_for(qtbot, page, "3 records found, the latest first.")
    assert spoken[-1] == "3 records found, the latest first."
    press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.list
    press(Qt.Key.Key_Down)
    chosen = page.list.currentItem().text()
    press(Qt.Key.Key_Return)
    assert "was blocked" in chosen
    shown = " ".join(label.text() for label in here(window).findChildren(QLabel))
    assert re.search(r"shower \d was blocked", chosen)[0] in shown
    press(Qt.Key.Key_Escape)
    again = here(window)
    assert (again.box.text(), again.list.currentItem().text()) == ("drain show", chosen)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is again.list)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is again.box


def test_a_report_opens_as_reports_do_and_its_reading_is_in_the_log(window, page, qtbot):
    keys("CV-2025-0003 kind:report")
    wait_for(qtbot, page, "1 record found.")
    press(Qt.Key.Key_Return)
    assert here(window).heading.text().endswith("CV-2025-0003")
    query = "SELECT count(*) FROM audit WHERE action = 'read' AND key = 'CV-2025-0003'"
    assert window.laptop.store.connection.execute(query).fetchone() == (1,)
    press(Qt.Key.Key_Escape)
    assert here(window).box.text() == "CV-2025-0003 kind:report"


def test_reading_a_finding_is_in_the_log_and_leads_to_its_report_and_back(window, page, qtbot):
    keys("drain")
    wait_for(qtbot, page, "3 records found, the latest first.")
    press(Qt.Key.Key_Return)
    query = "SELECT count(*) FROM audit WHERE action = 'read' AND kind = 'issue'"
    assert window.laptop.store.connection.execute(query).fetchone() == (1,)
    QTest.keyClick(control(window, "read_report"), Qt.Key.Key_Space)
    assert here(window).heading.text().endswith("CV-2025-0003")
    press(Qt.Key.Key_Escape)
    assert here(window).report.isVisible()
    press(Qt.Key.Key_Escape)
    assert here(window).box.text() == "drain"


def test_a_volunteer_reads_a_finding_field_by_field_and_goes_to_its_report(window, page, qtbot):
    search = Search(window.laptop.store, window.laptop.paperwork.book)
    (result, *_) = search.find(search.parse("drain", TODAY)).results
    shown = SearchReadingPage(window.laptop, result)
    window.desk.show_own(shown)
    assert "was blocked" in control(window, "fields").item(0, 1).text()
    with qtbot.waitSignal(shown.report_wanted) as wanted:
        QTest.keyClick(control(window, "its_report"), Qt.Key.Key_Space)
    assert wanted.args == ["CV-2025-0003"]


def test_what_has_no_page_of_its_own_is_shown_field_by_field_and_logged(window, page, qtbot):
    keys("kind:target custody")
    qtbot.waitUntil(lambda: page.list.count() > 0)
    press(Qt.Key.Key_Return)
    fields = control(window, "fields")
    told = [(fields.item(row, 0).text(), fields.item(row, 1).text()) for row in range(fields.rowCount())]
    assert ("From", "1 April 2025") in told
    query = "SELECT count(*) FROM audit WHERE action = 'read' AND kind = 'target'"
    assert window.laptop.store.connection.execute(query).fetchone() == (1,)


@pytest.mark.parametrize(
    ("text", "shows"), [("kind:slot S001", "slot_state"), ("kind:volunteer ICV01", "whole_volunteer")]
)
def test_a_slot_and_a_volunteer_have_pages_of_their_own(window, page, qtbot, text, shows):
    keys(text)
    wait_for(qtbot, page, "1 record found.")
    press(Qt.Key.Key_Return)
    assert control(window, shows).isVisible()
    if shows == "whole_volunteer":
        QTest.keyClick(control(window, shows), Qt.Key.Key_Space)
        assert here(window).visitor == "ICV01"
        return
    press(Qt.Key.Key_Escape)
    assert here(window).box.text() == text


def test_what_cannot_be_understood_is_said_and_finds_nothing(window, page, qtbot):
    keys("sight:x ")
    qtbot.waitUntil(page.problem.isVisible)
    assert "There is no filter “sight:”." in page.problem.text()
    assert not page.list.isVisible()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys("drain")
    wait_for(qtbot, page, "3 records found, the latest first.")
    assert not page.problem.isVisible()


def test_the_controls_write_their_filter_and_show_what_was_typed(window, page, qtbot):
    keys("drain ")
    QTest.keyClick(control(window, "show_filters"), Qt.Key.Key_Space)
    assert QApplication.focusWidget() is control(window, "filter_kind")
    status = control(window, "filter_status")
    status.setFocus()
    keys("Open")
    assert page.box.text() == "drain status:Open"
    wait_for(qtbot, page, "2 records found, the latest first.")
    page.box.setText("drain status:closed")
    assert status.currentText() == "Closed"
    first = control(window, "filter_from")
    first.setFocus()
    keys("1/1/30")
    press(Qt.Key.Key_Return)
    wait_for(qtbot, page, "Nothing was found. Fewer words, or the beginning of a word, find more.")


def test_a_search_is_saved_chosen_again_and_deleted(window, page, qtbot):
    keys("drain kind:finding")
    QTest.keyClick(control(window, "show_filters"), Qt.Key.Key_Space)
    name = control(window, "filter_name")
    name.setFocus()
    keys("Drains")
    press(Qt.Key.Key_Return)
    assert "Saved as Drains." in page.made.text()
    page.box.clear()
    saved = control(window, "saved")
    saved.setCurrentIndex(0)
    saved.setFocus()
    keys("Dra")
    assert page.box.text() == "drain kind:finding"
    QTest.keyClick(control(window, "drop_filter"), Qt.Key.Key_Space)
    assert saved_filter.every(window.laptop.store, "OFFICE1") == ()


def test_a_search_without_a_name_is_not_saved_and_that_is_said(window, page):
    keys("drain")
    QTest.keyClick(control(window, "show_filters"), Qt.Key.Key_Space)
    QTest.keyClick(control(window, "save_filter"), Qt.Key.Key_Space)
    assert page.made.text() == "Give the search a name, to find it again by."


def test_a_filter_is_completed_as_one_types(window, page, qtbot):
    keys("drain kin")
    assert page._offers.stringList() == ["drain kind:"]
    qtbot.waitUntil(lambda: page.box.completer().popup().isVisible())
    QTest.keyClick(page.box.completer().popup(), Qt.Key.Key_Down)
    QTest.keyClick(page.box.completer().popup(), Qt.Key.Key_Return)
    assert page.box.text() == "drain kind:"


def test_much_is_read_beside_the_window_and_said(window, qtbot, monkeypatch):
    monkeypatch.setattr(search_page, "SOON", 0)
    connection = window.laptop.store.connection
    connection.execute("INSERT OR IGNORE INTO search_stale SELECT record FROM current WHERE kind = 'issue'")
    gate = Event()
    window.worker.submit(lambda _progress: gate.wait(10), lambda _done: None, lambda _error: None)  # it is busy
    window.show_search()
    page = here(window)
    page.box.setText("drain")
    page.look()
    assert "still being read" in page.count.text()
    gate.set()
    wait_for(qtbot, page, "3 records found, the latest first.")


def test_several_findings_are_changed_at_once_after_a_preview_and_changed_back(window, page, qtbot):
    page.box.setText("drain kind:finding")
    QTest.keyClick(control(window, "change_several"), Qt.Key.Key_Space)
    assert control(window, "bulk_found").text() == "3 findings."
    what = control(window, "bulk_what")
    what.setFocus()
    for _ in range(3):
        press(Qt.Key.Key_Down)
    assert what.currentText() == "Set how serious they are"
    QTest.keyClick(control(window, "bulk_show"), Qt.Key.Key_Space)
    bulk = here(window)
    assert bulk.heading.text() == "2 records would change. 1 stays as it is."
    assert bulk.table.item(0, 1).text() == "minor"
    assert "Stays as it is." in "".join(bulk.table.item(row, 2).text() for row in range(3))
    assert severities(window) == ["minor", "minor", "minor"]
    assert QApplication.focusWidget() is bulk.apply_button
    press(Qt.Key.Key_Return)
    assert bulk.made.text() == "2 records are changed."
    assert severities(window) == ["serious", "serious", "minor"]
    assert QApplication.focusWidget() is bulk.undo_button
    press(Qt.Key.Key_Return)
    assert bulk.made.text() == "2 records are as they were before."
    assert severities(window) == ["minor", "minor", "minor"]
    press(Qt.Key.Key_Escape)
    assert here(window).box.text() == "drain kind:finding"


def test_a_change_that_is_missing_its_day_says_so(window, page):
    page.box.setText("drain kind:finding")
    QTest.keyClick(control(window, "change_several"), Qt.Key.Key_Space)
    control(window, "bulk_day").setFocus()
    keys("never")
    press(Qt.Key.Key_Return)
    assert here(window).made.property("role") == "error"
    assert not control(window, "bulk_apply").isVisible()


def test_without_anything_to_change_the_page_says_so(window, page):
    page.box.setText("kind:site")
    QTest.keyClick(control(window, "change_several"), Qt.Key.Key_Space)
    assert "There are no findings and no slots in it." in control(window, "bulk_found").text()
    assert not control(window, "bulk_show").isVisible()


def severities(window):
    store = window.laptop.store
    return [store.current("issue", f"CV-2025-0003-{number}").body["severity"] for number in range(3)]
