"""A draft: one form being filled in. Answers in; what is shown, required, wrong and calculated out."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from forms import answers as typing
from forms import logic, margin, saved
from forms.change import DraftChange, Key, Step
from forms.editor import Editor
from forms.form import Choice, Form, Place, Value
from forms.logic import Rules, TextUse
from forms.margin import Notes
from forms.outline import SELECTS
from forms.problem import Problem, Progress
from forms.row_ids import RowIds
from forms.state import State
from forms.tally import Tally
from forms.texts import Template, shortened
from forms.translation import later, tr

__all__ = ["Draft", "DraftChange", "Problem", "Progress", "Step"]

REQUIRED_WORDS = later("Answer this question")
CONSTRAINT_WORDS = later("This answer cannot be right: check it")
CHOICE_WORDS = later("Choose again: this answer is no longer one of the choices")

_Fault = tuple[Literal["required", "constraint", "unreadable", "choice"], str, bool]
"""The kind of a problem, its words, and whether those are the form's own."""


class Draft:
    """One form being filled in.

    `answers` restores what `answers()` gave (or a stored record); without it the draft is new and gets its defaults.
    `clock` returns the present aware moment. `new_row` makes row ids. `lists` holds the choices of the scheme's
    reference data by name. `standing` is the stored record that is corrected: the choices it made stay open, whatever
    became of the lists. Questions are told by `Place`; one that the form does not have is a KeyError.
    """

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, Any] | None = None,
        *,
        clock: Callable[[], datetime],
        new_row: Callable[[], str] | None = None,
        lists: Mapping[str, tuple[Choice, ...]] | None = None,
        language: str = "",
        standing: Mapping[str, Any] | None = None,
    ) -> None:
        self.form = form
        self.language = language
        """The name under which the form holds the texts in use; "" for its default language."""
        self.unknown: tuple[str, ...] = ()
        """Names in the restored answers that the form does not have; they are left out."""
        self._logic = logic.of(form)
        self._outline = self._logic.outline
        self._clock = clock
        self._notes: Notes = {}
        row_ids = RowIds(clock)
        self._state = State(
            self._logic,
            clock=clock,
            new_row=new_row or row_ids,
            lists=lists or {},
            language=language,
            standing=standing or {},
        )
        self.correction_reason = str((answers or {}).get(saved.REASON, ""))
        """Why a sent report is corrected, as far as it is typed; kept with the draft, and no part of what it undoes."""
        if answers is not None:
            self.unknown = saved.restore(self._state, self._notes, answers)
            for repeat in self._outline.repeats:
                for row in self._state.all_rows(repeat):
                    row_ids.seen(row)
        self._state.begin(fresh=answers is None)
        self._tally = Tally(self._state, required=self._required, wrong=lambda key: self._wrong(key) is not None)
        self._editor = Editor(self._state, self._notes, changed=self._tally.forget)

    @property
    def evaluations(self) -> int:
        """How many expressions have been worked out so far."""
        return self._state.evaluations

    # -- answering -----------------------------------------------------------------------------------------------------

    def answer(self, place: Place, value: Value) -> DraftChange:
        """Keep a typed value (None clears); one that does not fit the question is kept as unreadable text."""
        return self._editor.answer(place, value)

    def type_in(self, place: Place, text: str) -> DraftChange:
        """Keep what a person typed; text that cannot be read is kept, and is a problem."""
        return self._editor.type_in(place, text)

    def add_row(self, repeat: str) -> tuple[str, DraftChange]:
        """Add a row to a repeat; return its id and what changed. ValueError where `repeat_count` fixes the number."""
        return self._editor.add_row(repeat)

    def remove_row(self, repeat: str, row: str) -> DraftChange:
        """Remove a row with its answers. ValueError where there is no such row, or `repeat_count` fixes the number."""
        return self._editor.remove_row(repeat, row)

    def undo(self) -> Step | None:
        """Take the latest edit back; None where there is none. Typing in one place is one edit until `seal`."""
        return self._editor.undo()

    def redo(self) -> Step | None:
        """Do the edit again that was taken back last; None where there is none. A new edit ends that possibility."""
        return self._editor.redo()

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return self._editor.history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to do again."""
        return self._editor.history.can_redo

    @property
    def to_undo(self) -> tuple[Place | None, str] | None:
        """Where the edit was that `undo` would take back: its place (None: rows) and its section; None without one."""
        edit = self._editor.history.to_undo
        return (edit.place, edit.section) if edit is not None else None

    @property
    def to_redo(self) -> tuple[Place | None, str] | None:
        """Where the edit was that `redo` would do again, as `to_undo` tells it."""
        edit = self._editor.history.to_redo
        return (edit.place, edit.section) if edit is not None else None

    def seal(self) -> None:
        """End the edit that is being typed: what is typed next is undone by itself."""
        self._editor.history.seal()

    # -- the margin ----------------------------------------------------------------------------------------------------

    def copy(self, place: Place, value: Value, source: str) -> DraftChange:
        """Keep a value that stands in the report `source`, and note so until the answer is changed."""
        return self._editor.copy(place, value, source)

    def copied(self, place: Place) -> str:
        """Return which report the answer was copied from; "" where it was not, or was changed since."""
        return self._editor.note(self._key(place)).copied

    def give_reason(self, place: Place, reason: str) -> DraftChange:
        """Note why personal data stays in an answer, until that is changed; "" takes the reason away."""
        return self._editor.give_reason(place, reason)

    def reason(self, place: Place) -> str:
        """Return why personal data stays in an answer; "" where nobody said so of what stands there now."""
        return self._editor.note(self._key(place)).reason

    def margin(self) -> dict[str, dict[str, str]]:
        """Return {"copied_from": {path: source}, "personal_data_reasons": {path: reason}} of the shown questions.

        A path is "name" or "repeat/row/name". A part without any is left out.
        """
        return margin.of(self._state, self._notes, self._relevant)

    # -- asking --------------------------------------------------------------------------------------------------------

    def setting(self, name: str) -> str:
        """Return one of the scheme's settings, from the reference list `scheme`; "" where it has none of that name."""
        return self._state.pulled("scheme", "value", "name", name)

    def value(self, place: Place) -> Value:
        """Return the stored answer or calculation, relevant or not; None where there is none."""
        return self._state.stored(self._key(place))

    def text(self, place: Place) -> str:
        """Return what the box shows: text that could not be read, as typed, or the value by `answers.shown`."""
        key = self._key(place)
        return self._shown_text(key)

    def said(self, place: Place) -> str:
        """Return the answer in words for a summary: choices by their labels, else as `text`."""
        return self._said(*self._key(place))

    def echo(self, place: Place) -> str:
        """Return a date in full, "Friday 20 November 2026"; "" for other answers."""
        key = self._key(place)
        return typing.echo(self._outline[key[0]].row.kind, self._state.stored(key))

    def shown(self, place: Place) -> bool:
        """Return whether a question, note, group or repeat is to be shown. Calculate rows never are."""
        key = self._key(place)
        return self._outline[key[0]].row.kind != "calculate" and self._relevant(key)

    def required(self, place: Place) -> bool:
        """Return whether the question must be answered now."""
        key = self._key(place)
        return self._relevant(key) and self._required(key)

    def readonly(self, place: Place) -> bool:
        """Return whether the person may not change the answer."""
        key = self._key(place)
        entry = self._outline[key[0]]
        return entry.calculated or self._state.fact("readonly", self._rules(key).readonly, key)

    def choices(self, place: Place) -> tuple[Choice, ...]:
        """Return the choices that pass the filter, in list order; none for other kinds of question."""
        key = self._key(place)
        return self._state.choices(key) if self._outline[key[0]].row.kind in SELECTS else ()

    def label(self, place: Place) -> str:
        """Return the label in the draft's language, with answers in place of `${name}`."""
        return self._text("label", self._key(place))

    def hint(self, place: Place) -> str:
        """Return the hint in the draft's language, with answers in place of `${name}`."""
        return self._text("hint", self._key(place))

    def guidance(self, place: Place) -> str:
        """Return the longer help (XLSForm's `guidance_hint`), in the draft's language and filled in as a hint is."""
        return self._text("guidance_hint", self._key(place))

    def rows(self, repeat: str) -> tuple[str, ...]:
        """Return the row ids of a repeat in order."""
        return tuple(self._state.rows(repeat))

    def row_title(self, repeat: str, row: str) -> str:
        """Return a name for a row: the repeat's label filled in, or its first answer in words, or label and number.

        It stands in lists and before other words, so a long answer is cut short.
        """
        number = self._state.rows(repeat).index(row) + 1
        template = self._template("label", repeat)
        if template is not None and template.names:
            if any(self._said(name, row if in_row else "") for name, in_row in template.names):
                return shortened(template.filled(row, self._said))
            return f"{template.filled(row, lambda _name, _row: '').strip(' :')} {number}"
        for name in self._outline.inside(repeat):
            kind = self._outline[name].row.kind
            if kind == "text" or kind in SELECTS:
                said = self._said(name, row) if self._relevant((name, row)) else ""
                if said:
                    return shortened(said)
        return f"{self._text('label', (repeat, ''))} {number}".strip()

    def section_of(self, place: Place) -> str:
        """Return the name of the top-level group or repeat around a place; "" for a loose question."""
        return self._outline[place.name].section

    # -- problems ------------------------------------------------------------------------------------------------------

    def problem(self, place: Place) -> str | None:
        """Return what is wrong with the answer of a shown question; None where nothing is, or it has none."""
        key = self._key(place)
        found = self._wrong(key) if self._relevant(key) else None
        return found[1] if found else None

    def problems(self) -> tuple[Problem, ...]:
        """Return everything that stands in the way of finishing, in form order; required answers included."""
        found = []
        for key in self._tally.unfinished():
            wrong = self._wrong(key) or self._missing(key)
            if wrong:
                kind, message, own_words = wrong
                entry = self._outline[key[0]]
                found.append(
                    Problem(
                        place=Place(key[0], entry.repeat, key[1]),
                        section=entry.section,
                        label=self._text("label", key),
                        message=message,
                        kind=kind,
                        says_question=own_words,
                    )
                )
        return tuple(found)

    def progress(self, section: str) -> Progress:
        """Return how far a section is ("" for the loose questions)."""
        return self._tally.of(section)

    def _wrong(self, key: Key) -> _Fault | None:
        unread = self._editor.note(key).unread
        if unread:
            kind = self._outline[key[0]].row.kind
            return "unreadable", typing.fault(kind, unread, self._state.now().date()), False
        value = self._state.stored(key)
        if value is None:
            return None
        if self._outline[key[0]].row.kind in SELECTS:
            names = {choice.name for choice in self._state.choices(key)}
            if not names.issuperset(str(value).split()):
                return "choice", tr(CHOICE_WORDS), False
        rule = self._rules(key).constraint
        if rule is not None and not self._state.fact("constraint", rule, key):
            own = self._text("constraint_message", key)
            return "constraint", own or tr(CONSTRAINT_WORDS), bool(own)
        return None

    def _missing(self, key: Key) -> _Fault | None:
        if self._state.stored(key) is None and self._required(key):
            own = self._text("required_message", key)
            return "required", own or tr(REQUIRED_WORDS), bool(own)
        return None

    # -- keeping -------------------------------------------------------------------------------------------------------

    def answers(self) -> dict[str, Any]:
        """Return all that was typed, relevant and readable or not, and the margin: `Draft(form, these)` restores it."""
        reason = {saved.REASON: self.correction_reason} if self.correction_reason else {}
        return {**saved.everything(self._state, self._notes), **reason}

    def finished(self) -> dict[str, Any]:
        """Return what is stored on submitting: relevant answers and calculations; no empty ones, no empty rows."""
        return saved.relevant(self._state)

    # -- within --------------------------------------------------------------------------------------------------------

    def _key(self, place: Place) -> Key:
        entry = self._outline[place.name]
        return (place.name, place.row if entry.repeat else "")

    def _rules(self, key: Key) -> Rules:
        return self._logic.rules[key[0]]

    def _required(self, key: Key) -> bool:
        return self._state.fact("required", self._rules(key).required, key)

    def _relevant(self, key: Key) -> bool:
        repeat = self._outline[key[0]].repeat
        return self._state.relevant(*key) and (not repeat or key[1] in self._state.rows(repeat))

    def _template(self, use: TextUse, name: str) -> Template | None:
        texts = self._logic.rules[name].texts
        return texts.get((use, self._state.language)) or texts.get((use, ""))

    def _text(self, use: TextUse, key: Key) -> str:
        template = self._template(use, key[0])
        return "" if template is None else template.filled(key[1], self._said)

    def _said(self, name: str, row: str) -> str:
        key = (name, row)
        if self._outline[name].row.kind in SELECTS and not self._editor.note(key).unread:
            chosen = str(self._state.stored(key) or "").split()
            return ", ".join(self._state.choice_label(name, one) or one for one in chosen)
        return self._shown_text(key)

    def _shown_text(self, key: Key) -> str:
        unread = self._editor.note(key).unread
        return unread or typing.shown(self._outline[key[0]].row.kind, self._state.stored(key))
