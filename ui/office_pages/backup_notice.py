"""What keeps a backup from being made, at the top of the home page, with the way to the page of backups."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import tr
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import SecondaryButton
from ui.widgets.text import Body


class BackupNotice(QWidget):
    """Hidden while all is well. It stays until a backup succeeds: it cannot be clicked away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.5))
        self.words = Body("", role="warn")
        self.words.setObjectName("backup_warning")
        self.button = SecondaryButton(tr("Backups…"))
        self.button.setObjectName("see_backups")
        self.button.clicked.connect(self._press)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._action: Callable[[], object] | None = None
        self.hide()

    def show_words(self, why: str, action: Callable[[], object]) -> None:
        """Say `why` there is no backup ("": nothing is wrong); new words are said aloud. `action` leads to the page."""
        self._action = action
        words = tr("A backup is missing. {why} Your reports are saved as usual.", why=why) if why else ""
        if words and words != self.words.text():
            announce(self, words, urgent=True)
        self.words.setText(words)
        self.setVisible(bool(words))

    def _press(self) -> None:
        if self._action is not None:
            self._action()
