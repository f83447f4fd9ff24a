"""Visit lines: the figures of one measure that is visits, for all its sites together and then for each (§3)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from forms.translation import plural, tr
from icv_app.counting import tallies
from icv_app.counting.coverage import Coverage
from icv_app.counting.slots import Scheduled
from icv_app.counting.tallies import Tally
from icv_app.figure import Figure


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was counted for one measure in a period. The mappings hold every site of its kind, noughts included."""

    measure: str
    made: Mapping[str, Tally]
    planned: Mapping[str, Scheduled]
    coverage: Coverage | Figure  # judged by units, or (training) the one figure that tells it
    detained: int | None  # by the force, in the period; None where that is not known

    @cached_property
    def together(self) -> Tally:
        """The tally of all the sites."""
        return tallies.total(self.made.values())

    def each(self) -> Iterator[tuple[str | None, Tally]]:
        """Yield the tally of all the sites, and then each one's."""
        yield None, self.together
        yield from self.made.items()


def visit_lines(counted: Counted) -> Iterator[Figure]:
    """Yield the figures of the measure in the order of §3's table."""
    custody = counted.measure == "custody_visit"
    yield from _counts(counted, "visits_completed", "visits", lambda tally: tally.completed)
    yield from _counts(counted, "visits_attempted", "visits", lambda tally: tally.attempted)
    yield from _scheduled(counted)
    if isinstance(counted.coverage, Figure):
        yield counted.coverage
    else:
        yield from _coverage(counted.measure, counted.coverage, missed=custody)
    if custody:
        yield from _counts(counted, "detainees_in_custody", "detainees", lambda tally: tally.in_custody, _no_numbers)
        yield from _counts(counted, "detainees_offered", "detainees", lambda tally: tally.offered, _no_numbers)
        yield from _counts(counted, "detainees_seen", "detainees", lambda tally: tally.seen, _no_numbers)
        yield from _counts(counted, "detainees_declined", "detainees", lambda tally: tally.declined, _no_numbers)
        yield Figure(
            measure=counted.measure,
            figure="reach",
            numerator=counted.together.in_custody,
            denominator=counted.detained,
            unit="detainees",
            note=""
            if counted.detained is not None
            else tr("How many people the force detained in the whole period is not on record"),
        )
        for site, tally in counted.each():
            yield Figure(
                measure=counted.measure,
                figure="admitted_immediately",
                site=site,
                numerator=tally.immediate,
                denominator=tally.attempted,
                unit="visits",
            )
    yield from _counts(counted, "volunteer_minutes", "minutes", lambda tally: tally.minutes, _no_times)
    if custody:
        yield from _counts(counted, "serious_issues", "visits", _serious, _no_answer)


def number_lines(counted: Counted) -> Iterator[Figure]:
    """Yield the visits completed in the period against the number that the targets ask for in its units due.

    Nothing for a measure that is judged by the year: its `target_coverage` is just that.
    """
    if isinstance(counted.coverage, Figure):
        return
    asked = counted.coverage.asked
    for site, tally in counted.each():
        yield Figure(
            measure=counted.measure,
            figure="visits_against_number",
            site=site,
            numerator=tally.completed,
            denominator=sum(asked.values()) if site is None else asked[site],
            unit="visits",
        )


def _counts(
    counted: Counted,
    figure: str,
    unit: str,
    count: Callable[[Tally], int | None],
    note: Callable[[Tally], str] = lambda tally: "",
) -> Iterator[Figure]:
    for site, tally in counted.each():
        yield Figure(measure=counted.measure, figure=figure, site=site, value=count(tally), unit=unit, note=note(tally))


def _scheduled(counted: Counted) -> Iterator[Figure]:
    every = counted.planned.values()
    together = Scheduled(
        completed=sum(each.completed for each in every),
        slots=sum(each.slots for each in every),
        withdrawn=sum(each.withdrawn for each in every),
    )
    for site, planned in ((None, together), *counted.planned.items()):
        yield Figure(
            measure=counted.measure,
            figure="scheduled_completed",
            site=site,
            numerator=planned.completed,
            denominator=planned.slots,
            unit="slots",
            note=_left_out(planned.withdrawn),
        )


def _coverage(measure: str, coverage: Coverage, *, missed: bool) -> Iterator[Figure]:
    lines: list[tuple[str | None, int, int]] = [(None, sum(coverage.covered.values()), sum(coverage.due.values()))]
    lines += [(site, covered, coverage.due[site]) for site, covered in coverage.covered.items()]
    notes: dict[str | None, str] = {None: _before(sum(coverage.before.values()))}
    notes |= {site: _before(number) for site, number in coverage.before.items()}
    for site, covered, due in lines:
        yield Figure(
            measure=measure, figure="target_coverage", site=site, numerator=covered, denominator=due,
            unit=coverage.unit, note=notes[site],
        )  # fmt: skip
    for site, covered, due in lines if missed else ():
        yield Figure(
            measure=measure, figure="missed_periods", site=site, value=due - covered, unit=coverage.unit,
            note=notes[site],
        )  # fmt: skip


def _before(units: int) -> str:
    if not units:
        return ""
    return plural(
        "{count:,} of those due and not covered lies before the records begin",
        "{count:,} of those due and not covered lie before the records begin",
        units,
    )


def _serious(tally: Tally) -> int | None:
    return None if tally.unanswered else tally.serious


def _left_out(withdrawn: int) -> str:
    if not withdrawn:
        return ""
    return plural("{count} withdrawn slot left out", "{count} withdrawn slots left out", withdrawn)


def _no_answer(tally: Tally) -> str:
    if not tally.unanswered:
        return ""
    return plural("{count} completed visit did not answer", "{count} completed visits did not answer", tally.unanswered)


def _no_numbers(tally: Tally) -> str:
    if not tally.unnumbered:
        return ""
    return plural(
        "{count} completed visit without detainee numbers",
        "{count} completed visits without detainee numbers",
        tally.unnumbered,
    )


def _no_times(tally: Tally) -> str:
    if not tally.untimed:
        return ""
    return plural(
        "{count} visit without both times: travel only", "{count} visits without both times: travel only", tally.untimed
    )
