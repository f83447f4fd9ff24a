"""Fields that are typed: a line, a long text, a number, a date or a time as people write them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from forms.form import Kind, Place, Row
from ui import theme
from ui.field import Field
from ui.filling import Filling
from ui.text import Body

_WIDTHS: dict[Kind, float] = {"integer": 7, "decimal": 9, "date": 10.5, "time": 7, "dateTime": 15, "text": 30}
_WAYS: dict[Kind, str] = {
    "integer": "Type a whole number. Type 0 for none.",
    "decimal": "Type a number, with a point if it is not whole.",
    "date": "Type the date as you would write it: 3/4/26, 3 April, today or yesterday. The box then shows it in full.",
    "time": "Type the time as you would write it: 1430, 14:30 or 2.30pm.",
    "dateTime": "Type the date and then the time: 3/4/26 14:30.",
    "text": "Type your answer. Do not write anybody's name.",
}
LINES_LEAST, LINES_MOST = 4, 14


class LineField(Field):
    """A box of one line.

    What is typed reaches the draft with every key, so a question that depends on it is there before Tab looks for it.
    """

    def __init__(self, row: Row, place: Place, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(row, place, filling, parent)
        self.box = QLineEdit()
        self.box.setObjectName(row.name)
        self.box.setMinimumWidth(1)
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.box.setMaximumWidth(theme.px(_WIDTHS.get(row.kind, 30)))
        self.box.textEdited.connect(self._typed)
        self.question.setBuddy(self.box)
        self.watch(self.box)
        self.echo = Body(role="hint")
        self._line = QHBoxLayout()
        self._line.setSpacing(theme.px(0.7))
        # The box grows to its full width first; what is beside it has the rest.
        self._line.addWidget(self.box, 100)
        self._line.addWidget(self.echo, 1, Qt.AlignmentFlag.AlignVCenter)
        self._line.addStretch(1)
        self.column.addLayout(self._line)
        self.echo.setVisible(row.kind in ("date", "dateTime"))

    def inputs(self) -> list[QWidget]:
        return [self.box]

    def _typed(self, text: str) -> None:
        self.filling.type_in(self.place, text)

    def show_answer(self) -> None:
        # While somebody types, the box is theirs; it is tidied ("today" to the date) when they have left it.
        text = self.draft.text(self.place)
        if self.box.text() != text and not (self.box.hasFocus() and self.box.isModified()):
            self.box.setText(text)
        readonly = self.draft.readonly(self.place)
        if self.box.isReadOnly() != readonly:
            self.box.setReadOnly(readonly)
        if self.row.kind in ("date", "dateTime"):
            self.echo.setText(self.draft.echo(self.place))

    def _leave(self) -> None:
        if not self.box.hasFocus():
            self.box.setModified(False)
        super()._leave()

    def bind(self, place: Place) -> None:
        self.box.setModified(False)
        super().bind(place)

    def mark_wrong(self, wrong: bool) -> None:
        self.box.setProperty("wrong", wrong)
        self.box.style().unpolish(self.box)
        self.box.style().polish(self.box)

    def name_inputs(self, question: str, description: str) -> None:
        self.box.setAccessibleName(question)
        echo = self.draft.echo(self.place)
        self.box.setAccessibleDescription(" ".join(part for part in (description, echo) if part))

    def help(self) -> str:
        return _WAYS.get(self.row.kind, "")


class _LongBox(QPlainTextEdit):
    """A box that grows with its text; Tab leaves it, and the wheel scrolls the page unless the box has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setMinimumWidth(1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)
        self.fit()

    def fit(self, _size: object = None) -> None:
        """Be as high as the text, within limits."""
        lines = min(max(round(self.document().size().height()), LINES_LEAST), LINES_MOST)
        height = lines * self.fontMetrics().lineSpacing() + theme.px(1.6)
        if self.minimumHeight() != height:
            self.setFixedHeight(height)

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.verticalScrollBar()
        if self.hasFocus() and bar.maximum() > bar.minimum():
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)


class LongField(Field):
    """A box of several lines."""

    def __init__(self, row: Row, place: Place, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(row, place, filling, parent)
        self.box = _LongBox()
        self.box.setObjectName(row.name)
        self.box.setMaximumWidth(theme.px(46))
        self.question.setBuddy(self.box)
        self.box.textChanged.connect(self._typed)
        self.watch(self.box)
        self.column.addWidget(self.box)

    def inputs(self) -> list[QWidget]:
        return [self.box]

    def _typed(self) -> None:
        self.filling.type_in(self.place, self.box.toPlainText())

    def show_answer(self) -> None:
        text = self.draft.text(self.place)
        if self.box.toPlainText() != text and not self.box.hasFocus():
            self.box.blockSignals(True)
            self.box.setPlainText(text)
            self.box.blockSignals(False)
            self.box.fit()
        self.box.setReadOnly(self.draft.readonly(self.place))

    def bind(self, place: Place) -> None:
        self.box.clearFocus()
        super().bind(place)

    def mark_wrong(self, wrong: bool) -> None:
        self.box.setProperty("wrong", wrong)
        self.box.style().unpolish(self.box)
        self.box.style().polish(self.box)

    def help(self) -> str:
        return "Type as much as you need: the box grows. Tab goes to the next question. Do not write anybody's name."


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
        self.value.setText(said or "Not worked out yet")
        self.value.setAccessibleName(f"{self.draft.label(self.place)}: {self.value.text()}")


class NoteField(Field):
    """Words between the questions."""

    def inputs(self) -> list[QWidget]:
        return []

    def optional(self) -> bool:
        return False

    def show_answer(self) -> None:
        if self.question.property("role") != "note":
            self.question.setProperty("role", "note")  # running text, not the bold of a question
