"""Dates, spans and lists as the British write them, whatever the laptop's locale."""

from datetime import date

import pytest

from icv_app import wording
from icv_app.periods import parse_period


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2025, 7, 1), date(2025, 9, 30), "1 July to 30 September 2025"),
        (date(2025, 4, 1), date(2026, 3, 31), "1 April 2025 to 31 March 2026"),
        (date(2025, 7, 1), date(2025, 7, 1), "1 July 2025"),
        (date(2025, 7, 7), date(2025, 7, 13), "7 to 13 July 2025"),
    ],
)
def test_a_period_is_said_as_a_person_would(first, last, said):
    assert wording.span_words(first, last) == said


def test_a_list_of_things_ends_with_and():
    assert [wording.listed(list("abc")[:size]) for size in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_no_locale_changes_the_months():
    assert [wording.month_words(date(2025, number, 1))[:3] for number in (1, 5, 12)] == ["Jan", "May", "Dec"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2025-26-Q2", "July to September 2025"), ("2025-26", "April 2025 to March 2026"),
        ("2025-07-01..2025-07-31", "July 2025"), ("2025-07-02..2025-07-31", "2 to 31 July 2025"),
    ],
)  # fmt: skip
def test_a_period_in_words(name, words):
    period = parse_period(name)
    assert wording.months_words(period.first, period.last) == words
