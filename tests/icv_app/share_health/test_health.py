"""The health of the shared file: what the office is told is what is there, and looking changes nothing."""

import json
import os
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256

import pytest

from icv_app.identity import Identity
from icv_app.share_health import devices, health
from icv_app.share_health.device_report import known_words
from icv_app.share_health.health_document import document
from icv_app.share_health.health_report import points, verdict
from icv_app.sharing import presence
from icv_app.sharing.exchange import exchange
from icv_app.sharing.reminder import reminder
from icv_app.sharing.share import Files
from icv_app.storage.drafts import DraftRow
from icv_app.storage.revision import make, record_id
from tests.shared_folder import HUB_ID, HUB_KEY, Desk, age, packs_of, spoil_tail, truncate


class Timed(Files):
    """The share's clock is the one that is handed in; and what is opened there is counted."""

    def __init__(self, desk):
        self.desk = desk
        self.opened = 0

    def copy(self, source, target):
        digest = super().copy(source, target)
        now = int(self.desk.true_moment.timestamp() * 10**9)
        os.utime(target, ns=(now, now))
        return digest

    def opening(self, path):
        self.opened += 1
        return super().opening(path)


class Told(Desk):
    """A laptop that introduces itself, speaks of itself as it shares, and looks at the health of the shared file."""

    wrong_by = timedelta(0)

    def __init__(self, folder, person, role="visitor"):
        super().__init__(folder, person)
        device = sha256(person.encode()).hexdigest()[:32]
        self.identity = Identity(person=person, role=role, scheme="Northshire", hub_id=HUB_ID, device=device)
        body = {"person": person, "role": role, "device": self.identity.device, "enrolled_at": self.moment.isoformat()}
        self.store.save("enrolment", self.identity.device, body)

    @property
    def true_moment(self):
        return self.moment - self.wrong_by

    def clock_is_off(self, **by):
        self.wrong_by += timedelta(**by)
        self.moment += timedelta(**by)

    def share(self, hub):
        self.passes(seconds=1)
        speak = partial(presence.speak, self.store, self.identity)
        outcome = exchange(self.store, hub, HUB_KEY, HUB_ID, files=Timed(self), speak=speak)
        devices.note_arrivals(self.store)
        return outcome

    def look(self, hub, files=None):
        return health.look(self.store, self.identity, hub, HUB_KEY, files=files)

    def examine(self, hub):
        return health.examine(self.store, self.look(hub), self.identity, HUB_KEY)

    def drafted(self, number, days_ago):
        then = self.moment - timedelta(days=days_ago)
        for at in range(number):
            self.store.put_draft(
                DraftRow(draft=f"d{at}", form="custody_visit", version="1", answers={}, started=then, saved=then)
            )


@pytest.fixture
def office(tmp_path):
    made = Told(tmp_path, "OFFICE1", "coordinator")
    yield made
    made.close()


@pytest.fixture
def visitor(tmp_path):
    made = Told(tmp_path, "ICV03")
    yield made
    made.close()


def together(hub, *desks):
    for _ in range(2):
        for desk in desks:
            desk.share(hub)


def later(*desks, **time):
    for desk in desks:
        desk.passes(**time)


def codes(found):
    return {(point.level, point.code) for point in points(found)}


def of(found, person):
    return next(device for device in found.devices if device.person == person)


def words_of(found, code):
    return [point.words for point in points(found) if point.code == code]


def snapshot(folder):
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


# The folder


def test_all_is_well_where_everybody_has_shared(hub, office, visitor):
    office.save("CV-1", notes="a")
    visitor.save("CV-2", notes="b")
    together(hub, office, visitor)
    found = office.look(hub)
    assert points(found) == ()
    assert verdict(found) == "Everything is in order."
    assert [(each.person, each.own, each.entries) for each in found.devices] == [
        ("OFFICE1", True, 2), ("ICV03", False, 2),
    ]  # fmt: skip
    share = found.share
    assert (share.hub.state, share.hub.entries, share.trouble) == ("sound", 2, "")
    assert found.device_of(share.hub.maker).person == "OFFICE1"
    assert (share.packs, share.folded, share.unread) == (2, 1, 0)
    assert share.hub.file.size == hub.stat().st_size


def test_looking_changes_nothing_on_the_share_and_opens_the_shared_file_alone(hub, office, visitor):
    office.share(hub)
    for number in range(5):
        visitor.save(f"CV-{number}")
        visitor.share(hub)
    office.share(hub)
    before, files = snapshot(hub.parent), Timed(office)
    found = office.look(hub, files)
    assert found.share.packs > 5
    assert files.opened == 1
    assert snapshot(hub.parent) == before


