"""The findings as the document tells them: how each stood on the last day, what came later, what is serious first."""

from dataclasses import replace
from datetime import date

import pytest

from icv_app.account import Account
from icv_app.public import public_account
from icv_app.summary import OpenIssue, Summary
from reports.document import Heading, Paragraph, Table, _flat
from reports.summary import issues
from reports.summary.findings import MANY, findings
from tests.reports import samples
from tests.reports.samples import plain

AS_OF = date(2025, 9, 30)


def summary_of(*found, figures=(), as_of=AS_OF, **more):
    base = samples.reference()
    return replace(base, findings=found, figures=(*base.figures, *figures), as_of=as_of, **more)


def finding(**more):
    base = replace(samples.reference().findings[0], kind="issue", response="", text="Cold cells", stood="open")
    return replace(base, **{"status": "open", **more})


def blocks(summary: Summary, public: bool = False) -> tuple:
    account: Account = samples.account(summary)
    return tuple(_flat(findings(public_account.public(account) if public else account)))


def said(summary: Summary, public: bool = False) -> list[str]:
    return [f"{each.label} {each.text}".strip() for each in blocks(summary, public) if isinstance(each, Paragraph)]


def status(told: list[str]) -> str:
    return next(text for text in told if text.startswith("Status"))


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ({"stood": "open"}, "Open"),
        ({"stood": "with_police", "status": "with_police", "sent_on": date(2025, 9, 1)}, "With the police"),
        (
            {"stood": "open", "status": "closed", "sent_on": date(2025, 10, 2), "responded_on": date(2025, 11, 3),
             "closed_on": date(2026, 1, 6)},
            "Open; sent to the police on 2 October, answered on 3 November, closed on 6 January 2026",
        ),
        (
            {"stood": "with_police", "status": "escalated", "sent_on": date(2025, 9, 1),
             "escalated_on": date(2025, 10, 9)},
            "With the police; taken further up on 9 October",
        ),
        ({"stood": "open", "reopened_on": date(2025, 10, 9)}, "Open; opened again on 9 October"),
        ({"stood": "closed", "status": "closed", "closed_on": date(2025, 8, 20)}, "Closed on 20 August"),
        ({"stood": "closed", "status": "closed"}, "Closed"),
        ({"stood": "closed_no_response", "status": "closed_no_response"}, "Closed without an answer"),
        ({"stood": "closed", "status": "closed", "put_right": True}, "Put right before the visitors left"),
        (  # opened again after all, and closed for good
            {"stood": "closed", "status": "closed", "put_right": True, "closed_on": date(2025, 9, 2)},
            "Closed on 2 September",
        ),
    ],
)  # fmt: skip
def test_each_stands_as_it_stood_on_the_last_day_and_what_came_later_is_dated(steps, words):
    assert status(said(summary_of(finding(**steps)))) == f"Status on 30 September 2025: {words}"


def test_what_an_earlier_program_published_says_its_status_without_a_day():
    told = said(summary_of(finding(stood="", status="closed", closed_on=None), as_of=None))
    assert status(told) == "Status: Closed"


def test_a_public_document_tells_how_each_stood_and_no_day_of_what_came_later():
    late = finding(
        stood="with_police", status="closed", sent_on=date(2025, 9, 1), responded_on=date(2025, 11, 3),
        closed_on=date(2025, 11, 6), public_summary="Cells were cold.", response="Mended by PC 1234.",
    )  # fmt: skip
    told = said(summary_of(late), public=True)
    assert status(told) == "Status on 30 September 2025: With the police; since then: closed"
    assert not any("November" in text or "1234" in text for text in told)
    raw = said(summary_of(replace(late, public_summary="", severity="serious", put_right=True, stood="closed")), True)
    assert status(raw) == "Status on 30 September 2025: Closed"


