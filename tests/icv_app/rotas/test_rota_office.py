"""The office's rota: made, proposed, adopted, named by hand, marked, and what keeps people off it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from icv_app.clock import Clock
from icv_app.errors import InvalidInput
from icv_app.periods import parse_period
from icv_app.rotas import availability
from icv_app.rotas.availability import Availability
from icv_app.rotas.rota_office import Rota
from tests.laptops import founded

TODAY = datetime(2026, 12, 7, 9, tzinfo=UTC)  # a Monday
PERIOD = parse_period("2026-12-01..2027-01-03")  # four weeks to come, one month


@pytest.fixture
def laptop(tmp_path):
    with founded(tmp_path / "office", clock=Clock(lambda: TODAY)) as office:
        yield office


@pytest.fixture
def scheme(laptop):
    """Two suites, the kennels, and six custody visitors of whom two visit the dogs as well."""
    items = [
        ("site", "euston", {"site": "euston", "name": "Euston Street", "kind": "custody_suite"}),
        ("site", "keyham", {"site": "keyham", "name": "Keyham Lane", "kind": "custody_suite"}),
        ("site", "kennels", {"site": "kennels", "name": "Dog Unit Kennels", "kind": "dog_unit_kennels"}),
        ("site", "off-site", {"site": "off-site", "name": "Off-site training", "kind": "training_venue"}),
        ("target", "custody_visit||2026-01-01", {
            "measure": "custody_visit", "site": "", "number": 1, "per": "week", "from": "2026-01-01"}),
        ("target", "kennel_visit||2026-01-01", {
            "measure": "kennel_visit", "site": "", "number": 1, "per": "month", "from": "2026-01-01"}),
        ("target", "training_observation||2026-01-01", {
            "measure": "training_observation", "site": "", "number": 6, "per": "year", "from": "2026-01-01"}),
        ("site_status", "keyham|2026-01-01", {
            "site": "keyham", "from": "2026-01-01", "to": "2026-12-20", "status": "open"}),
        *(person(f"ICV0{number}", roles=["icv", "awv"] if number < 3 else ["icv"]) for number in range(1, 7)),
    ]  # fmt: skip
    laptop.store.save_all(items)
    return laptop


def person(visitor, status="active", roles=("icv",), since="2024-01-01", to=None):
    body = {"visitor": visitor, "roles": list(roles), "status": status, "from": since, **({"to": to} if to else {})}
    return "visitor", f"{visitor}|{since}", body


@pytest.fixture
def rota(scheme):
    return Rota(scheme.store, scheme.identity, scheme.clock, office=scheme.office)


def keys(slots):
    return [slot.slot for slot in slots]


def refused(code):
    return pytest.raises(InvalidInput, check=lambda error: error.code == code)


def test_one_slot_is_made_for_each_week_and_month_due_and_none_while_a_suite_is_closed(rota):
    made = rota.make_slots(PERIOD)
    assert keys(made) == [
        "S2026-M12-kennels",
        "S2026-W50-euston", "S2026-W50-keyham", "S2026-W51-euston", "S2026-W51-keyham", "S2026-W52-euston",
        "S2026-W53-euston",
    ]  # fmt: skip
    assert [slot.when for slot in made[:2]] == ["December 2026", "7 to 13 December 2026"]


def test_making_slots_again_adds_only_what_is_missing(rota, scheme):
    made = rota.make_slots(PERIOD)
    assert rota.make_slots(PERIOD) == ()
    scheme.store.save("site_status", "keyham|2026-12-21", {"site": "keyham", "from": "2026-12-21", "status": "open"})
    assert keys(rota.make_slots(PERIOD)) == ["S2026-W52-keyham", "S2026-W53-keyham"]
    assert len(rota.slots(PERIOD)) == len(made) + 2


def test_a_slot_that_was_imported_under_another_name_or_cancelled_stands_for_its_week(rota, scheme):
    scheme.store.save("slot", "S001", {
        "slot": "S001", "measure": "custody_visit", "site": "euston", "period_start": "2026-12-14",
        "status": "cancelled", "visitors": "ICV01;ICV02",
    })  # fmt: skip
    assert "S2026-W51-euston" not in keys(rota.make_slots(PERIOD))


def test_a_target_of_two_a_week_makes_two_slots_and_a_week_that_is_over_none(rota, scheme):
    scheme.store.save("target", "custody_visit|euston|2026-01-01", {
        "measure": "custody_visit", "site": "euston", "number": 2, "per": "week", "from": "2026-01-01"})  # fmt: skip
    made = keys(rota.make_slots(parse_period("2026-11-23..2026-12-13")))
    assert made == ["S2026-W50-euston", "S2026-W50-euston-2", "S2026-W50-keyham"]


def test_a_proposal_saves_nothing_and_adopting_it_saves_everything(rota):
    proposal = rota.propose(PERIOD)
    assert rota.slots(PERIOD) == ()
    assert proposal.gaps == ()
    assert proposal.words[0] == "All 7 visits to come have their pair."
    rota.adopt(proposal)
    assert rota.slots(PERIOD) == proposal.slots
    assert all(len(slot.visitors) == 2 for slot in rota.slots(PERIOD))
    assert set(rota.slots(PERIOD)[0].visitors) == {"ICV01", "ICV02"}


def test_adopting_twice_or_after_a_change_is_refused_and_writes_nothing(rota):
    proposal = rota.propose(PERIOD)
    rota.adopt(proposal)
    with refused("stale"):
        rota.adopt(proposal)


def test_what_somebody_said_since_the_proposal_is_seen_when_it_is_adopted(rota, scheme):
    proposal = rota.propose(PERIOD)
    slot = proposal.slots[1]
    said = Availability(visitor=slot.visitors[0], period=PERIOD, weeks=frozenset({slot.first}))
    availability.save(scheme.store, said)
    with refused("stale"):
        rota.adopt(proposal)
    assert rota.slots(PERIOD) == ()


def test_what_was_named_stays_in_a_proposal(rota):
    rota.make_slots(PERIOD)
    rota.name("S2026-W50-euston", ("ICV05", "ICV06"))
    proposal = rota.propose(PERIOD)
    assert next(slot for slot in proposal.slots if slot.slot == "S2026-W50-euston").visitors == ("ICV05", "ICV06")
    assert "S2026-W50-euston" not in keys(proposal.changed)


def test_a_gap_says_who_could_go_and_what_keeps_the_others(rota, scheme):
    monday = date(2026, 12, 7)
    for visitor in ("ICV03", "ICV04"):
        availability.save(scheme.store, Availability(visitor=visitor, period=PERIOD, weeks=frozenset({monday})))
    availability.save(scheme.store, Availability(visitor="ICV05", period=PERIOD, most=0))
    scheme.store.save_all([
        person("ICV02", status="on_leave", roles=["icv", "awv"], since="2026-12-01"),
        ("volunteer", "ICV06", {"visitor": "ICV06", "vetting_until": "2026-12-01"}),
    ])  # fmt: skip
    gap = next(gap for gap in rota.propose(PERIOD).gaps if gap.slot.slot == "S2026-W50-euston")
    assert gap.words == (
        "Euston Street, 7 to 13 December 2026: Only ICV01 could go, and nobody goes alone. "
        "ICV03, ICV04: cannot that week. ICV02: is on leave. "
        "ICV05: wants no more than 0 visits in 1 December 2026 to 3 January 2027. "
        "ICV06: vetting expired on 1 December 2026."
    )


def test_what_a_volunteer_said_may_be_gone_over_with_a_reason_and_what_the_scheme_asks_may_not(rota, scheme):
    rota.make_slots(PERIOD)
    said = Availability(visitor="ICV03", period=PERIOD, weeks=frozenset({date(2026, 12, 7)}))
    availability.save(scheme.store, said)
    with refused("overrule"):
        rota.name("S2026-W50-euston", ("ICV03", "ICV04"))
    rota.name("S2026-W50-euston", ("ICV03", "ICV04"), overrule="Said on the telephone that they can after all")
    assert rota.slot("S2026-W50-euston").visitors == ("ICV03", "ICV04")
    assert scheme.store.current("overrule", "S2026-W50-euston").body["against"] == ["away"]
    scheme.store.save("volunteer", "ICV05", {"visitor": "ICV05", "vetting_until": "2026-12-10"})
    with refused("barred"):
        rota.name("S2026-W50-keyham", ("ICV05", "ICV06"), overrule="It will be renewed in time")
    assert [doubt.words for doubt in rota.doubts(PERIOD)] == [
        "Euston Street, 7 to 13 December 2026. ICV03: cannot that week."
    ]


@pytest.mark.parametrize("visitors", [("ICV01",), ("ICV01", "ICV01"), ("ICV01", "ICV02", "ICV03")])
def test_nobody_is_named_alone_or_twice(rota, visitors):
    rota.make_slots(PERIOD)
    with refused("pair"):
        rota.name("S2026-W50-euston", visitors)


def test_naming_another_pair_takes_back_the_day_that_the_former_one_agreed(rota, scheme):
    rota.make_slots(PERIOD)
    rota.name("S2026-W50-euston", ("ICV01", "ICV02"))
    scheme.store.save("plan", "S2026-W50-euston", {"visitors": ["ICV01", "ICV02"], "day": "2026-12-09"})
    rota.name("S2026-W50-euston", ("ICV03", "ICV04"))
    assert scheme.store.current("plan", "S2026-W50-euston").deleted


def test_the_observation_of_23_july_was_cancelled_by_the_dog_unit(rota, scheme):
    made = rota.add("training_observation", "off-site", date(2026, 12, 16))
    assert made.first == made.last == date(2026, 12, 16)
    rota.mark(made.slot, "cancelled", "other_training", by="dog_unit")
    slot = rota.slot(made.slot)
    assert (slot.status, slot.reason) == ("cancelled", "Cancelled by the Dog Unit: Other training requirements")
    rota.plan_again(made.slot)
    assert rota.slot(made.slot) == made
    assert set(scheme.store.current("slot", made.slot).body) == {*made.body(), "reason"}


def test_a_slot_whose_visit_was_made_is_not_called_missed(rota, scheme):
    scheme.store.save_all([
        ("slot", "S9", {"slot": "S9", "measure": "custody_visit", "site": "euston", "period_start": "2026-11-23",
                        "status": "planned", "visitors": ["ICV01", "ICV02"]}),
        ("slot", "S8", {"slot": "S8", "measure": "custody_visit", "site": "euston", "period_start": "2026-11-16",
                        "status": "planned", "visitors": ["ICV01", "ICV02"]}),
        ("visit", "V9", {"visit": "V9", "form": "custody_visit", "slot": "S9", "site": "euston", "date": "2026-11-25",
                         "status": "completed", "state": "accepted"}),
    ])  # fmt: skip
    with refused("made"):
        rota.mark("S9", "missed", "no_partner")
    rota.mark("S8", "missed", "other", words="The visitors' train did not run")
    assert rota.slot("S8").reason == "The visitors' train did not run"


def test_a_visit_is_not_missed_before_its_week_is_over_nor_without_a_reason(rota):
    rota.make_slots(PERIOD)
    with refused("too_soon"):
        rota.mark("S2026-W50-euston", "missed", "no_partner")
    with refused("reason"):
        rota.mark("S2026-W50-euston", "cancelled", "no reason")
    with refused("words"):
        rota.mark("S2026-W50-euston", "cancelled", "other")
    with refused("personal_data"):
        rota.mark("S2026-W50-euston", "cancelled", "other", words="Told by Mr John Smith, 07700 900123")


def test_candidates_come_in_the_order_in_which_one_would_ask_them(rota, scheme):
    rota.make_slots(PERIOD)
    rota.name("S2026-W51-euston", ("ICV03", "ICV04"))
    scheme.store.save("volunteer", "ICV01", {"visitor": "ICV01", "id_card_until": "2026-12-08"})
    found = rota.candidates("S2026-W50-euston", beside="ICV04")
    assert [each.visitor for each in found] == ["ICV02", "ICV05", "ICV06", "ICV04", "ICV03", "ICV01"]
    assert [bar.words for bar in found[-1].bars] == ["the ID card expires on 8 December 2026, too early for this visit"]


def test_a_visitor_makes_no_rota(rota, scheme):
    own = Rota(scheme.store, replace(scheme.identity, person="ICV01", role="visitor"), scheme.clock, office=False)
    for call in (lambda: own.make_slots(PERIOD), lambda: own.propose(PERIOD), lambda: own.name("S", ())):
        with refused("office_only"):
            call()


def test_a_slot_for_a_terrorism_act_visit_is_for_the_accredited_and_no_part_of_any_figure(rota, scheme):
    scheme.store.save("volunteer", "ICV04", {"visitor": "ICV04", "tact_accredited": "yes"})
    before = scheme.summary(PERIOD).figures
    made = rota.add("custody_visit", "euston", date(2026, 12, 16), tact=True)
    assert (made.first, made.last) == (date(2026, 12, 14), date(2026, 12, 20))
    assert scheme.summary(PERIOD).figures == before
    assert [each.visitor for each in rota.candidates(made.slot) if not each.bars] == ["ICV04"]
    with refused("barred"):
        rota.name(made.slot, ("ICV03", "ICV04"), overrule="It is urgent")
    assert "S2026-W51-euston" in keys(rota.make_slots(PERIOD))  # the week's own visit is due all the same
    scheme.store.save("visit", "CV-9", {"visit": "CV-9", "form": "custody_visit", "slot": made.slot, "site": "euston",
                                        "date": "2026-12-07", "status": "completed", "visit_type": "tact",
                                        "state": "submitted"})  # fmt: skip
    assert rota.slot(made.slot).made == "CV-9"
    assert made.slot not in [choice.name for choice in scheme.paperwork.lists()["slots"]]
