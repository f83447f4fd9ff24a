"""Where an issue stands: whether it is open, sent, overdue, verified, and what is missing before it can be closed.

Of issues, requests, recommendations and praise (`domain.md` A6), told from their bodies; `follow_up` has the steps. A
body may come from any laptop, old log or newer program: an odd value stands for nothing and is never a fault.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from forms.translation import tr

OPEN, WITH_POLICE, RESPONDED, ESCALATED = "open", "with_police", "responded", "escalated"
CLOSED, NO_RESPONSE, WITHDRAWN = "closed", "closed_no_response", "withdrawn"
ENDED: Final = frozenset((CLOSED, NO_RESPONSE, WITHDRAWN))
PRAISE: Final = ("positive_comment", "praise")

ANSWER: Final = frozenset(("response", "responded_on", "response_accepted"))
CHECK: Final = frozenset(("verified_by", "verified_on", "adequate"))
END: Final = frozenset(
    ("outcome", "closed_on", "closed_by", "feedback_on", "shared_with_staff_on", "done", "done_by", "evidence")
)
_SENT = frozenset(("sent_to", "sent_on", "due_on", "sent_list", "escalated_to", "escalated_on", "escalated_because"))
OFFICES_OWN: Final = ANSWER | CHECK | END | _SENT | {"repeat_of", "reopened_on", "reopened_because", "raised_on"}
"""The fields that only the office writes: a report of a visitor never says them (`oversteps`)."""


def status(body: Mapping[str, Any]) -> str:
    """Return where an issue stands; one that says nothing of it is open."""
    found = body.get("status")
    return found if isinstance(found, str) and found else OPEN


def is_praise(body: Mapping[str, Any]) -> bool:
    """Return whether it is a word of praise: that is shared and dated, and not pursued."""
    return body.get("kind") in PRAISE


def is_serious(body: Mapping[str, Any]) -> bool:
    """Return whether it is closed only with evidence and another person's check."""
    return body.get("severity") == "serious" and not is_praise(body)


def is_verified(body: Mapping[str, Any]) -> bool:
    """Return whether somebody looked at what was done and found it enough."""
    return bool(body.get("verified_by")) and body.get("adequate") == "yes"


def stays(body: Mapping[str, Any]) -> bool:
    """Return whether the next visitors of the site are still told of it: until it is closed and, if serious, verified.

    Praise is no matter for the next visit; what was taken out of its report was not found at all.
    """
    if is_praise(body) or status(body) == WITHDRAWN:
        return False
    return status(body) not in ENDED or (is_serious(body) and not is_verified(body))


def is_news(body: Mapping[str, Any]) -> bool:
    """Return whether one that nobody else has seen is any news to those who visit the site."""
    return status(body) not in ENDED or stays(body)


def awaits(body: Mapping[str, Any]) -> bool:
    """Return whether the office still has something to do about it: it stays, or it is praise not shared yet."""
    return stays(body) or (is_praise(body) and status(body) not in ENDED)


def is_unsent(body: Mapping[str, Any]) -> bool:
    """Return whether the next list for the police has it: open, meant for them, and free to be passed on."""
    if status(body) != OPEN or body.get("addressed_to") not in (None, "", "force"):
        return False
    return not is_praise(body) or (may_be_shared(body) and not body.get("sent_on"))


def may_be_shared(body: Mapping[str, Any]) -> bool:
    """Return whether its words may go to the staff: the visitors can say of praise that they may not."""
    return body.get("may_be_shared") != "no"


def due(body: Mapping[str, Any]) -> date | None:
    """Return when the police should have answered, None where no answer is awaited."""
    return day(body.get("due_on")) if status(body) in (WITH_POLICE, ESCALATED) and not is_praise(body) else None


def is_overdue(body: Mapping[str, Any], today: date) -> bool:
    """Return whether an answer should have come before today."""
    until = due(body)
    return until is not None and until < today


def day(value: Any) -> date | None:
    """Return a stored day, None where there is none, it cannot be read, or it is of no age of ours (`fact_cells`)."""
    try:
        found = date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and 1900 < found.year < 2200 else None


def raised_on(body: Mapping[str, Any]) -> date | None:
    """Return the day on which it was found, as far as it is known."""
    return day(body.get("raised_on")) or day(body.get("date"))


