"""Operators and conversions: XPath 1.0 §3.4, §3.5, §4.2-4.4; ODK XForms "XPath Operators" on dates and empty values."""

import math

import pytest

CASES = [
    ("add", "1 + 2", 3.0),
    ("subtract", "5 - 2 - 1", 2.0),
    ("subtract-without-spaces", "5-2", 3.0),
    ("multiply-before-add", "2 + 3 * 4", 14.0),
    ("parentheses", "(2 + 3) * 4", 20.0),
    ("div", "7 div 2", 3.5),
    ("div-by-zero", "-1 div 0", -math.inf),
    ("div-by-minus-zero", "1 div -0", -math.inf),
    ("mod", "7 mod 3", 1.0),
    ("mod-has-the-sign-of-the-dividend", "-7 mod 3", -1.0),
    ("mod-fraction", "5.5 mod 2", 1.5),
    ("unary-minus", "-(2)", -2.0),
    ("unary-minus-twice", "--2", 2.0),
    ("unary-minus-of-text", "-'3'", -3.0),
    ("operators-by-name", "10 div 2 mod 3", 2.0),
    ("text-is-a-number", "'4' + '5'", 9.0),
    ("true-is-one", "true() + true()", 2.0),
    ("equal-text", "'a' = 'a'", True),
    ("equal-double-quotes", '"it\'s" = "it\'s"', True),
    ("equal-is-exact", "'a' = 'A'", False),
    ("equal-number-and-text", "1 = '1.0'", True),
    ("equal-text-and-text", "'1' = '1.0'", False),
    ("equal-truth-and-text", "true() = 'no'", True),
    ("equal-fractions", "0.1 + 0.2 = 0.3", True),
    ("equal-infinite", "1 div 0 = 2 div 0", True),
    ("unequal", "'a' != 'b'", True),
    ("nan-equals-nothing", "number('x') = number('x')", False),
    ("nan-differs-from-itself", "number('x') != number('x')", True),
    ("less", "1 < 2", True),
    ("less-by-number-not-letters", "'10' < '9'", False),
    ("less-or-equal", "2 <= 2", True),
    ("greater", "3 > 2", True),
    ("greater-or-equal", "2 >= 3", False),
    ("left-to-right", "3 > 2 > 1", False),
    ("and-before-or", "true() or false() and false()", True),
    ("or", "false() or 'x'", True),
    ("and", "'x' and 0", False),
    ("comparison-before-and", "1 < 2 and 2 < 3", True),
    ("equality-after-comparison", "1 < 2 = true()", True),
    # Empty values
    ("empty-answer-is-empty-text", "${word} = ''", True),
    ("empty-number-is-empty-text", "${whole} = ''", True),
    ("empty-is-not-zero", "${whole} = 0", False),
    ("empty-differs-from-zero", "${whole} != 0", True),
    ("empty-is-not-less", "${whole} < 1", False),
    ("empty-is-not-more", "${whole} >= 0", False),
    ("empty-date-is-empty-text", "${later} = ''", True),
    ("empty-date-is-not-before", "${later} < today()", False),
    ("empty-date-is-not-after", "${later} > today()", False),
    ("empty-date-differs", "${later} != today()", True),
    ("date-is-not-empty", "${day} != ''", True),
    ("date-differs-from-words", "${day} = 'soon'", False),
    ("not-relevant-is-empty", "${away} = ''", True),
    # Dates
    ("date-equals-date", "${day} = date('2026-03-29')", True),
    ("date-equals-text", "${day} = '2026-03-29'", True),
    ("date-before-today", "${day} < today()", True),
    ("date-text-before-date-text", "'2025-12-31' < '2026-01-01'", True),
    ("days-between", "${day} - date('2026-03-01')", 28.0),
    ("date-plus-days", "date('1970-01-01') + 1", 1.0),
    ("date-is-midnight-beside-a-date-time", "${day} < ${start}", True),
    ("date-text-beside-a-date-time", "'2026-03-29' < ${start}", True),
    ("date-time-text-beside-a-date-time", "${start} = '2026-03-29T00:30+00:00'", True),
    ("date-time-against-number", "${start} > 20000", True),
    ("date-time-and-empty", "${start} > ''", False),
    ("date-time-and-truth", "${start} > true()", True),
    ("time-and-empty", "${clock} < ''", False),
]


