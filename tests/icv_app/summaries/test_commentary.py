"""Commentary: what the officer writes beside the figures, kept by period and section."""

import pytest

from icv_app.errors import InvalidInput
from icv_app.periods import parse_period
from icv_app.summaries import commentary
from tests.laptops import give


def test_what_is_written_is_kept_by_section_and_stands_in_the_account(scheme):
    office = scheme.office
    commentary.save(office.store, "2025-26-Q2", "issues", "  The force answered sooner than before.  ")
    found = commentary.save(office.store, "2025-26-Q2", "summary", "A quiet quarter.")
    assert found == {"summary": "A quiet quarter.", "issues": "The force answered sooner than before."}
    assert list(found) == ["summary", "issues"]
    assert commentary.read(office.store.connection, "2025-26-Q2") == found
    assert office.accounts.of(parse_period("2025-26-Q2")).commentary == found
    assert office.accounts.of(parse_period("2025-26-Q1")).commentary == {}


def test_a_section_may_be_emptied_and_written_again(scheme):
    store = scheme.office.store
    commentary.save(store, "2025-26-Q2", "summary", "A quiet quarter.")
    assert commentary.save(store, "2025-26-Q2", "summary", " ") == {}
    assert commentary.save(store, "2025-26-Q2", "summary", "It was not so quiet.") == {
        "summary": "It was not so quiet."
    }


@pytest.mark.parametrize(
    ("period", "section", "text", "code"),
    [
        ("the summer", "summary", "x", "period"),
        ("2025-26-Q2", "weather", "x", "section"),
        ("2025-26-Q2", "summary", "x" * (commentary.LONGEST + 1), "too_long"),
        ("2025-26-Q2", "summary", "Call 0116 496 0123 about it.", "personal_data"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_changes(scheme, period, section, text, code):
    commentary.save(scheme.office.store, "2025-26-Q2", "summary", "Kept.")
    with pytest.raises(InvalidInput) as found:
        commentary.save(scheme.office.store, period, section, text)
    assert found.value.code == code
    assert commentary.read(scheme.office.store.connection, "2025-26-Q2") == {"summary": "Kept."}


def test_who_looked_at_what_the_guard_says_may_keep_it(scheme):
    words = "The desk's line, 0116 496 0123, is on every poster."
    assert commentary.save(scheme.office.store, "2025-26-Q2", "access", words, looked=True) == {"access": words}


def test_it_is_the_office_s_own(scheme):
    commentary.save(scheme.office.store, "2025-26-Q2", "summary", "A quiet quarter.")
    give(*scheme)
    assert commentary.read(scheme.one.store.connection, "2025-26-Q2") == {}
    with pytest.raises(InvalidInput) as found:
        commentary.save(scheme.one.store, "2025-26-Q2", "summary", "A busy quarter.")
    assert found.value.code == "office_only"


@pytest.mark.parametrize("body", [{}, {"summary": 3}, {"summary": {"a": 1}, "weather": "wet"}, {"summary": " "}])
def test_an_odd_record_breaks_nothing(scheme, body):
    scheme.office.store.save("commentary", "2025-26-Q2", body)
    assert commentary.read(scheme.office.store.connection, "2025-26-Q2") == {}
