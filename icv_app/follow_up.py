"""Follow-up: what may happen to an issue, request, recommendation or word of praise once a report raised it.

Every step takes the body of an issue and returns it as it then is, or raises InvalidInput with words that say why not;
nothing is read and nothing is saved here (`pursuit` does). The rules are `domain.md` A6 and C:

- open, with the police, answered, closed; beside that taken further up, closed without an answer, opened again.
- Nothing is closed without what was done, an outcome, and the day on which the visitors were told.
- What is serious needs evidence as well, and another person of the office who looked at it and found it enough.
- Praise is closed by the day on which it was shared with the staff, and by nothing else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NoReturn

from forms.translation import later, tr
from icv_app import issue_wording, working_days
from icv_app.errors import InvalidInput
from icv_app.issue_state import (
    ANSWER,
    CHECK,
    CLOSED,
    END,
    ENDED,
    ESCALATED,
    NO_RESPONSE,
    OPEN,
    RESPONDED,
    WITH_POLICE,
    WITHDRAWN,
    day,
    is_overdue,
    is_praise,
    is_serious,
    lacks,
    may_be_shared,
    raised_on,
    status,
    stays,
)  # fmt: skip
from icv_app.wording import day_words, listed

Body = dict[str, Any]
SUMMARY_LENGTH: Final = 300  # characters of the words for a public report; `domain.md` A6


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who takes a step, and on which day."""

    person: str
    today: date


def send(
    body: Body, by: By, *, to: str, days: int = 0, on: date | None = None, due_on: date | None = None,
    sent_list: str = "",
) -> Body:  # fmt: skip
    """Return it as sent to the police: an answer is due `days` working days later, or on `due_on`.

    `to`: a code of `issue_wording.RECIPIENTS`. `sent_list`: the reference of the list that it went with.
    """
    if status(body) != RESPONDED or body.get("response_accepted") == "yes":  # else sent again for a better answer
        _only(body, OPEN)
    if not may_be_shared(body) and is_praise(body):
        _refuse("not_shared", tr("The visitors said that this praise may not be passed on to the staff."))
    _known(to, issue_wording.RECIPIENTS)
    sent = _past(on, by, raised_on(body), later("It was found on {day}: it cannot have been sent before."))
    made = {**_without(body, ANSWER), "status": WITH_POLICE, "sent_to": to, "sent_on": sent.isoformat()}
    if sent_list:
        made["sent_list"] = sent_list
    if is_praise(body):
        return made
    until = due_on or working_days.after(sent, max(days, 1))
    if until < sent:
        _refuse("due_before", tr("An answer cannot be due before it was sent, on {day}.", day=day_words(sent)))
    return {**made, "due_on": until.isoformat()}


def respond(body: Body, by: By, *, response: str, accepted: bool, on: date | None = None) -> Body:
    """Return it with the answer of the police, and whether the office accepts that."""
    _no_praise(body)
    if status(body) != RESPONDED or body.get("response_accepted") == "yes":
        _only(body, WITH_POLICE, ESCALATED)
    words = _said(response, tr("Enter the answer of the police, in their words or in short."))
    came = _past(on, by, day(body.get("sent_on")), later("It was sent on {day}: the answer cannot have come before."))
    return {
        **body, "status": RESPONDED, "response": words, "responded_on": came.isoformat(),
        "response_accepted": "yes" if accepted else "no",
    }  # fmt: skip


def accept(body: Body, by: By, *, accepted: bool) -> Body:
    """Return it with whether the office accepts the answer: an old log never said so."""
    _no_praise(body)
    _only(body, RESPONDED)
    return {**body, "response_accepted": "yes" if accepted else "no"}


def escalate(body: Body, by: By, *, to: str, why: str, on: date | None = None, due_on: date | None = None) -> Body:
    """Return it as taken to a higher level; `to`: a code of `issue_wording.LEVELS`, `due_on`: when they should answer.

    From the police, or after an answer that was not accepted.
    """
    _no_praise(body)
    if status(body) == RESPONDED and body.get("response_accepted") == "yes":
        _refuse("accepted", tr("The answer was accepted, so there is nothing to take further."))
    _only(body, WITH_POLICE, ESCALATED, RESPONDED)
    _known(to, issue_wording.LEVELS)
    reason = _said(why, tr("Say why it is taken further up."))
    taken = _past(on, by, day(body.get("sent_on")), later("It was sent on {day}, so not taken further before."))
    if due_on is not None and due_on < taken:
        _refuse("due_before", tr("An answer cannot be due before it was asked for, on {day}.", day=day_words(taken)))
    made = {**body, "status": ESCALATED, "escalated_to": to, "escalated_on": taken.isoformat(),
            "escalated_because": reason}  # fmt: skip
    return {**made, "due_on": due_on.isoformat()} if due_on is not None else made


