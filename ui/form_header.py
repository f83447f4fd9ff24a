"""The strip above the form: which report this is, whether it is saved, help and the way out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from ui import theme
from ui.announcing import announce
from ui.buttons import SecondaryButton
from ui.text import Body, Role

_ROLES: dict[str, Role] = {"untouched": "hint", "saving": "hint", "saved": "good", "failed": "error"}


class FormHeader(QFrame):
    """`help_wanted`, `leave_wanted` and `retry_wanted` are its buttons."""

    help_wanted = Signal()
    leave_wanted = Signal()
    retry_wanted = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form_header")
        self._state = "untouched"
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.px(1.6), theme.px(0.45), theme.px(1.2), theme.px(0.45))
        self._grid.setVerticalSpacing(theme.px(0.3))
        self._grid.setHorizontalSpacing(theme.px(1.2))
        self.title = Body(title, role="strong")
        self.saved = Body(role="hint")
        self.saved.setObjectName("saved_state")
        self.retry = SecondaryButton("Try again")
        self.retry.setObjectName("try_again")
        self.retry.setAccessibleName("Try again to save on this laptop")
        self.retry.clicked.connect(self.retry_wanted)
        self.retry.hide()
        self.help = SecondaryButton("Help (F1)")
        self.help.setObjectName("help")
        self.help.clicked.connect(self.help_wanted)
        self.leave = SecondaryButton("Save and close")
        self.leave.setObjectName("leave")
        self.leave.clicked.connect(self.leave_wanted)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(0.6))
        for button in (self.retry, self.help, self.leave):
            row.addWidget(button)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Put the saved state under the title where there is no room beside it."""
        for widget in (self.title, self.saved, self._buttons):
            self._grid.removeWidget(widget)
        self._grid.addWidget(self.title, 0, 0)
        if narrow:
            self._grid.addWidget(self._buttons, 0, 1)
            self._grid.addWidget(self.saved, 1, 0, 1, 2)
            self.saved.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        else:
            self._grid.addWidget(self.saved, 0, 1)
            self._grid.addWidget(self._buttons, 0, 2)
            self.saved.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 0 if narrow else 3)

    def show_state(self, state: str, words: str) -> None:
        """Show whether the draft is on disk. A failure, and the end of one, is read out as well."""
        before, self._state = self._state, state
        self.saved.set_role(_ROLES[state])
        self.saved.setText(words)
        self.retry.setVisible(state == "failed")
        if state == "failed" and before != "failed":
            announce(self.saved, words, urgent=True)
        elif state == "saved" and before == "failed":
            announce(self.saved, words)
