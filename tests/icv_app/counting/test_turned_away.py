"""Visits at which nobody was let in, with what happened and why, out of their reports."""

from datetime import date

import pytest

import resources
from icv_app.account import TurnedAway
from icv_app.periods import parse_period
from tests.laptops import founded

Q3 = parse_period("2025-26-Q3")
BEFORE = {
    "form": "custody_visit", "site": "euston-street", "date": "2025-10-14", "status": "not_admitted",
    "state": "accepted", "visitor_1": "ICV01", "visitor_2": "ICV02", "arrived": "10:00", "form_version": "2026.1",
}  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with founded(tmp_path_factory.mktemp("founded") / "office") as laptop:
        laptop.import_folder(resources.path("example"))
        reports = {
            "V1": {**BEFORE, "access": "refused", "delay_reason": "staff_shortage"},
            "V2": {**BEFORE, "date": "2025-10-02", "access": "no_answer"},
            "V3": {**BEFORE, "access": "refused", "state": "returned"},
            "V4": {**BEFORE, "access": "refused", "visit_type": "tact"},
            "V5": {**BEFORE, "access": "refused", "date": "2026-01-02"},
        }
        for key, body in reports.items():
            laptop.store.save("visit", key, body)
        yield laptop


def test_those_of_the_period_are_told_by_day_with_the_reason_of_the_report(office):
    assert office.accounts.of(Q3).turned_away == (
        TurnedAway(site="euston-street", date=date(2025, 10, 2), access="no_answer", reason=""),
        TurnedAway(site="euston-street", date=date(2025, 10, 14), access="refused", reason="staff_shortage"),
    )


def test_the_public_is_not_told_of_single_visits(office):
    assert office.accounts.public(office.accounts.of(Q3)).turned_away == ()
