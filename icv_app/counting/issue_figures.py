"""Issue figures: what was found by theme, how long it has stood open, and how soon it was answered (`domain.md` B23).

What is counted is what stands as a finding (`findings`), each once. Issues are what wants an answer: everything that is
neither praise nor a panel's recommendation, which have a figure each. Medians of days are of working days.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from sys import intern
from typing import Final

from forms.translation import plural, tr
from icv_app import working_days
from icv_app.counting.delays import median
from icv_app.counting.findings import FOUND, PUT_RIGHT, STANDS, steps
from icv_app.counting.tallies import LISTED
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure, Period
from icv_app.issue_state import ENDED, PRAISE, ended_on, stood_on
from icv_app.summary import OpenIssue
from icv_app.wording import day_words

MEASURE: Final = "issues"
ANIMAL_WELFARE: Final = "animal_welfare"
OTHER: Final = "other"
THEMES: Final = (
    "rights_and_entitlements", "health_and_wellbeing", "food_drink_and_rest", "hygiene",
    "clothing_bedding_and_temperature", "faith_and_diversity", "children_and_young_people", "women_and_girls",
    "dignity_and_safety", "conditions_and_estate", "staffing", "access_for_visitors",
    "length_of_detention_and_transfer", "record_keeping", ANIMAL_WELFARE, OTHER,
)  # fmt: skip
"""The themes of `domain.md` A6; the seven on animal welfare are one, and an unknown theme, or none, is the last."""
RECOMMENDATION: Final = "recommendation"
AGES: Final = (28, 84)
"""Days after which an open issue is counted as old: four weeks, and twelve."""
OPEN_BEFORE: Final = "open_before"
CLOSED: Final = "closed"
OPEN_RAISED: Final = "open_at_end_raised"
OLDEST: Final = 5
"""How many of the issues that were raised before the period and are open at its end a summary names."""

_COLUMNS = """coalesce(i.kind, ''), coalesce(i.theme, ''), coalesce(i.severity, ''), coalesce(i.status, ''), i.sent_on,
  i.due_on, i.responded_on, i.closed_on, i.shared_with_staff_on, i.escalated_on, i.reopened_on"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A finding with its life so far. `visit`: the visit, session or case form that it names, and its day `on`.

    `resolved`: whether the visit's own report says that it was put right before the visitors left; None where that
    report does not say, or has no such question. `record`: the record that tells of it; `part`: where that is the
    visit's own, the row of its list.
    """

    visit: str
    on: date
    kind: str
    theme: str
    severity: str
    status: str
    sent: date | None
    due: date | None
    responded: date | None
    closed: date | None
    shared: date | None
    escalated: date | None = None
    reopened: date | None = None
    resolved: bool | None = None
    record: bytes = b""
    part: str = ""
    reference: str = ""
    site: str = ""

    @property
    def an_issue(self) -> bool:
        """Whether it wants an answer: it is neither praise nor a recommendation."""
        return self.kind not in PRAISE and self.kind != RECOMMENDATION

    def open_on(self, day: date) -> bool:
        """Return whether it stood open at the end of `day`; one closed on a day that nobody noted never did."""
        return self.on <= day and (self.ended is None or self.ended > day)

    def stood_on(self, day: date) -> str:
        """Return its status at the end of `day`, "" before it was found."""
        since = steps(self.sent, self.escalated, self.responded, self.reopened)
        return stood_on(day, self.status, found=self.on, closed=self.closed, steps=since)

    @property
    def ended(self) -> date | None:
        """The day on which it was closed, or on which it was found where nobody noted that; None while it is open."""
        return ended_on(self.status, self.on, self.closed)


def found(connection: Connection, period: Period) -> tuple[Issue, ...]:
    """Return what was found on the counted visits and record reviews of `period`."""
    rows = connection.execute(
        f"""WITH {FOUND}
            SELECT coalesce(i.visit, ''), f.date, {_COLUMNS}, {PUT_RIGHT}, i.record, i.part, i.issue,
              coalesce(f.site, '')
            FROM found f CROSS JOIN fact_issue i ON i.record = f.record AND i.part = f.part
            WHERE {STANDS} ORDER BY f.date, i.issue""",  # noqa: S608
        {"first": period.first.isoformat(), "last": period.last.isoformat()},
    )
    return tuple(_issue(*row) for row in rows)


def alive(connection: Connection, period: Period, day: date) -> tuple[Issue, ...]:
    """Return the findings of any age that were open at the end of `day` or when `period` began, or were answered in it.

    Those whose answer was due in it, too. They are the findings that `found` has of all time, chosen first by their own
    dates: there are few of those.
    """
    rows = connection.execute(
        f"""WITH chosen(record, part) AS MATERIALIZED (
              SELECT record, part FROM fact_issue
              WHERE coalesce(status, '') NOT IN ({", ".join(f"'{status}'" for status in sorted(ENDED))})
                OR closed_on >= min(:first, :day)
                OR due_on BETWEEN :first AND :last OR responded_on BETWEEN :first AND :last)
            SELECT coalesce(i.visit, ''), coalesce(v.date, r.date), {_COLUMNS}, NULL, i.record, i.part,
              i.issue, coalesce(v.site, '')
            FROM chosen c CROSS JOIN fact_issue i ON i.record = c.record AND i.part = c.part
            LEFT JOIN fact_visit v ON v.record = i.visit_record AND v.counted = 1 AND {LISTED}
            LEFT JOIN fact_review r ON r.session = i.visit AND r.counted = 1
            WHERE {STANDS} AND coalesce(v.date, r.date) IS NOT NULL
            ORDER BY 2, i.issue""",  # noqa: S608
        {"first": period.first.isoformat(), "last": period.last.isoformat(), "day": day.isoformat()},
    )
    return tuple(_issue(*row) for row in rows)


def _issue(
    visit: str, on: str, kind: str, theme: str, severity: str, status: str, sent: str | None, due: str | None,
    responded: str | None, closed: str | None, shared: str | None, escalated: str | None, reopened: str | None,
    said: str | None, record: bytes, part: str, reference: str, site: str,
) -> Issue:  # fmt: skip
    return Issue(
        visit=visit, on=_known_day(on), kind=intern(kind), theme=theme_of(theme), severity=intern(severity),
        status=intern(status),
        sent=_day(sent), due=_day(due), responded=_day(responded), closed=_day(closed), shared=_day(shared),
        escalated=_day(escalated), reopened=_day(reopened),
        resolved=None if said is None else said == "closed", record=record, part=part, reference=reference,
        site=intern(site),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return _known_day(text) if text else None


@lru_cache(maxsize=8192)
def _known_day(text: str) -> date:
    """Return a day, the same object for the same text: a scheme has many issues, and few days."""
    return date.fromisoformat(text)


def theme_of(code: str) -> str:
    """Return which of `THEMES` a theme's code belongs to."""
    if code.startswith(f"{ANIMAL_WELFARE}_"):
        return ANIMAL_WELFARE
    return code if code in THEMES else OTHER


