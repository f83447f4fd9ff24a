"""What a draft is saved as: everything typed, to go on with, or what is stored when it is finished.

Both are dicts by question name; a repeat is {row id: {name: value}}. Texts that could not be read stand apart, under
`UNPARSED`, in the same shape; the margin stands under `MARGIN`, or as the fields of a stored record.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from forms import answers as typing
from forms import margin
from forms.change import Changes, Key, Note
from forms.form import Value
from forms.margin import MARGIN, Notes
from forms.state import State

UNPARSED = "~unparsed"
"""The key of texts that could not be read."""

REASON = "~reason"
"""The key of the reason for which a sent report is corrected."""


def everything(state: State, notes: Notes) -> dict[str, Any]:
    """Return all answers, relevant or not, all rows, the texts that could not be read, and the margin."""
    kept: dict[str, Any] = {}
    apart: dict[str, Any] = {}
    for name, entry in state.logic.outline.entries.items():
        if entry.row.kind == "repeat":
            rows = state.all_rows(name)
            if rows:
                kept[name] = {row: {} for row in rows}
            continue
        for row in state.all_rows(entry.repeat) if entry.repeat else ("",):
            value = state.stored((name, row))
            if value is not None and name in state.logic.kept:
                (kept[entry.repeat][row] if entry.repeat else kept)[name] = value
            if (name, row) in notes and notes[(name, row)].unread:
                _within(apart, entry.repeat, row)[name] = notes[(name, row)].unread
    if apart:
        kept[UNPARSED] = apart
    written = margin.of(state, notes, lambda _: True)
    if written:
        kept[MARGIN] = written
    return kept


def relevant(state: State) -> dict[str, Any]:
    """Return the relevant answers and calculations that are not empty, in form order; rows without any are left out."""
    body: dict[str, Any] = {}
    for name, row in state.questions("", calculated=True):
        value = state.stored((name, row))
        if value is not None:
            _within(body, state.logic.outline[name].repeat, row)[name] = value
    return body


def _within(body: dict[str, Any], repeat: str, row: str) -> dict[str, Any]:
    fields: dict[str, Any] = body.setdefault(repeat, {}).setdefault(row, {}) if repeat else body
    return fields


def restore(state: State, notes: Notes, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Put saved answers into a state that has not begun; return the names that the form does not have.

    A value that does not fit its question is noted as text that could not be read.
    """
    unknown: list[str] = []
    for name, value in answers.items():
        entry = state.logic.outline.get(name)
        if name in {UNPARSED, MARGIN, REASON} or (entry is None and name in margin.PARTS):
            continue
        if entry is None or entry.repeat:
            unknown.append(name)
        elif entry.row.kind == "repeat":
            unknown.extend(_restore_repeat(state, notes, name, value))
        else:
            _restore_one(state, notes, (name, ""), value)
    unknown.extend(_restore_unread(state, notes, answers.get(UNPARSED, {})))
    margin.restore(state, notes, answers)
    margin.restore(state, notes, answers.get(MARGIN))
    return tuple(unknown)


def _restore_repeat(state: State, notes: Notes, repeat: str, rows: Any) -> Iterator[str]:
    if not isinstance(rows, Mapping):
        if rows is not None:
            yield repeat
        return
    for row, fields in rows.items():
        if isinstance(fields, Mapping):
            state.load_row(repeat, row)
            yield from _restore_row(state, notes, repeat, row, fields)
        else:
            yield f"{repeat}/{row}"


def _restore_row(state: State, notes: Notes, repeat: str, row: str, fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        entry = state.logic.outline.get(name)
        if entry is None or entry.repeat != repeat:
            yield f"{repeat}/{name}"
        else:
            _restore_one(state, notes, (name, row), value)


def _restore_one(state: State, notes: Notes, key: Key, value: Value) -> None:
    if key[0] not in state.logic.kept:
        return
    row = state.logic.outline[key[0]].row
    try:
        fitting = typing.conform(row.kind, value)
    except ValueError:
        notes[key] = Note(unread=str(value))
    else:
        state.put(key, state.ordered(row, fitting), Changes())


def _restore_unread(state: State, notes: Notes, apart: Any) -> Iterator[str]:
    texts = {
        (name, row): typed
        for outer, text in (apart.items() if isinstance(apart, Mapping) else ())
        for row, fields in (text.items() if isinstance(text, Mapping) else [("", {outer: text})])
        for name, typed in (fields.items() if isinstance(fields, Mapping) else ())
    }
    for key, typed in texts.items():
        entry = state.logic.outline.get(key[0])
        if entry is None:
            yield key[0]
        elif isinstance(typed, str) and (not entry.repeat or key[1] in state.all_rows(entry.repeat)):
            notes[key] = Note(unread=typed)
