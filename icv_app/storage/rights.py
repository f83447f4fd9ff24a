"""Rights: what a device may write, by the role that the office granted it.

The office writes anything. A visitor writes reports and what belongs to them: a report of their own or of their pair,
what it raises, their word on it, and what their laptop tells of itself. Everything else is refused: a target, a site's
status, a form, a figure, another's visit (`domain.md` C). The same rules guard the own save and judge the received row.
"""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.issue_state import oversteps as oversteps_issue
from icv_app.storage.credential import Device
from icv_app.storage.report_state import ACCEPTANCES, RETURNS, oversteps
from icv_app.storage.revision import Body, record_id

NOT_ALLOWED: Final = "not_allowed"
NOT_THEIRS: Final = "not_theirs"

_PAIR: Final = ("visitor_1", "visitor_2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The first revision of a record: who wrote it, and what it says, None where that is sealed to others."""

    author: str
    body: Body | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A revision that another one is built on, and the first revisions of its record that led to it."""

    author: str
    body: Body | None
    begun: tuple[Beginning, ...]


Seen = Callable[[], Iterator[Before]]
"""Yields the revisions of the same record that the author of one had before them, as far as they are here and count."""

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
    held = [] if seen is None else list(seen())
    if oversteps(
        _together((each.body for each in held if each.body is not None), body.get("state")), body, writer.person
    ):
        return NOT_ALLOWED
    if seen is None:
        return ""
    if held:
        return "" if all(_may_build(writer, each) for each in held) else NOT_THEIRS
    return "" if _is_theirs(writer, begun(record_id(kind, key))) else NOT_THEIRS


def _may_build(writer: Device, before: Before) -> bool:
    """Return whether a report as it stood was the writer's to change.

    What led to it may be theirs in part only: whoever put a beginning of their own beside another's report gains
    nothing by a save that took up both.
    """
    stood = Beginning(author=before.author, body=before.body)
    return _names(stood, writer.person) or _is_theirs(writer, iter(before.begun))


def _together(seen: Iterator[Body], state: Any) -> Body:
    """Return what `oversteps` looks at, of several revisions: returns and acceptances of all, a state that one has."""
    parts: Body = {RETURNS: {}, ACCEPTANCES: {}}
    states: list[Any] = []  # of anything: what comes from another laptop need be no text
    for body in seen:
        states.append(body.get("state"))
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
    """Tie an issue to the report that raised it; where that is sealed to others, the office's laptop judges.

    Its reference begins with the report's, so nobody puts one of their own into the place of another's. What came of
    it after the report is the office's to say (`issue_state`).
    """
    report = str(body.get("visit", ""))
    before = [] if seen is None else list(seen())
    held = [each.body for each in before if each.body is not None]
    # where what it is built on has not come, or counts for nothing, it says nothing for the office; judged again then
    if len(held) == len(before) and oversteps_issue(held, body):
        return NOT_ALLOWED
    if any(each.get("visit") != body.get("visit") for each in held) or not (held or key.startswith(f"{report}-")):
        return NOT_THEIRS
    for kind in ("visit", "record_review"):
        for beginning in begun(record_id(kind, report)):
            if beginning.body is None or _names(beginning, writer.person):
                return ""
    return NOT_THEIRS


def _word(writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    """Let a visitor sign for themselves; the second one's word may be given on the first one's laptop, and says so."""
    report, visitor = str(body.get("report", "")), str(body.get("visitor", ""))
    if key != f"{report}|{visitor}":
        return NOT_THEIRS
    if visitor == writer.person:
        return ""
    reports = list(begun(record_id("visit", report)))
    theirs = bool(reports) and all(
        each.body is None or (_names(each, writer.person) and _names(each, visitor)) for each in reports
    )
    return "" if seen is None and theirs else NOT_THEIRS


def _form(writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    """Let a report bring the form that it was made with: that is only ever read by, never filled in anew."""
    return "" if seen is None and body.get("origin") == "program" else NOT_ALLOWED


def _about_itself(writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    return "" if key.partition("|")[0] == writer.device else NOT_THEIRS


def _plan(writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    held = [] if seen is None else list(seen())
    bodies = [body, *(each.body for each in held if each.body is not None)]
    if seen is not None and not held:  # what it is built on has not come yet
        return NOT_THEIRS
    return "" if all(_is_among(writer.person, each.get("visitors")) for each in bodies) else NOT_THEIRS


def _own(writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    """Let a visitor say when they can visit, enter their own hours, keep searches; the reference begins with theirs."""
    if not key.startswith(f"{writer.person}|") or body.get("visitor") != writer.person:
        return NOT_THEIRS
    return _all_by(writer, seen)


def _swap(writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    """Let the two settle a swap: one asks, the other says yes or no to that. Only the office changes the rota by it.

    Nobody answers what was not asked, and what is asked stays as it is until it was answered or taken back.
    """
    asked_by, asked = body.get("asked_by"), body.get("asked")
    if key != f"{body.get('slot')}|{asked_by}|{asked}" or writer.person not in (asked_by, asked):
        return NOT_THEIRS
    held = [] if seen is None else [each.body for each in seen() if each.body is not None]
    if seen is not None and not held:  # what it is built on has not come yet
        return NOT_THEIRS
    state, waits = body.get("state"), [each for each in held if each.get("state") in ("asked", "agreed")]
    if "declined_by" in body:  # that the office turned it down is the office's to say
        return NOT_ALLOWED
    if state == "asked" and writer.person == asked_by and not waits:
        return "" if "agreed_to" not in body else NOT_ALLOWED
    may = ("asked", "withdrawn") if writer.person == asked_by else ("agreed", "declined")
    if state not in may or all(each.get("other_slot") != body.get("other_slot") for each in waits):
        return NOT_ALLOWED
    theirs = writer.person == asked and body.get("agreed_to") == (body.get("other_slot") or "")
    return "" if theirs or body.get("agreed_to") in [None, *(each.get("agreed_to") for each in held)] else NOT_ALLOWED


def _all_by(writer: Device, seen: Seen | None) -> str:
    """Return whether what a revision is built on says nothing of anybody else."""
    held = [] if seen is None else [each.body for each in seen() if each.body is not None]
    if seen is not None and not held:  # what it is built on has not come yet
        return NOT_THEIRS
    return "" if all(each.get("visitor", writer.person) == writer.person for each in held) else NOT_THEIRS


def _is_among(person: str, named: Any) -> bool:
    return isinstance(named, list) and person in named


def _briefing(writer: Device, key: str, body: Body, seen: Seen | None, begun: Beginnings) -> str:
    if key != f"{body.get('form')} {body.get('site')}":
        return NOT_THEIRS
    report = record_id("visit", _briefed(body))
    return "" if any(each.body is None or _names(each, writer.person) for each in begun(report)) else NOT_THEIRS


def _briefed(body: Body) -> str:
    try:
        return str(json.loads(body["briefing"])["report"])
    except (KeyError, TypeError, ValueError, RecursionError):  # a text within the text may be of any depth
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
    "availability": _own,
    "duty": _own,
    "filter": _own,
    "swap": _swap,
}


def _is_theirs(writer: Device, begun: Iterator[Beginning]) -> bool:
    beginnings = list(begun)
    return bool(beginnings) and all(_names(each, writer.person) for each in beginnings)


def _names(beginning: Beginning, person: str) -> bool:
    body = beginning.body or {}
    return beginning.author == person or person in (body.get(name) for name in _PAIR)
