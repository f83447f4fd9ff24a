"""Accounts at a laptop: what the account of a period says beside its figures."""

import json

import pytest

import resources
from icv_app.errors import InvalidInput
from icv_app.periods import parse_period
from icv_app.summaries import frozen
from tests.laptops import founded


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with founded(tmp_path_factory.mktemp("founded") / "office") as laptop:
        laptop.import_folder(resources.path("example"))
        yield laptop


def test_a_visitor_s_laptop_makes_nothing_for_the_public(scheme):
    period = parse_period("2025-26-Q2")
    assert scheme.office.accounts.public(scheme.office.accounts.of(period)).public
    with pytest.raises(InvalidInput) as refused:
        scheme.one.accounts.public(scheme.one.accounts.of(period))
    assert refused.value.code == "office_only"


def begins(office, name):
    return [note for note in office.accounts.of(parse_period(name)).summary.notes if note.startswith("The records be")]


def test_a_period_within_which_the_records_begin_says_so(office):
    (note,) = begins(office, "2025-26")
    assert note.startswith("The records begin on 1 July 2025. What was done in the period before that day is in none")
    to_date = office.accounts.of(parse_period("2025-26")).to_date
    assert (to_date.period.first.isoformat(), to_date.get("custody_visit", "visits_completed").value) == (
        "2025-07-01", 30,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["2025-26-Q2", "2025-26-Q1", "2025-07-28..2025-08-31"])
def test_no_other_period_says_when_the_records_begin(office, name):
    assert begins(office, name) == []


def test_what_was_due_before_the_records_stays_due_and_is_told_apart(office):
    account = office.accounts.of(parse_period("2025-26"))
    summary = account.summary
    before = summary.before_records("custody_visit")
    missed = sum(cell.state in ("missed", "not_admitted") for cell in summary.coverage if cell.site != "dog-unit")
    assert before == 26  # two suites that were open, by the 13 weeks that end before 1 July
    assert summary.get("custody_visit", "missed_periods").value == before + missed
    assert summary.get("custody_visit", "missed_periods").note == (
        "26 of those due and not covered lie before the records begin"
    )
    assert summary.get("custody_visit", "longest_gap", "euston-street").note.startswith("After ")
    assert [note for note in summary.notes if note.startswith("The last record is of 2")]
    assert frozen.from_body(json.loads(json.dumps(frozen.to_body(account)))) == account


def test_of_a_period_before_the_records_nothing_is_known(office):
    summary = office.accounts.of(parse_period("2024-25-Q3")).summary
    assert summary.unrecorded
    assert "The scheme’s records begin on 1 July 2025: nothing is known of this period." in summary.notes
    gap = summary.get("custody_visit", "longest_gap", "euston-street")
    assert (gap.value, gap.note) == (None, "The records begin later")
    assert {cell.state for cell in summary.coverage} <= {"before", "closed", "not_due"}


def test_what_comes_in_of_later_days_moves_the_date_of_no_document(scheme):
    office, period = scheme.office, parse_period("2025-26-Q2")
    before = office.accounts.of(period)
    assert before.records_to is not None
    late = {**office.store.current("visit", "CV-2025-0028").body, "date": "2025-12-01"}
    office.store.save("visit", "CV-2025-0900", late)
    after = office.accounts.of(period)
    office.store.save("visit", "CV-2025-0901", {**late, "date": "2026-01-15"})
    assert office.accounts.of(period).records_to == after.records_to
    assert period.last <= after.records_to <= max(cell.last for cell in after.summary.coverage)
