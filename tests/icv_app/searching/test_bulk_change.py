"""Bulk changes: shown first, all or nothing, each record by the rules that hold for one, and undone in one step."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icv_app.errors import InvalidInput
from icv_app.follow_up import By
from icv_app.searching import bulk_change
from icv_app.searching.bulk_change import Change
from tests.laptops import founded

TODAY = date(2026, 11, 22)
BY = By(person="OFFICE", today=TODAY)
SEND = Change(what="send", value="custody_inspector", on=date(2026, 11, 20), days=10)
MISSED = Change(what="settle", value="missed", reason="no_partner")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with founded(tmp_path_factory.mktemp("bulk") / "office") as laptop:
        yield laptop


@pytest.fixture
def store(office):
    for kind in ("issue", "slot", "visit"):
        for record in list(office.store.records(kind)):
            office.store.save(kind, record.key, {"deleted": True})
    weekly = {"measure": "custody_visit", "number": 1, "per": "week", "from": "2026-01-01"}
    office.store.save("target", "weekly", weekly)
    return office.store


def issue(store, key, **more):
    store.save(
        "issue", key, {"kind": "issue", "theme": "hygiene", "severity": "minor", "text": "Cold", "visit": "V", **more}
    )
    return store.current("issue", key)


def slot(store, key, **more):
    body = {
        "measure": "custody_visit",
        "site": "EUS",
        "period_start": "2026-11-02",
        "status": "planned",
        "visitors": ["A", "B"],
    }
    store.save("slot", key, {**body, **more})
    return store.current("slot", key)


def test_a_preview_says_what_would_become_of_each_and_saves_nothing(store):
    chosen = [issue(store, "I-1"), issue(store, "I-2", status="closed"), issue(store, "I-3", raised_on="2026-11-21")]
    before = store.vector()
    lines = bulk_change.preview(store, chosen, SEND, BY).lines
    assert store.vector() == before
    assert (lines[0].before, lines[0].after) == (
        "Open",
        "With the police, sent on 20 November 2026, due on 4 December 2026",
    )
    assert "It is: closed." in lines[1].refused
    assert "21 November 2026" in lines[2].refused
    assert [line.body is None for line in lines] == [False, True, True]


def test_what_is_applied_is_what_was_shown_and_the_refused_stay(store):
    chosen = [issue(store, "I-1"), issue(store, "I-2", status="closed")]
    preview = bulk_change.preview(store, chosen, SEND, BY)
    bulk_change.apply(store, preview)
    assert store.current("issue", "I-1").body == preview.lines[0].body
    assert store.current("issue", "I-2").heads == chosen[1].heads


@pytest.mark.parametrize(
    ("change", "was", "after"),
    [
        (Change(what="due", on=date(2026, 12, 1)), {"status": "with_police"}, "due on 1 December 2026"),
        (Change(what="theme", value="staffing"), {}, "Staffing"),
        (Change(what="severity", value="serious"), {}, "serious"),
    ],
)  # fmt: skip
def test_every_change_to_findings_says_what_it_makes_of_one(store, change, was, after):
    (line,) = bulk_change.preview(store, [issue(store, "I-1", **was)], change, BY).lines
    assert (line.after, line.refused) == (after, "")


@pytest.mark.parametrize(
    ("change", "was", "why"),
    [
        (Change(what="due", on=date(2026, 12, 1)), {}, "That is not possible now."),
        (Change(what="due"), {"status": "with_police"}, "Enter the day"),
        (Change(what="theme", value="hygiene"), {}, "It is so already."),
        (Change(what="severity"), {}, "Choose what it is to be."),
        (Change(what="severity", value="serious"), {"status": "closed"}, "It is closed."),
    ],
)
def test_every_refusal_is_in_words(store, change, was, why):
    (line,) = bulk_change.preview(store, [issue(store, "I-1", **was)], change, BY).lines
    assert line.refused.startswith(why)
    assert line.body is None


def test_slots_get_a_status_with_its_reason_unless_the_visit_was_made_or_can_still_be(store):
    store.save("visit", "CV-1", {"form": "custody_visit", "slot": "S-2", "status": "completed", "date": "2026-11-03"})
    chosen = [slot(store, "S-1"), slot(store, "S-2"), slot(store, "S-3", period_start="2026-11-16")]
    lines = bulk_change.preview(store, chosen, MISSED, BY).lines
    assert [line.before for line in lines] == ["Planned"] * 3
    assert lines[0].after == "Missed, No partner"
    assert lines[1].refused == "The visit was made, so it was not missed or called off."
    assert lines[2].refused == "It can still be kept until 22 November 2026."
    assert lines[0].body["visitors"] == ["A", "B"]


def test_a_reason_that_is_none_refuses_the_whole_change(store):
    with pytest.raises(InvalidInput) as refused:
        bulk_change.preview(store, [slot(store, "S-1")], Change(what="settle", value="missed", reason="x"), BY)
    assert refused.value.code == "reason"


def test_what_a_change_is_not_for_is_left_out_and_nothing_or_too_much_is_refused(store, monkeypatch):
    with pytest.raises(InvalidInput, match="nothing among"):
        bulk_change.preview(store, [slot(store, "S-1")], SEND, BY)
    monkeypatch.setattr(bulk_change, "MOST", 1)
    with pytest.raises(InvalidInput, match="Narrow it down to 1"):
        bulk_change.preview(store, [issue(store, "I-1"), issue(store, "I-2")], SEND, BY)


def test_nothing_is_saved_where_one_of_them_changed_since_the_preview(store):
    chosen = [issue(store, "I-1"), issue(store, "I-2")]
    preview = bulk_change.preview(store, chosen, SEND, BY)
    issue(store, "I-2", text="Colder")
    with pytest.raises(InvalidInput, match="I-2 was changed meanwhile"):
        bulk_change.apply(store, preview)
    assert store.current("issue", "I-1").heads == chosen[0].heads


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(touched=st.sets(st.integers(0, 4)), closed=st.sets(st.integers(0, 4)))
def test_undo_brings_back_every_record_that_nobody_changed_since_and_names_the_others(store, touched, closed):
    chosen = [
        issue(store, f"I-{n}", status="closed" if n in closed else None, turn=str((touched, closed))) for n in range(5)
    ]
    was = {record.key: record.body for record in chosen}
    applied = bulk_change.apply(store, bulk_change.preview(store, chosen, SEND, BY))
    for n in touched:
        issue(store, f"I-{n}", text="Answered meanwhile")
    undone = bulk_change.undo(store, applied)
    assert set(undone.left) == {f"I-{n}" for n in touched - closed}
    assert undone.count == 5 - len(touched | closed)
    for n in set(range(5)) - touched:
        assert store.current("issue", f"I-{n}").body == was[f"I-{n}"]
    for key in undone.left:
        assert key in undone.words
        assert store.current("issue", key).body["text"] == "Answered meanwhile"
