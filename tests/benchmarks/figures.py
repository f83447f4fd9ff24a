"""The figures of one quarter among 100,000 visits, against the bare SQL counts that they cannot do without."""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from icv_app.counting import figures
from icv_app.encryption import cipher
from icv_app.periods import parse_period
from icv_app.storage import facts
from icv_app.storage.revision import record_id

GOAL = 3.0
VISITS, SUITES = 100_000, 20
PERIOD = parse_period("2025-26-Q2")
BARE = (
    # visits and their sums at each site
    """SELECT site, count(*), sum(status = 'completed'), sum(access = 'admitted_immediately'), sum(minutes),
         sum(in_custody), sum(offered), sum(seen), sum(declined), sum(serious_issue)
       FROM fact_visit WHERE counted = 1 AND form = 'custody_visit' AND site IN (SELECT site FROM fact_site)
         AND date BETWEEN ? AND ? GROUP BY site""",
    # who was in custody, what became of them, and when visitors came
    """SELECT site, sum(observed_only), sum(not_available), sum(denied), sum(not_offered), sum(women), count(women),
         sum(children), count(children), sum(girls), sum(immigration), sum(s136), sum(praise), sum(weekend),
         sum(coalesce(admitted, arrived) >= '19:00'), sum(coalesce(admitted, arrived) < '07:00')
       FROM fact_visit WHERE counted = 1 AND form = 'custody_visit' AND site IN (SELECT site FROM fact_site)
         AND status = 'completed' AND date BETWEEN ? AND ? GROUP BY site""",
    # why people were not available
    """SELECT sum(na_asleep), sum(na_interview), sum(na_solicitor), sum(na_appropriate_adult), sum(na_healthcare),
         sum(na_processing), sum(na_out_of_cell), sum(na_court), sum(na_hospital), sum(na_intoxicated),
         sum(na_leaving), sum(na_other), sum(unexplained)
       FROM fact_visit WHERE counted = 1 AND form = 'custody_visit' AND not_available > 0
         AND site IN (SELECT site FROM fact_site) AND status = 'completed' AND date BETWEEN ? AND ?""",
    # weeks with a completed visit
    """SELECT site, count(DISTINCT strftime('%Y-%W', date)) FROM fact_visit
       WHERE counted = 1 AND form = 'custody_visit' AND site IN (SELECT site FROM fact_site) AND status = 'completed'
         AND date BETWEEN ? AND ? GROUP BY site""",
    # slots that a completed visit names
    """SELECT t.site, count(*), sum(EXISTS (SELECT 1 FROM fact_visit v
         WHERE v.slot = t.slot AND v.counted = 1 AND v.status = 'completed'))
       FROM fact_slot t WHERE t.measure = 'custody_visit' AND t.site IN (SELECT site FROM fact_site)
         AND t.period_start BETWEEN ? AND ? GROUP BY t.site""",
    # issues raised on the period's visits
    """SELECT count(*) FROM fact_site s CROSS JOIN fact_visit v CROSS JOIN fact_issue i
       WHERE v.counted = 1 AND v.form = 'custody_visit' AND v.site = s.site AND v.date BETWEEN ? AND ?
         AND i.visit_record = v.record""",
    # the waits, and the days of completed visits
    """SELECT site, date, arrived, admitted, status FROM fact_visit
       WHERE counted = 1 AND form = 'custody_visit' AND site IN (SELECT site FROM fact_site)
         AND date BETWEEN ? AND ?""",
    # the cells of the week that were visited in a year
    """SELECT DISTINCT site, strftime('%w', date), arrived, admitted FROM fact_visit
       WHERE counted = 1 AND form = 'custody_visit' AND site IN (SELECT site FROM fact_site) AND status = 'completed'
         AND date BETWEEN date(?, '-9 months') AND ?""",
    # issues open at the end, or answered in the period, with the day of their visit
    """SELECT v.date, i.theme, i.kind, i.sent_on, i.due_on, i.responded_on FROM fact_issue i
       JOIN fact_visit v ON v.record = i.visit_record
       WHERE i.status = 'open' OR i.responded_on BETWEEN ? AND ? OR i.closed_on > ?2""",
)


