"""The filling in of one draft: the views hand answers to it, and it tells them all what to paint again."""

from collections.abc import Mapping, Sequence
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from forms.change import Step
from forms.draft import Draft, DraftChange
from forms.form import Place, Value
from forms.last_time import LastAnswers
from forms.offers import ISSUES, Offers
from forms.problem import Problem
from icv_app.storage.report_state import Comment
from ui.form_filling.findings import Findings
from ui.form_filling.office_comments import OfficeComments
from ui.widgets.strokes import Strokes

Pace = Literal["soon", "at once"]
PAUSE_MS = 1000
"""Typing that goes on after so long a pause is an edit of its own for undo."""


class Filling(QObject):
    """Holds the draft for the widgets. `changed` carries a DraftChange, and comes after every answer.

    `pace` says how soon the last change should be kept: typing can wait for a pause, a choice is kept at once.
    `undoable` follows when what can be undone or redone may have changed.
    """

    changed = Signal(object)
    checked_changed = Signal()  # everything is to be painted again
    undoable = Signal()
    wanted = Signal(object)  # the Place to go to

    def __init__(
        self, draft: Draft, parent: QObject | None = None, *, comments: Sequence[Comment] = ()
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.draft = draft
        self.pace: Pace = "soon"
        self.checked = False
        self.findings = Findings(draft, self)
        """What the guard points out in the texts."""
        self.offers = Offers(draft.form)
        """Which answers may be raised as issues."""
        self.comments = OfficeComments(draft, comments)
        """What the office asks to have put right."""
        self.last: LastAnswers | None = None
        self.last_shown = False
        self._missing: dict[Place, Problem] = {}
        self._refused: dict[Place, Problem] = {}
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

    def copy(self, place: Place, value: Value, source: str) -> None:
        """Use an answer of another report, and note which: it says so until it is changed."""
        self._tell(self.draft.copy(place, value, source), "at once")

    def raise_issue(self, place: Place) -> str:
        """Add an issue that begins with the question at a place and its answer; return the row of it."""
        begun = self.offers.start(self.draft, place)
        row, change = self.draft.add_row(ISSUES)
        changes = [change, *(self.draft.answer(Place(name, ISSUES, row), value) for name, value in begun.items())]
        for each in changes:
            self._tell(each, "at once")
        return row

    def show_last(self, last: LastAnswers | None, *, shown: bool) -> None:
        """Have last time's answers shown beside the questions, or not."""
        if (last, shown) != (self.last, self.last_shown):
            self.last, self.last_shown = last, shown
            self.checked_changed.emit()

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
        known = {problem.place for problem in problems}
        problems += tuple(each for place, each in self._refused.items() if place not in known)
        if not self.checked:
            self.checked = True
            self.checked_changed.emit()
        return problems

    def problem(self, place: Place) -> str | None:
        """Return what is wrong at a place, in words; a missing answer counts once the report has been checked."""
        found = self.draft.problem(place)
        if found is None:
            worse = self._missing.get(place) or self._refused.get(place)
            return worse.message if worse is not None else None
        return found

    def refuse(self, why: Mapping[Place, str]) -> None:
        """Mark the questions for which the report was refused when it was sent, until something is changed."""
        draft = self.draft
        self._refused = {
            place: Problem(
                place=place, section=draft.section_of(place), label=draft.label(place), message=words, kind="constraint"
            )
            for place, words in why.items()
        }
        self.checked = True
        self.checked_changed.emit()

    def _tell(self, change: DraftChange, pace: Pace) -> None:
        self.pace = pace
        marked, self._refused = bool(self._refused), {}  # whether it still stands only sending again can tell
        if self.checked:
            self.check()
        self.changed.emit(change)
        if marked or ISSUES in change.rows:
            self.checked_changed.emit()  # what offered an issue may offer it again, or no longer
        self.findings.soon()
        self.undoable.emit()
