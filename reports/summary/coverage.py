"""Coverage: the weeks of each site in words, and cut into parts that fit a page."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import TypeVar

from forms.translation import later, plural, tr
from icv_app.summary import CoverageCell, CoverageState, SiteName
from icv_app.wording import day_words, listed, month_words, span_words

STATES: dict[CoverageState, str] = {
    "covered": later("covered"),
    "missed": later("missed"),
    "not_admitted": later("tried and missed"),
    "not_due": later("no visit due"),
    "closed": later("closed"),
    "to_come": later("still to come"),
    "before": later("before the records begin"),
}
_SAID = {
    "week": later("{site}, week of {span}: {state}, {visits}"),
    "month": later("{site}, month of {span}: {state}, {visits}"),
    "quarter": later("{site}, quarter of {span}: {state}, {visits}"),
    "year": later("{site}, year of {span}: {state}, {visits}"),
}
_TO_ONE = {
    "week": later("in the week to {day}"),
    "month": later("in the month to {day}"),
    "quarter": later("in the quarter to {day}"),
    "year": later("in the year to {day}"),
}
_Thing = TypeVar("_Thing")


def unit_of(cell: CoverageCell) -> str:
    """Return what span a cell is: "week", "month", "quarter" or "year"."""
    days = (cell.last - cell.first).days + 1
    return "week" if days <= 7 else "month" if days <= 31 else "quarter" if days <= 92 else "year"


def blocks(cells: Iterable[CoverageCell], *, columns: int = 14, rows: int = 14) -> tuple[tuple[CoverageCell, ...], ...]:
    """Split the cells of one measure into pictures of at most `columns` by `rows`, of one unit each and of even widths.

    The order is: weeks before longer units, then by date, then the sites in the order in which they first come.
    """
    found: list[tuple[CoverageCell, ...]] = []
    ordered = tuple(cells)
    for unit in ("week", "month", "quarter", "year"):
        of_unit = [cell for cell in ordered if unit_of(cell) == unit]
        dates = sorted({(cell.first, cell.last) for cell in of_unit})
        sites = list(dict.fromkeys(cell.site for cell in of_unit))
        for chosen_dates in _even(dates, columns):
            for chosen_sites in _even(sites, rows):
                here = tuple(
                    cell for cell in of_unit if cell.site in chosen_sites and (cell.first, cell.last) in chosen_dates
                )
                if here:
                    found.append(here)
    return tuple(found)


def _even(things: Sequence[_Thing], most: int) -> list[Sequence[_Thing]]:
    parts = -(-len(things) // most)
    edges = [round(index * len(things) / parts) for index in range(parts + 1)] if parts else []
    return [things[start:end] for start, end in pairwise(edges)]


def heading(first: date, last: date, *, year: bool = True) -> str:
    """Return the head of a column: a week by its Sunday ("6 Jul"), longer units by their months ("Jul 2025", "Jul")."""
    days = (last - first).days + 1
    if days <= 7:
        return f"{last.day} {month_words(last)[:3]}"
    if days <= 31:
        return f"{month_words(first)[:3]} {first.year}" if year else month_words(first)[:3]
    if days <= 92:
        return tr("{first} to {last} {year}", first=month_words(first)[:3], last=month_words(last)[:3], year=last.year)
    return tr("Year to {month} {year}", month=month_words(last)[:3], year=last.year)


def rows_of(cells: Iterable[CoverageCell], sites: Sequence[SiteName]) -> list[tuple[str, str]]:
    """Return (code, name) of every site that has a cell, in the order of `sites`; the code where there is no name."""
    present = dict.fromkeys(cell.site for cell in cells)
    named = {site.site: site.name for site in sites if site.site in present}
    return list(named.items()) + [(site, site) for site in present if site not in named]


def said(cell: CoverageCell, name: str) -> str:
    """Return a cell in words: "Beaumont Leys, week of 30 June to 6 July 2025: missed, no visits"."""
    made = plural("{count:,} visit", "{count:,} visits", cell.completed) if cell.completed else tr("no visits")
    if cell.state == "before":
        made = tr("visits not known")
    elif cell.needed > 1:
        made = tr("{visits} of {number} needed", visits=made, number=cell.needed)
    if cell.attempted != cell.completed:
        made = tr("{visits}, {number} attempted", visits=made, number=cell.attempted)
    span = span_words(cell.first, cell.last)
    return tr(_SAID[unit_of(cell)], site=name, span=span, state=tr(STATES[cell.state]), visits=made)


def alt(cells: Iterable[CoverageCell], rows: Sequence[tuple[str, str]]) -> str:
    """Return the same picture in words: for every site its visits, and what became of which weeks, runs told as one."""
    by_site: dict[str, list[CoverageCell]] = {}
    for cell in cells:
        by_site.setdefault(cell.site, []).append(cell)
    every = [cell for of_site in by_site.values() for cell in of_site]
    if not every:
        return tr("No visits to show.")
    span = span_words(min(cell.first for cell in every), max(cell.last for cell in every))
    lines = [tr("Visits by site, {span}.", span=span)]
    for site, name in rows:
        ordered = sorted(by_site.get(site, []), key=lambda cell: cell.first)
        runs = [(state, list(run)) for state, run in groupby(ordered, key=lambda cell: cell.state)]
        parts = []
        for state in STATES:
            spans = [_run(run) for of, run in runs if of == state]
            if spans:
                parts.append(tr("{state} {spans}", state=tr(STATES[state]), spans=listed(spans)))
        if parts:
            made = sum(cell.completed for cell in ordered)
            visits = plural("{count:,} visit", "{count:,} visits", made) if made else tr("no visits")
            if all(cell.state == "before" for cell in ordered):
                visits = tr("visits not known")
            lines.append(f"{name}: {'; '.join([visits, *parts])}.")
    return " ".join(lines)


def _run(run: Sequence[CoverageCell]) -> str:
    unit, day = unit_of(run[0]), day_words(run[-1].last, year=False)
    if len(run) == 1:
        return tr(_TO_ONE[unit], day=day)
    count = len(run)
    if unit == "week":
        return plural("in {count} week to {day}", "in {count} weeks to {day}", count, day=day)
    if unit == "month":
        return plural("in {count} month to {day}", "in {count} months to {day}", count, day=day)
    if unit == "quarter":
        return plural("in {count} quarter to {day}", "in {count} quarters to {day}", count, day=day)
    return plural("in {count} year to {day}", "in {count} years to {day}", count, day=day)
