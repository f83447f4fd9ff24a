"""Retention: how long each class of record is kept, and what is due for disposal now (`domain.md` E4).

The office sets the periods; until it does, the starting values below apply, each of which it must confirm. Pure
reading: nothing is disposed of by itself (`disposal`).
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any, Final

from forms.translation import later, tr
from icv_app.clock import LONDON
from icv_app.errors import InvalidInput
from icv_app.periods import financial_year
from icv_app.scheme import reduction
from icv_app.storage import audit, holds
from icv_app.storage.fact_cells import spread
from icv_app.storage.revision import Body, clock_of
from icv_app.storage.store import Record, Store

DETAINEES: Final = "detainee_rows"
REVIEWS: Final = "record_reviews"
VISITS: Final = "visits"
ISSUES: Final = "issues"
VOLUNTEERS: Final = "volunteers"
APPLICANTS: Final = "applicants"
LOG: Final = "audit_log"

FIELD: Final = "retention"
"""Where the scheme's record holds what the office set: months by class, and the days of the reports."""
REPORTS: Final = ("annual_report", "icva_report")
_LONGEST = 1200  # months
_SHORTEST_LOG = 6  # months: a log that may be emptied at once tells of nobody
_ON_THE_BOOKS = ("probation", "active", "on_leave", "not_currently_visiting")
_OF_A_PERSON = ("volunteer", "duty", "availability", "swap", "filter", "overrule", "adopted_rota")
_USUAL_REPORT = timedelta(days=183)  # after 31 March; assumed until the office enters the day of the report


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """A class of records: its starting period in months, from which day it runs, and what disposal leaves of it."""

    name: str
    title: str
    months: int
    runs_from: str
    leaves: str
    report: str = ""


