"""The sign of each state of the coverage grid: its filling, edge and sign differ, so that no colour is needed."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from forms.translation import tr
from icv_app.counting.coverage_grid import STATES, State
from ui.widgets import theme
from ui.widgets.flowing_layout import FlowingLayout
from ui.widgets.text import Body
from ui.widgets.tokens import Tokens


@lru_cache(maxsize=256)
def picture(state: State, width: int, height: int, ratio: float, colours: Tokens) -> QPixmap:
    """Return the cell of a state, that many pixels large on a screen of `ratio` dots to each; painted once."""
    drawn = QPixmap(round(width * ratio), round(height * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(QColor(colours.page))
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(2, 2, width - 4, height - 4)
    _box(painter, state, box, colours)
    side = min(box.width(), box.height()) * 0.62
    corner = box.center() - QPointF(side / 2, side / 2)
    _sign(painter, state, QRectF(corner, QSizeF(side, side)), colours)
    painter.end()
    return drawn


def _box(painter: QPainter, state: State, box: QRectF, colours: Tokens) -> None:
    fill, edge, wide, line = {
        "covered": (colours.selected, colours.selected, 1.0, Qt.PenStyle.SolidLine),
        "planned": (colours.page, colours.brand, 1.6, Qt.PenStyle.DashLine),
        "to_come": (colours.page, colours.box, 1.2, Qt.PenStyle.DashLine),
        "missed": (colours.page, colours.error, 1.4, Qt.PenStyle.SolidLine),
        "unexplained": (colours.error, colours.error, 1.4, Qt.PenStyle.SolidLine),
        "not_admitted": (colours.page, colours.error, 2.4, Qt.PenStyle.SolidLine),
        "abandoned": (colours.page, colours.error, 1.4, Qt.PenStyle.SolidLine),
        "closed": (colours.panel, colours.panel, 1.0, Qt.PenStyle.SolidLine),
        "not_due": (colours.page, colours.page, 1.0, Qt.PenStyle.NoPen),
        "before": (colours.page, colours.hint, 1.2, Qt.PenStyle.DashDotLine),
        "not_known": (colours.page, colours.hint, 1.8, Qt.PenStyle.DotLine),
    }[state]
    painter.setPen(QPen(QColor(edge), wide, line))
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(box, 3, 3)
    if state == "closed":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(QColor(colours.box), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(box, 3, 3)
    if state == "abandoned":
        half = QPainterPath(box.bottomLeft())
        half.lineTo(box.topLeft())
        half.lineTo(box.bottomRight())
        half.closeSubpath()
        painter.fillPath(half, QColor(colours.error))


def _sign(painter: QPainter, state: State, room: QRectF, colours: Tokens) -> None:
    ink = {
        "covered": colours.brand,
        "planned": colours.brand,
        "unexplained": colours.page,
        "missed": colours.error,
        "not_admitted": colours.error,
    }.get(state, colours.hint)
    painter.setPen(QPen(QColor(ink), max(room.width() * 0.15, 1.6), c=Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    left, top, side = room.left(), room.top(), room.width()

    def at(across: float, down: float) -> QPointF:
        return QPointF(left + across * side, top + down * side)

    if state == "covered":
        painter.drawPolyline([at(0.1, 0.55), at(0.4, 0.85), at(0.92, 0.18)])
    elif state == "missed":
        painter.drawLine(at(0.15, 0.15), at(0.85, 0.85))
        painter.drawLine(at(0.85, 0.15), at(0.15, 0.85))
    elif state == "unexplained":
        font = QFont(theme.FAMILY)
        font.setPixelSize(max(round(side * 1.25), 1))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.drawText(room.adjusted(-side, -side, side, side), Qt.AlignmentFlag.AlignCenter, "?")
    elif state == "not_admitted":  # no entry
        painter.drawEllipse(room)
        painter.drawLine(at(0.2, 0.5), at(0.8, 0.5))
    elif state == "planned":
        painter.drawPolyline([at(0.3, 0.12), at(0.72, 0.5), at(0.3, 0.88)])
    elif state == "to_come":
        painter.drawEllipse(room.adjusted(side * 0.14, side * 0.14, -side * 0.14, -side * 0.14))
    elif state == "before":
        painter.drawLine(at(0.0, 0.5), at(1.0, 0.5))
    elif state in ("not_due", "not_known"):
        painter.setBrush(QColor(ink))
        painter.setPen(Qt.PenStyle.NoPen)
        for across in (0.5,) if state == "not_due" else (0.12, 0.5, 0.88):
            painter.drawEllipse(at(across, 0.5), max(side * 0.1, 1.4), max(side * 0.1, 1.4))


class Legend(QWidget):
    """The signs of some states with their words, in as many lines as they need."""

    def __init__(self, states: "set[State]", size: QSize) -> None:
        super().__init__()
        flow = FlowingLayout(self, gap=theme.px(0.9))
        for state, words in STATES.items():
            if state in states:
                flow.addWidget(_entry(state, tr(words), size, self.devicePixelRatio()))


def _entry(state: State, words: str, size: QSize, ratio: float) -> QWidget:
    entry = QWidget()
    row = QHBoxLayout(entry)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(0.4))
    sign = QLabel()
    sign.setPixmap(picture(state, size.width(), size.height(), ratio, theme.tokens()))
    told = Body(words, role="hint")
    told.setWordWrap(False)
    row.addWidget(sign)
    row.addWidget(told)
    return entry
