"""Behind a figure: the records that it was made from, so that every printed number can be followed to them."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from icv_app.counting import cancellations, issue_figures, slots, throughput, times_held, volunteers
from icv_app.counting.hours import BESIDE
from icv_app.counting.record_words import Behind, Origin, described
from icv_app.counting.tallies import SITE_SLOTS
from icv_app.counting.visits_behind import OF_GAPS, OF_UNITS, VisitsBehind
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure
from icv_app.storage.revision import record_id
from icv_app.summary import Summary


def visits(
    connection: Connection, summary: Summary, figure: Figure, *, today: date = date.max
) -> tuple[str, ...] | None:
    """Return the keys of the visits that `figure` of `summary` was made from, by date; None where it is not of visits.

    A ratio gives the visits of both its parts: "28 of 30 admitted immediately" gives all 30. Coverage gives the
    completed visits of its weeks, those dated before the period included; missed weeks have none. A gap gives the
    visits that it lies between, and issues those on which they were found: of a panel's session there is no visit.
    `today`: the day on which the summary was made, where its period was not over.
    """
    found = VisitsBehind(connection, summary, today).of(figure)
    return None if found is None else tuple(key for _, key in found)


def records(connection: Connection, summary: Summary, figure: Figure, *, today: date = date.max) -> tuple[Behind, ...]:
    """Return every record that `figure` of `summary` was made from: visits, slots, sessions, issues, targets and more.

    Raises KeyError for a figure that no rule here knows. `today` as for `visits`.
    """
    return described(connection, Origins(connection, summary, today).of(figure))


class Origins:
    """Follows the figures of one summary to the records that made them."""

    def __init__(self, connection: Connection, summary: Summary, today: date = date.max) -> None:
        self._connection, self._summary = connection, summary
        self._visits = VisitsBehind(connection, summary, today)
        self._first, self._last = summary.period.first.isoformat(), summary.period.last.isoformat()

    def of(self, figure: Figure) -> tuple[Origin, ...]:
        """Return the records behind a figure, each once. Raises KeyError for one that no rule here knows."""
        return tuple(dict.fromkeys(self._of(figure)))

    def _of(self, figure: Figure) -> Iterator[Origin]:
        if figure.measure == issue_figures.MEASURE:
            for issue in self._visits.issues(figure):
                yield "visit" if issue.part else "issue", issue.record
            return
        if figure.measure == "record_review":
            yield from self._reviews(figure)
            return
        if figure.measure == "volunteers" and figure.figure != "visit_minutes":
            yield from self._people(figure)
            return
        made = self._visits.of(figure)
        if made is None:
            raise KeyError((figure.measure, figure.figure))
        yield from (("visit", record) for record, _ in made)
        if figure.figure in cancellations.FIGURES:
            yield from (("slot", record_id("slot", slot)) for slot, _ in self._visits.cancelled(figure) if slot)
        if figure.figure == "scheduled_completed":
            yield from (("slot", record) for record in self._slots(figure))
        if figure.figure in OF_UNITS:
            if figure.figure == "missed_periods":
                yield from (("visit", record) for record, _ in self._visits.of(_coverage_of(figure)) or ())
            yield from self._rules(figure)
        if figure.figure in OF_GAPS:
            for gap in self._visits.gaps_of(figure):
                yield from self._calendar(gap.site)
        if figure.figure == "reach":
            period = self._summary.period
            for row in throughput.chosen(throughput.read(self._connection, period), period) or ():
                yield "throughput", row.record

    def _selected(self, kind: str, query: str, *more: Any) -> Iterator[Origin]:
        """Yield what a query for the first and last day of the period finds."""
        for (record,) in self._connection.execute(query, (self._first, self._last, *more)):
            yield kind, record

    def _slots(self, figure: Figure) -> Iterator[bytes]:
        """Yield the slots of both parts: those withdrawn are in neither, unless they were visited after all."""
        rows = self._connection.execute(
            f"""SELECT t.record, t.site, t.period_start, coalesce(t.status, '') = 'withdrawn' AND NOT EXISTS (
                  SELECT 1 FROM fact_visit v WHERE v.slot = t.slot AND v.counted = 1 AND v.status = 'completed')
                FROM {SITE_SLOTS} AND t.period_start BETWEEN ? AND ?
                WHERE t.measure = ? AND (? IS NULL OR t.site = ?) ORDER BY t.period_start, t.slot""",  # noqa: S608
            (*slots.candidates(self._summary.period), figure.measure, figure.site, figure.site),
        )
        for record, site, starts, out in rows:
            day = date.fromisoformat(starts)
            if not out and slots.belongs(self._visits.book, figure.measure, site, day, self._summary.period):
                yield record

    def _rules(self, figure: Figure) -> Iterator[Origin]:
        """Yield the targets in force in the period, and the calendars by which units are due."""
        sites = [site.site for site in self._visits.book.sites_of(figure.measure) if figure.site in (None, site.site)]
        for record, site in self._connection.execute(
            """SELECT record, site FROM fact_target WHERE measure = ? AND starts <= ? AND coalesce(ends, '9999') >= ?
               ORDER BY site, starts""",
            (figure.measure, self._last, self._first),
        ):
            if site is None or site in sites:
                yield "target", record
        for site in sites:
            yield from self._calendar(site)

    def _calendar(self, site: str) -> Iterator[Origin]:
        for (record,) in self._connection.execute("SELECT record FROM fact_site WHERE site = ?", (site,)):
            yield "site", record
        for (record,) in self._connection.execute(
            """SELECT record FROM fact_site_status WHERE site = ? AND starts <= ? AND coalesce(ends, '9999') >= ?
               ORDER BY starts""",
            (site, self._last, self._first),
        ):
            yield "site_status", record

    def _reviews(self, figure: Figure) -> Iterator[Origin]:
        """Yield the sessions of the period and the case forms that stand alone; of what one case tells, the cases."""
        name = figure.figure
        if name in _OF_SESSIONS:
            column = _OF_SESSIONS[name]
            yield from self._selected(
                "record_review",
                f"""SELECT r.record FROM fact_review r WHERE r.counted = 1 AND r.date BETWEEN ? AND ? AND {column}
                    ORDER BY r.date, r.session""",  # noqa: S608  (our own names)
            )
            yield from self._selected("visit", f"{_CASES} AND {_LONE} AND {column.replace('r.', 'c.')} {_BY_DAY}")
        elif name in times_held.CONDITIONS:
            condition = times_held.CONDITIONS[name]
            yield from self._selected(
                "visit",
                f"""SELECT v.record FROM fact_visit v WHERE v.date BETWEEN ? AND ? AND {condition}
                    ORDER BY v.date, v.visit""",  # noqa: S608  (our own words)
            )
        else:
            raise KeyError((figure.measure, name))

    def _people(self, figure: Figure) -> Iterator[Origin]:
        name = figure.figure
        kind = name.removesuffix("_minutes")
        if name.endswith("_minutes") and kind in BESIDE:
            known = "" if kind == BESIDE[-1] else "AND kind = ?"
            others = f"AND coalesce(kind, '') NOT IN {BESIDE[:-1]!r}" if not known else ""
            yield from self._selected(
                "duty",
                f"SELECT record FROM fact_duty WHERE date BETWEEN ? AND ? {known}{others} ORDER BY date, duty",  # noqa: S608
                *([kind] if known else []),
            )
            return
        for record in volunteers.behind(self._connection, name, self._summary.period):
            yield "visitor", record


_CASES: Final = """SELECT c.record FROM fact_visit c
  WHERE c.counted = 1 AND c.form = 'record_review' AND c.date BETWEEN ? AND ?"""
_LONE: Final = "(c.session IS NULL OR NOT EXISTS (SELECT 1 FROM fact_review r WHERE r.session = c.session))"
_BY_DAY: Final = "ORDER BY c.date, c.visit"
_OF_SESSIONS: Final = {
    "records_reviewed": "1",
    "immigration_records_reviewed": "r.of_which_immigration > 0",
    "recommendations": "r.recommendations > 0",
}
"""Figures that sessions and lone case forms add to, and which of them do."""


def _coverage_of(figure: Figure) -> Figure:
    return Figure(measure=figure.measure, figure="target_coverage", site=figure.site)
