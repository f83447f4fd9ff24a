"""The figures as CSV and JSON: one row a figure, nothing that a spreadsheet would run."""

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.formats.tables import COLUMNS, csv_text, json_text
from tests.reports import samples

ROOT = Path(__file__).parents[3]


def rows(summary):
    return list(csv.DictReader(io.StringIO(csv_text(samples.account(summary)))))


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


@pytest.mark.parametrize("head", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
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
    assert not row["note"].startswith(("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"))
    assert row["note"].removeprefix("'") == note.removeprefix("'")


def test_a_number_is_one_whatever_its_sign():
    found = rows(replace(samples.empty(), figures=(samples.plain("m", "f", -5, note="-5"),)))[0]
    assert (found["value"], found["note"]) == ("-5", "'-5")


def test_the_json_is_the_document_of_the_summary_and_what_it_is_about():
    quarter = samples.reference()
    document = json.loads(json_text(samples.account(quarter, edition=2, published_on=date(2025, 10, 20))))
    about = document.pop("about")
    assert document == quarter.as_document()
    assert document["period"] == {
        "name": "2025-26-Q2",
        "from": "2025-07-01",
        "to": "2025-09-30",
        "week_rule": "week-ending-sunday",
    }
    assert about == {
        "scheme": "Example Office of the Police and Crime Commissioner", "marking": "OFFICIAL", "edition": 2,
        "published_on": "2025-10-20", "records_to": "2025-10-06", "program_version": "0.1.0", "public": False,
        "withheld": 0, "whole_scheme": True,
    }  # fmt: skip


def test_what_is_withheld_has_no_number_and_a_note_that_says_so():
    held = replace(samples.plain("m", "f", None, note="Withheld: a few."), withheld=True)
    summary = replace(samples.empty(), figures=(held,))
    assert rows(summary)[0]["note"] == "[c] Withheld: a few."
    assert rows(summary)[0]["value"] == ""
    row = json.loads(json_text(samples.account(summary)))["figures"][0]
    assert (row["value"], row["numerator"], row["percent"], row["note"]) == (None, None, None, "[c] Withheld: a few.")


def test_the_window_can_import_pictures_words_and_tables_without_paying_for_reportlab():
    code = (
        "import sys, reports.scene, reports.summary.heatmap, reports.wording\n"
        "import reports.formats.tables, reports.summary.coverage\n"
        "sys.exit(any(name.startswith('reportlab') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
