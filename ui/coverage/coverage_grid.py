"""The coverage grid on screen: sites down, weeks across, read by arrow keys and told in words."""

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QTableView

from forms.translation import later, tr
from icv_app.counting.coverage_grid import Cell, Grid, State
from icv_app.wording import span_words
from ui.coverage.coverage_headers import SiteHeader, UnitHeader
from ui.coverage.coverage_signs import picture
from ui.widgets import theme

NAMES = {
    ("custody_visit", "week"): later("Custody suites, week by week"),
    ("custody_visit", "month"): later("Custody suites, month by month"),
    ("custody_visit", "quarter"): later("Custody suites, quarter by quarter"),
    ("custody_visit", "year"): later("Custody suites, year by year"),
    ("kennel_visit", "week"): later("Kennels, week by week"),
    ("kennel_visit", "month"): later("Kennels, month by month"),
    ("kennel_visit", "quarter"): later("Kennels, quarter by quarter"),
    ("kennel_visit", "year"): later("Kennels, year by year"),
}
MOST_ROWS = 14
"""So many sites are shown at once; of more, the grid scrolls by itself under its heads."""
Index = QModelIndex | QPersistentModelIndex


class CoverageModel(QAbstractTableModel):
    """The cells of one grid."""

    def __init__(self) -> None:
        super().__init__()
        self.grid: Grid | None = None

    def show_grid(self, grid: Grid) -> None:
        """Hold another grid."""
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() or self.grid is None else len(self.grid.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.grid is None else len(self.grid.units)

    def cell(self, index: Index) -> Cell | None:
        """Return the cell at a place, or None."""
        return self.grid.rows[index.row()].cells[index.column()] if self.grid and index.isValid() else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            cell = self.cell(index)
            return cell.words if cell else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.grid is None or role not in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.grid.rows[section].name
        unit = self.grid.units[section]
        return span_words(unit.first, unit.last)


class CoverageGrid(QTableView):
    """Shows one grid. `told` carries the words of the cell that the person came to, `chosen` one that was opened."""

    told = Signal(str)
    chosen = Signal(object)  # the Cell
    two_dimensional = True
    """It may be scrolled sideways: the weeks of a year make sense in one line only."""

    def __init__(self, grid: Grid, today: date) -> None:
        super().__init__()
        self._model = CoverageModel()
        self._today = today
        self._across: int | None = None  # how far to scroll, in pixels; None: to the last weeks
        self._touched = False  # the person has scrolled or come to a square
        self._units = UnitHeader(self)
        self._sites = SiteHeader(self)
        self.setHorizontalHeader(self._units)
        self.setVerticalHeader(self._sites)
        self.setModel(self._model)
        self._corner = QLabel(self)  # over Qt's own, which no colour of ours reaches
        self._corner.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumWidth(1)
        self.doubleClicked.connect(self._open)
        self.horizontalScrollBar().actionTriggered.connect(self._touch)
        self.show_grid(grid)

    @property
    def grid(self) -> Grid | None:
        """What is shown."""
        return self._model.grid

    def show_grid(self, grid: Grid) -> None:
        """Show a grid; the keyboard is at none of its cells."""
        self.setAccessibleName(tr(NAMES[grid.measure, grid.per]))
        self._model.show_grid(grid)
        self._units.show_units(grid.units, grid.per, grid.column(self._today))
        self.fit()

    def place(self) -> Cell | None:
        """Return the cell that the keyboard is at, None where the person has not been here yet."""
        return self._model.cell(self.currentIndex())

    def resume(self, place: Cell | None, across: int) -> None:
        """Come to the same unit of the same site, if it is shown, scrolled as far `across` as it was, in pixels."""
        grid = self._model.grid
        assert grid is not None
        self._across = across
        if place is None:
            return
        self.setAutoScroll(False)  # it would come after this, before there is a size to scroll in
        for row, site in enumerate(grid.rows):
            if site.site == place.site and (column := grid.column(place.first)) is not None:
                self.setCurrentIndex(self._model.index(row, column))
        self.setAutoScroll(True)
        self._touched = False

    def fit(self) -> None:
        """Give cells, heads and the whole the size that the text and the room ask for."""
        grid = self._model.grid
        assert grid is not None
        most = max(min(self.width() // 3, theme.px(14)), theme.px(6))
        self._sites.show_names([row.name for row in grid.rows], most)
        side = cell_size()
        self._units.setDefaultSectionSize(max(side.width(), self._units.widest() + theme.px(0.4)))
        heights = [max(side.height(), self._sites.height_of(at)) for at in range(len(grid.rows))]
        for at, height in enumerate(heights):
            self.setRowHeight(at, height)
        whole = self._units.defaultSectionSize() * len(grid.units) + self._sites.width()
        bar = self.horizontalScrollBar().sizeHint().height() if whole > self.width() else 0
        shown = sum(heights[:MOST_ROWS]) + (heights[MOST_ROWS] // 2 if len(heights) > MOST_ROWS else 0)
        self.setFixedHeight(self._units.sizeHint().height() + shown + bar + 2 * self.frameWidth())
        palette = self._corner.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.tokens().panel))
        self._corner.setPalette(palette)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        edge, inside = self.frameWidth(), self.viewport().geometry()
        self._corner.setGeometry(edge, edge, inside.x() - edge, inside.y() - edge)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()
            if not self._touched:  # a page that is being laid out changes its width more than once
                self._scroll()

    def _scroll(self) -> None:
        """Scroll to where it was, or else to the last weeks, but so that the present one is seen."""
        bar = self.horizontalScrollBar()
        bar.setValue(bar.maximum() if self._across is None else self._across)
        if self._across is None:
            self.scrollTo(self._model.index(0, self._column()))

    def _touch(self) -> None:
        self._touched = True

    def _column(self) -> int:
        """Return the present unit's column, or the last one where it is not shown."""
        grid = self._model.grid
        assert grid is not None
        now = grid.column(self._today)
        return len(grid.units) - 1 if now is None else now

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the ready pictures into the squares in sight: a delegate would be called for each (docs/coverage.md)."""
        grid, colours, seen = self._model.grid, theme.tokens(), event.rect()
        assert grid is not None
        painter = QPainter(self.viewport())
        painter.fillRect(seen, QColor(colours.page))
        ratio = self.viewport().devicePixelRatioF()
        columns = [
            (at, self.columnViewportPosition(at), self.columnWidth(at))
            for at in _between(self.columnAt(seen.left()), self.columnAt(seen.right()), len(grid.units))
        ]
        ready: dict[tuple[State, int, int], QPixmap] = {}
        for row in _between(self.rowAt(seen.top()), self.rowAt(seen.bottom()), len(grid.rows)):
            top, high, cells = self.rowViewportPosition(row), self.rowHeight(row), grid.rows[row].cells
            for column, left, wide in columns:
                wanted = cells[column].state, wide, high
                if wanted not in ready:
                    ready[wanted] = picture(*wanted, ratio, colours)
                painter.drawPixmap(left, top, ready[wanted])
        if self.hasFocus() and self.currentIndex().isValid():
            self._ring(painter, self.visualRect(self.currentIndex()))
        painter.end()

    def _ring(self, painter: QPainter, place: QRect) -> None:
        colours = theme.tokens()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.focus_edge), 3))
        painter.drawRect(place.adjusted(1, 1, -2, -2))
        painter.setPen(QPen(QColor(colours.focus), 2))
        painter.drawRect(place.adjusted(3, 3, -4, -4))

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.setCurrentIndex(self._model.index(0, self._column()))  # else Qt goes to the first week of all
        super().focusInEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self._touch()
            self._tell(current)

    def _tell(self, index: Index) -> None:
        cell = self._model.cell(index)
        if cell is not None:
            self.told.emit(cell.words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        cell = self._model.cell(index)
        if cell is not None:
            self.chosen.emit(cell)


def _between(first: int, last: int, count: int) -> range:
    """Return the places from `first` to `last`, each -1 where it lies past the end of `count`."""
    return range(first, (last if last >= 0 else count - 1) + 1) if first >= 0 else range(0)


def cell_size() -> QSize:
    """Return the least size of a cell: large enough to be pressed and read."""
    return QSize(theme.px(1.55), theme.px(1.85))
