"""Forms as workbooks: written, read back the same, and refused with the place that the spreadsheet program shows."""

import contextlib
import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from forms import reader, xlsform
from forms.draft import Draft
from icv_app.errors import InvalidInput
from icv_app.form_versions import workbook
from icv_app.form_versions.workbook import WorkbookRefused
from tests.icv_app.xlsform_set import Case, cases

SET = list(cases())
NOW = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
ROWS = [["type", "name", "label"], ["text", "one", "One"]]


def book(path: Path, **sheets: list[list[object]]) -> Path:
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def refused(path: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(WorkbookRefused) as caught:
        workbook.read(path)
    assert caught.value.status == 2
    return [(fault.sheet, fault.row, fault.column) for fault in caught.value.faults]


# The set of public-style forms ----------------------------------------------------------------------------------------


def test_the_set_holds_forms_of_every_verdict() -> None:
    assert len(SET) >= 32
    assert sum(case.accepted for case in SET) >= 15
    assert {case.pyxform for case in SET if not case.accepted} == {True, False}


@pytest.mark.parametrize("case", [case for case in SET if case.accepted], ids=lambda case: case.name)
def test_a_supported_form_is_read_can_be_begun_and_survives_a_round(case: Case, tmp_path: Path) -> None:
    read = workbook.read(case.workbook(tmp_path / "form.xlsx"))
    for note in case.notes:
        assert any(note in said for said in read.notes)
    assert bool(read.notes) == bool(case.notes)
    Draft(read.form, clock=lambda: NOW, lists={}).problems()
    again = workbook.read(workbook.write(read.form, tmp_path / f"{read.form.name}.xlsx"))
    assert xlsform.sheets(again.form) == xlsform.sheets(read.form)


@pytest.mark.parametrize("case", [case for case in SET if not case.accepted], ids=lambda case: case.name)
def test_an_unsupported_form_is_refused_at_its_place(case: Case, tmp_path: Path) -> None:
    path = case.workbook(tmp_path / "form.xlsx")
    with pytest.raises(WorkbookRefused) as caught:
        workbook.read(path)
    places = [
        (fault.sheet, fault.row, fault.column.partition(" (")[0], fault.construct) for fault in caught.value.faults
    ]
    assert places == case.places
    assert all(fault.reason for fault in caught.value.faults)


@pytest.mark.parametrize("case", SET, ids=lambda case: case.name)
def test_pyxform_says_of_a_form_what_the_set_says_it_does(case: Case, tmp_path: Path) -> None:
    path = case.workbook(tmp_path / "form.xlsx")
    if case.pyxform:
        convert(str(path))
    else:
        with pytest.raises(PyXFormError):
            convert(str(path))


# Rounds ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", reader.shipped())
def test_a_shipped_form_survives_a_round_through_a_workbook(name: str, tmp_path: Path) -> None:
    form = reader.load(name)
    read = workbook.read(workbook.write(form, tmp_path / f"{name}.xlsx"))
    assert xlsform.sheets(read.form) == xlsform.sheets(form)
    assert read.notes == ()


def test_the_same_form_gives_the_same_bytes(tmp_path: Path) -> None:
    form = reader.load("kennel_visit")
    one = workbook.write(form, tmp_path / "one.xlsx").read_bytes()
    assert workbook.write(form, tmp_path / "two.xlsx").read_bytes() == one


def test_the_header_stays_in_sight_and_nothing_is_a_formula(tmp_path: Path) -> None:
    rows = [{"type": "text", "name": "one", "label": "=1+1 is no sum"}]
    form = reader.from_sheets(survey=rows, choices=[], settings={"version": "2026010101"}, name="odd")
    path = workbook.write(form, tmp_path / "odd.xlsx")
    made = openpyxl.load_workbook(path)
    assert made.sheetnames == ["survey", "choices", "settings"]
    sheet = made["survey"]
    assert sheet.freeze_panes == "C2"
    assert sheet["A1"].font.bold
    assert (sheet["C2"].value, sheet["C2"].data_type, sheet["C2"].alignment.wrap_text) == ("=1+1 is no sum", "s", True)
    assert xlsform.sheets(workbook.read(path).form) == xlsform.sheets(form)


def test_numbers_and_blanks_in_cells_are_what_they_look_like(tmp_path: Path) -> None:
    survey = [
        [" type ", "name", "label", "required", "default"],
        ["select_one scale ", " calm", "How calm?", True, 1.0],
        [],
        ["integer", "count", "How many?", "yes", 3],
    ]
    choices = [["list_name", "name", "label"], ["scale", 1, "Not"], ["scale", 2.0, "Very"]]
    settings = [["form_title", "form_id", "version"], ["Calm", "calm", 2026010101]]
    path = book(tmp_path / "form.xlsx", survey=survey, choices=choices, settings=settings)
    form = workbook.read(path).form
    assert [choice.name for choice in form.lists["scale"]] == ["1", "2"]
    assert [(row.name, row.required.lower(), row.default) for row in form.rows] == [
        ("calm", "true", "1"),
        ("count", "yes", "3"),
    ]
    assert form.version == "2026010101"


def test_a_hidden_sheet_is_read_and_told(tmp_path: Path) -> None:
    path = book(tmp_path / "form.xlsx", survey=[["type", "name", "label"], ["select_one yn", "a", "A"]],
                choices=[["list_name", "name", "label"], ["yn", "yes", "Yes"]])  # fmt: skip
    made = openpyxl.load_workbook(path)
    made["choices"].sheet_state = "hidden"
    made.save(path)
    assert workbook.read(path).notes == ("The sheet choices is hidden. It was read all the same.",)


def test_a_column_without_a_name_is_left_out_and_told(tmp_path: Path) -> None:
    path = book(tmp_path / "form.xlsx", survey=[["type", "name", "label"], ["text", "one", "One", "", "ask again"]])
    assert workbook.read(path).notes == ("Column E of the sheet survey has no name and was left out.",)


def test_curly_quotes_inside_a_text_stay(tmp_path: Path) -> None:
    survey = [["type", "name", "label", "relevant"], ["text", "one", "It’s “one”", ""],
              ["text", "two", "Two", "${one} = 'it’s' or ${one} = “Bob's”"]]  # fmt: skip
    form = workbook.read(book(tmp_path / "form.xlsx", survey=survey)).form
    assert form.rows[0].label() == "It’s “one”"
    assert form.rows[1].relevant == "${one} = 'it’s' or ${one} = \"Bob's\""


# What is refused before it is read ------------------------------------------------------------------------------------


def test_cells_that_hold_no_text_are_refused_one_by_one(tmp_path: Path) -> None:
    survey = [
        ["type", "name", "label", "default"],
        ["text", "one", "=A1", ""],
        ["date", "two", "Two", datetime.date(2026, 1, 1)],
        ["time", "three", "Three", datetime.time(9, 30)],
        ["text", "four", "#REF!", ""],
    ]
    path = book(tmp_path / "form.xlsx", survey=survey)
    assert refused(path) == [
        ("survey", 2, "label (C)"),
        ("survey", 3, "default (D)"),
        ("survey", 4, "default (D)"),
        ("survey", 5, "label (C)"),
    ]


def test_headers_are_unique_texts_in_the_first_row(tmp_path: Path) -> None:
    assert refused(book(tmp_path / "a.xlsx", survey=[["type", "name", "label", "label"], ["text", "a", "A", "B"]])) == [
        ("survey", 1, "label (D)")
    ]
    assert refused(book(tmp_path / "b.xlsx", survey=[["type", "name", 7], ["text", "a", "A"]])) == [("survey", 1, "C")]
    assert refused(book(tmp_path / "c.xlsx", survey=[[], *ROWS])) == [("survey", 1, "")]
    assert refused(
        book(tmp_path / "d.xlsx", survey=[["type", "name", "label", "caption"], ["text", "a", "A", "B"]])
    ) == [("survey", 1, "caption (D)")]


def test_what_stands_far_from_the_rest_is_not_lost_in_silence(tmp_path: Path) -> None:
    assert refused(book(tmp_path / "a.xlsx", survey=[*ROWS, *([[]] * 70), ["text", "far", "Far"]])) == [
        ("survey", 73, "")
    ]
    far = [["type", "name", "label", *[""] * 25, "hint"], ["text", "one", "One", *[""] * 25, "far"]]
    assert refused(book(tmp_path / "b.xlsx", survey=far)) == [("survey", 1, "hint (AC)")]
    made = Workbook()
    made.active.title = "survey"
    for row in ROWS:
        made.active.append(row)
    made.active["A1048576"] = "x"
    made.save(tmp_path / "c.xlsx")
    assert refused(tmp_path / "c.xlsx") == [("survey", 1048576, "")]


def test_a_sheet_called_survey_is_needed(tmp_path: Path) -> None:
    assert refused(book(tmp_path / "a.xlsx", questions=ROWS)) == [("", 0, "")]
    assert refused(book(tmp_path / "b.xlsx", **{"survey ": ROWS})) == [("survey ", 0, "")]
    assert refused(book(tmp_path / "c.xlsx", survey=[["type", "name", "label"]])) == [("survey", 0, "")]


def test_two_rows_of_settings_are_refused(tmp_path: Path) -> None:
    settings = [["form_title"], ["One"], [], ["Two"]]
    assert refused(book(tmp_path / "a.xlsx", survey=ROWS, settings=settings)) == [("settings", 4, "")]


OLE = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not an Excel workbook"),
        (b"type,name,label\ntext,a,A\n", "is not an Excel workbook"),
        (OLE + b"\0" * 600, "old Excel file"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"PK\x03\x04 and then nothing", "is damaged"),
    ],
    ids=["empty", "csv", "xls", "password", "cut"],
)
def test_a_file_that_is_no_workbook_is_refused_in_words(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(content)
    with pytest.raises(WorkbookRefused, match=words):
        workbook.read(path)


def with_part(path: Path, name: str, content: bytes) -> Path:
    book(path, survey=ROWS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = with_part(tmp_path / "bomb.xlsx", "xl/worksheets/sheet9.xml", b"0" * 70_000_000)
    with pytest.raises(WorkbookRefused, match="far too large"):
        workbook.read(path)


def test_macros_and_document_types_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkbookRefused, match="macros"):
        workbook.read(with_part(tmp_path / "a.xlsx", "xl/vbaProject.bin", b"x"))
    with pytest.raises(WorkbookRefused, match="damaged"):
        workbook.read(
            with_part(tmp_path / "b.xlsx", "xl/x.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>')
        )


def test_any_zip_is_no_workbook(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    (tmp_path / "a.xlsx").write_bytes(stream.getvalue())
    with pytest.raises(WorkbookRefused, match="not an Excel workbook"):
        workbook.read(tmp_path / "a.xlsx")


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_workbook_that_was_cut_short_is_refused_in_words(cut: int, tmp_path: Path) -> None:
    path = workbook.write(reader.load("training_observation"), tmp_path / "form.xlsx")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * cut // 12])
    with pytest.raises(WorkbookRefused):
        workbook.read(path)


@pytest.mark.parametrize("seed", range(25))
def test_a_workbook_with_other_bytes_is_read_or_refused_never_worse(seed: int, tmp_path: Path) -> None:
    import random

    chance = random.Random(seed)
    path = book(tmp_path / "form.xlsx", survey=ROWS)
    with zipfile.ZipFile(path) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    part = parts[chance.choice(sorted(parts))]
    for _ in range(chance.randint(1, 20)):
        part[chance.randrange(len(part))] = chance.choice(b'<>&"/x0 \xff')
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, bytes(content))
    with contextlib.suppress(WorkbookRefused):
        assert workbook.read(path).form.rows


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="There is no file"):
        workbook.read(tmp_path / "none.xlsx")
    with pytest.raises(InvalidInput, match="is a folder"):
        workbook.read(tmp_path)


def test_many_reasons_are_counted_not_listed_without_end(tmp_path: Path) -> None:
    survey = [["type", "name", "label"], *[["geopoint", f"g{n}", "Where?"] for n in range(30)]]
    with pytest.raises(WorkbookRefused, match="And 10 more") as caught:
        workbook.read(book(tmp_path / "a.xlsx", survey=survey))
    assert len(caught.value.faults) == 30
