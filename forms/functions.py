"""The functions of expressions that work on plain values: ODK XForms, section "XPath Functions".

Those that need the form, the row or laziness (`if`, `once`, `count`, `position`, `indexed-repeat`, `jr:choice-name`,
`pulldata`) are compiled in `expression`. Where the specification leaves a case open we do as JavaRosa does, and say so.
"""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache

from forms import moments, values
from forms.values import Atom, to_boolean, to_number, to_string

_DIGITS_AT_MOST = 30  # more decimals than a number can have


@dataclass(frozen=True, slots=True)
class Function:
    """How a function is called, and what it works out from its values.

    `fewest` and `most` count the arguments (None: any number). From argument `spread` on, counted from 0, a question
    in a repeat stands for all its rows, handed over as so many values; None: nowhere.
    """

    fewest: int
    most: int | None
    work: Callable[..., Atom]
    spread: int | None = None


def _whole(number: float) -> int | None:
    return int(number) if math.isfinite(number) else None


def selected(chosen: Atom, choice: Atom) -> bool:
    """Say whether `choice` is one of the space-separated names."""
    return to_string(choice).strip() in to_string(chosen).split()


def selected_at(chosen: Atom, index: Atom) -> str:
    """Return the name at the 0-based index of a space-separated list, or "" outside it."""
    names = to_string(chosen).split()
    at = _whole(to_number(index))
    return names[at] if at is not None and 0 <= at < len(names) else ""


def count_selected(chosen: Atom) -> float:
    """Return how many names a space-separated list holds."""
    return float(len(to_string(chosen).split()))


def _numbers(items: Iterable[Atom]) -> list[float]:
    return [number for number in map(to_number, items) if not math.isnan(number)]


def total(*items: Atom) -> float:
    """Add up; what is not a number (an unanswered question) is left out, as in JavaRosa (XPath 1.0 would say NaN)."""
    return float(sum(_numbers(items)))


def smallest(*items: Atom) -> float:
    """Return the smallest number, leaving out what is none; NaN where nothing is left."""
    return min(_numbers(items), default=math.nan)


def largest(*items: Atom) -> float:
    """Return the largest number, leaving out what is none; NaN where nothing is left."""
    return max(_numbers(items), default=math.nan)


def coalesce(first: Atom, second: Atom) -> Atom:
    """Return the first of two values that is not empty."""
    return second if first == "" else first


def join(separator: Atom, *items: Atom) -> str:
    """Join the values with the separator between them."""
    return to_string(separator).join(map(to_string, items))


def concat(*items: Atom) -> str:
    """Join all values, node-sets included, with nothing between them."""
    return "".join(map(to_string, items))


@lru_cache(maxsize=256)
def pattern(expression: str) -> re.Pattern[str] | None:
    """Return the compiled regular expression, or None where it is not one."""
    try:
        return re.compile(expression)
    except (re.error, OverflowError, RecursionError):
        return None


def regex(value: Atom, expression: Atom) -> bool:
    """Say whether the whole value matches the regular expression (whole as in JavaRosa; a broken expression: false)."""
    compiled = pattern(to_string(expression))
    return compiled is not None and compiled.fullmatch(to_string(value)) is not None


def substr(value: Atom, start: Atom, end: Atom = math.inf) -> str:
    """Return the part from the 0-based `start` up to before `end`; negative numbers count from the end (JavaRosa)."""
    text = to_string(value)
    first, last = to_number(start), to_number(end)
    if math.isnan(first) or math.isnan(last):
        return ""
    return text[_bound(first, len(text)) : _bound(last, len(text))]


def _bound(number: float, length: int) -> int:
    limited = int(max(-length, min(length, number)))
    return limited + length if limited < 0 else limited


def whole(value: Atom) -> float:
    """Discard the fraction of a number, towards zero (`int`)."""
    number = to_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


