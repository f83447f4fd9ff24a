"""What was found, in a panel paper: requests, what is marked as serious, open issues, themes, praise."""

from dataclasses import replace
from datetime import date

import pytest

from icv_app.public import disclosure
from reports.papers import paper_words
from tests.reports.paper_example import FINDING, example, paper, put, whole


@pytest.mark.parametrize(
    ("shared", "praise", "sentence"),
    [
        (1, 1, "The positive comment has been shared with the relevant staff via the Custody Inspector."),
        (2, 2, "Both positive comments have been shared with the relevant staff via the Custody Inspector."),
        (3, 3, "All three positive comments have been shared with the relevant staff via the Custody Inspector."),
        (12, 12, "All 12 positive comments have been shared with the relevant staff via the Custody Inspector."),
        (0, 1, "Shared with the relevant staff so far: 0 of 1 positive comment."),
        (1, 3, "Shared with the relevant staff so far: 1 of 3 positive comments."),
    ],
)
def test_praise_none_one_and_many(shared, praise, sentence):
    account = put(example(), "issues", "praise_shared", numerator=shared, denominator=praise)
    account = put(account, "custody_visit", "visits_with_praise", numerator=praise)
    (line,) = [line for line in paper(account) if "positive comment" in line]
    assert line == f"4. {sentence}"


def test_praise_that_nobody_followed_up_is_not_passed_over():
    account = put(example(), "custody_visit", "visits_with_praise", numerator=9)
    (line,) = [line for line in paper(account) if "positive comment" in line]
    assert line.endswith(
        "via the Custody Inspector. Reports with a positive comment in all: 9; the comments above are those that were "
        "followed up one by one."
    )


def test_without_praise_nothing_is_said_of_it():
    assert "positive comment" not in whole(put(example(), "issues", "praise_shared", numerator=0, denominator=0))


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (1, "One visit reported a serious issue."),
        (3, "Three visits reported a serious issue."),
        (None, "Whether there were serious issues cannot be said, as not every visit report answers the question."),
    ],
)
def test_no_serious_issues_is_said_only_where_every_visit_answered_and_none_did(value, sentence):
    told = whole(put(example(), "custody_visit", "serious_issues", value=value))
    assert sentence in told
    assert "No serious issues" not in told


def with_findings(*findings, marked=0):
    """The example with other findings; `marked`: how many of them are counted as serious."""
    account = put(example(), "issues", "raised_serious", value=marked)
    return replace(account, summary=replace(account.summary, findings=findings))


SERIOUS = replace(FINDING, kind="issue", severity="serious", issue="X", text="The bell in cell 4 was broken.")


def test_an_issue_marked_serious_speaks_against_no_serious_issues_and_is_told():
    account = with_findings(SERIOUS, marked=1)
    assert "No serious issues" not in whole(account)
    assert "one is marked as serious among the issues raised." in whole(account)
    assert "but two of the issues raised are marked as serious." in whole(with_findings(SERIOUS, SERIOUS, marked=2))
    assert (
        "4. Marked as serious, Euston Street, 9 July 2025: “The bell in cell 4 was broken”. No response to this has "
        "been recorded yet."
    ) in whole(account)
    assert "- Issues marked as serious: 1." in whole(account)
    assert "arked as serious" not in whole(example())


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"action": "Raised at once.", "response": "Mended\n", "responded_on": date(2025, 7, 11)},
         "What was done: “Raised at once”. The response received on 11 July 2025 was “Mended”."),
        ({"response": "Mended"}, "The response received was “Mended”."),
        ({"action": "Told the sergeant", "put_right": True},
         "What was done: “Told the sergeant”. It was put right at the visit."),
        ({"status": "closed"}, ""),
    ],
)  # fmt: skip
def test_a_serious_issue_is_told_with_what_was_done_and_what_came_of_it(about, told):
    (line,) = [line for line in paper(with_findings(replace(SERIOUS, **about), marked=1)) if "Marked as ser" in line]
    assert line == f"4. Marked as serious, Euston Street, 9 July 2025: “The bell in cell 4 was broken”. {told}".strip()


def test_beside_a_visit_that_reported_one_it_says_how_many_are_marked_as_serious():
    account = put(with_findings(SERIOUS, SERIOUS, marked=2), "custody_visit", "serious_issues", value=1)
    assert "3. One visit reported a serious issue. Two of the issues raised are marked as serious." in whole(account)
    account = put(with_findings(SERIOUS, marked=1), "custody_visit", "serious_issues", value=None)
    assert "answers the question. One of the issues raised is marked as serious." in whole(account)


def test_more_than_ten_serious_issues_are_counted_and_the_summary_named():
    account = with_findings(*[replace(SERIOUS, issue=f"X{number}") for number in range(11)], marked=11)
    assert "cell 4" not in whole(account)
    assert "The compliance summary of the period tells of each issue marked as serious." in whole(account)


