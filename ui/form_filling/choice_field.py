"""Fields that are chosen: one of a few, one of many, any of several."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QSizePolicy, QVBoxLayout, QWidget

from forms.form import Choice, Place, Row
from forms.translation import tr
from ui.form_filling.field import Field, name
from ui.form_filling.filling import Filling
from ui.widgets import theme, undo_keys
from ui.widgets.choice_button import RadioChoice, TickChoice
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.still_box import StillBox

FEW = 7
"""So many choices are shown all at once; more go into a list that drops down."""


class RadioField(Field):
    """One of a few: big buttons. Tab comes to the group once, the arrow keys choose, Delete clears the answer."""

    def __init__(self, row: Row, place: Place, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(row, place, filling, parent)
        self._choices: tuple[Choice, ...] = ()
        self._group = QButtonGroup(self)
        self._buttons: list[RadioChoice] = []
        self._showing = False  # the draft's answer, which is nobody's choice of now
        self._holder = QWidget()
        self._holder.setObjectName(row.name)
        self._layout = StackingLayout(self._holder, gap=theme.px(0.5))
        self.column.addWidget(self._holder)  # its choices are made when it is first shown

    def inputs(self) -> list[QWidget]:
        return list(self._buttons)

    def _make(self) -> None:
        self._choices = self.draft.choices(self.place)
        for old in self._buttons:
            self._group.removeButton(old)
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = []
        for choice in self._choices:
            button = RadioChoice(choice.label(self.draft.language))
            button.setObjectName(f"{self.row.name}={choice.name}")
            button.toggled.connect(self._chosen)  # not clicked: a screen reader chooses without a click
            button.stepped.connect(self._step)
            button.cleared.connect(self._clear)
            self.watch(button)
            self._group.addButton(button)
            self._layout.addWidget(button)
            self._buttons.append(button)
        if self._buttons:
            self.question.setBuddy(self._buttons[0])

    def _chosen(self, checked: bool) -> None:
        if checked and not self._showing:
            number = self._buttons.index(self._group.checkedButton())  # type: ignore[arg-type]  # one of ours
            self.filling.answer(self.place, self._choices[number].name)

    def _step(self, by: int) -> None:
        at = next((number for number, button in enumerate(self._buttons) if button.hasFocus()), 0)
        target = self._buttons[(at + by) % len(self._buttons)]
        target.setFocus(Qt.FocusReason.TabFocusReason if by > 0 else Qt.FocusReason.BacktabFocusReason)
        if not self.draft.readonly(self.place):
            target.click()

    def _clear(self) -> None:
        if not self.draft.readonly(self.place):
            self.filling.answer(self.place, None)

    def show_answer(self) -> None:
        if self.draft.choices(self.place) != self._choices:
            self._make()
            self.rearranged.emit()
        value = self.draft.value(self.place)
        enabled = not self.draft.readonly(self.place)
        focused = next((button for button in self._buttons if button.hasFocus()), None)
        self._showing = True
        self._group.setExclusive(False)
        chosen = None
        for button, choice in zip(self._buttons, self._choices, strict=True):
            button.setChecked(choice.name == value)
            button.setEnabled(enabled)
            chosen = button if choice.name == value else chosen
        self._group.setExclusive(True)
        self._showing = False
        # One stop for Tab: the chosen button, or the one in hand, or the first.
        stop = chosen or focused or (self._buttons[0] if self._buttons else None)
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus)

    def name_inputs(self, question: str, description: str) -> None:
        for button in self._buttons:
            name(button, tr("{choice}. {question}", choice=button.text(), question=question), description)

    def help(self) -> str:
        return tr(
            "Choose one answer with the mouse, or with the arrow keys or Space. Delete takes the answer away again."
        )


class TickField(Field):
    """Any of several: big boxes to tick."""

    def __init__(self, row: Row, place: Place, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(row, place, filling, parent)
        self._choices: tuple[Choice, ...] = ()
        self._boxes: list[TickChoice] = []
        self._showing = False
        self._holder = QWidget()
        self._holder.setObjectName(row.name)
        self._layout = QVBoxLayout(self._holder)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(0.4))
        self.column.addWidget(self._holder)  # its choices are made when it is first shown

    def inputs(self) -> list[QWidget]:
        return list(self._boxes)

    def _make(self) -> None:
        self._choices = self.draft.choices(self.place)
        for old in self._boxes:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._boxes = []
        for choice in self._choices:
            box = TickChoice(choice.label(self.draft.language))
            box.setObjectName(f"{self.row.name}={choice.name}")
            box.toggled.connect(self._ticked)  # not clicked: a screen reader ticks without a click
            box.setMaximumWidth(theme.px(46))
            self.watch(box)
            self._layout.addWidget(box)
            self._boxes.append(box)
        if self._boxes:
            self.question.setBuddy(self._boxes[0])

    def _ticked(self) -> None:
        if self._showing:
            return
        names = [choice.name for box, choice in zip(self._boxes, self._choices, strict=True) if box.isChecked()]
        self.filling.answer(self.place, " ".join(names) or None)

    def show_answer(self) -> None:
        if self.draft.choices(self.place) != self._choices:
            self._make()
            self.rearranged.emit()
        chosen = str(self.draft.value(self.place) or "").split()
        enabled = not self.draft.readonly(self.place)
        self._showing = True
        for box, choice in zip(self._boxes, self._choices, strict=True):
            box.setChecked(choice.name in chosen)
            box.setEnabled(enabled)
        self._showing = False

    def name_inputs(self, question: str, description: str) -> None:
        for box in self._boxes:
            name(box, tr("{choice}. {question}", choice=box.text(), question=question), description)

    def help(self) -> str:
        return tr("Tick all that apply, with the mouse or with Space. Tick again to take one away.")


class DropBox(StillBox):
    """A list that drops down; the wheel never changes it, and Delete empties it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.currentIndex() > 0:
            self.setCurrentIndex(0)
            self.activated.emit(0)
            return
        if undo_keys.way_of(event) is not None:
            event.ignore()  # it is the form's; Qt would look for an entry that begins so
            return
        super().keyPressEvent(event)


