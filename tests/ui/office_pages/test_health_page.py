"""The page on the shared file and the laptops, and the trial of a folder when the shared file is chosen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from ui.widgets import messages
from ui.widgets.text import Body

PASSPHRASE = "three plain words"


@pytest.fixture
def hub(tmp_path):
    (tmp_path / "share").mkdir()
    return tmp_path / "share" / "northshire.icvhub"


@pytest.fixture
def window(open_window, tmp_path, hub):
    with Laptop.start(
        tmp_path / "office", scheme="Northshire", person="OFFICE1", role="coordinator", passphrase=PASSPHRASE,
        strength=Strength.LIGHT, hub=hub,
    ) as laptop:  # fmt: skip
        laptop.sync()
    shown = open_window(tmp_path / "office")
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert shown.desk is not None
    return shown


def opened(qtbot, window):
    """Open the page by the menu, and wait for what it shows."""
    action = next(each for each in window.findChildren(QAction) if "laptops" in each.text())
    assert action.isEnabled()
    action.trigger()
    return settled(qtbot, window)


def settled(qtbot, window):
    verdict = window.desk.findChild(Body, "verdict")
    qtbot.waitUntil(lambda: "…" not in verdict.text())
    return window.desk._stack.currentWidget()


def words_on(page):
    return "\n".join(each.text() for each in page.findChildren(Body) if each.isVisible())


def test_the_office_reads_how_everything_is_and_aloud_too(qtbot, window, spoken):
    page = opened(qtbot, window)
    assert page.verdict.text() == "Everything is in order."
    assert "Everything is in order." in spoken
    assert page.devices.item(0, 0).text() == "OFFICE1 (this laptop)"
    assert page.devices.item(0, 2).data(Qt.ItemDataRole.AccessibleTextRole).startswith("What is known of it: ")
    assert "renewed" in words_on(page)
    assert not page.remake.isVisible()
    assert not page.aside.isVisible()


def test_a_damaged_file_is_listed_after_the_next_look(qtbot, window, hub):
    page = opened(qtbot, window)
    hub.with_name(f"{hub.name}.0123.bad").write_bytes(b"garbage")
    page.look()
    qtbot.waitUntil(lambda: page.aside.isVisible())
    assert "bad" in page.aside.item(0, 0).text()
    qtbot.waitUntil(lambda: "Note: Damaged and put aside" in words_on(page))


def test_the_page_is_read_again_after_an_exchange(qtbot, window, hub):
    page = opened(qtbot, window)
    hub.with_name("northshire copy.icvhub").write_bytes(b"somebody's")
    with qtbot.waitSignal(window.desk.synced):
        window.desk.share()
    qtbot.waitUntil(lambda: "left alone: northshire copy.icvhub" in words_on(page))


def test_a_broken_shared_file_is_made_again_at_a_press_and_the_old_one_is_kept(qtbot, window, hub, monkeypatch):
    hub.write_bytes(b"broken")
    page = opened(qtbot, window)
    assert page.remake.isVisible()
    monkeypatch.setattr(messages, "ask", lambda *_, **__: False)
    qtbot.mouseClick(page.remake, Qt.MouseButton.LeftButton)
    assert hub.read_bytes() == b"broken"
    monkeypatch.setattr(messages, "ask", lambda *_, **__: True)
    qtbot.mouseClick(page.remake, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.remake.isVisible())
    (kept,) = hub.parent.glob("*.bad")
    assert kept.read_bytes() == b"broken"
    assert kept.name in page.made.text()
    assert hub.stat().st_size > 6


def test_a_share_that_is_away_is_said_on_the_page(qtbot, window, hub):
    hub.parent.rename(hub.parent.with_name("unplugged"))
    page = opened(qtbot, window)
    qtbot.waitUntil(lambda: "To do: The shared folder is not there" in words_on(page))


def test_a_folder_is_tried_before_the_shared_file_is_chosen_there(qtbot, window, tmp_path, monkeypatch):
    folder = tmp_path / "OneDrive - Northshire"
    folder.mkdir()
    monkeypatch.setattr(messages, "choose_hub", lambda *_: folder / "new.icvhub")
    window.choose_hub()
    page = settled(qtbot, window)
    assert page.verdict.text() == "This folder can be used. Please read the notes."
    qtbot.waitUntil(lambda: "Always keep on this device" in words_on(page))
    assert window.laptop.hub == folder / "new.icvhub"
    assert list(folder.iterdir()) == []
    assert QApplication.focusWidget() is page.share


def test_a_folder_that_cannot_be_used_is_not_taken(qtbot, window, hub, tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "choose_hub", lambda *_: tmp_path / "none" / "new.icvhub")
    window.choose_hub()
    page = settled(qtbot, window)
    qtbot.waitUntil(lambda: "Nothing was changed." in words_on(page))
    assert window.laptop.hub == hub
    assert QApplication.focusWidget() is page.findChild(QWidget, "other_place")


def test_leaving_the_page_before_it_has_looked_is_no_trouble(qtbot, window):
    window.office.show_health()
    window.desk.go_home()
    qtbot.waitUntil(window.desk.home.status.button.isEnabled)
    with qtbot.waitSignal(window.desk.synced):
        window.desk.share()
