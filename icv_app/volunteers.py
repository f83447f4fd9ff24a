"""Volunteers: how many a scheme has, how many of them are visiting, and what they gave (`interfaces.md` §3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from icv_app.cipher import Connection
from icv_app.figure import Figure, Period
from icv_app.hours import BESIDE

_ON_THE_BOOKS = ("probation", "active", "on_leave", "not_currently_visiting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteers:
    """A count of heads, whatever number of roles each has."""

    volunteers: int
    currently_visiting: int


def count(connection: Connection, day: date) -> Volunteers:
    """Return the people with the role icv or awv, by the row that holds for each on `day`.

    Where two rows of a person hold, the one that began last does: an older row left open was not closed when it ended.
    """
    rows = connection.execute(
        """SELECT status, roles, max(starts || ' ' || coalesce(ends, '9999')) FROM fact_visitor
           WHERE starts <= :day AND (ends IS NULL OR ends >= :day) GROUP BY visitor""",
        {"day": day.isoformat()},
    )
    statuses = [status for status, roles, _ in rows if " icv " in roles or " awv " in roles]
    return Volunteers(
        volunteers=sum(status in _ON_THE_BOOKS for status in statuses),
        currently_visiting=statuses.count("active"),
    )


def behind(connection: Connection, figure: str, period: Period) -> tuple[bytes, ...]:
    """Return the rows of people, as record ids, that a figure counts heads by. Raises KeyError for no such figure."""
    wanted = {"volunteers": _ON_THE_BOOKS, "currently_visiting": ("active",)}[figure]
    rows = connection.execute(
        """SELECT record, status, roles, max(starts || ' ' || coalesce(ends, '9999')) FROM fact_visitor
           WHERE starts <= :day AND (ends IS NULL OR ends >= :day) GROUP BY visitor ORDER BY visitor""",
        {"day": period.last.isoformat()},
    )
    return tuple(
        record for record, status, roles, _ in rows if status in wanted and (" icv " in roles or " awv " in roles)
    )


def beside(connection: Connection, first: date, last: date) -> dict[str, int]:
    """Return the minutes given beside visits from `first` to `last`, travel included, by kind, noughts too."""
    minutes = dict.fromkeys(BESIDE, 0)
    for kind, given in connection.execute(
        "SELECT kind, sum(minutes + travel_minutes) FROM fact_duty WHERE date BETWEEN ? AND ? GROUP BY kind",
        (first.isoformat(), last.isoformat()),
    ):
        minutes[kind if kind in minutes else BESIDE[-1]] += given
    return minutes


def time_lines(at_visits: int, given: Mapping[str, int]) -> Iterator[Figure]:
    """Yield the minutes at visits of every measure together, and what `beside` found, a figure a kind."""
    for kind, minutes in (("visit", at_visits), *given.items()):
        yield Figure(measure="volunteers", figure=f"{kind}_minutes", value=minutes, unit="minutes")
