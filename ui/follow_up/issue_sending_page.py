"""Sending: the list of what waits for one of the police, made as a document and only then marked as sent."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from forms.translation import plural, tr
from icv_app import __version__, issue_wording
from icv_app.errors import IcvError
from icv_app.files import whole_file
from icv_app.issues import sent_list
from icv_app.issues.pursuit import Pursuit
from icv_app.wording import day_words
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.asked_line import AskedLine
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.choice_button import TickChoice
from ui.widgets.fact_table import FactTable
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading, Question
from ui.widgets.typed_day import typed_day

if TYPE_CHECKING:
    from icv_app.issues.sent_list import SentList
    from icv_app.laptop import Laptop
    from ui.widgets.worker import Progress, Worker

_SHOWN = 30  # entries; what is more is counted


class IssueSendingPage(AlonePage):
    """Shows what waits, by site; writes the list on the worker, and marks it when the file is there."""

    sent = Signal()

    def __init__(self, laptop: "Laptop", worker: "Worker") -> None:
        super().__init__(tr("Send to the police"))
        self._laptop, self._worker, self._office = laptop, worker, Pursuit(laptop)
        self.ticks: dict[str, TickChoice] = {}
        self._to: dict[str, str] = {}
        self.list: SentList | None = None
        self.column.addWidget(
            Body(
                tr(
                    "A list holds what was not sent yet: issues and requests to be answered, and praise to be passed "
                    "on. Volunteers do not stand in it, nor anything that leads to them. It is marked as sent once the "
                    "document is written, and not before."
                )
            )
        )
        self._sites = QVBoxLayout()
        self._sites.setSpacing(theme.px(0.4))
        self.column.addWidget(Question(tr("Of which sites?")))
        self.column.addLayout(self._sites)
        self.due = AskedLine(
            "due", tr("By when should they answer?"), tr("Leave it empty for the scheme’s usual working days.")
        )
        self.due.box.editingFinished.connect(self.look)
        self.column.addWidget(self.due)
        self._preview = QVBoxLayout()
        self._preview.setSpacing(theme.px(0.5))
        self.column.addLayout(self._preview)
        holder = QWidget()
        row = StackingLayout(holder, gap=theme.px(0.6))
        self.buttons = []
        for button, ending in (
            (PrimaryButton(tr("Make the PDF, and mark it as sent…")), "pdf"),
            (SecondaryButton(tr("Make a Word document, and mark it as sent…")), "docx"),
        ):
            button.setObjectName(f"make_{ending}")
            button.clicked.connect(lambda _=False, wanted=ending: self.ask(wanted))
            row.addWidget(button)
            self.buttons.append(button)
        self.column.addWidget(holder)
        self._earlier = QVBoxLayout()
        self.column.addLayout(self._earlier)
        self.column.addStretch(1)
        self._show_sites()
        self.watch(laptop.store)

    def typed(self) -> dict[str, str]:
        """Return the day that is asked for; the sites that are ticked are others once something was sent."""
        return {"due": self.due.box.text()}

    def put_typed(self, boxes: Mapping[str, str]) -> None:
        """Ask for the day again that was asked for."""
        super().put_typed(boxes)
        self.look()

    # What waits ------------------------------------------------------------------------------------------------------

    def _show_sites(self) -> None:
        empty(self._sites)
        self.ticks.clear()
        places = sent_list.places(self._laptop.store, self._laptop.clock.today())
        self._to = {place.site: place.to for place in places}
        for place in places:
            words = plural(
                "{site}: {count} waits, for {who}", "{site}: {count} wait, for {who}", place.waiting, site=place.name,
                who=issue_wording.words(issue_wording.RECIPIENTS, place.to),
            )  # fmt: skip
            tick = TickChoice(words)
            tick.setObjectName(f"site_{place.site or 'reviews'}")
            tick.setMaximumWidth(theme.px(40))
            tick.setChecked(place.to == places[0].to)
            tick.toggled.connect(self.look)
            self.ticks[place.site] = tick
            self._sites.addWidget(tick)
            tick.show()
        if not places:
            nothing = Body(tr("Nothing waits to be sent."), role="hint")
            self._sites.addWidget(nothing)
            nothing.show()
        self.due.setVisible(bool(places))
        self._show_earlier()
        self.look()

    def _show_earlier(self) -> None:
        empty(self._earlier)
        found = list(sent_list.sent(self._laptop.store))[:_SHOWN]
        if not found:
            return
        heading = Heading(tr("Lists that were sent"), level=2)
        table = FactTable(
            tr("Lists that were sent"), (tr("List"), tr("To"), tr("Sent on"), tr("Entries")), (5, 4, 3, 1)
        )
        table.setObjectName("sent_lists")
        table.show_rows(
            [
                (each.reference, each.to_words, day_words(each.on) if each.on else "", str(len(each.issues)))
                for each in found
            ]
        )
        for widget in (heading, table):
            self._earlier.addWidget(widget)
            widget.show()

    def look(self, *_: object) -> None:
        """Make the list of what is ticked, and show it as it would be written."""
        empty(self._preview)
        self.list = None
        chosen = [site for site, tick in self.ticks.items() if tick.isChecked()]
        if self.ticks:
            try:
                due = typed_day(self.due.text(), self._laptop.clock.today())
                self.list = self._office.prepare(chosen, due=due)
            except IcvError as error:
                self._say(Body(messages.words(error), role="warn"))
        for button in self.buttons:
            button.setVisible(self.list is not None)
        if self.list is not None:
            self._show_list(self.list)

    def _say(self, widget: QWidget) -> None:
        self._preview.addWidget(widget)
        widget.show()

    def _show_list(self, made: "SentList") -> None:
        self._say(Heading(tr("What they will read"), level=2))
        words = tr("For {who}. There is only praise to be passed on.", who=made.to_words)
        if made.asked:
            words = tr("For {who}. Answers are due by {day}.", who=made.to_words, day=day_words(made.due))
        self._say(Body(words, role="strong"))
        for warning in made.warnings:
            self._say(Body(warning, role="warn"))
        table = FactTable(
            tr("What they will read"), (tr("No."), tr("What"), tr("Where and when"), tr("Words")), (1, 4, 4, 9)
        )
        table.setObjectName("list_preview")
        table.show_rows(
            [
                (
                    str(item.number), item.what, "\n".join(filter(None, (item.where, item.found))),
                    "\n".join(filter(None, (item.text, item.action, item.again))),
                )
                for item in made.items[:_SHOWN]
            ]
        )  # fmt: skip
        self._say(table)
        if len(made.items) > _SHOWN:
            more = len(made.items) - _SHOWN
            self._say(Body(plural("And {count} more.", "And {count} more.", more), role="hint"))

    # Sending ---------------------------------------------------------------------------------------------------------

    def ask(self, ending: str) -> None:
        """Ask where the document goes; nothing is written or marked where the person thinks better of it."""
        self.look()
        if self.list is None:
            return
        kinds = tr("PDF (*.pdf)") if ending == "pdf" else tr("Word document (*.docx)")
        title = tr("Where is the list to be kept?")
        if chosen := messages.choose_new_file(self, title, self.list.file_name(ending), kinds):
            self.write(Path(chosen), ending)

    def write(self, path: Path, ending: str) -> None:
        """Write the list that is shown to `path`, and mark it as sent once the file is on disk."""
        made = self.list
        if made is None:
            return
        try:
            self._office.leave(made, to=ending)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        for button in self.buttons:
            button.setEnabled(False)
        render = _pdf if ending == "pdf" else _docx

        def job(_progress: "Progress") -> Path:
            return whole_file.put(path, render(made))

        self._worker.submit(job, lambda written: self._written(made, written), self._failed)

    def _written(self, made: "SentList", path: Path) -> None:
        """Mark what the document holds, also where the page was left meanwhile: the file is there."""
        try:
            marked = self._office.mark(made)
        except IcvError as error:
            if isValid(self):
                self._failed(error)
                words = tr("The document is written, but nothing is marked as sent: {why}", why=messages.words(error))
                self.tell(words, failed=True)
            return
        if not isValid(self):
            return
        for button in self.buttons:
            button.setEnabled(True)
        self.note_all_saved()
        self.sent.emit()
        self._show_sites()
        self.back.setFocus()
        words = plural(
            "Written: {path}. {count} entry is marked as sent.", "Written: {path}. {count} entries are marked as sent.",
            len(marked.sent), path=path,
        )  # fmt: skip
        if marked.changed:
            words = tr("{words} These changed meanwhile and are not marked: {keys}.", words=words,
                       keys=", ".join(marked.changed))  # fmt: skip
        self.tell(words, failed=bool(marked.changed))

    def _failed(self, error: Exception) -> None:
        words = messages.words(error)
        if isValid(self):
            for button in self.buttons:
                button.setEnabled(True)
            self.tell(words, failed=True)


def _pdf(made: "SentList") -> bytes:
    from reports.sheets import sent_list as document  # reportlab takes 150 ms to load: here, not at the start

    return document.render(made, program_version=__version__)


def _docx(made: "SentList") -> bytes:
    from reports.sheets import sent_list_docx

    return sent_list_docx.render(made)
