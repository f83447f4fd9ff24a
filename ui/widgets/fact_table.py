"""A table of words that grows with them: read by arrow keys and by a screen reader, and never scrolled by itself."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ui.widgets import theme

_DOT = re.compile(r"\.(?!\d)")
"""A dot behind which words may be broken, so that a long name of a file can wrap: not the one in a number."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class FactTable(QTableWidget):
    """`columns` head it; `show_rows` fills it. A row is one thing, told in as many cells. `weights` share the width."""

    def __init__(
        self, name: str, columns: Sequence[str], weights: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(0, len(columns), parent)
        self._columns = tuple(columns)
        self._weights = tuple(weights)
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(columns))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag(_LEFT.value | Qt.TextFlag.TextWordWrap.value))  # long headings wrap
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setStretchLastSection(True)
        header.setSectionsClickable(False)
        self.setMinimumWidth(1)

    def share(self, weights: Sequence[int]) -> None:
        """Share the width out anew."""
        self._weights = tuple(weights)
        self.fit()

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows, each as long as there are columns."""
        self.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, words in enumerate(row):
                item = QTableWidgetItem(_DOT.sub(".\u200b", words))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{self._columns[column]}: {words}")
                self.setItem(at, column, item)
        if rows:
            self.setCurrentCell(0, 0)
        self.fit()

    def fit(self) -> None:
        """Share the width out, and make every row and the whole as high as the words need."""
        whole, room = sum(self._weights), self.viewport().width()
        for column, weight in enumerate(self._weights[:-1]):
            self.setColumnWidth(column, room * weight // whole)
        for row in range(self.rowCount()):
            self.setRowHeight(row, self._height(row))
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        header = self.horizontalHeader()
        header.setFixedHeight(self._header_height())
        height = header.height() + rows + 2 * self.frameWidth() + theme.px(0.2)
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _header_height(self) -> int:
        """Return what the headings need, each on as many lines as its column makes it take."""
        header = self.horizontalHeader()
        font = header.font()
        font.setBold(True)
        told, one = QFontMetrics(font), header.sizeHint().height()
        lines = 1
        for column, words in enumerate(self._columns):
            paper = QRect(0, 0, max(self._width(column) - theme.px(1.2), 1), 100_000)
            lines = max(
                lines, round(told.boundingRect(paper, Qt.TextFlag.TextWordWrap, words).height() / told.height())
            )
        return one + (lines - 1) * told.lineSpacing()

    def _height(self, row: int) -> int:
        """Return what the words of a row need: the height that Qt would give it forgets the room beside the words."""
        heights = [theme.px(1.5)]
        for column in range(self.columnCount()):
            item = self.item(row, column)
            if item is not None:
                room = max(self._width(column) - theme.px(1.5), 1)
                paper = QRect(0, 0, room, 100_000)
                words = self.fontMetrics().boundingRect(paper, Qt.TextFlag.TextWordWrap, item.text())
                heights.append(words.height())
        return max(heights) + theme.px(1)

    def _width(self, column: int) -> int:
        """Return the width of a column; that of the last one is not its own until it is laid out again."""
        if column < self.columnCount() - 1:
            return self.columnWidth(column)
        return self.viewport().width() - sum(self.columnWidth(before) for before in range(column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()
