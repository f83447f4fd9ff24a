"""A visit typed at a real window by a process that will be killed: `python -m tests.journeys.killed_visit FOLDER SEED`.

Standard output tells, one JSON line each, with CLOCK_MONOTONIC nanoseconds: what the draft held after every key, and
every moment at which the screen said "Saved". Lines are written whole, so that what was told before the kill is there.
"""

import json
import os
import random
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from forms.form import Place
from icv_app.laptop import Laptop
from ui.main_window import MainWindow
from ui.widgets import focus_ring, theme

PASSPHRASE = "three plain words"
LETTERS = "abcdefghijklmnopqrstuvwxyz  "


def tell(**line):
    os.write(1, (json.dumps({"at": time.monotonic_ns(), **line}) + "\n").encode())


class Typist:
    """Types at a page: short answers, and long texts without a pause of the length that autosaving waits for."""

    def __init__(self, page, seed):
        self.page, self.draft = page, page.draft
        self.chance = random.Random(seed)
        page.autosave.told.connect(self.heard)

    def heard(self, state, _words):
        if state == "saved":
            tell(saved=self.draft.answers())

    def after(self):
        tell(typed=self.draft.answers())

    def go(self, name):
        self.page.go_to(Place(name))
        QApplication.processEvents()
        return QApplication.focusWidget()

    def write(self, name, text, pace):
        widget = self.go(name)
        assert isinstance(widget, QLineEdit | QPlainTextEdit), name
        for letter in text:
            QTest.keyClicks(widget, letter)
            self.after()
            QTest.qWait(int(pace * 1000))

    def choose(self, name, choice):
        self.page.go_to(Place(name))
        found = self.page.findChild(QWidget, f"{name}={choice}")
        assert found is not None, name
        QTest.keyClick(found, Qt.Key.Key_Space)
        self.after()

    def long_text(self, length):
        return "".join(self.chance.choice(LETTERS) for _ in range(length)).strip() or "a"

    def visit(self):
        self.draft.answer(Place("site"), "euston-street")
        self.page.filling.changed.emit(self.draft.answer(Place("visitor_2"), "ICV02"))
        self.after()
        self.write("arrived", "1840", 0.05)
        self.choose("access", "admitted_immediately")
        self.write("admitted", "1842", 0.02)
        self.write("in_custody", "7", 0.02)
        for _ in range(6):
            self.write(
                "positive_comments", self.long_text(self.chance.randint(20, 60)), self.chance.choice((0.02, 0.08))
            )
            QTest.qWait(self.chance.choice((0, 100, 500)))
            self.choose("serious_issue", self.chance.choice(("yes", "no")))


def main(folder, seed):
    app = QApplication([])
    theme.apply(app, dark=False, scale=1.0)
    focus_ring.install(app)
    window = MainWindow(Path(folder))
    window.resize(1366, 768)
    window.show()
    window.open(Laptop.unlock(Path(folder), PASSPHRASE))
    QApplication.processEvents()
    window.desk.begin("custody_visit")
    window.activateWindow()
    QTest.qWait(10)
    typist = Typist(window.desk.form_page(), int(seed))
    tell(begun=True)
    typist.visit()
    tell(done=True)
    time.sleep(60)  # to be killed: what is not on disk by now must not have been called saved


if __name__ == "__main__":
    main(*sys.argv[1:])
