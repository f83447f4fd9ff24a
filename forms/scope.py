"""The scope of an expression: what it may ask of the form that is being filled in, and in which row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from forms.values import Atom


class World(Protocol):
    """What an expression may ask of the form that is being filled in. Answers that are not relevant are ""."""

    def value(self, name: str, row: str) -> Atom:
        """Return the answer of a question, in `row` of its repeat ("" outside repeats)."""

    def own(self, name: str, row: str) -> Atom:
        """Return what a question holds, relevant or not: `.` and `once()`."""

    def every(self, name: str) -> Sequence[Atom]:
        """Return the relevant answers of a question in all rows of its repeat, unanswered ones ""."""

    def shown_rows(self, repeat: str) -> Sequence[str]:
        """Return the row ids of a repeat in order; none where the repeat is not relevant."""

    def relevant(self, name: str, row: str) -> bool:
        """Return whether a question is relevant."""

    def choice_label(self, question: str, choice: str) -> str:
        """Return the label of a select's choice in the draft's language, or ""."""

    def pulled(self, listed: str, column: str, key_column: str, key: str) -> str:
        """Return a column of the first row of a reference list whose `key_column` is `key`, or ""."""

    def now(self) -> datetime:
        """Return the present moment, aware, in London."""


@dataclass(slots=True)
class Scope:
    """Where an expression is worked out: the world, the row of the repeat, in a choice filter the choice's columns."""

    world: World
    row: str = ""
    choice: dict[str, str] | None = None


Work = Callable[[Scope], Atom]
