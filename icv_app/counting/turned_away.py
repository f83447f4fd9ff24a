"""Turned away: the custody visits at which visitors were not let in, each with what happened and why (`domain.md` B7).

There are few; the reason is read from the report itself.
"""

from collections.abc import Iterator
from datetime import date

from icv_app.account import TurnedAway
from icv_app.counting.rulebook import SITE_KIND
from icv_app.counting.tallies import SITE_VISITS, Tally
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure, Period
from icv_app.storage import current

MEASURE = "custody_visit"
CONDITIONS = {"visits_not_admitted": "v.status = 'not_admitted'", "visits_abandoned": "v.status = 'abandoned'"}
"""SQL: the attempted visits `v` that each figure counts."""


def lines(attempted: Tally) -> Iterator[Figure]:
    """Yield how many of the visits attempted at all suites were not completed, by what came of them (docs/figures.md).

    Together with the completed ones they are those attempted.
    """
    cut_short = attempted.attempted - attempted.completed - attempted.not_admitted
    for figure, value in (("visits_not_admitted", attempted.not_admitted), ("visits_abandoned", cut_short)):
        yield Figure(measure=MEASURE, figure=figure, value=value, unit="visits")


def read(connection: Connection, period: Period) -> tuple[TurnedAway, ...]:
    """Return the counted visits of `period` at which nobody was let in, by day and site."""
    found = connection.execute(
        f"""SELECT v.record, v.site, v.date, coalesce(v.access, '') FROM {SITE_VISITS}
              AND v.date BETWEEN ? AND ? AND v.status = 'not_admitted' WHERE s.kind = ?
            ORDER BY v.date, v.site, v.visit""",  # noqa: S608
        (period.first.isoformat(), period.last.isoformat(), SITE_KIND[MEASURE]),
    )
    return tuple(
        TurnedAway(site=site, date=date.fromisoformat(day), access=access, reason=reason_of(connection, record))
        for record, site, day, access in found.fetchall()
    )


def reason_of(connection: Connection, record: bytes) -> str:
    """Return why visitors had to wait or were not let in, as the code of the form; "" where the report gives none."""
    held = current.one(connection, record)
    reason = held.body.get("delay_reason") if held else None
    return reason if isinstance(reason, str) else ""
