"""What a record is found by: its free text, its chosen answers in plain words, its references, places and people.

A question's own words count only where its answer is one that the form offers to raise as an issue: otherwise every
report would be found by the words of every question (docs/decisions/0101). A plain yes or no finds nothing.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from forms import outline
from forms.form import Form, Row
from forms.guarding import HOLDS
from forms.offers import Offers
from icv_app import issue_wording
from icv_app.encryption.cipher import Connection
from icv_app.form_versions.form_book import FormBook
from icv_app.issue_state import status as issue_status
from icv_app.records.reference_pattern import squeezed
from icv_app.storage.fact_cells import calendar_day, spread, text, time_of_day
from icv_app.storage.revision import Body, record_id
from icv_app.storage.search_index import LASTING, UNDATED, Document
from icv_app.storage.store import Record

REPORTS: Final = ("visit", "record_review")
GROUPS: Final[Mapping[str, str]] = {"visitor": "volunteer"}
"""Kinds that people know by the name of another one."""

_LASTING = frozenset(("site", "visitor", "volunteer"))
_PLAIN = frozenset(("yes", "no", "na", "n_a", "not_applicable", "none", "not_asked", "not_seen", "unknown"))
_PEOPLE = ("visitor", "visitor_1", "visitor_2", "visitor_3", "visitor_4", "visitors", "reviewer_1", "reviewer_2",
           "asked_by", "asked", "person")  # fmt: skip
_DAYS = ("date", "day", "period_start", "raised_on", "from")
_FIRST = ("text", "name", "reason", "action", "response", "done", "evidence", "note", "dissent")
_BESIDE = ("status", "measure")
_REFERENCES = ("visit", "slot", "session", "report", "repeat_of", "issue")
_PASSED_BY = frozenset((
    "form", "form_version", "source", "deleted", "state", "returns", "acceptances", "copied_from", "record",
))  # fmt: skip
_CODE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")
_APART = " · "
_DEEPEST = 6  # a body from another laptop may be of any depth
_CONTROLS = dict.fromkeys(range(32), " ")  # `search_index.BOLD` is made of two of them


class Texts:
    """Makes the documents of records, by the forms in `book` and the sites that `connection` holds."""

    def __init__(self, connection: Connection, book: FormBook, forms: "ReadForms | None" = None) -> None:
        """Make the documents from the sites that are known now. `forms`: those that were read before."""
        self._connection = connection
        self._book = book
        self._sites: dict[str, str] = dict(connection.execute("SELECT site, name FROM fact_site"))
        self._forms = {} if forms is None else forms
        self._themes: dict[str, str] | None = None

    def document(self, held: Record) -> Document:
        """Return what `held` is found by. Raises nothing: odd values in a body are passed over."""
        body, kind = held.body, held.kind
        site, form, day = _one(body, "site"), _one(body, "form", "measure"), _day(body)
        status = _one(body, "status")
        if kind == "site":
            site = held.key
        elif kind == "issue":
            status = issue_status(body)
            visited = self._visit_of(body)
            site, form, day = site or visited[0], form or visited[1], day or visited[2]
        people = list(dict.fromkeys(_people(body)))
        words, about = self._words(held, form)
        about = [held.key, squeezed(held.key), self._sites.get(site, ""), *people, *about]
        lasting = kind in _LASTING
        return Document(
            record=held.record, kind=kind, key=held.key, form=form, site=site, day="" if lasting else day,
            status=status, rank=LASTING if lasting else _ordinal(day),
            words=_clean(_APART.join(words)), about=_clean(" ".join(dict.fromkeys(each for each in about if each))),
            marks=tuple(
                (name, value)
                for name, values in (
                    ("kind", [GROUPS.get(kind, kind)]), ("site", [site]), ("form", [form]),
                    ("status", [status, _one(body, "state")]), ("theme", _themes(body)), ("person", people),
                )
                for value in dict.fromkeys(values) if value
            ),
        )  # fmt: skip

    def _visit_of(self, body: Body) -> tuple[str, str, str]:
        """Return site, form and day of the report that raised an issue."""
        visit = text(body.get("visit"))
        row = (
            visit
            and self._connection.execute(
                "SELECT coalesce(site, ''), coalesce(form, ''), coalesce(date, '') FROM fact_visit WHERE record = ?",
                (record_id("visit", visit),),
            ).fetchone()
        )
        return row or ("", "", "")

    def _words(self, held: Record, form: str) -> tuple[list[str], list[str]]:
        """Return the words to quote, in the order of the record, and what else it is found by."""
        if held.kind in REPORTS and (found := self._form(form or held.kind, held.body)) is not None:
            return found.words(held.body, self._sites)
        about = [_one(held.body, name) for name in _REFERENCES]
        return list(self._plain(held.body)), [*about, *(self.said(each, _one(held.body, each)) for each in _BESIDE)]

    def _form(self, name: str, body: Body) -> "FormWords | None":
        at = (name, _one(body, "form_version"))
        if at not in self._forms:
            made = self._book.of(*at) if name in self._book.names() else None
            self._forms[at] = None if made is None else FormWords(made)
        return self._forms[at]

    def _plain(self, body: Body) -> Iterator[str]:
        passed_by = {*_PASSED_BY, *_PEOPLE, *_REFERENCES, *_BESIDE, "site"}
        for name in (*(first for first in _FIRST if first in body), *(name for name in body if name not in _FIRST)):
            if name not in passed_by:
                for words in strings(body[name]):
                    if words not in _PLAIN:
                        yield self.said(name, words)

    def said(self, name: str, words: str) -> str:
        """Return a text, or a code in plain words."""
        tables = {
            "kind": issue_wording.KINDS, "severity": issue_wording.SEVERITIES, "status": issue_wording.STATUSES,
            "outcome": issue_wording.OUTCOMES, "sent_to": issue_wording.RECIPIENTS,
            "escalated_to": issue_wording.LEVELS, "raised_by": issue_wording.RAISED_BY,
        }  # fmt: skip
        if words in tables.get(name, {}):
            return issue_wording.words(tables[name], words)
        if name == "theme":
            return self.themes().get(words, issue_wording.spaced(words))
        return words.replace("_", " ") if _CODE.fullmatch(words) else self._sites.get(words, words)

    def themes(self) -> Mapping[str, str]:
        """Return the themes of issues in words, by their codes, as the forms have them."""
        if self._themes is None:
            self._themes = {}
            for name in self._book.names():
                form = self._book.present(name)
                for entry in outline.of(form).entries.values():
                    if entry.row.name == "issue_theme":
                        for choice in form.lists.get(entry.row.list_name, ()):
                            self._themes.setdefault(choice.name, choice.label())
        return self._themes


class FormWords:
    """What the answers to one version of a form are found by."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._offers = Offers(form)
        self._rows = {name: entry.row for name, entry in outline.of(form).entries.items()}
        self._label = cache(self._labelled)

    def words(self, body: Body, sites: Mapping[str, str]) -> tuple[list[str], list[str]]:
        """Return the words to quote, in the order of the report, and what else it is found by."""
        found: list[str] = []
        about: list[str] = []
        self._gather(body, sites, found, about)
        return found, list(dict.fromkeys(about))

    def _gather(
        self, body: Mapping[str, Any], sites: Mapping[str, str], found: list[str], about: list[str], depth: int = 0
    ) -> None:
        for name, value in body.items():
            if value is None or value == "" or name in _PASSED_BY or name in _PEOPLE or name in _REFERENCES:
                continue
            row = self._rows.get(name)
            if isinstance(value, Mapping):
                for inner in value.values():
                    if isinstance(inner, Mapping) and depth < _DEEPEST:
                        self._gather(inner, sites, found, about, depth + 1)
                    else:
                        found += strings(inner)
            elif row is None:  # an answer of an old log, or of a form that is not here
                found += (_spaced(words) for words in strings(value))
            elif row.kind in outline.SELECTS:
                self._chosen(row, str(value), sites, found, about)
            elif row.kind == "text" and isinstance(value, str):
                found += strings(value)
                if "custody_number" in row.binds.get(HOLDS, ""):
                    about.append(squeezed(value))

    def _chosen(self, row: Row, value: str, sites: Mapping[str, str], found: list[str], about: list[str]) -> None:
        if row.from_file:
            about += (sites.get(each, each) for each in value.split())
            return
        bad = self._offers.bad(row, value)
        answers = [self._label(row.list_name, each) for each in value.split() if bad or each not in _PLAIN]
        if answers:
            said = ", ".join(answer[0] for answer in answers)
            found.append(f"{row.label()} {said}" if bad and row.label() else said)
            about += (label for answer in answers for label in answer[1:])
            if bad:
                about += (row.label(language) for language in self._form.languages)

    def _labelled(self, list_name: str, code: str) -> tuple[str, ...]:
        """Return a choice in the form's own words, then in its other languages."""
        for choice in self._form.lists.get(list_name, ()):
            if choice.name == code:
                return tuple(dict.fromkeys((choice.label(), *map(choice.label, self._form.languages))))
        return (_spaced(code),)


