"""Typing in a paper form: one section, dense, in the paper's order and with its numbers; Enter goes to the next box."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from forms import outline
from forms.draft import DraftChange
from forms.form import Place, Row
from forms.picking import pick, pick_several
from forms.translation import tr
from ui.form_filling.filling import Filling
from ui.widgets import theme
from ui.widgets.reading_column import ReadingColumn
from ui.widgets.text import Body, Heading

PAUSE_MS = 700
"""A choice that is typed and not entered yet is kept after such a pause, as text is."""


class Line(QWidget):
    """One question: its number, its words, its choices with theirs, a box, and what is wrong."""

    def __init__(self, row: Row, place: Place, number: str, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row, self.place, self.number = row, place, number
        self._filling = filling
        self._draft = filling.draft
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(0.7))
        grid.setVerticalSpacing(theme.px(0.1))
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        top = Qt.AlignmentFlag.AlignTop
        numeral = Body(number, role="strong")
        numeral.setMinimumWidth(theme.px(2.8))
        self.words = Body()
        self.choices = Body(role="hint")
        self.box = QLineEdit()
        self.box.setObjectName(row.name)
        self.box.setMinimumWidth(1)
        self.box.textEdited.connect(self._typed)
        self.box.editingFinished.connect(self._finish)
        self._pause: QTimer | None = None
        self.error = Body(role="error")
        self.error.hide()
        grid.addWidget(numeral, 0, 0, top)
        grid.addWidget(self.words, 0, 1, top)
        grid.addWidget(self.box, 0, 2, top)
        grid.addWidget(self.choices, 1, 1, 1, 2)
        grid.addWidget(self.error, 2, 1, 1, 2)
        self.refresh()

    def inputs(self) -> list[QWidget]:
        """Return the box."""
        return [self.box]

    def wanted(self) -> bool:
        """Return whether the question is to be answered now."""
        return self._draft.shown(self.place) and not self._draft.readonly(self.place)

    def refresh(self) -> None:
        """Paint again what the draft says; what is being typed stays as it is."""
        self.setVisible(self.wanted())
        if not self.wanted():
            return
        label = self._draft.label(self.place) or self.row.name
        words = label if self._draft.required(self.place) else tr("{question} (optional)", question=label)
        self.words.setText(words)
        labels = [choice.label(self._draft.language) for choice in self._draft.choices(self.place)]
        listed = (tr("{number}\u00a0{choice}", number=at, choice=one) for at, one in enumerate(labels, start=1))
        self.choices.setText("   ".join(listed))
        self.choices.setVisible(bool(labels))
        self.box.setAccessibleName(tr("{number} {question}", number=self.number, question=words))
        if not self.box.hasFocus():
            self._tidy()

    def _tidy(self) -> None:
        if self.error.isHidden() or not self._is_choice():
            self.box.setText(self._draft.said(self.place) if self._is_choice() else self._draft.text(self.place))
            self._say(self._filling.problem(self.place) or "")
        self.box.setModified(False)

    def _is_choice(self) -> bool:
        return self.row.kind in outline.SELECTS

    def _typed(self, text: str) -> None:
        if not self._is_choice():
            self._filling.type_in(self.place, text)
            return
        if self._pause is None:
            self._pause = QTimer(self)
            self._pause.setSingleShot(True)
            self._pause.setInterval(PAUSE_MS)
            self._pause.timeout.connect(self._keep_typed)
        self._pause.start()

    def _keep_typed(self) -> None:
        """Keep the choice that stands in the box so far; the box stays as it is, for more may be typed."""
        if self.box.isModified() and self.box.hasFocus():
            try:
                self._take(self._meant())
            except ValueError:
                return  # Enter says what is unclear

    def _meant(self) -> str:
        """Return the choice that stands in the box, "" where it is empty; ValueError where that is unclear."""
        if not self.box.text().strip():
            return ""
        choices = self._draft.choices(self.place)
        find = pick_several if self.row.kind == "select_multiple" else pick
        return find(choices, self.box.text(), self._draft.language)

    def _take(self, meant: str) -> None:
        if meant != (self._draft.value(self.place) or ""):
            self._filling.answer(self.place, meant or None)

    def _finish(self) -> None:
        self.settle()

    def settle(self) -> bool:
        """Take what stands in the box; return whether nothing is wrong with it. What is wrong is said at once."""
        if self._is_choice() and self.box.isModified():
            try:
                meant = self._meant()
            except ValueError as unclear:
                self._say(str(unclear))
                return False
            self._say("")
            self.box.setModified(False)
            self._take(meant)
        self._tidy()
        return self.error.isHidden()

    def _say(self, words: str) -> None:
        self.error.setText(words)
        self.error.setVisible(bool(words))
        self.box.setAccessibleDescription(" ".join(part for part in (words, self.choices.text()) if part))


class TranscriptionView(ReadingColumn):
    """The questions of one section as lines. `ended` when Enter is pressed in the last box."""

    rearranged = Signal()
    left = Signal()
    undo_wanted = Signal()
    ended = Signal()
    number_wanted = Signal(str)

    def __init__(self, title: str, rows: tuple[Row, ...], filling: Filling, numbers: Mapping[str, str]) -> None:
        super().__init__(spacing=0.6)
        self._filling = filling
        self._numbers = numbers
        self._rows = rows
        self.lines: dict[Place, Line] = {}
        self.position = Body(role="hint")
        self.heading = Heading(title)
        self.jump = QLineEdit()
        self.jump.setObjectName("jump")
        self.jump.setMaximumWidth(theme.px(12))
        self.jump.setAccessibleName(tr("Go to a question by its number, such as 3.12"))
        self.jump.returnPressed.connect(self._jump)
        way = Body(
            tr("Type a number or the first letters, then Enter. Ctrl+G: go to a number, such as 3.12. F4: end."),
            role="hint",
        )
        for widget in (self.position, self.heading, way):
            self.column.addWidget(widget)
        asked = QHBoxLayout()
        label = Body(tr("Go to number"))
        label.setBuddy(self.jump)
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance(label.text()) + 2)
        asked.addWidget(label)
        asked.addWidget(self.jump, 1)
        asked.addStretch(1)
        self.column.addLayout(asked)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(0.5))
        self.column.addLayout(self._list)
        self.more: dict[str, QLineEdit] = {}
        self._fill()
        self.column.addStretch(1)
        filling.changed.connect(self._apply)

    def _fill(self) -> None:
        """Make the lines anew, in the order of the paper."""
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines, self.more = {}, {}
        for row in self._rows:
            self._add(row, "", "")

    def _add(self, row: Row, repeat: str, row_id: str) -> None:
        if row.kind == "group":
            for inner in row.rows:
                self._add(inner, repeat, row_id)
        elif row.kind == "repeat":
            for each in self._filling.draft.rows(row.name):
                heading = Heading(self._filling.draft.row_title(row.name, each), level=3)
                self._list.addWidget(heading)
                for inner in row.rows:
                    self._add(inner, row.name, each)
            if not row.repeat_count:
                self._add_more(row)
        elif row.name in self._numbers:
            place = Place(row.name, repeat, row_id)
            line = Line(row, place, self._numbers[row.name], self._filling)
            line.box.returnPressed.connect(lambda: self._entered(line))
            self._list.addWidget(line)
            line.setVisible(line.wanted())
            self.lines[place] = line

    def _add_more(self, row: Row) -> None:
        box = QLineEdit()
        box.setObjectName(f"more_{row.name}")
        box.setMaximumWidth(theme.px(4))
        words = tr("Is there another on the paper? Type + and Enter to add it; Enter alone goes on.")
        box.setAccessibleName(words)
        box.returnPressed.connect(lambda: self._more(row.name, box))
        self._list.addWidget(Body(words))
        self._list.addWidget(box)
        self.more[row.name] = box

    def _more(self, repeat: str, box: QLineEdit) -> None:
        if box.text().strip():
            row = self._filling.add_row(repeat)
            first = next((line for place, line in self.lines.items() if place.row == row and line.wanted()), None)
            if first is not None:
                first.box.setFocus()
        else:
            self._onwards(box)

    def _entered(self, line: Line) -> None:
        self._filling.seal()
        if line.settle():
            self._onwards(line.box)
        else:
            line.box.selectAll()

    def _onwards(self, box: QLineEdit) -> None:
        boxes = [each for each in self._boxes() if each.isVisibleTo(self)]
        after = boxes[boxes.index(box) + 1 :] if box in boxes else []
        if after:
            after[0].setFocus(Qt.FocusReason.TabFocusReason)
            after[0].selectAll()
        else:
            self.ended.emit()

    def _boxes(self) -> Iterator[QLineEdit]:
        for number in range(self._list.count()):
            item = self._list.itemAt(number)
            widget = item.widget() if item is not None else None
            if isinstance(widget, Line):
                yield widget.box
            elif isinstance(widget, QLineEdit):
                yield widget

    def _jump(self) -> None:
        self.number_wanted.emit(self.jump.text().strip())
        self.jump.clear()

    def _apply(self, change: DraftChange) -> None:
        mine = {name for name in change.rows if name in self.more}
        if mine:
            self._fill()
            self.rearranged.emit()
            return
        for place in change.touched:
            line = self.lines.get(place)
            if line is not None:
                line.refresh()

    # What the form screen asks of a section

    def show_position(self, words: str) -> None:
        """Say which section of how many this is."""
        self.position.setText(words)

    def unclear(self) -> Line | None:
        """Take what stands in the boxes; return the first whose words are no choice."""
        lines = [line for line in self.lines.values() if line.wanted() and line.box.isModified()]
        return next((line for line in lines if not line.settle() and line.box.isModified()), None)

    def inputs(self) -> Iterator[QWidget]:
        """Yield what takes the focus, in the order of Tab."""
        yield from self._boxes()

    def field_of(self, place: Place) -> Line | None:
        """Return the line of a place; None where the section does not have it."""
        return self.lines.get(place)

    def focus_rows(self, _rows: frozenset[str]) -> None:
        """Put the focus on the first box."""
        first = next((box for box in self._boxes() if box.isVisibleTo(self)), None)
        if first is not None:
            first.setFocus()
