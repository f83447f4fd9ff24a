"""Rights: what a device may write, by the role that the office granted it.

The office writes anything. A visitor writes reports and what belongs to them: a report of their own or of their pair,
what it raises, their word on it, and what their laptop tells of itself. Everything else is refused: a target, a site's
status, a form, a figure, another's visit (`domain.md` C). The same rules guard the own save and judge the received row.
"""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from forms.translation import tr
from icv_app.credential import Device
from icv_app.errors import InvalidInput
from icv_app.report_state import ACCEPTANCES, RETURNS, oversteps
from icv_app.revision import Body, record_id

NOT_ALLOWED: Final = "not_allowed"
NOT_THEIRS: Final = "not_theirs"

_PAIR: Final = ("visitor_1", "visitor_2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The first revision of a record: who wrote it, and what it says, None where that is sealed to others."""

    author: str
    body: Body | None


Seen = Callable[[], Iterator[Body]]
"""Yields the revisions that the author of one had before them, as far as they can be read."""

Beginnings = Callable[[bytes], Iterator[Beginning]]
"""Yields the admitted first revisions of the record of an id."""


def refusal(
    writer: Device, record: bytes, kind: str, key: str, body: Body, *, seen: Seen | None, begun: Beginnings
) -> str:
    """Return why `writer` may not write this revision, "" where it may. `seen` None: it is built on no other one."""
    if writer.office:
        return ""
    if record != record_id(kind, key) or kind not in _RULES:
        return NOT_ALLOWED
    return _RULES[kind](writer, key, body, seen, begun)


def refuse_own(writer: Device | None, kind: str, key: str, body: Body, *, seen: Seen | None, begun: Beginnings) -> None:
    """Raise InvalidInput("office_only" or "not_theirs") where this laptop may not save a record itself."""
    if writer is None:  # before the first record of a new laptop
        return
    why = refusal(writer, record_id(kind, key), kind, key, body, seen=seen, begun=begun)
    if why == NOT_THEIRS:
        raise InvalidInput(
            NOT_THEIRS,
            tr("{key} is somebody else's. Only they, their partner on it and the office change it.", key=key),
        )
    if why:
        raise InvalidInput(
            "office_only", tr("Only the scheme's office can do that. Nothing was changed. Please ask the office.")
        )


def _report(writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    return _of_kind("visit", writer, key, body, seen, begun)


def _session(writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    return _of_kind("record_review", writer, key, body, seen, begun)


def _of_kind(kind: str, writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    before = {} if seen is None else _together(seen(), str(body.get("state", "")))
    if oversteps(before, body, writer.person):
        return NOT_ALLOWED
    return "" if seen is None or _is_theirs(writer, record_id(kind, key), begun) else NOT_THEIRS


def _together(seen: Iterator[Body], state: str) -> Body:
    """Return what `oversteps` looks at, of several revisions: returns and acceptances of all, a state that one has."""
    parts: Body = {RETURNS: {}, ACCEPTANCES: {}}
    states = set()
    for body in seen:
        states.add(body.get("state"))
        for name, found in parts.items():
            if isinstance(body.get(name), dict):
                _lay(found, body[name])
    found_state = state if state in states else next(iter(states), None)
    return {**{name: found for name, found in parts.items() if found}, "state": found_state}


def _lay(under: Body, over: Body) -> None:
    for name, value in over.items():
        if isinstance(value, dict) and isinstance(under.get(name), dict):
            _lay(under[name], value)
        else:
            under[name] = copy.deepcopy(value)


def _finding(writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    """Tie an issue to the report that raised it; where that is sealed to others, the office's laptop judges."""
    report = str(body.get("visit", ""))
    for kind in ("visit", "record_review"):
        for beginning in begun(record_id(kind, report)):
            if beginning.body is None or _names(beginning, writer.person):
                return ""
    return NOT_THEIRS


def _word(writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    """Let a visitor sign for themselves; the second one's word may be given on the first one's laptop, and says so."""
    if key.endswith(f"|{writer.person}"):
        return ""
    report = record_id("visit", str(body.get("report", "")))
    return (
        ""
        if seen is None and any(each.body is None or _names(each, writer.person) for each in begun(report))
        else NOT_THEIRS
    )


def _form(writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    """Let a report bring the form that it was made with: that is only ever read by, never filled in anew."""
    return "" if seen is None and body.get("origin") == "program" else NOT_ALLOWED


def _about_itself(writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    return "" if key.partition("|")[0] == writer.device else NOT_THEIRS


def _plan(writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    visitors = body.get("visitors")
    return "" if isinstance(visitors, list) and writer.person in visitors else NOT_THEIRS


def _briefing(writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    report = record_id("visit", _briefed(body))
    return "" if any(each.body is None or _names(each, writer.person) for each in begun(report)) else NOT_THEIRS


def _briefed(body: Body) -> str:
    try:
        return str(json.loads(body["briefing"])["report"])
    except (KeyError, TypeError, ValueError):
        return ""


_RULES: Final = {
    "visit": _report,
    "record_review": _session,
    "issue": _finding,
    "sign_off": _word,
    "form": _form,
    "presence": _about_itself,
    "audit": _about_itself,
    "enrolment": _about_itself,
    "plan": _plan,
    "briefing": _briefing,
}


def _is_theirs(writer: Device, record: bytes, begun: Beginnings) -> bool:
    return any(_names(beginning, writer.person) for beginning in begun(record))


def _names(beginning: Beginning, person: str) -> bool:
    body = beginning.body or {}
    return beginning.author == person or person in (body.get(name) for name in _PAIR)
