"""The list of what was found: each record on a few lines, the words that were looked for in bold."""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.widgets import theme

if TYPE_CHECKING:
    from icv_app.searching.search import Result

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole.UserRole


class _Lines(QStyledItemDelegate):
    """Paints a result: what it is, where and when, and its words."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.tokens()
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, QColor(colours.selected if chosen else colours.page))
        if chosen:  # a bar as well: colour is never the only sign
            painter.fillRect(QRectF(rect.x(), rect.y(), theme.px(0.3), rect.height()), QColor(colours.brand))
        painter.setPen(QPen(QColor(colours.line)))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.translate(rect.x() + theme.px(0.7), rect.y() + theme.px(0.5))
        self._laid_out(index.data(_ROLE), rect.width()).drawContents(painter)
        painter.restore()

    def height(self, result: "Result", width: int) -> int:
        """Return how high a result is in a list of that width."""
        return round(self._laid_out(result, width).size().height()) + theme.px(1) + 1

    def _laid_out(self, result: "Result", width: int) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        view = self.parent()
        if isinstance(view, QWidget):
            document.setDefaultFont(view.font())
        document.setTextWidth(max(width - theme.px(1.4), 1))
        document.setHtml(_html(result))
        return document


class SearchList(QListWidget):
    """`opened` carries the number of the row that was chosen by Enter or two clicks; `left_up` goes back to the box."""

    opened = Signal(int)
    left_up = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results: tuple[Result, ...] = ()
        self.setAccessibleName(name)
        self._lines = _Lines(self)
        self.setItemDelegate(self._lines)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(1)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(self.row(item)))

    def show_results(self, results: "Sequence[Result]") -> None:
        """Show other results, unless they are the same; the first is the current one, or the one that was."""
        if tuple(results) == self._results:
            return
        before = self._results[self.currentRow()].record if 0 <= self.currentRow() < len(self._results) else b""
        self._results = tuple(results)
        self.clear()
        for result in results:
            item = QListWidgetItem(result.words)
            item.setData(_ROLE, result)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, result.words)
            self.addItem(item)
        if results:
            self.setCurrentRow(next((at for at, result in enumerate(results) if result.record == before), 0))
        self.fit()

    def fit(self) -> None:
        """Make the list as high as its rows: the page scrolls, and the list does not."""
        width, height = self.viewport().width(), 2 * self.frameWidth() + 2
        for row, result in enumerate(self._results):
            high = self._lines.height(result, width)
            self.item(row).setSizeHint(QSize(1, high))
            height += high
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.opened.emit(self.currentRow())
        elif event.key() == Qt.Key.Key_Up and self.currentRow() <= 0:
            self.left_up.emit()
        else:
            super().keyPressEvent(event)


def _html(result: "Result") -> str:
    colours = theme.tokens()
    lines = [f"<b>{escape(result.title)}</b>"]
    if result.about:
        lines.append(f'<span style="color: {colours.hint}">{escape(result.about)}</span>')
    said = "".join(f"<b>{escape(piece)}</b>" if bold else escape(piece) for piece, bold in result.quoted)
    if said:
        lines.append(said)
    return f'<div style="color: {colours.ink}">{"<br>".join(lines)}</div>'
