"""Minutes between two moments in London: to the minute, across midnight and both clock changes, never from a blank."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.draft import Draft
from forms.form import Place

LONDON = ZoneInfo("Europe/London")
MINUTES = "if(${a} = '' or ${b} = '', '', round((decimal-date-time(${b}) - decimal-date-time(${a})) * 1440))"
SURVEY = (
    {"type": "dateTime", "name": "a"},
    {"type": "dateTime", "name": "b"},
    {"type": "calculate", "name": "minutes", "calculation": MINUTES},
    {"type": "calculate", "name": "over_a_day", "calculation": "if(${minutes} = '', '', ${minutes} > 1440)"},
    {"type": "calculate", "name": "bare", "calculation": "decimal-date-time(${b}) - decimal-date-time(${a})"},
)
FORWARD, BACK = datetime(2026, 3, 29), datetime(2026, 10, 25)  # noqa: DTZ001  (wall clocks, on purpose)


@pytest.fixture
def timeline(draft):
    return draft(*SURVEY)


@pytest.mark.parametrize(
    ("a", "b", "minutes"),
    [
        ("3/4/2026 14:30", "3/4/2026 14:30", 0),
        ("3/4/2026 14:30", "3/4/2026 14:31", 1),
        ("3/4/2026 23:59", "4/4/2026 00:00", 1),
        ("31/12/2026 23:50", "1/1/2027 00:10", 20),
        ("28/2/2028 23:50", "29/2/2028 00:10", 20),
        ("29/3/2026 00:59", "29/3/2026 02:00", 1),
        ("29/3/2026 00:30", "29/3/2026 02:30", 60),
        ("28/3/2026 12:00", "29/3/2026 12:00", 23 * 60),
        ("24/10/2026 12:00", "25/10/2026 12:00", 25 * 60),
        ("25/10/2026 00:30", "25/10/2026 02:30", 180),
        ("25/10/2026 01:10", "25/10/2026 01:50", 40),
        ("25/10/2026 01:50", "25/10/2026 01:10 GMT", 20),
        ("25/10/2026 01:10 GMT", "25/10/2026 01:50 GMT", 40),
        ("25/10/2026 01:10", "25/10/2026 01:10 GMT", 60),
        ("25/10/2026 01:59 BST", "25/10/2026 02:00", 61),
        ("25/10/2026 01:59 GMT", "25/10/2026 02:00", 1),
        ("25/10/2026 01:50", "25/10/2026 01:10", -40),
        ("4/4/2026 00:10", "3/4/2026 23:50", -20),
        ("1/1/2026 00:00", "1/1/2027 00:00", 365 * 1440),
    ],
)
def test_minutes_between_two_moments(timeline, a, b, minutes):
    timeline.type_in(Place("a"), a)
    timeline.type_in(Place("b"), b)
    assert timeline.value(Place("minutes")) == minutes


def typed(wall: datetime, second_pass: bool) -> tuple[str, datetime | None]:
    """What a person types for a wall clock, and the instant that zoneinfo makes of it; None: there was no such time."""
    first, second = (wall.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    text = f"{wall:%d/%m/%Y %H:%M}"
    instant = first.astimezone(UTC)
    if instant.astimezone(LONDON).replace(tzinfo=None) != wall:
        return text, None
    if second_pass and second.utcoffset() != first.utcoffset():
        return f"{text} GMT", second.astimezone(UTC)
    return text, instant


NEAR = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from([FORWARD, BACK, datetime(2024, 2, 29), datetime(2031, 10, 26)]),  # noqa: DTZ001
    st.integers(-2 * 1440, 3 * 1440),
)
ANY = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)).map(lambda at: at.replace(second=0, microsecond=0))  # noqa: DTZ001
WALLS = st.one_of(NEAR, ANY)


@settings(max_examples=400, deadline=None)
@given(a=WALLS, b=WALLS, second_passes=st.tuples(st.booleans(), st.booleans()))
def test_any_two_moments_are_as_far_apart_as_zoneinfo_says(form, clock, a, b, second_passes):
    timeline = Draft(form(*SURVEY), clock=clock)
    (first, start), (second, end) = typed(a, second_passes[0]), typed(b, second_passes[1])
    timeline.type_in(Place("a"), first)
    timeline.type_in(Place("b"), second)
    expected = None if start is None or end is None else (end - start) // timedelta(minutes=1)
    restored = Draft(timeline.form, timeline.answers(), clock=clock)
    for each in (timeline, restored):
        assert each.value(Place("minutes")) == expected
        assert type(each.value(Place("minutes"))) in {int, type(None)}
        over = {None: None, True: "true", False: "false"}[None if expected is None else expected > 1440]
        assert each.value(Place("over_a_day")) == over


@pytest.mark.parametrize(
    "given", [("", ""), ("3/4/2026 14:30", ""), ("", "3/4/2026 14:30"), ("soon", "3/4/2026 14:30")]
)
def test_no_interval_is_worked_out_from_a_blank(timeline, given):
    timeline.type_in(Place("a"), given[0])
    timeline.type_in(Place("b"), given[1])
    assert [timeline.value(Place(name)) for name in ("minutes", "over_a_day", "bare")] == [None, None, None]


def test_a_time_that_the_clocks_skipped_is_pointed_out_and_gives_no_interval(timeline):
    timeline.type_in(Place("a"), "29/3/2026 00:30")
    timeline.type_in(Place("b"), "29/3/2026 01:30")
    assert "clocks went forward" in timeline.problem(Place("b"))
    assert timeline.value(Place("minutes")) is None


def test_a_bare_difference_is_a_fraction_that_only_rounding_makes_exact(timeline):
    """Why the forms round to minutes before they compare: 44 minutes as days come out a trace too short."""
    timeline.type_in(Place("a"), "3/4/2026 14:01")
    short = []
    for minute in range(2, 60):
        timeline.type_in(Place("b"), f"3/4/2026 14:{minute:02}")
        if timeline.value(Place("bare")) * 1440 < minute - 1:
            short.append(minute)
        assert timeline.value(Place("minutes")) == minute - 1
    assert short
