"""The rota in calendars: read by two parsers, brought up to date by a later file, and silent about days and times."""

import re
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day

import icalendar
import pytest
import vobject

from icv_app.clock import Clock
from icv_app.errors import InvalidInput
from icv_app.rotas import planning, rota_calendar
from icv_app.rotas.rota_office import Rota
from tests.laptops import founded, give, joined

TODAY = datetime(2026, 12, 7, 9, tzinfo=UTC)


class Time:
    def __init__(self):
        self.now = TODAY

    def __call__(self):
        return self.now


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def laptop(tmp_path, time):
    with founded(tmp_path / "office", clock=Clock(time)) as office:
        office.store.save_all([
            ("site", "euston", {
                "site": "euston", "name": "Euston Street, “A” wing; Leicester", "kind": "custody_suite"}),
            ("site", "kennels", {"site": "kennels", "name": "Dog Unit Kennels", "kind": "dog_unit_kennels"}),
            ("target", "custody_visit||2026-01-01", {
                "measure": "custody_visit", "site": "", "number": 1, "per": "week", "from": "2026-01-01"}),
            *(("visitor", f"ICV0{number}|2024-01-01", {
                "visitor": f"ICV0{number}", "roles": ["icv", "awv"], "status": "active", "from": "2024-01-01"})
              for number in range(1, 5)),
            slot("S1", "euston", "2026-12-07", ["ICV01", "ICV02"]),
            slot("S2", "euston", "2026-12-14", ["ICV03", "ICV01"]),
            slot("S3", "kennels", "2026-12-01", ["ICV01", "ICV04"], measure="kennel_visit"),
            slot("S4", "euston", "2026-12-21", ["ICV02", "ICV03"]),
        ])  # fmt: skip
        yield office


def slot(key, site, starts, visitors, measure="custody_visit"):
    body = {"slot": key, "measure": measure, "site": site, "period_start": starts, "status": "planned", "reason": ""}
    return "slot", key, {**body, "visitors": visitors}


def written(laptop, file, person="ICV01"):
    rota_calendar.save(laptop.store, file, scheme=laptop.identity.hub_id, since=date(2026, 12, 1), person=person)
    return file.read_bytes()


def by_icalendar(content):
    """Return the events by UID as one library reads them."""
    return {
        str(event["uid"]): (
            event["dtstart"].dt, event["dtend"].dt, str(event["summary"]), str(event["status"]), int(event["sequence"]),
            event["dtstamp"].dt,
        )
        for event in icalendar.Calendar.from_ical(content).walk("VEVENT")
    }  # fmt: skip


def by_vobject(content):
    """Return the events by UID as another library reads them."""
    return {
        event.uid.value: (
            event.dtstart.value, event.dtend.value, event.summary.value, event.status.value, int(event.sequence.value),
            event.dtstamp.value,
        )
        for event in vobject.readOne(content.decode()).vevent_list
    }  # fmt: skip


def read(content):
    """Return the events by UID, once both libraries agree on them."""
    found = by_icalendar(content)
    assert by_vobject(content) == found
    return found


def test_a_volunteers_file_holds_their_slots_as_whole_weeks_and_months(laptop, tmp_path):
    found = sorted(read(written(laptop, tmp_path / "own.ics")).values())
    assert [(first, end, words, status) for first, end, words, status, _, _ in found] == [
        (date(2026, 12, 1), date(2027, 1, 1), "Kennel visit: Dog Unit Kennels, with ICV04", "CONFIRMED"),
        (date(2026, 12, 7), date(2026, 12, 14), "Custody visit: Euston Street, “A” wing; Leicester, with ICV02",
         "CONFIRMED"),
        (date(2026, 12, 14), date(2026, 12, 21), "Custody visit: Euston Street, “A” wing; Leicester, with ICV03",
         "CONFIRMED"),
    ]  # fmt: skip
    assert {stamp for *_, stamp in found} == {TODAY}


def test_the_offices_file_holds_every_slot_and_names_both(laptop, tmp_path):
    found = sorted(read(written(laptop, tmp_path / "all.ics", person="")).values())
    assert len(found) == 4
    assert found[0][2] == "Kennel visit: Dog Unit Kennels, ICV01 and ICV04"


