"""A question with a box of one line under it, as the pages of the office ask."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.text import Body, Question


class AskedLine(QWidget):
    """`box` is what is typed in; `name` is the name of the object, `hint` is said below the question."""

    def __init__(self, name: str, question: str, hint: str = "") -> None:
        super().__init__()
        self.box = QLineEdit()
        self.box.setObjectName(name)
        self.box.setAccessibleName(question)
        self.box.setAccessibleDescription(hint)
        self.box.setMaximumWidth(theme.px(27))
        label = Question(question)
        label.setBuddy(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        if hint:
            column.addWidget(Body(hint, role="hint"))
        column.addWidget(self.box)

    def text(self) -> str:
        """Return what was typed, without the spaces around it."""
        return self.box.text().strip()
