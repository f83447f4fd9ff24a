"""Who may say what became of an issue: the office alone, also against a laptop whose program somebody changed."""

import pytest

from icv_app.errors import InvalidInput
from icv_app.storage.revision import record_id
from tests.laptops import filed, give


def forge(laptop, key, body, seen):
    """Have a doctored laptop write what it likes, signed with its own keys."""
    with laptop.store.writing() as pen:
        pen.write(record_id("issue", key), "issue", key, body, seen, anew=True)


@pytest.fixture
def issue(scheme):
    """The first issue of a report of ICV01 and ICV02, known to everybody who may read it."""
    report = filed(scheme.one)
    scheme.meet()
    return next(r for r in scheme.office.store.records("issue") if r.body.get("visit") == report)


def held(laptop, key):
    record = laptop.store.current("issue", key)
    return None if record is None else (record.body, record.conflicts)


DONE = {
    "status": "closed", "done": "Nothing", "outcome": "resolved", "feedback_on": "2026-11-01", "closed_by": "OFFICE",
    "closed_on": "2026-11-02", "response_accepted": "yes", "verified_by": "OFFICE", "adequate": "yes",
}  # fmt: skip


def test_a_visitor_cannot_close_their_own_issue(scheme, issue):
    with pytest.raises(InvalidInput) as error:
        scheme.one.store.save("issue", issue.key, {**issue.body, **DONE})
    assert error.value.code == "office_only"
    assert held(scheme.one, issue.key) == (issue.body, {})


@pytest.mark.parametrize("field", ["status", "done", "verified_by"])
def test_what_a_doctored_laptop_of_the_pair_says_for_the_office_counts_nowhere(scheme, issue, field):
    before = [held(laptop, issue.key) for laptop in scheme.honest]
    value = DONE[field] if field != "status" else "closed_no_response"
    forge(scheme.one, issue.key, {**issue.body, field: value}, issue.heads)
    scheme.meet()
    assert [held(laptop, issue.key) for laptop in (scheme.office, scheme.two)] == [before[0], before[2]]


def test_a_doctored_laptop_cannot_take_back_what_the_office_said(scheme, issue):
    sent = {**issue.body, "status": "with_police", "sent_on": "2026-11-20", "sent_to": "custody_inspector"}
    scheme.office.store.save("issue", issue.key, sent)
    scheme.meet()
    now = scheme.office.store.current("issue", issue.key)
    forge(scheme.one, issue.key, issue.body, now.heads)
    forge(scheme.one, issue.key, {**sent, "status": "closed"}, now.heads)
    scheme.meet()
    for laptop in (scheme.office, scheme.two):
        assert held(laptop, issue.key) == (sent, {})


def test_a_doctored_laptop_cannot_raise_something_that_is_closed_for_the_office(scheme, issue):
    key = f"{issue.body['visit']}-99"
    body = {"issue": key, "visit": issue.body["visit"], "kind": "issue", "text": "x", **DONE}
    forge(scheme.one, key, body, ())
    scheme.meet()
    assert held(scheme.office, key) is None


def test_a_visitors_own_correction_goes_through_whatever_the_office_has_said(scheme, issue):
    sent = {**issue.body, "status": "with_police", "sent_on": "2026-11-20", "sent_to": "custody_inspector"}
    scheme.office.store.save("issue", issue.key, sent)
    scheme.meet()
    scheme.one.store.save("issue", issue.key, {**sent, "text": "In better words"})
    scheme.meet()
    assert held(scheme.office, issue.key) == ({**sent, "text": "In better words"}, {})


def test_the_office_says_what_became_of_it_and_the_pair_reads_that(scheme, issue):
    scheme.office.store.save("issue", issue.key, {**issue.body, **DONE})
    scheme.meet()
    for laptop in (scheme.one, scheme.two):
        assert held(laptop, issue.key)[0]["done"] == "Nothing"


@pytest.mark.parametrize("built_on", ["nothing", "another record", "what nobody has", "its own word that was refused"])
def test_what_is_built_on_something_else_says_nothing_for_the_office_either(scheme, built_on):
    report = filed(scheme.three, visitor_1="ICV03", visitor_2="ICV02")
    scheme.meet()
    key = f"{report}-77"
    body = {"issue": key, "visit": report, "kind": "issue", "text": "x", "severity": "serious", "site": "euston-street"}
    other = scheme.three.store.current("visit", report).heads
    forge(scheme.three, key, {**body, **DONE}, ())
    refused = tuple(
        rev for (rev,) in scheme.three.store.connection.execute(
            "SELECT rev FROM revision WHERE record = ?", (record_id("issue", key),)
        )
    )  # fmt: skip
    seen = {"nothing": (), "another record": other, "what nobody has": (b"n" * 32,),
            "its own word that was refused": refused}[built_on]  # fmt: skip
    forge(scheme.three, key, {**body, **DONE, "text": "y"}, seen)
    scheme.meet()
    for laptop in (scheme.office, scheme.two):
        assert held(laptop, key) is None


def test_a_correction_that_comes_before_what_it_is_built_on_counts_once_that_has_come(scheme, issue):
    sent = {**issue.body, "status": "with_police", "sent_on": "2026-11-20", "sent_to": "custody_inspector"}
    scheme.office.store.save("issue", issue.key, sent)
    give(scheme.office, scheme.one)
    scheme.one.store.save("issue", issue.key, {**sent, "text": "In better words"})
    rows = list(scheme.one.store.rows(scheme.one.store.current("issue", issue.key).heads))
    scheme.two.store.take_seals(scheme.one.store.seals_of({}, scheme.one.store.vector()))
    scheme.two.store.ingest(rows)
    assert held(scheme.two, issue.key)[0]["text"] == issue.body["text"]
    give(scheme.office, scheme.two)
    assert held(scheme.two, issue.key) == ({**sent, "text": "In better words"}, {})
