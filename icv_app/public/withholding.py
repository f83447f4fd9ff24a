"""Withholding: which figures of a list a public document withholds, by the rule of small numbers (docs/disclosure.md).

Pure. Numbers of these kinds are given for whole quarters alone: any other span, set against a quarter, would tell of
the days between. Several quarters give what each of them gives.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Final

from forms.translation import tr
from icv_app import small_numbers
from icv_app.figure import Figure, Period
from icv_app.periods import units
from icv_app.small_numbers import ALL, NOTHING, Cell, Hidden
from icv_app.summary import ReviewSession

CUSTODY: Final = "custody_visit"
REVIEWS: Final = "record_review"
CHILDREN, GIRLS, WOMEN = "detainees_children", "detainees_girls", "detainees_women"
ALONE: Final = ("detainees_immigration", "detainees_s136")
SENSITIVE: Final = (CHILDREN, GIRLS, *ALONE)
"""The counts of people at visits of which small ones are withheld, by site and in one suite (`domain.md` E7).

In code and no setting: which relations they have to each other is part of the rule. Women and girls together are no
such kind, but go where they would tell of girls or of children.
"""
GROUPS: Final = (*SENSITIVE, WOMEN)
"""Every group of the people in custody, as visits write them down together."""
IMMIGRATION_RECORDS: Final = "immigration_records_reviewed"
HELD_BANDS: Final = (
    "held_up_to_24", "held_24_to_48", "held_48_to_72", "held_72_to_96", "held_96_to_120", "held_over_120",
)  # fmt: skip
HELD: Final = (*HELD_BANDS, "held_over_24_hours", "held_median_minutes", "held_longest_minutes", "times_missing")
"""What is said of how long people were held: all of it, or nothing."""
IS91: Final = "is91_on_record"
KINDS: Final = (CHILDREN, GIRLS, WOMEN, *ALONE, IMMIGRATION_RECORDS, "held", IS91)

Verdict = Mapping[str, Hidden]
"""What is withheld of each of KINDS."""
EVERYTHING: Final[Verdict] = dict.fromkeys(KINDS, ALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The figures of one period, with its days of record reviews; `parts`: the quarters of a longer one."""

    period: Period
    figures: Sequence[Figure]
    sessions: Sequence[ReviewSession] = ()
    parts: "Sequence[Column]" = ()
    over: bool = True


def verdict(column: Column, smallest: int) -> Verdict:
    """Return what is withheld of the figures of a period."""
    quarters = units(column.period, "quarter")
    whole = bool(quarters) and (quarters[0].first, quarters[-1].last) == (column.period.first, column.period.last)
    if not whole or not column.over:
        return EVERYTHING
    if len(quarters) == 1:
        return _of_quarter(column, smallest)
    spans = {(part.period.first, part.period.last): part for part in column.parts}
    if any((quarter.first, quarter.last) not in spans for quarter in quarters):
        return EVERYTHING
    return together(verdict(spans[quarter.first, quarter.last], smallest) for quarter in quarters)


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """Return what any of them withholds."""
    every = list(verdicts)
    return {kind: reduce(or_, (each[kind] for each in every), NOTHING) for kind in KINDS}


def changed(column: Column, before: Sequence[Figure], smallest: int) -> Verdict:
    """Return what is withheld as it differs by a few from `before`, what was handed out of the same period."""
    was = {(each.measure, each.figure, each.site): each for each in before}
    found = dict.fromkeys(KINDS, NOTHING)
    for figure in column.figures:
        kind = _kind(figure)
        old = was.get((figure.measure, figure.figure, figure.site))
        if kind is None or old is None or old.withheld:
            continue
        pairs = zip(_told(figure), _told(old), strict=True)
        if any(now is not None and then is not None and 0 < abs(now - then) < smallest for now, then in pairs):
            found[kind] = ALL
    for one, other in ((CHILDREN, GIRLS), (GIRLS, WOMEN)):
        found[other] |= found[one]
    return found


def _told(figure: Figure) -> tuple[int | None, ...]:
    """Return the numbers that a figure says: its value, or its part, its whole and what is not in the part."""
    part, whole = figure.numerator, figure.denominator
    return figure.value, part, whole, None if part is None or whole is None else whole - part


