"""A workbook file: an XLSX opened with care, and every place in it named as a spreadsheet program shows it."""

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from forms.translation import tr
from icv_app.errors import InvalidInput, Unavailable

FORM_SHEETS = ("survey", "choices", "settings")
OTHER_SHEETS = ("entities", "external_choices", "osm")
"""Sheets of XLSForm that this program has no use for, and must not pass over in silence."""

_LARGEST = 10_000_000  # bytes; a form of 1,000 questions in two languages has 0.2 million
_UNPACKED = 60_000_000
_PARTS = 2_000
_ROWS = 20_000
_COLUMNS = 300
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")  # the container of old .xls files, and of every file with a password
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One reason against a workbook. `row` as the spreadsheet program numbers it, 0 for the whole sheet."""

    reason: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    construct: str = ""

    def __str__(self) -> str:
        said = {"sheet": self.sheet, "row": self.row, "column": self.column, "reason": self.reason}
        if self.construct:
            said["reason"] = tr("{construct}: {reason}", construct=self.construct, reason=self.reason)
        if self.sheet and self.row and self.column:
            return tr("Sheet {sheet}, row {row}, column {column}: {reason}", **said)
        if self.sheet and self.row:
            return tr("Sheet {sheet}, row {row}: {reason}", **said)
        if self.sheet and self.column:
            return tr("Sheet {sheet}, column {column}: {reason}", **said)
        return tr("Sheet {sheet}: {reason}", **said) if self.sheet else str(said["reason"])


class WorkbookRefused(InvalidInput):
    """A workbook that cannot become a form (code "workbook_refused"); nothing was changed. `faults`: all reasons."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        lines = [tr("This workbook cannot be used. Nothing was changed."), *map(str, self.faults[:_SHOWN])]
        if len(self.faults) > _SHOWN:
            lines.append(tr("And {count} more.", count=len(self.faults) - _SHOWN))
        super().__init__("workbook_refused", "\n".join(lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a form. `headers`: column names by letter; `rows`: cells as text by column name, from row 2 on."""

    name: str
    headers: Mapping[str, str]
    rows: Sequence[Mapping[str, str]]

    def column(self, header: str) -> str:
        """Return how a column is called in a message: its name and its letter."""
        letter = next((letter for letter, name in self.headers.items() if name == header), "")
        return f"{header} ({letter})" if letter else header


@dataclass(slots=True)
class Book:
    """What was read: the sheets of a form by name, and what was passed over, in words."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read(path: Path) -> Book:
    """Read the three sheets of a form by pyxform's own reader, once every cell was seen to be text or a number.

    Raises WorkbookRefused, or Unavailable where the disk does not let the file be read.
    """
    content = fit_content(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pictures and validations, which are no part of a form
        try:
            look = _Look(content)
        except WorkbookRefused:
            raise
        except Exception:  # openpyxl meets a damaged file with errors of every kind
            raise not_a_workbook(path) from None
        if look.faults:
            raise WorkbookRefused(look.faults)
        return Book(sheets=_by_pyxform(content, look, path), notes=look.notes)


def _by_pyxform(content: bytes, look: "_Look", path: Path) -> dict[str, Sheet]:
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import get_xlsform

    try:
        read = get_xlsform(io.BytesIO(content), file_type=".xlsx")
    except PyXFormError as error:
        raise WorkbookRefused([Fault(reason=str(error))]) from None
    except Exception:  # as above
        raise not_a_workbook(path) from None
    rows = {"survey": read.survey, "choices": read.choices, "settings": read.settings}
    return {
        name: Sheet(name=name, headers=headers, rows=[_renamed(row) for row in rows[name] or ()])
        for name, headers in look.headers.items()
    }


def _renamed(row: Mapping[str, str]) -> dict[str, str]:
    return {_spaced(column): text for column, text in row.items()}


def _spaced(header: str) -> str:
    return " ".join(header.replace("\xa0", " ").split())


def not_a_workbook(path: Path) -> WorkbookRefused:
    """Return the refusal of a file that is damaged or something else."""
    return WorkbookRefused([Fault(reason=tr("{name} is damaged, or is not an Excel workbook.", name=path.name))])


def fit_content(path: Path) -> bytes:
    """Return the bytes of a file that is a workbook and safe to open. Raises what `read` raises."""
    try:
        if path.stat().st_size > _LARGEST:
            raise WorkbookRefused([Fault(reason=tr("{name} is far too large to be a form.", name=path.name))])
        content = path.read_bytes()
    except FileNotFoundError:
        raise InvalidInput("no_file", tr("There is no file {path}.", path=path)) from None
    except IsADirectoryError:
        raise InvalidInput("no_file", tr("{path} is a folder, not a workbook.", path=path)) from None
    except OSError as error:
        words = tr("{path} cannot be read: {reason}.", path=path, reason=error.strerror or "")
        raise Unavailable("file_unreadable", words) from error
    if reason := _unfit(content, path):
        raise WorkbookRefused([Fault(reason=reason)])
    return content


def _unfit(content: bytes, path: Path) -> str:
    """Return why the file is no workbook to open, or ""."""
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return tr("{name} is protected by a password. Save it without one, then try again.", name=path.name)
        return tr("{name} is an old Excel file. Save it as an Excel workbook (.xlsx), then try again.", name=path.name)
    if not content.startswith(b"PK"):
        return tr("{name} is not an Excel workbook. Save it as .xlsx, then try again.", name=path.name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
                return tr("{name} is far too large to be a form.", name=path.name)
            if any(name.endswith("vbaProject.bin") for name in names):
                return tr("{name} holds macros. Save it as a workbook without macros (.xlsx).", name=path.name)
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
                return tr("{name} is not an Excel workbook. Save it as .xlsx, then try again.", name=path.name)
            if any(part.flag_bits & 1 for part in parts):
                return tr("{name} is protected by a password. Save it without one, then try again.", name=path.name)
            for name in names:
                if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(name)[:4096]:
                    return not_a_workbook(path).faults[0].reason  # the way to a bomb of entities
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError, ValueError):
        return not_a_workbook(path).faults[0].reason
    except Exception:  # zlib and its kin, on what was cut short
        return not_a_workbook(path).faults[0].reason
    return ""


class _Look:
    """A look through every cell, for what pyxform would turn into text without a word or not reach at all."""

    _GAP_OF_COLUMNS = 20  # pyxform reads no further after so many without a name,
    _GAP_OF_ROWS = 60  # and so many blank rows

    def __init__(self, content: bytes) -> None:
        from openpyxl import load_workbook

        self.headers: dict[str, dict[str, str]] = {}
        self.faults: list[Fault] = []
        self.notes: list[str] = []
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            for title in workbook.sheetnames:
                self._sheet(workbook[title], title)
        finally:
            workbook.close()
        if "survey" not in self.headers and not self.faults:
            self.faults.append(Fault(reason=tr("There is no sheet called survey, which holds the questions.")))

    def _sheet(self, sheet: Any, title: str) -> None:
        name = title.strip().lower()
        if name != title.lower() and name in FORM_SHEETS:
            self._fault(title, 0, "", tr("There are spaces round the name of this sheet. Call it {name}.", name=name))
        elif name in OTHER_SHEETS:
            sheet.reset_dimensions()
            if any(filled_in(cell) for row in sheet.iter_rows(min_row=2, max_col=_COLUMNS) for cell in row):
                self._fault(title, 0, "", tr("This program does not use sheets of this kind. Remove the sheet."))
        elif name not in FORM_SHEETS:
            self.notes.append(tr("The sheet {sheet} is no part of a form and was left out.", sheet=title))
        elif not hasattr(sheet, "reset_dimensions"):
            self._fault(title, 0, "", tr("This is a chart, not a sheet with rows."))
        else:
            if sheet.sheet_state != "visible":
                self.notes.append(tr("The sheet {sheet} is hidden. It was read all the same.", sheet=title))
            sheet.reset_dimensions()
            self._rows(sheet, name)

    def _rows(self, sheet: Any, name: str) -> None:
        headers: dict[int, str] = {}
        last = 1
        unnamed: set[int] = set()
        for number, row in enumerate(sheet.iter_rows(max_col=_COLUMNS + 1), 1):
            filled = [(at, cell) for at, cell in enumerate(row, 1) if filled_in(cell)]
            if not filled:
                continue
            if filled[-1][0] > _COLUMNS or number > _ROWS:
                self._fault(name, number, "", tr("There is something far outside the form here. Remove it."))
                return
            if number == 1:
                headers = self._header(name, filled)
                continue
            if not headers:
                self._fault(name, 1, "", tr("The first row must hold the names of the columns."))
                return
            if number - last > self._GAP_OF_ROWS:
                self._fault(name, number, "", tr("This row stands far below the others. Remove the blank rows."))
                return
            last = number
            unnamed.update(at for at, _ in filled if at not in headers)
            for at, cell in filled:
                if at in headers and (reason := odd(cell)):
                    self._fault(name, number, f"{headers[at]} ({letter_of(at)})", reason)
        self.headers[name] = {letter_of(at): header for at, header in headers.items()}
        for at in sorted(unnamed):
            words = tr(
                "Column {letter} of the sheet {sheet} has no name and was left out.", letter=letter_of(at), sheet=name
            )
            self.notes.append(words)

    def _header(self, name: str, filled: Sequence[tuple[int, Any]]) -> dict[int, str]:
        headers: dict[int, str] = {}
        last = 0
        for at, cell in filled:
            header = _spaced(str(cell.value))
            if not isinstance(cell.value, str) or cell.data_type in ("f", "e"):
                self._fault(name, 1, letter_of(at), tr("The name of a column must be a plain text."))
            elif header in headers.values():
                self._fault(name, 1, f"{header} ({letter_of(at)})", tr("There are two columns of this name."))
            elif at - last > self._GAP_OF_COLUMNS:
                reason = tr("This column stands far to the right of the others. Remove the empty columns.")
                self._fault(name, 1, f"{header} ({letter_of(at)})", reason)
            headers[at], last = header, at
        return headers

    def _fault(self, sheet: str, row: int, column: str, reason: str) -> None:
        self.faults.append(Fault(reason=reason, sheet=sheet, row=row, column=column))


def filled_in(cell: Any) -> bool:
    """Return whether a cell holds anything but blanks."""
    value = cell.value
    return value is not None and not (isinstance(value, str) and not value.strip())


def odd(cell: Any) -> str:
    """Return why a cell cannot be taken as it stands, or ""."""
    if cell.data_type == "f":
        return tr("There is a formula in this cell. Put the text itself there.")
    if cell.data_type == "e":
        return tr("There is an error of the spreadsheet in this cell: {value}.", value=cell.value)
    if isinstance(cell.value, (date, time, timedelta)):
        return tr("The spreadsheet holds this as a date or time. Format the cell as text, then type it again.")
    return ""


def letter_of(at: int) -> str:
    """Return the letters of a column, A for 1."""
    letters = ""
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
