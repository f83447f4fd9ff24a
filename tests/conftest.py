"""What every test gets: no screen, no real home folder, a stop to any network, and a look at what it leaves behind."""

import os
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_ACCESSIBILITY", "1")


@pytest.fixture(autouse=True)
def _no_real_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in (
        "HOME",
        "USERPROFILE",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "LOCALAPPDATA",
        "APPDATA",
    ):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setattr(tempfile, "tempdir", str(home))  # tmp_path stands for an ordinary folder, not a temporary one
    for name in ("ICV_PASSPHRASE", "ICV_INVITE_PASSPHRASE", "ICV_NEW_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the program must not touch the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in left:
        thread.join(timeout=1)  # one that was told to end may be about to
    assert [thread.name for thread in left if thread.is_alive()] == [], "threads were left running: stop their worker"


@pytest.fixture(autouse=True)
def _no_window_left() -> Iterator[None]:
    yield
    if widgets := sys.modules.get("PySide6.QtWidgets"):  # pytest-qt has closed what qtbot was given by now
        shown = [window for window in widgets.QApplication.topLevelWidgets() if window.isVisible()]
        names = [f"{type(window).__name__} {window.objectName() or window.windowTitle()!r}" for window in shown]
        for window in shown:
            window.hide()  # so that the next test is not blamed
        assert names == [], "windows were left on the screen: give them to qtbot.addWidget"


@pytest.fixture
def shared_folder(tmp_path: Path) -> Path:
    """A folder that stands for the scheme's share."""
    folder = tmp_path / "share"
    folder.mkdir()
    return folder
