"""The exchange at size: a sync with nothing to do, one of 100 new revisions, and a new laptop's first (`sync.md` §11).

Against sqlite3_rsync on equal plain files (from PATH or ICV_SQLITE3_RSYNC; where it cannot be had, against reading all
their pages once, its lower bound), against an id anti-join, and against copying the shared file and hashing its rows.
"""

import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from unittest import mock

import storage

from icv_app.clock import Clock
from icv_app.encryption import cipher
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.sharing.artefact import Artefact
from icv_app.sharing.exchange import Outcome, exchange
from icv_app.sharing.share import Files
from icv_app.storage import audience, schema
from icv_app.storage.revision import COLUMNS, Body
from icv_app.storage.store import Store

Line = tuple[str, float, float | None, str]
WORDS = "seven words of an invented scheme here"
KEY, HUB_ID = sha256(b"an invented scheme").digest(), "hub"
SMALL, LARGE = 10_000, 100_000
RECORDS = 5  # revisions of each record: a report is sent, signed, returned, mended and accepted
AT_ONCE = 400  # reports under way at a time: a quarter's, for the largest schemes
GROWTH, RSYNC, ANTI_JOIN, NEW_RSYNC, FIRST_SECONDS, FIRST_RATIO = 1.5, 500, 50, 10, 15, 3.0
COLUMN_LIST = ", ".join(COLUMNS)


@dataclass(frozen=True, order=True)
class Took:
    """How long something took in seconds: by the clock, and of the processor (its own processes' included)."""

    clock: float
    processor: float


def took(what: Callable[[], object]) -> Took:
    """Return how long `what` takes."""
    before, began = os.times(), time.perf_counter()
    what()
    clock, after = time.perf_counter() - began, os.times()
    return Took(clock, sum(after[:4]) - sum(before[:4]))


def median(times: list[Took]) -> Took:
    return Took(statistics.median(t.clock for t in times), sum(t.processor for t in times) / len(times))


def quicker(slow: Took, fast: Took) -> str:
    """Return by how much `fast` is quicker: other programs take part of the clock's time, none of the processor's."""
    busy = f", {slow.processor / fast.processor:,.0f} by the processor's time" if fast.processor else ""
    return f"{slow.clock / fast.clock:,.0f} times quicker{busy} ({fast.clock * 1000:.2f} / {slow.clock * 1000:,.0f} ms)"


class Desk:
    """One laptop with its local file, and the shared folder."""

    def __init__(self, folder: Path, name: str, hub: Path) -> None:
        self.path, self.hub = folder / name / "local.icvdb", hub
        self.path.parent.mkdir()
        connection = cipher.open_local(self.path, KEY)
        schema.prepare_local(connection)
        self.store = Store(connection, author=name, clock=Clock())

    def sync(self) -> Outcome:
        outcome = exchange(self.store, self.hub, KEY, HUB_ID)
        assert outcome.verified
        return outcome


def filled(folder: Path, count: int) -> Desk:
    """Return a laptop with `count` revisions, all of them shared."""
    (folder / f"share{count}").mkdir()
    desk = Desk(folder, f"maker{count}", folder / f"share{count}" / "Test.icvhub")
    desk.store.save_all(visits(count))
    desk.sync()
    desk.sync()
    return desk


