"""Masking: reports as they may leave the office, with what points to a person taken out of their free text."""

from collections.abc import Mapping
from typing import Any

from forms.form import Form, Row
from forms.guard import kind_words, look, mask
from forms.guarding import HOLDS
from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.interchange_folder.interchange import OPTIONS, TABLES
from icv_app.storage.report_state import ACCEPTANCES, RETURNS
from icv_app.storage.revision import Body

_REFERENCES = frozenset(
    column.name
    for columns in (*(table.columns for table in TABLES), *OPTIONS.values())
    for column in columns
    if column.kind not in ("text", "notes")
) | {"form_version", "copied_from", "source"}  # fmt: skip
"""What names a record, a code or a day, whatever form it stands in."""

_WRITTEN = ("text", "calculate")


def refuse_telling(words: str, *, custody_number: str = "") -> None:
    """Raise InvalidInput("personal_data") where words that stand beside a report may tell who somebody is."""
    found = look(words, custody_number=custody_number)
    if found:
        told = "; ".join(f"{kind_words(hit.kind)} “{hit.text}”" for hit in found)
        raise InvalidInput("personal_data", tr("This may hold personal data: {found}. Please take it out.", found=told))


def masked(body: Body, form: Form | None, *, custody_number: str = "") -> Body:
    """Return a copy of a record with its free texts masked, and the answers withheld that are to name somebody.

    What `form` has no question for counts as free text. Codes, numbers, dates and references stay.
    """
    rows = _rows(form.rows) if form is not None else {}
    return {
        name: _returns(value, custody_number) if name == RETURNS else _value(name, value, rows, custody_number)
        for name, value in body.items()
    }


def _returns(value: Any, custody_number: str, name: str = "") -> Any:
    """Return what was said when a report was sent back, its words masked; references, paths and times stay."""
    if isinstance(value, dict):
        return {key: _returns(inner, custody_number, key) for key, inner in value.items()}
    return mask(value, custody_number=custody_number) if name == "words" and isinstance(value, str) else value


def _value(name: str, value: Any, rows: Mapping[str, Row], custody_number: str) -> Any:
    if name in ("copied_from", ACCEPTANCES):  # references, by the path of the question; who, when and a mark
        return value
    if isinstance(value, dict):
        return {key: _value(key, inner, rows, custody_number) for key, inner in value.items()}
    if isinstance(value, list):
        return [_value(name, inner, rows, custody_number) for inner in value]
    if not isinstance(value, str):
        return value
    row = rows.get(name)
    holds = row.binds.get(HOLDS, "") if row is not None else ""
    if holds:
        return value if holds == "reference" else tr("[withheld]")
    written = row.kind in _WRITTEN if row is not None else name not in _REFERENCES
    return mask(value, custody_number=custody_number) if written or " " in value else value


def _rows(rows: tuple[Row, ...]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        found[row.name] = row
        found.update(_rows(row.rows))
    return found
