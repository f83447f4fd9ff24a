"""Withholding: which figures of a list a public document withholds, by the rule of small numbers (docs/disclosure.md).

Pure. Numbers of these kinds are given for whole quarters alone: any other span, set against a quarter, would tell of
the days between. Several quarters give what each of them gives.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import combinations
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

ROOMS: Final = {
    (CUSTODY, "detainees_in_custody"): GROUPS, (REVIEWS, "records_reviewed"): (IMMIGRATION_RECORDS, "held", IS91),
}  # fmt: skip
"""The numbers that others are parts of, with the kinds of these."""
_ANY: Final = 10**9
_NOBODY: Final = (None, None, None, None)

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


def verdict(column: Column, smallest: int, known: Sequence[Column] = ()) -> Verdict:
    """Return what is withheld of the figures of a period.

    `known`: what was told before, of the same days or of its quarters; of one without figures it is not known what.
    """
    quarters = quarters_of(column)
    if not quarters:
        return EVERYTHING
    told = [column, *(each for each in known if _span(each) == _span(column))]
    if quarters == (column,):
        return _of_versions(told, smallest)
    of_parts = [verdict(quarter, smallest, known) for quarter in quarters]
    return together([*of_parts, *(changed(one, other, smallest) for one, other in combinations(told, 2))])


def quarters_of(column: Column) -> tuple[Column, ...]:
    """Return the quarters that a period is made of; () where it is not over, or not of whole ones that are known."""
    if not column.over or not is_of_quarters(column.period):
        return ()
    quarters = units(column.period, "quarter")
    if len(quarters) == 1:
        return (column,)
    parts = {_span(part): part for part in column.parts}
    found = tuple(parts[each.first, each.last] for each in quarters if (each.first, each.last) in parts)
    return found if len(found) == len(quarters) else ()


def is_of_quarters(period: Period) -> bool:
    """Return whether a period is made of whole quarters."""
    quarters = units(period, "quarter")
    return bool(quarters) and (quarters[0].first, quarters[-1].last) == (period.first, period.last)


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """Return what any of them withholds."""
    every = list(verdicts)
    return {kind: reduce(or_, (each[kind] for each in every), NOTHING) for kind in KINDS}


def _of_versions(told: Sequence[Column], smallest: int) -> Verdict:
    """Return what is withheld of a quarter that was told several times: `told` is what each told, in no order.

    What one withholds, all do: set against a later number, the bound that the records between give would tell the
    number withheld. And what differs is told with all of its cells or not at all.
    """
    if not all(each.figures for each in told):
        return EVERYTHING
    found = together([_of_quarter(each, smallest) for each in told])
    for one, other in combinations(told, 2):
        differs = changed(one, other, _ANY)
        found = together([found, changed(one, other, smallest), _of_one(one, other)])
        found = {kind: ALL if hidden.cells and differs[kind].cells else hidden for kind, hidden in found.items()}
    return found


def changed(column: Column, other: Column, smallest: int) -> Verdict:
    """Return what is withheld as it differs by a few between two columns of the same days: altogether, or nothing.

    Where one person more or fewer was in custody at a suite, every group goes whatever its number: that it went would
    tell whether the one was of the group. So with one record more that was reviewed.
    """
    found = dict.fromkeys(KINDS, NOTHING)
    ours, others = _named(column), _named(other)
    for one, another in ((ours, others), (others, ours)):
        known = {name[:2] for name in another}  # one that the other has of no site at all, another program counted
        for name, figure in one.items():
            if name[:2] in known:
                found |= dict.fromkeys(_few(figure, another.get(name), smallest), ALL)
    theirs = {each.session or each.date: each for each in other.sessions}
    for session in column.sessions:  # one that is new stands in the total
        if (was := theirs.get(session.session or session.date)) is not None:
            few = 0 < abs((session.of_which_immigration or 0) - (was.of_which_immigration or 0)) < smallest
            if few or abs(session.records - was.records) == 1:
                found |= dict.fromkeys(ROOMS[REVIEWS, "records_reviewed"], ALL)
    for within, kind in ((GIRLS, CHILDREN), (WOMEN, GIRLS)):
        found[within] |= found[kind]
    return found


def _of_one(column: Column, other: Column) -> Verdict:
    """Return what is withheld as there is one person of a kind in all, and other people were in custody, or reviewed.

    Where a visit was withdrawn, that the kind went would tell that the one was met at it.
    """
    found = dict.fromkeys(KINDS, NOTHING)
    ours, others = _named(column), _named(other)
    for (measure, room), kinds in ROOMS.items():
        rooms = [name for name in ours | others if name[:2] == (measure, room)]
        if any(_value_of(ours, name) != _value_of(others, name) for name in rooms):
            for kind in kinds:
                if 1 in (_value_of(ours, (measure, kind, None)), _value_of(others, (measure, kind, None))):
                    found[kind] = ALL
    return found


def _value_of(figures: Mapping[tuple[str, str, str | None], Figure], name: tuple[str, str, str | None]) -> int:
    return (figures[name].value or 0) if name in figures else 0


def _few(figure: Figure, was: Figure | None, smallest: int) -> Sequence[str]:
    """Return the kinds that go as one figure is another by a few; None: one of nobody."""
    if figure.withheld or (was is not None and was.withheld):
        return ()
    before = _NOBODY if was is None else _told(was)
    differ = [abs((now or 0) - (then or 0)) for now, then in zip(_told(figure), before, strict=True)]
    if of_room := ROOMS.get((figure.measure, figure.figure)):
        return of_room if 1 in differ else ()
    kind = _kind(figure)
    return (kind,) if kind and any(0 < each < smallest for each in differ) else ()


def _named(column: Column) -> dict[tuple[str, str, str | None], Figure]:
    return {(each.measure, each.figure, each.site): each for each in compared(column.figures)}


def compared(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return those of the figures that a later paper is compared with."""
    return tuple(each for each in figures if _kind(each) is not None or (each.measure, each.figure) in ROOMS)


def _span(column: Column) -> tuple[date, date]:
    return column.period.first, column.period.last


def _told(figure: Figure) -> tuple[int | None, ...]:
    """Return the numbers that a figure says: its value, or its part, its whole and what is not in the part."""
    part, whole = figure.numerator, figure.denominator
    return figure.value, part, whole, None if part is None or whole is None else whole - part


def is_of_few(figure: Figure) -> bool:
    """Return whether a figure is of a kind of which small numbers are withheld."""
    return _kind(figure) is not None


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
