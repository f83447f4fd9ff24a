"""The page Your hours: what a volunteer gave, what they enter of it themselves, and what of theirs expires."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from forms.translation import tr
from icv_app.errors import IcvError
from icv_app.scheme import duties, expiries, volunteer_file
from ui.volunteers.duty_table import DutyTable
from ui.volunteers.expiry_lines import ExpiryLines
from ui.volunteers.hours_table import HoursTable
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import PrimaryButton
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class OwnHoursPage(AlonePage):
    """`wanted` asks for the page on which hours are entered, with the key of an entry or "" for a new one."""

    wanted = Signal(str)

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(tr("Your hours"))
        self._laptop = laptop
        person = laptop.identity.person
        enter = PrimaryButton(tr("Enter hours…"))
        enter.setObjectName("add_duty")
        enter.clicked.connect(lambda: self.wanted.emit(""))
        self.add_action(enter)
        words = tr(
            "The hours of your visits, with the travel, come from the reports. Enter here what you give beside them: "
            "training, meetings, panels. Only you and the office read it, once you have shared."
        )
        self.column.addWidget(Body(words))
        self.expiring = ExpiryLines()
        self._expires = Heading(tr("What expires"), level=2)
        self.column.addWidget(self._expires)
        self.column.addWidget(self.expiring)
        self.column.addWidget(Heading(tr("What you gave"), level=2))
        self.hours = HoursTable(laptop, person)
        self.column.addWidget(self.hours)
        self.column.addWidget(Heading(tr("What you entered"), level=2))
        self.duties = DutyTable()
        self.duties.act(tr("Put right…"), "edit_duty", self.wanted.emit)
        self.duties.act(tr("Take away…"), "remove_duty", self.remove)
        self.duties.opened.connect(self.wanted)
        self.column.addWidget(self.duties)
        self.column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read everything again."""
        store, person, today = self._laptop.store, self._laptop.identity.person, self._laptop.clock.today()
        found = expiries.of(volunteer_file.read(store, person))
        self.expiring.show_expiries(found, today)
        for widget in (self._expires, self.expiring):
            widget.setVisible(bool(found))
        self.hours.refresh()
        self.duties.show_duties(duties.of(store, person))

    def remove(self, key: str) -> None:
        """Take an entry away, after asking."""
        if not messages.ask(self, tr("Take these hours away?"), yes=tr("Take it away"), no=tr("Keep it")):
            return
        try:
            duties.remove(self._laptop.store, key)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self.refresh()
        self.back.setFocus()
        self.tell(tr("Taken away."))
