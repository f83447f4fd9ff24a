"""The reader of form files: TOML in XLSForm's own columns in, a checked `Form` out."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

from forms import logic, sheet
from forms.form import Choice, Form, Kind, Row
from forms.outline import CONTAINERS, REFERENCE_COLUMNS, no_such_list
from forms.refusal import FormRefused
from forms.tokens import NAME
from forms.translation import later, tr

__all__ = ["FormRefused", "load", "read", "shipped"]

_SHIPPED = ("custody_visit", "record_review", "kennel_visit", "training_observation")
_PLAIN = frozenset({"text", "integer", "decimal", "date", "time", "dateTime", "note", "calculate"})
_FROM_FILE = re.compile(r"(select_one|select_multiple)_from_file\s+([^\s/\\]+)\.csv")
_SELECT = re.compile(r"(select_one|select_multiple)\s+(\S+)")
_SETTINGS = frozenset({"form_title", "form_id", "version", "default_language"})
_NONE_TO_END = {
    "group": later("there is no group to end here"),
    "repeat": later("there is no repeat to end here"),
}
_NEVER_ENDED = {
    "group": later("this group is never ended"),
    "repeat": later("this repeat is never ended"),
}
_EMPTY = {
    "group": later("this group is empty"),
    "repeat": later("this repeat is empty"),
}


def shipped() -> tuple[str, ...]:
    """Return the names of the forms that come with the program."""
    return _SHIPPED


@cache
def load(name: str, version: str | None = None) -> Form:
    """Return a shipped form by name, in its present version; KeyError where no such form or version is shipped."""
    if name not in _SHIPPED:
        raise KeyError(name)
    form = read((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"), name=name)
    if version is not None and version != form.version:
        raise KeyError(f"{name} {version}")
    return form


def read(text: str, *, name: str) -> Form:
    """Return the form written in `text`. FormRefused says where it cannot be used and why; `name` is for messages."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as broken:
        raise FormRefused(tr("{name} is not a TOML file: {reason}", name=name, reason=broken), sheet="") from None
    for key in document:
        if key not in {"settings", "choices", "survey"}:
            raise FormRefused(tr("is not a sheet of a form"), sheet="", construct=key)
    return from_sheets(
        survey=_table(document, "survey"),
        choices=_table(document, "choices"),
        settings=_settings_row(document),
        name=name,
    )


def from_sheets(
    *,
    survey: Sequence[Mapping[str, Any]],
    choices: Sequence[Mapping[str, Any]],
    settings: Mapping[str, Any],
    name: str,
) -> Form:
    """Return the form of three sheets given as rows by column name. FormRefused as `read`."""
    fixed = _settings(settings)
    default_language = fixed.get("default_language", "")
    survey_rows = [sheet.Cells.survey(cells, number, default_language) for number, cells in enumerate(survey, 1)]
    choice_rows = [sheet.Cells.choices(cells, number, default_language) for number, cells in enumerate(choices, 1)]
    lists = _lists(choice_rows)
    rows = _Tree(survey_rows, lists).rows()
    languages = dict.fromkeys(language for cells in (*survey_rows, *choice_rows) for language in cells.languages())
    form = Form(
        name=fixed.get("form_id") or name,
        version=fixed.get("version", ""),
        title=fixed.get("form_title") or name,
        rows=rows,
        lists=lists,
        settings=fixed,
        languages=tuple(language for language in languages if language),
    )
    logic.of(form)
    return form