class DropField(Field):
    """One of many: a list that drops down, its first entry empty."""

    def __init__(self, row: Row, place: Place, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(row, place, filling, parent)
        self._choices: tuple[Choice, ...] = ()
        self._stray = ""
        self.box = DropBox()
        self.box.setObjectName(row.name)
        self.box.setMaximumWidth(theme.px(30))
        self.box.activated.connect(self._chosen)
        self.question.setBuddy(self.box)
        self.watch(self.box)
        self.column.addWidget(self.box)
        self._fill("")

    def inputs(self) -> list[QWidget]:
        return [self.box]

    def _fill(self, stray: str) -> None:
        self._choices = self.draft.choices(self.place)
        self._stray = stray
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItem("", None)
            for choice in self._choices:
                self.box.addItem(choice.label(self.draft.language), choice.name)
            if stray:
                # An answer that is no longer among the choices stays on the screen, with its problem beside it.
                self.box.addItem(self.draft.said(self.place), stray)

    def _chosen(self, number: int) -> None:
        self.filling.answer(self.place, self.box.itemData(number))

    def show_answer(self) -> None:
        value = self.draft.value(self.place)
        choices = self.draft.choices(self.place)
        stray = str(value) if value is not None and all(choice.name != value for choice in choices) else ""
        if choices != self._choices or stray != self._stray:
            self._fill(stray)
        number = max(self.box.findData(value), 0) if value is not None else 0
        if self.box.currentIndex() != number:
            with QSignalBlocker(self.box):
                self.box.setCurrentIndex(number)
        self.box.setEnabled(not self.draft.readonly(self.place))

    def mark_wrong(self, wrong: bool) -> None:
        self.box.setProperty("wrong", wrong)
        self.box.style().unpolish(self.box)
        self.box.style().polish(self.box)

    def help(self) -> str:
        return tr("Open the list with Space, or type the first letters. Delete takes the answer away again.")
