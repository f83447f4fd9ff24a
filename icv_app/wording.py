"""Wording: dates, spans, counts and lists in plain British English. Never by locale: Qt sets the laptop's."""

from collections.abc import Iterable
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def month_words(day: date) -> str:
    """Return "November"."""
    return MONTHS[day.month - 1]


def weekday_words(day: date) -> str:
    """Return "Friday"."""
    return DAYS[day.weekday()]


def day_words(day: date, *, year: bool = True) -> str:
    """Return "20 November 2026", or "20 November" without the year."""
    return f"{day.day} {month_words(day)} {day.year}" if year else f"{day.day} {month_words(day)}"


def span_words(first: date, last: date) -> str:
    """Return "20 November 2026", "16 to 22 November 2026" or "30 June to 6 July 2025", as short as is clear."""
    if first == last:
        return day_words(last)
    if first.year != last.year:
        return f"{day_words(first)} to {day_words(last)}"
    if first.month != last.month:
        return f"{day_words(first, year=False)} to {day_words(last)}"
    return f"{first.day} to {day_words(last)}"


def some(number: int, noun: str, plural: str = "") -> str:
    """Return "1 visit" or "3 visits"; `plural` where it is not the noun with an s."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(words: Iterable[str]) -> str:
    """Return "a, b and c"."""
    every = tuple(words)
    return " and ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))
