"""One template of a paper: its rows, the one that is changed, a check, and a sample of the paper."""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidget, QWidget

from forms.translation import tr
from icv_app.counting import beginning
from icv_app.errors import IcvError
from icv_app.paper_row import Row, Rows, from_cells
from icv_app.summaries import paper_check, paper_file, paper_period, paper_template
from ui.summaries.document_view import DocumentView
from ui.summaries.paper_names import PaperNames
from ui.summaries.paper_row_card import PaperRowCard, line, problem_words
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.notice import Notice
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading
from ui.widgets.words_dialog import OF_THE_SUMMARY

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.summaries.paper_check import Problem

_KINDS = "Excel workbook (*.xlsx);;TOML (*.toml)"
_SHOWN = 8  # problems that are listed at once


class PaperPage(AlonePage):
    """Keeps what was typed until it is saved or left twice. `saved` follows with words on what was done."""

    saved = Signal(str)

    help_part = OF_THE_SUMMARY

    def __init__(self, laptop: "Laptop", name: str) -> None:
        super().__init__(tr(paper_template.TEMPLATES[name]))
        self._laptop, self._name = laptop, name
        self._held: list[Row] = []
        for object_name, words, slot in (
            ("sample", tr("See a sample"), self.show_sample),
            ("names", tr("What can be put in…"), self.show_names),
            ("export_template", tr("Save it as a file…"), self._export),
            ("import_template", tr("Take it from a file…"), self._import),
            ("reset_template", tr("Go back to the program’s own…"), self._reset),
        ):
            button = SecondaryButton(words)
            button.setObjectName(object_name)
            button.clicked.connect(slot)
            self.add_action(button)
        self.column.addWidget(
            Body(
                tr(
                    "Choose a row to change it. ${visits} is replaced by the number of visits, and so on; a condition "
                    "says when the row stands. Saving checks all of it first."
                ),
                role="hint",
            )
        )
        self.problems = Body("", role="error")
        self.problems.setObjectName("problems")
        self.problems.hide()
        self.column.addWidget(self.problems)
        self.list = QListWidget()
        self.list.setObjectName("rows")
        self.list.setAccessibleName(tr("The rows of the paper"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumWidth(1)
        self.list.setFixedHeight(theme.px(15))
        self.list.currentRowChanged.connect(self._show_card)
        self.column.addWidget(self.list)
        self.card = PaperRowCard()
        self.card.changed.connect(self._take_card)
        self.card.below_wanted.connect(self._add_below)
        self.card.out_wanted.connect(self._take_out)
        self.card.up_wanted.connect(lambda: self._move(-1))
        self.card.down_wanted.connect(lambda: self._move(1))
        self.column.addWidget(self.card)
        self.notice = Notice()  # by the buttons whose doing it tells of
        self.column.addWidget(self.notice)
        save = PrimaryButton(tr("Save the template"))
        save.setObjectName("save")
        save.clicked.connect(self.save)
        holder = QWidget()
        StackingLayout(holder).addWidget(save)
        self.column.addWidget(holder)
        self._below = Heading("", level=2)
        self._below.hide()
        self.column.addWidget(self._below)
        self.view = DocumentView()
        self.view.hide()
        self.column.addWidget(self.view)
        self.names = PaperNames()
        self.names.wanted.connect(self._put_in)
        self.names.hide()
        self.column.addWidget(self.names)
        self.column.addStretch(1)
        self._show_rows(paper_template.read(laptop.store, name))

    def begin(self) -> None:
        """Ask from now on before what is changed is lost."""
        self.watch(self._laptop.store, f"paper {self._name}")

    # The rows ---------------------------------------------------------------------------------------------------------

    def rows(self) -> tuple[Row, ...]:
        """Return the template as it stands now."""
        return tuple(self._held)

    def _show_rows(self, rows: tuple[Row, ...], at: int = 0) -> None:
        self._held = list(rows)
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([self._line(place) for place in range(len(self._held))])
        self.list.blockSignals(False)
        self.choose(at)

    def _line(self, at: int) -> str:
        return tr("{number}. {row}", number=at + 1, row=line(self._held[at]))

    def choose(self, at: int) -> None:
        """Show the row at a place, counted from 0."""
        self.list.setCurrentRow(at)
        self._show_card(at)

    def _show_card(self, at: int) -> None:
        if 0 <= at < len(self._held):
            self.card.show_row(self._held[at], at + 1, len(self._held))

    def _take_card(self) -> None:
        at = self.list.currentRow()
        self._held[at] = self.card.row()
        item = self.list.item(at)
        if item is not None:
            item.setText(self._line(at))

    def _add_below(self) -> None:
        at = self.list.currentRow() + 1
        self._show_rows((*self._held[:at], Row(type="paragraph"), *self._held[at:]), at)
        self.card.text.box.setFocus()

    def _take_out(self) -> None:
        at, before = self.list.currentRow(), self.rows()
        if len(before) < 2:
            return
        left = (*before[:at], *before[at + 1 :])
        self._show_rows(left, min(at, len(left) - 1))
        self.notice.show_words(
            tr("Row {row} is taken out.", row=at + 1), button=tr("Undo"), action=partial(self._take_back, before, at)
        )
        self._see(self.notice)

    def _take_back(self, rows: Rows, at: int) -> None:
        """Show the rows as they were before one was taken out."""
        self._show_rows(rows, at)
        self.notice.show_words(tr("Row {row} is back.", row=at + 1))
        self.card.take_focus("text")
        self._see(self.card.text.box)

    def _see(self, widget: QWidget) -> None:
        """Bring a part of the page into view, once it has its place."""
        QTimer.singleShot(0, widget, lambda: self.ensureWidgetVisible(widget))

    def _put_in(self, placeholder: str) -> None:
        """Put a name where the cursor stands in the words of the chosen row."""
        self.card.text.box.insertPlainText(placeholder)
        self.card.take_focus("text")
        self._see(self.card.text.box)

    def _move(self, step: int) -> None:
        at = self.list.currentRow()
        to = at + step
        if 0 <= to < len(self._held):
            rows = list(self._held)
            rows.insert(to, rows.pop(at))
            self._show_rows(tuple(rows), to)
        # said of the first row that goes no further up, too
        at = self.list.currentRow()
        announce(self.list, tr("Row {number} of {count}", number=at + 1, count=len(self._held)))

    def typed(self) -> dict[str, str]:
        return {"rows": json.dumps([row.as_cells() for row in self._held])}

    def put_typed(self, boxes: Mapping[str, str]) -> None:
        self._show_rows(tuple(from_cells(row) for row in json.loads(boxes["rows"])))

    # What is done with it ---------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the template, or say what is wrong with it, with the focus on the first row that is."""
        if self._wrong(tr("The template cannot be used yet. What is wrong stands below.")):
            return
        try:
            paper_template.save(self._laptop.store, self._name, self.rows())
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self.settle()
        self.saved.emit(tr("The template is saved on this laptop."))

    def _wrong(self, words: str) -> bool:
        """Return whether something is wrong with the rows, and say so: `words`, what it keeps from being done."""
        found = paper_check.check(self.rows())
        self._show_problems(found, words)
        return bool(found)

    def _show_problems(self, found: "tuple[Problem, ...]", words: str) -> None:
        lines = [problem_words(each) for each in found[:_SHOWN]]
        if len(found) > _SHOWN:
            lines.append(tr("And {count} more.", count=len(found) - _SHOWN))
        self.problems.setText("\n".join(lines))
        self.problems.setVisible(bool(found))
        if not found:
            return
        self.tell(words, failed=True)
        first = next((each for each in found if each.row), None)
        if first is not None:
            self.choose(first.row - 1)
            self.card.take_focus(first.column)

    def show_sample(self) -> None:
        """Show the paper that it would make of the latest period of its kind that is over, below the rows."""
        if self._wrong(tr("No sample can be made yet. What is wrong with the template stands below.")):
            return
        from reports.papers import panel_paper

        first = beginning.earliest(self._laptop.store.connection)
        period = paper_period.of_sample(self._name, self._laptop.usual_period(), first)
        account = self._laptop.accounts.of(period)
        self._turn_to(tr("A sample of the paper"), self.view)
        self.view.show_document(panel_paper.sample(self.rows(), account))
        self.view.finish()
        self._bring()

    def show_names(self) -> None:
        """Show what may be put into the texts, below the rows."""
        self._turn_to(tr("What can be put in"), self.names)
        self._bring()
        self.names.list.setFocus()

    def _turn_to(self, title: str, part: QWidget) -> None:
        self._below.setText(title)
        self._below.show()
        for each in (self.view, self.names):
            each.setVisible(each is part)

    def _bring(self) -> None:
        QTimer.singleShot(0, self._below, self._scroll)  # laid out then
        announce(self._below, self._below.text())

    def _scroll(self) -> None:
        inside = self.widget()
        if inside is not None and (layout := inside.layout()) is not None:
            layout.activate()
        self.verticalScrollBar().setValue(self._below.y())

    def _export(self) -> None:
        chosen = messages.choose_new_file(self, tr("Save the template"), f"{self._name}.xlsx", _KINDS)
        if not chosen:
            return
        try:
            paper_file.write(Path(chosen), self._name, self.rows())
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self.tell(tr("Written: {path}", path=chosen))

    def _import(self) -> None:
        chosen = messages.choose_file(self, tr("Take a template from a file"), _KINDS)
        if not chosen:
            return
        try:
            held = paper_file.read(Path(chosen))
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        if not self._may_replace(held):
            return
        self._show_rows(held.rows)
        self.tell(tr("Read. Nothing is saved until you choose “Save the template”."))

    def _may_replace(self, held: paper_file.Held) -> bool:
        """Ask before a template of another paper, or one over changed rows, is taken; return whether it may be."""
        own = tr(paper_template.TEMPLATES[self._name])
        if held.name in paper_template.TEMPLATES and held.name != self._name:
            other = tr(paper_template.TEMPLATES[held.name])
            question = tr("The file holds the template “{other}”. Take it as “{own}” all the same?", other=other,
                          own=own)  # fmt: skip
            return messages.ask(self, question, yes=tr("Take it"), no=tr("Leave it"))
        if held.rows != self.rows() and self.unsaved():
            question = tr("What you changed here is not saved. Put the rows of the file in its place?")
            return messages.ask(self, question, yes=tr("Take the file’s"), no=tr("Keep mine"))
        return True

    def _reset(self) -> None:
        question = tr("Go back to the template that the program brings? Yours stays in its history.")
        if not messages.ask(self, question, yes=tr("Go back to it"), no=tr("Keep ours")):
            return
        try:
            paper_template.reset(self._laptop.store, self._name)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self.settle()
        self.saved.emit(tr("The template is as the program brings it."))
