"""Periods in a panel paper: how they are named; one that is not over, or lies before the records."""

from dataclasses import replace
from datetime import date

import pytest

from icv_app.account import Compared
from icv_app.figure import Period
from icv_app.paper_row import Row
from icv_app.public import disclosure
from icv_app.summaries import paper_template
from icv_app.summary import NotMade
from reports.papers import panel_paper
from tests.reports.paper_example import example, put, told


def paper(account, rows=None):
    return told(panel_paper.of(account, rows))


def whole(account):
    return "\n".join(paper(account))


def said(account, text):
    """The paragraphs that a template of one row makes."""
    return paper(account, (Row(type="title", text="Paper"), Row(type="paragraph", text=text)))


@pytest.mark.parametrize(
    ("period", "short", "long"),
    [
        ("2025-26-Q2", "Q2", "Q2, July to September 2025"),
        ("2025-26", "2025/26", "2025/26"),
        ("2025-07-01..2025-08-31", "July and August 2025", "July and August 2025"),
        ("2025-07-01..2025-07-31", "July 2025", "July 2025"),
        ("2025-12-01..2026-01-31", "December 2025 to January 2026", "December 2025 to January 2026"),
        ("2025-07-03..2025-07-09", "3 to 9 July 2025", "3 to 9 July 2025"),
    ],
)
def test_a_period_is_named_as_people_name_it(period, short, long):
    assert said(example(period), "${period_short} / ${period}") == [f"{short} / {long}"]


def unfinished(account, day=date(2025, 8, 20)):
    """The account as it would be if its last unit were still to come on `day`."""
    cells = (*account.summary.coverage[:-1], replace(account.summary.coverage[-1], state="to_come"))
    summary = replace(account.summary, coverage=cells, over=False, as_of=day)
    return replace(account, summary=summary, over=False)


def test_of_a_period_that_is_not_over_nothing_is_said_to_have_failed():
    base = put(example(), "kennel_visit", "target_coverage", numerator=2, denominator=3, unit="months")
    base = put(base, "issues", "open_at_end", value=3)
    base = put(base, "issues", "open_at_end_raised", value=1)
    base = put(base, "custody_visit", "scheduled_completed", numerator=20, denominator=30)
    base = put(base, "record_review", "records_reviewed", value=0)
    lines = paper(unfinished(replace(base, summary=replace(base.summary, sessions=()))))
    told = "\n".join(lines)
    assert "The period is not over: what follows is as it stood when this was written." in told
    assert "Some suite-weeks are not over yet." in told
    for sentence in (
        "So far, ICVs have completed 20 of the 30 visits scheduled in Q2, July to September 2025.",
        "Counted by the target, 30 of the 35 suite-weeks of the whole period have had a visit so far.",
        "which opened on Thursdays during July and August 2025",
        "On 20 August 2025, 3 issues were open: one raised in the period, the rest before it.",
        "So far, no custody records have been reviewed in Q2, July to September 2025.",
        "So far, 2 of 3 months had as many visits to the Dog Unit Kennels as the target asks for; 3 visits were ",
        "So far, we have not completed any off-site visits during Q2. The confirmed date (23 July 2025) was cancelled ",
        "- Scheduled custody visits completed so far: 20 of 30.",
        "- By the target, suite-weeks with a visit so far: 30 of 35.",
        "1 | Number of volunteers | 18 | 18 currently visiting on 30 September 2025, by the dates known so far",
        "4 | Scheduled custody visits completed | 20 of 30 | So far; still to come: 10",
        "5 | Target: suite-weeks with a visit | 30 of 35 | So far; the period is not over",
        "6 | Kennel visits: months with a visit | 2 of 3 | 3 visits completed so far",
    ):
        assert sentence in told.replace("which opens on", "which opened on"), sentence
    for never in ("not been achieved", "elow the target", "%", "No custody records", "September 2025, 3 issues"):
        assert not [line for line in lines if never in line and "Let in" not in line and "let in" not in line], never
    assert "not over" not in whole(example())


