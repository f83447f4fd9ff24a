"""Conditions in plain words: what `relevant` says, as a person with a pen reads it ("Only if 2.2 is “After a delay”.").

Every `and` part becomes a sentence of its own. A part beyond these words is "Only if it applies."; a paper cannot work
it out, and the screen asks the question again when the paper is typed in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product

from forms import outline
from forms.draft import Draft
from forms.form import Choice, Form, Place, Row
from forms.grammar import Call, Chain, Number, Reference, Text, Tree, parse
from forms.refusal import ConstructRefused
from forms.translation import tr

_MOST_DRIVERS = 2
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Test:
    """One comparison of a question: "=" a choice, "ticked", "not ticked", "!=", or more, less, "answered"."""

    name: str
    how: str
    value: str


class Conditions:
    """Reads the conditions of one form; `numbers` are those printed before its questions (name -> "3.12")."""

    def __init__(self, form: Form, numbers: Mapping[str, str], language: str = "") -> None:
        self._form, self._numbers, self._language = form, numbers, language
        self._outline = outline.of(form)
        self._order = [name for name in self._outline.entries if name in numbers]
        self._calculated: dict[str, tuple[tuple[str, ...], Mapping[tuple[str, ...], str]] | None] = {}

    def of(self, row: Row) -> tuple[str, ...]:
        """Return the sentences that say when `row` applies; none where it always does."""
        if not row.relevant:
            return ()
        try:
            tree = parse(row.relevant)
        except ConstructRefused:  # a form that was read has none; a form made by hand may
            return (tr("Only if it applies."),)
        parts = [tests for part in _parts(tree, "and") for tests in self._all_of(part)]
        named = [test.name for tests in parts if tests for test in tests if test.how != "answered"]
        told = []
        for tests in parts:
            if tests and tests[0].how == "answered" and tests[0].name in named:
                continue  # "answered" is said already by asking for one answer
            told.append(self._sentence(tests) if tests else tr("Only if it applies."))
        return tuple(dict.fromkeys(told))

    def ticked_in(self, row: Row) -> str:
        """Return the number of the question in which one tick is all that `row` hangs on, or ""."""
        try:
            tests = self._test(parse(row.relevant)) if row.relevant else []
        except ConstructRefused:
            return ""
        return self._numbers[tests[0].name] if len(tests) == 1 and tests[0].how == "ticked" else ""

    # -- from the tree to tests ----------------------------------------------------------------------------------------

    def _all_of(self, part: Tree) -> list[list[_Test]]:
        """Return lists of tests, of each of which one must hold; an empty list is a part that is beyond words."""
        tests = self._tests(part)
        if not tests and isinstance(part, Chain) and isinstance(part.first, Reference):
            match part.rest:
                case (("=", Text(value)),):
                    return self._together(part.first.name, value) or [[]]
        return [tests]

    def _together(self, name: str, value: str) -> list[list[_Test]]:
        """Return what several questions must each be for the calculation `name` to be `value`; none if it is not so."""
        source = self._source(name)
        if source is None:
            return []
        drivers, outcomes = source
        held = {answers for answers, outcome in outcomes.items() if outcome == value}
        each = [list(dict.fromkeys(one[place] for one in outcomes if one in held)) for place in range(len(drivers))]
        if not held or set(product(*each)) != held:
            return []
        return [[_Test(driver, "=", one) for one in answers] for driver, answers in zip(drivers, each, strict=True)]

    def _tests(self, part: Tree) -> list[_Test]:
        """Return the tests of which one must hold; none where the part is beyond words."""
        found: list[_Test] = []
        for branch in _parts(part, "or"):
            tests = self._test(branch)
            if not tests:
                return []
            found += tests
        return found

    def _test(self, tree: Tree) -> list[_Test]:
        match tree:
            case Chain(first=Reference(name), rest=((("=" | "!=") as sign, Text(value)),)):
                return self._compared(name, sign, value)
            case Chain(first=Reference(name), rest=(((">" | "<") as sign, Number(value)),)) if name in self._numbers:
                return [_Test(name, sign, f"{value:g}")]
            case Call("selected", (Reference(name), Text(value))) if name in self._numbers:
                return [_Test(name, "ticked", value)]
            case Call("not", (Call("selected", (Reference(name), Text(value))),)) if name in self._numbers:
                return [_Test(name, "not ticked", value)]
            case Call("starts-with", (Reference(name), Text(value))) if name in self._numbers:
                return [_Test(name, "=", one.name) for one in self._choices(name) if one.name.startswith(value)]
        return []

    def _compared(self, name: str, sign: str, value: str) -> list[_Test]:
        if name in self._numbers:
            if value == "":
                return [_Test(name, "answered", "")] if sign == "!=" else []
            return [_Test(name, sign, value)]
        source = self._source(name)
        if source is None:
            return []
        drivers, outcomes = source
        if len(drivers) > 1:
            return []
        return [_Test(drivers[0], "=", one) for (one,), said in outcomes.items() if (said == value) == (sign == "=")]

    def _source(self, name: str) -> tuple[tuple[str, ...], Mapping[tuple[str, ...], str]] | None:
        """Return the one or two questions that a calculation hangs on, and its outcome for each of their choices."""
        if name not in self._calculated:
            self._calculated[name] = None
            drivers = tuple(sorted(self._drivers(name, set()), key=lambda one: self._order.index(one) if one else -1))
            if 1 <= len(drivers) <= _MOST_DRIVERS and all(self._is_simple(driver) for driver in drivers):
                every = product(*([choice.name for choice in self._choices(driver)] for driver in drivers))
                self._calculated[name] = drivers, {answers: self._worked(name, drivers, answers) for answers in every}
        return self._calculated[name]

    def _worked(self, name: str, drivers: Sequence[str], answers: Sequence[str]) -> str:
        draft = Draft(self._form, dict(zip(drivers, answers, strict=True)), clock=lambda: _NO_TIME)
        return str(draft.value(Place(name)) or "")

    def _is_simple(self, name: str) -> bool:
        entry = self._outline.get(name)
        return bool(entry and entry.row.kind == "select_one" and not entry.row.from_file and not entry.repeat)

    def _drivers(self, name: str, seen: set[str]) -> set[str]:
        entry = self._outline.get(name)
        if name in seen:
            return set()
        if entry is None or entry.repeat:
            return {""}
        seen.add(name)
        source = entry.row.calculation if entry.calculated else entry.row.relevant
        found = set() if entry.calculated else {name}  # an answer counts only where its question is asked
        try:
            names = _references(parse(source)) if source else set()
        except ConstructRefused:
            return {""}
        return found.union(*(self._drivers(one, seen) for one in names))

    # -- from tests to words -------------------------------------------------------------------------------------------

    def _sentence(self, tests: Sequence[_Test]) -> str:
        names = list(dict.fromkeys(test.name for test in tests))
        hows = {test.how for test in tests}
        values = list(dict.fromkeys(test.value for test in tests))
        if len(hows) > 1:
            return self._any_calls(names) if len(names) > 1 else tr("Only if it applies.")
        (how,) = hows
        if len(names) == 1:
            return self._alone(names[0], how, values)
        same = all({test.value for test in tests if test.name == name} == set(values) for name in names)
        if how == "=" and same:
            return self._any_of(names, self._said(names[0], values))
        return self._any_calls(names)

    def _alone(self, name: str, how: str, values: Sequence[str]) -> str:
        number = self._numbers[name]
        match how:
            case "=":
                return tr("Only if {question} is {answer}.", question=number, answer=self._said(name, values))
            case "!=" if len(values) == 1:
                return tr("Only if {question} is not {answer}.", question=number, answer=self._said(name, values))
            case "ticked":
                return tr("Only if {answer} is ticked in {question}.", question=number, answer=self._said(name, values))
            case "not ticked" if len(values) == 1:
                return tr(
                    "Only if {answer} is not ticked in {question}.", question=number, answer=self._said(name, values)
                )
            case ">" if len(values) == 1:
                return tr("Only if {question} is more than {number}.", question=number, number=values[0])
            case "<" if len(values) == 1:
                return tr("Only if {question} is less than {number}.", question=number, number=values[0])
            case "answered":
                return tr("Only if {question} is answered.", question=number)
        return tr("Only if it applies.")

    def _any_of(self, names: Sequence[str], answer: str) -> str:
        if span := self._span(names):
            return tr("Only if any of {first} to {last} is {answer}.", first=span[0], last=span[1], answer=answer)
        return tr("Only if any of {questions} is {answer}.", questions=self._listed(names), answer=answer)

    def _any_calls(self, names: Sequence[str]) -> str:
        if span := self._span(names):
            return tr("Only if an answer from {first} to {last} calls for it.", first=span[0], last=span[1])
        if len(names) > 4:
            return tr("Only if it applies.")
        return tr("Only if an answer to {questions} calls for it.", questions=self._listed(names))

    def _span(self, names: Sequence[str]) -> tuple[str, str] | None:
        """Return the first and the last number of three or more questions that stand one after another."""
        places = sorted(self._order.index(name) for name in names)
        if len(places) < 3 or places != list(range(places[0], places[0] + len(places))):
            return None
        return self._numbers[self._order[places[0]]], self._numbers[self._order[places[-1]]]

    def _listed(self, names: Iterable[str]) -> str:
        return ", ".join(self._numbers[name] for name in names)

    def _said(self, name: str, values: Sequence[str]) -> str:
        labels = {choice.name: choice.label(self._language) for choice in self._choices(name)}
        return _either([tr("“{answer}”", answer=labels.get(value, value)) for value in values])

    def _choices(self, name: str) -> tuple[Choice, ...]:
        return self._form.lists.get(self._outline[name].row.list_name, ())


def _parts(tree: Tree, sign: str) -> list[Tree]:
    if isinstance(tree, Chain) and all(operator == sign for operator, _ in tree.rest):
        return [part for one in (tree.first, *(operand for _, operand in tree.rest)) for part in _parts(one, sign)]
    return [tree]


def _references(tree: Tree) -> set[str]:
    match tree:
        case Reference(name):
            return {name}
        case Chain(first, rest):
            return _references(first).union(*(_references(operand) for _, operand in rest))
        case Call(_, arguments):
            return set().union(*(_references(argument) for argument in arguments))
    return {""} if not isinstance(tree, (Text, Number)) else set()


def _either(answers: Sequence[str]) -> str:
    if len(answers) == 1:
        return answers[0]
    return tr("{others} or {last}", others=", ".join(answers[:-1]), last=answers[-1])
