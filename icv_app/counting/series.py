"""Series: what is looked at over time, point by point (days between visits, waits at the door), for control charts.

A series has at most 30 points, the latest: limits are made of "the most recent 20 to 30 measurements" (Provost and
Murray, The Health Care Data Guide, p. 155, as the vignette of NHSRplotthedots on the number of points cites it). None
is more than two years older than the end of the period, as what a suite was like before says little of it now.
"""

from datetime import date
from itertools import pairwise

from icv_app.calendar import Calendar
from icv_app.counting import rulebook
from icv_app.counting.delays import LET_IN, MEASURE, TIMED
from icv_app.counting.gaps import open_days
from icv_app.elapsed import minutes_between
from icv_app.encryption.cipher import Connection
from icv_app.figure import Period
from icv_app.periods import a_year_earlier
from icv_app.xmr import Point, Series

MOST = 30
"""Points of a series, the latest."""

_VISITS = """SELECT v.date, v.arrived, v.admitted, v.visit FROM fact_visit v
  WHERE v.form = :form AND v.site = :site AND v.counted = 1 AND v.date <= :last"""
_LATEST = "ORDER BY v.date DESC, v.arrived DESC, v.record DESC LIMIT :most"
DAYS = f"{_VISITS} AND v.status = 'completed' {_LATEST}"
DELAYS = f"{_VISITS} AND v.date > :first AND {LET_IN} AND {TIMED} {_LATEST}"
"""SQL: the latest visits of a suite, from the last. By the index of counted visits, so that none is read in vain."""


def read(connection: Connection, period: Period, until: date) -> tuple[Series, ...]:
    """Return the series of every custody suite up to `until`, those of days between visits first.

    A suite without a point has none of that kind. Costs at most 31 visits for each suite and kind, however many there
    are on record.
    """
    book = rulebook.read(connection)
    sites = [each.site for each in book.sites_of(MEASURE)]
    first = a_year_earlier(a_year_earlier(period)).last
    found = [
        *(Series(what="days_between", site=site, points=points)
          for site in sites if (points := _days(connection, book.calendar, site, first, until))),
        *(Series(what="access_delay", site=site, points=points)
          for site in sites if (points := _delays(connection, site, first, until))),
    ]  # fmt: skip
    return tuple(found)


def _days(connection: Connection, calendar: Calendar, site: str, first: date, last: date) -> tuple[Point, ...]:
    """Return for each completed visit that has one before it the days since then on which the suite was operational.

    Counted as gaps are (`icv_app/counting/gaps.py`); the second visit of a day has 0.
    """
    rows = connection.execute(
        DAYS,
        {"form": MEASURE, "site": site, "last": last.isoformat(), "most": MOST + 1},
    ).fetchall()
    made = [(date.fromisoformat(day), visit) for day, _, _, visit in reversed(rows)]
    return tuple(
        Point(day=day, value=open_days(calendar, site, before, day), visit=visit)
        for (before, _), (day, visit) in pairwise(made)
        if day > first
    )


def _delays(connection: Connection, site: str, first: date, last: date) -> tuple[Point, ...]:
    """Return for each visit at which visitors were let in the minutes that they waited, where both times are known."""
    rows = connection.execute(
        DELAYS,
        {"form": MEASURE, "site": site, "last": last.isoformat(), "most": MOST, "first": first.isoformat()},
    ).fetchall()
    return tuple(
        Point(day=date.fromisoformat(day), value=minutes_between(day, arrived, admitted), visit=visit)
        for day, arrived, admitted, visit in reversed(rows)
    )
