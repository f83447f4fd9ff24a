"""Targets: which number was in force."""

from datetime import date

import pytest

from icv_app.targets import Target, Targets


def row(number, first, last=None, site=None, per="week", measure="custody_visit"):
    return Target(
        measure=measure, site=site, number=number, per=per, first=date.fromisoformat(first),
        last=date.fromisoformat(last) if last else None,
    )  # fmt: skip


WEEKLY = row(1, "2025-04-01", "2025-07-31")
MONTHLY = row(2, "2025-08-01", per="month")
OWN = row(3, "2025-07-10", "2025-07-20", site="s")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-31", None),
        ("2025-04-01", WEEKLY),
        ("2025-07-09", WEEKLY),
        ("2025-07-10", OWN),  # the site's own stands in place of the general one
        ("2025-07-20", OWN),
        ("2025-07-21", WEEKLY),
        ("2025-07-31", WEEKLY),
        ("2025-08-01", MONTHLY),
        ("2099-01-01", MONTHLY),
    ],
)
def test_the_target_of_a_day_is_the_sites_own_or_else_the_general_one(day, expected):
    targets = Targets((MONTHLY, OWN, WEEKLY))
    assert targets.in_force("custody_visit", "s", date.fromisoformat(day)) == expected


def test_a_target_of_another_site_or_measure_is_not_in_force():
    targets = Targets((OWN, row(1, "2000-01-01", measure="kennel_visit")))
    assert targets.in_force("custody_visit", "t", date(2025, 7, 15)) is None
    assert targets.in_force("custody_visit", None, date(2025, 7, 15)) is None


def test_a_sites_own_target_of_nought_still_stands_in_place_of_the_general_one():
    none = row(0, "2025-07-01", "2025-07-31", site="s")
    assert Targets((WEEKLY, none)).in_force("custody_visit", "s", date(2025, 7, 15)) == none


def test_of_two_rows_that_a_conflict_left_the_one_that_began_last_holds():
    clash = row(5, "2025-07-01")
    assert Targets((clash, WEEKLY)).in_force("custody_visit", "s", date(2025, 7, 15)) == clash
