"""Entry times: how many custody visits were made on weekdays and weekends, by day, evening and night (`domain.md` B22).

For coordinators alone, like `spread`: it says when visitors come. A visit stands where it entered custody: when it was
admitted, else when it arrived; one without either time stands nowhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from forms.translation import plural
from icv_app.counting.rulebook import SITE_KIND
from icv_app.counting.tallies import SITE_VISITS
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure, Period

MEASURE: Final = "custody_visit"
DAY_BEGINS, EVENING_BEGINS = "07:00", "19:00"
"""A band of the scheme's that begins from the one to before the other is day, one from the other on is evening."""
FIGURES: Final = ("visits_weekday", "visits_weekend", "visits_day", "visits_evening", "visits_night")

_NEVER = "24:00"  # after every time of the day
_ENTRY = "coalesce(v.admitted, v.arrived)"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTimes:
    """How many completed visits each of `FIGURES` counts, and how many have no time of entry."""

    made: Mapping[str, int]
    untimed: int


def conditions(bands: Sequence[str]) -> dict[str, str]:
    """Return which visits `v` each of `FIGURES` counts, as SQL; `bands`: when each of the day's bands begins.

    A band belongs where it begins: 06:00 to 09:00 is night. What is night ends where the first band begins that is not.
    """
    day = min((each for each in bands if each >= DAY_BEGINS), default=_NEVER)
    evening = min((each for each in bands if each >= EVENING_BEGINS), default=_NEVER)
    told = (
        "v.weekend = 0", "v.weekend = 1", f"{_ENTRY} >= '{day}' AND {_ENTRY} < '{evening}'", f"{_ENTRY} >= '{evening}'",
        f"{_ENTRY} < '{day}'",
    )  # fmt: skip
    return {name: f"v.status = 'completed' AND {condition}" for name, condition in zip(FIGURES, told, strict=True)}


def read(connection: Connection, bands: Sequence[str], period: Period) -> EntryTimes:
    """Return the entry times of the completed visits dated in `period`, all listed suites together."""
    columns = ", ".join(f"coalesce(sum({condition}), 0)" for condition in conditions(bands).values())
    untimed, *made = connection.execute(
        f"""SELECT coalesce(sum({_ENTRY} IS NULL), 0), {columns} FROM {SITE_VISITS}
              AND v.date BETWEEN ? AND ? AND v.status = 'completed' WHERE s.kind = ?""",  # noqa: S608
        (period.first.isoformat(), period.last.isoformat(), SITE_KIND[MEASURE]),
    ).fetchone()
    return EntryTimes(made=dict(zip(FIGURES, made, strict=True)), untimed=untimed)


def lines(found: EntryTimes) -> Iterator[Figure]:
    """Yield the figures of the entry times."""
    note = ""
    if found.untimed:
        note = plural(
            "{count} visit without a time of entry left out",
            "{count} visits without a time of entry left out",
            found.untimed,
        )
    for name, visits in found.made.items():
        yield Figure(measure=MEASURE, figure=name, value=visits, unit="visits", note=note)