def put_off(body: Body, by: By, *, due_on: date) -> Body:
    """Return it with another day by which the police should answer."""
    _no_praise(body)
    _only(body, WITH_POLICE, ESCALATED)
    sent = day(body.get("sent_on"))
    if sent is not None and due_on < sent:
        _refuse("due_before", tr("An answer cannot be due before it was sent, on {day}.", day=day_words(sent)))
    return {**body, "due_on": due_on.isoformat()}


def do(body: Body, by: By, *, done: str, evidence: str = "") -> Body:
    """Return it with what was done about it, and the evidence of that. An earlier check of it no longer holds."""
    _no_praise(body)
    _not_ended(body)
    words, proof = _said(done, tr("Say what was done about it.")), evidence.strip()
    if is_serious(body) and not proof:
        _refuse("no_evidence", tr("It is serious: say what shows that it was done, such as a repair or a later visit."))
    made = {**_without(body, CHECK | {"evidence"}), "done": words, "done_by": by.person}
    return {**made, "evidence": proof} if proof else made


def verify(body: Body, by: By, *, adequate: bool) -> Body:
    """Return it as looked at by another person than the one who said what was done, or closed it."""
    _no_praise(body)
    _not_ended(body)
    if not body.get("done") or not body.get("evidence"):
        _refuse("nothing_to_verify", tr("There is nothing to check yet. First say what was done, and the evidence."))
    if by.person in (body.get("done_by"), body.get("closed_by")):
        _refuse("same_person", tr("Somebody else of the office must check this: you said what was done, or closed it."))
    answer = "yes" if adequate else "no"
    return {**body, "verified_by": by.person, "verified_on": by.today.isoformat(), "adequate": answer}


def feed_back(body: Body, by: By, *, on: date | None = None) -> Body:
    """Return it with the day on which its visitors were told what came of it."""
    _no_praise(body)
    _not_ended(body)
    told = _past(on, by, raised_on(body), later("It was found on {day}: nobody can have been told before."))
    return {**body, "feedback_on": told.isoformat()}


def share(body: Body, by: By, *, on: date | None = None) -> Body:
    """Return praise as shared with the staff on a day, which closes it."""
    if not is_praise(body):
        _refuse("no_praise", tr("Only praise is shared with the staff."))
    _not_ended(body)
    if not may_be_shared(body):
        _refuse("not_shared", tr("The visitors said that this praise may not be passed on to the staff."))
    told = _past(on, by, raised_on(body), later("It was given on {day}: it cannot have been shared before."))
    return {**_closed(body, by), "shared_with_staff_on": told.isoformat()}


def close(
    body: Body, by: By, *, outcome: str = "", done: str = "", told_on: date | None = None, no_response: bool = False
) -> Body:
    """Return it closed. Raises InvalidInput("not_ready") with everything that is still missing.

    `outcome`: a code of `issue_wording.OUTCOMES`. `done` and `told_on` (the day of the feedback) where they are not
    there yet. `no_response`: the police never answered, though the day by which they should have is past.
    """
    if is_praise(body):
        return _put_away(body, by)
    _not_ended(body)
    if status(body) in ENDED:
        _refuse("closed", tr("It is closed already."))
    if no_response:
        if status(body) not in (WITH_POLICE, ESCALATED):
            _refuse("not_waiting", tr("No answer is awaited, so it cannot be closed for want of one."))
        if not is_overdue(body, by.today):
            _refuse("not_overdue", tr("The police still have time: an answer is not overdue yet."))
    else:
        _refuse_unanswered(body)
    if done.strip() and done.strip() != body.get("done"):
        body = do(body, by, done=done, evidence=str(body.get("evidence", "")))
    if told_on is not None:
        body = feed_back(body, by, on=told_on)
    if outcome:
        _known(outcome, issue_wording.OUTCOMES)
        body = {**body, "outcome": outcome}
    if missing := lacks(body, by.person):
        _refuse("not_ready", tr("It cannot be closed yet. Still missing: {what}.", what=listed(missing)))
    return _closed(body, by, NO_RESPONSE if no_response else CLOSED)


def reopen(body: Body, by: By, *, why: str) -> Body:
    """Return it open again: it goes to the police anew, and what was said at its end stays in its history."""
    if status(body) not in (CLOSED, NO_RESPONSE):
        _refuse("not_closed", tr("It is not closed, so it cannot be opened again."))
    reason = _said(why, tr("Say why it is opened again."))
    made = _without(body, END | CHECK)
    return {**made, "status": OPEN, "reopened_on": by.today.isoformat(), "reopened_because": reason}


