"""The rota in words: how each slot stands, what stands in a quarter, and what a volunteer has of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv_app.clock import Clock
from icv_app.periods import parse_period, quarter_of
from icv_app.rotas import availability, rota_view
from icv_app.rotas.availability import Availability
from icv_app.rotas.eligibility import Bar
from icv_app.rotas.planning import Plan
from icv_app.rotas.rota import Slot
from icv_app.rotas.rota_office import Candidate
from icv_app.rotas.rota_proposal import Doubt
from icv_app.wording import months_words
from tests.laptops import founded

TODAY = date(2026, 10, 7)
QUARTER = parse_period("2026-27-Q3")
SLOT = Slot(
    slot="S1", measure="custody_visit", site="euston", site_name="Euston Street", first=date(2026, 10, 5),
    last=date(2026, 10, 11), visitors=("ICV01", "ICV02"),
)  # fmt: skip
AWAY, LEAVE = Bar(code="away", words="cannot that week"), Bar(code="on_leave", words="is on leave")
BUSY = Bar(code="busy", words="goes to Keyham Lane that week")
PLAN = Plan(slot="S1", site="euston", visitors=("ICV01", "ICV02"), day=date(2026, 10, 8), time=time(19, 30))


@pytest.mark.parametrize(
    ("changes", "state", "wanting"),
    [
        ({}, "Planned", False),
        ({"visitors": ()}, "Gap: nobody is named", True),
        ({"visitors": ("ICV01",)}, "Gap: one more visitor is wanted", True),
        ({"status": "completed", "made": "CV-1"}, "Made: CV-1", False),
        ({"status": "completed"}, "Made", False),
        ({"status": "missed", "reason": "Visitor ill"}, "Missed: Visitor ill", False),
        ({"status": "missed"}, "Missed, no reason given", False),
        ({"status": "cancelled", "reason": "Weather"}, "Cancelled: Weather", False),
        ({"status": "withdrawn", "reason": "Suite closed"}, "Withdrawn: Suite closed", False),
        ({"last": date(2026, 10, 6)}, "No report: was it made?", True),
        ({"last": date(2026, 10, 6), "visitors": ()}, "No report: was it made?", True),
    ],
)
def test_a_slot_says_how_it_stands(changes, state, wanting):
    shown = rota_view.line(replace(SLOT, **changes), None, TODAY)
    assert (shown.state, shown.wanting) == (state, wanting)


def test_the_list_tells_that_a_day_is_agreed_but_not_which():
    shown = rota_view.line(SLOT, PLAN, TODAY)
    assert shown.state == "Planned, a day is agreed"
    assert rota_view.plan_words(PLAN) == "Thursday 8 October 2026 at 19:30"
    assert rota_view.plan_words(replace(PLAN, time=None)) == "Thursday 8 October 2026"


def test_somebody_named_who_may_not_go_is_told_with_the_slot():
    shown = rota_view.line(SLOT, None, TODAY, [Doubt(slot=SLOT, visitor="ICV01", bars=(LEAVE, AWAY))])
    assert shown.state == "Planned. ICV01: is on leave and cannot that week"
    assert (shown.wanting, shown.ready) == (True, True)
    assert rota_view.doubt_words([shown]).startswith("At 1 visit somebody is named who may not go")
    assert rota_view.doubt_words([rota_view.line(SLOT, None, TODAY)]) == ""


@given(st.lists(st.sampled_from([
    {}, {"visitors": ()}, {"status": "completed"}, {"status": "missed"}, {"last": date(2026, 10, 6)},
])))  # fmt: skip
def test_the_count_of_a_quarter_leaves_no_slot_out(changes):
    shown = [rota_view.line(replace(SLOT, **each), None, TODAY) for each in changes]
    words = rota_view.count_words(shown)
    if not shown:
        assert words == "No slot is in this quarter yet."
        return
    numbers = [int(part.split()[0]) for part in words.rstrip(".").split(", ") if part != "no gaps"]
    assert numbers[0] == len(shown) == sum(numbers[1:])


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_the_usual_quarter_is_offered_and_is_the_present_or_the_next_one(today):
    usual = rota_view.usual_quarter(today)
    offered = rota_view.quarters(today)
    assert usual in offered
    assert usual in (quarter_of(today), rota_view.next_quarter(today))
    assert [each.first for each in offered] == sorted({each.first for each in offered}, reverse=True)


def test_towards_the_end_of_a_quarter_the_next_one_is_shown():
    assert rota_view.usual_quarter(date(2026, 12, 10)).name == "2026-27-Q3"
    assert rota_view.usual_quarter(date(2026, 12, 11)).name == "2026-27-Q4"
    usual = rota_view.usual_quarter(date(2026, 12, 31))
    assert months_words(usual.first, usual.last) == "January to March 2027"


def candidate(who, *bars, together=0):
    return Candidate(visitor=who, visits=2, together=together, bars=bars)


def test_who_may_not_go_at_all_is_not_offered_and_why_is_said():
    found = [
        candidate("ICV01", together=3),
        candidate("ICV02", AWAY),
        candidate("ICV03", LEAVE),
        candidate("ICV04", LEAVE),
    ]
    assert list(rota_view.choices(found, beside="ICV09")) == [
        ("", "nobody yet"), ("ICV01", "ICV01: 2 visits, with ICV09 3 times"),
        ("ICV02", "ICV02: 2 visits, cannot that week"),
    ]  # fmt: skip
    assert list(rota_view.choices(found, named=["ICV03"]))[-1] == ("ICV03", "ICV03: 2 visits, is on leave")
    assert rota_view.kept_off(found) == ("ICV02: cannot that week.", "ICV03, ICV04: is on leave.")


def test_a_volunteer_may_ask_who_is_free_or_goes_elsewhere_that_week_and_no_other():
    found = [candidate("ICV01"), candidate("ICV02", BUSY), candidate("ICV03", BUSY, LEAVE), candidate("ICV04")]
    assert list(rota_view.swap_choices(found, ("ICV04", "ICV09"))) == [
        ("", "choose one"), ("ICV01", "ICV01"), ("ICV02", "ICV02: goes to Keyham Lane that week"),
    ]  # fmt: skip


@pytest.fixture
def store(tmp_path):
    with founded(tmp_path / "office", clock=Clock(lambda: datetime(2026, 10, 7, 9, tzinfo=UTC))) as laptop:
        for who, status, roles in (
            ("ICV01", "active", "icv"),
            ("ICV02", "on_leave", "icv"),
            ("AWV1", "probation", "awv"),
        ):
            laptop.store.save("visitor", f"{who}|2024-01-01", {
                "visitor": who, "roles": [roles], "status": status, "from": "2024-01-01"})  # fmt: skip
        yield laptop.store


def test_only_those_who_visit_are_waited_for(store):
    assert rota_view.availability_said(store, QUARTER, TODAY) == (("AWV1", "ICV01"), ())
    availability.save(store, Availability(visitor="ICV01", period=QUARTER))
    silent, said = rota_view.availability_said(store, QUARTER, TODAY)
    assert (silent, said) == (("AWV1",), ("ICV01",))
    assert rota_view.silent_words(silent, said) == (
        "1 of 2 has not said yet when they cannot go: AWV1. Until then any week counts as possible."
    )
    assert rota_view.silent_words((), said) == "Everybody has said when they cannot go."
    assert rota_view.silent_words(("AWV1", "ICV01"), ()).startswith("None of the 2 volunteers has said yet")
    assert rota_view.silent_words((), ()) == "Nobody visits in this quarter. Enter who does: menu Office, Volunteers."


def test_what_was_said_is_told_in_words(store):
    assert "You have not said yet" in rota_view.said_words(rota_view.said(store, "ICV01", QUARTER), QUARTER)
    availability.save(store, Availability(visitor="ICV01", period=QUARTER))
    assert (
        rota_view.said_words(rota_view.said(store, "ICV01", QUARTER), QUARTER) == "October to December 2026: any week."
    )
    away = Availability(visitor="ICV01", period=QUARTER, months=frozenset({date(2026, 11, 1)}), most=1)
    availability.save(store, away)
    assert rota_view.said_words(rota_view.said(store, "ICV01", QUARTER), QUARTER) == (
        "October to December 2026: not in 5 weeks. At the most 1 visit."
    )


def test_a_volunteer_sees_what_is_to_come_and_for_four_weeks_what_has_no_report(store):
    store.save("site", "euston", {"site": "euston", "name": "Euston Street", "kind": "custody_suite"})
    for key, starts, who, status in (
        ("long-ago", "2026-08-03", "ICV01", "planned"), ("lately", "2026-09-21", "ICV01", "planned"),
        ("settled", "2026-09-28", "ICV01", "missed"), ("now", "2026-10-05", "ICV01", "planned"),
        ("off", "2026-10-12", "ICV01", "cancelled"), ("theirs", "2026-10-12", "ICV03", "planned"),
    ):  # fmt: skip
        store.save("slot", key, {"slot": key, "measure": "custody_visit", "site": "euston", "period_start": starts,
                                 "status": status, "visitors": [who, "ICV02"]})  # fmt: skip
    found = rota_view.own(store, "ICV01", TODAY)
    assert [each.slot for each in found] == ["lately", "now", "off"]
    assert [each.open_to_own(TODAY) for each in found] == [False, True, False]
    assert [rota_view.own_words(each, "ICV01", TODAY) for each in found] == [
        "You go with ICV02. It is over, and no report of it is here yet.", "You go with ICV02.",
        "You go with ICV02. Cancelled, no reason given.",
    ]  # fmt: skip
    assert rota_view.mates(replace(found[1], visitors=("ICV01",)), "ICV01") == "Nobody is named to go with you yet."
