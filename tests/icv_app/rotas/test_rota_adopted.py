"""A rota in use and its undoing: the slots are as they were, and what was changed since stays."""

from datetime import UTC, date, datetime, time

import pytest

from icv_app.clock import Clock
from icv_app.errors import InvalidInput
from icv_app.periods import parse_period
from icv_app.rotas import planning, rota, rota_adopted
from icv_app.rotas.rota_office import Rota
from tests.laptops import founded, give, joined

CLOCK = Clock(lambda: datetime(2026, 10, 5, 9, tzinfo=UTC))
QUARTER = parse_period("2026-27-Q3")
KEYS = ["S2026-W41-euston", "S2026-W42-euston"]


def person(who):
    return "visitor", f"{who}|2024-01-01", {"visitor": who, "roles": ["icv"], "status": "active", "from": "2024-01-01"}


@pytest.fixture
def office(tmp_path):
    with founded(tmp_path / "office", clock=CLOCK) as laptop:
        target = {"measure": "custody_visit", "site": "", "number": 1, "per": "week"}
        laptop.store.save_all([
            ("site", "euston", {"site": "euston", "name": "Euston Street", "kind": "custody_suite"}),
            ("target", "t", {**target, "from": "2026-10-05", "to": "2026-10-18"}),
            *(person(f"ICV0{number}") for number in range(1, 5)),
        ])  # fmt: skip
        yield laptop


@pytest.fixture
def own(office):
    return Rota(office.store, office.identity, office.clock, office=True)


def adopt(office, own):
    return rota_adopted.adopt(office.store, own, own.propose(QUARTER), by="OFFICE", now=office.clock.now())


def held(office):
    return {slot.slot: slot.visitors for slot in rota.read(office.store)}


def test_undoing_takes_new_slots_away_and_gives_the_others_back_whom_they_had(office, own):
    own.make_slots(QUARTER)
    record = office.store.current("slot", KEYS[0])
    office.store.save("slot", KEYS[0], {**record.body, "visitors": ["ICV02"]})
    office.store.save("slot", KEYS[1], {**office.store.current("slot", KEYS[1]).body, "deleted": True})
    before = held(office)
    assert adopt(office, own) == 2
    assert sorted(map(len, held(office).values())) == [2, 2]
    assert "ICV02" in held(office)[KEYS[0]]
    assert rota_adopted.undo(office.store).words == "2 slots are as they were before."
    assert held(office) == before == {KEYS[0]: ("ICV02",)}
    assert adopt(office, own) == 2  # and it can be used again
    assert sorted(held(office)) == KEYS


def test_what_was_changed_since_stays_and_is_counted(office, own):
    adopt(office, own)
    others = tuple({"ICV01", "ICV02", "ICV03", "ICV04"} - set(held(office)[KEYS[0]]) - set(held(office)[KEYS[1]]))
    named = others if len(others) == 2 else ()
    own.name(KEYS[0], named)
    undone = rota_adopted.undo(office.store)
    assert (undone.back, undone.kept) == (1, 1)
    assert held(office) == {KEYS[0]: named}


def test_a_slot_whose_visit_was_made_meanwhile_is_no_longer_undone(office, own):
    adopt(office, own)
    body = {"form": "custody_visit", "site": "euston", "date": "2026-10-05", "status": "completed", "slot": KEYS[0],
            "state": "accepted"}  # fmt: skip
    office.store.save("visit", "CV-1", body)
    assert rota.read(office.store)[0].status == "completed"
    assert (rota_adopted.undo(office.store).kept, list(held(office))) == (1, [KEYS[0]])


def test_the_day_that_a_pair_agreed_goes_with_the_rota_that_named_them(office, own):
    adopt(office, own)
    planning.plan(office.store, KEYS[0], date(2026, 10, 8), time(19, 30), today=date(2026, 10, 5))
    rota_adopted.undo(office.store)
    assert list(planning.plans(office.store)) == []


def test_the_last_of_two_is_undone_first_and_nothing_is_undone_twice(office, own):
    adopt(office, own)
    own.name(KEYS[1], ())
    later = office.clock.now().replace(hour=12)
    rota_adopted.adopt(office.store, own, own.propose(QUARTER), by="OFFICE", now=later)
    assert rota_adopted.undo(office.store).back == 1
    assert held(office)[KEYS[1]] == ()
    assert rota_adopted.undo(office.store) == rota_adopted.Undone(back=1, kept=1)
    assert rota_adopted.last(office.store) is None
    with pytest.raises(InvalidInput, match="There is no rota to undo") as refused:
        rota_adopted.undo(office.store)
    assert refused.value.code == "nothing_to_undo"


def test_a_visitor_does_not_read_what_was_adopted(office, own, tmp_path):
    with joined(office, tmp_path / "ICV01", "ICV01") as visitor:
        adopt(office, own)
        give(office, visitor)
        assert len(rota.read(visitor.store, whole=False)) == 2
        assert rota_adopted.last(visitor.store) is None


@pytest.mark.parametrize(
    "body",
    [
        {}, {"state": "adopted", "period": "soon", "at": "2026-10-05T09:00:00+00:00", "slots": {}},
        {"state": "adopted", "period": "2026-27-Q3", "at": "2026-10-05", "slots": {}},
        {"state": "adopted", "period": "2026-27-Q3", "at": "2026-10-05T09:00:00+00:00", "slots": ["a"]},
    ],
)  # fmt: skip
def test_a_note_that_cannot_be_understood_is_passed_over(office, body):
    office.store.save(rota_adopted.KIND, "odd", body)
    assert rota_adopted.last(office.store) is None
