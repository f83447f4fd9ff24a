"""One choice of a question: a big bordered box with a circle or a tick. All of it can be pressed; its words wrap."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from ui import theme

_FLAGS = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter)


class _Shape:
    """Measures and paints both kinds of choice."""

    @staticmethod
    def prepare(button: QAbstractButton) -> None:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        button.setSizePolicy(policy)
        button.setMinimumWidth(1)
        button.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @staticmethod
    def before_text() -> int:
        """Width of everything but the text: edge, mark, gaps."""
        return theme.px(0.65) + theme.px(1.3) + theme.px(0.5) + theme.px(0.75)

    @staticmethod
    def natural(button: QAbstractButton) -> QSize:
        width = QFontMetrics(button.font()).horizontalAdvance(button.text()) + 2 + _Shape.before_text()
        return QSize(width, theme.px(2.4))

    @staticmethod
    def height(button: QAbstractButton, width: int) -> int:
        room = QRect(0, 0, max(width - _Shape.before_text(), 1), 100_000)
        text = QFontMetrics(button.font()).boundingRect(room, _FLAGS, button.text()).height()
        return max(theme.px(2.4), text + theme.px(1.0))

    @staticmethod
    def paint(button: QAbstractButton, *, round_mark: bool) -> None:
        colours = theme.tokens()
        chosen, enabled = button.isChecked(), button.isEnabled()
        edge = colours.brand if chosen else colours.box
        ground = colours.selected if chosen or (button.underMouse() and enabled) else colours.page
        painter = QPainter(button)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(edge if enabled else colours.line), 2 if chosen else 1.5))
        painter.setBrush(QColor(ground if enabled else colours.panel))
        painter.drawRoundedRect(QRectF(button.rect()).adjusted(1, 1, -1, -1), 4, 4)
        size = theme.pixels(1.3)
        mark = QRectF(theme.pixels(0.65), (button.height() - size) / 2, size, size)
        painter.setPen(QPen(QColor(edge), 2))
        painter.setBrush(QColor(colours.page))
        if round_mark:
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
        start = _Shape.before_text() - theme.px(0.75)
        painter.drawText(QRect(start, 0, max(button.width() - start - 2, 1), button.height()), _FLAGS, button.text())
        painter.end()


class RadioChoice(QRadioButton):
    """One of several answers of which one holds. Arrow keys go to the neighbours; Delete asks to clear."""

    stepped = Signal(int)  # 1 onwards, -1 back
    cleared = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        _Shape.prepare(self)

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

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        return _Shape.natural(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, theme.px(2.4))

    def heightForWidth(self, width: int) -> int:
        return _Shape.height(self, min(width, self.maximumWidth()))

    def paintEvent(self, event: QPaintEvent) -> None:
        _Shape.paint(self, round_mark=True)


class TickChoice(QCheckBox):
    """One of several answers of which any may hold."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        _Shape.prepare(self)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        return _Shape.natural(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, theme.px(2.4))

    def heightForWidth(self, width: int) -> int:
        return _Shape.height(self, min(width, self.maximumWidth()))

    def paintEvent(self, event: QPaintEvent) -> None:
        _Shape.paint(self, round_mark=False)
