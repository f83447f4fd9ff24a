"""A question with a box of several lines under it, which grows with its text."""

from PySide6.QtWidgets import QWidget

from ui.widgets import theme
from ui.widgets.text_box import LongBox
from ui.widgets.under_question import put_under


class AskedText(QWidget):
    """`box` is what is typed in; `name` is the name of the object, `hint` is said below the question."""

    def __init__(self, name: str, question: str, hint: str = "", held: str = "") -> None:
        super().__init__()
        self.box = LongBox(own_undo=True)
        self.box.setObjectName(name)
        self.box.setPlainText(held)
        self.box.setMaximumWidth(theme.px(44))
        put_under(self, self.box, question, hint)

    def text(self) -> str:
        """Return what was typed, without the spaces around it."""
        return self.box.toPlainText().strip()
