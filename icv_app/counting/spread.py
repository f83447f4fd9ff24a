"""Spread: over which days of the week and bands of the day a suite's visits fell, and by whom they were made.

The measure of how unpredictable visits are (`domain.md` B21, B22), for coordinators alone: it says when nobody comes.
A visit stands in the day and band of its entry to custody: when it was admitted, else when it arrived.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from icv_app.counting.rulebook import Rulebook
from icv_app.counting.tallies import SITE_VISITS
from icv_app.encryption.cipher import Connection
from icv_app.figure import Period

MEASURE = "custody_visit"
WEEK = 7
_WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One completed visit: its day, the times of arrival and admission ("19:05", None: not recorded), who went."""

    day: date
    arrived: str | None = None
    admitted: str | None = None
    visitors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The completed visits of one suite in a period, or of all suites (`site` None).

    `counts` has a row for each day of the week (Monday first) and in it a number for each band. `untimed` visits have
    no time of entry and stand in no cell. `nights`: visits in the first band, that after midnight; None where there is
    but one band. `weekends`: entered on a Saturday or Sunday. `pair`: the two people who went together most often, on
    `together` visits; empty where no two did. Shares of nights are of the visits with a time, the others of all.
    """

    site: str | None
    bands: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    visits: int
    untimed: int
    nights: int | None
    weekends: int
    pair: tuple[str, ...]
    together: int

    @property
    def cells(self) -> int:
        """How many cells there are: 35 with the usual five bands."""
        return WEEK * len(self.bands)

    @property
    def covered(self) -> int:
        """How many cells have a visit."""
        return sum(bool(number) for row in self.counts for number in row)

    @property
    def timed(self) -> int:
        """How many visits stand in a cell."""
        return self.visits - self.untimed


def year_to(day: date) -> Period:
    """Return the twelve months that end with `day`: from the day after the same day a year before."""
    leap = (day.month, day.day) == (2, 29)
    before = day.replace(year=day.year - 1, day=28 if leap else day.day)
    first = before + timedelta(days=1)
    return Period(name=f"{first.isoformat()}..{day.isoformat()}", first=first, last=day)


def read(connection: Connection, book: Rulebook, bands: Sequence[str], period: Period) -> tuple[Spread, ...]:
    """Return the spread of each custody suite in `period` (`year_to`, as a rule), then that of all; one SQL read.

    `bands`: the times at which the bands begin (`scheme_settings.Settings.bands`). Only completed visits that count for
    the figures are looked at.
    """
    made: dict[str, list[Entry]] = {site.site: [] for site in book.sites_of(MEASURE)}
    for site, day, arrived, admitted, visitors in connection.execute(
        f"""SELECT v.site, v.date, v.arrived, v.admitted, coalesce(v.visitors, '') FROM {SITE_VISITS}
              AND v.date BETWEEN ? AND ? AND v.status = 'completed' WHERE v.form = ?""",  # noqa: S608
        (period.first.isoformat(), period.last.isoformat(), MEASURE),
    ):
        people = tuple(each for each in visitors.split(";") if each)
        entry = Entry(day=date.fromisoformat(day), arrived=arrived, admitted=admitted, visitors=people)
        made[site].append(entry)
    every = [entry for entries in made.values() for entry in entries]
    return (*(of(entries, bands, site) for site, entries in made.items()), of(every, bands))


def of(entries: Iterable[Entry], bands: Sequence[str], site: str | None = None) -> Spread:
    """Return the spread of these visits over the bands. Pure."""
    counts = [[0] * len(bands) for _ in range(WEEK)]
    visits = untimed = nights = weekends = 0
    pairs: Counter[tuple[str, ...]] = Counter()
    for entry in entries:
        visits += 1
        day, at = entered(entry)
        weekends += day.weekday() in _WEEKEND
        if at is None:
            untimed += 1
        else:
            band = band_of(at, bands)
            counts[day.weekday()][band] += 1
            nights += band == 0
        pairs.update(combinations(sorted(set(entry.visitors)), 2))
    pair, together = min(pairs.items(), key=lambda each: (-each[1], each[0]), default=((), 0))
    return Spread(
        site=site, bands=tuple(bands), counts=tuple(map(tuple, counts)), visits=visits, untimed=untimed,
        nights=nights if len(bands) > 1 else None, weekends=weekends, pair=pair, together=together,
    )  # fmt: skip


def entered(entry: Entry) -> tuple[date, str | None]:
    """Return the day and time of entry. Who arrived before midnight and was admitted after it entered a day later."""
    late = entry.arrived is not None and entry.admitted is not None and entry.admitted < entry.arrived
    return entry.day + timedelta(days=1) if late else entry.day, entry.admitted or entry.arrived


def band_of(at: str, bands: Sequence[str]) -> int:
    """Return the place of the band that holds the time `at`: a band ends where the next begins."""
    return max(place for place, begins in enumerate(bands) if begins <= at or place == 0)
