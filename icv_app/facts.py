"""Facts: typed, indexed rows derived from record bodies, so that figures and lists are SQL, never a walk through JSON.

One row of one table for each record; the issues that a visit's own form lists have theirs beside it. Refreshed in the
transaction that changes the record, and rebuilt at will. A body may come from a conflict, an old form or a newer one:
whatever is missing or of the wrong type becomes NULL here ("not recorded") and nothing is ever refused.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

from icv_app.cipher import Connection
from icv_app.elapsed import minutes_between
from icv_app.report_state import standing
from icv_app.revision import Body, decode, record_id

TABLES: tuple[str, ...] = (
    # week: its Monday. minutes: of all visitors named. untimed: visitors named, but no length can be told.
    # counted: 1 where the figures of `interfaces.md` §3 may count it. serious_issue: 1, 0 or NULL (not answered).
    """CREATE TABLE fact_visit(
         record BLOB PRIMARY KEY NOT NULL,
         visit TEXT NOT NULL, form TEXT, slot TEXT, site TEXT, date TEXT, week TEXT, month TEXT,
         status TEXT, visit_type TEXT, mode TEXT, state TEXT, access TEXT, serious_issue INTEGER,
         arrived TEXT, admitted TEXT, "left" TEXT, visitors TEXT, minutes INTEGER NOT NULL, untimed INTEGER NOT NULL,
         in_custody INTEGER, offered INTEGER, seen INTEGER, declined INTEGER,
         session TEXT, of_which_immigration INTEGER, recommendations INTEGER,
         counted INTEGER NOT NULL) WITHOUT ROWID""",
    # covers the whole question of a quarter, so that its visits are read once and in order
    """CREATE INDEX fact_visit_counted ON fact_visit(
         form, site, date, status, access, serious_issue, minutes, untimed, in_custody, offered, seen, declined)
         WHERE counted = 1""",
    # status stands in it and not in its condition: there SQLite reads every row for it (20 times slower, measured)
    "CREATE INDEX fact_visit_slot ON fact_visit(slot, status) WHERE counted = 1 AND slot IS NOT NULL",
    """CREATE INDEX fact_visit_case ON fact_visit(date, session, of_which_immigration, recommendations)
         WHERE counted = 1 AND form = 'record_review'""",
    "CREATE INDEX fact_visit_left_out ON fact_visit(date, form, state, visit_type, mode) WHERE counted = 0",
    """CREATE TABLE fact_review(
         record BLOB PRIMARY KEY NOT NULL,
         session TEXT NOT NULL, date TEXT, kind TEXT, records INTEGER, of_which_immigration INTEGER,
         recommendations INTEGER, recommended_to TEXT, state TEXT, counted INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX fact_review_date ON fact_review(date)",
    "CREATE INDEX fact_review_session ON fact_review(session)",
    # completed is not kept here: it is whether a completed visit names the slot
    """CREATE TABLE fact_slot(
         record BLOB PRIMARY KEY NOT NULL,
         slot TEXT NOT NULL, measure TEXT, site TEXT, period_start TEXT, status TEXT, reason TEXT, visitors TEXT)
         WITHOUT ROWID""",
    "CREATE INDEX fact_slot_start ON fact_slot(measure, site, period_start, status, slot)",
    """CREATE TABLE fact_site(
         record BLOB PRIMARY KEY NOT NULL, site TEXT NOT NULL, name TEXT NOT NULL, kind TEXT) WITHOUT ROWID""",
    "CREATE INDEX fact_site_kind ON fact_site(kind, site)",
    # starts and ends: the first and last day of a dated row, both included; ends NULL is open-ended
    """CREATE TABLE fact_site_status(
         record BLOB PRIMARY KEY NOT NULL,
         site TEXT NOT NULL, starts TEXT NOT NULL, ends TEXT, status TEXT, days TEXT, reason TEXT) WITHOUT ROWID""",
    # site NULL: every site of the measure
    """CREATE TABLE fact_target(
         record BLOB PRIMARY KEY NOT NULL,
         measure TEXT NOT NULL, site TEXT, number INTEGER NOT NULL, per TEXT NOT NULL, starts TEXT NOT NULL, ends TEXT,
         reason TEXT) WITHOUT ROWID""",
    # roles: space-separated, with a space at either end
    """CREATE TABLE fact_visitor(
         record BLOB PRIMARY KEY NOT NULL,
         visitor TEXT NOT NULL, roles TEXT NOT NULL, status TEXT, starts TEXT NOT NULL, ends TEXT) WITHOUT ROWID""",
    "CREATE INDEX fact_visitor_starts ON fact_visitor(visitor, starts)",
    """CREATE TABLE fact_throughput(
         record BLOB PRIMARY KEY NOT NULL,
         starts TEXT NOT NULL, ends TEXT NOT NULL, persons_detained INTEGER NOT NULL, source TEXT) WITHOUT ROWID""",
    # visit_record: the record of the visit that the issue names. part: "", or the row of a visit's own list of issues
    """CREATE TABLE fact_issue(
         record BLOB NOT NULL, part TEXT NOT NULL,
         issue TEXT NOT NULL, visit TEXT, visit_record BLOB, kind TEXT, theme TEXT, severity TEXT, text TEXT,
         action TEXT, response TEXT, status TEXT, shared_with_staff_on TEXT,
         PRIMARY KEY(record, part)) WITHOUT ROWID""",
    "CREATE INDEX fact_issue_visit ON fact_issue(visit_record)",
)

