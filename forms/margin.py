"""The margin of a draft: which answers were copied and from where, and why personal data stays in a text.

Kept with the draft under `MARGIN` and with the record that comes of it, by path: "name", or "repeat/row/name".
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from forms.change import Key, Note
from forms.state import State

MARGIN = "~margin"
"""The key of the margin among the answers of a draft; a stored record has its parts as fields of their own."""

PARTS: Mapping[str, Literal["copied", "reason"]] = {"copied_from": "copied", "personal_data_reasons": "reason"}
"""The parts of the margin, and where they stand in a note."""

Notes = dict[Key, Note]
"""What stands beside the answers, by question and row; an answer without a note has none."""


def of(state: State, notes: Notes, wanted: Callable[[Key], bool]) -> dict[str, dict[str, str]]:
    """Return the margin of the wanted questions in form order, by part and path; empty parts are left out."""
    written: dict[str, dict[str, str]] = {}
    for key in _in_order(state, notes):
        if wanted(key):
            for part, field in PARTS.items():
                if said := getattr(notes[key], field):
                    written.setdefault(part, {})[path(state, key)] = said
    return written


def _in_order(state: State, notes: Notes) -> Iterator[Key]:
    outline = state.logic.outline
    for name in outline.entries if notes else ():
        repeat = outline[name].repeat
        yield from (key for row in (state.all_rows(repeat) if repeat else ("",)) if (key := (name, row)) in notes)


def path(state: State, key: Key) -> str:
    """Return "name", or "repeat/row/name"."""
    repeat = state.logic.outline[key[0]].repeat
    return f"{repeat}/{key[1]}/{key[0]}" if repeat else key[0]


def restore(state: State, notes: Notes, written: Any) -> None:
    """Take up a margin as `of` gave it. What leads to no answer of the form is left out."""
    for part, field in PARTS.items():
        said = written.get(part) if isinstance(written, Mapping) else None
        for where, words in said.items() if isinstance(said, Mapping) else ():
            key = _key(state, str(where))
            if key is not None and isinstance(words, str) and words:
                note = notes.get(key, Note())
                notes[key] = replace(note, copied=words) if field == "copied" else replace(note, reason=words)


def _key(state: State, where: str) -> Key | None:
    outer, _, inner = where.partition("/")
    row, _, name = inner.rpartition("/")
    name = name or outer
    entry = state.logic.outline.get(name)
    if entry is None or not entry.answerable or entry.repeat != (outer if inner else ""):
        return None
    return (name, row) if not entry.repeat or row in state.all_rows(entry.repeat) else None
