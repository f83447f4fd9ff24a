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

from ui import theme

if TYPE_CHECKING:
    from icv_app.search import Hit

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole.UserRole


class _Lines(QStyledItemDelegate):
    """Paints a hit: what it is, where and when, and its words."""

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
        self._document(index, rect.width()).drawContents(painter)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListWidget) else 400
        return QSize(1, round(self._document(index, width).size().height()) + theme.px(1) + 1)

    def _document(self, index: Index, width: int) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        view = self.parent()
        if isinstance(view, QWidget):
            document.setDefaultFont(view.font())
        document.setTextWidth(max(width - theme.px(1.4), 1))
        document.setHtml(_html(index.data(_ROLE)))
        return document


class SearchList(QListWidget):
    """`opened` carries the number of the row that was chosen by Enter or two clicks; `left_up` goes back to the box."""

    opened = Signal(int)
    left_up = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()
        self.setAccessibleName(name)
        self.setItemDelegate(_Lines(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(1)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(self.row(item)))

    def show_hits(self, hits: "Sequence[Hit]") -> None:
        """Show other hits, unless they are the same; the first is the current one, or the one that was."""
        if tuple(hits) == self._hits:
            return
        before = self._hits[self.currentRow()].record if 0 <= self.currentRow() < len(self._hits) else b""
        self._hits = tuple(hits)
        self.clear()
        for hit in hits:
            item = QListWidgetItem(hit.words)
            item.setData(_ROLE, hit)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, hit.words)
            self.addItem(item)
        if hits:
            self.setCurrentRow(next((at for at, hit in enumerate(hits) if hit.record == before), 0))
        self.fit()

    def fit(self) -> None:
        """Make the list as high as its rows: the page scrolls, and the list does not."""
        self.scheduleDelayedItemsLayout()
        height = sum(self.sizeHintForRow(row) for row in range(self.count())) + 2 * self.frameWidth() + 2
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


def _html(hit: "Hit") -> str:
    colours = theme.tokens()
    lines = [f"<b>{escape(hit.title)}</b>"]
    if hit.about:
        lines.append(f'<span style="color: {colours.hint}">{escape(hit.about)}</span>')
    said = "".join(f"<b>{escape(piece)}</b>" if bold else escape(piece) for piece, bold in hit.quoted)
    if said:
        lines.append(said)
    return f'<div style="color: {colours.ink}">{"<br>".join(lines)}</div>'
