"""The shipped forms hold every field and allowed value of the domain report, stay short, and help at each question.

The tables follow `domain.md` A1 to A4 and A6, section by section: a field that is dropped fails here.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from forms import reader
from forms.draft import Draft
from forms.form import Choice, Form, Place, Row

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=ZoneInfo("Europe/London"))

ACCESS = "arrived access admitted delay_minutes delay_reason delay_reason_text delay_explained left visit_minutes"
SIGN_OFF = (
    "overall_finding positive_comments positive_may_be_shared serious_issue serious_type serious_details serious_told"
    " serious_told_at manager_phoned officer_comment read_back visitor_2_agrees visitor_2_differs travel_minutes_1"
    " travel_minutes_2 miles_1 miles_2 cut_short cut_short_reason status status_reason"
)
A6 = (
    "issue_kind issue_theme issue_severity issue_text issue_raised_by issue_raised_with issue_raised_at issue_action"
    " issue_resolved issue_may_be_shared issue_public_summary"
)
DOG = (
    "dog dog_role dog_place handler body_condition demeanour injured injury_treated dog_water dog_bedding dog_comment"
    " dog_notes"
)
VEHICLE = (
    "vehicle vehicle_clean vehicle_secure vehicle_edges vehicle_size vehicle_bedding vehicle_air vehicle_alarm"
    " vehicle_temperature vehicle_water vehicle_first_aid vehicle_gear vehicle_key vehicle_not_left vehicle_inspected"
    " vehicle_comment"
)
QUESTIONS = {
    "custody_visit": {
        "A1.1": "site visit_type mode slot date visitor_1 visitor_2 tact_accredited others_kind others_present",
        "A1.2": ACCESS + " delay_authorised delay_authorised_by cut_short cut_short_reason",
        "A1.3": "custody_officer safety_briefing sergeants_on_duty detention_officers_on_duty female_staff healthcare"
        " liaison_diversion in_custody number_female number_under_18 number_girls number_immigration number_s136"
        " number_constant number_away introduction",
        "A1.4": "offered seen declined observed_only not_available na_asleep na_interview na_solicitor"
        " na_appropriate_adult na_healthcare na_processing na_out_of_cell na_court na_hospital na_intoxicated"
        " na_leaving na_other denied denied_risk denied_justice not_offered not_offered_priority not_offered_time"
        " not_offered_language not_offered_other accounted_for priority_first",
        "A1.5 basics": "custody_no group basis outcome consent out_of_hearing hearing_reason where interpreter"
        " record_consent record_agrees record_discrepancy",
        "A1.5 rights": "told_why rights_explained rights_notice someone_told legal_advice solicitor codes_offered"
        " interpreter_offered consulate_told rights_evidence appropriate_adult aa_called aa_arrived",
        "A1.5 health": "health_asked healthcare_seen medication injury_visible mental_health_need withdrawal_managed"
        " health_evidence",
        "A1.5 food": "meal_offered drink_offered diet_met rest_given food_evidence",
        "A1.5 comfort": "blanket bedding clothing_adequate warm_enough comfort_evidence",
        "A1.5 washing": "toilet_paper hands_washed wash_offered toilet_private washing_evidence",
        "A1.5 personal": "menstrual_asked private_talk menstrual_given menstrual_disposal personal_evidence",
        "A1.5 girl": "girl_named_woman girl_woman_met girl_woman_time",
        "A1.5 child": "parent_told aa_told_promptly not_in_cell kept_from_adults local_authority child_evidence",
        "A1.5 activity": "exercise_offered reading_offered faith_items nicotine activity_evidence",
        "A1.5 safety": "bell_explained bell_works bell_answered cctv_told anti_rip anti_rip_reason anti_rip_reviewed"
        " anti_rip_alternative strip_search strip_search_authority strip_search_aa force_alleged observation_level"
        " checks_up_to_date safety_evidence",
        "A1.5 closing": "treatment treatment_words caring complaint complaint_told may_harm may_harm_told"
        " request_kinds request request_outcome not_right",
        "A1.6": "denied_custody_no denied_ground denied_inspector denied_officer denied_reason denied_recorded"
        " denied_at",
        "A1.7 cells": "cells_clean cells_graffiti cells_repair cells_ligature cells_temperature cells_aired cells_light"
        " cells_mattress cells_toilet cells_bell bells_tested bells_working cells_clock cells_comment",
        "A1.7 communal": "booking_clean booking_private corridors_clear booking_temperature booking_area_comment",
        "A1.7 washing": "showers_clean showers_working showers_private towels_soap hand_wash washing_area_comment",
        "A1.7 kitchen": "kitchen_clean food_in_date special_diets hot_drinks kitchen_comment",
        "A1.7 yard": "yard_available yard_clean yard_safe yard_used yard_comment",
        "A1.7 medical": "medical_clean medical_locked medical_sharps medical_in_date medical_room_comment",
        "A1.7 rooms": "rooms_clean rooms_safe rooms_private rooms_comment",
        "A1.7 cctv": "cctv_working cctv_notices cctv_toilet cctv_comment",
        "A1.7 access": "accessible_cell hearing_loop easy_read accessibility_comment",
        "A1.7 information": "rights_posters icv_posters complaint_posters information_comment",
        "A1.7 fire": "exits_clear extinguishers evacuation_drill ligature_cutters fire_comment",
        "A1.7 first aid": "first_aid_kit first_aid_in_date first_aid_comment",
        "A1.8": "stock_blankets stock_mattresses stock_clothing stock_underwear stock_anti_rip stock_wash_things"
        " stock_toilet_rolls stock_menstrual_products stock_incontinence stock_razors stock_meals stock_hot_drinks"
        " stock_reading stock_glasses stock_distraction stock_headphones stock_religious stock_ppe stock_easy_read"
        " stock_translation stock_comment",
        "A1.9": "record_custody_no record_basis record_rights record_risk record_checks record_reviews record_aa"
        " record_healthcare record_meals record_menstrual record_girl_woman record_force record_quality",
        "A1.10": SIGN_OFF,
        "A1.11": "tact_arranged_with tact_notice_hours tact_role_told tact_recordings tact_recordings_consent"
        " tact_recordings_minutes tact_report_commissioner tact_report_sent",
        "A6": A6 + " issue_subtheme issue_outcome",
    },
    "record_review": {
        "A2.1": "kind session date place visitor_1 visitor_2 reviewers facilitator police_adviser records"
        " of_which_immigration sample sample_theme period_from period_to records_withheld withheld_reason"
        " records_redacted reviewed_on papers_returned recommendations recommended_to",
        "A2.2": "custody_no site age_band age_disputed gender nationality_region language english route"
        " detention_basis family_detained",
        "A2.3": "not_recorded t1_arrest t2_arrival t3_authorised t4_home_office_told t5_home_office_reply"
        " t6_immigration_officer t7_criminal_ended t8_immigration_began t9_is91 t10_is91r t11_is91ra"
        " t12_escort_requested t13_escort_booked t14_escort_arrived t15_is91m t16_left removal_directions",
        "A2.3 derived": "booking_in_minutes notify_minutes reply_minutes gap_minutes immigration_minutes"
        " transfer_wait_minutes escort_late_minutes held_minutes held_band nights_held flag_no_authority"
        " flag_over_24_hours flag_over_2_nights flag_over_5_days flag_over_7_days times_not_recorded",
        "A2.4": "is91_complete reasons_understood told_immigration rights_given immigration_advice consulate"
        " someone_told asylum_claimed protection bail_considered police_reviews home_office_reviews welfare_reviews"
        " authority_comment",
        "A2.5": "interpreter interpreter_steps interpreter_missing interpreter_type interpreter_wait criminal_legal"
        " immigration_legal legal_wait declined_reason vulnerability_considered appropriate_adult aa_called aa_arrived"
        " aa_wait aa_steps aa_every_step",
        "A2.6": "vulnerabilities risk_assessed risk_shared adults_at_risk observation_level checks_on_time"
        " healthcare_seen healthcare_wait medication_on_time fit_stated health_events",
        "A2.7": "meals_given drinks_given diet_met exercise_daily shower_daily clean_clothes rest_8_hours"
        " reading_language faith_met phone_calls visits_allowed menstrual_asked girl_named_woman cell_type kept_apart"
        " property_handled kept_told meals_offered meals_accepted meals_declined drinks_offered exercise_offered"
        " showers_offered",
        "A2.8": "force_events force_justified strip_search_authority strip_search_aa anti_rip_risk"
        " anti_rip_alternative anti_rip_reviewed cctv_covered complaint_handled",
        "A2.9": "review_outcome safe_release release_needs",
        "A2.10": "proportionate delay_cause dignity record_quality good_practice concern recommendation_text"
        " recommendation_theme recommendation_to police_response in_national_return visitor_2_agrees visitor_2_differs"
        " serious_issue serious_details",
        "A6": A6 + " issue_subtheme",
    },
    "kennel_visit": {
        "A3.1": ACCESS + " site date slot visit_type kennel_kind unannounced visitor_1 visitor_2 escorted_by"
        " briefed_dogs briefed_fire briefed_infection dogs_secured hands_and_feet no_contact dogs_on_site dogs_seen"
        " dogs_police dogs_seized dogs_isolated dogs_working weather temperature",
        "A3.2 environment": "env_clean env_waste env_disinfected env_sound env_secure env_draught env_temperature"
        " env_air env_light env_noise env_bed env_bedding env_size env_drainage env_isolation env_shelter env_vermin"
        " env_fire env_night",
        "A3.2 diet": "diet_water diet_bowls diet_store diet_chart diet_special diet_weight",
        "A3.2 behaviour": "behaviour_exercise behaviour_breaks behaviour_toys behaviour_rest behaviour_stress",
        "A3.2 company": "company_dogs company_people company_checked company_alone",
        "A3.2 health": "health_body health_injury health_vaccination health_worms health_vet_record health_medicine"
        " health_first_aid health_vet_seen health_heat_cold",
        "A3.2 records": "records_staff records_daily records_cleaning records_vet records_rest records_retired",
        "A3.3": DOG,
        "A3.4": VEHICLE,
        "A1.10": SIGN_OFF,
        "A6": A6,
    },
    "training_observation": {
        "A4 header": ACCESS + " site date venue visitor_1 visitor_2 escorted_by announced",
        "A4 status": "training_status cancel_reason rearranged_to status status_reason",
        "A4 training": "training_type training_type_text dogs_seen handlers_seen session_minutes",
        "A4 methods": "rewards voice_proportionate corrections correction_details equipment_kinds equipment"
        " equipment_fit aversive_equipment",
        "A4 welfare": "warm_up rest_breaks water_offered shade surface weather_suitable ended_if_tired length_suits"
        " vehicles_cool injury_seen_to first_aid",
        "A4 relations": "handler_relationship dogs_willing trainer_qualified explained free_to_ask",
        "A3.3": DOG,
        "A3.4": VEHICLE,
        "A1.10": SIGN_OFF,
        "A6": A6,
    },
}
YNNA = "yes no not_applicable not_checked"
THEMES = (
    "rights_and_entitlements health_and_wellbeing food_drink_and_rest hygiene clothing_bedding_and_temperature"
    " faith_and_diversity children_and_young_people women_and_girls dignity_and_safety conditions_and_estate staffing"
    " access_for_visitors length_of_detention_and_transfer record_keeping other"
)
SUBTHEMES = (
    "rights_notice legal_advice someone_informed interpreter appropriate_adult consulate reviews medication"
    " healthcare_wait mental_health substance self_harm shower toilet menstrual_care cctv strip_search force anti_rip"
    " call_bell cleanliness repairs heating lighting ligature equipment"
)
CHOICES = {
    "custody_visit": {
        "ynna": YNNA,
        "visit_type": "standard return tact training",
        "mode": "in_person telephone video",
        "others": "trainee scheme_staff commissioner icva other none",
        "cut_short_reason": "evacuation emergency asked_to_leave visitors_choice other",
        "availability": "on_site on_call not_available not_checked",
        "introduction": "self escort mixed",
        "group": "man woman boy girl other",
        "basis": "arrest immigration warrant recall s136 tact not_known",
        "outcome": "spoken_to declined observed_only not_available denied",
        "consent": "yes_to_visitors yes_to_escort not_able no",
        "where": "cell hatch room other",
        "interpreter": "not_needed used not_available",
        "record_consent": "yes no not_able not_asked",
        "evidence": "detainee staff record seen",
        "aa": "not_required attended awaited not_arranged",
        "observation": "general intermittent constant close not_known",
        "treatment": "good acceptable poor declined",
        "met": "met_at_the_time met_shortly_after not_met not_appropriate",
        "ground": "risk_to_visitors interference none_given",
        "stock": "sufficient low out not_checked",
        "quality": "good adequate poor",
        "overall": "satisfactory satisfactory_with_issues unsatisfactory cannot_judge",
        "serious_type": "ill_treatment risk_to_life unlawful_detention child_safeguarding safety_hazard opcat other",
        "read_back": "read_on_screen paper_copy sent_by_scheme not_done",
        "agrees": "yes no later",
        "issue_kind": "issue detainee_request positive_comment recommendation question",
        "issue_theme": THEMES,
        "issue_subtheme": SUBTHEMES,
        "severity": "serious significant minor praise",
        "raised_by": "detainee visitor staff",
        "raised_with": "custody_officer custody_inspector scheme_manager nobody_yet",
    },
    "record_review": {
        "ynna": YNNA,
        "kind": "case custody_detention_scrutiny_panel icv_review_session other_session",
        "sample": "random all targeted chosen_by_force",
        "age_band": "under_18_claimed under_18 18_24 25_39 40_59 60_69 70_plus not_recorded",
        "english": "fluent some none not_recorded",
        "route": "offence police_request enforcement clandestine transfer other_force other not_clear",
        "detention_basis": "immigration criminal_then_immigration both not_clear",
        "interpreter_step": "booking_in rights risk healthcare is91r none",
        "interpreter_type": "telephone in_person video tablet staff detainee",
        "vulnerability": "mental_health learning physical pregnancy child older torture trafficking self_harm substance"
        " language transgender other none",
        "at_risk": "level_1 level_2 level_3 not_recorded not_applicable",
        "review_outcome": "removal_centre short_term_facility other_force prison hospital bail released removed"
        " local_authority other not_clear",
        "proportionate": "yes no_police no_home_office no_transport no_other cannot_tell",
        "delay_cause": "home_office no_bed escort documents interpreter appropriate_adult healthcare age criminal"
        " not_recorded",
        "dignity": "good adequate poor cannot_tell",
        "quality": "good adequate poor",
        "addressed": "force home_office healthcare opcc",
        "issue_theme": THEMES,
        "issue_subtheme": SUBTHEMES,
    },
    "kennel_visit": {
        "ynna": YNNA,
        "need": "good acceptable concern not_seen",
        "kennel_kind": "kennels home_kennels police_requested",
        "visit_type": "standard return training",
        "dog_role": "general_purpose specialist_search puppy retired seized",
        "dog_place": "in_kennel out_of_kennel training vehicle",
        "body_condition": "lean ideal overweight concern not_seen",
        "demeanour": "relaxed alert excited anxious withdrawn aggressive",
        "raised_with": "dog_unit_sergeant handler scheme_manager nobody_yet",
        "agrees": "yes no later",
    },
    "training_observation": {
        "training_status": "took_place not_on_arrival cancelled_by_dog_unit cancelled_by_visitors cancelled_weather"
        " rearranged",
        "cancel_reason": "other_training deployment dog_or_handler_sick venue weather visitor_unavailable other",
        "training_type": "obedience tracking search_drugs search_cash search_explosives search_digital search_person"
        " search_cadaver bite agility public_order firearms puppy assessment other",
        "correction": "none voice raised_voice lead physical",
        "relation": "good acceptable concern not_seen",
        "agrees": "yes no later",
    },
}
NO_JUDGEMENT = {"family_detained"}  # Yes, No and the like are all plain facts here
BAD = {"ynna": ("no",), "need": ("concern",), "relation": ("concern",), "stock": ("low", "out")}


@pytest.fixture(params=reader.shipped())
def form(request: pytest.FixtureRequest) -> Form:
    return reader.load(request.param)


def walk(rows: tuple[Row, ...]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from walk(row.rows)


def asked(form: Form) -> Iterator[Row]:
    return (row for row in walk(form.rows) if row.kind not in ("group", "repeat", "note", "calculate"))


# Complete ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "section"), [(name, section) for name, sections in QUESTIONS.items() for section in sections]
)
def test_the_form_has_every_field_of_the_section(name, section):
    names = {row.name for row in walk(reader.load(name).rows)}
    assert set(QUESTIONS[name][section].split()) - names == set()


@pytest.mark.parametrize(("name", "listed"), [(name, listed) for name, lists in CHOICES.items() for listed in lists])
def test_the_list_has_exactly_the_allowed_values(name, listed):
    assert " ".join(choice.name for choice in reader.load(name).lists[listed]) == CHOICES[name][listed]


# Issues, comments, help ----------------------------------------------------------------------------------------------


def test_every_answer_that_is_not_good_may_be_raised_and_asks_for_a_comment(form):
    comments = " or ".join(row.relevant for row in asked(form) if row.kind == "text" and row.required == "yes")
    for row in asked(form):
        if row.kind == "select_one" and row.list_name in BAD and row.name not in NO_JUDGEMENT:
            assert row.binds.get("icv:raise_issue"), row.name
            assert all(f"${{{row.name}}} = '{bad}'" in comments for bad in BAD[row.list_name]), row.name


def test_an_issue_is_raised_with_a_theme_of_the_form(form):
    themes = {choice.name for choice in form.lists["issue_theme"]}
    assert {row.binds["icv:raise_issue"] for row in asked(form) if "icv:raise_issue" in row.binds} <= themes


def test_a_sub_theme_belongs_to_a_theme_of_the_form():
    for name in ("custody_visit", "record_review"):
        form = reader.load(name)
        themes = {choice.name for choice in form.lists["issue_theme"]}
        assert {choice.extra["theme"] for choice in form.lists["issue_subtheme"]} <= themes


def test_no_two_questions_of_a_section_have_the_same_words(form):
    for section in form.rows:
        labels = [row.label() for row in walk((section,)) if row.kind not in ("calculate", "group")]
        labels = [label for label in labels if label and label not in SAME_IN_EVERY_TOPIC]
        assert sorted(labels) == sorted(set(labels)), section.name


SAME_IN_EVERY_TOPIC = {"How do you know?"}  # once in each topic's own group


def test_what_a_person_types_of_people_times_and_numbers_is_never_copied(form):
    for row in asked(form):
        if row.kind in ("time", "date", "dateTime", "integer", "text", "decimal"):
            assert row.binds.get("icv:copy") == "no", row.name


def test_only_conditions_stock_and_kennels_may_be_copied(form):
    sections = {section.name for section in form.rows for row in walk((section,)) if _may_be_copied(row)}
    kennels = {"environment", "diet", "behaviour", "company", "health", "records"}
    assert sections <= ({"conditions", "stock"} if form.name == "custody_visit" else kennels)


def _may_be_copied(row: Row) -> bool:
    return row.kind.startswith("select") and row.binds.get("icv:copy") != "no"


def test_custody_numbers_and_staff_are_told_apart_for_the_guard(form):
    held = {row.name: row.binds["icv:holds"] for row in asked(form) if "icv:holds" in row.binds}
    assert set(held.values()) <= {"custody_number", "staff", "reference"}
    assert all(kind == "custody_number" for name, kind in held.items() if name.endswith("custody_no"))
    assert "staff" in held.values()


def test_every_figure_and_flag_that_is_shown_says_its_rule():
    form = reader.load("record_review")
    notes = [row for row in walk(form.rows) if row.kind == "note" and "_hours}" in row.label()]
    assert len(notes) == 8
    assert all("A2.3" in row.guidance() for row in notes)


@pytest.mark.parametrize("name", reader.shipped())
def test_every_section_has_longer_help_somewhere(name):
    for section in reader.load(name).rows:
        assert any(row.guidance() for row in walk((section,))), section.name


# Whom to phone -------------------------------------------------------------------------------------------------------


def begun(name: str, scheme: dict[str, str] | None = None, **answers: Any) -> Draft:
    settings = tuple(Choice(name=key, labels={}, extra={"value": value}) for key, value in (scheme or {}).items())
    draft = Draft(reader.load(name), clock=lambda: NOW, lists={"scheme": settings})
    for question, value in answers.items():
        draft.answer(Place(question), value)
    return draft


def test_the_serious_issue_question_is_required_and_says_whom_to_phone(form):
    scheme = {"serious_issue_contact": "the duty manager", "serious_issue_phone": "0116 496 0000"}
    draft = begun(form.name, scheme)
    assert draft.required(Place("serious_issue"))
    assert draft.shown(Place("serious_call_note"))
    said = draft.label(Place("serious_call_note"))
    assert said == "For a serious issue, phone the duty manager the same day: 0116 496 0000."


def test_a_scheme_without_a_number_says_so(form):
    draft = begun(form.name)
    assert draft.shown(Place("serious_office_note"))
    assert "Your scheme has not entered a number yet: ring the office" in draft.label(Place("serious_office_note"))
    assert not draft.shown(Place("serious_call_note"))


def test_somebody_who_may_come_to_harm_is_reported_at_once():
    draft = begun("custody_visit", access="admitted_immediately", in_custody=1)
    row, _ = draft.add_row("detainees")
    draft.answer(Place("outcome", "detainees", row), "spoken_to")
    draft.answer(Place("may_harm", "detainees", row), "yes")
    assert draft.label(Place("may_harm_note", "detainees", row)).startswith("Tell the custody officer now")
    assert draft.required(Place("may_harm_told", "detainees", row))


@pytest.mark.parametrize(("scheme", "shown"), [({}, True), ({"delay_threshold": "20"}, False)])
def test_the_scheme_sets_from_when_a_wait_is_long(scheme, shown):
    draft = begun("custody_visit", scheme, arrived="10:00", access="admitted_immediately", admitted="10:15")
    assert draft.shown(Place("delay_note")) == shown


# Visitors ------------------------------------------------------------------------------------------------------------

VISITORS = tuple(
    Choice(name=name, labels={"": name}, extra={"roles": roles, "status": status})
    for name, roles, status in (
        ("ICV01", "icv", "active"),
        ("ICV02", "icv tact", "probation"),
        ("ICV03", "icv", "left"),
        ("ICV04", "icv", ""),
        ("AWV01", "awv", "active"),
    )
)


def visitors(**answers: Any) -> Draft:
    draft = Draft(reader.load("custody_visit"), clock=lambda: NOW, lists={"visitors": VISITORS})
    for question, value in answers.items():
        draft.answer(Place(question), value)
    return draft


def offered(draft: Draft) -> list[str]:
    return [choice.name for choice in draft.choices(Place("visitor_1"))]


def test_those_who_visit_at_present_are_offered():
    assert offered(visitors()) == ["ICV01", "ICV02", "ICV04"]


def test_a_report_by_somebody_who_has_left_since_may_still_be_corrected():
    draft = visitors(visitor_1="ICV03")
    assert draft.problem(Place("visitor_1")) is None


def test_a_terrorism_act_visit_offers_those_accredited_and_never_gets_stuck():
    draft = visitors(visit_type="tact", tact_accredited="yes")
    assert offered(draft) == ["ICV02"]
    draft.answer(Place("tact_accredited"), "yes_not_listed")
    assert offered(draft) == ["ICV01", "ICV02", "ICV04"]


# Short ---------------------------------------------------------------------------------------------------------------

NORMAL = {
    "site": "euston", "date": "2026-11-20", "slot": "S1", "visitor_1": "ICV01", "visitor_2": "ICV02",
    "arrived": "14:00", "access": "admitted_immediately", "admitted": "14:05", "safety_briefing": "yes",
    "female_staff": "yes", "healthcare": "on_site", "introduction": "self", "in_custody": 10, "offered": 5, "seen": 3,
    "declined": 2, "observed_only": 2, "not_available": 2, "denied": 0, "not_offered": 1, "groups_present": "none",
    "na_reasons": "asleep interview", "na_asleep": 1, "na_interview": 1, "not_offered_reasons": "time",
    "areas_checked": "cells kitchen yard", "areas_not_right": "none", "stock_checked": "yes",
    "stock_seen": "stock_blankets stock_meals", "stock_short": "none", "overall_finding": "satisfactory",
    "serious_issue": "no", "cut_short": "no", "left": "14:50", "read_back": "read_on_screen",
    "visitor_2_agrees": "yes", "travel_minutes_1": 30, "travel_minutes_2": 0,
}  # fmt: skip
PERSON = {
    "custody_no": "4521", "group": "man", "outcome": "spoken_to", "consent": "yes_to_visitors", "where": "cell",
    "out_of_hearing": "yes", "interpreter": "not_needed", "record_consent": "no", "topics": "rights food comfort",
    "topics_not_right": "none", "treatment": "good", "complaint": "no", "may_harm": "no",
}  # fmt: skip
LISTS = {
    "sites": (Choice(name="euston", labels={}, extra={"kind": "custody_suite"}),),
    "visitors": VISITORS,
    "slots": (Choice(name="S1", labels={}, extra={"site": "euston", "measure": "custody_visit", "period_start": ""}),),
}


def answers_needed(draft: Draft) -> int:
    return sum(draft.progress(section.name).required_total for section in draft.form.rows)


def test_a_normal_custody_visit_with_three_people_needs_at_most_80_answers():
    draft = Draft(reader.load("custody_visit"), clock=lambda: NOW, lists=LISTS)
    for name, value in NORMAL.items():
        draft.answer(Place(name), value)
    for _ in range(3):
        row, _change = draft.add_row("detainees")
        for name, value in PERSON.items():
            draft.answer(Place(name, "detainees", row), value)
    assert draft.problems() == ()
    assert answers_needed(draft) <= 80  # ten minutes at seven and a half seconds an answer


@pytest.mark.parametrize(
    ("name", "answers", "most"),
    [
        ("kennel_visit", {"access": "admitted_immediately", **dict.fromkeys(
            [f"{need}_overall" for need in ("environment", "diet", "behaviour", "company", "health", "records")],
            "good")}, 40),
        ("training_observation", {"training_status": "took_place", "access": "admitted_immediately"}, 36),
        ("record_review", {"kind": "case", "detention_basis": "both", "age_band": "25_39"}, 50),
    ],
)  # fmt: skip
def test_the_other_forms_need_few_answers_where_nothing_is_wrong(name, answers, most):
    assert answers_needed(begun(name, **answers)) <= most


# What a tick opens ---------------------------------------------------------------------------------------------------


def test_a_tick_of_the_review_opens_its_question_and_no_other():
    draft = begun("record_review", kind="case", authority_shown="consulate", authority_look="immigration_advice")
    assert draft.required(Place("immigration_advice"))
    assert not draft.shown(Place("is91_complete"))
    assert "consulate" not in {choice.name for choice in draft.choices(Place("authority_look"))}
    draft.answer(Place("immigration_advice"), "no")
    assert draft.required(Place("authority_comment"))


def test_stock_that_is_low_is_said_how_low_and_commented_on():
    draft = begun("custody_visit", access="admitted_immediately", stock_checked="yes", stock_seen="stock_blankets")
    draft.answer(Place("stock_short"), "stock_blankets")
    draft.answer(Place("stock_blankets"), "low")
    assert draft.required(Place("stock_comment"))


def test_reasons_for_not_being_offered_must_add_up():
    draft = begun("custody_visit", access="admitted_immediately", not_offered=3, not_offered_reasons="time priority")
    draft.answer(Place("not_offered_time"), 1)
    draft.answer(Place("not_offered_priority"), 1)
    problem = draft.problem(Place("not_offered_reasons"))
    assert problem == "3 not offered, but the reasons below make 2. Check these numbers"


def test_a_public_summary_has_at_most_300_characters(form):
    draft = begun(form.name, kind="case") if form.name == "record_review" else begun(form.name)
    row, _ = draft.add_row("issues")
    place = Place("issue_public_summary", "issues", row)
    draft.answer(place, "x" * 300)
    assert draft.problem(place) is None
    draft.answer(place, "x" * 301)
    assert draft.problem(place) == "This is longer than 300 characters. Shorten it"


def test_a_second_reviewer_signs_and_a_single_one_does_not():
    draft = begun("record_review", kind="case")
    assert not draft.shown(Place("visitor_2_agrees"))
    draft.answer(Place("visitor_2"), "ICV02")
    assert draft.required(Place("visitor_2_agrees"))


def test_a_cancelled_observation_asks_why_and_nothing_of_the_training():
    draft = begun("training_observation", training_status="rearranged", date="2026-11-20")
    assert draft.required(Place("cancel_reason"))
    assert draft.required(Place("rearranged_to"))
    assert not draft.shown(Place("arrived"))
    assert not draft.shown(Place("methods"))
    assert draft.value(Place("status")) == "not_admitted"


def test_an_unlawful_refusal_and_a_physical_correction_are_called_serious():
    draft = begun("custody_visit", access="admitted_immediately", in_custody=2, denied=1, serious_issue="no")
    row, _ = draft.add_row("denials")
    assert not draft.shown(Place("serious_refusal_note"))
    draft.answer(Place("denied_inspector", "denials", row), "no")
    assert draft.shown(Place("serious_refusal_note"))
    draft = begun("training_observation", training_status="took_place", access="admitted_immediately")
    draft.answer(Place("serious_issue"), "no")
    draft.answer(Place("corrections"), "voice physical")
    assert draft.shown(Place("serious_methods_note"))
