"""The dialects of public XLSForms: their other names for columns and types, what is passed over and what is refused.

From the XLSForm reference, and the aliases that pyxform 4.5 knows. Nothing is dropped without a note or a refusal: an
unknown column may be a misspelt one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from forms.sheet import BIND, SURVEY_COLUMNS, TRANSLATED
from forms.translation import later, tr
from icv_app.form_versions.workbook_file import Fault, Sheet

_TEXTS = TRANSLATED["survey"] | TRANSLATED["choices"]
_KNOWN: Mapping[str, frozenset[str]] = {
    "survey": frozenset(SURVEY_COLUMNS) | TRANSLATED["survey"],
    "choices": frozenset({"list_name", "name", "label"}),
    "settings": frozenset({"form_title", "form_id", "version", "default_language"}),
}
_ALIASES: Mapping[str, Mapping[str, str]] = {
    "survey": {
        "command": "type", "tag": "name", "value": "name", "caption": "label", "relevance": "relevant",
        "bind::relevant": "relevant", "bind::required": "required", "bind::constraint": "constraint",
        "bind::calculate": "calculation", "bind::calculation": "calculation", "bind::readonly": "readonly",
        "read_only": "readonly", "calculate": "calculation", "constraining_message": "constraint_message",
        "jr:constraintmsg": "constraint_message", "bind::jr:constraintmsg": "constraint_message",
        "requiredmsg": "required_message", "jr:requiredmsg": "required_message",
        "bind::jr:requiredmsg": "required_message", "count": "repeat_count", "jr:count": "repeat_count",
        "control::appearance": "appearance", "body::appearance": "appearance",
    },
    "choices": {"value": "name", "caption": "label"},
    "settings": {
        "title": "form_title", "set_form_title": "form_title", "id_string": "form_id", "set_form_id": "form_id",
    },
}  # fmt: skip
_HARMLESS: Mapping[str, frozenset[str]] = {
    "survey": frozenset({"rows", "hxl", "sms_field", "sms_option", "compact_tag"}),
    "choices": frozenset({"sms_option", "hxl"}),
    "settings": frozenset(
        {"style", "instance_name", "auto_send", "auto_delete", "client_editable", "sms_keyword", "sms_separator"}
    ),
}
_REMARKS = re.compile(r"(notes?|comments?|remarks?|#.*|\$.*|kuid|xpath|qpath|autoname|.*_notes?)")
"""What people and form builders write beside a form for themselves."""

_UNSUPPORTED_COLUMNS: Mapping[str, str] = {
    "trigger": later("A calculation is worked out whenever an answer in it changes. Remove the trigger."),
    "parameters": later("This program knows no parameters of questions. Remove them."),
    "save_to": later("This program keeps no entities."),
    "disabled": later("Rows cannot be disabled. Remove the row, or empty this cell."),
    "default_language": later("This belongs on the sheet settings."),
    "public_key": later("Reports are encrypted by the scheme's own key. Remove this setting."),
    "submission_url": later("Reports are shared by the scheme's own file and sent nowhere else. Remove this setting."),
    "allow_choice_duplicates": later("The name of a choice may stand once in its list. Remove this setting."),
    "noapperrorstring": later("This program starts no other app."),
    "intent": later("This program starts no other app."),
}
_MEDIA = frozenset({"media", "image", "big-image", "audio", "video", "autoplay"})
_MEDIA_REASON = later("This program shows no pictures, sound or film in a form.")

_TYPES: Mapping[str, str] = {
    "string": "text", "int": "integer", "datetime": "dateTime", "date_time": "dateTime", "q_string": "text",
}  # fmt: skip
_METADATA = frozenset(
    {
        "start", "end", "today", "deviceid", "device_id", "imei", "phonenumber", "phone_number", "username", "email",
        "simserial", "sim_id", "subscriberid", "audit", "start_time", "end_time", "uri:deviceid", "uri:phonenumber",
        "uri:email", "uri:username", "uri:simserial", "uri:subscriberid",
    }
)  # fmt: skip
_NO_PLACES = later("This program never records where somebody is.")
_NO_MEDIA = later("This program keeps no pictures, sound, film or files: they tell who people are.")
_UNSUPPORTED_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "location", "gps", "start-geopoint", "background-geopoint"),
                    _NO_PLACES),
    **dict.fromkeys(("image", "photo", "audio", "video", "file", "background-audio", "osm", "binary"), _NO_MEDIA),
    "barcode": later("This program reads no barcodes. Use text."),
    "rank": later("Answers cannot be ranked. Use select_multiple, or a question for each rank."),
    "range": later("There is no slider. Use integer or decimal, with a constraint."),
    "acknowledge": later("Use select_one with one choice, or a note."),
    "trigger": later("Use select_one with one choice, or a note."),
    "hidden": later("Use calculate."),
    "percentage": later("Use decimal."),
    "xml-external": later("Only the scheme's own lists can be looked things up in."),
    "csv-external": later("Only the scheme's own lists can be looked things up in."),
    "begin_loop": later("Use a repeat, or a group for each."),
    "end_loop": later("Use a repeat, or a group for each."),
}  # fmt: skip
_SELECT = re.compile(
    r"(?:add[ _])?(?P<kind>select1|select[ _]one|select[ _]multiple|select[ _]all[ _]that[ _]apply)"
    r"(?:[ _]prompt)?(?P<file>[ _]from[ _]file)?(?:[ _](?:using|from))?[ ]+(?P<list>\S+)(?P<rest>.*)",
    re.IGNORECASE,
)
_EXPRESSIONS = frozenset(
    {"relevant", "constraint", "calculation", "choice_filter", "required", "readonly", "repeat_count"}
)
_SMART = {"‘": "'", "’": "'", "“": '"', "”": '"'}
_PLAIN_APPEARANCES = frozenset({"multiline", "field-list"})


@dataclass(slots=True)
class Plain:
    """A sheet in the columns and types of `forms.sheet`. Row n of `rows` is row n + 2 in the spreadsheet program."""

    rows: list[dict[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)  # our name of a column to how it is called in the workbook
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def plain(sheet: Sheet) -> Plain:
    """Return a sheet with its columns and types under their plain names, what was passed over and what is refused."""
    made = Plain()
    names = _columns(sheet, made)
    for number, cells in enumerate(sheet.rows, 2):
        row: dict[str, str] = {}
        for header, text in cells.items():
            name = names.get(header, "")
            if reason := _unsupported(sheet.name, name) if name else "":
                made.faults.append(
                    Fault(reason=reason, sheet=sheet.name, row=number, column=sheet.column(header), construct=text)
                )
            elif name and not name.startswith("-"):
                row[name] = _straight(text) if name in _EXPRESSIONS else text
        made.rows.append(row)
    if sheet.name == "survey":
        _types(made)
        _appearances(made)
    for name, headers in _passed_over(sheet, names):
        columns = ", ".join(sheet.column(header) for header in headers)
        made.notes.append(tr("Left out of the sheet {sheet}: {columns}.", sheet=name, columns=columns))
    return made


def _columns(sheet: Sheet, made: Plain) -> dict[str, str]:
    """Return our name of each column; "-" before a name that is passed over."""
    names: dict[str, str] = {}
    doubles = any("::" in header for header in sheet.headers.values())
    for header in sheet.headers.values():
        name = _column(sheet.name, header, doubles=doubles)
        if name in names.values() and not name.startswith("-"):
            other = next(each for each in names if names[each] == name)
            reason = tr("This column says the same as {other}. Keep one of them.", other=sheet.column(other))
            made.faults.append(Fault(reason=reason, sheet=sheet.name, row=1, column=sheet.column(header)))
        names[header] = name
        made.headers.setdefault(name, sheet.column(header))
    return names


def _column(sheet: str, header: str, *, doubles: bool) -> str:
    lowered = "_".join(header.lower().split())
    if lowered.startswith(BIND):
        return lowered
    lowered = "::".join(part.strip("_") for part in lowered.split("::"))
    if lowered in _ALIASES[sheet]:
        return _ALIASES[sheet][lowered]
    mark = "::" if "::" in header else ":" if not doubles and ":" in header else ""
    if mark:
        base, _, language = header.partition(mark)
        base = "_".join(base.lower().split())
        base = _ALIASES[sheet].get(base, base)
        if base in _TEXTS:
            return f"{base}::{language.strip()}"
        if base in _MEDIA:
            return f"{base}::{language.strip()}"
    if lowered in _KNOWN[sheet] or lowered in _MEDIA or lowered in _UNSUPPORTED_COLUMNS:
        return lowered
    if lowered in _HARMLESS[sheet] or _REMARKS.fullmatch(lowered):
        return f"-{lowered}"
    return header


def _unsupported(sheet: str, name: str) -> str:
    """Return why a filled cell of this column cannot be taken, or ""."""
    base = name.partition("::")[0]
    if name.startswith("-") or name in _KNOWN[sheet] or (sheet == "survey" and name.startswith(BIND)):
        return ""
    if base in TRANSLATED.get(sheet, ()) and "::" in name:
        return ""
    if base in _MEDIA:
        return tr(_MEDIA_REASON)
    if name in _UNSUPPORTED_COLUMNS and (sheet != "choices"):
        return tr(_UNSUPPORTED_COLUMNS[name])
    if sheet == "choices" and "::" not in name:
        return ""  # a column of one's own, for choice filters
    if near := get_close_matches(name.lower(), _KNOWN[sheet], n=1, cutoff=0.75):
        return tr("This program does not know this column. Is it {column} that you mean?", column=near[0])
    return tr("This program does not know this column. Remove it, or call it note if it is a remark.")


def _passed_over(sheet: Sheet, names: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    filled = {header for cells in sheet.rows for header in cells}
    left_out = [header for header, name in names.items() if name.startswith("-") and header in filled]
    if left_out:
        yield sheet.name, left_out


def _types(made: Plain) -> None:
    metadata = []
    for at, row in enumerate(made.rows):
        text = " ".join(row.get("type", "").split())
        word = text.lower().replace(" ", "_")
        if word.removeprefix("get_") in _METADATA:
            metadata.append(text)
            made.rows[at] = {}
            continue
        if reason := _wrong_type(text, word):
            made.faults.append(
                Fault(reason=reason, sheet="survey", row=at + 2, column=made.headers["type"], construct=text)
            )
        elif text:
            row["type"] = _type(text, word)
    if metadata:
        made.notes.append(
            tr("Left out, because this program notes who made a report and when by itself: {rows}.",
               rows=", ".join(dict.fromkeys(metadata)))
        )  # fmt: skip


def _wrong_type(text: str, word: str) -> str:
    if word in _UNSUPPORTED_TYPES:
        return tr(_UNSUPPORTED_TYPES[word])
    first = word.partition("_")[0]
    if first in ("rank", "range"):
        return tr(_UNSUPPORTED_TYPES[first])
    if word.startswith("select_one_external"):
        return tr("Put the choices on the sheet choices, and use select_one with a choice_filter.")
    found = _SELECT.fullmatch(text)
    if found is None:
        return ""
    if found["rest"].strip().lower().replace(" ", "_") in ("or_other", "or_specify_other"):
        return tr("Instead of or_other, add a choice Other and a text question that is relevant when it is chosen.")
    if found["rest"].strip():
        return tr("Nothing may stand after the name of the list.")
    if found["list"].startswith("${"):
        return tr("The choices cannot be the answers of a repeat. Put them on the sheet choices.")
    if found["file"] and not found["list"].endswith(".csv"):
        return tr("Only the scheme's own lists can be chosen from, such as sites.csv.")
    return ""


def _type(text: str, word: str) -> str:
    """Return a type as `forms.reader` knows it; an unknown one as it is written, for the reader to refuse."""
    found = _SELECT.fullmatch(text)
    if found:
        one = found["kind"].lower().replace("_", " ") in ("select1", "select one")
        return f"{'select_one' if one else 'select_multiple'}{'_from_file' if found['file'] else ''} {found['list']}"
    if word in ("text", "integer", "decimal", "date", "time", "note", "calculate"):
        return word
    return _TYPES.get(word, word if word.startswith(("begin_", "end_")) else text)


def _appearances(made: Plain) -> None:
    kept = {row["appearance"] for row in made.rows if row.get("appearance")} - _PLAIN_APPEARANCES
    if kept:
        words = tr(
            "Kept, but it changes nothing on the screen here: appearance {names}.", names=", ".join(sorted(kept))
        )
        made.notes.append(words)


def _straight(expression: str) -> str:
    """Return an expression with the curly quotes that word processors put round texts made straight."""
    made, closing = [], ""  # the marks that end the text we are in
    for mark in expression:
        if closing:
            if mark in closing:
                mark, closing = _SMART.get(mark, mark), ""
        elif mark in _SMART or mark in "'\"":
            closing = next((marks for marks in ("‘’'", '“”"') if mark in marks[:2]), mark)
            mark = _SMART.get(mark, mark)
        made.append(mark)
    return "".join(made)
