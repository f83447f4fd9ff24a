"""What a crash left, the recycle bin and the way back to a draft: by keyboard, and with a process that is killed."""

import json
import os
import signal
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

import resources
from forms.form import Place
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from ui.widgets import messages
from ui.widgets.text import Body

PASSPHRASE = "three plain words"

DIES = """
import os, signal, sys
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from forms.form import Place
from icv_app.laptop import Laptop
from ui.app import build
app, window = build([], Path(sys.argv[1]))
window.resize(1366, 768)
window.show()
window.open(Laptop.unlock(Path(sys.argv[1]), "three plain words"))
app.processEvents()
if sys.argv[2] == "type":
    window.desk.begin("custody_visit")
    page = window.desk.form_page()
    page.go_to(Place("arrived"))
    QTest.keyClicks(QApplication.focusWidget(), "2130")
    page.flush()
print("|".join(each.text() for each in window.desk.findChildren(QWidget, "recovered_words")), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def office(tmp_path):
    folder = tmp_path / "office"
    with Laptop.start(
        folder, scheme="Northshire", person="ICV01", role="visitor", passphrase=PASSPHRASE, strength=Strength.LIGHT
    ) as laptop:
        laptop.import_folder(resources.path("example"))
    return folder


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def unlocked(open_window, folder):
    shown = open_window(folder)
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    press(Qt.Key.Key_Return)
    assert shown.desk is not None
    return shown


def begun(desk, form="custody_visit", arrived="2130"):
    desk.begin(form)
    page = desk.form_page()
    page.go_to(Place("arrived"))
    QTest.keyClicks(QApplication.focusWidget(), arrived)
    page.flush()
    return page


def recovered(desk):
    return [each.text() for each in desk.findChildren(Body, "recovered_words") if each.isVisible()]


def button(parent, name):
    return next(each for each in parent.findChildren(QPushButton, name) if each.isVisible())


def die(folder, how):
    done = subprocess.run(
        [sys.executable, "-c", DIES, str(folder), how], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_report_is_named_after_two_killed_programs_until_it_was_opened_and_left(open_window, office):
    assert die(office, "type") == ""
    assert "The program ended while you were working on Custody visit" in die(office, "look")
    desk = unlocked(open_window, office).desk
    (words,) = recovered(desk)
    assert "Everything up to" in words
    assert QApplication.focusWidget().objectName() == "open_recovered"
    press(Qt.Key.Key_Return)
    assert desk.form_page().draft.text(Place("arrived")) in ("21:30", "2130")
    desk.form_page().leave()
    assert recovered(desk) == []
    assert desk.laptop.paperwork.recovered() == ()
    assert len(desk.laptop.paperwork.drafts()) == 1


def crashed(open_window, office):
    """A window that opens after one that had a report in hand."""
    with Laptop.unlock(office, PASSPHRASE) as laptop:
        opened = laptop.paperwork.new_draft("custody_visit")
        opened.draft.answer(Place("site"), "euston-street")
        laptop.paperwork.keep(opened)
    return unlocked(open_window, office).desk


def test_what_was_recovered_names_the_site_the_day_and_the_second(open_window, office):
    (words,) = recovered(crashed(open_window, office))
    assert "Euston Street" in words
    assert words.split("up to ")[1].count(":") == 2


def test_later_puts_it_under_drafts_and_it_is_named_again_at_the_next_start(open_window, office):
    desk = crashed(open_window, office)
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget().objectName() == "later_recovered"
    press(Qt.Key.Key_Return)
    assert recovered(desk) == []
    assert button(desk, "resume").isVisible()
    desk.window().lock()
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    press(Qt.Key.Key_Return)
    assert len(recovered(desk.window().desk)) == 1


def test_what_was_seen_is_not_named_again(open_window, office):
    desk = crashed(open_window, office)
    button(desk, "seen_recovered").setFocus()
    press(Qt.Key.Key_Return)
    assert recovered(desk) == []
    assert desk.laptop.paperwork.recovered() == ()
    assert QApplication.focusWidget().objectName() == "resume"


@pytest.mark.parametrize("how", ["left", "locked", "closed", "turned away"])
def test_a_report_left_in_good_order_is_no_recovery(open_window, office, how):
    shown = unlocked(open_window, office)
    begun(shown.desk)
    if how == "left":
        shown.desk.form_page().leave()
    elif how == "locked":
        shown.lock()
    elif how == "closed":
        shown.close()
    else:
        press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    if shown.laptop is not None:
        shown.lock()
    with Laptop.unlock(office, PASSPHRASE) as laptop:
        assert laptop.paperwork.recovered() == ()
        assert len(laptop.paperwork.drafts()) == 1


def test_a_draft_on_a_version_that_is_not_known_says_so_and_stays(open_window, office):
    with Laptop.unlock(office, PASSPHRASE) as laptop:
        opened = laptop.paperwork.new_draft("custody_visit")
        laptop.paperwork.keep(opened)
        laptop.store.connection.execute("UPDATE draft SET form_version = '2099010101'")
    desk = unlocked(open_window, office).desk
    press(Qt.Key.Key_Return)
    assert desk.form_page() is None
    assert "2099010101" in desk.home.done.text()
    assert desk.home.done.property("role") == "error"
    assert len(desk.laptop.paperwork.recovered()) == 1


def test_a_deleted_draft_comes_back_by_the_button_that_has_the_focus(open_window, office):
    desk = unlocked(open_window, office).desk
    begun(desk).leave()
    button(desk, "delete_draft").setFocus()
    press(Qt.Key.Key_Return)
    assert desk.laptop.paperwork.drafts() == ()
    assert QApplication.focusWidget().objectName() == "take_back"
    press(Qt.Key.Key_Return)
    (draft,) = desk.laptop.paperwork.drafts()
    assert desk.laptop.store.draft(draft.draft).answers["arrived"].startswith("21:30")
    assert QApplication.focusWidget().objectName() == "resume"


def test_the_recycle_bin_puts_a_draft_back(open_window, office):
    desk = unlocked(open_window, office).desk
    begun(desk).leave()
    desk.discard(desk.laptop.paperwork.drafts()[0].draft)
    link = desk.home.bin
    assert link.text() == "Recycle bin: one draft"
    link.setFocus()
    press(Qt.Key.Key_Return)
    page = desk.findChild(QWidget, "put_back").window()
    assert "30 days" in " ".join(each.text() for each in page.findChildren(Body) if each.isVisible())
    button(desk, "put_back").setFocus()
    press(Qt.Key.Key_Return)
    assert len(desk.laptop.paperwork.drafts()) == 1
    press(Qt.Key.Key_Escape)
    assert desk.home.isVisible()
    assert not desk.home.bin.isVisible()


@pytest.mark.parametrize("sure", [True, False])
def test_only_what_was_asked_about_is_deleted_for_good(open_window, office, monkeypatch, sure):
    asked = []
    monkeypatch.setattr(messages, "ask", lambda *_, **more: asked.append(more) or sure)  # a box waits for a person
    desk = unlocked(open_window, office).desk
    begun(desk).leave()
    desk.discard(desk.laptop.paperwork.drafts()[0].draft)
    desk.show_bin()
    button(desk, "remove").setFocus()
    press(Qt.Key.Key_Return)
    assert len(asked) == 1
    assert len(desk.laptop.paperwork.binned()) == (0 if sure else 1)


def test_undo_and_redo_of_the_menu_follow_the_open_report(open_window, office):
    shown = unlocked(open_window, office)
    menus = shown.menus
    assert not menus.undo.isEnabled()
    page = begun(shown.desk)
    assert menus.undo.isEnabled()
    assert not menus.redo.isEnabled()
    before = json.dumps(page.draft.answers(), sort_keys=True)
    menus.undo.trigger()
    assert page.draft.text(Place("arrived")) == ""
    assert menus.redo.isEnabled()
    menus.redo.trigger()
    assert json.dumps(page.draft.answers(), sort_keys=True) == before
    page.leave()
    assert not menus.undo.isEnabled()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let go of an open file")
def test_a_lost_folder_keeps_the_text_on_the_screen_and_saves_it_when_it_is_back(open_window, office, qtbot):
    page = begun(unlocked(open_window, office).desk)
    office.rename(office.with_name("elsewhere"))
    page.go_to(Place("positive_comments"))
    QTest.keyClicks(QApplication.focusWidget(), "Calm and clean")
    assert not page.flush()
    assert page.autosave.words.startswith("NOT saved.")
    assert "put the folder back" in page.autosave.words
    assert page.draft.text(Place("positive_comments")) == "Calm and clean"
    office.with_name("elsewhere").rename(office)
    page.header.retry.click()
    assert page.autosave.state == "saved"
