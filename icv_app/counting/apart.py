"""Apart: the custody visits that the figures of `interfaces.md` §3 leave out, each kind with a figure of its own.

Visits under the Terrorism Act, for training, and by telephone or video (`domain.md` B3). Wherever they were made: a
suite for terrorism detainees need not be in the list of sites, where a visit every week would be due to it.
"""

from collections.abc import Iterator
from typing import Final

from forms.translation import plural
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure, Period
from icv_app.storage.facts import COUNTED_STATES, NOT_STANDARD

MEASURE: Final = "custody_visit"
_STATES = ", ".join(f"'{state}'" for state in COUNTED_STATES if state)
_THEIRS = f"v.counted = 0 AND v.form = '{MEASURE}' AND coalesce(v.state, 'submitted') IN ({_STATES})"
_DONE = "v.status = 'completed'"
CONDITIONS: Final = {
    **{f"{kind}_visits": f"{_THEIRS} AND v.visit_type = '{kind}' AND {_DONE}" for kind in NOT_STANDARD},
    "remote_visits": f"{_THEIRS} AND coalesce(v.visit_type, '') NOT IN ('tact', 'training') AND {_DONE}",
}
"""SQL: which visits `v` each figure counts. A remote visit under the Terrorism Act is one under that Act."""


def lines(connection: Connection, period: Period) -> Iterator[Figure]:
    """Yield the completed visits of each kind dated in `period`; what was attempted beside them is in the note."""
    kinds = {name: condition.removesuffix(f" AND {_DONE}") for name, condition in CONDITIONS.items()}
    columns = ", ".join(f"coalesce(sum({kind} AND {_DONE}), 0), coalesce(sum({kind}), 0)" for kind in kinds.values())
    told = connection.execute(
        f"SELECT {columns} FROM fact_visit v WHERE v.counted = 0 AND v.date BETWEEN ? AND ?",  # noqa: S608
        (period.first.isoformat(), period.last.isoformat()),
    ).fetchone()
    for name, done, every in zip(kinds, told[0::2], told[1::2], strict=True):
        yield Figure(measure=MEASURE, figure=name, value=done, unit="visits", note=_more(every - done))


def _more(visits: int) -> str:
    if not visits:
        return ""
    return plural("{count} more not completed", "{count} more not completed", visits)
