"""What changed: numbers beside numbers, and no more claimed than they say."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv_app.periods import parse_period
from reports.document import Bullets, Paragraph, Table
from reports.summary import comparison
from tests.reports import samples
from tests.reports.samples import compared, plain, ratio

QUARTER = parse_period("2025-26-Q1")
JUDGING = ("improve", "better", "worse", "significant", "decline", "success", "unfortunately")


def said(blocks):
    """Return every text of the section in one."""
    words = []
    for block in blocks:
        if isinstance(block, Paragraph):
            words.append(f"{block.label} {block.text}".strip())
        elif isinstance(block, Bullets):
            words += block.items
    return " ".join(words)


def the_table(blocks):
    (found,) = (block for block in blocks if isinstance(block, Table))
    return found


def test_the_headlines_stand_beside_the_two_other_periods():
    blocks = comparison.comparison(samples.everything())
    found = the_table(blocks)
    assert found.head == (
        "Headline figure", "July to September 2025", "April to June 2025", "July to September 2024"
    )  # fmt: skip
    rows = {row[0]: row[1:] for row in found.rows}
    assert rows["Custody visits made"] == ("30", "28", "31")
    assert rows["Scheduled visits made"] == ("30 of 30 (100.0%)", "27 of 30 (90.0%)", "28 of 32 (87.5%)")
    assert rows["Suite-weeks with a visit (the target)"] == (
        "30 of 35 (85.7%)", "31 of 35 (88.6%)", "28 of 32 (87.5%)"
    )  # fmt: skip
    text = said(blocks)
    assert "Custody visits made: 30, 2 more than in April to June 2025 and 1 fewer than in July to September" in text
    assert "85.7%), 2.9 percentage points less than in April to June 2025 and 1.8 percentage points less than" in text


def test_nothing_is_called_better_or_worse():
    text = said(comparison.comparison(samples.everything())).lower()
    assert not [word for word in JUDGING if word in text]
    assert "do not tell whether that is more than chance" in text


def test_the_scheme_to_date_is_one_line_from_the_first_record():
    assert (
        "The scheme to date. Since 1 April 2024, when the records begin: 140 custody visits, 18 kennel visits, 7 "
        "off-site training visits and 66 custody records reviewed, 31 of immigration detainees."
    ) in said(comparison.comparison(samples.everything()))


def test_a_period_without_records_is_said_to_have_none():
    text = said(comparison.comparison(samples.account()))
    assert text == "There are no records of April to June 2025 or of July to September 2024 to compare with."
    one = samples.everything(year_before=None)
    assert "There are no records of July to September 2024 to compare with." in said(comparison.comparison(one))
    assert len(the_table(comparison.comparison(one)).head) == 3


def test_a_period_that_the_records_begin_in_is_not_compared():
    late = samples.everything(to_date=compared("2025-05-20..2025-09-30"), year_before=None)
    blocks = comparison.comparison(late)
    assert not [block for block in blocks if isinstance(block, Table)]
    assert "The records begin on 20 May 2025, so April to June 2025 is not compared." in said(blocks)
    soon = samples.everything(to_date=compared("2025-04-03..2025-09-30"), year_before=None)
    assert "28" in the_table(comparison.comparison(soon)).rows[0]


def test_a_period_that_is_not_over_is_not_compared():
    blocks = comparison.comparison(samples.everything(over=False))
    assert not [block for block in blocks if isinstance(block, Table)]
    assert "The period is not over." in said(blocks)
    assert "The scheme to date." in said(blocks)


def test_without_a_figure_there_is_no_section():
    assert comparison.comparison(samples.account(samples.empty())) == []


def test_what_is_withheld_is_in_the_table_as_such_and_in_no_sentence():
    quarter = samples.reference()
    gone = tuple(
        replace(figure, value=None, withheld=True) if figure.figure == "visits_completed" else figure
        for figure in quarter.figures
    )
    blocks = comparison.comparison(samples.everything(summary=replace(quarter, figures=gone)))
    assert the_table(blocks).rows[0][:2] == ("Custody visits made", "[c]")
    assert "Custody visits made" not in said(blocks)


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (plain("m", "f", 3), plain("m", "f", 3), "Things: 3, the same as in April to June 2025."),
        (plain("m", "f", 2), plain("m", "f", 3), "Things: 2, 1 fewer than in April to June 2025."),
        (plain("m", "f", 3), plain("m", "f", None), ""),
        (
            ratio("m", "f", 51, 100), ratio("m", "f", 50, 100),
            "Things: 51 of 100 (51.0%), 1.0 percentage point more than in April to June 2025.",
        ),
    ],
)  # fmt: skip
def test_a_sentence_of_one_difference(now, then, words):
    assert comparison.sentence("Things", now, [(then, QUARTER)]) == words


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2025-10-07..2025-10-07", "Things: 2, 1 fewer than on 7 October 2025."),
        ("2026-07-10..2026-08-20", "Things: 2, 1 fewer than from 10 July to 20 August 2026."),
        ("2025-07-01..2025-07-31", "Things: 2, 1 fewer than in July 2025."),
    ],
)
def test_any_days_are_compared_in_words_that_fit(period, words):
    assert comparison.sentence("Things", plain("m", "f", 2), [(plain("m", "f", 3), parse_period(period))]) == words


@given(now=st.integers(0, 10**6), then=st.integers(0, 10**6))
def test_more_and_fewer_are_what_the_numbers_say(now, then):
    text = comparison.sentence("Things", plain("m", "f", now), [(plain("m", "f", then), QUARTER)])
    assert ("more" in text) == (now > then)
    assert ("fewer" in text) == (now < then)
    assert ("the same" in text) == (now == then)
    assert date(2025, 4, 1) == QUARTER.first


def put(figures, *made):
    """The figures with those of the same name replaced, or added."""
    names = {(each.measure, each.figure, each.site) for each in made}
    return (*(each for each in figures if (each.measure, each.figure, each.site) not in names), *made)


def beside(unit, covered, due, asked, then_unit, then_covered, then_due, then_asked):
    """An account whose target was counted so in the period, and so in the one before it."""
    base = samples.everything(year_before=None)
    now = (
        ratio("custody_visit", "target_coverage", covered, due, unit=unit),
        ratio("custody_visit", "visits_against_number", covered, asked, unit="visits"),
    )
    then = (
        ratio("custody_visit", "target_coverage", then_covered, then_due, unit=then_unit),
        ratio("custody_visit", "visits_against_number", then_covered, then_asked, unit="visits"),
    )
    return replace(
        base,
        summary=replace(base.summary, figures=put(base.summary.figures, *now)),
        before=replace(base.before, figures=put(base.before.figures, *then)),
    )


def test_no_points_are_taken_between_targets_of_another_unit():
    blocks = comparison.comparison(beside("suite-months", 3, 3, 3, "suite-weeks", 9, 13, 13))
    text = said(blocks)
    assert (
        "Covered, by the target: 3 of 3 suite-months (100.0%), against 9 of 13 suite-weeks (69.2%) in April to June "
        "2025, when another target applied."
    ) in text
    assert "30.8" not in text
    rows = {row[0]: row[1:] for row in the_table(blocks).rows}
    assert rows["Covered, by the target"] == ("3 of 3 suite-months (100.0%)", "9 of 13 suite-weeks (69.2%)")
    assert not [label for label in rows if label.startswith("Suite-weeks")]


def test_no_points_are_taken_between_targets_of_another_number():
    text = said(comparison.comparison(beside("suite-weeks", 6, 12, 24, "suite-weeks", 9, 12, 12)))
    assert (
        "Suite-weeks with enough visits (the target): 6 of 12 suite-weeks (50.0%), against 9 of 12 suite-weeks (75.0%) "
        "in April to June 2025, when another target applied."
    ) in text
    same = said(comparison.comparison(beside("suite-weeks", 6, 12, 12, "suite-weeks", 9, 12, 12)))
    assert "Suite-weeks with a visit (the target): 6 of 12 (50.0%), 25.0 percentage points less than" in same


def test_the_target_is_called_by_what_it_is_counted_in():
    rows = [row[0] for row in the_table(comparison.comparison(beside(*("suite-months", 2, 3, 3) * 2))).rows]
    assert "Suite-months with a visit (the target)" in rows
    mixed = [row[0] for row in the_table(comparison.comparison(beside(*("units", 2, 3, 3) * 2))).rows]
    assert "Covered, by the target" in mixed
    no_number = beside(*("suite-weeks", 6, 12, 24) * 2)
    assert "Suite-weeks with enough visits (the target)" in [
        row[0] for row in the_table(comparison.comparison(no_number)).rows
    ]
