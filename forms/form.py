"""A form: questions, groups and repeats in order, with the choice lists they use. Data only; `draft` evaluates it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from forms.translation import later, tr

Kind = Literal[
    "text",
    "integer",
    "decimal",
    "date",
    "time",
    "dateTime",
    "select_one",
    "select_multiple",
    "note",
    "calculate",
    "group",
    "repeat",
]
Value = str | int | float | None
"""A stored answer: text, number, ISO date "2026-11-22", time "14:30", dateTime "2026-11-22T14:30",
a choice's name, several choices' names separated by single spaces in the list's order; None: not answered."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an answer stands: a name, and for a question inside a repeat the repeat and its row id."""

    name: str
    repeat: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One allowed answer: the stored `name`, the shown `labels` by language, and extra columns for choice filters."""

    name: str
    labels: Mapping[str, str]
    extra: Mapping[str, str] = field(default_factory=dict)

    def label(self, language: str = "") -> str:
        """Return the label in `language` ("" is the form's default), or the default one, or the name."""
        return self.labels.get(language) or self.labels.get("") or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the survey sheet. Texts are by language ("" the default). Expressions stay as written (XLSForm)."""

    kind: Kind
    name: str
    number: int  # the row's number in the survey, from 1, for messages
    labels: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    guidances: Mapping[str, str] = field(default_factory=dict)  # guidance_hint: more help, shown when asked for
    list_name: str = ""  # of select_one and select_multiple
    from_file: bool = False  # select_..._from_file: the list comes from the scheme's reference data
    required: str = ""
    required_messages: Mapping[str, str] = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_messages: Mapping[str, str] = field(default_factory=dict)
    calculation: str = ""
    default: str = ""
    choice_filter: str = ""
    readonly: str = ""
    repeat_count: str = ""
    appearance: str = ""
    binds: Mapping[str, str] = field(default_factory=dict)  # bind::icv:NAME -> value
    rows: tuple["Row", ...] = ()  # inside a group or a repeat

    def label(self, language: str = "") -> str:
        """Return the label in `language`, or the default one, or "" where there is none."""
        return self.labels.get(language) or self.labels.get("", "")

    def hint(self, language: str = "") -> str:
        """Return the hint in `language`, or the default one, or ""."""
        return self.hints.get(language) or self.hints.get("", "")

    def guidance(self, language: str = "") -> str:
        """Return the longer help in `language`, or the default one, or ""."""
        return self.guidances.get(language) or self.guidances.get("", "")


SHIPPED = (later("Custody visit"), later("Custody-record review"), later("Kennel visit"), later("Training observation"))
"""The titles of the program's own forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A whole form. `rows` are its sections (groups and repeats) and any loose questions, in order."""

    name: str  # form_id of the settings sheet
    version: str
    title: str
    rows: tuple[Row, ...]
    lists: Mapping[str, tuple[Choice, ...]]
    settings: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The title as it is shown: an XLSForm has but one, so that those of SHIPPED are in the program's catalogue."""
        return tr(self.title)

    def language(self, code: str) -> str:
        """Return the name of the language `code` in the form, "Cymraeg (cy)"; "" where it has none of that."""
        return next((name for name in self.languages if name.endswith(f"({code})")), "")
