"""A reading: one visit or review laid out to be read, in the words and order of the form that it was made with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forms.form import Form, Row
from icv_app.revision import Revision, clock_of
from icv_app.store import Record
from icv_app.wording import day_words, month_words, weekday_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSection:
    """One section: questions with their answers, as people read them. Unanswered questions are left out."""

    title: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is shown of one record."""

    title: str
    notes: tuple[str, ...]  # what the reader must know first: two versions that differ
    sections: tuple[ReadSection, ...]
    history: tuple[str, ...]


def read(form: Form, record: Record, history: tuple[Revision, ...], names: Mapping[str, str]) -> Reading:
    """Lay `record` out by `form`; `names` gives the shown name of codes from reference data (sites)."""
    sections = []
    for row in form.rows:
        answers = tuple(_answers(form, row, record.body, names))
        if answers:
            sections.append(ReadSection(title=row.label() or form.title, answers=answers))
    notes = []
    if record.conflicts:
        count = len(record.conflicts)
        which = "one answer" if count == 1 else f"{count} answers"
        notes.append(f"Two people changed {which} without seeing each other's change. All values are kept: see below.")
    for path, values in record.conflicts.items():
        said = "; ".join(f"{value.author}: {'no answer' if value.missing else value.value}" for value in values)
        notes.append(f"{_question(form, path)}: {said}")
    return Reading(
        title=f"{form.title} {record.key}",
        notes=tuple(notes),
        sections=tuple(sections),
        history=tuple(_saved(revision) for revision in history),
    )


def _answers(form: Form, row: Row, body: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, str]]:
    if row.kind == "group":
        return [answer for inner in row.rows for answer in _answers(form, inner, body, names)]
    if row.kind == "repeat":
        found = []
        rows = body.get(row.name)
        whole = [fields for fields in rows.values() if isinstance(fields, Mapping)] if isinstance(rows, Mapping) else []
        for number, fields in enumerate(whole, start=1):
            inner = [answer for question in row.rows for answer in _answers(form, question, fields, names)]
            found += [(f"{number}. {question}", said) for question, said in inner]
        return found
    value = body.get(row.name)
    if value is None or value == "" or not row.label():
        return []
    return [(row.label(), _said(form, row, value, names))]


def _said(form: Form, row: Row, value: Any, names: Mapping[str, str]) -> str:
    if row.list_name and row.list_name in form.lists:
        labels = {choice.name: choice.label() for choice in form.lists[row.list_name]}
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


def _question(form: Form, path: str) -> str:
    name = path.rpartition("/")[2]

    def find(rows: tuple[Row, ...]) -> str:
        for row in rows:
            if row.name == name:
                return row.label()
            if label := find(row.rows):
                return label
        return ""

    return find(form.rows) or name


def _saved(revision: Revision) -> str:
    moment = clock_of(revision.hlc)
    return f"{day_words(moment)} at {moment:%H:%M}, by {revision.author}"
