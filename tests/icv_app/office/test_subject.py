"""A subject: a person's reference is found wherever it was planted, however it was typed, and others are masked."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv_app.__main__ import _Documents
from icv_app.clock import Clock
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.records.reference_pattern import fingerprint, masked, pattern, plain, squeezed
from icv_app.storage import held_words
from icv_app.storage.held_words import HeldWords
from icv_app.storage.store import DraftRow

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NUMBER = "LE/12345/26"
PASSPHRASE = "correct horse battery"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    """An office with the number, and a code, planted in every kind of record and place. The tests only read it."""
    folder = tmp_path_factory.mktemp("subject")
    with Laptop.start(
        folder / "o", scheme="Northshire", person="OFFICE1", role="coordinator", passphrase=PASSPHRASE,
        strength=Strength.LIGHT, clock=Clock(lambda: NOW),
    ) as laptop:  # fmt: skip
        save = laptop.store.save
        visit = {"form": "custody_visit", "site": "BL", "date": "2026-11-20", "visitor_1": "ICV77"}
        save("visit", "CV-1", {**visit, "positive_comments": f"in an old version: {NUMBER}, and LE/99999/26 too"})
        save("visit", "CV-1", {**visit, "positive_comments": "gone since"})
        rows = {
            "a": {"custody_no": "le 12345 26", "spoken_to": "yes"},
            "b": {"custody_no": "LE/55555/26", "spoken_to": "no"},
        }
        save("visit", "CV-2", {**visit, "visitor_1": "ICV78", "detainees": rows})
        save("record_review", "S1|le1234526", {"kind": "session", "date": "2026-11-20"})
        save("issue", "CV-2|1", {"visit": "CV-2", "text": "said by LE–12345–26"})
        word = {"report": "CV-2", "visitor": "ICV77", "agrees": "no", "dissent": f"not {NUMBER}"}
        save("sign_off", "CV-2|ICV77", word)
        save("slot", "S9", {"slot": "S9", "visitors": ["ICV01", "icv 77"]})
        save("plan", "P1", {"visitors": ["ICV77"], "day": "2026-12-01"})
        save("visitor", "ICV77|2026-01-01", {"visitor": "ICV77", "status": "active"})
        save("site", "BL", {"site": "BL", "name": "Beaumont"})
        returns = {"r": {"by": "ICV77", "words": f"see {NUMBER}"}}
        save("visit", "CV-3", {**visit, "visitor_1": "ICV01", "returns": returns})
        save("visit", "CV-4", {"form": "custody_visit", "notes": NUMBER})
        save("visit", "CV-4", {"deleted": True})
        laptop.store.put_draft(
            DraftRow(
                draft="D1", form="custody_visit", version="1", started=NOW, saved=NOW,
                answers={"positive_comments": "of LE12345 / 26", "visitor_1": "ICV77"},
            )
        )  # fmt: skip
        yield laptop


def test_a_custody_number_is_found_in_every_kind_of_record_and_in_old_versions(office: Laptop) -> None:
    found = office.oversight.find("le/12345/26")
    assert {(item.kind, item.key) for item in found.items} == {
        ("visit", "CV-1"), ("visit", "CV-2"), ("visit", "CV-3"), ("visit", "CV-4"), ("record_review", "S1|le1234526"),
        ("issue", "CV-2|1"), ("sign_off", "CV-2|ICV77"), ("draft", ""),
    }  # fmt: skip
    old = next(item for item in found.items if item.key == "CV-1")
    assert [each.words for each in old.occurrences] == [f"in an old version: {NUMBER}, and LE/99999/26 too"]
    assert len(old.occurrences[0].versions) == 1
    assert next(item for item in found.items if item.key == "CV-4").state == "deleted"


def test_what_stands_beside_a_custody_number_is_the_same_persons_and_no_others(office: Laptop) -> None:
    item = next(item for item in office.oversight.find(NUMBER).items if item.key == "CV-2")
    said = " ".join(f"{question} {words}" for question, words in item.about)
    assert "le 12345 26" in said
    assert "55555" not in said


def test_a_volunteer_is_found_in_rota_plan_sign_off_and_return_and_in_the_log(office: Laptop) -> None:
    found = office.oversight.find("icv77")
    assert {(item.kind, item.key) for item in found.items} >= {
        ("slot", "S9"), ("plan", "P1"), ("sign_off", "CV-2|ICV77"), ("visitor", "ICV77|2026-01-01"), ("visit", "CV-1"),
        ("visit", "CV-3"), ("draft", ""),
    }  # fmt: skip
    assert any("CV-2|ICV77" in row[2] for row in found.log)
    assert "ICV01" not in {item.key for item in found.items}


def test_the_copy_for_the_person_masks_everybody_else_and_not_them(office: Laptop, tmp_path: Path) -> None:
    found = office.oversight.copy_of(office.oversight.find(NUMBER), unmasked=False)
    paths = _Documents().person(
        found, tmp_path / "copy", scheme="Northshire", marking="OFFICIAL-SENSITIVE", today=NOW.date()
    )
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert NUMBER in text
        assert "99999" not in text
        assert "OFFICIAL-SENSITIVE" in text
    page, data = paths
    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert html.index("<h1>") < html.index("<h2>") < html.index("<h3>")
    assert "<script" not in html
    assert len(json.loads(data.read_text(encoding="utf-8"))["items"]) == len(found.items)
    assert "99999" in json.dumps([str(item) for item in office.oversight.find(NUMBER).items])


def test_the_log_says_that_somebody_searched_and_not_for_which_number(office: Laptop) -> None:
    office.oversight.note_search(NUMBER)
    office.oversight.note_search("icv77")
    latest = office.oversight.trail().entries[:2]
    assert {(entry.action, entry.key) for entry in latest} == {("searched", fingerprint(NUMBER)), ("searched", "ICV77")}
    assert any("searched" in row[2] for row in office.oversight.find("LE 12345/26").log)


def test_words_that_were_typed_and_not_saved_are_searched_too(office: Laptop) -> None:
    words = HeldWords(
        page="commentary 2026-27-Q2", title="Commentary", at=NOW,
        boxes={"commentary_custody": ("", f"Ask about {NUMBER}."), "commentary_issues": ("", "Nothing.")},
    )  # fmt: skip
    held_words.put(office.store, words)
    try:
        (item,) = [each for each in office.oversight.find(NUMBER).items if each.title == "Commentary"]
        assert [each.words for each in item.occurrences] == [f"Ask about {NUMBER}."]
        assert "not saved" in item.state
    finally:
        held_words.drop(office.store, words.page)


def test_what_was_not_searched_is_said(office: Laptop) -> None:
    connection = office.store.connection
    connection.execute("BEGIN")
    try:
        rev, payload = connection.execute("SELECT rev, payload FROM revision WHERE kind = 'site'").fetchone()
        connection.execute("UPDATE revision SET payload = x'00' WHERE rev = ?", (rev,))
        connection.execute("COMMIT")
        said = " ".join(office.oversight.find(NUMBER).not_searched)
        assert "1 version is sealed to others" in said
        assert "Drafts on other laptops" in said
    finally:
        connection.execute("UPDATE revision SET payload = ? WHERE rev = ?", (payload, rev))


@pytest.mark.parametrize("reference", ["", "abc", "12", "//--", "a1"])
def test_a_reference_that_would_find_half_of_everything_is_refused(reference: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        pattern(reference)
    assert refused.value.code == "no_reference"


APART = st.sampled_from(["", " ", "/", " / ", "-", "–", ".", "_", "\u00a0", "\\"])


@given(data=st.data(), before=st.sampled_from(["", "see ", "(", "no. "]), after=st.sampled_from(["", ".", ")", " now"]))
def test_a_number_is_found_however_it_is_typed(data: st.DataObject, before: str, after: str) -> None:
    letters = data.draw(st.permutations("le1234526").map(lambda drawn: "".join(drawn)))
    typed = "".join(letter.upper() if data.draw(st.booleans()) else letter for letter in letters)
    typed = "".join(letter + data.draw(APART) for letter in typed[:-1]) + typed[-1]
    assert pattern(letters).search(plain(f"{before}{typed}{after}"))
    assert squeezed(typed) == squeezed(letters)
    assert not pattern(letters).search(plain(f"{before}7{typed}{after}"))
    assert not pattern(letters).search(plain(f"{before}{typed}7{after}"))


def test_a_mask_leaves_the_person_and_takes_the_others() -> None:
    text = masked("LE/12345/26 and LE/99999/26, 07700 900123", pattern(NUMBER))
    assert NUMBER in text
    assert "99999" not in text
    assert "900123" not in text
