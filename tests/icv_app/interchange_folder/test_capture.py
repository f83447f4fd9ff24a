"""Capture: what a finished form becomes, and what it may not become."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

import resources
from forms import reader
from forms.draft import Draft
from forms.form import Choice, Place
from icv_app.interchange_folder.capture import AnswersRefused, answer_all, prefill, record_of, reference
from icv_app.records.raised import raised

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def choices(names: str, **extra: str) -> tuple[Choice, ...]:
    return tuple(Choice(name=name, labels={"": name}, extra=extra) for name in names.split())


LISTS: Mapping[str, tuple[Choice, ...]] = {
    "sites": choices("euston-street keyham-lane", kind="custody_suite")
    + choices("dog-unit", kind="dog_unit_kennels")
    + choices("off-site-training", kind="training_venue"),
    "visitors": choices("ICV01 ICV02", roles="icv", status="active")
    + choices("AWV01 AWV02 AWV03 AWV04", roles="awv", status="active"),
    "slots": (),
    "sessions": (),
}


def fresh(form: str) -> Draft:
    return Draft(reader.load(form), None, clock=lambda: NOW, lists=LISTS)


def captured(form: str, **changes: Any) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads(resources.text(f"example/captured/{form}.json"))
    return {name: value for name, value in (answers | changes).items() if value is not None}


def filed(form: str, **changes: Any) -> tuple[str, str, dict[str, Any]]:
    draft = fresh(form)
    answer_all(draft, captured(form, **changes))
    return record_of(draft, today=TODAY)


@pytest.mark.parametrize(
    ("form", "prefix"),
    [("custody_visit", "CV"), ("record_review", "CR"), ("kennel_visit", "KV"), ("training_observation", "TO")],
)
def test_a_finished_form_becomes_a_submitted_visit_with_a_reference(form: str, prefix: str) -> None:
    kind, key, body = filed(form)
    assert kind == "visit"
    assert key.startswith(f"{prefix}-2025-")
    assert len(key) == len("CV-2025-ABCDEF")
    assert (body["visit"], body["form"], body["state"], body["status"]) == (key, form, "submitted", "completed")
    assert body["form_version"] == reader.load(form).version


SESSION = {
    "kind": "custody_detention_scrutiny_panel", "date": "2026-03-03", "session": "CDSP-2026-03", "records": 12,
    "of_which_immigration": 5, "recommendations": 2, "recommended_to": "Custody Inspector", "sample": "random",
    "papers_returned": "yes",
}  # fmt: skip


def test_a_session_is_known_by_its_name_written_as_an_import_would_read_it() -> None:
    draft = fresh("record_review")
    answer_all(draft, SESSION | {"session": " CDSP-2026-03 "})
    kind, key, body = record_of(draft, today=TODAY)
    assert (kind, key, body["session"], body["records"]) == ("record_review", "CDSP-2026-03", "CDSP-2026-03", 12)
    draft = fresh("record_review")
    answer_all(draft, SESSION | {"session": "one;two"})
    with pytest.raises(AnswersRefused, match="cannot be used as a reference"):
        record_of(draft, today=TODAY)


def test_a_session_can_be_filed_with_its_core_fields_alone() -> None:
    core = ("session", "date", "kind", "records", "of_which_immigration", "recommendations", "recommended_to")
    draft = fresh("record_review")
    answer_all(draft, {name: SESSION[name] for name in core})
    kind, key, body = record_of(draft, today=TODAY)
    assert (kind, key) == ("record_review", "CDSP-2026-03")
    assert set(core) <= set(body)


def test_references_avoid_letters_that_are_misread() -> None:
    assert reference("custody_visit", 2026, lambda letters: letters[0]) == "CV-2026-000000"
    assert not set("ILOU") & set("".join(reference("kennel_visit", 2026)[8:] for _ in range(200)))
    assert len({reference("custody_visit", 2026) for _ in range(200)}) == 200


def test_a_draft_starts_with_the_day_and_with_me_where_i_may_be_a_visitor() -> None:
    draft = fresh("custody_visit")
    prefill(draft, person="ICV01", today=TODAY, lists=LISTS)
    assert (draft.value(Place("visitor_1")), draft.value(Place("date"))) == ("ICV01", "2026-11-22")
    assert draft.problem(Place("visitor_1")) is None
    office = fresh("custody_visit")
    prefill(office, person="OFFICE", today=TODAY, lists=LISTS)
    assert office.value(Place("visitor_1")) is None


def test_repeats_come_as_a_list_or_as_a_map_of_rows() -> None:
    row = captured("custody_visit")["detainees"][0]
    _, _, listed = filed("custody_visit", detainees=[row, {**row, "custody_no": "ES/2025/4411"}])
    _, _, mapped = filed("custody_visit", detainees={"x": row, "y": {**row, "custody_no": "ES/2025/4411"}})
    assert list(listed["detainees"].values()) == list(mapped["detainees"].values())
    assert len(listed["detainees"]) == 2


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"nonsense": 1}, "nonsense", "is no field of the form"),
        ({"in_custody": "7"}, "in_custody", ""),
        ({"in_custody": True}, "in_custody", "must be text or a number"),
        ({"in_custody": 7.5}, "in_custody", ""),
        ({"arrived": "late"}, "arrived", ""),
        ({"date": "2025-02-30"}, "date", ""),
        ({"date": "2026-11-23"}, "date", ""),
        ({"site": "dog-unit"}, "site", "Choose again"),
        ({"site": {"code": "euston-street"}}, "site", "must be text or a number"),
        ({"visitor_2": "ICV01"}, "visitor_2", ""),
        ({"detainees": "one"}, "detainees", "list of objects"),
        ({"detainees": [{"group": "man", "height": 3}]}, "detainees[1].height", "is no field of detainees"),
        ({"delay_minutes": 99}, "delay_minutes", "is worked out as 15, not 99"),
        ({"seen": 4}, "not_offered", "8 accounted for"),
        ({"left": None}, "left", ""),
    ],
)
def test_a_wrong_answer_is_named_by_its_field(changes: dict[str, Any], field: str, message: str) -> None:
    with pytest.raises(AnswersRefused) as caught:
        filed("custody_visit", **changes)
    found = {refusal.field: refusal.message for refusal in caught.value.refusals}
    assert field in found
    assert message in found[field]
    assert caught.value.code == "answers_missing"
    assert caught.value.status == 2


def test_a_calculation_may_be_given_where_it_agrees() -> None:
    _, _, body = filed("custody_visit", delay_minutes=15, was_admitted="yes")
    assert body["delay_minutes"] == 15


def test_an_answer_that_does_not_apply_is_left_out_and_told() -> None:
    draft = fresh("custody_visit")
    answers = captured("custody_visit", access="admitted_immediately", delay_reason="other")
    assert set(answer_all(draft, answers)) >= {"delay_reason", "delay_explained"}
    _, _, body = record_of(draft, today=TODAY)
    assert "delay_reason" not in body


def test_a_refused_visit_is_attempted_and_has_no_numbers() -> None:
    kept = {"site", "date", "visitor_1", "visitor_2", "arrived", "visitor_2_agrees", "travel_minutes_1",
            "travel_minutes_2", "serious_issue"}  # fmt: skip
    answers = {name: value for name, value in captured("custody_visit").items() if name in kept}
    answers |= {"access": "no_answer", "delay_reason": "no_reply", "status_reason": "Nobody came to the door"}
    draft = fresh("custody_visit")
    answer_all(draft, answers)
    _, _, body = record_of(draft, today=TODAY)
    assert body["status"] == "not_admitted"
    assert not {"in_custody", "admitted", "left"} & set(body)


def test_a_report_raises_its_issues_praise_and_recommendations_as_records() -> None:
    _, key, body = filed("custody_visit", positive_comments="A kind sergeant", positive_may_be_shared="yes")
    first, second = raised(body, key)
    (row,) = body["issues"]
    assert first == (
        "issue",
        f"{key}-1",
        {
            "issue": f"{key}-1", "visit": key, "source": f"issues/{row}", "kind": "detainee_request",
            "theme": "clothing_bedding_and_temperature",
            "severity": "minor", "text": "Asked for a second blanket",
            "action": "The blanket was brought while we were there", "status": "closed", "raised_by": "detainee",
            "site": body["site"], "form": "custody_visit", "date": body["date"],
        },
    )  # fmt: skip
    assert second[2]["kind"] == "positive_comment"
    _, key, body = filed("custody_visit", positive_comments="Between us", positive_may_be_shared="no")
    assert [each["kind"] for _, _, each in raised(body, key)] == ["detainee_request"]
    _, key, body = filed("record_review")
    assert [each["kind"] for _, _, each in raised(body, key)] == ["recommendation"]


# Personal data --------------------------------------------------------------------------------------------------------

PRAISE = {
    "positive_comments": "Sgt Jemima Throgmorton, on 07700 900123, was patient.",
    "positive_may_be_shared": "yes",
}


def test_likely_personal_data_is_not_filed_without_a_reason():
    draft = fresh("custody_visit")
    answer_all(draft, captured("custody_visit", **PRAISE))
    with pytest.raises(AnswersRefused, match=r"may hold personal data.*07700 900123"):
        record_of(draft, today=TODAY)


def test_a_reason_for_keeping_personal_data_is_filed_with_the_report():
    draft = fresh("custody_visit")
    reasons = {"positive_comments": "The sergeant asked to be named."}
    answer_all(draft, captured("custody_visit", **PRAISE, personal_data_reasons=reasons))
    _, _, body = record_of(draft, today=TODAY)
    assert body["personal_data_reasons"] == reasons


@pytest.mark.parametrize("reasons", ["because", ["because"], {"positive_comments": 1}])
def test_reasons_that_are_no_texts_are_refused(reasons):
    with pytest.raises(AnswersRefused, match="personal_data_reasons"):
        answer_all(fresh("custody_visit"), captured("custody_visit", **PRAISE, personal_data_reasons=reasons))


def test_an_answer_copied_from_another_report_is_filed_with_where_it_came_from():
    draft = fresh("custody_visit")
    answer_all(draft, captured("custody_visit"))
    draft.copy(Place("positive_comments"), "Calm and clean.", "CV-2025-0001")
    draft.answer(Place("positive_may_be_shared"), "yes")
    _, _, body = record_of(draft, today=TODAY)
    assert body["copied_from"] == {"positive_comments": "CV-2025-0001"}
