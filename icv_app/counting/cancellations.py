"""Cancellations: observations of dog training that were called off, by whom (`domain.md` A4, B3, B15).

Told by the rota, where the office marked a slot as cancelled, or by a report that somebody wrote all the same. Each is
counted once: a report that names a cancelled slot is that cancellation, and only tells who it was where the rota does
not; of several reports that name one slot the first counts. What was kept after all, on another day, is none.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

from icv_app.counting import slots
from icv_app.counting.rulebook import SITE_KIND, Rulebook
from icv_app.counting.tallies import SITE_SLOTS
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure, Period
from icv_app.storage.answer_cells import CANCELLERS, OTHER

MEASURE: Final = "training_observation"
FIGURES: Final = {f"cancelled_{'by_' if who != OTHER else ''}{who}": who for who in CANCELLERS}
"""Each figure, and the cell of `answer_cells` that it counts."""

_REPORT = "v.counted = 1 AND v.cancelled_by IS NOT NULL AND v.status <> 'completed'"
_KEPT = "EXISTS (SELECT 1 FROM fact_visit d WHERE d.slot = {} AND d.counted = 1 AND d.status = 'completed')"


def read(connection: Connection, book: Rulebook, period: Period) -> tuple[tuple[str, str, str], ...]:
    """Return (who, slot, visit) of each cancellation of `period`: the keys of its slot and of its report, "" for none.

    A cancelled slot belongs to the period as `scheduled_completed` has it, a report without one by its date.
    """
    found = []
    off = set()  # every slot that was called off, in whatever period
    for slot, site, starts, who, visit, said in connection.execute(
        f"""SELECT t.slot, t.site, t.period_start, r.cancelled_by, coalesce(v.visit, ''), max(v.cancelled_by)
            FROM {SITE_SLOTS} AND t.status = 'cancelled' JOIN fact_slot r ON r.record = t.record
            LEFT JOIN fact_visit v ON v.slot = t.slot AND {_REPORT}
            WHERE s.kind = ? AND t.period_start IS NOT NULL AND NOT {_KEPT.format("t.slot")}
            GROUP BY t.record""",  # noqa: S608
        (SITE_KIND[MEASURE],),
    ):
        off.add(slot)
        if slots.belongs(book, MEASURE, site, date.fromisoformat(starts), period):
            found.append((said if who == OTHER and said else who, slot, visit))
    for day, visit, slot, said in connection.execute(
        f"""SELECT v.date, v.visit, coalesce(v.slot, ''), v.cancelled_by
            FROM fact_visit v INDEXED BY fact_visit_cancelled
            WHERE {_REPORT} AND v.form = '{MEASURE}' AND NOT {_KEPT.format("v.slot")}
              AND EXISTS (SELECT 1 FROM fact_site s WHERE s.kind = ? AND s.site = v.site) ORDER BY v.date, v.visit""",  # noqa: S608
        (SITE_KIND[MEASURE],),
    ):
        if slot in off:
            continue
        off |= {slot} - {""}  # of several reports for one slot the first tells
        if day is not None and period.first.isoformat() <= day <= period.last.isoformat():
            found.append((said, "", visit))
    return tuple(found)


def lines(connection: Connection, book: Rulebook, period: Period) -> Iterator[Figure]:
    """Yield how many observations were cancelled in `period`, by whom; together they are all that were."""
    numbers = Counter(who for who, _, _ in read(connection, book, period))
    for name, who in FIGURES.items():
        yield Figure(measure=MEASURE, figure=name, value=numbers[who], unit="observations")
