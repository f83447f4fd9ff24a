"""One line of a list: words, and the buttons that belong to them, below the words where there is no room beside."""

from typing import TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from ui.widgets import theme
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body

NARROW = 46  # ems: below this the buttons stand under the words

Button = TypeVar("Button", bound=QPushButton)


class LineOfWork(QWidget):
    """`words` and its buttons."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Body(words)
        self._buttons = QWidget()
        self._row = StackingLayout(self._buttons, gap=theme.px(0.6))
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(theme.px(0.5))
        self._whole.addWidget(self.words, 1)
        self._whole.addWidget(self._buttons)

    def add(self, button: Button, name: str) -> Button:
        """Add a button under an object name, and return it."""
        button.setObjectName(name)
        self._row.addWidget(button)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.px(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._whole.direction() != direction:
            self._whole.setDirection(direction)
