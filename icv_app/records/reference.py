"""Reference lists: the scheme's own choices for forms (sites, visitors, slots, sessions), from its records."""

from collections.abc import Mapping
from datetime import date

from forms.form import Choice
from icv_app.encryption.cipher import Connection
from icv_app.wording import day_words, weekday_words


def lists(connection: Connection, today: date, *, slot: str = "") -> Mapping[str, tuple[Choice, ...]]:
    """Return the lists that `select_one_from_file sites.csv` and the like draw on, by the file's stem.

    Extra columns for choice filters: sites kind; visitors roles ("icv awv") and status, as of `today`; slots site,
    measure and period_start; sessions date. Slots that are completed, cancelled or withdrawn are not offered, save
    `slot`: that of a report which is corrected.
    """
    return {
        "sites": _sites(connection),
        "visitors": _visitors(connection, today.isoformat()),
        "slots": _slots(connection, slot),
        "sessions": _sessions(connection),
    }


def dated(day: str) -> str:
    """Return "Thu 3 July 2025" for an ISO date."""
    found = date.fromisoformat(day)
    return f"{weekday_words(found)[:3]} {day_words(found)}"


def _sites(connection: Connection) -> tuple[Choice, ...]:
    rows = connection.execute("SELECT site, name, coalesce(kind, '') FROM fact_site ORDER BY name, site")
    return tuple(Choice(name=site, labels={"": name}, extra={"kind": kind}) for site, name, kind in rows)


def _visitors(connection: Connection, today: str) -> tuple[Choice, ...]:
    """Return everyone once, by the dated row that holds today, or else the one nearest before it, or else the first."""
    rows = connection.execute(
        "SELECT visitor, trim(roles), coalesce(status, ''), starts <= ? AND coalesce(ends, '9999') >= ?, starts <= ?"
        " FROM fact_visitor ORDER BY visitor, 4, 5, CASE WHEN starts <= ? THEN starts END, starts DESC",
        (today, today, today, today),
    )
    found = {visitor: {"roles": roles, "status": status} for visitor, roles, status, _, _ in rows}
    return tuple(Choice(name=visitor, labels={"": visitor}, extra=extra) for visitor, extra in found.items())


def _slots(connection: Connection, kept: str) -> tuple[Choice, ...]:
    rows = connection.execute(
        "SELECT slot, coalesce(measure, ''), coalesce(fact_slot.site, ''), period_start,"
        " coalesce(name, fact_slot.site, '')"
        " FROM fact_slot LEFT JOIN fact_site ON fact_site.site = fact_slot.site"
        " WHERE period_start IS NOT NULL AND (slot = ? OR coalesce(status, 'planned') IN ('planned', 'missed')"
        " AND NOT EXISTS (SELECT 1 FROM fact_visit WHERE fact_visit.slot = fact_slot.slot AND counted = 1"
        " AND fact_visit.status = 'completed')"
        " AND (fact_slot.visit_type IS NULL OR NOT EXISTS (SELECT 1 FROM fact_visit"
        " WHERE fact_visit.slot = fact_slot.slot AND counted = 0 AND fact_visit.visit_type = 'tact'"
        " AND fact_visit.status = 'completed')))"
        " ORDER BY period_start DESC, slot",
        (kept,),
    )
    return tuple(
        Choice(
            name=slot,
            labels={"": f"{slot}: {name}, from {dated(start)}".replace(": , ", ": ")},
            extra={"site": site, "measure": measure, "period_start": start},
        )
        for slot, measure, site, start, name in rows
    )


def _sessions(connection: Connection) -> tuple[Choice, ...]:
    rows = connection.execute(
        "SELECT session, coalesce(date, '') FROM fact_review ORDER BY date DESC, session"
    ).fetchall()
    return tuple(
        Choice(name=session, labels={"": f"{session}, {dated(day)}" if day else session}, extra={"date": day})
        for session, day in rows
    )
