"""A paper's template as a file: TOML as the program ships it, or a workbook for a spreadsheet program."""

import io
import json
import re
import tomllib
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from forms.translation import tr
from icv_app.errors import InvalidInput, Unavailable
from icv_app.files import package_file, whole_file
from icv_app.form_versions import workbook_file
from icv_app.paper_row import COLUMNS, TYPES, Row, Rows, from_cells
from icv_app.summaries.paper_name import NAMES, REPEATS, VARIANT_MEANINGS

_LARGEST: Final = 1_000_000  # bytes; the longest shipped template has 12,000
_MOST_ROWS: Final = 2_000
_MOST_COLUMNS: Final = 60
_LONGEST_CELL: Final = 32_767  # of a spreadsheet; more would be cut off without a word
_WIDTHS: Final = {"type": 14, "label": 26, "number": 9, "text": 90, "commentary": 40, "repeat": 14, "relevant": 44}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a file holds: the template's name, its rows, and where each stands, as messages say it ("row 4")."""

    name: str
    rows: Rows
    places: tuple[int, ...]


def toml(name: str, rows: Rows) -> str:
    """Return a template as TOML, which `read_toml` reads back the same."""
    lines = [f"name = {_quoted(name)}"]
    for row in rows:
        lines += ["", "[[row]]", *(f"{column} = {_quoted(text)}" for column, text in row.as_cells().items())]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a text as a basic string of TOML: that of JSON, which leaves DEL alone."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def read_toml(text: str, *, file: str) -> Held:
    """Return the template in a TOML text; `file` is for messages. Raises InvalidInput("paper_template")."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as broken:
        raise _refused(_not_toml(file, str(broken))) from None
    if unknown := sorted(set(document) - {"name", "row"}):
        raise _refused(tr("{name}: there is no “{key}” in a template, only name and row.", name=file, key=unknown[0]))
    found = document.get("row", [])
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise _refused(tr("{name}: each row begins with [[row]].", name=file))
    for number, row in enumerate(found, 1):
        _known_columns(row, tr("{name}, row {row}", name=file, row=number))
        for column, value in row.items():
            if not isinstance(value, str):
                words = tr("{place}: write {column} in quotes.", column=column,
                           place=tr("{name}, row {row}", name=file, row=number))  # fmt: skip
                raise _refused(words)
    name = document.get("name")
    return Held(
        name=name if isinstance(name, str) else "",
        rows=tuple(from_cells(row) for row in found),
        places=tuple(range(1, len(found) + 1)),
    )


def _not_toml(file: str, reason: str) -> str:
    """Return what is told of a file that cannot be read as TOML; of the reader's own words only the line is of use."""
    line = re.search(r"at line (\d+)", reason)
    if line is None:
        return tr("{name} is not a whole template: it stops in the middle, or is no TOML file.", name=file)
    return tr(
        "{name}: line {line} is not as a template is written. A row begins with [[row]], and below it stands what it "
        'holds, in quotes: text = "Visitors made ${{visits_counted}}."',
        name=file, line=line[1],
    )  # fmt: skip


def _known_columns(columns: Sequence[str] | Mapping[str, Any], place: str) -> None:
    for column in columns:
        if column not in COLUMNS:
            known = ", ".join(COLUMNS)
            words = tr("{place}: there is no column “{column}”. The columns are: {known}.", place=place,
                       column=column[:40], known=known)  # fmt: skip
            raise _refused(words)


def _refused(words: str) -> InvalidInput:
    return InvalidInput("paper_template", words)


# Workbooks -----------------------------------------------------------------------------------------------------------


def write(path: Path, name: str, rows: Rows) -> Path:
    """Write a template to `path`: as a workbook where it ends in .xlsx, else as TOML. The same one, the same bytes.

    Raises Unavailable("document_not_written").
    """
    if path.suffix.lower() == ".xlsx":
        return whole_file.put(path, _workbook(name, rows))
    return whole_file.put(path, toml(name, rows).encode())


