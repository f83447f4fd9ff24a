"""The page that asks for the passphrase."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from forms.translation import later, tr
from icv_app.errors import IcvError
from ui.starting.passphrase import PassphraseBox
from ui.widgets import messages
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton
from ui.widgets.page import Page
from ui.widgets.text import Body
from ui.widgets.waiting import waiting

PROMISE = later("Your reports stay locked on this laptop. They leave it only when you share them.")


class UnlockPage(Page):
    """Opens the laptop's data; `opened` carries the `Laptop`."""

    opened = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__(tr("Open your reports"), band=tr(PROMISE))
        self._folder = folder
        self._held = self._wanted = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(lambda: self._say(tr("You can try again now.")))
        self.column.addWidget(
            Body(tr("Everything on this laptop is locked. Type the passphrase that you chose for it."))
        )
        self.passphrase = PassphraseBox(tr("Passphrase"))
        self.passphrase.box.setObjectName("passphrase")
        self.passphrase.entered.connect(self.unlock)
        self.column.addWidget(self.passphrase)
        letters = QCheckBox(tr("Show the letters"))
        letters.setObjectName("show_letters")
        letters.toggled.connect(self.passphrase.show_letters)
        self.column.addWidget(letters)
        self.problem = Body("", role="error")
        self.problem.hide()
        self.column.addWidget(self.problem)
        self.button = PrimaryButton(tr("Open"))
        self.button.setObjectName("open")
        self.button.clicked.connect(self.unlock)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.passphrase.box.setFocus()

    def unlock(self) -> None:
        """Try the passphrase; a wrong one says so and changes nothing. While an exchange is ending, wait for that."""
        if self._held:
            self._wanted = True
            self._say(
                tr("The exchange with the shared file is coming to its end. Your reports open as soon as it has.")
            )
            return
        from icv_app.laptop import Laptop

        self.problem.hide()
        try:
            with waiting(self.button, tr("Opening…")):
                laptop = Laptop.unlock(self._folder, self.passphrase.text())
        except IcvError as error:
            self._say(messages.words(error), failed=True)
            if error.code != "wait":  # it may well have been the right one
                self.passphrase.clear()
            self.passphrase.box.setFocus()
            self._wait()
        else:
            self.passphrase.clear()
            self.opened.emit(laptop)

    def hold(self) -> None:
        """Open nothing until `release`: an exchange that was running when the window was locked has not ended yet."""
        self._held = True

    def release(self) -> None:
        """Open as usual from now on, and at once where that was asked for meanwhile."""
        self._held = False
        if self._wanted:
            self._wanted = False
            self.unlock()

    def _wait(self) -> None:
        """Say when the next try may be made, where there is a wait before it."""
        from icv_app.clock import Clock
        from icv_app.profiles.waits import Waits

        seconds = Waits(self._folder, Clock()).remaining()
        if seconds:
            self._again.start(seconds * 1000)

    def _say(self, words: str, *, failed: bool = False) -> None:
        self.problem.set_role("error" if failed else "strong")
        self.problem.setText(words)
        self.problem.show()
        announce(self.problem, words, urgent=failed)
