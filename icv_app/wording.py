"""Wording: dates, spans, counts and lists in the language in use. Never by locale: Qt sets the laptop's."""

from collections.abc import Iterable
from datetime import date, timedelta

from forms.translation import later, tr

MONTHS = (
    later("January"), later("February"), later("March"), later("April"), later("May"), later("June"), later("July"),
    later("August"), later("September"), later("October"), later("November"), later("December"),
)  # fmt: skip
DAYS = (
    later("Monday"), later("Tuesday"), later("Wednesday"), later("Thursday"), later("Friday"), later("Saturday"),
    later("Sunday"),
)  # fmt: skip


def month_words(day: date) -> str:
    """Return "November"."""
    return tr(MONTHS[day.month - 1])


def weekday_words(day: date) -> str:
    """Return "Friday"."""
    return tr(DAYS[day.weekday()])


def day_words(day: date, *, year: bool = True) -> str:
    """Return "20 November 2026", or "20 November" without the year."""
    return f"{day.day} {month_words(day)} {day.year}" if year else f"{day.day} {month_words(day)}"


def span_words(first: date, last: date) -> str:
    """Return "20 November 2026", "16 to 22 November 2026" or "30 June to 6 July 2025", as short as is clear."""
    if first == last:
        return day_words(last)
    if first.year != last.year:
        return tr("{first} to {last}", first=day_words(first), last=day_words(last))
    if first.month != last.month:
        return tr("{first} to {last}", first=day_words(first, year=False), last=day_words(last))
    return tr("{first} to {last}", first=first.day, last=day_words(last))


def months_words(first: date, last: date) -> str:
    """Return "July to September 2025" or "July 2025" for whole months, else the days."""
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return span_words(first, last)
    to = f"{month_words(last)} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return to
    begun = month_words(first) if first.year == last.year else f"{month_words(first)} {first.year}"
    return tr("{first} to {last}", first=begun, last=to)


def when_words(first: date, last: date) -> str:
    """Return "in July to September 2025" of whole months, "on 8 October 2025" or "from 10 July to 20 August 2026"."""
    if first == last:
        return tr("on {day}", day=day_words(last))
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return tr("in {months}", months=months_words(first, last))
    return tr("from {span}", span=span_words(first, last))


def some(number: int, noun: str, plural: str = "") -> str:
    """Return "1 visit" or "3 visits"; `plural` where it is not the noun with an s."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(words: Iterable[str]) -> str:
    """Return "a, b and c"."""
    every = tuple(words)
    if len(every) < 2:
        return "".join(every)
    return tr("{several} and {last}", several=", ".join(every[:-1]), last=every[-1])
