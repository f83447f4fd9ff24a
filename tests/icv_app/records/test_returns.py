"""Reports sent back by the office: each comment reaches its question, is answered, and stays; nothing is lost when a
return and a correction meet."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from forms.form import Place
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.periods import parse_period
from icv_app.storage import report_state
from tests.laptops import filed
from tests.meeting import held, met, scheme

Three = tuple[Laptop, Laptop, Laptop]
QUARTER = parse_period("2025-26-Q3")


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Three]:
    with scheme(tmp_path, "ICV01", "ICV02") as (office, first, second):
        yield office, first, second


@pytest.fixture
def report(laptops: Three) -> str:
    """A report that all three laptops hold, and the office has sent back."""
    key = filed(laptops[1])
    met(*laptops)
    laptops[0].returning.send_back(key, [("healthcare", "Was the nurse there?"), ("", "A fine report otherwise.")])
    met(*laptops)
    return key


def mend(laptop: Laptop, key: str, name: str = "travel_minutes_1", value: Any = 77, reason: str = "Asked her.") -> None:
    opened = laptop.paperwork.correct(key)
    opened.draft.answer(Place(name), value)
    laptop.paperwork.submit(opened, reason=reason)


def states(key: str, *laptops: Laptop) -> set[Any]:
    return {held(laptop, key).body["state"] for laptop in laptops}


def counted(laptop: Laptop) -> object:
    return laptop.summary(QUARTER).get("custody_visit", "visits_completed", None).value


def test_a_returned_report_waits_for_both_of_its_visitors_and_for_no_figure(laptops: Three, report: str) -> None:
    office, first, second = laptops
    assert states(report, *laptops) == {"returned"}
    for laptop in (first, second):
        (waiting,) = laptop.returning.to_mend()
        assert (waiting.key, waiting.by, waiting.comments) == (report, "OFFICE1", 2)
    assert office.returning.to_mend() == ()
    assert office.accounts.of(QUARTER).left_out.returned == 1
    before = counted(office)
    mend(first, report)
    met(*laptops)
    assert counted(office) == before + 1


def test_the_comments_are_in_hand_when_the_correction_begins(laptops: Three, report: str) -> None:
    opened = laptops[2].paperwork.correct(report)
    assert [(each.path, each.words, each.by) for each in opened.comments] == [
        ("", "A fine report otherwise.", "OFFICE1"), ("healthcare", "Was the nurse there?", "OFFICE1"),
    ]  # fmt: skip


def test_mending_sends_it_again_and_everything_that_was_said_stays(laptops: Three, report: str) -> None:
    office, first, second = laptops
    mend(first, report)
    met(*laptops)
    assert states(report, *laptops) == {"submitted"}
    assert [laptop.returning.to_mend() for laptop in laptops] == [(), (), ()]
    said = second.reading(report).said
    (back,) = said.returns
    assert back.said.startswith("Returned for correction by OFFICE1 on 22 November 2026 at ")
    assert ("The whole report", "A fine report otherwise.") in back.comments
    assert any(words == "Was the nurse there?" and "health" in question.lower() for question, words in back.comments)
    (outcome,) = back.outcome
    assert outcome.startswith("Put right by ICV01 on 22 November 2026 at ")
    assert outcome.endswith(": Asked her.")
    assert not back.waits
    office.returning.accept(report)
    met(*laptops)
    assert states(report, *laptops) == {"accepted"}
    reading = first.reading(report)
    assert reading.said.stands == "Accepted by the office"
    assert reading.said.accepted[0].startswith("Accepted by OFFICE1 on 22 November 2026 at ")
    assert len(reading.versions) == 4
    assert [version.reason for version in reading.versions] == ["", "", "Asked her.", ""]
    assert reading.versions[1].said.endswith("by OFFICE1: returned for correction")
    assert reading.versions[3].said.endswith("by OFFICE1: accepted")


def test_a_second_return_is_answered_for_itself(laptops: Three, report: str) -> None:
    office, first, second = laptops
    mend(first, report)
    met(*laptops)
    office.returning.send_back(report, [("issues[1].issue_text", "Which cell was it?")])
    met(*laptops)
    assert states(report, *laptops) == {"returned"}
    (row,) = held(second, report).body["issues"]
    (comment,) = second.paperwork.correct(report).comments
    assert comment.path == f"issues/{row}/issue_text"
    mend(second, report, value=78, reason="The third.")
    met(*laptops)
    assert [len(each.outcome) for each in first.reading(report).said.returns] == [1, 1]
    assert states(report, *laptops) == {"submitted"}


# When they meet


def test_a_correction_made_meanwhile_is_kept_and_the_return_still_waits(laptops: Three) -> None:
    office, first, second = laptops
    key = filed(first)
    met(*laptops)
    office.returning.send_back(key, [("healthcare", "Was the nurse there?")])
    mend(second, key, value=99, reason="A slip.")
    met(*laptops)
    for laptop in laptops:
        record = held(laptop, key)
        assert (record.body["state"], record.body["travel_minutes_1"], record.conflicts) == ("returned", 99, {})
        (back,) = laptop.reading(key).said.returns
        assert back.waits
        assert back.outcome == (
            "ICV02 corrected the report meanwhile, without having seen this. It waits for an answer.",
        )


def test_a_correction_begun_before_the_return_answers_it_once_it_was_seen(laptops: Three) -> None:
    office, first, second = laptops
    key = filed(first)
    met(*laptops)
    begun = second.paperwork.correct(key)
    second.paperwork.keep(begun)
    office.returning.send_back(key, [("healthcare", "Was the nurse there?")])
    met(*laptops)
    opened = second.paperwork.open_draft(begun.id)
    assert [each.words for each in opened.comments] == ["Was the nurse there?"]
    opened.draft.answer(Place("travel_minutes_1"), 99)
    second.paperwork.submit(opened, reason="She was.")
    met(*laptops)
    assert states(key, *laptops) == {"submitted"}
    assert all(not each.waits for each in first.reading(key).said.returns)


def test_both_visitors_may_mend_at_once(laptops: Three, report: str) -> None:
    mend(laptops[1], report, "travel_minutes_1", 11, "Mine.")
    mend(laptops[2], report, "travel_minutes_2", 22, "Mine too.")
    met(*laptops)
    for laptop in laptops:
        record = held(laptop, report)
        assert (record.conflicts, record.body["state"]) == ({}, "submitted")
        assert (record.body["travel_minutes_1"], record.body["travel_minutes_2"]) == (11, 22)
        assert len(laptop.reading(report).said.returns[0].outcome) == 2


def test_an_acceptance_holds_for_the_answers_that_were_accepted(laptops: Three) -> None:
    office, first, second = laptops
    key = filed(first)
    met(*laptops)
    office.returning.accept(key)
    mend(second, key, value=99, reason="A slip.")
    met(*laptops)
    assert states(key, *laptops) == {"submitted"}
    assert held(office, key).conflicts == {}
    assert office.reading(key).said.accepted[0].startswith("OFFICE1 accepted an earlier version on ")
    office.returning.accept(key)
    met(*laptops)
    assert states(key, *laptops) == {"accepted"}


def test_a_return_beside_an_acceptance_stands(laptops: Three, tmp_path: Path) -> None:
    office, first, second = laptops
    key = filed(first)
    met(*laptops)
    seen, body = held(office, key).heads, held(office, key).body
    office.returning.accept(key)
    with office.profile.store() as other:  # the office's other desk
        sent_back = report_state.returned(
            body, [("", "Please look again.")], by="OFFICE2", at="2026-11-22T13:00:00+00:00"
        )
        other.save("visit", key, sent_back, seen=seen)
    met(*laptops)
    assert states(key, *laptops) == {"returned"}
    assert first.reading(key).said.accepted[0].startswith("OFFICE1 had accepted it on ")
    office.returning.accept(key)
    met(*laptops)
    assert states(key, *laptops) == {"accepted"}
    (outcome,) = second.reading(key).said.returns[0].outcome
    assert outcome.startswith("OFFICE1 accepted the report as it was, on ")


# Who may, and what


def test_a_visitor_can_neither_return_nor_accept(laptops: Three) -> None:
    key = filed(laptops[1])
    for act in (lambda: laptops[1].returning.send_back(key, [("", "x")]), lambda: laptops[1].returning.accept(key)):
        with pytest.raises(InvalidInput) as refused:
            act()
        assert refused.value.code == "office_only"
    assert held(laptops[1], key).body["state"] == "submitted"


@pytest.mark.parametrize(
    ("comments", "code"),
    [
        ([], "no_comment"),
        ([("healthcare", "  ")], "no_comment"),
        ([("tea", "How was it?")], "no_question"),
        ([("issues[2].issue_text", "Which?")], "no_question"),
        ([("healthcare", "Ring her on 07700 900123.")], "personal_data"),
    ],
)
def test_a_return_that_says_nothing_or_too_much_is_refused(laptops: Three, comments: Any, code: str) -> None:
    office, first, _ = laptops
    key = filed(first)
    met(office, first)
    with pytest.raises(InvalidInput) as refused:
        office.returning.send_back(key, comments)
    assert refused.value.code == code
    assert held(office, key).body["state"] == "submitted"


def test_a_report_with_differing_entries_is_settled_before_it_is_returned(laptops: Three) -> None:
    office, first, second = laptops
    key = filed(first)
    met(*laptops)
    mend(first, key, value=1)
    mend(second, key, value=2)
    met(*laptops)
    for act in (lambda: office.returning.send_back(key, [("", "Look again.")]), lambda: office.returning.accept(key)):
        with pytest.raises(InvalidInput) as refused:
            act()
        assert refused.value.code == "in_dispute"
    assert held(office, key).conflicts


@pytest.mark.parametrize(
    "doctored",
    [
        {"state": "accepted"},
        {"acceptances": {"x": {"by": "OFFICE1", "at": "", "of": ""}}},
        {"returns": {}},
        {"returns": {"r": {"by": "OFFICE1", "at": "", "comments": {"c": {"words": "Well done."}}}}},
        {"returns": {"r": {"by": "OFFICE1", "at": "", "comments": {"c": {"words": "Mend it."}},
                           "answered_by": {"ICV02": {"at": ""}}}}},
        {"returns": {"r": {"by": "OFFICE1", "at": "", "comments": {"c": {"words": "Mend it."}}},
                     "s": {"by": "OFFICE1", "at": "", "comments": {}}}},
    ],
)  # fmt: skip
def test_what_only_the_office_may_say_is_told_from_a_visitors_answer(doctored: dict[str, Any]) -> None:
    given = {"by": "OFFICE1", "at": "", "comments": {"c": {"words": "Mend it."}}}
    before = {"seen": 1, "state": "returned", "returns": {"r": given}}
    assert report_state.oversteps(before, {**before, **doctored}, "ICV01")
    (comment,) = report_state.open_comments(before)
    answered = report_state.answered(
        {**before, "state": "submitted", "seen": 2}, [comment], by="ICV01", at="", words=""
    )
    assert not report_state.oversteps(before, answered, "ICV01")
    assert report_state.standing(answered) == "submitted"


@pytest.mark.parametrize(
    "given", [None, "x", [], {"r": None}, {"r": {}}, {"r": {"comments": {"c": 1}}}, {"r": {"by": []}}]
)
def test_what_no_program_of_ours_writes_neither_counts_nor_fails(given: Any) -> None:
    body = {"state": "submitted", "returns": given, "acceptances": given}
    assert report_state.standing(body) == "submitted"
    assert report_state.open_comments(body) == ()


# In a folder


def test_a_return_travels_in_a_folder_and_comes_out_the_same(laptops: Three, report: str, tmp_path: Path) -> None:
    office = laptops[0]
    office.export_folder(tmp_path / "one")
    with scheme(tmp_path / "elsewhere") as (other,):
        other.import_folder(tmp_path / "one")
        assert other.reading(report).said.returns == office.reading(report).said.returns
        other.export_folder(tmp_path / "two")
    for path in (tmp_path / "one").iterdir():
        assert (tmp_path / "two" / path.name).read_bytes() == path.read_bytes()
    assert not (tmp_path / "one" / "visits-returns.csv").exists()


def test_comments_are_masked_where_the_reports_are(laptops: Three, report: str, tmp_path: Path) -> None:
    office = laptops[0]
    record = held(office, report)
    body = json.loads(json.dumps(record.body).replace("Was the nurse there?", "Ring 07700 900123"))
    office.store.save("visit", report, body)
    office.export_folder(tmp_path / "masked", mask=True)
    text = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "masked").iterdir())
    assert "07700 900123" not in text
    assert "A fine report otherwise." in text
    assert record.body["returns"].keys() <= set(json.loads(json.dumps(held(office, report).body["returns"])))
