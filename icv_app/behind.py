"""Behind a figure: the visits that it counts, so that every printed number can be followed to its records."""

from collections.abc import Iterable
from datetime import date

from icv_app import gaps, issue_figures, rulebook, slots, spread
from icv_app.cipher import Connection
from icv_app.delays import LET_IN, TIMED
from icv_app.elapsed import minutes_between
from icv_app.figure import Figure
from icv_app.issue_figures import Issue
from icv_app.issue_state import PRAISE
from icv_app.periods import unit_of
from icv_app.revision import record_id
from icv_app.summary import Summary
from icv_app.tallies import ATTEMPTED, SITE_VISITS

_COMPLETED = "v.status = 'completed'"
_WAITED = f"{LET_IN} AND {TIMED}"
_CONDITIONS = {
    "visits_completed": _COMPLETED,
    "visits_attempted": ATTEMPTED,
    "scheduled_completed": f"{_COMPLETED} AND v.slot IS NOT NULL",
    "target_coverage": _COMPLETED,
    "admitted_immediately": ATTEMPTED,
    "volunteer_minutes": ATTEMPTED,
    "serious_issues": f"{ATTEMPTED} AND v.serious_issue = 1",
    "detainees_in_custody": _COMPLETED,
    "detainees_offered": _COMPLETED,
    "detainees_seen": _COMPLETED,
    "detainees_declined": _COMPLETED,
    "reach": _COMPLETED,
    "slot_coverage": _COMPLETED,
    "access_delay_median": _WAITED,
    "access_delay_longest": _WAITED,
    "delayed_over_threshold": _WAITED,
    "visit_minutes": ATTEMPTED,
}


def visits(
    connection: Connection, summary: Summary, figure: Figure, *, today: date = date.max
) -> tuple[str, ...] | None:
    """Return the keys of the visits that `figure` of `summary` was made from, by date; None where it is not of visits.

    A ratio gives the visits of both its parts: "28 of 30 admitted immediately" gives all 30. Coverage gives the
    completed visits of its weeks, those dated before the period included; missed weeks have none. A gap gives the
    visits that it lies between, and issues those on which they were found: of a panel's session there is no visit.
    `today`: the day on which the summary was made, where its period was not over.
    """
    until = min(summary.period.last, today)
    if figure.figure == "missed_periods":
        return ()
    if figure.figure in ("days_since_last_visit", "longest_gap"):
        return _beside_gaps(connection, summary, figure, until)
    if figure.measure == issue_figures.MEASURE:
        return _with(connection, _issues(connection, summary, figure, until, today))
    condition = _CONDITIONS.get(figure.figure)
    if condition is None:
        return None
    if figure.figure == "scheduled_completed":
        return _of_slots(connection, summary, figure)
    first, last = _days(summary, figure, until)
    form = None if figure.figure == "visit_minutes" else figure.measure
    found = connection.execute(
        f"""SELECT v.visit, v.date, v.arrived, v.admitted FROM {SITE_VISITS} AND v.date BETWEEN ? AND ? AND {condition}
            WHERE (? IS NULL OR v.form = ?) AND (? IS NULL OR v.site = ?) ORDER BY v.date, v.visit""",  # noqa: S608
        (first.isoformat(), last.isoformat(), form, form, figure.site, figure.site),
    )
    if figure.figure == "access_delay_longest":
        return tuple(key for key, *times in found if minutes_between(*times) == figure.value)
    return tuple(key for key, *_ in found)


def _beside_gaps(connection: Connection, summary: Summary, figure: Figure, until: date) -> tuple[str, ...]:
    """Return the last visit, or the two that the longest gap lies between; of all sites, where it is the largest."""
    found: list[tuple[str, str]] = []
    for gap in gaps.read(connection, rulebook.read(connection), summary.period, until):
        since = figure.figure == "days_since_last_visit"
        number = gap.since if since else gap.longest
        days = (gap.last,) if since else (gap.after, gap.until)
        if number is None or gap.measure != figure.measure or figure.site not in (None, gap.site):
            continue
        if figure.site is None and number != figure.value:
            continue
        for day in days:
            if day is not None:
                found += connection.execute(
                    f"""SELECT v.date, v.visit FROM fact_visit v WHERE v.counted = 1 AND v.form = ? AND v.site = ?
                        AND v.date = ? AND {_COMPLETED}""",  # noqa: S608
                    (gap.measure, gap.site, day.isoformat()),
                )
    return tuple(key for _, key in sorted(found))


def _issues(connection: Connection, summary: Summary, figure: Figure, until: date, today: date) -> Iterable[Issue]:
    """Return the issues that a figure counts; of a ratio, those of both its parts."""
    name, period = figure.figure, summary.period
    of_life = [each for each in issue_figures.alive(connection, period, until) if each.an_issue]
    if name.startswith("open_"):
        age = next((days for days in issue_figures.AGES if name == f"open_over_{days}_days"), -1)
        return [each for each in of_life if each.open_on(until) and (until - each.on).days > age]
    if name == "answered_in_time":
        return issue_figures.fell_due(of_life, period, today)
    if name == "response_days_median":
        return issue_figures.were_answered(of_life, period)
    every = issue_figures.found(connection, period)
    if name == "praise_shared":
        return [each for each in every if each.kind in PRAISE]
    if name == "recommendations_answered":
        return [each for each in every if each.kind == issue_figures.RECOMMENDATION]
    raised = [each for each in every if each.an_issue]
    if name == "raised_serious":
        return [each for each in raised if each.severity == "serious"]
    theme = name.removeprefix("raised_")
    return [each for each in raised if theme not in issue_figures.THEMES or each.theme == theme]


def _with(connection: Connection, issues: Iterable[Issue]) -> tuple[str, ...]:
    named = dict.fromkeys(issue.visit for issue in issues)
    return tuple(
        key
        for key in named
        if connection.execute("SELECT 1 FROM fact_visit WHERE record = ?", (record_id("visit", key),)).fetchone()
    )


def _days(summary: Summary, figure: Figure, until: date) -> tuple[date, date]:
    period = summary.period
    if figure.figure == "slot_coverage":
        year = spread.year_to(until)
        return year.first, year.last
    if figure.figure != "target_coverage":
        return period.first, period.last
    if figure.measure == "training_observation":
        return unit_of(period.last, "year").first, period.last
    cells = [cell for cell in summary.coverage if cell.measure == figure.measure and figure.site in (None, cell.site)]
    if not cells:
        return period.first, period.last
    return min(cell.first for cell in cells), max(cell.last for cell in cells)


def _of_slots(connection: Connection, summary: Summary, figure: Figure) -> tuple[str, ...]:
    book = rulebook.read(connection)
    found = []
    for key, site, starts in connection.execute(
        """SELECT v.visit, t.site, t.period_start FROM fact_slot t
           JOIN fact_visit v ON v.slot = t.slot AND v.counted = 1 AND v.status = 'completed'
           WHERE t.measure = ? AND (? IS NULL OR t.site = ?) AND t.period_start IS NOT NULL ORDER BY v.date, v.visit""",
        (figure.measure, figure.site, figure.site),
    ):
        if slots.belongs(book, figure.measure, site, date.fromisoformat(starts), summary.period):
            found.append(key)
    return tuple(found)
