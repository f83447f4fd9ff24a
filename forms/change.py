"""A change of a draft: what a view has to repaint, and what was there before, so that it can be undone."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from forms.form import Place, Value
from forms.outline import Outline

Key = tuple[str, str]
"""A name and the row id of its repeat ("" outside repeats): a place within one draft."""


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside one answer: the text that could not be read, where it was copied from, why a name stays."""

    unread: str = ""
    copied: str = ""
    reason: str = ""


@dataclass(slots=True)
class Before:
    """What one edit replaced: answers and notes by question and row, and the rows of repeats."""

    values: dict[Key, Value] = field(default_factory=dict)
    notes: dict[Key, Note] = field(default_factory=dict)
    rows: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.values or self.notes or self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChange:
    """What one answer changed.

    `changed`: values, calculated ones included. `shown`, `hidden`: questions and groups that appeared or went.
    `touched`: places whose problem, required mark, choices or texts may differ; those of the other sets are in it too.
    `rows`: repeats whose rows came or went.
    """

    changed: frozenset[Place]
    shown: frozenset[Place]
    hidden: frozenset[Place]
    touched: frozenset[Place]
    rows: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One edit taken back or done again: what to repaint, and where it was.

    `place` is the question that was edited; None where rows came or went, which `change.rows` names. `section` is the
    top-level group or repeat around it ("" for a loose question).
    """

    change: DraftChange
    place: Place | None
    section: str


@dataclass(slots=True)
class Changes:
    """Collects the keys that one edit changed, and what they held `before`."""

    changed: set[Key] = field(default_factory=set)
    shown: set[Key] = field(default_factory=set)
    hidden: set[Key] = field(default_factory=set)
    touched: set[Key] = field(default_factory=set)
    rows: set[str] = field(default_factory=set)
    before: Before = field(default_factory=Before)

    def told(self, outline: Outline) -> DraftChange:
        """Return the change by places; a repeat is touched with any question in it, for its rows' titles."""
        touched = self.touched | self.changed | self.shown | self.hidden
        touched |= {(outline[name].repeat, "") for name, _ in touched if outline[name].repeat}
        return DraftChange(
            changed=_places(self.changed, outline),
            shown=_places(self.shown, outline),
            hidden=_places(self.hidden, outline),
            touched=_places(touched, outline),
            rows=frozenset(self.rows),
        )


def _places(keys: Iterable[Key], outline: Outline) -> frozenset[Place]:
    return frozenset(Place(name, outline[name].repeat, row) for name, row in keys)
