"""Fields that are typed: a line, a long text, a number, a date or a time as people write them."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from forms.form import Kind, Place, Row
from forms.guarding import Finding
from forms.translation import later, tr
from ui.form_filling.field import Field, name
from ui.form_filling.filling import Filling
from ui.form_filling.guard_notice import GuardNotice
from ui.widgets import theme
from ui.widgets.text import Body
from ui.widgets.text_box import LineBox, LongBox

_WIDTHS: dict[Kind, float] = {"integer": 7, "decimal": 9, "date": 10.5, "time": 7, "dateTime": 15, "text": 30}
_WAYS: dict[Kind, str] = {
    "integer": later("Type a whole number. Type 0 for none."),
    "decimal": later("Type a number, with a point if it is not whole."),
    "date": later(
        "Type the date as you would write it: 3/4/26, 3 April, today or yesterday. The box then shows it in full."
    ),
    "time": later("Type the time as you would write it: 1430, 14:30 or 2.30pm."),
    "dateTime": later("Type the date and then the time: 3/4/26 14:30."),
    "text": later("Type your answer. Do not write anybody's name."),
}


class _TypedField(Field):
    """What both kinds of box share: whose text it is at any moment, and the guard's notice below it."""

    box: LineBox | LongBox

    def _begin(self) -> None:
        """Set up what is the same for every box, once it is made."""
        self.box.setObjectName(self.row.name)
        self.question.setBuddy(self.box)
        self.watch(self.box)
        self._typing = False
        self._description = ""
        self._known = ""  # what the draft held when the box and it last agreed
        self._notice: GuardNotice | None = None
        if self.row.kind == "text":
            self.filling.findings.changed.connect(self._look)

    def inputs(self) -> list[QWidget]:
        return [self.box]

    def _keep(self, text: str) -> None:
        self._typing = True
        self.filling.type_in(self.place, text)
        self._typing = False
        self._known = self.draft.text(self.place)

    def _is_theirs(self) -> bool:
        """Return whether the box shows what a person is writing, which is tidied when they have left it."""
        return self._typing or (self.box.hasFocus() and self.draft.text(self.place) == self._known)

    def show_answer(self) -> None:
        if not self._is_theirs():
            self._known = self.draft.text(self.place)
            self._put(self._known)
        readonly = self.draft.readonly(self.place)
        if self.box.isReadOnly() != readonly:
            self.box.setReadOnly(readonly)
        if self._notice is None and self.filling.findings.at(self.place) is not None:
            self._show_notice(aloud=False)

    def _put(self, text: str) -> None:
        raise NotImplementedError

    def bind(self, place: Place) -> None:
        self._known = self.draft.text(place)
        self._put(self._known)
        if self._notice is not None:
            self._notice.forget()
        super().bind(place)
        self._show_notice(aloud=False)

    def _leave(self) -> None:
        if not self.box.hasFocus():
            self.filling.seal()
        super()._leave()

    def mark_wrong(self, wrong: bool) -> None:
        self.box.setProperty("wrong", wrong)
        self.box.style().unpolish(self.box)
        self.box.style().polish(self.box)

    # The guard

    def _look(self, places: frozenset[Place]) -> None:
        if self.place in places:
            self._show_notice(aloud=self.box.hasFocus())

    def _show_notice(self, *, aloud: bool) -> None:
        found = self.filling.findings.at(self.place)
        if found is not None and self._notice is None:
            self._notice = GuardNotice(self)
            line = QHBoxLayout()  # a column gives no thought to a width's limit when it asks for the height
            line.addWidget(self._notice, 1000)
            line.addStretch(1)
            self.column.addLayout(line)
        if self._notice is not None:
            self._notice.show_finding(found, aloud=aloud)
            self._describe()
        self._underline(found)

    def _underline(self, found: Finding | None) -> None:
        """Mark the very words in the box, where the box can."""

    def _describe(self) -> None:
        notice = self._notice.text() if self._notice is not None else ""
        if notice != self.box.property("notice"):
            self.box.setProperty("notice", notice)
            self.name_inputs(self.question.text(), self._description)

    def name_inputs(self, question: str, description: str) -> None:
        self._description = description
        notice = self._notice.text() if self._notice is not None else ""
        said = " ".join(part for part in (description, self._echo(), notice) if part)
        name(self.box, question, said)

    def _echo(self) -> str:
        return ""


