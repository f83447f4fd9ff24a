"""Answers in words: the question as on the form, and what was answered as people read it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from forms import translation
from forms.form import Form, Row
from forms.texts import shortened
from forms.translation import later, tr
from icv_app.wording import day_words, month_words, weekday_words

_OF_THE_REPORT = {
    "status": later("What became of the visit"),
    "form_version": later("The version of the form"),
    "copied_from": later("Where the answer was copied from: {question}"),
    "personal_data_reasons": later("Why personal details stay: {question}"),
}


def said(form: Form, row: Row, value: Any, names: Mapping[str, str]) -> str:
    """Return an answer to `row` in words; `names` gives the shown name of codes from reference data (sites)."""
    if row.list_name and row.list_name in form.lists:
        language = form.language(translation.language())
        labels = {choice.name: choice.label(language) for choice in form.lists[row.list_name]}
        return ", ".join(labels.get(code, code) for code in str(value).split())
    if row.list_name:
        return names.get(str(value), str(value))
    try:
        if row.kind == "date":
            day = datetime.fromisoformat(str(value))
            return f"{weekday_words(day)} {day_words(day)}"
        if row.kind == "dateTime":
            moment = datetime.fromisoformat(str(value))
            month = f"{month_words(moment)[:3]} {moment.year}"
            return f"{weekday_words(moment)[:3]} {moment.day} {month} {moment:%H:%M}"
    except ValueError:  # another laptop's program may hold what no form of ours would
        return str(value)
    return str(value)


def find(form: Form, name: str) -> Row | None:
    """Return the question, repeat or group of that name, or None."""

    def within(rows: tuple[Row, ...]) -> Row | None:
        for row in rows:
            if row.name == name:
                return row
            if (inner := within(row.rows)) is not None:
                return inner
        return None

    return within(form.rows)


def question(form: Form, path: str, body: Mapping[str, Any]) -> str:
    """Return the words of the question at a path ("name", "repeat/row/name"), its row named; else the path's last name.

    `body` is the report, in which the row is looked up.
    """
    first, _, rest = path.partition("/")
    if first in ("copied_from", "personal_data_reasons"):
        of = rest.replace("~1", "/").replace("~0", "~")  # one name, with slashes within it
        return tr(_OF_THE_REPORT[first], question=question(form, of, body))
    row = find(form, path.rpartition("/")[2])
    language = form.language(translation.language())
    words = row.label(language) if row is not None else ""
    if not words:
        return tr(_OF_THE_REPORT[path]) if path in _OF_THE_REPORT else path.rpartition("/")[2]
    if rest:
        return tr("{row}. {question}", row=row_words(form, path, body), question=words)
    return words


def beside(words: str, told: str) -> str:
    """Return a question with what is told of it: after a colon, unless it ends with a question mark of its own."""
    if words.endswith("?"):
        return tr("{question} {words}", question=words, words=told)
    return tr("{question}: {words}", question=words, words=told)


def row_words(form: Form, path: str, body: Mapping[str, Any]) -> str:
    """Return what tells the row of a path from the others: the repeat's label, its number and its first answer."""
    language = form.language(translation.language())
    repeat, row = path.split("/")[:2]
    found = find(form, repeat)
    label = (found.label(language) if found is not None else repeat).partition("${")[0].strip(" :")
    rows = body.get(repeat)
    rows = rows if isinstance(rows, Mapping) else {}
    number = list(rows).index(row) + 1 if row in rows else 0
    fields = rows.get(row)
    inside = [each.name for each in found.rows if each.kind == "text"] if found is not None else []
    first = next((str(fields[name]) for name in inside if fields.get(name)), "") if isinstance(fields, Mapping) else ""
    if not number:
        return tr("{part} (removed)", part=label)
    if first:
        return tr("{part} {number} ({what})", part=label, number=number, what=shortened(first))
    return tr("{part} {number}", part=label, number=number)
