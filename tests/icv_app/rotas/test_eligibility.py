"""Who may go to a slot: every rule that keeps a name off, on the day before it does and the day on which it does."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv_app.rotas import eligibility
from icv_app.rotas.eligibility import Volunteer
from icv_app.scheme.status_rows import Row
from icv_app.scheme.volunteer_file import File, Training

MONDAY, SUNDAY = date(2026, 12, 7), date(2026, 12, 13)
TODAY = date(2026, 11, 22)


def row(first="2024-01-01", last=None, status="active", roles=("icv",)):
    return Row(
        key=f"ICV01|{first}", visitor="ICV01", status=status, roles=tuple(roles), first=date.fromisoformat(first),
        last=date.fromisoformat(last) if last else None,
    )  # fmt: skip


def who(*rows, **file):
    return Volunteer(visitor="ICV01", rows=rows or (row(),), file=File(visitor="ICV01", **file))


def codes(volunteer, measure="custody_visit", today=TODAY, **more):
    return [bar.code for bar in eligibility.bars(volunteer, measure, MONDAY, SUNDAY, today, **more)]


def test_an_active_visitor_of_whom_nothing_is_entered_may_go():
    assert codes(who()) == []


@pytest.mark.parametrize("measure", ["kennel_visit", "training_observation"])
def test_the_dogs_are_for_animal_welfare_visitors_and_custody_for_custody_visitors(measure):
    assert codes(who(), measure) == ["role"]
    assert codes(who(row(roles=["awv"])), measure) == []
    assert codes(who(row(roles=["awv"]))) == ["role"]


@pytest.mark.parametrize("status", ["applicant", "in_training", "on_leave", "not_currently_visiting", "left", "new"])
def test_only_who_is_active_or_on_probation_goes(status):
    assert codes(who(row(status=status))) == [status]


def test_one_on_probation_goes_along():
    volunteer = who(row(status="probation"))
    assert codes(volunteer) == []
    assert eligibility.learning(volunteer, MONDAY, SUNDAY)
    assert not eligibility.learning(who(), MONDAY, SUNDAY)


def test_the_row_that_began_last_holds_and_has_to_for_the_whole_week():
    assert codes(who(row(), row("2026-12-09", status="on_leave"))) == ["on_leave"]
    assert codes(who(row(), row("2026-12-14", status="on_leave"))) == []
    assert codes(who(row(), row("2026-11-01", "2026-12-06", status="on_leave"))) == []
    assert codes(who(row(last="2026-12-12"))) == ["no_status"]
    assert codes(who(row(last="2026-12-08"), row("2026-12-10"))) == ["no_status"]
    assert codes(who(row(last="2026-12-08"), row("2026-12-09"))) == []


def test_days_that_are_over_ask_for_nothing():
    back = who(row("2026-11-01", "2026-12-09", status="on_leave"), row("2026-12-10"))
    assert codes(back) == ["on_leave"]
    assert codes(back, today=date(2026, 12, 10)) == []


@pytest.mark.parametrize(
    ("name", "code", "over"),
    [
        ("vetting_until", "vetting", "vetting expired on 22 November 2026"),
        ("id_card_until", "id_card", "the ID card expired on 22 November 2026"),
        ("reaccreditation_due", "reaccreditation", "re-accreditation was due on 22 November 2026"),
    ],
)
def test_a_name_is_kept_off_from_the_day_on_which_something_expires(name, code, over):
    assert codes(who(**{name: SUNDAY + timedelta(days=1)})) == []
    assert codes(who(**{name: SUNDAY})) == [code]
    (bar,) = eligibility.bars(who(**{name: TODAY}), "custody_visit", MONDAY, SUNDAY, TODAY)
    assert bar.words == over


def test_what_expires_before_the_end_of_the_week_says_so_in_words():
    (bar,) = eligibility.bars(who(vetting_until=MONDAY), "custody_visit", MONDAY, SUNDAY, TODAY)
    assert bar.words == "vetting expires on 7 December 2026, too early for this visit"


def test_required_training_keeps_a_name_off_until_it_is_renewed():
    old = Training(course="Safeguarding", on=date(2023, 5, 1), until=date(2026, 5, 1), required=True)
    new = Training(course="safeguarding", on=date(2026, 11, 1), until=date(2029, 11, 1), required=True)
    assert codes(who(training=(old,))) == ["training"]
    assert codes(who(training=(old, new))) == []
    assert codes(who(training=(Training(course="First aid", until=date(2026, 5, 1)),))) == []
    assert codes(who(training=(Training(course="First aid", required=True),))) == []


def test_terrorism_act_visits_are_for_those_accredited_for_them():
    assert codes(who(), tact=True) == ["tact"]
    assert codes(who(tact_accredited=True), tact=True) == []
    assert codes(who(row(roles=["icv", "tact"])), tact=True) == []


days = st.dates(date(2026, 11, 1), date(2027, 1, 31))


@given(
    st.lists(
        st.builds(
            lambda first, length, status, roles: Row(
                key=str(first), visitor="ICV01", status=status, roles=tuple(roles), first=first,
                last=None if length is None else first + timedelta(days=length),
            ),
            days, st.none() | st.integers(0, 60), st.sampled_from(["active", "probation", "on_leave", "left"]),
            st.sampled_from([["icv"], ["awv"], ["icv", "awv"]]),
        ),
        max_size=4,
    ),
    st.none() | days, days, st.integers(0, 30), days,
)  # fmt: skip
def test_nothing_keeps_a_name_off_exactly_where_each_day_to_come_is_in_order(rows, vetting, first, length, today):
    last = first + timedelta(days=length)
    volunteer = who(*rows, vetting_until=vetting) if rows else Volunteer(
        visitor="ICV01", rows=(), file=File(visitor="ICV01", vetting_until=vetting)
    )  # fmt: skip
    in_order = True
    for day in (first + timedelta(days=number) for number in range(length + 1)):
        if day < today and day != last:
            continue
        holding = max(
            (each for each in rows if each.first <= day and (each.last is None or day <= each.last)),
            key=lambda each: (each.first, each.last or date.max), default=None,
        )  # fmt: skip
        right = holding is not None and holding.status in ("active", "probation") and "icv" in holding.roles
        in_order &= right and (vetting is None or day < vetting)
    assert (eligibility.bars(volunteer, "custody_visit", first, last, today) == ()) is in_order
