"""The to and fro of one report between the office and its visitors: where it stands, and what was said, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from forms.form import Form
from forms.translation import later, tr
from icv_app.clock import LONDON
from icv_app.records import answer
from icv_app.storage import report_state
from icv_app.storage.report_state import Return
from icv_app.storage.revision import Body, Revision
from icv_app.wording import day_words, listed

STATES = MappingProxyType(
    {
        "submitted": later("Sent, and not yet checked by the office"),
        "returned": later("Returned for correction"),
        "accepted": later("Accepted by the office"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One return as it is read: who returned it when, its comments (question, words), and what came of it.

    `waits`: nobody has answered it yet.
    """

    said: str
    comments: tuple[tuple[str, str], ...]
    outcome: tuple[str, ...]
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAndFro:
    """Where a report stands ("" where it says nothing of it), its returns, and who accepted it; earliest first."""

    stands: str = ""
    state: str = ""
    returns: tuple[Said, ...] = ()
    accepted: tuple[str, ...] = ()


NOTHING = ToAndFro()
"""Of an earlier version: what was said stands with the report as it is now."""


def of(body: Body, form: Form, history: tuple[Revision, ...]) -> ToAndFro:
    """Return what was said of a report; `history` are all its revisions."""
    state = str(body.get("state") or "")
    return ToAndFro(
        stands=tr(STATES[state]) if state in STATES else "",
        state=state,
        returns=tuple(_said(each, body, form, history) for each in report_state.returns(body) if each.comments),
        accepted=tuple(_accepted(body)),
    )


def question(form: Form, path: str, body: Mapping[str, object]) -> str:
    """Return the words of the question that a comment stands at."""
    return answer.question(form, path, body) if path else tr("The whole report")


def when(at: str) -> tuple[str, str]:
    """Return the day and the time of day of a moment in ISO format; what is none is given back as it stands."""
    try:
        moment = datetime.fromisoformat(at).astimezone(LONDON)
    except (ValueError, OverflowError):
        return at, ""
    return day_words(moment), f"{moment:%H:%M}"


def _said(each: Return, body: Body, form: Form, history: tuple[Revision, ...]) -> Said:
    day, time = when(each.at)
    comments = tuple((question(form, comment.path, body), comment.words) for comment in each.comments)
    said = tr("Returned for correction by {person} on {date} at {time}.", person=each.by, date=day, time=time)
    return Said(said=said, comments=comments, outcome=tuple(_outcome(each, history)), waits=not each.answers)


def _outcome(each: Return, history: tuple[Revision, ...]) -> Iterator[str]:
    for one in each.answers:
        day, time = when(one.at)
        told = {"person": one.by, "date": day, "time": time}
        if one.accepted:
            yield tr("{person} accepted the report as it was, on {date} at {time}.", **told)
        elif one.words:
            yield tr("Put right by {person} on {date} at {time}: {words}", **told, words=one.words)
        else:
            yield tr("Put right by {person} on {date} at {time}.", **told)
    if not each.answers:
        if unaware := sorted(_unaware(each, history)):
            yield tr(
                "{people} corrected the report meanwhile, without having seen this. It waits for an answer.",
                people=listed(unaware),
            )
        else:
            yield tr("It waits for its visitors.")


def _unaware(each: Return, history: tuple[Revision, ...]) -> set[str]:
    """Return who saved the report beside a return, neither known to it nor knowing of it. No clock is asked."""
    known = {one.rev: one for one in history}
    told = {one.rev for one in history if each.id in _returns(one)}
    waiting = list(next((one.parents for one in history if one.rev in told), ()))
    before: set[bytes] = set()
    while waiting:
        rev = waiting.pop()
        if rev in known and rev not in before:
            before.add(rev)
            waiting.extend(known[rev].parents)
    return {one.author for one in history if one.rev not in told and one.rev not in before}


def adds(body: Body, before: Sequence[Body], part: str) -> bool:
    """Return whether a version has a return or an acceptance (`part`) that none of the versions before it had."""
    had = {name for each in before if isinstance(held := each.get(part), Mapping) for name in held}
    held = body.get(part)
    return isinstance(held, Mapping) and not had.issuperset(held)


def _returns(one: Revision) -> Mapping[str, object]:
    held = one.body.get(report_state.RETURNS)
    return held if isinstance(held, Mapping) else {}


def _accepted(body: Body) -> Iterator[str]:
    for each in report_state.acceptances(body):
        day, time = when(each.at)
        told = {"person": each.by, "date": day, "time": time}
        if each.stands and body.get("state") == "accepted":
            yield tr("Accepted by {person} on {date} at {time}.", **told)
        elif each.stands:
            yield tr("{person} had accepted it on {date} at {time}.", **told)
        else:
            yield tr("{person} accepted an earlier version on {date} at {time}.", **told)
