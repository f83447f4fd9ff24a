"""What a summary says of each measure."""

from dataclasses import replace
from datetime import date

from reports.summary import sentences
from tests.reports import samples


def test_visits_attempted_are_told_where_they_are_more_than_those_completed():
    figures = tuple(samples.custody(None, 28, (28, 30), 28, 30, (9, 9, 9, 0), attempted=30))
    text = sentences.custody(replace(samples.reference(), figures=figures))
    assert text.startswith("Visitors attempted 30 custody visits and completed 28.")


def test_a_summary_of_nothing_says_nothing():
    empty = samples.empty()
    told = [
        sentences.custody,
        sentences.kennels,
        sentences.training,
        sentences.records,
        sentences.volunteers,
        sentences.detainees,
    ]
    assert [say(empty) for say in told] == [""] * len(told)


def test_reach_is_told_only_where_the_number_detained_is_known():
    assert "not known in full" in sentences.detainees(samples.reference())
    known = samples.large(2, 13)
    assert "120,000 people were detained in the period" in sentences.detainees(known)
    assert "The detainee contacts at the visits, 48,000, come to 40.0% of that number" in sentences.detainees(known)


def short(*states):
    """Return a summary of one suite whose weeks became this, and what is said of its target."""
    cells = tuple(
        samples.week("euston-street", number, state == "covered", state) for number, state in enumerate(states)
    )
    covered, due = states.count("covered"), len(states)
    figures = tuple(samples.custody(None, covered, (0, 0), covered, due, (0, 0, 0, 0))) + tuple(
        samples.custody("euston-street", covered, (0, 0), covered, due, (0, 0, 0, 0))
    )
    return replace(samples.reference(), coverage=cells, figures=figures)


def test_what_is_due_before_the_records_begin_is_not_called_missed():
    begun = replace(short("before", "before", "missed", "covered"), records_from=date(2025, 7, 15))
    assert (
        "1 of 4 suite-weeks due was covered (25.0%) and 3 not. Of those not covered, 2 ended before the records begin "
        "on 15 July 2025: whether they were visited is not known. Missed since then: Euston Street (1)."
    ).replace("due was", "due were") in sentences.custody(begun)
    none = replace(short("before", "covered"), records_from=date(2025, 7, 7))
    assert "Of those not covered, 1 ended before the records begin" in sentences.custody(none)
    assert "issed" not in sentences.custody(none)


def test_a_period_that_is_not_over_is_not_told_as_if_it_were():
    going = replace(short("covered", "to_come"), over=False)
    said = sentences.custody(going)
    assert "1 of 2 suite-weeks due were covered (50.0%) and 1 not, or not yet." in said
    assert "No custody visits are scheduled yet." in said
    assert "elow the target" not in said
    assert "fell short" not in said
    assert "Missed so far: Euston Street (1)." in sentences.custody(
        replace(short("covered", "missed", "to_come"), over=False)
    )
    begun = replace(samples.nothing_due(), over=False)
    assert sentences.records(begun) == "No custody records have been reviewed in the period yet."
    assert "No custody visits have been made yet." in sentences.custody(begun)
    assert "No kennel visits have been made yet." in sentences.kennels(begun)
    assert "has been made in the period yet" in sentences.training(begun)


def test_volunteers_of_a_day_to_come_are_told_by_what_is_known_so_far():
    base = samples.reference()
    assert sentences.volunteers(base) == "14 volunteers on 30 September 2025, 13 of them currently visiting."
    assert sentences.volunteers(replace(base, over=False)).startswith("By the dates known so far: 14 volunteers on 30")
    everybody = (samples.plain("volunteers", "volunteers", 18), samples.plain("volunteers", "currently_visiting", 18))
    assert sentences.volunteers(replace(base, figures=everybody)) == (
        "18 volunteers on 30 September 2025, all of them currently visiting."
    )


def test_of_a_period_before_the_records_nothing_is_said():
    before = replace(samples.nothing_due(), records_from=date(2026, 1, 1))
    told = [sentences.custody, sentences.kennels, sentences.training, sentences.records]
    assert [say(before) for say in told] == [""] * len(told)


def test_more_than_five_suites_below_the_target_are_counted_and_not_listed():
    large = samples.large(40, 20)
    assert "40 suites have missed at least one of those due so far." in sentences.custody(large)
    judged = tuple(cell for cell in large.coverage if cell.state != "to_come")
    assert "40 suites fell short; the table shows which." in sentences.custody(replace(large, coverage=judged))
