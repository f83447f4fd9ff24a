"""Paperwork: drafts and their versions, the recycle bin, recovery, corrections, sign-off and the past of a site."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import resources
from forms import reader
from forms.form import Form, Place
from icv_app.clock import Clock
from icv_app.errors import InvalidInput, Unavailable
from icv_app.form_versions import form_book
from icv_app.interchange_folder.capture import OpenDraft
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.records.paperwork import BIN_KEEPS
from icv_app.scheme import scheme_settings
from icv_app.scheme.scheme_settings import Settings
from icv_app.storage import drafts
from tests.laptops import joined

PASSPHRASE = "correct horse battery"


class Wall:
    """A clock on the wall that the test winds."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
        self.clock = Clock(lambda: self.time)


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def laptop(tmp_path: Path, wall: Wall) -> Iterator[Laptop]:
    with begin(tmp_path / "a", wall) as made:
        made.import_folder(resources.path("example"))
        yield made


def begin(folder: Path, wall: Wall, person: str = "ICV01") -> Laptop:
    return Laptop.start(
        folder, scheme="Test scheme", person=person, role="coordinator", passphrase=PASSPHRASE,
        strength=Strength.LIGHT, clock=wall.clock,
    )  # fmt: skip


def again(laptop: Laptop, wall: Wall) -> Laptop:
    """Lock the laptop and unlock it, as after a crash: nothing is put down on the way."""
    folder = laptop.profile.folder
    laptop.close()
    return Laptop.unlock(folder, PASSPHRASE, clock=wall.clock)


def filed(laptop: Laptop, form: str = "custody_visit", **changes: Any) -> str:
    answers = json.loads(resources.text(f"example/captured/{form}.json")) | changes
    saved, _ = laptop.paperwork.file(form, {name: value for name, value in answers.items() if value is not None})
    record = laptop.store.by_id(saved.record)
    assert record is not None
    return record.key


def begun(laptop: Laptop, **answers: Any) -> OpenDraft:
    opened = laptop.paperwork.new_draft("custody_visit")
    for name, value in answers.items():
        opened.draft.answer(Place(name), value)
    laptop.paperwork.keep(opened)
    return opened


def of_version(version: str, label: str = "An old question") -> Form:
    return reader.read(
        f"""
        [settings]
        form_title = "Custody visit"
        form_id = "custody_visit"
        version = "{version}"
        [[survey]]
        type = "begin_group"
        name = "old_section"
        label = "Old section"
        [[survey]]
        type = "text"
        name = "old_question"
        label = "{label}"
        [[survey]]
        type = "end_group"
        """,
        name="custody_visit",
    )


# Versions of forms ----------------------------------------------------------------------------------------------------


def test_a_draft_opens_on_the_version_that_it_was_begun_with(laptop: Laptop, wall: Wall) -> None:
    form = of_version("2020010101")
    laptop.store.save("form", form_book.key(form.name, form.version), form_book.body_of(form, "program"))
    opened = laptop.paperwork._opened("d1", form, {"old_question": "kept"}, laptop.paperwork.lists())
    laptop.paperwork.keep(opened)
    with again(laptop, wall) as later:
        found = later.paperwork.open_draft("d1")
        assert found.form.version == "2020010101"
        assert found.draft.value(Place("old_question")) == "kept"


def test_a_draft_holds_its_form_although_no_report_of_it_was_finished(laptop: Laptop, wall: Wall) -> None:
    form = of_version("2020010101")
    laptop.paperwork.keep(laptop.paperwork._opened("d1", form, {"old_question": "kept"}, laptop.paperwork.lists()))
    assert not list(laptop.store.records("form"))
    with again(laptop, wall) as later:
        assert later.paperwork.open_draft("d1").form == form


def test_a_draft_whose_version_is_unknown_is_refused_in_words_and_kept(laptop: Laptop) -> None:
    opened = begun(laptop, site="euston-street")
    with laptop.store.transaction():
        laptop.store.connection.execute("UPDATE draft SET form_version = '1999'")
    with pytest.raises(InvalidInput, match="version 1999"):
        laptop.paperwork.open_draft(opened.id)
    assert laptop.paperwork.drafts()[0].draft == opened.id


def test_the_first_finished_report_shares_the_definition_of_its_form_once(laptop: Laptop) -> None:
    filed(laptop)
    filed(laptop, arrived="21:40", admitted="21:50", left="22:30")
    (held,) = laptop.store.records("form")
    assert form_book.form_in(held.body) == reader.load("custody_visit")