def _workbook(name: str, rows: Rows) -> bytes:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.title = name[:31]  # the longest that a sheet may have
    _fill(sheet, [_WIDTHS[column] for column in COLUMNS], [COLUMNS, *_cells(rows)])
    sheet.freeze_panes = "B2"
    for column, allowed in (("type", TYPES), ("repeat", tuple(REPEATS))):
        choice = DataValidation(
            type="list", formula1=f'"{",".join(allowed)}"', allow_blank=True, showErrorMessage=False
        )
        letter = chr(ord("A") + COLUMNS.index(column))
        choice.add(f"{letter}2:{letter}{len(rows) + 100}")
        sheet.add_data_validation(choice)
    names = book.create_sheet("names")  # beside the rows, for whoever edits them; reading passes it over
    told = [(f"${{{each.name}}}", each.repeat, tr(each.meaning)) for each in NAMES]
    variants = tuple((f"${{…{ending}}}", "", tr(words)) for ending, words in VARIANT_MEANINGS.items())
    _fill(names, (26, 16, 90), [(tr("Name"), "repeat", tr("Stands for")), *told, *variants])
    names.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return package_file.settled(stream.getvalue())


def _cells(rows: Rows) -> Iterator[tuple[str, ...]]:
    for row in rows:
        yield tuple(getattr(row, column) for column in COLUMNS)


def _fill(sheet: Any, widths: Sequence[int], lines: Sequence[Sequence[str]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    for number, line in enumerate(lines, 1):
        for at, text in enumerate(line, 1):
            if not text:
                continue
            cell = sheet.cell(number, at)
            cell.value = text[:_LONGEST_CELL]
            cell.data_type = "s"  # never a formula, whatever it begins with
            cell.number_format = "@"
            cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)


def read(path: Path) -> Held:
    """Return the template in the file at `path`, a workbook or TOML by its ending; it is not checked yet.

    Raises InvalidInput ("paper_template", "workbook_refused", "no_file") and Unavailable("file_unreadable").
    """
    if path.suffix.lower() == ".xlsx":
        return _read_workbook(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise _refused(tr("{name} is far too large to be a template.", name=path.name))
        return read_toml(path.read_text(encoding="utf-8-sig"), file=path.name)
    except UnicodeDecodeError:
        raise _refused(tr("{name} is not a text in UTF-8.", name=path.name)) from None
    except FileNotFoundError:
        raise InvalidInput("no_file", tr("There is no file {path}.", path=path)) from None
    except OSError as error:
        words = tr("{path} cannot be read: {reason}.", path=path, reason=error.strerror or "")
        raise Unavailable("file_unreadable", words) from error


def _read_workbook(path: Path) -> Held:
    from openpyxl import load_workbook

    content = workbook_file.fit_content(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            sheet = book[book.sheetnames[0]]
            sheet.reset_dimensions()
            grid = list(sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS))
            title = str(sheet.title)
        except Exception:  # openpyxl meets a damaged file with errors of every kind
            raise workbook_file.not_a_workbook(path) from None
    columns = [str(cell.value or "").strip().lower() for cell in grid[0]] if grid else []
    _known_columns([column for column in columns if column], tr("{name}, row 1", name=path.name))
    rows: list[Row] = []
    places: list[int] = []
    for number, line in enumerate(grid[1:], 2):
        filled = {
            columns[at]: cell for at, cell in enumerate(line)
            if at < len(columns) and columns[at] and workbook_file.filled_in(cell)
        }  # fmt: skip
        if not filled:
            continue
        for column, cell in filled.items():
            if reason := workbook_file.odd(cell):
                place = tr("{name}, row {row}, column {column}", name=path.name, row=number, column=column)
                raise _refused(tr("{place}: {reason}", place=place, reason=reason))
        rows.append(from_cells({column: _plain(cell.value) for column, cell in filled.items()}))
        places.append(number)
    return Held(name=title, rows=tuple(rows), places=tuple(places))


def _plain(value: object) -> str:
    """Return a cell as text: spreadsheet programs make 51.0 of 51, and TRUE of true."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
