"""Words held for a page of the window: one set for each page, on this laptop alone, gone once they are forgotten."""

from datetime import UTC, datetime

import pytest

from icv_app.storage import held_words
from icv_app.storage.held_words import HeldWords
from tests.laptops import founded, give, joined

AT = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


def held(page, words):
    return HeldWords(page=page, title="Commentary", at=AT, boxes={"commentary_custody": ("Before", words)})


@pytest.fixture
def office(tmp_path):
    with founded(tmp_path / "office") as laptop:
        yield laptop


def test_what_is_held_of_a_page_comes_back_as_it_was_and_takes_the_place_of_the_former(office):
    store = office.store
    one, other = held("commentary 2025-26-Q2", "Once"), held("commentary 2025-26-Q3", "Other")
    later = held("commentary 2025-26-Q2", "Later, “quoted” and\nin two lines")
    for each in (one, other, later):
        held_words.put(store, each)
    assert held_words.every(store.connection) == (other, later)
    assert held_words.one(store.connection, "commentary 2025-26-Q2") == later
    held_words.drop(store, "commentary 2025-26-Q2")
    held_words.drop(store, "never held")
    assert held_words.every(store.connection) == (other,)


def test_held_words_go_to_no_other_laptop(office, tmp_path):
    with joined(office, tmp_path / "second", "OFFICE2", "coordinator") as second:
        held_words.put(office.store, held("commentary 2025-26-Q2", "Not yet"))
        give(office, second)
        assert held_words.every(second.store.connection) == ()
