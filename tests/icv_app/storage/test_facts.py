"""Facts: typed rows from whatever a record's body holds."""

from contextlib import closing

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlite

from icv_app.clock import Clock
from icv_app.encryption import cipher
from icv_app.storage import facts, schema
from icv_app.storage.revision import record_id
from icv_app.storage.store import Store

KINDS = ("visit", "record_review", "slot", "site", "site_status", "target", "visitor", "throughput", "issue")
FIELDS = (
    "form", "slot", "site", "date", "status", "visit_type", "mode", "state", "access", "serious_issue", "arrived",
    "admitted", "left", "visitor_1", "visitor_2", "travel_minutes_1", "in_custody", "offered", "session", "measure",
    "recommendations", "of_which_immigration", "records", "from", "to", "days", "number", "per", "visitor", "roles",
    "persons_detained", "visit", "issues", "shared_with_staff_on", "name", "kind", "period_start", "deleted",
    "groups_present", "number_female", "not_available", "na_reasons", "na_asleep", "positive_comments", "dogs_seen",
    "t2_arrival", "t16_left", "is91_complete", "authority_shown", "training_status", "cancelled_by", "reason_code",
    "reason",
)  # fmt: skip
VISIT = {
    "form": "custody_visit", "site": "s", "date": "2025-07-03", "status": "completed", "state": "submitted",
    "visitor_1": "ICV01", "visitor_2": "ICV02", "arrived": "09:00", "left": "10:15", "travel_minutes_1": 20,
}  # fmt: skip


def opened():
    connection = sqlite.connect(":memory:", isolation_level=None)
    for statement in facts.TABLES:
        connection.execute(statement)
    return connection


@pytest.fixture
def connection():
    with closing(opened()) as found:
        yield found


def visit_row(connection, columns, **changes):
    body = {name: value for name, value in {**VISIT, **changes}.items() if value is not None}
    facts.refresh(connection, record_id("visit", "V1"), "visit", "V1", body)
    (row,) = connection.execute(f"SELECT {columns} FROM fact_visit").fetchall()
    return row


def test_a_visit_becomes_one_typed_row(connection):
    assert visit_row(connection, "visit, form, site, date, week, month, status, counted") == (
        "V1", "custody_visit", "s", "2025-07-03", "2025-06-30", "2025-07", "completed", 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "minutes", "untimed"),
    [
        ({}, 75 + 20 + 75, 0),
        ({"travel_minutes_2": 30}, 75 + 20 + 75 + 30, 0),
        ({"visitor_2": None, "travel_minutes_2": 30}, 75 + 20, 0),  # travel of nobody is nobody's
        ({"visitor_2": "ICV01"}, 75 + 20, 0),  # one person named twice was there once
        ({"left": None}, 20, 1),
        ({"left": None, "status": "not_admitted"}, 20, 0),  # has no time of leaving by rule
        ({"visitor_1": None, "visitor_2": None}, 0, 0),
        ({"arrived": "23:30", "left": "00:30"}, 60 + 20 + 60, 0),
        ({"date": "2025-03-30", "arrived": "00:30", "left": "02:30"}, 60 + 20 + 60, 0),
        ({"arrived": "nine", "travel_minutes_1": "20"}, 20, 1),
    ],
)
def test_volunteer_minutes_are_length_and_travel_of_each_visitor_named(connection, changes, minutes, untimed):
    assert visit_row(connection, "minutes, untimed", **changes) == (minutes, untimed)


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({}, 1),
        ({"state": "accepted", "visit_type": "standard", "mode": "in_person"}, 1),
        ({"state": None}, 1),
        ({"visit_type": "return"}, 1),
        ({"visit_type": "tact"}, 0),
        ({"visit_type": "training"}, 0),
        ({"mode": "telephone"}, 0),
        ({"mode": "video"}, 0),
        ({"state": "returned"}, 0),
        ({"state": "draft"}, 0),
    ],
)
def test_only_submitted_and_accepted_standard_visits_in_person_count(connection, changes, counted):
    assert visit_row(connection, "counted", **changes) == (counted,)


