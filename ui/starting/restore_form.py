"""Restoring in two steps: which backup and its passphrase; then what it would add and lose, and whether to go ahead."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import later, tr
from ui.starting.passphrase import PassphraseBox
from ui.widgets import messages, theme
from ui.widgets.announcing import announce
from ui.widgets.asked import Asked
from ui.widgets.buttons import PrimaryButton, WarningButton
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading

KINDS = later("Backup (*.icvbackup);;All files (*)")


class RestoreForm(QWidget):
    """`look_wanted` carries the file and the passphrase; `restore_wanted` follows once the person has seen the rest."""

    look_wanted = Signal(object, str)
    restore_wanted = Signal()

    def __init__(self, file: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.file = Asked("backup_file", tr("Backup file"), tr("Its name ends in .icvbackup."), _choose)
        self.file.box.setText(file)
        self.passphrase = PassphraseBox(
            tr("The backup's passphrase"), tr("The one that was in use when the backup was made.")
        )
        self.passphrase.box.setObjectName("backup_passphrase")
        self.passphrase.entered.connect(self.look)
        self.problem = Body("", role="error")
        self.problem.setObjectName("restore_problem")
        self.button = PrimaryButton(tr("Look into it"))
        self.button.setObjectName("look_into")
        self.button.clicked.connect(self.look)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(0.4))
        self.go = WarningButton(tr("Restore this backup"))
        self.go.setObjectName("restore_go")
        self.go.clicked.connect(self.restore_wanted)
        for widget in (self.file, self.passphrase, self.problem):
            column.addWidget(widget)
        for button in (self.button, self.go):
            holder = QWidget()
            StackingLayout(holder).addWidget(button)
            column.addWidget(holder)
            if button is self.button:
                column.addLayout(self._lines)
        self.problem.hide()
        self.go.hide()

    def look(self) -> None:
        """Ask for the backup to be looked into."""
        self.forget()
        if not self.file.text():
            self.refuse(tr("Choose the backup file"))
            self.file.box.setFocus()
            return
        self.button.setEnabled(False)
        self.look_wanted.emit(Path(self.file.text()), self.passphrase.text())

    def forget(self) -> None:
        """Take away what was said of an earlier one."""
        self.problem.hide()
        self.go.hide()
        empty(self._lines)

    def refuse(self, words: str) -> None:
        """Say why the backup cannot be restored."""
        self.button.setEnabled(True)
        self.problem.setText(words)
        self.problem.show()
        announce(self.problem, words, urgent=True)
        self.passphrase.clear()
        self.passphrase.box.setFocus()

    def show_preview(self, lines: Sequence[str]) -> None:
        """Say what it would add and lose, and offer to go ahead."""
        self.button.setEnabled(True)
        for widget in (Heading(tr("What restoring it would do"), level=2), *(Body(words) for words in lines)):
            self._lines.addWidget(widget)
            widget.show()  # now: what comes next brings it into view
        self.go.show()
        self.button.setFocus()  # not on the one that replaces everything
        announce(self, " ".join(lines))
        QTimer.singleShot(0, self, self._into_view)

    def _into_view(self) -> None:
        area = self.parentWidget()
        while area is not None and not hasattr(area, "ensureWidgetVisible"):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self.go)


def _choose(parent: QWidget) -> str:
    return messages.choose_file(parent, tr("Backup file"), tr(KINDS))
