"""Facts: typed, indexed rows derived from record bodies, so that figures and lists are SQL, never a walk through JSON.

One row of one table for each record; the issues that a visit's own form lists have theirs beside it. Refreshed in the
transaction that changes the record, and rebuilt at will. A body may come from a conflict, an old form or a newer one:
whatever is missing or of the wrong type becomes NULL here ("not recorded") and nothing is ever refused.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from icv_app.elapsed import minutes_between
from icv_app.encryption.cipher import Connection
from icv_app.storage import answer_cells, meta
from icv_app.storage.fact_cells import calendar_day, day, how_many, number, spread, text, time_of_day, yes
from icv_app.storage.report_state import standing
from icv_app.storage.revision import Body, decode, record_id

TABLES: tuple[str, ...] = (
    # week: its Monday. minutes: of all visitors named. untimed: visitors named, but no length can be told.
    # travel: the minutes of each of `visitors`, in their order ("30;0"); the rest of `minutes` is alike for all.
    # counted: 1 where the figures of `interfaces.md` §3 may count it. serious_issue: 1, 0 or NULL (not answered).
    # women to cancelled_by: what `answer_cells` makes of the form's own questions; NULL: not answered.
    """CREATE TABLE fact_visit(
         record BLOB PRIMARY KEY NOT NULL,
         visit TEXT NOT NULL, form TEXT, slot TEXT, site TEXT, date TEXT, week TEXT, month TEXT,
         status TEXT, visit_type TEXT, mode TEXT, state TEXT, access TEXT, serious_issue INTEGER,
         arrived TEXT, admitted TEXT, "left" TEXT,
         visitors TEXT, travel TEXT, minutes INTEGER NOT NULL, untimed INTEGER NOT NULL,
         in_custody INTEGER, offered INTEGER, seen INTEGER, declined INTEGER,
         session TEXT, of_which_immigration INTEGER, recommendations INTEGER,
         counted INTEGER NOT NULL,
         observed_only INTEGER, not_available INTEGER, denied INTEGER, not_offered INTEGER,
         women INTEGER, children INTEGER, girls INTEGER, immigration INTEGER, s136 INTEGER,
         na_asleep INTEGER, na_interview INTEGER, na_solicitor INTEGER, na_appropriate_adult INTEGER,
         na_healthcare INTEGER, na_processing INTEGER, na_out_of_cell INTEGER, na_court INTEGER, na_hospital INTEGER,
         na_intoxicated INTEGER, na_leaving INTEGER, na_other INTEGER, unexplained INTEGER,
         praise INTEGER NOT NULL, weekend INTEGER, dogs_seen INTEGER,
         held_minutes INTEGER, is91 INTEGER, cancelled_by TEXT) WITHOUT ROWID""",
    # covers the whole question of a quarter, so that its visits are read once and in order
    """CREATE INDEX fact_visit_counted ON fact_visit(
         form, site, date, status, access, serious_issue, minutes, untimed, in_custody, offered, seen, declined,
         arrived, admitted, weekend, observed_only, not_available, denied, not_offered,
         women, children, girls, immigration, s136, praise, dogs_seen) WHERE counted = 1""",
    # status stands in it and not in its condition: there SQLite reads every row for it (20 times slower, measured)
    "CREATE INDEX fact_visit_slot ON fact_visit(slot, status) WHERE counted = 1 AND slot IS NOT NULL",
    """CREATE INDEX fact_visit_case ON fact_visit(
         date, session, of_which_immigration, recommendations, held_minutes, is91)
         WHERE counted = 1 AND form = 'record_review'""",
    "CREATE INDEX fact_visit_left_out ON fact_visit(date, form, state, visit_type, mode, status) WHERE counted = 0",
    # brackets: of three conditions in a row SQLite would not see that it need not look at the first
    """CREATE INDEX fact_visit_unavailable ON fact_visit(
         site, date, status, na_asleep, na_interview, na_solicitor, na_appropriate_adult, na_healthcare, na_processing,
         na_out_of_cell, na_court, na_hospital, na_intoxicated, na_leaving, na_other, unexplained, not_available)
         WHERE not_available > 0 AND (counted = 1 AND form = 'custody_visit')""",
    "CREATE INDEX fact_visit_cancelled ON fact_visit(date, site, slot) WHERE counted = 1 AND cancelled_by IS NOT NULL",
    """CREATE TABLE fact_review(
         record BLOB PRIMARY KEY NOT NULL,
         session TEXT NOT NULL, date TEXT, kind TEXT, records INTEGER, of_which_immigration INTEGER,
         recommendations INTEGER, recommended_to TEXT, state TEXT, counted INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX fact_review_date ON fact_review(date)",
    "CREATE INDEX fact_review_session ON fact_review(session)",
    # completed is not kept here: it is whether a completed visit names the slot. visit_type: NULL where it is standard
    """CREATE TABLE fact_slot(
         record BLOB PRIMARY KEY NOT NULL,
         slot TEXT NOT NULL, measure TEXT, site TEXT, period_start TEXT, status TEXT, reason TEXT, visitors TEXT,
         visit_type TEXT, cancelled_by TEXT) WITHOUT ROWID""",
    "CREATE INDEX fact_slot_start ON fact_slot(measure, site, period_start, status, slot, visit_type)",
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
         site TEXT, form TEXT, raised_on TEXT, sent_on TEXT, due_on TEXT, responded_on TEXT, closed_on TEXT,
         outcome TEXT, repeat_of TEXT, public_summary TEXT, escalated_on TEXT, reopened_on TEXT,
         PRIMARY KEY(record, part)) WITHOUT ROWID""",
    "CREATE INDEX fact_issue_visit ON fact_issue(visit_record)",
    """CREATE INDEX fact_issue_praise ON fact_issue(visit_record, status, kind)
         WHERE kind IN ('positive_comment', 'praise')""",
    # what stood open on a day and what was answered when is told from this alone: the texts are long
    "CREATE INDEX fact_issue_life ON fact_issue(status, closed_on, due_on, responded_on)",
    # what a volunteer gave beside visits: training, meetings, panels (`domain.md` B19)
    """CREATE TABLE fact_duty(
         record BLOB PRIMARY KEY NOT NULL,
         duty TEXT NOT NULL, visitor TEXT NOT NULL, date TEXT NOT NULL, kind TEXT, minutes INTEGER NOT NULL,
         travel_minutes INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX fact_duty_date ON fact_duty(date, kind, visitor)",
)
_RULES = 1  # raised when the rules change by which the rows are derived, and the tables do not
EDITION = f"{_RULES} {zlib.crc32(''.join(TABLES).encode()):08x}"
"""A file whose facts are of another edition has them derived anew when it is opened."""

