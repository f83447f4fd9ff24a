"""The schedule of backups: when one is due, and which of those made are kept. Pure functions over moments."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime, timedelta
from typing import Final

from icv_app.clock import LONDON

EVERY: Final = timedelta(days=1)
DAYS: Final = 7
WEEKS: Final = 4
MONTHS: Final = 12


def due(newest: datetime | None, now: datetime) -> bool:
    """Return whether a backup should be made now; `newest` is when the last one was made (both aware).

    One that is dated a day ahead was made under a wrong clock, and must not put the next one off until then.
    """
    return newest is None or abs(now - newest) >= EVERY


def kept(moments: Iterable[datetime]) -> frozenset[datetime]:
    """Return which of the backups made at `moments` (aware) are kept.

    The newest one of each of the last 7 days, 4 weeks (Monday to Sunday) and 12 months that have any, by the calendar
    of Europe/London. So the newest of all is always kept, and of an unbroken row of days each of the last
    seven, the last day of each of the last four weeks, and that of each of the last twelve months.
    """
    newest_first = sorted(set(moments), reverse=True)
    found: set[datetime] = set()
    for bucket, count in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        found.update(_newest_of_each(newest_first, bucket, count))
    return frozenset(found)


def _newest_of_each(
    newest_first: Iterable[datetime], bucket: Callable[[date], Hashable], count: int
) -> Iterable[datetime]:
    seen: dict[Hashable, datetime] = {}
    for moment in newest_first:
        seen.setdefault(bucket(moment.astimezone(LONDON).date()), moment)
    return list(seen.values())[:count]


def _day(day: date) -> Hashable:
    return day


def _week(day: date) -> Hashable:
    return tuple(day.isocalendar())[:2]


def _month(day: date) -> Hashable:
    return day.year, day.month
