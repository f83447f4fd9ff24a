"""Follow-up in the window, by keys: the list and its views, a thread to its end, and the list for the police."""

import json
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from icv_app.clock import Clock
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from tests.laptops import PASSPHRASE
from ui.follow_up.issue_page import IssuePage
from ui.follow_up.issue_sending_page import IssueSendingPage
from ui.widgets import messages
from ui.widgets.text import Body
from ui.widgets.text_box import LongBox


def put(laptop, key, day="2026-11-02", site="EUS", **more):
    body = {
        "issue": key, "visit": key.rpartition("-")[0], "kind": "issue", "theme": "hygiene", "severity": "minor",
        "text": "No towels", "status": "open", "site": site, "form": "custody_visit", "date": day, "source": "issues/1",
    }  # fmt: skip
    laptop.store.save("issue", key, {**body, **more})


@pytest.fixture
def window(open_window, tmp_path):
    noon = Clock(lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))
    with Laptop.start(
        tmp_path / "office", scheme="Northshire", person="OFFICE1", role="coordinator", passphrase=PASSPHRASE,
        strength=Strength.LIGHT, clock=noon,
    ) as laptop:  # fmt: skip
        for site, name in (("EUS", "Euston Street"), ("KEY", "Keyham Lane")):
            laptop.store.save("site", site, {"site": site, "name": name, "kind": "custody_suite"})
        put(laptop, "CV-1-1")
        put(laptop, "CV-2-1", day="2026-11-09")
        put(laptop, "CV-3-1", site="KEY", kind="positive_comment", severity="praise", text="A patient sergeant")
        put(laptop, "CV-4-1", status="with_police", sent_on="2026-11-03", due_on="2026-11-17", theme="staffing")
    shown = open_window(tmp_path / "office")
    shown.open(Laptop.unlock(tmp_path / "office", PASSPHRASE, clock=noon))
    shown.desk.show_page("Follow-up")
    return shown


def page_of(window):
    return window.desk._stack.currentWidget()


def body(window, key):
    return window.laptop.store.current("issue", key).body


def words_of(page):
    return [each.text() for each in page.findChildren(Body) if each.isVisible()]


def press(page, name):
    button = [each for each in page.findChildren(QPushButton, name) if not each.isHidden()][-1]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    QApplication.processEvents()


def type_in(page, name, text):
    box = page.form.findChild(QWidget, name)
    box.setFocus()
    QTest.keyClicks(box, text)


def choose(page, name, code):
    box = page.form.findChild(QWidget, name)
    box.setCurrentIndex(box.findData(code))


def keys(page):
    return list(page.table._keys)


def test_the_list_has_views_sites_and_counts(window):
    page = page_of(window)
    assert page.summary.text() == "3 still open, 1 answer overdue, 3 not sent yet"
    assert keys(page) == ["CV-4-1", "CV-1-1", "CV-2-1"], "what is overdue comes first"
    page.view.setCurrentIndex(page.view.findData("praise"))
    assert keys(page) == ["CV-3-1"]
    page.view.setCurrentIndex(page.view.findData("all"))
    page.site.setCurrentIndex(page.site.findData("KEY"))
    assert keys(page) == ["CV-3-1"]
    page.view.setCurrentIndex(page.view.findData("closed"))
    assert keys(page) == []
    assert "There is nothing here." in page.table._nothing.text()


def test_a_line_tells_what_where_when_and_how_it_stands_in_words(window):
    table = page_of(window).table.table
    cells = [table.item(0, column).text().replace("\u200b", "") for column in range(3)]
    assert cells == [
        "Staffing\nNo towels", "Euston Street\n2 November 2026\n20 days ago",
        "With the police\nAnswer overdue since 17 November 2026, by 3 working days",
    ]  # fmt: skip


