"""What two people entered differently: told with every value, chosen by whoever may, and then the same everywhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from forms.form import Place
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.periods import parse_period
from icv_app.records.dispute import Dispute
from icv_app.records.settling import Own
from tests.laptops import filed
from tests.meeting import held, met, scheme

Three = tuple[Laptop, Laptop, Laptop]


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Three]:
    """The office and the two visitors of a report."""
    with scheme(tmp_path, "ICV01", "ICV02") as (office, first, second):
        yield office, first, second


@pytest.fixture
def report(laptops: Three) -> str:
    """A report that all three laptops hold."""
    key = filed(laptops[1])
    met(*laptops)
    return key


def correct(laptop: Laptop, key: str, *answers: tuple[Place, Any], reason: str = "Looked at again.") -> None:
    opened = laptop.paperwork.correct(key)
    for place, value in answers:
        opened.draft.answer(place, value)
    laptop.paperwork.submit(opened, reason=reason)


def dispute(laptop: Laptop, key: str) -> Dispute:
    found = laptop.disputes.of(key)
    assert found is not None
    return found


def differing(laptops: Three, key: str, name: str = "healthcare", values: tuple[Any, Any] = ("none", "remote")) -> None:
    for laptop, value in zip(laptops[1:], values, strict=True):
        correct(laptop, key, (Place(name), value))
    met(*laptops)


def choices(found: Dispute, words: str) -> dict[str, int | Own]:
    """Choose, for each answer, the side that has these words."""
    return {
        field.path: next(number for number, side in enumerate(field.sides) if words in side.words)
        for field in found.fields
    }


def test_every_value_is_told_in_words_with_who_entered_it_when(laptops: Three, report: str) -> None:
    differing(laptops, report, "travel_minutes_1", (77, 99))
    (field,) = dispute(laptops[0], report).fields
    assert "travel" in field.label.lower() or "journey" in field.label.lower()
    assert {side.words for side in field.sides} == {"77", "99"}
    for side in field.sides:
        author = "ICV01" if side.words == "77" else "ICV02"
        assert len(side.by) == 1
        assert side.by[0].startswith(f"{author}, 22 November 2026 at 12:")
    shown = [side for side in field.sides if side.shown]
    assert [side.value for side in shown] == [held(laptops[0], report).body["travel_minutes_1"]]


def test_choices_are_told_by_their_labels(laptops: Three, report: str) -> None:
    differing(laptops, report, "delay_reason", ("staff_shortage", "evacuation"))
    (field,) = dispute(laptops[0], report).fields
    assert all("_" not in side.words for side in field.sides)


def test_a_choice_holds_on_every_laptop(laptops: Three, report: str) -> None:
    differing(laptops, report, "travel_minutes_1", (77, 99))
    found = dispute(laptops[0], report)
    laptops[0].disputes.settle(found, choices(found, "77"))
    met(*laptops)
    for laptop in laptops:
        record = held(laptop, report)
        assert (record.conflicts, len(record.heads), record.body["travel_minutes_1"]) == ({}, 1, 77)
        assert laptop.disputes.every() == ()


def test_one_choice_is_needed_for_each_answer(laptops: Three, report: str) -> None:
    for laptop, value in zip(laptops[1:], (77, 99), strict=True):
        correct(laptop, report, (Place("travel_minutes_1"), value), (Place("travel_minutes_2"), value))
    met(*laptops)
    found = dispute(laptops[0], report)
    assert len(found.fields) == 2
    before = held(laptops[0], report)
    with pytest.raises(InvalidInput) as refused:
        laptops[0].disputes.settle(found, {found.fields[0].path: 0})
    assert refused.value.code == "not_all_chosen"
    assert found.fields[1].label in refused.value.words
    assert held(laptops[0], report) == before


def test_a_record_that_has_changed_since_is_refused(laptops: Three, report: str) -> None:
    differing(laptops, report, "travel_minutes_1", (77, 99))
    found = dispute(laptops[0], report)
    laptops[1].disputes.settle(dispute(laptops[1], report), {"travel_minutes_1": 0})
    met(*laptops)
    with pytest.raises(InvalidInput) as refused:
        laptops[0].disputes.settle(found, {"travel_minutes_1": 0})
    assert refused.value.code == "changed_since"


def test_two_people_who_choose_differently_make_a_new_dispute(laptops: Three, report: str) -> None:
    differing(laptops, report, "travel_minutes_1", (77, 99))
    for laptop, words in ((laptops[0], "77"), (laptops[1], "99")):
        found = dispute(laptop, report)
        laptop.disputes.settle(found, choices(found, words))
    met(*laptops)
    for laptop in laptops:
        (field,) = dispute(laptop, report).fields
        assert {side.words for side in field.sides} == {"77", "99"}
        assert {side.by[0].partition(",")[0] for side in field.sides} == {"OFFICE1", "ICV01"}


def test_two_people_who_choose_the_same_agree(laptops: Three, report: str) -> None:
    differing(laptops, report, "travel_minutes_1", (77, 99))
    for laptop in laptops[:2]:
        found = dispute(laptop, report)
        laptop.disputes.settle(found, choices(found, "77"))
    met(*laptops)
    assert [held(laptop, report).body["travel_minutes_1"] for laptop in laptops] == [77, 77, 77]
    assert [laptop.disputes.count() for laptop in laptops] == [0, 0, 0]


def test_words_of_ones_own_stand_in_place_of_both_and_pass_the_guard(laptops: Three, report: str) -> None:
    (row,) = held(laptops[0], report).body["issues"]
    for laptop, words in zip(laptops[1:], ("Asked for a towel.", "Asked for a book."), strict=True):
        correct(laptop, report, (Place("issue_text", "issues", row), words))
    met(*laptops)
    found = dispute(laptops[0], report)
    (field,) = [each for each in found.fields if each.written]
    with pytest.raises(InvalidInput) as refused:
        laptops[0].disputes.settle(found, {field.path: Own(value="Ring 07700 900123.")})
    assert refused.value.code == "personal_data"
    laptops[0].disputes.settle(found, {field.path: Own(value="Asked for a towel and a book.")})
    met(*laptops)
    assert held(laptops[2], report).body["issues"][row]["issue_text"] == "Asked for a towel and a book."
    assert held(laptops[2], f"{report}-1", "issue").body["text"] == "Asked for a towel and a book."


def test_a_row_that_one_took_out_and_another_changed_is_kept_or_goes_whole(laptops: Three, report: str) -> None:
    _, first, second = laptops
    (row,) = held(first, report).body["issues"]
    opened = first.paperwork.correct(report)
    opened.draft.remove_row("issues", row)
    first.paperwork.submit(opened, reason="It was no issue.")
    correct(second, report, (Place("issue_text", "issues", row), "Asked for two more blankets"))
    met(*laptops)
    found = dispute(laptops[0], report)
    (field,) = found.fields
    assert field.path == f"issues/{row}"
    assert {side.words.partition(":")[0] for side in field.sides} == {"Taken out", "Kept"}
    laptops[0].disputes.settle(found, choices(found, "Kept"))
    met(*laptops)
    for laptop in laptops:
        fields = held(laptop, report).body["issues"][row]
        assert (fields["issue_text"], fields["issue_severity"]) == ("Asked for two more blankets", "minor")
        issue = held(laptop, f"{report}-1", "issue")
        assert (issue.body["text"], issue.body["status"]) == ("Asked for two more blankets", "closed")


def test_the_issue_that_a_report_raised_is_settled_with_the_report(laptops: Three, report: str) -> None:
    (row,) = held(laptops[0], report).body["issues"]
    for laptop, words in zip(laptops[1:], ("Asked for a towel", "Asked for a book"), strict=True):
        correct(laptop, report, (Place("issue_text", "issues", row), words))
    met(*laptops)
    assert held(laptops[0], f"{report}-1", "issue").conflicts
    (found,) = laptops[0].disputes.every()
    assert (found.kind, found.key) == ("visit", report)
    laptops[0].disputes.settle(found, choices(found, "towel"))
    met(*laptops)
    for laptop in laptops:
        issue = held(laptop, f"{report}-1", "issue")
        assert (issue.conflicts, issue.body["text"]) == ({}, "Asked for a towel")


def test_what_the_form_works_out_is_not_asked_and_follows_the_choice(laptops: Three, report: str) -> None:
    differing(laptops, report, "admitted", ("19:00", "19:10"))
    assert "delay_minutes" in held(laptops[0], report).conflicts
    found = dispute(laptops[0], report)
    assert [field.path for field in found.fields] == ["admitted"]
    laptops[0].disputes.settle(found, choices(found, "19:00"))
    met(*laptops)
    for laptop in laptops:
        record = held(laptop, report)
        assert (record.conflicts, record.body["delay_minutes"]) == ({}, 20)


def test_a_deletion_beside_an_edit_is_a_choice_between_keeping_and_deleting(laptops: Three, report: str) -> None:
    office, first, _ = laptops
    body = held(office, report).body
    office.store.save("visit", report, {**body, "deleted": True})
    correct(first, report, (Place("travel_minutes_1"), 77))
    met(*laptops)
    (field,) = dispute(first, report).fields
    assert [side.words for side in field.sides] == ["Keep it, with the changes", "Delete it"]
    assert [side.by[0].partition(",")[0] for side in field.sides] == ["ICV01", "OFFICE1"]
    office.disputes.settle(dispute(office, report), {"deleted": 1})
    met(*laptops)
    assert all(held(laptop, report).deleted for laptop in laptops)


def test_a_target_is_settled_too_and_by_the_office_alone(laptops: Three, tmp_path: Path) -> None:
    office, first, _ = laptops
    (target, *_) = office.store.records("target")
    other = office.profile.store()
    with other:
        seen = target.heads
        office.store.save("target", target.key, {**target.body, "number": 3}, seen=seen)
        other.save("target", target.key, {**target.body, "number": 4}, seen=seen)
    met(*laptops)
    (found,) = office.disputes.every()
    assert (found.kind, found.fields[0].label) == ("target", "How many")
    assert first.disputes.every() == ()
    office.disputes.settle(found, {"number": Own(value="5")})
    assert held(office, target.key, "target").body["number"] == 5


def test_a_visitor_settles_a_report_of_their_own_and_no_other(tmp_path: Path) -> None:
    with scheme(tmp_path, "ICV01", "ICV02", "ICV03") as (office, first, second, third):
        key = filed(first)
        met(office, first, second, third)
        for laptop, value in ((first, 77), (office, 99)):
            correct(laptop, key, (Place("travel_minutes_1"), value))
        met(office, first, second, third)
        assert third.disputes.every() == ()
        found = dispute(second, key)
        second.disputes.settle(found, choices(found, "77"))
        met(office, first, second, third)
        assert held(office, key).body["travel_minutes_1"] == 77


def test_values_that_cannot_be_true_together_are_refused(laptops: Three, report: str) -> None:
    for laptop, left in zip(laptops[1:], ("20:30", "21:30"), strict=True):
        admitted = "19:40" if left == "20:30" else "21:00"
        correct(laptop, report, (Place("admitted"), admitted), (Place("left"), left))
    met(*laptops)
    found = dispute(laptops[0], report)
    mixed = {
        "admitted": choices(found, "2") and _with(found, "admitted", "21:00"),
        "left": _with(found, "left", "20:30"),
    }
    with pytest.raises(InvalidInput) as refused:
        laptops[0].disputes.settle(found, mixed)
    assert refused.value.code == "does_not_fit"
    assert dispute(laptops[0], report).heads == found.heads


def _with(found: Dispute, path: str, words: str) -> int:
    field = next(each for each in found.fields if each.path == path)
    return next(number for number, side in enumerate(field.sides) if side.words == words)


def test_a_report_in_dispute_is_not_corrected_before_somebody_chose(laptops: Three, report: str) -> None:
    differing(laptops, report, "travel_minutes_1", (77, 99))
    with pytest.raises(InvalidInput) as refused:
        laptops[1].paperwork.correct(report)
    assert refused.value.code == "in_dispute"
    assert held(laptops[1], report).conflicts


def test_a_summary_says_which_of_its_figures_rest_on_differing_entries(laptops: Three, report: str) -> None:
    period = parse_period("2025-26-Q3")
    assert not any("differ" in note for note in laptops[0].summary(period).notes)
    differing(laptops, report, "travel_minutes_1", (77, 99))
    (note,) = [note for note in laptops[0].summary(period).notes if "differ" in note]
    assert report in note
    assert not any("differ" in note for note in laptops[0].summary(parse_period("2025-26-Q2")).notes)
    found = dispute(laptops[0], report)
    laptops[0].disputes.settle(found, choices(found, "77"))
    assert not any("differ" in note for note in laptops[0].summary(period).notes)


def test_the_versions_of_a_report_tell_of_the_choice(laptops: Three, report: str) -> None:
    differing(laptops, report, "travel_minutes_1", (77, 99))
    assert laptops[0].reading(report).disputed
    found = dispute(laptops[0], report)
    laptops[0].disputes.settle(found, choices(found, "77"))
    reading = laptops[0].reading(report)
    assert not reading.disputed
    assert reading.versions[-1].reason == "Differing entries were settled."
    assert len(reading.versions) == 4


def test_what_differs_in_nothing_but_what_the_form_works_out_is_worked_out_again(laptops: Three, report: str) -> None:
    office, first, second = laptops
    body = held(first, report).body
    for laptop, value in ((first, 3), (second, 4)):  # two editions of a program that count differently
        laptop.store.save("visit", report, {**body, "delay_minutes": value})
    met(first, second)
    office.sync()
    assert set(held(office, report).conflicts) == {"delay_minutes"}
    assert office.disputes.every() == ()
    met(*laptops)
    for laptop in laptops:
        record = held(laptop, report)
        assert (record.conflicts, record.body["delay_minutes"]) == ({}, body["delay_minutes"])


def _issue_in_dispute(laptops: Three, report: str) -> str:
    """Have two laptops say differently what was done about the finding of a report; the second also moves it."""
    issue = f"{report}-1"
    for laptop, more in zip(
        laptops[:2], ({"action": "Mended."}, {"action": "Refused.", "theme": "other"}), strict=True
    ):
        laptop.store.save("issue", issue, {**held(laptop, issue, "issue").body, **more})
    met(*laptops)
    assert set(held(laptops[0], issue, "issue").conflicts) == {"action"}
    return issue


def test_a_correction_does_not_settle_what_differs_in_a_finding_alone(laptops: Three, report: str) -> None:
    issue = _issue_in_dispute(laptops, report)
    (row,) = held(laptops[2], report).body["issues"]
    correct(laptops[2], report, (Place("issue_text", "issues", row), "Asked for a book"))
    met(*laptops)
    for laptop in laptops:
        record = held(laptop, issue, "issue")
        assert {each.value for each in record.conflicts["action"]} == {"Mended.", "Refused."}
        assert (record.body["text"], set(record.conflicts)) == ("Asked for a book", {"action"})


def test_an_import_that_changes_a_record_with_differing_entries_settles_nothing(
    laptops: Three, report: str, tmp_path: Path
) -> None:
    issue = _issue_in_dispute(laptops, report)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "issues.csv").write_text(f"issue,visit,severity\n{issue},{report},serious\n")
    result = laptops[0].import_folder(folder)
    assert result.beside == (issue,)
    assert issue in result.words
    record = held(laptops[0], issue, "issue")
    assert {each.value for each in record.conflicts["action"]} == {"Mended.", "Refused."}
    assert record.body["severity"] == "serious"
    (folder / "issues.csv").write_text(f"issue,visit,action\n{issue},{report},Done.\n")
    laptops[0].import_folder(folder)
    tied = held(laptops[0], issue, "issue").conflicts["action"]
    assert "Done." in {each.value for each in tied}
    assert len(tied) == 2


@pytest.mark.parametrize("form", [None, "no_such_form", 7, "custody_visit"])
def test_a_dispute_over_a_report_of_no_known_shape_holds_up_nothing(laptops: Three, form: object) -> None:
    office, first, _ = laptops
    body = {"visit": "CV-X", "state": "submitted", "visitor_1": "ICV01", **({} if form is None else {"form": form})}
    first.store.save("visit", "CV-X", {**body, "seen": "one"})
    met(*laptops)
    record = held(office, "CV-X")
    for laptop, said in ((office, ["a", {"b": 1}]), (first, "two")):
        laptop.store.save("visit", "CV-X", {**body, "seen": said, "status": said}, seen=record.heads)
    met(*laptops)
    office.disputes.follow()
    assert held(office, "CV-X").conflicts
