"""A volunteer's file: the dates up to which vetting, ID card, accreditation and training hold (`domain.md` A0).

One record a visitor, written by the office, read by it and by the volunteer. A date that nobody entered asks nothing.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.interchange_folder import masking
from icv_app.scheme import scheme_settings
from icv_app.scheme.volunteer_words import DATES
from icv_app.storage.fact_cells import day, text, yes
from icv_app.storage.revision import Body
from icv_app.storage.store import Record, Saved, Store
from icv_app.wording import day_words

KIND: Final = "volunteer"
_LONGEST_COURSE = 100
_LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """A course: `on` the day it was done, `until` the day on which it runs out (None: never).

    `required`: whether visiting needs it. `row` names it within the file, "" for a new one.
    """

    course: str
    on: date | None = None
    until: date | None = None
    required: bool = False
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What the office keeps on one volunteer; None where a date is not entered. `training`: the latest course first."""

    visitor: str
    vetting_until: date | None = None
    id_card_until: date | None = None
    accredited_on: date | None = None
    reaccreditation_due: date | None = None
    started: date | None = None
    left: date | None = None
    tact_accredited: bool = False
    note: str = ""
    training: tuple[Training, ...] = ()


def read(store: Store, visitor: str) -> File:
    """Return the file of a visitor; an empty one where there is none, or none that this laptop may read."""
    return _file(visitor, _body(store.current(KIND, visitor)))


def every(store: Store) -> Mapping[str, File]:
    """Return the files that this laptop may read, by visitor."""
    return {record.key: _file(record.key, record.body) for record in store.records(KIND)}


def save(store: Store, file: File) -> Saved:
    """Save the dates, the accreditation and the note of a file; its training stays as it is.

    Raises InvalidInput: "dates" where one that has to come later does not, "note", "personal_data", "office_only".
    """
    for earlier, later, words in (
        (file.accredited_on, file.reaccreditation_due, tr("Re-accreditation must be due after the accreditation.")),
        (file.started, file.left, tr("Nobody leaves before they started. Please look at the two days.")),
    ):
        if earlier and later and later < earlier:
            raise InvalidInput("dates", words)
    _check_words(store, file.note, _LONGEST_NOTE)
    held = store.current(KIND, file.visitor)
    body = {name: value for name, value in _body(held).items() if name not in DATES}
    body |= {name: value.isoformat() for name in DATES if (value := getattr(file, name)) is not None}
    body |= {"visitor": file.visitor, "tact_accredited": "yes" if file.tact_accredited else "no"}
    body.pop("note", None)
    if file.note.strip():
        body["note"] = file.note.strip()
    return store.save(KIND, file.visitor, body)


def put_training(store: Store, visitor: str, training: Training, today: date) -> Saved:
    """Save a course in a visitor's file, a new one where it has no `row`.

    The one that is asked for is the latest of its name: earlier ones of the same name stay in the file and are no
    longer needed. Raises InvalidInput: "course", "dates", "personal_data", "office_only".
    """
    course = training.course.strip()
    if not course:
        raise InvalidInput("course", tr("Please say which course it was."))
    _check_words(store, course, _LONGEST_COURSE)
    if training.on and training.on > today:
        raise InvalidInput(
            "dates", tr("{day} has not come yet. Enter a course once it is done.", day=day_words(training.on))
        )
    if training.on and training.until and training.until <= training.on:
        raise InvalidInput("dates", tr("A course must run out after the day on which it was done."))
    body = _body(store.current(KIND, visitor))
    rows = _rows(body)
    row = training.row or secrets.token_hex(4)
    if training.required:
        rows = {
            name: {**fields, "required": "no"} if name != row and _same(fields, course) else fields
            for name, fields in rows.items()
        }
    told = {"course": course, "required": "yes" if training.required else "no"}
    told |= {name: value.isoformat() for name in ("on", "until") if (value := getattr(training, name)) is not None}
    kept = {name: value for name, value in rows.get(row, {}).items() if name not in ("on", "until")}
    return store.save(KIND, visitor, {**body, "visitor": visitor, "training": {**rows, row: {**kept, **told}}})


def drop_training(store: Store, visitor: str, row: str) -> Saved:
    """Take a course out of a visitor's file. Raises InvalidInput("course") where it is not in it, "office_only"."""
    body = _body(store.current(KIND, visitor))
    rows = _rows(body)
    if row not in rows:
        raise InvalidInput("course", tr("That course is no longer in the file."))
    return store.save(KIND, visitor, {**body, "training": {name: each for name, each in rows.items() if name != row}})


def with_status(store: Store, visitor: str, status: str, since: date) -> Body | None:
    """Return the body of a visitor's file that goes with a change of status, None where it stays as it is.

    Leaving sets the day of leaving; whoever comes back has left no more.
    """
    body = _body(store.current(KIND, visitor))
    kept = {name: value for name, value in body.items() if name != "left"}
    if status == "left":
        return {**body, "visitor": visitor, "left": since.isoformat()}
    return kept if "left" in body else None


def _check_words(store: Store, words: str, most: int) -> None:
    if len(words) > most:
        raise InvalidInput("note", tr("Please keep it to {count} characters.", count=most))
    masking.refuse_telling(words, custody_number=scheme_settings.read(store).custody_number)


def _body(record: Record | None) -> Body:
    return {} if record is None or record.deleted else record.body


def _rows(body: Body) -> dict[str, Body]:
    listed = body.get("training")
    given = listed if isinstance(listed, Mapping) else {}
    return {str(row): dict(fields) for row, fields in given.items() if isinstance(fields, Mapping)}


def _same(fields: Mapping[str, Any], course: str) -> bool:
    return (text(fields.get("course")) or "").casefold() == course.casefold()


def _file(visitor: str, body: Body) -> File:
    training = [
        Training(
            row=row, course=text(fields.get("course")) or tr("Not recorded"), on=_day(fields.get("on")),
            until=_day(fields.get("until")), required=bool(yes(fields.get("required"))),
        )
        for row, fields in _rows(body).items()
    ]  # fmt: skip
    training.sort(key=lambda each: (each.on or date.min, each.until or date.min, each.row), reverse=True)
    return File(
        visitor=visitor, **{name: _day(body.get(name)) for name in DATES},
        tact_accredited=bool(yes(body.get("tact_accredited"))), note=text(body.get("note")) or "",
        training=tuple(training),
    )  # fmt: skip


def _day(value: Any) -> date | None:
    found = day(value)
    return date.fromisoformat(found) if found else None
