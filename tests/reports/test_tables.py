"""The figures as CSV and JSON: one row a figure, nothing that a spreadsheet would run."""

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app.errors import Unavailable
from reports.tables import COLUMNS, csv_text, json_text, write_csv, write_json
from tests.reports import samples

ROOT = Path(__file__).parents[2]


def rows(summary):
    return list(csv.DictReader(io.StringIO(csv_text(summary))))


def test_the_csv_has_one_row_a_figure_and_the_columns_that_stay_fixed():
    assert COLUMNS == ("measure", "figure", "site", "numerator", "denominator", "value", "percent", "unit", "note")
    quarter = samples.reference()
    found = rows(quarter)
    assert len(found) == len(quarter.figures)
    coverage = next(row for row in found if row["figure"] == "target_coverage" and row["site"] == "beaumont-leys")
    assert (coverage["numerator"], coverage["denominator"], coverage["value"], coverage["percent"]) == (
        "4",
        "9",
        "",
        "44.4",
    )


def test_a_figure_that_is_not_known_is_an_empty_cell_and_a_nought_is_not():
    found = rows(replace(samples.nothing_due(), figures=(samples.plain("a", "b", None), samples.plain("a", "c", 0))))
    assert [row["value"] for row in found] == ["", "0"]


@pytest.mark.parametrize("head", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_is_marked_as_text(head):
    figure = samples.plain("custody_visit", "visits_completed", 1, f"{head}site", note=f'{head}HYPERLINK("x")')
    found = rows(replace(samples.empty(), figures=(figure,)))[0]
    assert found["site"] == f"'{head}site".replace("\r", "\n")
    assert found["note"].startswith("'")
    assert found["value"] == "1"


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00")))
def test_no_cell_of_text_ever_opens_with_a_sign_that_is_run(note):
    figure = samples.plain("m", "f", 1, note=note)
    row = rows(replace(samples.empty(), figures=(figure,)))[0]
    assert not row["note"].startswith(("=", "+", "-", "@", "\t"))
    assert row["note"].removeprefix("'") == note.removeprefix("'")


def test_the_json_is_the_document_of_the_summary():
    quarter = samples.reference()
    document = json.loads(json_text(quarter))
    assert document == quarter.as_document()
    assert document["period"] == {
        "name": "2025-26-Q2",
        "from": "2025-07-01",
        "to": "2025-09-30",
        "week_rule": "week-ending-sunday",
    }


def test_both_go_to_a_file_or_to_a_stream_alike(tmp_path):
    for name, write, text in (("a.json", write_json, json_text), ("a.csv", write_csv, csv_text)):
        stream = io.StringIO()
        write(samples.reference(), stream)
        write(samples.reference(), tmp_path / name)
        assert stream.getvalue() == text(samples.reference()) == (tmp_path / name).read_bytes().decode("utf-8")


def test_a_folder_that_is_away_is_told_in_words(tmp_path):
    with pytest.raises(Unavailable, match=r"figures\.csv could not be written"):
        write_csv(samples.empty(), tmp_path / "away" / "figures.csv")


def test_the_window_can_import_pictures_words_and_tables_without_paying_for_reportlab():
    code = (
        "import sys, reports.scene, reports.heatmap, reports.wording, reports.tables, reports.coverage\n"
        "sys.exit(any(name.startswith('reportlab') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
