"""The fields of a form as columns of the interchange folder, in the order of the form."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from forms.form import Form, Row
from icv_app.interchange_folder.interchange import CellKind, Column

_KINDS: Mapping[str, CellKind] = MappingProxyType(
    {
        "text": "text",
        "integer": "integer",
        "decimal": "decimal",
        "date": "date",
        "time": "time",
        "dateTime": "dateTime",
        "select_one": "text",
        "select_multiple": "text",
        "calculate": "any",
    }
)


def questions(rows: tuple[Row, ...]) -> Iterator[Row]:
    """Yield what holds an answer outside repeats, in the order of the form, groups opened."""
    for row in rows:
        if row.kind == "group":
            yield from questions(row.rows)
        elif row.kind in _KINDS:
            yield row


def columns_of(rows: tuple[Row, ...]) -> dict[str, Column]:
    """Return the columns of a form's answers outside its repeats, or of the rows of one repeat, by name."""
    return {row.name: Column(name=row.name, kind=_KINDS[row.kind]) for row in questions(rows)}


def repeats_of(form: Form) -> dict[str, tuple[Row, ...]]:
    """Return the rows of each repeating part of `form` by the part's name."""
    return dict(_repeats(form.rows))


def _repeats(rows: tuple[Row, ...]) -> Iterator[tuple[str, tuple[Row, ...]]]:
    for row in rows:
        if row.kind == "repeat":
            yield row.name, row.rows
        elif row.kind == "group":
            yield from _repeats(row.rows)