COUNTED_STATES = (None, "submitted", "accepted")  # drafts are never records, so a record without a state was submitted
NOT_STANDARD = ("tact", "training")  # visit types with figures of their own
IN_PERSON = (None, "in_person")

_LARGEST = 10**9  # beyond any count or length of time; also keeps SQLite's integers from overflowing
_BATCH = 1000

_Row = tuple[Any, ...]


def refresh(connection: Connection, record: bytes, kind: str, key: str, body: Body | None) -> None:
    """Put the fact row of one record in place of the one it had; `body` None or deleted takes it away.

    In autocommit mode this is its own transaction; else the caller's. Raises only the connection's errors.
    """
    refresh_many(connection, ((record, kind, key, body),))


def refresh_many(connection: Connection, records: Iterable[tuple[bytes, str, str, Body | None]]) -> None:
    """Do what `refresh` does for many (record, kind, key, body), in batches; of two for one record the later stands."""
    remaining = iter(records)
    while batch := list(islice(remaining, _BATCH)):
        rows: dict[str, dict[bytes, _Row | None]] = {}
        for record, kind, key, body in batch:
            make = _MAKERS.get(kind)
            if make is not None:
                lives = body is not None and body.get("deleted") is not True  # as `current.Record.deleted`
                rows.setdefault(kind, {})[record] = make(record, key, body) if lives and body is not None else None
        for kind, of_kind in rows.items():
            table, columns = _TABLE_OF[kind], _WIDTH[kind]
            gone = [(record,) for record, row in of_kind.items() if row is None]
            connection.executemany(f"DELETE FROM {table} WHERE record = ?", gone)  # noqa: S608  (our own names)
            kept_rows = [row for row in of_kind.values() if row is not None]
            marks = ",".join("?" * columns)
            connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES({marks})", kept_rows)
        visits = rows.get("visit", {})
        connection.executemany("DELETE FROM fact_issue WHERE record = ?", [(record,) for record in visits])
        connection.executemany(
            f"INSERT OR REPLACE INTO fact_issue VALUES({','.join('?' * _WIDTH['issue'])})",
            [
                issue
                for record, body in {record: body for record, kind, _, body in batch if kind == "visit"}.items()
                if body is not None and (row := visits[record]) is not None
                for issue in _own_issues(record, row[1], body)
            ],
        )


def rebuild(connection: Connection) -> None:
    """Empty every fact table and fill it again from the table `current`. The caller owns the transaction."""
    for table in _TABLE_OF.values():
        connection.execute(f"DELETE FROM {table}")  # noqa: S608  (our own names)
    rows = connection.execute(  # where no body is stored, it is that of the one head
        "SELECT c.record, c.kind, c.key, c.body, r.payload"
        " FROM current c LEFT JOIN revision r ON c.body IS NULL AND r.rev = c.heads"
    )
    refresh_many(
        connection,
        (
            (record, kind, key, decode(connection.opener(payload))[1] if body is None else json.loads(body))
            for record, kind, key, body, payload in rows
        ),
    )


