"""Masking: reports as they may leave the office, with what points to a person taken out of their free text."""

from collections.abc import Mapping
from typing import Any

from forms.form import Form, Row
from forms.guard import mask
from forms.translation import tr
from icv_app.revision import Body

HOLDS = "icv:holds"  # bind of the questions that ask for a custody number or a member of staff


def masked(body: Body, form: Form | None, *, custody_number: str = "") -> Body:
    """Return a copy of a report with its free texts masked, and the answers withheld that are to name somebody.

    Without its `form` every text with a blank in it counts as free text. Codes, numbers, dates and references stay.
    """
    rows = _rows(form.rows) if form is not None else None
    return {name: _value(name, value, rows, custody_number) for name, value in body.items()}


def _value(name: str, value: Any, rows: Mapping[str, Row] | None, custody_number: str) -> Any:
    if isinstance(value, dict):
        return {key: _value(key, inner, rows, custody_number) for key, inner in value.items()}
    if not isinstance(value, str):
        return value
    row = rows.get(name) if rows is not None else None
    holds = row.binds.get(HOLDS, "") if row is not None else ""
    if holds:
        return value if holds == "reference" else tr("[withheld]")
    free = row.kind == "text" if row is not None else " " in value
    return mask(value, custody_number=custody_number) if free else value


def _rows(rows: tuple[Row, ...]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        found[row.name] = row
        found.update(_rows(row.rows))
    return found
