"""One choice of a question: a big bordered box with a circle or a tick. All of it can be pressed; its words wrap."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from ui.widgets import theme
from ui.widgets.measured import wrapped

_FLAGS = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter)

# Qt's own class comes second in each choice; a second QObject among its bases would be one too many.
if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object


def _before_text() -> int:
    """Return the width of everything but the text: edge, mark, gaps."""
    return theme.px(0.65) + theme.px(1.3) + theme.px(0.5) + theme.px(0.75)


class _Choice(_Button):
    """What both kinds share: how they are measured, painted and pressed."""

    _round: bool

    def _begin(self) -> None:
        # Fixed would hold a choice of two lines at the height of one.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(1)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2 + _before_text()
        return QSize(width, theme.px(2.4))

    def minimumSizeHint(self) -> QSize:
        return QSize(1, theme.px(2.4))

    def heightForWidth(self, width: int) -> int:
        _, text = wrapped(self.text(), self.font(), width - _before_text())
        return max(theme.px(2.4), text + theme.px(1.0))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        chosen, enabled = self.isChecked(), self.isEnabled()
        edge = colours.brand if chosen else colours.box
        ground = colours.selected if chosen or (self.underMouse() and enabled) else colours.page
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(edge if enabled else colours.line), 2 if chosen else 1.5))
        painter.setBrush(QColor(ground if enabled else colours.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        size = theme.pixels(1.3)
        mark = QRectF(theme.pixels(0.65), (self.height() - size) / 2, size, size)
        painter.setPen(QPen(QColor(edge), 2))
        painter.setBrush(QColor(colours.page))
        if self._round:
            painter.drawEllipse(mark)
            if chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.brand))
                painter.drawEllipse(mark.center(), size * 0.28, size * 0.28)
        else:
            painter.setBrush(QColor(colours.brand if chosen else colours.page))
            painter.drawRoundedRect(mark, 3, 3)
            if chosen:
                stroke = QPen(QColor(colours.on_brand), size * 0.13)
                stroke.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(stroke)
                left, bottom, right = (
                    mark.topLeft() + QPoint(round(size * x), round(size * y))
                    for x, y in ((0.24, 0.53), (0.44, 0.72), (0.77, 0.3))
                )
                painter.drawLine(left, bottom)
                painter.drawLine(bottom, right)
        painter.setPen(QColor(colours.ink if enabled else colours.hint))
        start = _before_text() - theme.px(0.75)
        painter.drawText(QRect(start, 0, max(self.width() - start - 2, 1), self.height()), _FLAGS, self.text())
        painter.end()


class RadioChoice(_Choice, QRadioButton):
    """One of several answers of which one holds. Arrow keys go to the neighbours; Delete asks to clear."""

    stepped = Signal(int)  # 1 onwards, -1 back
    cleared = Signal()
    _round = True

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        QRadioButton.__init__(self, text, parent)
        self._begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if bare and event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.stepped.emit(1)
        elif bare and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.stepped.emit(-1)
        elif bare and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        else:
            super().keyPressEvent(event)


class TickChoice(_Choice, QCheckBox):
    """One of several answers of which any may hold."""

    _round = False

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        QCheckBox.__init__(self, text, parent)
        self._begin()
