"""The thread of one issue: what a report raised, every step since with who took it and when, and what can come next."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from forms.translation import later, tr
from icv_app import issue_state, issue_wording
from icv_app.clock import LONDON
from icv_app.errors import InvalidInput
from icv_app.issues import issue_list, repeats
from icv_app.issues.issue_list import Line
from icv_app.issues.repeats import Earlier
from icv_app.storage.revision import Revision, clock_of
from icv_app.storage.store import Store
from icv_app.wording import day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step as it is read: what was done, the words that go with it, who did it and when (a day and a time)."""

    did: str
    words: tuple[str, ...]
    by: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """One issue with its history.

    `facts`: (name, words) of what the report says of it. `report`: the reference of its report, "" where none is here.
    `next`: the steps that can come, `missing` what still lacks before it is closed. `earlier`: what it may be a repeat
    of. `disputed`: two people's entries differ, so that nothing can be done before somebody chooses.
    """

    line: Line
    facts: tuple[tuple[str, str], ...]
    report: str
    steps: tuple[Step, ...]
    next: tuple[str, ...]
    missing: tuple[str, ...]
    earlier: tuple[Earlier, ...]
    disputed: bool

    @property
    def body(self) -> Mapping[str, Any]:
        """What the record holds."""
        return self.line.body


def of(store: Store, key: str, today: date, *, person: str) -> Thread:
    """Return the thread of the issue `key`, for `person` of the office. Raises InvalidInput("no_issue")."""
    record = store.current("issue", key)
    if record is None or record.deleted:
        raise InvalidInput("no_issue", tr("There is no issue {key} on this laptop.", key=key))
    line = issue_list.one(store, record, today)
    earlier = repeats.earlier(store.connection, record.key)
    report = str(record.body.get("visit") or "")
    held = any(store.current(kind, report) is not None for kind in ("visit", "record_review")) if report else False
    missing = issue_state.lacks(record.body, person) if issue_state.awaits(record.body) else ()
    return Thread(
        line=replace(line, earlier=len(earlier)), facts=tuple(_facts(line)), report=report if held else "",
        steps=steps(store.history(record.record)), next=issue_state.possible(record.body, today), missing=missing,
        earlier=earlier, disputed=bool(record.conflicts),
    )  # fmt: skip


def _facts(line: Line) -> Iterator[tuple[str, str]]:
    body = line.body
    if line.site_name:
        yield tr("Where"), line.site_name
    if line.found is not None:
        age = issue_list.age_words(line.age)
        day = day_words(line.found)
        yield tr("Found"), tr("{day} ({age} ago)", day=day, age=age) if line.age and issue_state.awaits(body) else day
    severity = issue_wording.words(issue_wording.SEVERITIES, line.severity)
    if severity and not issue_state.is_praise(body):
        yield tr("How serious"), severity[:1].upper() + severity[1:]
    for name, words in _SAID:
        if text := str(body.get(name) or ""):
            table = _TABLES.get(name)
            yield tr(words), issue_wording.words(table, text) if table else text


_SAID: Final = (
    ("raised_by", later("Raised by")), ("action", later("Done at the time")), ("addressed_to", later("Meant for")),
    ("public_summary", later("For a public report")),
)  # fmt: skip
_TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "raised_by": issue_wording.RAISED_BY, "addressed_to": issue_wording.ADDRESSED,
}  # fmt: skip


# History -------------------------------------------------------------------------------------------------------------


def steps(history: Sequence[Revision]) -> tuple[Step, ...]:
    """Return what each revision of an issue did, the earliest first; one that changed nothing to be seen did none."""
    told = []
    before: Mapping[str, Any] | None = None
    for revision in history:
        _, body = revision.opened()
        at = clock_of(revision.hlc).astimezone(LONDON)
        when = tr("{date} at {time}", date=day_words(at), time=f"{at:%H:%M}")
        said = [] if before is not None else [_begun(body)]
        held = _raised(body) if before is None else before
        said += [each for tell in _TELLERS for each in tell(held, body)]
        told += [Step(did=did, words=tuple(filter(None, words)), by=revision.author, when=when) for did, words in said]
        before = body
    return tuple(told)


Said = tuple[str, tuple[str, ...]]
Body = Mapping[str, Any]


def _begun(body: Body) -> Said:
    report = str(body.get("visit") or "")
    put_right = tr("It was put right at the visit.") if issue_state.status(body) == issue_state.CLOSED else ""
    if body.get("source"):
        return tr("Raised by the report {report}", report=report), (put_right,)
    return (tr("Entered for the report {report}", report=report) if report else tr("Entered")), ()


def _raised(body: Body) -> Body:
    """Return what an issue said before anything came of it: one out of a spreadsheet may begin with its end."""
    raised = {name: body.get(name) for name in (*_REPORTS, "public_summary")}
    return {**raised, "status": issue_state.status(body)} if body.get("source") else raised


