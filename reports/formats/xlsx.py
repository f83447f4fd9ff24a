"""The figures as a workbook: each a row of real numbers, with a code book that says what everything is.

Nothing in it is a formula: what a spreadsheet would run stands in a cell of text.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, TypeAlias

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from forms.translation import later, tr
from icv_app import figure_name
from icv_app.account import Account
from icv_app.figure import Figure
from icv_app.files import package_file
from icv_app.summaries import part_of_scheme
from reports import defence, wording
from reports.document import TAGS
from reports.formats.tables import COLUMNS, noted
from reports.plain import clean
from reports.summary import coverage

Cell: TypeAlias = str | int | float | date | bool | None

FIGURES, CODES, PERIOD, COVERAGE = later("Figures"), later("Codebook"), later("Period"), later("Coverage")
"""The sheets by their names."""

_LONGEST = 32_767  # characters in a cell; more would damage the file
_ADDED = ("withheld", "name", "site_name")  # after the columns that the CSV has too
_SAID = {
    "measure": later("What was counted: a code, the same in every language."),
    "figure": later("Which figure of the measure: a code."),
    "site": later("The code of the site; empty: all sites together."),
    "numerator": later("The upper number of a ratio; empty for a plain count, or where it is not known."),
    "denominator": later("The lower number of a ratio; empty for a plain count, or where it is not known."),
    "value": later("The number of a plain count, or minutes or days; empty for a ratio, or where it is not known."),
    "percent": later("The ratio as a percentage to one decimal, halves up; empty where there is none."),
    "unit": later("What is counted."),
    "note": later("How the rule met the data, or why a number is not there."),
    "withheld": later("TRUE where there is a number that a public document does not say; the note says why."),
    "name": later("The figure in plain words."),
    "site_name": later("The site by its name."),
}
_CODES = ("kind", "measure", "figure", "name", "unit", "rule", "documented")
_COVERAGE = ("measure", "site", "site_name", "first", "last", "needed", "completed", "attempted", "state")
_WIDTHS = {"note": 60, "name": 44, "site_name": 30, "measure": 22, "figure": 30, "site": 20, "unit": 18}
_NARROW = 13
_HEAD = PatternFill("solid", fgColor="12436D")


def render(account: Account) -> bytes:
    """Return the XLSX of an account; the same account gives the same bytes."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    _sheet(workbook, account, FIGURES, [*COLUMNS, *_ADDED], _figures(account), percent=COLUMNS.index("percent") + 1)
    _sheet(
        workbook, account, CODES, ["kind", "measure", "figure", "name", "unit", "rule", "documented"], _codes(account)
    )
    _sheet(workbook, account, PERIOD, ["name", "value"], _period(account))
    _sheet(workbook, account, COVERAGE, _COVERAGE, _cells(account))
    told = workbook.properties
    told.title = clean(tr("Figures of {period}", period=account.period.name))
    told.creator = told.lastModifiedBy = clean(account.scheme)[:255]
    told.subject = clean(account.marking)[:255]
    told.language = TAGS.get(account.language, account.language)
    told.created = told.modified = datetime.combine(account.records_to or date(2000, 1, 1), time(), UTC)
    stream = io.BytesIO()
    workbook.save(stream)
    return package_file.settled(stream.getvalue(), account.records_to)


def _figures(account: Account) -> Iterable[Sequence[Cell]]:
    names = {site.site: site.name for site in account.summary.sites}
    for figure in account.summary.figures:
        row = noted(figure)
        percent = row["percent"]
        yield [
            *(float(percent) if name == "percent" and percent else row[name] for name in COLUMNS),
            figure.withheld,
            figure_name.title(figure),
            names.get(figure.site, figure.site) if figure.site else tr("all sites"),
        ]


def _codes(account: Account) -> Iterable[Sequence[Cell]]:
    for name in (*COLUMNS, *_ADDED):
        yield ["column", "", name, "", "", tr(_SAID[name]), ""]
    first: dict[tuple[str, str], Figure] = {}
    for figure in account.summary.figures:
        first.setdefault((figure.measure, figure.figure), figure)
    for (measure, name), figure in first.items():
        rule = defence.rule(replace(figure, note=""))
        yield ["figure", measure, name, figure_name.title(figure), figure.unit, rule, "docs/figures.md"]
    for state, words in coverage.STATES.items():
        yield ["state", "", state, tr(words), "", "", "docs/coverage.md"]


def _period(account: Account) -> Iterable[Sequence[Cell]]:
    period = account.period
    if not account.whole:
        yield [tr("Not the scheme’s figures."), part_of_scheme.words()]
    yield [tr("Marking"), account.marking]
    yield [tr("Scheme"), account.scheme]
    yield [tr("Period"), period.name]
    yield [tr("First day"), period.first]
    yield [tr("Last day"), period.last]
    yield [tr("Weeks"), tr(wording.WEEK_RULES.get(period.week_rule, period.week_rule))]
    yield [tr("Edition"), account.edition or tr("not published")]
    yield [tr("Published on"), account.published_on]
    yield [tr("Made by"), f"icv-app {account.program_version}".strip()]
    yield [tr("Records up to"), account.records_to]
    yield [tr("For the public"), account.public]
    yield [tr("Numbers withheld"), len(account.withheld)]
    yield [tr("Reports returned and not counted"), account.left_out.returned]
    for change in account.changes:
        yield [tr("Changed since the edition before"), change]
    for note in account.summary.notes:
        yield [tr("Note"), note]


def _cells(account: Account) -> Iterable[Sequence[Cell]]:
    names = {site.site: site.name for site in account.summary.sites}
    for cell in account.summary.coverage:
        yield [
            cell.measure, cell.site, names.get(cell.site, cell.site), cell.first, cell.last, cell.needed,
            cell.completed, cell.attempted, cell.state,
        ]  # fmt: skip


def _sheet(
    workbook: Any, account: Account, name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], percent: int = 0
) -> None:
    """Add a sheet with one header row; the column `percent` shows one decimal."""
    sheet = workbook.create_sheet(_title(tr(name)))
    write = _writer(sheet, percent)
    for number, row in enumerate((head, *rows), 1):
        for at, value in enumerate(row, 1):
            write(number, at, value)
    for at, column in enumerate(head, 1):
        top = sheet.cell(1, at)
        top.font, top.fill = Font(bold=True, color="FFFFFF"), _HEAD
        top.alignment = Alignment(wrap_text=True, vertical="bottom")
        wide = {"rule": 90, "documented": 18, "value": 60 if len(head) == 2 else _NARROW}
        sheet.column_dimensions[get_column_letter(at)].width = wide.get(column, _WIDTHS.get(column, _NARROW))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    marking = clean(account.marking).replace("\n", " ").replace("&", "&&")[:200]
    sheet.oddHeader.center.text = marking
    sheet.oddFooter.center.text = marking
    sheet.oddFooter.right.text = "&P / &N"


def _writer(sheet: Any, percent: int) -> Callable[[int, int, Cell], None]:
    wrapped = Alignment(wrap_text=True, vertical="top")
    plain = Alignment(vertical="top")

    def write(number: int, at: int, value: Cell) -> None:
        if value is None or value == "":
            return
        cell = sheet.cell(number, at)
        if isinstance(value, str):
            text = clean(value)[:_LONGEST]
            cell.value = text
            cell.data_type = "s"  # never a formula or an error, whatever it says
            cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
            cell.alignment = wrapped
            return
        cell.value, cell.alignment = value, plain
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        elif at == percent:
            cell.number_format = "0.0"

    return write


def _title(text: str) -> str:
    """Return a name that a sheet may bear."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in text)[:31]