# What a cell may hold ------------------------------------------------------------------------------------------------


def _text(value: Any) -> str | None:
    if value is None:  # nearly half of what is asked for: a first exchange asks some three million times
        return None
    if isinstance(value, str):
        text = value.strip()
        if not text.isascii():  # half a surrogate pair is valid in JSON and not in SQLite
            text = text.encode("utf-8", "replace").decode("utf-8")
        return text or None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST:
        return str(value)
    return None


def _number(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, str) and value.isascii() and value.strip().isdigit() and len(value) < 12:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST:
        return value
    return None


@lru_cache(maxsize=4096)
def _calendar_day(text: str) -> tuple[str, str, str] | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    if not 1900 < day.year < 2200:
        return None
    return day.isoformat(), (day - timedelta(days=day.weekday())).isoformat(), day.isoformat()[:7]


def _day(value: Any) -> str | None:
    found = _calendar_day(value.strip()[:10]) if isinstance(value, str) else None
    return found[0] if found else None


@lru_cache(maxsize=4096)
def _time_of_day(text: str) -> str | None:
    if len(text) == 5 and text[2] == ":":
        digits = text[:2] + text[3:]
        if digits.isascii() and digits.isdigit() and int(text[:2]) < 24 and int(text[3:]) < 60:
            return text
    return None


def _time(value: Any) -> str | None:
    return _time_of_day(value[:5]) if isinstance(value, str) else None


_YES = {"yes": 1, "true": 1, "no": 0, "false": 0}


def _yes(value: Any) -> int | None:
    return _YES.get(str(value).strip().lower()) if value is not None else None


def _how_many(value: Any) -> int | None:
    """Return a number, or how many rows a repeat of that name has."""
    return len(value) if isinstance(value, Mapping) else _number(value)


# One row of each kind ------------------------------------------------------------------------------------------------


_VISITORS = tuple((f"visitor_{place}", f"travel_minutes_{place}") for place in range(1, 5))


def _visit(record: bytes, key: str, body: Body) -> _Row:
    get = body.get
    form, status, state = _text(get("form")), _text(get("status")), _text(standing(body))
    visit_type, mode = _text(get("visit_type")), _text(get("mode"))
    given = get("date")
    day = _calendar_day(given.strip()[:10]) if isinstance(given, str) else None
    arrived, left = _time(get("arrived")), _time(get("left"))
    length = minutes_between(day[0], arrived, left) if day and arrived and left else None
    people: dict[str, int] = {}  # a person named twice was there once
    for visitor, travel in _VISITORS:
        person = _text(get(visitor))
        if person and person not in people:
            people[person] = (length or 0) + (_number(get(travel)) or 0)
    case = form == "record_review"
    immigration = _number(get("of_which_immigration"))
    if case and immigration is None:
        immigration = 1  # the form is the review of an immigration detainee's record
    counted = state in COUNTED_STATES and visit_type not in NOT_STANDARD and mode in IN_PERSON
    return (
        record, _text(key) or "", form, _text(get("slot")), _text(get("site")),
        day and day[0], day and day[1], day and day[2],
        status, visit_type, mode, state, _text(get("access")), _yes(get("serious_issue")),
        arrived, _time(get("admitted")), left, ";".join(people) or None, sum(people.values()),
        int(bool(people) and length is None and status != "not_admitted"),
        _number(get("in_custody")), _number(get("offered")), _number(get("seen")), _number(get("declined")),
        _text(get("session")), immigration, _how_many(get("recommendations", get("recommendation_list"))), int(counted),
    )  # fmt: skip


def _review(record: bytes, key: str, body: Body) -> _Row:
    state = _text(standing(body))
    return (
        record, _text(key) or "", _day(body.get("date")), _text(body.get("kind")),
        _number(body.get("records")), _number(body.get("of_which_immigration")), _how_many(body.get("recommendations")),
        _text(body.get("recommended_to")), state, int(state in COUNTED_STATES),
    )  # fmt: skip