def is_withheld(figure: Figure, found: Verdict) -> bool:
    """Return whether a figure is withheld; one that says nothing is not, as there is no number to withhold."""
    kind = _kind(figure)
    if kind is None or (figure.value is None and figure.numerator is None):
        return False
    return found[kind].cells if figure.site is not None else found[kind].total


def is_silent(figure: Figure, found: Verdict) -> bool:
    """Return whether a figure that stands loses its note, as the note would tell of others that are withheld.

    At how many visits a group was recorded, beside the number in custody, bounds how many there were of any group. Of
    how many records the times are known tells how many were of immigration detainees.
    """
    if figure.measure == CUSTODY:
        return figure.figure in GROUPS and any(found[group].cells or found[group].total for group in GROUPS)
    return figure.measure == REVIEWS and figure.figure in (*HELD, IS91) and found[IMMIGRATION_RECORDS].total


def without(figure: Figure) -> Figure:
    """Return a figure without its number, and with a note that says so."""
    note = tr("Withheld: a small number could point to a person.")
    return replace(figure, numerator=None, denominator=None, value=None, note=note, withheld=True)


def is_small(figure: Figure, smallest: int) -> bool:
    """Return whether a figure is itself a count of a few people, not one that is withheld beside it."""
    if _kind(figure) is None or figure.figure == WOMEN:
        return False
    if figure.numerator is not None:
        return small_numbers.part(figure.numerator, figure.denominator, smallest)
    return figure.unit != "minutes" and small_numbers.small(figure.value, smallest)


def _kind(figure: Figure) -> str | None:
    if figure.measure == CUSTODY:
        return figure.figure if figure.figure in KINDS else None
    if figure.measure == REVIEWS:
        return "held" if figure.figure in HELD else figure.figure if figure.figure in KINDS else None
    return None


def _of_quarter(column: Column, smallest: int) -> Verdict:
    sites = {name: _by_site(column, name) for name in ("detainees_in_custody", *SENSITIVE)}
    room = sites["detainees_in_custody"]
    children, girls, women = small_numbers.people(room, sites[CHILDREN], sites[GIRLS], smallest)
    found = {CHILDREN: children, GIRLS: girls, WOMEN: women}
    for name in ALONE:
        found[name] = small_numbers.hidden(
            [Cell(value=value, room=room.get(site)) for site, value in sites[name].items()], smallest
        )
    found[IMMIGRATION_RECORDS] = reviewed = small_numbers.hidden(_reviews(column), smallest)
    bands = [_value(column, name) for name in HELD_BANDS]
    found["held"] = ALL if reviewed.total or small_numbers.spread(bands, smallest) else NOTHING
    is91 = _figure(column, REVIEWS, IS91)
    few = is91 is not None and small_numbers.part(is91.numerator, is91.denominator, smallest)
    found[IS91] = ALL if reviewed.total or few else NOTHING
    return found


def _by_site(column: Column, name: str) -> dict[str, int | None]:
    return {
        each.site: each.value
        for each in column.figures
        if (each.measure, each.figure) == (CUSTODY, name) and each.site is not None
    }


def _reviews(column: Column) -> list[Cell]:
    """Return the sessions, and what was reviewed without one: that is told by the totals alone."""
    cells = [Cell(value=each.of_which_immigration, room=each.records) for each in column.sessions]
    whole, records = _value(column, IMMIGRATION_RECORDS), _value(column, "records_reviewed")
    if whole is None:
        return cells
    rest = whole - sum(each.of_which_immigration or 0 for each in column.sessions)
    room = (records or 0) - sum(each.records for each in column.sessions)
    return [*cells, Cell(value=max(rest, 0), room=max(room, rest, 0), told=False)]


def _value(column: Column, name: str) -> int | None:
    found = _figure(column, REVIEWS, name)
    return None if found is None else found.value


def _figure(column: Column, measure: str, name: str) -> Figure | None:
    for each in column.figures:
        if (each.measure, each.figure, each.site) == (measure, name, None):
            return each
    return None
