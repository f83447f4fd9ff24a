"""Saving against one bare fsynced INSERT, and the verified union against executemany, in the same SQLCipher format."""

import json
import os
import statistics
import tempfile
import time
from pathlib import Path

from icv_app import artefact, cipher, schema
from icv_app.clock import Clock
from icv_app.revision import COLUMNS
from icv_app.store import Store

SAVE_GOAL, SAVE_LIMIT_MS, UNION_GOAL = 5.0, 10.0, 2.0
INSERT = f"INSERT INTO revision({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"


def _body(number: int) -> dict[str, object]:
    """A custody visit of about 3 KB, as a volunteer leaves it."""
    return {
        "visit": f"CV-2026-{number:06d}", "form": "custody_visit", "form_version": "1", "state": "submitted",
        "site": f"suite-{number % 6}", "date": f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "status": "completed",
        "arrived": "14:00", "admitted": "14:05", "left": "15:00", "visitor_1": "ICV01", "visitor_2": "ICV02",
        "in_custody": 9, "offered": 6, "seen": 5, "declined": 1, "observed_only": 1, "not_available": 2, "denied": 0,
        "not_offered": 0, "access": "admitted_immediately", "serious_issue": "no",
        **{f"question_{i}": f"answer {number * i % 997} in some words of ordinary length" for i in range(48)},
    }  # fmt: skip


def saving(folder: Path) -> tuple[str, float, float, str]:
    """One visit saved (revision, view, facts, fsync) against one INSERT of the same row with the same durability."""
    key = os.urandom(32)
    connection = cipher.open_local(folder / "save.db", key)
    schema.prepare_local(connection)
    bare = cipher.open_local(folder / "bare.db", key)
    schema.prepare_artefact(bare)
    ours, theirs = [], []
    store = Store(connection, author="ICV01", clock=Clock())
    for number in range(300):
        body = _body(number)
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
    return "save a visit / bare fsynced INSERT", ours_ms / bare_ms, SAVE_GOAL, detail


def union(folder: Path, count: int = 20_000) -> tuple[str, float, float, str]:
    """A pack of `count` revisions taken in with every row hashed, against executemany of the same rows."""
    key = os.urandom(32)
    source_path = folder / "source.icvpack"
    maker = cipher.open_local(folder / "maker.db", key)
    schema.prepare_local(maker)
    store = Store(maker, author="ICV01", clock=Clock())
    store.save_all(("visit", f"CV-2026-{n:06d}", _body(n)) for n in range(count))
    artefact.build(source_path, key, "hub", store.rows_for_pack())
    rows = maker.execute(f"SELECT {', '.join(COLUMNS)} FROM revision").fetchall()
    maker.close()
    ours, bare = [], []
    for turn in range(3):
        limit = cipher.open_local(folder / f"limit{turn}.db", key)
        schema.prepare_artefact(limit)
        began = time.perf_counter()
        limit.execute("BEGIN")
        limit.executemany(INSERT, rows)
        limit.execute("COMMIT")
        bare.append(time.perf_counter() - began)
        limit.close()
        target = cipher.open_local(folder / f"target{turn}.db", key)
        schema.prepare_artefact(target)
        began = time.perf_counter()
        artefact.union(source_path, key, target)
        ours.append(time.perf_counter() - began)
        target.close()
    fast, limit_s = statistics.median(ours), statistics.median(bare)
    rates = f"{count / fast:,.0f} rows/s / {count / limit_s:,.0f}"
    return "verified union / executemany", fast / limit_s, UNION_GOAL, rates


def main() -> list[tuple[str, float, float, str]]:
    """Return both lines of the table."""
    with tempfile.TemporaryDirectory() as folder:
        return [saving(Path(folder)), union(Path(folder))]


if __name__ == "__main__":
    print(json.dumps(main(), indent=1))
