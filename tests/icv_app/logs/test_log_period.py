"""The log's period: old entries go from laptop and office, and only the office accounts for what is missing."""

from datetime import date

import pytest

from icv_app.errors import InvalidInput
from icv_app.logs import log_period, trail
from icv_app.logs.logbook import Logbook
from icv_app.office import disposal
from icv_app.scheme import retention
from icv_app.storage import audit, erasure, holds
from icv_app.storage.audit import Note
from icv_app.storage.holds import Hold
from icv_app.storage.revision import record_id
from tests.shared_folder import Desk

DEVICE = "d2" * 16
LATER = {"days": 6 * 366}


@pytest.fixture
def office(tmp_path):
    desk = Desk(tmp_path, "OFFICE1")
    desk.save("D1", kind="enrolment", person="OFFICE1", role="coordinator", device="D1")
    desk.save("scheme", kind="scheme", name="Testshire")
    yield desk
    desk.close()


@pytest.fixture
def volunteer(tmp_path):
    desk = Desk(tmp_path, "ICV01")
    desk.store.connection.execute("INSERT INTO meta(k, v) VALUES ('device', ?)", (DEVICE,))
    yield desk
    desk.close()


def reads(desk, count):
    notes = [Note(action="read", kind="visit", key=f"CV-{number}") for number in range(count)]
    with desk.store.transaction():
        audit.append(desk.store.connection, notes, person=desk.name, at=desk.store.clock.now())


def hands_over(desk, office):
    """Have the office hold the parts that wait on the volunteer's laptop."""
    with desk.store.transaction():
        for key, body, last in list(audit.parts(desk.store.connection)):
            office.store.save("audit", key, body)
            audit.mark_handed_over(desk.store.connection, last)


def pass_(time, *desks):
    for desk in desks:
        desk.passes(**time)


def numbers(desk):
    return [entry.n for entry in audit.entries(desk.store.connection)]


def due(office):
    lines = retention.due(office.store, office.store.clock.today())
    return [line for line in lines if line.name == retention.LOG]


def dispose(office, lines):
    planned = disposal.changes(office.store, lines, office.store.clock.today())
    return disposal.carry_out(office.store, planned, act="retention", reason="kept long enough", by="OFFICE1")


def chain(office):
    (found,) = (each for each in trail.read(office.store).chains if each.device == DEVICE)
    return found


def test_opening_a_laptop_cuts_the_old_entries_that_it_had_handed_over(volunteer, office):
    reads(volunteer, 3)
    hands_over(volunteer, office)
    reads(volunteer, 2)
    pass_(LATER, volunteer)
    Logbook(volunteer.store).opened(0)
    kept = list(audit.entries(volunteer.store.connection))
    assert [entry.action for entry in kept] == ["read", "read", "opened", "cut"]
    assert kept[-1].detail["through"] == 3
    assert audit.verify(volunteer.store.connection) is None
    assert trail.read(volunteer.store).flaws == ()  # nor is anything missing where no part can be read


def test_what_is_younger_than_the_period_stays(volunteer, office):
    reads(volunteer, 3)
    hands_over(volunteer, office)
    pass_({"days": 6 * 365 - 2}, volunteer)
    assert log_period.cut_old(volunteer.store) == 0
    retention.save(volunteer.store, {retention.LOG: 12})
    assert log_period.cut_old(volunteer.store) == 3


def test_a_log_that_was_tampered_with_is_not_cut(volunteer, office):
    reads(volunteer, 3)
    hands_over(volunteer, office)
    volunteer.store.connection.execute("UPDATE audit SET key = 'CV-9' WHERE n = 2")
    pass_(LATER, volunteer)
    assert log_period.cut_old(volunteer.store) == 0
    assert numbers(volunteer) == [1, 2, 3]


def test_the_log_cannot_be_set_to_be_emptied_at_once(office):
    with pytest.raises(InvalidInput):
        retention.save(office.store, {retention.LOG: 5})
    record = office.store.current("scheme", "scheme")
    office.store.save("scheme", "scheme", {**record.body, "retention": {"audit_log": 0}})
    assert retention.rules(office.store).months[retention.LOG] == 72