def test_a_share_that_is_away_is_told_and_the_laptops_all_the_same(hub, office, visitor):
    together(hub, office, visitor)
    hub.parent.rename(hub.parent.with_name("unplugged"))
    found = office.look(hub)
    assert codes(found) == {("act", "away")}
    assert len(found.devices) == 2


def test_nobody_has_chosen_a_shared_file_yet(office):
    assert codes(office.look(None)) == {("know", "no_hub")}


def test_what_else_lies_there_is_named_for_what_it_is(hub, office):
    office.save("CV-1")
    office.share(hub)
    hub.with_name("Scheme-conflict.icvhub").write_bytes(hub.read_bytes())
    hub.with_name("Scheme copy.icvhub").write_bytes(b"somebody's")
    half = hub.with_name("Scheme.icvhub.0123.tmp")
    half.write_bytes(b"half")
    assert ("act", "unread") in codes(office.look(hub))
    age(half, 3 + (datetime.now(UTC) - office.moment).days)
    office.share(hub)
    found = office.look(hub)
    assert [file.name for file in found.share.copies] == ["Scheme-conflict.icvhub"]
    assert [file.name for file in found.share.foreign] == ["Scheme copy.icvhub"]
    assert [file.name for file in found.share.half] == [half.name]
    assert {("know", "copies"), ("know", "foreign"), ("know", "half_written")} <= codes(found)


@pytest.mark.parametrize(
    ("spoil", "state"),
    [
        (lambda hub: hub.unlink(), "missing"), (lambda hub: hub.write_bytes(b"another's"), "foreign"),
        (lambda hub: hub.write_bytes(b""), "damaged"),
    ],
)  # fmt: skip
def test_a_shared_file_that_is_not_sound_needs_doing(hub, office, spoil, state):
    office.share(hub)
    spoil(hub)
    assert codes(office.look(hub)) == {("act", f"hub_{state}")}


def test_records_in_dispute_and_entries_that_are_withheld_are_counted(hub, office, visitor):
    office.save("CV-1", notes="a")
    together(hub, office, visitor)
    office.save("CV-1", notes="b")
    visitor.save("CV-1", notes="c")
    together(hub, office, visitor)
    rows = [(sha256(why.encode()).digest(), why) for why in ("forged", "closed")]
    office.store.connection.executemany("INSERT INTO withheld(rev, why) VALUES (?, ?)", rows)
    found = office.look(hub)
    assert found.conflicts == 1
    assert codes(found) == {("act", "conflicts"), ("act", "withheld")}
    assert len(words_of(found, "withheld")) == 1  # what is sealed to others is as it should be


# What a laptop says of itself


def test_a_laptop_with_nothing_to_do_writes_nothing(hub, office, visitor):
    together(hub, office, visitor)
    for _ in range(3):
        later(office, visitor, days=1)
        before, held = snapshot(hub.parent), visitor.revs()
        visitor.share(hub)
        assert snapshot(hub.parent) == before
        assert visitor.revs() == held


def test_a_laptop_speaks_once_a_day_at_most_and_along_with_other_things(hub, office, visitor):
    together(hub, office, visitor)
    sent = []
    for hours in (30, 2, 2, 30):
        later(office, visitor, hours=hours)
        visitor.save(f"CV-{visitor.moment}")
        sent.append(visitor.share(hub).sent)
    assert sent == [2, 1, 1, 2]


def test_a_laptop_that_has_nothing_to_send_is_heard_of_before_it_is_called_silent(hub, office, visitor):
    together(hub, office, visitor)
    for _ in range(10):
        later(office, visitor, days=2)
        visitor.share(hub)
        office.share(hub)
        assert not of(office.look(hub), "ICV03").overdue
    assert visitor.share(hub).sent == 0


def test_reports_begun_and_not_sent_are_told_with_their_age(hub, office, visitor):
    together(hub, office, visitor)
    later(office, visitor, days=2)
    visitor.drafted(2, days_ago=5)
    visitor.save("CV-1")
    together(hub, office, visitor)
    said = of(office.look(hub), "ICV03").presence
    assert (said.drafts, said.waiting) == (2, 1)
    assert words_of(office.look(hub), "drafts") == []
    later(office, visitor, days=4)
    office.share(hub)
    assert words_of(office.look(hub), "drafts") == ["ICV03: 2 reports not sent, one for 9 days."]
    assert "2 reports begun and not sent" in known_words(of(office.look(hub), "ICV03"), office.look(hub))


def test_what_a_laptop_says_that_makes_no_sense_is_not_heard(hub, office, visitor):
    together(hub, office, visitor)
    visitor.store.save("presence", visitor.identity.device, {"at": "yesterday", "drafts": "many"})
    together(hub, office, visitor)
    assert of(office.look(hub), "ICV03").presence is None


