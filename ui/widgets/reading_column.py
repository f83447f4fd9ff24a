"""A column no wider than is good to read. Its margin makes it narrow, so that all in it is measured at its true width.

(A maximum width on the parts would not do: Qt asks how high they are at the full width, and then clips what wraps.)
"""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets import theme

WIDEST = 58  # ems


class ReadingColumn(QWidget):
    """`column` takes the content."""

    def __init__(self, *, spacing: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.px(1.6), theme.px(1.2), theme.px(1.6), theme.px(3))
        self.column.setSpacing(theme.px(spacing))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        margins = self.column.contentsMargins()
        right = max(theme.px(1.6), event.size().width() - margins.left() - theme.px(WIDEST))
        if right != margins.right():
            margins.setRight(right)
            self.column.setContentsMargins(margins)
