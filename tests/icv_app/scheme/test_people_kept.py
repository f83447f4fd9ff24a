"""What is held on volunteers: told to them whole, disposed of in time without changing a count, in no export."""

from datetime import UTC, date, datetime

import pytest

from icv_app.clock import Clock
from icv_app.counting import hours
from icv_app.office import disposal
from icv_app.scheme import duties, retention, status_rows, volunteer_file
from icv_app.scheme.duties import Duty
from icv_app.scheme.volunteer_file import File, Training
from icv_app.storage import facts
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
    why = {"slot": "S1", "visitors": ["ICV98", "ICV61"], "reason": "Agreed by telephone", "on": "2019-06-01"}
    office.store.save("overrule", "S1", {**why, "against": ["away"]})
    office.store.save("filter", "ICV61|mine", {"visitor": "ICV61", "name": "mine", "words": "blankets"})
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
    assert by_kind["filter"] == [{"Name of a saved search": "mine", "Words looked for": "blankets"}]
    assert by_kind["overrule"] == [
        {"Why they were named for a visit all the same": "Agreed by telephone", "Day": "1 June 2019"}
    ]
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


def test_who_was_on_the_rota_is_disposed_of_with_the_visits_and_no_slot_is_lost(office):
    store = office.store
    slot = {
        "slot": "S9", "measure": "custody_visit", "site": "euston", "period_start": "2020-11-16", "status": "missed",
        "reason": "No escort", "visitors": ["ICV61", "ICV62"],
    }  # fmt: skip
    store.save("slot", "S9", {**slot, "visitors": ["ICV60", "ICV62"]})
    store.save("slot", "S9", slot)
    store.save("slot", "S10", {**slot, "slot": "S10", "period_start": "2020-11-23"})
    store.save("plan", "S9", {"slot": "S9", "visitors": ["ICV61", "ICV62"], "day": "2020-11-18", "time": "21:15"})
    before = store.connection.execute("SELECT slot, measure, site, period_start, status FROM fact_slot").fetchall()
    lines = retention.due(store, TODAY)
    assert [(line.name, line.kind, line.key) for line in lines] == [("visits", "slot", "S9"), ("visits", "plan", "S9")]
    disposal.carry_out(
        store, disposal.changes(store, lines, TODAY), act="retention", reason="Their time is over.", by="OFFICE"
    )
    assert retention.due(store, TODAY) == ()
    assert list(store.records("plan")) == []
    held = store.current("slot", "S9")
    assert held.body["reason"] == "No escort"
    assert "ICV6" not in str([held.body, *(each.body for each in store.history(held.record))])
    assert store.current("slot", "S10").body["visitors"] == ["ICV61", "ICV62"]
    after = store.connection.execute("SELECT slot, measure, site, period_start, status FROM fact_slot").fetchall()
    assert sorted(after) == sorted(before)


def test_why_somebody_was_named_all_the_same_goes_with_what_is_held_on_them(office):
    fill(office.store)
    office.store.save("overrule", "S1", {"slot": "S1", "visitors": ["ICV99", "ICV61"], "reason": "Asked by telephone"})
    office.store.save("overrule", "S2", {"slot": "S2", "visitors": ["ICV99", "ICV98"], "reason": "The same"})
    office.store.save("adopted_rota", "Q|1", {"slots": {"S1": {"before": ["ICV61", "ICV99"], "after": ["ICV98"]}}})
    office.store.save("adopted_rota", "Q|2", {"slots": {"S1": {"after": ["ICV98"]}, "S2": 3}})
    lines = retention.due(office.store, TODAY)
    assert {line.key for line in lines if line.kind in ("overrule", "adopted_rota")} == {"S1", "Q|1"}
    disposal.carry_out(
        office.store, disposal.changes(office.store, lines, TODAY), act="retention", reason="Their time is over.",
        by="OFFICE",
    )  # fmt: skip
    assert {record.key for kind in ("overrule", "adopted_rota") for record in office.store.records(kind)} == {
        "S2", "Q|2",
    }  # fmt: skip
