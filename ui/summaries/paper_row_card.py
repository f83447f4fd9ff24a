"""One row of a paper's template as it is edited: what it is, its words, and when it stands."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from forms.translation import later, tr
from icv_app.paper_row import TYPES, Row
from icv_app.summaries.paper_name import REPEATS
from ui.widgets import theme
from ui.widgets.asked_choice import AskedChoice
from ui.widgets.asked_line import AskedLine
from ui.widgets.asked_text import AskedText
from ui.widgets.buttons import SecondaryButton
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Question

if TYPE_CHECKING:
    from icv_app.summaries.paper_check import Problem

_TYPES = {
    "title": later("The paper’s title"), "field": later("A field at the head"), "heading": later("A heading"),
    "heading 3": later("A heading below that"), "heading 4": later("A heading below both"),
    "paragraph": later("A paragraph"), "numbered": later("A numbered paragraph"),
    "sentence": later("A sentence more of the paragraph above"), "bullet": later("A line of a list"),
    "note": later("A note in small type"), "kpi": later("A line of the table of measures"),
}  # fmt: skip
_BOXES = {
    "type": later("What is it?"), "label": later("What is it called?"), "text": later("Words"),
    "commentary": later("Words on it"), "number": later("Number"), "repeat": later("Once, or once for each?"),
    "relevant": later("Only if"),
}  # fmt: skip
_LABELLED = ("field", "kpi")
_NUMBERED = ("numbered", "kpi")


def line(row: Row) -> str:
    """Return a row as one line of a list: "A paragraph: Visitors made …"."""
    said = " ".join(f"{row.label} {row.text}".split())
    kind = tr(_TYPES[row.type]) if row.type in _TYPES else row.type or tr("Nothing yet")
    return tr("{kind}: {words}", kind=kind, words=said)


def problem_words(problem: "Problem") -> str:
    """Return what is wrong with a row, naming its box as the card does, not its column in a file."""
    if not problem.row or problem.column not in _BOXES:
        return str(problem)
    return tr("Row {row}, “{box}”: {words}", row=problem.row, box=tr(_BOXES[problem.column]), words=problem.words)


class PaperRowCard(QFrame):
    """Shows one row at a time. `changed` follows what is typed or chosen.

    The other signals ask for a row below it, for it to be taken out, and to go up or down by one.
    """

    changed = Signal()
    below_wanted = Signal()
    out_wanted = Signal()
    up_wanted = Signal()
    down_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(1), theme.px(0.8), theme.px(1), theme.px(0.8))
        column.setSpacing(theme.px(0.5))
        self.number = Question("")
        column.addWidget(self.number)
        self.type = AskedChoice("row_type", tr("What is it?"))
        self.label = AskedLine("row_label", tr("What is it called?"))
        self.text = AskedText("row_text", tr("Words"))
        self.commentary = AskedText("row_commentary", tr("Words on it"))
        self.first = AskedLine("row_number", tr("Number"), tr("Leave empty: it goes on counting"))
        self.repeat = AskedChoice("row_repeat", tr("Once, or once for each?"))
        self.relevant = AskedLine("row_relevant", tr("Only if"), tr("Leave empty: always"))
        for asked in (self.label, self.first, self.relevant):
            asked.box.textChanged.connect(self.changed)
        for long in (self.text, self.commentary):
            long.box.textChanged.connect(self.changed)
        for chosen in (self.type, self.repeat):
            chosen.box.currentIndexChanged.connect(self._choose)
        self.relevant.box.setMaximumWidth(theme.px(44))
        for part in (self.type, self.label, self.first, self.text, self.commentary, self.repeat, self.relevant):
            column.addWidget(part)
        column.addWidget(self._buttons())

    def show_row(self, row: Row, number: int, of: int) -> None:
        """Show a row, the `number`th of so many; nobody is told of a change."""
        self.blockSignals(True)
        known = [(code, tr(_TYPES[code])) for code in TYPES]
        self.type.offer(known if row.type in _TYPES else [*known, (row.type, row.type or tr("Choose"))], row.type)
        repeats = [("", tr("Once")), *((code, tr("For {each}", each=tr(words))) for code, words in REPEATS.items())]
        self.repeat.offer(repeats if row.repeat in dict(repeats) else [*repeats, (row.repeat, row.repeat)], row.repeat)
        for asked, held in ((self.label, row.label), (self.first, row.number), (self.relevant, row.relevant)):
            asked.box.setText(held)
            asked.box.setCursorPosition(0)
        for long, held in ((self.text, row.text), (self.commentary, row.commentary)):
            long.box.setPlainText(held)
        self._fit()
        self._show_number(number, of)
        self.blockSignals(False)

    def _choose(self) -> None:
        self._fit()
        self.changed.emit()

    def _buttons(self) -> QWidget:
        holder = QWidget()
        row = StackingLayout(holder, gap=theme.px(0.6))
        self._asking: list[tuple[SecondaryButton, str]] = []
        for name, words, signal in (
            ("row_below", tr("Add a row below"), self.below_wanted), ("row_up", tr("Up"), self.up_wanted),
            ("row_down", tr("Down"), self.down_wanted), ("row_out", tr("Take it out"), self.out_wanted),
        ):  # fmt: skip
            button = SecondaryButton(words)
            button.setObjectName(name)
            button.clicked.connect(signal)
            self._asking.append((button, words))
            row.addWidget(button)
        return holder

    def _fit(self) -> None:
        """Show what a row of this type has, and whatever else holds something."""
        kind = self.type.value()
        self.label.setVisible(kind in _LABELLED or bool(self.label.text()))
        self.first.setVisible(kind in _NUMBERED or bool(self.first.text()))
        self.commentary.setVisible(kind == "kpi" or bool(self.commentary.text()))
        self.repeat.setVisible((not kind.startswith("heading") and kind != "title") or bool(self.repeat.value()))

    def _show_number(self, number: int, of: int) -> None:
        words = tr("Row {number} of {count}", number=number, count=of)
        self.number.setText(words)
        for button, said in self._asking:
            button.setAccessibleName(tr("{button}: {row}", button=said, row=words))
        for asked, said in (
            (self.type, tr("What is it?")), (self.text, tr("Words")), (self.relevant, tr("Only if")),
            (self.label, tr("What is it called?")), (self.first, tr("Number")), (self.commentary, tr("Words on it")),
            (self.repeat, tr("Once, or once for each?")),
        ):  # fmt: skip
            asked.box.setAccessibleName(tr("{question} {row}", question=said, row=words))

    def take_focus(self, column: str) -> None:
        """Put the focus on the box of a column, on the words where the row has none of it."""
        every: dict[str, AskedChoice | AskedLine | AskedText] = {
            "type": self.type, "label": self.label, "number": self.first, "commentary": self.commentary,
            "repeat": self.repeat, "relevant": self.relevant,
        }  # fmt: skip
        asked = every.get(column, self.text)
        asked.setVisible(True)
        asked.box.setFocus()

    def row(self) -> Row:
        """Return the row as it stands in the boxes."""
        return Row(
            type=self.type.value(), text=self.text.text(), label=self.label.text(), number=self.first.text(),
            commentary=self.commentary.text(), repeat=self.repeat.value(), relevant=self.relevant.text(),
        )  # fmt: skip
