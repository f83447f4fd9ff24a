"""Periods: weeks, months, quarters and financial years, and which of them belong to a span of days.

Pure. A week runs Monday to Sunday; the financial year 1 April to 31 March, Q1 being April to June. A unit belongs to
the period that holds its last day, so that four quarters sum to the year (`interfaces.md` §3).
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, get_args

from forms.translation import later, tr
from icv_app.errors import InvalidInput
from icv_app.figure import Period

Per = Literal["week", "month", "quarter", "year"]
PERS: tuple[Per, ...] = get_args(Per)

_NAMED = re.compile(r"([0-9]{4})-([0-9]{2})(?:-Q([1-4]))?")
_RANGE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")
_HOW = later('Write a quarter ("2025-26-Q2"), a financial year ("2025-26") or two dates ("2025-07-01..2025-08-31").')
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One week, calendar month, quarter or financial year, both days included."""

    first: date
    last: date


def parse_period(text: str) -> Period:
    """Return the period that `text` names ("2025-26-Q2", "2025-26" or "2025-07-01..2025-08-31"), under that name.

    Raises InvalidInput("period") where it names none, saying why.
    """
    name = text.strip()
    if named := _NAMED.fullmatch(name):
        year = int(named[1])
        if not 1900 < year < 2200:
            raise InvalidInput("period", tr('"{name}" is too far away. {how}', name=name, how=tr(_HOW)))
        if int(named[2]) != (year + 1) % 100:
            raise InvalidInput(
                "period",
                tr(
                    '"{name}" is not a financial year: {year} is followed by {following:02}.',
                    name=name,
                    year=year,
                    following=(year + 1) % 100,
                ),
            )
        if named[3] is None:
            return Period(name=name, first=date(year, 4, 1), last=date(year + 1, 3, 31))
        month = 3 * int(named[3]) + 1
        span = unit_of(date(year + (month > 12), (month - 1) % 12 + 1, 1), "quarter")
        return Period(name=name, first=span.first, last=span.last)
    if spanned := _RANGE.fullmatch(name):
        try:
            first, last = date.fromisoformat(spanned[1]), date.fromisoformat(spanned[2])
        except ValueError:
            raise InvalidInput(
                "period", tr('"{name}" holds a day that does not exist. {how}', name=name, how=tr(_HOW))
            ) from None
        if not (first.year > 1900 and last.year < 2200):
            raise InvalidInput("period", tr('"{name}" is too far away. {how}', name=name, how=tr(_HOW)))
        if last < first:
            raise InvalidInput("period", tr('"{name}" ends before it begins.', name=name))
        return Period(name=name, first=first, last=last)
    raise InvalidInput("period", tr('"{name}" is not a period. {how}', name=name, how=tr(_HOW)))


def unit_of(day: date, per: Per) -> Unit:
    """Return the week, month, quarter or financial year that holds `day`."""
    if per == "week":
        monday = day - timedelta(days=day.weekday())
        return Unit(first=monday, last=monday + timedelta(days=6))
    if per == "month":
        return Unit(first=day.replace(day=1), last=_first_of_month(day.year, day.month + 1) - _ONE_DAY)
    if per == "quarter":
        opening = (day.month - 1) // 3 * 3 + 1
        return Unit(first=date(day.year, opening, 1), last=_first_of_month(day.year, opening + 3) - _ONE_DAY)
    april = date(day.year if day.month >= 4 else day.year - 1, 4, 1)
    return Unit(first=april, last=date(april.year + 1, 3, 31))


def units(period: Period, per: Per) -> tuple[Unit, ...]:
    """Return the units of that length whose last day lies in `period`, in order. The first may begin before it."""
    found = []
    unit = unit_of(period.first, per)
    while unit.last <= period.last:
        found.append(unit)
        unit = unit_of(unit.last + _ONE_DAY, per)
    return tuple(found)


def quarter_of(day: date) -> Period:
    """Return the quarter of the financial year that holds `day`: "2025-26-Q2" for August 2025."""
    span = unit_of(day, "quarter")
    number = (span.first.month - 4) % 12 // 3 + 1
    return Period(name=f"{financial_year(day).name}-Q{number}", first=span.first, last=span.last)


def financial_year(day: date) -> Period:
    """Return the financial year that holds `day`: "2025-26" for August 2025."""
    span = unit_of(day, "year")
    return Period(name=f"{span.first.year}-{span.last.year % 100:02}", first=span.first, last=span.last)


def before(period: Period) -> Period:
    """Return the period before this one: the quarter or year before, as many whole months, or as many days."""
    last = period.first - _ONE_DAY
    months = _whole_months(period)
    if not months:
        return _spanned(period, period.first - (period.last - period.first) - _ONE_DAY, last)
    return _spanned(period, _first_of_month(period.first.year, period.first.month - months), last)


def a_year_earlier(period: Period) -> Period:
    """Return the same period one year earlier; 29 February is then the 28th, and the end of February its last day."""
    first = _in_year(period.first, period.first.year - 1)
    if _whole_months(period):
        return _spanned(period, first, _first_of_month(period.last.year - 1, period.last.month + 1) - _ONE_DAY)
    return _spanned(period, first, _in_year(period.last, period.last.year - 1))


def _whole_months(period: Period) -> int:
    """Return how many calendar months a period consists of, 0 where it is not of whole ones."""
    if period.first.day != 1 or (period.last + _ONE_DAY).day != 1:
        return 0
    return (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1


def known_as(period: Period) -> Period:
    """Return a period under the name of the quarter or financial year that its days are, else as it is.

    What is published or written about 1 July to 30 September 2025 is of 2025-26-Q2, however its days were given.
    """
    return _spanned(period, period.first, period.last)


def _spanned(like: Period, first: date, last: date) -> Period:
    """Return the period of these days, under the name of the quarter or year that it is, and by the rule of `like`."""
    for named in (quarter_of(first), financial_year(first)):
        if (named.first, named.last) == (first, last):
            return replace(named, week_rule=like.week_rule)
    return Period(name=f"{first}..{last}", first=first, last=last, week_rule=like.week_rule)


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _first_of_month(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
