"""A question with a box of one line under it, as the pages of the office ask."""

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets import theme
from ui.widgets.under_question import put_under


class AskedLine(QWidget):
    """`box` is what is typed in; `name` is the name of the object, `hint` is said below the question."""

    def __init__(self, name: str, question: str, hint: str = "") -> None:
        super().__init__()
        self.box = QLineEdit()
        self.box.setObjectName(name)
        self.box.setMaximumWidth(theme.px(27))
        put_under(self, self.box, question, hint)

    def text(self) -> str:
        """Return what was typed, without the spaces around it."""
        return self.box.text().strip()
