"""The interchange folder: the tables that a scheme brings in and takes out, column by column (`interfaces.md` §2)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from forms import moments
from forms.translation import tr

CellKind = Literal[
    "id",
    "text",
    "code",
    "codes",
    "ids",
    "integer",
    "decimal",
    "date",
    "past",
    "time",
    "dateTime",
    "any",
    "notes",
    "returns",
]
Notes = dict[str, str]
"""What stands beside answers, by the path of the question: in a cell a JSON object of texts."""
Returns = dict[str, dict[str, object]]
"""How often a report was sent back, and what was said (`report_state`): in a cell a JSON object of objects."""
Cell = str | int | float | Notes | Returns

FORMS = ("custody_visit", "record_review", "kennel_visit", "training_observation")
SITE_KIND_OF = MappingProxyType(
    {
        "custody_visit": "custody_suite",
        "record_review": "custody_suite",
        "kennel_visit": "dog_unit_kennels",
        "training_observation": "training_venue",
    }
)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ADMITTED = ("admitted_immediately", "admitted_after_delay")
REFUSED = ("refused", "no_answer", "suite_closed")
NOT_ADMITTED = (*REFUSED, "withdrew")
DELAY_REASONS = (
    "visitor_safety", "violent_detainee", "medical_emergency", "booking_in_queue", "staff_shortage", "evacuation",
    "no_reply", "id_not_accepted", "system_fault", "not_explained", "other",
)  # fmt: skip
DOG_DELAY_REASONS = ("dogs_being_moved", "infection")
NUMBER_PARTS = ("seen", "declined", "observed_only", "not_available", "denied", "not_offered")
NUMBERS = ("in_custody", "offered", *NUMBER_PARTS)
KNOWN_ROLES = ("icv", "awv", "record_reviewer", "tact", "coordinator", "assurance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: how its cells are written, which codes they may hold, and whether a row may leave it empty."""

    name: str
    kind: CellKind = "text"
    allowed: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One file of the folder. `key` names the columns that make a record's key, joined by "|"."""

    file: str
    kind: str  # of the records
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    open: bool = False  # further columns are fields by name

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in the order of the file."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column | None:
        """Return the column `name`, or None where the file has none of its own."""
        return next((column for column in self.columns if column.name == name), None)

    def key_of(self, body: Mapping[str, object]) -> str:
        """Return the key of the record that `body` describes; empty parts stay empty ("custody_visit||2025-04-01")."""
        return "|".join(str(body.get(name, "")) for name in self.key)


def _columns(*columns: Column | str) -> tuple[Column, ...]:
    return tuple(Column(name=column) if isinstance(column, str) else column for column in columns)


def _need(name: str, kind: CellKind = "id", allowed: tuple[str, ...] = ()) -> Column:
    return Column(name=name, kind=kind, allowed=allowed, needed=True)


def _may(name: str, kind: CellKind, allowed: tuple[str, ...] = ()) -> Column:
    return Column(name=name, kind=kind, allowed=allowed)