def _slot(record: bytes, key: str, body: Body) -> _Row:
    get = body.get
    return (
        record, _text(key) or "", _text(get("measure")), _text(get("site")),
        _day(get("period_start")), _text(get("status")), _text(get("reason")), _text(get("visitors")),
    )  # fmt: skip


def _site(record: bytes, key: str, body: Body) -> _Row:
    site = _text(key) or ""
    return record, site, _text(body.get("name")) or site, _text(body.get("kind"))


def _spread(value: Any) -> str | None:
    """Return a multiple answer ("a;b", "a b" or a list) as words with single spaces."""
    if isinstance(value, list):
        value = " ".join(str(each) for each in value)
    text = _text(value)
    return " ".join(text.replace(";", " ").replace(",", " ").split()) or None if text else None


def _site_status(record: bytes, key: str, body: Body) -> _Row | None:
    site, starts = _text(body.get("site")), _day(body.get("from"))
    if site is None or starts is None:
        return None
    status, days = _text(body.get("status")), _spread(body.get("days"))
    return record, site, starts, _day(body.get("to")), status, days, _text(body.get("reason"))


def _target(record: bytes, key: str, body: Body) -> _Row | None:
    measure, number, per = _text(body.get("measure")), _number(body.get("number")), _text(body.get("per"))
    starts, ends = _day(body.get("from")), _day(body.get("to"))
    if measure is None or number is None or per is None or starts is None:
        return None
    return record, measure, _text(body.get("site")), number, per, starts, ends, _text(body.get("reason"))


def _visitor(record: bytes, key: str, body: Body) -> _Row | None:
    visitor, starts = _text(body.get("visitor")), _day(body.get("from"))
    if visitor is None or starts is None:
        return None
    roles = f" {_spread(body.get('roles')) or ''} "
    return record, visitor, roles, _text(body.get("status")), starts, _day(body.get("to"))


def _throughput(record: bytes, key: str, body: Body) -> _Row | None:
    starts, ends, number = _day(body.get("from")), _day(body.get("to")), _number(body.get("persons_detained"))
    if starts is None or ends is None or number is None:
        return None
    return record, starts, ends, number, _text(body.get("source"))


def _issue(record: bytes, key: str, body: Body) -> _Row:
    get = body.get
    visit = _text(get("visit"))
    return (
        record, "", _text(key) or "", visit, record_id("visit", visit) if visit else None,
        _text(get("kind")), _text(get("theme")), _text(get("severity")), _text(get("text")), _text(get("action")),
        _text(get("response")), _text(get("status")), _day(get("shared_with_staff_on")),
    )  # fmt: skip


def _own_issues(record: bytes, visit: str, body: Body) -> Iterator[_Row]:
    """Yield a row for each issue in the visit form's repeat `issues` (fields issue_kind, issue_text, ...)."""
    listed = body.get("issues")
    if not isinstance(listed, Mapping):
        return
    given = {_text(part) or "-": fields for part, fields in listed.items() if isinstance(fields, Mapping)}
    for number, (part, fields) in enumerate(sorted(given.items()), 1):
        get = fields.get
        yield (
            record, part, f"{visit}/{number}", visit, record,
            _text(get("issue_kind")), _text(get("issue_theme")), _text(get("issue_severity")), _text(get("issue_text")),
            _text(get("issue_action")), None, None, None,
        )  # fmt: skip


_MAKERS: dict[str, Callable[[bytes, str, Body], _Row | None]] = {
    "visit": _visit,
    "record_review": _review,
    "slot": _slot,
    "site": _site,
    "site_status": _site_status,
    "target": _target,
    "visitor": _visitor,
    "throughput": _throughput,
    "issue": _issue,
}
_TABLE_OF = {kind: "fact_" + ("review" if kind == "record_review" else kind) for kind in _MAKERS}
_WIDTH = {
    "visit": 28, "record_review": 10, "slot": 8, "site": 4, "site_status": 7, "target": 8, "visitor": 6,
    "throughput": 5, "issue": 13,
}  # fmt: skip
