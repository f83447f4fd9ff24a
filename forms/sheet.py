"""A row of an XLSForm sheet: its cells as text by column, with the columns that this program knows."""

from collections.abc import Iterator, Mapping
from typing import Any, Self

from forms.form import Kind, Row
from forms.refusal import FormRefused
from forms.translation import tr

TRANSLATED: Mapping[str, frozenset[str]] = {
    "survey": frozenset({"label", "hint", "guidance_hint", "required_message", "constraint_message"}),
    "choices": frozenset({"label"}),
}
SURVEY_COLUMNS = (
    "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant", "constraint",
    "constraint_message", "calculation", "choice_filter", "default", "readonly", "repeat_count", "appearance",
)  # fmt: skip
BIND = "bind::icv:"
"""The prefix of our own columns, which pyxform passes on."""

_ALIASES = {"read_only": "readonly", "calculate": "calculation", "list name": "list_name", "value": "name"}
_ONLY_FOR: Mapping[str, frozenset[str]] = {
    "choice_filter": frozenset({"select_one", "select_multiple"}),
    "repeat_count": frozenset({"repeat"}),
}


def cell_text(value: Any, sheet: str, row: int, column: str) -> str:
    """Return a cell as text: TOML's true and false are "yes" and "no", numbers their digits."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return str(value)
    if value is None:
        return ""
    raise FormRefused(
        tr("a cell is text, a number or true/false, not a {type}", type=type(value).__name__),
        sheet=sheet,
        row=row,
        column=column,
    )


class Cells:
    """The filled cells of one row, numbered from 1. Texts without a language stand in the form's default language."""

    def __init__(self, cells: Mapping[str, Any], sheet: str, number: int, default_language: str) -> None:
        self.sheet = sheet
        self.number = number
        self._default_language = default_language
        self._cells: dict[str, str] = {}
        for column, value in cells.items():
            text = cell_text(value, sheet, number, column)
            if text:
                self._cells[_ALIASES.get(column.strip(), column.strip())] = text

    @classmethod
    def survey(cls, cells: Mapping[str, Any], number: int, default_language: str) -> Self:
        """Return a row of the survey sheet; a column that this program does not know may not be filled."""
        row = cls(cells, "survey", number, default_language)
        for column, text in row._cells.items():
            base, separator, _ = column.partition("::")
            known = base in TRANSLATED["survey"] if separator else column in SURVEY_COLUMNS
            if not known and not column.startswith(BIND):
                raise row.refused(tr("is not a column that this program knows"), column, text)
        return row

    @classmethod
    def choices(cls, cells: Mapping[str, Any], number: int, default_language: str) -> Self:
        """Return a row of the choices sheet; other columns than XLSForm's are for choice filters."""
        row = cls(cells, "choices", number, default_language)
        for column, text in row._cells.items():
            if "::" in column and column.partition("::")[0] != "label":
                raise row.refused(tr("is not a column that this program knows"), column, text)
        return row

    def __bool__(self) -> bool:
        return bool(self._cells)

    def __getitem__(self, column: str) -> str:
        return self._cells.get(column, "")

    def refused(self, reason: str, column: str, construct: str = "") -> FormRefused:
        """Return the refusal of this row."""
        return FormRefused(reason, sheet=self.sheet, row=self.number, column=column, construct=construct)

    def texts(self, column: str) -> dict[str, str]:
        """Return a translated column by language; the default language is "" as well as its own name."""
        texts: dict[str, str] = {}
        for name, text in self._cells.items():
            base, _, language = name.partition("::")
            if base == column:
                texts[language.strip()] = text
        if self._default_language in texts:
            texts.setdefault("", texts[self._default_language])
        return texts

    def languages(self) -> Iterator[str]:
        """Yield the languages of the filled cells."""
        for name in self._cells:
            base, separator, language = name.partition("::")
            if separator and base in TRANSLATED[self.sheet]:
                yield language.strip()

    def extra(self) -> dict[str, str]:
        """Return the columns of a choice that are its own."""
        return {
            column: text
            for column, text in self._cells.items()
            if column not in {"list_name", "name"} and column.partition("::")[0] != "label"
        }

    def row(self, kind: Kind, *, list_name: str = "", from_file: bool = False, rows: tuple[Row, ...] = ()) -> Row:
        """Return this row of the survey as a row of the form."""
        for column, kinds in _ONLY_FOR.items():
            if self[column] and kind not in kinds:
                reason = (
                    tr("an integer has no {column}", column=column)
                    if kind == "integer"
                    else tr("a {type} has no {column}", type=kind, column=column)
                )
                raise self.refused(reason, column, self[column])
        return Row(
            kind=kind,
            name=self["name"],
            number=self.number,
            labels=self.texts("label"),
            hints=self.texts("hint"),
            guidances=self.texts("guidance_hint"),
            list_name=list_name,
            from_file=from_file,
            required=self["required"],
            required_messages=self.texts("required_message"),
            relevant=self["relevant"],
            constraint=self["constraint"],
            constraint_messages=self.texts("constraint_message"),
            calculation=self["calculation"],
            default=self["default"],
            choice_filter=self["choice_filter"],
            readonly=self["readonly"],
            repeat_count=self["repeat_count"],
            appearance=self["appearance"],
            binds={column[len("bind::") :]: text for column, text in self._cells.items() if column.startswith(BIND)},
            rows=rows,
        )
