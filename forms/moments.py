"""Dates, times of day and moments on the number line of ODK: days since 1970-01-01.

A dateTime without an offset is Europe/London wall time. The hour that the clocks repeat in October is read as its first
pass (summer time) unless an offset says otherwise; the hour that they skip in March does not exist.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_DAY = timedelta(days=1)

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)

Moment = date | datetime | time


def read_date(text: str) -> date | None:
    """Return the date written as "2026-11-22", or None where the text is something else."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """Return the time of day written as "14:30", "14:30:05" or with an offset (which is left out), or None."""
    if not _TIME.fullmatch(text):
        return None
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """Return the aware moment written as "2026-11-22T14:30", with or without seconds and an offset, or None."""
    day, separator, clock = text.partition("T")
    if not separator or not _DATE.fullmatch(day) or not _TIME.fullmatch(clock):
        return None
    try:
        moment = datetime.fromisoformat(text)
        return in_london(moment)
    except (ValueError, OverflowError):
        return None


def in_london(moment: datetime) -> datetime:
    """Return the moment in Europe/London; a naive one is taken as wall time there."""
    return moment.replace(tzinfo=LONDON) if moment.tzinfo is None else moment.astimezone(LONDON)


def exists(moment: datetime) -> bool:
    """Return whether a clock in London ever shows the wall time of `moment` (not as the clocks go forward)."""
    back = moment.astimezone(UTC).astimezone(LONDON)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def write(moment: Moment) -> str:
    """Return the stored form: "2026-11-22", "14:30", "2026-11-22T14:30"; seconds only where there are some.

    An offset is written only for the second pass of the repeated hour: the wall time alone is read as the first.
    """
    if isinstance(moment, datetime):
        wall = moment.replace(tzinfo=None, fold=0)
        text = wall.isoformat(timespec=_precision(moment.time()))
        if moment.fold and moment.replace(fold=0).utcoffset() != moment.utcoffset():
            text += "+00:00"
        return text
    if isinstance(moment, time):
        return moment.isoformat(timespec=_precision(moment))
    return moment.isoformat()


def _precision(clock: time) -> str:
    if clock.microsecond:
        return "milliseconds"
    return "seconds" if clock.second else "minutes"


def days(moment: Moment) -> float:
    """Return the number that stands for `moment` in arithmetic (ODK XForms, `number()`).

    A date: whole days since 1970-01-01. A dateTime: days and the fraction since 1970-01-01T00:00 UTC, so that
    differences are true elapsed time across both clock changes. A time: the fraction of a day (`decimal-time()`).
    """
    if isinstance(moment, datetime):
        return (moment - _EPOCH) / _DAY
    if isinstance(moment, time):
        return (moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6) / 86400
    return float(moment.toordinal() - _EPOCH_ORDINAL)


def date_of(number: float) -> date | None:
    """Return the date that is `number` days after 1970-01-01 (a fraction is dropped), or None where there is none."""
    try:
        return date.fromordinal(int(number // 1) + _EPOCH_ORDINAL)
    except (ValueError, OverflowError):
        return None


def moment_of(number: float) -> datetime | None:
    """Return the London moment that is `number` days after 1970-01-01T00:00 UTC, to the millisecond, or None."""
    try:
        return (_EPOCH + timedelta(milliseconds=round(number * 86_400_000))).astimezone(LONDON)
    except (ValueError, OverflowError):
        return None


def midnight(day: date) -> datetime:
    """Return the moment at which `day` begins in London."""
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FORMATS = "YymnbdeaHhMS3"
"""The letters that may follow % in `format-date` and `format-date-time`."""


def formatted(moment: date | datetime, pattern: str) -> str:
    """Return `moment` by an ODK pattern (`format-date`, `format-date-time`); a date stands at midnight.

    English month and day names, whatever the laptop's language: the same report everywhere. Other text, and a % with a
    letter that is not in `FORMATS`, stays as it is.
    """
    at = moment if isinstance(moment, datetime) else midnight(moment)
    letters = {
        "Y": f"{at.year:04}",
        "y": f"{at.year % 100:02}",
        "m": f"{at.month:02}",
        "n": str(at.month),
        "b": _MONTHS[at.month - 1],
        "d": f"{at.day:02}",
        "e": str(at.day),
        "a": _WEEKDAYS[at.weekday()],
        "H": f"{at.hour:02}",
        "h": str(at.hour),
        "M": f"{at.minute:02}",
        "S": f"{at.second:02}",
        "3": f"{at.microsecond // 1000:03}",
    }
    return re.sub(r"%(.)", lambda found: letters.get(found[1], found[0]), pattern)
