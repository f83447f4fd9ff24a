"""The list of issues, requests, recommendations and praise: one line each, with its age, and the views of the list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from forms.translation import later, plural, tr
from icv_app import issue_state, issue_wording, working_days
from icv_app.encryption.faults import in_words
from icv_app.issues import repeats
from icv_app.storage.store import Record, Store
from icv_app.wording import day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One issue as lists tell it. `site` is "" where its report names none (a session of record reviews).

    `age`: days from when it was found until today, or until it was closed; None where the day is not known. `earlier`:
    how many issues of its site and theme were found in the year before it.
    """

    key: str
    site: str
    site_name: str
    kind: str
    theme: str
    severity: str
    text: str
    status: str
    found: date | None
    age: int | None
    due: date | None
    overdue: bool
    earlier: int
    record: Record = field(repr=False)

    @property
    def body(self) -> Mapping[str, Any]:
        """What the record holds."""
        return self.record.body

    @property
    def what(self) -> str:
        """Kind and theme in words: "Detainee’s request, hygiene", "Hygiene" of an issue; what is serious says so."""
        theme = "" if self.theme == "other" else issue_wording.words(issue_wording.THEMES, self.theme)
        kind = issue_wording.words(issue_wording.KINDS, self.kind) or tr("Issue")
        said = theme if theme and self.kind in ("issue", "") else kind
        if theme and said == kind:
            said = tr("{kind}, {theme}", kind=kind, theme=theme[:1].lower() + theme[1:])
        return tr("Serious: {what}", what=said[:1].lower() + said[1:]) if issue_state.is_serious(self.body) else said

    @property
    def stands(self) -> str:
        """Where it stands, in words."""
        return stands(self.body)


def stands(body: Mapping[str, Any]) -> str:
    """Return where an issue stands in words, told apart from what it only seems to be."""
    now = issue_state.status(body)
    if issue_state.is_praise(body):
        if body.get("shared_with_staff_on"):
            return tr("Shared with the staff")
        if not issue_state.may_be_shared(body):
            return tr("Not to be passed on") if now not in issue_state.ENDED else tr("Closed, not passed on")
        if now == issue_state.WITH_POLICE:
            return tr("Sent, not yet shared with the staff")
        return tr("Not yet shared with the staff") if now == issue_state.OPEN else _status(now)
    if now == issue_state.OPEN:
        return tr("Open again, not sent") if body.get("reopened_on") else tr("Open, not sent")
    if now == issue_state.RESPONDED and body.get("response_accepted") == "no":
        return tr("Answered, not accepted")
    if now in issue_state.ENDED and issue_state.stays(body):
        return tr("Closed, not yet checked")
    return _status(now)


def _status(code: str) -> str:
    return issue_wording.words(issue_wording.STATUSES, code)


def due_words(due: date | None, today: date) -> str:
    """Return "answer due 7 December 2026, in 11 working days", "answer overdue by 3 working days", or "" for none."""
    if due is None:
        return ""
    left = working_days.between(today, due)
    if due < today:
        return plural("answer overdue since {day}, by {count} working day", "answer overdue since {day}, by {count} "
                      "working days", -left, day=day_words(due))  # fmt: skip
    if due == today:
        return tr("answer due today")
    return plural("answer due {day}, in {count} working day", "answer due {day}, in {count} working days", left,
                  day=day_words(due))  # fmt: skip


def age_words(age: int | None) -> str:
    """Return "12 days", "today" for none, or "" where the day is not known."""
    if age is None:
        return ""
    return plural("{count} day", "{count} days", age) if age else tr("today")


Test = Callable[[Line], bool]


def _is(test: Callable[[Mapping[str, Any]], bool]) -> Test:
    return lambda line: test(line.body)


def _to_check(line: Line) -> bool:
    body = line.body
    told = bool(body.get("done")) and bool(body.get("evidence"))
    return issue_state.is_serious(body) and issue_state.stays(body) and told and not issue_state.is_verified(body)


VIEWS: Final[Mapping[str, tuple[str, Test]]] = MappingProxyType(
    {
        "open": (later("Still open"), _is(issue_state.stays)),
        "unsent": (later("Not sent yet"), _is(issue_state.is_unsent)),
        "with_police": (
            later("With the police"),
            lambda line: line.status in (issue_state.WITH_POLICE, issue_state.ESCALATED)
            and not issue_state.is_praise(line.body),
        ),
        "overdue": (later("Answer overdue"), lambda line: line.overdue),
        "answered": (later("Answered, to be closed"), lambda line: line.status == issue_state.RESPONDED),
        "to_check": (later("Serious, to be checked"), _to_check),
        "praise": (
            later("Praise not shared yet"),
            lambda line: issue_state.is_praise(line.body) and issue_state.awaits(line.body),
        ),
        "recommendations": (
            later("Recommendations"), lambda line: line.kind == "recommendation" and issue_state.stays(line.body)
        ),
        "closed": (
            later("Closed"), lambda line: line.status in issue_state.ENDED and not issue_state.awaits(line.body)
        ),
        "all": (later("All"), lambda line: True),
    }
)  # fmt: skip
"""Every view of the list by its name: what it is called, and what belongs to it."""


def lines(store: Store, today: date) -> tuple[Line, ...]:
    """Return every issue that this laptop may read, those that need somebody first: overdue, serious, then the oldest.

    What was taken out of its report is left out: it was not found at all.
    """
    names, sites = _places(store)
    held = [each for each in store.records("issue") if issue_state.status(each.body) != issue_state.WITHDRAWN]
    found = [_line(each, names, sites, today) for each in held]
    counted = repeats.counts(
        (each.key, each.site, each.theme, each.found) for each in found if not issue_state.is_praise(each.body)
    )
    made = [_with_earlier(each, counted.get(each.key, 0)) for each in found]
    return tuple(sorted(made, key=lambda each: (_rank(each), each.found or today, each.key)))


def one(store: Store, record: Record, today: date) -> Line:
    """Return the line of one issue; what came before it is not counted."""
    return _line(record, *_places(store), today)


def _places(store: Store) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of the sites by their codes, and the sites of visits by their references."""
    with in_words():
        names = dict(store.connection.execute("SELECT site, name FROM fact_site"))
        sites = dict(store.connection.execute("SELECT visit, site FROM fact_visit WHERE site IS NOT NULL"))
    return names, sites


def _rank(line: Line) -> int:
    if line.overdue:
        return 0
    if issue_state.stays(line.body):
        return 1 if issue_state.is_serious(line.body) else 2
    return 3 if issue_state.awaits(line.body) else 4


def _line(record: Record, names: Mapping[str, str], sites: Mapping[str, str], today: date) -> Line:
    body = record.body
    site = str(body.get("site") or sites.get(str(body.get("visit")), "") or "")
    found = issue_state.raised_on(body)
    ended = issue_state.day(body.get("closed_on")) if issue_state.status(body) in issue_state.ENDED else None
    until = ended or today
    closed_when = issue_state.status(body) in issue_state.ENDED and ended is None
    return Line(
        key=record.key, site=site, site_name=names.get(site, site), kind=str(body.get("kind") or ""),
        theme=str(body.get("theme") or ""), severity=str(body.get("severity") or ""), text=str(body.get("text") or ""),
        status=issue_state.status(body), found=found,
        age=None if found is None or closed_when else max((until - found).days, 0), due=issue_state.due(body),
        overdue=issue_state.is_overdue(body, today), earlier=0, record=record,
    )  # fmt: skip


def _with_earlier(line: Line, count: int) -> Line:
    return replace(line, earlier=count) if count else line
