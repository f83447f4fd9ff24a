"""A briefing: what the next visitors of a site need of the last report there, and no more (docs/decisions/0091).

A report itself is read by its pair and the office. Its answers outside the rows, less what holds a custody number or a
member of staff, go into one record for each form and site, sealed to whoever visits there. A visitor's laptop tells
from briefings what was found last time (`past`) and where somebody has been (`due`).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from forms.form import Row
from icv_app.form_versions.form_book import FormBook
from icv_app.interchange_folder.fields import questions
from icv_app.storage.revision import Body
from icv_app.storage.store import Store

KIND: Final = "briefing"
_LATEST = (
    "SELECT form, site, visit, date, coalesce(visitors, '') FROM (SELECT *, row_number() OVER ("
    " PARTITION BY form, site ORDER BY date DESC, coalesce(arrived, '') DESC, visit) AS place FROM fact_visit"
    " WHERE counted = 1 AND status = 'completed' AND date IS NOT NULL AND site IS NOT NULL AND form IS NOT NULL)"
    " WHERE place = 1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """The last completed report of a form at a site, as told to those who visit there. `answers` are by question."""

    form: str
    site: str
    report: str
    date: date
    visitors: tuple[str, ...]
    version: str
    answers: Mapping[str, Any]


def key(form: str, site: str) -> str:
    """Return the key of the briefing on a site."""
    return f"{form} {site}"


def renew(store: Store, book: FormBook) -> int:
    """Save the briefings that a report of this laptop makes, or the office's where it knows a later one; how many."""
    items = [item for item in _outstanding(store, book) if _may(store, json.loads(item[2]["briefing"])["report"])]
    if items:
        store.save_all(items)
    return len(items)


def _may(store: Store, report: str) -> bool:
    own = None if store.trust is None else store.trust.own
    record = store.current("visit", report)
    return own is not None and (own.office or (record is not None and record.author == store.author))


def _outstanding(store: Store, book: FormBook) -> Iterator[tuple[str, str, Body]]:
    known = {record.key: record for record in store.records(KIND)}
    for form, site, report, day, visitors in store.connection.execute(_LATEST).fetchall():
        held = known.get(key(form, site))
        told = None if held is None else _read(held.body)
        if told is not None and (told.date, told.report) > (date.fromisoformat(day), report) and _stands(store, told):
            continue
        body = _body(store, book, form, site, report, day, visitors)
        if held is None or held.body != body:
            yield KIND, key(form, site), body


def _stands(store: Store, told: Briefing) -> bool:
    """Return whether a later briefing may stay: the office, which reads every report, knows that its report is of it.

    A visitor's laptop cannot tell.
    """
    own = None if store.trust is None else store.trust.own
    record = store.current("visit", told.report)
    return own is None or not own.office or (record is not None and record.body.get("date") == told.date.isoformat())


def _body(store: Store, book: FormBook, form: str, site: str, report: str, day: str, visitors: str) -> Body:
    record = store.current("visit", report)
    said = {} if record is None else record.body
    version = str(said.get("form_version", ""))
    names = {row.name for row in questions(book.of(form, version).rows) if _is_told(row)}
    content = {
        "report": report, "date": day, "visitors": visitors, "version": version,
        "answers": {name: value for name, value in said.items() if name in names and not isinstance(value, dict)},
    }  # fmt: skip
    # one text: a merge must not make one briefing of two
    return {"form": form, "site": site, "briefing": json.dumps(content, sort_keys=True)}


def _is_told(row: Row) -> bool:
    return not row.binds.get("icv:holds") and row.binds.get("icv:copy") != "no"


def every(store: Store) -> Iterator[Briefing]:
    """Yield the briefings that this laptop may read."""
    for record in store.records(KIND):
        found = _read(record.body)
        if found is not None:
            yield found


def been(store: Store) -> dict[tuple[str, str], date]:
    """Return when somebody was last at a site, by (form, site), as far as this laptop is told."""
    return {(each.form, each.site): each.date for each in every(store)}


def of(store: Store, form: str, site: str) -> Briefing | None:
    """Return the briefing on a site, or None."""
    record = store.current(KIND, key(form, site))
    return None if record is None else _read(record.body)


def _read(body: Body) -> Briefing | None:
    try:
        told = json.loads(body["briefing"])
        return Briefing(
            form=str(body["form"]), site=str(body["site"]), report=str(told["report"]),
            date=date.fromisoformat(told["date"]), visitors=tuple(str(told["visitors"]).split(";")),
            version=str(told["version"]), answers=dict(told["answers"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, RecursionError):  # a text within the text may be of any depth
        return None
