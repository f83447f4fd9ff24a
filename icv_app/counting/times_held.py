"""Times held: how long immigration detainees were in police custody, by the case forms of their records (B26).

From arrival at the station (T2) to leaving custody (T16), in minutes that passed. Every case form dated in the period
tells it, whether or not it names a session; a session's totals have no times. A case without both times, or whose times
contradict each other, is counted as such and in nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from forms.translation import plural
from icv_app.counting.delays import median
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure, Period

MEASURE: Final = "record_review"
DAY = 24 * 60  # minutes
BANDS: Final = {
    "held_up_to_24": (-1, DAY), "held_24_to_48": (DAY, 2 * DAY), "held_48_to_72": (2 * DAY, 3 * DAY),
    "held_72_to_96": (3 * DAY, 4 * DAY), "held_96_to_120": (4 * DAY, 5 * DAY), "held_over_120": (5 * DAY, None),
}  # fmt: skip
"""The bands of `domain.md` A2.3, in minutes: more than the first, and up to the second. As the form has them."""
_CASE = "v.counted = 1 AND v.form = 'record_review'"
_TIMED = f"{_CASE} AND v.held_minutes IS NOT NULL"
CONDITIONS: Final = {
    **dict.fromkeys(("held_median_minutes", "held_longest_minutes", "held_over_24_hours"), _TIMED),
    **{
        name: f"{_TIMED} AND v.held_minutes > {above}" + ("" if most is None else f" AND v.held_minutes <= {most}")
        for name, (above, most) in BANDS.items()
    },
    "is91_on_record": f"{_CASE} AND v.is91 IS NOT NULL",
    "times_missing": f"{_CASE} AND v.held_minutes IS NULL",
}
"""SQL: which of the case forms `v` each figure is made from, those of both parts of a ratio."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesHeld:
    """The case forms of a period: the minutes of those with both times, and how many answered what of the IS91."""

    minutes: Sequence[int]
    cases: int
    checked: int  # cases that say whether the IS91 is on the record and complete
    on_record: int

    @property
    def missing(self) -> int:
        """How many cases have no time held."""
        return self.cases - len(self.minutes)


def read(connection: Connection, period: Period) -> TimesHeld:
    """Return the times of the case forms dated in `period`."""
    rows = connection.execute(
        f"""SELECT v.held_minutes, v.is91 FROM fact_visit v INDEXED BY fact_visit_case
            WHERE {_CASE} AND v.date BETWEEN ? AND ?""",  # noqa: S608
        (period.first.isoformat(), period.last.isoformat()),
    ).fetchall()
    answers = [answer for _, answer in rows if answer is not None]
    return TimesHeld(
        minutes=tuple(minutes for minutes, _ in rows if minutes is not None),
        cases=len(rows),
        checked=len(answers),
        on_record=sum(answers),
    )


def lines(held: TimesHeld) -> Iterator[Figure]:
    """Yield the figures of the times held. Without a case that has both times, nothing is known of any band."""
    of_cases = plural("Of {count} case with both times", "Of {count} cases with both times", len(held.minutes))
    note = of_cases if held.cases else ""
    yield _count("held_median_minutes", median(held.minutes), "minutes", note)
    yield _count("held_longest_minutes", max(held.minutes, default=None), "minutes", note)
    over = sum(minutes > DAY for minutes in held.minutes)
    yield Figure(
        measure=MEASURE, figure="held_over_24_hours", numerator=over, denominator=len(held.minutes), unit="cases"
    )
    for name, (above, most) in BANDS.items():
        cases = sum(above < minutes and (most is None or minutes <= most) for minutes in held.minutes)
        yield _count(name, cases if held.minutes or not held.cases else None, "cases", note)
    yield Figure(
        measure=MEASURE, figure="is91_on_record", numerator=held.on_record, denominator=held.checked, unit="cases",
        note=_unchecked(held.cases - held.checked),
    )  # fmt: skip
    yield _count("times_missing", held.missing, "cases", "")


def _count(figure: str, value: int | None, unit: str, note: str) -> Figure:
    return Figure(measure=MEASURE, figure=figure, value=value, unit=unit, note=note)


def _unchecked(cases: int) -> str:
    if not cases:
        return ""
    return plural(
        "{count} case left out: not checked, or it does not apply",
        "{count} cases left out: not checked, or it does not apply",
        cases,
    )