COUNTED_STATES = (None, "submitted", "accepted")  # drafts are never records, so a record without a state was submitted
NOT_STANDARD = ("tact", "training")  # visit types with figures of their own
IN_PERSON = (None, "in_person")

_EDITION = "facts"
_BATCH = 1000
_NULL = -0.5

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
            _put(connection, table, columns, (row for row in of_kind.values() if row is not None))
        visits = rows.get("visit", {})
        connection.executemany("DELETE FROM fact_issue WHERE record = ?", [(record,) for record in visits])
        own = (
            issue
            for record, body in {record: body for record, kind, _, body in batch if kind == "visit"}.items()
            if body is not None and (row := visits[record]) is not None
            for issue in _own_issues(record, row[1], body)
        )
        _put(connection, "fact_issue", _WIDTH["issue"], own)


def _put(connection: Connection, table: str, columns: int, rows: Iterable[_Row]) -> None:
    """Insert the rows.

    Half of what they hold is None, which the driver takes a microsecond to bind: a number that no row holds stands for
    it on the way, and wide rows are in four times as soon (measured).
    """
    marks = ",".join([f"nullif(?,{_NULL})"] * columns)
    bound = [tuple([_NULL if cell is None else cell for cell in row]) for row in rows]
    connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES({marks})", bound)


