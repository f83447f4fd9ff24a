"""What a volunteer entered of their hours beside visits, and what can be done to an entry."""

from collections.abc import Iterable

from forms.translation import tr
from icv_app.scheme import volunteer_words
from icv_app.scheme.duties import Duty
from icv_app.wording import day_words
from ui.widgets.entry_table import EntryTable


class DutyTable(EntryTable):
    """The latest entry first."""

    def __init__(self) -> None:
        super().__init__(
            "duties", tr("Hours beside visits"), (tr("Day"), tr("What it was"), tr("How long"), tr("Note")),
            (3, 3, 3, 4), tr("No hours beside visits are entered."),
        )  # fmt: skip

    def show_duties(self, entered: Iterable[Duty]) -> None:
        """Show these entries."""
        self.show_entries([(duty.key, _cells(duty)) for duty in entered])


def _cells(duty: Duty) -> tuple[str, ...]:
    long = volunteer_words.length(duty.minutes)
    if duty.travel:
        long = tr("{hours}, travel {travel}", hours=long, travel=volunteer_words.length(duty.travel))
    spent = tr("Expenses {money}", money=volunteer_words.money(duty.expenses)) if duty.expenses else ""
    note = "\n".join(part for part in (duty.note, spent) if part)
    return day_words(duty.day), volunteer_words.duty(duty.kind), long, note
