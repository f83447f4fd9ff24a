"""The people of a rota: who the volunteers are, what they said of their weeks, and what keeps each off a slot."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from forms.translation import plural, tr
from icv_app.counting import slots
from icv_app.counting.rulebook import Rulebook
from icv_app.rotas import availability, eligibility
from icv_app.rotas.availability import Availability
from icv_app.rotas.eligibility import Bar, Volunteer
from icv_app.rotas.rota import Slot
from icv_app.rotas.rota_problem import Pair, pair_of, turn_of
from icv_app.scheme import status_rows, volunteer_file
from icv_app.scheme.volunteer_file import File
from icv_app.storage.store import Store
from icv_app.wording import months_words

SAID: Final = frozenset({"away", "busy", "most"})
"""Bars that follow from what somebody said of themselves, or from the rota: the office may go over these."""

_GOES: Final = ("planned", "completed")
_LATELY: Final = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class People:
    """Everybody who may be named, with all the slots that they are named for."""

    volunteers: Mapping[str, Volunteer]
    said: tuple[Availability, ...]
    slots: tuple[Slot, ...]
    book: Rulebook
    today: date

    def bars(self, visitor: str, slot: Slot) -> tuple[Bar, ...]:
        """Return what keeps `visitor` off `slot`, being named for it already left aside; () where nothing does."""
        who = self.volunteers.get(visitor)
        if who is None:
            return (Bar(code="unknown", words=tr("is not a volunteer of the scheme")),)
        return (
            *eligibility.bars(who, slot.measure, slot.first, slot.last, self.today, tact=slot.tact),
            *self._of_the_rota(visitor, slot),
        )

    def learning(self, visitor: str, slot: Slot) -> bool:
        """Return whether `visitor` is on probation then, and goes along with an active volunteer only."""
        who = self.volunteers.get(visitor)
        return who is not None and eligibility.learning(who, max(slot.first, min(self.today, slot.last)), slot.last)

    def load(self, visitor: str, among: Iterable[Slot]) -> int:
        """Return how many visits of `among` are or were theirs; missed, cancelled and withdrawn ones are nobody's."""
        return sum(visitor in slot.visitors for slot in among if slot.status in _GOES)

    def room(self, visitor: str, said: Availability) -> int | None:
        """Return how many visits more a volunteer would make in the period of `said`; None: any number."""
        if said.visitor != visitor or said.most is None:
            return None
        return max(0, said.most - self.load(visitor, (slot for slot in self.slots if self.within(slot, said))))

    def within(self, slot: Slot, said: Availability) -> bool:
        """Return whether `slot` belongs to the period of which something was said."""
        return slots.belongs(self.book, slot.measure, slot.site, slot.first, said.period)

    def together(self) -> dict[Pair, int]:
        """Return how often each pair went, or is to go, since twelve months before today."""
        return Counter(
            pair_of(one, other)
            for slot in self._lately()
            for number, one in enumerate(slot.visitors)
            for other in slot.visitors[number + 1 :]
        )

    def at_site(self) -> dict[tuple[str, str], int]:
        """Return how often each person went, or is to go, to each site since twelve months before today."""
        return Counter((visitor, slot.site) for slot in self._lately() for visitor in slot.visitors)

    @cached_property
    def _of_visitor(self) -> Mapping[str, Sequence[Slot]]:
        """The slots that each goes or went to: asked for every person at every slot."""
        found: dict[str, list[Slot]] = {}
        for slot in self.slots:
            for visitor in slot.visitors if slot.status in _GOES else ():
                found.setdefault(visitor, []).append(slot)
        return found

    def _lately(self) -> Iterator[Slot]:
        since = self.today - _LATELY
        return (slot for slot in self.slots if slot.status in _GOES and slot.first >= since)

    def _of_the_rota(self, visitor: str, slot: Slot) -> Iterator[Bar]:
        if availability.away(self.said, visitor, slot.first, slot.last):
            words = tr("cannot that week") if slot.week else tr("cannot that month")
            yield Bar(code="away", words=words)
        turn = turn_of(slot.first, slot.last)
        others = [other for other in self._of_visitor.get(visitor, ()) if other.slot != slot.slot]
        busy = next((other for other in others if turn_of(other.first, other.last) == turn), None)
        if busy is not None:
            words = (
                tr("goes to {site} that week", site=busy.site_name)
                if slot.week
                else tr("goes to {site} that month", site=busy.site_name)
            )
            yield Bar(code="busy", words=words)
        for said in self.said:
            if said.visitor == visitor and said.most is not None and self.within(slot, said):
                has = self.load(visitor, (other for other in others if self.within(other, said)))
                if has >= said.most:
                    words = plural(
                        "wants no more than {count} visit in {period}", "wants no more than {count} visits in {period}",
                        said.most, period=months_words(said.period.first, said.period.last),
                    )  # fmt: skip
                    yield Bar(code="most", words=words)


def read(store: Store, book: Rulebook, held: tuple[Slot, ...], today: date) -> People:
    """Return the volunteers that this laptop knows; off the office's, only what all may read is known of others."""
    files = volunteer_file.every(store)
    return People(
        volunteers={
            visitor: Volunteer(visitor=visitor, rows=rows, file=files.get(visitor, File(visitor=visitor)))
            for visitor, rows in status_rows.every(store).items()
        },
        said=availability.every(store), slots=held, book=book, today=today,
    )  # fmt: skip
