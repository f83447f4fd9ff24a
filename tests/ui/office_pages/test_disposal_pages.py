"""What the office does about disposal in the window: periods, holds, the order in words and the certificate."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from icv_app.office import certificate
from icv_app.scheme import retention
from icv_app.storage import holds
from tests.ui.test_shell_office import PASSPHRASE, enter, go_to, started
from ui.widgets.text import Body


@pytest.fixture
def window(open_window, tmp_path):
    from PySide6.QtWidgets import QApplication

    shown = open_window(started(tmp_path / "office", "coordinator"))
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert shown.desk is not None
    return shown


def page_of(window):
    return window.desk._stack.currentWidget()


def press(page, name, number=0):
    buttons = [button for button in page.findChildren(QPushButton, name) if not button.isHidden()]
    buttons[number].setFocus()
    QTest.keyClick(buttons[number], Qt.Key.Key_Space)


def due_now(window, qtbot):
    """Have every visit of the example due, and show the page."""
    retention.save(window.laptop.store, {"visits": 0})
    window.office.show_disposal()
    page = page_of(window)
    qtbot.waitUntil(lambda: bool(page._lines))
    return page


def told(page):
    return " ".join(label.text() for label in page.findChildren(Body) if not label.isHidden())


def test_the_office_confirms_its_periods(window):
    window.office.show_retention()
    page = page_of(window)
    enter(page, "months_visits", "48")
    enter(page, "annual_report_2025-26", "2026-10-01")
    go_to(page, "save_retention")
    press(page, "save_retention")
    rules = retention.rules(window.laptop.store)
    assert rules.months["visits"] == 48
    assert rules.confirmed == {each.name for each in retention.CLASSES}
    assert rules.reports["annual_report"]["2025-26"].isoformat() == "2026-10-01"


def test_a_period_that_is_no_number_is_told_and_not_saved(window):
    window.office.show_retention()
    page = page_of(window)
    enter(page, "months_visits", "soon")
    press(page, "save_retention")
    assert "whole number" in page.made.text()
    assert retention.rules(window.laptop.store).confirmed == frozenset()


def test_nothing_goes_unless_the_order_is_given_in_words(window, qtbot):
    page = due_now(window, qtbot)
    count = len(list(window.laptop.store.records("visit")))
    enter(page, "disposal_reason", "old enough")
    press(page, "dispose")
    assert "Nothing was disposed of" in page.made.text()
    press(page, "leave_out")
    kept = next(iter(page._left_out))
    page.findChild(QWidget, "stays_because").setText("still read")
    enter(page, "disposal_words", page.phrase)
    press(page, "dispose")
    qtbot.waitUntil(lambda: "Certificate D-" in page.made.text(), timeout=20000)
    store = window.laptop.store
    (made,) = certificate.every(store)
    assert made.kept == ({"reference": kept, "reason": "still read"},)
    assert len(list(store.records("visit"))) == count
    reduced = [record for record in store.records("visit") if "disposed" in record.body]
    assert len(reduced) == sum(each["kind"] == "visit" for each in made.references)
    held = store.current("visit", kept) or store.current("slot", kept)
    assert held is not None
    assert "disposed" not in held.body


def test_the_reason_of_one_record_stays_when_another_is_left_out(window, qtbot):
    page = due_now(window, qtbot)
    for words in ("still read", "a complaint"):
        press(page, "leave_out")
        page._left_out[list(page._left_out)[-1]].setText(words)
        QTest.qWait(20)
    typed = page.typed()
    assert [box.text() for box in page._left_out.values()] == ["still read", "a complaint"]
    page.take_in(next(iter(page._left_out)))
    QTest.qWait(20)
    page.put_typed(typed)
    assert sorted(box.text() for box in page._left_out.values()) == ["a complaint", "still read"]
    assert len([box for box in page.findChildren(QWidget, "stays_because") if box.isVisibleTo(page)]) == 2


def test_a_certificate_is_saved_as_a_pdf_and_what_is_destroyed_is_ticked_off(window, qtbot, tmp_path, monkeypatch):
    window.laptop.export_folder(tmp_path / "out")
    page = due_now(window, qtbot)
    enter(page, "disposal_reason", "old enough")
    enter(page, "disposal_words", page.phrase)
    press(page, "dispose")
    qtbot.waitUntil(lambda: bool(page.findChildren(QPushButton, "save_certificate")), timeout=20000)
    monkeypatch.setattr("ui.widgets.messages.choose_new_file", lambda *_: str(tmp_path / "c.pdf"))
    press(page, "save_certificate")
    qtbot.waitUntil(lambda: (tmp_path / "c.pdf").exists(), timeout=20000)
    qtbot.waitUntil(lambda: "Written" in page.made.text())
    press(page, "destroyed")
    (made,) = certificate.every(window.laptop.store)
    assert not made.outstanding


def test_a_hold_is_made_and_lifted(window, monkeypatch):
    window.office.show_holds()
    page = page_of(window)
    assert "Nothing is on hold" in told(page)
    page.site.setCurrentIndex(page.site.findData("euston-street"))
    press(page, "make_hold")
    assert "Choose why" in page.made.text()
    page.reasons["complaint"].click()
    enter(page, "hold_first", "some day")
    press(page, "make_hold")
    assert "Enter a date, like" in page.made.text()
    enter(page, "hold_first", "2025-01-01")
    press(page, "make_hold")
    (hold,) = holds.read(window.laptop.store.connection)
    assert (hold.site, hold.reason) == ("euston-street", "complaint")
    monkeypatch.setattr("ui.widgets.messages.ask", lambda *_, **__: True)
    press(page, "lift_hold")
    assert holds.read(window.laptop.store.connection)[0].lifted
