"""The remainder of a report: what it holds that its form has no question for, and no save or correction may lose.

It comes from a spreadsheet's further columns, from another version of the form, or from a newer program.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.draft import Draft
from forms.form import Place

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remainder:
    """`fields` of the report by name, and of rows by repeat and row."""

    fields: Fields = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, Fields]] = field(default_factory=dict)


def of(answers: Mapping[str, Any], unknown: Iterable[str]) -> Remainder:
    """Return what of `answers` a draft left out as `unknown` (`Draft.unknown`): "name", or "repeat/name" of rows."""
    fields: Fields = {}
    rows: dict[str, dict[str, Fields]] = {}
    for path in dict.fromkeys(unknown):
        name, _, inner = path.partition("/")
        value = answers.get(name)
        if not inner:
            if name in answers:
                fields[name] = value
            continue
        for row, held in value.items() if isinstance(value, Mapping) else ():
            if isinstance(held, Mapping) and inner in held:
                rows.setdefault(name, {}).setdefault(row, {})[inner] = held[inner]
    return Remainder(fields=fields, rows=rows)


def kept(draft: Draft, remainder: Remainder) -> Fields:
    """Return the answers of a draft as they are kept, with the remainder. What was in a removed row went with it."""
    answers = draft.answers()
    return _with(answers, remainder, {repeat: answers.get(repeat, {}) for repeat in remainder.rows})


def filed(draft: Draft, body: Fields, remainder: Remainder) -> Fields:
    """Return the `body` that a finished draft makes, with the remainder."""
    shown = {repeat: draft.rows(repeat) for repeat in remainder.rows if draft.shown(Place(repeat))}
    return _with(body, remainder, shown)


def _with(body: Fields, remainder: Remainder, rows: Mapping[str, Iterable[str]]) -> Fields:
    whole = {**remainder.fields, **body}
    for repeat, held in remainder.rows.items():
        left = {row: held[row] for row in rows.get(repeat, ()) if row in held}
        if left:
            there = whole.get(repeat, {})
            whole[repeat] = {**there, **{row: {**fields, **there.get(row, {})} for row, fields in left.items()}}
    return whole
