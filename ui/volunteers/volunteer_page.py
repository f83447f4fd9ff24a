"""The page of one volunteer, for the office: status over time, file, training, hours, visits."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from forms.translation import tr
from icv_app.counting import hours
from icv_app.encryption.faults import in_words
from icv_app.errors import IcvError
from icv_app.logs import logbook
from icv_app.scheme import duties, expiries, status_rows, volunteer_file, volunteer_words
from icv_app.scheme.status_rows import Row
from icv_app.scheme.volunteer_file import File, Training
from icv_app.wording import day_words
from ui.volunteers.duty_table import DutyTable
from ui.volunteers.expiry_lines import ExpiryLines
from ui.volunteers.hours_table import HoursTable
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.entry_table import EntryTable
from ui.widgets.fact_table import FactTable
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class VolunteerPage(AlonePage):
    """`wanted` asks for the page on which something is entered: "status", "file", "training" or "duty", and its key.

    `visits_wanted` asks for a list of visits: words and keys.
    """

    wanted = Signal(str, str)
    visits_wanted = Signal(str, tuple)

    def __init__(self, laptop: "Laptop", visitor: str) -> None:
        super().__init__(visitor)
        self._laptop, self.visitor = laptop, visitor
        self.now = Body("", role="strong")
        self.now.setObjectName("now")
        self.column.addWidget(self.now)
        self.expiring = ExpiryLines()
        self.column.addWidget(self.expiring)
        self._make_rows()
        self._make_file()
        self._make_hours()
        self.column.addStretch(1)
        self.refresh()
        if not laptop.logbook.read(volunteer_file.KIND, visitor):
            self.tell(logbook.warning(), failed=True)

    def _make_rows(self) -> None:
        self.column.addWidget(Heading(tr("Status and roles"), level=2))
        self.overlap = Body(
            tr("Two rows share some days: there the one that began last holds. Put one of them right."), role="warn"
        )
        self.column.addWidget(self.overlap)
        self.rows = EntryTable(
            "rows", tr("Status and roles"), (tr("Status"), tr("From"), tr("To"), tr("Roles")), (4, 4, 4, 5),
            tr("No status is entered."),
        )  # fmt: skip
        self.rows.add(SecondaryButton(tr("Enter a change…")), "add_status", lambda: self.wanted.emit("status", ""))
        self.rows.act(tr("Put right…"), "edit_status", lambda key: self.wanted.emit("status", key))
        self.rows.act(tr("Take away…"), "remove_status", self.remove_status)
        self.rows.opened.connect(lambda key: self.wanted.emit("status", key))
        self.column.addWidget(self.rows)

    def _make_file(self) -> None:
        self.column.addWidget(Heading(tr("File"), level=2))
        self.file = FactTable(tr("File"), (tr("What"), tr("What is entered")), (3, 5))
        self.file.setObjectName("file")
        self.column.addWidget(self.file)
        change = SecondaryButton(tr("Change the file…"))
        change.setObjectName("edit_file")
        change.clicked.connect(lambda: self.wanted.emit("file", ""))
        row = StackingLayout()
        row.addWidget(change)
        self.column.addLayout(row)
        self.column.addWidget(Heading(tr("Training"), level=2))
        self.training = EntryTable(
            "training", tr("Training"), (tr("Course"), tr("Done on"), tr("Runs out"), tr("Needed")),
            (5, 4, 4, 3), tr("No course is entered."),
        )  # fmt: skip
        self.training.add(
            SecondaryButton(tr("Enter a course…")), "add_course", lambda: self.wanted.emit("training", "")
        )
        self.training.act(tr("Put right…"), "edit_course", lambda key: self.wanted.emit("training", key))
        self.training.act(tr("Take away…"), "remove_course", self.remove_course)
        self.training.opened.connect(lambda key: self.wanted.emit("training", key))
        self.column.addWidget(self.training)

    def _make_hours(self) -> None:
        self.column.addWidget(Heading(tr("Hours"), level=2))
        self.hours = HoursTable(self._laptop, self.visitor)
        self.column.addWidget(self.hours)
        visits = SecondaryButton(tr("Show these visits"))
        visits.setObjectName("show_visits")
        visits.clicked.connect(self.show_visits)
        row = StackingLayout()
        row.addWidget(visits)
        self.column.addLayout(row)
        self.column.addWidget(Heading(tr("Hours beside visits"), level=2))
        self.duties = DutyTable()
        self.duties.add(PrimaryButton(tr("Enter hours…")), "add_duty", lambda: self.wanted.emit("duty", ""))
        self.duties.act(tr("Put right…"), "edit_duty", lambda key: self.wanted.emit("duty", key))
        self.duties.act(tr("Take away…"), "remove_duty", self.remove_duty)
        self.duties.opened.connect(lambda key: self.wanted.emit("duty", key))
        self.column.addWidget(self.duties)

    def refresh(self) -> None:
        """Read everything again."""
        store, today = self._laptop.store, self._laptop.clock.today()
        rows, file = status_rows.of(store, self.visitor), volunteer_file.read(store, self.visitor)
        self.now.setText(_now(rows, today=status_rows.holding(rows, today), since=status_rows.since(rows, today)))
        self.expiring.show_expiries(() if expiries.gone(file, rows, today) else expiries.of(file), today)
        self.overlap.setVisible(status_rows.overlaps(rows))
        self.rows.show_entries([(row.key, _row_cells(row)) for row in reversed(rows)])
        self.file.show_rows(list(_file_cells(file)))
        self.training.show_entries([(each.row, _course_cells(each)) for each in file.training])
        self.hours.refresh()
        self.duties.show_duties(duties.of(store, self.visitor))

    def show_visits(self) -> None:
        """Ask for the list of the visits whose hours are shown."""
        first, last = self.hours.first, self.hours.last
        with in_words():
            keys = hours.visits(self._laptop.store.connection, self.visitor, first, last)
        words = tr("Visits of {visitor}, {span}", visitor=self.visitor, span=self.hours.span.box.currentText())
        self.visits_wanted.emit(words, keys)

    def remove_status(self, key: str) -> None:
        """Take a row away, after asking."""
        row = next((row for row in status_rows.of(self._laptop.store, self.visitor) if row.key == key), None)
        if row is not None:
            question = tr("Take this row away? {row}. Only a row entered by mistake should go.", row=row.words)
            self._remove(question, lambda: status_rows.remove(self._laptop.store, row))

    def remove_course(self, key: str) -> None:
        """Take a course away, after asking."""
        question = tr("Take this course away? Only one entered by mistake should go: those done again stay in the log.")
        self._remove(question, lambda: volunteer_file.drop_training(self._laptop.store, self.visitor, key))

    def remove_duty(self, key: str) -> None:
        """Take an entry of hours away, after asking."""
        self._remove(tr("Take these hours away?"), lambda: duties.remove(self._laptop.store, key))

    def _remove(self, question: str, action: Callable[[], object]) -> None:
        if not messages.ask(self, question, yes=tr("Take it away"), no=tr("Keep it")):
            return
        try:
            action()
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self.refresh()
        self.back.setFocus()
        self.tell(tr("Taken away."))


def _now(rows: Sequence[Row], *, today: Row | None, since: date | None) -> str:
    if today is None or since is None:
        return tr("No status holds today.") if rows else tr("No status is entered.")
    status = tr("{status} since {day}", status=volunteer_words.status(today.status), day=day_words(since))
    return ". ".join(part for part in (status, volunteer_words.roles(today.roles)) if part)


def _row_cells(row: Row) -> tuple[str, ...]:
    last = day_words(row.last) if row.last else tr("further notice")
    return volunteer_words.status(row.status), day_words(row.first), last, volunteer_words.roles(row.roles)


def _file_cells(file: File) -> Iterator[tuple[str, str]]:
    for name, words in volunteer_words.DATES.items():
        day = getattr(file, name)
        yield tr(words), day_words(day) if day else "–"
    yield tr("Accredited for visits under the Terrorism Act"), tr("Yes") if file.tact_accredited else tr("No")
    if file.note:
        yield tr("Note"), file.note


def _course_cells(each: Training) -> tuple[str, ...]:
    days = [day_words(day) if day else "–" for day in (each.on, each.until)]
    return each.course, *days, tr("For visits") if each.required else tr("No")