def lines(
    of_period: Iterable[Issue], of_any_age: Iterable[Issue], period: Period, today: date, recommended: int = 0
) -> Iterator[Figure]:
    """Yield the figures of issues. `of_period` as `found` gives it, `of_any_age` as `alive` does for `last_day`.

    `recommended`: the recommendations made in the period, by the totals of its sessions and case forms.
    """
    every = tuple(of_period)
    issues = tuple(each for each in every if each.an_issue)
    of_life = tuple(each for each in of_any_age if each.an_issue)
    yield _count("raised", len(issues))
    themes = Counter(each.theme for each in issues)
    for theme in THEMES:
        yield _count(f"raised_{theme}", themes[theme])
    yield _count("raised_serious", sum(each.severity == "serious" for each in issues))
    unsaid = sum(each.resolved is None for each in issues)
    if unsaid and unsaid == len(issues):  # "0 of 66" would say that nothing was put right, which nobody knows
        yield Figure(measure=MEASURE, figure="resolved_at_visit", unit="issues", note=_unsaid(unsaid))
    else:
        put_right = sum(each.resolved is True for each in issues)
        yield _ratio("resolved_at_visit", put_right, len(issues), note=_unsaid(unsaid))
    day = last_day(period, today)
    open_still = [each for each in of_life if each.open_on(day)]
    still = [(day - each.on).days for each in open_still]
    as_of = tr("As of {day}", day=day_words(day)) if day < period.last else ""
    yield _count(OPEN_BEFORE, len(open_before(of_life, period, day)))
    yield _count(CLOSED, len(were_closed(every, of_life, period, day)), note=as_of)
    yield _count("open_at_end", len(still), note=as_of)
    yield _count(OPEN_RAISED, sum(each.on >= period.first for each in open_still), note=as_of)
    for days in AGES:
        yield _count(f"open_over_{days}_days", sum(age > days for age in still), note=as_of)
    due, answered = fell_due(of_life, period, today), were_answered(of_life, period)
    in_time = sum(each.responded is not None and each.due is not None and each.responded <= each.due for each in due)
    yield _ratio("answered_in_time", in_time, len(due))
    taken = median(_days_taken(each) for each in answered)
    yield Figure(
        measure=MEASURE, figure="response_days_median", value=taken, unit="working days",
        note=plural("{count} answer in the period", "{count} answers in the period", len(answered)),
    )  # fmt: skip
    praise = [each for each in every if each.kind in PRAISE]
    yield _ratio("praise_shared", sum(each.shared is not None for each in praise), len(praise), "comments")
    made = [each for each in every if each.kind == RECOMMENDATION]
    yield _answered(sum(each.responded is not None for each in made), len(made), max(recommended, len(made)))


