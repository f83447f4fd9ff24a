"""A notice: one line on what was just done, perhaps with a button that takes it back. Nobody has to answer it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import SecondaryButton
from ui.widgets.text import Body, Role


class Notice(QWidget):
    """Hidden until it has something to say. `words` is the line, `button` what takes it back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.5))
        self.words = Body("", role="good")
        self.words.setObjectName("done")
        self.button = SecondaryButton("")
        self.button.setObjectName("take_back")
        self.button.clicked.connect(self._press)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._action: Callable[[], object] | None = None
        self.hide()

    def show_words(
        self, words: str, *, role: Role = "good", button: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Say `words`, aloud as well; `button` offers `action`, and has the focus then: the button before is gone."""
        self.words.set_role(role)
        self.words.setText(words)
        self.button.setText(button)
        self.button.setVisible(action is not None)
        self._action = action
        self.show()
        if action is not None:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.words, words, urgent=role == "error")

    def _press(self) -> None:
        action, self._action = self._action, None
        if action is not None:
            action()