def test_a_public_paper_tells_of_a_serious_issue_in_the_words_for_the_public_alone():
    worded = replace(SERIOUS, issue="Y", public_summary="A bell was broken.", action="Told PS 1234", response="Mended")
    account = disclosure.public(with_findings(SERIOUS, worded, marked=2))
    lines = paper(account)
    assert "4. Marked as serious, Euston Street: “A bell was broken”. The response received was “Mended”." in lines
    assert "Of those marked as serious, no more is published about one." in lines
    assert not any(words in "\n".join(lines) for words in ("cell 4", "9 July", "Told", "counted above"))


def test_a_request_marked_as_serious_is_told_once():
    request = replace(FINDING, severity="serious")
    told = whole(with_findings(request, marked=1))
    assert told.count("a blanket") == 1
    assert "Marked as serious, Euston Street, 9 July 2025: “Detainee asked for a blanket”." in told


def test_each_request_is_told_with_what_came_of_it():
    findings = (FINDING, replace(FINDING, issue="I2", text="A detainee asked for the time", response="It was told.\n"))
    account = replace(example(), summary=replace(example().summary, findings=findings))
    assert (
        "One detainee asked for a blanket. No response to this has been recorded yet. One detainee asked for the time. "
        "The response received was “It was told”."
    ) in whole(account)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"text": "Asked for a second blanket", "action": "It was brought while we were there", "status": "closed"},
         "One detainee’s request: “Asked for a second blanket”. What was done: “It was brought while we were there”."),
        ({"put_right": True, "status": ""}, "One detainee asked for a blanket. It was put right at the visit."),
        ({"status": "closed"}, "One detainee asked for a blanket."),
        ({"action": "Told the sergeant"},
         "One detainee asked for a blanket. What was done: “Told the sergeant”. No response to this has been recorded "
         "yet."),
        ({"response": "Given.", "responded_on": date(2025, 7, 10)},
         "One detainee asked for a blanket. The response received on 10 July 2025 was “Given”."),
        ({"text": "Detainee’s mother was not told"},
         "One detainee’s request: “Detainee’s mother was not told”. No response to this has been recorded yet."),
    ],
)  # fmt: skip
def test_a_request_that_was_met_is_not_said_to_be_unanswered(about, told):
    (line,) = [line for line in paper(with_findings(replace(FINDING, **about))) if line.startswith("3. ")]
    assert line == f"3. No serious issues have been observed during these visits. {told}"


def test_a_public_paper_tells_no_request_in_the_words_of_its_report():
    account = disclosure.public(example())
    lines = whole(account)
    assert "medication" not in lines
    assert "One issue or request was raised." in lines
    assert "35 custody records were reviewed, including 15 of immigration detainees, and 7 recommend" in lines
    words = "One detainee had to wait for medicine."
    findings = (replace(example().summary.findings[0], public_summary=words), *example().summary.findings[1:])
    account = replace(example(), summary=replace(example().summary, findings=findings))
    for made in (account, disclosure.public(account)):
        assert "One detainee had to wait for medicine. The response received was" in whole(made)


@pytest.mark.parametrize(
    ("still", "new", "sentence"),
    [
        (34, 22, "On 30 September 2025, 34 issues were open: 22 raised in the period, the rest before it."),
        (2, 2, "On 30 September 2025, 2 issues were open, raised in the period."),
        (1, 0, "On 30 September 2025, 1 issue was open, raised before the period."),
        (5, None, "On 30 September 2025, 5 issues were open, whenever raised."),
    ],
)
@pytest.mark.parametrize("period", ["2025-26-Q2", "2025-26"])
def test_open_issues_are_not_taken_for_those_raised(still, new, sentence, period):
    account = put(example(period), "issues", "open_at_end", value=still)
    account = put(account, "issues", "open_at_end_raised", value=new)
    account = put(account, "issues", "closed", value=4)
    told = whole(account).replace("31 March 2026", "30 September 2025")
    assert f"{sentence} 4 issues were closed in the period, whenever raised." in told


@pytest.mark.parametrize(
    ("themes", "told"),
    [
        ({"hygiene": 9, "staffing": 6, "other": 4, "faith_and_diversity": 3},
         "hygiene (9); staffing (6); other matters (4)"),
        ({"hygiene": 6, "staffing": 4, "other": 4, "food_drink_and_rest": 4}, "hygiene (6)"),
        ({"hygiene": 4, "staffing": 4, "other": 4, "food_drink_and_rest": 4}, ""),
        ({"hygiene": 2, "staffing": 1}, "hygiene (2)"),
        ({"hygiene": 1}, ""),
    ],
)  # fmt: skip
def test_the_themes_raised_most_often_leave_none_out_that_was_raised_as_often(themes, told):
    account = put(example(), "issues", "raised", value=sum(themes.values()))
    for theme in ("health_and_wellbeing", *themes):
        account = put(account, "issues", f"raised_{theme}", value=themes.get(theme, 0))
    assert paper_words.words(account).word("top_themes").said == told
    assert (f"The themes raised most often: {told}." in whole(account)) == bool(told)
