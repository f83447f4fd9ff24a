"""The guard on the labelled notes: both halves reach the goals, and the page says what is measured."""

from pathlib import Path

import pytest

from forms import guard
from tests.forms.guard_measure import NOTES, measured, table

PAGE = Path(__file__).resolve().parents[2] / "docs/guard.md"

each_half = pytest.mark.parametrize("half", ["tuning", "held_out"])


def test_the_set_is_large_enough_and_half_of_it_is_clean():
    notes = [*NOTES["tuning"], *NOTES["held_out"]]
    assert len(notes) >= 320
    assert len(NOTES["held_out"]) >= 120
    assert 0.35 <= sum("hits" not in note for note in notes) / len(notes) <= 0.65


def test_every_expected_hit_stands_in_its_note():
    notes = [*NOTES["tuning"], *NOTES["held_out"]]
    wrong = [
        hit for note in notes for hit in note.get("hits", []) if hit[1] not in note["text"] or hit[0] not in guard.KINDS
    ]
    assert wrong == []
    assert len({note["text"] for note in notes}) == len(notes)


@each_half
@pytest.mark.parametrize("kind", guard.KINDS)
def test_what_is_personal_is_found(half, kind):
    expected, found, _, _ = measured(half)
    assert expected[kind]
    assert found[kind] / expected[kind] >= (0.80 if kind == "name" else 0.95)


@each_half
def test_false_alarms_are_at_most_one_in_five_notes(half):
    _, _, false, notes = measured(half)
    assert false / notes <= 0.2


def test_the_page_shows_what_is_measured():
    assert table() in PAGE.read_text(encoding="utf-8")