ReadForms = dict[tuple[str, str], FormWords | None]
"""Forms by name and version, read once: parsing one takes longer than reading a hundred records."""


def _one(body: Mapping[str, Any], *names: str) -> str:
    return next((found for name in names if (found := text(body.get(name)))), "")


def _day(body: Body) -> str:
    for name in _DAYS:
        value = body.get(name)
        found = calendar_day(value.strip()[:10]) if isinstance(value, str) else None
        if found:
            return found[0]
    return ""


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal() if day else UNDATED


def _people(body: Body) -> Iterator[str]:
    for name in _PEOPLE:
        yield from (spread(body.get(name)) or "").split()


def _themes(body: Body) -> list[str]:
    issues = body.get("issues")
    rows = issues.values() if isinstance(issues, Mapping) else ()
    return [_one(body, "theme"), *(_one(row, "issue_theme") for row in rows if isinstance(row, Mapping))]


def strings(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the texts in a value of any shape; days, times and numbers find nothing."""
    if isinstance(value, Mapping | list):
        for inner in (value.values() if isinstance(value, Mapping) else value) if depth < _DEEPEST else ():
            yield from strings(inner, depth + 1)
    elif isinstance(value, str) and (words := text(value)) and not _is_moment(words):
        yield " ".join(words.split())


def _is_moment(words: str) -> bool:
    return words[0].isdigit() and len(words) < 30 and bool(calendar_day(words[:10]) or time_of_day(words))


def _clean(words: str) -> str:
    """Return a text that SQLite takes: half a surrogate pair is valid in JSON and not there."""
    return words.translate(_CONTROLS).encode("utf-8", "replace").decode()


def _spaced(code: str) -> str:
    return code.replace("_", " ") if _CODE.fullmatch(code) else code
