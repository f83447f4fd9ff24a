"""The figures of a national scheme: 43 forces, 120 suites, ten years, a million visits; time and memory.

Everything is made straight into the fact tables. Time is a ratio to the bare SQL counts of the same numbers in the same
run; memory a ratio of the peak to that of a tenth of the scheme's years, with the quarter just as busy in both: what
the scheme holds beside the period must cost nothing. One run takes some minutes; `NATIONAL` names a folder to keep the
made schemes in from one run to the next.
"""

import json
import os
import resource
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from figures import BARE, RECORDS

from icv_app.clock import Clock
from icv_app.counting import figures
from icv_app.encryption import cipher
from icv_app.figure import Period
from icv_app.identity import Identity
from icv_app.periods import a_year_earlier, before, parse_period
from icv_app.storage import facts
from icv_app.storage.revision import record_id
from icv_app.summaries.accounts import Accounts

GOAL = 3.0
FLAT = 1.5
"""Peak memory at ten times the records, the period being as busy: a little for indexes and lists of sites."""
FORCES, SUITES = 43, 120
A_YEAR = 100_000
QUARTER, YEAR = parse_period("2025-26-Q2"), parse_period("2024-25")
LAST = date(2026, 3, 31)
TODAY = date(2026, 11, 22)
KEY = bytes(range(32))
Line = tuple[str, float, float, str]
DRAFTS = "CREATE TABLE draft(draft, form, answers, corrects, binned)"

TO_DATE = (
    """SELECT form, count(*) FROM fact_visit WHERE counted = 1 AND date BETWEEN ? AND ? AND status = 'completed'
       GROUP BY form""",
    "SELECT sum(records), sum(of_which_immigration), sum(recommendations) FROM fact_review WHERE date BETWEEN ? AND ?",
)
MORE = (
    # sessions and lone case forms, volunteers and what they gave, throughput
    """SELECT count(*), sum(records), sum(of_which_immigration) FROM fact_review
       WHERE counted = 1 AND date BETWEEN ? AND ?""",
    """SELECT count(*), sum(of_which_immigration) FROM fact_visit c WHERE counted = 1 AND form = 'record_review'
         AND date BETWEEN ? AND ? AND (session IS NULL OR NOT EXISTS (
           SELECT 1 FROM fact_review r WHERE r.session = c.session))""",
    "SELECT kind, sum(minutes) FROM fact_duty WHERE date BETWEEN ? AND ? GROUP BY kind",
    "SELECT status, count(*) FROM fact_visitor WHERE starts <= ?2 AND (ends IS NULL OR ends >= ?1) GROUP BY status",
    "SELECT sum(persons_detained) FROM fact_throughput WHERE starts >= ? AND ends <= ?",
)


def _life(day: date, number: int) -> dict[str, str]:
    sent, due, answered, closed = (day + timedelta(days=later) for later in (5, 19, 12 + number % 14, 40))
    if day > LAST - timedelta(days=60) and number % 3 == 0:
        return {"status": "open"}
    return {
        "status": "closed", "sent_on": sent.isoformat(), "due_on": due.isoformat(),
        "responded_on": answered.isoformat(), "closed_on": closed.isoformat(),
    }  # fmt: skip


def records(years: int) -> Iterator[tuple[bytes, str, str, dict[str, Any]]]:
    """Yield the records of the last `years` years, the last one's the same however many there are."""
    first, days = LAST.replace(year=LAST.year - years) + timedelta(days=1), round(years * 365.25)
    sites = [f"force-{number % FORCES:02}-suite-{number // FORCES}" for number in range(SUITES)]
    for site in sites:
        yield record_id("site", site), "site", site, {"site": site, "name": site, "kind": "custody_suite"}
    target = {"measure": "custody_visit", "number": 1, "per": "week", "from": first.isoformat()}
    yield record_id("target", "t"), "target", "t", target
    for number in range(FORCES * 30):
        row = {"visitor": f"ICV{number:04}", "roles": "icv", "status": "active", "from": first.isoformat()}
        yield record_id("visitor", f"V{number}"), "visitor", f"V{number}", row
    for year in range(LAST.year - years, LAST.year):
        for month in range(12):
            day = date(year + (month + 4 > 12), (month + 3) % 12 + 1, 1)
            after = (day + timedelta(days=32)).replace(day=1)
            row = {"from": day.isoformat(), "to": (after - timedelta(days=1)).isoformat(), "persons_detained": 60000}
            yield record_id("throughput", day.isoformat()), "throughput", day.isoformat(), row
    for number in range(years * FORCES * 12):
        day = (LAST - timedelta(days=number * 7919 % days)).isoformat()
        row = {"date": day, "kind": "dip_sample", "records": 12, "of_which_immigration": 3, "recommendations": 1}
        yield record_id("record_review", f"R{number}"), "record_review", f"R{number}", row
    for number in range(years * 5000):
        day = (LAST - timedelta(days=number * 7919 % days)).isoformat()
        row = {"visitor": f"ICV{number % 1290:04}", "date": day, "kind": "training", "minutes": 90}
        yield record_id("duty", f"D{number}"), "duty", f"D{number}", row
        case = {"form": "record_review", "date": day, "state": "accepted", "of_which_immigration": 1}
        yield record_id("visit", f"CR-{number:06}"), "visit", f"CR-{number:06}", case
    for number in range(years * A_YEAR):  # from the last day back, so that the last year is always the same
        at, of_year = number // A_YEAR, number % A_YEAR
        day = LAST.replace(year=LAST.year - at) - timedelta(days=of_year * 7919 % 365)
        site, visit = sites[of_year * 31 % SUITES], f"CV-{number:07}"
        slot = f"S{at * A_YEAR + of_year * 7717 % A_YEAR:07}"
        start = (day - timedelta(days=day.weekday())).isoformat()
        row = {"slot": slot, "measure": "custody_visit", "site": site, "period_start": start, "status": "planned"}
        yield record_id("slot", slot), "slot", slot, row
        hour, minute = of_year * 13 % 24, of_year * 7 % 60
        row = {
            "form": "custody_visit", "site": site, "slot": slot, "date": day.isoformat(), "state": "accepted",
            "status": "not_admitted" if of_year % 20 == 0 else "completed", "access": "admitted_immediately",
            "arrived": f"{hour:02}:{minute:02}", "left": "15:00", "visitor_1": f"ICV{of_year % 1290:04}",
            "visitor_2": f"ICV{of_year * 7 % 1290:04}", "serious_issue": "no",
            "travel_minutes_1": 20, "travel_minutes_2": 30, "in_custody": 9, "offered": 6, "seen": 5, "declined": 1,
        }  # fmt: skip
        if row["status"] == "completed":
            row["admitted"] = f"{hour:02}:{(minute + of_year % 15) % 60:02}"
        yield record_id("visit", visit), "visit", visit, row
        if of_year % 10 == 0:
            issue = {
                "visit": visit,
                "kind": "issue",
                "theme": "hygiene",
                "text": "What was found",
                **_life(day, of_year),
            }
            yield record_id("issue", f"I{number}"), "issue", f"I{number}", issue


