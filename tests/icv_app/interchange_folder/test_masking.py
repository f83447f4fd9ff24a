"""Masking: what leaves the office without what points to a person."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import resources
from forms import reader
from icv_app.clock import Clock
from icv_app.interchange_folder.masking import masked
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength

CLOCK = Clock(lambda: datetime(2026, 11, 22, 12, 0, tzinfo=UTC))


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with Laptop.start(
        tmp_path / "a", scheme="Test", person="ICV01", role="coordinator", passphrase="three plain words",
        strength=Strength.LIGHT, clock=CLOCK,
    ) as made:  # fmt: skip
        made.import_folder(resources.path("example"))
        yield made


def test_free_text_is_masked_and_codes_dates_and_numbers_stay() -> None:
    body = {
        "visit": "CV-2026-000001", "site": "euston-street", "date": "2026-11-22", "seen": 3,
        "positive_comments": "Jemima Throgmorton rang 07700 900123.",
    }  # fmt: skip
    found = masked(body, reader.load("custody_visit"))
    assert {name: found[name] for name in ("visit", "site", "date", "seen")} == {
        name: body[name] for name in ("visit", "site", "date", "seen")
    }
    assert "Throgmorton" not in found["positive_comments"]
    assert "07700" not in found["positive_comments"]


def test_answers_that_are_to_name_somebody_are_withheld_in_repeats_too() -> None:
    form = reader.load("custody_visit")
    body = {"detainees": {"r1": {"custody_no": "ES/2026/1234"}}}
    assert "ES/2026/1234" not in str(masked(body, form))


def test_without_its_form_every_text_with_a_blank_counts_as_free_text() -> None:
    found = masked({"note": "Jemima Throgmorton was there", "site": "euston-street"}, None)
    assert "Throgmorton" not in found["note"]
    assert found["site"] == "euston-street"


@pytest.mark.parametrize(
    "body",
    [
        {"correction_reason": "07700900123"},
        {"text": "j.throgmorton@example.org"},
        {"personal_data_reasons": {"positive_comments": "07700900123", "detainees/1/words_used": "07700900123"}},
        {"detainees": {"1": {"nickname": ["07700900123"]}}},
        {"was_admitted": "Jemima Throgmorton", "access": "Jemima Throgmorton"},
    ],
    ids=["reason", "unknown", "margin", "list", "no code"],
)
@pytest.mark.parametrize("form", [None, "custody_visit"])
def test_what_no_question_of_the_form_asks_for_is_masked_although_it_is_one_word(
    body: dict[str, Any], form: str | None
) -> None:
    found = str(masked(body, reader.load(form) if form else None))
    assert not [part for part in ("07700900123", "hrogmorton") if part in found]


def test_references_stay_as_they_are_whatever_the_scheme_s_pattern_is() -> None:
    body = {"visit": "CV-2026-1", "visitor_1": "ICV01", "copied_from": {"status_reason": "CV-2025-1"}, "slot": "S001"}
    assert masked(body, None, custody_number="[A-Z0-9-]+") == body


def test_a_masked_export_withholds_custody_numbers_of_an_unknown_version_and_texts_of_sessions(
    laptop: Laptop, tmp_path: Path
) -> None:
    laptop.store.save("visit", "CV-9", {
        "visit": "CV-9", "form": "custody_visit", "form_version": "1999", "date": "2025-07-04", "site": "euston-street",
        "status": "completed", "detainees": {"1": {"custody_no": "anna.77"}},
    })  # fmt: skip
    record = next(laptop.store.records("record_review"))
    laptop.store.save("record_review", record.key, {**record.body, "recommended_to": "Jemima Throgmorton"})
    laptop.export_folder(tmp_path / "masked", mask=True)
    whole = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "masked").iterdir())
    assert not [part for part in ("anna.77", "hrogmorton") if part in whole]


def test_a_masked_export_holds_nobodys_name_and_leaves_the_records_alone(laptop: Laptop, tmp_path: Path) -> None:
    record = next(laptop.store.records("visit"))
    laptop.store.save("visit", record.key, {**record.body, "positive_comments": "Jemima Throgmorton was kind"})
    laptop.export_folder(tmp_path / "plain")
    laptop.export_folder(tmp_path / "masked", mask=True)
    plain, hidden = ((tmp_path / name / "visits.csv").read_text(encoding="utf-8") for name in ("plain", "masked"))
    assert "Throgmorton" in plain
    assert "Throgmorton" not in hidden
    assert len(list(csv.reader(plain.splitlines()))) == len(list(csv.reader(hidden.splitlines())))
    held = laptop.store.current("visit", record.key)
    assert held is not None
    assert "Throgmorton" in held.body["positive_comments"]