def test_the_version_of_the_scheme_stands_before_a_newer_one_of_the_program(laptop: Laptop) -> None:
    own = of_version("2020010101")
    laptop.store.save("form", form_book.key(own.name, own.version), form_book.body_of(own, "scheme"))
    assert laptop.paperwork.book.present("custody_visit") == own


def test_a_version_that_cannot_be_read_is_passed_over(laptop: Laptop) -> None:
    broken = {**form_book.body_of(of_version("2099010101"), "scheme"), "sheets": "{}"}
    laptop.store.save("form", "custody_visit 2099010101", broken)
    assert laptop.paperwork.book.present("custody_visit").version == reader.load("custody_visit").version


# The recycle bin and recovery -----------------------------------------------------------------------------------------


def test_a_discarded_draft_lies_in_the_bin_and_comes_back(laptop: Laptop) -> None:
    opened = begun(laptop, site="euston-street")
    laptop.paperwork.discard(opened.id)
    assert laptop.paperwork.drafts() == ()
    (line,) = laptop.paperwork.binned()
    assert "Euston Street" in line.about
    laptop.paperwork.restore(opened.id)
    assert [line.draft for line in laptop.paperwork.drafts()] == [opened.id]
    assert laptop.paperwork.open_draft(opened.id).draft.value(Place("site")) == "euston-street"


def test_the_bin_is_cleared_of_what_has_lain_there_too_long(laptop: Laptop, wall: Wall) -> None:
    old, young = begun(laptop), begun(laptop)
    laptop.paperwork.discard(old.id)
    wall.time += BIN_KEEPS - timedelta(hours=1)
    laptop.paperwork.discard(young.id)
    wall.time += timedelta(hours=2)
    with again(laptop, wall) as later:
        assert [line.draft for line in later.paperwork.binned()] == [young.id]


def test_what_a_crash_left_in_hand_is_recovered_through_a_second_crash(laptop: Laptop, wall: Wall) -> None:
    opened, put_down = begun(laptop, site="euston-street"), begun(laptop)
    laptop.paperwork.put_down(put_down.id)
    assert laptop.paperwork.recovered() == ()
    with again(laptop, wall) as second:
        assert [line.draft for line in second.paperwork.recovered()] == [opened.id]
        with again(second, wall) as third:
            assert [line.draft for line in third.paperwork.recovered()] == [opened.id]
            third.paperwork.open_draft(opened.id)
            assert third.paperwork.recovered() == ()
            with again(third, wall) as fourth:
                assert [line.draft for line in fourth.paperwork.recovered()] == [opened.id]
                fourth.paperwork.put_down(opened.id)
                assert fourth.paperwork.recovered() == ()


