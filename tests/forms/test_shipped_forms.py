"""The four forms that come with the program: their rows, their rules and a way through each."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pyxform.xls2xform import convert

from forms import reader, xlsform
from forms.draft import Draft
from forms.form import Choice, Form, Place, Row

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=ZoneInfo("Europe/London"))
LISTS = {
    "sites": (
        Choice(name="euston", labels={"": "Euston"}, extra={"kind": "custody_suite"}),
        Choice(name="dogs", labels={"": "Dog Unit"}, extra={"kind": "dog_unit_kennels"}),
        Choice(name="field", labels={"": "Field"}, extra={"kind": "training_venue"}),
    ),
    "visitors": (
        *(Choice(name=f"ICV0{n}", labels={"": f"ICV0{n}"}, extra={"roles": "icv", "status": "active"}) for n in (1, 2)),
        *(Choice(name=f"AWV0{n}", labels={"": f"AWV0{n}"}, extra={"roles": "awv", "status": "active"}) for n in (1, 2)),
    ),
    "slots": (
        Choice(
            name="S1",
            labels={"": "S1"},
            extra={"site": "euston", "measure": "custody_visit", "period_start": "2026-11-16"},
        ),
        Choice(
            name="K1",
            labels={"": "K1"},
            extra={"site": "dogs", "measure": "kennel_visit", "period_start": "2026-11-01"},
        ),
    ),
    "sessions": (),
}
VISIT_CORE = {
    "slot", "site", "date", "status", "status_reason", "arrived", "admitted", "left", "visitor_1", "visitor_2",
    "access", "delay_reason", "travel_minutes_1", "travel_minutes_2", "serious_issue",
}  # fmt: skip
NUMBERS = {"in_custody", "offered", "seen", "declined", "observed_only", "not_available", "denied", "not_offered"}
CORE = {
    "custody_visit": VISIT_CORE | NUMBERS | {"visit_type", "mode"},
    "kennel_visit": VISIT_CORE | {"visit_type"},
    "training_observation": VISIT_CORE,
    "record_review": {
        "session", "date", "kind", "records", "of_which_immigration", "recommendations", "recommended_to", "site",
    },
}  # fmt: skip
ACCESS = {"admitted_immediately", "admitted_after_delay", "refused", "no_answer", "suite_closed", "withdrew"}
DELAY = {
    "visitor_safety", "violent_detainee", "medical_emergency", "booking_in_queue", "staff_shortage", "evacuation",
    "no_reply", "id_not_accepted", "system_fault", "not_explained", "other",
}  # fmt: skip

CUSTODY = {
    "site": "euston", "date": "2026-11-20", "slot": "S1", "visitor_1": "ICV01", "visitor_2": "ICV02",
    "arrived": "14:00", "access": "admitted_immediately", "admitted": "14:05", "safety_briefing": "yes",
    "female_staff": "yes", "healthcare": "on_site", "introduction": "self", "in_custody": 12, "offered": 7, "seen": 5,
    "declined": 2, "observed_only": 2, "not_available": 2, "denied": 0, "not_offered": 1, "groups_present": "none",
    "na_reasons": "asleep interview", "na_asleep": 1, "na_interview": 1, "not_offered_reasons": "time",
    "areas_checked": "none", "stock_checked": "no", "overall_finding": "satisfactory", "serious_issue": "no",
    "cut_short": "no", "left": "14:50", "read_back": "read_on_screen", "visitor_2_agrees": "yes",
    "travel_minutes_1": 30, "travel_minutes_2": 0,
}  # fmt: skip


def draft(name: str, answers: Mapping[str, Any] | None = None, *, scheme: Mapping[str, str] | None = None) -> Draft:
    rows = count(1)
    settings = tuple(Choice(name=key, labels={}, extra={"value": value}) for key, value in (scheme or {}).items())
    lists = LISTS | {"scheme": settings}
    opened = Draft(reader.load(name), clock=lambda: NOW, new_row=lambda: f"r{next(rows)}", lists=lists)
    for question, value in (answers or {}).items():
        opened.answer(Place(question), value)
    return opened


def messages(opened: Draft) -> dict[str, str]:
    return {problem.place.name: problem.message for problem in opened.problems()}


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in CUSTODY.items() if name not in names}


def walk(rows: tuple[Row, ...]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from walk(row.rows)


@pytest.fixture(params=reader.shipped())
def form(request: pytest.FixtureRequest) -> Form:
    return reader.load(request.param)


# Structure -----------------------------------------------------------------------------------------------------------


def test_pyxform_accepts_every_shipped_form_and_keeps_our_columns(form):
    sheets = xlsform.sheets(form)
    warnings: list[str] = []
    workbook = {
        "survey": list(sheets.survey),
        "choices": list(sheets.choices),
        "settings": [sheets.settings],
        "survey_header": [dict.fromkeys(column for row in sheets.survey for column in row)],
        "choices_header": [dict.fromkeys(column for row in sheets.choices for column in row)],
        "settings_header": [dict.fromkeys(sheets.settings)],
    }
    result = convert(workbook, warnings=warnings)
    assert warnings == []
    assert "icv:core=" in result.xform
    assert "icv:personal_data=" in result.xform


def test_every_core_name_is_in_its_form_and_marked(form):
    marked = {row.name for row in walk(form.rows) if row.binds.get("icv:core") == "yes"}
    assert CORE[form.name] <= marked


@pytest.mark.parametrize("name", ["custody_visit", "kennel_visit", "training_observation"])
def test_core_codes_are_those_of_the_interfaces(name):
    form = reader.load(name)
    assert {choice.name for choice in form.lists["access"]} == ACCESS
    extra = set() if form.name == "custody_visit" else {"dogs_being_moved", "infection"}
    assert {choice.name for choice in form.lists["delay_reason"]} == DELAY | extra


def test_every_question_has_a_label_and_every_required_one_says_what_to_do(form):
    for row in walk(form.rows):
        if row.kind != "calculate":
            assert row.label(), row.name
        if row.required:
            assert row.required_messages.get(""), row.name
        if row.constraint:
            assert row.constraint_messages.get(""), row.name


def test_every_section_is_a_group_or_a_repeat(form):
    assert all(row.kind in ("group", "repeat") for row in form.rows)


def test_no_question_asks_for_a_name_or_a_birth_date_of_a_person(form):
    names = {row.name for row in walk(form.rows)}
    assert not names & {"name", "first_name", "surname", "date_of_birth", "dob", "offence", "address"}


def test_every_list_in_the_choices_is_used(form):
    assert set(form.lists) == {row.list_name for row in walk(form.rows) if row.list_name and not row.from_file}


# The custody visit ---------------------------------------------------------------------------------------------------


def test_a_custody_visit_can_be_filled_in_from_start_to_finish():
    opened = draft("custody_visit", CUSTODY)
    assert messages(opened) == {}
    done = opened.finished()
    assert done["status"] == "completed"
    assert done["visit_type"] == "standard"
    assert done["mode"] == "in_person"
    assert done["visit_minutes"] == 45
    assert {name: done[name] for name in CUSTODY} == CUSTODY


def test_an_empty_form_says_what_is_missing_in_its_own_words(form):
    opened = draft(form.name)
    said = messages(opened)
    assert said["date"].startswith("Enter the date of the ")
    assert "Answer this question" not in said.values()


def test_numbers_that_do_not_add_up_cannot_be_finished_and_say_which():
    opened = draft("custody_visit", CUSTODY | {"not_offered": 0})
    assert set(messages(opened)) == {"not_offered"}
    told = messages(opened)["not_offered"]
    assert told.startswith("12 in custody, 11 accounted for (a difference of 1): 5 spoke to you")
    opened.answer(Place("in_custody"), 9)
    assert messages(opened)["not_offered"].startswith("9 in custody, 11 accounted for (a difference of 2)")


def test_changing_an_earlier_number_blocks_the_total_again():
    opened = draft("custody_visit", CUSTODY)
    opened.answer(Place("observed_only"), 3)
    assert messages(opened)["not_offered"].startswith("12 in custody, 13 accounted for (a difference of 1)")


def test_offered_must_be_those_seen_and_those_who_declined():
    opened = draft("custody_visit", CUSTODY | {"offered": 8})
    assert set(messages(opened)) == {"declined"}
    assert messages(opened)["declined"].startswith("8 were offered a visit, but 7 answered: 5 spoke to you")


def test_one_number_larger_than_all_in_custody_is_named():
    opened = draft("custody_visit", CUSTODY | {"denied": 13})
    assert messages(opened)["denied"] == "This is 13, but only 12 were in custody"


def test_reasons_for_not_being_available_must_add_up():
    opened = draft("custody_visit", CUSTODY | {"na_asleep": 2})
    assert messages(opened)["na_reasons"].startswith("2 not available, but the reasons below make 3")
    assert opened.shown(Place("na_interview"))
    assert not opened.shown(Place("na_court"))


def test_an_empty_suite_asks_for_no_reasons():
    zeros = dict.fromkeys(NUMBERS, 0)
    opened = draft("custody_visit", without("groups_present", "na_reasons", "na_asleep", "na_interview") | zeros)
    assert messages(opened) == {}
    assert not opened.shown(Place("not_seen"))
    assert not opened.shown(Place("detainees"))


@pytest.mark.parametrize(
    ("access", "status"),
    [
        ("refused", "not_admitted"),
        ("no_answer", "not_admitted"),
        ("suite_closed", "not_admitted"),
        ("withdrew", "abandoned"),
    ],
)
def test_a_visit_that_never_got_in_has_no_times_inside_and_no_numbers(access, status):
    answers = CUSTODY | {
        "access": access, "delay_reason": "not_explained", "delay_explained": "no", "delay_authorised": "no",
        "delay_comment": "Nobody knew why", "status_reason": "Nobody came to the door",
    }  # fmt: skip
    opened = draft("custody_visit", answers)
    assert messages(opened) == {}
    done = opened.finished()
    assert done["status"] == status
    assert not NUMBERS & set(done)
    assert not {"admitted", "left"} & set(done)


def test_a_visit_that_stopped_too_early_is_abandoned_and_needs_a_reason():
    opened = draft("custody_visit", CUSTODY | {"cut_short": "yes_abandoned", "cut_short_reason": "evacuation"})
    assert messages(opened) == {"status_reason": "Say what stopped the visit"}
    opened.answer(Place("cut_short"), "yes_enough")
    assert messages(opened) == {}
    assert opened.finished()["status"] == "completed"


@pytest.mark.parametrize("access", sorted(ACCESS - {"admitted_immediately"}))
def test_every_other_way_in_needs_a_reason(access):
    opened = draft("custody_visit", CUSTODY | {"access": access})
    assert "delay_reason" in messages(opened)


def test_a_visit_may_pass_midnight():
    opened = draft("custody_visit", CUSTODY | {"arrived": "23:50", "admitted": "00:05", "left": "00:45"})
    assert messages(opened) == {}
    assert opened.finished()["delay_minutes"] == 15
    assert opened.finished()["visit_minutes"] == 40
    assert opened.shown(Place("delay_note"))
    assert not opened.shown(Place("length_note"))


def test_leaving_before_being_let_in_is_blocked_and_a_long_visit_only_warned_of():
    opened = draft("custody_visit", CUSTODY | {"admitted": "14:20", "left": "14:10"})
    assert set(messages(opened)) == {"left"}
    opened.answer(Place("left"), "19:00")
    assert messages(opened) == {}
    assert opened.shown(Place("length_note"))


def test_a_date_after_today_and_a_visitor_named_twice_are_refused():
    opened = draft("custody_visit", CUSTODY | {"date": "2026-11-23", "visitor_2": "ICV01"})
    assert set(messages(opened)) == {"date", "visitor_2"}


def test_only_the_sites_slots_and_visitors_of_the_form_are_offered():
    opened = draft("custody_visit", {"site": "euston"})
    assert [choice.name for choice in opened.choices(Place("site"))] == ["euston"]
    assert [choice.name for choice in opened.choices(Place("slot"))] == ["S1"]
    assert [choice.name for choice in opened.choices(Place("visitor_1"))] == ["ICV01", "ICV02"]


def test_an_area_that_was_not_looked_at_asks_nothing_and_a_no_asks_what_was_wrong():
    opened = draft("custody_visit", CUSTODY | {"areas_checked": "kitchen yard"})
    assert set(messages(opened)) == {"areas_not_right"}
    assert [choice.name for choice in opened.choices(Place("areas_not_right"))] == ["kitchen", "yard", "none"]
    opened.answer(Place("areas_not_right"), "kitchen")
    assert set(messages(opened)) == {"kitchen_clean", "food_in_date", "special_diets", "hot_drinks"}
    for item in ("kitchen_clean", "special_diets", "hot_drinks"):
        opened.answer(Place(item), "yes")
    opened.answer(Place("food_in_date"), "no")
    assert messages(opened) == {"kitchen_comment": "Say what was not right about the kitchen and food store"}


@pytest.mark.parametrize("typed", ["John Smith", "Smith", "John Smith 12", "smith jones 1980"])
def test_what_looks_like_a_name_is_no_custody_number(typed):
    opened = draft("custody_visit", CUSTODY)
    row, _ = opened.add_row("detainees")
    opened.answer(Place("custody_no", "detainees", row), typed)
    assert messages(opened)["custody_no"] == "Enter the custody number, never a name. It has figures in it"


def test_a_custody_number_must_look_as_the_scheme_says():
    opened = draft("custody_visit", CUSTODY, scheme={"custody_number": "[A-Z]{2}/[0-9]+/[0-9]{2}"})
    row, _ = opened.add_row("detainees")
    place = Place("custody_no", "detainees", row)
    opened.answer(place, "4521")
    assert opened.problem(place) == "Enter the custody number, never a name. It has figures in it"
    opened.answer(place, "EU/4521/26")
    assert opened.problem(place) is None


@pytest.mark.parametrize("typed", ["33EU/4521/26", "4521", "EU 4521 26"])
def test_a_custody_number_is_accepted(typed):
    opened = draft("custody_visit", CUSTODY)
    row, _ = opened.add_row("detainees")
    opened.answer(Place("custody_no", "detainees", row), typed)
    assert "custody_no" not in messages(opened)


def test_a_person_spoken_to_is_asked_only_what_was_talked_about():
    opened = draft("custody_visit", CUSTODY)
    row, _ = opened.add_row("detainees")
    answers = {
        "custody_no": "4521", "group": "girl", "outcome": "spoken_to", "consent": "yes_to_visitors", "where": "cell",
        "out_of_hearing": "yes", "interpreter": "not_needed", "record_consent": "no", "topics": "rights food",
        "topics_not_right": "food", "meal_offered": "yes", "drink_offered": "no", "diet_met": "yes",
        "rest_given": "not_checked", "food_evidence": "detainee", "appropriate_adult": "attended", "parent_told": "yes",
        "aa_told_promptly": "yes", "not_in_cell": "not_checked", "kept_from_adults": "yes",
        "local_authority": "not_applicable", "girl_named_woman": "yes", "girl_woman_met": "yes",
        "girl_woman_time": "yes",
        "child_evidence": "record", "treatment": "good", "complaint": "no", "may_harm": "no",
    }  # fmt: skip
    for name, value in answers.items():
        opened.answer(Place(name, "detainees", row), value)
    assert messages(opened) == {"not_right": "Say what was not right for this person"}
    assert not opened.shown(Place("told_why", "detainees", row))
    opened.answer(Place("group", "detainees", row), "man")
    assert not opened.shown(Place("young_person", "detainees", row))
    opened.answer(Place("not_right", "detainees", row), "No drink since breakfast")
    assert messages(opened) == {}


def test_a_serious_issue_asks_whom_you_told():
    opened = draft("custody_visit", CUSTODY | {"serious_issue": "yes"})
    assert set(messages(opened)) == {
        "serious_type",
        "serious_details",
        "serious_told",
        "serious_told_at",
        "manager_phoned",
    }


# The other forms -----------------------------------------------------------------------------------------------------


def filled(name: str, special: Mapping[str, Any]) -> Draft:
    """Fill in a form as a person would: what is asked next gets the given answer, or the first that will do."""
    opened = draft(name, special)
    for _ in range(200):
        problems = opened.problems()
        if not problems:
            return opened
        place = problems[0].place
        row = next(row for row in walk(opened.form.rows) if row.name == place.name)
        assert problems[0].kind == "required", problems[0]
        match row.kind:
            case "select_one" | "select_multiple":
                opened.answer(place, opened.choices(place)[0].name)
            case "integer":
                opened.answer(place, 1)
            case _:
                opened.answer(place, "as seen")
    raise AssertionError(messages(opened))


DOG_VISIT = {
    "date": "2026-11-20", "visitor_1": "AWV01", "visitor_2": "AWV02", "arrived": "10:00",
    "access": "admitted_immediately", "admitted": "10:00", "left": "10:50", "serious_issue": "no", "cut_short": "no",
}  # fmt: skip


def test_a_kennel_visit_can_be_filled_in_from_start_to_finish():
    opened = filled("kennel_visit", DOG_VISIT | {"site": "dogs", "slot": "K1", "dogs_on_site": 9, "dogs_seen": 8})
    done = opened.finished()
    assert done["status"] == "completed"
    assert done["dogs_seen"] == 8
    assert not NUMBERS & set(done)


def test_more_dogs_seen_than_on_site_cannot_be():
    opened = draft("kennel_visit", DOG_VISIT | {"dogs_on_site": 9, "dogs_seen": 10})
    assert messages(opened)["dogs_seen"] == "You saw 10 dogs, but only 9 were on site"


def test_a_concern_about_a_need_asks_what_it_is():
    opened = draft("kennel_visit", DOG_VISIT | {"diet_overall": "good", "diet_look": "diet_water"})
    assert opened.required(Place("diet_water"))
    opened.answer(Place("diet_water"), "concern")
    assert opened.required(Place("diet_comment"))
    opened.answer(Place("diet_water"), "acceptable")
    assert not opened.shown(Place("diet_comment"))


def test_a_concern_about_a_whole_need_must_say_about_what():
    opened = draft("kennel_visit", DOG_VISIT | {"diet_overall": "concern", "diet_look": "none"})
    assert messages(opened)["diet_look"].startswith("Tick what your concern is about")
    assert opened.required(Place("diet_comment"))


def test_kennels_closed_by_infection_are_a_visit_that_was_not_admitted():
    answers = DOG_VISIT | {"site": "dogs", "access": "suite_closed", "delay_reason": "infection"}
    opened = filled("kennel_visit", answers)
    assert opened.finished()["status"] == "not_admitted"
    assert "left" not in opened.finished()


def test_a_training_observation_can_be_filled_in_from_start_to_finish():
    opened = filled("training_observation", DOG_VISIT | {"site": "field", "corrections": "none"})
    assert opened.finished()["status"] == "completed"
    assert opened.finished()["corrections"] == "none"


def test_a_physical_correction_asks_what_happened():
    opened = draft("training_observation", DOG_VISIT | {"training_status": "took_place", "corrections": "voice"})
    assert not opened.shown(Place("correction_details"))
    opened.answer(Place("corrections"), "voice physical")
    assert opened.shown(Place("correction_note"))
    assert opened.required(Place("correction_details"))


CASE_TIMES = {
    "t1_arrest": "2026-11-10T08:00", "t2_arrival": "2026-11-10T09:00", "t3_authorised": "2026-11-10T09:30",
    "t4_home_office_told": "2026-11-10T10:30", "t5_home_office_reply": "2026-11-10T12:00",
    "t7_criminal_ended": "2026-11-10T18:00", "t8_immigration_began": "2026-11-10T18:00", "t9_is91": "2026-11-10T20:15",
    "t10_is91r": "2026-11-10T20:30", "t16_left": "2026-11-13T10:00",
}  # fmt: skip
CASE = {
    "kind": "case", "date": "2026-11-20", "site": "euston", "custody_no": "sample 7", "serious_issue": "no",
    "detention_basis": "criminal_then_immigration", "vulnerabilities": "none", **CASE_TIMES,
}  # fmt: skip


def test_a_case_counts_one_record_and_its_own_recommendations():
    opened = filled("record_review", CASE)
    row, _ = opened.add_row("recommendation_list")
    for name, value in (("text", "Tell them sooner"), ("theme", "record_keeping"), ("to", "force")):
        opened.answer(Place(f"recommendation_{name}", "recommendation_list", row), value)
    assert messages(opened) == {}
    done = opened.finished()
    assert "records" not in done  # a case is one record by being a case: the figures count it
    assert len(done["recommendation_list"]) == 1


def test_the_timeline_of_a_case_gives_its_intervals():
    done = filled("record_review", CASE).finished()
    assert done["booking_in_minutes"] == 30
    assert done["gap_minutes"] == 135
    assert done["held_minutes"] == 73 * 60
    assert done["held_band"] == "72_to_96"
    assert done["nights_held"] == 3
    flags = ("flag_no_authority", "flag_over_24_hours", "flag_over_2_nights", "flag_over_5_days")
    assert [done[flag] for flag in flags] == ["yes", "yes", "yes", "no"]


def test_an_event_before_the_one_it_follows_is_blocked():
    opened = draft("record_review", CASE | {"t3_authorised": "2026-11-10T08:30"})
    assert "t3_authorised" in messages(opened)
    opened = draft("record_review", CASE | {"t16_left": "2026-11-10T19:00"})
    assert "t16_left" in messages(opened)


def test_a_time_that_is_not_recorded_is_counted_and_gives_no_interval():
    opened = filled("record_review", CASE | {"not_recorded": "t9_is91 t3_authorised"})
    done = opened.finished()
    assert done["times_not_recorded"] == 2
    assert not {"t9_is91", "booking_in_minutes", "gap_minutes", "transfer_wait_minutes"} & set(done)
    assert done["flag_no_authority"] == "yes"


def test_a_session_gives_its_totals():
    totals = {"records": 35, "of_which_immigration": 15, "recommendations": 7}
    opened = filled(
        "record_review",
        {"kind": "custody_detention_scrutiny_panel", "date": "2026-11-20", "session": "CDSP-2026-11", **totals},
    )
    done = opened.finished()
    assert (done["records"], done["of_which_immigration"], done["recommendations"]) == (35, 15, 7)
    assert done["recommended_to"] == "as seen"
    assert "site" not in done


def test_a_session_needs_its_reference_and_no_more_immigration_records_than_records():
    totals = {"records": 3, "of_which_immigration": 4}
    opened = draft("record_review", {"kind": "other_session", "date": "2026-11-20", **totals})
    said = messages(opened)
    assert said["session"] == "Enter the reference of the session"
    assert said["of_which_immigration"] == "4 were of immigration detainees, but only 3 were reviewed"