def test_a_later_body_takes_the_place_of_the_row_and_a_deletion_takes_it_away(connection):
    visit_row(connection, "*")
    assert visit_row(connection, "site", site="t") == ("t",)
    facts.refresh(connection, record_id("visit", "V1"), "visit", "V1", {**VISIT, "deleted": True})
    assert connection.execute("SELECT count(*) FROM fact_visit").fetchone() == (0,)
    visit_row(connection, "*")
    facts.refresh(connection, record_id("visit", "V1"), "visit", "V1", None)
    assert connection.execute("SELECT count(*) FROM fact_visit").fetchone() == (0,)


def test_of_two_bodies_for_one_record_in_a_batch_the_later_stands(connection):
    record = record_id("site", "s")
    rows = [(record, "site", "s", {"name": name}) for name in ("Old", "New")]
    facts.refresh_many(connection, [*rows, (record_id("site", "t"), "site", "t", {"name": "T"})])
    facts.refresh_many(connection, [(record_id("site", "t"), "site", "t", {"name": "T"})] * 2 + [
        (record_id("site", "t"), "site", "t", None)
    ])  # fmt: skip
    assert connection.execute("SELECT site, name FROM fact_site").fetchall() == [("s", "New")]


def test_a_record_that_no_figure_needs_has_no_row(connection):
    facts.refresh(connection, b"x" * 16, "scheme", "scheme", {"name": "Example"})
    facts.refresh(connection, b"x" * 16, "a_kind_of_the_future", "k", {"name": "Example"})
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert "fact_visit" in tables
    assert [name for name in tables if connection.execute(f"SELECT count(*) FROM {name}").fetchone() != (0,)] == []


def test_rebuilt_facts_are_those_that_saving_made(tmp_path):
    connection = cipher.open_local(tmp_path / "laptop.db", bytes(32))
    schema.prepare_local(connection)
    with Store(connection, author="ICV01", clock=Clock()) as store:
        store.save_all(("visit", f"V{number}", {**VISIT, "in_custody": number}) for number in range(300))
        store.save("visit", "V7", {**VISIT, "issues": {"r1": {"issue_text": "Broken bell"}}})
        store.save("visit", "V8", {**VISIT, "deleted": True})
        saved = [connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("fact_visit", "fact_issue")]
        connection.execute("UPDATE fact_visit SET site = 'wrong'")
        connection.execute("DELETE FROM fact_issue")
        facts.rebuild(connection)
        again = [connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("fact_visit", "fact_issue")]
    assert [len(rows) for rows in saved] == [299, 1]
    assert again == saved


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.sampled_from(["2025-07-03", "2025-W27-4", "9999-12-31", "0001-01-01", "23:59", "24:00", "2025-07-03T09:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(FIELDS), JUNK, max_size=12))
@example("visit", {"date": "2025-07-03", "site": "\ud800", "in_custody": 2**80, "visitor_1": "A", "arrived": "٠٩:٠٠"})
@example("visit", {"issues": {"a": {"issue_text": 3}, "b": [], "c": {"issue_kind": {}}}})
@example("visit", {"date": "9999-12-31", "arrived": "23:00", "left": "01:00", "visitor_1": "A"})
@example("visit", {"form": "record_review", "t2_arrival": "0001-01-01T00:00", "t16_left": "9999-12-31T23:59-14:00"})
@example("visit", {"form": "record_review", "t2_arrival": "2025-07-03T09:00Z", "t16_left": "2025-07-03T09:00:59.5"})
@example("visit", {"not_available": 3, "na_reasons": "asleep asleep", "na_asleep": 2**80, "groups_present": ["female"]})
@example("slot", {"status": "cancelled", "cancelled_by": {}, "reason_code": [], "reason": 7})
@settings(max_examples=300, deadline=None)
def test_no_body_is_refused(kind, body):
    with closing(opened()) as connection:
        facts.refresh(connection, record_id(kind, "K"), kind, "K", body)
