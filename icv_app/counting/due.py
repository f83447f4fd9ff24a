"""What is due: the visits that the present week, month, quarter or year still calls for, in plain words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from forms.translation import later, plural, tr
from icv_app.counting import coverage, rulebook, tallies, training
from icv_app.counting.coverage import COVERED
from icv_app.counting.rulebook import Rulebook
from icv_app.encryption.cipher import Connection
from icv_app.figure import Period
from icv_app.periods import PERS, Per, Unit, unit_of
from icv_app.summary import CoverageCell
from icv_app.wording import day_words, month_words, weekday_words

_NONE: Mapping[Per, str] = {
    "week": later("{site}: no visit yet this week ({days})"),
    "month": later("{site}: no visit yet this month ({days})"),
    "quarter": later("{site}: no visit yet this quarter ({days})"),
    "year": later("{site}: no visit yet this year ({days})"),
}
_SHORT: Mapping[Per, str] = {
    "week": later("{site}: {made} of {needed} visits made this week ({days})"),
    "month": later("{site}: {made} of {needed} visits made this month ({days})"),
    "quarter": later("{site}: {made} of {needed} visits made this quarter ({days})"),
    "year": later("{site}: {made} of {needed} visits made this year ({days})"),
}
_SHUT: Mapping[Per, str] = {
    "week": later("{due}; closed for the rest of the week"),
    "month": later("{due}; closed for the rest of the month"),
    "quarter": later("{due}; closed for the rest of the quarter"),
    "year": later("{due}; closed for the rest of the year"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """`needed` visits from `first` to `last` at a site (None: the whole scheme), of which `completed` are made."""

    measure: str
    site: str | None
    site_name: str
    first: date
    last: date
    needed: int
    completed: int
    words: str


def due(connection: Connection, today: date) -> tuple[Due, ...]:
    """Return what the units that hold `today` call for and have not got, the soonest to end first.

    By the rules of the figures (`coverage`): the target in force on the unit's last day, at a site operational on
    one of its days. Record reviews have no coverage figure and are not told here.
    """
    book = rulebook.read(connection)
    found: list[Due] = []
    for measure in COVERED:
        names = {site.site: site.name for site in book.sites_of(measure)}
        for per in PERS:
            unit = unit_of(today, per)
            made = tallies.within(connection, measure, [(unit.first, unit.last)])
            whole = Period(name="", first=unit.first, last=unit.last)
            units_of = {site: {per: (unit,)} for site in names}
            for cell in coverage.judge(book, measure, whole, units_of, made, today).cells:
                if cell.state == "to_come":
                    words = _words(book, cell, names[cell.site], per, unit, today)
                    found.append(
                        Due(
                            measure=measure,
                            site=cell.site,
                            site_name=names[cell.site],
                            first=unit.first,
                            last=unit.last,
                            needed=cell.needed,
                            completed=cell.completed,
                            words=words,
                        )
                    )
    year = training.so_far(connection, book, today)
    if year.made < year.number:
        found.append(
            Due(
                measure=training.MEASURE,
                site=None,
                site_name="",
                first=year.year.first,
                last=year.year.last,
                needed=year.number,
                completed=year.made,
                words=plural(
                    "Off-site training: {made} of {count} observation made this year ({days})",
                    "Off-site training: {made} of {count} observations made this year ({days})",
                    year.number,
                    made=year.made,
                    days=_span(year.year, "year"),
                ),
            )
        )
    order = (*COVERED, training.MEASURE)
    return tuple(sorted(found, key=lambda each: (each.last, order.index(each.measure), each.site or "")))


def less_visited(found: Iterable[Due], been: Mapping[tuple[str, str], date]) -> Iterator[Due]:
    """Yield of what seems due to a visitor's laptop that which is: where nobody has been, as far as it is told.

    `been`: when somebody was last at a site, by (measure, site). The yearly number of observations is left to the
    office, whose laptop alone counts them all.
    """
    for each in found:
        last = been.get((each.measure, each.site or ""))
        if each.site is not None and not (each.needed == 1 and last is not None and each.first <= last <= each.last):
            yield each


def _words(book: Rulebook, cell: CoverageCell, name: str, per: Per, unit: Unit, today: date) -> str:
    told = _SHORT[per] if cell.needed > 1 else _NONE[per]
    words = tr(told, site=name, made=cell.completed, needed=cell.needed, days=_span(unit, per))
    if book.calendar.operational_within(cell.site, today, unit.last):
        return words
    return tr(_SHUT[per], due=words)


def _span(unit: Unit, per: Per) -> str:
    """Return "Mon 16 to Sun 22 November", "November" or "to 31 March 2027"."""
    if per == "month":
        return month_words(unit.last)
    if per == "week":
        month = "" if unit.first.month == unit.last.month else f" {month_words(unit.first)}"
        first, last = f"{_day(unit.first)}{month}", f"{_day(unit.last)} {month_words(unit.last)}"
        return tr("{first} to {last}", first=first, last=last)
    return tr("to {last}", last=day_words(unit.last))


def _day(day: date) -> str:
    return f"{weekday_words(day)[:3]} {day.day}"
