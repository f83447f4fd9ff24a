"""A page: a heading and a column of content that scrolls when it does not fit."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.band import Band
from ui.widgets.text import Heading


class Page(QScrollArea):
    """A scrolling column; `column` takes the content. `band` are words for a coloured band above it, "" for none."""

    help_part = 0
    """The part of the help that tells of it, by its place in resources/help.txt: F1 opens the help there."""

    def __init__(self, title: str, *, band: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(self)
        inside.setObjectName("page")
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        if band:
            whole.addWidget(Band(band))
        self.column = QVBoxLayout()
        whole.addLayout(self.column, 1)
        self.column.setContentsMargins(28, 24, 28, 24)
        self.column.setSpacing(14)
        self.heading = Heading(title)
        self.column.addWidget(self.heading)
        self.setWidget(inside)
        self.setAccessibleName(title)

    def refresh(self) -> None:
        """Read again what the page shows; pages that show records override it."""


def empty(layout: QLayout) -> None:
    """Remove and delete everything in `layout`, nested layouts included."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