def visits(count: int) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Yield `count` revisions of visits, those of one among those of others of the same weeks."""
    for n in range(count):
        block, within = divmod(n, AT_ONCE * RECORDS)
        turn, report = divmod(within, AT_ONCE)
        number = block * AT_ONCE + report
        yield "visit", f"CV-2026-{number:06d}", {**storage.visit(number), "round": turn}


def plain_copy(desk: Desk, path: Path) -> Path:
    """Return a plain SQLite file of the same revisions, for what cannot read an encrypted one."""
    with sqlite3.connect(path, isolation_level=None) as plain:
        for (sql,) in desk.store.connection.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name IN ('revision', 'head', 'meta') AND sql IS NOT NULL"
            " ORDER BY type DESC"
        ):
            plain.execute(sql)
        plain.execute("PRAGMA journal_mode = WAL")
        add(desk, plain, 0)
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.close()
    return path


def add(desk: Desk, plain: sqlite3.Connection, after: int) -> None:
    rows = desk.store.connection.execute(f"SELECT {COLUMN_LIST} FROM revision WHERE rowid > ?", (after,)).fetchall()
    plain.execute("BEGIN")
    marks = ",".join("?" * len(COLUMNS))
    plain.executemany(f"INSERT INTO revision({COLUMN_LIST}) VALUES ({marks})", rows)
    plain.execute("COMMIT")


def rsync(origin: Path, replica: Path) -> tuple[Took, str]:
    """Bring `replica` up to `origin` by sqlite3_rsync; return the seconds and the name of what was measured."""
    tool = os.environ.get("ICV_SQLITE3_RSYNC") or shutil.which("sqlite3_rsync")
    if tool is None:
        blocks = took(lambda: [sha256(path.read_bytes()).digest() for path in (origin, replica)])
        return blocks, "sqlite3_rsync not available: reading all pages"
    command = [tool, str(origin), str(replica), "--exe", tool]
    return took(lambda: subprocess.run(command, check=True, capture_output=True)), "sqlite3_rsync"


def anti_join(desk: Desk) -> Took:
    """Return the seconds to compare all ids of the laptop's file and the shared one, both ways."""
    connection = cipher.open_local(desk.path, KEY)
    connection.execute(f"ATTACH ? AS hub KEY \"x'{KEY.hex()}'\"", (f"{desk.hub.as_uri()}?mode=ro&immutable=1",))
    both = (("main", "hub"), ("hub", "main"))

    def compared() -> None:
        for one, other in both:
            query = f"SELECT count(*) FROM {one}.revision a WHERE NOT EXISTS (SELECT 1 FROM {other}.revision b"
            assert connection.execute(f"{query} WHERE b.rev = a.rev)").fetchone() == (0,)

    seconds = took(compared)
    connection.close()
    return seconds


def copied_and_verified(desk: Desk, folder: Path) -> Took:
    def done() -> None:
        Files().copy(desk.hub, folder / "copy")
        with Artefact.open(folder / "copy", KEY, HUB_ID) as artefact:
            assert sum(len(rows) for rows in artefact.verified(artefact.batches())) >= LARGE

    return took(done)


def new_laptop(desk: Desk, folder: Path) -> list[Line]:
    """A laptop that has nothing takes in everything: rows, merged view, facts, and the proof that the share has it."""
    desk.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    least = min(copied_and_verified(desk, made(folder / f"least{turn}")) for turn in range(2))
    best: Took | None = None
    for turn in range(2):
        new = Desk(folder, f"new{turn}", desk.hub)
        this = took(new.sync)
        best = this if best is None else min(best, this)
        new.store.close()
    assert best is not None
    both = f"{best.clock:.1f} / {least.clock:.2f} s; processor {best.processor:.1f} / {least.processor:.2f} s"
    return [
        (
            f"new laptop, {LARGE:,} revisions / {FIRST_SECONDS} s", best.clock / FIRST_SECONDS, 1.0,
            f"{best.clock:.1f} s; {best.processor:.1f} s of the processor",
        ),
        ("new laptop / file copy and hash of each row", best.clock / least.clock, FIRST_RATIO, both),
    ]  # fmt: skip


def office(folder: Path, count: int) -> Laptop:
    """Return the laptop that started a scheme, with `count` revisions of reports, all shared.

    Every second report is sealed to the office and its pair; the others are open, as from before anything was sealed.
    """
    where = made(folder / f"office{count}")
    hub = made(where / "share") / "Test.icvhub"
    laptop = Laptop.start(
        where / "profile", scheme="Test", person="ICV01", role="coordinator", passphrase=WORDS, hub=hub,
        strength=Strength.LIGHT,
    )  # fmt: skip
    laptop.store.save_all(
        [("visitor", f"ICV0{n}", {"visitor": f"ICV0{n}", "from": "2020-01-01"}) for n in (1, 2)]
        + [("site", f"suite-{n}", {"name": f"Suite {n}", "kind": "custody"}) for n in range(6)]
    )
    laptop.sync()  # makes their keys
    usual = audience.recipients

    def every_second(kind: str, body: Body, find: audience.Find, *, authors: tuple[str, ...]) -> frozenset[str] | None:
        if kind == "visit" and int(body["visit"][-6:]) % 2:
            return None
        return usual(kind, body, find, authors=authors)

    with mock.patch.object(audience, "recipients", every_second):
        laptop.store.save_all(visits(count))
    for _ in range(4):  # until it has nothing more to say
        laptop.sync()
    return laptop


