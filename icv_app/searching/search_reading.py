"""A record that is no report, laid out to be read: each field by name, its codes and days in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from forms.translation import later, tr
from icv_app import issue_wording
from icv_app.encryption.cipher import Connection
from icv_app.form_versions.form_book import FormBook
from icv_app.searching.search_text import Texts, strings
from icv_app.storage.fact_cells import calendar_day
from icv_app.storage.store import Record
from icv_app.wording import day_words

FIELDS: Final[Mapping[str, str]] = {
    "text": later("What was found"), "action": later("What was done at the visit"), "kind": later("Kind"),
    "theme": later("Theme"), "severity": later("How serious"), "status": later("Status"), "site": later("Site"),
    "visit": later("Report"), "form": later("Form"), "date": later("Day"), "raised_on": later("Raised on"),
    "raised_by": later("Raised by"), "sent_to": later("Sent to"), "sent_on": later("Sent on"),
    "due_on": later("Answer due on"), "response": later("Answer of the police"),
    "responded_on": later("Answered on"), "response_accepted": later("Answer accepted"), "outcome": later("Outcome"),
    "done": later("What was done about it"), "evidence": later("Evidence"), "verified_by": later("Checked by"),
    "verified_on": later("Checked on"), "closed_on": later("Closed on"), "closed_by": later("Closed by"),
    "feedback_on": later("Visitors told on"), "shared_with_staff_on": later("Shared with staff on"),
    "repeat_of": later("Repeat of"), "public_summary": later("Words for a public report"),
    "measure": later("Kind of visit"), "period_start": later("From"), "from": later("From"), "to": later("To"),
    "reason": later("Reason"), "visitors": later("Visitors"), "visitor": later("Visitor"), "roles": later("Roles"),
    "name": later("Name"), "number": later("Number"), "per": later("In each"), "note": later("Note"),
    "minutes": later("Minutes"), "travel_minutes": later("Minutes of travel"), "slot": later("Slot"),
    "records": later("Records"), "persons_detained": later("People detained"), "source": later("Source"),
    "day": later("Day"), "time": later("Time"), "days": later("Days"), "asked": later("Asked"),
    "asked_by": later("Asked by"), "state": later("State"), "agrees": later("Agrees"),
    "dissent": later("How they see it"), "report": later("Report"),
}  # fmt: skip
"""What the fields of records are called; any other by its own name without underscores."""

_PASSED_BY = frozenset(("form_version", "deleted", "reason_code"))


def fields(held: Record, connection: Connection, book: FormBook) -> list[tuple[str, str]]:
    """Return the fields of a record that say something, each by name and in words; odd values are passed over."""
    texts, found = Texts(connection, book), []
    names = (*(name for name in FIELDS if name in held.body), *(name for name in held.body if name not in FIELDS))
    for name in names:
        words = "" if name in _PASSED_BY or (name == "source" and held.kind == "issue") else _said(texts, name, held)
        if words:
            found.append((tr(FIELDS[name]) if name in FIELDS else issue_wording.spaced(name), words))
    return found


def _said(texts: Texts, name: str, held: Record) -> str:
    value: Any = held.body[name]
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str) and (day := calendar_day(value)):
        return day_words(date.fromisoformat(day[0]))
    if isinstance(value, str) and name == "time":
        return value
    return ", ".join(texts.said(name, words) for each in (value,) for words in strings(each))
