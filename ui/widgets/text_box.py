"""The boxes that text is typed into. Neither undoes by itself: the keys go to the form, whose undo covers all of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QTextEdit, QWidget

from ui.widgets import theme, undo_keys

LINES_LEAST, LINES_MOST = 4, 14


def units(text: str) -> int:
    """Return how long Qt takes `text` to be: it counts in UTF-16, in which some signs take two."""
    return len(text.encode("utf-16-le")) // 2


class LineBox(QLineEdit):
    """A box of one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if undo_keys.way_of(event) is not None:
            event.ignore()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        _show_without_undo(self.createStandardContextMenu(), event)


class LongBox(QPlainTextEdit):
    """A box that grows with its text; Tab leaves it, and the wheel scrolls the page unless the box has the focus.

    With `own_undo` it undoes by itself: for words that are no part of a draft.
    """

    def __init__(self, parent: QWidget | None = None, *, own_undo: bool = False) -> None:
        super().__init__(parent)
        self._own_undo = own_undo
        self.setUndoRedoEnabled(own_undo)
        self.setTabChangesFocus(True)
        self.setMinimumWidth(1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)
        self.fit()

    def fit(self, _size: object = None) -> None:
        """Be as high as the text, within limits."""
        lines = min(max(round(self.document().size().height()), LINES_LEAST), LINES_MOST)
        height = lines * self.fontMetrics().lineSpacing() + theme.px(1.6)
        if self.minimumHeight() != height:
            self.setFixedHeight(height)

    def put(self, text: str) -> None:
        """Show `text` without telling anybody; the cursor goes to the end of what is different."""
        before = self.toPlainText()
        if text == before:
            return
        same = _common(before, text)
        tail = _common(before[same:][::-1], text[same:][::-1])
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(before[:same]))
        cursor.setPosition(units(before[: len(before) - tail]), QTextCursor.MoveMode.KeepAnchor)
        self.blockSignals(True)
        cursor.insertText(text[same : len(text) - tail])
        self.setTextCursor(cursor)
        self.blockSignals(False)
        self.fit()

    def underline(self, spans: Sequence[tuple[int, int]]) -> None:
        """Mark the letters of each span, from and to, with a wavy line."""
        text = self.toPlainText()
        marks = []
        for start, end in spans:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(units(text[:start]))
            cursor.setPosition(units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            mark.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            mark.format.setUnderlineColor(QColor(theme.tokens().warn))
            marks.append(mark)
        if marks or self.extraSelections():
            self.setExtraSelections(marks)

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.verticalScrollBar()
        if self.hasFocus() and bar.maximum() > bar.minimum():
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or (not self._own_undo and undo_keys.way_of(event) is not None):
            event.ignore()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        _show_without_undo(self.createStandardContextMenu(), event)


def _common(one: str, other: str) -> int:
    """Return how many letters two texts have in common at their beginning."""
    most = min(len(one), len(other))
    return next((at for at in range(most) if one[at] != other[at]), most)


def _show_without_undo(menu: QMenu, event: QContextMenuEvent) -> None:
    for action in menu.actions():
        if action.objectName() in ("edit-undo", "edit-redo"):
            action.setVisible(False)
    while menu.actions() and (first := next((a for a in menu.actions() if a.isVisible()), None)) is not None:
        if not first.isSeparator():
            break
        first.setVisible(False)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(event.globalPos())
