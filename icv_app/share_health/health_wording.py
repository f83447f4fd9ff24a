"""Words for the health of the shared file: one point of it, and how sizes, spans, moments and numbers are said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from forms.translation import plural, tr
from icv_app.wording import day_words

Level = Literal["act", "know"]
_NUMBERS: Final = 6  # stretches of missing numbers that are named one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Something to do (`act`) or to know: `code` names it, `about` is whom or what it is about, `advice` what to do."""

    level: Level
    code: str
    about: str
    words: str
    advice: str = ""


def span_words(span: timedelta) -> str:
    """Return "12 minutes", "3 hours" or "40 days"."""
    minutes = round(span.total_seconds() / 60)
    if minutes < 120:
        return plural("{count} minute", "{count} minutes", minutes)
    if minutes < 48 * 60:
        return plural("{count} hour", "{count} hours", minutes // 60)
    return plural("{count} day", "{count:,} days", minutes // (24 * 60))


def size_words(size: int) -> str:
    """Return "12 kB", "3.4 MB" or "67.5 GB"."""
    if size < 10**6:
        return tr("{number} kB", number=f"{-(-size // 1000):,}")
    if size < 10**9:
        return tr("{number} MB", number=f"{size / 10**6:,.1f}")
    return tr("{number} GB", number=f"{size / 10**9:,.1f}")


def moment_words(moment: datetime | None) -> str:
    """Return "14 November 2026 at 09:20", or words for never."""
    if moment is None:
        return tr("never")
    return tr("{date} at {time}", date=day_words(moment), time=f"{moment:%H:%M}")


def stretch_words(numbers: Iterable[int]) -> str:
    """Return the same for single numbers, in any order."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return gap_words([(first, last) for first, last in found])


def gap_words(gaps: Sequence[tuple[int, int]]) -> str:
    """Return "numbers 5 to 9, 12" for stretches of numbers, the first few of them."""
    said = [
        tr("{first} to {last}", first=first, last=last) if last > first else str(first)
        for first, last in gaps[:_NUMBERS]
    ]
    if len(gaps) > _NUMBERS:
        said.append("…")
    return tr("numbers {numbers}", numbers=", ".join(said))
