"""A laptop: drafts, filing, lists, the folder in and out, and two laptops on one shared file."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import resources
from forms.form import Place
from icv_app.clock import Clock
from icv_app.encryption.keyring import Keyring
from icv_app.errors import InvalidInput, Unavailable
from icv_app.interchange_folder.capture import AnswersRefused
from icv_app.interchange_folder.remark import FolderRefused
from icv_app.laptop import Laptop
from icv_app.periods import parse_period
from icv_app.profiles.profile import Profile
from icv_app.profiles.vault import Strength

CLOCK = Clock(lambda: datetime(2026, 11, 22, 12, 0, tzinfo=UTC))
EXAMPLE = resources.path("example")
PASSPHRASE = "correct horse battery"


def begin(folder: Path, hub: Path | None = None) -> Laptop:
    return Laptop.start(
        folder, scheme="Test scheme", person="ICV01", role="coordinator", passphrase=PASSPHRASE, hub=hub,
        strength=Strength.LIGHT, clock=CLOCK,
    )  # fmt: skip


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with begin(tmp_path / "a") as made:
        made.import_folder(EXAMPLE)
        yield made


def answers(form: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(resources.text(f"example/captured/{form}.json"))
    return found


def test_a_draft_is_kept_reopened_filed_and_gone(laptop: Laptop, tmp_path: Path) -> None:
    opened = laptop.paperwork.new_draft("custody_visit")
    assert opened.draft.value(Place("visitor_1")) == "ICV01"
    assert laptop.paperwork.drafts() == ()
    opened.draft.answer(Place("site"), "euston-street")
    opened.draft.type_in(Place("arrived"), "about nine")
    laptop.paperwork.keep(opened)
    (line,) = laptop.paperwork.drafts()
    assert (line.form, line.about) == ("custody_visit", "Euston Street, Sun 22 November 2026")
    again = laptop.paperwork.open_draft(line.draft)
    assert again.draft.text(Place("arrived")) == "about nine"
    with pytest.raises(AnswersRefused, match="arrived"):
        laptop.paperwork.submit(again)
    assert len(laptop.paperwork.drafts()) == 1
    row = answers("custody_visit").pop("detainees")[0]  # type: ignore[index]
    for name, value in answers("custody_visit").items():
        if isinstance(value, (str, int)):
            again.draft.answer(Place(name), value)
    at, _ = again.draft.add_row("detainees")
    for name, value in row.items():
        again.draft.answer(Place(name, "detainees", at), value)
    saved = laptop.paperwork.submit(again)
    assert laptop.paperwork.drafts() == ()
    record = laptop.store.by_id(saved.record)
    assert record is not None
    assert record.body["detainees"][at]["custody_no"] == "ES/2025/4410"
    with pytest.raises(InvalidInput, match="no longer"):
        laptop.paperwork.open_draft(line.draft)


def test_a_discarded_draft_is_gone(laptop: Laptop) -> None:
    opened = laptop.paperwork.new_draft("kennel_visit")
    laptop.paperwork.keep(opened)
    laptop.paperwork.discard(opened.id)
    assert laptop.paperwork.drafts() == ()


def test_filing_saves_the_visit_and_its_issues_together(laptop: Laptop) -> None:
    saved, left_out = laptop.paperwork.file("custody_visit", answers("custody_visit"))
    assert left_out == ()
    record = laptop.store.by_id(saved.record)
    assert record is not None
    issue = laptop.store.current("issue", f"{record.key}-1")
    assert issue is not None
    assert issue.body["visit"] == record.key
    found = laptop.summary(parse_period("2025-26-Q3")).findings
    assert [each.text for each in found] == ["Asked for a second blanket"]


def test_the_lists_offer_open_slots_and_everyone_once(laptop: Laptop) -> None:
    lists = laptop.paperwork.lists()
    assert [choice.name for choice in lists["slots"]] == []  # all completed, one cancelled
    assert len(lists["visitors"]) == 18
    assert {choice.extra["roles"] for choice in lists["visitors"]} == {"icv", "awv"}
    assert [choice.extra["kind"] for choice in lists["sites"] if choice.name == "dog-unit"] == ["dog_unit_kennels"]
    laptop.store.save("slot", "S900", {"slot": "S900", "measure": "custody_visit", "site": "euston-street",
                                       "period_start": "2026-11-16", "status": "planned"})  # fmt: skip
    (slot,) = laptop.paperwork.lists()["slots"]
    assert slot.label() == "S900: Euston Street, from Mon 16 November 2026"
    laptop.paperwork.file("custody_visit", {**answers("custody_visit"), "slot": "S900", "date": "2026-11-18"})
    assert laptop.paperwork.lists()["slots"] == ()


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([("2020-01-01", "", "active")], "active"),
        ([("2020-01-01", "2025-12-31", "active"), ("2026-01-01", "", "on_leave")], "on_leave"),
        ([("2020-01-01", "2025-12-31", "active"), ("2027-01-01", "", "on_leave")], "active"),
        ([("2027-01-01", "", "in_training"), ("2028-01-01", "", "active")], "in_training"),
    ],
)
def test_a_visitor_stands_as_the_row_of_today_says(
    laptop: Laptop, rows: list[tuple[str, str, str]], status: str
) -> None:
    for first, last, said in rows:
        body = {"visitor": "ICV99", "roles": "icv", "status": said, "from": first} | ({"to": last} if last else {})
        laptop.store.save("visitor", f"ICV99|{first}", body)
    (found,) = [choice for choice in laptop.paperwork.lists()["visitors"] if choice.name == "ICV99"]
    assert found.extra["status"] == status


def test_a_laptop_with_nothing_new_sends_nothing_and_writes_nothing_of_its_own(laptop: Laptop, tmp_path: Path) -> None:
    hub = tmp_path / "share" / "Test.icvhub"
    hub.parent.mkdir()
    for _ in range(3):
        laptop.sync(hub)
    held = laptop.store.vector()

    assert (laptop.sync(hub).sent, laptop.store.vector()) == (0, held)


def test_the_list_of_visits_tells_what_is_shared(laptop: Laptop, tmp_path: Path) -> None:
    rows = laptop.visits()
    assert len(rows) == 33
    assert (rows[0].key, rows[0].site_name, rows[0].visitors) == ("CV-2025-0025", "Euston Street", ("ICV12", "ICV02"))
    assert not any(row.shared or row.conflicts for row in rows)
    laptop.sync(tmp_path / "x.icvhub")
    assert laptop.hub == tmp_path / "x.icvhub"
    assert all(row.shared for row in laptop.visits())


def test_a_visit_can_be_read_in_the_words_of_its_form(laptop: Laptop) -> None:
    found = laptop.reading("CV-2025-0004")
    said = dict(answer for section in found.sections for answer in section.answers)
    assert "Keyham Lane" in said.values()
    with pytest.raises(InvalidInput, match="no visit"):
        laptop.reading("CV-1")


def test_what_an_old_log_lacks_is_counted_not_refused(tmp_path: Path) -> None:
    with begin(tmp_path / "a") as laptop:
        result = laptop.import_folder(EXAMPLE)
    assert result.missing["custody_visit", "overall_finding"] == 30
    assert ("custody_visit", "visit_type") not in result.missing
    assert ("custody_visit", "in_custody") not in result.missing
    assert "custody_visit:" in result.words


def test_a_refused_folder_changes_nothing(laptop: Laptop, tmp_path: Path) -> None:
    before = [(record.key, record.heads) for record in laptop.store.records()]
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "sites.csv").write_text("site,name,kind\nnew,New,custody_suite\n")
    (bad / "issues.csv").write_text("issue,visit\nI9,CV-9999\n")
    with pytest.raises(FolderRefused, match=r"issues\.csv, line 2, column visit"):
        laptop.import_folder(bad)
    assert [(record.key, record.heads) for record in laptop.store.records()] == before


def test_an_import_does_not_settle_a_conflict_that_nobody_has_looked_at(tmp_path: Path) -> None:
    hub = tmp_path / "x.icvhub"
    with begin(tmp_path / "a", hub) as one:
        one.import_folder(EXAMPLE)
        one.invite(tmp_path / "i", "ICV02", "coordinator", PASSPHRASE, strength=Strength.LIGHT)
        one.sync()
        with Laptop.join(
            tmp_path / "b", invitation=tmp_path / "i", invitation_passphrase=PASSPHRASE, passphrase=PASSPHRASE, hub=hub,
            strength=Strength.LIGHT, clock=CLOCK,
        ) as two:  # fmt: skip
            two.sync()
            for laptop, said in ((one, "closed early"), (two, "left open")):
                site = laptop.store.current("issue", "I001")
                assert site is not None
                laptop.store.save("issue", "I001", {**site.body, "response": said})
            one.sync()
            assert two.sync().conflicts == 1
            folder = tmp_path / "out"
            two.export_folder(folder)
            result = two.import_folder(folder)
            assert sum(result.changed.values()) == 0
            held = two.store.current("issue", "I001")
            assert held is not None
            assert set(held.conflicts) == {"response"}


def test_sync_and_summary_may_run_on_another_thread(laptop: Laptop, tmp_path: Path) -> None:
    done: list[object] = []

    def work() -> None:
        done.append(laptop.sync(tmp_path / "x.icvhub").verified)
        done.append(laptop.summary(parse_period("2025-26-Q2")).get("custody_visit", "visits_completed").value)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True, 30]
    assert laptop.sharing().unshared == 0


def test_without_a_shared_file_a_sync_says_so(laptop: Laptop) -> None:
    with pytest.raises(InvalidInput) as caught:
        laptop.sync()
    assert caught.value.code == "no_hub"


def test_a_laptop_that_died_as_it_was_made_introduces_itself_when_it_is_opened(tmp_path: Path) -> None:
    with begin(tmp_path / "office") as office:
        scheme = office.store.current("scheme", "scheme")
        found = office.invite(tmp_path / "i", "ICV02", "visitor", PASSPHRASE, strength=Strength.LIGHT)
    founder = Keyring.founding()
    for name, identity, more in (
        ("a", office.identity, {"keyring": founder}),
        ("b", found.identity(), {"keyring": found.keyring, "token": found.token, "granted": found.granted}),
    ):
        Profile.create(tmp_path / name, PASSPHRASE, identity, strength=Strength.LIGHT, **more).close()  # here it died
        for _ in range(2):
            with Laptop.unlock(tmp_path / name, PASSPHRASE, clock=CLOCK) as laptop:
                enrolment = laptop.store.current("enrolment", laptop.identity.device)
                assert enrolment is not None
                assert enrolment.body.get("token_hash") == (found.token_hash if name == "b" else None)
                held = laptop.store.current("scheme", "scheme")
                assert (held and held.body) == (None if name == "b" or scheme is None else scheme.body)
                assert laptop.sharing().total == (1 if name == "b" else 3)


def test_an_opening_that_fails_leaves_the_profile_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(tmp_path / "a").close()

    def fail(*_: object) -> None:
        raise Unavailable("disk_full", "full")

    monkeypatch.setattr("icv_app.laptop.introduce", fail)
    with pytest.raises(Unavailable) as told:
        Laptop.unlock(tmp_path / "a", PASSPHRASE)
    assert told.value.code == "disk_full"
    monkeypatch.undo()
    Laptop.unlock(tmp_path / "a", PASSPHRASE).close()


def test_a_second_program_on_the_same_profile_is_told(tmp_path: Path) -> None:
    with begin(tmp_path / "a"):
        with pytest.raises(Unavailable) as caught:
            Laptop.unlock(tmp_path / "a", PASSPHRASE)
        assert caught.value.code == "profile_in_use"
    with Laptop.unlock(tmp_path / "a", PASSPHRASE) as again:
        assert again.identity.person == "ICV01"
        assert again.marking == "OFFICIAL"


def test_what_is_due_comes_from_the_calendar_and_the_targets(laptop: Laptop) -> None:
    assert {each.site for each in laptop.due() if each.measure == "custody_visit"} == {"euston-street", "keyham-lane"}


def join(folder: Path, invitation: Path, hub: Path) -> Laptop:
    return Laptop.join(
        folder, invitation=invitation, invitation_passphrase="told by telephone", passphrase=PASSPHRASE, hub=hub,
        strength=Strength.LIGHT, clock=CLOCK,
    )  # fmt: skip


def test_an_invitation_brings_one_laptop_in_and_no_second(tmp_path: Path, shared_folder: Path) -> None:
    hub, invitation = shared_folder / "scheme.icvhub", tmp_path / "ICV02.icvinvite"
    with begin(tmp_path / "office", hub) as office:
        office.invite(invitation, "ICV02", "visitor", "told by telephone", strength=Strength.LIGHT)
        office.sync()
    with join(tmp_path / "volunteer", invitation, hub) as volunteer:
        volunteer.sync()
    with pytest.raises(InvalidInput) as refused:
        join(tmp_path / "thief", invitation, hub)
    assert refused.value.code == "invitation_used"
    assert not Profile.exists(tmp_path / "thief")


def test_an_invitation_can_be_used_while_the_share_is_away(tmp_path: Path, shared_folder: Path) -> None:
    invitation = tmp_path / "ICV02.icvinvite"
    with begin(tmp_path / "office", shared_folder / "scheme.icvhub") as office:
        office.invite(invitation, "ICV02", "visitor", "told by telephone", strength=Strength.LIGHT)
    with join(tmp_path / "volunteer", invitation, tmp_path / "away" / "scheme.icvhub") as volunteer:
        assert volunteer.identity.person == "ICV02"


def test_a_session_that_was_filed_goes_out_and_comes_in_without_a_word(tmp_path: Path) -> None:
    with begin(tmp_path / "a") as laptop:
        laptop.paperwork.file("record_review", {
            "kind": "custody_detention_scrutiny_panel", "session": "CDSP-2026-10", "date": "2026-10-05", "records": 12,
            "of_which_immigration": 4, "recommendations": 2, "recommended_to": "Custody Inspector",
        })  # fmt: skip
        laptop.export_folder(tmp_path / "out")
    with begin(tmp_path / "b") as other:
        assert other.import_folder(tmp_path / "out").warnings == ()


def test_facts_of_another_edition_are_derived_anew_when_the_laptop_is_opened(tmp_path: Path) -> None:
    with begin(tmp_path / "a") as made:
        made.import_folder(EXAMPLE)
        period = parse_period("2025-26-Q2")
        before, issues = made.summary(period), made.store.connection.execute("SELECT * FROM fact_issue").fetchall()
        made.store.connection.execute("DROP TABLE fact_issue")
        made.store.connection.execute("CREATE TABLE fact_issue(record BLOB, part TEXT)")  # as an older program had it
        made.store.connection.execute("DELETE FROM fact_slot")
        made.store.connection.execute("DELETE FROM meta WHERE k = 'facts'")
    with Laptop.unlock(tmp_path / "a", PASSPHRASE, clock=CLOCK) as again:
        assert again.summary(period) == before
        assert again.store.connection.execute("SELECT * FROM fact_issue").fetchall() == issues
        assert issues
