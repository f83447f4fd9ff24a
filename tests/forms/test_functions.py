"""Every function, by the ODK XForms specification, "XPath Functions" (and JavaRosa where that leaves a case open)."""

import math
from datetime import date, datetime, time

import pytest

from forms import xlsform
from forms.form import Choice, Place
from forms.moments import LONDON

PEOPLE = ({"age": 31, "nick": "Ann"}, {"age": 5}, {"nick": "Cy"})

CASES = [
    # String Functions
    ("string", "string(1.50)", "1.5"),
    ("string-whole", "string(3.0)", "3"),
    ("string-nan", "string(number('x'))", "NaN"),
    ("string-infinite", "string(1 div 0)", "Infinity"),
    ("string-minus-infinite", "string(-1 div 0)", "-Infinity"),
    ("string-small", "string(0.0000001)", "0.0000001"),
    ("string-large", "string(1000000 * 1000000 * 1000000)", "1000000000000000000"),
    ("string-true", "string(true())", "true"),
    ("string-false", "string(1 > 2)", "false"),
    ("string-date", "string(date('2026-01-05'))", "2026-01-05"),
    ("string-date-time", "string(date-time('2026-01-05T09:07'))", "2026-01-05T09:07"),
    ("string-now-keeps-seconds", "string(now())", "2026-11-22T14:30:05"),
    ("concat-one", "concat('a')", "a"),
    ("concat-mixed", "concat('a', 1, true())", "a1true"),
    ("concat-nodes", "concat(${nick}, '!')", "AnnCy!"),
    ("join-values", "join('-', 'a', 'b')", "a-b"),
    ("join-nodes-empty-too", "join(', ', ${nick})", "Ann, , Cy"),
    ("join-nothing", "join(',')", ""),
    ("substr", "substr('custody', 1, 3)", "us"),
    ("substr-to-the-end", "substr('custody', 4)", "ody"),
    ("substr-negative", "substr('custody', -3)", "ody"),
    ("substr-negative-end", "substr('custody', 0, -2)", "custo"),
    ("substr-outside", "substr('abc', 5, 9)", ""),
    ("substr-before-the-start", "substr('abc', -9, 2)", "ab"),
    ("substr-no-number", "substr('abc', 'x')", ""),
    ("string-length", "string-length('four')", 4.0),
    ("string-length-number", "string-length(12.5)", 4.0),
    ("string-length-empty", "string-length(${word})", 0.0),
    ("contains", "contains('custody', 'sto')", True),
    ("contains-nothing", "contains('custody', '')", True),
    ("contains-not", "contains('custody', 'dog')", False),
    ("starts-with", "starts-with('custody', 'cus')", True),
    ("starts-with-not", "starts-with('custody', 'dy')", False),
    ("ends-with", "ends-with('custody', 'dy')", True),
    ("ends-with-not", "ends-with('custody', 'cus')", False),
    # Boolean Functions
    ("if-then", "if(1 = 1, 'a', 'b')", "a"),
    ("if-else", "if('', 'a', 'b')", "b"),
    ("if-keeps-the-kind", "if(true(), 3, 'b')", 3.0),
    ("coalesce-first", "coalesce('a', 'b')", "a"),
    ("coalesce-second", "coalesce(${word}, 'b')", "b"),
    ("coalesce-zero-is-an-answer", "coalesce(0, 7)", 0.0),
    ("coalesce-both-empty", "coalesce('', '')", ""),
    ("true", "true()", True),
    ("false", "false()", False),
    ("not", "not(1 = 2)", True),
    ("not-text", "not('no')", False),
    ("boolean-empty", "boolean('')", False),
    ("boolean-the-text-false", "boolean('false')", True),
    ("boolean-zero", "boolean(0)", False),
    ("boolean-nan", "boolean(number('x'))", False),
    ("boolean-number", "boolean(-2)", True),
    ("boolean-date", "boolean(today())", True),
    ("regex", "regex('AB12', '[A-Z]+[0-9]+')", True),
    ("regex-is-whole", "regex('AB12x', '[A-Z]+[0-9]+')", False),
    ("regex-empty", "regex('', '.*')", True),
    ("regex-broken-at-run-time", "regex('a', concat('(', ''))", False),
    ("once-first-time", "once('fresh')", "fresh"),
    # Number Functions
    ("number-text", "number(' 12.5 ')", 12.5),
    ("number-negative", "number('-3')", -3.0),
    ("number-point-first", "number('.5')", 0.5),
    ("number-true", "number(true())", 1.0),
    ("number-date", "number('1970-01-02')", 1.0),
    ("number-date-typed", "number(date('2000-01-01'))", 10957.0),
    ("number-date-time", "number('1970-01-02T12:00+00:00')", 1.5),
    ("number-time-typed", "number(${clock})", 0.25),
    ("int", "int(3.9)", 3.0),
    ("int-towards-zero", "int(-3.9)", -3.0),
    ("int-text", "int('12.7')", 12.0),
    ("round", "round(2.5)", 3.0),
    ("round-half-of-a-negative-goes-up", "round(-2.5)", -2.0),
    ("round-down", "round(2.4)", 2.0),
    ("round-decimals", "round(2.345, 2)", 2.35),
    ("round-by-decimal-digits", "round(2.675, 2)", 2.68),
    ("round-tens", "round(1234, -2)", 1200.0),
    ("round-very-large", "round(1000000000000000000000000000000)", 1e30),
    ("round-infinite", "round(1 div 0)", math.inf),
    ("sum-of-one", "sum(4)", 4.0),
    ("sum-leaves-out-unanswered", "sum(${age})", 36.0),
    ("max", "max(${age})", 31.0),
    ("min", "min(${age})", 5.0),
    ("max-values", "max(3, 9, 4)", 9.0),
    ("max-of-negatives", "max(-3, -9)", -3.0),
    ("min-values-and-nodes", "min(4, ${age})", 4.0),
    # Node-set Functions
    ("count-repeat", "count(${people})", 3.0),
    ("count-question-answered-or-not", "count(${age})", 3.0),
    ("count-one", "count(${word})", 1.0),
    ("count-not-relevant", "count(${away})", 0.0),
    ("count-non-empty", "count-non-empty(${age})", 2.0),
    ("count-non-empty-one", "count-non-empty(${word})", 0.0),
    # Date and Time Functions
    ("today", "today()", date(2026, 11, 22)),
    ("now", "now()", datetime(2026, 11, 22, 14, 30, 5, tzinfo=LONDON)),
    ("date-text", "date('2026-02-28')", date(2026, 2, 28)),
    ("date-arithmetic", "date(date('2026-02-28') + 1)", date(2026, 3, 1)),
    ("date-of-number", "date(0)", date(1970, 1, 1)),
    ("date-of-fraction", "date(1.9)", date(1970, 1, 2)),
    ("date-of-date-time", "date(now())", date(2026, 11, 22)),
    ("date-of-date-time-text", "date('2026-06-30T23:30')", date(2026, 6, 30)),
    ("date-empty", "date('')", ""),
    ("date-no-such-day", "date('2026-02-30')", ""),
    ("date-out-of-range", "date(1000000000)", ""),
    ("date-of-truth", "date(true())", ""),
    ("date-of-time", "date(${clock})", ""),
    ("date-time-text", "date-time('2026-07-01T10:00')", datetime(2026, 7, 1, 10, tzinfo=LONDON)),
    ("date-time-of-date", "date-time(date('2026-07-01'))", datetime(2026, 7, 1, tzinfo=LONDON)),
    ("date-time-of-date-text", "date-time('2026-07-01')", datetime(2026, 7, 1, tzinfo=LONDON)),
    ("date-time-of-number", "date-time(0.5)", datetime(1970, 1, 1, 13, tzinfo=LONDON)),
    ("date-time-out-of-range", "date-time(1000000000)", ""),
    ("date-time-empty", "date-time('')", ""),
    ("date-time-of-truth", "date-time(true())", ""),
    ("date-time-of-time", "date-time(${clock})", ""),
    ("decimal-date-time", "decimal-date-time('1970-01-02T18:00Z')", 1.75),
    ("decimal-date-time-truth", "string(decimal-date-time(true()))", "NaN"),
    ("decimal-time-noon", "decimal-time('12:00')", 0.5),
    ("decimal-time-six", "decimal-time('18:00:00.000+01:00')", 0.75),
    ("decimal-time-typed", "decimal-time(${clock})", 0.25),
    ("decimal-time-of-date-time", "decimal-time(date-time('2026-01-01T06:00'))", 0.25),
    ("decimal-time-number", "string(decimal-time(4))", "NaN"),
    ("format-date", "format-date('2026-03-04', '%Y-%m-%d %n/%e %y %a %b')", "2026-03-04 3/4 26 Wed Mar"),
    ("format-date-other-letters-stay", "format-date('2026-03-04', 'day %d of 100')", "day 04 of 100"),
    ("format-date-unknown-at-run-time-stays", "format-date('2026-03-04', concat('%', 'Q'))", "%Q"),
    ("format-date-empty", "format-date('', '%Y')", ""),
    ("format-date-truth", "format-date(true(), '%Y')", ""),
    ("format-date-number", "format-date(0, '%Y')", "1970"),
    ("format-date-time", "format-date-time('2026-03-04T05:06:07.089', '%H %h %M %S %3')", "05 5 06 07 089"),
    # Select Functions
    ("selected", "selected(${pets}, 'hen')", True),
    ("selected-not-a-part", "selected('henhouse cat', 'hen')", False),
    ("selected-nothing", "selected('', '')", False),
    ("selected-at-first", "selected-at('a b c', 0)", "a"),
    ("selected-at-outside", "selected-at('a b c', 3)", ""),
    ("selected-at-negative", "selected-at('a b c', -1)", ""),
    ("selected-at-no-number", "selected-at('a b c', '')", ""),
    ("count-selected", "count-selected(${pets})", 2.0),
    ("count-selected-empty", "count-selected('')", 0.0),
    ("choice-name", "jr:choice-name('dog', '${pet}')", "A dog"),
    ("choice-name-twice", "concat(jr:choice-name('dog', '${pet}'), jr:choice-name('cat', '${pet}'))", "A dogA cat"),
    ("choice-name-unknown", "jr:choice-name('fox', '${pet}')", ""),
    # Repeat Functions
    ("indexed-repeat", "indexed-repeat(${nick}, ${people}, 3)", "Cy"),
    ("indexed-repeat-outside", "indexed-repeat(${nick}, ${people}, 4)", ""),
    ("indexed-repeat-zero", "indexed-repeat(${nick}, ${people}, 0)", ""),
    ("indexed-repeat-no-number", "indexed-repeat(${nick}, ${people}, 'x')", ""),
]


