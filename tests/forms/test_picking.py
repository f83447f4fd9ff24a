"""Choosing by typing a number or the first letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.form import Choice
from forms.picking import pick, pick_several

YNNA = tuple(
    Choice(name=name, labels={"": label})
    for name, label in (("yes", "Yes"), ("no", "No"), ("na", "Not applicable"), ("nc", "Not checked"))
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1", "yes"), (" 4 ", "nc"), ("y", "yes"), ("NO", "no"), ("not c", "nc"), ("not  a", "na"), ("nc", "nc")],
)
def test_a_number_or_the_first_letters_mean_a_choice(typed, meant):
    assert pick(YNNA, typed) == meant


@pytest.mark.parametrize(
    ("typed", "words"),
    [("5", "from 1 to 4"), ("0", "from 1 to 4"), ("n", "More than one"), ("x", "No answer begins"), ("", "No answer")],
)
def test_what_means_none_or_two_is_refused_in_words(typed, words):
    with pytest.raises(ValueError, match=words):
        pick(YNNA, typed)


@pytest.mark.parametrize(("typed", "meant"), [("1 3", "yes na"), ("1, 3", "yes na"), ("y, not c", "yes nc"), ("", "")])
def test_several_choices_are_parted_by_commas_or_numbers_by_spaces(typed, meant):
    assert pick_several(YNNA, typed) == meant


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=8), min_size=1, max_size=9, unique=True))
def test_every_choice_can_be_chosen_by_its_number(labels):
    choices = [Choice(name=f"c{number}", labels={"": label}) for number, label in enumerate(labels)]
    for number, choice in enumerate(choices, start=1):
        assert pick(choices, str(number)) == choice.name
