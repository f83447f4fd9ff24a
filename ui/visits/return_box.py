"""The box in which the office says what is to be put right in a report, question by question."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from forms import guard
from forms.translation import tr
from ui.form_filling.guard_notice import says
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Question
from ui.widgets.text_box import LongBox


class ReturnBox(QFrame):
    """One comment or several, each at a question. `given` carries [(path, words)], `closed` comes when it is left."""

    given = Signal(object)
    closed = Signal()
    grew = Signal(object)  # what came

    def __init__(self, questions: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._questions = (("", tr("The whole report")), *questions)
        self.setProperty("card", "plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(1), theme.px(0.8), theme.px(1), theme.px(1))
        column.setSpacing(theme.px(0.6))
        column.addWidget(Question(tr("What is to be put right?")))
        column.addWidget(
            Body(tr("The visitors read it at the question. No names of detainees or staff, please."), role="hint")
        )
        self.problem = Body(role="error")
        self.problem.setObjectName("return_problem")
        self.problem.hide()
        column.addWidget(self.problem)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(0.8))
        column.addLayout(self._lines)
        self.comments: list[tuple[StillBox, LongBox]] = []
        holder = QWidget()
        row = StackingLayout(holder, gap=theme.px(0.6))
        for kind, name, words, slot in (
            (PrimaryButton, "send_back", tr("Return this report"), self._give),
            (SecondaryButton, "add_comment", tr("Add another comment"), self._add_focused),
            (SecondaryButton, "cancel_return", tr("Cancel"), self.closed.emit),
        ):
            button = kind(words)
            button.setObjectName(name)
            button.clicked.connect(lambda _=False, wanted=slot: wanted())
            row.addWidget(button)
        self._buttons = holder
        column.addWidget(holder)
        self.add()

    def add(self) -> None:
        """Make room for one more comment."""
        number = len(self.comments) + 1
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.3))
        which = Body(tr("Comment {number}, at the question", number=number))
        box = StillBox()
        box.setObjectName(f"comment_question_{number}")
        box.setAccessibleName(which.text())
        box.setMinimumWidth(1)
        box.setMaximumWidth(theme.px(46))
        box.setSizeAdjustPolicy(StillBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(10)
        for path, words in self._questions:
            box.addItem(words, path)
        text = LongBox(own_undo=True)
        text.setObjectName(f"comment_{number}")
        text.setMaximumWidth(theme.px(46))
        text.setAccessibleName(tr("Comment {number}", number=number))
        for widget in (which, box, text):
            column.addWidget(widget)
        self._lines.addWidget(line)
        line.show()
        self.comments.append((box, text))
        QWidget.setTabOrder(box, text)
        buttons = self._buttons.findChildren(SecondaryButton) + self._buttons.findChildren(PrimaryButton)
        for before, after in zip((text, *_ordered(buttons)), _ordered(buttons), strict=False):
            QWidget.setTabOrder(before, after)

    def typed(self) -> dict[str, str]:
        """Return the comments that are being written, each with its question, by the names of their boxes."""
        said: dict[str, str] = {}
        for box, text in self.comments:
            if words := text.toPlainText():
                said |= {text.objectName(): words, box.objectName(): str(box.currentData())}
        return said

    def focus_first(self) -> None:
        """Put the focus on the first question."""
        self.comments[0][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, words: str) -> None:
        """Say why nothing was returned; what was typed stays."""
        self.problem.setText(words)
        self.problem.show()
        self.grew.emit(self.problem)
        announce(self.problem, words, urgent=True)

    def _add_focused(self) -> None:
        self.add()
        self.comments[-1][0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.grew.emit(self.comments[-1][1])

    def _give(self) -> None:
        given = [(str(box.currentData()), text.toPlainText().strip(), text) for box, text in self.comments]
        said = [(path, words) for path, words, _ in given if words]
        if not said:
            self.refuse(tr("Say in a comment what is to be put right."))
            self.comments[0][1].setFocus()
            return
        for _, words, text in given:
            if found := guard.look(words):
                self.refuse("\n".join((*says(found), tr("Nothing is saved yet: change it, then save again."))))
                text.setFocus()
                return
        self.given.emit(said)


def _ordered(buttons: Sequence[QWidget]) -> list[QWidget]:
    order = ("send_back", "add_comment", "cancel_return")
    return sorted(buttons, key=lambda button: order.index(button.objectName()))