def test_the_same_records_give_the_same_bytes_at_any_time(laptop, tmp_path, time):
    before = written(laptop, tmp_path / "a.ics")
    time.now += timedelta(days=2)
    assert written(laptop, tmp_path / "b.ics") == before


def test_a_later_file_brings_each_event_up_to_date_and_doubles_none(laptop, tmp_path, time):
    calendar = read(written(laptop, tmp_path / "a.ics"))
    before = dict(calendar)
    time.now += timedelta(hours=1)
    office = Rota(laptop.store, laptop.identity, laptop.clock, office=True)
    office.mark("S1", "cancelled", "operational_deployment", by="police")
    office.name("S2", ("ICV03", "ICV04"))
    calendar.update(read(written(laptop, tmp_path / "b.ics")))  # what a calendar does: by UID
    assert len(calendar) == len(before) == 3
    moved = {uid for uid in calendar if calendar[uid] != before[uid]}
    assert sorted(calendar[uid][0] for uid in moved) == [date(2026, 12, 7), date(2026, 12, 14)]
    for uid in moved:
        *_, words, status, sequence, stamp = calendar[uid]
        assert words.endswith("(called off)")
        assert status == "CANCELLED"
        assert sequence == before[uid][-2] + 1
        assert stamp == TODAY + timedelta(hours=1)


def test_a_slot_that_is_planned_again_comes_back_under_its_uid(laptop, tmp_path):
    office = Rota(laptop.store, laptop.identity, laptop.clock, office=True)
    first = read(written(laptop, tmp_path / "a.ics"))
    office.mark("S1", "withdrawn", "suite_closed")
    office.plan_again("S1")
    again = read(written(laptop, tmp_path / "b.ics"))
    (uid,) = (uid for uid in first if first[uid][0] == date(2026, 12, 7))
    assert again[uid][3] == "CONFIRMED"
    assert again[uid][4] == 2


def test_no_day_time_or_number_of_anybody_in_custody_is_in_any_file(laptop, tmp_path):
    bare = written(laptop, tmp_path / "a.ics")
    planning.plan(laptop.store, "S1", date(2026, 12, 9), time_of_day(19, 30), today=date(2026, 12, 7))
    for person in ("ICV01", ""):
        content = written(laptop, tmp_path / "b.ics", person=person)
        assert b"20261209" not in content
        assert not re.search(rb"19:?30", content)
        assert not re.search(rb"DT(START|END)[^\r]*T\d", content)
    assert written(laptop, tmp_path / "c.ics") == bare


def test_every_laptop_writes_the_same_events(laptop, tmp_path):
    with joined(laptop, tmp_path / "visitor", "ICV01") as visitor:
        give(laptop, visitor)
        own = rota_calendar.entries(
            visitor.store, scheme=visitor.identity.hub_id, since=date(2026, 12, 1), person="ICV01", whole=False
        )
        theirs = rota_calendar.entries(
            laptop.store, scheme=laptop.identity.hub_id, since=date(2026, 12, 1), person="ICV01"
        )
        assert own == theirs


def test_two_schemes_with_a_slot_of_one_name_share_no_uid(laptop):
    one, other = (
        rota_calendar.entries(laptop.store, scheme=scheme, since=date(2026, 12, 1)) for scheme in ("one", "other")
    )
    assert not {each.uid for each in one} & {each.uid for each in other}


def test_what_is_over_is_left_out_and_a_file_of_nothing_is_not_written(laptop, tmp_path):
    kept = rota_calendar.entries(laptop.store, scheme="x", since=date(2026, 12, 21), person="ICV01")
    assert [each.slot.slot for each in kept] == ["S3"]
    with pytest.raises(InvalidInput, match="no visit"):
        written(laptop, tmp_path / "none.ics", person="ICV09")
    assert not (tmp_path / "none.ics").exists()


def test_writing_one_is_in_the_log(laptop, tmp_path):
    written(laptop, tmp_path / "a.ics")
    newest = "SELECT action, detail FROM audit ORDER BY n DESC LIMIT 1"
    action, detail = laptop.store.connection.execute(newest).fetchone()
    assert action == "exported"
    assert '"calendar"' in detail
