"""Capture: from a form being filled in to the record that is kept."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from forms.answers import conform
from forms.draft import Draft
from forms.form import Choice, Form, Kind, Place, Row
from forms.guard import kind_words
from forms.guarding import findings
from forms.translation import plural, tr
from icv_app.errors import InvalidInput
from icv_app.interchange_folder.fields import questions, repeats_of
from icv_app.interchange_folder.interchange import (
    NOT_ADMITTED,
    OPTIONS,
    RECORD_REVIEWS,
    VISITS,
    CellError,
    Table,
    parse,
    shown,
)
from icv_app.interchange_folder.remainder import Remainder
from icv_app.interchange_folder.visit_checks import wrong_in
from icv_app.storage.report_state import Comment
from icv_app.storage.revision import Body

PREFIX: Mapping[str, str] = {
    "custody_visit": "CV",
    "record_review": "CR",
    "kennel_visit": "KV",
    "training_observation": "TO",
}
REASONS = "personal_data_reasons"  # beside the answers of a JSON document, as in the record that comes of it
CASE = "case"  # the kind of record review that is one person's record, not a day of them
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: read aloud and typed without a mistake
_REFERENCE_LENGTH = 6  # 32**6: with 1,000 visits a year the chance of two alike is about one in 2,000

Lists = Mapping[str, tuple[Choice, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDraft:
    """A form being filled in at this laptop. `id` names its stored draft; `corrects` the report that it corrects.

    `heads`: the revisions of that report when the correction began. `beside`: what the form has no question for.
    `comments`: what the office asks to have put right in it.
    """

    id: str
    form: Form
    draft: Draft
    corrects: str = ""
    heads: bytes = b""
    beside: Remainder = field(default_factory=Remainder)
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One answer that stands in the way: the field ("detainees[2].age" inside a repeat), its label and the reason."""

    field: str
    label: str
    message: str

    def __str__(self) -> str:
        label = f" ({self.label})" if self.label and self.label != self.field else ""
        return f"{self.field}{label}: {self.message}"


class AnswersRefused(InvalidInput):
    """A form that cannot be filed as it stands; nothing was written. `refusals` are all reasons, in form order."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        first = plural(
            "The form was not filed: {count} answer stands in the way.",
            "The form was not filed: {count} answers stand in the way.",
            len(refusals),
        )
        lines = "\n".join(str(refusal) for refusal in refusals)
        super().__init__("answers_missing", f"{first}\n{lines}")


def new_id() -> str:
    """Return a fresh id for a draft."""
    return secrets.token_hex(16)


def reference(form: str, year: int, choose: Callable[[str], str] = secrets.choice) -> str:
    """Return a new reference such as "CV-2026-7QK2M9", random so that two laptops that never met do not collide."""
    return f"{PREFIX[form]}-{year}-{''.join(choose(_CROCKFORD) for _ in range(_REFERENCE_LENGTH))}"


def prefill(draft: Draft, *, person: str, today: date, lists: Lists) -> None:
    """Fill in what a laptop knows: visitor 1 is whoever works at it, where they are a visitor; the date is today's."""
    names = {row.name: row for row in answerable(draft.form)}
    if "visitor_1" in names and any(choice.name == person for choice in lists.get("visitors", ())):
        draft.answer(Place("visitor_1"), person)
    if "date" in names and draft.value(Place("date")) is None:
        draft.answer(Place("date"), today.isoformat())


def answerable(form: Form) -> Iterator[Row]:
    """Yield the questions of a form outside its repeats."""
    return (row for row in questions(form.rows) if row.kind != "calculate")


def record_of(draft: Draft, *, today: date, key: str = "") -> tuple[str, str, Body]:
    """Return (kind, key, body) of the record that a finished form makes, in the state submitted.

    A record review whose kind is not `case` is a session and is known by its own name; everything else is a visit.
    Raises AnswersRefused with everything that stands in the way: what the form itself says, likely personal data that
    nobody gave a reason for (`domain.md` E1), then the rules that every visit obeys whatever its form (`visit_checks`).
    """
    refuse([*_problems(draft), *_unexplained(draft)])
    form = draft.form
    body: Body = {**draft.finished(), **draft.margin(), "form_version": form.version, "state": "submitted"}
    body.setdefault("date", today.isoformat())
    if form.name == "record_review" and body.get("kind") != CASE:
        refuse(_fitted(body, RECORD_REVIEWS, today))
        return "record_review", str(body["session"]), body
    body["form"] = form.name
    body.setdefault("status", "not_admitted" if body.get("access") in NOT_ADMITTED else "completed")
    key = key or reference(form.name, int(str(body["date"])[:4]))
    body["visit"] = key
    refuse(
        [*_fitted(body, VISITS, today), *(Refusal(field=name, label="", message=why) for name, why in wrong_in(body))]
    )
    return "visit", key, body


def _fitted(body: Body, table: Table, today: date) -> list[Refusal]:
    """Bring the core fields of `body` into the form that an import of it would give them; return what does not fit."""
    refusals = []
    for column in (*table.columns, *OPTIONS[table.kind]):
        if column.name in body:
            try:
                value = parse(column, shown(body.pop(column.name)), today)
            except CellError as error:
                refusals.append(Refusal(field=column.name, label="", message=str(error)))
            else:
                if value is not None:
                    body[column.name] = value
    return refusals