def outdated(connection: Connection) -> bool:
    """Return whether the facts in a laptop's file were derived by another edition of these rules."""
    return bool(meta.get(connection, _EDITION, "") != EDITION)


def renew(connection: Connection) -> None:
    """Make the fact tables afresh and derive every row anew. The caller owns the transaction. O(records)."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'fact\\_%' ESCAPE '\\'"
    )
    for (name,) in names.fetchall():
        connection.execute(f"DROP TABLE {name}")
    for statement in TABLES:
        connection.execute(statement)
    rebuild(connection)
    meta.put(connection, _EDITION, EDITION)


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


# One row of each kind ------------------------------------------------------------------------------------------------


_VISITORS = tuple((f"visitor_{place}", f"travel_minutes_{place}") for place in range(1, 5))


def _visit(record: bytes, key: str, body: Body) -> _Row:
    get = body.get
    form, status, state = text(get("form")), text(get("status")), text(standing(body))
    visit_type, mode = text(get("visit_type")), text(get("mode"))
    given = get("date")
    made = calendar_day(given.strip()[:10]) if isinstance(given, str) else None
    arrived, left = time_of_day(get("arrived")), time_of_day(get("left"))
    length = minutes_between(made[0], arrived, left) if made and arrived and left else None
    people: dict[str, int] = {}  # each one's travel; a person named twice was there once
    for visitor, travel in _VISITORS:
        person = text(get(visitor))
        if person and person not in people:
            people[person] = number(get(travel)) or 0
    case = form == "record_review"
    immigration = number(get("of_which_immigration"))
    if case and immigration is None:
        immigration = 1  # the form is the review of an immigration detainee's record
    counted = state in COUNTED_STATES and visit_type not in NOT_STANDARD and mode in IN_PERSON
    admitted, in_custody = time_of_day(get("admitted")), number(get("in_custody"))
    not_available = number(get("not_available"))
    return (
        record, text(key) or "", form, text(get("slot")), text(get("site")),
        made and made[0], made and made[1], made and made[2],
        status, visit_type, mode, state, text(get("access")), yes(get("serious_issue")),
        arrived, admitted, left, ";".join(people) or None,
        ";".join(map(str, people.values())) or None, (length or 0) * len(people) + sum(people.values()),
        int(bool(people) and length is None and status != "not_admitted"),
        in_custody, number(get("offered")), number(get("seen")), number(get("declined")),
        text(get("session")), immigration, how_many(get("recommendations", get("recommendation_list"))), int(counted),
        number(get("observed_only")), not_available, number(get("denied")), number(get("not_offered")),
        *answer_cells.groups(body, in_custody), *answer_cells.unavailable(body, not_available),
        answer_cells.praised(body), answer_cells.weekend(made and made[0], arrived, admitted),
        number(get("dogs_seen")),
        answer_cells.held_minutes(body) if case else None, answer_cells.is91(body) if case else None,
        answer_cells.visit_cancelled_by(body),
    )  # fmt: skip


def _review(record: bytes, key: str, body: Body) -> _Row:
    state = text(standing(body))
    return (
        record, text(key) or "", day(body.get("date")), text(body.get("kind")),
        number(body.get("records")), number(body.get("of_which_immigration")), how_many(body.get("recommendations")),
        text(body.get("recommended_to")), state, int(state in COUNTED_STATES),
    )  # fmt: skip


def _slot(record: bytes, key: str, body: Body) -> _Row:
    get, visit_type = body.get, text(body.get("visit_type"))
    return (
        record, text(key) or "", text(get("measure")), text(get("site")),
        day(get("period_start")), text(get("status")), text(get("reason")), _people(get("visitors")),
        visit_type if visit_type in NOT_STANDARD else None, answer_cells.slot_cancelled_by(body),
    )  # fmt: skip


def _people(value: Any) -> str | None:
    """Return the visitors of a slot ("a;b", or a list) as ("a;b")."""
    return text(";".join(map(str, value))) if isinstance(value, list) else text(value)


def _site(record: bytes, key: str, body: Body) -> _Row:
    site = text(key) or ""
    return record, site, text(body.get("name")) or site, text(body.get("kind"))


def _site_status(record: bytes, key: str, body: Body) -> _Row | None:
    site, starts = text(body.get("site")), day(body.get("from"))
    if site is None or starts is None:
        return None
    status, days = text(body.get("status")), spread(body.get("days"))
    return record, site, starts, day(body.get("to")), status, days, text(body.get("reason"))


def _target(record: bytes, key: str, body: Body) -> _Row | None:
    measure, count, per = text(body.get("measure")), number(body.get("number")), text(body.get("per"))
    starts, ends = day(body.get("from")), day(body.get("to"))
    if measure is None or count is None or per is None or starts is None:
        return None
    return record, measure, text(body.get("site")), count, per, starts, ends, text(body.get("reason"))


def _visitor(record: bytes, key: str, body: Body) -> _Row | None:
    visitor, starts = text(body.get("visitor")), day(body.get("from"))
    if visitor is None or starts is None:
        return None
    roles = f" {spread(body.get('roles')) or ''} "
    return record, visitor, roles, text(body.get("status")), starts, day(body.get("to"))


def _throughput(record: bytes, key: str, body: Body) -> _Row | None:
    starts, ends, persons = day(body.get("from")), day(body.get("to")), number(body.get("persons_detained"))
    if starts is None or ends is None or persons is None:
        return None
    return record, starts, ends, persons, text(body.get("source"))


def _issue(record: bytes, key: str, body: Body) -> _Row:
    get = body.get
    visit = text(get("visit"))
    return (
        record, "", text(key) or "", visit, record_id("visit", visit) if visit else None,
        text(get("kind")), text(get("theme")), text(get("severity")), text(get("text")), text(get("action")),
        text(get("response")), text(get("status")), day(get("shared_with_staff_on")),
        text(get("site")), text(get("form")), day(get("raised_on", get("date"))), day(get("sent_on")),
        day(get("due_on")), day(get("responded_on")), day(get("closed_on")), text(get("outcome")),
        text(get("repeat_of")), text(get("public_summary")), day(get("escalated_on")), day(get("reopened_on")),
    )  # fmt: skip


def _duty(record: bytes, key: str, body: Body) -> _Row | None:
    get = body.get
    visitor, on = text(get("visitor")), day(get("date"))
    if visitor is None or on is None:
        return None
    minutes, travel = number(get("minutes")) or 0, number(get("travel_minutes")) or 0
    return record, text(key) or "", visitor, on, text(get("kind")), minutes, travel


def _own_issues(record: bytes, visit: str, body: Body) -> Iterator[_Row]:
    """Yield a row for each issue in the visit form's repeat `issues` (fields issue_kind, issue_text, ...)."""
    listed = body.get("issues")
    if not isinstance(listed, Mapping):
        return
    given = {text(part) or "-": fields for part, fields in listed.items() if isinstance(fields, Mapping)}
    for at, (part, fields) in enumerate(sorted(given.items()), 1):
        get = fields.get
        resolved = yes(get("issue_resolved"))
        yield (
            record, part, f"{visit}/{at}", visit, record,
            text(get("issue_kind")), text(get("issue_theme")), text(get("issue_severity")), text(get("issue_text")),
            text(get("issue_action")), None, None if resolved is None else "closed" if resolved else "open", None,
            *(None,) * 12,
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
    "duty": _duty,
}
_TABLE_OF = {kind: "fact_" + ("review" if kind == "record_review" else kind) for kind in _MAKERS}
_WIDTH = {
    "visit": 57, "record_review": 10, "slot": 10, "site": 4, "site_status": 7, "target": 8, "visitor": 6,
    "throughput": 5, "issue": 25, "duty": 7,
}  # fmt: skip