def test_an_issue_is_opened_and_pursued_to_its_end_by_keys(window):
    table = page_of(window).table.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    page = page_of(window)
    assert isinstance(page, IssuePage)
    assert page.found.line.key == "CV-1-1"
    press(page, "step_send")
    assert page.form.findChild(QWidget, "ask_to").currentData() == "custody_inspector", "as the site is a suite"
    type_in(page, "ask_on", "6/11/26")
    press(page, "save_step")
    assert body(window, "CV-1-1")["due_on"] == "2026-11-20"
    assert "overdue" in page.stands.text()
    press(page, "step_respond")
    press(page, "save_step")
    assert "Choose an answer" in page.form.problem.text()
    choose(page, "ask_accepted", "yes")
    press(page, "save_step")
    assert "Enter the answer" in page.form.problem.text()
    type_in(page, "ask_response", "Towels are ordered")
    press(page, "save_step")
    assert body(window, "CV-1-1")["status"] == "responded"
    press(page, "step_close")
    choose(page, "ask_outcome", "resolved")
    press(page, "save_step")
    assert "Still missing: what was done and the day on which the visitors were told" in page.form.problem.text()
    type_in(page, "ask_done", "Fifty towels came")
    type_in(page, "ask_told_on", "22/11/26")
    press(page, "save_step")
    assert body(window, "CV-1-1")["status"] == "closed"
    assert page.made.text() == "It is closed."
    assert "Fifty towels came" in page.history.item(3, 2).text()
    QTest.keyClick(page.back, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert "CV-1-1" not in keys(page_of(window))


def test_words_that_may_tell_who_somebody_is_are_saved_only_once_looked_at(window):
    page_of(window).opened.emit("CV-1-1")
    page = page_of(window)
    press(page, "step_do")
    type_in(page, "ask_done", "Rang 07700 900123")
    press(page, "save_step")
    assert "done" not in body(window, "CV-1-1")
    assert not page.form.looked.isHidden()
    page.form.looked.setChecked(True)
    assert page.form.was_looked_at()
    box = next(each for _, each in page.form.boxes.values() if isinstance(each, LongBox))
    words = box.toPlainText()
    box.setPlainText(f"{words} And Mr Peter Walker.")
    assert not page.form.was_looked_at(), "the tick holds for the words that were pointed at"
    box.setPlainText(words)
    page.form.looked.setChecked(True)
    press(page, "save_step")
    assert body(window, "CV-1-1")["done"] == "Rang 07700 900123"


def test_what_changed_meanwhile_is_told_and_what_was_typed_stays(window):
    page_of(window).opened.emit("CV-1-1")
    page = page_of(window)
    press(page, "step_do")
    type_in(page, "ask_done", "Fifty towels came")
    put(window.laptop, "CV-1-1", text="No soap")
    press(page, "save_step")
    assert "has changed since you opened it" in page.form.problem.text()
    assert page.form.findChild(QWidget, "ask_done").toPlainText() == "Fifty towels came"
    assert "done" not in body(window, "CV-1-1")


def test_a_repeat_is_linked_with_one_key(window):
    page_of(window).opened.emit("CV-2-1")
    page = page_of(window)
    press(page, "link_CV-1-1")
    assert body(window, "CV-2-1")["repeat_of"] == "CV-1-1"
    press(page, "look_CV-1-1")
    assert page_of(window).found.line.key == "CV-1-1"


def test_cancel_puts_the_form_away_and_saves_nothing(window):
    page_of(window).opened.emit("CV-1-1")
    page = page_of(window)
    before = body(window, "CV-1-1")
    press(page, "step_do")
    type_in(page, "ask_done", "x")
    press(page, "cancel_step")
    assert page.form is None
    assert body(window, "CV-1-1") == before


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_list_is_written_and_then_marked(window, qtbot, tmp_path, monkeypatch, ending):
    press(page_of(window), "send_list")
    page = page_of(window)
    assert isinstance(page, IssueSendingPage)
    assert [item.key for item in page.list.items] == ["CV-1-1", "CV-2-1", "CV-3-1"]
    offered = []
    path = tmp_path / f"list.{ending}"
    monkeypatch.setattr(messages, "choose_new_file", lambda _p, _t, name, _k: offered.append(name) or str(path))
    press(page, f"make_{ending}")
    qtbot.waitUntil(lambda: "Written" in page.made.text(), timeout=8000)
    assert offered == [f"OFFICIAL-SENSITIVE List 2026-11-22 custody inspector 1.{ending}"]
    assert path.read_bytes()[:2] in (b"%P", b"PK")
    assert {body(window, key)["status"] for key in ("CV-1-1", "CV-2-1", "CV-3-1")} == {"with_police"}
    assert page.list is None
    assert page.findChild(QWidget, "sent_lists").item(0, 3).text() == "3"


def test_nothing_is_marked_where_the_person_thinks_better_of_it_or_the_file_cannot_be_written(
    window, qtbot, tmp_path, monkeypatch
):
    press(page_of(window), "send_list")
    page = page_of(window)
    before = json.dumps([body(window, f"CV-{number}-1") for number in range(1, 5)])
    monkeypatch.setattr(messages, "choose_new_file", lambda *_: "")
    press(page, "make_pdf")
    monkeypatch.setattr(messages, "choose_new_file", lambda *_: str(tmp_path / "gone" / "list.pdf"))
    press(page, "make_pdf")
    qtbot.waitUntil(lambda: "could not be written" in page.made.text(), timeout=8000)
    assert json.dumps([body(window, f"CV-{number}-1") for number in range(1, 5)]) == before
    assert page.list is not None
    assert all(button.isEnabled() for button in page.buttons)


def test_only_the_sites_that_are_ticked_are_in_the_list(window):
    press(page_of(window), "send_list")
    page = page_of(window)
    assert "For the custody inspector. Answers are due by 4 December 2026." in words_of(page)
    QTest.keyClick(page.ticks["EUS"], Qt.Key.Key_Space)
    assert [item.key for item in page.list.items] == ["CV-3-1"]
    assert "For the custody inspector. There is only praise to be passed on." in words_of(page)
    QTest.keyClick(page.ticks["KEY"], Qt.Key.Key_Space)
    assert page.list is None
    assert page.buttons[0].isHidden()
