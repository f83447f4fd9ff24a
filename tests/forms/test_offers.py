"""Which answers may be raised as an issue, and when they are offered."""

from datetime import UTC, datetime

import pytest

from forms import outline, reader
from forms.draft import Draft
from forms.form import Form, Place
from forms.offers import Offers

FORM = """
[settings]
form_title = "T"
form_id = "t"
version = "1"
[[choices]]
list_name = "yn"
name = "yes"
label = "Yes"
[[choices]]
list_name = "yn"
name = "no"
label = "No"
[[choices]]
list_name = "theme"
name = "hygiene"
label = "Hygiene"
[[survey]]
type = "begin_group"
name = "look"
label = "Look"
[[survey]]
type = "select_one yn"
name = "clean"
label = "Was it clean?"
"bind::icv:raise_issue" = "hygiene"
"bind::icv:serious" = "no"
[[survey]]
type = "select_one yn"
name = "hit"
label = "Was anybody hit?"
"bind::icv:raise_issue" = "hygiene"
[[survey]]
type = "text"
name = "hit_words"
label = "What happened?"
required = "yes"
relevant = "${hit} = 'yes'"
[[survey]]
type = "select_one yn"
name = "quiet"
label = "Was it quiet?"
[[survey]]
type = "end_group"
[[survey]]
type = "begin_repeat"
name = "people"
label = "Person"
[[survey]]
type = "select_one yn"
name = "fed"
label = "Were they fed?"
"bind::icv:raise_issue" = "hygiene"
[[survey]]
type = "end_repeat"
[[survey]]
type = "begin_repeat"
name = "issues"
label = "Issue"
[[survey]]
type = "select_one theme"
name = "issue_theme"
label = "About?"
[[survey]]
type = "text"
name = "issue_text"
label = "Words"
[[survey]]
type = "end_repeat"
"""


def draft_of(form: Form) -> Draft:
    return Draft(form, clock=lambda: datetime(2026, 11, 22, tzinfo=UTC))


@pytest.fixture
def draft() -> Draft:
    return draft_of(reader.read(FORM, name="t"))


def raised(draft: Draft, offers: Offers, place: Place) -> str:
    row, _ = draft.add_row("issues")
    for name, value in offers.start(draft, place).items():
        draft.answer(Place(name, "issues", row), value)
    return row


def test_a_no_is_offered_until_it_is_raised(draft):
    offers, place = Offers(draft.form), Place("clean")
    assert not offers.offered(draft, place)
    draft.answer(place, "no")
    assert offers.open(draft) == (place,)
    row = raised(draft, offers, place)
    assert offers.open(draft) == ()
    assert offers.raised(draft, place) == row
    assert draft.value(Place("issue_theme", "issues", row)) == "hygiene"
    assert draft.value(Place("issue_text", "issues", row)) == "Was it clean? No."


def test_a_yes_is_bad_where_the_form_requires_words_on_it(draft):
    draft.answer(Place("hit"), "yes")
    assert Offers(draft.form).offered(draft, Place("hit"))
    draft.answer(Place("hit"), "no")
    assert not Offers(draft.form).offered(draft, Place("hit"))


def test_a_question_without_a_theme_is_never_offered(draft):
    draft.answer(Place("quiet"), "no")
    assert Offers(draft.form).open(draft) == ()


def test_an_issue_removed_is_offered_again(draft):
    offers, place = Offers(draft.form), Place("clean")
    draft.answer(place, "no")
    draft.remove_row("issues", raised(draft, offers, place))
    assert offers.offered(draft, place)


def test_each_row_of_a_repeat_has_its_own_offer(draft):
    offers = Offers(draft.form)
    places = [Place("fed", "people", draft.add_row("people")[0]) for _ in range(2)]
    for place in places:
        draft.answer(place, "no")
    raised(draft, offers, places[0])
    assert offers.open(draft) == (places[1],)


def test_only_the_answer_that_the_form_names_is_serious(draft):
    offers = Offers(draft.form)
    row = outline.of(draft.form)["clean"].row
    assert offers.serious(row, "no")
    assert not offers.serious(row, "yes")
    assert not offers.serious(row, None)


@pytest.mark.parametrize("name", ["custody_visit", "kennel_visit", "record_review", "training_observation"])
def test_no_good_or_unseen_answer_of_a_shipped_form_is_bad(name):
    form = reader.load(name)
    offers = Offers(form)
    for entry in outline.of(form).entries.values():
        row = entry.row
        if "icv:raise_issue" in row.binds and row.kind == "select_one":
            for good in ("good", "acceptable", "sufficient", "not_checked", "not_applicable", "not_seen"):
                assert not offers.bad(row, good), (row.name, good)
            choices = [choice.name for choice in form.lists[row.list_name]]
            assert any(offers.bad(row, choice) for choice in choices), row.name