def last_day(period: Period, today: date) -> date:
    """Return the day at whose end issues are looked at: the last of the period, or today where that is earlier."""
    return min(period.last, today)


def open_before(issues: Iterable[Issue], period: Period, day: date) -> list[Issue]:
    """Return the issues that stood open when `period` began, or at the end of `day` where it has not begun."""
    before = min(period.first - timedelta(days=1), day)
    return [each for each in issues if each.an_issue and each.open_on(before)]


def were_closed(
    of_period: Iterable[Issue], of_any_age: Iterable[Issue], period: Period, day: date
) -> list[Issue]:  # fmt: skip
    """Return the issues that were closed in `period`, up to `day`, of those open when it began and those raised in it.

    What was put right at the visit is among them: so those open before and those raised, less these, are open at the
    end.
    """
    every = {(each.record, each.part): each for each in (*of_any_age, *of_period) if each.an_issue}
    return [each for each in every.values() if each.ended is not None and period.first <= each.ended <= day]


def oldest_open(issues: Iterable[Issue], period: Period, day: date) -> tuple[OpenIssue, ...]:
    """Return the `OLDEST` issues that were raised before `period` and open at the end of `day`, the oldest first."""
    found = [each for each in issues if each.an_issue and each.on < period.first and each.open_on(day)]
    found.sort(key=lambda each: (each.on, each.reference))
    return tuple(
        OpenIssue(
            issue=each.reference, site=each.site, date=each.on, theme=each.theme, severity=each.severity,
            stood=each.stood_on(day),
        )
        for each in found[:OLDEST]
    )  # fmt: skip


def fell_due(issues: Iterable[Issue], period: Period, today: date) -> list[Issue]:
    """Return the issues that were sent and whose answer was due in `period`, today's left out: that day is not over."""
    last = min(period.last, today - timedelta(days=1))
    return [each for each in issues if each.sent is not None and each.due and period.first <= each.due <= last]


def were_answered(issues: Iterable[Issue], period: Period) -> list[Issue]:
    """Return the issues that were sent and whose answer came in `period`."""
    return [
        each
        for each in issues
        if each.sent is not None and each.responded is not None and period.first <= each.responded <= period.last
    ]


def _days_taken(issue: Issue) -> int:
    if issue.sent is None or issue.responded is None:
        return 0
    return max(working_days.between(issue.sent, issue.responded), 0)


def _count(figure: str, value: int, *, note: str = "") -> Figure:
    return Figure(measure=MEASURE, figure=figure, value=value, unit="issues", note=note)


def _ratio(figure: str, part: int, whole: int, unit: str = "issues", *, note: str = "") -> Figure:
    return Figure(measure=MEASURE, figure=figure, numerator=part, denominator=whole, unit=unit, note=note)


def _answered(answered: int, kept: int, made: int) -> Figure:
    """Return how many of the recommendations with a record of their own were answered; without one, nobody knows."""
    figure, unit, missing = "recommendations_answered", "recommendations", made - kept
    if missing and not kept:
        note = plural(
            "{count} recommendation was made, without a record of its own: whether it was answered is not known",
            "{count} recommendations were made, without records of their own: whether they were answered is not known",
            made,
        )
        return Figure(measure=MEASURE, figure=figure, unit=unit, note=note)
    note = plural(
        "Of {made} made, {count} has no record of its own and is left out",
        "Of {made} made, {count} have no records of their own and are left out",
        missing, made=made,
    ) if missing else ""  # fmt: skip
    return _ratio(figure, answered, kept, unit, note=note)


def _unsaid(number: int) -> str:
    if not number:
        return ""
    return plural("Of {count} the report does not say", "Of {count} the reports do not say", number)
