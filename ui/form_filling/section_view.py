"""One section of a form: its heading and its questions, made when it is first visited."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.draft import DraftChange
from forms.form import Place, Row
from ui.form_filling.field import Field
from ui.form_filling.filling import Filling
from ui.form_filling.questions import Questions
from ui.form_filling.repeat_view import RepeatView
from ui.widgets import theme
from ui.widgets.reading_column import ReadingColumn
from ui.widgets.text import Body, Heading


class SectionView(ReadingColumn):
    """A top-level group or repeat, or the loose questions together."""

    rearranged = Signal()
    left = Signal()
    undo_wanted = Signal()

    def __init__(self, title: str, rows: tuple[Row, ...], filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(spacing=1.2, parent=parent)
        self._filling = filling
        self._name = rows[0].name if len(rows) == 1 else ""
        column = self.column
        self.position = Body(role="hint")
        self.heading = Heading(title)
        head = QVBoxLayout()
        head.setSpacing(theme.px(0.3))
        self.intro = Body()
        for label in (self.position, self.heading, self.intro):
            head.addWidget(label)
        column.addLayout(head)
        of_the_whole = filling.comments.of_the_whole()
        if of_the_whole and rows[0] is filling.draft.form.rows[0]:
            asked = Body(of_the_whole, role="warn")
            asked.setObjectName("asked_of_the_whole")
            asked.setProperty("card", "warn")
            column.addWidget(asked)
        self.part: Questions | RepeatView
        if len(rows) == 1 and rows[0].kind == "repeat":
            self.part = self._make_repeat(rows[0])
        else:
            inside = rows[0].rows if len(rows) == 1 and rows[0].kind == "group" else rows
            self.part = Questions(inside, filling, make_repeat=self._make_repeat)
            self.part.rearranged.connect(self.rearranged)
            self.part.left.connect(self.left)
        column.addWidget(self.part)
        column.addStretch(1)
        self._show_intro()
        filling.changed.connect(self._apply)
        filling.checked_changed.connect(self.part.refresh_all)

    def _make_repeat(self, row: Row) -> RepeatView:
        view = RepeatView(row, self._filling, self)
        view.rearranged.connect(self.rearranged)
        view.left.connect(self.left)
        view.undo_wanted.connect(self.undo_wanted)
        return view

    def show_position(self, words: str) -> None:
        """Say which section of how many this is."""
        self.position.setText(words)

    def _show_intro(self) -> None:
        words = self._filling.draft.hint(Place(self._name)) if self._name else ""
        self.intro.setText(words)
        self.intro.setVisible(bool(words))

    def _apply(self, change: DraftChange) -> None:
        moves = bool(change.shown or change.hidden or change.rows)
        if moves:
            self.setUpdatesEnabled(False)
        self.part.apply(change)
        if isinstance(self.part, Questions):
            for repeat in self.part.repeats.values():
                if isinstance(repeat, RepeatView):
                    repeat.apply(change)
        self._show_intro()
        if moves:
            self.setUpdatesEnabled(True)

    def inputs(self) -> Iterator[QWidget]:
        """Yield every widget that takes the focus, in the order of Tab, hidden ones too."""
        yield from self.part.inputs()

    def fields(self) -> Iterator[Field]:
        """Yield the fields on the screen, in order."""
        for questions in self._columns():
            yield from (field for field in questions.fields.values() if not field.isHidden())

    def _columns(self) -> Iterator[Questions]:
        if isinstance(self.part, RepeatView):
            if self.part.questions is not None and self.part.chosen:
                yield self.part.questions
            return
        yield self.part
        for repeat in self.part.repeats.values():
            if isinstance(repeat, RepeatView) and repeat.questions is not None and repeat.chosen:
                yield repeat.questions

    def focus_rows(self, repeats: frozenset[str]) -> None:
        """Put the focus on the list of rows of one of these repeats, after one came back or went."""
        for view in self._repeats():
            if view.row.name in repeats:
                view.focus_rows()
                return

    def _repeats(self) -> list[RepeatView]:
        if isinstance(self.part, RepeatView):
            return [self.part]
        return [view for view in self.part.repeats.values() if isinstance(view, RepeatView)]

    def field_of(self, place: Place) -> Field | None:
        """Return the field at a place, with its row chosen; None where the section does not have it."""
        if place.repeat:
            for repeat in self._repeats():
                if repeat.row.name == place.repeat:
                    repeat.choose(place.row)
                    return repeat.questions.fields.get(place.name) if repeat.questions is not None else None
            return None
        return self.part.fields.get(place.name) if isinstance(self.part, Questions) else None
