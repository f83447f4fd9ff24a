"""What a summary says of each measure."""

from dataclasses import replace

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
    assert "against 48,000 in custody at the visits (40.0%)" in sentences.detainees(known)


def test_more_than_five_suites_below_the_target_are_counted_and_not_listed():
    assert "40 suites fell short" in sentences.custody(samples.large(40, 20))