def test_a_laptop_that_has_not_shared_for_too_long_is_named(hub, office, visitor):
    together(hub, office, visitor)
    later(office, days=7)
    office.share(hub)
    assert not of(office.look(hub), "ICV03").overdue
    later(office, days=2)
    office.share(hub)
    assert words_of(office.look(hub), "silent") == ["ICV03: nothing has come for 9 days; the scheme allows 7."]


def test_the_scheme_says_how_long_is_too_long(hub, office, visitor):
    office.store.save("scheme", "scheme", {"sync_within_days": 20})
    together(hub, office, visitor)
    later(office, days=15)
    office.share(hub)
    assert words_of(office.look(hub), "silent") == []


def test_the_office_that_has_not_looked_itself_blames_nobody_else(hub, office, visitor):
    together(hub, office, visitor)
    later(office, days=30)
    assert codes(office.look(hub)) == {("act", "not_shared"), ("know", "not_read")}


# What is missing


def rows_of(desk):
    return [desk.store.row(rev) for rev in sorted(desk.revs(), key=lambda rev: desk.store.row(rev)[3])]


def test_entries_that_have_not_arrived_are_numbered_and_told_no_more_once_they_have(hub, office, visitor):
    for number in range(8):
        visitor.save(f"CV-{number}")
    rows = rows_of(visitor)
    office.store.ingest(rows[:2] + rows[5:])
    found = office.look(hub)
    assert of(found, "ICV03").gaps == ((3, 5),)
    assert [each for each in words_of(found, "gap") if "3 entries have not arrived (numbers 3 to 5)" in each]
    office.store.ingest(rows[2:3])
    assert of(office.look(hub), "ICV03").gaps == ((4, 5),)
    office.store.ingest(rows)
    found = office.look(hub)
    assert (of(found, "ICV03").gaps, found.unknown) == ((), 0)


def test_what_others_build_upon_and_is_not_here_is_counted(hub, office, visitor, tmp_path):
    third = Told(tmp_path, "ICV04")
    office.save("CV-1", notes="a")
    together(hub, office, third)
    third.store.save("visit", "CV-1", {"notes": "b"})
    answered = third.store.row(third.store.current("visit", "CV-1").heads[0])
    body = {"notes": "c"}
    unseen = make(
        record=record_id("visit", "CV-1"), replica=bytes(16), seq=1, prev=None, parents=(answered[0],), hlc=1,
        author="ICV09", kind="visit", body=body, key="CV-1",
    )  # fmt: skip
    office.store.ingest([unseen.as_columns()])
    assert office.look(hub).unknown == 1
    office.store.ingest([answered])
    assert office.look(hub).unknown == 0
    third.close()


# Clocks and restored backups


def test_a_clock_that_is_wrong_by_a_month_is_named_whichever_way(hub, office, visitor):
    together(hub, office, visitor)
    for by, words in ((40, "40 days fast"), (-80, "40 days slow")):
        visitor.clock_is_off(days=by)
        visitor.save(f"CV-{by}")
        visitor.share(hub)
        later(visitor, days=2)
        later(office, days=2)
        visitor.save(f"CV-again-{by}")
        together(hub, visitor, office)
        (said,) = words_of(office.look(hub), "clock_off")
        assert said.startswith("ICV03")
        assert words in said
    assert "went back once, by 79 days" in words_of(office.look(hub), "clock_back")[0]


def test_a_clock_that_is_off_by_minutes_is_not_worth_a_word(hub, office, visitor):
    together(hub, office, visitor)
    visitor.clock_is_off(minutes=8)
    for day in range(3):
        later(office, visitor, days=2)
        visitor.save(f"CV-{day}")
        together(hub, visitor, office)
    assert points(office.look(hub)) == ()


def test_an_entry_dated_in_the_future_is_told_before_its_laptop_speaks(hub, office, visitor):
    together(hub, office, visitor)
    visitor.clock_is_off(hours=5)
    visitor.save("CV-1")
    visitor.share(hub)
    office.share(hub)
    (said,) = words_of(office.look(hub), "clock_ahead")
    assert "5 hours in the future" in said or "4 hours in the future" in said


def test_a_restored_backup_that_wrote_on_is_told_as_one_laptop(hub, office, visitor, tmp_path):
    together(hub, office, visitor)
    visitor.backup(tmp_path / "backup.db")
    visitor.save("CV-1", notes="a")
    visitor.share(hub)
    visitor.restore(tmp_path / "backup.db")
    visitor.save("CV-2", notes="b")  # the number of CV-1 once more
    visitor.share(hub)
    visitor.save("CV-3", notes="c")
    later(visitor, office, days=2)
    together(hub, visitor, office)
    found = office.look(hub)
    device = of(found, "ICV03")
    assert (len(device.writers), device.forks) == (2, 1)
    assert {("know", "restored"), ("know", "fork")} <= codes(found)
    assert len(found.devices) == 2


