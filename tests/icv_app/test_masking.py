"""Masking: what leaves the office without what points to a person."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import resources
from forms import reader
from icv_app.clock import Clock
from icv_app.laptop import Laptop
from icv_app.masking import masked
from icv_app.vault import Strength

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
