"""One visit, read only: its answers in the words and order of the form it was made with, and who saved it when."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from ui.buttons import SecondaryButton
from ui.page import Page
from ui.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.reading import Reading


class RecordPage(Page):
    """Shows a `Reading`; `left` goes back to where the person came from."""

    left = Signal()

    def __init__(self, reading: "Reading") -> None:
        super().__init__(reading.title)
        back = SecondaryButton("Back")
        back.setObjectName("back")
        back.setShortcut("Esc")
        back.clicked.connect(self.left)
        row = QHBoxLayout()
        row.addWidget(back)
        row.addStretch(1)
        self.column.insertLayout(0, row)
        for words in reading.notes:
            self.column.addWidget(Body(words, role="error"))
        for section in reading.sections:
            self.column.addWidget(Heading(section.title, level=2))
            grid = QGridLayout()
            grid.setHorizontalSpacing(24)
            grid.setVerticalSpacing(6)
            grid.setColumnStretch(0, 2)
            grid.setColumnStretch(1, 3)
            for line, (question, answer) in enumerate(section.answers):
                grid.addWidget(Body(question, role="hint"), line, 0)
                grid.addWidget(Body(answer), line, 1)
            self.column.addLayout(grid)
        self.column.addWidget(Heading("Saved versions", level=2))
        for words in reading.history:
            self.column.addWidget(Body(words))
        self.column.addStretch(1)
        self._back = back

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._back.setFocus()
