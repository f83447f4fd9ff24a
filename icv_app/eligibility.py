"""Eligibility: who may go to a slot, and what keeps the others off, each reason in words. Pure.

A slot is a week or a month of which the pair chooses the day, so what is asked of a volunteer must hold on every day
of it. A date that nobody has entered keeps nobody off (`domain.md` A0: the office enters what its scheme asks for).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from forms.translation import later, tr
from icv_app.fact_cells import calendar_day, text, yes
from icv_app.wording import day_words

ROLE_FOR: Final[Mapping[str, str]] = {
    "custody_visit": "icv", "kennel_visit": "awv", "training_observation": "awv", "record_review": "icv",
}  # fmt: skip
"""The role that each measure is for: custody visitors (ICV), and animal welfare visitors (AWV)."""

ACTIVE, LEARNING = "active", "probation"
_GONE: Final[Mapping[str, str]] = {
    "applicant": later("is still an applicant"),
    "in_training": later("is still in training"),
    "on_leave": later("is on leave"),
    "not_currently_visiting": later("is not visiting at present"),
    "left": later("has left the scheme"),
}
_DATES: Final = (
    (
        "vetting_until", "vetting",
        later("vetting expired on {day}"), later("vetting expires on {day}, too early for this visit"),
    ),
    (
        "id_card_until", "id_card",
        later("the ID card expired on {day}"), later("the ID card expires on {day}, too early for this visit"),
    ),
    (
        "reaccreditation_due", "reaccreditation",
        later("re-accreditation was due on {day}"), later("re-accreditation is due on {day}, too early for this visit"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One dated row of a volunteer: their roles and status from `first` to `last`, both included (None: open)."""

    first: date
    last: date | None
    status: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A training that holds up to `until` (None: for good)."""

    course: str
    until: date | None
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer:
    """What is known of a volunteer; each day from `vetting_until` on and so forth is a day without (None: unknown)."""

    visitor: str
    standings: tuple[Standing, ...] = ()
    vetting_until: date | None = None
    id_card_until: date | None = None
    reaccreditation_due: date | None = None
    tact_accredited: bool = False
    courses: tuple[Course, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One reason why a name is kept off a slot: a code for programs, and words that follow the name."""

    code: str
    words: str


def volunteer(visitor: str, standings: Iterable[Standing], body: Mapping[str, Any] | None) -> Volunteer:
    """Return a volunteer out of their dated rows and the body of their record, None where this laptop has none."""
    get = (body or {}).get
    listed = get("training")
    courses = (
        [fields for fields in listed.values() if isinstance(fields, Mapping)] if isinstance(listed, Mapping) else []
    )
    return Volunteer(
        visitor=visitor,
        standings=tuple(sorted(standings, key=lambda row: (row.first, row.last or date.max))),
        vetting_until=_day(get("vetting_until")),
        id_card_until=_day(get("id_card_until")),
        reaccreditation_due=_day(get("reaccreditation_due")),
        tact_accredited=bool(yes(get("tact_accredited"))),
        courses=tuple(
            Course(
                course=text(fields.get("course")) or "", until=_day(fields.get("until")),
                required=bool(yes(fields.get("required"))),
            )
            for fields in courses
        ),
    )  # fmt: skip


def bars(who: Volunteer, measure: str, first: date, last: date, today: date, *, tact: bool = False) -> tuple[Bar, ...]:
    """Return what keeps `who` off a slot from `first` to `last`, () where nothing does.

    Days before `today` are over and ask for nothing. What runs out on a day is wanting from that day on.
    """
    return tuple(_bars(who, measure, max(first, min(today, last)), last, today, tact))


def learning(who: Volunteer, first: date, last: date) -> bool:
    """Return whether `who` is on probation on some day of a slot: they go along with an active volunteer only."""
    return any(row.status == LEARNING for row in _holding(who, first, last))


def _bars(who: Volunteer, measure: str, first: date, last: date, today: date, tact: bool) -> Iterator[Bar]:
    rows = _holding(who, first, last)
    role = ROLE_FOR.get(measure, "icv")
    gone = next((row for row in rows if row.status not in (ACTIVE, LEARNING)), None)
    if gone is not None:
        yield Bar(code=gone.status, words=tr(_GONE.get(gone.status, _GONE["not_currently_visiting"])))
    elif not _covered(rows, first, last):
        yield Bar(code="no_status", words=tr("is not entered as a volunteer for all of these days"))
    elif any(role not in row.roles for row in rows):
        words = tr("is not an animal welfare visitor") if role == "awv" else tr("is not a custody visitor")
        yield Bar(code="role", words=words)
    if tact and not who.tact_accredited and not (rows and all("tact" in row.roles for row in rows)):
        yield Bar(code="tact", words=tr("is not accredited for visits under the Terrorism Act"))
    for name, code, over, soon in _DATES:
        ends: date | None = getattr(who, name)
        if ends is not None and ends <= last:
            yield Bar(code=code, words=tr(over if ends <= today else soon, day=day_words(ends)))
    for course in who.courses:
        if course.required and course.until is not None and course.until <= last:
            words = later("training “{course}” ran out on {day}")
            if course.until > today:
                words = later("training “{course}” runs out on {day}, too early for this visit")
            yield Bar(code="training", words=tr(words, course=course.course, day=day_words(course.until)))


def _holding(who: Volunteer, first: date, last: date) -> list[Standing]:
    """Return the rows that hold on some day from `first` to `last`; of two on a day, the one that began last."""
    found: list[Standing] = []
    for day in _turns(who, first, last):
        rows = [row for row in who.standings if row.first <= day and (row.last is None or day <= row.last)]
        if rows and rows[-1] not in found:
            found.append(rows[-1])
    return found


def _turns(who: Volunteer, first: date, last: date) -> list[date]:
    """Return the days on which what holds may change: the first, and each beginning, and each day after an end."""
    days = {first}
    for row in who.standings:
        days.add(row.first)
        if row.last is not None and row.last < date.max:
            days.add(date.fromordinal(row.last.toordinal() + 1))
    return sorted(day for day in days if first <= day <= last)


def _covered(rows: list[Standing], first: date, last: date) -> bool:
    reach = first.toordinal()
    for row in sorted(rows, key=lambda each: each.first):
        if row.first.toordinal() <= reach:
            reach = max(reach, (row.last or date.max).toordinal() + 1)
    return bool(rows) and reach > last.toordinal()


def _day(value: Any) -> date | None:
    known = calendar_day(value.strip()[:10]) if isinstance(value, str) else None
    return date.fromisoformat(known[0]) if known else None
