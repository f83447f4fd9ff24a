"""The visits behind a figure: which of them each figure of visits was made from, by the rules that counted it.

One object for one summary, so that what several figures share is looked up once.
"""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, Final

from icv_app.counting import (
    apart,
    cancellations,
    contacts,
    dogs,
    entry_times,
    gaps,
    issue_figures,
    rulebook,
    slots,
    spread,
    times_held,
    turned_away,
)
from icv_app.counting.delays import LET_IN, TIMED
from icv_app.counting.gaps import Gap
from icv_app.counting.issue_figures import Issue
from icv_app.counting.rulebook import Rulebook
from icv_app.counting.tallies import ATTEMPTED, SITE_SLOTS, SITE_VISITS
from icv_app.elapsed import minutes_between
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure
from icv_app.issue_state import PRAISE
from icv_app.periods import unit_of
from icv_app.scheme import scheme_settings
from icv_app.storage.revision import record_id
from icv_app.summary import Summary

Visit = tuple[bytes, str]
"""A visit's record id and its key."""

_COMPLETED = "v.status = 'completed'"
_WAITED = f"{LET_IN} AND {TIMED}"
_CONDITIONS: Final = {
    "visits_completed": _COMPLETED,
    "visits_attempted": ATTEMPTED,
    "scheduled_completed": f"{_COMPLETED} AND v.slot IS NOT NULL",
    "target_coverage": _COMPLETED,
    "visits_against_number": _COMPLETED,
    "admitted_immediately": ATTEMPTED,
    "volunteer_minutes": ATTEMPTED,
    "serious_issues": f"{ATTEMPTED} AND v.serious_issue = 1",
    "reach": _COMPLETED,
    "slot_coverage": _COMPLETED,
    "access_delay_median": _WAITED,
    "access_delay_longest": _WAITED,
    "delayed_over_threshold": _WAITED,
    "visit_minutes": ATTEMPTED,
    **dict.fromkeys(("detainees_in_custody", "detainees_offered", "detainees_seen", "detainees_declined"), _COMPLETED),
    **contacts.CONDITIONS,
    **dogs.CONDITIONS,
    **turned_away.CONDITIONS,
}
OF_UNITS: Final = ("target_coverage", "missed_periods", "visits_against_number")
"""Figures judged by units, whose visits may lie before the period."""
OF_GAPS: Final = ("days_since_last_visit", "longest_gap")


