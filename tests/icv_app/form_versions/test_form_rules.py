"""What a scheme's own form may not do, seen from the spreadsheet: every refusal names the place as it shows it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from forms import reader
from icv_app.clock import Clock
from icv_app.form_versions import workbook
from icv_app.form_versions.workbook import WorkbookRefused
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength

FORM = "kennel_visit"
CLOCK = Clock(lambda: datetime(2026, 11, 29, 12, 0, tzinfo=UTC))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Laptop]:
    with Laptop.start(
        tmp_path / "a", scheme="Test", person="OFFICE1", role="coordinator",
        passphrase="three plain words", strength=Strength.LIGHT, clock=CLOCK,
    ) as made:  # fmt: skip
        yield made


class Sheets:
    """The workbook of a form, open in a spreadsheet program."""

    def __init__(self, path: Path) -> None:
        self.path = workbook.write(reader.load(FORM), path)
        self.book = openpyxl.load_workbook(path)
        self.survey, self.choices, self.settings = (self.book[name] for name in ("survey", "choices", "settings"))

    def letter(self, sheet: Worksheet, column: str) -> str:
        return next(str(cell.column_letter) for cell in sheet[1] if cell.value == column)

    def row(self, sheet: Worksheet, name: str) -> int:
        return next(int(cell.row) for cell in sheet[self.letter(sheet, "name")] if cell.value == name)

    def put(self, sheet: Worksheet, row: int, **cells: str) -> None:
        for column, text in cells.items():
            sheet[f"{self.letter(sheet, column)}{row}"] = text

    def ask(self, name: str, before: str = "left") -> None:
        row = self.row(self.survey, before)
        self.survey.insert_rows(row)
        self.put(self.survey, row, type="text", name=name, label="And?")

    def refused(self, office: Laptop) -> str:
        self.book.save(self.path)
        with pytest.raises(WorkbookRefused) as caught:
            office.paperwork.book.preview(self.path)
        return caught.value.words


@pytest.fixture
def sheets(tmp_path: Path) -> Sheets:
    return Sheets(tmp_path / "form.xlsx")


def test_a_retyped_core_question_is_refused_with_the_letter_of_the_column(sheets: Sheets, office: Laptop) -> None:
    row = sheets.row(sheets.survey, "travel_minutes_1")
    sheets.put(sheets.survey, row, type="decimal")
    assert f"Sheet survey, row {row}, column type (A): travel_minutes_1: This must stay integer" in sheets.refused(
        office
    )


def test_a_code_that_no_folder_knows_is_refused_with_its_row(sheets: Sheets, office: Laptop) -> None:
    row = sheets.row(sheets.choices, "admitted_immediately")
    sheets.put(sheets.choices, row, name="straight_in")
    assert f"Sheet choices, row {row}, column name (B): access: straight_in is not an answer" in sheets.refused(office)


def test_a_wrong_form_id_is_refused_with_its_row(sheets: Sheets, office: Laptop) -> None:
    sheets.put(sheets.settings, 2, form_id="prison_visit")
    letter = sheets.letter(sheets.settings, "form_id")
    assert f"Sheet settings, row 2, column form_id ({letter}): prison_visit: The form_id" in sheets.refused(office)


@pytest.mark.parametrize("name", ["Arrived", "Dogs", "Visit", "FORM_version"])
def test_a_name_that_differs_in_capitals_alone_is_refused(name: str, sheets: Sheets, office: Laptop) -> None:
    row = sheets.row(sheets.survey, "left")
    sheets.ask(name)
    assert f"Sheet survey, row {row}, column name (B): {name}: " in sheets.refused(office)


def test_a_name_too_long_for_the_file_of_its_answers_is_refused(sheets: Sheets, office: Laptop) -> None:
    sheets.ask("x" * 101)
    assert "A name has at most 100 letters" in sheets.refused(office)


@pytest.fixture
def publish(office: Laptop) -> Callable[[Sheets], str]:
    def go(sheets: Sheets) -> str:
        sheets.book.save(sheets.path)
        book = office.paperwork.book
        return book.publish(book.preview(sheets.path), office=True).version

    return go


@pytest.mark.parametrize("version", ["9" * 12, "9" * 13, "9" * 15, "9" * 16])
def test_no_version_of_a_workbook_is_the_last_that_can_be_published(
    version: str, sheets: Sheets, publish: Callable[[Sheets], str]
) -> None:
    sheets.put(sheets.settings, 2, version=version)
    sheets.ask("one")
    first = publish(sheets)
    sheets.put(sheets.survey, sheets.row(sheets.survey, "one"), label="And another?")
    assert int(publish(sheets)) > int(first)