SITES = Table(
    file="sites.csv", kind="site", key=("site",),
    columns=_columns(
        _need("site"), _need("name", "text"),
        _need("kind", "code", ("custody_suite", "dog_unit_kennels", "training_venue")),
    ),
)  # fmt: skip
SITE_STATUS = Table(
    file="site_status.csv", kind="site_status", key=("site", "from"),
    columns=_columns(
        _need("site"), _need("from", "date"), _may("to", "date"),
        _need("status", "code", ("open", "closed", "open_on_days")), _may("days", "codes", DAYS), "reason",
    ),
)  # fmt: skip
TARGETS = Table(
    file="targets.csv", kind="target", key=("measure", "site", "from"),
    columns=_columns(
        _need("measure", "code", FORMS), _may("site", "id"), _need("number", "integer"),
        _need("per", "code", ("week", "month", "quarter", "year")), _need("from", "date"), _may("to", "date"), "reason",
    ),
)  # fmt: skip
VISITORS = Table(
    file="visitors.csv", kind="visitor", key=("visitor", "from"),
    columns=_columns(
        _need("visitor"), _may("roles", "codes"),
        _need("status", "code",
              ("applicant", "in_training", "probation", "active", "on_leave", "not_currently_visiting", "left")),
        _need("from", "date"), _may("to", "date"),
    ),
)  # fmt: skip
SLOTS = Table(
    file="slots.csv", kind="slot", key=("slot",),
    columns=_columns(
        _need("slot"), _need("measure", "code", FORMS), _may("site", "id"), _need("period_start", "date"),
        _need("status", "code", ("planned", "completed", "missed", "cancelled", "withdrawn")), "reason",
        _may("visitors", "ids"),
    ),
)  # fmt: skip
VISITS = Table(
    file="visits.csv", kind="visit", key=("visit",), open=True,
    columns=_columns(
        _need("visit"), _need("form", "code", FORMS), _may("slot", "id"), _may("site", "id"), _need("date", "past"),
        _need("status", "code", ("completed", "abandoned", "not_admitted")), "status_reason",
        _may("arrived", "time"), _may("admitted", "time"), _may("left", "time"),
        _may("visitor_1", "id"), _may("visitor_2", "id"), _may("access", "code", (*ADMITTED, *NOT_ADMITTED)),
        _may("delay_reason", "code", (*DELAY_REASONS, *DOG_DELAY_REASONS)),
        *(_may(name, "integer") for name in NUMBERS),
        _may("travel_minutes_1", "integer"), _may("travel_minutes_2", "integer"),
        _may("serious_issue", "code", ("yes", "no")),
    ),
)  # fmt: skip
# What a report says of itself: its form, why it was corrected, what was copied, why personal data stays, its returns.
BESIDE = (
    _may("form_version", "text"), _may("correction_reason", "text"),
    _may("copied_from", "notes"), _may("personal_data_reasons", "notes"),
    _may("returns", "returns"),
)  # fmt: skip
# Columns with a fixed meaning that stand among the further columns, and only where some record needs them.
VISIT_OPTIONS = _columns(
    _may("visit_type", "code", ("standard", "return", "tact", "training")),
    _may("mode", "code", ("in_person", "telephone", "video")),
    _may("session", "id"),
    _may("state", "code", ("submitted", "accepted", "returned")),
    *BESIDE,
)
SESSION_OPTIONS = _columns(_may("state", "code", ("submitted", "accepted", "returned")), *BESIDE)
RECORD_REVIEWS = Table(
    file="record_reviews.csv", kind="record_review", key=("session",), open=True,
    columns=_columns(
        _need("session"), _need("date", "past"), "kind", _may("records", "integer"),
        _may("of_which_immigration", "integer"), _may("recommendations", "integer"), "recommended_to",
    ),
)  # fmt: skip
ISSUES = Table(
    file="issues.csv", kind="issue", key=("issue",),
    columns=_columns(
        _need("issue"), _may("visit", "id"), "kind", "theme", "severity", "text", "action", "response", "status",
        _may("shared_with_staff_on", "past"),
    ),
)  # fmt: skip
YES_NO = ("yes", "no")
# What became of an issue (`issue_state`), and what its report says of it beside the columns that every folder has.
ISSUE_OPTIONS = _columns(
    _may("raised_by", "code"), _may("raised_on", "past"), _may("may_be_shared", "code", YES_NO),
    _may("addressed_to", "code"), "public_summary",
    "sent_to", _may("sent_on", "past"), _may("due_on", "date"), "sent_list",
    _may("responded_on", "past"), _may("response_accepted", "code", YES_NO),
    "escalated_to", _may("escalated_on", "past"), "escalated_because",
    "done", _may("done_by", "id"), "evidence",
    _may("verified_by", "id"), _may("verified_on", "past"), _may("adequate", "code", YES_NO),
    _may("feedback_on", "past"), _may("outcome", "code"), _may("closed_on", "past"), _may("closed_by", "id"),
    _may("reopened_on", "past"), "reopened_because", _may("repeat_of", "id"),
)  # fmt: skip
THROUGHPUT = Table(
    file="throughput.csv", kind="throughput", key=("from", "to"),
    columns=_columns(_need("from", "past"), _need("to", "past"), _need("persons_detained", "integer"), "source"),
)  # fmt: skip

TABLES = (SITES, SITE_STATUS, TARGETS, VISITORS, SLOTS, VISITS, RECORD_REVIEWS, ISSUES, THROUGHPUT)
BY_FILE = MappingProxyType({table.file: table for table in TABLES})
BY_KIND = MappingProxyType({table.kind: table for table in TABLES})

OPTIONS = MappingProxyType(
    {
        "visit": VISIT_OPTIONS, "record_review": SESSION_OPTIONS, "issue": ISSUE_OPTIONS,
        "site": _columns(_may("cells", "integer")),
        "site_status": _columns("told_by", _may("told_on", "past")),
        "target": _columns("approved_by", _may("approved_on", "past")),
        "slot": _columns(_may("visit_type", "code", ("standard", "tact")), "cancelled_by"),
    }
)  # fmt: skip
"""Further columns with a fixed meaning, by kind: they stand in a file only where some record needs them."""

REPEAT_FILE = re.compile(r"visits-([A-Za-z_][A-Za-z0-9_.-]*)\.csv")
FIELD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
RESERVED_FIELDS = frozenset({"deleted", "visit", "row"})


class CellError(ValueError):
    """A cell that is not written as its column asks; str(error) is the reason in plain words."""


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_INTEGER = re.compile(r"[0-9]{1,9}")
_SIGNED = re.compile(r"-?[0-9]{1,15}")
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?([eE][-+]?[0-9]{1,3})?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a pair: JSON may hold one, UTF-8 cannot
_FIRST_YEAR = 1900  # an earlier one is a slip of the keyboard ("0225-07-01"), never a date of custody visiting


