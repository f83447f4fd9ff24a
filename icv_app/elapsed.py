"""Elapsed time: how long a visit lasted, from the two clock times that were written down and the day it began.

And how long it was from one moment to another, as a custody record gives them.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from forms import moments
from icv_app.clock import LONDON

_DAY = 24 * 60


@lru_cache(maxsize=4096)
def _clocks_change(day: str) -> bool:
    """Return whether London's clocks change on `day` (ISO) or on the day after, to which a night visit may run."""
    midnight = datetime.combine(date.fromisoformat(day), time(0), LONDON)
    return midnight.utcoffset() != (midnight + timedelta(days=2)).utcoffset()


def minutes_between(day: str, arrived: str, left: str) -> int:
    """Return the whole minutes from `arrived` to `left` ("HH:MM", Europe/London), for a visit that began on `day` .

    An earlier clock time is the next day (`interfaces.md` §3). Between them lies the time that really passed: 00:30 to
    02:30 is 60 minutes on the night when the clocks go forward, and 180 when they go back. A time that the clocks
    showed twice is taken as its first showing. A time that they skipped is taken as read off a clock not yet put
    forward; where that would have somebody leave before arriving, the two readings are simply subtracted.
    """
    start = int(arrived[:2]) * 60 + int(arrived[3:])
    end = int(left[:2]) * 60 + int(left[3:])
    apart = (end - start) % _DAY
    if not _clocks_change(day):
        return apart
    first = date.fromisoformat(day)
    began = datetime.combine(first, time(start // 60, start % 60), LONDON)
    last = first + timedelta(days=1) if end < start else first
    ended = datetime.combine(last, time(end // 60, end % 60), LONDON)
    passed = ended.astimezone(UTC) - began.astimezone(UTC)
    return apart if passed < timedelta(0) else int(passed.total_seconds()) // 60


def minutes_apart(first: str, last: str) -> int | None:
    """Return the whole minutes that passed from one moment ("2026-11-22T14:30") to another, half a minute rounded up.

    None where either is not a moment, or the second comes before the first. Moments are read as the forms read them:
    without an offset they are Europe/London wall time, and a time that the clocks showed twice is its first showing.
    """
    began, ended = moments.read_moment(first), moments.read_moment(last)
    if began is None or ended is None:
        return None
    passed = ended.astimezone(UTC) - began.astimezone(UTC)
    return None if passed < timedelta(0) else int((passed.total_seconds() + 30) // 60)
