"""The edits of a draft that can be taken back, and those taken back that can be done again."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from forms.change import Before, Key
from forms.form import Place

STEPS_AT_MOST = 500
"""So many edits are remembered: more than an evening's report has, and little memory."""


@dataclass(slots=True)
class Edit:
    """One edit: where it was (None: rows came or went), and what it replaced."""

    place: Place | None
    section: str
    before: Before


class History:
    """What was replaced, edit by edit. Taking one back replaces something too, which is how it is done again."""

    def __init__(self) -> None:
        self._done: deque[Edit] = deque(maxlen=STEPS_AT_MOST)
        self._undone: list[Edit] = []
        self._typing: Key | None = None

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to do again."""
        return bool(self._undone)

    @property
    def to_undo(self) -> Edit | None:
        """The edit that `latest` would return."""
        return self._done[-1] if self._done else None

    @property
    def to_redo(self) -> Edit | None:
        """The edit that `next` would return."""
        return self._undone[-1] if self._undone else None

    def add(self, edit: Edit, typing: Key | None = None) -> None:
        """Remember an edit; what was undone before it cannot be done again.

        Edits that follow each other with the same `typing` (not None) are one: what the first replaced is what counts.
        """
        if not edit.before:
            return
        self._undone.clear()
        if typing is not None and typing == self._typing and self._done:
            earlier = self._done[-1].before
            earlier.values = edit.before.values | earlier.values
            earlier.notes = edit.before.notes | earlier.notes
            earlier.rows = edit.before.rows | earlier.rows
        else:
            self._done.append(edit)
        self._typing = typing

    def drop_idle(self, holds: Callable[[Before], bool]) -> None:
        """Forget the latest edit where everything is as it was before it: typed, and deleted again."""
        if self._done and holds(self._done[-1].before):
            self._done.pop()

    def seal(self) -> None:
        """End the edit that is being typed: the next keystroke begins another one."""
        self._typing = None

    def latest(self) -> Edit | None:
        """Return the edit to take back, or None, and put it aside: `undone` follows."""
        self.seal()
        return self._done.pop() if self._done else None

    def undone(self, edit: Edit, replaced: Before) -> None:
        """Note that `edit` was taken back, and what that replaced."""
        self._undone.append(Edit(edit.place, edit.section, replaced))

    def next(self) -> Edit | None:
        """Return the edit to do again, or None, and put it aside: `redone` follows."""
        self.seal()
        return self._undone.pop() if self._undone else None

    def redone(self, edit: Edit, replaced: Before) -> None:
        """Note that `edit` was done again, and what that replaced."""
        self._done.append(Edit(edit.place, edit.section, replaced))
