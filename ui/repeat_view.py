"""A repeating part of a form: the list of its rows, and one set of questions for the row that is chosen."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from forms.draft import DraftChange
from forms.form import Place, Row
from ui import theme
from ui.buttons import SecondaryButton, WarningButton
from ui.filling import Filling
from ui.questions import Questions
from ui.stacking_layout import StackingLayout
from ui.text import Body, Heading

_FILLED_IN = re.compile(r"\s*\$\{[^}]*\}")
NARROW = 44  # ems: below this the list stands above the questions


def title_of(row: Row, language: str = "") -> str:
    """Return the repeat's label without what is filled in for each row: "Person in custody ${no}" is one kind."""
    return _FILLED_IN.sub("", row.label(language)).strip(" :")


class RepeatView(QWidget):
    """List and detail. The questions are made once, with the first row, and bound to whichever row is chosen."""

    rearranged = Signal()
    left = Signal()

    def __init__(self, row: Row, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._filling = filling
        self.questions: Questions | None = None
        self.chosen = ""
        self._fixed = bool(row.repeat_count)
        self._shape = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._shape.setContentsMargins(0, 0, 0, 0)
        self._shape.setSpacing(theme.px(2))
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(theme.px(0.8))
        self.add = SecondaryButton()
        self.add.setObjectName(f"add_{row.name}")
        self.add.clicked.connect(self._add)
        self.empty = Body(role="hint")
        self.rows = QListWidget()
        self.rows.setObjectName("rows")
        self.rows.setAccessibleName(f"{title_of(row)}: list")
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setWordWrap(True)
        self.rows.setResizeMode(QListView.ResizeMode.Adjust)  # words that wrap otherwise are measured again
        self.rows.setMinimumWidth(1)
        self.rows.currentItemChanged.connect(self._choose)
        for widget in (self.add, self.empty, self.rows):
            side.addWidget(widget)
        # Only now that it has a parent: a widget shown without one is a window for a moment, and takes the focus.
        self.add.setVisible(not self._fixed)
        side.addStretch(1)
        self._detail = QWidget()
        self._detail_column = QVBoxLayout(self._detail)
        self._detail_column.setContentsMargins(0, 0, 0, 0)
        self._detail_column.setSpacing(theme.px(1.2))
        self.heading = Heading("", level=2)
        self._detail_column.addWidget(self.heading)
        self._make_removal()
        self._shape.addWidget(self._side)
        self._shape.addWidget(self._detail, 1)
        self._fill()

    def _make_removal(self) -> None:
        self.remove = WarningButton()
        self.remove.setObjectName(f"remove_{self.row.name}")
        self.remove.clicked.connect(self._ask)
        self._question = QFrame()
        self._question.setProperty("card", "error")
        column = QVBoxLayout(self._question)
        self._asked = Body()
        column.addWidget(self._asked)
        choices = QWidget()
        line = StackingLayout(choices, gap=theme.px(0.6))
        self.keep = SecondaryButton("Keep it")
        self.keep.setObjectName(f"keep_{self.row.name}")
        self.keep.clicked.connect(self._do_not_ask)
        self.really = WarningButton("Yes, remove it")
        self.really.setObjectName(f"really_remove_{self.row.name}")
        self.really.clicked.connect(self._remove)
        line.addWidget(self.keep)
        line.addWidget(self.really)
        column.addWidget(choices)
        self._question.hide()
        foot = QWidget()
        row = StackingLayout(foot)
        row.addWidget(self.remove)
        self._detail_column.addWidget(foot)
        self._detail_column.addWidget(self._question)
        self._detail_column.addStretch(1)
        self.remove.setVisible(not self._fixed)

    # What is there

    def _title(self, row: str) -> str:
        return self._filling.draft.row_title(self.row.name, row)

    def _problems(self, row: str) -> int:
        return sum(self._filling.problem(Place(name, self.row.name, row)) is not None for name in _names(self.row))

    def _words(self, row: str) -> str:
        wrong = self._problems(row)
        return f"{self._title(row)}\n{wrong} to put right" if wrong else self._title(row)

    def _fill(self) -> None:
        """Make the list anew, and keep the chosen row where it is still there."""
        ids = self._filling.draft.rows(self.row.name)
        with QSignalBlocker(self.rows):
            self.rows.clear()
            for row in ids:
                item = QListWidgetItem(self._words(row))
                item.setData(Qt.ItemDataRole.UserRole, row)
                self.rows.addItem(item)
        if self.chosen not in ids:
            self.chosen = ids[0] if ids else ""
        self._show_chosen()
        self.rows.setVisible(bool(ids))
        self.empty.setVisible(not ids)
        self.empty.setText("None added yet.")
        self.add.setText("Add another" if ids else "Add one")
        self.add.setAccessibleName(f"{self.add.text()}: {title_of(self.row)}")
        self._fit_list()

    def _show_chosen(self) -> None:
        ids = self._filling.draft.rows(self.row.name)
        self._detail.setVisible(bool(self.chosen))
        self._do_not_ask(back=False)
        if not self.chosen:
            return
        with QSignalBlocker(self.rows):
            self.rows.setCurrentRow(ids.index(self.chosen))
        if self.questions is None:
            self.questions = Questions(self.row.rows, self._filling, repeat=self.row.name, row=self.chosen)
            self.questions.rearranged.connect(self.rearranged)
            self.questions.left.connect(self.left)
            self._detail_column.insertWidget(1, self.questions)
            self.questions.show()  # now, so that its first question can take the focus
            self.rearranged.emit()
        elif self.questions.place("").row != self.chosen:
            self.questions.bind(self.chosen)
        self._show_title()

    def _show_title(self) -> None:
        title = self._title(self.chosen)
        self.heading.setText(title)
        self.remove.setText("Remove this one…")
        self.remove.setAccessibleName(f"Remove {title}")

    def _fit_list(self) -> None:
        height = sum(self.rows.sizeHintForRow(number) for number in range(self.rows.count())) + 4
        most = theme.px(12 if self._shape.direction() == QBoxLayout.Direction.TopToBottom else 30)
        self.rows.setFixedHeight(min(max(height, theme.px(3)), most))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.px(NARROW)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._shape.direction() != wanted or event.oldSize().width() < 0:
            self._shape.setDirection(wanted)
            self._side.setMinimumWidth(1 if narrow else theme.px(15))
            self._side.setMaximumWidth(16_777_215 if narrow else theme.px(15))
            # Without rows there is nothing beside it, and Qt would put it in the middle.
            self._shape.setAlignment(self._side, Qt.AlignmentFlag(0) if narrow else Qt.AlignmentFlag.AlignLeft)
        self._fit_list()

    # What a person does

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.choose(item.data(Qt.ItemDataRole.UserRole))

    def choose(self, row: str) -> None:
        """Show the questions of `row`."""
        self.chosen = row
        self._show_chosen()

    def _add(self) -> None:
        self.chosen = self._filling.add_row(self.row.name)
        self._fill()
        self.focus_first()

    def focus_first(self) -> None:
        """Put the focus on the first question of the chosen row."""
        if self.questions is not None:
            first = next((widget for widget in self.questions.inputs() if not widget.isHidden()), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        self._asked.setText(f"Remove “{self._title(self.chosen)}” and all its answers? This cannot be undone.")
        self._question.show()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _do_not_ask(self, _checked: bool = False, *, back: bool = True) -> None:
        if not self._question.isHidden():
            self._question.hide()
            if back:
                self.remove.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        ids = self._filling.draft.rows(self.row.name)
        at = ids.index(self.chosen)
        gone, self.chosen = self.chosen, next(iter(ids[at + 1 : at + 2] or ids[max(at - 1, 0) : at]), "")
        self._question.hide()
        self._filling.remove_row(self.row.name, gone)
        self._fill()
        (self.rows if self.chosen else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    # What the section asks

    def apply(self, change: DraftChange) -> None:
        """Paint what a change touched."""
        if self.row.name in change.rows:
            self._fill()
        if self.questions is not None and self.chosen:
            self.questions.apply(change)
        touched = {place.row for place in change.touched if place.repeat == self.row.name}
        if touched:
            self._retitle(touched)

    def refresh_all(self) -> None:
        """Paint everything again."""
        self._fill()
        if self.questions is not None and self.chosen:
            self.questions.refresh_all()

    def _retitle(self, rows: set[str]) -> None:
        for number in range(self.rows.count()):
            item = self.rows.item(number)
            row = item.data(Qt.ItemDataRole.UserRole)
            if row in rows:
                words = self._words(row)
                if item.text() != words:
                    item.setText(words)
                    self._fit_list()
                if row == self.chosen:
                    self._show_title()

    def inputs(self) -> Iterator[QWidget]:
        """Yield every widget that takes the focus, in the order of Tab."""
        yield self.add
        yield self.rows
        if self.questions is not None:
            yield from self.questions.inputs()
        yield from (self.remove, self.keep, self.really)


def _names(row: Row) -> Iterator[str]:
    for inner in row.rows:
        if inner.kind == "group":
            yield from _names(inner)
        elif inner.kind != "note":
            yield inner.name
