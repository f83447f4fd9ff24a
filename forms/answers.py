"""An answer as a person types and reads it: lenient text in, the stored value out, and back."""

import re
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from forms import moments
from forms.form import Kind, Value
from forms.translation import later, tr

DATE_WORDS = later("Enter a date, like 3/4/2026 or 3 April 2026")
TIME_WORDS = later("Enter a time, like 14:30 or 2.30pm")
MOMENT_WORDS = later("Enter a date and a time, like 3/4/2026 14:30")
AGAIN_WORDS = later("Enter this again")
INTEGER_WORDS = later("Enter a whole number, like 12")
DECIMAL_WORDS = later("Enter a number, like 12.5")

_MONTHS = (
    later("January"), later("February"), later("March"), later("April"), later("May"), later("June"), later("July"),
    later("August"), later("September"), later("October"), later("November"), later("December"),
)  # fmt: skip
_WEEKDAYS = (
    later("Monday"), later("Tuesday"), later("Wednesday"), later("Thursday"), later("Friday"), later("Saturday"),
    later("Sunday"),
)  # fmt: skip

# What may be typed, in English and in Welsh, whichever language the program speaks: people write as they think.
_MONTHS_TYPED = (
    tuple(month.lower() for month in _MONTHS),
    (
        "ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin",
        "gorffennaf", "awst", "medi", "hydref", "tachwedd", "rhagfyr",
    ),
)  # fmt: skip
_WEEKDAYS_TYPED = (
    *(weekday.lower() for weekday in _WEEKDAYS), "llun", "mawrth", "mercher", "iau", "gwener", "sadwrn", "sul",
)  # fmt: skip
_RELATIVE = {"today": 0, "yesterday": -1, "tomorrow": 1, "heddiw": 0, "ddoe": -1, "yfory": 1}
_CLOCK_WORDS = {
    "noon": time(12), "midday": time(12), "midnight": time(0), "hanner dydd": time(12), "canol dydd": time(12),
    "hanner nos": time(0),
}  # fmt: skip

_NUMERIC_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})", re.ASCII)
_WORDY_DATE = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|af|il|ydd|fed|eg|ain)?[\s\-]*([a-z]{3,10})\.?,?[\s\-]*(\d{4}|\d{2})?", re.ASCII
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])\.?m\.?|(\d{1,2})[:.h](\d{2})|(\d{2})(\d{2})", re.ASCII)
_Moment = TypeVar("_Moment", date, datetime, time)
_WHOLE = re.compile(r"[-+]?\d{1,15}", re.ASCII)
_NUMBER = re.compile(r"[-+]?(\d{1,15}(\.\d*)?|\.\d+)", re.ASCII)


def parse(kind: Kind, text: str, today: date) -> Value:
    """Return the value that `text` stands for in a question of `kind`; None for nothing but spaces.

    Words and years left out are taken from `today`. ValueError carries the words for the person. A choice is passed on
    as it is: the draft knows the list.
    """
    stripped = text.strip()
    if not stripped:
        return None
    match kind:
        case "integer":
            return _integer(stripped)
        case "decimal":
            return _decimal(stripped)
        case "date":
            return _date(stripped, today).isoformat()
        case "time":
            return moments.write(_time(stripped))
        case "dateTime":
            return _moment(stripped, today)
        case "select_one" | "select_multiple":
            return " ".join(stripped.split())
        case _:
            return text


def fault(kind: Kind, text: str, today: date) -> str:
    """Return what is wrong with `text`, which could not be read as an answer of `kind`, in words for the person."""
    try:
        parse(kind, text, today)
    except ValueError as unread:
        return str(unread)
    return tr(AGAIN_WORDS)