class LineField(_TypedField):
    """A box of one line.

    What is typed reaches the draft with every key, so a question that depends on it is there before Tab looks for it.
    """

    box: LineBox

    def __init__(self, row: Row, place: Place, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(row, place, filling, parent)
        self.box = LineBox()
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.box.setMaximumWidth(theme.px(_WIDTHS.get(row.kind, 30)))
        self._begin()
        self.box.textChanged.connect(self._keep)  # not textEdited: dictation puts its words in without a key
        self.echo = Body(role="hint")
        self._line = QHBoxLayout()
        self._line.setSpacing(theme.px(0.7))
        # The box grows to its full width first; what is beside it has the rest.
        self._line.addWidget(self.box, 100)
        self._line.addWidget(self.echo, 1, Qt.AlignmentFlag.AlignVCenter)
        self._line.addStretch(1)
        self.column.addLayout(self._line)
        self.echo.setVisible(row.kind in ("date", "dateTime"))

    def _put(self, text: str) -> None:
        if self.box.text() != text:
            with QSignalBlocker(self.box):
                self.box.setText(text)

    def show_answer(self) -> None:
        super().show_answer()
        if self.row.kind in ("date", "dateTime"):
            self.echo.setText(self.draft.echo(self.place))

    def _echo(self) -> str:
        return self.draft.echo(self.place)

    def help(self) -> str:
        return tr(_WAYS.get(self.row.kind, ""))


class LongField(_TypedField):
    """A box of several lines."""

    box: LongBox

    def __init__(self, row: Row, place: Place, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(row, place, filling, parent)
        self.box = LongBox()
        self.box.setMaximumWidth(theme.px(46))
        self._begin()
        self.box.textChanged.connect(self._typed)
        self.column.addWidget(self.box)

    def _typed(self) -> None:
        self._keep(self.box.toPlainText())

    def _put(self, text: str) -> None:
        self.box.put(text)

    def bind(self, place: Place) -> None:
        self.box.clearFocus()
        super().bind(place)

    def _underline(self, found: Finding | None) -> None:
        self.box.underline([(hit.start, hit.end) for hit in found.hits] if found is not None else [])

    def help(self) -> str:
        return tr(
            "Type as much as you need: the box grows. Tab goes to the next question. Do not write anybody's name."
        )


class ReadField(Field):
    """An answer that is worked out: shown, never typed."""

    def __init__(self, row: Row, place: Place, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(row, place, filling, parent)
        self.value = Body()
        self.value.setObjectName(row.name)
        self.column.addWidget(self.value)

    def inputs(self) -> list[QWidget]:
        return []

    def optional(self) -> bool:
        return False

    def is_wanted(self) -> bool:
        if self.row.kind == "calculate":  # the draft never shows these: one with words is here for its outcome
            return self.draft.value(self.place) is not None
        return super().is_wanted()

    def show_answer(self) -> None:
        said = self.draft.echo(self.place) or self.draft.said(self.place)
        self.value.setText(said or tr("Not worked out yet"))
        name(
            self.value, tr("{question}: {answer}", question=self.draft.label(self.place), answer=self.value.text()), ""
        )


class NoteField(Field):
    """Words between the questions."""

    def inputs(self) -> list[QWidget]:
        return []

    def optional(self) -> bool:
        return False

    def show_answer(self) -> None:
        if self.question.property("role") != "note":
            self.question.setProperty("role", "note")  # running text, not the bold of a question
