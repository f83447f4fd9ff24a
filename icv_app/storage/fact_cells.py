"""What a cell of the fact tables may hold: values out of record bodies of any age, or None for what cannot be told.

A body may come from a conflict, an old form or a newer one, so nothing here ever raises.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

_LARGEST = 10**9  # beyond any count or length of time; also keeps SQLite's integers from overflowing


def text(value: Any) -> str | None:
    """Return a text without the blanks around it, or a whole number as text."""
    if value is None:  # nearly half of what is asked for: a first exchange asks some three million times
        return None
    if isinstance(value, str):
        words = value.strip()
        if not words.isascii():  # half a surrogate pair is valid in JSON and not in SQLite
            words = words.encode("utf-8", "replace").decode("utf-8")
        return words or None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST:
        return str(value)
    return None


def number(value: Any) -> int | None:
    """Return a whole number that is not negative, also one given as text."""
    if value is None:
        return None
    if isinstance(value, str) and value.isascii() and value.strip().isdigit() and len(value) < 12:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST:
        return value
    return None


@lru_cache(maxsize=4096)
def calendar_day(words: str) -> tuple[str, str, str] | None:
    """Return an ISO day, the Monday of its week, and its month (2026-11), if it is a day of this age."""
    try:
        found = date.fromisoformat(words)
    except ValueError:
        return None
    if not 1900 < found.year < 2200:
        return None
    return found.isoformat(), (found - timedelta(days=found.weekday())).isoformat(), found.isoformat()[:7]


def day(value: Any) -> str | None:
    """Return a calendar day in ISO form, its time cut off."""
    found = calendar_day(value.strip()[:10]) if isinstance(value, str) else None
    return found[0] if found else None


@lru_cache(maxsize=4096)
def _hour(words: str) -> str | None:
    if len(words) == 5 and words[2] == ":":
        digits = words[:2] + words[3:]
        if digits.isascii() and digits.isdigit() and int(words[:2]) < 24 and int(words[3:]) < 60:
            return words
    return None


def time_of_day(value: Any) -> str | None:
    """Return a time such as 19:30, its seconds cut off."""
    return _hour(value[:5]) if isinstance(value, str) else None


_YES = {"yes": 1, "true": 1, "no": 0, "false": 0}


def yes(value: Any) -> int | None:
    """Return 1 or 0 for yes or no, in any of the ways that forms store them."""
    return _YES.get(str(value).strip().lower()) if value is not None else None


def how_many(value: Any) -> int | None:
    """Return a number, or how many rows a repeat of that name has."""
    return len(value) if isinstance(value, Mapping) else number(value)


def spread(value: Any) -> str | None:
    """Return a multiple answer ("a;b", "a b" or a list) as words with single spaces."""
    if isinstance(value, list):
        value = " ".join(str(each) for each in value)
    words = text(value)
    return " ".join(words.replace(";", " ").replace(",", " ").split()) or None if words else None