def whole_syncs(folder: Path) -> list[Line]:
    """What a person's laptop does, trust and keys and all: a sync with nothing to do, and the first of a new laptop."""
    small, large = office(folder, SMALL), office(folder, LARGE)
    both: dict[Laptop, list[Took]] = {small: [], large: []}
    for _ in range(20):
        for laptop, times in both.items():
            times.append(took(laptop.sync))
    few, nothing = (median(times) for times in both.values())
    invited = folder / "invitation.icvinvite"
    large.invite(invited, "ICV09", "coordinator", WORDS, strength=Strength.LIGHT)
    large.sync()
    with Laptop.join(
        folder / "joined", invitation=invited, invitation_passphrase=WORDS, passphrase=WORDS, hub=large.hub,
        strength=Strength.LIGHT,
    ) as new:  # fmt: skip
        first = took(new.sync)
        assert new.sharing().total >= LARGE
    small.close()
    large.close()
    return [
        (
            "no-op sync of a whole laptop, 100,000 / 10,000", nothing.processor / few.processor, GROWTH,
            f"processor {nothing.processor * 1000:.1f} / {few.processor * 1000:.1f} ms; clock"
            f" {nothing.clock * 1000:.1f} / {few.clock * 1000:.1f} ms",
        ),
        (
            f"new laptop with trust, {LARGE:,} revisions / {FIRST_SECONDS} s of the processor",
            first.processor / FIRST_SECONDS, 1.0, f"processor {first.processor:.1f} s; clock {first.clock:.1f} s",
        ),
    ]  # fmt: skip


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def main() -> list[Line]:
    """Return the lines of the table: (what, ratio, goal or None, details)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large = filled(folder, SMALL), filled(folder, LARGE)
        both: dict[Desk, list[Took]] = {small: [], large: []}
        for _ in range(200):  # in turn, so that whatever else runs takes from both
            for desk, times in both.items():
                times.append(took(desk.sync))
        few, nothing = (median(times) for times in both.values())
        lines = [(
            "no-op sync, 100,000 / 10,000 revisions", nothing.clock / few.clock, GROWTH,
            f"{nothing.clock * 1000:.2f} / {few.clock * 1000:.2f} ms",
        )]  # fmt: skip
        origin, replica = plain_copy(large, folder / "origin.db"), folder / "replica.db"
        shutil.copyfile(origin, replica)
        whole, tool = min(rsync(origin, replica) for _ in range(3))
        lines.append((
            f"{RSYNC} no-op syncs / one of {tool}", RSYNC * nothing.clock / whole.clock, 1.0,
            quicker(whole, nothing),
        ))  # fmt: skip
        compared = min(anti_join(large) for _ in range(3))
        lines.append((
            f"{ANTI_JOIN} no-op syncs / one id anti-join", ANTI_JOIN * nothing.clock / compared.clock, 1.0,
            quicker(compared, nothing),
        ))  # fmt: skip
        lines.append(hundred(large, origin, replica))
        return [*lines, *new_laptop(large, folder), *whole_syncs(folder)]


def hundred(desk: Desk, origin: Path, replica: Path) -> Line:
    """100 new revisions sent and proved, against sqlite3_rsync of a file to which the same rows were added."""
    ours, theirs, tool = [], [], ""
    for turn in range(5):
        (last,) = desk.store.connection.execute("SELECT max(rowid) FROM revision").fetchone()
        desk.store.save_all(("visit", f"CV-N{turn}-{n}", storage.visit(n)) for n in range(100))
        ours.append(took(desk.sync))
        with sqlite3.connect(origin, isolation_level=None) as plain:
            add(desk, plain, last)
            plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        plain.close()
        seconds, tool = rsync(origin, replica)
        theirs.append(seconds)
    mine, other = median(ours), median(theirs)
    return (
        f"{NEW_RSYNC} syncs of 100 new / one of {tool}", NEW_RSYNC * mine.clock / other.clock, 1.0,
        quicker(other, mine),
    )  # fmt: skip


if __name__ == "__main__":
    json.dump(main(), sys.stdout, indent=1)
