"""What is held on volunteers: told to them whole, disposed of in time without changing a count, in no export."""

from datetime import UTC, date, datetime

import pytest

from icv_app import disposal, duties, facts, hours, retention, status_rows, volunteer_file
from icv_app.clock import Clock
from icv_app.duties import Duty
from icv_app.volunteer_file import File, Training
from tests.laptops import founded, give, joined

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LEFT = date(2020, 6, 1)
AWAY = {"period": "2020-21-Q1", "weeks": ["2020-04-06", "2020-04-13"], "months": [], "note": "Away at Easter"}


@pytest.fixture
def office(tmp_path):
    with founded(tmp_path / "office", clock=Clock(lambda: NOW)) as laptop:
        yield laptop


def fill(store, code="ICV61", left=LEFT, applied=False):
    """Enter a volunteer who left, with everything that can be held on one."""
    status_rows.enlist(store, code, "applicant" if applied else "active", ["icv"], date(2015, 1, 1))
    status_rows.change(store, code, "left", ["icv"], left)
    held = volunteer_file.read(store, code)
    volunteer_file.save(
        store,
        File(
            visitor=code, vetting_until=date(2021, 3, 4), started=held.started, left=left, note="Prefers afternoons.",
            tact_accredited=True,
        ),
    )  # fmt: skip
    course = Training(course="Safeguarding", on=date(2018, 1, 1), until=date(2022, 5, 6), required=True)
    volunteer_file.put_training(store, code, course, TODAY)
    duty = Duty(visitor=code, day=date(2019, 5, 1), kind="panel", minutes=90, travel=30, note="At HQ", expenses=1240)
    duties.save(store, duty, TODAY)
    store.save("availability", f"{code}|2020-21-Q1", {"visitor": code, **AWAY})
    store.save("swap", f"S1|{code}|ICV99", {"slot": "S1", "asked_by": code, "asked": "ICV99", "state": "declined"})


def test_everything_on_a_volunteer_is_due_six_years_after_they_left(office):
    fill(office.store)
    fill(office.store, "ICV62", left=date(2020, 11, 23))
    status_rows.enlist(office.store, "ICV99", "active", ["icv"], date(2015, 1, 1))
    due = retention.due(office.store, TODAY)
    assert {line.name for line in due} == {"volunteers"}
    assert {line.since for line in due} == {date(2026, 6, 1)}
    assert sorted(line.kind for line in due) == ["availability", "duty", "swap", "visitor", "visitor", "volunteer"]
    assert all("ICV61" in line.key for line in due)


def test_an_applicants_file_is_due_with_the_application(office):
    fill(office.store, applied=True)
    assert {line.name for line in retention.due(office.store, TODAY)} == {"applicants"}
    office.store.save("volunteer", "ICV70", {"visitor": "ICV70", "left": "2019-01-01"})
    assert [line.key for line in retention.due(office.store, TODAY) if line.name == "volunteers"] == ["ICV70"]


def test_their_minutes_stay_under_a_made_up_reference_and_nothing_else_does(office, tmp_path):
    fill(office.store)
    before = hours.minutes(office.store.connection, date(2019, 1, 1), date(2019, 12, 31))
    lines = retention.due(office.store, TODAY)
    disposal.carry_out(
        office.store, disposal.changes(office.store, lines, TODAY), act="retention", reason="Their time is over.",
        by="OFFICE",
    )  # fmt: skip
    after = hours.minutes(office.store.connection, date(2019, 1, 1), date(2019, 12, 31))
    assert list(after.values()) == list(before.values())
    (stands,) = after
    assert stands.startswith("former-")
    assert {record.body["visitor"] for record in office.store.records("visitor")} == {stands}
    for kind in ("volunteer", "availability", "swap"):
        assert list(office.store.records(kind)) == []
    (duty,) = office.store.records("duty")
    assert set(duty.body) == {"visitor", "date", "kind", "minutes", "travel_minutes", "disposed"}
    assert retention.due(office.store, TODAY) == ()
    facts.rebuild(office.store.connection)
    assert hours.minutes(office.store.connection, date(2019, 1, 1), date(2019, 12, 31)) == after
    with joined(office, tmp_path / "other", "ICV02") as other:
        give(office, other)
        assert list(other.store.records("duty")) == []


def test_what_is_held_on_a_volunteer_has_their_file_and_hours_in_words(office):
    fill(office.store)
    found = office.oversight.find("icv61")
    by_kind = {}
    for item in found.items:
        by_kind.setdefault(item.kind, []).append(dict(item.about))
    assert set(by_kind) >= {"visitor", "volunteer", "duty", "availability", "swap"}
    (file,), (duty,) = by_kind["volunteer"], by_kind["duty"]
    assert file["Vetting expires on"] == "4 March 2021"
    assert file["Note"] == "Prefers afternoons."
    assert file["Training “Safeguarding”"] == "on 1 January 2018, holds until 6 May 2022"
    assert (duty["How long"], duty["Travel"], duty["Expenses"]) == ("1 h 30 min", "30 min", "£12.40")
    assert by_kind["availability"] == [
        {
            "Period": "2020-21-Q1", "Note": "Away at Easter",
            "Weeks when they cannot visit, by their Monday": "6 April 2020, 13 April 2020",
        }
    ]  # fmt: skip
    assert {"Status": "Left", "Roles": "Custody visitor"}.items() <= by_kind["visitor"][1].items()
    copy = office.oversight.copy_of(found, unmasked=False)
    kept = next(dict(item.about) for item in copy.items if item.kind == "volunteer")
    assert kept["Vetting expires on"] == "4 March 2021"
    other = {item.key: item for item in office.oversight.find("ICV99").items}
    assert set(other) == {"S1|ICV61|ICV99"}


def test_nothing_of_files_or_hours_is_in_an_export_and_one_taken_in_again_is_the_same(office, tmp_path):
    fill(office.store)
    office.export_folder(tmp_path / "first")
    office.export_tables(tmp_path / "tables.db")
    written = {path.name: path.read_bytes() for path in (tmp_path / "first").iterdir()}
    for name, content in {**written, "tables.db": (tmp_path / "tables.db").read_bytes()}.items():
        for secret in (b"2021-03-04", b"afternoons", b"Safeguarding", b"At HQ", b"Easter", b"2019-05-01"):
            assert secret not in content, (name, secret)
    assert b"ICV61,icv,active,2015-01-01,2020-05-31" in written["visitors.csv"]
    with founded(tmp_path / "again", clock=Clock(lambda: NOW)) as again:
        again.import_folder(tmp_path / "first")
        again.export_folder(tmp_path / "second")
    assert {path.name: path.read_bytes() for path in (tmp_path / "second").iterdir()} == written
