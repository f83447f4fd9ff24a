"""The margin: where an answer was copied from and why personal data stays, for as long as the answer stands."""

import pytest

from forms.draft import Draft
from forms.form import Place

SURVEY = (
    {"type": "text", "name": "word"},
    {"type": "integer", "name": "number"},
    {"type": "text", "name": "away", "relevant": "${number} != 5"},
    {"type": "begin_repeat", "name": "people"},
    {"type": "text", "name": "nick"},
    {"type": "end_repeat"},
    {"type": "calculate", "name": "out", "calculation": "1"},
)
SOURCE = "CV-2026-000001"


@pytest.fixture
def visit(draft):
    return draft(*SURVEY)


def test_a_copied_answer_names_its_source_until_it_is_changed(visit):
    change = visit.copy(Place("word"), "As before", SOURCE)
    assert change.changed == {Place("word")}
    assert (visit.value(Place("word")), visit.copied(Place("word"))) == ("As before", SOURCE)
    visit.type_in(Place("word"), "As before")
    assert visit.copied(Place("word")) == SOURCE
    visit.type_in(Place("word"), "As before, but")
    assert visit.copied(Place("word")) == ""


@pytest.mark.parametrize("value", [None, "", " "], ids=["nothing", "empty", "a-space"])
def test_nothing_copied_has_no_source(visit, value):
    visit.copy(Place("word"), value, SOURCE)
    assert visit.copied(Place("word")) == ""


def test_a_reason_lapses_with_its_text_and_comes_back_with_it(visit):
    visit.type_in(Place("word"), "The dog is called Rex")
    visit.seal()
    visit.give_reason(Place("word"), " A dog ")
    assert visit.reason(Place("word")) == "A dog"
    visit.type_in(Place("word"), "The dog is called Rex, they said")
    assert visit.reason(Place("word")) == ""
    visit.undo()
    assert visit.reason(Place("word")) == "A dog"
    visit.undo()
    assert (visit.text(Place("word")), visit.reason(Place("word"))) == ("The dog is called Rex", "")


def test_a_reason_that_is_taken_back_leaves_no_trace(visit):
    visit.answer(Place("word"), "x")
    visit.give_reason(Place("word"), "why")
    visit.give_reason(Place("word"), "")
    assert visit.answers() == {"word": "x"}


def test_an_unread_text_keeps_its_reason_until_it_is_typed_on(visit):
    visit.type_in(Place("number"), "ask Rex")
    visit.give_reason(Place("number"), "A dog")
    assert visit.answers()["~margin"] == {"personal_data_reasons": {"number": "A dog"}}
    visit.type_in(Place("number"), "ask Rex!")
    assert visit.reason(Place("number")) == ""


def test_the_margin_holds_what_is_shown_and_the_answers_all(visit):
    row = visit.add_row("people")[0]
    visit.copy(Place("nick", "people", row), "Bo", SOURCE)
    visit.copy(Place("away"), "x", SOURCE)
    visit.give_reason(Place("away"), "why")
    visit.answer(Place("number"), 5)
    assert visit.margin() == {"copied_from": {f"people/{row}/nick": SOURCE}}
    assert visit.answers()["~margin"] == {
        "copied_from": {"away": SOURCE, f"people/{row}/nick": SOURCE},
        "personal_data_reasons": {"away": "why"},
    }
    visit.remove_row("people", row)
    assert visit.margin() == {}


def test_a_draft_and_a_stored_record_are_restored_with_their_margin(draft, clock):
    margin = {"copied_from": {"people/1/nick": SOURCE}, "personal_data_reasons": {"word": "A dog"}}
    body = {"word": "Rex", "people": {"1": {"nick": "Bo"}}}
    of_a_record = draft(*SURVEY, answers=body | margin)
    assert of_a_record.margin() == margin
    assert of_a_record.unknown == ()
    again = Draft(of_a_record.form, of_a_record.answers(), clock=clock)
    assert again.margin() == margin
    assert again.answers() == of_a_record.answers() == body | {"~margin": margin}
    assert not again.can_undo


@pytest.mark.parametrize(
    "written",
    [
        None,
        "words",
        {"copied_from": "words"},
        {"copied_from": {"gone": SOURCE, "people/9/nick": SOURCE, "people/1/word": SOURCE, "nick": SOURCE}},
        {"copied_from": {"out": SOURCE, "people": SOURCE, "": SOURCE, "/": SOURCE, "a/b/c/d": SOURCE}},
        {"personal_data_reasons": {"word": 3, "number": ""}},
    ],
    ids=["none", "text", "text-in-it", "no-such-place", "no-answer", "no-words"],
)
def test_a_margin_that_leads_nowhere_is_left_out(draft, written):
    restored = draft(*SURVEY, answers={"word": "x", "people": {"1": {"nick": "Bo"}}, "~margin": written})
    assert restored.margin() == {}


def test_only_an_answer_of_a_person_can_be_copied_or_explained(visit):
    with pytest.raises(ValueError, match="out is not answered"):
        visit.copy(Place("out"), "2", SOURCE)
    with pytest.raises(KeyError):
        visit.give_reason(Place("nick", "people", "9"), "why")
