"""The log in words: an entry as a person reads it, and the columns of the table that the office takes away."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.translation import later, plural, tr
from icv_app.clock import LONDON
from icv_app.storage.audit import ACTIONS, Entry
from icv_app.wording import day_words

KINDS: Mapping[str, str] = {
    "visit": later("report"),
    "record_review": later("record review"),
    "issue": later("finding"),
    "sent_list": later("list for the police"),
    "sign_off": later("sign-off entry"),
    "site": later("site"),
    "site_status": later("opening of a site"),
    "target": later("target"),
    "visitor": later("volunteer"),
    "volunteer": later("volunteer's file"),
    "duty": later("volunteer's hours"),
    "slot": later("slot"),
    "availability": later("weeks when somebody cannot visit"),
    "swap": later("swap"),
    "overrule": later("reason for naming a pair"),
    "adopted_rota": later("rota that was used"),
    "filter": later("saved search"),
    "published": later("published figures"),
    "commentary": later("commentary"),
    "throughput": later("number detained"),
    "scheme": later("settings of the scheme"),
    "form": later("form"),
    "paper_template": later("template of a paper"),
    "enrolment": later("laptop"),
    "device": later("laptop"),
    "keys": later("keys of the scheme"),
    "plan": later("planned visit"),
    "briefing": later("what the next visitors are told"),
    "summary": later("summary"),
    "panel_paper": later("paragraphs for a panel"),
    "icva_return": later("return to ICVA"),
    "quality": later("evidence of quality"),
    "person": later("what is held on a person"),
    "search": later("what was found by its words"),
    "audit": later("log"),
}
"""What kinds of record are called in an entry; any other is called by its own name."""

_DETAILS: Mapping[str, str] = {
    "rev": later("version {value}"),
    "form": later("form {value}"),
    "version": later("version {value}"),
    "to": later("to: {value}"),
    "what": later("what: {value}"),
    "period": later("period {value}"),
    "reason": later("reason: {value}"),
    "person": later("for {value}"),
    "role": later("role {value}"),
    "class": later("class {value}"),
    "basis": later("on the ground: {value}"),
    "due": later("due {value}"),
    "certificate": later("certificate {value}"),
    "through": later("up to entry {value}"),
    "where": later("where: {value}"),
    "adds": later("added {value}"),
    "loses": later("lost {value}"),
    "sent": later("sent {value}"),
    "received": later("received {value}"),
}
COLUMNS = (
    "when", "who", "laptop", "number", "did", "kind", "record", "details", "hash",
)  # fmt: skip
"""Of the table: codes as the log has them, so that a spreadsheet can sort and filter by them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry in words: when, who, what they did to which record, and what else the entry tells."""

    when: str
    who: str
    did: str
    more: str


def line(entry: Entry) -> Line:
    """Return an entry as a person reads it."""
    at = entry.moment.astimezone(LONDON) if entry.moment and entry.moment.tzinfo else None
    when = tr("{date} at {time}", date=day_words(at), time=f"{at:%H:%M:%S}") if at else entry.at
    kind = tr(KINDS[entry.kind]) if entry.kind in KINDS else entry.kind
    what = " ".join(part for part in (kind, entry.key) if part)
    action = tr(ACTIONS[entry.action]) if entry.action in ACTIONS else entry.action
    did = tr("{action}: {what}", action=action, what=what) if what else action
    return Line(when=when, who=entry.person, did=did, more="; ".join(_details(entry.detail)))


def _details(detail: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(count := detail.get("count"), int):
        yield plural("{count:,} entry", "{count:,} entries", count)
    for name, words in _DETAILS.items():
        if name in detail:
            yield tr(words, value=detail[name])
    if "masked" in detail:
        yield tr("masked") if detail["masked"] else tr("not masked")


def row(entry: Entry) -> tuple[str, ...]:
    """Return an entry in the order of `COLUMNS`, for a table."""
    return (
        entry.at, entry.person, entry.device, str(entry.n), entry.action, entry.kind, entry.key, entry.text,
        entry.hash.hex(),
    )  # fmt: skip


def document(entries: Sequence[Entry], flaws: Sequence[str], laptops: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the log as one JSON document."""
    told: Callable[[Entry], dict[str, Any]] = lambda entry: {  # noqa: E731
        "at": entry.at, "person": entry.person, "device": entry.device, "n": entry.n, "action": entry.action,
        "kind": entry.kind, "key": entry.key, "detail": entry.detail, "hash": entry.hash.hex(),
    }  # fmt: skip
    return {"entries": [told(entry) for entry in entries], "laptops": list(laptops), "bad": list(flaws)}
