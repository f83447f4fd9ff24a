"""The page Volunteers, for the office: how many there are, what is due, and everybody with status, expiry and hours."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from forms.translation import plural, tr
from icv_app.counting import roll
from icv_app.counting.roll import ORDERS, Line, Roll
from icv_app.errors import IcvError
from icv_app.scheme import duties, volunteer_words
from icv_app.scheme.expiries import WITHIN
from icv_app.wording import day_words
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.asked_choice import AskedChoice
from ui.widgets.buttons import PrimaryButton
from ui.widgets.choice_button import TickChoice
from ui.widgets.entry_table import EntryTable
from ui.widgets.link import Link
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.laptop import Laptop

MOST_DUE = 10


class PeoplePage(AlonePage):
    """`opened` carries the code of whom to show, `new_wanted` asks for the page on which one is added."""

    opened = Signal(str)
    new_wanted = Signal()

    def __init__(self, laptop: "Laptop", *, at: str = "") -> None:
        super().__init__(tr("Volunteers"))
        self._laptop = laptop
        self._at = at
        self._every_due = False
        new = PrimaryButton(tr("Add a volunteer…"))
        new.setObjectName("add_volunteer")
        new.clicked.connect(self.new_wanted)
        self.add_action(new)
        self.count = Body("", role="strong")
        self.count.setObjectName("count")
        self.column.addWidget(self.count)
        self.column.addWidget(Heading(tr("Due within {count} days", count=WITHIN), level=2))
        nothing = tr("Nothing has expired, and nothing will within {count} days.", count=WITHIN)
        self.due = EntryTable(
            "due", tr("What is due"), (tr("Volunteer"), tr("What expires, the soonest first")), (2, 9), nothing
        )
        self.due.opened.connect(self.opened)
        self.column.addWidget(self.due)
        self.more = Link("")
        self.more.setObjectName("more_due")
        self.more.clicked.connect(self._show_every_due)
        self.column.addWidget(self.more)
        self.column.addWidget(Heading(tr("Everybody"), level=2))
        self.order = AskedChoice("order", tr("In the order of"))
        self.order.offer([(order, tr(words)) for order, words in ORDERS.items()])
        self.order.box.currentIndexChanged.connect(self._fill)
        self.column.addWidget(self.order)
        self.gone = TickChoice(tr("Those who left, too"))
        self.gone.setObjectName("show_gone")
        self.gone.setMaximumWidth(theme.px(34))
        self.gone.toggled.connect(self._fill)
        self.column.addWidget(self.gone)
        self.how = Body(tr("To open one, choose its line and press Enter, or click it twice."), role="hint")
        self.how.setObjectName("how_to_open")
        self.column.addWidget(self.how)
        self.people = EntryTable(
            "people", tr("Volunteers"),
            (tr("Volunteer"), tr("Status"), tr("What expires next"), tr("The last 12 months")), (3, 3, 5, 4),
            tr("No volunteer is entered yet."),
        )  # fmt: skip
        self.people.opened.connect(self.opened)
        self.people.moved.connect(self._follow)
        self.people.act(tr("Open"), "open_volunteer", self.opened.emit)
        self.column.addWidget(self.people)
        self.paid = TickChoice(tr("This scheme pays expenses: volunteers enter them with their hours"))
        self.paid.setObjectName("pay_expenses")
        self.paid.setMaximumWidth(theme.px(40))
        self.paid.setChecked(duties.expenses_are_paid(laptop.store))
        self.paid.toggled.connect(self._pay)
        self.column.addWidget(self.paid)
        self.column.addStretch(1)
        self._roll = self._read()
        self._show()

    def refresh(self) -> None:
        """Read the volunteers again."""
        self._roll = self._read()
        self._show()

    def _read(self) -> Roll:
        self._laptop.logbook.read("volunteer", "")
        return roll.read(self._laptop.store, self._laptop.clock.today())

    def _show(self) -> None:
        count = self._roll.count
        self.count.setText(
            tr(
                "{volunteers}, {visiting}, on {day}",
                volunteers=plural("{count:,} volunteer", "{count:,} volunteers", count.volunteers),
                visiting=plural(
                    "{count:,} currently visiting", "{count:,} currently visiting", count.currently_visiting
                ),
                day=day_words(self._roll.today),
            )
        )
        self._show_due()
        self._fill()

    def _show_due(self) -> None:
        due, today = self._roll.due, self._roll.today
        shown = due if self._every_due else due[:MOST_DUE]
        self.due.show_entries([(each.visitor, (each.visitor, each.words(today))) for each in shown])
        more = len(due) - len(shown)
        self.more.setText(plural("Show one more", "Show {count} more", more))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(more > 0)

    def _show_every_due(self) -> None:
        self._every_due = True
        self._show_due()
        self.due.table.setFocus()

    def _fill(self, *_: object) -> None:
        lines = self._roll.ordered(self.order.value(), everybody=self.gone.isChecked())
        at = self.people.chosen() or self._at
        self.people.show_entries([(line.visitor, self._cells(line)) for line in lines], at)
        self.how.setVisible(bool(lines))

    def _cells(self, line: Line) -> tuple[str, ...]:
        given = line.given
        who = "\n".join(part for part in (line.visitor, volunteer_words.roles(line.roles)) if part)
        status = volunteer_words.status(line.status)
        if line.since:
            status = tr("{status} since {day}", status=status, day=day_words(line.since))
        past = plural("{count:,} visit", "{count:,} visits", given.visits)
        hours = tr("{visits}, {hours} in all", visits=past, hours=volunteer_words.length(given.total))
        last = tr("Last visit {day}", day=day_words(line.last_visit)) if line.last_visit else tr("No visit yet")
        expires = "\n".join(each.words(self._roll.today) for each in line.expiring[:1]) or tr("Nothing is entered")
        return who, status, expires, f"{hours}\n{last}"

    def _follow(self) -> None:
        """Keep the chosen line on the screen: the table itself never scrolls."""
        table = self.people.table
        item = table.item(table.currentRow(), 0)
        if item is None or not table.hasFocus():
            return
        rect, inside = table.visualItemRect(item), self.widget()
        if inside is not None:
            top = inside.mapFromGlobal(table.viewport().mapToGlobal(rect.topLeft())).y()
            for edge in (top + rect.height(), top):
                self.ensureVisible(0, edge, 0, theme.px(0.5))

    def go_to(self, visitor: str) -> None:
        """Put the focus on the line of a volunteer, where they are shown."""
        if visitor and self.people.chosen() == visitor:
            self.people.table.setFocus()
            self._follow()

    def _pay(self, wanted: bool) -> None:
        try:
            duties.pay_expenses(self._laptop.store, wanted)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
