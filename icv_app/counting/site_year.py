"""The year of a site: each day open or closed, and what was called for, month by month. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final, Literal

from forms.translation import tr
from icv_app.calendar import SiteStatus
from icv_app.counting.rulebook import SITE_KIND, Rulebook
from icv_app.interchange_folder.interchange import SITE_KIND_OF
from icv_app.periods import financial_year, unit_of
from icv_app.scheme.site_rows import number_words, state_words
from icv_app.summary import SiteName
from icv_app.wording import month_words

DayState = Literal["open", "listed", "closed"]

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month of a site. `days` are its days in order: open, closed, or open by a row with listed days.

    `calendar` and `target` tell the same in words: "1 to 15 open; 16 to 31 closed", "1 a week".
    """

    first: date
    days: tuple[DayState, ...]
    calendar: str
    target: str

    @property
    def name(self) -> str:
        """Return "July 2025"."""
        return f"{month_words(self.first)} {self.first.year}"

    @property
    def words(self) -> str:
        """Return the month in one sentence, for a screen reader."""
        return tr("{month}: {calendar}. Target: {target}.", month=self.name, calendar=self.calendar, target=self.target)


def months(book: Rulebook, site: SiteName, day: date) -> tuple[Month, ...]:
    """Return the twelve months of the financial year that holds `day`."""
    year = financial_year(day)
    return tuple(_month(book, site, first) for first in _firsts(year.first, year.last))


def _firsts(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = unit_of(first, "month").last + _DAY


def _month(book: Rulebook, site: SiteName, first: date) -> Month:
    last = unit_of(first, "month").last
    days = [first + number * _DAY for number in range((last - first).days + 1)]
    return Month(
        first=first, days=tuple(_state(book, site.site, day) for day in days),
        calendar=_told([(day, calendar_words(book, site.site, day)) for day in days]),
        target=_told([(day, target_words(book, site, day)) for day in days]),
    )  # fmt: skip


def _row(book: Rulebook, site: str, day: date) -> SiteStatus | None:
    """Return the row that holds on a day: of those that touch it the last, by the calendar's own order."""
    rows = book.calendar.rows(site, day, day)
    return rows[-1] if rows else None


def _state(book: Rulebook, site: str, day: date) -> DayState:
    if not book.calendar.operational(site, day):
        return "closed"
    row = _row(book, site, day)
    return "listed" if row is not None and row.status == "open_on_days" else "open"


def calendar_words(book: Rulebook, site: str, day: date) -> str:
    """Return what the calendar says of a day: "open", "open only on Thursdays", "closed, as no row covers it"."""
    row = _row(book, site, day)
    if row is None:
        return tr("closed, as no row covers it") if book.calendar.has_rows(site) else tr("open, as it has no calendar")
    return state_words(row.status, row.days)


def target_words(book: Rulebook, site: SiteName, day: date) -> str:
    """Return what was called for at a site on a day: "1 a week", or "none"."""
    measure = next((measure for measure in SITE_KIND if SITE_KIND_OF[measure] == site.kind), None)
    found = None if measure is None else book.targets.in_force(measure, site.site, day)
    return tr("none") if found is None else number_words(found.number, found.per)


def _told(days: list[tuple[date, str]]) -> str:
    """Return what holds through a month, or from which day to which each thing does."""
    parts = []
    for words, group in groupby(days, key=_words):
        held = [day for day, _ in group]
        if len(held) == len(days):
            return words
        span = str(held[0].day) if len(held) == 1 else tr("{first} to {last}", first=held[0].day, last=held[-1].day)
        parts.append(tr("{days} {words}", days=span, words=words))
    return "; ".join(parts)


def _words(told: tuple[date, str]) -> str:
    return told[1]
