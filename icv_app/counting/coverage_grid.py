"""The coverage grid: every site by every week of four quarters (kennels by month), and what became of each.

What is due and covered is judged by `coverage`, as in the figures. Here a unit that is not covered is told apart by
what is known of it: who was turned away or cut a visit short, what the rota planned, which reason was given. Weeks and
pairs of the rota are for all to read; the day and time of a plan never come here.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from forms.translation import later, plural, tr
from icv_app.counting import coverage
from icv_app.counting.coverage import COVERED
from icv_app.counting.rulebook import Rulebook
from icv_app.counting.tallies import ATTEMPTED, SITE_SLOTS, SITE_VISITS
from icv_app.encryption.cipher import Connection
from icv_app.figure import Period
from icv_app.periods import PERS, Per, Unit, quarter_of, unit_of
from icv_app.summary import CoverageCell
from icv_app.wording import listed, span_words

QUARTERS = 4
State = Literal[
    "covered", "not_admitted", "abandoned", "missed", "unexplained", "planned", "to_come", "closed", "not_due",
    "before", "not_known",
]  # fmt: skip
STATES: Mapping[State, str] = {
    "covered": later("Covered"),
    "not_admitted": later("Tried, not admitted"),
    "abandoned": later("Cut short"),
    "missed": later("Missed, reason given"),
    "unexplained": later("Missed, no reason given"),
    "planned": later("Planned"),
    "to_come": later("Due, no pair yet"),
    "closed": later("Not open"),
    "not_due": later("No visit due"),
    "before": later("Before the records begin"),
    "not_known": later("Not known on this laptop"),
}
"""The states in the order of a legend, in words."""
_SAID: Mapping[Per, str] = {
    "week": later("{site}, week of {span}. {told}"),
    "month": later("{site}, month of {span}. {told}"),
    "quarter": later("{site}, quarter of {span}. {told}"),
    "year": later("{site}, year of {span}. {told}"),
}
_WHY = {
    "missed": (later("planned for {who} and missed: {reason}"), later("planned and missed: {reason}")),
    "cancelled": (later("planned for {who} and cancelled: {reason}"), later("planned and cancelled: {reason}")),
    "withdrawn": (later("planned for {who} and withdrawn: {reason}"), later("planned and withdrawn: {reason}")),
}
"""What is said of a planned visit that will not be made, with its pair and without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One unit at one site. `told` says what became of it, `words` where and when as well.

    `visits` are the keys of the visits attempted in it, by date, `slots` those of the planned visits of the rota.
    """

    site: str
    first: date
    last: date
    state: State
    told: str
    words: str
    visits: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A site with its cells, one for each unit of the grid."""

    site: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The sites of one measure whose targets are by `per`, by the units of the four quarters."""

    measure: str
    per: Per
    units: tuple[Unit, ...]
    rows: tuple[Row, ...]

    def column(self, day: date) -> int | None:
        """Return the place of the unit that holds `day`, or None."""
        return next((at for at, unit in enumerate(self.units) if unit.first <= day <= unit.last), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visit:
    key: str
    day: date
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    key: str
    status: str
    reason: str
    visitors: tuple[str, ...]
    done: bool


def window(last: date) -> Period:
    """Return the four quarters of which the one that holds `last` is the latest."""
    quarters = [quarter_of(last)]
    for _ in range(QUARTERS - 1):
        quarters.insert(0, quarter_of(quarters[0].first - timedelta(days=1)))
    first, end = quarters[0].first, quarters[-1].last
    return Period(name=f"{first.isoformat()}..{end.isoformat()}", first=first, last=end)


def read(connection: Connection, book: Rulebook, period: Period, today: date, *, whole: bool) -> tuple[Grid, ...]:
    """Return a grid for each measure and length of unit that targets in `period` use, weeks before longer ones.

    Two SQL reads, over all sites. `whole`: this laptop may read every report, as the office's; on another, a unit that
    has begun, without a visit and not given up by the rota, is not known. A site without any target is shown by the
    usual unit, none of them due. Slots belong to a unit by their start, as in `slots`.
    """
    units_of = {measure: coverage.spans(book, measure, period) for measure in COVERED}
    starts = [
        unit.first for of in units_of.values() for pers in of.values() for units in pers.values() for unit in units
    ]
    first = min([*starts, period.first])
    visits = _visits(connection, first, period.last)
    slots = _slots(connection, first, period.last)
    found = []
    for measure in COVERED:
        for per in PERS:
            of_per = {site: {per: pers[per]} for site, pers in units_of[measure].items() if pers.get(per)}
            if of_per:
                found.append(_grid(book, measure, per, of_per, period, today, visits, slots, whole=whole))
    return tuple(found)


def _grid(
    book: Rulebook,
    measure: str,
    per: Per,
    units_of: Mapping[str, Mapping[Per, tuple[Unit, ...]]],
    period: Period,
    today: date,
    visits: Mapping[tuple[str, str], list[_Visit]],
    slots: Mapping[tuple[str, str], list[tuple[date, _Slot]]],
    *,
    whole: bool,
) -> Grid:
    made: dict[tuple[str, date], list[_Visit]] = {}
    planned: dict[tuple[str, date], list[_Slot]] = {}
    for site in units_of:
        for visit in visits.get((measure, site), ()):
            made.setdefault((site, unit_of(visit.day, per).first), []).append(visit)
        for starts, slot in slots.get((measure, site), ()):
            planned.setdefault((site, unit_of(starts, per).first), []).append(slot)
    counts = {
        (site, first, unit_of(first, per).last): (sum(each.status == "completed" for each in its), len(its))
        for (site, first), its in made.items()
    }
    names = {site.site: site.name for site in book.sites_of(measure)}
    rows: dict[str, list[Cell]] = {site: [] for site in units_of}
    for judged in coverage.judge(book, measure, period, units_of, counts, today).cells:
        here = judged.site, judged.first
        rows[judged.site].append(
            _cell(
                judged,
                names[judged.site],
                per,
                made.get(here, []),
                planned.get(here, []),
                unsure=not whole and judged.first <= today,
            )
        )
    units = next(iter(units_of.values()))[per]
    named = (Row(site=site, name=names[site], cells=tuple(cells)) for site, cells in rows.items())
    return Grid(measure=measure, per=per, units=units, rows=tuple(named))


def _cell(judged: CoverageCell, name: str, per: Per, visits: list[_Visit], slots: list[_Slot], *, unsure: bool) -> Cell:
    state = _state(judged, visits, slots, unsure=unsure)
    parts = [tr(STATES[state]), *_counts(judged, visits), *(words for slot in slots if (words := _said(slot, state)))]
    told = "; ".join(parts) + "."
    span = span_words(judged.first, judged.last)
    return Cell(
        site=judged.site,
        first=judged.first,
        last=judged.last,
        state=state,
        told=told,
        words=tr(_SAID[per], site=name, span=span, told=told),
        visits=tuple(visit.key for visit in visits),
        slots=tuple(slot.key for slot in slots),
    )


def _state(judged: CoverageCell, visits: list[_Visit], slots: list[_Slot], *, unsure: bool) -> State:
    """Tell apart what `coverage` calls missed, not admitted and to come; the rest stands.

    `unsure`: there may have been a visit of which this laptop does not know.
    """
    if judged.state == "to_come":
        if any(_open(slot) and len(slot.visitors) > 1 for slot in slots):  # nobody goes alone
            return "planned"
        return "not_known" if unsure else "to_come"
    if judged.state == "not_admitted":
        return "abandoned" if any(visit.status == "abandoned" for visit in visits) else "not_admitted"
    if judged.state not in ("missed", "before"):
        return judged.state
    if unsure:  # also where the rota gave up every visit: somebody may have gone without a slot
        return "not_known"
    if any(slot.reason and not slot.done for slot in slots):
        return "missed"
    return "before" if judged.state == "before" else "unexplained"


def _open(slot: _Slot) -> bool:
    """Return whether the planned visit may still be made; a status of a later program is taken for planned."""
    return not slot.done and slot.status not in _WHY


def _counts(judged: CoverageCell, visits: list[_Visit]) -> list[str]:
    """Return how many visits were made, as far as the state does not say it, and how those that were not ended."""
    number = Counter(visit.status for visit in visits)
    parts = []
    if judged.needed > 1:
        parts.append(
            plural(
                "{made} of {count} visit called for",
                "{made} of {count} visits called for",
                judged.needed,
                made=judged.completed,
            )
        )
    elif judged.completed:
        parts.append(plural("{count} visit made", "{count} visits made", judged.completed))
    if number["abandoned"]:
        parts.append(plural("{count} visit cut short", "{count} visits cut short", number["abandoned"]))
    if number["not_admitted"]:
        parts.append(plural("{count} visit not admitted", "{count} visits not admitted", number["not_admitted"]))
    return parts


def _said(slot: _Slot, state: State) -> str:
    """Return what the rota says of a planned visit that was not made, "" for one that was."""
    if slot.done or (slot.status == "completed" and state != "not_known"):
        return ""
    who = listed(slot.visitors)
    if slot.status == "completed":
        return tr("the rota says that {who} went", who=who) if who else tr("the rota says that it was made")
    if slot.status in _WHY:
        told, untold = _WHY[slot.status]
        return tr(told if who else untold, who=who, reason=slot.reason or tr("no reason given"))
    if state == "planned":  # which the state says already
        return tr("for {who}", who=who) if who else tr("nobody is named yet")
    if state == "to_come" and not who:
        return ""
    return tr("planned for {who}", who=who) if who else tr("planned, with nobody named")


def _visits(connection: Connection, first: date, last: date) -> dict[tuple[str, str], list[_Visit]]:
    """Return the visits attempted, by measure and site, each by date."""
    found: dict[tuple[str, str], list[_Visit]] = {}
    for measure, site, day, status, key in connection.execute(
        f"""SELECT v.form, v.site, v.date, v.status, v.visit FROM {SITE_VISITS}
              AND v.date BETWEEN ? AND ? AND {ATTEMPTED} ORDER BY v.date, v.visit""",  # noqa: S608
        (first.isoformat(), last.isoformat()),
    ):
        visit = _Visit(key=key, day=date.fromisoformat(day), status=status)
        found.setdefault((measure, site), []).append(visit)
    return found


def _slots(connection: Connection, first: date, last: date) -> dict[tuple[str, str], list[tuple[date, _Slot]]]:
    """Return the planned visits with their starts, by measure and site, in order; what a visit kept is done."""
    found: dict[tuple[str, str], list[tuple[date, _Slot]]] = {}
    for measure, site, starts, key, status, reason, visitors, done in connection.execute(
        f"""SELECT t.measure, t.site, t.period_start, t.slot, coalesce(t.status, 'planned'), coalesce(t.reason, ''),
              coalesce(t.visitors, ''), EXISTS (
                SELECT 1 FROM fact_visit v WHERE v.slot = t.slot AND v.counted = 1 AND v.status = 'completed')
            FROM {SITE_SLOTS} AND t.period_start BETWEEN ? AND ? ORDER BY t.period_start, t.slot""",  # noqa: S608
        (first.isoformat(), last.isoformat()),
    ):
        people = tuple(each.strip() for each in visitors.split(";") if each.strip())
        slot = _Slot(key=key, status=status, reason=reason, visitors=people, done=bool(done))
        found.setdefault((measure, site), []).append((date.fromisoformat(starts), slot))
    return found
