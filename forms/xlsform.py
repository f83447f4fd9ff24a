"""The XLSForm of a form: its survey, choices and settings sheets as rows by column name, for pyxform and workbooks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.form import Form, Row
from forms.outline import CONTAINERS, SELECTS

Cells = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """The three sheets; each row holds its filled columns. Row n of `survey` is row n of the form."""

    survey: tuple[Cells, ...]
    choices: tuple[Cells, ...]
    settings: Cells


def sheets(form: Form) -> Sheets:
    """Return the sheets of `form`; `reader.from_sheets` makes an equal form of them."""
    language = form.settings.get("default_language", "")
    choices = tuple(
        {"list_name": name, "name": choice.name, **_texts("label", choice.labels, language), **choice.extra}
        for name, listed in form.lists.items()
        for choice in listed
    )
    settings = {"form_title": form.title, "form_id": form.name, "version": form.version, **form.settings}
    return Sheets(
        survey=tuple(_survey(form.rows, language)),
        choices=choices,
        settings={column: value for column, value in settings.items() if value},
    )


def _survey(rows: tuple[Row, ...], language: str) -> Iterator[Cells]:
    for row in rows:
        cells = {
            "type": _type(row),
            "name": row.name,
            **_texts("label", row.labels, language),
            **_texts("hint", row.hints, language),
            **_texts("guidance_hint", row.guidances, language),
            "required": row.required,
            **_texts("required_message", row.required_messages, language),
            "relevant": row.relevant,
            "constraint": row.constraint,
            **_texts("constraint_message", row.constraint_messages, language),
            "calculation": row.calculation,
            "default": row.default,
            "choice_filter": row.choice_filter,
            "readonly": row.readonly,
            "repeat_count": row.repeat_count,
            "appearance": row.appearance,
            **{f"bind::{name}": value for name, value in row.binds.items()},
        }
        yield {column: value for column, value in cells.items() if value}
        if row.kind in CONTAINERS:
            yield from _survey(row.rows, language)
            yield {"type": f"end_{row.kind}"}


def _type(row: Row) -> str:
    if row.kind in CONTAINERS:
        return f"begin_{row.kind}"
    if row.kind in SELECTS:
        return f"{row.kind}_from_file {row.list_name}.csv" if row.from_file else f"{row.kind} {row.list_name}"
    return row.kind


def _texts(column: str, texts: Mapping[str, str], default_language: str) -> Cells:
    """Return the columns of a text; the default language stands under its own name where it has one there."""
    return {
        f"{column}::{language}" if language else column: text
        for language, text in texts.items()
        if language or not default_language or default_language not in texts
    }
