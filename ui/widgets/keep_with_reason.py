"""The way to keep personal data in a text: a reason, chosen or in words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QVBoxLayout, QWidget

from forms.translation import later, tr
from ui.widgets import theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.choice_button import RadioChoice
from ui.widgets.text import Body, Question

REASONS = (
    later("It is not personal data"),
    later("It names a member of staff who must be told"),
    later("It is needed for safety, and the office knows"),
)
OTHER = later("Another reason, in my own words")


class KeepWithReason(QFrame):
    """`given` carries the reason. `name` tells its widgets apart; `question` is what screen readers add to them."""

    given = Signal(str)

    def __init__(self, name: str, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(1), theme.px(0.2), 0, theme.px(0.8))
        column.setSpacing(theme.px(0.4))
        asked = Question(tr("Why does it stay?"))
        column.addWidget(asked)
        self.error = Body(role="error")
        self.error.hide()
        column.addWidget(self.error)
        self._group = QButtonGroup(self)
        self._choices: list[RadioChoice] = []
        for number, words in enumerate((*REASONS, OTHER)):
            choice = RadioChoice(tr(words))
            choice.setObjectName(f"why_{name}={number}")
            choice.setAccessibleName(tr("{choice}. {question}", choice=choice.text(), question=asked.text()))
            choice.setAccessibleDescription(question)
            choice.setMaximumWidth(theme.px(46))
            choice.clicked.connect(self._chosen)
            choice.stepped.connect(self._step)
            choice.cleared.connect(self._clear)
            self._group.addButton(choice, number)
            self._choices.append(choice)
            column.addWidget(choice)
        self.words = QLineEdit()
        self.words.setObjectName(f"why_{name}")
        self.words.setAccessibleName(tr("The reason, in your own words"))
        self.words.setMinimumWidth(1)
        self.words.setMaximumWidth(theme.px(46))
        self.words.returnPressed.connect(self._give)
        self.words.hide()
        column.addWidget(self.words)
        self.button = SecondaryButton(tr("Keep it with this reason"))
        self.button.setObjectName(f"give_{name}")
        self.button.clicked.connect(self._give)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._one_stop()

    def inputs(self) -> list[QWidget]:
        """Return what takes the focus, in the order of Tab."""
        return [*self._choices, self.words, self.button]

    def focus(self) -> None:
        """Put the focus on the first reason."""
        stop = next(choice for choice in self._choices if choice.focusPolicy() & Qt.FocusPolicy.TabFocus)
        stop.setFocus(Qt.FocusReason.TabFocusReason)

    def _step(self, by: int) -> None:
        at = next((number for number, choice in enumerate(self._choices) if choice.hasFocus()), 0)
        target = self._choices[(at + by) % len(self._choices)]
        target.setFocus(Qt.FocusReason.TabFocusReason if by > 0 else Qt.FocusReason.BacktabFocusReason)
        target.click()

    def _clear(self) -> None:
        self._group.setExclusive(False)
        for choice in self._choices:
            choice.setChecked(False)
        self._group.setExclusive(True)
        self._chosen()

    def _chosen(self) -> None:
        self.error.hide()
        self.words.setVisible(self._group.checkedId() == len(REASONS))
        self._one_stop()

    def _one_stop(self) -> None:
        """Let Tab come to the group once: to the chosen reason, or to the first."""
        stop = self._group.checkedButton() or self._choices[0]
        for choice in self._choices:
            choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus if choice is stop else Qt.FocusPolicy.ClickFocus)

    def _give(self) -> None:
        number = self._group.checkedId()
        reason = tr(REASONS[number]) if 0 <= number < len(REASONS) else self.words.text().strip()
        if number >= 0 and reason:
            self.given.emit(reason)
            return
        problem = tr("Choose a reason") if number < 0 else tr("Write the reason")
        self.error.setText(tr("Error: {problem}", problem=problem))
        self.error.show()
        if number < 0:
            self.focus()
        else:
            self.words.setFocus()
