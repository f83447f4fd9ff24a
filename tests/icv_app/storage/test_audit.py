"""The log of a laptop: what it tells, what it never tells, and how tampering with it is found."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app.clock import Clock
from icv_app.encryption import cipher
from icv_app.errors import InvalidInput, Unavailable
from icv_app.storage import audit, schema
from icv_app.storage.audit import Note
from icv_app.storage.store import Store

KEY = bytes(range(32))
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def opened(path: Path) -> Store:
    connection = cipher.open_local(path, KEY)
    schema.prepare_local(connection)
    return Store(connection, author="ICV01", clock=Clock(lambda: NOW))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "one.icvdb") as made:
        yield made


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for many examples, each of which begins and ends with an empty log."""
    with opened(tmp_path_factory.mktemp("log") / "one.icvdb") as made:
        yield made


def told(store: Store) -> list[tuple[str, str, str]]:
    return [(entry.action, entry.kind, entry.key) for entry in audit.entries(store.connection)]


def test_a_save_is_in_the_log_with_the_version_that_it_made(store: Store) -> None:
    saved = store.save("visit", "CV-1", {"form": "custody_visit", "notes": "Zwetschge"})
    store.save("visit", "CV-1", {"form": "custody_visit", "notes": "Zwetschgen"})
    store.save("visit", "CV-1", {"form": "custody_visit", "notes": "Zwetschgen"})
    store.save("visit", "CV-1", {"deleted": True})
    store.save("sign_off", "CV-1|ICV02", {"agrees": "yes"})
    store.save("scheme", "scheme", {"name": "Northshire"})
    assert told(store) == [
        ("made", "visit", "CV-1"), ("changed", "visit", "CV-1"), ("removed", "visit", "CV-1"),
        ("signed", "sign_off", "CV-1|ICV02"), ("settings", "scheme", "scheme"),
    ]  # fmt: skip
    first = next(audit.entries(store.connection))
    assert first.detail == {"rev": saved.rev.hex()[:16], "form": "custody_visit"}
    assert (first.person, first.n, first.moment) == ("ICV01", 1, NOW)


@pytest.mark.parametrize("state", ["returned", "accepted"])
def test_the_log_says_when_a_report_was_returned_or_accepted(store: Store, state: str) -> None:
    store.save("visit", "CV-1", {"state": "submitted"})
    store.save("visit", "CV-1", {"state": state})
    assert told(store)[-1] == (state, "visit", "CV-1")


def test_many_records_in_one_go_are_one_entry_with_their_number(store: Store) -> None:
    store.save_all((("visit", f"CV-{number}", {"n": number}) for number in range(300)), note="imported")
    assert told(store) == [("imported", "", ""), ("made", "visit", "")]
    whole, each = audit.entries(store.connection)
    assert whole.detail == {"count": 300}
    assert each.detail == {"count": 300, "first": 1, "last": 300, "replica": store.replica.hex()}


def test_a_save_that_fails_is_not_in_the_log(store: Store) -> None:
    def items() -> Iterator[tuple[str, str, dict[str, Any]]]:
        yield "visit", "CV-1", {"n": 1}
        raise InvalidInput("refused", "no")

    with pytest.raises(InvalidInput):
        store.save_all(items())
    assert told(store) == []


