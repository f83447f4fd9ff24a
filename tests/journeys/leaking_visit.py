"""A whole visit at a real window that ends in a crash: `python -m tests.journeys.leaking_visit PROFILE CHOSEN BACKUP`.

Everything that could leave a trace is done with marked words. What the person chooses to write goes into CHOSEN; the
last line of standard output tells, as JSON, every title that a window or a dialog had, and what the process was given.
"""

import json
import os
import signal
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from forms.form import Place
from icv_app import own_fault
from icv_app.backups import backup
from tests.journeys.test_keystroke_to_pdf import ANSWERS
from ui import app as application
from ui.widgets import messages

PASSPHRASE = "Kaiserschmarrn with plums"
CUSTODY_NUMBER = "ZQ/31337/26"
SITE = "Quuxborough"
SAID = "Zwetschgenknoedel"
PERSON = "ICV-Persephone"
MARKED = (PASSPHRASE, CUSTODY_NUMBER, SITE, SAID, PERSON)


def until(condition, seconds=30):
    for _ in range(seconds * 100):
        if condition():
            return
        QTest.qWait(10)
    raise TimeoutError


class Visit:
    """Does it all, and notes every title on the way."""

    def __init__(self, profile, chosen, kept):
        self.chosen, self.kept = Path(chosen), Path(kept)
        self.titles = set()
        own_fault.install()  # as the program's own start does
        self.app, self.window = application.build(["icv-app"], Path(profile))
        messages.choose_new_file = self.choose_file  # the system's own dialogs
        messages.choose_folder = self.choose_folder
        self.window.show()

    def note(self):
        QApplication.processEvents()
        self.titles |= {window.title() for window in QGuiApplication.allWindows()}
        self.titles |= {widget.windowTitle() for widget in QApplication.topLevelWidgets()}

    def choose_file(self, _parent, title, suggested, _kinds):
        self.titles |= {title, suggested}
        return str(self.chosen / "made.pdf")

    def choose_folder(self, _parent, title):
        self.titles.add(title)
        (self.chosen / "folder").mkdir()
        return str(self.chosen / "folder")

    def unlock(self):
        QTest.keyClicks(self.window.centralWidget().passphrase.box, PASSPHRASE)
        QTest.keyClick(self.window.centralWidget().passphrase.box, Qt.Key.Key_Return)
        until(lambda: self.window.desk is not None)
        self.note()

    def write(self, name, text):
        self.window.activateWindow()
        QTest.qWait(10)
        self.window.desk.form_page().go_to(Place(name))
        QTest.keyClicks(QApplication.focusWidget(), text)
        QTest.qWait(400)
        self.note()

    def send(self):
        """Fill in a report, the free text by keys, and send it."""
        self.window.desk.begin("custody_visit")
        page = self.window.desk.form_page()
        for _ in range(3):  # what an answer calls for is there in the next round
            for name, value in ANSWERS.items():
                if name != "positive_comments" and not page.draft.value(Place(name)):
                    page.draft.type_in(Place(name), value)
        self.write("positive_comments", SAID)
        page.show_check()
        self.note()
        if problems := page.draft.problems():
            sys.exit(f"cannot be sent: {problems}")
        page.send()
        until(lambda: self.window.desk.form_page() is None)

    def share(self):
        done = []
        self.window.desk.synced.connect(done.append)
        self.window.desk.share()
        until(lambda: done)
        assert done[0].verified

    def read_and_print(self):
        for name in ("Visits", "Coverage", "Summary"):
            self.window.desk.show_page(name)
            self.note()
        row = self.window.laptop.visits()[0]
        self.window.desk.read(row.key)
        self.note()
        self.window.desk.findChild(QPushButton, "save_pdf").click()
        until(lambda: (self.chosen / "made.pdf").exists())
        QTimer.singleShot(200, self.close_dialogs)
        self.window.export_folder()
        self.note()

    def close_dialogs(self):
        self.note()
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible():
                widget.close()

    def fail(self):
        """Fail in a slot, in a job, and where the window says in words what went wrong."""

        def slot():
            raise ValueError(f"{CUSTODY_NUMBER}: {SAID}")

        def job(_progress):
            return {}[SAID]

        QTimer.singleShot(0, slot)
        try:
            QTest.qWait(20)
        except ValueError as error:  # a wait in a test hands on what the application's own loop gives to the hook
            sys.excepthook(type(error), error, error.__traceback__)
        failures = []
        self.window.worker.submit(job, failures.append, failures.append)
        until(lambda: failures)
        told = messages.words(failures[0])
        assert SAID not in told

    def crash(self):
        """Type once more, tell what was noted, and die with the report open."""
        self.window.desk.begin("custody_visit")
        self.write("positive_comments", f"{SAID} {CUSTODY_NUMBER}")
        process = {"titles": sorted(self.titles), "environment": sorted(os.environ.values()), "pid": os.getpid()}
        os.write(1, json.dumps(process).encode() + b"\n")
        QEventLoop().exec() if os.name != "posix" else signal.pause()


def main(profile, chosen, kept):
    visit = Visit(profile, chosen, kept)
    visit.unlock()
    visit.send()
    visit.share()
    visit.read_and_print()
    visit.window.laptop.invite(visit.kept / "a.icvinvite", PERSON, "visitor", PASSPHRASE)
    backup.make(visit.window.laptop.profile, visit.kept / "a.icvbackup")
    visit.fail()
    visit.window.desk.begin("custody_visit")
    visit.write("positive_comments", SAID)
    visit.window.lock()
    visit.note()
    visit.unlock()
    visit.crash()


if __name__ == "__main__":
    main(*sys.argv[1:])
