"""The past of a site: what the last report found there, what is still open, and what was promised about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from icv_app import issue_state
from icv_app.form_versions.form_book import FormBook
from icv_app.interchange_folder.fields import questions
from icv_app.records import briefing
from icv_app.storage.store import Record, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIssue:
    """A finding that stays with the site. `response` is what was promised, "" where nothing was yet.

    `done`: what is said to have been done about it. `unchecked`: it is serious and closed, and nobody has checked that.
    """

    key: str
    date: date | None
    kind: str
    theme: str
    severity: str
    text: str
    action: str
    response: str
    done: str = ""
    unchecked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The last completed report of a form at a site, with its answers as stored, and the open findings there.

    `answers` are by question name, repeats left out; `version` is that of the form they were given to.
    """

    report: str
    date: date
    visitors: tuple[str, ...]
    version: str
    answers: Mapping[str, Any]
    issues: tuple[OpenIssue, ...]


def of(store: Store, book: FormBook, form: str, site: str, *, before: str = "") -> Past | None:
    """Return the past of a form at a site, or None where no report is held. `before`: a report to leave out."""
    row = store.connection.execute(
        "SELECT visit, date, coalesce(visitors, '') FROM fact_visit"
        " WHERE form = ? AND site = ? AND counted = 1 AND status = 'completed' AND visit <> ? AND date IS NOT NULL"
        " ORDER BY date DESC, coalesce(arrived, '') DESC, visit LIMIT 1",
        (form, site, before),
    ).fetchone()
    told = briefing.of(store, form, site)
    newer = told is not None and (row is None or (told.date.isoformat(), told.report) > row[1::-1])
    if told is not None and newer and told.report != before:
        return Past(
            report=told.report, date=told.date, visitors=told.visitors, version=told.version, answers=told.answers,
            issues=_open(store, form, site),
        )  # fmt: skip
    if row is None:
        return None
    key, day, visitors = row
    record = store.current("visit", key)
    body = record.body if record is not None else {}
    version = str(body.get("form_version", ""))
    known = {one.name for one in questions(book.of(form, version).rows)}
    return Past(
        report=key,
        date=date.fromisoformat(day),
        visitors=tuple(visitors.split(";")) if visitors else (),
        version=version,
        answers={name: value for name, value in body.items() if name in known and not isinstance(value, dict)},
        issues=_open(store, form, site),
    )


def _open(store: Store, form: str, site: str) -> tuple[OpenIssue, ...]:
    """Return what stays of the findings at a site (`issue_state.stays`), those of the latest visits first."""
    rows = store.connection.execute(
        "SELECT i.record, v.date FROM fact_issue i JOIN fact_visit v ON v.record = i.visit_record"
        " WHERE v.form = ? AND v.site = ? AND i.part = ''"
        " AND (coalesce(i.status, 'open') NOT IN ('closed', 'closed_no_response', 'withdrawn')"
        " OR i.severity = 'serious') ORDER BY v.date DESC, i.issue",
        (form, site),
    ).fetchall()
    found = ((store.by_id(record), day) for record, day in rows)
    told = (_issue(record, day) for record, day in found if record is not None and issue_state.stays(record.body))
    return (*told, *_of_others(store, form, site))


def _of_others(store: Store, form: str, site: str) -> Iterator[OpenIssue]:
    """Yield the open findings at a site out of reports that are sealed to others: they say themselves where it was."""
    known = {visit for (visit,) in store.connection.execute("SELECT visit FROM fact_visit")}
    for record in store.records("issue"):
        body = record.body
        if (body.get("site"), body.get("form")) != (site, form) or body.get("visit") in known:
            continue
        if issue_state.stays(body):
            yield _issue(record, body.get("date"))


def _issue(record: Record, day: Any) -> OpenIssue:
    told = {name: str(record.body.get(name) or "") for name in _TOLD}
    unchecked = issue_state.status(record.body) in issue_state.ENDED
    return OpenIssue(key=record.key, date=issue_state.day(day), unchecked=unchecked, **told)


_TOLD = ("kind", "theme", "severity", "text", "action", "response", "done")
