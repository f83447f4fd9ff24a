"""The documents of a period from the command line: formats, folders, editions, the public's copy, and the log of it."""

import json
import sys
import zipfile

import pytest

import resources
from icv_app.program import FORMATS
from tests.icv_app.commands.test_command_line import Run, icv, start  # noqa: F401  (a fixture)

QUARTER = "2025-26-Q2"
HEADS = {"pdf": b"%PDF-", "html": b"<!DOCTYPE html>", "docx": b"PK", "xlsx": b"PK", "csv": b"measure,", "json": b"{"}


@pytest.fixture
def scheme(icv: Run):  # noqa: F811
    start(icv, "a")
    assert icv("import", resources.path("example"), "--profile", "a").status == 0

    def run(*argv):
        return icv(*argv, "--profile", "a")

    return run


def test_every_format_is_known_by_the_name_of_its_file(scheme, tmp_path):
    for ending in FORMATS:
        done = scheme("summary", QUARTER, "-o", f"q.{ending}")
        assert done.status == 0, (ending, done.err)
        assert done.out == ""
        assert f"Written: q.{ending}\n" in done.err
        assert (tmp_path / f"q.{ending}").read_bytes().startswith(HEADS[ending])
    with zipfile.ZipFile(tmp_path / "q.docx") as parts:
        assert "word/document.xml" in parts.namelist()
    with zipfile.ZipFile(tmp_path / "q.xlsx") as parts:
        assert "xl/workbook.xml" in parts.namelist()


def test_in_a_folder_a_file_is_called_by_its_marking_and_name(scheme, tmp_path):
    (tmp_path / "out").mkdir()
    assert scheme("summary", QUARTER, "--format", "html", "-o", "out").status == 0
    (made,) = (tmp_path / "out").iterdir()
    assert made.name.startswith("OFFICIAL")
    assert made.name.endswith(f"Quarterly compliance summary {QUARTER} draft.html")
    again = scheme("summary", QUARTER, "--format", "html", "-o", "out")
    assert (again.status, "is there already" in again.err) == (2, True)
    assert scheme("summary", QUARTER, "--format", "html", "-o", "out", "--yes").status == 0


def test_where_neither_a_table_nor_its_name_says_the_marking_it_is_said(scheme):
    for name, said in (("figures.csv", True), ("OFFICIAL-SENSITIVE figures.csv", False), ("figures.html", False)):
        told = scheme("summary", QUARTER, "-o", name).err
        assert ("holds no marking, and neither does its name. It is OFFICIAL" in told) == said, name


def test_only_texts_go_to_a_screen(scheme, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert scheme("summary", QUARTER, "--format", "html").out.startswith("<!DOCTYPE html>")
    for ending in ("pdf", "docx", "xlsx"):
        done = scheme("summary", QUARTER, "--format", ending)
        assert (done.status, done.out) == (2, "")
        assert "-o FILE" in done.err
    unknown = scheme("summary", QUARTER, "-o", "q.doc")
    assert (unknown.status, "--format" in unknown.err) == (2, True)


def test_another_document_of_the_same_figures(scheme, tmp_path):
    (tmp_path / "out").mkdir()
    assert scheme("summary", QUARTER, "--document", "panel-paper", "--format", "docx", "-o", "out").status == 0
    (made,) = (tmp_path / "out").iterdir()
    assert "summary" not in made.name.lower()
    assert scheme("summary", QUARTER, "--document", "novel").status == 2
    plain, other = (
        scheme("summary", QUARTER, "--format", "csv", "--document", name).out for name in ("summary", "icva-return")
    )
    assert plain == other, "the figures are the same, whichever the document"


def test_a_copy_for_the_public_says_what_it_withholds(scheme):
    own = scheme("summary", QUARTER)
    public = scheme("summary", QUARTER, "--public")
    assert public.status == 0
    assert (own.json["about"]["public"], public.json["about"]["public"]) == (False, True)
    withheld = [row for row in public.json["figures"] if row["note"].startswith("[c]")]
    assert public.json["about"]["withheld"] == len(withheld)
    assert all((row["value"], row["numerator"], row["percent"]) == (None, None, None) for row in withheld)
    assert "for a public paper" in public.err
    assert ("Withheld:" in public.err) == bool(withheld)
    assert "for a public paper" not in own.err


def test_an_edition_is_told_as_it_was_published(scheme):
    refused = scheme("summary", QUARTER, "--edition", "0")
    assert (refused.status, "not published" in refused.err) == (2, True)
    assert scheme("publish", QUARTER, "--yes").status == 0
    live = scheme("summary", QUARTER).json
    assert live["about"]["edition"] is None
    for number in ("0", "1"):
        kept = scheme("summary", QUARTER, "--edition", number).json
        assert kept["about"]["edition"] == 1
        assert kept["about"]["published_on"] == "2026-11-22"
        assert kept["figures"] == live["figures"]
    assert scheme("summary", QUARTER, "--edition", "2").status == 2
    done = scheme("status", "beaumont-leys", "--change", "2025-07-01", "--status", "closed", "--reason", "r")
    assert done.status == 0, done.err
    assert scheme("summary", QUARTER).json["figures"] != live["figures"]
    assert scheme("summary", QUARTER, "--edition", "1").json["figures"] == live["figures"]


def test_what_leaves_the_laptop_is_in_the_log_and_what_does_not_is_not(scheme, tmp_path):
    assert scheme("summary", QUARTER, "--document", "icva-return", "--public", "-o", "r.html").status == 0
    assert scheme("summary", QUARTER, "-o", "q.doc").status == 2
    entries = [row for row in scheme("audit", "--json").json["entries"] if row["action"] == "exported"]
    told = json.dumps(entries)
    assert len(entries) == 1
    assert "icva_return" in told
    assert "html" in told
    assert QUARTER in told
