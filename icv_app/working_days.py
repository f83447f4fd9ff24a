"""Working days: Monday to Friday, for the days in which the police answer.

Bank holidays are not known here: nothing is fetched, and a list of them would be out of date. A due day that falls on
one is moved by the office (`follow_up.put_off`).
"""

from datetime import date, timedelta
from typing import Final

from forms.translation import later

RULE: Final = later("Working days are Monday to Friday. Bank holidays are not known to the program and count as such.")
_WEEK = 5


def after(day: date, count: int) -> date:
    """Return the working day that is `count` (1 or more) working days after `day`, whatever weekday that is."""
    start = day - timedelta(days=max(0, day.weekday() - _WEEK + 1))  # from a weekend one counts as from its Friday
    weeks, rest = divmod(count, _WEEK)
    found = start + timedelta(weeks=weeks, days=rest)
    return found + timedelta(days=2) if start.weekday() + rest >= _WEEK else found


def between(first: date, last: date) -> int:
    """Return how many working days come after `first` up to `last`; negative where `last` is the earlier one."""
    if last < first:
        return -between(last, first)
    return _until(last) - _until(first)


def _until(day: date) -> int:
    """Return how many working days there were from a fixed Monday up to `day`."""
    weeks, rest = divmod(day.toordinal() - 1, 7)  # 1 January of the year 1 was a Monday
    return weeks * _WEEK + min(rest + 1, _WEEK)
