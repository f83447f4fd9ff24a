"""Words from figures: singular and plural, dates as the British write them, and text made safe to print."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import plain, wording
from tests.reports import samples


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2025, 7, 1), date(2025, 9, 30), "1 July to 30 September 2025"),
        (date(2025, 4, 1), date(2026, 3, 31), "1 April 2025 to 31 March 2026"),
        (date(2025, 7, 1), date(2025, 7, 1), "1 July 2025"),
    ],
)
def test_a_period_is_said_as_a_person_would(first, last, said):
    assert wording.span(first, last) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 minutes"), (1, "1 minute"), (60, "1 hour"), (61, "1 hour 1 minute"), (924, "15 hours 24 minutes")],
)
def test_time_is_said_in_hours_and_minutes(minutes, said):
    assert wording.hours(minutes) == said


@pytest.mark.parametrize(
    ("numerator", "denominator", "fraction", "percent"),
    [
        (30, 35, "30 of 35", "85.7%"),
        (8, 6, "8 of 6", "133.3%"),
        (0, 0, "none due", "not applicable"),
        (2, 0, "2, none due", "not applicable"),
        (5, None, "not known", "not applicable"),
        (1560, 1612, "1,560 of 1,612", "96.8%"),
    ],
)
def test_a_ratio_is_said_as_a_fraction_first(numerator, denominator, fraction, percent):
    figure = samples.ratio("m", "f", numerator, denominator)
    assert wording.fraction(figure) == fraction
    assert wording.percent(figure) == percent


def test_one_of_anything_is_singular():
    assert wording.count(1, "custody visit") == "1 custody visit"
    assert wording.count(2, "person", "people") == "2 people"
    one = samples.ratio("m", "f", 0, 1)
    assert wording.made_of(one, "suite-week due", "covered") == "0 of 1 suite-week due was covered (0.0%)"
    many = samples.ratio("m", "f", 1, 2)
    assert wording.made_of(many, "suite-week due", "covered") == "1 of 2 suite-weeks due were covered (50.0%)"


def test_a_list_of_things_ends_with_and():
    assert [wording.listed(list("abc")[:size]) for size in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_visits_attempted_are_told_where_they_are_more_than_those_completed():
    figures = tuple(samples.custody(None, 28, (28, 30), 28, 30, (9, 9, 9, 0), attempted=30))
    text = wording.custody(replace(samples.reference(), figures=figures))
    assert text.startswith("Visitors attempted 30 custody visits and completed 28.")


def test_a_summary_of_nothing_says_nothing():
    empty = samples.empty()
    told = [wording.custody, wording.kennels, wording.training, wording.records, wording.volunteers, wording.detainees]
    assert [say(empty) for say in told] == [""] * len(told)


def test_reach_is_told_only_where_the_number_detained_is_known():
    assert "not known in full" in wording.detainees(samples.reference())
    known = samples.large(2, 13)
    assert "120,000 people were detained in the period" in wording.detainees(known)
    assert "against 48,000 in custody at the visits (40.0%)" in wording.detainees(known)


def test_more_than_five_suites_below_the_target_are_counted_and_not_listed():
    assert "40 suites fell short" in wording.custody(samples.large(40, 20))


def test_no_locale_changes_the_months():
    assert [wording.month(date(2025, number, 1))[:3] for number in (1, 5, 12)] == ["Jan", "May", "Dec"]


def test_pasted_signs_become_ones_that_the_font_can_draw():
    drawable = {ord(letter) for letter in "abcdefghijklmnopqrstuvwxyzé ->?"}
    assert plain.clean("caf\u0065\u0301 \u2192 \u1e3f \U0001f46e\u200b", drawable) == "café -> m ?"


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_cleaned_text_holds_nothing_but_what_can_be_drawn(text):
    drawable = set(range(32, 127))
    assert all(letter == "\n" or ord(letter) in drawable for letter in plain.clean(text, drawable))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>&abr/;\"'\n =", max_size=60))
def test_no_text_opens_a_tag(text):
    marked = plain.markup(text).replace("<br/>", "")
    assert "<" not in marked
    assert ">" not in marked


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.integers(1, 40))
def test_a_shortened_text_is_never_longer_than_asked(text, longest):
    assert len(plain.shortened(text, longest)) <= longest
