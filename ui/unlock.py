"""The page that asks for the passphrase."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from forms.translation import later, tr
from icv_app.errors import IcvError
from ui import messages
from ui.announcing import announce
from ui.buttons import PrimaryButton
from ui.page import Page
from ui.passphrase import PassphraseBox
from ui.text import Body
from ui.waiting import waiting

PROMISE = later("Your reports stay locked on this laptop. They leave it only when you share them.")


class UnlockPage(Page):
    """Opens the laptop's data; `opened` carries the `Laptop`."""

    opened = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__(tr("Open your reports"), band=tr(PROMISE))
        self._folder = folder
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
        """Try the passphrase; a wrong one says so and changes nothing."""
        from icv_app.laptop import Laptop

        self.problem.hide()
        try:
            with waiting(self.button, tr("Opening…")):
                laptop = Laptop.unlock(self._folder, self.passphrase.text())
        except IcvError as error:
            self.problem.setText(messages.words(error))
            self.problem.show()
            announce(self.problem, self.problem.text(), urgent=True)
            self.passphrase.clear()
            self.passphrase.box.setFocus()
        else:
            self.passphrase.clear()
            self.opened.emit(laptop)
