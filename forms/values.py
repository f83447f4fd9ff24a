"""The values of expressions: text, number, truth, date, dateTime, time; and their conversions.

ODK XForms, section "XPath Functions": arguments are converted by `string()`, `number()`, `boolean()` as in XPath 1.0,
and `number()` also reads dates. The specification keeps every node as a string; like JavaRosa we keep the type of a
date, time or dateTime question, so that two moments compare on the time line, however each was written.
"""

import math
from datetime import date, datetime, time
from decimal import Decimal

from forms import moments
from forms.form import Kind, Value
from forms.moments import Moment

Atom = str | float | bool | date | datetime | time
"""One value of an expression. An unanswered question is "" (never None)."""

_SAME = 1e-12
_PLAIN_LIMIT = 1e15  # whole numbers up to here are written without an exponent or a point


def to_string(value: Atom) -> str:
    """Convert as `string()` does: XPath 1.0 §4.2, and moments in their stored form."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _digits(value)
    return moments.write(value)


def _digits(number: float) -> str:
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number) and abs(number) < _PLAIN_LIMIT:
        return str(int(number))
    return format(Decimal(repr(number)), "f")


def to_number(value: Atom) -> float:
    """Convert as `number()` does: XPath 1.0 §4.4; a date or dateTime, typed or as text, is days since 1970-01-01.

    The empty string and any other text that is not a number is NaN.
    """
    if isinstance(value, (bool, float)):
        return float(value)
    if not isinstance(value, str):
        return moments.days(value)
    text = value.strip(" \t\r\n")
    plain = text.removeprefix("-")
    if plain.replace(".", "", 1).isdigit() and plain.isascii():
        return float(text)
    moment = moments.read_date(text) or moments.read_moment(text)
    return math.nan if moment is None else moments.days(moment)


def to_boolean(value: Atom) -> bool:
    """Convert as `boolean()` does: XPath 1.0 §4.3. "false" is a text that is not empty, so it is true."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    if isinstance(value, (bool, str)):
        return bool(value)
    return True


def to_moment(value: Atom) -> datetime | None:
    """Return the moment that a value stands for (a date begins at midnight), or None: `date-time()` and its kin."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return moments.midnight(value)
    if isinstance(value, str):
        text = value.strip()
        moment = moments.read_moment(text)
        day = moments.read_date(text)
        if moment is not None or day is None:
            return moment
        return moments.midnight(day)
    if isinstance(value, float):
        return moments.moment_of(value)
    return None


def to_date(value: Atom) -> date | None:
    """Return the date that a value stands for (a dateTime is on its London day), or None: `date()`."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        text = value.strip()
        moment = moments.read_moment(text)
        return moments.read_date(text) if moment is None else moment.date()
    if isinstance(value, float):
        return moments.date_of(value)
    return None


def to_time(value: Atom) -> time | None:
    """Return the time of day that a value stands for, or None: `decimal-time()`."""
    if isinstance(value, time):
        return value
    if isinstance(value, datetime):
        return value.time()
    return moments.read_time(value.strip()) if isinstance(value, str) else None


def pair(left: Atom, right: Atom) -> tuple[float, float]:
    """Return both as numbers for `<`, `-` and the like.

    A time beside text that reads as a time, and a date beside a dateTime, meet on the same scale; otherwise `number()`.
    """
    if isinstance(left, float) and isinstance(right, float):
        return left, right
    if _is_clock(left) or _is_clock(right):
        return _clock(left), _clock(right)
    if isinstance(left, datetime) or isinstance(right, datetime):
        return _instant(left), _instant(right)
    return to_number(left), to_number(right)


def _is_clock(value: Atom) -> bool:
    return isinstance(value, time)


def _clock(value: Atom) -> float:
    clock = moments.read_time(value.strip()) if isinstance(value, str) else None
    return to_number(value) if clock is None else moments.days(clock)


def _instant(value: Atom) -> float:
    moment = None if isinstance(value, (float, bool)) else to_moment(value)
    return to_number(value) if moment is None else moments.days(moment)


def equal(left: Atom, right: Atom) -> bool:
    """Compare as `=` does: XPath 1.0 §3.4 (truth, then number, then text), moments on the time line.

    An unanswered date equals "" and nothing else. NaN equals nothing. Numbers within 1e-12 are equal, as in JavaRosa.
    """
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    first, second = pair(left, right)
    return first == second or abs(first - second) < _SAME


def typed(kind: Kind, value: Value) -> Atom:
    """Return a stored answer of a question of `kind` as a value of expressions; None is ""."""
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return float(value)
    reader = {"date": moments.read_date, "time": moments.read_time, "dateTime": moments.read_moment}.get(kind)
    moment: Moment | None = reader(value) if reader else None
    return value if moment is None else moment


def stored(kind: Kind, value: Atom) -> Value:
    """Return the outcome of a calculation as it is stored for a question of `kind`; empty and NaN are None.

    ODK stores results by `string()`. Whole numbers become int, others float; a typed question takes its own type, and
    an outcome that its type cannot hold is None.
    """
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value == "":
        return None
    if kind in {"integer", "decimal"}:
        number = to_number(value)
        if not math.isfinite(number):
            return None
        return int(number) if kind == "integer" or number == int(number) else number
    if kind in {"date", "time", "dateTime"}:
        convert = {"date": to_date, "time": to_time, "dateTime": to_moment}[kind]
        moment = convert(value)
        return None if moment is None else moments.write(moment)
    if isinstance(value, float) and kind == "calculate":
        return int(value) if value == int(value) else value
    return to_string(value)
