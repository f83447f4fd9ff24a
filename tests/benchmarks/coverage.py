"""The coverage grid of forty suites over 53 weeks, judged and scrolled, beside a plain table of as many cells."""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView

from icv_app.counting import coverage_grid, rulebook
from icv_app.counting.coverage_grid import Grid
from icv_app.encryption import cipher
from icv_app.encryption.cipher import Connection
from icv_app.figure import Period
from icv_app.storage import facts
from icv_app.storage.revision import record_id
from ui.coverage.coverage_grid import CoverageGrid
from ui.widgets import theme

Line = tuple[str, float, float | None, str]
Index = QModelIndex | QPersistentModelIndex

SITES, TODAY = 40, date(2024, 3, 12)
YEAR = Period(name="2023-24", first=date(2023, 4, 1), last=date(2024, 3, 31))  # its Sundays are 53
GOAL, FRAME_MS = 0.3, 16.0
STEPS = 60


def records() -> Iterator[tuple[bytes, str, str, dict[str, Any]]]:
    """Yield suites, a weekly target, and for every week a slot with a visit, one in ten not made."""
    target = {"measure": "custody_visit", "number": 1, "per": "week", "from": "2018-04-01"}
    yield record_id("target", "t"), "target", "t", target
    for number in range(SITES):
        site = f"suite-{number:02}"
        yield record_id("site", site), "site", site, {"site": site, "name": site, "kind": "custody_suite"}
        status = {"site": site, "from": "2018-04-01", "status": "open"}
        yield record_id("site_status", site), "site_status", site, status
        for week in range(53):
            monday = date(2023, 3, 27) + timedelta(weeks=week)
            slot = f"S{number}-{week}"
            body = {"measure": "custody_visit", "site": site, "period_start": monday.isoformat(), "status": "planned"}
            yield record_id("slot", slot), "slot", slot, {"slot": slot, "visitors": "ICV01;ICV02", **body}
            if (number + week) % 10 and monday < TODAY:
                visit = {
                    "form": "custody_visit", "site": site, "slot": slot, "date": monday.isoformat(),
                    "state": "accepted", "status": "completed", "arrived": "14:00", "left": "15:00",
                }  # fmt: skip
                yield record_id("visit", slot), "visit", slot, visit


def held(folder: Path) -> Connection:
    """Return the facts of such a scheme in a new encrypted file."""
    connection = cipher.open_local(folder / "coverage.db", os.urandom(32))
    connection.execute("BEGIN")
    for statement in facts.TABLES:
        connection.execute(statement)
    facts.refresh_many(connection, records())
    connection.execute("COMMIT")
    return connection


def grid_of(connection: Connection) -> Grid:
    """Judge the whole grid, as the page does whenever it is shown."""
    return coverage_grid.read(connection, rulebook.read(connection), YEAR, TODAY, whole=True)[0]


class Plain(QAbstractTableModel):
    """As many cells, each with one letter."""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  (Qt's own)
        return SITES

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 53

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return "x" if role == Qt.ItemDataRole.DisplayRole else None


def plain_of(view: CoverageGrid) -> QTableView:
    """Return a plain table whose cells are as large and as many as those of `view`."""
    table = QTableView()
    table.setModel(Plain(table))
    table.setFrameShape(view.frameShape())
    table.setShowGrid(False)
    table.setHorizontalScrollMode(view.horizontalScrollMode())
    table.setVerticalScrollMode(view.verticalScrollMode())
    table.verticalHeader().setFixedWidth(view.verticalHeader().width())
    table.horizontalHeader().setFixedHeight(view.horizontalHeader().height())
    for column in range(53):
        table.setColumnWidth(column, view.columnWidth(column))
    for row in range(SITES):
        table.setRowHeight(row, view.rowHeight(row))
    return table


def frames(view: QTableView) -> list[float]:
    """Return the seconds of each painting of the whole view, scrolled a step further each time, there and back."""
    times = []
    across, down = view.horizontalScrollBar(), view.verticalScrollBar()
    for step in (*range(STEPS), *range(STEPS, 0, -1)):
        across.setValue(across.maximum() * step // STEPS)
        down.setValue(down.maximum() * step // STEPS)
        began = time.perf_counter()
        view.viewport().repaint()
        times.append(time.perf_counter() - began)
    return times


def scrolling(grid: Grid) -> Line:
    """Return the line of painting while scrolling, in a window as large as a small laptop's screen."""
    ours = CoverageGrid(grid, TODAY)
    ours.resize(1310, ours.height())
    ours.show()
    theirs = plain_of(ours)
    theirs.resize(ours.size())
    theirs.show()
    QApplication.processEvents()
    for view in (ours, theirs):  # both painted once, so that what is kept is there
        frames(view)
    mine, plain = [], []
    for _ in range(3):
        mine += frames(ours)
        plain += frames(theirs)
    seen = (ours.viewport().width() // ours.columnWidth(0)) * (ours.viewport().height() // ours.rowHeight(0))
    (mine_ms, p95), plain_ms = spread(mine), spread(plain)[0]
    ours.close()
    theirs.close()
    met = "met" if p95 <= FRAME_MS else "OVER"
    detail = (
        f"{mine_ms:.1f} ms a frame (p95 {p95:.1f}; limit {FRAME_MS:.0f}: {met}) / {plain_ms:.1f} ms;"
        f" {seen} of {SITES * 53:,} cells in sight"
    )
    return "scroll the coverage grid / a plain table", mine_ms / plain_ms, GOAL, detail


def judging(connection: Connection) -> Line:
    """Return the line of making the grid, reads and words included, beside its two bare reads."""
    whole, bare = [], []
    for _ in range(9):
        began = time.perf_counter()
        grid_of(connection)
        whole.append(time.perf_counter() - began)
        began = time.perf_counter()
        coverage_grid._visits(connection, YEAR.first, YEAR.last)
        coverage_grid._slots(connection, YEAR.first, YEAR.last)
        bare.append(time.perf_counter() - began)
    whole_ms, bare_ms = statistics.median(whole) * 1000, statistics.median(bare) * 1000
    detail = f"{whole_ms:.0f} ms / {bare_ms:.0f} ms, {SITES} sites by 53 weeks"
    return "judge the coverage grid / its two reads", whole_ms / bare_ms, None, detail


def spread(times: list[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile, in milliseconds."""
    return statistics.median(times) * 1000, statistics.quantiles(times, n=20)[18] * 1000


def main() -> list[Line]:
    """Return the lines of the table."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.apply(app, dark=False, scale=1.0)
    with tempfile.TemporaryDirectory() as folder, closing(held(Path(folder))) as connection:
        grid = grid_of(connection)
        assert (len(grid.rows), len(grid.units)) == (SITES, 53), (len(grid.rows), len(grid.units))
        return [scrolling(grid), judging(connection)]


if __name__ == "__main__":
    print(json.dumps(main(), indent=1))
