"""Hours (`domain.md` B19): each visitor's minutes, visits apart from what is given beside them; together the figure."""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from icv_app.counting import hours
from icv_app.counting.hours import Hours
from icv_app.figure import Period
from tests.icv_app.small_scheme import small_scheme

FIRST, LAST = date(2025, 7, 1), date(2025, 9, 30)
PERIOD = Period(name="", first=FIRST, last=LAST)


@pytest.fixture
def scheme():
    with small_scheme() as made:
        made.site()
        made.site("dogs", "dog_unit_kennels")
        yield made


def duty(scheme, visitor, day, kind, minutes, travel=0):
    key = f"{visitor}|{day}{kind}"
    body = {"visitor": visitor, "date": day, "kind": kind, "minutes": minutes, "travel_minutes": travel}
    scheme.put("duty", key, {name: value for name, value in body.items() if value is not None})


def test_each_of_a_pair_has_the_length_of_the_visit_and_their_own_travel(scheme):
    scheme.visit(
        "2025-07-03", arrived="23:30", left="00:45", visitor_1="ICV01", visitor_2="ICV02",
        travel_minutes_1=40, travel_minutes_2=15,
    )  # fmt: skip
    assert hours.minutes(scheme.connection, FIRST, LAST) == {
        "ICV01": Hours(visits=1, visit=75, travel=40, last_visit=date(2025, 7, 3)),
        "ICV02": Hours(visits=1, visit=75, travel=15, last_visit=date(2025, 7, 3)),
    }


def test_a_visit_of_which_no_times_are_known_gives_its_travel_alone(scheme):
    scheme.visit("2025-07-03", status="not_admitted", visitor_1="ICV01", travel_minutes_1=40)
    found = hours.minutes(scheme.connection, FIRST, LAST)["ICV01"]
    assert (found.visits, found.visit, found.travel, found.visiting) == (1, 0, 40, 40)


def test_training_meetings_panels_and_others_stand_apart_each_with_its_travel(scheme):
    duty(scheme, "ICV01", "2025-07-01", "training", 120, 30)
    duty(scheme, "ICV01", "2025-09-30", "panel", 90)
    duty(scheme, "ICV01", "2025-08-01", "meeting", 60, 5)
    duty(scheme, "ICV01", "2025-08-02", "a kind of a later program", 10, 1)
    duty(scheme, "ICV01", "2025-08-03", None, 100)
    duty(scheme, "ICV01", "2025-06-30", "training", 999)
    duty(scheme, "ICV01", "2025-10-01", "training", 999)
    found = hours.minutes(scheme.connection, FIRST, LAST)["ICV01"]
    assert found == Hours(training=150, panel=90, meeting=65, other=111)
    assert (found.visiting, found.beside, found.total) == (0, 416, 416)


def test_tact_and_remote_visits_stand_apart_and_returned_ones_nowhere(scheme):
    went = {"arrived": "10:00", "left": "11:00", "visitor_1": "ICV01", "travel_minutes_1": 20}
    scheme.visit("2025-07-03", visit_type="tact", **went)
    scheme.visit("2025-07-04", mode="telephone", **went)
    scheme.visit("2025-07-05", state="returned", **went)
    found = hours.minutes(scheme.connection, FIRST, LAST)
    assert found == {"ICV01": Hours(apart=160)}
    assert scheme.value(PERIOD, "volunteer_minutes") == 0


def test_by_month_they_add_up_to_the_whole(scheme):
    for day in ("2025-07-03", "2025-07-31", "2025-09-01"):
        scheme.visit(day, arrived="10:00", left="11:00", visitor_1="ICV01", visitor_2="ICV02", travel_minutes_1=5)
    duty(scheme, "ICV01", "2025-08-05", "panel", 45)
    found = hours.by_month(scheme.connection, "ICV01", FIRST, LAST)
    assert {month: (each.visits, each.visiting, each.panel) for month, each in found.items()} == {
        date(2025, 7, 1): (2, 130, 0), date(2025, 8, 1): (0, 0, 45), date(2025, 9, 1): (1, 65, 0),
    }  # fmt: skip
    whole = Hours()
    for each in found.values():
        whole = whole.plus(each)
    assert whole == hours.minutes(scheme.connection, FIRST, LAST)["ICV01"]


def test_the_visits_of_one_visitor_come_latest_first(scheme):
    for key, day, who in (("A", "2025-07-03", "ICV01"), ("B", "2025-08-03", "ICV011"), ("C", "2025-09-03", "ICV01")):
        scheme.visit(day, key=key, visitor_1="ICV09", visitor_2=who)
    scheme.visit("2025-08-15", key="B2", visitor_1="ICV01", visit_type="tact")
    assert hours.visits(scheme.connection, "ICV01", FIRST, LAST) == ("C", "B2", "A")


PEOPLE = st.sampled_from(("ICV01", "ICV02", "ICV03", "", "odd;one", None))
MINUTES = st.none() | st.integers(0, 300) | st.sampled_from(("15", "many"))
TIMES = st.sampled_from((None, "00:10", "09:00", "23:50"))
VISITS = st.lists(
    st.fixed_dictionaries(
        {
            "day": st.sampled_from(("2025-06-30", "2025-07-01", "2025-08-15", "2025-09-30", "2025-10-26")),
            "site": st.sampled_from(("euston", "dogs", "nowhere")),
            "status": st.sampled_from(("completed", "abandoned", "not_admitted", "")),
            "state": st.sampled_from(("submitted", "accepted", "returned")),
            "visit_type": st.sampled_from(("standard", "tact")),
            "visitor_1": PEOPLE, "visitor_2": PEOPLE, "visitor_3": PEOPLE,
            "travel_minutes_1": MINUTES, "travel_minutes_2": MINUTES, "travel_minutes_3": MINUTES,
            "arrived": TIMES, "left": TIMES,
        }
    ),
    max_size=8,
)  # fmt: skip


@given(VISITS)
@example([{"day": "2025-08-15", "site": "euston", "visitor_1": "odd;one", "travel_minutes_1": 3}])
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_over_all_visitors_they_are_the_figure_volunteer_minutes(visits):
    with small_scheme() as scheme:
        scheme.site()
        scheme.site("dogs", "dog_unit_kennels")
        for visit in visits:
            form = "kennel_visit" if visit["site"] == "dogs" else "custody_visit"
            scheme.visit(**visit, form=form)
        found = hours.minutes(scheme.connection, FIRST, LAST)
        figure = sum(
            scheme.value(PERIOD, "volunteer_minutes", measure=measure) for measure in ("custody_visit", "kennel_visit")
        )
    assert sum(each.visiting for each in found.values()) == figure
