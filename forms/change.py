"""A change of a draft: what a view has to repaint."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from forms.form import Place
from forms.outline import Outline

Key = tuple[str, str]
"""A name and the row id of its repeat ("" outside repeats): a place within one draft."""


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


@dataclass(slots=True)
class Changes:
    """Collects the keys that one answer changed."""

    changed: set[Key] = field(default_factory=set)
    shown: set[Key] = field(default_factory=set)
    hidden: set[Key] = field(default_factory=set)
    touched: set[Key] = field(default_factory=set)
    rows: set[str] = field(default_factory=set)

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
