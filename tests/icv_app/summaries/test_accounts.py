"""Accounts at a laptop: what the account of a period says beside its figures."""

import pytest

import resources
from icv_app.errors import InvalidInput
from icv_app.periods import parse_period
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
