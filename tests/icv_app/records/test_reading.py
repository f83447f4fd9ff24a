"""A report as it is read: its answers with their margin, what both visitors say, its versions and their changes."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import resources
from forms.form import Place
from icv_app.clock import Clock
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.records.reading import Change, Reading


class Wall:
    """A clock on the wall that moves a minute at every look."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
        self.clock = Clock(self.look)

    def look(self) -> datetime:
        self.time += timedelta(minutes=1)
        return self.time


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with Laptop.start(
        tmp_path / "a", scheme="Test scheme", person="ICV01", role="coordinator", passphrase="correct horse battery",
        strength=Strength.LIGHT, clock=Wall().clock,
    ) as made:  # fmt: skip
        made.import_folder(resources.path("example"))
        yield made


def filed(laptop: Laptop, author: str = "ICV02", **changes: Any) -> str:
    answers = json.loads(resources.text("example/captured/custody_visit.json"))
    answers |= {"visitor_1": "ICV02", "visitor_2": "ICV01", "visitor_2_agrees": "later", **changes}
    laptop.store.author = author
    saved, _ = laptop.paperwork.file("custody_visit", {name: one for name, one in answers.items() if one is not None})
    laptop.store.author = "ICV01"
    record = laptop.store.by_id(saved.record)
    assert record is not None
    return record.key


def said(reading: Reading) -> list[str]:
    return [answer for section in reading.sections for _, answer in section.answers]


def entries(laptop: Laptop, key: str) -> list[tuple[str, str]]:
    return [(entry.said, entry.words) for entry in laptop.reading(key).entries]


def saved_again(laptop: Laptop, key: str, **changes: Any) -> None:
    record = laptop.store.current("visit", key)
    assert record is not None
    laptop.store.save("visit", key, {**record.body, **changes})


def test_a_report_that_waits_asks_the_other_visitor_and_says_who_filed_it(laptop: Laptop) -> None:
    reading = laptop.reading(filed(laptop))
    assert reading.asked
    assert [entry.said for entry in reading.entries] == [
        "ICV02 filed this report.",
        "ICV01 has not said yet whether they agree.",
    ]


def test_agreement_is_told_with_its_day_and_asked_for_no_more(laptop: Laptop) -> None:
    key = filed(laptop)
    laptop.paperwork.sign(key, agrees=True)
    assert not laptop.reading(key).asked
    assert entries(laptop, key)[1] == ("ICV01 agrees with this report (22 November 2026).", "")


def test_dissent_is_told_in_the_visitors_own_words(laptop: Laptop) -> None:
    key = filed(laptop)
    laptop.paperwork.sign(key, agrees=False, words="The call bell did work.")
    assert entries(laptop, key)[1] == ("ICV01 sees it differently (22 November 2026):", "The call bell did work.")


def test_a_word_given_before_a_correction_says_so(laptop: Laptop) -> None:
    key = filed(laptop)
    laptop.paperwork.sign(key, agrees=True)
    saved_again(laptop, key, site="keyham-lane", correction_reason="The wrong suite was chosen")
    assert entries(laptop, key)[1][0] == "ICV01 agreed with this report on 22 November 2026, before it was corrected."


def test_a_visit_from_the_old_spreadsheet_waits_for_nobody(laptop: Laptop) -> None:
    reading = laptop.reading(laptop.visits()[-1].key)
    assert reading.entries == ()
    assert not reading.asked


def test_a_version_tells_why_it_was_made_and_what_it_changed(laptop: Laptop) -> None:
    key = filed(laptop)
    saved_again(laptop, key, site="keyham-lane", correction_reason="The wrong suite was chosen")
    first, second = laptop.reading(key).versions
    assert first.changes == ()
    assert second.reason == "The wrong suite was chosen"
    (change,) = second.changes
    assert (change.before, change.after) == ("Euston Street", "Keyham Lane")
    assert "Why it was corrected: The wrong suite was chosen" in laptop.reading(key).history[1]


def test_an_answer_given_or_taken_away_is_a_change_too(laptop: Laptop) -> None:
    key = filed(laptop)
    record = laptop.store.current("visit", key)
    assert record is not None
    body = {name: value for name, value in record.body.items() if name != "left"}
    laptop.store.save("visit", key, body)
    laptop.store.save("visit", key, record.body)
    _, gone, back = laptop.reading(key).versions
    assert [(each.before, each.after) for each in gone.changes] == [("19:50", "no answer")]
    assert [(each.before, each.after) for each in back.changes] == [("no answer", "19:50")]
    assert isinstance(gone.changes[0], Change)


def test_an_earlier_version_reads_as_it_was_and_says_what_it_is(laptop: Laptop) -> None:
    key = filed(laptop)
    saved_again(laptop, key, site="keyham-lane")
    first = laptop.reading(key).versions[0]
    earlier = laptop.reading(key, rev=first.rev)
    assert "Euston Street" in said(earlier)
    assert "not the report as it stands now" in earlier.notes[0]
    assert not earlier.asked
    assert earlier.versions == ()


def test_a_version_of_another_report_is_not_found(laptop: Laptop) -> None:
    with pytest.raises(InvalidInput, match="no visit"):
        laptop.reading(filed(laptop), rev=b"0" * 32)


def test_an_answer_that_was_copied_names_the_report_it_came_from(laptop: Laptop) -> None:
    key = filed(laptop)
    saved_again(laptop, key, copied_from={"site": "CV-2025-0030"})
    assert "Euston Street (copied from CV-2025-0030)" in said(laptop.reading(key))


def test_personal_details_that_were_kept_show_their_reason(laptop: Laptop) -> None:
    key = filed(laptop)
    saved_again(laptop, key, personal_data_reasons={"site": "It is the name of a street"})
    kept = "Euston Street (personal details were kept in it: It is the name of a street)"
    assert kept in said(laptop.reading(key))


def test_a_correction_of_ones_own_is_in_the_history_with_its_reason(laptop: Laptop) -> None:
    key = filed(laptop, author="ICV01", visitor_1="ICV01", visitor_2="ICV02")
    opened = laptop.paperwork.correct(key)
    opened.draft.answer(Place("site"), "keyham-lane")
    laptop.paperwork.keep(opened)
    laptop.paperwork.submit(opened, reason="The wrong suite was chosen")
    assert laptop.reading(key).versions[-1].reason == "The wrong suite was chosen"


def test_a_masked_reading_withholds_custody_numbers_in_every_version(laptop: Laptop) -> None:
    key = filed(laptop)
    opened = laptop.paperwork.correct(key)
    (row,) = opened.draft.rows("detainees")
    number = str(opened.draft.value(Place("custody_no", "detainees", row)))
    opened.draft.answer(Place("custody_no", "detainees", row), f"{number}9")
    laptop.paperwork.submit(opened, reason="Mistyped.")
    assert number in str(laptop.reading(key))
    assert number not in str(laptop.reading(key, mask=True))
    earlier = laptop.reading(key).versions[0].rev
    assert number not in str(laptop.reading(key, rev=earlier, mask=True))