@pytest.mark.parametrize(("source", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_operator_gives_what_the_specification_says(evaluate, source, expected):
    outcome = evaluate(source, word="", away="typed once", day="2026-03-29", start="2026-03-29T00:30", clock="14:30")
    assert outcome == expected
    assert type(outcome) is type(expected)


@pytest.mark.parametrize("source", ["0 div 0", "'x' div 0", "1 mod 0", "1 div 0 mod 2", "1 mod 'x'", "-'x'"])
def test_what_arithmetic_cannot_say_is_nan(evaluate, source):
    assert math.isnan(evaluate(source))


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-03-29T00:30", "2026-03-29T02:30", 60),
        ("2026-03-28T23:00", "2026-03-29T07:00", 7 * 60),
        ("2026-10-25T00:30", "2026-10-25T02:30", 180),
        ("2026-10-24T23:00", "2026-10-25T07:00", 9 * 60),
        ("2026-10-25T01:30", "2026-10-25T01:30+00:00", 60),
        ("2026-06-01T22:15", "2026-06-02T04:15", 6 * 60),
        ("2026-12-31T23:59", "2027-01-01T00:00", 1),
    ],
    ids=["forward", "night-forward", "back", "night-back", "inside-the-repeated-hour", "summer-night", "new-year"],
)
def test_minutes_elapsed_are_true_across_the_clock_changes(evaluate, start, end, minutes):
    by_function = "round((decimal-date-time(${end}) - decimal-date-time(${start})) * 24 * 60)"
    assert evaluate(by_function, start=start, end=end) == minutes
    assert evaluate("round((${end} - ${start}) * 1440)", start=start, end=end) == minutes


def test_a_sum_of_hundreds_of_terms_is_no_deep_tree(evaluate):
    assert evaluate(" + ".join(["1"] * 3000)) == 3000.0


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("${age}", 5.0),
        ("sum(${age})", 5.0),
        ("count(${people})", 2.0),
        ("count(${age})", 1.0),
        ("count(${nick})", 1.0),
        ("sum(../../people/age)", 36.0),
        ("sum(../age)", 5.0),
        ("../inner/deep", "low"),
        ("count(../../people)", 2.0),
        ("position(..)", 2.0),
        ("indexed-repeat(${age}, ${people}, position(..) - 1)", 31.0),
        ("${whole} + ../../whole", 14.0),
        ("../../box/boxed", 3.0),
        ("join(' ', ../../people/inner/deep)", "high low"),
    ],
)
def test_inside_a_repeat_a_name_is_this_row_and_a_path_through_the_repeat_is_all_rows(evaluate, source, expected):
    people = ({"age": 31, "nick": "Ann", "deep": "high"}, {"age": 5, "deep": "low"})
    assert evaluate(source, people, home="row_out", row=2, whole=7, boxed=3) == expected


def test_a_question_in_a_group_of_a_row_climbs_to_its_repeat(evaluate):
    assert evaluate("position(../..)", ({"age": 1}, {"age": 2}), home="deep", row=2) == 2.0
    assert evaluate("../../age", ({"age": 1}, {"age": 2}), home="deep", row=2) == 2.0


def test_a_row_that_is_not_relevant_counts_as_no_node(evaluate):
    people = ({"age": 99, "nick": "typed before"}, {"age": 5, "nick": "Cy"})
    assert evaluate("count(${nick})", people) == 1.0
    assert evaluate("join(' ', ${nick})", people) == "Cy"
    assert evaluate("indexed-repeat(${nick}, ${people}, 1)", people) == ""


def test_the_position_of_a_row_that_is_gone_is_no_number(evaluate):
    assert math.isnan(evaluate("position(..)", ({"age": 1},), home="row_out", row=7))
