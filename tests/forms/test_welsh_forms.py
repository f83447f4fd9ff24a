"""The Welsh of the shipped forms: all of it is there, fits its English, and nothing is stored in one language.

Whether it is good Welsh is for a translator (docs/translation.md); what a program can tell is held here.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources

import pytest
from pyxform.xls2xform import convert

from forms import reader, xlsform
from forms.draft import Draft
from forms.form import Form, Place, Row

WELSH = "Cymraeg (cy)"
SAME = {"CCTV", "IS91", "ICVA", "TACT", "PACE"}
"""Texts that are the same in both languages: initials that nobody translates."""
CODES = {
    *("", "%Y-%m-%d", "scheme", "value", "name", "serious_issue_contact", "serious_issue_phone"),
    *("completed", "abandoned", "not_admitted"),
    *("up_to_24", "24_to_48", "48_to_72", "72_to_96", "96_to_120", "over_120"),
}
"""What calculations may hold between quotation marks beside the names of the form: codes, in no language."""

_REFERENCE = re.compile(r"\$\{[^}]*\}")
_QUOTED = re.compile("“([^”]*)”")
_LITERAL = re.compile("'([^']*)'")
_MARKED = "a Welsh translator must check it"

Texts = dict[str, str]


@pytest.fixture(params=reader.shipped())
def form(request: pytest.FixtureRequest) -> Form:
    return reader.load(request.param)


def walk(rows: tuple[Row, ...]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from walk(row.rows)


def texts(form: Form) -> Iterator[tuple[str, Texts]]:
    """Yield each text of the form, by language, with where it stands."""
    for row in walk(form.rows):
        columns = {
            "label": row.labels,
            "hint": row.hints,
            "guidance_hint": row.guidances,
            "required_message": row.required_messages,
            "constraint_message": row.constraint_messages,
        }
        yield from ((f"{row.name} {column}", dict(found)) for column, found in columns.items() if found)
    for name, choices in form.lists.items():
        yield from ((f"{name} {choice.name}", dict(choice.labels)) for choice in choices)


def pairs(form: Form) -> Iterator[tuple[str, str, str]]:
    """Yield where each text stands, its English and its Welsh."""
    return ((where, found[""], found.get(WELSH, "")) for where, found in texts(form))


def test_every_text_of_a_shipped_form_has_its_welsh(form):
    assert form.languages == (WELSH,)
    assert [where for where, found in texts(form) if set(found) != {"", WELSH}] == []


def test_the_welsh_holds_the_answers_that_its_english_holds(form):
    assert [
        where
        for where, english, welsh in pairs(form)
        if sorted(_REFERENCE.findall(english)) != sorted(_REFERENCE.findall(welsh))
    ] == []


def test_no_text_was_left_in_english(form):
    assert [where for where, english, welsh in pairs(form) if english == welsh and english not in SAME] == []


def test_the_welsh_asks_tells_and_ends_as_its_english_does(form):
    assert [
        where
        for where, english, welsh in pairs(form)
        if english.endswith("?") != welsh.endswith("?") or english.endswith(".") != welsh.endswith(".")
    ] == []


def test_an_answer_named_in_a_text_is_named_by_its_welsh_words(form):
    known = {english: welsh for _, english, welsh in pairs(form)}
    assert [
        (where, quoted)
        for where, english, welsh in pairs(form)
        for quoted in _QUOTED.findall(english)
        if quoted in known and f"“{known[quoted]}”" not in welsh
    ] == []


def test_one_english_text_has_one_welsh_text_in_all_forms():
    found = defaultdict(set)
    for name in reader.shipped():
        for _, english, welsh in pairs(reader.load(name)):
            found[english].add(welsh)
    assert {english: welsh for english, welsh in found.items() if len(welsh) > 1} == {}


def test_no_calculation_stores_words_of_one_language(form):
    known = {choice.name for choices in form.lists.values() for choice in choices}
    known |= {row.name for row in walk(form.rows)}
    stored = {
        literal
        for row in walk(form.rows)
        for literal in _LITERAL.findall(row.calculation)
        if literal not in known and not literal.startswith("${")  # a list of answers, for the label of one of them
    }
    assert stored <= CODES


def test_pyxform_takes_both_languages_without_a_warning(form):
    sheets = xlsform.sheets(form)
    warnings: list[str] = []
    workbook = {
        "survey": list(sheets.survey),
        "choices": list(sheets.choices),
        "settings": [sheets.settings],
        "survey_header": [dict.fromkeys(column for row in sheets.survey for column in row)],
        "choices_header": [dict.fromkeys(column for row in sheets.choices for column in row)],
        "settings_header": [dict.fromkeys(sheets.settings)],
    }
    result = convert(workbook, warnings=warnings)
    assert warnings == []
    assert re.findall(r'<translation lang="([^"]*)"( default)?', result.xform) == [("default", " default"), (WELSH, "")]


def test_a_draft_in_welsh_speaks_welsh_and_begins_with_the_same_answers(form, clock):
    welsh = Draft(form, clock=clock, language=WELSH)
    english = Draft(form, clock=clock)
    first = next(problem.place for problem in english.problems() if not problem.place.row)
    assert welsh.label(first) != english.label(first)
    assert welsh.answers() == english.answers()


def test_each_form_file_says_that_its_welsh_is_unchecked(form):
    words = (resources.files("forms") / f"{form.name}.toml").read_text(encoding="utf-8")
    assert _MARKED in words.partition("[settings]")[0]


def test_numbers_that_do_not_add_up_say_so_in_welsh(clock):
    numbers = {"in_custody": 12, "offered": 7, "seen": 5, "declined": 2, "observed_only": 2, "not_available": 2}
    draft = Draft(reader.load("custody_visit"), clock=clock, language=WELSH)
    draft.answer(Place("access"), "admitted_immediately")
    for name, value in (numbers | {"denied": 0, "not_offered": 0}).items():
        draft.answer(Place(name), value)
    said = {problem.place.name: problem.message for problem in draft.problems()}
    assert said["not_offered"].startswith("12 yn y ddalfa, 11 wedi’u cyfrif (gwahaniaeth o 1): ")
