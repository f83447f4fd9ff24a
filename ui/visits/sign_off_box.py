"""The box in which the other visitor says whether they agree with a report."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from forms import guard
from forms.translation import tr
from ui.form_filling.guard_notice import says
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Question


class SignOffBox(QFrame):
    """Two buttons, and for who sees it differently a text box. `given` carries whether they agree, and the words.

    Words that may tell who somebody is are pointed out, and not given. `grew`: more of it shows.
    """

    given = Signal(bool, str)
    grew = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(1), theme.px(0.8), theme.px(1), theme.px(1))
        column.setSpacing(theme.px(0.6))
        column.addWidget(Question(tr("Do you agree with this report?")))
        column.addWidget(
            Body(
                tr("Your answer is kept beside the report, as an entry of your own. It changes nothing in the report."),
                role="hint",
            )
        )
        self.agree = PrimaryButton(tr("I agree with this report"))
        self.agree.setObjectName("agree")
        self.agree.clicked.connect(lambda: self.given.emit(True, ""))
        self.differ = SecondaryButton(tr("I see it differently…"))
        self.differ.setObjectName("differ")
        self.differ.clicked.connect(self.ask_words)
        column.addWidget(_row(self.agree, self.differ))
        self.more = QWidget()
        inside = QVBoxLayout(self.more)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(0.6))
        question = Question(tr("How do you see it?"))
        self.problem = Body("", role="error")
        self.problem.hide()
        self.words = QPlainTextEdit()
        self.words.setObjectName("dissent")
        self.words.setAccessibleName(tr("How do you see it?"))
        self.words.setAccessibleDescription(tr("No names of detainees or staff, please."))
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(theme.px(7))
        question.setBuddy(self.words)
        save = PrimaryButton(tr("Save what I say"))
        save.setObjectName("save_dissent")
        save.clicked.connect(self._save)
        cancel = SecondaryButton(tr("Cancel"))
        cancel.setObjectName("cancel_dissent")
        cancel.clicked.connect(self._cancel)
        for widget in (
            question,
            Body(tr("No names of detainees or staff, please."), role="hint"),
            self.problem,
            self.words,
            _row(save, cancel),
        ):
            inside.addWidget(widget)
        self.more.hide()
        column.addWidget(self.more)

    def ask_words(self) -> None:
        """Open the box for the words."""
        self.more.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grew.emit()

    def typed(self) -> dict[str, str]:
        """Return the words that are being written, by the name of their box."""
        words = self.words.toPlainText()
        return {self.words.objectName(): words} if words and not self.more.isHidden() else {}

    def refuse(self, words: str) -> None:
        """Say why nothing was saved; what was typed stays."""
        self.problem.setText(words)
        self.problem.show()
        self.grew.emit()
        announce(self.problem, words, urgent=True)

    def _save(self) -> None:
        if not self.words.toPlainText().strip():
            self.more.show()
            self.refuse(tr("Say how you see it, in a few words."))
            self.words.setFocus()
            return
        words = self.words.toPlainText().strip()
        found = guard.look(words)
        if found:
            self.refuse("\n".join((*says(found), tr("Nothing is saved yet: change it, then save again."))))
            self.words.setFocus()
            return
        self.given.emit(False, words)

    def _cancel(self) -> None:
        self.more.hide()
        self.differ.setFocus()


def _row(*buttons: QWidget) -> QWidget:
    holder = QWidget()
    row = StackingLayout(holder, gap=theme.px(0.6))
    for button in buttons:
        row.addWidget(button)
    return holder
