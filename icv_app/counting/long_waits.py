"""Long waits: the custody visits at which visitors were let in late, each with the reason given (`domain.md` A1.2, B7).

Late is later than the scheme's limit, by the clock, as for the figure `delayed_over_threshold`: these are its visits.
"""

from datetime import date

from icv_app.account import LongWait
from icv_app.counting.delays import LET_IN, MEASURE, TIMED
from icv_app.counting.rulebook import SITE_KIND
from icv_app.counting.tallies import SITE_VISITS
from icv_app.counting.turned_away import reason_of
from icv_app.elapsed import minutes_between
from icv_app.encryption.cipher import Connection
from icv_app.figure import Period


def read(connection: Connection, period: Period, threshold: int) -> tuple[LongWait, ...]:
    """Return the counted visits of `period` with a wait of more than `threshold` minutes, by day and site."""
    found = connection.execute(
        f"""SELECT v.record, v.site, v.date, v.arrived, v.admitted FROM {SITE_VISITS}
              AND v.date BETWEEN ? AND ? AND {LET_IN} AND {TIMED} WHERE s.kind = ?
            ORDER BY v.date, v.site, v.visit""",  # noqa: S608
        (period.first.isoformat(), period.last.isoformat(), SITE_KIND[MEASURE]),
    )
    waits = (
        (minutes_between(day, arrived, admitted), record, site, day) for record, site, day, arrived, admitted in found
    )
    return tuple(
        LongWait(site=site, date=date.fromisoformat(day), minutes=minutes, reason=reason_of(connection, record))
        for minutes, record, site, day in list(waits)
        if minutes > threshold
    )
