"""A repeating part of a form: the list of its rows, and one set of questions for the row that is chosen."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QListWidgetItem, QVBoxLayout, QWidget

from forms.draft import DraftChange
from forms.form import Place, Row
from forms.translation import plural, tr
from ui.form_filling.filling import Filling
from ui.form_filling.questions import Questions
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import SecondaryButton, WarningButton
from ui.widgets.flowing_layout import FlowingLayout
from ui.widgets.row_list import RowList
from ui.widgets.text import Body, Heading

_FILLED_IN = re.compile(r"\s*\$\{[^}]*\}")
TITLE_MS = 150
"""A row is called by what is being typed in it after so short a pause: a new title arranges the whole page anew."""
NARROW = 44  # ems: below this the list stands above the questions


def title_of(row: Row, language: str = "") -> str:
    """Return the repeat's label without what is filled in for each row: "Person in custody ${no}" is one kind."""
    return _FILLED_IN.sub("", row.label(language)).strip(" :")


class RepeatView(QWidget):
    """List and detail. The questions are made once, with the first row, and bound to whichever row is chosen."""

    rearranged = Signal()
    left = Signal()
    undo_wanted = Signal()

    def __init__(self, row: Row, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._filling = filling
        self.questions: Questions | None = None
        self.chosen = ""
        self._fixed = bool(row.repeat_count)
        self._listed: tuple[str, ...] = ()
        self._names = tuple(_names(row))
        self._to_retitle: set[str] = set()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TITLE_MS)
        self._pause.timeout.connect(self._retitle)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(0.8))
        self._make_notice()
        whole.addWidget(self._notice)
        self._shape = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        whole.addLayout(self._shape)
        self._shape.setSpacing(theme.px(2))
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(theme.px(0.8))
        self.add = SecondaryButton()
        self.add.setObjectName(f"add_{row.name}")
        self.add.clicked.connect(self._add)
        self.empty = Body(role="hint")
        self.rows = RowList()
        self.rows.setObjectName("rows")
        self.rows.setAccessibleName(tr("{part}: list", part=self._kind()))
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
        self.remove.clicked.connect(self._remove)
        foot = QWidget()
        row = FlowingLayout(foot)
        row.addWidget(self.remove)
        self._detail_column.addWidget(foot)
        self._detail_column.addStretch(1)
        self.remove.setVisible(not self._fixed)

    def _make_notice(self) -> None:
        """Make what is said after a removal: there is no question before it, since it can be undone."""
        self._notice = QFrame()
        self._notice.setObjectName(f"removed_{self.row.name}")
        self._notice.setProperty("card", "panel")
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._notice)
        self.removed = Body()
        self.undo = SecondaryButton(tr("Undo"))
        self.undo.setObjectName(f"undo_remove_{self.row.name}")
        self.undo.clicked.connect(self.undo_wanted)
        line.addWidget(self.removed, 1)
        line.addWidget(self.undo)
        self._notice.hide()

    def _kind(self) -> str:
        return title_of(self.row, self._filling.draft.language)

    # What is there

    def _title(self, row: str) -> str:
        return self._filling.draft.row_title(self.row.name, row)

    def _problems(self, row: str) -> int:
        return sum(self._filling.problem(Place(name, self.row.name, row)) is not None for name in self._names)

    def _words(self, row: str) -> str:
        wrong = self._problems(row)
        if not wrong:
            return self._title(row)
        return "\n".join((self._title(row), plural("{count} to put right", "{count} to put right", wrong)))

    def _fill(self) -> None:
        """Make the list anew, and keep the chosen row where it is still there."""
        ids = self._filling.draft.rows(self.row.name)
        came = [row for row in ids if row not in self._listed]
        if self._listed and len(came) == 1:
            self.chosen = came[0]  # added, or brought back
        self._listed = ids
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
        self.empty.setText(tr("None added yet."))
        self.add.setText(tr("Add another") if ids else tr("Add one"))
        self.add.setAccessibleName(tr("{button}: {part}", button=self.add.text(), part=self._kind()))
        self._fit_list()

    def _show_chosen(self) -> None:
        ids = self._filling.draft.rows(self.row.name)
        self._detail.setVisible(bool(self.chosen))
        if not self.chosen:
            return
        with QSignalBlocker(self.rows):
            self.rows.setCurrentRow(ids.index(self.chosen))
        if self.questions is None:
            self.questions = Questions(
                self.row.rows, self._filling, repeat=self.row.name, row=self.chosen, parent=self._detail
            )
            self.questions.rearranged.connect(self.rearranged)
            self.questions.left.connect(self._retitle)
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
        self.remove.setText(tr("Remove this one"))
        self.remove.setAccessibleName(tr("Remove {row}", row=title))

    def _fit_list(self) -> None:
        self.rows.fit(theme.px(12 if self._shape.direction() == QBoxLayout.Direction.TopToBottom else 30))

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

    def focus_rows(self) -> None:
        """Put the focus on the list of rows; on the button that adds one where there is none."""
        (self.rows if self.chosen else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        title = self._title(self.chosen)
        ids = self._filling.draft.rows(self.row.name)
        at = ids.index(self.chosen)
        gone, self.chosen = self.chosen, next(iter(ids[at + 1 : at + 2] or ids[max(at - 1, 0) : at]), "")
        self._filling.remove_row(self.row.name, gone)
        self._fill()
        self.removed.setText(tr("Removed: {row}", row=title))
        self.undo.setAccessibleName(tr("Undo: bring back {row}", row=title))
        self._notice.show()
        self.rearranged.emit()
        self.focus_rows()
        announce(self, tr("Removed: {row}. Control and Z brings it back.", row=title))

    # What the section asks

    def apply(self, change: DraftChange) -> None:
        """Paint what a change touched."""
        if change.changed or change.rows:
            self._notice.hide()  # its Undo would now undo something else
        if self.row.name in change.rows:
            self._fill()
        if self.questions is not None and self.chosen:
            self.questions.apply(change)
        touched = {place.row for place in change.touched if place.repeat == self.row.name}
        if touched:
            self._to_retitle |= touched
            if self._filling.pace == "soon":
                self._pause.start()
            else:
                self._retitle()

    def refresh_all(self) -> None:
        """Paint everything again."""
        self._fill()
        if self.questions is not None and self.chosen:
            self.questions.refresh_all()

    def _retitle(self) -> None:
        self._pause.stop()
        rows, self._to_retitle = self._to_retitle, set()
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
        yield self.undo
        yield self.add
        yield self.rows
        if self.questions is not None:
            yield from self.questions.inputs()
        yield self.remove


def _names(row: Row) -> Iterator[str]:
    for inner in row.rows:
        if inner.kind == "group":
            yield from _names(inner)
        elif inner.kind != "note":
            yield inner.name
