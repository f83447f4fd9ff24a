"""Coverage: for every unit of time at every site, whether visits were due and whether they were made (§3).

A unit is judged by the one target in force for the site on its last day, if that target is per such a unit and its
number is not 0; it is due if the site was operational on at least one of its days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from icv_app.counting.rulebook import Rulebook
from icv_app.figure import Period
from icv_app.periods import PERS, Per, Unit, unit_of, units
from icv_app.summary import CoverageCell, CoverageState
from icv_app.targets import Target

COVERED = ("custody_visit", "kennel_visit")
"""The measures whose coverage is judged unit by unit; training is judged by the year."""

Span = tuple[date, date]

_USUAL: dict[str, Per] = {"custody_visit": "week", "kennel_visit": "month"}
_NOUN = {"custody_visit": "suite", "kennel_visit": "kennel"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Every unit of one measure in a period: `cells` to show, units due and covered of each site, their noun.

    `asked`: how many visits the targets ask for at each site, in all the units due; `before`: how many of these lie
    before the records begin (they stay due and uncovered: §3).
    """

    cells: tuple[CoverageCell, ...]
    due: Mapping[str, int]
    covered: Mapping[str, int]
    asked: Mapping[str, int]
    unit: str
    before: Mapping[str, int]
    early: int  # completed visits before the period that count for the coverage of its first week
    late: int  # completed visits of the period whose week ends in the next one


def spans(rulebook: Rulebook, measure: str, period: Period) -> dict[str, dict[Per, tuple[Unit, ...]]]:
    """Return, for each site, the units of each length that its targets use in `period`.

    A site with no target has those of the other sites, or else the usual ones, none of them due: its days still show.
    """
    of_length = {per: units(period, per) for per in PERS}
    found: dict[str, dict[Per, tuple[Unit, ...]]] = {}
    for site in rulebook.sites_of(measure):
        found[site.site] = {
            per: its
            for per, its in of_length.items()
            if any((target := _judge(rulebook, measure, site.site, unit, per)) and target.number for unit in its)
        }
    used = {per: its for of_site in found.values() for per, its in of_site.items()}
    usual = used or {_USUAL[measure]: of_length[_USUAL[measure]]}
    return {site: of_site or usual for site, of_site in found.items()}


def edges(period: Period) -> tuple[Span | None, Span | None]:
    """Return the days before `period` that its first week brings in, and its own last days whose week ends after it."""
    opening, closing = unit_of(period.first, "week"), unit_of(period.last, "week")
    early = opening.first < period.first and opening.last <= period.last
    late = closing.last > period.last
    return (
        (opening.first, period.first - timedelta(days=1)) if early else None,
        (max(closing.first, period.first), period.last) if late else None,
    )


def judge(
    rulebook: Rulebook,
    measure: str,
    period: Period,
    units_of: Mapping[str, Mapping[Per, tuple[Unit, ...]]],
    made: Mapping[tuple[str, date, date], tuple[int, int]],
    today: date,
) -> Coverage:
    """Judge each unit of each site in `units_of` (see `spans`).

    `made` is the (completed, attempted) of a site from one day to another, for every unit and both `edges`, as
    `tallies.within` gives it. Units that end
    today or later are judged like any other, but shown as still to come.
    """
    cells: list[CoverageCell] = []
    due: dict[str, int] = {}
    covered: dict[str, int] = {}
    asked: dict[str, int] = {}
    before: dict[str, int] = {}
    judged_by: set[Per] = set()
    for site, of_site in units_of.items():
        due[site] = covered[site] = asked[site] = before[site] = 0
        for per, of_length in of_site.items():
            for unit in of_length:
                target = _judge(rulebook, measure, site, unit, per)
                cell = _cell(
                    rulebook,
                    measure,
                    site,
                    unit,
                    target.number if target else 0,
                    made.get((site, unit.first, unit.last), (0, 0)),
                    today,
                )
                cells.append(cell)
                if cell.state not in ("closed", "not_due"):
                    due[site] += 1
                    asked[site] += cell.needed
                    covered[site] += cell.state == "covered"
                    before[site] += cell.state == "before"
                    judged_by.add(per)
    early, late = (
        sum(made.get((site, *edge), (0, 0))[0] for site, of_site in units_of.items() if "week" in of_site)
        if edge
        else 0
        for edge in edges(period)
    )
    pers = judged_by or {per for of_site in units_of.values() for per in of_site}
    return Coverage(
        cells=tuple(cells), due=due, covered=covered, asked=asked, unit=_noun(measure, pers), before=before,
        early=early, late=late,
    )  # fmt: skip


def _judge(rulebook: Rulebook, measure: str, site: str, unit: Unit, per: Per) -> Target | None:
    """Return the target by which the unit is judged: the one in force on its last day, if it is per such a unit."""
    target = rulebook.targets.in_force(measure, site, unit.last)
    return target if target is not None and target.per == per else None


def _cell(
    rulebook: Rulebook, measure: str, site: str, unit: Unit, needed: int, made: tuple[int, int], today: date
) -> CoverageCell:
    completed, attempted = made
    state: CoverageState
    if not rulebook.calendar.operational_within(site, unit.first, unit.last):
        state = "closed"
    elif not needed:
        state = "not_due"
    elif completed >= needed:
        state = "covered"
    elif unit.last >= today:
        state = "to_come"
    elif rulebook.records_from is not None and unit.last < rulebook.records_from:
        state = "before"
    else:
        state = "not_admitted" if attempted and not completed else "missed"
    return CoverageCell(
        measure=measure,
        site=site,
        first=unit.first,
        last=unit.last,
        needed=needed,
        completed=completed,
        attempted=attempted,
        state=state,
    )


def _noun(measure: str, pers: set[Per]) -> str:
    return f"{_NOUN[measure]}-{next(iter(pers))}s" if len(pers) == 1 else "units"