def lacks(body: Mapping[str, Any], person: str) -> tuple[str, ...]:
    """Return in words what is missing before `person` can close it; () where nothing is.

    An outcome and the day of the feedback can be given with the closing itself, and what was done where it is not
    serious; they are told as missing all the same.
    """
    if is_praise(body):
        return () if body.get("shared_with_staff_on") else (tr("the day on which it was shared with the staff"),)
    found = []
    if not body.get("done"):
        found.append(tr("what was done"))
    if not body.get("outcome"):
        found.append(tr("the outcome"))
    if not body.get("feedback_on"):
        found.append(tr("the day on which the visitors were told"))
    return (*found, *_lacks_proof(body, person))


def _lacks_proof(body: Mapping[str, Any], person: str) -> Iterator[str]:
    if not is_serious(body):
        return
    if not body.get("evidence"):
        yield tr("the evidence")
    if not body.get("verified_by"):
        yield tr("the check by another person of the office")
    elif body.get("adequate") != "yes":
        yield tr("a check that finds it enough: {person} did not", person=body["verified_by"])
    elif body["verified_by"] == person:
        yield tr("somebody else to close it: you checked it yourself")


def possible(body: Mapping[str, Any], today: date) -> tuple[str, ...]:
    """Return the names of the steps (`follow_up.STEPS`) that can come next, the likeliest first.

    "no_response" is closing without an answer. Some steps still ask for more (`lacks`).
    """
    now, found = status(body), []
    if now == WITHDRAWN:
        return ()
    if is_praise(body):
        if now in ENDED:
            return ("reopen",)
        if not may_be_shared(body):
            return ("close",)
        return ("share", *(("send",) if is_unsent(body) else ()), "summarise")
    refused = now == RESPONDED and body.get("response_accepted") != "yes"
    if now in (WITH_POLICE, ESCALATED):
        found += ["respond", "escalate", "put_off"]
    elif now == RESPONDED and not body.get("response_accepted"):
        found += ["accept", "respond", "escalate"]
    elif refused:
        found += ["escalate", "respond", "send"]
    elif now == OPEN:
        found.append("send")
    if stays(body):
        found.append("do")
        if is_serious(body) and body.get("done") and body.get("evidence"):
            found.append("verify")
        found.append("feed_back")
    if (now == OPEN and not is_serious(body)) or (now == RESPONDED and not refused):
        found.append("close")
    elif is_overdue(body, today):
        found.append("no_response")
    found.append("reopen" if now in ENDED else "link")
    return (*found, "summarise")


def ended_on(now: str, found: date, closed: date | None) -> date | None:
    """Return the day on which an issue was closed, None where it is not.

    One closed on a day that nobody noted, as one that was put right at the visit is, was closed on the day of finding.
    """
    if now not in ENDED:
        return None
    return found if closed is None else max(closed, found)


def stood_on(
    on: date, now: str, *, found: date, closed: date | None = None, steps: Mapping[str, date | None]
) -> str:  # fmt: skip
    """Return the status that an issue, which is `now` what it is, had at the end of a day; "" before it was found.

    `steps`: for other statuses the day on which it last came to each; of two on one day the first named stands. What
    no later step changed is as it is now, and one that was opened again counts as open before that as well: of its
    earlier closing only its history knows.
    """
    if on < found:
        return ""
    ended = ended_on(now, found, closed)
    if ended is not None and ended <= on:
        return now
    dated = [(day, status) for status, day in steps.items() if day is not None]
    if ended is None and all(day <= on for day, _ in dated):
        return now or OPEN
    taken = [(day, status) for day, status in dated if day <= on]
    return max(taken, key=lambda each: each[0])[1] if taken else OPEN


def oversteps(held: Iterable[Mapping[str, Any]], body: Mapping[str, Any]) -> bool:
    """Return whether a save of a visitor does what only the office may do with an issue.

    `held`: the versions that it is built on, none for a new one. What a report says of an issue is the visitors': that
    it is open, was put right before they left, or was never so. What became of it afterwards is not.
    """
    before = list(held)
    if any(body.get(name) not in [each.get(name) for each in before or ({},)] for name in OFFICES_OWN):
        return True
    now, was = status(body), {status(each) for each in before} or {OPEN}
    if now in was or now == WITHDRAWN:
        return False
    opened_again = any(each.get("reopened_on") for each in before)
    return now not in (OPEN, CLOSED) or not was & {OPEN, WITHDRAWN} or opened_again
