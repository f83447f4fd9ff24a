"""Availability: in which weeks and months a volunteer cannot visit, and how often they will go at the most.

Each volunteer writes their own; the office may for them. Read by the two alone (`audience`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.figure import Period
from icv_app.interchange_folder import masking
from icv_app.periods import parse_period, unit_of
from icv_app.scheme import scheme_settings
from icv_app.storage.fact_cells import calendar_day, number, text
from icv_app.storage.revision import Body
from icv_app.storage.store import Saved, Store

KIND: Final = "availability"
LONGEST_NOTE: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """What one volunteer said of one period: Mondays of weeks they cannot, first days of months they cannot.

    `most`: visits in the period at the most; None: as many as fall to them.
    """

    visitor: str
    period: Period
    weeks: frozenset[date] = frozenset()
    months: frozenset[date] = frozenset()
    most: int | None = None
    note: str = ""


def save(store: Store, said: Availability) -> Saved:
    """Save what a volunteer said in place of what they said of the same period before.

    Raises InvalidInput: "week" for a day that is no Monday, "most", "note",
    "personal_data" for a note that names somebody, and "not_theirs" for somebody else's.
    """
    if not said.visitor.strip():
        raise InvalidInput("visitor", tr("Please say whose weeks these are."))
    for day in said.weeks:
        if day.weekday():
            raise InvalidInput("week", tr("{day} is not a Monday. A week is named by its Monday.", day=day.isoformat()))
    for day in said.months:
        if day.day != 1:
            raise InvalidInput("month", tr("{day} is not the first day of a month.", day=day.isoformat()))
    if said.most is not None and not 0 <= said.most <= 99:
        raise InvalidInput("most", tr("The most visits in the period must be a number from 0 to 99."))
    if len(said.note) > LONGEST_NOTE:
        raise InvalidInput("note", tr("Please keep the note to {count} characters.", count=LONGEST_NOTE))
    masking.refuse_telling(said.note, custody_number=scheme_settings.read(store).custody_number)
    body: Body = {
        "visitor": said.visitor, "period": said.period.name,
        "weeks": sorted(day.isoformat() for day in said.weeks),
        "months": sorted(day.isoformat()[:7] for day in said.months),
        "note": said.note.strip(),
    }  # fmt: skip
    return store.save(KIND, _key(said), {**body, **({} if said.most is None else {"most": said.most})})


def read(store: Store, visitor: str, period: Period) -> Availability:
    """Return what a volunteer said of a period; nothing said is every week."""
    record = store.current(KIND, f"{visitor}|{period.name}")
    said = None if record is None or record.deleted else _of(record.body)
    return said or Availability(visitor=visitor, period=period)


def every(store: Store) -> tuple[Availability, ...]:
    """Return all that this laptop may read, by volunteer and period; what cannot be understood is left out.

    So is what stands under another reference than its own: a volunteer says one thing of a period.
    """
    made = ((record.key, _of(record.body)) for record in store.records(KIND))
    found = [said for key, said in made if said is not None and key == _key(said)]
    return tuple(sorted(found, key=lambda said: (said.visitor, said.period.first, said.period.last)))


def away(said: Iterable[Availability], visitor: str, first: date, last: date) -> bool:
    """Return whether a volunteer cannot go at all from `first` to `last`, by all that they said.

    A week is in the month that its Sunday is in. A longer span is impossible where each of its weeks is.
    """
    own = [each for each in said if each.visitor == visitor]
    weeks = frozenset(day for each in own for day in each.weeks)
    months = frozenset(day for each in own for day in each.months)
    monday = unit_of(first, "week").first
    while monday <= last:
        sunday = monday + timedelta(days=6)
        if monday not in weeks and unit_of(min(max(sunday, first), last), "month").first not in months:
            return False
        monday = sunday + timedelta(days=1)
    return True


def _key(said: Availability) -> str:
    return f"{said.visitor}|{said.period.name}"


def _of(body: Body) -> Availability | None:
    visitor, name = text(body.get("visitor")), text(body.get("period"))
    try:
        period = parse_period(name or "")
    except InvalidInput:
        return None
    if visitor is None:
        return None
    return Availability(
        visitor=visitor, period=period,
        weeks=frozenset(unit_of(day, "week").first for day in _days(body.get("weeks"), "")),
        months=frozenset(day.replace(day=1) for day in _days(body.get("months"), "-01")),
        most=number(body.get("most")), note=(text(body.get("note")) or "")[:LONGEST_NOTE],
    )  # fmt: skip


def _days(value: object, rest: str) -> Iterable[date]:
    for each in value if isinstance(value, list) else ():
        known = calendar_day(f"{each}{rest}") if isinstance(each, str) else None
        if known:
            yield date.fromisoformat(known[0])
