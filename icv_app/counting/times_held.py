"""Times held: how long immigration detainees were in police custody, by the case forms of their records (B26).

From arrival at the station (T2) to leaving custody (T16), in minutes that passed. Every case form dated in the period
tells it, whether or not it names a session; a session's totals have no times. A case without both times, or whose times
contradict each other, is counted as such and in nothing else. Records reviewed without a case form have no times at
all: beside each number stands of how many of the records reviewed the times are known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from forms.translation import plural
from icv_app.counting import record_reviews
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
    """The case forms of a period: the minutes of those with both times, and how many answered what of the IS91.

    `reviewed`: the records of immigration detainees that were reviewed, by the sessions' totals and lone case forms.
    """

    minutes: Sequence[int]
    cases: int
    reviewed: int
    checked: int  # cases that say whether the IS91 is on the record and complete
    on_record: int

    @property
    def missing(self) -> int:
        """How many cases have no time held."""
        return self.cases - len(self.minutes)

    @property
    def whole(self) -> int:
        """How many records there are that could tell: those reviewed, or the case forms where these are more."""
        return max(self.reviewed, self.cases)


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
        reviewed=record_reviews.read(connection, period).immigration,
        checked=len(answers),
        on_record=sum(answers),
    )


def lines(held: TimesHeld) -> Iterator[Figure]:
    """Yield the figures of the times held. Where records were reviewed and none has both times, nothing is known."""
    note = _known(len(held.minutes), held.whole)
    yield _count("held_median_minutes", median(held.minutes), "minutes", note)
    yield _count("held_longest_minutes", max(held.minutes, default=None), "minutes", note)
    over = sum(minutes > DAY for minutes in held.minutes)
    yield _share("held_over_24_hours", over, len(held.minutes), held.whole, note)
    for name, (above, most) in BANDS.items():
        cases = sum(above < minutes and (most is None or minutes <= most) for minutes in held.minutes)
        yield _count(name, cases if held.minutes or not held.whole else None, "cases", note)
    yield _share("is91_on_record", held.on_record, held.checked, held.whole, _unchecked(held.whole - held.checked))
    yield _count("times_missing", held.missing if held.cases or not held.whole else None, "cases", note)


def _share(figure: str, part: int, of: int, whole: int, note: str) -> Figure:
    """Return a ratio; without a number where there are records and none of them tells: "0 of 0" would tell."""
    if whole and not of:
        return Figure(measure=MEASURE, figure=figure, unit="cases", note=note)
    return Figure(measure=MEASURE, figure=figure, numerator=part, denominator=of, unit="cases", note=note)


def _count(figure: str, value: int | None, unit: str, note: str) -> Figure:
    return Figure(measure=MEASURE, figure=figure, value=value, unit=unit, note=note)


def _known(known: int, whole: int) -> str:
    if not whole:
        return ""
    return plural(
        "Times are known for {known} of {count} immigration record reviewed",
        "Times are known for {known} of {count} immigration records reviewed",
        whole,
        known=known,
    )


def _unchecked(records: int) -> str:
    if not records:
        return ""
    return plural(
        "{count} record left out: not checked, or it does not apply",
        "{count} records left out: not checked, or it does not apply",
        records,
    )
