"""Saving against one bare fsynced INSERT, and receiving against executemany, in the same SQLCipher format."""

import json
import math
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from icv_app.clock import Clock
from icv_app.encryption import cipher
from icv_app.encryption.cipher import Connection
from icv_app.sharing import union
from icv_app.sharing.artefact import Artefact, Row
from icv_app.sharing.building import build
from icv_app.storage import chain, schema
from icv_app.storage.revision import COLUMNS
from icv_app.storage.store import Store

SAVE_GOAL, SAVE_LIMIT_MS, UNION_GOAL = 5.0, 10.0, 1.6
INSERT = f"INSERT INTO revision({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"


_WORDS = """
    the a to of and in was is for not on at had be that with it by they this from cell officer sergeant detainee
    asked said told seen given water blanket meal phone solicitor nurse doctor rights leaflet offered declined
    accepted clean dirty warm cold light heating smell noise window bench mattress pillow shower wash exercise yard
    reading material religious dietary vegetarian allergy medication insulin asthma anxious calm tired upset quiet
    sleeping woken observed record entry time hour minutes late early waiting interview charge bail court transfer
    appropriate adult arrived interpreter language phone-line hearing sight wheelchair ramp handrail intercom camera
    covered toilet paper sanitary pack female male young person guardian family informed contact embassy reason
    delay staff busy short changed shift handover board note raised answered promised repaired reported stain
    graffiti door hatch corridor kitchen stock date expired fridge temperature store clothing returned property bag
    list signed review inspector detention continued explained understood copy easy-read form poster clock calendar
    visit room alone together both
""".split()  # noqa: SIM905  (a list of 150 strings is hard to read)


def visit(number: int) -> dict[str, object]:
    """A custody visit of about 3.2 KB (`sync.md` §7), its words as varied as people's are: half of it when stored."""
    choose = random.Random(number).choices  # invented, and the same in every run
    return {
        "visit": f"CV-2026-{number:06d}", "form": "custody_visit", "form_version": "1", "state": "submitted",
        "site": f"suite-{number % 6}", "date": f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "status": "completed",
        "arrived": "14:00", "admitted": "14:05", "left": "15:00", "visitor_1": "ICV01", "visitor_2": "ICV02",
        "in_custody": 9, "offered": 6, "seen": 5, "declined": 1, "observed_only": 1, "not_available": 2, "denied": 0,
        "not_offered": 0, "access": "admitted_immediately", "serious_issue": "no",
        **{f"question_{i}": " ".join(choose(_WORDS, k=7)) for i in range(48)},
    }  # fmt: skip


def saving(folder: Path) -> list[tuple[str, float, float | None, str]]:
    """One visit saved (revision, view, facts, fsync) against one INSERT of the same row with the same durability."""
    key = os.urandom(32)
    connection, bare = _local(folder / "save.db", key), _plain(folder / "bare.db", key)
    ours, theirs = [], []
    store = Store(connection, author="ICV01", clock=Clock())
    for number in range(300):
        body = visit(number)
        began = time.perf_counter()
        saved = store.save("visit", str(body["visit"]), body)
        ours.append(time.perf_counter() - began)
        row = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM revision WHERE rev = ?", (saved.rev,)).fetchone()
        began = time.perf_counter()
        bare.execute(INSERT, row)
        theirs.append(time.perf_counter() - began)
    connection.close()
    bare.close()
    ours_ms, bare_ms = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    p95 = statistics.quantiles(ours, n=20)[18] * 1000
    detail = f"{ours_ms:.2f} ms (p95 {p95:.2f}, limit {SAVE_LIMIT_MS:.0f}) / {bare_ms:.2f} ms"
    return [
        ("save a visit / bare fsynced INSERT", ours_ms / bare_ms, SAVE_GOAL, detail),
        (f"save a visit, 95th percentile / {SAVE_LIMIT_MS:.0f} ms", p95 / SAVE_LIMIT_MS, 1.0, f"{p95:.2f} ms"),
    ]


def receiving(folder: Path, count: int = 20_000) -> list[tuple[str, float, float | None, str]]:
    """A pack of `count` revisions taken in with every row hashed, against executemany of the same rows.

    First the union itself: into a file of the same two tables, with the writers' summaries. Then all that a laptop does
    when it receives them: its further index, the merged view and the facts. The ways
    take turns, and the best of each counts.
    """
    key = os.urandom(32)
    pack = folder / "source.pack"
    with Store(_local(folder / "maker.db", key), author="ICV01", clock=Clock()) as maker:
        maker.save_all(("visit", f"CV-2026-{n:06d}", visit(n)) for n in range(count))
        batches = list(Artefact(maker.connection).batches())
    build(pack, key, {"hub_id": "hub"}, batches)

    def bare(target: Connection) -> None:
        target.execute("BEGIN")
        for rows in batches:
            target.executemany(INSERT, rows)
        target.execute("COMMIT")

    def verified(target: Connection) -> Iterator[list[Row]]:
        with Artefact.open(pack, key, "hub") as source:
            yield from source.verified(union.lacking(Artefact(target), {}, source, source.vector()))

    def united(target: Connection) -> None:
        target.execute("BEGIN IMMEDIATE")
        for rows in verified(target):
            target.executemany(INSERT, rows)
            chain.add(target, rows)
        target.execute("COMMIT")

    def received(target: Connection) -> None:
        store = Store(target, author="ICV02", clock=Clock())
        assert sum(store.ingest(rows) for rows in verified(target)) == count

    ways = {"bare": (bare, _plain), "united": (united, _plain), "received": (received, _local)}
    best: dict[str, float] = {}
    for turn in range(3):
        for name, (way, made) in ways.items():
            target = made(folder / f"{name}{turn}.db", key)
            began = time.perf_counter()
            way(target)
            best[name] = min(best.get(name, math.inf), time.perf_counter() - began)
            target.close()
    rate = {name: f"{count / seconds:,.0f}" for name, seconds in best.items()}
    return [
        (
            "verified union / executemany", best["united"] / best["bare"], UNION_GOAL,
            f"{rate['united']} rows/s / {rate['bare']}",
        ),
        (
            "whole reception with view and facts / executemany", best["received"] / best["bare"], None,
            f"{rate['received']} rows/s / {rate['bare']}",
        ),
    ]  # fmt: skip


def _plain(path: Path, key: bytes) -> Connection:
    connection = cipher.open_local(path, key)
    schema.prepare_artefact(connection)
    return connection


def _local(path: Path, key: bytes) -> Connection:
    connection = cipher.open_local(path, key)
    schema.prepare_local(connection)
    return connection


def main() -> list[tuple[str, float, float | None, str]]:
    """Return the lines of the table: (what, ratio, goal or None, details)."""
    with tempfile.TemporaryDirectory() as folder:
        return [*saving(Path(folder)), *receiving(Path(folder))]


if __name__ == "__main__":
    print(json.dumps(main(), indent=1))
