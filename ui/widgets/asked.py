"""A question of the first-run pages with its text box, and perhaps a button that fills it from a file dialog."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from forms.translation import tr
from ui.widgets import theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.text import Body, Question


class Asked(QWidget):
    """A question with a text box, and perhaps a button that fills it from a file dialog."""

    def __init__(
        self, name: str, question: str, hint: str = "", choose: Callable[[QWidget], str] | None = None
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        label = Question(question)
        self.box = QLineEdit()
        self.box.setObjectName(name)
        self.box.setAccessibleName(question)
        self.box.setAccessibleDescription(hint)
        self.box.setMaximumWidth(theme.px(33))
        label.setBuddy(self.box)
        column.addWidget(label)
        if hint:
            column.addWidget(Body(hint, role="hint"))
        row = QHBoxLayout()
        row.addWidget(self.box, 1)
        self._choose = choose
        if choose is not None:
            button = SecondaryButton(tr("Choose…"))
            button.setAccessibleName(tr("Choose: {what}", what=question))
            button.clicked.connect(self._ask)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    def _ask(self) -> None:
        if self._choose is not None and (chosen := self._choose(self)):
            self.box.setText(chosen)

    def text(self) -> str:
        """Return what was typed, without spaces around it."""
        return self.box.text().strip()
