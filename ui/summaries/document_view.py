"""A document in the window: block by block what paper says, with charts that are read by pointer and keyboard.

What is first on the screen is made at once, the rest in small parts between the person's keys, so that a long summary
shows as quickly as a short one.
"""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from forms.translation import tr
from reports import document as doc
from ui.summaries.document_parts import made
from ui.widgets import theme
from ui.widgets.laid_out_once import laid_out_once
from ui.widgets.page import empty
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Heading

_FIRST = 14
"""Blocks that are made at once: more than a screen of them."""
_OPENING = {
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space,
}  # fmt: skip
_SLICE = 0.06  # seconds of making before what the person did is looked at again


class ContentsBox(StillBox):
    """Opens for the keys that would choose a line in it unseen: one goes to a section by Enter alone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _OPENING or (event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.showPopup()
            event.accept()
            return
        super().keyPressEvent(event)


class DocumentView(QWidget):
    """Shows one document; it stands in a `Page`, which scrolls. `complete` follows when its last block is there."""

    complete = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: doc.Document | None = None
        self._waiting: list[doc.Block] = []
        self._headings: list[QWidget] = []
        self.contents = ContentsBox()
        self.contents.setObjectName("contents")
        self.contents.setAccessibleName(tr("Go to a section"))
        self.contents.setMinimumWidth(1)
        self.contents.activated.connect(self._go)
        self.contents.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.7))
        column.addWidget(self.contents)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.px(0.6))
        column.addLayout(self._column)
        self._section = QVBoxLayout()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._more)
        theme.current().changed.connect(self._again)

    def show_document(self, document: doc.Document) -> None:
        """Show another document, from its top."""
        self._document = document
        blocks = document.flat()
        self._waiting = list(reversed(blocks))
        self._headings = []
        empty(self._column)
        with laid_out_once(self):
            self._begin()
            for words in (document.marking, document.scheme):
                self._section.addWidget(Body(words, role="hint"))
            self._section.addWidget(Heading(document.title, level=2))
            self._make(lambda: len(blocks) - len(self._waiting) >= _FIRST)
        self.contents.clear()
        self.contents.addItem(tr("Go to a section…"))
        self.contents.addItems([block.text for block in blocks if isinstance(block, doc.Heading) and block.level == 2])
        self.contents.setVisible(self.contents.count() > 2)
        self._timer.start()

    def finish(self) -> None:
        """Make all that is still to be made."""
        with laid_out_once(self):
            self._make(lambda: False)
        self._ended()

    def go_to(self, number: int) -> None:
        """Bring the section of that number, from 0, to the top of the page, and the focus to its heading."""
        while self._waiting and len(self._headings) <= number + 1:
            self.finish()
        if number >= len(self._headings):
            return
        QTimer.singleShot(0, self, lambda: self._bring(self._headings[number]))

    def _go(self, line: int) -> None:
        if line:
            self.contents.setCurrentIndex(0)
            self.go_to(line - 1)

    def _bring(self, heading: QWidget) -> None:
        heading.setFocus()
        page = self._page()
        if page is not None and (inside := page.widget()) is not None:
            top = heading.mapTo(inside, heading.rect().topLeft()).y()
            page.verticalScrollBar().setValue(top - theme.px(0.6))

    def _page(self) -> QScrollArea | None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        return above

    def _more(self) -> None:
        until = perf_counter() + _SLICE
        with laid_out_once(self):
            self._make(lambda: perf_counter() > until)
        if not self._waiting:
            self._ended()

    def _ended(self) -> None:
        self._timer.stop()
        self.complete.emit()

    def _make(self, enough: Callable[[], bool]) -> None:
        while self._waiting and not enough():
            block = self._waiting.pop()
            widget = made(block, self.width())
            if isinstance(block, doc.Heading) and block.level == 2:
                self._headings.append(widget)
                self._begin()
            elif isinstance(block, doc.Heading):
                self._section.addSpacing(theme.px(0.3))
            self._section.addWidget(widget)

    def _begin(self) -> None:
        """Begin a section in a widget of its own: a layout arranges anew only the parts of it that changed."""
        holder = QWidget()
        self._section = QVBoxLayout(holder)
        self._section.setContentsMargins(0, theme.px(0.6) if self._headings else 0, 0, 0)
        self._section.setSpacing(theme.px(0.6))
        self._column.addWidget(holder)

    def _again(self) -> None:
        """Make it anew in another size or other colours; the focus stays in it, on the way to its sections."""
        if self._document is None:
            return
        held = QApplication.focusWidget()
        if held is not None and self.isAncestorOf(held) and self.contents.isVisible():
            self.contents.setFocus()  # what had it goes: it would leave the page
        self.show_document(self._document)
