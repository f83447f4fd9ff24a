"""A rota that is worked out: every rule holds by the people's own bars, and what is not so is said in words."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app.calendar import Calendar
from icv_app.counting.rulebook import Rulebook
from icv_app.periods import parse_period
from icv_app.rotas.availability import Availability
from icv_app.rotas.eligibility import Volunteer
from icv_app.rotas.rota import Slot
from icv_app.rotas.rota_people import People
from icv_app.rotas.rota_proposal import Task, work_out
from icv_app.scheme.status_rows import Row
from icv_app.scheme.volunteer_file import File
from icv_app.targets import Targets

PERIOD = parse_period("2026-27-Q4")
TODAY = date(2026, 12, 14)
MONDAYS = [date(2027, 1, 4) + timedelta(weeks=week) for week in range(13)]


def volunteer(visitor, status="active", roles=("icv",), **file):
    row = Row(key=visitor, visitor=visitor, status=status, roles=tuple(roles), first=date(2020, 1, 1))
    return Volunteer(visitor=visitor, rows=(row,), file=File(visitor=visitor, **file))


def week(number, site="euston", visitors=(), **more):
    monday = MONDAYS[number]
    return Slot(
        slot=f"S{monday}-{site}", measure="custody_visit", site=site, site_name=site.title(), first=monday,
        last=monday + timedelta(days=6), visitors=tuple(visitors), **more,
    )  # fmt: skip


def people(volunteers, said=(), slots=()):
    book = Rulebook(sites=(), calendar=Calendar(()), targets=Targets(()))
    found = {each.visitor: each for each in volunteers}
    return People(volunteers=found, said=tuple(said), slots=tuple(slots), book=book, today=TODAY)


def worked_out(volunteers, slots, said=(), before=()):
    everybody = people(volunteers, said, (*slots, *before))
    return work_out(Task(period=PERIOD, standing=tuple(slots), added=(), people=everybody, today=TODAY))


def away(visitor, *weeks, most=None):
    return Availability(visitor=visitor, period=PERIOD, weeks=frozenset(MONDAYS[number] for number in weeks), most=most)


def test_a_full_and_even_rota_is_told_in_two_sentences():
    found = worked_out([volunteer(f"ICV0{number}") for number in range(1, 5)], [week(0), week(1)])
    assert found.words == ("All 2 visits to come have their pair.", "Everybody has 1 visit.")
    assert found.visits == dict.fromkeys(("ICV01", "ICV02", "ICV03", "ICV04"), 1)


def test_one_who_can_hardly_go_is_said_to_have_fewer_visits_and_why():
    volunteers = [volunteer(f"ICV0{number}") for number in range(1, 4)]
    said = [away("ICV03", 1, 2, 3, 4, 5)]
    found = worked_out(volunteers, [week(number) for number in range(6)], said)
    assert found.even
    assert [each.words for each in found.uneven] == [
        "ICV03 has 1 visit: they can go in 1 of the 6 weeks and months with a visit to arrange, and go in each."
    ]
    assert "Visits a person: from 1 to 6." in found.words
    assert "No rota with as many visits arranged spreads them more evenly." in found.words


def test_one_who_wants_no_more_is_said_to():
    volunteers = [volunteer(f"ICV0{number}") for number in range(1, 4)]
    found = worked_out(volunteers, [week(number) for number in range(5)], [away("ICV02", most=1)])
    assert [each.words for each in found.uneven] == ["ICV02 has 1 visit: they want no more."]
    assert found.visits["ICV02"] == 1


def test_one_whom_no_full_rota_could_give_more_is_said_so():
    volunteers = [volunteer("ICV01"), volunteer("ICV02", "probation"), volunteer("ICV03", "probation")]
    found = worked_out(volunteers, [week(number) for number in range(4)])  # the active one has to go each time
    assert found.gaps == ()
    assert [each.words for each in found.uneven] == [
        f"{visitor} has 2 visits: they can go in 4 of the 4 weeks and months with a visit to arrange, and no other "
        "full rota is more even."
        for visitor in ("ICV02", "ICV03")
    ]


def test_a_rota_with_gaps_says_that_no_other_fills_more():
    found = worked_out([volunteer("ICV01"), volunteer("ICV02")], [week(0), week(0, "keyham"), week(1)])
    assert found.words[:2] == (
        "2 of 3 visits to come have a pair.",
        "No rota fills more of them with the people as they are. The gaps say what stands in the way.",
    )
    (gap,) = found.gaps
    assert gap.reasons[0] == "Nobody could go."
    assert gap.reasons[1].startswith("ICV01, ICV02: goes to ")


def test_pairs_that_go_twice_are_counted():
    found = worked_out([volunteer("ICV01"), volunteer("ICV02")], [week(0), week(4)])
    assert found.repeated == {("ICV01", "ICV02"): 2}
    assert "1 pair goes together more than once." in found.words


def test_one_who_is_named_alone_gets_a_partner_or_stays_and_is_a_gap():
    named = week(0, visitors=["ICV01"])
    found = worked_out([volunteer("ICV01"), volunteer("ICV02")], [named])
    assert found.slots[0].visitors == ("ICV01", "ICV02")
    alone = worked_out([volunteer("ICV01"), volunteer("ICV02", vetting_until=TODAY)], [named])
    assert alone.slots == (named,)
    assert alone.changed == ()
    assert alone.gaps[0].words == (
        "Euston, 4 to 10 January 2027: Only ICV01 is named, and nobody goes alone. Nobody else could go. "
        "ICV02: vetting expired on 14 December 2026."
    )


def test_two_on_probation_are_no_pair_and_that_is_said():
    found = worked_out([volunteer("ICV01", "probation"), volunteer("ICV02", "probation")], [week(0)])
    assert found.gaps[0].reasons == ("Only ICV01 and ICV02 could go, and all of them are on probation.",)
    found = worked_out([volunteer("ICV01", "probation"), volunteer("ICV02")], [week(0)])
    assert found.slots[0].visitors == ("ICV01", "ICV02")


def test_who_never_goes_there_is_no_reason_for_a_gap():
    found = worked_out([volunteer("ICV01", roles=["awv"]), volunteer("ICV02", "left")], [week(0)])
    assert found.gaps[0].reasons == ("Nobody could go.",)


def test_slots_that_are_over_settled_or_cancelled_are_left_alone():
    settled = [week(0, status="cancelled"), week(1, visitors=["ICV03", "ICV04"])]
    over = replace(week(2), slot="over", first=date(2026, 11, 30), last=date(2026, 12, 6))
    found = worked_out([volunteer("ICV01"), volunteer("ICV02")], [*settled, over])
    assert found.changed == ()
    assert found.gaps == ()


def test_a_rota_of_nothing_says_so():
    assert worked_out([volunteer("ICV01")], []).words == ("No visit is to be arranged in January to March 2027.",)


names = [f"ICV{number:02}" for number in range(1, 9)]
someone = st.builds(
    volunteer, st.just(""), st.sampled_from(["active", "active", "active", "probation", "on_leave"]),
    st.sampled_from([["icv"], ["icv", "awv"], ["awv"]]),
    vetting_until=st.none() | st.dates(date(2026, 12, 1), date(2027, 4, 1)), tact_accredited=st.booleans(),
)  # fmt: skip


@st.composite
def rotas(draw):
    volunteers = [
        Volunteer(
            visitor=name, rows=tuple(replace(row, visitor=name, key=name) for row in each.rows),
            file=replace(each.file, visitor=name),
        )
        for name in names[: draw(st.integers(2, 8))] for each in [draw(someone)]
    ]  # fmt: skip
    slots = [
        week(at, site, tact=draw(st.integers(0, 5)) == 0)
        for at in range(draw(st.integers(1, 4)))
        for site in ("euston", "keyham")[: draw(st.integers(1, 2))]
    ]
    said = [
        away(each.visitor, *draw(st.sets(st.integers(0, 3))), most=draw(st.none() | st.integers(0, 3)))
        for each in volunteers
    ]
    if draw(st.booleans()):
        slots[0] = replace(slots[0], visitors=(volunteers[0].visitor, volunteers[1].visitor))
    return volunteers, slots, said


@settings(max_examples=80, deadline=None)
@given(rotas())
def test_nobody_is_named_whom_anything_keeps_off_and_no_gap_is_left_that_two_could_fill(made):
    volunteers, slots, said = made
    found = worked_out(volunteers, slots, said)
    everybody = people(volunteers, said, found.slots)
    for slot in found.changed:
        assert len(slot.visitors) == 2
        for visitor in slot.visitors:
            assert everybody.bars(visitor, slot) == ()
        assert not all(everybody.learning(visitor, slot) for visitor in slot.visitors)
    for gap in found.gaps:
        could = [visitor for visitor in everybody.volunteers if not everybody.bars(visitor, gap.slot)]
        assert gap.could == tuple(could)
        assert len(could) < 2 or all(everybody.learning(visitor, gap.slot) for visitor in could)
        assert gap.reasons
    stood = {slot.slot: slot for slot in slots if slot.visitors}
    assert {slot.slot: slot for slot in found.slots if slot.slot in stood} == stood
    assert len(found.changed) + len(found.gaps) + len(stood) == len(slots)
