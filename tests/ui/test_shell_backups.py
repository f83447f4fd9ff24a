"""Backups in the window, by keys: the warning that comes and goes, the page, a second place, and restoring."""

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from icv_app.backups import backup_places
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from ui.widgets import messages
from ui.widgets.text import Body

PASSPHRASE = "three plain words"


def pause(milliseconds=10):
    """Let the worker have its turn as well: QTest.qWait would not."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(holds):
    for _ in range(500):
        if holds():
            return
        pause()
    raise AssertionError("it did not come")


@pytest.fixture
def folder(tmp_path):
    with Laptop.start(
        tmp_path / "a", scheme="Northshire", person="ICV01", role="visitor", passphrase=PASSPHRASE,
        strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        laptop.store.save("visit", "CV-1", {"form": "custody_visit", "notes": "as it was"})
    return tmp_path / "a"


@pytest.fixture
def window(open_window, folder):
    shown = open_window(folder)
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert shown.desk is not None
    return shown


@pytest.fixture
def stick(window, tmp_path):
    place = tmp_path / "stick"
    place.mkdir()
    backup_places.set_second_place(window.laptop.profile, place)
    round_of(window)
    return place


def round_of(window, **options):
    done = []
    window.backups.look(then=lambda: done.append(True), **options)
    until(lambda: done)


def pull(stick, to):
    stick.rename(to)
    return to


def shown_page(window):
    return window.desk._stack.currentWidget()


def go_to(page, name):
    until(lambda: page.findChild(QWidget, name) is not None and page.findChild(QWidget, name).isVisible())
    found = page.findChild(QWidget, name)
    for _ in range(60):
        if QApplication.focusWidget() is found:
            return found
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {name}")


def press(page, name):
    QTest.keyClick(go_to(page, name), Qt.Key.Key_Return)


def said(page):
    return "\n".join(each.text() for each in page.findChildren(Body) if each.isVisible())


def test_a_backup_is_made_soon_after_opening_and_nothing_is_said(window, folder):
    assert window.backups._timer.isActive()
    window.backups._tick()
    until(lambda: list((folder / "backups").glob("*.icvbackup")))
    round_of(window)
    assert not window.desk.home.backups.isVisible()


def test_a_warning_stands_on_the_home_page_while_the_stick_is_away_and_goes_with_the_next_backup(
    window, stick, tmp_path, spoken
):
    pulled = pull(stick, tmp_path / "pulled")
    round_of(window, always=True)
    words = window.desk.home.backups.words.text()
    assert window.desk.home.backups.isVisible()
    assert str(stick) in words
    assert "The last good one there is of" in words
    assert words in spoken
    window.desk.saved.emit()  # a report is saved as usual, and the warning stays
    assert window.desk.home.backups.isVisible()
    pulled.rename(stick)
    round_of(window, always=True)
    assert not window.desk.home.backups.isVisible()


def test_the_warning_leads_to_the_page_by_keys_and_escape_leads_back(window, stick, tmp_path):
    pull(stick, tmp_path / "pulled")
    round_of(window, always=True)
    press(window.desk.home, "see_backups")
    page = shown_page(window)
    until(lambda: "in the second place, not there now" in said(page))
    assert str(stick) in page.findChild(Body, "backups_warning").text()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert shown_page(window) is window.desk.home


def test_make_one_now_makes_one_and_says_so(window, folder):
    window.backups.show()
    page = shown_page(window)
    press(page, "backup_now")
    until(lambda: "read back and checked" in said(page))
    until(lambda: "on this laptop" in said(page))
    assert len(list((folder / "backups").glob("*.icvbackup"))) == 1


def test_a_second_place_is_chosen_gets_a_backup_at_once_and_is_given_up_again(window, tmp_path, monkeypatch):
    place = tmp_path / "stick"
    place.mkdir()
    monkeypatch.setattr(messages, "choose_folder", lambda *_: str(place))
    window.backups.show()
    page = shown_page(window)
    press(page, "choose_second")
    until(lambda: list(place.glob("*.icvbackup")))
    until(lambda: str(place) in page.second.text())
    press(page, "no_second")
    until(lambda: page.second.text().startswith("None."))


def test_a_second_place_inside_the_laptops_own_data_is_refused(window, folder, monkeypatch):
    monkeypatch.setattr(messages, "choose_folder", lambda *_: str(folder))
    window.backups.show()
    press(shown_page(window), "choose_second")
    assert "part of this laptop's data" in said(shown_page(window))


def test_a_backup_is_restored_after_its_preview_was_shown_and_asked(window, folder, monkeypatch):
    round_of(window)
    window.laptop.store.save("visit", "CV-2", {"form": "custody_visit", "notes": "new since"})
    asked, told = [], []
    monkeypatch.setattr(messages, "ask", lambda _parent, question, **_: asked.append(question) or True)
    monkeypatch.setattr(messages, "tell", lambda _parent, words: told.append(words))
    window.backups.show()
    press(shown_page(window), "restore_this")
    page = shown_page(window)
    QTest.keyClicks(go_to(page, "backup_passphrase"), PASSPHRASE)
    press(page, "look_into")
    until(lambda: page.form.go.isVisible())
    assert "It would take away: 1 report." in said(page)
    assert "(CV-2)" in said(page)
    assert not asked
    press(page, "restore_go")
    until(lambda: told)
    assert len(asked) == 1
    assert "is kept in" in told[0]
    assert window.desk is None
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [record.key for record in window.laptop.store.records("visit")] == ["CV-1"]
    assert list((folder / "backups").glob("before-restore-*"))


def test_a_wrong_passphrase_of_a_backup_is_said_and_changes_nothing(window, folder, spoken):
    round_of(window)
    window.backups.show_restore(str(next((folder / "backups").iterdir())))
    page = shown_page(window)
    QTest.keyClicks(go_to(page, "backup_passphrase"), "another passphrase")
    press(page, "look_into")
    until(lambda: page.form.problem.isVisible())
    assert "not the passphrase of this backup" in page.form.problem.text()
    assert page.form.problem.text() in spoken
    assert not page.form.go.isVisible()


def test_leaving_the_page_removes_what_was_unpacked(window, folder):
    round_of(window)
    window.backups.show_restore(str(next((folder / "backups").iterdir())))
    page = shown_page(window)
    QTest.keyClicks(go_to(page, "backup_passphrase"), PASSPHRASE)
    press(page, "look_into")
    until(lambda: page.form.go.isVisible())
    assert list(folder.glob("replacement-*"))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    until(lambda: not list(folder.glob("replacement-*")))


def test_a_new_laptop_is_made_from_a_backup_on_the_first_page(window, folder, open_window, tmp_path):
    round_of(window)
    (file,) = (folder / "backups").iterdir()
    fresh = open_window(tmp_path / "new")
    press(fresh.centralWidget(), "restore_backup")
    page = fresh.centralWidget().currentWidget()
    QTest.keyClicks(go_to(page, "backup_file"), str(file))
    QTest.keyClicks(go_to(page, "backup_passphrase"), PASSPHRASE)
    press(page, "look_into")
    assert "It holds 1 report" in said(page)
    press(page, "restore_go")
    assert fresh.desk is not None
    assert [record.key for record in fresh.laptop.store.records("visit")] == ["CV-1"]


def test_locking_gives_up_a_backup_that_is_being_made(window, folder):
    window.backups.look(always=True)
    window.lock()
    assert window.backups._laptop is None
    assert not list((folder / "backups").glob("*.tmp")) if (folder / "backups").exists() else True
    Laptop.unlock(folder, PASSPHRASE).close()
