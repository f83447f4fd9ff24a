"""The rules of a scheme's own form: what figures, the folder and the shared lists rely on, whoever words the questions.

`docs/forms.md`, "Core names", from `interfaces.md` §2. A form that breaks one is refused, with the reason.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from forms import outline, reader
from forms.form import Form
from forms.outline import Entry, Outline
from forms.translation import later, tr
from icv_app.form_versions.workbook_file import Fault
from icv_app.interchange_folder.interchange import (
    DELAY_REASONS,
    FIELD_NAME,
    OPTIONS,
    RECORD_REVIEWS,
    RESERVED_FIELDS,
    VISITS,
)
from icv_app.storage.report_state import ACCEPTANCES, RETURNS

_CORE = "icv:core"
_BINDS = frozenset(
    {
        _CORE,
        "icv:personal_data",
        "icv:raise_issue",
        "icv:serious",
        "icv:card",
        "icv:evidence",
        "icv:holds",
        "icv:copy",
    }
)
_NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "access": tuple(VISITS.column("access").allowed),  # type: ignore[union-attr]
        "serious_issue": ("yes", "no"),
        "visit_type": ("standard",),
        "mode": ("in_person",),
        "kind": ("case",),
        "visitor_2_agrees": ("yes", "no"),
    }
)
"""Codes that something counts or waits for. Of other lists a scheme may leave out what it never uses."""

_RELIED_ON = (
    "issues", "issue_kind", "issue_theme", "issue_severity", "issue_text", "issue_action", "issue_resolved",
    "positive_comments", "positive_may_be_shared", "recommendation_list", "recommendation_theme",
    "recommendation_text", "visitor_2_agrees", "visitor_2_differs",
)  # fmt: skip
"""What becomes records of its own (`raised`, `sign_off`): a form may do without, but not use the name otherwise."""

_OWN = frozenset(
    {
        *RESERVED_FIELDS,
        RETURNS,
        ACCEPTANCES,
        *(column.name for column in (*VISITS.columns, *RECORD_REVIEWS.columns)),
        *(column.name for kind in ("visit", "record_review") for column in OPTIONS[kind]),
        *(f"{name}_{number}" for name in ("visitor", "travel_minutes") for number in (3, 4)),
    }
)
"""Names that mean something in every record: no question may take one that the program's own form has not."""

_LONGEST = 100  # the name of a repeat is part of the name of a file, of at most 255 bytes
_NEVER = frozenset({"no", "false", "false()", "0"})
_KIND_WORDS: Mapping[str, str] = {
    "group": later("a group"),
    "repeat": later("a repeat"),
    "note": later("a note"),
    "calculate": later("a calculation"),
}


def faults(
    form: Form,
    rows: Mapping[str, int] = MappingProxyType({}),
    choices: Mapping[tuple[str, str], int] = MappingProxyType({}),
) -> tuple[Fault, ...]:
    """Return why `form` cannot stand for a form of the program.

    `rows` are its rows in the workbook by name, `choices` those of its choices by list and code.
    """
    if form.name not in reader.shipped():
        reason = tr("The form_id must be one of: {names}.", names=", ".join(reader.shipped()))
        return (Fault(reason=reason, sheet="settings", column="form_id", construct=form.name),)
    return tuple(_Rules(form, rows, choices).faults())