def _new(before: Body, body: Body, *names: str) -> bool:
    """Return whether one of these fields says something that it did not say before."""
    return any(body.get(name) and body.get(name) != before.get(name) for name in names)


def _day(body: Body, name: str) -> str:
    found = issue_state.day(body.get(name))
    return day_words(found) if found is not None else str(body.get(name) or "")


def _sent(before: Body, body: Body) -> Iterator[Said]:
    due = tr("An answer is due by {day}.", day=_day(body, "due_on")) if body.get("due_on") else ""
    if _new(before, body, "sent_on", "sent_to", "sent_list"):
        to = issue_wording.words(issue_wording.RECIPIENTS, body.get("sent_to")) or tr("the police")
        with_list = tr("With the list {list}.", list=body["sent_list"]) if body.get("sent_list") else ""
        yield tr("Sent to {to} on {day}", to=to, day=_day(body, "sent_on")), (with_list, due)
    elif _new(before, body, "due_on") and not _new(before, body, "escalated_on", "escalated_because"):
        yield tr("Another day for the answer"), (due,)


def _answered(before: Body, body: Body) -> Iterator[Said]:
    judged = {"yes": tr("The answer was accepted."), "no": tr("The answer was not accepted.")}
    accepted = judged.get(str(body.get("response_accepted")), "")
    if _new(before, body, "response", "responded_on"):
        day = _day(body, "responded_on")
        did = tr("The police answered on {day}", day=day) if day else tr("The police answered")
        yield did, (str(body.get("response") or ""), accepted)
    elif _new(before, body, "response_accepted") and accepted:
        yield accepted.rstrip("."), ()


def _escalated(before: Body, body: Body) -> Iterator[Said]:
    if _new(before, body, "escalated_on", "escalated_to", "escalated_because"):
        to = issue_wording.words(issue_wording.LEVELS, body.get("escalated_to"))
        new_due = _new(before, body, "due_on")
        due = tr("An answer is due by {day}.", day=_day(body, "due_on")) if new_due else ""
        did = tr("Taken further up, to {to}, on {day}", to=to, day=_day(body, "escalated_on"))
        yield did, (str(body.get("escalated_because") or ""), due)


def _done(before: Body, body: Body) -> Iterator[Said]:
    if _new(before, body, "done", "evidence"):
        evidence = tr("Evidence: {words}", words=body["evidence"]) if body.get("evidence") else ""
        yield tr("What was done"), (str(body.get("done") or ""), evidence)
    if _new(before, body, "verified_by", "verified_on", "adequate"):
        yield tr("Checked, and enough") if body.get("adequate") == "yes" else tr("Checked, and not enough"), ()


def _told(before: Body, body: Body) -> Iterator[Said]:
    if _new(before, body, "feedback_on"):
        yield tr("The visitors were told on {day}", day=_day(body, "feedback_on")), ()
    if _new(before, body, "shared_with_staff_on"):
        yield tr("Shared with the staff on {day}", day=_day(body, "shared_with_staff_on")), ()


def _moved(before: Body, body: Body) -> Iterator[Said]:
    now = issue_state.status(body)
    if _new(before, body, "reopened_on", "reopened_because"):
        yield tr("Opened again"), (str(body.get("reopened_because") or ""),)
    elif now == issue_state.status(before):
        return
    elif now in (issue_state.CLOSED, issue_state.NO_RESPONSE):
        yield (
            issue_wording.words(issue_wording.STATUSES, now),
            (issue_wording.words(issue_wording.OUTCOMES, body.get("outcome")),),
        )
    elif now == issue_state.WITHDRAWN:
        yield tr("Taken out of its report"), ()
    elif issue_state.status(before) == issue_state.WITHDRAWN:
        yield tr("Put back into its report"), ()


def _beside(before: Body, body: Body) -> Iterator[Said]:
    if _new(before, body, "repeat_of"):
        yield tr("Marked as a repeat of {issue}", issue=body["repeat_of"]), ()
    elif before.get("repeat_of") and not body.get("repeat_of"):
        yield tr("No longer marked as a repeat"), ()
    if _new(before, body, "public_summary"):
        yield tr("Words for a public report"), (str(body["public_summary"]),)
    if any(before.get(name) != body.get(name) for name in _REPORTS):
        yield tr("Its report was corrected"), ()


_REPORTS: Final = ("text", "kind", "theme", "severity", "action", "raised_by", "may_be_shared", "addressed_to")
_TELLERS: Final[tuple[Callable[[Body, Body], Iterator[Said]], ...]] = (
    _sent, _answered, _escalated, _done, _told, _moved, _beside,
)  # fmt: skip
