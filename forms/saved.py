"""What a draft is saved as: everything typed, to go on with, or what is stored when it is finished.

Both are dicts by question name; a repeat is {row id: {name: value}}. Texts that could not be read stand apart, under
`UNPARSED`, in the same shape.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from forms import answers as typing
from forms.change import Key
from forms.form import Value
from forms.state import State

UNPARSED = "~unparsed"
"""The key of texts that could not be read."""

Unread = dict[Key, tuple[str, str]]
"""The text as typed, and what is wrong with it, by question and row."""


def everything(state: State, unread: Unread) -> dict[str, Any]:
    """Return all answers, relevant or not, all rows, and the texts that could not be read."""
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
            if value is not None and _restorable(state, name):
                (kept[entry.repeat][row] if entry.repeat else kept)[name] = value
            if (name, row) in unread:
                _within(apart, entry.repeat, row)[name] = unread[(name, row)][0]
    if apart:
        kept[UNPARSED] = apart
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


def restore(state: State, unread: Unread, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Put saved answers into a state that has not begun; return the names that the form does not have.

    A value that does not fit its question goes to `unread`, as text.
    """
    unknown: list[str] = []
    for name, value in answers.items():
        entry = state.logic.outline.get(name)
        if name == UNPARSED:
            continue
        if entry is None or entry.repeat:
            unknown.append(name)
        elif entry.row.kind == "repeat":
            unknown.extend(_restore_repeat(state, unread, name, value))
        else:
            _restore_one(state, unread, (name, ""), value)
    unknown.extend(_restore_unread(state, unread, answers.get(UNPARSED, {})))
    return tuple(unknown)


def _restorable(state: State, name: str) -> bool:
    """Whether a saved value counts: answers do, calculations only where they read what they held (`once`)."""
    calculation = state.logic.rules[name].calculation
    return state.logic.outline[name].answerable or (calculation is not None and calculation.reads_self)


def _restore_repeat(state: State, unread: Unread, repeat: str, rows: Any) -> Iterator[str]:
    if not isinstance(rows, Mapping):
        if rows is not None:
            yield repeat
        return
    for row, fields in rows.items():
        if isinstance(fields, Mapping):
            state.load_row(repeat, row)
            yield from _restore_row(state, unread, repeat, row, fields)
        else:
            yield f"{repeat}/{row}"


def _restore_row(state: State, unread: Unread, repeat: str, row: str, fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        entry = state.logic.outline.get(name)
        if entry is None or entry.repeat != repeat:
            yield f"{repeat}/{name}"
        else:
            _restore_one(state, unread, (name, row), value)


def _restore_one(state: State, unread: Unread, key: Key, value: Value) -> None:
    if not _restorable(state, key[0]):
        return
    row = state.logic.outline[key[0]].row
    try:
        fitting = typing.conform(row.kind, value)
    except ValueError as misfit:
        unread[key] = (str(value), str(misfit))
    else:
        state.put(key, state.ordered(row, fitting))


def _restore_unread(state: State, unread: Unread, apart: Mapping[str, Any]) -> Iterator[str]:
    texts = {
        (name, row): typed
        for outer, text in apart.items()
        for row, fields in (text.items() if isinstance(text, Mapping) else [("", {outer: text})])
        for name, typed in fields.items()
    }
    for key, typed in texts.items():
        if state.logic.outline.get(key[0]) is None:
            yield key[0]
        else:
            unread[key] = (typed, _what_is_wrong(state, key[0], typed))


def _what_is_wrong(state: State, name: str, text: str) -> str:
    try:
        typing.parse(state.logic.outline[name].row.kind, text, state.now().date())
    except ValueError as unread:
        return str(unread)
    return typing.AGAIN_WORDS