def refuse(refusals: Sequence[Refusal]) -> None:
    """Raise AnswersRefused where there are any."""
    if refusals:
        raise AnswersRefused(refusals)


def _problems(draft: Draft) -> list[Refusal]:
    return [_refusal(draft, problem.place, problem.message, problem.label) for problem in draft.problems()]


def _unexplained(draft: Draft) -> Iterator[Refusal]:
    for found in findings(draft):
        if not found.reason:
            told = "; ".join(f"{kind_words(hit.kind)} “{hit.text}”" for hit in found.hits)
            words = tr("may hold personal data: {found}. Take it out, or give a reason for keeping it", found=told)
            yield _refusal(draft, found.place, words, found.label)


def _refusal(draft: Draft, place: Place, message: str, label: str = "") -> Refusal:
    field = place.name
    if place.repeat:
        field = f"{place.repeat}[{draft.rows(place.repeat).index(place.row) + 1}].{place.name}"
    return Refusal(field=field, label=label, message=message)


def answer_all(draft: Draft, document: Mapping[str, Any]) -> tuple[str, ...]:
    """Answer a fresh `draft` from JSON: field names of the form; a repeat is a list of objects, or a map of them.

    A calculated field may be given where it comes out the same. `personal_data_reasons` says why likely personal data
    stays, by field ("comments", "detainees[2].words_used"). Returns the fields that were given but do not apply
    (the window would not have asked them). Raises AnswersRefused naming unknown fields, answers of the wrong type and
    whatever else the form has against the answers.
    """
    refusals: list[Refusal] = []
    given: list[tuple[Place, Any]] = []
    repeats = repeats_of(draft.form)
    outside = _kinds(draft.form.rows)
    for name, value in document.items():
        if name == REASONS:
            continue
        if name in repeats:
            given += _rows(draft, name, value, refusals)
        elif name in outside:
            given.append((Place(name), value))
        else:
            refusals.append(
                Refusal(field=name, label="", message=tr("is no field of the form {name}", name=draft.form.name))
            )
    inside = {name: _kinds(rows) for name, rows in repeats.items()}
    calculated: list[tuple[Place, Any]] = []
    for place, value in given:
        kinds = inside[place.repeat] if place.repeat else outside
        if place.name not in kinds:
            refusals.append(_refusal(draft, place, tr("is no field of {repeat}", repeat=place.repeat)))
        elif misfit := _misfit(value):
            refusals.append(_refusal(draft, place, misfit))
        elif kinds[place.name] == "calculate":
            calculated.append((place, value))
        elif kinds[place.name] in ("note", "group"):
            refusals.append(_refusal(draft, place, tr("is not answered")))
        else:
            answer = " ".join(value) if isinstance(value, list) else value
            try:
                conform(cast("Kind", kinds[place.name]), answer)
            except ValueError as error:
                refusals.append(_refusal(draft, place, str(error)))
            draft.answer(place, answer)
    for place, value in calculated:
        if draft.value(place) != value:
            refusals.append(
                _refusal(
                    draft,
                    place,
                    tr("is worked out as {value}, not {given!r}", value=draft.value(place), given=value),
                )
            )
    _explain(draft, document.get(REASONS, {}), refusals)
    if refusals:
        named = {refusal.field for refusal in refusals}
        refuse([*refusals, *(problem for problem in _problems(draft) if problem.field not in named)])
    return tuple(
        _refusal(draft, place, "").field
        for place, value in given
        if value not in (None, "") and (place, value) not in calculated and not draft.shown(place)
    )


def _explain(draft: Draft, reasons: Any, refusals: list[Refusal]) -> None:
    """Give the reasons for what the guard points out."""
    if not isinstance(reasons, Mapping) or not all(isinstance(words, str) for words in reasons.values()):
        refusals.append(Refusal(field=REASONS, label="", message=tr("must be an object of texts, by field")))
        return
    places = {_refusal(draft, found.place, "").field: found.place for found in findings(draft)}
    for where, words in reasons.items():
        if where in places:
            draft.give_reason(places[where], words.strip())


def _misfit(value: Any) -> str:
    """Return why a value of JSON can be no answer to any question; "" where it can."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float, list, type(None))):
        return tr("must be text or a number")
    if isinstance(value, list) and not all(isinstance(one, str) for one in value):
        return tr("must be a list of texts")
    return ""


def _kinds(rows: tuple[Row, ...]) -> dict[str, str]:
    kinds: dict[str, str] = {}
    for row in rows:
        if row.kind != "repeat":
            kinds[row.name] = row.kind
        if row.kind == "group":
            kinds.update(_kinds(row.rows))
    return kinds


def _rows(draft: Draft, repeat: str, value: Any, refusals: list[Refusal]) -> Iterator[tuple[Place, Any]]:
    """Make the rows of a repeat and yield their answers."""
    rows = list(value.values()) if isinstance(value, dict) else value
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        refusals.append(Refusal(field=repeat, label="", message=tr("must be a list of objects, one for each row")))
        return
    have = list(draft.rows(repeat))
    for number, fields in enumerate(rows):
        if number < len(have):
            row = have[number]
        else:
            try:
                row, _ = draft.add_row(repeat)
            except ValueError as error:
                refusals.append(Refusal(field=repeat, label="", message=str(error)))
                return
        for name, answer in fields.items():
            yield Place(name, repeat, row), answer
