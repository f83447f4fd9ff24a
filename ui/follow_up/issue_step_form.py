"""The form of one step with an issue: its questions, and a tick for words that look as if they named somebody."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.errors import IcvError
from ui.follow_up.issue_steps import Ask, StepWords
from ui.widgets import messages, theme, typed_in
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.looked_tick import LookedTick
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Heading, Question
from ui.widgets.text_box import LongBox
from ui.widgets.typed_day import typed_day

_WIDE = 40  # ems


class IssueStepForm(QFrame):
    """`given` carries the answers by name, as the step takes them; `closed` comes when the person leaves it."""

    given = Signal(object)
    closed = Signal()

    def __init__(self, step: StepWords, held: Mapping[str, Any], today: date) -> None:
        super().__init__()
        self._today = today
        self.setProperty("card", "plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(1), theme.px(0.8), theme.px(1), theme.px(1))
        column.setSpacing(theme.px(0.6))
        column.addWidget(Heading(tr(step.button).rstrip("…"), level=2))
        self.problem = Body(role="error")
        self.problem.setObjectName("step_problem")
        self.problem.hide()
        column.addWidget(self.problem)
        self.boxes: dict[str, tuple[Ask, QWidget]] = {}
        for ask in step.asks:
            column.addWidget(self._asked(ask, str(held.get(ask.name) or "")))
        self.looked = LookedTick("step_looked")
        column.addWidget(self.looked)
        holder = QWidget()
        row = StackingLayout(holder, gap=theme.px(0.6))
        for button, name, slot in (
            (PrimaryButton(tr(step.save)), "save_step", self._give),
            (SecondaryButton(tr("Cancel")), "cancel_step", self.closed.emit),
        ):
            button.setObjectName(name)
            button.clicked.connect(lambda _=False, wanted=slot: wanted())
            row.addWidget(button)
        column.addWidget(holder)
        self._begun = typed_in.read(self)

    def changed(self) -> bool:
        """Return whether an answer is another than the form opened with."""
        return typed_in.read(self) != self._begun

    def _asked(self, ask: Ask, held: str) -> QWidget:
        question = tr(ask.words)
        box = self._box(ask, held)
        box.setObjectName(f"ask_{ask.name}")
        box.setAccessibleName(question)
        box.setAccessibleDescription(tr(ask.hint))
        box.setMaximumWidth(theme.px(_WIDE if ask.kind == "words" else 27))
        self.boxes[ask.name] = (ask, box)
        label = Question(question)
        label.setBuddy(box)
        asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        if ask.hint:
            column.addWidget(Body(tr(ask.hint), role="hint"))
        column.addWidget(box)
        return asked

    def _box(self, ask: Ask, held: str) -> QWidget:
        if ask.kind == "words":
            long = LongBox(own_undo=True)
            long.setPlainText(held)
            return long
        if ask.kind == "choice":
            choice = StillBox()
            choice.setMinimumWidth(1)
            choice.setSizeAdjustPolicy(StillBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(10)
            choice.addItem(tr("Choose"), "")
            for code, words in (ask.choices or {}).items():
                said = tr(words)
                choice.addItem(said[:1].upper() + said[1:], code)
            choice.setCurrentIndex(max(choice.findData(held), 0))
            return choice
        line = QLineEdit(held)
        line.returnPressed.connect(self._give)
        return line

    def focus_first(self) -> None:
        """Put the focus on the first question."""
        next(box for _, box in self.boxes.values()).setFocus()

    def refuse(self, words: str, *, telling: bool = False) -> None:
        """Say why nothing was saved; what was typed stays. `telling`: the words may tell who somebody is."""
        self.problem.setText(words)
        self.problem.show()
        if telling:
            self.looked.ask(self._typed())
            self.looked.setFocus()
        announce(self.problem, words, urgent=True)

    def was_looked_at(self) -> bool:
        """Return whether somebody ticked that they looked at the words as they stand now."""
        return self.looked.passes(self._typed())

    def _typed(self) -> str:
        return "\n".join(typed_in.read(self).values())

    def _give(self) -> None:
        answers: dict[str, Any] = {}
        for name, (ask, box) in self.boxes.items():
            if isinstance(box, LongBox):
                answers[name] = box.toPlainText().strip()
            elif isinstance(box, StillBox):
                code = str(box.currentData() or "")
                if not code:
                    self.refuse(tr("Choose an answer: {question}", question=tr(ask.words)))
                    box.setFocus()
                    return
                answers[name] = code
            elif isinstance(box, QLineEdit) and ask.kind == "day":
                try:
                    answers[name] = typed_day(box.text(), self._today)
                except IcvError as error:
                    self.refuse(messages.words(error))
                    box.setFocus()
                    return
            elif isinstance(box, QLineEdit):
                answers[name] = box.text().strip()
        self.given.emit(answers)
