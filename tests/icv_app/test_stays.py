"""What stays with a site: the next visitors are told of an issue until it is closed and, if serious, verified."""

import pytest

from forms.form import Place
from icv_app.issue_state import is_praise
from tests.laptops import filed


@pytest.fixture
def issue(scheme):
    report = filed(scheme.one)
    scheme.meet()
    found = (r for r in scheme.office.store.records("issue") if r.body.get("visit") == report)
    return next(r for r in found if not is_praise(r.body))


def told(laptop, issue):
    past = laptop.paperwork.past(issue.body["form"], issue.body["site"])
    return {each.key: each for each in past.issues if each.key == issue.key}


def say(scheme, issue, **changes):
    record = scheme.office.store.current("issue", issue.key)
    scheme.office.store.save("issue", issue.key, {**record.body, **changes})
    scheme.meet()


def test_an_issue_is_told_to_the_next_visitors_until_it_is_closed(scheme, issue):
    for status in ("open", "with_police", "responded", "escalated"):
        say(scheme, issue, severity="minor", status=status)
        for laptop in scheme:  # its pair, the office, and one who visits there and reads no report of theirs
            assert issue.key in told(laptop, issue), (status, laptop.identity.person)
    for status in ("closed", "closed_no_response", "withdrawn"):
        say(scheme, issue, status=status)
        for laptop in scheme:
            assert told(laptop, issue) == {}, (status, laptop.identity.person)


def test_a_serious_one_is_told_until_somebody_has_checked_it(scheme, issue):
    say(scheme, issue, severity="serious", status="closed", done="A new bell")
    for laptop in scheme:
        found = told(laptop, issue)[issue.key]
        assert (found.unchecked, found.done) == (True, "A new bell")
    say(scheme, issue, verified_by="OFFICE2", adequate="no")
    assert issue.key in told(scheme.three, issue)
    say(scheme, issue, adequate="yes")
    for laptop in scheme:
        assert told(laptop, issue) == {}


def test_a_serious_one_that_was_put_right_at_the_visit_is_told_to_the_next_visitors(scheme):
    report = filed(scheme.one)
    record = scheme.one.store.current("visit", report)
    rows = {
        row: {**said, "issue_severity": "serious", "issue_resolved": "yes"}
        for row, said in record.body["issues"].items()
    }  # fmt: skip
    opened = scheme.one.paperwork.correct(report)
    for row, said in rows.items():
        opened.draft.answer(Place("issue_severity", "issues", row), said["issue_severity"])
        opened.draft.answer(Place("issue_resolved", "issues", row), said["issue_resolved"])
    scheme.one.paperwork.submit(opened, reason="It was serious.")
    scheme.meet()
    serious = [
        r
        for r in scheme.office.store.records("issue")
        if r.body.get("visit") == report and r.body.get("severity") == "serious"
    ]
    assert serious
    assert {r.body["status"] for r in serious} == {"closed"}
    for each in serious:
        assert told(scheme.three, each)[each.key].unchecked