def made(folder: Path, years: int) -> Path:
    """Return the file of a scheme of that many years, made where `folder` has none of this edition of the facts."""
    path = folder / f"national-{years}-{facts.EDITION.replace(' ', '-')}.db"
    if path.exists():
        return path
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    connection = cipher.open_local(unfinished, KEY)
    connection.execute("PRAGMA cache_size = -200000")
    connection.execute("BEGIN")
    for statement in (*facts.TABLES, *RECORDS, DRAFTS):
        connection.execute(statement)
    facts.refresh_many(connection, records(years))
    connection.execute("COMMIT")
    connection.close()
    unfinished.rename(path)
    return path


def accounts(path: Path) -> Accounts:
    """Return what makes whole accounts from the file."""
    clock = Clock(lambda: datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC))
    identity = Identity(person="OFFICE", role="coordinator", scheme="National")
    return Accounts(lambda: cipher.open_local(path, KEY), identity, clock, lambda: True)


def _bare(connection: cipher.Connection, *periods: Period, to_date: Period | None = None) -> None:
    if to_date is not None:
        days = (to_date.first.isoformat(), to_date.last.isoformat())
        for question in TO_DATE:
            connection.execute(question, days).fetchall()
    for period in periods:
        for question in (*BARE, *MORE):
            connection.execute(question, (period.first.isoformat(), period.last.isoformat())).fetchall()


def _ratio(work: Callable[[], object], bare: Callable[[], object], times: int) -> tuple[float, float]:
    """Return the medians of the processor's time for both, taken in turns: other work of the machine is none of it."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for what, into in zip((work, bare), taken, strict=True):
            began = time.process_time()
            what()
            into.append(time.process_time() - began)
    return statistics.median(taken[0]), statistics.median(taken[1])


def times(path: Path) -> Iterator[Line]:
    """Yield the ratios of a quarter's figures, a year's, and a quarter's whole account."""
    connection = cipher.open_local(path, KEY)
    first = LAST.replace(year=LAST.year - 10) + timedelta(days=1)
    whole = Period(name="whole", first=first, last=QUARTER.last)
    compared = (QUARTER, before(QUARTER), a_year_earlier(QUARTER))
    for name, work, periods, repeat in (
        ("figures of a quarter", lambda: figures.of(QUARTER, connection, TODAY), (QUARTER,), 5),
        ("figures of a year", lambda: figures.of(YEAR, connection, TODAY), (YEAR,), 3),
        ("account of a quarter", lambda: accounts(path).of(QUARTER), compared, 1),
    ):
        _bare(connection, *periods)  # warm
        to_date = whole if name.startswith("account") else None
        ours, bare = _ratio(work, partial(_bare, connection, *periods, to_date=to_date), repeat)
        detail = f"{ours:.2f} s / {bare:.2f} s"
        yield f"{name}, 1,000,000 visits / bare SQL counts", ours / bare, GOAL, detail
    connection.close()


def peak(work: Callable[[], object]) -> int:
    """Return the most that Python held during some work, in bytes."""
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def _figures(path: Path, period: Period) -> None:
    connection = cipher.open_local(path, KEY)
    figures.of(period, connection, TODAY)
    connection.close()


def memory(small: Path, large: Path) -> Iterator[Line]:
    """Yield how much more memory the figures take where the scheme is ten times as old."""
    for name, period in (("quarter", QUARTER), ("year", parse_period("2025-26"))):
        one, ten = (peak(partial(_figures, path, period)) for path in (small, large))
        detail = f"{ten / 1e6:.1f} MB / {one / 1e6:.1f} MB"
        yield f"memory for a {name}, 1,000,000 / 100,000 visits", ten / one, FLAT, detail
    one, ten = (peak(partial(accounts(path).of, QUARTER)) for path in (small, large))
    detail = f"{ten / 1e6:.1f} MB / {one / 1e6:.1f} MB; process {_resident():.0f} MB"
    yield "memory for an account, 1,000,000 / 100,000 visits", ten / one, FLAT, detail


def _resident() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most / 1e3


def main() -> list[Line]:
    """Return the lines of the table."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(os.environ.get("NATIONAL", folder))
        small, large = made(place, 1), made(place, 10)
        return [*memory(small, large), *times(large)]


if __name__ == "__main__":
    print(json.dumps(main(), indent=1))
