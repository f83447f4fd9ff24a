"""The first-run page on which a scheme is taken up again with a recovery sheet."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.translation import tr
from icv_app.errors import IcvError
from ui.starting.passphrase import NewPassphrase
from ui.starting.sheet_lines import SheetLines
from ui.widgets import messages, theme
from ui.widgets.announcing import announce
from ui.widgets.asked import Asked
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.page import Page
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Question
from ui.widgets.waiting import waiting


class RecoverFirst(Page):
    """`opened` carries the `Laptop`; `back` goes back to the choices."""

    opened = Signal(object)
    back = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__(tr("Take a scheme up again"))
        self._folder = folder
        self.column.addWidget(
            Body(
                tr(
                    "If the office's laptops were lost, a recovery sheet and the shared file bring the scheme back. "
                    "Type the lines as they stand on the sheet. Capitals and spaces do not matter."
                )
            )
        )
        self.lines = SheetLines()
        self.hub = Asked(
            "hub", tr("The shared file"), tr("The file of the scheme; its name ends in .icvhub."), _existing_hub
        )
        self.person = Asked("person", tr("Your reference"), tr("A code such as OFFICE1. Not a name."))
        self.role = StillBox()
        self.role.setObjectName("role")
        for code, words in (("coordinator", tr("Coordinator")), ("assurance", tr("Assurance officer"))):
            self.role.addItem(words, code)
        self.role.setAccessibleName(tr("Your role"))
        self.role.setMaximumWidth(theme.px(20))
        label = Question(tr("Your role"))
        label.setBuddy(self.role)
        self.passphrase = NewPassphrase()
        self.passphrase.entered.connect(self.go)
        self.problem = Body("", role="error")
        self.problem.hide()
        for widget in (self.lines, self.hub, self.person, label, self.role, self.passphrase, self.problem):
            self.column.addWidget(widget)
        leave = SecondaryButton(tr("Back"))
        leave.clicked.connect(self._leave)
        self.button = PrimaryButton(tr("Take it up again"))
        self.button.setObjectName("go")
        self.button.clicked.connect(self.go)
        row = QHBoxLayout()
        row.addWidget(leave)
        row.addWidget(self.button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def go(self) -> None:
        """Take the scheme up, or say what has to be mended first and go there."""
        from icv_app.encryption import office_key
        from icv_app.laptop import Laptop

        self.problem.hide()
        try:
            office_key.from_sheet(self.lines.text())
        except IcvError as error:
            self._refuse(messages.words(error))
            self.lines.to_wrong()
            return
        for box, words in (
            (self.hub.box, tr("Choose the shared file")), (self.person.box, tr("Give yourself a reference"))
        ):  # fmt: skip
            if not box.text().strip():
                self._refuse(words)
                box.setFocus()
                return
        if words := self.passphrase.problem():
            self._refuse(words)
            self.passphrase.first.box.setFocus()
            return
        try:
            with waiting(self.button, tr("Looking into the shared file…")):
                laptop = Laptop.recover(
                    self._folder, sheet=self.lines.text(), person=self.person.text(), role=self.role.currentData(),
                    hub=Path(self.hub.text()), passphrase=self.passphrase.text(),
                )  # fmt: skip
        except IcvError as error:
            self._refuse(messages.words(error))
        else:
            self.lines.clear()
            self.opened.emit(laptop)

    def _refuse(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
        self.ensureWidgetVisible(self.problem)
        announce(self.problem, words, urgent=True)

    def _leave(self) -> None:
        self.lines.clear()
        self.back.emit()


def _existing_hub(parent: QWidget) -> str:
    return messages.choose_file(parent, tr("The shared file"), tr(messages.HUB_KINDS))