def test_a_year_that_is_not_over_says_so_of_its_volunteers():
    told = whole(unfinished(example("2025-26")))
    assert "By the dates known so far, the scheme has 18 volunteers on 31 March 2026, 18 of them currently" in told
    assert "On 31 March 2026 the scheme had" not in told


def test_of_a_period_before_the_records_only_that_is_said():
    summary = replace(example().summary, records_from=date(2025, 11, 17))
    lines = paper(replace(example(), summary=summary))
    at = lines.index("## Summary")
    assert lines[at + 1 : at + 3] == [
        "The scheme’s records begin on 17 November 2025; nothing is known of this period.", "## How this was counted",
    ]  # fmt: skip
    none = replace(example().summary, records_from=None)
    assert "The scheme has no records yet; nothing is known of this period." in whole(replace(example(), summary=none))
    year = replace(example("2025-26").summary, records_from=date(2026, 11, 17))
    lines = paper(replace(example("2025-26"), summary=year))
    assert lines[:2] == [
        "The scheme’s records begin on 17 November 2026; nothing is known of this period.", "## How this was counted",
    ]  # fmt: skip


def test_of_a_period_that_has_not_begun_only_that_is_said():
    lines = paper(unfinished(example(), date(2025, 6, 30)))
    at = lines.index("## Summary")
    assert lines[at + 1 : at + 3] == ["The period has not begun.", "## How this was counted"]
    assert paper(unfinished(example("2025-26"), date(2025, 3, 31)))[0] == "The period has not begun."
    assert "not begun" not in whole(unfinished(example(), date(2025, 7, 1)))


def test_weeks_before_the_records_are_told_apart_from_those_missed():
    base = example()
    missed = [cell for cell in base.summary.coverage if cell.state == "missed" and cell.measure == "custody_visit"]
    cells = (replace(cell, state="before") if cell in missed[:2] else cell for cell in base.summary.coverage)
    summary = replace(base.summary, coverage=tuple(cells), records_from=date(2025, 8, 1))
    told = whole(replace(base, summary=summary))
    assert (
        "Of these 35, 2 ended before the scheme’s records begin, on 1 August 2025; nothing is known of them, and they "
        "count as not visited. Below the target: Beaumont Leys (4 of 9, 2 before the records begin)."
    ) in told
    assert "85.7% | 30 of 35; 2 of these ended before the records begin" in told
    every = tuple(replace(cell, state="before") if cell.state == "missed" else cell for cell in base.summary.coverage)
    assert "Below the target" not in whole(replace(base, summary=replace(summary, coverage=every)))


def test_kennels_whose_months_before_the_records_are_all_that_is_missing_did_not_fail():
    account = put(example(), "kennel_visit", "target_coverage", numerator=2, denominator=3, unit="months")
    kennels = next(cell for cell in account.summary.coverage if cell.measure == "kennel_visit")
    cells = tuple(replace(cell, state="before") if cell is kennels else cell for cell in account.summary.coverage)
    summary = replace(account.summary, coverage=cells, records_from=date(2025, 8, 1))
    told = whole(replace(account, summary=summary))
    assert "has not been achieved" not in told
    assert (
        "2 of 3 months had as many visits to the Dog Unit Kennels as the target asks for; 3 visits were completed. Of "
        "these 3, 1 ended before the scheme’s records begin, on 1 August 2025; nothing is known of them."
    ) in told


def test_where_nothing_was_due_the_table_says_so():
    account = put(example(), "custody_visit", "scheduled_completed", numerator=0, denominator=0)
    account = put(account, "custody_visit", "target_coverage", numerator=0, denominator=0)
    account = put(account, "kennel_visit", "target_coverage", numerator=0, denominator=0)
    for period in (account, replace(account, papers={"panel_paper": paper_template.shipped("annual_paragraphs")})):
        lines = paper(period)
        assert "4 | Scheduled custody visits completed | not applicable | None was scheduled" in lines
        assert "5 | Target: suite-weeks with a visit | not applicable | None was due" in lines
        assert any(line.startswith("6 | ") and "not applicable | None was due; 3 visits" in line for line in lines)
        assert not any("0 of 0" in line for line in lines)