def test_a_laptop_whose_disk_is_full_is_unlocked_although_its_bin_cannot_be_cleared(
    laptop: Laptop, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = begun(laptop)
    laptop.paperwork.discard(opened.id)
    wall.time += BIN_KEEPS + timedelta(days=1)

    def full(*_: object) -> None:
        raise Unavailable("disk_full", "The disk is full.")

    monkeypatch.setattr(drafts, "drop", full)
    with again(laptop, wall) as later:
        assert [line.draft for line in later.paperwork.binned()] == [opened.id]


def test_a_clock_set_ahead_empties_no_bin_for_whoever_sets_it_right(laptop: Laptop, wall: Wall) -> None:
    opened = begun(laptop)
    laptop.paperwork.discard(opened.id)
    wall.time -= timedelta(days=4000)
    with again(laptop, wall) as later:
        assert [line.draft for line in later.paperwork.binned()] == [opened.id]


# Corrections ----------------------------------------------------------------------------------------------------------


def test_a_correction_needs_a_reason_and_keeps_both_versions(laptop: Laptop) -> None:
    key = filed(laptop)
    opened = laptop.paperwork.correct(key)
    assert opened.draft.problems() == ()
    opened.draft.answer(Place("travel_minutes_1"), 45)
    with pytest.raises(InvalidInput, match="why"):
        laptop.paperwork.submit(opened, reason="  ")
    laptop.paperwork.submit(opened, reason="The train was late.")
    record = laptop.store.current("visit", key)
    assert record is not None
    assert (record.body["travel_minutes_1"], record.body["correction_reason"]) == (45, "The train was late.")
    first, second = laptop.store.history(record.record)
    assert (first.body["travel_minutes_1"], second.body["travel_minutes_1"]) == (30, 45)
    assert laptop.paperwork.drafts() == ()


def test_a_correction_that_was_begun_is_gone_on_with(laptop: Laptop) -> None:
    key = filed(laptop)
    first = laptop.paperwork.correct(key)
    first.draft.answer(Place("travel_minutes_1"), 45)
    laptop.paperwork.keep(first)
    second = laptop.paperwork.correct(key)
    assert second.id == first.id
    assert second.draft.value(Place("travel_minutes_1")) == 45
    (line,) = laptop.paperwork.drafts()
    assert line.corrects == key


def test_the_reason_of_a_correction_is_kept_with_its_draft_and_not_in_the_answers(laptop: Laptop) -> None:
    key = filed(laptop)
    first = laptop.paperwork.correct(key)
    first.draft.correction_reason = "The times were"
    laptop.paperwork.keep(first)
    second = laptop.paperwork.correct(key)
    assert second.draft.correction_reason == "The times were"
    laptop.paperwork.submit(second, reason="The times were wrong.")
    assert laptop.paperwork.correct(key).draft.correction_reason == ""
    assert "~reason" not in str(laptop.store.current("visit", key))


def test_words_beside_a_report_tell_nobody_s_name(laptop: Laptop) -> None:
    key = filed(laptop)
    opened = laptop.paperwork.correct(key)
    with pytest.raises(InvalidInput, match="Throgmorton"):
        laptop.paperwork.submit(opened, reason="Jemima Throgmorton asked for it.")
    with pytest.raises(InvalidInput, match="07700"):
        laptop.paperwork.sign(key, agrees=False, words="Ring me on 07700 900123.")


def test_a_correction_can_keep_a_slot_that_its_own_visit_completed(laptop: Laptop) -> None:
    slot = {"slot": "S900", "measure": "custody_visit", "site": "euston-street", "period_start": "2025-10-06"}
    laptop.store.save("slot", "S900", {**slot, "status": "planned"})
    key = filed(laptop, slot="S900")
    assert "S900" not in [choice.name for choice in laptop.paperwork.lists()["slots"]]
    opened = laptop.paperwork.correct(key)
    assert opened.draft.problems() == ()
    assert opened.draft.value(Place("slot")) == "S900"


def test_a_correction_keeps_what_arrived_meanwhile_beside_it(laptop: Laptop) -> None:
    key = filed(laptop)
    opened = laptop.paperwork.correct(key)
    record = laptop.store.current("visit", key)
    assert record is not None
    laptop.store.save("visit", key, {**record.body, "travel_minutes_1": 99})
    opened.draft.answer(Place("travel_minutes_1"), 45)
    laptop.paperwork.submit(opened, reason="Mistyped.")
    after = laptop.store.current("visit", key)
    assert after is not None
    assert {candidate.value for candidate in after.conflicts["travel_minutes_1"]} == {45, 99}


def test_a_correction_changes_the_issues_it_raised_and_withdraws_the_others(laptop: Laptop) -> None:
    key = filed(laptop)
    (issue,) = (each for each in laptop.store.records("issue") if each.body.get("visit") == key)
    laptop.store.save("issue", issue.key, {**issue.body, "response": "Blankets were ordered.", "status": "responded"})
    opened = laptop.paperwork.correct(key)
    (row,) = opened.draft.rows("issues")
    opened.draft.answer(Place("issue_text", "issues", row), "Asked for two blankets")
    laptop.paperwork.submit(opened, reason="Two, not one.")
    changed = laptop.store.current("issue", issue.key)
    assert changed is not None
    assert changed.body["text"] == "Asked for two blankets"
    assert (changed.body["response"], changed.body["status"]) == ("Blankets were ordered.", "responded")
    opened = laptop.paperwork.correct(key)
    opened.draft.remove_row("issues", row)
    laptop.paperwork.submit(opened, reason="It was another suite.")
    withdrawn = laptop.store.current("issue", issue.key)
    assert withdrawn is not None
    assert withdrawn.body["status"] == "withdrawn"
    assert withdrawn.body["response"] == "Blankets were ordered."


def test_only_a_report_that_is_held_can_be_corrected(laptop: Laptop) -> None:
    with pytest.raises(InvalidInput, match="CV-1"):
        laptop.paperwork.correct("CV-1")


# Sign-off -------------------------------------------------------------------------------------------------------------


def test_the_second_visitor_who_is_there_has_an_entry_of_their_own(laptop: Laptop) -> None:
    key = filed(laptop, visitor_2_agrees="no", visitor_2_differs="It was colder than that.")
    (entry,) = laptop.store.records("sign_off")
    assert entry.body == {
        "report": key, "visitor": "ICV02", "agrees": "no", "dissent": "It was colder than that.", "date": "2026-11-22",
    }  # fmt: skip


def test_a_visitor_signs_on_their_own_laptop_what_another_filed(laptop: Laptop, tmp_path: Path, wall: Wall) -> None:
    key = filed(laptop, visitor_2_agrees="later")
    assert laptop.paperwork.to_sign() == ()
    with joined(laptop, tmp_path / "b", "ICV02") as other:
        (waiting,) = other.paperwork.to_sign()
        assert (waiting.key, waiting.date) == (key, date(2025, 10, 8))
        with pytest.raises(InvalidInput, match="how you see it"):
            other.paperwork.sign(key, agrees=False, words=" ")
        other.paperwork.sign(key, agrees=False, words="The wait was longer.")
        assert other.paperwork.to_sign() == ()
        (entry,) = other.store.records("sign_off")
        assert (entry.author, entry.body["dissent"]) == ("ICV02", "The wait was longer.")
        report = other.store.current("visit", key)
        assert report is not None
        assert entry.body["seen"] == [head.hex() for head in report.heads]


def test_nobody_signs_a_report_that_does_not_name_them(laptop: Laptop, tmp_path: Path, wall: Wall) -> None:
    key = filed(laptop)
    with joined(laptop, tmp_path / "b", "ICV09", "coordinator") as other, pytest.raises(InvalidInput, match="ICV09"):
        other.paperwork.sign(key, agrees=True)


def test_a_reference_with_a_sign_that_stands_for_any_other_is_no_one_else(
    laptop: Laptop, tmp_path: Path, wall: Wall
) -> None:
    filed(laptop, visitor_2_agrees="later")
    for stranger in ("ICV_2", "ICV%"):
        with begin(tmp_path / stranger, wall, person=stranger) as other:
            other.store.ingest(list(laptop.store.rows(laptop.store.unshared())))
            assert other.paperwork.to_sign() == ()


# The past of a site ---------------------------------------------------------------------------------------------------


def test_the_past_of_a_site_is_its_last_completed_visit_and_its_open_issues(laptop: Laptop) -> None:
    key = filed(laptop)
    past = laptop.paperwork.past("custody_visit", "euston-street")
    assert past is not None
    assert (past.report, past.date, past.visitors) == (key, date(2025, 10, 8), ("ICV01", "ICV02"))
    assert past.answers["areas_checked"] == "kitchen"
    assert all(issue.response or issue.text for issue in past.issues)


def test_a_report_is_no_past_of_itself(laptop: Laptop) -> None:
    key = filed(laptop)
    past = laptop.paperwork.past("custody_visit", "euston-street", before=key)
    assert past is not None
    assert past.report != key


def test_a_site_without_reports_has_no_past(laptop: Laptop) -> None:
    assert laptop.paperwork.past("kennel_visit", "nowhere") is None


# Settings -------------------------------------------------------------------------------------------------------------


def test_settings_come_back_as_saved_and_reach_the_forms(laptop: Laptop) -> None:
    settings = Settings(serious_issue_contact="Scheme manager", serious_issue_phone="0116 496 0000", delay_threshold=15)
    scheme_settings.save(laptop.store, settings)
    assert scheme_settings.read(laptop.store) == settings
    values = {choice.name: choice.extra["value"] for choice in laptop.paperwork.lists()["scheme"]}
    assert values["serious_issue_phone"] == "0116 496 0000"
    assert values["delay_threshold"] == "15"
    record = laptop.store.current("scheme", "scheme")
    assert record is not None
    assert record.body["name"] == "Test scheme"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Settings(delay_threshold=-1), "between 0 and 240"),
        (Settings(custody_number="(["), "pattern"),
        (Settings(marking=" "), "marking"),
        (Settings(report_marking=""), "marking"),
    ],
)
def test_settings_that_cannot_be_are_refused_in_words(laptop: Laptop, settings: Settings, words: str) -> None:
    before = scheme_settings.read(laptop.store)
    with pytest.raises(InvalidInput, match=words):
        scheme_settings.save(laptop.store, settings)
    assert scheme_settings.read(laptop.store) == before
