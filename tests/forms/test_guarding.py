"""The guard's findings in a draft: shown free texts, less what a question is there to hold."""

from forms.form import Choice
from forms.guarding import findings
from tests.forms.conftest import at

FORM = (
    {"type": "begin_group", "name": "cells", "label": "Cells"},
    {"type": "text", "name": "comment", "label": "What was not right?"},
    {"type": "text", "name": "number", "label": "Custody number", "bind::icv:holds": "custody_number"},
    {"type": "text", "name": "officer", "label": "Officer", "bind::icv:holds": "staff"},
    {"type": "text", "name": "hidden", "label": "More", "relevant": "${comment} = 'more'"},
    {"type": "calculate", "name": "copy", "calculation": "${comment}"},
    {"type": "end_group"},
    {"type": "begin_repeat", "name": "people", "label": "People"},
    {"type": "text", "name": "request", "label": "Request"},
    {"type": "end_repeat"},
)


def test_a_finding_says_where_and_what(draft):
    visit = draft(*FORM, answers={"comment": "Mr Khan is cold"})
    (found,) = findings(visit)
    assert (found.place, found.section, found.label, found.reason) == (
        at("comment"),
        "cells",
        "What was not right?",
        "",
    )
    assert [(hit.kind, hit.text) for hit in found.hits] == [("name", "Khan")]


def test_what_a_question_is_there_to_hold_is_no_finding(draft):
    visit = draft(*FORM, answers={"number": "LE/1234/26", "officer": "Sgt Holroyd"})
    assert findings(visit) == ()


def test_a_question_may_hold_one_kind_and_not_another(draft):
    visit = draft(*FORM, answers={"number": "Mr Khan", "officer": "LE/1234/26"})
    assert [found.hits[0].kind for found in findings(visit)] == ["name", "custody_number"]


def test_what_is_not_shown_is_no_finding(draft):
    assert findings(draft(*FORM, answers={"hidden": "Mr Khan"})) == ()


def test_the_rows_of_a_repeat_are_looked_at_in_order(draft):
    visit = draft(*FORM)
    rows = [visit.add_row("people")[0] for _ in range(2)]
    for row in rows:
        visit.type_in(at("request", row), f"Mr Khan {row}")
    assert [found.place for found in findings(visit)] == [at("request", row) for row in rows]


def test_a_reason_is_given_with_its_finding(draft):
    visit = draft(*FORM, answers={"comment": "Mr Khan is cold"})
    visit.give_reason(at("comment"), "He asked us to")
    assert [found.reason for found in findings(visit)] == ["He asked us to"]


def test_the_scheme_has_its_own_custody_numbers(draft):
    scheme = (Choice(name="custody_number", labels={}, extra={"value": "ZX[0-9]{6}"}),)
    seen = {"comment": "see ZX104455"}
    assert findings(draft(*FORM, answers=seen)) == ()
    (found,) = findings(draft(*FORM, answers=seen, lists={"scheme": scheme}))
    assert found.hits[0].text == "ZX104455"
