"""The page on which hours beside visits are entered: training, a meeting, a panel, or something else."""

from typing import TYPE_CHECKING

from forms.translation import tr
from icv_app.errors import IcvError, InvalidInput
from icv_app.scheme import duties, volunteer_words
from icv_app.scheme.duties import Duty
from ui.widgets.asked_line import AskedLine
from ui.widgets.entry_page import EntryPage
from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class DutyPage(EntryPage):
    """An entry of a volunteer's hours; `duty` None: a new one."""

    def __init__(self, laptop: "Laptop", visitor: str, duty: Duty | None = None) -> None:
        own = visitor == laptop.identity.person
        super().__init__(tr("Enter your hours") if own else tr("Enter hours of {visitor}", visitor=visitor), laptop)
        self._visitor, self._held = visitor, duty
        words = tr("Not for visits: their hours and travel come from the reports.")
        self.column.addWidget(Body(words, role="hint"))
        kinds = [(kind, tr(words)) for kind, words in volunteer_words.DUTIES.items()]
        self.kind = self.choose("kind", tr("What was it?"), kinds, duty.kind if duty else "training")
        self.on = self.ask_day("day", tr("On which day"), value=duty.day if duty else laptop.clock.today())
        written = duties.typed_length
        self.took = self.ask(
            "minutes", tr("How long did it take?"), tr("Hours and minutes, such as 2:30"),
            written(duty.minutes) if duty else "",
        )  # fmt: skip
        self.travel = self.ask(
            "travel", tr("And the travel there and back (optional)"), tr("Hours and minutes, such as 0:45"),
            written(duty.travel) if duty else "",
        )  # fmt: skip
        self.expenses: AskedLine | None = None
        if duties.expenses_are_paid(laptop.store) or (duty is not None and duty.expenses):
            spent = f"{duty.expenses // 100}.{duty.expenses % 100:02d}" if duty and duty.expenses else ""
            self.expenses = self.ask("expenses", tr("Expenses in pounds (optional)"), tr("Such as 12.40"), spent)
        self.note = self.ask(
            "note", tr("Note (optional)"), tr("What it was about. Name nobody."), duty.note if duty else ""
        )
        self.at = {"no_time": self.took.box, "personal_data": self.note.box, "note": self.note.box}
        self.finish(tr("Save"), self.kind.box)

    def keep(self) -> str:
        day = self.day(self.on)
        if day is None:
            self.on.box.setFocus()
            raise InvalidInput("dates", tr("Please say on which day."))
        duty = Duty(
            visitor=self._visitor, day=day, kind=self.kind.value(), minutes=self._length(self.took),
            travel=self._length(self.travel), note=self.note.text(), expenses=self._spent(),
            key=self._held.key if self._held else "", heads=self._held.heads if self._held else (),
        )  # fmt: skip
        duties.save(self.laptop.store, duty, self.laptop.clock.today())
        return tr("Saved on this laptop: {what}, {long}.", what=volunteer_words.duty(duty.kind), long=_long(duty))

    def _length(self, asked: AskedLine) -> int:
        try:
            return duties.minutes_of(asked.text())
        except IcvError:
            asked.box.setFocus()
            raise

    def _spent(self) -> int | None:
        if self.expenses is None:
            return None
        try:
            return duties.pence_of(self.expenses.text())
        except IcvError:
            self.expenses.box.setFocus()
            raise


def _long(duty: Duty) -> str:
    return volunteer_words.length(duty.minutes + duty.travel)
