"""The filling in of one draft: the views hand answers to it, and it tells them all what to paint again."""

from typing import Literal

from PySide6.QtCore import QObject, Signal

from forms.draft import Draft, DraftChange
from forms.form import Place, Value
from forms.problem import Problem

Pace = Literal["soon", "at once"]


class Filling(QObject):
    """Holds the draft for the widgets. `changed` carries a DraftChange, and comes after every answer.

    `pace` says how soon the last change should be kept: typing can wait for a pause, a choice is kept at once.
    """

    changed = Signal(object)
    checked_changed = Signal()

    def __init__(self, draft: Draft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.pace: Pace = "soon"
        self.checked = False
        self._missing: dict[Place, Problem] = {}

    def type_in(self, place: Place, text: str) -> None:
        """Keep what stands in a box."""
        self._tell(self.draft.type_in(place, text), "soon")

    def answer(self, place: Place, value: Value) -> None:
        """Keep a choice; None clears it."""
        self._tell(self.draft.answer(place, value), "at once")

    def add_row(self, repeat: str) -> str:
        """Add a row to a repeat and return its id."""
        row, change = self.draft.add_row(repeat)
        self._tell(change, "at once")
        return row

    def remove_row(self, repeat: str, row: str) -> None:
        """Remove a row with its answers."""
        self._tell(self.draft.remove_row(repeat, row), "at once")

    def check(self) -> tuple[Problem, ...]:
        """Return all that stands in the way of finishing; from now on a missing answer is marked beside its field."""
        problems = self.draft.problems()
        self._missing = {problem.place: problem for problem in problems if problem.kind == "required"}
        if not self.checked:
            self.checked = True
            self.checked_changed.emit()
        return problems

    def problem(self, place: Place) -> str | None:
        """Return what is wrong at a place, in words; a missing answer counts once the report has been checked."""
        found = self.draft.problem(place)
        if found is None and place in self._missing:
            return self._missing[place].message
        return found

    def _tell(self, change: DraftChange, pace: Pace) -> None:
        self.pace = pace
        if self.checked:
            self.check()
        self.changed.emit(change)