def test_no_response_is_missed_where_it_was_put_right_or_is_closed():
    put_right = finding(kind="detainee_request", stood="closed", status="closed", put_right=True, action="Brought")
    told = said(summary_of(put_right))
    assert "What was done: Brought" in told
    assert not any(text.startswith("Response") for text in told)
    assert "Response: none recorded" in said(summary_of(finding(stood="with_police", status="with_police")))
    assert "Response: none recorded" in said(summary_of(finding(put_right=True)))  # serious, say, and sent all the same
    rows = next(each for each in blocks(summary_of(*[put_right] * (MANY + 1))) if isinstance(each, Table)).rows
    assert {row[3] for row in rows} == {"Put right before the visitors left"}  # no column of responses: there are none


def test_what_is_marked_as_serious_stands_first_and_once():
    grave = finding(severity="serious", text="No call bell", kind="detainee_request")
    told = blocks(summary_of(finding(), grave, finding(kind="positive_comment", severity="serious", text="Kind staff")))
    assert [each.text for each in told if isinstance(each, Heading) and each.level == 3] == [
        "Marked as serious", "Issues", "Praise",
    ]  # fmt: skip
    texts = [each.text for each in told if isinstance(each, Paragraph)]
    assert texts.count("No call bell") == 1
    assert texts.index("No call bell") < texts.index("Cold cells") < texts.index("Kind staff")
    assert "Euston Street, 9 July 2025, health and wellbeing, detainee’s request, serious" in texts


def test_the_table_of_open_and_closed_has_the_day_before_and_the_day_looked_at():
    numbers = {"open_before": 35, "raised": 66, "closed": 67, "open_at_end": 34}
    figures = [plain("issues", name, number) for name, number in numbers.items()]
    [shown] = [each for each in _flat(issues.balance(summary_of(figures=figures))) if isinstance(each, Table)]
    assert shown.rows == (
        ("Open on 30 June 2025", "35"), ("Raised since then", "66"), ("Closed since then", "67"),
        ("Open on 30 September 2025", "34"),
    )  # fmt: skip
    assert shown.total
    early = issues.balance(summary_of(figures=figures, as_of=date(2025, 8, 4)))
    assert next(each for each in _flat(early) if isinstance(each, Table)).rows[-1][0] == "Open on 4 August 2025"
    assert issues.balance(summary_of(figures=[plain("issues", name, 0) for name in numbers])) == []
    assert issues.balance(summary_of(figures=[each for each in figures if each.figure != "closed"])) == []


OLD = OpenIssue(
    issue="CV-2025-0099-1", site="euston-street", date=date(2025, 6, 2), theme="hygiene", severity="serious",
    stood="with_police",
)  # fmt: skip


def test_the_oldest_that_are_still_open_are_listed_without_their_words():
    figures = [plain("issues", "open_at_end", 9), plain("issues", "open_at_end_raised", 3)]
    found = blocks(summary_of(figures=figures, oldest_open=(OLD, replace(OLD, site="", theme="", severity="minor"))))
    shown = next(each for each in found if isinstance(each, Table) and each.title.startswith("Raised before"))
    assert shown.rows == (
        ("Euston Street", "2 June 2025", "Hygiene, serious", "With the police", "120"),
        ("Record review", "2 June 2025", "Other matters", "With the police", "120"),
    )
    assert any(isinstance(each, Paragraph) and each.text == "These are the oldest 2 of the 6." for each in found)


def test_a_public_document_does_not_list_the_oldest():
    account = public_account.public(samples.account(summary_of(finding(), oldest_open=(OLD,))))
    assert account.summary.oldest_open == ()


def test_a_public_document_prints_no_code_that_an_old_log_typed():
    odd = "seen by PC 1234 Smith"
    typed = finding(
        kind=odd, theme=odd, status=odd, stood=odd, severity="serious", public_summary="Cells were cold.",
        site="euston-street",
    )  # fmt: skip
    assert any("Seen by PC 1234" in text for text in said(summary_of(typed)))
    told = blocks(summary_of(typed), public=True)
    assert not any("1234" in str(each) for each in told)
    assert any(isinstance(each, Paragraph) and each.text == "Euston Street, serious" for each in told)