def _life(day: date, number: int) -> dict[str, str]:
    """Sent, answered and closed within six weeks, save a hundred that still stand open."""
    sent, due, answered, closed = (day + timedelta(days=later) for later in (5, 19, 12 + number % 14, 40))
    if number % 1000 == 0:
        return {"status": "open"}
    return {
        "status": "closed", "sent_on": sent.isoformat(), "due_on": due.isoformat(),
        "responded_on": answered.isoformat(), "closed_on": closed.isoformat(),
    }  # fmt: skip


def _records() -> Iterator[tuple[bytes, str, str, dict[str, Any]]]:
    """Eight years of visits, each with its slot, at twenty suites; a tenth of them raise an issue."""
    for number in range(SUITES):
        site = f"suite-{number:02}"
        yield record_id("site", site), "site", site, {"site": site, "name": site, "kind": "custody_suite"}
    target = {"measure": "custody_visit", "number": 1, "per": "week", "from": "2018-04-01"}
    yield record_id("target", "t"), "target", "t", target
    for number in range(VISITS):
        day = date(2018, 4, 1) + timedelta(days=number * 7919 % 2922)
        site, slot, visit = f"suite-{number * 31 % SUITES:02}", f"S{number * 7717 % VISITS:06}", f"CV-{number:06}"
        start = (day - timedelta(days=day.weekday())).isoformat()
        body = {"slot": slot, "measure": "custody_visit", "site": site, "period_start": start, "status": "planned"}
        yield record_id("slot", slot), "slot", slot, body
        body = {
            "form": "custody_visit", "site": site, "slot": slot, "date": day.isoformat(), "state": "accepted",
            "status": "not_admitted" if number % 20 == 0 else "completed", "access": "admitted_immediately",
            "arrived": f"{number * 13 % 24:02}:{number * 7 % 60:02}", "left": "15:00",
            "visitor_1": "ICV01", "visitor_2": "ICV02", "serious_issue": "no",
            "travel_minutes_1": 20, "travel_minutes_2": 30, "in_custody": 9, "offered": 6, "seen": 5, "declined": 1,
            "observed_only": 1, "not_available": number % 3, "denied": 0, "not_offered": 2 - number % 3,
            "groups_present": "female under_18", "number_female": 1 + number % 2, "number_under_18": 1,
            "na_reasons": "asleep", "na_asleep": number % 3, "positive_comments": "Well run" if number % 4 else "",
        }  # fmt: skip
        if body["status"] == "completed":
            body["admitted"] = f"{number * 13 % 24:02}:{(number * 7 + number % 15) % 60:02}"
        yield record_id("visit", visit), "visit", visit, body
        if number % 10 == 0:
            issue = {"visit": visit, "kind": "issue", "text": "What was found", **_life(day, number)}
            yield record_id("issue", f"I{number}"), "issue", f"I{number}", issue


RECORDS = (  # where disputes would be told: there are none here
    "CREATE TABLE current(record, kind, key, body, heads, conflicts, hlc, author)",
    "CREATE INDEX current_dispute ON current(record) WHERE conflicts <> '{}'",
    "CREATE TABLE revision(rev, payload)",
)


def quarter(folder: Path) -> tuple[str, float, float, str]:
    """`figures.of`, rules and all, against the bare counts over the same fact rows; medians of warm runs."""
    connection = cipher.open_local(folder / "figures.db", os.urandom(32))
    connection.execute("BEGIN")
    for statement in (*facts.TABLES, *RECORDS):
        connection.execute(statement)
    facts.refresh_many(connection, _records())
    connection.execute("COMMIT")
    span = (PERIOD.first.isoformat(), PERIOD.last.isoformat())
    ours, bare = [], []
    for _ in range(15):
        began = time.perf_counter()
        for question in BARE:
            connection.execute(question, span).fetchall()
        bare.append(time.perf_counter() - began)
        began = time.perf_counter()
        figures.of(PERIOD, connection, date(2026, 11, 22))
        ours.append(time.perf_counter() - began)
    connection.close()
    ours_ms, bare_ms = statistics.median(ours) * 1000, statistics.median(bare) * 1000
    detail = f"{ours_ms:.1f} ms / {bare_ms:.1f} ms, {VISITS:,} visits"
    return "figures of a quarter / bare SQL counts", ours_ms / bare_ms, GOAL, detail


def main() -> list[tuple[str, float, float, str]]:
    """Return the line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        return [quarter(Path(folder))]


if __name__ == "__main__":
    print(json.dumps(main(), indent=1))
