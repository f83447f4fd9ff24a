"""The application dressed once, and form pages made from small forms."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from forms import reader
from forms.draft import Draft
from forms.form import Choice, Form, Place
from icv_app.clock import LONDON
from icv_app.errors import Unavailable
from icv_app.records.past import Past
from ui.form_filling.form_page import FormPage
from ui.main_window import MainWindow
from ui.widgets import focus_ring, theme

START = datetime(2026, 11, 22, 14, 2, 31, tzinfo=LONDON)

SMALL = """
[settings]
form_title = "Small visit"
form_id = "small"
version = "1"
[[choices]]
list_name = "yn"
name = "yes"
label = "Yes"
[[choices]]
list_name = "yn"
name = "no"
label = "No"
[[choices]]
list_name = "long"
name = "a"
label = "A very long choice that says a good deal about what happened"
[[choices]]
list_name = "long"
name = "b"
label = "Another very long choice that says a good deal about something else"
[[choices]]
list_name = "many"
name = "one"
label = "First"
[[choices]]
list_name = "many"
name = "two"
label = "Second"
[[choices]]
list_name = "many"
name = "three"
label = "Third"
[[choices]]
list_name = "many"
name = "four"
label = "Fourth"
[[choices]]
list_name = "many"
name = "five"
label = "Fifth"
[[choices]]
list_name = "many"
name = "six"
label = "Sixth"
[[choices]]
list_name = "many"
name = "seven"
label = "Seventh"
[[choices]]
list_name = "many"
name = "eight"
label = "Eighth"
[[survey]]
type = "begin_group"
name = "arriving"
label = "Arriving"
[[survey]]
type = "date"
name = "day"
label = "What day was it?"
hint = "For example, 3/4/26"
required = "yes"
required_message = "Enter the day of the visit"
[[survey]]
type = "time"
name = "arrived"
label = "When did you arrive?"
[[survey]]
type = "time"
name = "admitted"
label = "When were you let in?"
[[survey]]
type = "calculate"
name = "wait"
calculation = "(decimal-time(${admitted}) - decimal-time(${arrived})) * 1440"
[[survey]]
type = "text"
name = "delay_reason"
label = "Why did you wait?"
relevant = "${wait} > 10.5"
required = "yes"
[[survey]]
type = "note"
name = "thanks"
label = "Ask for the custody sergeant."
[[survey]]
type = "end_group"
[[survey]]
type = "begin_group"
name = "inside"
label = "Inside"
[[survey]]
type = "select_one yn"
name = "female_staff"
label = "Was a female member of staff on duty?"
required = "yes"
[[survey]]
type = "select_one long"
name = "tale"
label = "What happened then, as well as you can remember it now?"
[[survey]]
type = "select_one many"
name = "place"
label = "Which one was it?"
[[survey]]
type = "select_multiple yn"
name = "ticks"
label = "Which of these?"
[[survey]]
type = "integer"
name = "held"
label = "How many people were held?"
constraint = ". < 100"
constraint_message = "There cannot be a hundred people"
[[survey]]
type = "begin_group"
name = "more"
label = "More about it"
[[survey]]
type = "text"
name = "remarks"
label = "What else?"
appearance = "multiline"
[[survey]]
type = "text"
name = "fixed"
label = "What the office wrote"
readonly = "yes"
default = "Nothing"
[[survey]]
type = "integer"
name = "double"
label = "Twice as many"
calculation = "${held} * 2"
readonly = "yes"
[[survey]]
type = "end_group"
[[survey]]
type = "end_group"
[[survey]]
type = "begin_repeat"
name = "people"
label = "Person in ${cell}"
[[survey]]
type = "text"
name = "cell"
label = "Which cell?"
required = "yes"
[[survey]]
type = "select_one yn"
name = "spoke"
label = "Did they speak to you?"
[[survey]]
type = "text"
name = "why_not"
label = "Why not?"
relevant = "${spoke} = 'no'"
[[survey]]
type = "end_repeat"
"""


@dataclass
class Disk:
    """Stands for the laptop's disk: what was kept last, and whether it is full."""

    draft: Draft
    full: bool = False
    kept: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def keep(self) -> datetime:
        if self.full:
            raise Unavailable("disk_full", "The disk of this laptop is full.")
        self.kept.append(self.draft.answers())
        return START + timedelta(seconds=len(self.kept) - 1)

    def submit(self, reason: str = "") -> str:
        if self.full:
            raise Unavailable("disk_full", "The disk of this laptop is full.")
        self.sent.append(self.draft.finished())
        self.reasons.append(reason)
        return "CV-2026-000001"


class Desk:
    """A page on the screen with its disk, worked by keys."""

    def __init__(self, qtbot: QtBot, page: FormPage, disk: Disk) -> None:
        self.qtbot, self.page, self.disk, self.draft = qtbot, page, disk, page.draft

    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def type(self, text: str) -> None:
        for letter in text:
            self.qtbot.keyClicks(self.focus(), letter)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.focus(), key, modifier)

    def tab(self, times: int = 1) -> None:
        for _ in range(times):
            self.press(Qt.Key.Key_Tab)

    def go(self, name: str, repeat: str = "", row: str = "") -> QWidget:
        self.page.go_to(Place(name, repeat, row))
        return self.focus()

    def find(self, name: str) -> Any:
        found = self.page.findChild(QWidget, name)
        assert found is not None, name
        return found

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    theme.apply(qapp, dark=False, scale=1.0)
    focus_ring.install(qapp)
    return qapp


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what screen readers are told aloud."""
    told: list[str] = []
    send = QAccessible.updateAccessibility

    def listen(event: Any) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            told.append(event.message())
        send(event)

    monkeypatch.setattr(QAccessible, "updateAccessibility", listen)
    return told


OpenForm = Callable[..., Desk]


@pytest.fixture
def open_form(qtbot: QtBot, dressed: QApplication) -> OpenForm:
    """Open a form page: of the small form, or of `form`; with the answers of an earlier day."""

    def open_one(
        answers: dict[str, Any] | None = None,
        *,
        form: str | Form = "",
        size: tuple[int, int] = (1366, 700),
        pause: int = 20,
        corrects: str = "",
        past: Callable[[str], Past | None] | None = None,
    ) -> Desk:
        lists = {
            "sites": (Choice(name="EUS", labels={"": "Euston Street"}, extra={"kind": "custody_suite"}),),
            "visitors": tuple(
                Choice(name=who, labels={"": who}, extra={"roles": "icv", "status": "active"})
                for who in ("ICV01", "ICV02")
            ),
            "slots": (),
            "sessions": (),
        }
        if not isinstance(form, Form):
            form = reader.load(form) if form else reader.read(SMALL, name="small")
        draft = Draft(form, answers, clock=lambda: START, lists=lists)
        disk = Disk(draft)
        page = FormPage(
            draft, keep=disk.keep, submit=disk.submit, tell=str, corrects=corrects, past=past, debounce_ms=pause
        )
        qtbot.addWidget(page)
        page.resize(*size)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.setFocus()
        return Desk(qtbot, page, disk)

    return open_one


@pytest.fixture
def open_window(qtbot: QtBot, dressed: QApplication) -> Iterator[Callable[[Path], MainWindow]]:
    """Open the main window on the profile in a folder; it is closed with the test."""
    windows = []

    def opened(folder: Path) -> MainWindow:
        window = MainWindow(folder)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield opened
    for window in windows:
        window.close()
