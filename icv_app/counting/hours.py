"""Hours: what each volunteer gave in a span of days, visits apart from training, meetings and panels (`domain.md` B19).

The minutes of visits and of the travel to them are those that the figure `volunteer_minutes` counts (`interfaces.md`
§3): added up over the visitors they are that figure. What is given beside visits is entered as duties (`duties`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from icv_app.counting.tallies import ATTEMPTED, SITE_VISITS
from icv_app.encryption.cipher import Connection

BESIDE: Final[tuple[str, ...]] = ("training", "meeting", "panel", "other")
"""What a volunteer gives beside visits; a duty of any other kind counts as the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Whole minutes. `visit` is time at visits attempted, `travel` that to them; each of the others holds its travel.

    `apart`: TACT, training and remote visits, which have figures of their own and count in none of §3's.
    `visits`: how many visits those are. `last_visit`: the latest of them, None where there is none.
    """

    visits: int = 0
    visit: int = 0
    travel: int = 0
    apart: int = 0
    training: int = 0
    meeting: int = 0
    panel: int = 0
    other: int = 0
    last_visit: date | None = None

    @property
    def visiting(self) -> int:
        """Minutes of visits with their travel: what the figure `volunteer_minutes` counts."""
        return self.visit + self.travel

    @property
    def beside(self) -> int:
        """Minutes given beside visits: training, meetings, panels and others."""
        return self.training + self.meeting + self.panel + self.other

    @property
    def total(self) -> int:
        """All minutes that were given."""
        return self.visiting + self.apart + self.beside

    def plus(self, other: "Hours") -> "Hours":
        """Return the two together."""
        days = [day for day in (self.last_visit, other.last_visit) if day]
        sums = {
            each.name: getattr(self, each.name) + getattr(other, each.name)
            for each in fields(Hours)
            if each.name != "last_visit"
        }
        return Hours(**sums, last_visit=max(days, default=None))


def minutes(connection: Connection, first: date, last: date) -> Mapping[str, Hours]:
    """Return the hours of each visitor who gave any from `first` to `last`, both included, by the visitor's code."""
    found: dict[str, Hours] = {}
    for visitor, _, given in _given(connection, first, last):
        found[visitor] = found[visitor].plus(given) if visitor in found else given
    return found


def by_month(connection: Connection, visitor: str, first: date, last: date) -> Mapping[date, Hours]:
    """Return the hours of one visitor by the first day of the month, months without any left out, in their order."""
    found: dict[date, Hours] = {}
    for person, day, given in _given(connection, first, last):
        if person == visitor:
            month = day.replace(day=1)
            found[month] = found.get(month, Hours()).plus(given)
    return dict(sorted(found.items()))


def visits(connection: Connection, visitor: str, first: date, last: date) -> tuple[str, ...]:
    """Return the keys of one visitor's visits that the hours are of, those apart too, the latest first."""
    rows = [
        row
        for visits in (_VISITS, _APART_VISITS)
        for row in connection.execute(f"SELECT v.date, v.visit, v.visitors {visits}", _span(first, last))
    ]
    return tuple(visit for _, visit, visitors in sorted(rows, reverse=True) if visitor in visitors.split(";"))


def last_visits(connection: Connection, day: date) -> Mapping[str, date]:
    """Return the day of each visitor's last visit up to a day, those apart too."""
    found: dict[str, date] = {}
    for visits in (_VISITS, _APART_VISITS):
        rows = connection.execute(f"SELECT v.visitors, max(v.date) {visits} GROUP BY v.visitors", ("", day.isoformat()))
        for visitors, latest in rows:
            for visitor in visitors.split(";"):
                found[visitor] = max(found.get(visitor, date.min), date.fromisoformat(latest))
    return found


_MADE: Final = f"v.date BETWEEN ? AND ? AND {ATTEMPTED} AND v.visitors IS NOT NULL"
_VISITS: Final = f"FROM {SITE_VISITS} AND {_MADE}"
_APART_VISITS: Final = (
    "FROM fact_visit v WHERE v.counted = 0 AND v.form <> 'record_review'"
    f" AND coalesce(v.state, 'submitted') IN ('submitted', 'accepted') AND {_MADE}"
)
_COLUMNS: Final = "v.date, v.visitors, v.travel, v.minutes"


def _span(first: date, last: date) -> tuple[str, str]:
    return first.isoformat(), last.isoformat()


def _given(connection: Connection, first: date, last: date) -> Iterator[tuple[str, date, Hours]]:
    """Yield visitor, day and hours of each visit of each visitor, and of each duty."""
    span = _span(first, last)
    for row in connection.execute(f"SELECT {_COLUMNS} {_VISITS}", span):
        for visitor, day, at_it, travel in _each(*row):
            yield visitor, day, Hours(visits=1, visit=at_it, travel=travel, last_visit=day)
    for row in connection.execute(f"SELECT {_COLUMNS} {_APART_VISITS}", span):
        for visitor, day, at_it, travel in _each(*row):
            yield visitor, day, Hours(apart=at_it + travel)
    for visitor, day, kind, taken in connection.execute(
        "SELECT visitor, date, kind, minutes + travel_minutes FROM fact_duty WHERE date BETWEEN ? AND ?", span
    ):
        yield visitor, date.fromisoformat(day), Hours(**{kind if kind in BESIDE else BESIDE[-1]: taken})


def _each(day: str, visitors: str, travel: str, whole: int) -> Iterator[tuple[str, date, int, int]]:
    """Yield each visitor of a visit of `whole` minutes, with its day, their minutes at it and of travel."""
    people, ways = visitors.split(";"), [int(each) for each in travel.split(";")]
    if len(people) != len(ways):  # a reference with a semicolon, of another program: nobody's minutes are lost
        people, ways = [visitors], [sum(ways)]
    for person, way in zip(people, ways, strict=True):
        yield person, date.fromisoformat(day), (whole - sum(ways)) // len(people), way
