"""When the power fails, every save that was confirmed is there, whole, and nothing is half done (`sync.md` §3, §7.5).

The SQL of a real store is recorded, replayed on the same file format over a journal of all writes and syncs, and what
the disk could hold at any point is opened as the program opens it. `ICV_POWER_CUTS=5000` is the long run.
"""

import contextlib
import importlib.util
import os
import pickle
import random
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from icv_app.clock import LONDON, Clock
from icv_app.encryption import cipher
from icv_app.storage import schema
from icv_app.storage.drafts import DraftRow
from icv_app.storage.store import Store
from tests.icv_app.power_cut import PowerCut
from tests.icv_app.power_writer import KEY, fingerprint

CUTS = int(os.environ.get("ICV_POWER_CUTS", "150"))
ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 22, 14, 3, tzinfo=LONDON)
NAME = "local.icvdb"

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("apsw") is None and not os.environ.get("ICV_NEED_POWER_CUTS"),
    reason="apsw-sqlite3mc cannot be had on this computer",
)


def opened(path: Path) -> Store:
    return Store(cipher.open_local(path, KEY), author="ICV01", clock=Clock())


def visit(number: int, chance: random.Random) -> dict[str, object]:
    return {"site": f"suite-{number % 5}", "n": number, "notes": chance.randbytes(chance.randint(40, 1500)).hex()}


def arrivals(path: Path, chance: random.Random) -> list[list[tuple]]:
    """Rows that another laptop wrote, in the batches in which they will come."""
    connection = cipher.open_local(path, KEY)
    schema.prepare_local(connection)
    with Store(connection, author="ICV02", clock=Clock()) as other:
        other.save_all(("visit", f"CV-{number % 40}", visit(number, chance)) for number in range(400))
        rows = other.connection.execute(
            "SELECT rev, record, replica, seq, prev, parents, hlc, author, kind, schema_v, payload_hash, payload"
            " FROM revision ORDER BY seq"
        ).fetchall()
    return [rows[at : at + 100] for at in range(0, 400, 100)]


def recorded(path: Path, chance: random.Random) -> list[tuple[str, object]]:
    """A day at a laptop: saves, drafts, what others sent, what was proved. Returns its SQL and what was confirmed."""
    script: list[tuple[str, object]] = []
    received = arrivals(path.with_name("other.db"), chance)
    for _ in range(2):
        store = opened(path)
        store.connection.set_trace_callback(lambda sql: script.append(("sql", sql)))
        for number in range(60):
            saved = store.save("visit", f"CV-{chance.randrange(30)}", visit(number, chance))
            script.append(("saved", saved.rev))
            if number % 4 == 1:
                draft = f"d{number % 8}"
                store.put_draft(
                    DraftRow(
                        draft=draft, form="custody_visit", version="1", answers=visit(number, chance), started=NOW,
                        saved=NOW,
                    )
                )  # fmt: skip
                if number % 8 == 5:
                    saved = store.submit(draft, "visit", f"CV-S{number}", visit(number, chance))
                    script.append(("saved", saved.rev))
            if number % 15 == 7:
                store.save_all(("slot", f"S-{each}", visit(each, chance)) for each in range(number, number + 12))
            if number % 25 == 20:
                store.ingest(received.pop())
            if number % 20 == 11:
                store.mark_shared(sorted(store.unshared()), NOW)
            if number % 20 == 19:
                store.clear_shared([saved.rev])
        store.connection.set_trace_callback(None)
        store.close()
        script.append(("reopen", None))
    return script


@pytest.fixture(scope="module")
def day(tmp_path_factory) -> tuple[Path, list[tuple[str, object]]]:
    folder = tmp_path_factory.mktemp("day")
    connection = cipher.open_local(folder / NAME, KEY)
    schema.prepare_local(connection)
    connection.close()
    shutil.copyfile(folder / NAME, folder / "prepared.db")
    return folder / "prepared.db", recorded(folder / NAME, random.Random(20261122))


def journal_of(day, folder: Path, synchronous: str) -> PowerCut:
    """Replay the day under `synchronous` and return the power cut that may come at any of its points."""
    prepared, script = day
    folder.mkdir()
    shutil.copyfile(prepared, folder / NAME)
    (folder / "script").write_bytes(pickle.dumps(script))
    command = [sys.executable, "-m", "tests.icv_app.power_writer", folder / NAME, folder / "script", folder / "out"]
    subprocess.run([*map(str, command), synchronous], cwd=ROOT, check=True)
    return PowerCut({NAME: prepared.read_bytes()}, pickle.loads((folder / "out").read_bytes()))


def fault_after(crash, cut: PowerCut, folder: Path) -> str | None:
    """Open what the crash left as the program does; return what is wrong with it, or None."""
    for path in folder.iterdir():
        path.unlink()
    for name, content in crash.files.items():
        (folder / name).write_bytes(content)
    try:
        with contextlib.closing(cipher.open_local(folder / NAME, KEY)) as connection:
            (verdict,) = connection.execute("PRAGMA quick_check").fetchone()
            if verdict != "ok":
                return f"damaged: {verdict}"
            held = {rev for (rev,) in connection.execute("SELECT rev FROM revision")}
            lost = [rev for rev in cut.saved[: crash.saved] if rev not in held]
            if lost:
                return f"lost: {len(lost)} of {crash.saved} confirmed saves"
            found = fingerprint(connection)
            if found not in cut.states[crash.at_least :]:
                return "lost: an older state" if found in cut.states else "half a transaction"
            if found not in cut.states[crash.at_least : crash.at_least + 2]:
                return "a state from the future"
            return Store(connection, author="ICV01", clock=Clock()).check()
    except cipher.Error as error:
        return f"does not open: {error}"


def faults(cut: PowerCut, count: int, folder: Path) -> dict[str, str]:
    folder.mkdir()
    found = {}
    for crash in cut.crashes(count, random.Random(os.environ.get("ICV_POWER_SEED", "1"))):
        fault = fault_after(crash, cut, folder)
        if fault is not None:
            found[crash.how] = fault
    return found


def test_a_power_cut_at_any_point_loses_no_confirmed_save_and_leaves_nothing_half_done(day, tmp_path):
    cut = journal_of(day, tmp_path / "full", "FULL")
    assert len(cut.saved) > 120
    assert faults(cut, CUTS, tmp_path / "crashed") == {}


def test_without_a_sync_at_each_commit_the_same_power_cuts_lose_confirmed_saves(day, tmp_path):
    """The proof that the test above can fail: WAL with synchronous NORMAL, which this program does not use."""
    found = faults(journal_of(day, tmp_path / "normal", "NORMAL"), 60, tmp_path / "crashed")
    assert len(found) > 20
    assert {fault.split(":")[0] for fault in found.values()} == {"lost"}


def test_the_journal_tells_all_that_was_written(day, tmp_path):
    """Else the power cuts would be cuts of something else: replayed to its end, it gives the very file."""
    cut = journal_of(day, tmp_path / "whole", "FULL")
    writes = [op for op in cut.journal if op[0] == "write"]
    assert {op[1] for op in writes} == {NAME, f"{NAME}-wal"}, "the file was checkpointed, too"
    assert cut.finish() == {NAME: (tmp_path / "whole" / NAME).read_bytes()}
    with opened(tmp_path / "whole" / NAME) as store:
        assert fingerprint(store.connection) == cut.states[-1]
