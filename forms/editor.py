"""The edits of a draft: answers, typed text, rows and notes, each of which can be undone and done again."""

from collections.abc import Callable
from dataclasses import replace

from forms import answers
from forms.change import Before, Changes, DraftChange, Key, Note, Step
from forms.form import Place, Value
from forms.margin import Notes
from forms.outline import Entry
from forms.state import State
from forms.undoing import Edit, History


class Editor:
    """Changes a state and the notes beside it, tells what `changed`, and remembers what each edit replaced.

    Errors are those of `Draft`.
    """

    def __init__(self, state: State, notes: Notes, *, changed: Callable[[DraftChange], None]) -> None:
        self._state = state
        self._notes = notes
        self._changed = changed
        self._outline = state.logic.outline
        self.history = History()

    # -- answers -------------------------------------------------------------------------------------------------------

    def answer(self, place: Place, value: Value) -> DraftChange:
        """Keep a value as one edit."""
        return self._keep(place, value, "", typing=False)

    def copy(self, place: Place, value: Value, source: str) -> DraftChange:
        """Keep a value as one edit, and note where it is from."""
        return self._keep(place, value, source, typing=False)

    def type_in(self, place: Place, text: str) -> DraftChange:
        """Keep what was typed; texts typed one after another in one place are one edit."""
        key, entry = self._answerable(place)
        try:
            value = answers.parse(entry.row.kind, text, self._state.now().date())
        except ValueError:
            changes = Changes()
            self._put(key, None, Note(unread=text), changes)
            return self._done(changes, place, key, typing=True)
        return self._keep(place, value, "", typing=True)

    def give_reason(self, place: Place, reason: str) -> DraftChange:
        """Note why personal data stays in an answer ("": no reason any more)."""
        key, _ = self._answerable(place)
        changes = Changes()
        self._note(key, replace(self.note(key), reason=reason.strip()), changes)
        return self._done(changes, place, key, typing=False)

    def note(self, key: Key) -> Note:
        """Return what stands beside an answer."""
        return self._notes.get(key, _NOTHING)

    def _keep(self, place: Place, value: Value, source: str, *, typing: bool) -> DraftChange:
        key, entry = self._answerable(place)
        changes = Changes()
        try:
            fitting = answers.conform(entry.row.kind, value)
        except ValueError:
            self._put(key, None, Note(unread=str(value)), changes)
        else:
            copied = source if fitting is not None else ""
            self._put(key, self._state.ordered(entry.row, fitting), Note(copied=copied), changes)
        return self._done(changes, place, key, typing=typing)

    def _put(self, key: Key, value: Value, note: Note, changes: Changes) -> None:
        """Keep an answer. What was noted beside another answer lapses; beside the same one it stands."""
        held = self.note(key)
        self._state.answer(key, value, changes)
        same = key not in changes.before.values and note.unread == held.unread
        if same:
            note = replace(note, copied=note.copied or held.copied, reason=held.reason)
        self._note(key, note, changes)

    def _note(self, key: Key, note: Note, changes: Changes) -> None:
        held = self.note(key)
        if note == held:
            return
        changes.before.notes.setdefault(key, held)
        changes.touched.add(key)
        if note == _NOTHING:
            del self._notes[key]
        else:
            self._notes[key] = note

    def _answerable(self, place: Place) -> tuple[Key, Entry]:
        entry = self._outline[place.name]
        if not entry.answerable:
            raise ValueError(f"{place.name} is not answered by a person")
        if entry.repeat and place.row not in self._state.rows(entry.repeat):
            raise KeyError(place)
        return (place.name, place.row if entry.repeat else ""), entry

    # -- rows ----------------------------------------------------------------------------------------------------------

    def add_row(self, repeat: str) -> tuple[str, DraftChange]:
        """Add a row as one edit."""
        self._free(repeat)
        changes = Changes()
        row = self._state.add_row(repeat, changes)
        return row, self._done(changes, None, (repeat, ""), typing=False)

    def remove_row(self, repeat: str, row: str) -> DraftChange:
        """Remove a row, its answers and what is noted beside them as one edit."""
        self._free(repeat)
        if row not in self._state.rows(repeat):
            raise ValueError(f"{repeat} has no row {row}")
        changes = Changes()
        self._state.remove_row(repeat, row, changes)
        for key in [key for key in self._notes if key[1] == row and self._outline[key[0]].repeat == repeat]:
            changes.before.notes[key] = self._notes.pop(key)
        return self._done(changes, None, (repeat, ""), typing=False)

    def _free(self, repeat: str) -> None:
        if self._state.logic.rules[repeat].repeat_count is not None:
            raise ValueError(f"the form sets the number of rows of {repeat}")

    # -- undo and redo -------------------------------------------------------------------------------------------------

    def undo(self) -> Step | None:
        """Take the latest edit back; None where there is none."""
        edit = self.history.latest()
        if edit is None:
            return None
        changes = self._go_back(edit.before)
        self.history.undone(edit, changes.before)
        return Step(change=self._told(changes), place=edit.place, section=edit.section)

    def redo(self) -> Step | None:
        """Do the edit again that was taken back last; None where there is none."""
        edit = self.history.next()
        if edit is None:
            return None
        changes = self._go_back(edit.before)
        self.history.redone(edit, changes.before)
        return Step(change=self._told(changes), place=edit.place, section=edit.section)

    def _go_back(self, before: Before) -> Changes:
        changes = Changes()
        self._state.go_back(before, changes)
        for key, note in before.notes.items():
            repeat = self._outline[key[0]].repeat
            if not repeat or key[1] in self._state.all_rows(repeat):
                self._note(key, note, changes)
            elif key in self._notes:
                changes.before.notes[key] = self._notes.pop(key)
        return changes

    def _done(self, changes: Changes, place: Place | None, key: Key, *, typing: bool) -> DraftChange:
        edit = Edit(place, self._outline[key[0]].section, changes.before)
        self.history.add(edit, key if typing else None)
        if typing:
            self.history.drop_idle(self._holds)
        return self._told(changes)

    def _told(self, changes: Changes) -> DraftChange:
        change = changes.told(self._outline)
        self._changed(change)
        return change

    def _holds(self, before: Before) -> bool:
        """Whether everything is again as it was."""
        return (
            all(self._state.stored(key) == value for key, value in before.values.items())
            and all(self.note(key) == note for key, note in before.notes.items())
            and all(tuple(self._state.all_rows(repeat)) == rows for repeat, rows in before.rows.items())
        )


_NOTHING = Note()