@pytest.mark.parametrize(("source", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_function_gives_what_the_specification_says(evaluate, source, expected):
    outcome = evaluate(source, PEOPLE, pets="cat hen", clock="06:00")
    assert outcome == expected
    assert type(outcome) is type(expected)


@pytest.mark.parametrize(
    "source",
    [
        "number('')", "number('abc')", "number('1e3')", "number('2026-02-30')", "number('14:30')", "number('+1')",
        "int('x')", "round('x')", "round(1.5, 40)", "round(1.5, 'x')", "max(${age})", "min('a', '')",
        "decimal-date-time('')", "decimal-time('')", "decimal-time('25:00')", "1 + ''", "${whole} * 2",
    ],
)  # fmt: skip
def test_what_is_no_number_is_nan(evaluate, source):
    assert math.isnan(evaluate(source))


def test_once_keeps_the_first_value_that_is_not_empty(draft):
    once = draft(
        {"type": "text", "name": "word"}, {"type": "calculate", "name": "kept", "calculation": "once(${word})"}
    )
    seen = []
    for word in ("", "first", "second", ""):
        once.type_in(_place("word"), word)
        seen.append(once.value(_place("kept")))
    assert seen == [None, "first", "first", "first"]


def test_what_once_kept_survives_saving(draft):
    rows = ({"type": "text", "name": "word"}, {"type": "calculate", "name": "kept", "calculation": "once(${word})"})
    first = draft(*rows)
    first.answer(_place("word"), "first")
    first.answer(_place("word"), "second")
    assert draft(*rows, answers=first.answers()).value(_place("kept")) == "first"


def test_if_works_out_one_branch_only(draft):
    both = draft({"type": "calculate", "name": "safe", "calculation": "if(true(), 'yes', 1 div 0)"})
    assert both.value(_place("safe")) == "yes"


def test_choice_names_are_in_the_language_of_the_draft(draft):
    rows = (
        {"type": "select_one animal", "name": "pet"},
        {"type": "calculate", "name": "said", "calculation": "jr:choice-name(${pet}, '${pet}')"},
    )
    welsh = draft(*rows, answers={"pet": "dog"}, language="Cymraeg (cy)")
    assert welsh.value(_place("said")) == "Ci"


SETTINGS = {
    "scheme": (Choice(name="delay_threshold", labels={}, extra={"value": "10"}),),
    "sites": (Choice(name="S1", labels={"": "Euston Street", "Cymraeg (cy)": "Stryd Euston"}, extra={"kind": "dog"}),),
}


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("pulldata('scheme', 'value', 'name', 'delay_threshold') + 1", 11),
        ("pulldata('scheme', 'value', 'name', 'telephone')", None),
        ("pulldata('sites', 'kind', 'name', ${site})", "dog"),
        ("pulldata('sites', 'name', 'kind', 'dog')", "S1"),
        ("pulldata('sites', 'label', 'name', ${site})", "Stryd Euston"),
        ("pulldata('visitors', 'roles', 'name', 'ICV01')", None),
    ],
    ids=["a-number", "not-set", "by-an-answer", "by-another-column", "label-in-the-language", "no-such-list-here"],
)
def test_pulldata_reads_the_scheme_s_own_lists(draft, source, outcome):
    rows = ({"type": "text", "name": "site"}, {"type": "calculate", "name": "out", "calculation": source})
    reading = draft(*rows, lists=SETTINGS, language="Cymraeg (cy)")
    reading.answer(_place("site"), "S1")
    assert reading.value(_place("out")) == outcome


def test_pulldata_passes_pyxform(form):
    from pyxform.xls2xform import convert

    row = {"type": "calculate", "name": "wait", "calculation": "pulldata('scheme', 'value', 'name', 'delay_threshold')"}
    sheets = xlsform.sheets(form({"type": "note", "name": "n", "label": "N"}, row))
    given = {"survey": list(sheets.survey), "choices": [], "settings": [sheets.settings]}
    assert "jr://file-csv/scheme.csv" in convert(given).xform


def test_a_time_of_day_compares_with_text_and_with_another_time(evaluate):
    assert evaluate("${clock} < '14:31'", clock="14:30")
    assert evaluate("'09:00' <= ${clock}", clock="14:30")
    assert not evaluate("${clock} > 0.7", clock="14:30")
    assert evaluate("${clock} = '14:30'", clock="14:30")
    assert evaluate("decimal-time(${clock}) = decimal-time('14:30')", clock="14:30")


def test_a_typed_time_is_written_as_it_is_stored(evaluate):
    assert evaluate("string(${clock})", clock="07:05") == "07:05"
    assert evaluate("${clock}", clock="07:05") == time(7, 5)


def _place(name):
    return Place(name)
