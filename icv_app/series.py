"""Series: what is looked at over time, point by point (days between visits, waits at the door), for control charts."""

from datetime import date

from icv_app.cipher import Connection
from icv_app.figure import Period
from icv_app.xmr import Series


def read(connection: Connection, period: Period, until: date) -> tuple[Series, ...]:
    """Return the series of every custody suite up to `until`, those of days between visits first."""
    return ()
