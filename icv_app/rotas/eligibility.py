"""Eligibility: who may go to a slot, and what keeps the others off, each reason in words. Pure.

A slot is a week or a month of which the pair chooses the day, so what is asked of a volunteer must hold on every day
of it. A date that nobody has entered keeps nobody off (`domain.md` A0: the office enters what its scheme asks for).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from forms.translation import later, tr
from icv_app.scheme import status_rows
from icv_app.scheme.status_rows import Row
from icv_app.scheme.volunteer_file import File, Training
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
class Volunteer:
    """What is known of a volunteer: their dated rows, and their file as far as this laptop may read it."""

    visitor: str
    rows: tuple[Row, ...]
    file: File


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One reason why a name is kept off a slot: a code for programs, and words that follow the name."""

    code: str
    words: str


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
    if tact and not who.file.tact_accredited and not (rows and all("tact" in row.roles for row in rows)):
        yield Bar(code="tact", words=tr("is not accredited for visits under the Terrorism Act"))
    for name, code, over, soon in _DATES:
        ends: date | None = getattr(who.file, name)
        if ends is not None and ends <= last:
            yield Bar(code=code, words=tr(over if ends <= today else soon, day=day_words(ends)))
    for course in _latest(who.file.training):
        if course.required and course.until is not None and course.until <= last:
            words = later("training “{course}” ran out on {day}")
            if course.until > today:
                words = later("training “{course}” runs out on {day}, too early for this visit")
            yield Bar(code="training", words=tr(words, course=course.course, day=day_words(course.until)))


def _latest(training: Iterable[Training]) -> Iterable[Training]:
    """Return of the courses of one name the one that holds longest: the others were renewed by it (`expiries`)."""
    found: dict[str, Training] = {}
    for each in training:
        known = found.setdefault(each.course.casefold(), each)
        if (each.until or date.max, each.on or date.min) > (known.until or date.max, known.on or date.min):
            found[each.course.casefold()] = each
    return found.values()


def _holding(who: Volunteer, first: date, last: date) -> list[Row]:
    """Return the rows that hold on some day from `first` to `last`; of two on a day, the one that began last."""
    days = {first}  # on which what holds may change: the first, each beginning, and each day after an end
    for row in who.rows:
        days.add(row.first)
        if row.last is not None and row.last < date.max:
            days.add(date.fromordinal(row.last.toordinal() + 1))
    rows = (status_rows.holding(who.rows, day) for day in sorted(days) if first <= day <= last)
    return list(dict.fromkeys(row for row in rows if row is not None))


def _covered(rows: list[Row], first: date, last: date) -> bool:
    reach = first.toordinal()
    for row in sorted(rows, key=lambda each: each.first):
        if row.first.toordinal() <= reach:
            reach = max(reach, (row.last or date.max).toordinal() + 1)
    return bool(rows) and reach > last.toordinal()