def test_a_save_whose_entry_cannot_be_written_is_not_made(store: Store) -> None:
    store.connection.execute("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(Exception, match="full"):
        store.save("visit", "CV-1", {"n": 1})
    assert store.current("visit", "CV-1") is None


def test_what_no_entry_may_hold_is_refused(store: Store) -> None:
    for action, detail in (("wrote", {}), ("read", {"answer": "Zwetschge"})):
        with pytest.raises(InvalidInput) as refused:
            store.log(action, "visit", "CV-1", **detail)
        assert refused.value.code == "log_entry"
    assert told(store) == []


def test_an_entry_is_undone_with_the_transaction_that_it_is_part_of(store: Store) -> None:
    def fails() -> None:
        with store.writing():
            store.log("erased", "visit", "CV-1")
            raise Unavailable("disk_full", "full")

    with pytest.raises(Unavailable):
        fails()
    assert told(store) == []


# The chain -----------------------------------------------------------------------------------------------------------

COLUMNS = ("at", "person", "device", "action", "kind", "key", "detail", "prev", "hash")


def fill(store: Store, count: int) -> None:
    store.connection.execute("DELETE FROM audit")
    store.connection.execute("DELETE FROM meta WHERE k LIKE 'audit%'")
    notes = [Note(action="read", kind="visit", key=f"CV-{number}", detail={"count": number}) for number in range(count)]
    audit.append(store.connection, notes, person="ICV01", at=NOW)
    assert audit.verify(store.connection) is None


@settings(max_examples=60, deadline=None)
@given(count=st.integers(1, 12), data=st.data())
def test_any_change_of_an_entry_is_found_and_named(shared_store: Store, count: int, data: st.DataObject) -> None:
    fill(shared_store, count)
    n = data.draw(st.integers(1, count))
    column = data.draw(st.sampled_from(COLUMNS))
    values: st.SearchStrategy[Any] = st.binary(min_size=32, max_size=32) if column in ("prev", "hash") else st.text()
    (held,) = shared_store.connection.execute(f"SELECT {column} FROM audit WHERE n = ?", (n,)).fetchone()
    value = data.draw(values.filter(lambda drawn: drawn != held and "\0" not in str(drawn)))
    shared_store.connection.execute(f"UPDATE audit SET {column} = ? WHERE n = ?", (value, n))
    assert f"entry {n} " in str(audit.verify(shared_store.connection))


@settings(max_examples=40, deadline=None)
@given(count=st.integers(2, 12), data=st.data())
def test_entries_taken_out_before_the_end_are_found(shared_store: Store, count: int, data: st.DataObject) -> None:
    fill(shared_store, count)
    last = data.draw(st.integers(1, count - 1))
    first = data.draw(st.integers(1, last))
    shared_store.connection.execute("DELETE FROM audit WHERE n BETWEEN ? AND ?", (first, last))
    assert "is missing" in str(audit.verify(shared_store.connection))


@settings(max_examples=40, deadline=None)
@given(count=st.integers(2, 12), data=st.data())
def test_entries_that_change_places_are_found(shared_store: Store, count: int, data: st.DataObject) -> None:
    fill(shared_store, count)
    one = data.draw(st.integers(1, count - 1))
    other = data.draw(st.integers(one + 1, count))
    change = shared_store.connection.execute
    for before, after in ((one, 1000), (other, one), (1000, other)):
        change("UPDATE audit SET n = ? WHERE n = ?", (after, before))
    assert audit.verify(shared_store.connection) is not None


@settings(max_examples=40, deadline=None)
@given(count=st.integers(1, 12), handed=st.integers(1, 12), left=st.integers(0, 12))
def test_an_end_that_was_cut_off_is_found_by_what_was_handed_over(
    shared_store: Store, count: int, handed: int, left: int
) -> None:
    fill(shared_store, count)
    every = list(audit.entries(shared_store.connection))
    audit.mark_handed_over(shared_store.connection, every[min(handed, count) - 1])
    shared_store.connection.execute("DELETE FROM audit WHERE n > ?", (left,))
    found = audit.verify(shared_store.connection)
    if left >= min(handed, count):
        assert found is None
        return
    assert "handed over" in str(found)
    audit.append(shared_store.connection, [Note(action="opened")] * 13, person="ICV01", at=NOW)
    assert "handed over" in str(audit.verify(shared_store.connection))  # written over, it is found as well


@settings(max_examples=40, deadline=None)
@given(count=st.integers(2, 12), steps=st.lists(st.integers(1, 12), min_size=1, max_size=3))
def test_what_is_cut_at_the_beginning_leaves_a_chain_that_verifies(
    shared_store: Store, count: int, steps: list[int]
) -> None:
    fill(shared_store, count)
    for through in steps:
        audit.mark_handed_over(shared_store.connection, list(audit.entries(shared_store.connection))[-1])
        went = audit.cut(shared_store.connection, through, person="OFFICE1", at=NOW, reason="six years")
        assert audit.verify(shared_store.connection) is None
        if went:
            last = list(audit.entries(shared_store.connection))[-1]
            assert (last.action, last.detail["count"]) == ("cut", went)
    first = next(audit.entries(shared_store.connection))
    shared_store.connection.execute("DELETE FROM audit WHERE n = ?", (first.n,))
    assert audit.verify(shared_store.connection) is not None


def test_what_the_office_has_not_got_is_not_cut(store: Store) -> None:
    fill(store, 5)
    assert audit.cut(store.connection, 3, person="OFFICE1", at=NOW) == 0
    assert len(told(store)) == 5


def test_a_cell_of_another_type_is_a_change_and_no_fault_of_the_program(store: Store) -> None:
    fill(store, 3)
    store.connection.execute("UPDATE audit SET key = x'00ff' WHERE n = 2")
    assert "entry 2 " in str(audit.verify(store.connection))


def test_half_a_character_in_a_key_is_kept_as_far_as_it_can_be(store: Store) -> None:
    store.save("visit", "CV-\ud800", {"n": 1})
    assert audit.verify(store.connection) is None


# Crashes -------------------------------------------------------------------------------------------------------------

SAVING = """
import sys
from pathlib import Path
from tests.icv_app.storage.test_audit import opened
store = opened(Path(sys.argv[1]))
for number in range(100000):
    store.save("visit", f"CV-{number}", {"n": number})
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_after_a_kill_every_save_has_its_entry_and_every_entry_its_save(tmp_path: Path) -> None:
    path = tmp_path / "one.icvdb"
    with subprocess.Popen(
        [sys.executable, "-c", SAVING, str(path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]
    ) as writer:
        assert writer.stdout is not None
        for _ in range(25):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
    with opened(path) as store:
        saved = [record.key for record in store.records("visit")]
        assert len(saved) >= 25
        assert sorted(key for _, _, key in told(store)) == sorted(saved)
        assert audit.verify(store.connection) is None
