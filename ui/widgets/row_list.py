"""The list of the rows of a repeat: as high as its words need, and no higher than there is room."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QListView, QListWidget, QWidget

from ui.widgets import theme

PADDING = (0.6, 0.7)  # ems above and below, left and right: as in the style sheet
MARK = 0.3  # ems of the bar that marks the chosen row
_FLAGS = int(Qt.TextFlag.TextWordWrap)


class RowList(QListWidget):
    """Measures its own rows: Qt measures the words of a list as if the style sheet left no room around them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMinimumWidth(1)
        self._most = 0

    def fit(self, most: int) -> None:
        """Make every row as high as its words, and the list as high as its rows, up to `most` pixels."""
        self._most = most
        down, across = (theme.px(part) for part in PADDING)
        metrics = QFontMetrics(self.font())
        room = QRect(0, 0, max(self.viewport().width() - 2 * across - theme.px(MARK) - 4, 1), 100_000)
        height = 4
        for number in range(self.count()):
            item = self.item(number)
            high = metrics.boundingRect(room, _FLAGS, item.text()).height() + 2 * down + 2
            if item.sizeHint().height() != high:
                item.setSizeHint(QSize(1, high))
            height += high
        height = min(max(height, theme.px(3)), most)
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and self._most:
            self.fit(self._most)
