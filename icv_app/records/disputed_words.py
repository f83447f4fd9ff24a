"""The words of records that are no reports, for people who choose between two entries: kinds, fields and values."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from forms.translation import later, tr
from icv_app.wording import day_words

_KINDS = MappingProxyType(
    {
        "site": later("Site"),
        "site_status": later("When a site is open"),
        "target": later("Target"),
        "visitor": later("Visitor"),
        "slot": later("Slot"),
        "visit": later("Visit"),
        "record_review": later("Record review"),
        "issue": later("Issue"),
        "throughput": later("People detained"),
        "scheme": later("The scheme’s settings"),
        "enrolment": later("Laptop"),
        "form": later("Form"),
        "sign_off": later("A visitor’s word on a report"),
    }
)
_FIELDS = MappingProxyType(
    {
        "name": later("Name"),
        "kind": later("Kind"),
        "from": later("From"),
        "to": later("To"),
        "status": later("Status"),
        "days": later("Open on"),
        "reason": later("Reason"),
        "measure": later("What is counted"),
        "site": later("Site"),
        "number": later("How many"),
        "per": later("For each"),
        "roles": later("Roles"),
        "period_start": later("First day of the week or month"),
        "visitors": later("Visitors"),
        "theme": later("Theme"),
        "severity": later("How serious"),
        "text": later("What it is"),
        "action": later("What was done"),
        "response": later("The answer to it"),
        "shared_with_staff_on": later("When staff were told"),
        "persons_detained": later("How many people were detained"),
        "source": later("Where the number comes from"),
        "marking": later("Marking of summaries"),
        "report_marking": later("Marking of reports"),
        "week_rule": later("How weeks are counted"),
        "agrees": later("Whether they agree"),
        "dissent": later("How they see it"),
        "date": later("Date"),
    }
)


def kind_words(kind: str) -> str:
    """Return what a kind of record is called."""
    return tr(_KINDS[kind]) if kind in _KINDS else kind.replace("_", " ")


def field_words(kind: str, path: str) -> str:
    """Return what a field of a record of `kind` is called; one that has no words keeps its name."""
    name = path.rpartition("/")[2]
    return tr(_FIELDS[name]) if name in _FIELDS else name.replace("_", " ")


def value_words(kind: str, path: str, value: Any, names: Mapping[str, str]) -> str:
    """Return a value in words: days in full, sites by their `names`, codes without their underscores."""
    text = str(value)
    name = path.rpartition("/")[2]
    if name == "site":
        return names.get(text, text)
    if isinstance(value, str) and len(text) == 10:
        try:
            return day_words(date.fromisoformat(text))
        except ValueError:
            return text
    return text.replace("_", " ") if name in ("kind", "status", "measure", "per", "theme", "severity") else text