# Damaged files


def put_by(hub, desk):
    """Have `desk` send a pack of 30 entries, and return it."""
    before = set(packs_of(hub))
    for number in range(30):
        long = "".join(sha256(f"{number}-{part}".encode()).hexdigest() for part in range(40))
        desk.save(f"CV-{desk.name}-{number}", notes=long)
    desk.share(hub)
    (pack,) = set(packs_of(hub)) - before
    return pack


def test_a_damaged_pack_is_listed_with_what_was_found_and_that_all_of_it_is_here(hub, office, visitor):
    together(hub, office, visitor)
    pack = put_by(hub, visitor)
    office.share(hub)
    spoil_tail(pack)
    later(office, visitor, days=2)
    assert office.share(hub).quarantined
    found = office.examine(hub)
    (aside,) = found.put_aside
    assert aside.file.name.endswith(".bad")
    assert (aside.examined.missing, aside.examined.new) == ((), 0)
    assert ("know", "put_aside") in codes(found)
    assert "on this laptop" in words_of(found, "put_aside")[0]
    assert office.look(hub).put_aside == found.put_aside  # it is not read a second time


def test_what_only_a_damaged_file_still_has_is_taken_from_it(hub, office, visitor):
    together(hub, office, visitor)
    pack = put_by(hub, visitor)
    pack.rename(pack.with_name(f"{pack.name}.0123.bad"))
    found = office.examine(hub)
    (aside,) = found.put_aside
    assert (aside.examined.entries, aside.examined.new, aside.examined.missing) == (30, 30, ())
    assert aside.examined.readable == {"visit": 30}
    assert office.store.current("visit", "CV-ICV03-29") is not None


def test_what_a_damaged_file_held_and_nobody_here_has_is_numbered_until_somebody_sends_it(hub, office, visitor):
    together(hub, office, visitor)
    pack = put_by(hub, visitor)
    spoil_tail(pack)
    pack.rename(pack.with_name(f"{pack.name}.0123.bad"))
    found = office.examine(hub)
    (aside,) = found.put_aside
    assert 0 < len(aside.examined.missing) <= 30
    assert aside.examined.entries + len(aside.examined.missing) == 30
    assert ("act", "put_aside") in codes(found)
    visitor.share(hub)
    office.share(hub)
    found = office.examine(hub)
    assert found.put_aside[0].examined.missing == ()
    assert {code for level, code in codes(found) if level == "act"} == set()


def test_a_damaged_file_that_cannot_be_read_at_all_says_so(hub, office):
    office.share(hub)
    hub.with_name("Scheme.icvhub.0123.bad").write_bytes(b"garbage")
    hub.with_name("Scheme.icvhub.4567.bad").write_bytes(b"")
    found = office.examine(hub)
    assert [each.examined.opened for each in found.put_aside] == [False, False]
    assert all("Nothing in it can be read" in words for words in words_of(found, "put_aside"))


def test_everything_can_be_said_in_json(hub, office, visitor):
    together(hub, office, visitor)
    truncate(put_by(hub, visitor))
    visitor.drafted(1, days_ago=1)
    together(hub, visitor, office)
    told = json.loads(json.dumps(document(office.examine(hub))))
    assert told["share"]["state"] == "sound"
    assert [each["person"] for each in told["devices"]] == ["OFFICE1", "ICV03"]
    assert len(told["put_aside"]) == 1
    assert told["ok"] is True


# The reminder


def test_a_volunteer_is_reminded_of_reports_from_half_of_the_days_on(hub, visitor):
    visitor.share(hub)
    visitor.save("CV-1")
    visitor.save("CV-2")
    later(visitor, days=3)
    assert reminder(visitor.store) == ""
    later(visitor, days=1)
    assert reminder(visitor.store).startswith("Your last 2 reports are only on this laptop.")
    visitor.share(hub)
    assert reminder(visitor.store) == ""


def test_a_volunteer_without_reports_is_reminded_after_all_of_the_days(hub, visitor):
    assert reminder(visitor.store) == ""
    visitor.share(hub)
    later(visitor, days=6)
    assert reminder(visitor.store) == ""
    later(visitor, days=2)
    assert reminder(visitor.store).startswith("This laptop last shared 8 days ago.")


def test_a_report_that_was_never_shared_is_reminded_of_by_its_own_age(visitor):
    visitor.save("CV-1")
    later(visitor, days=4)
    assert reminder(visitor.store).startswith("Your last report is only on this laptop.")
