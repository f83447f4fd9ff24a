"""One answer that two people entered differently: the values side by side, each with who entered it when."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QVBoxLayout, QWidget

from forms.translation import tr
from ui.form_filling.field import name
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.choice_button import RadioChoice
from ui.widgets.text import Body, Question
from ui.widgets.text_box import LongBox

if TYPE_CHECKING:
    from icv_app.records.dispute import DisputedField, Side

NARROW = 19  # ems for each value: with less, they stand below each other


class DisputedAnswer(QFrame):
    """Tab comes to the values once, the arrow keys choose. `moved` carries what has the focus now."""

    moved = Signal(object)

    def __init__(self, field: "DisputedField", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = field.path
        self.setProperty("card", "plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(1), theme.px(0.8), theme.px(1), theme.px(1))
        column.setSpacing(theme.px(0.5))
        self.question = Question(field.label)
        self.error = Body(role="error")
        self.error.hide()
        column.addWidget(self.question)
        column.addWidget(self.error)
        self._group = QButtonGroup(self)
        self.buttons: list[RadioChoice] = []
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(theme.px(1))
        for number, side in enumerate(field.sides):
            self._sides.addWidget(self._make_side(field, side, number), 1)
        column.addLayout(self._sides)
        self.box = LongBox(own_undo=True)
        self.box.hide()
        if field.written:
            self._make_own(field, column)
        self._stop_at(self.buttons[0])

    def _make_side(self, field: "DisputedField", side: "Side", number: int) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.25))
        button = self._add(side.words, f"{field.path}={number + 1}")
        by = "\n".join(side.by)
        words = tr("{by}. Shown until somebody chooses.", by=by) if side.shown else by
        told = Body(words, role="hint")
        told.setContentsMargins(theme.px(0.65), 0, 0, 0)
        name(button, tr("{choice}. {question}", choice=side.words, question=field.label), words)
        column.addWidget(button)
        column.addWidget(told)
        column.addStretch(1)
        return holder

    def _make_own(self, field: "DisputedField", column: QVBoxLayout) -> None:
        words = tr("Neither: I put it in words of my own")
        own = self._add(words, f"{field.path}=own")
        name(own, tr("{choice}. {question}", choice=words, question=field.label), "")
        own.toggled.connect(self._show_box)
        self.box.setObjectName(f"own_{field.path}")
        self.box.put("\n".join(side.words for side in field.sides if not side.missing))
        name(self.box, tr("In words of my own. {question}", question=field.label), "")
        column.addWidget(own)
        column.addWidget(self.box)

    def _add(self, words: str, object_name: str) -> RadioChoice:
        button = RadioChoice(words)
        button.setObjectName(object_name)
        button.stepped.connect(self._step)
        button.toggled.connect(self._chosen)
        self._group.addButton(button)
        self.buttons.append(button)
        return button

    def choice(self) -> "int | str | None":
        """Return the number of the chosen value, 0 the first; words of one's own; or None where nothing is chosen."""
        chosen = next((number for number, button in enumerate(self.buttons) if button.isChecked()), None)
        if chosen is not None and self.buttons[chosen].objectName().endswith("=own"):
            return self.box.toPlainText().strip() or None
        return chosen

    def typed(self) -> dict[str, str]:
        """Return what is chosen by its words: in what place a value stands may be another once somebody shared."""
        chosen = next((button for button in self.buttons if button.isChecked()), None)
        if chosen is None:
            return {}
        own = {self.box.objectName(): self.box.toPlainText()} if chosen.objectName().endswith("=own") else {}
        return {f"chosen_{self.path}": chosen.text(), **own}

    def put_typed(self, boxes: Mapping[str, str]) -> None:
        """Choose what `typed` returned; a value that is there no longer is not chosen."""
        own = boxes.get(f"own_{self.path}")
        wanted = boxes.get(f"chosen_{self.path}", "")
        for button in self.buttons:
            if button.text() == wanted or (own is not None and button.objectName().endswith("=own")):
                button.setChecked(True)
        if own is not None:
            self.box.setPlainText(own)

    def ask(self, words: str = "") -> None:
        """Say what is wrong here: that nothing is chosen yet, or `words`."""
        self.error.setText(tr("Error: {problem}", problem=words or tr("Choose one of these")))
        self.error.show()

    def focus(self) -> None:
        """Put the focus on the values."""
        stop = next(each for each in self.buttons if each.focusPolicy() == Qt.FocusPolicy.StrongFocus)
        stop.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.error.isHidden():
            announce(stop, f"{self.question.text()} {self.error.text()}", urgent=True)

    def _step(self, by: int) -> None:
        at = next((number for number, button in enumerate(self.buttons) if button.hasFocus()), 0)
        target = self.buttons[(at + by) % len(self.buttons)]
        target.setFocus(Qt.FocusReason.TabFocusReason if by > 0 else Qt.FocusReason.BacktabFocusReason)
        target.click()
        self.moved.emit(target)

    def _chosen(self, checked: bool) -> None:
        if checked:
            self.error.hide()
            self._stop_at(next(button for button in self.buttons if button.isChecked()))

    def _stop_at(self, stop: RadioChoice) -> None:
        for button in self.buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus)

    def _show_box(self, wanted: bool) -> None:
        self.box.setVisible(wanted)
        if wanted:
            self.moved.emit(self.box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.px(NARROW) * self._sides.count()
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._sides.direction() != direction:
            self._sides.setDirection(direction)
