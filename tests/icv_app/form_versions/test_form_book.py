"""A scheme's own forms: previewed, published, shared, and kept apart from the versions that reports were made with."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import resources
from forms import reader, xlsform
from forms.form import Form, Place
from icv_app.clock import Clock
from icv_app.errors import InvalidInput
from icv_app.form_versions import form_book, form_changes, form_rules, workbook
from icv_app.form_versions.form_book import FormBook
from icv_app.form_versions.workbook import WorkbookRefused
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.storage.revision import header_hash

CLOCK = Clock(lambda: datetime(2026, 12, 1, 12, 0, tzinfo=UTC))
PASSPHRASE = "correct horse battery"
TEA = {"type": "integer", "name": "cups_of_tea", "label": "How many cups of tea?"}
FORM = "kennel_visit"


def begin(folder: Path, hub: Path | None = None, role: str = "coordinator") -> Laptop:
    return Laptop.start(
        folder, scheme="Test scheme", person="OFFICE1", role=role, passphrase=PASSPHRASE, hub=hub,
        strength=Strength.LIGHT, clock=CLOCK,
    )  # fmt: skip


def joined(office: Laptop, folder: Path, person: str, role: str = "visitor") -> Laptop:
    invitation = folder.with_suffix(".icvinvite")
    office.invite(invitation, person, role, "another horse battery", strength=Strength.LIGHT)
    return Laptop.join(
        folder, invitation=invitation, invitation_passphrase="another horse battery", passphrase=PASSPHRASE,
        hub=office.hub, strength=Strength.LIGHT, clock=CLOCK,
    )  # fmt: skip


@pytest.fixture
def office(tmp_path: Path, shared_folder: Path) -> Iterator[Laptop]:
    with begin(tmp_path / "office", shared_folder / "scheme.icvhub") as made:
        made.import_folder(resources.path("example"))
        yield made


def edited(form: Form, version: str = "", **changes: Any) -> Form:
    """Return a form with rows changed by name: a mapping of cells (None takes one away), or None to take the row out.

    `before_NAME` stands for a row to put before that one.
    """
    made = xlsform.sheets(form)
    survey: list[Mapping[str, str]] = []
    for row in made.survey:
        name = row.get("name", "")
        if f"before_{name}" in changes:
            survey.append(changes[f"before_{name}"])
        if name in changes and row["type"] != "end_group":
            if changes[name] is None:
                continue
            row = {column: text for column, text in {**row, **changes[name]}.items() if text is not None}
        survey.append(row)
    settings = {**made.settings, "version": version or form.version}
    return reader.from_sheets(survey=survey, choices=made.choices, settings=settings, name=form.name)


def rechoiced(form: Form, list_name: str, *, drop: str = "", add: str = "") -> Form:
    made = xlsform.sheets(form)
    choices = [row for row in made.choices if (row["list_name"], row["name"]) != (list_name, drop)]
    if add:
        choices.append({"list_name": list_name, "name": add, "label": "Another"})
    return reader.from_sheets(survey=made.survey, choices=choices, settings=made.settings, name=form.name)


def file_of(form: Form, tmp_path: Path) -> Path:
    return workbook.write(form, tmp_path / f"{form.name}.xlsx")


def publish(laptop: Laptop, form: Form, tmp_path: Path) -> str:
    book = laptop.paperwork.book
    return book.publish(book.preview(file_of(form, tmp_path)), office=laptop.office).version


def with_tea(version: str = "2026112901", label: str = "How many cups of tea?") -> Form:
    return edited(reader.load(FORM), version, before_left={**TEA, "label": label})


def unreadable(laptop: Laptop, record: bytes, kind: str) -> None:
    """Have a revision arrive that hashes to its name and that this program cannot decode."""
    payload = b"of a newer program"
    given: dict[str, Any] = {
        "record": record, "replica": b"h" * 16, "seq": 1, "prev": None, "parents": b"", "hlc": 1 << 50,
        "author": "ICV66", "kind": kind, "schema_v": 2, "payload_hash": sha256(payload).digest(),
    }  # fmt: skip
    assert laptop.store.ingest([(header_hash(**given), *given.values(), payload)]) == 1


def answers() -> dict[str, Any]:
    import json

    found: dict[str, Any] = json.loads(resources.text(f"example/captured/{FORM}.json"))
    return found


# Preview and publication ----------------------------------------------------------------------------------------------


def test_an_untouched_workbook_has_nothing_to_publish(office: Laptop, tmp_path: Path) -> None:
    book = office.paperwork.book
    preview = book.preview(file_of(reader.load(FORM), tmp_path))
    assert (preview.nothing, preview.changes) == (True, ())
    assert "nothing to publish" in preview.words
    with pytest.raises(InvalidInput, match="nothing to publish"):
        book.publish(preview, office=True)
    assert book.editions(FORM) == ()


def test_a_question_is_added_with_no_programmer(office: Laptop, tmp_path: Path) -> None:
    assert publish(office, with_tea(), tmp_path) == "2026112901"
    opened = office.paperwork.new_draft(FORM)
    assert opened.form.version == "2026112901"
    opened.draft.answer(Place("cups_of_tea"), 3)
    assert opened.draft.label(Place("cups_of_tea")) == "How many cups of tea?"
    saved, _ = office.paperwork.file(FORM, {**answers(), "cups_of_tea": 3})
    record = office.store.by_id(saved.record)
    assert record is not None
    assert (record.body["cups_of_tea"], record.body["form_version"]) == (3, "2026112901")


@pytest.mark.parametrize("version", ["", "v2", "2026112101", "2020010101", "99999999999999999999"])
def test_a_version_that_is_not_later_is_replaced_by_the_next_free_one(
    version: str, office: Laptop, tmp_path: Path
) -> None:
    form = with_tea("1")
    settings = {**form.settings, "version": version}
    preview = office.paperwork.book.preview(file_of(replace(form, version=version, settings=settings), tmp_path))
    assert (preview.asked, preview.form.version) == (version, "2026120101")
    assert "not later than every known one" in preview.words
    assert office.paperwork.book.publish(preview, office=True).version == "2026120101"
    assert publish(office, with_tea("2026120101", "Cups?"), tmp_path) == "2026120102"


def test_a_preview_is_not_published_over_what_came_meanwhile(office: Laptop, tmp_path: Path) -> None:
    book = office.paperwork.book
    preview = book.preview(file_of(with_tea(), tmp_path))
    publish(office, with_tea("2026113001", "Cups?"), tmp_path)
    with pytest.raises(InvalidInput, match="came in meanwhile") as caught:
        book.publish(preview, office=True)
    assert caught.value.code == "form_changed"


def test_only_the_office_publishes(office: Laptop, tmp_path: Path) -> None:
    with joined(office, tmp_path / "visitor", "ICV02") as visitor:
        assert not visitor.office
        preview = visitor.paperwork.book.preview(file_of(with_tea(), tmp_path))
        with pytest.raises(InvalidInput, match="Only the office can change a form"):
            visitor.paperwork.book.publish(preview, office=visitor.office)
        assert visitor.paperwork.book.editions(FORM) == ()
    with begin(tmp_path / "alone", role="visitor") as starter:
        assert starter.office


# Versions stay what they were -----------------------------------------------------------------------------------------


def test_a_draft_and_a_report_keep_the_version_they_were_made_with(office: Laptop, tmp_path: Path) -> None:
    usual = reader.load(FORM)
    opened = office.paperwork.new_draft(FORM)
    office.paperwork.keep(opened)
    saved, _ = office.paperwork.file(FORM, answers())
    record = office.store.by_id(saved.record)
    assert record is not None
    old = office.reading(record.key)
    question = next(row for row in usual.rows[0].rows if row.name == "site").label()
    publish(office, edited(usual, "2026112901", site={"label": "Which kennels, please?"}), tmp_path)
    assert office.paperwork.open_draft(opened.id).form == usual
    assert office.reading(record.key).sections == old.sections
    assert question in {said for section in old.sections for said, _ in section.answers}
    assert office.paperwork.new_draft(FORM).draft.label(Place("site")) == "Which kennels, please?"


def test_a_published_form_reaches_every_laptop_by_sharing(office: Laptop, tmp_path: Path) -> None:
    office.sync()
    with joined(office, tmp_path / "visitor", "ICV02") as visitor:
        visitor.sync()
        before = visitor.paperwork.new_draft(FORM)
        visitor.paperwork.keep(before)
        publish(office, with_tea(), tmp_path)
        office.sync()
        visitor.sync()
        assert visitor.paperwork.new_draft(FORM).form.version == "2026112901"
        assert visitor.paperwork.open_draft(before.id).form.version == reader.load(FORM).version
        saved, _ = visitor.paperwork.file(FORM, {**answers(), "cups_of_tea": 3})
        visitor.sync()
        office.sync()
        record = office.store.by_id(saved.record)
        assert record is not None
        said = [answer for section in office.reading(record.key).sections for answer in section.answers]
        assert ("How many cups of tea?", "3") in said


def test_two_offices_with_one_version_agree_on_the_first_and_mix_nothing(office: Laptop, tmp_path: Path) -> None:
    office.sync()
    with joined(office, tmp_path / "second", "OFFICE2", "assurance") as second:
        second.sync()
        publish(office, with_tea(label="The first one's question?"), tmp_path)
        publish(second, with_tea(label="The second one's question?"), tmp_path)
        second.sync()
        office.sync()
        second.sync()
        forms = [laptop.paperwork.book.present(FORM) for laptop in (office, second)]
        assert forms[0] == forms[1]
        history = office.store.history(form_book.record_id("form", form_book.key(FORM, "2026112901")))
        first = min(history, key=lambda revision: (revision.hlc, revision.rev))
        assert forms[0] == form_book.form_in(first.body)
        assert [len(laptop.paperwork.book.editions(FORM)) for laptop in (office, second)] == [1, 1]


def test_a_version_that_is_saved_again_stays_what_it_was(office: Laptop, tmp_path: Path) -> None:
    publish(office, with_tea(), tmp_path)
    before = office.paperwork.book.present(FORM)
    for form in (with_tea(label="Another?"), with_tea(label="A third?")):
        office.store.save("form", form_book.key(FORM, form.version), form_book.body_of(form, "scheme"))
    office.store.save("form", form_book.key(FORM, before.version), {"deleted": True})
    assert office.paperwork.book.present(FORM) == before
    assert FormBook(office.store).find(FORM, before.version) == before


def test_a_version_in_bytes_that_only_a_newer_program_reads_changes_nothing(office: Laptop) -> None:
    saved = office.store.save("form", f"{FORM} 2099010101", form_book.body_of(with_tea("2099010101"), "scheme"))
    before = office.paperwork.book.present(FORM)
    unreadable(office, saved.record, "form")
    assert FormBook(office.store).present(FORM) == before


@pytest.mark.parametrize("body", [{}, {"form": FORM}, {"form": FORM, "version": "2099010101", "sheets": 7},
                                  {"form": "prison", "version": "1", "sheets": "{}"},
                                  {"form": FORM, "version": "2099010101", "sheets": "[" * 9999}])  # fmt: skip
def test_a_record_that_is_no_form_changes_nothing(body: dict[str, Any], office: Laptop) -> None:
    office.store.save("form", f"{FORM} 2099010101", {**body, "origin": "scheme"})
    book = office.paperwork.book
    assert [book.present(name) for name in book.names()] == [reader.load(name) for name in book.names()]


def test_a_report_with_a_version_that_only_a_newer_program_reads_is_still_shown(office: Laptop) -> None:
    saved, _ = office.paperwork.file(FORM, answers())
    record = office.store.by_id(saved.record)
    assert record is not None
    unreadable(office, saved.record, "visit")
    assert len(office.reading(record.key).history) == 1


# The folder -----------------------------------------------------------------------------------------------------------


def test_an_added_question_survives_a_folder_and_a_laptop_that_never_heard_of_it(
    office: Laptop, tmp_path: Path
) -> None:
    office.paperwork.file(FORM, answers())
    publish(office, with_tea(), tmp_path)
    saved, _ = office.paperwork.file(FORM, {**answers(), "cups_of_tea": 3})
    record = office.store.by_id(saved.record)
    assert record is not None
    office.export_folder(tmp_path / "one")
    with begin(tmp_path / "empty") as empty:
        assert "cups_of_tea" not in empty.import_folder(tmp_path / "one").warned
        empty.export_folder(tmp_path / "two")
        there = empty.store.current("visit", record.key)
        assert there is not None
        assert there.body["form_version"] == "2026112901"
        assert str(there.body["cups_of_tea"]) == "3"
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "two").iterdir())
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    assert office.import_folder(tmp_path / "two").words.startswith("0 added, 0 changed")


# What must stay -------------------------------------------------------------------------------------------------------


def reasons(form: Form) -> str:
    return "\n".join(map(str, form_rules.faults(form)))


@pytest.mark.parametrize("name", reader.shipped())
def test_a_shipped_form_obeys_the_rules(name: str) -> None:
    assert form_rules.faults(reader.load(name)) == ()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"slot": None}, "slot: This question is missing. Figures"),
        ({"travel_minutes_1": {"type": "decimal"}}, "travel_minutes_1: This must stay integer"),
        ({"site": {"type": "select_one access", "choice_filter": None}}, "This must stay a choice from sites.csv"),
        ({"serious_issue": {"relevant": "false()"}}, "serious_issue would never be asked"),
        ({"site": {"bind::icv:personal": "yes"}}, "This program does not know this column"),
    ],
    ids=["missing", "retyped", "list", "hidden", "bind"],
)  # fmt: skip
def test_what_figures_rely_on_cannot_go(changed: dict[str, Any], words: str, tmp_path: Path, office: Laptop) -> None:
    made = xlsform.sheets(reader.load(FORM))
    survey = []
    for row in made.survey:
        change = changed.get(row.get("name", ""), {})
        if change is not None:
            survey.append({column: text for column, text in {**row, **change}.items() if text is not None})
    gone = [name for name, change in changed.items() if change is None]
    for row in survey:  # what the taken one was read by
        for column, text in list(row.items()):
            if any(f"${{{name}}}" in text for name in gone):
                row[column] = "no" if column in ("relevant", "constraint") else "x"
    form = reader.from_sheets(survey=survey, choices=made.choices, settings=made.settings, name=FORM)
    assert words in reasons(form)
    with pytest.raises(WorkbookRefused) as caught:
        office.paperwork.book.preview(file_of(form, tmp_path))
    assert words in caught.value.words


@pytest.mark.parametrize(
    "name",
    [
        "state", "deleted", "form_version", "correction_reason", "visitor_3", "in_custody", "row", "returns",
        "acceptances",
    ],
)  # fmt: skip
def test_a_question_of_the_schemes_takes_no_name_that_means_something_in_a_record(name: str) -> None:
    assert "meaning of its own" in reasons(edited(reader.load(FORM), before_left={**TEA, "name": name}))


def test_a_question_whose_name_no_folder_could_hold_is_refused() -> None:
    assert "only the letters a to z" in reasons(edited(reader.load(FORM), before_left={**TEA, "name": "tŷ_cŵn"}))


def test_codes_that_the_folder_does_not_know_are_refused_and_those_counted_must_stay() -> None:
    form = reader.load(FORM)
    assert "tunnelled is not an answer that access may have" in reasons(rechoiced(form, "access", add="tunnelled"))
    assert "The choice withdrew of access is missing" in reasons(rechoiced(form, "access", drop="withdrew"))
    assert reasons(rechoiced(form, "delay_reason", drop="evacuation")) == ""
    custody = reader.load("custody_visit")
    assert "infection is not an answer" in reasons(rechoiced(custody, "delay_reason", add="infection"))


def test_a_form_of_another_name_is_refused(office: Laptop, tmp_path: Path) -> None:
    form = reader.from_sheets(survey=[TEA], choices=[], settings={"form_id": "tea_round"}, name="tea_round")
    with pytest.raises(WorkbookRefused, match="form_id must be one of: custody_visit"):
        office.paperwork.book.preview(file_of(form, tmp_path))


# What changed ---------------------------------------------------------------------------------------------------------


def told(after: Form) -> list[str]:
    return form_changes.lines(form_changes.between(reader.load(FORM), after))


def test_changes_are_told_by_section_in_words() -> None:
    form = reader.load(FORM)
    section = next(row for row in form.rows if any(inner.name == "left" for inner in row.rows)).label()
    assert told(with_tea()) == [section, "  Added: How many cups of tea? (cups_of_tea, integer)"]
    reworded = edited(form, travel_minutes_1={"label": "Minutes on the road?"})
    assert any("is now “Minutes on the road?”" in line for line in told(reworded))
    free = edited(form, travel_minutes_1={"required": None, "required_message": None})
    asked = edited(free, travel_minutes_1={"required": "yes"})
    assert any("Now required" in line for line in form_changes.lines(form_changes.between(free, asked)))
    assert any("No longer required" in line for line in form_changes.lines(form_changes.between(asked, free)))
    assert any("when it is asked. Now: true()" in line for line in told(edited(form, left={"relevant": "true()"})))
    welsh = edited(form, left={"label::Cymraeg (cy)": "Prawf"})
    assert any("changed in Cymraeg (cy)" in line for line in told(welsh))
    assert any("A choice was added to access" in line for line in told(rechoiced(form, "access", add="tunnelled")))
    assert any("A choice was removed from" in line for line in told(rechoiced(form, "access", drop="withdrew")))


def test_one_question_put_elsewhere_is_one_move() -> None:
    form = reader.load(FORM)
    made = xlsform.sheets(form)
    rows = list(made.survey)
    at = next(n for n, row in enumerate(rows) if row.get("name") == "travel_minutes_1")
    rows.insert(at, rows.pop(at + 1))
    swapped = reader.from_sheets(survey=rows, choices=made.choices, settings=made.settings, name=FORM)
    changes = form_changes.between(form, swapped)
    assert [change.what for change in changes] == ["moved"]


def test_nothing_changed_is_no_change() -> None:
    for name in reader.shipped():
        assert form_changes.between(reader.load(name), edited(reader.load(name), "2099010101")) == ()
