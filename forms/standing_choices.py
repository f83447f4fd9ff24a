"""The choices that a stored record made: they stay open to its correction, whatever became of the lists since."""

from collections.abc import Mapping
from typing import Any

from forms.form import Choice
from forms.logic import Logic
from forms.outline import SELECTS


def of(logic: Logic, body: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the codes that the selects of a stored record hold, by question; in a repeat, those of all its rows."""
    found: dict[str, tuple[str, ...]] = {}
    for name, entry in logic.outline.entries.items() if body else ():
        if entry.row.kind in SELECTS:
            inside = body.get(entry.repeat) if entry.repeat else {"": body}
            rows = inside.values() if isinstance(inside, Mapping) else ()
            values = [row.get(name) for row in rows if isinstance(row, Mapping)]
            codes = dict.fromkeys(code for value in values if isinstance(value, str) for code in value.split())
            if codes:
                found[name] = tuple(codes)
    return found


def after(listed: tuple[Choice, ...], standing: tuple[str, ...]) -> tuple[Choice, ...]:
    """Return a list followed by the `standing` codes that it has no more, each called by its code."""
    if not standing:
        return listed
    known = {choice.name for choice in listed}
    return (*listed, *(Choice(name=code, labels={"": code}) for code in standing if code not in known))