def test_a_part_is_due_by_its_last_entry_and_disposal_erases_it(volunteer, office):
    reads(volunteer, 3)
    hands_over(volunteer, office)
    pass_(LATER, volunteer, office)
    reads(volunteer, 2)
    hands_over(volunteer, office)
    (line,) = due(office)
    assert line.key.startswith(f"{DEVICE}|0000001|")
    number = dispose(office, [line])
    assert due(office) == []
    assert office.store.current("audit", line.key) is None
    assert erasure.is_erased(office.store.connection, line.record)
    found = chain(office)
    assert (found.count, found.flaws) == (2, ())
    assert found.disposed == (f"3 entries between 1 and 3 were disposed of when their time was over ({number})",)


def test_a_gap_that_no_certificate_accounts_for_is_missing_whatever_the_laptop_says(volunteer, office):
    reads(volunteer, 3)
    with volunteer.store.transaction():  # a doctored program: never handed over, and called lawfully cut
        *_, last = audit.entries(volunteer.store.connection)
        audit.mark_handed_over(volunteer.store.connection, last)
        audit.cut(volunteer.store.connection, 3, person="ICV01", at=volunteer.store.clock.now())
    hands_over(volunteer, office)
    assert audit.verify(volunteer.store.connection) is None
    assert chain(office).flaws == ("entries 1 to 3 are missing: they have not arrived, or were taken out",)


@pytest.mark.parametrize("lie", ["no order", "longer", "another list"])
def test_a_certificate_accounts_for_what_an_order_names_and_no_more(volunteer, office, lie):
    for _ in range(3):
        reads(volunteer, 2)
        hands_over(volunteer, office)
        pass_({"minutes": 1}, volunteer, office)
    pass_(LATER, volunteer, office)
    number = dispose(office, due(office)[:1])
    assert chain(office).flaws == ()
    body = office.store.current("disposal", number).body
    (reference,) = body["references"]
    if lie == "no order":  # of the second part, which is then taken out by hand
        key = due(office)[0].key
        office.store.save("audit", key, {"deleted": True})
        reference = {**reference, "log": log_period.told(key, office.store.history(record_id("audit", key))[0].body)}
        office.store.save("disposal", "D-1", {**body, "references": [reference]})
    elif lie == "longer":
        reference = {**reference, "log": {**reference["log"], "last": 4}}
        office.store.save("disposal", number, {**body, "references": [reference]})
    else:
        reference = {**reference, "log": {**reference["log"], "hash": "00" * 32}}
        office.store.save("disposal", number, {**body, "references": [reference]})
    assert chain(office).flaws != ()


def test_a_log_that_goes_on_from_something_else_than_what_was_disposed_of_shows(volunteer, office):
    reads(volunteer, 2)
    hands_over(volunteer, office)
    pass_(LATER, volunteer, office)
    dispose(office, due(office))
    volunteer.store.connection.execute("DELETE FROM audit")
    forged = audit.made(3, volunteer.moment.isoformat(), "ICV01", DEVICE, "read", "", "", "", bytes(32))
    volunteer.store.connection.execute(
        "INSERT INTO audit VALUES (3, ?, 'ICV01', ?, 'read', '', '', '', ?, ?)",
        (forged.at, DEVICE, forged.prev, forged.hash),
    )
    hands_over(volunteer, office)
    assert chain(office).flaws == ("entry 3 does not follow the one before it",)


@pytest.mark.parametrize("what", [{"record": "CV-1"}, {"site": "euston"}])
def test_the_part_that_tells_of_a_held_report_stays(volunteer, office, what):
    office.save("CV-1", site="euston", date="2026-11-01")
    reads(volunteer, 2)
    hands_over(volunteer, office)
    wanted = Hold(key="", reason="complaint", words="", by="OFFICE1", since="2026-11-01", **what)
    disposal.hold(office.store, wanted)
    pass_(LATER, volunteer, office)
    (line,) = due(office)
    assert not line.ready
    assert holds.standing(office.store.connection)
    with pytest.raises(InvalidInput) as refused:
        dispose(office, [line])
    assert refused.value.code == "held"


def test_the_certificates_list_is_checked_with_what_it_says_of_the_log(volunteer, office):
    reads(volunteer, 2)
    hands_over(volunteer, office)
    pass_(LATER, volunteer, office)
    number = dispose(office, due(office))
    body = office.store.current("disposal", number).body
    assert disposal.list_hash(body["references"]) == body["list_hash"]
    body["references"][0]["log"]["last"] += 1
    assert disposal.list_hash(body["references"]) != body["list_hash"]
    assert date.fromisoformat(body["references"][0]["since"]) <= office.store.clock.today()
