"""Which answers may be raised as an issue: the bad ones of the questions that name a theme (`domain.md` A1, A6).

The form itself says what is bad: the answers on which it requires words (`${clean} = 'no'` in the condition of a
required text). Where it requires none, an answer is judged by its name: no, poor, concern and the like.
"""

import re
from collections.abc import Mapping

from forms import outline
from forms.draft import Draft
from forms.form import Form, Place, Row, Value

ISSUES = "issues"
THEME, TEXT, KIND, SEVERITY = "issue_theme", "issue_text", "issue_kind", "issue_severity"
BAD = frozenset({"no", "poor", "concern", "low", "out", "not_met", "not_recorded", "not_available", "unsatisfactory"})
_EQUALS = re.compile(r"\$\{(\w+)\}\s*=\s*'(\w+)'")
_SELECTED = re.compile(r"selected\(\s*\$\{(\w+)\}\s*,\s*'(\w+)'\s*\)")


class Offers:
    """The offers of one form. Raises nothing; a form without the repeat `issues` has none."""

    def __init__(self, form: Form) -> None:
        self._entries = outline.of(form).entries
        worded: dict[str, set[str]] = {}
        for entry in self._entries.values():
            if entry.row.kind == "text" and entry.row.required:
                for pattern in (_EQUALS, _SELECTED):
                    for name, value in pattern.findall(entry.row.relevant):
                        if value != "other":
                            worded.setdefault(name, set()).add(value)
        self._worded: Mapping[str, frozenset[str]] = {name: frozenset(values) for name, values in worded.items()}
        row_names = {name for name, entry in self._entries.items() if entry.repeat == ISSUES}
        self._possible = {THEME, TEXT} <= row_names
        self._row_names = row_names

    def theme(self, name: str) -> str:
        """Return the theme under which the question's bad answer may be raised; "" where it may not."""
        return self._entries[name].row.binds.get("icv:raise_issue", "") if self._possible else ""

    def bad(self, row: Row, value: Value) -> bool:
        """Return whether an answer to the question is a bad one."""
        chosen = str(value or "").split() if row.kind in outline.SELECTS else []
        worded = self._worded.get(row.name)
        if worded is not None:
            return not worded.isdisjoint(chosen)
        return any(one in BAD or one.startswith("no_") for one in chosen)

    def serious(self, row: Row, value: Value) -> bool:
        """Return whether the answer is serious whatever else was seen: the bind `icv:serious` names it."""
        return not set(row.binds.get("icv:serious", "").split()).isdisjoint(str(value or "").split())

    def offered(self, draft: Draft, place: Place) -> bool:
        """Return whether the answer at a place is bad, may be raised, and has not been raised yet."""
        return self._raisable(draft, place) and place in self._without_issue(draft, place.name)

    def raised(self, draft: Draft, place: Place) -> str:
        """Return the row of `issues` that was raised from the bad answer at a place; "" where there is none."""
        if not self._raisable(draft, place):
            return ""
        bad, rows = self._bad_places(draft, place.name), self._rows_about(draft, place.name)
        return rows[bad.index(place)] if bad.index(place) < len(rows) else ""

    def open(self, draft: Draft) -> tuple[Place, ...]:
        """Return every place whose answer may be worth an issue and has none yet, in form order."""
        names = [name for name in self._entries if self.theme(name)]
        return tuple(place for name in names for place in self._without_issue(draft, name))

    def start(self, draft: Draft, place: Place) -> dict[str, str]:
        """Return the answers that a new row of `issues` begins with, by question.

        The words are the question's and the answer's, without the row they stand in: a custody number stays there.
        """
        begun = {THEME: self.theme(place.name), TEXT: f"{self._label(draft, place.name)} {draft.said(place)}."}
        if KIND in self._row_names:
            begun[KIND] = "issue"
        if SEVERITY in self._row_names and self.serious(self._entries[place.name].row, draft.value(place)):
            begun[SEVERITY] = "serious"
        return begun

    def _raisable(self, draft: Draft, place: Place) -> bool:
        row = self._entries[place.name].row
        return bool(self.theme(place.name)) and self.bad(row, draft.value(place)) and draft.shown(place)

    def _bad_places(self, draft: Draft, name: str) -> list[Place]:
        repeat = self._entries[name].repeat
        places = [Place(name, repeat, row) for row in (draft.rows(repeat) if repeat else ("",))]
        return [place for place in places if self._raisable(draft, place)]

    def _rows_about(self, draft: Draft, name: str) -> list[str]:
        """Return the issues whose words name the question: there is no other link from an issue to its answer."""
        label = self._label(draft, name)
        return [
            row for row in draft.rows(ISSUES) if label and label in str(draft.value(Place(TEXT, ISSUES, row)) or "")
        ]

    def _without_issue(self, draft: Draft, name: str) -> list[Place]:
        bad = self._bad_places(draft, name)
        return bad[len(self._rows_about(draft, name)) :] if bad and draft.shown(Place(ISSUES)) else []

    def _label(self, draft: Draft, name: str) -> str:
        """Return the question as the form has it, without what is filled in from other answers."""
        return self._entries[name].row.label(draft.language) or name
