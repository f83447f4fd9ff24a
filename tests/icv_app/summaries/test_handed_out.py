"""What the editions of any period told is known: no public document tells of a few people by the difference to it."""

import shutil
from datetime import datetime

import pytest

import resources
from icv_app.clock import LONDON, Clock
from icv_app.laptop import Laptop
from icv_app.office import disposal
from icv_app.periods import parse_period
from tests.laptops import PASSPHRASE, founded

CLOCK = Clock(lambda: datetime(2026, 11, 22, 14, 2, tzinfo=LONDON))
Q1, Q2, HALF = "2025-26-Q1", "2025-26-Q2", "2025-04-01..2025-09-30"
VISIT = {
    "form": "custody_visit", "site": "beaumont-leys", "status": "completed", "state": "accepted", "visitor_1": "ICV01",
    "visitor_2": "ICV02", "access": "admitted_immediately", "serious_issue": "no", "arrived": "10:00",
    "admitted": "10:00", "left": "11:00", "offered": 2, "seen": 1, "declined": 1, "form_version": "2026.1",
    "in_custody": 20, "not_available": 17, "groups_present": "under_18", "number_under_18": 9,
}  # fmt: skip


@pytest.fixture(scope="module")
def founded_once(tmp_path_factory):
    """A scheme in which 9 children were met at a suite in either of two quarters."""
    folder = tmp_path_factory.mktemp("founded") / "office"
    with founded(folder, clock=CLOCK) as laptop:
        laptop.import_folder(resources.path("example"))
        for place, day in enumerate(("2025-05-10", "2025-07-10")):
            laptop.store.save("visit", f"CV-2025-090{place}", {**VISIT, "date": day})
    return folder


@pytest.fixture
def office(founded_once, tmp_path):
    with Laptop.unlock(shutil.copytree(founded_once, tmp_path / "office"), PASSPHRASE, clock=CLOCK) as laptop:
        yield laptop


def publish(office, *names):
    for name in names:
        office.accounts.publish(office.store, parse_period(name), make=None)


def late(office, day, children=2):
    office.store.save("visit", "CV-2025-0999", {**VISIT, "date": day, "number_under_18": children})


def children(office, name, label=None, live=False):
    """What the public is told of children by an edition: at all suites, at the suite; None: withheld."""
    account = office.accounts.of(parse_period(name)) if live else office.accounts.published(name, label)
    summary = office.accounts.public(account).summary
    return [summary.get("custody_visit", "detainees_children", site).value for site in (None, "beaumont-leys")]


def test_a_quarter_does_not_tell_of_the_few_who_came_after_a_longer_period_was_published(office):
    publish(office, Q1, HALF)
    assert children(office, Q1) == [9, 9]
    assert children(office, HALF) == [18, 18]
    late(office, "2025-08-23")
    publish(office, Q2)
    assert children(office, Q2) == [None, None], "11 - (18 - 9) would be the two of the late visit"
    assert children(office, Q2, live=True) == [None, None]


def test_many_who_came_late_are_told_and_so_is_what_did_not_change(office):
    publish(office, HALF)
    late(office, "2025-08-23", children=8)
    publish(office, Q1, Q2)
    assert children(office, Q1) == [9, 9]
    assert children(office, Q2) == [17, 17]


def test_a_quarter_does_not_tell_of_the_few_who_came_after_it_stood_beside_the_next(office):
    publish(office, Q2)
    told = office.accounts.public(office.accounts.published(Q2)).before
    assert told.get("custody_visit", "detainees_children").value == 9
    late(office, "2025-06-17")
    publish(office, Q1)
    assert children(office, Q1) == [None, None]


def test_nor_of_those_who_came_after_it_stood_beside_the_year_after(office):
    publish(office, "2026-27-Q1")
    late(office, "2025-06-17")
    publish(office, Q1)
    assert children(office, Q1) == [None, None]


def test_the_same_days_under_another_name_are_the_same_period(office):
    publish(office, "2025-07-01..2025-09-30")
    late(office, "2025-08-23")
    publish(office, Q2)
    assert children(office, Q2) == [None, None]


def test_what_an_edition_told_is_known_after_an_erasure_took_its_account(office):
    publish(office, HALF)
    late(office, "2025-08-23")
    publish(office, HALF)
    late(office, "2025-08-23", children=12)
    publish(office, HALF)
    issue = next(each for each in office.accounts.published(HALF).summary.findings if each.text)
    planned = disposal.whole(office.store, issue.issue)
    disposal.carry_out(office.store, planned, act="erasure", reason="They asked for it", by="OFFICE")
    publish(office, Q1)
    assert children(office, Q1) == [9, 9], "nothing of it ever changed"
    late(office, "2025-08-23", children=0)
    publish(office, Q2)
    assert children(office, Q2) == [None, None], "9, 11, 21 and 9 again: what was withheld once stays withheld"


def test_of_a_longer_period_of_which_only_figures_are_left_the_quarters_tell_nothing(office):
    publish(office, HALF)
    body = dict(office.store.current("published", HALF).body)
    for name in ("account", "frozen", "basis", "digest", "documents"):
        body.pop(name)
    office.store.save("published", HALF, body)
    assert children(office, Q1, live=True) == [None, None]
