"""Which answers of the last visit may be offered beside the questions of this one."""

from collections.abc import Mapping
from dataclasses import dataclass

from forms import answers, outline
from forms.draft import Draft
from forms.form import Place, Row, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class LastAnswers:
    """The answers of the last report at the same site by question, and its name: "CV-2025-000001, 3 July 2025"."""

    answers: Mapping[str, Value]
    source: str


def may_be_offered(row: Row) -> bool:
    """Return whether last time's answer to a question may be used again.

    Never the core fields, what may tell of a person, nor what the form keeps to each visit (`icv:copy` is `no`).
    """
    kept = row.binds.get("icv:copy") == "no" or "yes" in {
        row.binds.get(mark) for mark in ("icv:core", "icv:personal_data")
    }
    return row.kind in outline.KEEPS_ANSWER and not row.calculation and row.kind != "calculate" and not kept


def offered(draft: Draft, place: Place, row: Row, last: Mapping[str, Value]) -> str:
    """Return last time's answer in words, for a question that is still unanswered; "" where it is not to be offered.

    An answer that is no longer among the choices is not offered, nor is anything inside a repeat.
    """
    value = last.get(place.name)
    free = value not in (None, "") and not place.repeat and may_be_offered(row)
    if not free or draft.text(place) or draft.readonly(place) or not draft.shown(place):
        return ""
    if row.kind in outline.SELECTS:
        labels = {choice.name: choice.label(draft.language) for choice in draft.choices(place)}
        names = str(value).split()
        return ", ".join(labels[name] for name in names) if labels.keys() >= set(names) else ""
    try:
        return answers.shown(row.kind, answers.conform(row.kind, value))
    except ValueError:
        return ""