class VisitsBehind:
    """Follows the figures of one summary; `today` is the day on which it was made, where its period was not over."""

    def __init__(self, connection: Connection, summary: Summary, today: date) -> None:
        self.connection, self.summary, self.today = connection, summary, today
        self.until = min(summary.period.last, today)
        self._asked: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}

    @cached_property
    def book(self) -> Rulebook:
        """The sites, calendars and targets."""
        return rulebook.read(self.connection)

    @cached_property
    def _gaps(self) -> tuple[Gap, ...]:
        return gaps.read(self.connection, self.book, self.summary.period, self.until)

    @cached_property
    def _of_any_age(self) -> tuple[Issue, ...]:
        return issue_figures.alive(self.connection, self.summary.period, self.until)

    @cached_property
    def _of_period(self) -> tuple[Issue, ...]:
        return issue_figures.found(self.connection, self.summary.period)

    def of(self, figure: Figure) -> tuple[Visit, ...] | None:
        """Return the visits, by date; None where the figure is not of visits. Issues are followed by `issues`."""
        if figure.figure == "missed_periods":
            return ()
        if figure.figure in OF_GAPS:
            return self._beside_gaps(figure)
        if figure.measure == issue_figures.MEASURE:
            return self._named_by(self.issues(figure))
        if figure.figure == "scheduled_completed":
            return self._of_slots(figure)
        if figure.figure in cancellations.FIGURES:
            return tuple(self._visit(key) for _, key in self.cancelled(figure) if key)
        if figure.figure in apart.CONDITIONS:
            return self._apart(apart.CONDITIONS[figure.figure])
        condition = self._condition(figure)
        if condition is None:
            return None
        found = self._rows(figure, condition)
        if figure.figure == "access_delay_longest":
            return tuple((record, key) for record, key, *times in found if minutes_between(*times) == figure.value)
        return tuple((record, key) for record, key, *_ in found)

    def issues(self, figure: Figure) -> list[Issue]:
        """Return the issues that a figure of issues counts; of a ratio, those of both its parts."""
        name, period = figure.figure, self.summary.period
        of_life = [each for each in self._of_any_age if each.an_issue]
        if name == issue_figures.OPEN_BEFORE:
            return issue_figures.open_before(of_life, period, self.until)
        if name == issue_figures.CLOSED:
            return issue_figures.were_closed(self._of_period, of_life, period, self.until)
        if name.startswith("open_"):
            age = next((days for days in issue_figures.AGES if name == f"open_over_{days}_days"), -1)
            since = period.first if name == issue_figures.OPEN_RAISED else date.min
            return [
                each
                for each in of_life
                if each.open_on(self.until) and (self.until - each.on).days > age and each.on >= since
            ]
        if name == "answered_in_time":
            return issue_figures.fell_due(of_life, period, self.today)
        if name == "response_days_median":
            return issue_figures.were_answered(of_life, period)
        if name == "praise_shared":
            return [each for each in self._of_period if each.kind in PRAISE]
        if name == "recommendations_answered":
            return [each for each in self._of_period if each.kind == issue_figures.RECOMMENDATION]
        raised = [each for each in self._of_period if each.an_issue]
        if name == "raised_serious":
            return [each for each in raised if each.severity == "serious"]
        theme = name.removeprefix("raised_")
        return [each for each in raised if theme not in issue_figures.THEMES or each.theme == theme]

    def _rows(self, figure: Figure, condition: str) -> list[tuple[Any, ...]]:
        first, last = self._days(figure)
        form = None if figure.figure == "visit_minutes" else figure.measure
        asked = (condition, first.isoformat(), last.isoformat(), form or "", figure.site or "")
        if asked not in self._asked:
            self._asked[asked] = self.connection.execute(
                f"""SELECT v.record, v.visit, v.date, v.arrived, v.admitted
                    FROM {SITE_VISITS} AND v.date BETWEEN ? AND ? AND {condition}
                    WHERE (? IS NULL OR v.form = ?) AND (? IS NULL OR v.site = ?) ORDER BY v.date, v.visit""",  # noqa: S608
                (first.isoformat(), last.isoformat(), form, form, figure.site, figure.site),
            ).fetchall()
        return self._asked[asked]

    def _condition(self, figure: Figure) -> str | None:
        """Return the SQL by which the visits `v` of a figure are chosen; None where it is not of visits."""
        if figure.measure == times_held.MEASURE:
            return None
        if figure.figure in entry_times.FIGURES:
            return entry_times.conditions(scheme_settings.held(self.connection).bands)[figure.figure]
        return _CONDITIONS.get(figure.figure)

    def cancelled(self, figure: Figure) -> list[tuple[str, str]]:
        """Return the (slot, visit) of each cancellation that a figure counts, "" where there is none."""
        who = cancellations.FIGURES[figure.figure]
        return [(slot, visit) for by, slot, visit in self._cancellations if by == who]

    @cached_property
    def _cancellations(self) -> tuple[tuple[str, str, str], ...]:
        return cancellations.read(self.connection, self.book, self.summary.period)

    def _visit(self, key: str) -> Visit:
        return record_id("visit", key), key

    def _apart(self, condition: str) -> tuple[Visit, ...]:
        """Return visits that count for no figure of §3: wherever they were made."""
        rows = self.connection.execute(
            f"SELECT v.record, v.visit FROM fact_visit v WHERE {condition} AND v.date BETWEEN ? AND ? ORDER BY v.date, v.visit",  # noqa: E501, S608
            (self.summary.period.first.isoformat(), self.summary.period.last.isoformat()),
        )
        return tuple(rows)

    def _beside_gaps(self, figure: Figure) -> tuple[Visit, ...]:
        """Return the last visit, or the two that the longest gap lies between; of all sites, where it is the largest.

        Two sites may have the largest: then those of both.
        """
        found: list[tuple[str, str, bytes]] = []
        since = figure.figure == "days_since_last_visit"
        for gap in self.gaps_of(figure):
            for day in (gap.last,) if since else (gap.after, gap.until):
                if day is not None:
                    found += self.connection.execute(
                        f"""SELECT v.date, v.visit, v.record FROM fact_visit v WHERE v.counted = 1 AND v.form = ?
                            AND v.site = ? AND v.date = ? AND {_COMPLETED}""",  # noqa: S608
                        (gap.measure, gap.site, day.isoformat()),
                    )
        return tuple((record, key) for _, key, record in sorted(found))

    def gaps_of(self, figure: Figure) -> list[Gap]:
        """Return the gaps that make a figure of `OF_GAPS`."""
        since = figure.figure == "days_since_last_visit"
        found = []
        for gap in self._gaps:
            number = gap.since if since else gap.longest
            if number is None or gap.measure != figure.measure or figure.site not in (None, gap.site):
                continue
            if figure.site is not None or number == figure.value:
                found.append(gap)
        return found

    def _named_by(self, issues: Iterable[Issue]) -> tuple[Visit, ...]:
        """Return the visits that issues name: of a panel's session there is none."""
        named = dict.fromkeys(issue.visit for issue in issues)
        found = []
        for key in named:
            query = "SELECT record, visit FROM fact_visit WHERE record = ?"
            row = self.connection.execute(query, (record_id("visit", key),)).fetchone()
            found += [row] if row else []
        return tuple(found)

    def _days(self, figure: Figure) -> tuple[date, date]:
        period = self.summary.period
        if figure.figure == "slot_coverage":
            year = spread.year_to(self.until)
            return year.first, year.last
        if figure.figure not in OF_UNITS:
            return period.first, period.last
        if figure.measure == "training_observation":
            return unit_of(period.last, "year").first, period.last
        cells = [
            cell
            for cell in self.summary.coverage
            if cell.measure == figure.measure and figure.site in (None, cell.site)
        ]
        if not cells:
            return period.first, period.last
        return min(cell.first for cell in cells), max(cell.last for cell in cells)

    def _of_slots(self, figure: Figure) -> tuple[Visit, ...]:
        found = []
        for record, key, site, starts in self.connection.execute(
            f"""SELECT v.record, v.visit, t.site, t.period_start FROM {SITE_SLOTS} AND t.period_start BETWEEN ? AND ?
                JOIN fact_visit v ON v.slot = t.slot AND v.counted = 1 AND v.status = 'completed'
                WHERE t.measure = ? AND (? IS NULL OR t.site = ?) ORDER BY v.date, v.visit""",  # noqa: S608
            (*slots.candidates(self.summary.period), figure.measure, figure.site, figure.site),
        ):
            if slots.belongs(self.book, figure.measure, site, date.fromisoformat(starts), self.summary.period):
                found.append((record, key))
        return tuple(found)
