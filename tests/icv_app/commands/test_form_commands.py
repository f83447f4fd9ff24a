"""The commands of forms and paper: what they print, write and end with."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

import resources
from forms import reader
from icv_app.clock import Clock
from icv_app.form_versions import workbook
from tests.console import Ended, Run, carry_out, program

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
SECRETS = {"ICV_PASSPHRASE": "correct horse battery", "ICV_INVITE_PASSPHRASE": "another horse battery"}


@pytest.fixture
def icv(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command at a laptop of the office that holds the example, at noon of 1 December 2026."""
    monkeypatch.chdir(tmp_path)
    whole = program(Clock(lambda: NOW))

    def go(*argv: str | Path, profile: str = "a") -> Ended:
        return carry_out(["--profile", profile, *map(str, argv)], whole, SECRETS, capsys)

    assert go("init", "--scheme", "Test", "--person", "OFFICE1", "--role", "coordinator").status == 0
    assert go("import", resources.path("example")).status == 0
    return go


def with_a_question(path: Path) -> Path:
    """Do what the office does: put a row into the workbook."""
    book = openpyxl.load_workbook(path)
    sheet = book["survey"]
    heads = [cell.value for cell in sheet[1]]
    at = next(n for n in range(2, sheet.max_row) if sheet.cell(n, heads.index("name") + 1).value == "left")
    sheet.insert_rows(at)
    for column, text in {"type": "integer", "name": "cups_of_tea", "label": "How many cups of tea?"}.items():
        sheet.cell(at, heads.index(column) + 1).value = text
    book.save(path)
    return path


def test_a_form_goes_out_gets_a_question_and_comes_back(icv: Run, tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    assert icv("forms", "export", "kennel_visit", file).status == 0
    with_a_question(file)
    shown = icv("forms", "import", file)
    assert (shown.status, shown.out) == (2, "")
    assert "Added: How many cups of tea? (cups_of_tea, integer)" in shown.err
    assert "Give --yes to go ahead. Nothing was changed." in shown.err
    done = icv("forms", "import", file, "--yes", "--json")
    assert done.status == 0
    assert {key: done.json[key] for key in ("form", "version", "published")} == {
        "form": "kennel_visit", "version": "2026120101", "published": True,
    }  # fmt: skip
    assert [change["what"] for change in done.json["changes"]] == ["added"]
    again = icv("forms", "import", file)
    assert (again.status, again.out) == (0, "")
    assert "nothing to publish" in again.err


def test_the_list_tells_the_version_in_force_and_the_others(icv: Run, tmp_path: Path) -> None:
    usual = reader.load("kennel_visit").version
    file = tmp_path / "form.xlsx"
    icv("forms", "export", "kennel_visit", file)
    icv("forms", "import", with_a_question(file), "--yes")
    rows = {row["form"]: row for row in icv("forms", "list", "--json").json}
    assert list(rows) == list(reader.shipped())
    row = rows["kennel_visit"]
    assert (row["version"], row["origin"]) == ("2026120101", "scheme")
    assert row["others"] == [{"version": usual, "origin": "program"}]
    assert row["questions"] > 50
    assert "version 2026120101 of the scheme" in icv("forms", "list").out
    assert icv("forms", "export", "kennel_visit", tmp_path / "old.xlsx", "--version", usual).status == 0
    assert workbook.read(tmp_path / "old.xlsx").form.version == usual


def test_nothing_is_overwritten_unasked(icv: Run, tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    file.write_text("mine")
    refused = icv("forms", "export", "kennel_visit", file)
    assert (refused.status, file.read_text()) == (2, "mine")
    assert icv("forms", "export", "kennel_visit", file, "--yes").status == 0


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["forms", "export", "prison_visit", "x.xlsx"], "none of the forms"),
        (["forms", "export", "kennel_visit", "x.xlsx", "--version", "1"], "does not know version 1"),
        (["forms", "import", "none.xlsx"], "There is no file"),
        (["forms", "print", "kennel_visit", "x.pdf", "--site", "nowhere"], "There is no site nowhere"),
        (["forms", "print", "kennel_visit", "x.pdf", "--date", "tomorrow"], "is not a date"),
        (["forms", "print", "kennel_visit", "x.pdf", "--language", "xx"], "has no texts in xx"),
        (["print", "CV-0", "x.pdf"], "There is no visit CV-0"),
        (["forms"], "VERB"),
    ],
    ids=["form", "version", "file", "site", "date", "language", "record", "verb"],
)
def test_a_wrong_command_ends_with_2_and_writes_nothing(argv: list[str], words: str, icv: Run, tmp_path: Path) -> None:
    ended = icv(*argv)
    assert ended.status == 2
    assert words in ended.err
    assert not list(tmp_path.glob("x.*"))


def test_a_workbook_that_cannot_be_used_ends_with_2_and_its_places(icv: Run, tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    icv("forms", "export", "kennel_visit", file)
    book = openpyxl.load_workbook(file)
    book["survey"]["A3"] = "geopoint"
    book.save(file)
    ended = icv("forms", "import", file, "--yes")
    assert (ended.status, ended.out) == (2, "")
    assert "Sheet survey, row 3, column type (A): geopoint: " in ended.err
    assert {row["origin"] for row in icv("forms", "list", "--json").json} == {"program"}


def test_a_visitor_cannot_publish(icv: Run, tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    icv("forms", "export", "kennel_visit", file)
    icv("invite", "i.icvinvite", "--person", "ICV02", "--role", "visitor")
    assert icv("init", "--join", "i.icvinvite", profile="b").status == 0
    ended = icv("forms", "import", with_a_question(file), "--yes", profile="b")
    assert (ended.status, ended.err) == (2, "Only the office can change a form.\n")


def test_a_blank_form_is_printed_with_its_header_and_version(icv: Run, tmp_path: Path) -> None:
    file = tmp_path / "blank.pdf"
    assert icv("forms", "print", "kennel_visit", file, "--site", "dog-unit", "--date", "2026-12-02").status == 0
    text = "\n".join(page.extract_text() for page in PdfReader(file).pages)
    assert reader.load("kennel_visit").version in text
    assert "2 December 2026" in text


def test_one_report_is_printed(icv: Run, tmp_path: Path) -> None:
    assert icv("print", "CV-2025-0002", tmp_path / "one.pdf").status == 0
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "one.pdf").pages)
    assert "CV-2025-0002" in text
    assert icv("print", "CV-2025-0002", tmp_path / "masked.pdf", "--mask").status == 0
    masked = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "masked.pdf").pages)
    assert "Personal details masked" in masked
