"""Export of an interchange folder: export, import into nothing, export again gives the same bytes."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from icv_app.errors import InvalidInput, Unavailable
from icv_app.interchange_folder.exporting import tables, write
from icv_app.interchange_folder.import_plan import plan
from icv_app.interchange_folder.importing import read
from icv_app.interchange_folder.interchange import TABLES

TODAY = date(2026, 11, 22)
Held = dict[str, dict[str, dict[str, Any]]]


def imported(folder: Path, held: Held | None = None) -> Held:
    reading = read(folder, forms={}, held_forms={}, today=TODAY)
    found: Held = {}
    for kind, key, body in plan(reading, held or {}, forms={}, today=TODAY).items:
        found.setdefault(kind, {})[key] = body
    return found


def test_what_the_office_adds_to_a_row_travels_too(tmp_path: Path) -> None:
    held: Held = {
        "site": {"mill": {"site": "mill", "name": "Mill Lane", "kind": "custody_suite", "cells": 12}},
        "site_status": {
            "mill|2026-01-01": {
                "site": "mill", "from": "2026-01-01", "status": "open", "told_by": "the inspector",
                "told_on": "2025-12-20",
            }
        },
        "target": {
            "custody_visit||2026-01-01": {
                "measure": "custody_visit", "number": 1, "per": "week", "from": "2026-01-01", "approved_by": "the PCC",
                "approved_on": "2025-12-01",
            }
        },
        "slot": {
            "T1": {
                "slot": "T1", "measure": "custody_visit", "site": "mill", "period_start": "2026-11-16",
                "status": "cancelled", "reason": "Venue", "visit_type": "tact", "cancelled_by": "police",
            }
        },
    }  # fmt: skip
    files = tables(held, {})
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    again = imported(tmp_path)
    assert {kind: again[kind] for kind in held} == held
    assert tables(again, {}) == files


def test_the_example_comes_out_as_it_went_in() -> None:
    source = resources.path("example")
    files = tables(imported(source), {})
    for table in TABLES:
        if (source / table.file).exists():
            lines = (source / table.file).read_text(encoding="utf-8").splitlines()
            assert sorted(files[table.file].splitlines()) == sorted(lines)
    assert files["throughput.csv"] == "from,to,persons_detained,source\n"
    assert not any("\r" in text for text in files.values())


def test_a_second_export_is_the_same_bytes(tmp_path: Path) -> None:
    held = imported(resources.path("example"))
    visit = held["visit"]["CV-2025-0001"]
    visit |= {
        "note": "=cmd|' /C calc'!A0", "more": 'He said "no",\r\nthen\nleft', "sum": 4.5, "accent": "Café £5 \u202e",
        "state": "submitted", "form_version": "2024", "detainees": {"b": {"age": 17, "said": "'@x"}, "a": {"age": 4}},
    }  # fmt: skip
    first = tables(held, {})
    write(tmp_path / "one", first)
    again = imported(tmp_path / "one")
    assert tables(again, {}) == first
    assert again["visit"]["CV-2025-0001"]["note"] == visit["note"]
    assert again["visit"]["CV-2025-0001"]["state"] == "submitted"
    assert again["visit"]["CV-2025-0002"]["state"] == "accepted"
    assert again["visit"]["CV-2025-0001"]["detainees"]["b"]["said"] == "'@x"


def test_no_cell_of_an_export_starts_like_a_formula() -> None:
    held = imported(resources.path("example"))
    held["issue"]["I001"] |= {"text": "=1+1", "action": "@x", "response": "+44", "theme": "-", "kind": "\tx"}
    text = tables(held, {})["issues.csv"]
    assert ",'=1+1,'@x,'+44," in text
    assert ",'-," in text


def test_importing_the_export_again_adds_nothing(tmp_path: Path) -> None:
    held = imported(resources.path("example"))
    write(tmp_path, tables(held, {}))
    assert imported(tmp_path, held) == held


def test_a_slot_is_exported_as_its_visits_leave_it() -> None:
    held = imported(resources.path("example"))
    held["slot"]["S001"]["status"] = "planned"  # captured on another laptop than the rota
    held["visit"]["CV-2025-0002"]["status"] = "abandoned"  # corrected later
    lines = tables(held, {})["slots.csv"].splitlines()
    assert next(line for line in lines if line.startswith("S001,")).split(",")[4] == "completed"
    assert next(line for line in lines if line.startswith("S002,")).split(",")[4] == "planned"


def test_nothing_is_overwritten_without_leave_and_stale_parts_go_with_it(tmp_path: Path) -> None:
    (tmp_path / "sites.csv").write_text("mine")
    (tmp_path / "visits-old.csv").write_text("mine")
    (tmp_path / "notes.csv").write_text("mine")
    with pytest.raises(InvalidInput, match=r"sites\.csv, visits-old\.csv"):
        write(tmp_path, tables({}, {}))
    assert (tmp_path / "sites.csv").read_text() == "mine"
    write(tmp_path, tables({}, {}), overwrite=True)
    assert (tmp_path / "sites.csv").read_text() == "site,name,kind\n"
    assert not (tmp_path / "visits-old.csv").exists()
    assert (tmp_path / "notes.csv").read_text() == "mine"
    assert not list(tmp_path.glob("*.part"))


def test_a_folder_that_cannot_be_made_is_the_surroundings_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Unavailable, match="cannot be written"):
        write(tmp_path / "file" / "folder", tables({}, {}))
    with pytest.raises(InvalidInput, match="is a file"):
        write(tmp_path / "file", tables({}, {}))


def test_an_export_that_fails_half_way_leaves_no_half_files(tmp_path: Path) -> None:
    (tmp_path / "visits.csv").mkdir()  # cannot be replaced by a file
    with pytest.raises(Unavailable):
        write(tmp_path, tables({}, {}), overwrite=True)
    assert not list(tmp_path.glob("*.part"))


_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=12)
_NAME = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True).filter(lambda name: name not in RESERVED)
RESERVED = {"state", "mode", "session", "visit", "row", "deleted", "form", "slot", "site", "date", "status", "left",
            "access", "offered", "seen", "denied"}  # fmt: skip


@st.composite
def visits(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    found = {}
    for number in range(draw(st.integers(0, 3))):
        key = f"V{number}"
        extra = draw(st.dictionaries(_NAME, _TEXT | st.integers(-9, 9) | st.floats(-5, 5), max_size=3))
        rows = draw(st.dictionaries(_NAME, st.dictionaries(_NAME, _TEXT, max_size=2), max_size=2))
        body = {**extra, "visit": key, "form": "record_review", "date": "2025-07-01", "status": "completed"}
        body |= {"state": draw(st.sampled_from(["accepted", "submitted", "returned"]))}
        found[key] = {**body, draw(_NAME) + "_rows": rows} if rows else body
    return found


@given(visits())
@settings(max_examples=60, deadline=None)
def test_whatever_a_visit_holds_a_second_export_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, found: dict[str, dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("export")
    first = tables({"visit": found}, {})
    write(folder, first)
    assert tables(imported(folder), {}) == first