@pytest.mark.parametrize(
    ("period", "within", "during"),
    [
        ("2025-26-Q2", "in Q2, July to September 2025", "during Q2"),
        ("2025-26", "in 2025/26", "during 2025/26"),
        ("2025-07-01..2025-08-31", "in July and August 2025", "during July and August 2025"),
        ("2025-07-03..2025-07-09", "from 3 to 9 July 2025", "from 3 to 9 July 2025"),
        ("2025-07-03..2025-07-03", "on 3 July 2025", "on 3 July 2025"),
    ],
)
def test_a_period_stands_in_a_sentence_as_people_say_it(period, within, during):
    assert said(example(period), "It was ${in_period} / ${during_period}.") == [f"It was {within} / {during}."]


def test_a_day_with_one_visit_is_told_in_the_singular():
    lines = paper(example("2025-07-03..2025-07-03"))
    assert (
        "To tell the Panel what independent custody visitors and animal welfare visitors did and found on " in lines[4]
    )
    assert not any("in 3 July" in line or "these visits" in line for line in lines)


def test_visits_of_periods_before_are_told_where_the_records_reach_back_so_far():
    before = Compared(
        period=Period(name="x", first=date(2025, 4, 1), last=date(2025, 6, 30)),
        figures=tuple(
            replace(each, value=25) for each in example().summary.figures if each.figure == "visits_completed"
        ),
    )
    for first, bullet in (
        (date(2025, 4, 3), "- Custody visits completed: 30; in the period before: 25."),
        (date(2025, 5, 20), "- Custody visits completed: 30."),
    ):
        summary = replace(example().summary, records_from=first)
        assert bullet in paper(replace(example(), before=before, summary=summary))


def test_what_a_span_of_days_withholds_is_not_put_down_to_a_small_number():
    account = disclosure.public(example("2025-07-01..2025-08-31"))
    lines = paper(account)
    assert "8 | Custody records reviewed | 35 | [c] of immigration detainees; 7 recommendations" in lines
    assert lines[-1] == (
        "[c]: withheld, as the period is not made of whole quarters that are over: set against those, the number could "
        "tell of a few people."
    )
    none = put(account, "record_review", "records_reviewed", value=0)
    assert "8 | Custody records reviewed | 0 | 7 recommendations" in paper(none)
    assert not any("[c]" in line for line in paper(none))


def test_dogs_are_told_with_the_visits_at_which_they_were_seen():
    account = put(example("2025-26"), "kennel_visit", "dogs_seen", value=33)
    assert "33 dogs were seen at 3 visits." in whole(account)


def test_of_a_period_that_is_not_over_the_visits_still_to_come_are_told():
    base = put(unfinished(example()), "custody_visit", "scheduled_completed", numerator=20, denominator=30)
    slots = tuple(
        NotMade(slot=f"S{number}", measure=measure, site="euston-street", period_start=date(2025, 7, 7), status=status,
                reason="")
        for number, (measure, status) in enumerate(
            [("custody_visit", "missed"), ("custody_visit", "planned"), ("custody_visit", "withdrawn"),
             ("kennel_visit", "missed")]
        )
    )  # fmt: skip
    lines = paper(replace(base, summary=replace(base.summary, not_made=slots)))
    text = "\n".join(lines)
    assert (
        "So far, ICVs have completed 20 of the 30 visits scheduled in Q2, July to September 2025. Still to come" in text
    )
    assert "Still to come of these: 8." in text
    assert "4 | Scheduled custody visits completed | 20 of 30 | So far; still to come: 8" in lines
    assert "till to come" not in whole(example())
