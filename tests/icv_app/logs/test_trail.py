"""The trail: the logs of all laptops at the office, no chatter, what is missing, and no word of an answer in one."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import resources
from icv_app.clock import Clock
from icv_app.errors import InvalidInput, Unavailable
from icv_app.laptop import Laptop
from icv_app.logs import trail
from icv_app.logs.trail import Filter, Trail
from icv_app.profiles.vault import Strength
from icv_app.storage import audit
from icv_app.storage.revision import record_id

PASSPHRASE = "correct horse battery"
MARKED = "Zwetschgenknoedel"


class Scheme:
    """An office and a volunteer who share one folder, and a clock that is moved."""

    def __init__(self, folder: Path) -> None:
        self.time = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
        self.clock = Clock(lambda: self.time)
        self.share = folder / "share"
        self.share.mkdir()
        hub = self.share / "n.icvhub"
        self.office = Laptop.start(
            folder / "o", scheme="Northshire", person="OFFICE1", role="coordinator", passphrase=PASSPHRASE, hub=hub,
            strength=Strength.LIGHT, clock=self.clock,
        )  # fmt: skip
        self.office.import_folder(resources.path("example"))
        self.office.invite(folder / "i", "ICV01", "visitor", PASSPHRASE, strength=Strength.LIGHT)
        self.office.sync()
        self.visitor = Laptop.join(
            folder / "v", invitation=folder / "i", invitation_passphrase=PASSPHRASE, passphrase=PASSPHRASE, hub=hub,
            strength=Strength.LIGHT, clock=self.clock,
        )  # fmt: skip
        self.visitor.sync()

    def settle(self) -> None:
        """Share until nobody has anything new."""
        for laptop in (self.visitor, self.office) * 2:
            laptop.sync()

    def files(self) -> dict[str, tuple[int, int]]:
        found = (path for path in self.share.rglob("*") if path.is_file())
        return {path.name: (path.stat().st_size, path.stat().st_mtime_ns) for path in found}

    def trail(self) -> Trail:
        return self.office.oversight.trail()

    def file(self) -> str:
        captured = json.loads(resources.text("example/captured/custody_visit.json"))
        saved, _ = self.visitor.paperwork.file("custody_visit", captured)
        record = self.visitor.store.by_id(saved.record)
        assert record is not None
        return record.key


@pytest.fixture
def scheme(tmp_path: Path) -> Iterator[Scheme]:
    made = Scheme(tmp_path)
    yield made
    made.visitor.close()
    made.office.close()


def test_the_office_sees_what_a_volunteer_did_on_their_own_laptop(scheme: Scheme) -> None:
    key = scheme.file()
    scheme.settle()
    whole = scheme.trail()
    found = scheme.office.oversight.chosen(whole, Filter(record=key))
    assert [(each.person, each.action) for each in found if each.kind == "visit"] == [("ICV01", "made")]
    assert whole.flaws == ()
    assert {chain.people for chain in whole.chains} == {("OFFICE1",), ("ICV01",)}


def test_the_log_is_the_offices_alone(scheme: Scheme) -> None:
    oversight = scheme.visitor.oversight
    for asked in (oversight.trail, oversight.note_reading, lambda: oversight.find("ICV01")):
        with pytest.raises(InvalidInput) as refused:
            asked()
        assert refused.value.code == "office_only"
    scheme.file()
    scheme.settle()
    assert scheme.visitor.store.history(_a_part_of(scheme.office)) == ()  # sealed: not even their program reads it


def _a_part_of(laptop: Laptop) -> bytes:
    query = "SELECT record FROM current WHERE kind = 'audit' AND key LIKE ? LIMIT 1"
    (found,) = laptop.store.connection.execute(query, (f"{laptop.identity.device}|%",)).fetchone()
    return bytes(found)


def test_sharing_with_nothing_to_do_writes_nothing(scheme: Scheme) -> None:
    scheme.file()
    scheme.settle()
    before = scheme.files()
    for _ in range(5):
        for laptop in (scheme.office, scheme.visitor):
            if laptop is scheme.office:
                laptop.oversight.note_reading()
            outcome = laptop.sync()
            assert (outcome.sent, outcome.received, outcome.verified) == (0, 0, True)
    assert scheme.files() == before


def test_a_scheme_in_which_nobody_does_anything_falls_silent(scheme: Scheme) -> None:
    scheme.file()
    scheme.settle()
    scheme.time += timedelta(days=8)
    scheme.settle()  # what was entered before goes over, alone
    handed = [chain.count for chain in scheme.trail().chains]
    for _ in range(4):
        scheme.time += timedelta(days=5)
        scheme.visitor.sync()
        scheme.office.sync()
    assert [chain.count for chain in scheme.trail().chains] == handed
    assert all(not trail._is_time(laptop.store) for laptop in (scheme.office, scheme.visitor))


def test_a_reading_goes_to_the_office_within_a_day_and_an_opening_within_a_week(scheme: Scheme) -> None:
    scheme.settle()
    scheme.time += timedelta(days=8)
    scheme.settle()
    assert trail.speak(scheme.visitor.store, along=False) is False
    scheme.visitor.store.log("opened")
    scheme.time += timedelta(days=2)
    assert trail.speak(scheme.visitor.store, along=False) is False
    scheme.visitor.store.log("read", "visit", "CV-1")
    scheme.time += timedelta(days=2)
    assert trail.speak(scheme.visitor.store, along=False) is True
    scheme.visitor.store.log("opened")
    scheme.time += timedelta(days=8)
    assert trail.speak(scheme.visitor.store, along=False) is True


def test_what_is_read_twice_in_a_sitting_is_one_entry(scheme: Scheme) -> None:
    key = scheme.office.visits()[0].key
    before = scheme.office.store.connection.execute("SELECT count(*) FROM audit").fetchone()[0]
    for _ in range(3):
        assert scheme.office.reading(key).key == key
    entries = list(audit.entries(scheme.office.store.connection, before))
    assert [(entry.action, entry.key) for entry in entries] == [("read", key)]


def full(laptop: Laptop) -> None:
    """Have every entry in the log fail as on a full disk."""

    def log(*_: object, **__: object) -> None:
        raise Unavailable("disk_full", "The disk is full.")

    laptop.store.log = log  # type: ignore[method-assign]


def test_a_reading_that_cannot_be_entered_is_shown_with_a_warning_and_an_export_is_refused(
    scheme: Scheme, tmp_path: Path
) -> None:
    key = scheme.office.visits()[0].key
    full(scheme.office)
    assert "could not enter in its log" in scheme.office.reading(key).notes[0]
    with pytest.raises(Unavailable):
        scheme.office.export_folder(tmp_path / "out")
    with pytest.raises(Unavailable):
        scheme.office.oversight.note_search("ICV01")
    assert not (tmp_path / "out").exists()


def test_a_record_that_came_in_with_many_others_leads_to_that_import(scheme: Scheme) -> None:
    key = scheme.office.visits()[0].key
    found = scheme.office.oversight.chosen(scheme.trail(), Filter(record=key, action="made"))
    assert [(entry.kind, entry.person) for entry in found] == [("visit", "OFFICE1")]


def test_the_log_is_asked_by_person_action_and_day(scheme: Scheme) -> None:
    scheme.settle()
    whole, invited = scheme.trail(), Filter(action="invited")
    day = scheme.clock.today()
    for wanted, expected in (
        (Filter(person="icv01", action="opened"), 1),
        (Filter(person="ICV09"), 0),
        (invited, 1),
        (replace(invited, last=day - timedelta(days=1)), 0),
        (replace(invited, first=day, last=day), 1),
    ):
        assert len(scheme.office.oversight.chosen(whole, wanted)) == expected, wanted


# What is missing or was changed --------------------------------------------------------------------------------------


def test_an_end_that_a_laptop_cut_off_and_wrote_over_shows_at_the_office(scheme: Scheme) -> None:
    scheme.file()
    scheme.settle()
    store = scheme.visitor.store
    last = audit.handed_over(store.connection)[0]
    store.connection.execute("DELETE FROM audit WHERE n >= ?", (last - 1,))
    assert "handed over" in str(audit.verify(store.connection))
    (held,) = store.connection.execute("SELECT max(n) FROM audit").fetchone()
    store.connection.execute("UPDATE meta SET v = ? WHERE k = 'audit_handed'", (held,))  # and covers it up
    store.log("read", "visit", "CV-9")
    scheme.file()
    scheme.settle()
    assert any("two ways" in flaw for flaw in scheme.trail().flaws)


def test_a_part_that_never_came_shows_at_the_office(scheme: Scheme) -> None:
    scheme.settle()
    store = scheme.visitor.store
    store.log("read", "visit", "CV-9")
    audit.mark_handed_over(store.connection, list(audit.entries(store.connection))[-1])  # it never was
    scheme.file()
    scheme.settle()
    assert any("missing" in flaw for flaw in scheme.trail().flaws)


def test_a_part_that_was_changed_shows_at_the_office_with_who_did_it(scheme: Scheme) -> None:
    scheme.file()
    scheme.settle()
    key = scheme.office.store.connection.execute("SELECT key FROM current WHERE kind = 'audit' LIMIT 1").fetchone()[0]
    record = scheme.office.store.current("audit", key)
    assert record is not None
    body = json.loads(json.dumps(record.body))
    body["entries"][0][2] = "read"
    scheme.office.store.save("audit", key, body)
    assert any("was changed" in flaw for flaw in scheme.trail().flaws)
    before = scheme.trail().entries
    assert record_id("audit", key) == record.record
    assert len(before) == len(set(before))


# No answer in any log ------------------------------------------------------------------------------------------------


def test_no_word_of_an_answer_and_no_custody_number_stands_in_any_log(scheme: Scheme, tmp_path: Path) -> None:
    captured = json.loads(resources.text("example/captured/custody_visit.json"))
    captured |= {"positive_comments": f"{MARKED} was said", "positive_may_be_shared": "yes"}
    saved, _ = scheme.visitor.paperwork.file("custody_visit", captured)
    record = scheme.visitor.store.by_id(saved.record)
    assert record is not None
    scheme.visitor.reading(record.key)
    opened = scheme.visitor.paperwork.correct(record.key)
    scheme.visitor.paperwork.submit(opened, reason=f"{MARKED} misheard")
    scheme.settle()
    office = scheme.office
    office.reading(record.key, mask=True)
    office.export_folder(tmp_path / "out", mask=True)
    office.oversight.note_search("ES/2025/4410")
    office.oversight.note_copy(office.oversight.copy_of(office.oversight.find("es 2025 4410"), unmasked=False))
    office.paperwork.past("custody_visit", str(record.body["site"]))
    scheme.settle()
    told = "".join(f"{entry.key} {entry.text}" for entry in scheme.trail().entries)
    told += "".join(
        f"{entry.key} {entry.text}"
        for laptop in (office, scheme.visitor)
        for entry in audit.entries(laptop.store.connection)
    )
    actions = {entry.action for entry in scheme.trail().entries}
    assert actions >= {"opened", "read", "made", "changed", "exported", "imported", "shared", "invited", "searched"}
    for secret in (MARKED, "misheard", "4410"):
        assert secret not in told, secret
