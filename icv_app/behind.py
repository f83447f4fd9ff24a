"""Behind a figure: the visits that it counts, so that every printed number can be followed to its records."""

from datetime import date

from icv_app import rulebook, slots
from icv_app.cipher import Connection
from icv_app.figure import Figure
from icv_app.periods import unit_of
from icv_app.summary import Summary
from icv_app.tallies import ATTEMPTED, SITE_VISITS

_COMPLETED = "v.status = 'completed'"
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
}


def visits(connection: Connection, summary: Summary, figure: Figure) -> tuple[str, ...] | None:
    """Return the keys of the visits that `figure` of `summary` was made from, by date; None where it is not of visits.

    A ratio gives the visits of both its parts: "28 of 30 admitted immediately" gives all 30. Coverage gives the
    completed visits of its weeks, those dated before the period included; missed weeks have none.
    """
    if figure.figure == "missed_periods":
        return ()
    condition = _CONDITIONS.get(figure.figure)
    if condition is None:
        return None
    if figure.figure == "scheduled_completed":
        return _of_slots(connection, summary, figure)
    first, last = _days(summary, figure)
    return tuple(
        key
        for key, _ in connection.execute(
            f"""SELECT v.visit, v.date FROM {SITE_VISITS} AND v.date BETWEEN ? AND ? AND {condition}
                WHERE v.form = ? AND (? IS NULL OR v.site = ?) ORDER BY v.date, v.visit""",  # noqa: S608
            (first.isoformat(), last.isoformat(), figure.measure, figure.site, figure.site),
        )
    )


def _days(summary: Summary, figure: Figure) -> tuple[date, date]:
    period = summary.period
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
