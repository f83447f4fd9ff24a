"""Volunteers: how many a scheme has, how many of them are visiting, and what they gave (`interfaces.md` §3)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from icv_app.counting.hours import BESIDE
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure, Period

_OPEN = "9999"  # the last day of a row that is open-ended: after every day
_ON_THE_BOOKS = ("probation", "active", "on_leave", "not_currently_visiting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteers:
    """A count of heads, whatever number of roles each has."""

    volunteers: int
    currently_visiting: int
    in_training: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """How often people came to be among the volunteers in a period, and how often they ceased to be.

    Those at its start and `joined` less `left` are those at its end.
    """

    joined: int
    left: int


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
        in_training=statuses.count("in_training"),
    )


def moves(connection: Connection, period: Period) -> Moves:
    """Return who joined and left in `period`, by the dated rows of each person.

    Somebody joined on a day on which the row that holds makes a volunteer of them (`count`) and none did on the day
    before; and left on the first day on which none does. A change from one such row to another is neither.
    """
    turns = _turns(connection, period)
    return Moves(joined=len(turns["joined"]), left=len(turns["left"]))


_Row = tuple[str, str, str, str, bytes]  # first and last day, status, roles, record


def _turns(connection: Connection, period: Period) -> dict[str, list[bytes]]:
    """Return the row by which each of those who joined did so, and the last one of each of those who left."""
    first, last = period.first.isoformat(), period.last.isoformat()
    held: dict[str, list[_Row]] = defaultdict(list)
    for visitor, starts, ends, status, roles, record in connection.execute(
        "SELECT visitor, starts, coalesce(ends, ?), coalesce(status, ''), roles, record FROM fact_visitor"
        " ORDER BY visitor, starts",
        (_OPEN,),
    ):
        held[visitor].append((starts, ends, status, roles, record))
    turns: dict[str, list[bytes]] = {"joined": [], "left": []}
    for rows in held.values():
        for day in sorted({day for row in rows for day in (row[0], _after(row[1])) if first <= day <= last}):
            was = _volunteering(rows, (date.fromisoformat(day) - timedelta(days=1)).isoformat())
            now = _volunteering(rows, day)
            if now and not was:
                turns["joined"].append(now[-1])
            if was and not now:
                turns["left"].append(was[-1])
    return turns


def _volunteering(rows: Iterable[_Row], day: str) -> _Row | None:
    """Return the row that holds on `day`, if it makes its person a volunteer."""
    holding = max((row for row in rows if row[0] <= day <= row[1]), default=None)
    if holding is None:
        return None
    _, _, status, roles, _ = holding
    return holding if status in _ON_THE_BOOKS and (" icv " in roles or " awv " in roles) else None


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day != _OPEN else day


def head_lines(heads: Volunteers) -> Iterator[Figure]:
    """Yield how many volunteers there are on the last day, and how many of them are visiting (§3)."""
    for name, people in (("volunteers", heads.volunteers), ("currently_visiting", heads.currently_visiting)):
        yield Figure(measure="volunteers", figure=name, value=people, unit="people")


def move_lines(heads: Volunteers, moved: Moves) -> Iterator[Figure]:
    """Yield who is in training on the last day, and who joined and left in the period."""
    for name, people in (("in_training", heads.in_training), ("joined", moved.joined), ("left", moved.left)):
        yield Figure(measure="volunteers", figure=name, value=people, unit="people")


def behind(connection: Connection, figure: str, period: Period) -> tuple[bytes, ...]:
    """Return the rows of people, as record ids, that a figure counts heads by. Raises KeyError for no such figure.

    Who joined is told by the row that holds then, who left by the one that held the day before.
    """
    if figure in ("joined", "left"):
        return tuple(_turns(connection, period)[figure])
    wanted = {"volunteers": _ON_THE_BOOKS, "currently_visiting": ("active",), "in_training": ("in_training",)}[figure]
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
