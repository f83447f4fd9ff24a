"""Swaps between laptops: asked, answered, and confirmed by the office, which looks again at who may go."""

from datetime import UTC, date, datetime

import pytest

from icv_app.clock import Clock
from icv_app.errors import InvalidInput
from icv_app.periods import parse_period
from icv_app.rotas import availability, planning, swap
from icv_app.rotas.availability import Availability
from icv_app.rotas.rota_office import Rota
from tests.laptops import founded, give, joined

TODAY = datetime(2026, 12, 7, 9, tzinfo=UTC)
KEY = "S1|ICV01|ICV03"


@pytest.fixture
def laptop(tmp_path):
    with founded(tmp_path / "office", clock=Clock(lambda: TODAY)) as office:
        office.store.save_all([
            ("site", "euston", {"site": "euston", "name": "Euston Street", "kind": "custody_suite"}),
            ("target", "custody_visit||2026-01-01", {
                "measure": "custody_visit", "site": "", "number": 1, "per": "week", "from": "2026-01-01"}),
            *(("visitor", f"ICV0{number}|2024-01-01", {
                "visitor": f"ICV0{number}", "roles": ["icv"], "status": "active", "from": "2024-01-01"})
              for number in range(1, 5)),
            slot("S1", "2026-12-07", ["ICV01", "ICV02"]), slot("S2", "2026-12-14", ["ICV03", "ICV04"]),
        ])  # fmt: skip
        yield office


def slot(key, starts, visitors):
    return "slot", key, {
        "slot": key, "measure": "custody_visit", "site": "euston", "period_start": starts, "status": "planned",
        "visitors": visitors,
    }  # fmt: skip


@pytest.fixture
def asker(laptop, tmp_path):
    with joined(laptop, tmp_path / "asker", "ICV01") as own:
        give(laptop, own)
        yield own


@pytest.fixture
def asked(laptop, tmp_path):
    with joined(laptop, tmp_path / "asked", "ICV03") as own:
        give(laptop, own)
        yield own


def rota(laptop):
    return Rota(laptop.store, laptop.identity, laptop.clock, office=laptop.office)


def refused(code):
    return pytest.raises(InvalidInput, check=lambda error: error.code == code)


def named(laptop):
    return {key: laptop.store.current("slot", key).body["visitors"] for key in ("S1", "S2")}


def test_two_change_places_once_all_three_have_said_so(laptop, asker, asked):
    rota(asker).ask_swap("S1", "ICV03", other_slot="S2")
    give(laptop, asker, asked)
    assert [each.key for each in swap.waiting(rota(asked).swaps(), "ICV03", office=False)] == [KEY]
    with refused("not_agreed"):
        rota(laptop).confirm_swap(KEY)
    rota(asked).answer_swap(KEY, "agreed")
    give(laptop, asker, asked)
    assert [each.key for each in swap.waiting(rota(laptop).swaps(), "OFFICE", office=True)] == [KEY]
    rota(laptop).confirm_swap(KEY)
    give(laptop, asker, asked)
    for each in (laptop, asker, asked):
        assert named(each) == {"S1": ["ICV03", "ICV02"], "S2": ["ICV01", "ICV04"]}
        assert rota(each).swaps()[0].state == "done"
        assert not list(swap.waiting(rota(each).swaps(), "ICV03", office=True))


def test_a_favour_leaves_the_other_slot_alone(laptop, asker, asked):
    rota(asker).ask_swap("S1", "ICV03")
    give(laptop, asker, asked)
    rota(asked).answer_swap(KEY, "agreed")
    give(laptop, asker, asked)
    rota(laptop).confirm_swap(KEY)
    assert named(laptop) == {"S1": ["ICV03", "ICV02"], "S2": ["ICV03", "ICV04"]}


def test_the_day_that_the_former_pair_agreed_is_taken_back(laptop):
    office = rota(laptop)
    planning.plan(laptop.store, "S1", date(2026, 12, 9), None, today=date(2026, 12, 7))
    office.ask_swap("S1", "ICV03", asked_by="ICV01")
    laptop.store.save("swap", KEY, {**laptop.store.current("swap", KEY).body, "state": "agreed"})
    office.confirm_swap(KEY)
    assert list(planning.plans(laptop.store)) == []


