"""The filling in of one draft: the views hand answers to it, and it tells them all what to paint again."""

from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from forms.change import Step
from forms.draft import Draft, DraftChange
from forms.form import Place, Value
from forms.problem import Problem
from ui.findings import Findings
from ui.strokes import Strokes

Pace = Literal["soon", "at once"]
PAUSE_MS = 1000
"""Typing that goes on after so long a pause is an edit of its own for undo."""


class Filling(QObject):
    """Holds the draft for the widgets. `changed` carries a DraftChange, and comes after every answer.

    `pace` says how soon the last change should be kept: typing can wait for a pause, a choice is kept at once.
    `undoable` follows when what can be undone or redone may have changed.
    """

    changed = Signal(object)
    checked_changed = Signal()
    undoable = Signal()

    def __init__(self, draft: Draft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.pace: Pace = "soon"
        self.checked = False
        self.findings = Findings(draft, self)
        """What the guard points out in the texts."""
        self._missing: dict[Place, Problem] = {}
        self._strokes = Strokes()
        self._typed: tuple[Place, str] | None = None  # the box in hand, and what stands in it
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(PAUSE_MS)
        self._rest.timeout.connect(self.seal)

    # Answers

    def type_in(self, place: Place, text: str) -> None:
        """Keep what stands in a box."""
        before = self._typed[1] if self._typed is not None and self._typed[0] == place else self.draft.text(place)
        if self._strokes.begins(before, text):
            self.draft.seal()
        self._typed = (place, text)
        self._rest.start()
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
        """Remove a row with its answers; `undo` brings both back."""
        self._tell(self.draft.remove_row(repeat, row), "at once")

    def give_reason(self, place: Place, reason: str) -> None:
        """Note why personal data stays in a text; "" takes the reason away."""
        change = self.draft.give_reason(place, reason)
        self.findings.look()
        self._tell(change, "at once")

    # Undo and redo

    def seal(self) -> None:
        """End the edit that typing makes up: what is typed next is undone on its own."""
        self._rest.stop()
        self._strokes.rest()
        self._typed = None
        self.draft.seal()

    def undo(self) -> Step | None:
        """Take back the last edit and return where it was; None where there is nothing to undo."""
        return self._stepped(self.draft.undo())

    def redo(self) -> Step | None:
        """Do again what was undone last; None where there is nothing to do again."""
        return self._stepped(self.draft.redo())

    def _stepped(self, step: Step | None) -> Step | None:
        self._rest.stop()
        self._strokes.rest()
        self._typed = None
        if step is not None:
            self._tell(step.change, "at once")
        return step

    # Problems

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
        self.findings.soon()
        self.undoable.emit()