def rounded(value: Atom, decimals: Atom = 0.0) -> float:
    """Round to a number of decimals; halves go towards positive infinity (XPath 1.0 §4.4), by their decimal digits.

    2.5 is 3, -2.5 is -2, and round(2.675, 2) is 2.68 although the nearest binary fraction lies below.
    Negative decimals round to tens, hundreds, ... More than 30 either way is NaN, as in JavaRosa.
    """
    number, places = to_number(value), to_number(decimals)
    if not math.isfinite(number):
        return number
    if not abs(places) <= _DIGITS_AT_MOST:
        return math.nan
    scaled = Decimal(repr(number)).scaleb(int(places))
    up = (scaled + Decimal("0.5")).to_integral_value(ROUND_FLOOR)
    # Adding a half is exact only within the context's 28 digits: beyond them every number is whole already.
    nearest = up if abs(scaled) < 10**26 else scaled.to_integral_value(ROUND_CEILING)
    return float(nearest.scaleb(-int(places)))


def as_date(value: Atom) -> Atom:
    """Convert a text, a dateTime or days since 1970-01-01 to a date; what is none becomes ""."""
    day = values.to_date(value)
    return "" if day is None else day


def as_date_time(value: Atom) -> Atom:
    """Convert a text, a date (midnight) or days since 1970-01-01 UTC to a dateTime; what is none becomes ""."""
    moment = values.to_moment(value)
    return "" if moment is None else moment


def decimal_date_time(value: Atom) -> float:
    """Return days and fraction since 1970-01-01T00:00 UTC; NaN for what is no dateTime."""
    moment = None if isinstance(value, bool) else values.to_moment(value)
    return math.nan if moment is None else moments.days(moment)


def decimal_time(value: Atom) -> float:
    """Return the fraction of a day: noon 0.5, 18:00 0.75; NaN for what is no time."""
    clock = values.to_time(value)
    return math.nan if clock is None else moments.days(clock)


def format_date(value: Atom, form: Atom) -> str:
    """Return a date or dateTime by a pattern of `%Y %y %m %n %b %d %e %a %H %h %M %S %3`; "" where there is none."""
    at = None if isinstance(value, bool) else values.to_moment(value)
    return "" if at is None else moments.formatted(at, to_string(form))


FUNCTIONS: dict[str, Function] = {
    "boolean": Function(1, 1, to_boolean),
    "coalesce": Function(2, 2, coalesce),
    "concat": Function(1, None, concat, spread=0),
    "contains": Function(2, 2, lambda text, part: to_string(part) in to_string(text)),
    "count-selected": Function(1, 1, count_selected),
    "date": Function(1, 1, as_date),
    "date-time": Function(1, 1, as_date_time),
    "decimal-date-time": Function(1, 1, decimal_date_time),
    "decimal-time": Function(1, 1, decimal_time),
    "ends-with": Function(2, 2, lambda text, part: to_string(text).endswith(to_string(part))),
    "false": Function(0, 0, lambda: False),
    "format-date": Function(2, 2, format_date),
    "format-date-time": Function(2, 2, format_date),
    "int": Function(1, 1, whole),
    "join": Function(1, None, join, spread=1),
    "max": Function(1, None, largest, spread=0),
    "min": Function(1, None, smallest, spread=0),
    "not": Function(1, 1, lambda value: not to_boolean(value)),
    "number": Function(1, 1, to_number),
    "regex": Function(2, 2, regex),
    "round": Function(1, 2, rounded),
    "selected": Function(2, 2, selected),
    "selected-at": Function(2, 2, selected_at),
    "starts-with": Function(2, 2, lambda text, part: to_string(text).startswith(to_string(part))),
    "string": Function(1, 1, to_string),
    "string-length": Function(1, 1, lambda text: float(len(to_string(text)))),
    "substr": Function(2, 3, substr),
    "sum": Function(1, 1, total, spread=0),
    "true": Function(0, 0, lambda: True),
}
