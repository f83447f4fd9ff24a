"""Scrutiny panels: a session's numbers, its single records, its recommendations; nothing changes its totals."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from icv_app.errors import InvalidInput
from icv_app.periods import parse_period
from icv_app.records import panel, panel_words
from icv_app.records.panel import Subject, Totals
from tests.icv_app.commands.test_command_line import Run, icv, start  # noqa: F401  (a fixture)
from tests.laptops import founded, give, joined

CDSP = "CDSP-2025-08"
OFFICE = ("--profile", "office")
TODAY = date(2026, 11, 22)
NEW = Totals(session="CDSP-2026-11", date=date(2026, 11, 3), records=40, immigration=12, recommendations=2,
             recommended_to="Custody Inspector")  # fmt: skip
LEAFLET = {"theme": "rights_and_entitlements", "addressed": "force"}


@pytest.fixture
def office(tmp_path):
    with founded(tmp_path / "office") as laptop:
        laptop.import_folder(resources.path("example"))
        yield laptop


def refused(call, *args, **more):
    with pytest.raises(InvalidInput) as error:
        call(*args, **more)
    return error.value.code


def test_the_published_session_states_its_totals_and_says_that_nothing_is_entered_one_by_one(office):
    found = panel.one(office.store, CDSP, TODAY)
    assert panel_words.totals_words(found) == "35 records reviewed, 15 of immigration detainees; 7 recommendations"
    assert panel_words.recommended_words(found) == (
        "None of the 7 recommendations that the session states is entered here yet."
    )
    assert panel_words.cases_words(found) == "No form of a single record names this session."


def test_a_recommendation_belongs_to_its_session_and_leaves_the_total_alone(office):
    key = panel.recommend(office.store, CDSP, "  Give the leaflet in six languages  ", **LEAFLET)
    assert key.startswith(f"{CDSP}-R")
    body = office.store.current("issue", key).body
    assert (body["visit"], body["kind"], body["text"]) == (CDSP, "recommendation", "Give the leaflet in six languages")
    assert body["date"] == "2025-08-19"
    found = panel.one(office.store, CDSP, TODAY)
    assert found.recommendations == 7
    assert panel_words.recommended_words(found) == (
        "1 of the 7 recommendations that the session states are entered here; 0 of 1 answered."
    )
    summary = office.summary(parse_period("2025-26-Q2"))
    assert summary.get("record_review", "recommendations").value == 7
    ratio = summary.get("issues", "recommendations_answered")
    assert (ratio.numerator, ratio.denominator) == (0, 1)


def test_an_answer_shows_and_more_than_the_total_is_said(office):
    office.store.save("record_review", CDSP, {**office.store.current("record_review", CDSP).body, "recommendations": 1})
    for text in ("Check every hour", "Offer the phone"):
        key = panel.recommend(office.store, CDSP, text, **LEAFLET)
    body = office.store.current("issue", key).body
    office.store.save("issue", key, {**body, "status": "responded", "response": "Done.", "responded_on": "2025-09-01"})
    words = panel_words.recommended_words(panel.one(office.store, CDSP, TODAY))
    assert words.startswith("2 recommendations are entered here, but the session states 1")
    assert words.endswith("1 of 2 answered.")


@pytest.mark.parametrize(
    ("text", "more", "code"),
    [
        (" ", {}, "text"), ("x", {"theme": ""}, "theme"), ("x", {"addressed": "somebody"}, "addressed"),
        ("Ring 07700 900123 at once", {}, "personal_data"),
    ],
)  # fmt: skip
def test_a_recommendation_needs_words_a_theme_and_somebody_to_act(office, text, more, code):
    before = len(list(office.store.records("issue")))
    assert refused(panel.recommend, office.store, CDSP, text, **{**LEAFLET, **more}) == code
    assert len(list(office.store.records("issue"))) == before


def test_one_recommendation_is_entered_once(office):
    panel.recommend(office.store, CDSP, "Check every hour", **LEAFLET)
    assert refused(panel.recommend, office.store, CDSP, "check every HOUR", **LEAFLET) == "held"


def test_a_new_session_counts_in_the_figures_of_its_quarter(office):
    panel.add(office.store, NEW, TODAY)
    summary = office.summary(parse_period("2026-27-Q3"))
    numbers = [
        summary.get("record_review", name).value
        for name in ("records_reviewed", "immigration_records_reviewed", "recommendations")
    ]
    assert numbers == [40, 12, 2]
    assert [each.key for each in panel.sessions(office.store, TODAY)] == ["CDSP-2026-11", CDSP]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"session": CDSP}, "held"), ({"session": "CV-2025-0003"}, "held"), ({"session": " "}, "reference"),
        ({"session": "a;b"}, "reference"), ({"session": "=1"}, "reference"), ({"date": date(2026, 11, 23)}, "future"),
        ({"kind": "case"}, "kind"), ({"immigration": 41}, "numbers"), ({"records": 1001}, "numbers"),
        ({"recommendations": -1}, "numbers"), ({"recommended_to": " "}, "recommended_to"),
    ],
)  # fmt: skip
def test_a_session_that_cannot_be_is_refused_and_nothing_is_saved(office, change, code):
    before = len(list(office.store.records()))
    assert refused(panel.add, office.store, replace(NEW, **change), TODAY) == code
    assert len(list(office.store.records())) == before


def test_what_the_records_were_about_is_saved_beside_the_totals_that_were_imported(office):
    before = dict(office.store.current("record_review", CDSP).body)
    about = [Subject(about="Use of  force", records=12), Subject(about="Children", records=8)]
    panel.describe(office.store, CDSP, about, ["ICV01", " ICV07", "ICV01", ""])
    found = panel.one(office.store, CDSP, TODAY)
    assert [(each.about, each.records) for each in found.subjects] == [("Use of force", 12), ("Children", 8)]
    assert found.reviewed_by == ("ICV01", "ICV07")
    after = office.store.current("record_review", CDSP).body
    assert {name: after[name] for name in before} == before
    panel.describe(office.store, CDSP, [], [])
    assert office.store.current("record_review", CDSP).body == before


@pytest.mark.parametrize(
    ("about", "people", "code"),
    [
        ([Subject(about="Use of force", records=21)], [], "numbers"),  # 15 and 21 are more than 35
        ([Subject(about="", records=1)], [], "subject"), ([Subject(about="a:b", records=1)], [], "subject"),
        ([Subject(about="a", records=0)], [], "subject"),
        ([Subject(about="a", records=1), Subject(about="A", records=1)], [], "subject"),
        ([], ["Jo Bloggs"], "reviewed_by"),
    ],
)  # fmt: skip
def test_subjects_that_do_not_add_up_and_names_are_refused(office, about, people, code):
    before = office.store.current("record_review", CDSP).heads
    assert refused(panel.describe, office.store, CDSP, about, people) == code
    assert office.store.current("record_review", CDSP).heads == before


@given(st.integers(0, 60), st.integers(0, 60), st.lists(st.integers(1, 20), max_size=4))
def test_the_parts_of_a_session_never_come_to_more_than_the_whole(records, immigration, parts):
    about = [Subject(about=str(number), records=part) for number, part in enumerate(parts)]
    fits = immigration <= records and (not parts or immigration + sum(parts) <= records)
    try:
        panel.refuse_sums(records, immigration, 0, about)
    except InvalidInput:
        assert not fits
    else:
        assert fits


WORDS = st.text(st.characters(blacklist_characters=":;", blacklist_categories=("C", "Z")), min_size=1, max_size=12)


@given(st.lists(st.builds(Subject, about=WORDS, records=st.integers(1, 999)), max_size=5))
def test_subjects_read_back_as_they_were_written(about):
    assert panel.subjects(panel.written(about)) == tuple(about)


@given(st.text(max_size=40))
def test_no_text_of_another_program_stops_a_session_from_being_shown(text):
    for subject in panel.subjects(text):
        assert subject.about
        assert subject.records >= 0


def test_a_session_of_odd_values_is_shown(office):
    odd = {"session": "S", "date": 7, "kind": ["x"], "records": "many", "subjects": {"a": 1}, "reviewed_by": 3}
    office.store.save("record_review", "S", odd)
    found = panel.one(office.store, "S", TODAY)
    assert (found.date, found.records, found.subjects) == (None, None, ())
    assert panel_words.totals_words(found) == "The number of records was not recorded"
    assert panel.sessions(office.store, TODAY)[-1].key == "S"


def test_the_case_forms_that_name_a_session_are_its_detail(office):
    case = json.loads(resources.text("example/captured/record_review.json"))
    saved, _ = office.paperwork.file("record_review", {**case, "session": CDSP})
    key = office.store.by_id(saved.record).key
    found = panel.one(office.store, CDSP, TODAY)
    assert found.cases == (key,)
    assert {each.source for each in found.made} <= {key}
    assert panel_words.cases_words(found).startswith("1 form of a single record names this session.")
    assert office.summary(parse_period("2025-26-Q2")).get("record_review", "records_reviewed").value == 35


def test_a_folder_with_panels_is_read_and_written_the_same(office, tmp_path):
    panel.add(office.store, NEW, TODAY)
    panel.describe(office.store, CDSP, [Subject(about="Use of force", records=12)], ["ICV01", "ICV07"])
    panel.recommend(office.store, CDSP, "Check every hour", **LEAFLET)
    office.export_folder(tmp_path / "first")
    with founded(tmp_path / "again") as other:
        other.import_folder(tmp_path / "first")
        assert panel.one(other.store, CDSP, TODAY) == panel.one(office.store, CDSP, TODAY)
        other.export_folder(tmp_path / "second")
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("first", "second")
    )
    assert first == second


def test_only_the_office_enters_sessions(office, tmp_path):
    with joined(office, tmp_path / "icv01", "ICV01") as visitor:
        assert refused(panel.describe, visitor.store, CDSP, [], ["ICV01"]) in ("no_record", "not_theirs", "office_only")
        give(office, visitor)
        assert panel.sessions(visitor.store, TODAY) == ()


def test_the_command_lists_sessions_with_their_recommendations(icv: Run):  # noqa: F811
    start(icv, "office")
    assert icv("panels", *OFFICE).out == ""
    assert icv("import", resources.path("example"), *OFFICE).status == 0
    done = icv("panels", *OFFICE)
    assert done.status == 0
    assert done.out.startswith("CDSP-2025-08: Custody Detention Scrutiny Panel, 19 August 2025. 35 records reviewed")
    (row,) = icv("panels", "--json", *OFFICE).json
    assert (row["session"], row["records"], row["of_which_immigration"], row["entered"]) == (CDSP, 35, 15, [])
