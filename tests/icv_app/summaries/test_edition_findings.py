"""Findings of an edition that an earlier program published: they open, and differ only in what that program knew."""

from dataclasses import replace
from datetime import date

from icv_app.account import Account
from icv_app.figure import Period
from icv_app.summaries import frozen
from icv_app.summaries.edition_changes import _findings
from icv_app.summary import Finding, OpenIssue, Summary

ADDED = (
    "stood", "put_right", "sent_on", "escalated_on", "responded_on", "closed_on", "reopened_on",
)  # fmt: skip
FOUND = Finding(
    issue="CV-2025-0001-1", visit="CV-2025-0001", site="euston-street", date=date(2025, 7, 9), kind="issue",
    theme="hygiene", severity="minor", text="No soap", action="", response="", status="with_police",
    shared_with_staff_on=None, stood="with_police", sent_on=date(2025, 7, 10), put_right=False,
)  # fmt: skip
NOW = Account(
    summary=Summary(
        period=Period(name="2025-26-Q2", first=date(2025, 7, 1), last=date(2025, 9, 30)), figures=(), sites=(),
        coverage=(), findings=(FOUND,), as_of=date(2025, 9, 30),
        oldest_open=(
            OpenIssue(issue="CV-2025-0009-1", site="euston-street", date=date(2025, 4, 1), theme="hygiene",
                      severity="minor", stood="open"),
        ),
    ),
    scheme="Example scheme",
)  # fmt: skip


def of_an_earlier_program(account):
    """Return what the account reads as once what was added since is not in its body."""
    body = frozen.to_body(account)
    told = body["account"]["summary"]
    table = told["findings"]
    places = [place for place, name in enumerate(table["columns"]) if name not in ADDED]
    assert len(places) == len(table["columns"]) - len(ADDED)
    told["findings"] = {
        "columns": [table["columns"][place] for place in places],
        "rows": [[row[place] for place in places] for row in table["rows"]],
    }
    del told["as_of"], told["oldest_open"]
    return frozen.from_body(body)


def test_an_edition_without_the_days_of_steps_opens_as_it_was():
    was = of_an_earlier_program(NOW)
    assert was.summary.oldest_open == ()
    assert was.summary.findings == (
        replace(FOUND, stood="", put_right=None, sent_on=None),
    )  # fmt: skip


def test_only_what_the_earlier_program_knew_is_called_changed():
    was = of_an_earlier_program(NOW)
    assert list(_findings(was, NOW)) == []
    answered = replace(FOUND, response="There is soap now", responded_on=date(2025, 11, 3), status="responded")
    assert list(_findings(was, replace(NOW, summary=replace(NOW.summary, findings=(answered,))))) == [
        "What is said of CV-2025-0001-1 has changed."
    ]


def test_a_step_that_came_since_is_a_change_for_this_program():
    escalated = replace(FOUND, escalated_on=date(2025, 11, 3))
    assert list(_findings(NOW, replace(NOW, summary=replace(NOW.summary, findings=(escalated,))))) == [
        "What is said of CV-2025-0001-1 has changed."
    ]
