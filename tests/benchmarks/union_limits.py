"""The union of two plain files against what SQLite itself can do: a bare executemany, and applying a Session changeset.

Plain files and APSW's library for all, since SQLCipher's has no Session extension. Ours keeps the whole history, a
changeset none.
"""

import json
import math
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import storage
from sharing import KEY, Line

from icv_app.clock import Clock
from icv_app.storage.revision import COLUMNS, intact
from icv_app.storage.store import Store

RAW_GOAL, SESSION_GOAL, COUNT, TURNS = 1.10, 1.2, 20_000, 3
INSERT = f"INSERT INTO revision({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
BATCH = 8000


def main() -> list[Line]:
    """Return the lines of the table: (what, ratio, goal or None, details)."""
    try:
        import apsw
    except ImportError:
        return [("union of plain files / executemany", math.nan, None, "apsw not available")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store(storage._local(folder / "maker.db", KEY), author="ICV01", clock=Clock()) as maker:
            maker.save_all(("visit", f"CV-{n:06d}", storage.visit(n)) for n in range(COUNT))
            rows = maker.connection.execute(f"SELECT {', '.join(COLUMNS)} FROM revision").fetchall()
            tables = [
                sql for (sql,) in maker.connection.execute(
                    "SELECT sql FROM sqlite_master WHERE tbl_name = 'revision' AND sql IS NOT NULL"
                    " AND (type = 'table' OR name = 'revision_chain') ORDER BY type DESC"
                )
            ]  # fmt: skip

        def opened(path: Path) -> "apsw.Connection":
            connection = apsw.Connection(str(path))
            for sql in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA cache_size = -65536"):
                connection.execute(sql)
            for sql in tables:
                connection.execute(sql)
            return connection

        source = opened(folder / "source.db")
        session = apsw.Session(source, "main")
        session.attach("revision")
        source.execute("BEGIN")
        source.executemany(INSERT, rows)
        source.execute("COMMIT")
        changes = session.changeset()
        session.close()

        def bare(target: "apsw.Connection") -> None:
            target.executemany(INSERT, rows)

        def raw(target: "apsw.Connection") -> None:
            target.execute("INSERT INTO revision SELECT * FROM source.revision")

        def verified(target: "apsw.Connection") -> None:
            cursor = source.execute(f"SELECT {', '.join(COLUMNS)} FROM revision")
            batch = []
            for row in cursor:
                assert intact(row)
                batch.append(row)
                if len(batch) == BATCH:
                    target.executemany(INSERT, batch)
                    batch = []
            target.executemany(INSERT, batch)

        def applied(target: "apsw.Connection") -> None:
            apsw.Changeset.apply(changes, target)

        ways: dict[str, Callable[[apsw.Connection], None]] = {
            "bare": bare, "raw": raw, "verified": verified, "applied": applied,
        }  # fmt: skip
        best = dict.fromkeys(ways, math.inf)
        for turn in range(TURNS):
            for way, work in ways.items():
                target = opened(folder / f"{way}{turn}.db")
                if way == "raw":
                    target.execute("ATTACH ? AS source", (str(folder / "source.db"),))
                began = time.perf_counter()
                target.execute("BEGIN IMMEDIATE")
                work(target)
                target.execute("COMMIT")
                best[way] = min(best[way], time.perf_counter() - began)
                assert target.execute("SELECT count(*) FROM revision").fetchone() == (COUNT,)
                target.close()
        source.close()
    rate = {way: f"{COUNT / seconds:,.0f} rows/s" for way, seconds in best.items()}
    return [
        (
            "raw union of plain files / executemany", best["raw"] / best["bare"], RAW_GOAL,
            f"{rate['raw']} / {rate['bare']}",
        ),
        (
            "verified union of plain files / Session apply", best["verified"] / best["applied"], SESSION_GOAL,
            f"{rate['verified']} / {rate['applied']}",
        ),
    ]  # fmt: skip


if __name__ == "__main__":
    json.dump(main(), sys.stdout, indent=1)
