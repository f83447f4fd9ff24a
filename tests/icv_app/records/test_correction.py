"""Corrections under strain: two laptops at once, reports from elsewhere, choices that are gone, forms of old."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

import resources
from forms.form import Place
from icv_app.clock import Clock
from icv_app.interchange_folder.capture import AnswersRefused, OpenDraft
from icv_app.laptop import Laptop
from icv_app.periods import parse_period
from icv_app.storage.current import Record
from icv_app.storage.revision import Body
from tests.laptops import founded, give, joined

CLOCK = Clock(lambda: datetime(2026, 11, 22, 12, 0, tzinfo=UTC))
WHY = "Looked at again."


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Laptop, Laptop]]:
    """Two laptops of one scheme with the same records."""
    with ExitStack() as stack:
        first = stack.enter_context(founded(tmp_path / "ICV01", person="ICV01", clock=CLOCK))
        second = stack.enter_context(joined(first, tmp_path / "ICV02", "ICV02", "coordinator"))
        first.import_folder(resources.path("example"))
        give(first, second)
        yield first, second


@pytest.fixture
def laptop(desks: tuple[Laptop, Laptop]) -> Laptop:
    return desks[0]


def filed(laptop: Laptop, form: str = "custody_visit", **changes: Any) -> str:
    answers = json.loads(resources.text(f"example/captured/{form}.json")) | changes
    saved, _ = laptop.paperwork.file(form, {name: value for name, value in answers.items() if value is not None})
    record = laptop.store.by_id(saved.record)
    assert record is not None
    return record.key


def held(laptop: Laptop, key: str, kind: str = "visit") -> Record:
    record = laptop.store.current(kind, key)
    assert record is not None
    return record


def change(laptop: Laptop, key: str, kind: str = "visit", **changes: Any) -> None:
    body = {**held(laptop, key, kind).body, **changes}
    laptop.store.save(kind, key, {name: value for name, value in body.items() if value is not None})


def corrected(laptop: Laptop, key: str, **answers: Any) -> None:
    finish(laptop, laptop.paperwork.correct(key), **answers)


def finish(laptop: Laptop, opened: OpenDraft, **answers: Any) -> None:
    for name, value in answers.items():
        opened.draft.answer(Place(name), value)
    laptop.paperwork.submit(opened, reason=WHY)


def issues(laptop: Laptop, key: str) -> dict[str, Body]:
    return {record.key: record.body for record in laptop.store.records("issue") if record.body.get("visit") == key}


def add_issue(opened: OpenDraft, text: str) -> str:
    row, _ = opened.draft.add_row("issues")
    (first,) = json.loads(resources.text("example/captured/custody_visit.json"))["issues"]
    for name, value in {**first, "issue_resolved": "no", "issue_text": text}.items():
        opened.draft.answer(Place(name, "issues", row), value)
    return row


# What the form has no question for ------------------------------------------------------------------------------------


def test_what_a_report_holds_beside_its_form_survives_a_correction_that_was_kept_and_reopened(laptop: Laptop) -> None:
    key = filed(laptop)
    change(laptop, key, weather="Fog over the yard")
    opened = laptop.paperwork.correct(key)
    opened.draft.answer(Place("travel_minutes_1"), 45)
    laptop.paperwork.keep(opened)
    finish(laptop, laptop.paperwork.open_draft(opened.id))
    assert held(laptop, key).body["weather"] == "Fog over the yard"
    assert held(laptop, key).body["travel_minutes_1"] == 45


def test_what_a_row_holds_beside_its_form_survives_a_correction(laptop: Laptop) -> None:
    key = filed(laptop)
    detainees = held(laptop, key).body["detainees"]
    (row,) = detainees
    change(
        laptop, key, detainees={row: {**detainees[row], "shoe_size": "44"}, "9": {**detainees[row], "shoe_size": "41"}}
    )
    opened = laptop.paperwork.correct(key)
    laptop.paperwork.keep(opened)
    finish(laptop, laptop.paperwork.open_draft(opened.id), travel_minutes_1=45)
    after = held(laptop, key).body["detainees"]
    assert (after[row]["shoe_size"], after["9"]["shoe_size"]) == ("44", "41")


def test_a_row_that_a_correction_removes_goes_with_all_it_held(laptop: Laptop) -> None:
    key = filed(laptop)
    (row,) = held(laptop, key).body["issues"]
    change(laptop, key, issues={row: {**held(laptop, key).body["issues"][row], "colour": "blue"}})
    opened = laptop.paperwork.correct(key)
    opened.draft.remove_row("issues", row)
    finish(laptop, opened)
    assert "issues" not in held(laptop, key).body


# One report stays one -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "value"), [("session", "ANOTHER-DAY"), ("kind", "case")])
def test_a_correction_makes_no_second_record_of_a_session(laptop: Laptop, name: str, value: str) -> None:
    (session,) = (record.key for record in laptop.store.records("record_review"))
    opened = laptop.paperwork.correct(session)
    opened.draft.answer(Place(name), value)
    with pytest.raises(AnswersRefused) as caught:
        finish(laptop, opened)
    assert caught.value.refusals
    assert [record.key for record in laptop.store.records("record_review")] == [session]


def test_a_session_can_be_corrected_and_is_counted_once(laptop: Laptop) -> None:
    (session,) = (record.key for record in laptop.store.records("record_review"))
    corrected(laptop, session, records=36)
    after = held(laptop, session, "record_review")
    assert (after.body["records"], after.body["correction_reason"]) == (36, WHY)
    assert len(list(laptop.store.records("record_review"))) == 1


def test_a_case_cannot_become_a_session_by_a_correction(laptop: Laptop) -> None:
    key = filed(laptop, "record_review")
    opened = laptop.paperwork.correct(key)
    answers = {"kind": "custody_detention_scrutiny_panel", "session": "NEW-DAY", "records": 1}
    for name, value in {**answers, "of_which_immigration": 0, "recommendations": 0}.items():
        opened.draft.answer(Place(name), value)
    with pytest.raises(AnswersRefused):
        finish(laptop, opened)


def test_a_corrected_visit_counts_once_in_every_figure(laptop: Laptop) -> None:
    period = parse_period("2025-26-Q3")
    key = filed(laptop)
    before = laptop.summary(period).get("custody_visit", "visits_completed", None).value
    corrected(laptop, key, travel_minutes_1=45)
    assert laptop.summary(period).get("custody_visit", "visits_completed", None).value == before


def test_what_a_correction_took_out_is_found_in_no_summary(laptop: Laptop) -> None:
    key = filed(laptop, positive_comments="A patient sergeant", positive_may_be_shared="yes")
    period = parse_period("2025-26-Q3")
    assert {each.text for each in laptop.summary(period).findings} >= {
        "A patient sergeant",
        "Asked for a second blanket",
    }
    opened = laptop.paperwork.correct(key)
    opened.draft.remove_row("issues", opened.draft.rows("issues")[0])
    finish(laptop, opened, positive_may_be_shared="no")
    texts = {each.text for each in laptop.summary(period).findings}
    assert not texts & {"A patient sergeant", "Asked for a second blanket"}
    past = laptop.paperwork.past("custody_visit", "euston-street")
    assert past is not None
    assert not [issue for issue in past.issues if issue.key.startswith(key)]


def test_a_report_that_was_sent_is_sent_once_and_leaves_no_draft(laptop: Laptop) -> None:
    key = filed(laptop)
    opened = laptop.paperwork.correct(key)
    finish(laptop, opened)
    laptop.paperwork.keep(opened)  # a save that was on its way
    assert laptop.paperwork.drafts() == ()


# Two laptops ----------------------------------------------------------------------------------------------------------


def test_a_correction_withdraws_no_finding_that_another_one_added_meanwhile(desks: tuple[Laptop, Laptop]) -> None:
    mine, theirs = desks
    key = filed(mine)
    give(*desks)
    opened = mine.paperwork.correct(key)
    other = theirs.paperwork.correct(key)
    add_issue(other, "No soap in the washroom")
    finish(theirs, other)
    give(*desks)
    finish(mine, opened, travel_minutes_1=45)
    give(*desks)
    for desk in desks:
        added = [body for body in issues(desk, key).values() if body["text"] == "No soap in the washroom"]
        assert [body["status"] for body in added] == ["open"]
        assert held(desk, key).conflicts == {}


def test_a_correction_keeps_what_another_one_changed_in_a_finding_meanwhile(desks: tuple[Laptop, Laptop]) -> None:
    mine, theirs = desks
    key = filed(mine)
    give(*desks)
    opened = mine.paperwork.correct(key)
    (row,) = opened.draft.rows("issues")
    other = theirs.paperwork.correct(key)
    other.draft.answer(Place("issue_text", "issues", row), "Asked for two blankets")
    finish(theirs, other)
    give(*desks)
    opened.draft.answer(Place("issue_action", "issues", row), "Both were brought")
    finish(mine, opened)
    (issue,) = issues(mine, key).values()
    assert (issue["text"], issue["action"]) == ("Asked for two blankets", "Both were brought")


def test_two_corrections_at_once_for_two_reasons_leave_nothing_to_settle(desks: tuple[Laptop, Laptop]) -> None:
    key = filed(desks[0])
    give(*desks)
    for desk, name in zip(desks, ("travel_minutes_1", "travel_minutes_2"), strict=True):
        opened = desk.paperwork.correct(key)
        opened.draft.answer(Place(name), 77)
        desk.paperwork.submit(opened, reason=f"Mistyped by {desk.identity.person}")
    give(*desks)
    for desk in desks:
        record = held(desk, key)
        assert (record.conflicts, record.body["travel_minutes_1"], record.body["travel_minutes_2"]) == ({}, 77, 77)
        reasons = {version.reason for version in desk.reading(key).versions}
        assert reasons == {"", "Mistyped by ICV01", "Mistyped by ICV02"}


def test_findings_added_on_two_laptops_at_once_are_two_records(desks: tuple[Laptop, Laptop]) -> None:
    key = filed(desks[0])
    give(*desks)
    for desk, text in zip(desks, ("No soap in the washroom", "No light in cell 4"), strict=True):
        opened = desk.paperwork.correct(key)
        add_issue(opened, text)
        finish(desk, opened)
    give(*desks)
    for desk in desks:
        assert {body["text"] for body in issues(desk, key).values()} > {"No soap in the washroom", "No light in cell 4"}
        assert not any(record.conflicts for record in desk.store.records("issue"))


def test_a_report_that_the_office_returned_meanwhile_keeps_both_the_state_and_the_correction(
    desks: tuple[Laptop, Laptop],
) -> None:
    mine, office = desks
    key = filed(mine)
    give(*desks)
    opened = mine.paperwork.correct(key)
    change(office, key, state="returned")
    give(*desks)
    finish(mine, opened, travel_minutes_1=45)
    body = held(mine, key).body
    assert (body["state"], body["travel_minutes_1"]) == ("returned", 45)
    corrected(mine, key, travel_minutes_2=46)
    assert held(mine, key).body["state"] == "submitted"


def test_a_correction_whose_draft_was_removed_and_kept_again_still_follows_what_it_saw(laptop: Laptop) -> None:
    key = filed(laptop)
    opened = laptop.paperwork.correct(key)
    laptop.paperwork.remove(opened.id)
    laptop.paperwork.keep(opened)
    finish(laptop, opened, travel_minutes_1=45)
    after = held(laptop, key)
    assert (len(after.heads), after.conflicts) == (1, {})


# What is gone ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["site", "slot", "visitor"])
def test_a_report_can_be_corrected_although_what_it_names_is_gone(laptop: Laptop, kind: str) -> None:
    slot = {"slot": "S900", "measure": "custody_visit", "site": "euston-street", "period_start": "2025-10-06"}
    laptop.store.save("slot", "S900", {**slot, "status": "planned"})
    key = filed(laptop, slot="S900")
    for record in list(laptop.store.records(kind)):
        laptop.store.save(kind, record.key, {**record.body, "deleted": True})
    opened = laptop.paperwork.correct(key)
    assert opened.draft.problems() == ()
    laptop.paperwork.keep(opened)
    finish(laptop, laptop.paperwork.open_draft(opened.id), travel_minutes_1=45)
    assert held(laptop, key).body["travel_minutes_1"] == 45


def test_a_correction_may_not_choose_what_is_gone_anew(laptop: Laptop) -> None:
    key = filed(laptop)
    opened = laptop.paperwork.correct(key)
    opened.draft.answer(Place("site"), "nowhere")
    assert [problem.place.name for problem in opened.draft.problems()] == ["site"]


def test_a_report_of_a_version_that_nobody_knows_is_corrected_on_the_present_one(laptop: Laptop) -> None:
    key = filed(laptop)
    change(laptop, key, form_version="1999010101", old_question="An old answer")
    opened = laptop.paperwork.correct(key)
    laptop.paperwork.keep(opened)
    finish(laptop, laptop.paperwork.open_draft(opened.id), travel_minutes_1=45)
    body = held(laptop, key).body
    assert (body["form_version"], body["old_question"]) == (opened.form.version, "An old answer")


# Findings that came from a spreadsheet --------------------------------------------------------------------------------


def test_a_correction_of_an_imported_report_raises_none_of_its_findings_twice(
    desks: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    mine, _ = desks
    key = filed(mine)
    mine.export_folder(tmp_path / "out")
    with founded(tmp_path / "third", person="ICV01", clock=CLOCK) as fresh:  # fmt: skip
        fresh.import_folder(tmp_path / "out")
        assert len(issues(fresh, key)) == 1
        opened = fresh.paperwork.correct(key)
        (row,) = opened.draft.rows("issues")
        opened.draft.answer(Place("issue_text", "issues", row), "Asked for two blankets")
        finish(fresh, opened)
        (issue,) = issues(fresh, key).values()
        assert issue["text"] == "Asked for two blankets"


# The other visitor ----------------------------------------------------------------------------------------------------


def test_a_correction_of_what_the_other_visitor_said_reaches_their_entry(laptop: Laptop) -> None:
    key = filed(laptop, visitor_2_agrees="later")
    assert list(laptop.store.records("sign_off")) == []
    corrected(laptop, key, visitor_2_agrees="no", visitor_2_differs="It was colder than that.")
    (entry,) = laptop.store.records("sign_off")
    assert (entry.body["agrees"], entry.body["dissent"]) == ("no", "It was colder than that.")


def test_a_correction_never_writes_over_what_the_other_visitor_entered_themselves(
    desks: tuple[Laptop, Laptop],
) -> None:
    mine, theirs = desks
    key = filed(mine, visitor_2_agrees="later")
    give(*desks)
    theirs.paperwork.sign(key, agrees=False, words="The wait was longer.")
    give(*desks)
    corrected(mine, key, visitor_2_agrees="yes")
    (entry,) = mine.store.records("sign_off")
    assert (entry.author, entry.body["agrees"]) == ("ICV02", "no")


# Broken and hostile records -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"date": "soon"}, {"date": {"a": "b"}}, {"site": ["x"]}, {"~unparsed": "x"}, {"visitor_1": 7.5},
        {"~margin": 3}, {"detainees": ["x"]}, {"detainees": {"1": "x", "2": {"age": {"b": 1}}}}, {"seen": 10**30},
        {"copied_from": "x", "personal_data_reasons": ["y"]}, {"issues": {"1": {"issue_text": ["x"]}}},
        {"~unparsed": {"issues": {"1": "x"}}},
    ],
)  # fmt: skip
def test_the_correction_of_a_broken_record_opens_and_no_list_fails(laptop: Laptop, changes: dict[str, Any]) -> None:
    key = filed(laptop)
    change(laptop, key, **changes)
    opened = laptop.paperwork.correct(key)
    opened.draft.problems()
    assert [line.corrects for line in laptop.paperwork.drafts()] == [key]
    laptop.paperwork.keep(opened)
    assert [line.corrects for line in laptop.paperwork.drafts()] == [key]
    laptop.paperwork.open_draft(opened.id)
    laptop.reading(key)


# The folder -----------------------------------------------------------------------------------------------------------


def test_corrected_reports_go_through_the_folder_and_back_unchanged(laptop: Laptop, tmp_path: Path) -> None:
    key = filed(laptop)
    opened = laptop.paperwork.correct(key)
    (row,) = opened.draft.rows("issues")
    opened.draft.copy(Place("issue_text", "issues", row), "Asked for two blankets", "CV-2025-0001")
    opened.draft.answer(Place("positive_comments"), "Sgt Jemima Throgmorton, on 07700 900123, was patient.")
    opened.draft.answer(Place("positive_may_be_shared"), "yes")
    opened.draft.give_reason(Place("positive_comments"), '=She asked for it; "so"')
    finish(laptop, opened)
    change(laptop, key, weather="Fog over the yard", positive_may_be_shared="no")
    opened = laptop.paperwork.correct(key)
    opened.draft.remove_row("issues", row)
    finish(laptop, opened)
    assert {body["status"] for body in issues(laptop, key).values()} >= {"withdrawn"}
    laptop.export_folder(tmp_path / "one")
    before = {kind: [(each.key, each.heads) for each in laptop.store.records(kind)] for kind in ("visit", "issue")}
    laptop.import_folder(tmp_path / "one")
    for kind, heads in before.items():
        assert [(each.key, each.heads) for each in laptop.store.records(kind)] == heads
    with founded(tmp_path / "third", person="ICV01", clock=CLOCK) as fresh:  # fmt: skip
        fresh.import_folder(tmp_path / "one")
        fresh.export_folder(tmp_path / "two")
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "two").iterdir())
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_a_fault_at_any_statement_of_sending_leaves_the_draft_and_every_record_as_they_were(laptop: Laptop) -> None:
    key = filed(laptop)
    opened = laptop.paperwork.correct(key)
    opened.draft.answer(Place("travel_minutes_1"), 45)
    laptop.paperwork.keep(opened)

    def everything() -> object:
        tables = ("draft", "revision", "head", "current", "fact_visit", "fact_issue")
        return [laptop.store.connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in tables]

    before = everything()
    whole: Any = laptop.store.connection
    for at in range(1, 60):
        laptop.store.connection = cast("Any", Failing(whole, at))
        try:
            laptop.paperwork.submit(opened, reason=WHY)
        except Broken:
            laptop.store.connection = whole
            assert everything() == before, at
        else:
            break
    laptop.store.connection = whole
    assert at > 10
    assert held(laptop, key).body["travel_minutes_1"] == 45
    assert laptop.paperwork.drafts() == ()


class Broken(Exception):
    """The fault that a test makes."""


class Failing:
    """A connection that breaks before its statement number `at`."""

    def __init__(self, connection: Any, at: int) -> None:
        self.connection = connection
        self.left = at

    def _next(self, text: str) -> None:
        self.left -= 1
        if not self.left and text != "ROLLBACK":
            raise Broken

    def execute(self, text: str, *values: Any) -> Any:
        self._next(text)
        return self.connection.execute(text, *values)

    def executemany(self, text: str, *values: Any) -> Any:
        self._next(text)
        return self.connection.executemany(text, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)
