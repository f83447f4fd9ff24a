"""The timeline of a record review against a second computation of every interval and flag (`domain.md` A2.3)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import moments, reader
from forms.draft import Draft
from forms.form import Place

LONDON = ZoneInfo("Europe/London")
WELSH = "Cymraeg (cy)"
NOW = datetime(2026, 11, 22, 18, 0, tzinfo=LONDON)
EVENTS = (
    "t1_arrest", "t2_arrival", "t3_authorised", "t4_home_office_told", "t5_home_office_reply",
    "t6_immigration_officer", "t7_criminal_ended", "t8_immigration_began", "t9_is91", "t10_is91r", "t11_is91ra",
    "t12_escort_requested", "t13_escort_booked", "t14_escort_arrived", "t15_is91m", "t16_left",
)  # fmt: skip
INTERVALS = {  # name: from, to; those that are not below 0
    "booking_in_minutes": ("t2_arrival", "t3_authorised"),
    "notify_minutes": ("t3_authorised", "t4_home_office_told"),
    "reply_minutes": ("t4_home_office_told", "t5_home_office_reply"),
    "gap_minutes": ("t7_criminal_ended", "t9_is91"),
    "immigration_minutes": ("t8_immigration_began", "t16_left"),
    "transfer_wait_minutes": ("t9_is91", "t16_left"),
    "escort_late_minutes": ("t13_escort_booked", "t14_escort_arrived"),
    "held_minutes": ("t2_arrival", "t16_left"),
}
NEVER_BELOW_NONE = {"gap_minutes", "escort_late_minutes"}  # an IS91 in good time and an early escort are no delay
BANDS = ((24, "up_to_24"), (48, "24_to_48"), (72, "48_to_72"), (96, "72_to_96"), (120, "96_to_120"))


def opened(
    times: Mapping[str, datetime | None], *, directions: str = "no", basis: str = "both", language: str = ""
) -> Draft:
    """Return a case with the given times (None: not recorded); an event that is left out stays blank."""
    draft = Draft(reader.load("record_review"), clock=lambda: NOW, language=language)
    draft.answer(Place("kind"), "case")
    draft.answer(Place("detention_basis"), basis)
    draft.answer(Place("removal_directions"), directions)
    draft.answer(Place("not_recorded"), " ".join(name for name, at in times.items() if at is None))
    for name, at in times.items():
        if at is not None:
            draft.answer(Place(name), moments.write(at.astimezone(LONDON)))
    return draft


def worked_out(draft: Draft) -> dict[str, Any]:
    """Return what the form works out: nothing for what is blank."""
    names = (
        *INTERVALS, "held_band", "nights_held", "flag_no_authority", "flag_over_24_hours", "flag_over_2_nights",
        "flag_over_5_days", "flag_over_7_days", "times_not_recorded",
    )  # fmt: skip
    found = {name: draft.value(Place(name)) for name in names}
    return {name: value for name, value in found.items() if value not in (None, "")}


def expected(times: Mapping[str, datetime | None], directions: str) -> dict[str, Any]:
    """Work the same out in Python, from instants in UTC and dates in London."""
    known = {name: at for name, at in times.items() if at is not None}
    facts: dict[str, Any] = {"times_not_recorded": sum(at is None for at in times.values())}
    for name, (start, end) in INTERVALS.items():
        if start in known and end in known:
            minutes = (known[end].astimezone(UTC) - known[start].astimezone(UTC)) // timedelta(minutes=1)
            facts[name] = max(0, minutes) if name in NEVER_BELOW_NONE else minutes
    if "held_minutes" in facts:
        hours = facts["held_minutes"] / 60
        facts["held_band"] = next((band for most, band in BANDS if hours <= most), "over_120")
        arrived, left = (known[name].astimezone(LONDON).date() for name in ("t2_arrival", "t16_left"))
        facts["nights_held"] = (left - arrived).days
        facts["flag_over_2_nights"] = "yes" if facts["nights_held"] > 2 else "no"
    if "t9_is91" in times and times["t9_is91"] is None:
        facts["flag_no_authority"] = "yes"
    elif "gap_minutes" in facts:
        facts["flag_no_authority"] = "yes" if facts["gap_minutes"] else "no"
    if "immigration_minutes" in facts:
        days = facts["immigration_minutes"] / 1440
        facts["flag_over_24_hours"] = "yes" if days > 1 else "no"
        facts["flag_over_5_days"] = "yes" if days > 5 and directions != "yes" else "no"
        facts["flag_over_7_days"] = "yes" if days > 7 and directions == "yes" else "no"
    return facts


def negative(times: Mapping[str, datetime | None]) -> set[str]:
    """Return the later events of the intervals that would be negative."""
    return {
        end
        for name, (start, end) in INTERVALS.items()
        if name not in NEVER_BELOW_NONE
        and times.get(start) is not None
        and times.get(end) is not None
        and times[end].astimezone(UTC) < times[start].astimezone(UTC)  # type: ignore[union-attr]
    }


STARTS = st.sampled_from(
    [
        datetime(2026, 3, 27, 22, tzinfo=UTC),  # the clocks go forward on 29 March 2026
        datetime(2025, 10, 24, 21, tzinfo=UTC),  # and go back on 26 October 2025
        datetime(2026, 10, 24, 23, 50, tzinfo=UTC),
        datetime(2026, 6, 30, 22, 55, tzinfo=UTC),
        datetime(2025, 12, 31, 23, 58, tzinfo=UTC),
    ]
)
MINUTES = st.one_of(st.integers(0, 240), st.integers(0, 4 * 1440), st.integers(0, 9 * 1440))


@st.composite
def timelines(draw: st.DrawFn) -> dict[str, datetime | None]:
    """Draw times around a start: mostly in order, some in any order, some blank, some not recorded."""
    start = draw(STARTS)
    kinds = {name: draw(st.sampled_from(("given", "given", "given", "blank", "not_recorded"))) for name in EVENTS}
    given_names = [name for name in EVENTS if kinds[name] == "given"]
    offsets = [draw(MINUTES) for _ in given_names]
    if draw(st.integers(0, 3)):
        offsets.sort()
    times: dict[str, datetime | None] = {name: None for name in EVENTS if kinds[name] == "not_recorded"}
    times |= {name: start + timedelta(minutes=at) for name, at in zip(given_names, offsets, strict=True)}
    return times


@settings(max_examples=150, deadline=None)
@given(times=timelines(), directions=st.sampled_from(("yes", "no", "not_recorded")))
def test_every_interval_and_flag_is_what_a_second_computation_says(times, directions):
    draft = opened(times, directions=directions)
    assert worked_out(draft) == expected(times, directions)
    wrong = {problem.place.name for problem in draft.problems() if problem.kind == "constraint"}
    assert negative(times) <= wrong


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("arrived", "left", "minutes", "nights"),
    [
        ("2026-11-10T23:59", "2026-11-11T00:01", 2, 1),
        ("2025-10-25T22:00", "2025-10-26T08:00", 660, 1),  # the night on which clocks go back has an hour more
        ("2026-03-28T22:00", "2026-03-29T08:00", 540, 1),  # and that on which they go forward has one less
        ("2025-10-26T00:00", "2025-10-27T00:00", 1500, 1),
        ("2026-03-29T00:00", "2026-03-30T00:00", 1380, 1),
        ("2026-11-10T09:00", "2026-11-10T09:00", 0, 0),
        ("2026-11-10T09:00", "2026-11-13T10:00", 4380, 3),
    ],
)
def test_the_time_held_is_true_elapsed_time(arrived, left, minutes, nights):
    draft = opened({"t2_arrival": at(arrived), "t16_left": at(left)})
    assert (draft.value(Place("held_minutes")), draft.value(Place("nights_held"))) == (minutes, nights)


def test_the_second_pass_of_the_repeated_hour_comes_after_the_first():
    first, second = datetime(2025, 10, 26, 0, 40, tzinfo=UTC), datetime(2025, 10, 26, 1, 10, tzinfo=UTC)
    draft = opened({"t2_arrival": first, "t3_authorised": second})  # 01:40 and then 01:10 on the wall
    assert draft.value(Place("booking_in_minutes")) == 30
    assert draft.problem(Place("t3_authorised")) is None


@pytest.mark.parametrize(
    ("minutes", "band", "over"),
    [
        (1440, "up_to_24", "no"),
        (1441, "24_to_48", "yes"),
        (2880, "24_to_48", "yes"),
        (2881, "48_to_72", "yes"),
        (4321, "72_to_96", "yes"),
        (5761, "96_to_120", "yes"),
        (7200, "96_to_120", "yes"),
        (7201, "over_120", "yes"),
    ],
)
def test_the_bands_and_the_day_begin_a_minute_after_their_limit(minutes, band, over):
    start = at("2026-06-01T10:00")
    draft = opened({"t2_arrival": start, "t8_immigration_began": start, "t16_left": start + timedelta(minutes=minutes)})
    assert (draft.value(Place("held_band")), draft.value(Place("flag_over_24_hours"))) == (band, over)


@pytest.mark.parametrize(
    ("days", "directions", "five", "seven"),
    [(5, "no", "no", "no"), (6, "no", "yes", "no"), (6, "yes", "no", "no"), (8, "yes", "no", "yes")],
)
def test_removal_directions_lengthen_the_limit_for_police_cells(days, directions, five, seven):
    start = at("2026-06-01T10:00")
    draft = opened({"t8_immigration_began": start, "t16_left": start + timedelta(days=days)}, directions=directions)
    assert draft.value(Place("flag_over_5_days")) == five
    assert draft.value(Place("flag_over_7_days")) == seven
    assert draft.shown(Place("limit_note")) == ("yes" in (five, seven))


def test_a_blank_gives_no_flag_either_way():
    draft = opened({"t2_arrival": at("2026-06-01T10:00"), "t8_immigration_began": at("2026-06-01T10:00")})
    assert not {name for name in worked_out(draft) if name.startswith("flag_")}


def test_an_is91_that_is_not_recorded_is_flagged_and_counted():
    draft = opened({"t7_criminal_ended": at("2026-06-01T10:00"), "t9_is91": None, "t10_is91r": None})
    assert draft.value(Place("flag_no_authority")) == "yes"
    assert draft.value(Place("times_not_recorded")) == 2
    assert draft.shown(Place("authority_note"))
    assert draft.required(Place("timeline_comment"))


def test_immigration_detention_alone_has_no_end_of_a_criminal_matter():
    times = {"t7_criminal_ended": at("2026-06-01T10:00"), "t9_is91": at("2026-06-01T12:00")}
    draft = opened(times, basis="immigration")
    assert not draft.shown(Place("t7_criminal_ended"))
    assert "gap_minutes" not in worked_out(draft)


@pytest.mark.parametrize(
    ("later", "earlier", "both"),
    [
        ("t3_authorised", "t2_arrival", ("Detention first authorised", "Arrival at the station")),
        ("t4_home_office_told", "t3_authorised", ("Home Office first told", "Detention first authorised")),
        ("t5_home_office_reply", "t4_home_office_told", ("First reply of the Home Office", "Home Office first told")),
        ("t16_left", "t8_immigration_began", ("Left custody", "Immigration detention began")),
        ("t16_left", "t9_is91", ("Left custody", "IS91, the authority to detain, received")),
        ("t16_left", "t2_arrival", ("Left custody", "Arrival at the station")),
    ],
)
def test_a_negative_interval_is_blocked_by_both_names(later, earlier, both):
    draft = opened({later: at("2026-06-01T10:00"), earlier: at("2026-06-01T10:01")})
    said = draft.problem(Place(later))
    assert said is not None
    assert all(name in said for name in both)


def test_an_is91_in_good_time_and_an_early_escort_are_no_delay():
    draft = opened(
        {
            "t7_criminal_ended": at("2026-06-01T10:00"),
            "t9_is91": at("2026-06-01T09:00"),
            "t13_escort_booked": at("2026-06-01T15:00"),
            "t14_escort_arrived": at("2026-06-01T14:00"),
        }
    )
    assert (draft.value(Place("gap_minutes")), draft.value(Place("escort_late_minutes"))) == (0, 0)
    assert draft.value(Place("flag_no_authority")) == "no"
    assert not [problem for problem in draft.problems() if problem.kind == "constraint"]


def test_a_length_is_said_in_hours_and_minutes():
    draft = opened({"t2_arrival": at("2026-11-10T09:00"), "t16_left": at("2026-11-13T10:05")})
    assert draft.label(Place("held_note")) == "Held in all: 73 h 5 min, over 3 nights."


def test_a_length_is_said_in_welsh_with_the_same_numbers_stored():
    draft = opened({"t2_arrival": at("2026-11-10T09:00"), "t16_left": at("2026-11-13T10:05")}, language=WELSH)
    assert draft.label(Place("held_note")) == "Cadw i gyd: 73 awr 5 munud, dros 3 noson."
    assert (draft.value(Place("held_hours")), draft.value(Place("held_rest"))) == (73, 5)


def test_the_times_are_marked_as_never_to_be_copied():
    rows = {row.name: row for section in reader.load("record_review").rows for row in section.rows}
    assert all(rows[name].binds["icv:copy"] == "no" for name in EVENTS)
