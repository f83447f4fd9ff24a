"""A scene on screen: drawn by QPainter, read by pointer or arrow keys, and told to assistive technology."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from reports.scene import Area, Item, Line, Polygon, Rect, Scene, Text
from ui.widgets.announcing import announce

WEIGHTS = {"regular": QFont.Weight.Normal, "semibold": QFont.Weight.DemiBold, "bold": QFont.Weight.Bold}


class SceneView(QWidget):
    """Shows one scene at its own size. Arrow keys walk through its areas; `chosen` carries the index of one."""

    pointed = Signal(str)  # the words of the area that the keyboard or the pointer is on
    chosen = Signal(int)
    accessible_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: Scene | None = None
        self._at = -1
        self._ring = QColor("#0f1419")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_scene(self, scene: Scene, *, name: str, ring: str) -> None:
        """Show `scene`; `name` says what it is to a screen reader, `ring` colours the keyboard's place."""
        self._scene = scene
        self._at = -1
        self._ring = QColor(ring)
        self.setAccessibleName(name)
        self.setAccessibleDescription(scene.alt)
        self.setMinimumSize(1, int(scene.height) + 8)
        self.setMaximumHeight(int(scene.height) + 8)
        self.update()

    def area(self) -> Area | None:
        """Return the area that the keyboard is on, or None."""
        return self._scene.areas[self._at] if self._scene and 0 <= self._at < len(self._scene.areas) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._scene is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for item in self._scene.items:
            self._draw(painter, item)
        if self.hasFocus() and (area := self.area()) is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._ring, 3))
            painter.drawRoundedRect(QRectF(area.x, area.y, area.width, area.height), 4, 4)
        painter.end()

    def _draw(self, painter: QPainter, item: Item) -> None:
        if isinstance(item, Rect):
            painter.setBrush(QColor(item.fill) if item.fill else Qt.BrushStyle.NoBrush)
            if item.stroke:
                pen = QPen(QColor(item.stroke), item.stroke_width)
                if item.dash:
                    pen.setDashPattern([length / item.stroke_width for length in item.dash])
                painter.setPen(pen)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(item.x, item.y, item.width, item.height), item.radius, item.radius)
        elif isinstance(item, Line):
            pen = QPen(QColor(item.stroke), item.stroke_width)
            if item.dash:
                pen.setDashPattern([length / item.stroke_width for length in item.dash])
            painter.setPen(pen)
            painter.drawLine(QPointF(item.x1, item.y1), QPointF(item.x2, item.y2))
        elif isinstance(item, Polygon):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(item.fill))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in item.points]))
        else:
            self._write(painter, item)

    def _write(self, painter: QPainter, item: Text) -> None:
        font = QFont(self.font())
        font.setPixelSize(max(1, round(item.size)))
        font.setWeight(WEIGHTS[item.weight])
        painter.setFont(font)
        painter.setPen(QColor(item.colour))
        wide = QFontMetricsF(font).horizontalAdvance(item.text)
        left = item.x - {"left": 0.0, "centre": wide / 2, "right": wide}[item.align]
        painter.drawText(QPointF(left, item.y), item.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        key = Qt.Key(event.key())
        if key in steps and self._scene and self._scene.areas:
            self._go(self._next(*steps[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._scene and self._scene.areas:
            self._go(0 if key == Qt.Key.Key_Home else len(self._scene.areas) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.area() is not None:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def _next(self, across: int, down: int) -> int:
        assert self._scene is not None  # the caller looked
        here = self.area()
        if here is None:
            return 0
        if across or self._one_row():
            across = across or down  # above or below there is nothing anywhere
            return min(max(self._at + across, 0), len(self._scene.areas) - 1)
        same_column = [
            index
            for index, area in enumerate(self._scene.areas)
            if abs(area.x - here.x) < 1 and (area.y - here.y) * down > 0
        ]
        if not same_column:
            return self._at
        return min(same_column, key=lambda index: abs(self._scene.areas[index].y - here.y) if self._scene else 0)

    def _one_row(self) -> bool:
        """Return whether no area stands above another."""
        assert self._scene is not None  # the caller looked
        return len({round(area.x) for area in self._scene.areas}) == len(self._scene.areas)

    def _go(self, index: int) -> None:
        self._at = index
        if (area := self.area()) is not None:
            self.setAccessibleDescription(area.words)
            self.pointed.emit(area.words)
            announce(self, area.words)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._scene is not None:  # who comes back by Tab is told of the whole again
            self.setAccessibleDescription(self._scene.alt)
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._scene and (area := self._scene.at(event.position().x(), event.position().y())) is not None:
            self._go(self._scene.areas.index(area))
            self.chosen.emit(self._at)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            area = self._scene.at(event.pos().x(), event.pos().y()) if self._scene else None
            QToolTip.showText(event.globalPos(), area.words if area else "", self)
            return True
        return super().event(event)
