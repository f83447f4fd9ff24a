"""Visits at which nobody was let in, with what happened and why, out of their reports."""

from datetime import date

import pytest

import resources
from icv_app.account import LongWait, TurnedAway
from icv_app.periods import parse_period
from icv_app.summaries import frozen
from tests.laptops import founded

Q3 = parse_period("2025-26-Q3")
BEFORE = {
    "form": "custody_visit", "site": "euston-street", "date": "2025-10-14", "status": "not_admitted",
    "state": "accepted", "visitor_1": "ICV01", "visitor_2": "ICV02", "arrived": "10:00", "form_version": "2026.1",
}  # fmt: skip
LATE = {**BEFORE, "status": "completed", "access": "admitted_after_delay", "left": "11:00"}


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
            "W1": {**LATE, "admitted": "10:40", "delay_reason": "booking_in_queue"},
            "W2": {**LATE, "admitted": "10:11", "date": "2025-10-03", "status": "abandoned"},
            "W3": {**LATE, "admitted": "10:10", "delay_reason": "staff_shortage"},  # not longer than the limit
            "W4": {**LATE, "admitted": "10:40", "visit_type": "training"},
            "W5": {**LATE, "admitted": "10:40", "date": "2026-01-02"},
            "W6": {**LATE, "admitted": "00:20", "arrived": "23:50", "date": "2025-10-20"},
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
    public = office.accounts.public(office.accounts.of(Q3))
    assert public.turned_away == public.long_waits == ()


def test_those_let_in_late_are_told_with_the_wait_by_the_clock_and_the_reason(office):
    account = office.accounts.of(Q3)
    assert account.long_waits == (
        LongWait(site="euston-street", date=date(2025, 10, 3), minutes=11, reason=""),
        LongWait(site="euston-street", date=date(2025, 10, 14), minutes=40, reason="booking_in_queue"),
        LongWait(site="euston-street", date=date(2025, 10, 20), minutes=30, reason=""),
    )
    assert account.summary.get("custody_visit", "delayed_over_threshold").numerator == len(account.long_waits)
    assert frozen.from_body(frozen.to_body(account)) == account
