"""The guard: every hit stands where it says, hostile text costs no more than its length, and each kind is told."""

import gettext
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import guard, guard_patterns, guard_shape, guard_words, outline, reader, translation
from forms.guard import kind_words, look, mask

PIECES = st.sampled_from(
    [
        *("Spoke to", "Mr", "Kowalski", "john smith", "DOB", "born", "3/4/85", "03.04.1985", "0116 496 0123", "+44"),
        *("07700 900123", "LE1 9ZZ", "le19zz", "@", "a@b.example", "at", "dot", "com", "LE/1234/26", "CN", "[name]"),
        *(
            "EU/2026/004512",
            "[",
            "]",
            "(",
            ")",
            "'",
            "’s",
            ".",
            ",",
            "\n",
            " ",
            "ŁUKASZ",
            "Ó Briain",
            "McX",
            "O'",
            "x-y",
        ),
        *("\0", "ß", "İ", "ﬁ", "٣", "²", "😀", "Mark", "will", "dog", "Bella", "\t", "SMITH,", "John", "-", "/"),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join)
)


@given(TEXTS)
def test_every_hit_stands_where_it_says_in_order_and_clear_of_the_next(text):
    hits = look(text, custody_number="[A-Z]{2}/?[0-9]{4,6}/[0-9]{2}")
    assert [text[hit.start : hit.end] for hit in hits] == [hit.text for hit in hits]
    assert all(hit.text and hit.kind in guard.KINDS for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))


@given(TEXTS)
def test_a_masked_text_is_masked_for_good(text):
    masked = mask(text)
    assert look(masked) == ()
    assert mask(masked) == masked


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_pattern_of_a_scheme_stops_the_guard(pattern, text):
    look(text, custody_number=pattern)


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(((a{9}){9}){9}){9}", "(?=a)b", "(a)\\1", "[", "(", "a{2", "*", "a" * 500, "\\"]
)
def test_a_pattern_that_is_not_understood_is_passed_over(pattern):
    assert [hit.kind for hit in look("aaaaaaaaaaaaaaaaaaaaaaaaaaaaab LE/1234/26", custody_number=pattern)] == [
        "custody_number"
    ]


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("ZX[0-9]{6}", "ZX104455"),
        (r"^\d{2}-\d{4}-(?:A|B)$", "12-3456-B"),
        ("[A-Z]+ [0-9]{3,5}", "KX 4411"),
        (r"CUST\.[0-9]+(/[0-9]{2})?", "CUST.88123/26"),
    ],
)
def test_a_scheme_has_its_own_shape_of_custody_numbers(pattern, number):
    hits = look(f"They saw {number} at noon", custody_number=pattern)
    assert [(hit.kind, hit.text) for hit in hits if hit.kind == "custody_number"] == [("custody_number", number)]


class _Counted(str):
    """A text that counts how often a character of it is looked at."""

    looked = 0

    def __getitem__(self, at):
        type(self).looked += 1
        return super().__getitem__(at)


@pytest.mark.parametrize("pattern", ["(a*)*b", "(a|a)*b", "(a?){30}a{30}", "a*a*a*a*a*a*b", "((a{1,9}){1,9})c"])
def test_a_clumsy_pattern_costs_no_more_than_its_length_times_the_texts(pattern):
    shape = guard_shape.read(pattern)
    _Counted.looked = 0
    shape.step(_Counted("a" * guard_shape.LONGEST), frozenset({0}))
    assert _Counted.looked < guard_shape.LONGEST**2 * len(pattern)


def test_every_pattern_of_the_guard_has_bounded_repeats_only():
    patterns = [value.pattern for value in vars(guard_patterns).values() if hasattr(value, "pattern")]
    assert len(patterns) > 8
    for pattern in patterns:
        plain = pattern.replace("\\+", "").replace("\\.", "").replace("[\\w.+%'-]", "").replace("[\\w.+%-]", "")
        assert "*" not in plain, pattern
        assert "+" not in plain, pattern


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PC Ward and Mr Cook", ["Ward", "Cook"]),
        ("The ward is clean; the cook left", []),
        ("MR KHAN ASKED FOR WATER AND FOOD", ["KHAN"]),
        ("Dog Max and Bella, handler Sarah Tonks", ["Sarah Tonks"]),
        ("Euston Street, Keyham Lane, Beaumont Leys", []),
        ("called Xanthe", ["Xanthe"]),
        ("Gráinne Ní Dhomhnaill", ["Gráinne Ní Dhomhnaill"]),
    ],
    ids=lambda value: str(value)[:24],
)
def test_names_are_told_from_words_places_and_dogs(text, expected):
    assert [hit.text for hit in look(text) if hit.kind == "name"] == expected


@pytest.mark.parametrize(
    "text",
    [
        "on 3 July 2025",
        "since 14/11/2026",
        "at 14:30 and 0830",
        "CV-2026-7QK2M9",
        "M4 junction, B1 cell, E3 2nd left",
        "2025/26",
        "IS91",
        "dob not given, visited 12/11/2026",
        "120/80",
    ],
)
def test_figures_of_everyday_are_left_alone(text):
    assert look(text) == ()


def test_a_mask_says_what_was_there():
    assert mask("Mr Khan, dob 3/4/85") == "Mr [name], dob [date of birth]"


def test_a_kind_is_said_in_the_language_in_use():
    class Welsh(gettext.NullTranslations):
        def gettext(self, message):
            return {"name": "enw"}.get(message, message)

    translation.use("cy", Welsh())
    try:
        assert kind_words("name") == "enw"
        assert mask(mask("Mr Khan")) == "Mr [enw]"
    finally:
        translation.use("en")


def test_the_lists_are_long_and_in_small_letters():
    known = guard_words.lexicon()
    assert sum(flags & guard_words.FIRST > 0 for flags in known.values()) > 1000
    assert sum(flags & guard_words.SURNAME > 0 for flags in known.values()) > 1000
    assert all(word == word.lower() and word.isascii() for word in known)


@pytest.mark.parametrize("name", reader.shipped())
def test_no_form_alarms_with_its_own_words(name):
    rows = [entry.row for entry in outline.of(reader.load(name)).entries.values()]
    texts = [text for row in rows for text in (row.label(), row.hint())]
    assert [hit.text for text in texts for hit in look(text)] == []