def parse(column: Column, text: str, today: date, *, signed: bool = False) -> Cell | None:
    """Return the value of a cell of `column`, or None where it is empty (not recorded).

    `today` bounds dates that lie in the past by nature; `signed` lets an integer be negative (a form's own field).
    Raises CellError with the reason.
    """
    if column.kind == "text" and (found := _CONTROL.search(text)):
        raise CellError(tr("holds the control character {found!r}, which no text has", found=found[0]))
    if not text.strip():
        if column.needed:
            raise CellError(tr("is empty, and every row needs it"))
        return None
    if column.kind == "text":
        return text
    text = text.strip()
    match column.kind:
        case "id":
            return _identifier(text)
        case "code":
            return _code(text, column.allowed)
        case "codes":
            return ";".join(dict.fromkeys(_code(part.strip(), column.allowed) for part in text.split(";")))
        case "ids":
            return ";".join(_identifier(part.strip()) for part in text.split(";"))
        case "integer":
            if not (_SIGNED if signed else _INTEGER).fullmatch(text):
                raise CellError(tr("{text!r} is not a whole number", text=text))
            return int(text)
        case "decimal":
            if not _DECIMAL.fullmatch(text):
                raise CellError(tr("{text!r} is not a number", text=text))
            return float(text)
        case "any":  # a calculated answer
            if _SIGNED.fullmatch(text) and str(int(text)) == text:
                return int(text)
            return float(text) if _DECIMAL.fullmatch(text) and repr(float(text)) == text else text
        case "time":
            if not _TIME.fullmatch(text):
                raise CellError(tr("{text!r} is not a 24-hour time such as 14:05", text=text))
            return text
        case "dateTime":
            moment = moments.read_moment(text)
            if moment is None or moments.write(moment) != text:  # the offset is written where the hour comes twice
                raise CellError(tr("{text!r} is not a date and time such as 2025-07-31T14:05", text=text))
            _day(text[:10])
            return text
        case "notes":
            return _notes(text)
        case "returns":
            return _returns(text)
        case "date" | "past":
            day = _day(text)
            if column.kind == "past" and day > today:
                raise CellError(tr("{text} lies after today, {today}", text=text, today=today.isoformat()))
            return text
    raise TypeError(column.kind)


def _notes(text: str) -> Notes:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not found or not all(isinstance(note, str) for note in found.values()):
        raise CellError(tr("{text!r} is not a JSON object of texts, by the names of questions", text=text))
    return found


def _returns(text: str) -> Returns:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not found or not all(isinstance(each, dict) for each in found.values()):
        raise CellError(tr("{text!r} is not a JSON object of returns, as an export writes it", text=text))
    return found


def _day(text: str) -> date:
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        day = date.fromisoformat(text)
    except ValueError:
        raise CellError(tr("{text!r} is not a date such as 2025-07-31", text=text)) from None
    if day.year < _FIRST_YEAR:
        raise CellError(tr("{text} is too long ago to be meant", text=text))
    return day


def _identifier(text: str) -> str:
    if not text:
        raise CellError(tr("has an empty entry between semicolons"))
    if ";" in text or "|" in text or _CONTROL.search(text) or "\n" in text:
        raise CellError(tr("{text!r} cannot be used as a reference: it holds a ; or | or a line break", text=text))
    if _FORMULA.match(text):
        raise CellError(tr("{text!r} begins like a formula of a spreadsheet, which no reference does", text=text))
    return text


def _code(text: str, allowed: tuple[str, ...]) -> str:
    if allowed and text not in allowed:
        raise CellError(tr("{text!r} is not one of: {names}", text=text, names=", ".join(allowed)))
    return _identifier(text)


_FORMULA = re.compile(r"'*(\s*[=+\-@＝＋－＠]|[\t\r\n])")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")


def guarded(text: str) -> str:
    """Return `text` as a cell that a spreadsheet program cannot take for a formula: one apostrophe goes in front.

    Plain numbers stay as they are. `unguarded` undoes it exactly, for every text.
    """
    return "'" + text if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell: an apostrophe that only guards a formula-like text is taken off."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell[1:]) else cell


_LARGEST_WHOLE = 10**15  # up to here every whole float is written without an exponent


def shown(value: object) -> str:
    """Return a stored value as the text of its cell, before guarding; "" for what is not recorded, and for repeats."""
    if isinstance(value, dict) and value and all(isinstance(note, str) for note in value.values()):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _LARGEST_WHOLE else repr(value)
    text = _SURROGATE.sub("\ufffd", _CONTROL.sub("", str(value)))
    return text if text.strip() else ""
