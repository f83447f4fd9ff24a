"""The papers in Welsh: row by row those in English, with no name whose grammar is that of an English verb."""

import re

import pytest

import resources
from forms import translation
from icv_app.summaries import paper_file, paper_template
from icv_app.summaries.paper_check import check
from icv_app.summaries.paper_name import NAMES
from reports.papers import filling, paper_word, paper_words
from tests.reports.paper_example import example

TEMPLATES = tuple(paper_template.TEMPLATES)
BASES = {placeholder: name.name for name in NAMES for placeholder in name.placeholders}
NAMED = re.compile(r"\$\{(\w+)\}")


def rows(name, code):
    held = paper_file.read_toml(resources.path(f"papers/{name}{code}.toml").read_text(encoding="utf-8"), file=name)
    assert held.name == name
    return held.rows


def both(name):
    return zip(rows(name, ""), rows(name, ".cy"), strict=True)


def named(text):
    """The names in a text, a count by its plain one."""
    return {BASES[name] for name in NAMED.findall(text)}


@pytest.fixture
def in_welsh():
    translation.use("cy", resources.catalogue("cy"))
    yield
    translation.use("en")


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_rows_have_the_types_repeats_numbers_and_conditions_of_the_english_ones(name):
    for english, welsh in both(name):
        for column in ("type", "repeat", "number", "relevant"):
            assert getattr(welsh, column) == getattr(english, column)


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_text_names_what_the_english_one_names_so_that_both_are_said_or_left_out(name):
    for english, welsh in both(name):
        assert [column for column, _ in welsh.texts] == [column for column, _ in english.texts]
        for (_, one), (_, other) in zip(english.texts, welsh.texts, strict=True):
            assert named(other) == named(one)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_text_in_words_is_in_welsh(name):
    for english, welsh in both(name):
        for (_, one), (_, other) in zip(english.texts, welsh.texts, strict=True):
            assert other != one or not re.search(r"\w", NAMED.sub("", one))


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_name_brings_a_verb_or_a_number_in_words(name):
    for row in rows(name, ".cy"):
        for _, text in row.texts:
            assert not [each for each in NAMED.findall(text) if each.endswith(("_were", "_words"))]


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_is_wrong_with_them(name):
    assert check(rows(name, ".cy")) == ()


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_program_takes_them_where_it_speaks_welsh(name, in_welsh):
    assert paper_template.shipped(name) == rows(name, ".cy")


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("words", [paper_word.example, lambda: paper_words.words(example())])
def test_the_paper_comes_out_in_welsh_block_by_block(name, words, in_welsh):
    held = words()
    welsh, english = filling.fill(rows(name, ".cy"), held), filling.fill(rows(name, ""), held)
    assert [type(block) for block in welsh.blocks] == [type(block) for block in english.blocks]
    assert welsh.title != english.title
    assert "${" not in str(welsh)
