"""Where a sent report stands: submitted, returned or accepted, worked out from what was said of it.

What is said stays in the report's body: each return with its comments and who mended it, each acceptance with a mark of
the answers that were accepted. All are maps by random ids, so that whatever laptops add merges field by field. `state`
follows from them, so that neither a return nor a correction is lost when the two meet (docs/decisions/0074).
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from icv_app.storage.revision import Body, as_text

RETURNS = "returns"
ACCEPTANCES = "acceptances"
_BESIDE = frozenset({"state", "correction_reason", RETURNS, ACCEPTANCES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment of a return. `path` is the question's ("name", "repeat/row/name"), "" for the whole report."""

    path: str
    words: str
    by: str
    at: str
    """When, in ISO format."""
    returned: str
    """The id of the return that it belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who ended a return, when (ISO) and with which words; `accepted`: the office accepted the report as it was."""

    by: str
    at: str
    words: str = ""
    accepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """One return of a report: who sent it back when (ISO), with which comments, and who has answered it."""

    id: str
    by: str
    at: str
    comments: tuple[Comment, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Who accepted a report when (ISO), and whether the answers that they accepted still stand."""

    by: str
    at: str
    stands: bool


# Reading -------------------------------------------------------------------------------------------------------------


def returns(body: Body) -> tuple[Return, ...]:
    """Return the returns of a report, the earliest first. What another program wrote and is none is left out."""
    found = []
    for name, given in _maps(body.get(RETURNS)):
        by, at = str(given.get("by", "")), str(given.get("at", ""))
        comments = tuple(
            Comment(
                path=str(each.get("at_question", "")), words=str(each.get("words", "")), by=by, at=at, returned=name
            )
            for _, each in _maps(given.get("comments"))
        )
        answers = [
            Answer(by=who, at=str(each.get("at", "")), words=str(each.get("words", "")), accepted=part == "accepted_by")
            for part in ("answered_by", "accepted_by")
            for who, each in _maps(given.get(part))
        ]
        found.append(
            Return(
                id=name, by=by, at=at, comments=tuple(sorted(comments, key=lambda each: (each.path, each.words))),
                answers=tuple(sorted(answers, key=lambda each: each.at)),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.at, each.id)))


def open_returns(body: Body) -> tuple[Return, ...]:
    """Return the returns that nobody has answered yet."""
    return tuple(each for each in returns(body) if each.comments and not each.answers)


def open_comments(body: Body) -> tuple[Comment, ...]:
    """Return the comments of the returns that nobody has answered yet, the earliest return's first."""
    return tuple(comment for each in open_returns(body) for comment in each.comments)


def acceptances(body: Body) -> tuple[Acceptance, ...]:
    """Return who accepted a report, the earliest first."""
    mark = _mark(body)
    found = (
        Acceptance(by=str(each.get("by", "")), at=str(each.get("at", "")), stands=each.get("of") == mark)
        for _, each in _maps(body.get(ACCEPTANCES))
    )
    return tuple(sorted(found, key=lambda each: (each.at, each.by)))


def standing(body: Body) -> Any:
    """Return the state that follows from what a report says of itself; where it says nothing, the one that it has.

    One return without an answer, and the report is returned. An acceptance holds for the answers that were accepted
    and for no others: a correction that the office has not seen is submitted, whoever saved last.
    """
    state = body.get("state")
    if RETURNS not in body and ACCEPTANCES not in body:
        return state
    if open_returns(body):
        return "returned"
    if state == "returned" and returns(body):
        state = "submitted"
    given = acceptances(body)
    if given and state in ("submitted", "accepted"):
        return "accepted" if any(each.stands for each in given) else "submitted"
    return state


# Writing -------------------------------------------------------------------------------------------------------------


def returned(body: Body, comments: Iterable[tuple[str, str]], *, by: str, at: str) -> Body:
    """Return the body of a report that is sent back with comments, each (path of the question, words)."""
    told = {secrets.token_hex(6): {"at_question": path, "words": words} for path, words in comments}
    given = {"by": by, "at": at, "comments": told}
    return stated({**body, RETURNS: {**_map(body.get(RETURNS)), secrets.token_hex(8): given}})


def answered(body: Body, comments: Iterable[Comment], *, by: str, at: str, words: str) -> Body:
    """Return the body of a corrected report, in which the returns of these comments are answered.

    Its own state is submitted, whatever else was said of the report: more is not the visitors' to say.
    """
    return _ended(body, {each.returned for each in comments}, "answered_by", by, {"at": at, "words": words})


def accepted(body: Body, *, by: str, at: str) -> Body:
    """Return the body of a report that is accepted as it is; returns that are open end with that."""
    body = _ended(body, {each.id for each in open_returns(body)}, "accepted_by", by, {"at": at})
    mark = {"by": by, "at": at, "of": _mark(body)}
    body = {**body, ACCEPTANCES: {**_map(body.get(ACCEPTANCES)), secrets.token_hex(8): mark}, "state": "submitted"}
    return stated(body)


def stated(body: Body) -> Body:
    """Return the body with the state that follows from it; one that says nothing of its state stays as it is."""
    state = standing(body)
    return {**body, "state": state} if state is not None else body


def oversteps(before: Body, after: Body, person: str) -> bool:
    """Return whether a save of a visitor does what only the office may: return a report, accept it, or undo that.

    `before` is the report as its author saw it (empty for a new one), `after` what they saved. For the judge of
    received revisions: a visitor answers returns in their own name, and nothing else of these two parts is theirs.
    """
    if after.get(ACCEPTANCES) != before.get(ACCEPTANCES):
        return True
    if after.get("state") in ("accepted", "returned") and after.get("state") != before.get("state"):
        return True
    now, was = dict(_maps(after.get(RETURNS))), dict(_maps(before.get(RETURNS)))
    if was.keys() - now.keys():
        return True
    for name, given in now.items():
        old = was.get(name, {})
        theirs = {who: each for who, each in _map(given.get("answered_by")).items() if who != person}
        others = {who: each for who, each in _map(old.get("answered_by")).items() if who != person}
        kept = {part: value for part, value in given.items() if part != "answered_by"}
        held = {part: value for part, value in old.items() if part != "answered_by"}
        # a correction that was begun before a return was seen may answer it without repeating it
        if theirs != others or (kept != held):
            return True
    return False


def _ended(body: Body, names: Iterable[str], part: str, by: str, how: Body) -> Body:
    held = _map(body.get(RETURNS))
    for name in sorted(names):
        given = _map(held.get(name))
        held = {**held, name: {**given, part: {**_map(given.get(part)), by: how}}}
    return {**body, RETURNS: held} if held else body


def _mark(body: Body) -> str:
    """Return what tells these answers from any others."""
    told = {name: value for name, value in body.items() if name not in _BESIDE}
    return sha256(as_text(told).encode("utf-8", "replace")).hexdigest()[:32]


def _map(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _maps(value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, inner in _map(value).items():
        if isinstance(inner, Mapping):
            yield name, inner
