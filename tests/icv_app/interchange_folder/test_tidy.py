"""Tidy tables: an ordinary SQLite file that other programs read, with what a laptop may read and nothing picked."""

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import resources
from forms import reader
from icv_app.errors import InvalidInput, Unavailable
from icv_app.interchange_folder import tidy
from icv_app.interchange_folder.import_plan import plan
from icv_app.interchange_folder.importing import read
from icv_app.interchange_folder.interchange import TABLES

TODAY = date(2026, 11, 22)
FORMS = {name: reader.load(name) for name in reader.shipped()}
ABOUT = {"scheme": "Northshire ICV", "marking": "OFFICIAL-SENSITIVE"}
VISIT = {
    "visit": "V1", "form": "custody_visit", "site": "euston", "date": "2025-10-08", "status": "completed", "seen": 3,
    "visitor_1": "ICV01", "visitor_2": "ICV02", "travel_minutes_1": 45, "state": "submitted",
}  # fmt: skip


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def written(folder: Path, *, forms: Any = FORMS, **bodies: dict[str, dict[str, Any]]) -> Path:
    held = {table.kind: bodies.get(table.kind, {}) for table in TABLES}
    return tidy.write(folder / "scheme.db", tidy.tables(held, forms), ABOUT)


def asked(path: Path, query: str) -> list[Any]:
    with opened(path) as connection:
        return connection.execute(query).fetchall()


def test_every_row_of_the_example_stands_in_a_table_named_as_its_file(tmp_path: Path) -> None:
    reading = read(resources.path("example"), forms={}, held_forms={}, today=TODAY)
    held: dict[str, dict[str, Any]] = {table.kind: {} for table in TABLES}
    for kind, key, body in plan(reading, {}, forms={}, today=TODAY).items:
        held[kind][key] = body
    path = tidy.write(tmp_path / "scheme.db", tidy.tables(held, FORMS), ABOUT)
    for table in TABLES:
        assert asked(path, f"SELECT count(*) FROM {table.file.removesuffix('.csv')}") == [(len(held[table.kind]),)]
    assert asked(path, "PRAGMA integrity_check") == [("ok",)]


def test_numbers_are_numbers_and_what_is_not_recorded_is_null(tmp_path: Path) -> None:
    path = written(tmp_path, visit={"V1": VISIT})
    assert asked(path, "SELECT seen, typeof(seen), declined, slot FROM visits") == [(3, "integer", None, None)]


def test_a_text_of_digits_stays_a_text(tmp_path: Path) -> None:
    path = written(tmp_path, visit={"V1": {**VISIT, "own_question": "0117", "status_reason": "007"}})
    assert asked(path, "SELECT own_question, status_reason FROM visits") == [("0117", "007")]


def test_an_answer_of_another_type_than_its_column_is_kept(tmp_path: Path) -> None:
    path = written(tmp_path, visit={"V1": {**VISIT, "seen": "about three"}})
    assert asked(path, "SELECT seen FROM visits") == [("about three",)]


def test_a_report_says_what_a_folder_leaves_out_as_usual(tmp_path: Path) -> None:
    path = written(tmp_path, visit={"V1": VISIT, "V2": {**VISIT, "visit": "V2", "state": "accepted", "mode": "video"}})
    found = asked(path, "SELECT visit, state, visit_type, mode FROM visits ORDER BY visit")
    assert found == [("V1", "submitted", "standard", "in_person"), ("V2", "accepted", "standard", "video")]


def test_visitors_have_a_row_each(tmp_path: Path) -> None:
    slot = {"slot": "S1", "measure": "custody_visit", "period_start": "2025-10-06", "visitors": "ICV01;ICV02"}
    path = written(tmp_path, visit={"V1": VISIT}, slot={"S1": slot})
    assert asked(path, "SELECT * FROM visit_visitors") == [("V1", 1, "ICV01", 45), ("V1", 2, "ICV02", None)]
    assert asked(path, "SELECT * FROM slot_visitors") == [("S1", "ICV01"), ("S1", "ICV02")]


def test_the_rows_of_a_repeat_stand_in_a_table_of_their_own(tmp_path: Path) -> None:
    rows = {"b": {"issue_text": "cold"}, "a": {"issue_text": "dark"}}
    path = written(tmp_path, visit={"V1": {**VISIT, "issues": rows}})
    assert asked(path, "SELECT visit, row, issue_text FROM visits_issues") == [("V1", "a", "dark"), ("V1", "b", "cold")]


def test_names_that_differ_only_in_capitals_are_told_apart(tmp_path: Path) -> None:
    visit = {**VISIT, "Seen": "x", "parts": {"a": {"n": 1}}, "Parts": {"a": {"n": 2}}}
    path = written(tmp_path, visit={"V1": visit})
    assert asked(path, 'SELECT seen, "Seen_2" FROM visits') == [(3, "x")]
    assert asked(path, "SELECT count(*) FROM sqlite_schema WHERE lower(name) LIKE 'visits_parts%'") == [(2,)]


def test_no_name_can_be_more_than_a_name(tmp_path: Path) -> None:
    table = tidy.Tidy(name='a"; DROP TABLE about; --', columns=(('b"c', "TEXT"),), rows=(("d",),))
    path = tidy.write(tmp_path / "scheme.db", (table,), ABOUT)
    assert asked(path, "SELECT value FROM about WHERE name = 'marking'") == [("OFFICIAL-SENSITIVE",)]
    assert asked(path, 'SELECT * FROM "a""; DROP TABLE about; --"') == [("d",)]


def test_a_file_that_is_there_is_kept_unless_it_may_go(tmp_path: Path) -> None:
    path = written(tmp_path)
    before = path.read_bytes()
    with pytest.raises(InvalidInput) as refused:
        written(tmp_path)
    assert refused.value.code == "file_exists"
    assert path.read_bytes() == before
    assert tidy.write(path, (), ABOUT, overwrite=True) == path


@pytest.mark.parametrize("content", [b"\x8f\x01 as a shared file begins", b"notes"])
def test_what_is_no_table_file_is_never_replaced(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scheme.icvhub"
    path.write_bytes(content)
    with pytest.raises(InvalidInput) as refused:
        tidy.write(path, (), ABOUT, overwrite=True)
    assert refused.value.code == "not_tables"
    assert path.read_bytes() == content


def test_a_file_into_which_another_program_writes_is_left_alone(tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / "scheme.db-wal").write_bytes(b"")
    with pytest.raises(Unavailable) as refused:
        tidy.write(path, (), ABOUT, overwrite=True)
    assert refused.value.code == "tables_in_use"


def test_a_folder_that_is_not_there_is_said_and_nothing_stays(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        tidy.write(tmp_path / "away" / "scheme.db", (), ABOUT)
    assert refused.value.code == "tables_not_written"
    assert list(tmp_path.iterdir()) == []


def test_nothing_but_the_file_is_left_beside_it(tmp_path: Path) -> None:
    written(tmp_path, visit={"V1": VISIT})
    assert [each.name for each in tmp_path.iterdir()] == ["scheme.db"]
