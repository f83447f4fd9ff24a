"""Who did what, for the office: the logs of all laptops, by person, record, action and day, and what is wrong."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout
from shiboken6 import isValid

from forms.translation import plural, tr
from icv_app.errors import IcvError
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.announcing import announce
from ui.widgets.asked_line import AskedLine
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fact_table import FactTable
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Heading, Question
from ui.widgets.typed_day import typed_day

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.logs.trail import Trail
    from icv_app.storage.audit import Entry
    from ui.widgets.worker import Progress, Worker

AT_ONCE = 100


class AuditPage(AlonePage):
    """Reads the logs on the worker. `record`: the reference of the one record that is asked about."""

    def __init__(self, laptop: "Laptop", worker: "Worker", record: str = "") -> None:
        super().__init__(tr("Who did what"))
        from icv_app.storage.audit import ACTIONS

        self._laptop, self._worker = laptop, worker
        self._trail: Trail | None = None
        self._entries: tuple[Entry, ...] = ()
        self._most = AT_ONCE
        self.save_button = SecondaryButton(tr("Save as a table…"))
        self.save_button.setObjectName("save_log")
        self.save_button.clicked.connect(self._ask_save)
        self.add_action(self.save_button)
        self.column.addWidget(
            Body(
                tr(
                    "Every laptop keeps a log of who opened, read, made, changed and handed out what. It never holds "
                    "an answer, and nobody can change it unnoticed. It comes here when the laptop shares."
                )
            )
        )
        self._flaws = QVBoxLayout()
        self.column.addLayout(self._flaws)
        self.person = AskedLine("person", tr("Who"), tr("A reference such as ICV01. Leave it empty for everybody."))
        self.record = AskedLine(
            "record", tr("Which record"), tr("A reference such as CV-2026-0001. Leave it empty for all.")
        )
        self.record.box.setText(record)
        hint = tr("For example, 3/4/26. Leave it empty for any day.")
        self.first = AskedLine("first", tr("From which day"), hint)
        self.last = AskedLine("last", tr("Up to which day"), hint)
        self.action = StillBox()
        self.action.setObjectName("action")
        self.action.setAccessibleName(tr("What was done"))
        self.action.addItem(tr("anything"), "")
        for action, words in ACTIONS.items():
            self.action.addItem(tr(words), action)
        label = Question(tr("What was done"))
        label.setBuddy(self.action)
        show = PrimaryButton(tr("Show"))
        show.setObjectName("show")
        show.clicked.connect(self.show_entries)
        filters = QGridLayout()
        filters.setHorizontalSpacing(theme.px(1.5))
        for column in (0, 1):
            filters.setColumnStretch(column, 1)
        for at, asked in enumerate((self.person, self.record, self.first, self.last)):
            filters.addWidget(asked, at // 2, at % 2)
            asked.box.returnPressed.connect(self.show_entries)
        self.action.setMaximumWidth(theme.px(27))
        self.column.addLayout(filters)
        for widget in (label, self.action):
            self.column.addWidget(widget)
        row = StackingLayout()
        row.addWidget(show)
        self.column.addLayout(row)
        self.count = Body(tr("Reading the logs…"), role="strong")
        self.count.setObjectName("count")
        self.column.addWidget(self.count)
        self.table = FactTable(tr("Who did what"), (tr("When"), tr("Who"), tr("What")), (3, 2, 6))
        self.table.setObjectName("log")
        self.column.addWidget(self.table)
        self.more = SecondaryButton(tr("Show more"))
        self.more.setObjectName("more")
        self.more.clicked.connect(self._show_more)
        self.more.hide()
        below = StackingLayout()
        below.addWidget(self.more)
        self.column.addLayout(below)
        self.column.addWidget(Heading(tr("The logs that are here"), level=2))
        self.laptops = FactTable(
            tr("The logs that are here"), (tr("Laptop"), tr("Entries"), tr("The last of them")), (4, 2, 5)
        )  # fmt: skip
        self.laptops.setObjectName("laptops")
        self.column.addWidget(self.laptops)
        self.column.addStretch(1)
        self._read()

    def _read(self) -> None:
        laptop = self._laptop
        try:
            laptop.oversight.note_reading()
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return

        def job(_progress: "Progress") -> "Trail":
            return laptop.oversight.trail()

        self._worker.submit(job, self._done, self._failed)

    def _failed(self, error: Exception) -> None:
        words = messages.words(error)
        if isValid(self):
            self.tell(words, failed=True)

    def _done(self, trail: "Trail") -> None:
        if not isValid(self):  # the page may have been left meanwhile
            return
        from icv_app.wording import day_words

        self._trail = trail
        empty(self._flaws)
        for words in trail.flaws:
            self._flaws.addWidget(Body(words, role="error"))
        for words in trail.disposed:
            self._flaws.addWidget(Body(words))
        self.laptops.show_rows(
            [
                (
                    tr("{people} ({device})", people=", ".join(chain.people), device=chain.device[:8]),
                    f"{chain.count:,}",
                    day_words(chain.until) if chain.until else "",
                )
                for chain in trail.chains
            ]
        )
        self.show_entries()

    def show_entries(self) -> None:
        """Show the entries that are asked for, the latest first."""
        if self._trail is None:
            return
        from icv_app.logs.trail import Filter

        try:
            first, last = self._day(self.first), self._day(self.last)
        except IcvError:
            return
        wanted = Filter(
            person=self.person.text(), record=self.record.text(), action=self.action.currentData(), first=first,
            last=last,
        )  # fmt: skip
        self._most = AT_ONCE
        try:
            self._entries = self._laptop.oversight.chosen(self._trail, wanted)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self.made.hide()
        self._fill()
        announce(self.count, self.count.text())

    def _day(self, asked: AskedLine) -> date | None:
        try:
            return typed_day(asked.text(), self._laptop.clock.today())
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            asked.box.setFocus()
            raise

    def _fill(self) -> None:
        from icv_app.logs.log_wording import line

        shown = self._entries[: self._most]
        lines = [line(entry) for entry in shown]
        self.table.show_rows(
            [(each.when, each.who, tr("{did} ({more})", **asdict(each)) if each.more else each.did) for each in lines]
        )
        self.table.setVisible(bool(lines))
        self.more.setVisible(len(self._entries) > len(shown))
        total = len(self._entries)
        self.count.setText(
            plural("{count:,} entry.", "{count:,} entries, the latest first.", total)
            if total
            else tr("There is no such entry.")
        )

    def _show_more(self) -> None:
        self._most += AT_ONCE
        self._fill()

    def _ask_save(self) -> None:
        suggested = f"{self._laptop.report_marking} log.csv"
        if chosen := messages.choose_new_file(self, tr("Save the log"), suggested, "CSV (*.csv)"):
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """Write what is shown, all of it, as a table."""
        try:
            self._laptop.oversight.save_log(self._entries, path)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
        else:
            self.tell(tr("Written: {path}", path=path))