def link(body: Body, by: By, *, repeat_of: str) -> Body:
    """Return it as a repeat of an earlier one, "" of none."""
    _no_praise(body)
    _not_ended(body)
    if repeat_of and repeat_of == body.get("issue"):
        _refuse("itself", tr("It cannot be a repeat of itself."))
    made = _without(body, {"repeat_of"})
    return {**made, "repeat_of": repeat_of} if repeat_of else made


def summarise(body: Body, by: By, *, words: str) -> Body:
    """Return it with the words by which a public report may tell of it, at most 300 characters; "" for none."""
    said = " ".join(words.split())
    if len(said) > SUMMARY_LENGTH:
        _refuse("too_long", tr("That is {count} characters. A public report has room for {most}.",
                               count=len(said), most=SUMMARY_LENGTH))  # fmt: skip
    made = _without(body, {"public_summary"})
    return {**made, "public_summary": said} if said else made


STEPS: Final[Mapping[str, Callable[..., Body]]] = {
    "send": send, "respond": respond, "accept": accept, "escalate": escalate, "put_off": put_off, "do": do,
    "verify": verify, "feed_back": feed_back, "share": share, "close": close, "reopen": reopen,
    "link": link, "summarise": summarise,
}  # fmt: skip
"""Every step by its name."""


# Parts of steps ------------------------------------------------------------------------------------------------------


def _refuse(code: str, words: str) -> NoReturn:
    raise InvalidInput(code, words)


def _only(body: Mapping[str, Any], *allowed: str) -> None:
    if status(body) not in allowed:
        told = listed(issue_wording.words(issue_wording.STATUSES, each).lower() for each in allowed)
        now = issue_wording.words(issue_wording.STATUSES, status(body)).lower()
        _refuse("wrong_status", tr("That is not possible now. It would have to be: {wanted}. It is: {now}.",
                                   wanted=told, now=now))  # fmt: skip


def _not_ended(body: Mapping[str, Any]) -> None:
    """Refuse what is done with; what was serious, and closed by its report without a check, is not."""
    if status(body) == WITHDRAWN:
        _refuse("withdrawn", tr("It was taken out of its report, so there is nothing to follow up."))
    if status(body) in ENDED and not stays(body):
        _refuse("closed", tr("It is closed. Open it again first."))


def _no_praise(body: Mapping[str, Any]) -> None:
    if is_praise(body):
        _refuse("praise", tr("This is praise: it is shared with the staff, and nothing else is done about it."))


def _refuse_unanswered(body: Mapping[str, Any]) -> None:
    if status(body) in (WITH_POLICE, ESCALATED):
        _refuse("no_response", tr("The police have not answered yet. First enter their answer."))
    if status(body) == RESPONDED and not body.get("response_accepted"):
        _refuse("not_judged", tr("First say whether the answer of the police is accepted."))
    if status(body) == RESPONDED and body.get("response_accepted") != "yes":
        _refuse("not_accepted", tr("The answer was not accepted. Take it further up, or enter a better answer."))
    if status(body) == OPEN and is_serious(body):
        _refuse("not_sent", tr("It is serious and was never sent to the police. Send it first."))


def _put_away(body: Body, by: By) -> Body:
    """Close praise that the visitors do not want to be passed on: there is nothing to share."""
    _not_ended(body)
    if may_be_shared(body):
        _refuse("not_ready", tr("It cannot be closed yet. Still missing: {what}.",
                                what=tr("the day on which it was shared with the staff")))  # fmt: skip
    return _closed(body, by)


def _closed(body: Body, by: By, how: str = CLOSED) -> Body:
    return {**body, "status": how, "closed_on": by.today.isoformat(), "closed_by": by.person}


def _known(code: str, table: Mapping[str, str]) -> None:
    if code not in table:
        _refuse("unknown", tr("{code} is not known. Use one of: {names}.", code=code, names=", ".join(table)))


def _said(words: str, ask: str) -> str:
    if not words.strip():
        _refuse("no_words", ask)
    return words.strip()


def _past(on: date | None, by: By, earliest: date | None, words: str) -> date:
    found = on or by.today
    if found > by.today:
        _refuse("future", tr("{day} is still to come. Enter a day that has been.", day=day_words(found)))
    if earliest is not None and found < earliest:
        _refuse("too_early", tr(words, day=day_words(earliest)))
    return found


def _without(body: Body, names: Iterable[str]) -> Body:
    gone = set(names)
    return {name: value for name, value in body.items() if name not in gone}
