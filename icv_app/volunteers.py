"""Volunteers: how many a scheme has, and how many of them are visiting, on one day (`interfaces.md` §3)."""

from dataclasses import dataclass
from datetime import date

from icv_app.cipher import Connection

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
