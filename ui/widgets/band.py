"""The coloured band that heads the pages before anything is unlocked: what the program is and what it promises."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import tr
from ui.widgets.text import Body, Heading


class Band(QWidget):
    """The program's name over one line of words."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 22)
        column.addWidget(Heading(tr("Custody visiting")))
        column.addWidget(Body(words, role="hint"))
