"""The roll: every volunteer with what a coordinator wants to know at a glance, and how many of them are visiting."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from forms.translation import later
from icv_app.counting import hours, volunteers
from icv_app.counting.hours import Hours
from icv_app.counting.volunteers import Volunteers
from icv_app.encryption.faults import in_words
from icv_app.scheme import expiries, status_rows, volunteer_file
from icv_app.scheme.expiries import Expiry
from icv_app.storage.store import Store

ORDERS: Final[Mapping[str, str]] = {
    "expiry": later("What expires first"),
    "code": later("Code"),
    "visit": later("Longest since a visit"),
    "hours": later("Most hours"),
}
"""The orders in which the roll can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One volunteer: roles and status today (status "" where no row holds), what expires, and the last twelve months.

    `since`: the first day of that status. `expiring`: the soonest first. `last_visit`: of all time.
    `here`: they have not left.
    """

    visitor: str
    roles: tuple[str, ...]
    status: str
    since: date | None
    expiring: tuple[Expiry, ...]
    given: Hours
    last_visit: date | None
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """The volunteers by code, the figures of `interfaces.md` §3 and what is due, on `today`; hours are from `first`."""

    today: date
    first: date
    count: Volunteers
    lines: tuple[Line, ...]
    due: tuple[Expiry, ...]

    def ordered(self, order: str, *, everybody: bool = False) -> tuple[Line, ...]:
        """Return the lines in one of `ORDERS`; those who left too where `everybody` is wanted."""
        wanted = [line for line in self.lines if everybody or line.here]
        return tuple(sorted(wanted, key=_KEYS.get(order, _by_code)))


def read(store: Store, today: date) -> Roll:
    """Return the roll as this laptop knows it. Raises Unavailable."""
    first = year_to(today)
    with in_words():
        connection = store.connection
        rows, files = status_rows.every(store), volunteer_file.every(store)
        given = hours.minutes(connection, first, today)
        last = hours.last_visits(connection, today)
        count = volunteers.count(connection, today)
    lines = []
    for visitor in sorted({*rows, *files}):
        its, file = rows.get(visitor, ()), files.get(visitor, volunteer_file.File(visitor=visitor))
        row, here = status_rows.holding(its, today), not expiries.gone(file, its, today)
        lines.append(
            Line(
                visitor=visitor, roles=row.roles if row else (), status=row.status if row else "",
                since=status_rows.since(its, today), expiring=expiries.of(file) if here else (),
                given=given.get(visitor, Hours()), last_visit=last.get(visitor), here=here,
            )
        )  # fmt: skip
    return Roll(today=today, first=first, count=count, lines=tuple(lines), due=_due(lines, today))


def year_to(today: date) -> date:
    """Return the first of the twelve months that end with `today`."""
    try:
        return today.replace(year=today.year - 1) + timedelta(days=1)
    except ValueError:  # 29 February
        return date(today.year - 1, 3, 1)


def _due(lines: Iterable[Line], today: date) -> tuple[Expiry, ...]:
    return expiries.soonest(each for line in lines for each in line.expiring if each.days(today) <= expiries.WITHIN)


def _by_code(line: Line) -> Any:
    return (line.visitor,)


_KEYS: Final[Mapping[str, Callable[[Line], Any]]] = {
    "expiry": lambda line: (line.expiring[0].on if line.expiring else date.max, line.visitor),
    "code": _by_code,
    "visit": lambda line: (line.last_visit or date.min, line.visitor),
    "hours": lambda line: (-line.given.total, line.visitor),
}
