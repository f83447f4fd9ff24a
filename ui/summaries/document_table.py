"""A table of a document on the screen: in its columns where every word fits, else a line for each of its cells."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reports.document import Table
from ui.widgets import theme
from ui.widgets.fact_table import FactTable

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BESIDE = 1.6  # ems that a cell needs beside its longest word


class DocumentTable(QWidget):
    """Shows one table. `table` is what is shown now, a table for keys and screen readers like every other."""

    def __init__(self, block: Table, width: int) -> None:
        super().__init__()
        self._block = block
        self._needed: list[int] = []
        self._shares: list[int] = []
        self.table: FactTable | None = None
        self.folded = False
        self._width = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._fit(width)
        self.resize(width, self.sizeHint().height())  # else it is shown, and its rows measured, at a width of no page

    def _measure(self) -> None:
        """Find how wide every column must be for its longest word, in the text of now."""
        font = self.font()
        font.setBold(True)  # heads and sums are
        told = QFontMetrics(font)
        beside = theme.px(_BESIDE)
        self._needed = [
            max((told.horizontalAdvance(word) for cell in column for word in cell.split()), default=0) + beside
            for column in zip(self._block.head, *self._block.rows, strict=True)
        ]

    def _fit(self, width: int) -> None:
        self._width = width
        if not self._needed:
            self._measure()
        room = width - theme.px(0.4)
        folded = len(self._needed) > 2 and sum(self._needed) > room
        shares = [] if folded else _shares(self._block.widths, self._needed, room)
        if self.table is None or folded != self.folded:
            self._show(folded, shares, width)
        elif shares and shares != self._shares:
            self.table.share(shares)
        self._shares = shares

    def _show(self, folded: bool, shares: list[int], width: int) -> None:
        block = self._block
        if self.table is not None:
            self._column.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
            self.table = None
        self.folded = folded
        if folded:
            self.table = FactTable(block.title, (block.head[0], block.title), (2, 3))
            rows: list[tuple[str, ...]] = [
                (row[0], "\n".join(f"{head}: {cell}" for head, cell in zip(block.head[1:], row[1:], strict=True)))
                for row in block.rows
            ]
        else:
            self.table = FactTable(block.title, block.head, shares)
            rows = list(block.rows)
        self.table.setObjectName("document_table")
        self.table.resize(width, 100)
        self._column.addWidget(self.table)
        self.table.show_rows(rows)
        self.table.setUpdatesEnabled(True)  # one that is made while its page is arranged is born without
        self._dress(self.table)

    def _dress(self, table: FactTable) -> None:
        """Set numbers to the right and the last row of a sum in bold."""
        block = self._block
        for column in () if self.folded else block.numbers:
            for row in range(table.rowCount()):
                if (item := table.item(row, column)) is not None:
                    item.setTextAlignment(_RIGHT)
            if (head := table.horizontalHeaderItem(column)) is not None:
                head.setTextAlignment(Qt.AlignmentFlag(_RIGHT.value | Qt.TextFlag.TextWordWrap.value))
        if block.total and table.rowCount():
            for column in range(table.columnCount()):
                if (item := table.item(table.rowCount() - 1, column)) is not None:
                    font = table.font()
                    font.setBold(True)
                    item.setFont(font)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != self._width:
            self._fit(event.size().width())


def _shares(widths: tuple[float, ...], needed: list[int], room: int) -> list[int]:
    """Return the columns' widths: their shares of the room, those too narrow for a word helped by those with room."""
    whole = sum(widths)
    given = [width / whole * room for width in widths]
    spare = [max(width - need, 0) for width, need in zip(given, needed, strict=True)]
    short = [max(need - width, 0) for width, need in zip(given, needed, strict=True)]
    part = min(sum(short) / sum(spare), 1) if any(spare) else 0
    return [round(width + more - less * part) for width, more, less in zip(given, short, spare, strict=True)]
