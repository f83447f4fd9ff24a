"""The page on which the office enters a change of a volunteer's status or roles, or puts a row right."""

from typing import TYPE_CHECKING

from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.scheme import status_rows, volunteer_words
from icv_app.scheme.status_rows import Row
from ui.volunteers.new_volunteer_page import ask_roles, ticked
from ui.widgets.entry_page import EntryPage
from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class VolunteerStatusPage(EntryPage):
    """A change from a day on; with `row`, that row is put right instead."""

    def __init__(self, laptop: "Laptop", visitor: str, row: Row | None = None) -> None:
        title = tr("Put right: {visitor}", visitor=visitor) if row else tr("A change for {visitor}", visitor=visitor)
        super().__init__(title, laptop)
        self._visitor, self._row = visitor, row
        held = row or status_rows.holding(status_rows.of(laptop.store, visitor), laptop.clock.today())
        if row is None:
            self.column.addWidget(Body(tr("What held until then ends on the day before."), role="hint"))
        statuses = [(code, tr(words)) for code, words in volunteer_words.STATUSES.items()]
        if held is not None and held.status not in volunteer_words.STATUSES:
            statuses.insert(0, (held.status, volunteer_words.status(held.status)))
        self.status = self.choose("status", tr("Status"), statuses, held.status if held else "")
        self.roles = ask_roles(self, held.roles if held else ())
        first = row.first if row else laptop.clock.today()
        self.first = self.ask_day("from", tr("From which day"), value=first)
        if row is not None:
            hint = tr("Leave it empty until further notice.")
            self.last = self.ask_day("to", tr("Up to and including which day"), hint, row.last)
        self.finish(tr("Save"), self.status.box)

    def keep(self) -> str:
        first = self.day(self.first)
        if first is None:
            self.first.box.setFocus()
            raise InvalidInput("dates", tr("Please say from which day."))
        store, status, roles = self.laptop.store, self.status.value(), ticked(self.roles)
        if self._row is None:
            return status_rows.change(store, self._visitor, status, roles, first)
        status_rows.correct(store, self._row, status, roles, first, self.day(self.last))
        return tr("Saved.")
