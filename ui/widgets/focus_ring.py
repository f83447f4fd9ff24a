"""The ring around whatever has the focus: yellow with a dark edge (white in the dark colours), above its neighbours."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QMenuBar, QScrollArea, QWidget
from shiboken6 import isValid

from ui.widgets import theme

_MOVES = frozenset(
    {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest}
)


def _widths() -> tuple[int, int]:
    """Return the widths of the dark edge and of the yellow inside, in pixels; both grow with the text."""
    return max(theme.px(0.12), 2), max(theme.px(0.18), 3)


class _Ring(QWidget):
    """The overlay itself; sees no mouse and takes no focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, inside = _widths()
        around = QRectF(self.rect())
        painter.setPen(QPen(QColor(colours.focus_edge), edge))
        painter.drawRoundedRect(around.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2), 6, 6)
        painter.setPen(QPen(QColor(colours.focus), inside))
        middle = edge + inside / 2
        painter.drawRoundedRect(around.adjusted(middle, middle, -middle, -middle), 4, 4)
        painter.end()


class FocusRing(QObject):
    """Moves a ring to the widget with the focus, in every window of the application."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("focus_rings")
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._ring: _Ring | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        self._target = new
        home = _home(new) if new is not None else None
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            if self._ring.parent() is not home:
                self._ring.deleteLater()
                self._ring = None
        else:
            self._ring = None
        if new is None or home is None:
            return
        if self._ring is None:
            self._ring = _Ring(home)
        # A widget keeps its place in its parent when the parent moves, so every widget on the way up is watched.
        step: QWidget | None = new
        while step is not None:
            step.installEventFilter(self)
            self._watched.append(step)
            step = None if step is home else step.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        ring, target = self._ring, self._target
        if ring is None or target is None or not isValid(ring) or not isValid(target):
            return
        home = ring.parentWidget()
        assert home is not None
        if not target.isVisible():
            ring.hide()
            return
        corner = target.mapTo(home, QPoint(0, 0))
        reach = sum(_widths())
        where = target.rect().translated(corner).adjusted(-reach, -reach, reach, reach)
        where = where.intersected(home.rect())
        if ring.geometry() != where:
            ring.setGeometry(where)
        ring.raise_()
        ring.show()


def _home(widget: QWidget) -> QWidget | None:
    """Return the widget to draw on: the content of the nearest scroll area, else the window; None for pop-ups."""
    window = widget.window()
    if widget is window or window.windowFlags() & Qt.WindowType.Popup == Qt.WindowType.Popup:
        return None
    if isinstance(widget, QMenuBar):  # it marks the open menu itself
        return None
    if isinstance(widget, QScrollArea) and not widget.property("ringed"):  # a whole page: the ring would mark nothing
        return None
    above: QWidget | None = widget
    while above is not None and above is not window:
        port = above.parentWidget()
        area = port.parentWidget() if port is not None else None
        if isinstance(area, QScrollArea) and area.widget() is above:
            return above
        above = port
    return window


def install(app: QApplication) -> None:
    """Give `app` its focus ring, once."""
    if app.findChild(FocusRing, "focus_rings") is None:
        FocusRing(app)
