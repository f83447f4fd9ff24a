"""The store over a real encrypted file: saves, received rows, restored backups, faults and kills."""

import contextlib
import hashlib
import os
import random
import re
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app.clock import Clock
from icv_app.encryption import cipher
from icv_app.errors import Unavailable
from icv_app.storage import chain, facts, schema
from icv_app.storage.merge import merge
from icv_app.storage.pen import DAY_AHEAD, INSERT
from icv_app.storage.revision import COLUMNS, Revision, clock_of, header_hash, intact, make, record_id
from icv_app.storage.store import DraftRow, Store

KEY = bytes(range(32))
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
VISIT = {"visit": "CV-1", "form": "custody_visit", "site": "BL", "date": "2026-11-20", "state": "submitted"}


class Wall:
    """A clock on the wall that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = NOW
        self.clock = Clock(lambda: self.time)


def laptop(path: Path, author: str = "ICV01", wall: Wall | None = None) -> Store:
    connection = cipher.open_local(path, KEY)
    schema.prepare_local(connection)
    return Store(connection, author=author, clock=(wall or Wall()).clock)


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def store(tmp_path: Path, wall: Wall) -> Iterator[Store]:
    with laptop(tmp_path / "one.icvdb", wall=wall) as opened:
        yield opened


@pytest.fixture
def other(tmp_path: Path, wall: Wall) -> Iterator[Store]:
    with laptop(tmp_path / "two.icvdb", "ICV02", wall) as opened:
        yield opened


def rows(store: Store) -> list[tuple[Any, ...]]:
    return list(store.connection.execute(f"SELECT {', '.join(COLUMNS)} FROM revision ORDER BY replica, seq, rev"))


def view(store: Store) -> list[tuple[Any, ...]]:
    return list(store.connection.execute("SELECT * FROM current ORDER BY record"))


def fact_rows(store: Store) -> list[tuple[Any, ...]]:
    return list(store.connection.execute("SELECT * FROM fact_visit ORDER BY record"))


def test_a_save_is_found_again_by_another_connection(store: Store, tmp_path: Path, wall: Wall) -> None:
    saved = store.save("visit", "CV-1", VISIT)
    assert saved.changed
    with laptop(tmp_path / "one.icvdb", wall=wall) as again:
        found = again.current("visit", "CV-1")
    assert found is not None
    assert (found.key, found.body, found.heads, found.author) == ("CV-1", VISIT, (saved.rev,), "ICV01")
    assert clock_of(found.hlc) == NOW


def test_every_commit_is_synced_to_the_disk(store: Store) -> None:
    assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert store.connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_the_same_body_again_writes_nothing(store: Store) -> None:
    first = store.save("visit", "CV-1", VISIT)
    again = store.save("visit", "CV-1", dict(reversed(VISIT.items())))
    assert (again.rev, again.changed) == (first.rev, False)
    assert len(store.history(first.record)) == 1


def test_each_save_is_chained_to_the_last_and_to_the_state_it_replaced(store: Store) -> None:
    first = store.save("visit", "CV-1", VISIT)
    second = store.save("site", "BL", {"site": "BL"})
    third = store.save("visit", "CV-1", {**VISIT, "seen": 2})
    one, three = store.history(first.record)
    (two,) = store.history(second.record)
    assert [each.seq for each in (one, two, three)] == [1, 2, 3]
    assert (one.prev, two.prev, three.prev) == (None, one.rev, two.rev)
    assert (one.parents, two.parents, three.parents) == ((), (), (one.rev,))
    assert three.rev == third.rev
    assert all(intact(each.as_columns()) for each in (one, two, three))
    (head,) = store.vector().values()
    assert (head.n, head.max_seq, head.max_rev, head.linear) == (3, 3, third.rev, True)
    assert store.check() is None


def test_the_facts_follow_every_save(store: Store) -> None:
    store.save("visit", "CV-1", VISIT)
    store.save("visit", "CV-1", {**VISIT, "seen": 4})
    assert store.connection.execute("SELECT visit, seen FROM fact_visit").fetchall() == [("CV-1", 4)]
    store.save("visit", "CV-1", {**VISIT, "deleted": True})
    assert fact_rows(store) == []
    assert list(store.records("visit")) == []
    gone = store.current("visit", "CV-1")
    assert gone is not None
    assert gone.deleted


def test_records_are_listed_by_kind_and_key(store: Store) -> None:
    for kind, key in (("visit", "CV-2"), ("site", "EU"), ("visit", "CV-1"), ("site", "BL")):
        store.save(kind, key, {kind: key})
    listed = [(each.kind, each.key) for each in store.records()]
    assert listed == [("site", "BL"), ("site", "EU"), ("visit", "CV-1"), ("visit", "CV-2")]
    assert [each.key for each in store.records("visit")] == ["CV-1", "CV-2"]
    assert store.by_id(record_id("visit", "CV-3")) is None


def test_many_saves_are_all_or_nothing(store: Store) -> None:
    def items() -> Iterator[tuple[str, str, dict[str, Any]]]:
        yield "visit", "CV-1", VISIT
        raise ValueError("line 2")

    with pytest.raises(ValueError, match="line 2"):
        store.save_all(items())
    assert rows(store) == []
    counted = store.save_all(
        [("visit", "CV-1", VISIT), ("visit", "CV-2", VISIT), ("visit", "CV-1", {**VISIT, "seen": 1})]
    )
    assert (counted.added, counted.changed, counted.same) == (2, 1, 0)
    counted = store.save_all([("visit", "CV-1", {**VISIT, "seen": 1}), ("visit", "CV-3", VISIT)])
    assert (counted.added, counted.changed, counted.same) == (1, 0, 1)
    assert store.check() is None


def test_the_logical_clock_never_goes_back(store: Store, wall: Wall) -> None:
    times = []
    for minute in (0, 5, -600, 1):
        wall.time = NOW + timedelta(minutes=minute)
        saved = store.save("visit", "CV-1", {"seen": minute})
        times.append(store.history(saved.record)[-1].hlc)
    assert times == sorted(set(times))


def test_a_clock_a_year_ahead_elsewhere_drags_this_one_by_a_day_at_most(store: Store, other: Store, wall: Wall) -> None:
    wall.time = NOW + timedelta(days=365)
    other.save("visit", "CV-2", VISIT)
    wall.time = NOW
    store.ingest(rows(other))
    saved = store.save("visit", "CV-1", VISIT)
    (revision,) = store.history(saved.record)
    assert NOW < clock_of(revision.hlc) <= NOW + timedelta(days=1, seconds=1)
    assert revision.hlc <= (wall.clock.milliseconds() << 16) + DAY_AHEAD + 1


def test_received_rows_make_the_same_view_and_count_once(store: Store, other: Store) -> None:
    store.save("visit", "CV-1", VISIT)
    store.save("visit", "CV-1", {**VISIT, "seen": 1})
    assert other.ingest(rows(store)) == 2
    assert other.ingest(rows(store)) == 0
    assert (view(other), fact_rows(other), other.vector()) == (view(store), fact_rows(store), store.vector())


def test_edits_of_different_fields_by_two_laptops_merge_and_of_one_field_are_both_kept(
    store: Store, other: Store
) -> None:
    store.save("visit", "CV-1", VISIT)
    other.ingest(rows(store))
    store.save("visit", "CV-1", {**VISIT, "seen": 1})
    other.save("visit", "CV-1", {**VISIT, "offered": 2, "seen": 3})
    store.ingest(rows(other))
    other.ingest(rows(store))
    mine, yours = store.current("visit", "CV-1"), other.current("visit", "CV-1")
    assert mine == yours
    assert mine is not None
    assert len(mine.heads) == 2
    assert mine.body["offered"] == 2
    assert sorted(each.value for each in mine.conflicts["seen"]) == [1, 3]
    settled = store.save("visit", "CV-1", mine.body)
    assert settled.changed, "saving what is shown settles it"
    other.ingest(rows(store))
    after = other.current("visit", "CV-1")
    assert after is not None
    assert (after.heads, after.conflicts) == ((settled.rev,), {})


def test_what_arrived_while_a_form_was_open_is_kept_beside_the_save(store: Store, other: Store) -> None:
    store.save("visit", "CV-1", VISIT)
    other.ingest(rows(store))
    opened = store.current("visit", "CV-1")
    assert opened is not None
    other.save("visit", "CV-1", {**VISIT, "seen": 3})
    store.ingest(rows(other))
    store.save("visit", "CV-1", {**VISIT, "offered": 9}, seen=opened.heads)
    merged = store.current("visit", "CV-1")
    assert merged is not None
    assert (merged.body["seen"], merged.body["offered"], merged.conflicts) == (3, 9, {})
    assert store.connection.execute("SELECT seen, offered FROM fact_visit").fetchall() == [(3, 9)]


def test_a_restored_backup_writes_under_a_new_replica_once_it_meets_its_own_later_rows(
    store: Store, tmp_path: Path, wall: Wall
) -> None:
    store.save("visit", "CV-1", VISIT)
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (tmp_path / "backup.icvdb").write_bytes((tmp_path / "one.icvdb").read_bytes())
    store.save("visit", "CV-2", VISIT)
    with laptop(tmp_path / "backup.icvdb", wall=wall) as restored:
        before = restored.replica
        assert before == store.replica
        restored.save("visit", "CV-3", VISIT)  # the same number again: a fork
        assert restored.ingest(rows(store)) == 1
        assert restored.replica != before
        assert not restored.vector()[before].linear
        assert restored.rev_at(before, 2) is None
        restored.save("visit", "CV-4", VISIT)
        assert restored.vector()[restored.replica].n == 1
        assert {each.key for each in restored.records("visit")} == {"CV-1", "CV-2", "CV-3", "CV-4"}
        assert restored.check() is None
        store.ingest(rows(restored))
        assert view(store) == view(restored)


def test_a_laptop_gets_its_id_at_the_first_use_and_keeps_it(store: Store, other: Store) -> None:
    mine = store.replica
    assert len(mine) == 16
    assert store.replica == mine != other.replica
    store.save("visit", "CV-1", VISIT)
    assert set(store.vector()) == {mine}


def test_a_gap_is_no_chain_until_it_is_filled(store: Store, other: Store) -> None:
    for number in range(4):
        store.save("visit", f"CV-{number}", VISIT)
    every = rows(store)
    other.ingest([every[0], every[3]])
    assert not other.vector()[store.replica].linear
    other.ingest([every[2], every[1]])
    assert other.vector() == store.vector()


def test_a_row_that_only_a_newer_program_reads_is_kept_and_shows_nothing(store: Store, other: Store) -> None:
    store.save("visit", "CV-1", VISIT)
    other.ingest(rows(store))
    record, replica = record_id("visit", "CV-1"), secrets.token_bytes(16)
    hashed = hashlib.sha256(b"zstd?").digest()
    heads = store.current("visit", "CV-1")
    assert heads is not None
    parents = heads.heads[0]
    rev = header_hash(record, replica, 1, None, parents, 5, "ICV09", "visit", 9, hashed)
    strange = (rev, record, replica, 1, None, parents, 5, "ICV09", "visit", 9, hashed, b"zstd?")
    assert intact(strange)
    assert store.ingest([strange]) == 1
    found = store.current("visit", "CV-1")
    assert found is not None
    assert found.body == VISIT
    assert store.row(rev) == strange
    assert store.check() is None
    assert other.ingest([strange[:1] + strange[1:]]) == 1
    alone = (header_hash(bytes(16), replica, 2, rev, b"", 5, "ICV09", "visit", 9, hashed), bytes(16), replica, 2, rev)
    assert store.ingest([(*alone, b"", 5, "ICV09", "visit", 9, hashed, b"zstd?")]) == 1
    assert store.by_id(bytes(16)) is None


STEPS = st.tuples(
    st.integers(0, 2), st.integers(0, 2), st.sampled_from(["seen", "offered", "pass on"]), st.integers(0, 3)
)


@given(st.lists(STEPS, min_size=5, max_size=25), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_however_rows_travel_the_view_is_the_merge_of_the_set(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, str, int]], seed: int
) -> None:
    """Three laptops save and pass on random parts of what they hold, in random order; at the end all pass on all."""
    folder, chance = tmp_path_factory.mktemp("laptops"), random.Random(seed)
    with contextlib.ExitStack() as stack:
        stores = [stack.enter_context(laptop(folder / f"{number}.icvdb", f"ICV0{number}")) for number in range(3)]
        for who, which, what, value in steps:
            if what == "pass on":
                every = rows(stores[who])
                stores[value % 3].ingest(chance.sample(every, len(every) * 2 // 3))
                says_what_its_history_says(stores[value % 3])
            else:
                present = stores[who].current("visit", f"CV-{which}")
                body = {**(present.body if present else {}), "visit": f"CV-{which}", what: value}
                stores[who].save("visit", f"CV-{which}", body)
        for one in (*stores, *stores):
            for two in stores:
                two.ingest(rows(one))
        assert view(stores[0]) == view(stores[1]) == view(stores[2])
        assert stores[0].vector() == stores[1].vector() == stores[2].vector()
        for each in stores:
            says_what_its_history_says(each)
            assert each.check() is None
            derived = fact_rows(each)
            facts.rebuild(each.connection)
            assert fact_rows(each) == derived


def says_what_its_history_says(store: Store) -> None:
    for record in store.records():
        merged = merge(store.history(record.record))
        assert (record.body, record.heads, record.conflicts) == (merged.body, merged.heads, merged.conflicts)


# Drafts --------------------------------------------------------------------------------------------------------------


def drafted(draft: str, moment: datetime, **answers: Any) -> DraftRow:
    return DraftRow(draft=draft, form="custody_visit", version="1", answers=answers, started=moment, saved=moment)


def test_a_draft_stays_here_until_it_is_submitted(store: Store, wall: Wall) -> None:
    kept = wall.clock.now()
    store.put_draft(drafted("d1", kept, seen=1))
    wall.time = NOW + timedelta(minutes=3)
    store.put_draft(drafted("d2", kept))
    store.put_draft(drafted("d1", wall.clock.now(), seen=2))
    first, second = store.drafts()
    assert (first.draft, first.answers, first.started, first.saved) == ("d1", {"seen": 2}, kept, wall.clock.now())
    assert second.draft == "d2"
    assert store.sharing().total == 0
    saved = store.submit("d1", "visit", "CV-1", VISIT)
    assert saved.changed
    assert store.draft("d1") is None
    store.drop_draft("d2")
    store.drop_draft("d2")
    assert store.drafts() == ()


def test_records_that_go_with_a_submission_are_saved_with_it_or_not_at_all(store: Store) -> None:
    store.put_draft(drafted("d1", NOW))
    with pytest.raises(ValueError):
        store.submit("d1", "visit", "CV-1", VISIT, also=[("issue", "I-1", {"severity": float("nan")})])
    assert store.current("visit", "CV-1") is None
    store.submit("d1", "visit", "CV-1", VISIT, also=[("issue", "I-1", {"visit": "CV-1"})])
    assert [each.key for each in store.records()] == ["I-1", "CV-1"]
    assert store.drafts() == ()


def test_a_submission_that_fails_keeps_the_draft(store: Store) -> None:
    store.put_draft(drafted("d1", NOW, seen=1))
    with pytest.raises(ValueError):
        store.submit("d1", "visit", "CV-1", {"seen": float("nan")})
    assert store.draft("d1") is not None
    assert store.current("visit", "CV-1") is None


# What the share holds ------------------------------------------------------------------------------------------------


def test_nothing_counts_as_shared_before_a_listing_showed_it(store: Store) -> None:
    first = store.save("visit", "CV-1", VISIT)
    second = store.save("visit", "CV-2", VISIT)
    before = store.sharing()
    assert (before.total, before.shared, before.unshared, before.checked) == (2, 0, 2, None)
    store.mark_shared([first.rev, first.rev], NOW)
    after = store.sharing()
    assert (after.total, after.shared, after.unshared, after.checked) == (2, 1, 1, NOW)
    assert store.unshared() == {second.rev}
    store.clear_shared([first.rev])
    assert store.sharing().shared == 0
    store.mark_shared([first.rev, second.rev], NOW)
    store.clear_shared()
    assert store.unshared() == {first.rev, second.rev}


def test_rows_are_found_by_name_and_number(store: Store) -> None:
    saved = [store.save("visit", f"CV-{number}", VISIT).rev for number in range(3)]
    replica = store.replica
    assert store.known([saved[0], bytes(32)]) == {saved[0]}
    assert (store.rev_at(replica, 2), store.rev_at(replica, 9)) == (saved[1], None)
    assert {row[0] for row in store.rows([*saved, bytes(32)])} == set(saved)
    assert store.row(bytes(32)) is None


# Damage and faults ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE revision SET payload = x'00' WHERE seq = 2", "number 2 .* does not match its hash"),
        ("UPDATE revision SET author = 'ICV99' WHERE seq = 2", "number 2 .* does not match its hash"),
        ("UPDATE head SET digest = zeroblob(32)", "summary of replica"),
        ("DELETE FROM revision WHERE seq = 3", "summary of replica"),
        ("INSERT INTO head SELECT zeroblob(16), 1, 1, max_rev, digest, 1 FROM head", "has no revisions"),
    ],
)
def test_the_check_names_the_first_bad_entry(store: Store, damage: str, words: str) -> None:
    for number in range(3):
        store.save("visit", f"CV-{number}", VISIT)
    store.connection.execute(damage)
    found = store.check()
    assert found is not None
    assert re.search(words, found)


def test_the_check_sees_a_row_that_does_not_follow_the_one_before(store: Store) -> None:
    first = store.save("visit", "CV-1", VISIT)
    second = store.save("visit", "CV-2", VISIT)
    forged = make(
        record=record_id("visit", "CV-9"), replica=store.replica, seq=3, prev=first.rev, parents=(), hlc=1,
        author="ICV01", kind="visit", body=VISIT,
    )  # fmt: skip
    assert second.rev != first.rev
    store.connection.execute("BEGIN")
    store.connection.execute(INSERT, forged.as_columns())
    chain.add(store.connection, [forged.as_columns()])
    store.connection.execute("COMMIT")
    found = store.check()
    assert found is not None
    assert "does not follow" in found


def test_a_full_disk_saves_nothing_and_says_so(store: Store) -> None:
    store.save("visit", "CV-1", VISIT)
    before = (rows(store), view(store))
    (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    big = {**VISIT, "note": secrets.token_hex(40000)}
    for write in (
        lambda: store.save("visit", "CV-1", big),
        lambda: store.put_draft(drafted("d1", NOW, **big)),
        lambda: store.save_all([("visit", "CV-2", VISIT), ("visit", "CV-3", big)]),
    ):
        with pytest.raises(Unavailable) as told:
            write()
        assert told.value.code == "disk_full"
        assert "The disk is full" in told.value.words
        assert not store.connection.in_transaction
    assert (rows(store), view(store)) == before
    store.connection.execute("PRAGMA max_page_count = 100000")
    assert store.save("visit", "CV-1", big).changed, "with room again, it goes on"
    assert store.check() is None


def test_a_read_only_file_is_told_in_words(store: Store, tmp_path: Path, wall: Wall) -> None:
    store.save("visit", "CV-1", VISIT)
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with contextlib.closing(cipher.open_shared(tmp_path / "one.icvdb", KEY)) as connection:
        connection.execute("PRAGMA query_only = OFF")
        reading = Store(connection, author="ICV01", clock=wall.clock)
        with pytest.raises(Unavailable) as told:
            reading.save("visit", "CV-2", VISIT)
    assert told.value.code == "read_only"


def test_another_task_that_holds_the_file_is_waited_for_and_then_told(store: Store, tmp_path: Path) -> None:
    with laptop(tmp_path / "one.icvdb") as busy:
        busy.connection.execute("BEGIN IMMEDIATE")
        store.connection.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(Unavailable) as told:
            store.save("visit", "CV-1", VISIT)
        busy.connection.execute("ROLLBACK")
    assert told.value.code == "busy"
    assert store.save("visit", "CV-1", VISIT).changed


def test_a_damaged_page_is_told_and_nothing_is_replaced(tmp_path: Path, wall: Wall) -> None:
    path = tmp_path / "one.icvdb"
    with laptop(path, wall=wall) as store:
        store.save_all(("visit", f"CV-{number}", {**VISIT, "note": secrets.token_hex(500)}) for number in range(200))
    damaged = bytearray(path.read_bytes())
    for page in range(len(damaged) // 8192, len(damaged) // 4096):
        damaged[page * 4096 + 100] ^= 1
    path.write_bytes(damaged)
    with contextlib.closing(cipher.open_local(path, KEY)) as connection, pytest.raises(Unavailable) as told:
        list(Store(connection, author="ICV01", clock=wall.clock).records())
    assert told.value.code == "damaged"
    assert path.read_bytes() == damaged


def test_our_own_mistakes_are_not_called_faults_of_the_disk(store: Store) -> None:
    store.connection.execute("DROP TABLE draft")
    with pytest.raises(cipher.OperationalError):
        store.drafts()


SAVING = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from icv_app.encryption import cipher
from icv_app.storage import schema
from icv_app.clock import Clock
from icv_app.storage.store import Store
connection = cipher.open_local(Path(sys.argv[1]), bytes(range(32)))
schema.prepare_local(connection)
store = Store(connection, author="ICV01", clock=Clock())
for number in range(100000):
    saved = store.save("visit", f"CV-{number % 7}", {"n": number, "text": "x" * 2000, "round": sys.argv[3]})
    print(saved.rev.hex(), flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_every_acknowledged_save_survives_being_killed(tmp_path: Path) -> None:
    path, root = tmp_path / "one.icvdb", Path(__file__).parents[3]
    chance = random.Random(20261122)
    acknowledged: set[str] = set()
    for turn in range(8):
        command = [sys.executable, "-c", SAVING, str(path), str(root), str(turn)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(chance.randint(1, 60)):
                acknowledged.add(process.stdout.readline().strip())
            process.send_signal(signal.SIGKILL)
            acknowledged.update(line.strip() for line in process.stdout if len(line) == 65)
    acknowledged.discard("")
    with laptop(path) as store:
        held = {row[0].hex() for row in rows(store)}
        assert len(acknowledged) > 40
        assert acknowledged <= held
        assert store.check() is None
        for each in store.records():
            history = store.history(each.record)
            assert isinstance(history[-1], Revision)
            assert each.body == history[-1].body


# A folder that goes away under the open program -----------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let go of an open file")
@pytest.mark.parametrize("lost", ["deleted", "moved", "replaced"])
def test_nothing_is_called_saved_once_the_file_is_gone(tmp_path: Path, lost: str) -> None:
    folder = tmp_path / "profile"
    folder.mkdir()
    connection = cipher.open_local(folder / "icv.db", secrets.token_bytes(32))
    schema.prepare_local(connection)
    with Store(connection, author="ICV01", clock=Clock()) as store:
        store.save("visit", "CV-1", VISIT)
        elsewhere = tmp_path / "elsewhere"
        folder.rename(elsewhere)
        if lost == "deleted":
            shutil.rmtree(elsewhere)
        if lost == "replaced":
            shutil.copytree(elsewhere, folder)
        with pytest.raises(Unavailable, match="put the folder back"):
            store.save("visit", "CV-2", VISIT)
        with pytest.raises(Unavailable):
            store.put_draft(drafted("d1", NOW))
        if lost == "moved":
            elsewhere.rename(folder)
            assert store.save("visit", "CV-2", VISIT).changed
