"""A form with nobody's answers in it, as plain values in the order of the screen: what a blank paper prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from forms import outline
from forms.draft import Draft
from forms.form import Choice, Form, Place, Row
from forms.numbering import numbers
from forms.translation import tr
from reports.sheets.conditions import Conditions

MOST_LISTED = 12
"""A reference list is printed to tick from if it has no more entries than this; a longer one is a line to write on."""
_NEVER_LISTED = frozenset({"slots", "sessions"})  # the paper goes into a police station: no planned visit stands on it
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_GAP = "……"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `choices` are the labels to tick from; `filled` is the answer that is printed beforehand."""

    name: str
    number: str
    label: str
    kind: str
    hint: str = ""
    conditions: tuple[str, ...] = ()
    required: bool = False
    lines: int = 1
    choices: tuple[str, ...] = ()
    filled: str = ""
    ticked_in: str = ""  # the number of the question in which one tick asks this one

    @property
    def small(self) -> str:
        """The condition and the hint, as they stand below the question."""
        return " ".join([*self.conditions, *([_stopped(self.hint)] if self.hint else [])])


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section or a group: notes (plain texts), questions and further parts. `repeated`: one set of answers a row."""

    title: str
    hint: str = ""
    conditions: tuple[str, ...] = ()
    repeated: bool = False
    items: tuple["str | Question | Part", ...] = field(default=())


class Blank:
    """Reads the parts of `form` in `language`; `header` are answers to print beforehand, by question."""

    def __init__(
        self, form: Form, *, lists: Mapping[str, tuple[Choice, ...]], header: Mapping[str, str], language: str = ""
    ) -> None:
        self._form, self._header, self._language = form, header, language
        self._numbers = numbers(form)
        self._outline = outline.of(form)
        self._conditions = Conditions(form, self._numbers, language)
        known = {name: value for name, value in header.items() if self._outside(name)}
        self._draft = Draft(form, known, clock=lambda: _NO_TIME, lists=lists, language=language)

    def parts(self) -> tuple[Part, ...]:
        """Return the sections in order; loose questions between them stand in parts without a title."""
        found: list[Part] = []
        for row in self._form.rows:
            if row.kind in outline.CONTAINERS:
                found.append(self._part(row))
                continue
            items = self._items((row,), "")
            if items and found and not found[-1].title:
                found[-1] = Part(title="", items=(*found[-1].items, *items))
            elif items:
                found.append(Part(title="", items=items))
        return tuple(found)

    def _outside(self, name: str) -> bool:
        entry = self._outline.get(name)
        return entry is not None and entry.answerable and not entry.repeat

    def _part(self, row: Row) -> Part:
        repeated = row.kind == "repeat"
        return Part(
            title=self._plain(row.label(self._language)),
            hint=row.hint(self._language),
            conditions=self._conditions.of(row),
            repeated=repeated,
            items=self._items(row.rows, row.name if repeated else self._outline[row.name].repeat),
        )

    def _items(self, rows: Sequence[Row], repeat: str) -> tuple[str | Question | Part, ...]:
        items: list[str | Question | Part] = []
        for row in rows:
            if row.kind in outline.CONTAINERS:
                items.append(self._part(row))
            elif row.kind == "note":
                note = self._note(row, repeat)
                items += [note] if note else []
            elif self._outline[row.name].answerable:
                items.append(self._question(row, repeat))
        return tuple(items)

    def _note(self, row: Row, repeat: str) -> str:
        """Return a note, unless it speaks of answers that a blank paper does not have; what the scheme set is known."""
        text = row.label(self._language)
        if "${" not in text:
            told = text
        elif repeat or any(self._empty(name) for name in _named(text)):
            return ""
        else:
            told = self._draft.label(Place(row.name))
        return " ".join([*self._conditions.of(row), told])

    def _empty(self, name: str) -> bool:
        entry = self._outline.get(name)
        return entry is None or bool(entry.repeat) or not self._draft.said(Place(name))

    def _question(self, row: Row, repeat: str) -> Question:
        filled = self._filled(row, repeat)
        return Question(
            name=row.name,
            number=self._numbers.get(row.name, ""),
            label=_with_gaps(row.label(self._language)) or row.name,
            kind=row.kind,
            hint=_with_gaps(row.hint(self._language)),
            conditions=self._conditions.of(row),
            required=bool(row.required),
            lines=self._lines(row),
            choices=() if filled else self._choices(row, repeat),
            filled=filled,
            ticked_in=self._conditions.ticked_in(row),
        )

    def _filled(self, row: Row, repeat: str) -> str:
        if repeat or row.name not in self._header:
            return ""
        place = Place(row.name)
        return self._draft.echo(place) or self._draft.said(place) or str(self._header[row.name])

    def _choices(self, row: Row, repeat: str) -> tuple[str, ...]:
        if not row.list_name:
            return ()
        if not row.from_file:
            return tuple(choice.label(self._language) for choice in self._form.lists.get(row.list_name, ()))
        if repeat or row.list_name in _NEVER_LISTED:
            return ()
        choices = self._draft.choices(Place(row.name))
        return tuple(choice.label(self._language) for choice in choices) if len(choices) <= MOST_LISTED else ()

    @staticmethod
    def _lines(row: Row) -> int:
        if "multiline" not in row.appearance.split():
            return 1
        return 1 if " or " in row.relevant else 3

    def _plain(self, text: str) -> str:
        """Return the title of a part without the answers that it would show."""
        whole = text
        for name in _named(text):
            whole = whole.replace(f"${{{name}}}", "")
        return " ".join(whole.split()).strip(" :,")


def _named(text: str) -> list[str]:
    return [piece.partition("}")[0].strip() for piece in text.split("${")[1:]]


def _with_gaps(text: str) -> str:
    first, *others = text.split("${")
    return first + "".join(_GAP + other.partition("}")[2] for other in others)


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else tr("{sentence}.", sentence=text)
