"""A form as an XLSX workbook: written for the office to edit in a spreadsheet program, and read back with care."""

import copy
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from forms import reader, xlsform
from forms.form import Form
from forms.refusal import FormRefused
from forms.sheet import SURVEY_COLUMNS, TRANSLATED
from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.files import package_file, whole_file
from icv_app.form_versions import workbook_file, xlsform_dialect
from icv_app.form_versions.workbook_file import Fault, WorkbookRefused
from icv_app.form_versions.xlsform_dialect import Plain

__all__ = ["Fault", "FormRead", "WorkbookRefused", "read", "write"]

_WIDTHS = {"type": 28, "name": 24, "list_name": 24, "label": 60, "hint": 40, "appearance": 14, "required": 12}
_USUAL_WIDTH = 30
_LONGEST = 32_767  # characters in a cell; more would be cut off without a word
_ROW_OF = re.compile(r"\[row\s*:\s*(\d+)\]\s*")
_NAMED = re.compile(r"named '([^']+)'")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRead:
    """A form out of a workbook. `notes` tell in words what was passed over.

    `rows`: where each question stands, by name; `choices`: each choice, by list and code; `settings`: the row of these;
    `headers`: how a column is called in the workbook, by sheet and our name of it.
    """

    form: Form
    notes: tuple[str, ...]
    rows: Mapping[str, int]
    choices: Mapping[tuple[str, str], int]
    settings: int
    headers: Mapping[str, Mapping[str, str]]

    def placed(self, fault: Fault) -> Fault:
        """Return a fault that names our column as one that names the column of the workbook, with its letter."""
        column = self.headers.get(fault.sheet, {}).get(fault.column, fault.column)
        return replace(fault, column=column, row=self.settings if fault.sheet == "settings" else fault.row)


# Writing -------------------------------------------------------------------------------------------------------------


def write(form: Form, path: Path) -> Path:
    """Write `form` as a workbook with the sheets survey, choices and settings, whole or not at all.

    The same form gives the same bytes. Raises Unavailable("document_not_written").
    """
    from openpyxl import Workbook

    made = xlsform.sheets(form)
    workbook = Workbook()
    workbook.remove(workbook.active)
    _sheet(workbook, "survey", _ordered(made.survey, SURVEY_COLUMNS), made.survey)
    _sheet(workbook, "choices", _ordered(made.choices, ("list_name", "name", "label")), made.choices)
    _sheet(workbook, "settings", tuple(made.settings), [made.settings])
    stream = io.BytesIO()
    workbook.save(stream)
    return whole_file.put(path, package_file.settled(stream.getvalue()))


