"""A link: words that lead to another place in the window. It wraps, which a push button cannot."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.widgets import theme
from ui.widgets.measured import ENDLESS, wrapped

_FLAGS = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


class Link(QAbstractButton):
    """Underlined words; `clicked` comes from the mouse, Space and Enter. Screen readers are told of a button."""

    def __init__(self, text: str, *, error: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self._error = error
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # fixed would be one line
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(1)

    def _dress(self) -> QFont:
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold)
        font.setUnderline(True)
        return font

    def _box(self, width: int) -> tuple[int, int]:
        return wrapped(self.text(), self._dress(), width)

    def heightForWidth(self, width: int) -> int:
        return self._box(width)[1] + theme.px(0.4)

    def sizeHint(self) -> QSize:
        width, height = self._box(ENDLESS)
        return QSize(width + 2, height + theme.px(0.4))

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self._box(ENDLESS)[1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setFont(self._dress())
        painter.setPen(QColor(colours.error if self._error else colours.brand))
        painter.drawText(self.rect().adjusted(0, theme.px(0.2), 0, 0), _FLAGS, self.text())
        painter.end()