CLASSES: Final[tuple[Class, ...]] = (
    Class(
        name=DETAINEES, title=later("Rows about single detainees in visit reports"), months=12, report="annual_report",
        runs_from=later("the annual report of the year of the visit"),
        leaves=later("the visit report without these rows, in its last version only"),
    ),
    Class(
        name=REVIEWS, title=later("Custody-record reviews"), months=12, report="icva_report",
        runs_from=later("ICVA's report on the year of the review"), leaves=later("the numbers that are counted"),
    ),
    Class(
        name=VISITS, title=later("Visit reports, with their sign-off, and who was on the rota"), months=72,
        runs_from=later("the day of the visit"), leaves=later("the numbers that are counted"),
    ),
    Class(
        name=ISSUES, title=later("Issues, requests, praise and recommendations"), months=72,
        runs_from=later("the day of the visit"), leaves=later("nothing"),
    ),
    Class(
        name=VOLUNTEERS, title=later("Volunteers' entries"), months=72, runs_from=later("the day they left"),
        leaves=later("roles, dates and minutes, under a made-up reference"),
    ),
    Class(
        name=APPLICANTS, title=later("Unsuccessful applicants"), months=12,
        runs_from=later("the end of the application"), leaves=later("nothing"),
    ),
    Class(
        name=LOG, title=later("The log of who did what"), months=72, runs_from=later("the day of the entry"),
        leaves=later("nothing"),
    ),
)  # fmt: skip
_BY_NAME: Final = {each.name: each for each in CLASSES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Months by class, and the days of the reports by financial year ("2025-26"). `confirmed`: what the office set."""

    months: Mapping[str, int]
    reports: Mapping[str, Mapping[str, date]]
    confirmed: frozenset[str]

    def runs_out(self, name: str, day: date) -> tuple[date, bool]:
        """Return the day from which a record of class `name` is due, and whether that rests on an assumed report.

        `day` is that of the visit or review, of leaving, of the end of an application.
        """
        report = _BY_NAME[name].report
        assumed = False
        if report:
            year = financial_year(day)
            given = self.reports.get(report, {}).get(year.name)
            assumed = given is None
            day = given or year.last + _USUAL_REPORT
        return later_by(day, self.months[name]), assumed


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One record that is due: its class, kind and key, since when, and why it must stay all the same.

    `held`: the legal hold in words, or ""; `disputed`: it has differing entries, which are settled first. `assumed`:
    the day of a report is not entered, and half a year after the end of the year was assumed.
    """

    name: str
    kind: str
    key: str
    record: bytes
    since: date
    held: str = ""
    disputed: bool = False
    assumed: bool = False

    @property
    def ready(self) -> bool:
        """Whether it may be disposed of now."""
        return not self.held and not self.disputed


def title(name: str) -> str:
    """Return what a class is called, in the language in use."""
    return tr(_BY_NAME[name].title) if name in _BY_NAME else name


def rules(store: Store) -> Rules:
    """Return the periods as they stand; what was never set or makes no sense is as the starting values have it."""
    record = store.current("scheme", "scheme")
    held = record.body.get(FIELD) if record is not None else None
    given: Mapping[str, Any] = held if isinstance(held, dict) else {}
    set_ = {
        each.name: given[each.name]
        for each in CLASSES
        if type(given.get(each.name)) is int and _shortest(each.name) <= given[each.name] <= _LONGEST
    }
    reports = {name: _days(given.get(name)) for name in REPORTS}
    return Rules(
        months={each.name: set_.get(each.name, each.months) for each in CLASSES}, reports=reports,
        confirmed=frozenset(set_),
    )  # fmt: skip


def save(store: Store, months: Mapping[str, int], reports: Mapping[str, Mapping[str, date]] | None = None) -> None:
    """Save periods in months by class, and days of reports by financial year; what is not given stays.

    Raises InvalidInput("retention") with words for the person, and then nothing is saved.
    """
    for name, number in months.items():
        if name not in _BY_NAME or not 0 <= number <= _LONGEST:
            raise InvalidInput(
                "retention", tr("A period is between 0 and {longest} months, of a known class.", longest=_LONGEST)
            )
        if number < _shortest(name):
            raise InvalidInput("retention", tr("The log is kept for at least {months} months.", months=_SHORTEST_LOG))
    record = store.current("scheme", "scheme")
    body = dict(record.body) if record is not None else {}
    held = body.get(FIELD)
    given = dict(held) if isinstance(held, dict) else {}
    given |= months
    for report, days in (reports or {}).items():
        before = given.get(report)
        given[report] = {
            **(before if isinstance(before, dict) else {}),
            **{year: day.isoformat() for year, day in days.items()},
        }
    store.save("scheme", "scheme", {**body, FIELD: given})


def due(store: Store, today: date) -> tuple[Line, ...]:
    """Return what is due for disposal on `today`, by class, day and key; what a hold or a dispute keeps is in it."""
    given = rules(store)
    standing = holds.standing(store.connection)
    lines = []
    for name, record, day in chain(_dated(store), _parts(store, given, today)):
        since, assumed = given.runs_out(name, day)
        if since > today:
            continue
        hold = holds.over(standing, record.key, _bodies(store, record), store.connection) if standing else None
        held = tr("held because of {reason}", reason=hold.why) if hold else ""
        lines.append(
            Line(
                name=name, kind=record.kind, key=record.key, record=record.record, since=since, held=held,
                disputed=bool(record.conflicts) and name != LOG, assumed=assumed,
            )
        )  # fmt: skip
    order = {each.name: number for number, each in enumerate(CLASSES)}
    return tuple(sorted(lines, key=lambda line: (order[line.name], line.since, line.key)))


def _bodies(store: Store, record: Record) -> Sequence[Body]:
    return [record.body, *(each.body for each in store.history(record.record))]


def _dated(store: Store) -> Iterator[tuple[str, Record, date]]:
    """Yield each record that a period runs for, with its class and the day from which it runs."""
    days: dict[str, date] = {}
    for kind in ("visit", "record_review"):
        for record in store.records(kind):
            day = _day(record.body.get("date")) or clock_of(record.hlc).date()
            days[record.key] = day
            yield from ((name, record, day) for name in _classes(store, record))
    for record in store.records("issue"):
        yield ISSUES, record, days.get(str(record.body.get("visit")), clock_of(record.hlc).date())
    for kind, begins in (("slot", "period_start"), ("plan", "day")):
        for record in store.records(kind):
            begun = _day(record.body.get(begins))
            if begun is not None and not reduction.is_disposed(record.body, VISITS):
                yield VISITS, record, begun
    yield from _people(store)


def _classes(store: Store, record: Record) -> Iterator[str]:
    body = record.body
    review = record.kind == "record_review" or body.get("form") == "record_review"
    name = REVIEWS if review else VISITS
    if not reduction.is_disposed(body, name):
        yield name
        if not review and not reduction.is_disposed(body, DETAINEES) and _tells_of_detainees(store, record):
            yield DETAINEES


def _tells_of_detainees(store: Store, record: Record) -> bool:
    if record.body.get("detainees"):
        return True
    query = "SELECT count(*) FROM revision WHERE record = ? AND payload IS NOT NULL"
    (versions,) = store.connection.execute(query, (record.record,)).fetchone()
    return versions > 1 and any(each.body.get("detainees") for each in store.history(record.record))


def _people(store: Store) -> Iterator[tuple[str, Record, date]]:
    """Yield what is held on people who left, or whose application ended: their rows, their files, their hours."""
    rows: dict[str, list[Record]] = {}
    gone: dict[str, tuple[str, date]] = {}
    for record in store.records("visitor"):
        if not reduction.is_disposed(record.body, VOLUNTEERS):
            rows.setdefault(str(record.body.get("visitor", record.key)), []).append(record)
    for record in store.records("volunteer"):  # of one who has no rows
        if record.key not in rows and (left := _day(record.body.get("left"))) is not None:
            gone[record.key] = VOLUNTEERS, left
    for person, records in rows.items():
        ended = _ended(records)
        if ended is not None:
            served = any(record.body.get("status") in _ON_THE_BOOKS for record in records)
            gone[person] = VOLUNTEERS if served else APPLICANTS, ended
            yield from ((gone[person][0], record, ended) for record in records)
    for kind in _OF_A_PERSON:
        for record in store.records(kind):
            found = [gone[person] for person in _whose(record) if person in gone]
            if found and not reduction.is_disposed(record.body, VOLUNTEERS):
                name, ended = min(found, key=lambda each: each[1])
                yield name, record, ended


def _whose(record: Record) -> Iterator[str]:
    """Yield whom a record is of: everybody whom a swap or a rota names, else the one that its reference begins with."""
    body = record.body
    if record.kind == "swap":
        yield from (str(body.get(name, "")) for name in ("asked_by", "asked"))
    elif record.kind == "overrule":
        yield from (spread(body.get("visitors")) or "").split()
    elif record.kind == "adopted_rota":
        slots = body.get("slots")
        for said in slots.values() if isinstance(slots, Mapping) else ():
            for name in ("before", "after") if isinstance(said, Mapping) else ():
                yield from (spread(said.get(name)) or "").split()
    else:
        yield record.key.partition("|")[0]


def _parts(store: Store, given: Rules, today: date) -> Iterator[tuple[str, Record, date]]:
    """Yield the parts of laptops' logs that may be due, with the day of the last entry or of handing over, if later.

    Most are too young by the latter, which needs no opening.
    """
    rows = store.connection.execute("SELECT record, hlc FROM current WHERE kind = ? ORDER BY key", (audit.KIND,))
    for name, hlc in rows.fetchall():
        day = clock_of(hlc).date()
        if given.runs_out(LOG, day)[0] > today or (record := store.by_id(name)) is None:
            continue
        moments = []
        with contextlib.suppress(ValueError):  # what cannot be read goes by the day on which it was handed over
            moments = [each.moment for each in audit.of_part(record.body) if each.moment and each.moment.tzinfo]
        yield LOG, record, max((day, *(moment.astimezone(LONDON).date() for moment in moments)))


def _shortest(name: str) -> int:
    return _SHORTEST_LOG if name == LOG else 0


def _ended(records: Sequence[Record]) -> date | None:
    """Return the day on which somebody left or their application ended, by their last row; None: they are here."""
    last = max(records, key=lambda record: str(record.body.get("from", "")))
    if last.body.get("status") == "left":
        return _day(last.body.get("from"))
    return _day(last.body.get("to"))


def later_by(day: date, months: int) -> date:
    """Return the day that is `months` after `day`, the last of the month where that month is shorter."""
    month = day.year * 12 + day.month - 1 + months
    first = date(month // 12, month % 12 + 1, 1)
    following = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def _day(value: Any) -> date | None:
    try:
        found = date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
    return found if 1900 < found.year < 2200 else None


def _days(value: Any) -> dict[str, date]:
    given = value if isinstance(value, dict) else {}
    return {str(year): day for year, text in given.items() if (day := _day(text)) is not None}