def conform(kind: Kind, value: Value) -> Value:
    """Return a typed `value` in its stored form; a blank is None. ValueError carries words where it does not fit."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    match kind:
        case "integer":
            return _whole_number(value)
        case "decimal":
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < float("inf"):
                raise ValueError(tr(DECIMAL_WORDS))
            return value
        case "date":
            return moments.write(_stored(moments.read_date(str(value)), DATE_WORDS))
        case "time":
            told = _stored(moments.read_time(str(value)), TIME_WORDS)
            return moments.write(told.replace(second=0, microsecond=0))  # to the minute, as everywhere else
        case "dateTime":
            return _existing(_stored(moments.read_moment(str(value)), MOMENT_WORDS))
        case "calculate":
            return value
        case _:
            if isinstance(value, bool) or not isinstance(value, (str, int, float)):
                raise ValueError(tr(AGAIN_WORDS))
            return str(value)


def _whole_number(value: Value) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 1e15 or value != int(value):
        raise ValueError(tr(INTEGER_WORDS))
    return int(value)


def _stored(moment: _Moment | None, words: str) -> _Moment:
    if moment is None:
        raise ValueError(tr(words))
    return moment


def shown(kind: Kind, value: Value) -> str:
    """Return a stored value as its box shows it, "03/04/2026" or "03/04/2026 14:30"; `parse` reads it back."""
    if value is None:
        return ""
    if kind == "date":
        day = moments.read_date(str(value))
        return str(value) if day is None else f"{day:%d/%m/}{day.year:04}"
    if kind == "dateTime":
        moment = moments.read_moment(str(value))
        if moment is None:
            return str(value)
        clock = moments.write(moment).partition("T")[2]
        return f"{moment:%d/%m/}{moment.year:04} {clock.removesuffix('+00:00')}{' GMT' if '+' in clock else ''}"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def echo(kind: Kind, value: Value) -> str:
    """Return a date in full, "Friday 20 November 2026", and a dateTime with its time; "" for every other kind."""
    if value is None or kind not in {"date", "dateTime"}:
        return ""
    day, _, clock = str(value).partition("T")
    on = moments.read_date(day)
    if on is None:
        return ""
    weekday, month = tr(_WEEKDAYS[on.weekday()]), tr(_MONTHS[on.month - 1])
    words = tr("{weekday} {day} {month} {year}", weekday=weekday, day=on.day, month=month, year=on.year)
    return tr("{date}, {time}", date=words, time=clock.removesuffix("+00:00")) if clock else words


def _plain_number(text: str) -> str:
    """Leave out what groups the thousands: spaces, no-break spaces, commas, apostrophes."""
    return re.sub(r"[\s,'’]", "", text).replace("−", "-")


def _integer(text: str) -> int:
    plain = _plain_number(text)
    if not _WHOLE.fullmatch(plain):
        raise ValueError(tr(INTEGER_WORDS))
    return int(plain)


def _decimal(text: str) -> float:
    plain = _plain_number(text)
    if not _NUMBER.fullmatch(plain):
        raise ValueError(tr(DECIMAL_WORDS))
    return float(plain)


def _date(text: str, today: date) -> date:
    words = " ".join(text.lower().split())
    if words in _RELATIVE:
        return today + timedelta(days=_RELATIVE[words])
    iso = moments.read_date(words)
    if iso is not None:
        return iso
    words = words.removeprefix("dydd ")
    for weekday in _WEEKDAYS_TYPED:  # "Friday 3 April 2026": the echo, typed
        for name in (weekday, weekday[:3]):
            words = words.removeprefix(f"{name} ").removeprefix(f"{name}, ")
    found = _NUMERIC_DATE.fullmatch(words)
    if found:
        return _real_date(found[3], int(found[2]), int(found[1]), today)
    found = _WORDY_DATE.fullmatch(words)
    month = _month(found[2]) if found else 0
    if found is None or not month:
        raise ValueError(tr(DATE_WORDS))
    return _real_date(found[3], month, int(found[1]), today)


def _month(word: str) -> int:
    """Return the number of the month whose name begins with `word` ("sept" too), or 0."""
    for months in _MONTHS_TYPED:
        for number, name in enumerate(months, 1):
            if name.startswith(word):
                return number
    return 0


def _real_date(year: str | None, month: int, day: int, today: date) -> date:
    """Return the date; two digits are 20yy (19yy beyond ten years ahead), and no year is this one."""
    number = today.year if year is None else int(year)
    if year is not None and len(year) == 2:
        number += 2000 if 2000 + number <= today.year + 10 else 1900
    try:
        return date(number, month, day)
    except ValueError:
        raise ValueError(tr("There is no such date: check the day and the month")) from None


def _time(text: str) -> time:
    words = " ".join(text.lower().split())
    if words in _CLOCK_WORDS:
        return _CLOCK_WORDS[words]
    stored = moments.read_time(words)
    if stored is not None:
        return stored
    found = _CLOCK.fullmatch(words)
    if found is None:
        raise ValueError(tr(TIME_WORDS))
    hour = int(found[1] or found[4] or found[6])
    minute = int(found[2] or found[5] or found[7] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            raise ValueError(tr(TIME_WORDS))
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise ValueError(tr(TIME_WORDS)) from None


_ZONE = re.compile(r"(.*\S)\s+(gmt|bst)", re.IGNORECASE | re.DOTALL)


def _moment(text: str, today: date) -> str:
    """Read a date, then a time; in the hour that October repeats, GMT or BST at the end says which pass is meant."""
    typed = moments.read_moment(text)
    if typed is not None:
        return _existing(typed)
    zoned = _ZONE.fullmatch(text)
    words = (zoned[1] if zoned else text).replace(",", " ").split()
    for split in range(len(words) - 1, 0, -1):
        try:
            day, clock = _date(" ".join(words[:split]), today), _time(" ".join(words[split:]))
        except ValueError:
            continue
        moment = datetime.combine(day, clock, tzinfo=moments.LONDON)
        second = moment.replace(fold=1)
        if zoned and zoned[2].lower() == "gmt" and second.utcoffset() != moment.utcoffset() and moments.exists(moment):
            moment = second
        return _existing(moment)
    raise ValueError(tr(MOMENT_WORDS))


def _existing(moment: datetime) -> str:
    if not moments.exists(moment):
        raise ValueError(tr("There was no such time that night: the clocks went forward. Check the time"))
    return moments.write(moment)