def _ordered(rows: Sequence[Mapping[str, str]], usual: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of a sheet: the usual ones, each followed by its translations, then what else there is."""
    found = dict.fromkeys(column for row in rows for column in row)
    columns: list[str] = []
    for name in usual:
        translated = [column for column in found if column.partition("::")[0] == name and column != name]
        plain = name in found or name not in TRANSLATED["survey"] or not translated
        columns += [name] * plain + translated
    return (*columns, *(column for column in found if column not in columns))


def _sheet(workbook: object, title: str, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = workbook.create_sheet(title)  # type: ignore[attr-defined]
    for at, column in enumerate(columns, 1):
        texts = [column, *(row.get(column, "") for row in rows)]
        wide = _WIDTHS.get(column.partition("::")[0], _USUAL_WIDTH)
        sheet.column_dimensions[get_column_letter(at)].width = max(wide, min(len(column) + 2, 40))
        for number, text in enumerate(texts, 1):
            if not text:
                continue
            if len(text) > _LONGEST:
                raise InvalidInput("too_long", tr("{column} is too long for a spreadsheet: {text}", column=column,
                                                  text=f"{text[:60]}…"))  # fmt: skip
            cell = sheet.cell(number, at)
            cell.value = text
            cell.data_type = "s"  # never a formula, whatever it begins with
            cell.number_format = "@"  # so that no spreadsheet program makes a date or a number of it
            cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "C2" if title == "survey" else "A2"


# Reading -------------------------------------------------------------------------------------------------------------


def read(path: Path) -> FormRead:
    """Return the form in a workbook, read by pyxform's reader, checked by ours and converted once by pyxform's.

    Any form_id is taken. Raises WorkbookRefused with every reason that could be found, each with sheet, row, column
    and construct as the spreadsheet program shows them; InvalidInput("no_file"); Unavailable("file_unreadable").
    """
    book = workbook_file.read(path)
    sheets = {name: xlsform_dialect.plain(sheet) for name, sheet in book.sheets.items()}
    survey, choices, settings = (sheets.get(name, Plain()) for name in workbook_file.FORM_SHEETS)
    faults = [fault for made in (survey, choices, settings) for fault in made.faults]
    filled = [at for at, row in enumerate(settings.rows) if row]
    if len(filled) > 1:
        faults.append(Fault(reason=tr("There may be one row of settings."), sheet="settings", row=filled[1] + 2))
    if faults:
        raise WorkbookRefused(faults)
    named = settings.rows[filled[0]] if filled else {}
    form = _checked(survey, choices, named, path.stem, sheets)
    _second_opinion(survey, choices, named, path.stem)
    notes = [*book.notes, *(note for made in (survey, choices, settings) for note in made.notes)]
    rows = {row["name"]: number for number, row in enumerate(survey.rows, 2) if row.get("name")}
    listed = {
        (row["list_name"], row["name"]): number
        for number, row in enumerate(choices.rows, 2)
        if row.get("list_name") and row.get("name")
    }
    return FormRead(
        form=form, notes=tuple(notes), rows=rows, choices=listed, settings=filled[0] + 2 if filled else 0,
        headers={name: made.headers for name, made in sheets.items()},
    )  # fmt: skip


def _checked(
    survey: Plain, choices: Plain, settings: Mapping[str, str], name: str, sheets: Mapping[str, Plain]
) -> Form:
    at = [number for number, row in enumerate(choices.rows, 2) if row]
    listed = [row for row in choices.rows if row]
    try:
        # a blank row in place of the header: the reader's numbers are then those of the spreadsheet program
        reader.from_sheets(survey=[{}, *survey.rows], choices=listed, settings=settings, name=name)
    except FormRefused as refused:
        row = refused.row
        if refused.sheet == "choices" and 0 < row <= len(at):
            row = at[row - 1]
        elif refused.sheet == "settings":
            row = 2
        headers = sheets[refused.sheet].headers if refused.sheet in sheets else {}
        column = headers.get(refused.column, refused.column)
        raise WorkbookRefused(
            [Fault(reason=refused.reason, sheet=refused.sheet, row=row, column=column, construct=refused.construct)]
        ) from None
    rows = [row for row in survey.rows if row]
    return reader.from_sheets(survey=rows, choices=listed, settings=settings, name=name)


def _second_opinion(survey: Plain, choices: Plain, settings: Mapping[str, str], name: str) -> None:
    """Have pyxform convert what was read; it knows rules of XLSForm that this program has no need of."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    sheets = {"survey": survey.rows, "choices": choices.rows, "settings": [dict(settings)]}
    document: dict[str, object] = {}
    for title, rows in sheets.items():
        if any(rows):
            document[title] = rows
            document[f"{title}_header"] = [dict.fromkeys(column for row in rows for column in row)]
    try:
        convert(copy.deepcopy(document), form_name="data" if not name.isidentifier() else None)
    except PyXFormError as error:
        said = str(error)
        found = _ROW_OF.search(said)
        named = (number for number, row in enumerate(survey.rows, 2) if row.get("name") in _NAMED.findall(said))
        number = int(found[1]) if found else next(named, 0)
        sheet = next((each for each in workbook_file.FORM_SHEETS if f"'{each}' sheet" in said), "survey")
        reason = tr("The checker of XLSForms says: {words}", words=" ".join(_ROW_OF.sub("", said).split()))
        raise WorkbookRefused([Fault(reason=reason, sheet=sheet, row=number)]) from None
    except Exception:  # its own faults are no reason to stop with a traceback, but one not to trust the form
        reason = tr("The checker of XLSForms cannot convert this form, and does not say why.")
        raise WorkbookRefused([Fault(reason=reason)]) from None
