"""Tallies: sums over the counted visits of each site, read from the fact rows in one pass a question.

The visits come by way of the sites, so that each site's days are one stretch of one covering index.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from icv_app.counting.rulebook import SITE_KIND
from icv_app.encryption.cipher import Connection

_MEASURE = "CASE s.kind " + " ".join(f"WHEN '{kind}' THEN '{measure}'" for measure, kind in SITE_KIND.items()) + " END"
SITE_VISITS = f"fact_site s CROSS JOIN fact_visit v ON v.form = {_MEASURE} AND v.site = s.site AND v.counted = 1"
"""SQL: each listed site `s` with the visits `v` that §3 may count there. CROSS JOIN keeps that order of reading."""
SITE_SLOTS = (
    f"fact_site s CROSS JOIN fact_slot t ON t.measure = {_MEASURE} AND t.site = s.site AND t.visit_type IS NULL"
)
"""SQL: each listed site `s` with the slots `t` of its measure that §3 may count, TACT visits being counted apart."""
ATTEMPTED = "v.status IN ('completed', 'abandoned', 'not_admitted')"
_KIND = "CASE v.form " + " ".join(f"WHEN '{measure}' THEN '{kind}'" for measure, kind in SITE_KIND.items()) + " END"
LISTED = f"""(v.form = 'record_review' OR EXISTS (
  SELECT 1 FROM fact_site s WHERE s.kind = {_KIND} AND s.site = v.site))"""  # noqa: S608
"""SQL: the visit `v` is a case form, or was made to a listed site of its kind: what is found there counts."""

_MEASURE_OF = {kind: measure for measure, kind in SITE_KIND.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Sums over the visits attempted at one site in a span of days; detainee numbers over completed ones only."""

    attempted: int = 0
    completed: int = 0
    not_admitted: int = 0
    immediate: int = 0  # admitted immediately
    minutes: int = 0  # of all visitors, travel included
    untimed: int = 0  # visits whose length nobody wrote down
    serious: int = 0  # visits that reported a serious issue
    unanswered: int = 0  # completed visits that did not say whether there was one
    in_custody: int = 0
    offered: int = 0
    seen: int = 0
    declined: int = 0
    unnumbered: int = 0  # completed visits without the number in custody


def total(parts: Iterable[Tally]) -> Tally:
    """Return the tally of several sites together."""
    every = tuple(parts)
    return Tally(**{name: sum(getattr(part, name) for part in every) for name in Tally.__slots__})


def read(connection: Connection, first: date, last: date) -> dict[tuple[str, str], Tally]:
    """Return the tally of each (measure, site) with visits dated from `first` to `last`."""
    rows = connection.execute(
        f"""SELECT s.kind, s.site, count(*), sum(v.status = 'completed'),
              coalesce(sum(v.access = 'admitted_immediately'), 0), sum(v.minutes), sum(v.untimed),
              coalesce(sum(v.serious_issue), 0), sum(v.status = 'completed' AND v.serious_issue IS NULL),
              coalesce(sum(iif(v.status = 'completed', v.in_custody, 0)), 0),
              coalesce(sum(iif(v.status = 'completed', v.offered, 0)), 0),
              coalesce(sum(iif(v.status = 'completed', v.seen, 0)), 0),
              coalesce(sum(iif(v.status = 'completed', v.declined, 0)), 0),
              sum(v.status = 'completed' AND v.in_custody IS NULL), sum(v.status = 'not_admitted')
            FROM {SITE_VISITS} AND v.date BETWEEN ? AND ? AND {ATTEMPTED} GROUP BY s.kind, s.site""",  # noqa: S608
        (first.isoformat(), last.isoformat()),
    )
    return {
        (_MEASURE_OF[kind], site): Tally(
            attempted=sums[0],
            completed=sums[1],
            immediate=sums[2],
            minutes=sums[3],
            untimed=sums[4],
            serious=sums[5],
            unanswered=sums[6],
            in_custody=sums[7],
            offered=sums[8],
            seen=sums[9],
            declined=sums[10],
            unnumbered=sums[11],
            not_admitted=sums[12],
        )
        for kind, site, *sums in rows
    }


def within(
    connection: Connection, measure: str, spans: Iterable[tuple[date, date]]
) -> dict[tuple[str, date, date], tuple[int, int]]:
    """Return (completed, attempted) of `measure` at each listed site in each span of days, noughts left out."""
    days = [day.isoformat() for span in spans for day in span]
    if not days:
        return {}
    marks = ",".join(["(?,?)"] * (len(days) // 2))
    visits = "FROM fact_visit v WHERE v.counted = 1 AND v.form = ? AND v.site = s.site AND v.date BETWEEN u.a AND u.z"
    rows = connection.execute(
        f"""WITH u(a, z) AS MATERIALIZED (VALUES {marks})
            SELECT s.site, u.a, u.z,
              (SELECT count(*) {visits} AND v.status = 'completed'), (SELECT count(*) {visits} AND {ATTEMPTED})
            FROM fact_site s CROSS JOIN u WHERE s.kind = ?""",  # noqa: S608
        (*days, measure, measure, SITE_KIND[measure]),
    )
    return {
        (site, date.fromisoformat(a), date.fromisoformat(z)): (completed, attempted)
        for site, a, z, completed, attempted in rows
        if attempted
    }


def elsewhere(connection: Connection, measure: str, sites: Iterable[str], first: date, last: date) -> int:
    """Return how many visits of `measure` in the span name a place that is not one of `sites`."""
    places = connection.execute(
        """WITH RECURSIVE place(site) AS (
             SELECT min(site) FROM fact_visit WHERE counted = 1 AND form = :measure
             UNION ALL
             SELECT (SELECT min(v.site) FROM fact_visit v
                     WHERE v.counted = 1 AND v.form = :measure AND v.site > place.site)
             FROM place WHERE place.site IS NOT NULL)
           SELECT site FROM place""",  # one step of the index a site, not one a visit
        {"measure": measure},
    )
    listed = set(sites)
    return sum(
        connection.execute(
            f"""SELECT count(*) FROM fact_visit v
                WHERE v.counted = 1 AND v.form = ? AND v.site IS ? AND v.date BETWEEN ? AND ? AND {ATTEMPTED}""",  # noqa: S608
            (measure, place, first.isoformat(), last.isoformat()),
        ).fetchone()[0]
        for place in {place for (place,) in places} | {None}
        if place not in listed
    )
