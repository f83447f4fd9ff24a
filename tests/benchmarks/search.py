"""Searching among 100,000 records (reports, findings, slots): typical queries against 50 ms, and against bare FTS5.

As the page does it: parsed, counted, the first fifty with their quotations. Bare: the same expression, rowids only.
"""

import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import storage

from icv_app.clock import Clock
from icv_app.encryption import cipher
from icv_app.form_versions.form_book import FormBook
from icv_app.searching.search import READ_AT_ONCE, Search
from icv_app.storage import schema
from icv_app.storage.store import Store

RECORDS = 100_000
LIMIT_MS = 50.0
SITES = {f"suite-{number}": name for number, name in enumerate(("North Gate", "Harbour Road", "Mill Lane", "West End"))}
FIRST = date(2019, 4, 1)
TODAY = date(2026, 11, 22)
QUERIES = {
    "one word, in a third of all": "blanket",
    "one word, in a few": "helicopter",
    "two words": "cold blanket",
    "three words": "cold blanket officer",
    "two letters": "bl",
    "three letters": "int",
    "the beginning of a word": "interpr",
    "a phrase": '"warm cell"',
    "a word and filters": 'blanket site:"Mill Lane" kind:finding status:open',
    "filters alone": "kind:report site:north person:ICV07",
    "a word in a year": "blanket from:1/4/24 to:31/3/25",
    "a reference": "CV-2020-010000",
    "nothing found": "zebra",
}
_WORDS = storage._WORDS  # the same invented words as in the other benchmarks


def records(count: int) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Yield `count` records: of ten, three reports of 3.2 KB, four findings and three slots."""
    choose = random.Random(1)
    for site, name in SITES.items():
        yield "site", site, {"name": name, "kind": "custody_suite"}
    for number in range(count - len(SITES)):
        day = (FIRST + timedelta(days=number // 36)).isoformat()
        site, report = f"suite-{choose.randrange(len(SITES))}", f"CV-{day[:4]}-{number:06d}"
        pair = {f"visitor_{place}": f"ICV{choose.randrange(1, 61):02d}" for place in (1, 2)}
        if number % 10 < 3:
            yield "visit", report, {**storage.visit(number), **pair, "site": site, "date": day, **rare(number)}
        elif number % 10 < 7:
            status = choose.choice(("open", "with_police", "closed"))
            words = " ".join(choose.choices(_WORDS, k=14))
            yield "issue", f"{report}-1", {
                "kind": "issue", "theme": "hygiene", "severity": "minor", "text": words, "status": status, "site": site,
                "form": "custody_visit", "date": day, "response": " ".join(choose.choices(_WORDS, k=12)),
            }  # fmt: skip
        else:
            slot = {"measure": "custody_visit", "site": site, "period_start": day, "status": "planned"}
            yield "slot", f"S{number}", {**slot, "visitors": list(pair.values())}


def rare(number: int) -> dict[str, object]:
    """Return an answer with a word that one report in a thousand has."""
    return {} if number % 1000 else {"remarks": "We heard a helicopter"}


def main() -> list[tuple[str, float, float | None, str]]:
    """Return the lines of the table: (what, ratio, goal or None, details)."""
    with tempfile.TemporaryDirectory() as folder:
        connection = cipher.open_local(Path(folder) / "search.db", os.urandom(32))
        schema.prepare_local(connection)
        with Store(connection, author="OFFICE", clock=Clock()) as store:
            store.save_all(records(RECORDS))
            search = Search(store, FormBook(store))
            began = time.perf_counter()
            while search.catch_up():
                pass
            each = (time.perf_counter() - began) / RECORDS
            lines = [asked(search, store, what, text) for what, text in QUERIES.items()]
            slowest = max(line[1] for line in lines)
            fresh = [read_after_a_save(search, store, number) for number in range(40)]
            at_a_save = statistics.median(fresh)
        return [
            *lines,
            (
                f"the slowest of these, of {RECORDS:,} records / {LIMIT_MS:.0f} ms", slowest, 1.0,
                f"{slowest * LIMIT_MS:.1f} ms",
            ),
            (
                f"a saved report read into the index, and found / {LIMIT_MS:.0f} ms", at_a_save * 1000 / LIMIT_MS, 1.0,
                f"{at_a_save * 1000:.1f} ms; {READ_AT_ONCE} at once: {each * READ_AT_ONCE * 1000:.0f} ms",
            ),
        ]  # fmt: skip


def asked(search: Search, store: Store, what: str, text: str) -> tuple[str, float, float | None, str]:
    """Return the line of one query: the median of its times against the limit, and beside bare FTS5."""
    query = search.parse(text, TODAY)
    bare = "SELECT rowid FROM search_words WHERE search_words MATCH ? ORDER BY rowid DESC LIMIT 50"
    ours = median(lambda: search.find(search.parse(text, TODAY)))
    theirs = median(lambda: store.connection.execute(bare, (query.expression,)).fetchall())
    found = search.find(query).total
    details = f"{ours:.1f} ms, {found:,} found; bare FTS5 {theirs:.2f} ms, {ours / theirs:.0f} times"
    return f"search, {what} / {LIMIT_MS:.0f} ms", ours / LIMIT_MS, 1.0, details


def median(what: Callable[[], object]) -> float:
    """Return how many milliseconds `what` takes."""
    times = []
    for _ in range(15):
        began = time.perf_counter()
        what()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def read_after_a_save(search: Search, store: Store, number: int) -> float:
    """Return the seconds from the end of a save to the report on the screen."""
    store.save("visit", f"CV-NEW-{number}", {**storage.visit(number), "remarks": f"unheard{number}"})
    began = time.perf_counter()
    search.catch_up()
    assert search.find(search.parse(f"unheard{number}", TODAY)).total == 1
    return time.perf_counter() - began


if __name__ == "__main__":
    print(json.dumps(main(), indent=1))