def test_what_changed_since_they_agreed_is_looked_at_again(laptop):
    office = rota(laptop)
    office.ask_swap("S1", "ICV03", asked_by="ICV01")
    laptop.store.save("swap", KEY, {**laptop.store.current("swap", KEY).body, "state": "agreed"})
    laptop.store.save("volunteer", "ICV03", {"visitor": "ICV03", "vetting_until": "2026-12-01"})
    with refused("barred"):
        office.confirm_swap(KEY)
    laptop.store.save("volunteer", "ICV03", {"visitor": "ICV03"})
    office.mark("S1", "cancelled", "operational_deployment", by="police")
    with refused("settled"):
        office.confirm_swap(KEY)
    assert named(laptop)["S1"] == ["ICV01", "ICV02"]


def test_what_somebody_said_of_their_weeks_does_not_keep_them_from_agreeing(laptop):
    period = parse_period("2026-27-Q3")
    said = Availability(visitor="ICV03", period=period, weeks=frozenset({date(2026, 12, 7)}), most=0)
    availability.save(laptop.store, said)
    assert rota(laptop).ask_swap("S1", "ICV03", asked_by="ICV01").open


def test_nobody_asks_for_what_cannot_be(laptop):
    office = rota(laptop)
    laptop.store.save_all([
        slot("S3", "2026-12-07", ["ICV03", "ICV04"]), slot("S4", "2026-11-02", ["ICV01", "ICV02"]),
        ("visitor", "ICV05|2024-01-01", {"visitor": "ICV05", "roles": ["icv"], "status": "on_leave",
                                         "from": "2024-01-01"}),
        *(("visitor", f"ICV0{number}|2024-01-01", {"visitor": f"ICV0{number}", "roles": ["icv"], "status": "probation",
                                                   "from": "2024-01-01"}) for number in (6, 7)),
        slot("S5", "2026-12-21", ["ICV01", "ICV06"]),
    ])  # fmt: skip
    for code, (key, person, other) in {
        "no_slot": ("S9", "ICV03", ""), "settled": ("S4", "ICV03", ""), "not_in_it": ("S2", "ICV02", ""),
        "barred": ("S1", "ICV05", ""),
    }.items():  # fmt: skip
        with refused(code):
            office.ask_swap(key, person, asked_by="ICV01", other_slot=other)
    with refused("barred"):  # goes to S3 that week
        office.ask_swap("S1", "ICV03", asked_by="ICV01")
    with refused("barred"):  # both on probation
        office.ask_swap("S5", "ICV07", asked_by="ICV01")
    with refused("not_in_it"):
        office.ask_swap("S1", "ICV02", asked_by="ICV01")
    with refused("not_in_it"):
        office.ask_swap("S1", "ICV01", asked_by="ICV01")
    with refused("not_in_it"):
        office.ask_swap("S1", "ICV06", asked_by="ICV01", other_slot="S1")


def test_two_who_go_in_the_same_week_change_places(laptop):
    laptop.store.save_all([slot("S3", "2026-12-07", ["ICV03", "ICV04"])])
    assert rota(laptop).ask_swap("S1", "ICV03", asked_by="ICV01", other_slot="S3").open


def test_each_says_only_what_is_theirs_to_say_and_only_while_it_is_open(laptop, asker, asked):
    rota(asker).ask_swap("S1", "ICV03")
    with refused("asked"):
        rota(asker).ask_swap("S1", "ICV03")
    with refused("not_theirs"):
        rota(asker).answer_swap(KEY, "agreed")
    with refused("office_only"):
        rota(asker).confirm_swap(KEY)
    with refused("no_swap"):
        rota(asker).answer_swap("S9|ICV01|ICV03", "withdrawn")
    rota(asker).answer_swap(KEY, "withdrawn")
    give(laptop, asker, asked)
    with refused("settled"):
        rota(asked).answer_swap(KEY, "agreed")
    assert rota(asker).ask_swap("S1", "ICV03").open


def test_odd_values_of_another_laptop_are_passed_over(laptop):
    laptop.store.save("swap", "x", {"slot": "S1", "asked_by": ["ICV01"], "asked": "ICV03", "state": "asked"})
    laptop.store.save("swap", "y", {"slot": "S1", "asked_by": "ICV01", "asked": "ICV03", "state": "perhaps"})
    assert rota(laptop).swaps() == ()
