"""Follow-up: each step, each refusal, and that no way through the steps closes anything without its conditions."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app import issue_state
from icv_app.errors import InvalidInput
from icv_app.follow_up import STEPS, By
from icv_app.issue_state import ENDED, OFFICES_OWN, awaits, is_unsent, lacks, oversteps, possible, status, stays
from icv_app.issue_wording import LEVELS, OUTCOMES, RECIPIENTS, STATUSES

FOUND = date(2026, 11, 2)  # a Monday
TODAY = date(2026, 11, 22)
ISSUE = {
    "issue": "CV-1-1", "visit": "CV-1", "source": "issues/1", "kind": "issue", "theme": "hygiene",
    "severity": "significant", "text": "No towels", "status": "open", "site": "EUS", "date": FOUND.isoformat(),
}  # fmt: skip
SERIOUS = {**ISSUE, "severity": "serious"}
PRAISE = {**ISSUE, "kind": "positive_comment", "severity": "praise"}
A, B = By(person="OFFICE1", today=TODAY), By(person="OFFICE2", today=TODAY)


def walk(body, *steps, by=A):
    for name, given_with in steps:
        body = STEPS[name](body, by, **given_with)
    return body


SENT = ("send", {"to": "custody_inspector", "days": 10, "on": FOUND})
ANSWERED = ("respond", {"response": "Ordered", "accepted": True})
DONE = ("do", {"done": "Towels came", "evidence": "Delivery note 7"})
TOLD = ("feed_back", {})
END = ("close", {"outcome": "resolved"})


def refused(code, *steps, body=ISSUE, by=A):
    *before, (name, given_with) = steps
    body = walk(body, *before)
    with pytest.raises(InvalidInput) as error:
        STEPS[name](body, by, **given_with)
    assert error.value.code == code
    assert len(error.value.words) > 20
    return error.value.words


# The usual way


def test_an_issue_goes_to_the_police_is_answered_and_closed_with_what_was_done():
    sent = walk(ISSUE, SENT)
    assert (sent["status"], sent["due_on"]) == ("with_police", "2026-11-16")
    answered = walk(sent, ANSWERED)
    assert (answered["status"], answered["responded_on"], answered["response_accepted"]) == (
        "responded", "2026-11-22", "yes",
    )  # fmt: skip
    closed = walk(answered, ("close", {"outcome": "resolved", "done": "Towels came", "told_on": TODAY}))
    assert closed["status"] == "closed"
    assert (closed["done"], closed["closed_by"], closed["closed_on"]) == ("Towels came", "OFFICE1", "2026-11-22")
    assert not stays(closed)
    assert not awaits(closed)


def test_what_is_missing_is_told_at_once():
    words = refused("not_ready", SENT, ANSWERED, ("close", {}))
    for part in ("what was done", "the outcome", "the visitors were told"):
        assert part in words


def test_what_is_serious_needs_evidence_and_another_persons_check():
    body = walk(SERIOUS, SENT, ANSWERED, TOLD)
    refused("no_evidence", ("close", {"outcome": "resolved", "done": "Mended"}), body=body)
    refused("no_evidence", ("do", {"done": "Mended"}), body=body)
    body = walk(body, DONE)
    refused("not_ready", END, body=body)
    refused("same_person", ("verify", {"adequate": True}), body=body)
    doubted = walk(body, ("verify", {"adequate": False}), by=B)
    assert "OFFICE2 did not" in refused("not_ready", END, body=doubted)
    assert "verified_by" not in walk(doubted, DONE), "what is done anew is checked anew"
    checked = walk(body, ("verify", {"adequate": True}), by=B)
    assert "you checked it yourself" in refused("not_ready", END, body=checked, by=B)
    closed = walk(checked, END)
    assert (closed["status"], closed["verified_by"], closed["closed_by"]) == ("closed", "OFFICE2", "OFFICE1")
    assert not stays(closed)


def test_praise_is_shared_and_that_closes_it():
    refused("not_ready", ("close", {}), body=PRAISE)
    refused("praise", ("respond", {"response": "Thanks", "accepted": True}), body=PRAISE)
    sent = walk(PRAISE, SENT)
    assert "due_on" not in sent
    shared = walk(sent, ("share", {"on": TODAY - timedelta(days=1)}))
    assert (shared["status"], shared["shared_with_staff_on"]) == ("closed", "2026-11-21")
    refused("too_early", ("share", {"on": FOUND - timedelta(days=1)}), body=PRAISE)
    refused("no_praise", ("share", {}))


def test_praise_that_may_not_be_passed_on_is_never_sent():
    kept = {**PRAISE, "may_be_shared": "no"}
    assert not is_unsent(kept)
    assert possible(kept, TODAY) == ("close",)
    for step in (SENT, ("share", {})):
        refused("not_shared", step, body=kept)
    assert walk(kept, ("close", {}))["status"] == "closed"


def test_an_answer_that_is_not_accepted_is_no_answer():
    refused_answer = ("respond", {"response": "No budget", "accepted": False})
    body = walk(ISSUE, SENT, refused_answer)
    refused("not_accepted", ("close", {"outcome": "resolved", "done": "x", "told_on": TODAY}), body=body)
    up = walk(body, ("escalate", {"to": "chief_inspector", "why": "The answer helps nobody"}))
    assert (up["status"], up["escalated_because"]) == ("escalated", "The answer helps nobody")
    assert walk(up, ANSWERED)["status"] == "responded"
    again = walk(body, ("send", {"to": "estates", "days": 5}))
    assert "response" not in again
    assert again["due_on"] == "2026-11-27"
    refused("accepted", SENT, ANSWERED, ("escalate", {"to": "chief_inspector", "why": "x"}))


def test_an_answer_out_of_an_old_log_is_judged_first():
    old = {**ISSUE, "status": "responded", "sent_on": FOUND.isoformat(), "response": "Mended"}
    assert possible(old, TODAY)[0] == "accept"
    given = ("close", {"outcome": "resolved", "done": "Mended", "told_on": TODAY})
    refused("not_judged", given, body=old)
    assert walk(old, ("accept", {"accepted": True}), given)["status"] == "closed"
    refused("wrong_status", ("accept", {"accepted": True}))


def test_without_an_answer_it_is_closed_only_once_that_is_overdue():
    given = {"outcome": "accepted_risk", "done": "Raised at the quarterly meeting", "told_on": TODAY}
    late = walk(ISSUE, SENT)
    assert "no_response" in possible(late, TODAY)
    refused("no_response", ("close", given), body=late)
    assert walk(late, ("close", {**given, "no_response": True}))["status"] == "closed_no_response"
    waiting = walk(late, ("put_off", {"due_on": TODAY}))
    assert "no_response" not in possible(waiting, TODAY)
    refused("not_overdue", ("close", {**given, "no_response": True}), body=waiting)
    refused("not_waiting", ("close", {**given, "no_response": True}))


def test_opened_again_it_begins_anew():
    closed = walk(SERIOUS, SENT, ANSWERED, TOLD, DONE)
    closed = walk(walk(closed, ("verify", {"adequate": True}), by=B), END)
    refused("no_words", ("reopen", {"why": " "}), body=closed)
    opened = walk(closed, ("reopen", {"why": "Found again on 20 November"}))
    assert status(opened) == "open"
    assert not {"done", "evidence", "verified_by", "adequate", "closed_on", "outcome", "feedback_on"} & opened.keys()
    assert is_unsent(opened)
    assert stays(opened)
    refused("not_closed", ("reopen", {"why": "x"}))


def test_what_the_report_took_out_is_not_followed_up():
    gone = {**ISSUE, "status": "withdrawn"}
    assert possible(gone, TODAY) == ()
    assert not stays(gone)
    for name in ("do", "verify", "feed_back", "close", "send", "respond", "reopen"):
        with pytest.raises(InvalidInput):
            STEPS[name](gone, A, **GIVEN[name])


@pytest.mark.parametrize(
    ("code", "steps"),
    [
        ("future", [("send", {"to": "estates", "days": 5, "on": TODAY + timedelta(days=1)})]),
        ("too_early", [("send", {"to": "estates", "days": 5, "on": FOUND - timedelta(days=1)})]),
        ("unknown", [("send", {"to": "the mayor", "days": 5})]),
        ("due_before", [("send", {"to": "estates", "due_on": FOUND})]),
        ("wrong_status", [SENT, SENT]),
        ("wrong_status", [ANSWERED]),
        ("no_words", [SENT, ("respond", {"response": " ", "accepted": True})]),
        ("no_words", [SENT, ("escalate", {"to": "chief_inspector", "why": ""})]),
        ("unknown", [SENT, ("escalate", {"to": "estates", "why": "x"})]),
        ("due_before", [SENT, ("put_off", {"due_on": FOUND - timedelta(days=1)})]),
        ("no_words", [("do", {"done": ""})]),
        ("nothing_to_verify", [("verify", {"adequate": True})]),
        ("unknown", [("close", {"outcome": "fine", "done": "x", "told_on": TODAY})]),
        ("itself", [("link", {"repeat_of": "CV-1-1"})]),
        ("too_long", [("summarise", {"words": "x" * 301})]),
        ("closed", [("close", {"outcome": "resolved", "done": "x", "told_on": TODAY}), ("do", {"done": "y"})]),
    ],
)
def test_each_refusal(code, steps):
    refused(code, *steps)


def test_something_serious_is_not_closed_before_the_police_heard_of_it():
    body = walk(SERIOUS, DONE, TOLD)
    refused("not_sent", END, body=walk(body, ("verify", {"adequate": True}), by=B))


def test_something_serious_that_its_report_closed_stays_until_it_is_checked():
    put_right = {**SERIOUS, "status": "closed"}
    assert stays(put_right)
    assert not stays({**ISSUE, "status": "closed"})
    done = walk(put_right, DONE)
    assert not stays(walk(done, ("verify", {"adequate": True}), by=B))


# Every way through the steps

PEOPLE = st.sampled_from(("OFFICE1", "OFFICE2", "OFFICE3"))
DAYS = st.dates(FOUND - timedelta(days=3), FOUND + timedelta(days=60))
MAYBE = st.none() | DAYS
WORDS = st.sampled_from(("", " ", "Done", "Ordered"))
GIVEN = {
    "send": {"to": "custody_inspector", "days": 10}, "respond": {"response": "x", "accepted": True},
    "do": {"done": "x"}, "verify": {"adequate": True}, "feed_back": {}, "close": {}, "reopen": {"why": "x"},
}  # fmt: skip
ARGUMENTS = {
    "send": st.fixed_dictionaries(
        {"to": st.sampled_from((*RECIPIENTS, "x")), "days": st.integers(0, 20), "on": MAYBE, "due_on": MAYBE}
    ),
    "respond": st.fixed_dictionaries({"response": WORDS, "accepted": st.booleans(), "on": MAYBE}),
    "accept": st.fixed_dictionaries({"accepted": st.booleans()}),
    "escalate": st.fixed_dictionaries(
        {"to": st.sampled_from((*LEVELS, "x")), "why": WORDS, "on": MAYBE, "due_on": MAYBE}
    ),
    "put_off": st.fixed_dictionaries({"due_on": DAYS}),
    "do": st.fixed_dictionaries({"done": WORDS, "evidence": WORDS}),
    "verify": st.fixed_dictionaries({"adequate": st.booleans()}),
    "feed_back": st.fixed_dictionaries({"on": MAYBE}),
    "share": st.fixed_dictionaries({"on": MAYBE}),
    "close": st.fixed_dictionaries(
        {
            "outcome": st.sampled_from(("", *OUTCOMES, "x")),
            "done": WORDS,
            "told_on": MAYBE,
            "no_response": st.booleans(),
        }
    ),
    "reopen": st.fixed_dictionaries({"why": WORDS}),
    "link": st.fixed_dictionaries({"repeat_of": st.sampled_from(("", "CV-0-1", "CV-1-1"))}),
    "summarise": st.fixed_dictionaries({"words": WORDS}),
}
WAY = st.lists(
    st.tuples(PEOPLE, st.integers(0, 60)).flatmap(
        lambda who: st.sampled_from(sorted(STEPS)).flatmap(
            lambda name: ARGUMENTS[name].map(lambda given_with: (*who, name, given_with))
        )
    ),
    max_size=25,
)


def test_every_step_is_in_the_ways():
    assert ARGUMENTS.keys() == STEPS.keys()


@settings(max_examples=400, deadline=None)
@given(
    WAY,
    st.sampled_from(("serious", "significant", "minor", None)),
    st.sampled_from(("issue", "detainee_request", "recommendation", "question", "positive_comment")),
    st.sampled_from((None, "yes", "no")),
)
def test_no_way_through_the_steps_closes_anything_without_its_conditions(way, severity, kind, shared):
    body = {**ISSUE, "severity": severity, "kind": kind, "may_be_shared": shared}
    for person, later, name, given_with in way:
        by = By(person=person, today=FOUND + timedelta(days=later))
        before = dict(body)
        try:
            after = STEPS[name](body, by, **given_with)
        except InvalidInput:
            assert body == before, "a refused step changes nothing"
            continue
        assert body == before, "a step gives a new body"
        assert status(after) in STATUSES
        assert {**after, **{field: before[field] for field in REPORTS if field in before}} == after
        held(after, by, closed_now=status(before) not in ENDED)
        body = after


REPORTS = ("issue", "visit", "source", "kind", "theme", "severity", "text", "site", "date", "may_be_shared")


def held(body, by, *, closed_now):
    """The conditions of `domain.md` A6, said a second time."""
    if status(body) not in ENDED:
        return
    if body["kind"] == "positive_comment":
        assert (body["may_be_shared"] == "no") != bool(body.get("shared_with_staff_on"))
        return
    for field in ("done", "outcome", "feedback_on", "closed_on", "closed_by"):
        assert body[field].strip(), field
    assert body["outcome"] in OUTCOMES
    if closed_now:
        assert body["closed_by"] == by.person
    if status(body) == "closed":
        assert not body.get("sent_on") or body.get("response_accepted") == "yes" or body.get("reopened_on")
    else:
        assert body["due_on"] < body["closed_on"]
    if body["severity"] == "serious":
        assert body["evidence"]
        assert body["adequate"] == "yes"
        assert body["verified_by"] not in (body["done_by"], body["closed_by"])
        assert not stays(body)


NOW = FOUND + timedelta(days=30)
FEW = {
    "send": [{"to": "estates", "days": 1, "on": FOUND}, {"to": "estates", "due_on": NOW}],
    "respond": [{"response": "x", "accepted": True}, {"response": "x", "accepted": False}],
    "accept": [{"accepted": True}, {"accepted": False}],
    "escalate": [{"to": "chief_inspector", "why": "x"}],
    "put_off": [{"due_on": FOUND}, {"due_on": NOW}],
    "do": [{"done": "x"}, {"done": "x", "evidence": "x"}],
    "verify": [{"adequate": True}, {"adequate": False}],
    "feed_back": [{}],
    "share": [{}],
    "close": [
        {}, {"outcome": "resolved"}, {"outcome": "resolved", "done": "y", "told_on": NOW},
        {"outcome": "resolved", "no_response": True}, {"outcome": "resolved", "done": "y", "no_response": True},
    ],
    "reopen": [{"why": "x"}],
}  # fmt: skip
"""Each step in every way that leads somewhere else; the words themselves, and further days, lead nowhere else."""

NOT_OF_ITS_TIME = (
    "wrong_status", "closed", "withdrawn", "praise", "no_praise", "not_closed", "not_sent", "no_response",
    "not_accepted", "accepted", "not_overdue", "not_waiting", "nothing_to_verify", "not_shared",
)  # fmt: skip


@pytest.mark.parametrize("severity", ["serious", "minor"])
@pytest.mark.parametrize(("kind", "shared"), [("issue", None), ("positive_comment", None), ("positive_comment", "no")])
@pytest.mark.parametrize("begun", ["open", "closed", "responded"])
def test_of_all_ways_that_there_are_none_closes_without_its_conditions(severity, kind, shared, begun):
    """Walk every way from an issue as a report makes it, to the end of all ways; `closed` is put right at the visit."""
    first = {**ISSUE, "severity": severity, "kind": kind, "may_be_shared": shared, "status": begun}
    known, waiting, ends = {tuple(sorted(first.items(), key=str))}, [first], set()
    while waiting:
        body = waiting.pop()
        for name, by in ((name, By(person=who, today=NOW)) for name in FEW for who in ("ONE", "TWO", "THREE")):
            reached = False
            for given_with in FEW[name]:
                try:
                    after = STEPS[name](body, by, **given_with)
                except InvalidInput as error:
                    code = error.code
                else:
                    reached, code = True, ""
                    if status(body) not in ENDED:
                        held(after, by, closed_now=True)
                        ends |= {status(after)} & ENDED
                    if (mark := tuple(sorted(after.items(), key=str))) not in known:
                        known.add(mark)
                        waiting.append(after)
                step = "no_response" if name == "close" and given_with.get("no_response") else name
                offered = step in possible(body, NOW)
                assert not (offered and code in NOT_OF_ITS_TIME), (name, code, body)
            if reached and name in ("respond", "escalate", "put_off", "share", "reopen", "do", "feed_back"):
                assert name in possible(body, NOW), (name, body)
    assert ends == ({"closed"} if kind == "positive_comment" else {"closed", "closed_no_response"})


ANYTHING = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.lists(st.text(max_size=3))
    | (st.dictionaries(st.text(max_size=3), st.text(max_size=3)))
)


@given(st.dictionaries(st.sampled_from(sorted({*OFFICES_OWN, *ISSUE})), ANYTHING))
def test_odd_values_from_another_laptop_are_never_a_fault(body):
    for ask in (issue_state.status, stays, awaits, is_unsent, issue_state.due, issue_state.raised_on):
        ask(body)
    lacks(body, "OFFICE1")
    possible(body, TODAY)
    issue_state.is_overdue(body, TODAY)
    oversteps([body], {})
    oversteps([], body)


# What a visitor may say


@pytest.mark.parametrize("field", sorted(OFFICES_OWN))
def test_a_visitor_says_nothing_that_is_the_offices(field):
    assert oversteps([], {**ISSUE, field: "x"})
    assert oversteps([ISSUE], {**ISSUE, field: "x"})
    assert oversteps([{**ISSUE, field: "x"}], ISSUE), "nor takes it away"
    assert not oversteps([{**ISSUE, field: "x"}], {**ISSUE, field: "x", "text": "Better words"})


@pytest.mark.parametrize(
    ("was", "now", "theirs"),
    [
        (None, "open", True), (None, "closed", True), (None, "with_police", False), (None, "closed_no_response", False),
        ("open", "closed", True), ("open", "withdrawn", True), ("with_police", "closed", False),
        ("with_police", "withdrawn", True), ("responded", "open", False), ("closed", "open", False),
        ("withdrawn", "open", True), ("escalated", "closed", False),
    ],
)  # fmt: skip
def test_a_report_says_of_an_issue_that_it_is_open_was_put_right_or_never_was(was, now, theirs):
    before = [] if was is None else [{**ISSUE, "status": was}]
    assert oversteps(before, {**ISSUE, "status": now}) is not theirs


def test_a_report_does_not_close_what_the_office_opened_again():
    opened = {**ISSUE, "reopened_on": "2026-11-20"}
    assert oversteps([opened], {**opened, "status": "closed"})
