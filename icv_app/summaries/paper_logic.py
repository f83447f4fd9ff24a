"""The logic of a paper's rows: their conditions and texts, compiled by the engine of the forms (`forms.expression`).

The names of `paper_name` stand for questions, what rows are repeated for are repeats. A paper is a function of the
account alone, so an expression has no clock, and there are no lists to look things up in.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from typing import Final, NoReturn

from forms import expression, outline, texts
from forms.expression import Expression
from forms.form import Form
from forms.form import Row as Question
from forms.grammar import Call, Chain, Column, Negation, Reference, Tree, parse
from forms.outline import Entry, Outline
from forms.refusal import ConstructRefused
from forms.scope import Scope
from forms.texts import Template
from forms.translation import tr
from forms.values import Atom, to_boolean
from icv_app.summaries.paper_name import PLACES, REPEATS

OPENED: Final = re.compile(r"\$\{([^{}]*)(\}?)")
"""A name as texts hold it; without its second group, it is never closed."""
_WITHOUT_MEANING: Final = frozenset({"now", "today", "once", "pulldata", "jr:choice-name", "position"})
_YES_NO: Final = {"yes": True, "true()": True, "no": False, "false()": False}


@dataclass(frozen=True, slots=True)
class Word:
    """A value as conditions compare it, and as texts say it. Both "" where it is not known."""

    value: Atom
    said: str


NOT_KNOWN: Final = Word("", "")
Item = Mapping[str, Word]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the names stand for in one paper; `rows`: by repeat, for each item the names that stand in it alone."""

    top: Item
    rows: Mapping[str, tuple[Item, ...]]

    # what an expression asks (`forms.scope.World`) ----------------------------------------------------------------

    def value(self, name: str, row: str) -> Atom:
        """Return the value of a name, in the item `row` of its repeat."""
        return self.word(name, row).value

    def word(self, name: str, row: str = "") -> Word:
        """Return what a name stands for, in the item `row` of its repeat (its number, from 0)."""
        repeat = PLACES.get(name, "")
        items = self.rows.get(repeat, ())
        held = items[int(row)] if repeat and row and int(row) < len(items) else self.top
        return held.get(name, NOT_KNOWN)

    def own(self, name: str, row: str) -> Atom:
        """Return the value of a name."""
        return self.value(name, row)

    def every(self, name: str) -> Sequence[Atom]:
        """Return the values of a name in all items of its repeat."""
        repeat = PLACES.get(name, "")
        if not repeat:
            return (self.value(name, ""),)
        return tuple(item.get(name, NOT_KNOWN).value for item in self.rows.get(repeat, ()))

    def shown_rows(self, repeat: str) -> Sequence[str]:
        """Return the numbers of the items of a repeat, from 0."""
        return tuple(str(number) for number in range(len(self.rows.get(repeat, ()))))

    def relevant(self, name: str, row: str) -> bool:
        """Return whether anything is known of a name."""
        return self.value(name, row) != ""

    def choice_label(self, question: str, choice: str) -> str:
        """Return "": no name has choices."""
        return ""

    def pulled(self, listed: str, column: str, key_column: str, key: str) -> str:
        """Return "": a paper has no lists."""
        return ""

    def now(self) -> datetime:
        """Refuse to tell the time: no expression that asks is compiled."""
        raise ConstructRefused("now()", tr("a paper has no clock"))


def condition(source: str, repeat: str = "") -> Expression | None:
    """Compile a condition of a row repeated for `repeat` ("": of one that is not). None: there is no condition.

    Raises ConstructRefused with what is wrong, in words for the person.
    """
    word = source.strip()
    if not word:
        return None
    if word.lower() in _YES_NO:
        return expression.constant(word, _YES_NO[word.lower()])
    _unclosed(source)
    tree = parse(source)
    _known(tree, repeat)
    return expression.compiled(source, _outline(), _home(repeat), "relevant")


def text(source: str, repeat: str = "") -> Template:
    """Cut a text at its names. Raises ConstructRefused as `condition`."""
    _unclosed(source)
    for name, _ in OPENED.findall(source):
        _placed(name.strip(), repeat)
    return texts.template(source, _outline(), _home(repeat))


def holds(compiled: Expression | None, words: Words, row: str = "") -> bool:
    """Return whether a condition holds in the item `row`; without one, always."""
    return compiled is None or to_boolean(compiled.work(Scope(words, row)))


def _unclosed(source: str) -> None:
    for found in OPENED.finditer(source):
        if not found[2]:
            raise ConstructRefused(found[0][:30], tr("the name is never closed: write ${name} with both brackets"))
        if not found[1].strip():
            raise ConstructRefused(found[0], tr("there is no name between the brackets"))


def _known(tree: Tree, repeat: str) -> None:
    """Refuse the first name or function in a tree that papers do not have."""
    match tree:
        case Reference(name):
            _placed(name, repeat, counted=True)
        case Column(name):
            said = {"name": name, "reference": Reference(name)}
            raise ConstructRefused(
                name, tr("a bare name: write {reference} for what it stands for, '{name}' for a word", **said)
            )
        case Negation(_, operand):
            _known(operand, repeat)
        case Chain(first, rest):
            for part in (first, *(operand for _, operand in rest)):
                _known(part, repeat)
        case Call(function, arguments):
            if function in _WITHOUT_MEANING:
                raise ConstructRefused(f"{function}()", tr("has no meaning in a paper, which follows from its figures"))
            if function not in expression.NAMES:
                _refuse_unknown(f"{function}()", function, sorted(expression.NAMES), tr("there is no such function"))
            for argument in arguments:
                _known(argument, repeat)
        case _:
            return


def _placed(name: str, repeat: str, *, counted: bool = False) -> None:
    """Refuse a name that is unknown, or known in another repeat; conditions may count and add up what is in one."""
    if counted and name in REPEATS:
        return
    where = PLACES.get(name)
    if where is None:
        near = [each for each in PLACES if PLACES[each] in ("", repeat)]
        _refuse_unknown(f"${{{name}}}", name, near, tr("there is no such name"))
    if where and where != repeat and not counted:
        raise ConstructRefused(
            f"${{{name}}}", tr("stands only in a row whose column repeat says {repeat}", repeat=where)
        )


def _refuse_unknown(said: str, name: str, known: Sequence[str], reason: str) -> NoReturn:
    near = get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    if near:
        shown = f"${{{near[0]}}}" if said.startswith("$") else f"{near[0]}()"
        reason = tr("{reason}. Did you mean {near}?", reason=reason, near=shown)
    raise ConstructRefused(said, reason)


@cache
def _outline() -> Outline:
    rows = [
        Question(kind="calculate", name=name, number=0, calculation="''")
        for name, repeat in PLACES.items()
        if not repeat
    ]
    for each in REPEATS:
        inside = tuple(
            Question(kind="calculate", name=name, number=0, calculation="''")
            for name, repeat in PLACES.items()
            if repeat == each
        )
        rows.append(Question(kind="repeat", name=each, number=0, rows=inside))
    return outline.of(Form(name="paper", version="", title="", rows=tuple(rows), lists={}))


@cache
def _home(repeat: str) -> Entry:
    """Return where a row of a template stands: at the top, or in what it is repeated for."""
    row = Question(kind="calculate", name="~row", number=0, calculation="''")
    return Entry(row=row, parent=repeat, repeat=repeat, section=repeat or "~row", ancestors=(repeat,) if repeat else ())