def _table(document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = document.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FormRefused(tr("write each row as [[{name}]]", name=name), sheet=name)
    return rows


def _settings_row(document: Mapping[str, Any]) -> Mapping[str, Any]:
    settings = document.get("settings", {})
    if not isinstance(settings, dict):
        raise FormRefused(tr("write it once, as [settings]"), sheet="settings")
    return settings


def _settings(cells: Mapping[str, Any]) -> dict[str, str]:
    fixed = {column: sheet.cell_text(value, "settings", 0, column) for column, value in cells.items()}
    for column, value in fixed.items():
        if value and column not in _SETTINGS:
            raise FormRefused(tr("is not a setting of this program"), sheet="settings", column=column, construct=value)
    return {column: value for column, value in fixed.items() if value}


def _lists(rows: Sequence[sheet.Cells]) -> dict[str, tuple[Choice, ...]]:
    lists: dict[str, dict[str, Choice]] = {}
    for cells in rows:
        list_name, name = cells["list_name"], cells["name"]
        for column in ("list_name", "name"):
            if not cells[column]:
                raise cells.refused(tr("is missing"), column)
        if len(name.split()) != 1:
            raise cells.refused(tr("a choice's name is one word: several are stored with spaces between"), "name", name)
        known = lists.setdefault(list_name, {})
        if name in known:
            raise cells.refused(tr("stands twice in the list {list}", list=list_name), "name", name)
        known[name] = Choice(name=name, labels=cells.texts("label"), extra=cells.extra())
    return {name: tuple(known.values()) for name, known in lists.items()}


class _Tree:
    """Folds the flat rows of the survey sheet into groups and repeats."""

    def __init__(self, cells: Sequence[sheet.Cells], lists: Mapping[str, tuple[Choice, ...]]) -> None:
        self._cells = iter(cells)
        self._lists = lists
        self._names: dict[str, int] = {}

    def rows(self) -> tuple[Row, ...]:
        """Return the rows at the top of the form."""
        rows = tuple(self._until_end(None, in_repeat=False))
        if not rows:
            raise FormRefused(tr("the form has no questions"))
        return rows

    def _until_end(self, opened: sheet.Cells | None, *, in_repeat: bool) -> Iterator[Row]:
        for cells in self._cells:
            if not cells:
                continue
            kind = cells["type"].replace("_", " ")
            if kind in {"end group", "end repeat"}:
                if opened is None or kind[4:] != _container(opened):
                    raise cells.refused(tr(_NONE_TO_END[kind[4:]]), "type", cells["type"])
                return
            yield self._row(cells, in_repeat=in_repeat)
        if opened is not None:
            raise opened.refused(tr(_NEVER_ENDED[_container(opened)]), "type", opened["type"])

    def _row(self, cells: sheet.Cells, *, in_repeat: bool) -> Row:
        self._name(cells)
        container = _container(cells)
        if not container:
            kind, list_name, from_file = self._type(cells)
            return cells.row(kind, list_name=list_name, from_file=from_file)
        if container == "repeat" and in_repeat:
            raise cells.refused(tr("a repeat inside a repeat is not supported"), "type", cells["name"])
        inside = tuple(self._until_end(cells, in_repeat=in_repeat or container == "repeat"))
        if not inside:
            raise cells.refused(tr(_EMPTY[container]), "type", cells["name"])
        return cells.row(cast("Kind", container), rows=inside)

    def _name(self, cells: sheet.Cells) -> None:
        name = cells["name"]
        if not name:
            raise cells.refused(tr("is missing"), "name", cells["type"])
        if not NAME.fullmatch(name):
            raise cells.refused(tr("a name is a letter, then letters, digits, `_`, `-` and `.`"), "name", name)
        if name in self._names:
            raise cells.refused(tr("the name stands in row {row} already", row=self._names[name]), "name", name)
        self._names[name] = cells.number

    def _type(self, cells: sheet.Cells) -> tuple[Kind, str, bool]:
        text = " ".join(cells["type"].split())
        if text in _PLAIN:
            return cast("Kind", text), "", False
        found = _FROM_FILE.fullmatch(text)
        if found:
            if found[2] not in REFERENCE_COLUMNS:
                raise cells.refused(no_such_list(), "type", text)
            return cast("Kind", found[1]), found[2], True
        found = _SELECT.fullmatch(text)
        if found is None:
            raise cells.refused(tr("is not a type of question that this program knows"), "type", text or tr("(empty)"))
        if found[2] not in self._lists:
            raise cells.refused(tr("the choices sheet has no list {list}", list=found[2]), "type", text)
        return cast("Kind", found[1]), found[2], False


def _container(cells: sheet.Cells) -> str:
    """Return "group" or "repeat" for a row that begins one, else ""."""
    begin, _, kind = cells["type"].replace("_", " ").partition(" ")
    return kind if begin == "begin" and kind in CONTAINERS else ""