class _Rules:
    def __init__(self, form: Form, rows: Mapping[str, int], choices: Mapping[tuple[str, str], int]) -> None:
        self.form = form
        self.rows = rows
        self.choices = choices
        self.usual: Outline = outline.of(reader.load(form.name))
        self.found: Outline = outline.of(form)
        self.alike: dict[str, set[str]] = {}
        for name in self.found.entries:
            self.alike.setdefault(name.lower(), set()).add(name)

    def faults(self) -> Iterator[Fault]:
        for name, entry in self.usual.entries.items():
            if entry.row.binds.get(_CORE) == "yes":
                yield from self._core(name, entry)
            elif name in _RELIED_ON and name in self.found.entries:
                yield from self._same(name, entry)
        for name, entry in self.found.entries.items():
            yield from self._name(name, entry)
            yield from self._binds(name, entry)

    def _name(self, name: str, entry: Entry) -> Iterator[Fault]:
        if entry.row.kind in ("group", "note") or name in self.usual.entries:
            return
        if name in _OWN or (name != name.lower() and name.lower() in _OWN):
            yield self._fault(name, "name", tr("This name has a meaning of its own in every record. Choose another."))
        elif not FIELD_NAME.fullmatch(name):
            reason = tr(
                "A name has only the letters a to z, digits, `_`, `-` and `.`: no folder could hold its answers."
            )
            yield self._fault(name, "name", reason)
        elif len(name) > _LONGEST:
            yield self._fault(name, "name", tr("A name has at most {count} letters.", count=_LONGEST))
        elif others := self.alike[name.lower()] - {name}:
            reason = tr("There is {other} as well: names must differ in more than capitals.", other=min(others))
            yield self._fault(name, "name", reason)

    def _core(self, name: str, usual: Entry) -> Iterator[Fault]:
        entry = self.found.get(name)
        if entry is None:
            reason = tr("This question is missing. Figures and the interchange folder rely on it.")
            yield Fault(reason=reason, sheet="survey", construct=name)
            return
        yield from self._same(name, usual)
        for container in (*entry.ancestors, name):
            if self.found[container].row.relevant.strip().lower() in _NEVER:
                reason = tr("The question {name} would never be asked. Figures rely on it.", name=name)
                yield self._fault(container, "relevant", reason)

    def _same(self, name: str, usual: Entry) -> Iterator[Fault]:
        entry = self.found[name]
        if entry.row.kind != usual.row.kind:
            reason = tr("This must stay {kind}: the program relies on its answers.", kind=_kind(usual.row.kind))
            yield self._fault(name, "type", reason)
            return
        if usual.row.from_file and (not entry.row.from_file or entry.row.list_name != usual.row.list_name):
            reason = tr("This must stay a choice from {file}.", file=f"{usual.row.list_name}.csv")
            yield self._fault(name, "type", reason)
        elif entry.row.from_file and not usual.row.from_file:
            yield self._fault(name, "type", tr("This must have its choices on the sheet choices."))
        if entry.repeat != usual.repeat:
            where = usual.repeat
            said = (
                tr("This must stay in the repeat {repeat}.", repeat=where)
                if where
                else tr("Take this out of the repeat.")
            )
            yield self._fault(name, "name", said)
        yield from self._codes(name, entry, usual)

    def _codes(self, name: str, entry: Entry, usual: Entry) -> Iterator[Fault]:
        if entry.row.kind != "select_one" or entry.row.from_file or usual.row.from_file:
            return
        codes = [choice.name for choice in self.form.lists.get(entry.row.list_name, ())]
        allowed = self._allowed(name)
        for code in codes if allowed else ():
            if code not in allowed:
                reason = tr("{code} is not an answer that {name} may have. Those are: {codes}.",
                            code=code, name=name, codes=", ".join(allowed))  # fmt: skip
                row = self.choices.get((entry.row.list_name, code), 0)
                yield Fault(reason=reason, sheet="choices", row=row, column="name", construct=entry.row.list_name)
        usual_codes = [choice.name for choice in self.usual.lists.get(usual.row.list_name, ())]
        for code in _NEEDED.get(name, ()):
            if code in usual_codes and code not in codes:
                reason = tr("The choice {code} of {name} is missing. Reword it if you like, but keep it.",
                            code=code, name=name)  # fmt: skip
                yield Fault(reason=reason, sheet="choices", column="name", construct=entry.row.list_name)

    def _allowed(self, name: str) -> tuple[str, ...]:
        if name == "delay_reason" and self.form.name == "custody_visit":
            return DELAY_REASONS
        if self.form.name == "record_review" and name == "kind":
            return ()
        column = VISITS.column(name) or next((each for each in OPTIONS["visit"] if each.name == name), None)
        return column.allowed if column is not None else ()

    def _binds(self, name: str, entry: Entry) -> Iterator[Fault]:
        for bind, value in entry.row.binds.items():
            if bind not in _BINDS:
                yield self._fault(name, f"bind::{bind}", tr("This program does not know this column."), value)
        theme = entry.row.binds.get("icv:raise_issue", "")
        themes = [choice.name for choice in self.form.lists.get("issue_theme", ())]
        if theme and themes and theme not in themes:
            reason = tr("This is none of the themes of issues: {themes}.", themes=", ".join(themes))
            yield self._fault(name, "bind::icv:raise_issue", reason, theme)

    def _fault(self, name: str, column: str, reason: str, construct: str = "") -> Fault:
        row = self.rows.get(name, 0)
        return Fault(reason=reason, sheet="survey", row=row, column=column, construct=construct or name)


def _kind(kind: str) -> str:
    return tr(_KIND_WORDS[kind]) if kind in _KIND_WORDS else kind
