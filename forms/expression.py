"""A compiled expression: what to work out, and what it reads.

References follow pyxform: `${name}` of a question in the same repeat is this row's answer, also inside `sum()`,
`count()` and their kin; from outside the repeat it is all rows. `../../repeat/name` is all rows from inside as well.
Only `count`, `count-non-empty`, `sum`, `min`, `max`, `join`, `concat` and `indexed-repeat` take all rows.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from forms import moments
from forms.functions import FUNCTIONS, pattern
from forms.grammar import Call, Chain, Column, Negation, Number, Path, Reference, Text, Tree, parse
from forms.operators import OPERATORS
from forms.outline import REFERENCE_COLUMNS, SELECTS, Entry, Outline, no_such_list
from forms.references import Read, Target, target, without_value
from forms.refusal import ConstructRefused
from forms.scope import Scope, Work
from forms.translation import plural, tr
from forms.values import Atom, to_boolean, to_number, to_string

Use = Literal[
    "relevant", "required", "readonly", "constraint", "calculation", "default", "choice_filter", "repeat_count"
]
"""The XLSForm columns that hold expressions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A compiled expression. `timely`: it asks the clock, so its outcome may change by itself."""

    source: str
    work: Work
    reads: frozenset[Read]
    timely: bool = False
    reads_self: bool = False  # by `.` or `once()`


def compiled(source: str, outline: Outline, home: Entry, use: Use) -> Expression:
    """Compile `source`, the column `use` of `home`; ConstructRefused names what is wrong or not supported."""
    compiler = _Compiler(outline, home, use)
    work = compiler.work(parse(source))
    return Expression(
        source=source,
        work=work,
        reads=frozenset(compiler.reads),
        timely=compiler.timely,
        reads_self=compiler.reads_self,
    )


def constant(source: str, value: Atom) -> Expression:
    """Return an expression that is always `value`, such as the yes of `required`."""
    return Expression(source=source, work=lambda _: value, reads=frozenset())


class _Compiler:
    """Turns one tree into a function, writing down what it reads."""

    def __init__(self, outline: Outline, home: Entry, use: Use) -> None:
        self.reads: set[Read] = set()
        self.timely = False
        self.reads_self = False
        self._outline = outline
        self._home = home
        self._use = use

    def work(self, tree: Tree) -> Work:
        """Compile a tree whose outcome is one value."""
        match tree:
            case Number(value) | Text(value):
                if isinstance(value, str) and "${" in value:
                    raise ConstructRefused(f"'{value}'", tr("a quoted ${name} is only for jr:choice-name"))
                return lambda _: value
            case Negation(times, operand):
                return _negation(times, self.work(operand))
            case Chain(first, rest):
                return self._chain(first, rest)
            case Call(function, arguments):
                return self._call(function, arguments)
            case Column(name):
                return self._column(name)
            case Path(0, ()):
                return self._self()
            case _:
                return self._single(tree)

    def _chain(self, first: Tree, rest: tuple[tuple[str, Tree], ...]) -> Work:
        start = self.work(first)
        links = tuple((symbol, self.work(operand)) for symbol, operand in rest)
        if links[0][0] == "or":
            parts = (start, *(part for _, part in links))
            return lambda scope: any(to_boolean(part(scope)) for part in parts)
        if links[0][0] == "and":
            parts = (start, *(part for _, part in links))
            return lambda scope: all(to_boolean(part(scope)) for part in parts)
        if len(links) == 1:
            act, other = OPERATORS[links[0][0]], links[0][1]
            return lambda scope: act(start(scope), other(scope))
        steps = tuple((OPERATORS[symbol], operand) for symbol, operand in links)

        def run(scope: Scope) -> Atom:
            outcome = start(scope)
            for act, operand in steps:
                outcome = act(outcome, operand(scope))
            return outcome

        return run

    def _column(self, name: str) -> Work:
        if self._use != "choice_filter":
            reason = tr(
                "a bare name: write {reference} for a question, '{name}' for a word",
                name=name,
                reference=Reference(name),
            )
            raise ConstructRefused(name, reason)
        if name not in self._outline.columns(self._home.row):
            raise ConstructRefused(name, tr("the list {list} has no such column", list=self._home.row.list_name))

        def run(scope: Scope) -> Atom:
            return (scope.choice or {}).get(name, "")

        return run

    def _self(self) -> Work:
        if self._use == "choice_filter":
            raise ConstructRefused(".", tr("in a choice filter, name the column or ${question}"))
        if self._use not in {"constraint", "calculation"}:
            raise ConstructRefused(".", tr("`.` has no meaning in {column}", column=self._use))
        self.reads_self = True
        name = self._home.row.name
        return lambda scope: scope.world.own(name, scope.row)

    def _resolve(self, tree: Tree) -> Target:
        if not isinstance(tree, (Reference, Path)):
            raise ConstructRefused("", tr("a ${name} is expected"))
        if isinstance(tree, Path) and self._use == "choice_filter":
            raise ConstructRefused(str(tree), tr("in a choice filter, name the column or ${question}"))
        return target(tree, self._outline, self._home)

    def _single(self, tree: Tree) -> Work:
        """Compile a reference to one answer."""
        found = self._resolve(tree)
        self._question(found)
        if found.wide:
            raise ConstructRefused(
                found.said,
                tr("is in the repeat {repeat}: use count, sum, join, ... or indexed-repeat", repeat=found.entry.repeat),
            )
        name = found.name
        self.reads.add(Read(name, wide=False))
        if found.entry.repeat:
            return lambda scope: scope.world.value(name, scope.row)
        return lambda scope: scope.world.value(name, "")

    def _question(self, found: Target) -> None:
        kind = found.entry.row.kind
        if kind in {"group", "repeat", "note"}:
            raise ConstructRefused(found.said, without_value(kind))

    def _spread(self, tree: Tree) -> Callable[[Scope], Sequence[Atom]]:
        """Compile an argument that may be all rows of a question."""
        if isinstance(tree, (Reference, Path)) and tree != Path(0, ()):
            found = self._resolve(tree)
            if found.wide:
                self._question(found)
                name = found.name
                self.reads.add(Read(name, wide=True))
                return lambda scope: scope.world.every(name)
        single = self.work(tree)
        return lambda scope: (single(scope),)

    def _call(self, name: str, arguments: tuple[Tree, ...]) -> Work:
        special = _SPECIAL.get(name)
        if special is not None:
            fewest, most, compiler = special
            _counted(name, len(arguments), fewest, most)
            return compiler(self, arguments)
        function = FUNCTIONS.get(name)
        if function is None:
            raise ConstructRefused(f"{name}()", tr("is not a function of this program"))
        _counted(name, len(arguments), function.fewest, function.most)
        _checked(name, arguments)
        work = function.work
        if function.spread is None:
            parts = [self.work(argument) for argument in arguments]
            match parts:
                case [only]:
                    return lambda scope: work(only(scope))
                case [first, second]:
                    return lambda scope: work(first(scope), second(scope))
                case _:
                    return lambda scope: work(*[part(scope) for part in parts])
        singles = [self.work(argument) for argument in arguments[: function.spread]]
        spreads = [self._spread(argument) for argument in arguments[function.spread :]]

        def run(scope: Scope) -> Atom:
            gathered = [single(scope) for single in singles]
            for spread in spreads:
                gathered.extend(spread(scope))
            return work(*gathered)

        return run

    def if_(self, arguments: tuple[Tree, ...]) -> Work:
        """`if(condition, then, else)`: only the branch that counts is worked out."""
        condition, then, otherwise = (self.work(argument) for argument in arguments)
        return lambda scope: then(scope) if to_boolean(condition(scope)) else otherwise(scope)

    def once(self, arguments: tuple[Tree, ...]) -> Work:
        """`once(calc)`: the question's own value where it has one, else `calc`."""
        if self._use != "calculation":
            raise ConstructRefused("once()", tr("has a meaning only in a calculation"))
        own = self._self()
        fresh = self.work(arguments[0])

        def run(scope: Scope) -> Atom:
            kept = own(scope)
            return fresh(scope) if kept == "" else kept

        return run

    def today(self, _: tuple[Tree, ...]) -> Work:
        """`today()`: the date in London."""
        self.timely = True
        return lambda scope: scope.world.now().date()

    def now(self, _: tuple[Tree, ...]) -> Work:
        """`now()`: the dateTime."""
        self.timely = True
        return lambda scope: scope.world.now()

    def count(self, arguments: tuple[Tree, ...]) -> Work:
        """`count(node-set)`: the rows of a repeat, or the relevant nodes of a question, answered or not."""
        found = self._resolve(arguments[0])
        if found.entry.row.kind == "repeat":
            name = found.name
            self.reads.add(Read(name, wide=True))
            return lambda scope: float(len(scope.world.shown_rows(name)))
        self._question(found)
        name = found.name
        self.reads.add(Read(name, found.wide))
        if found.wide:
            return lambda scope: float(len(scope.world.every(name)))
        inside = bool(found.entry.repeat)
        return lambda scope: float(scope.world.relevant(name, scope.row if inside else ""))

    def count_non_empty(self, arguments: tuple[Tree, ...]) -> Work:
        """`count-non-empty(node-set)`: how many of the nodes are answered."""
        self._resolve(arguments[0])
        items = self._spread(arguments[0])
        return lambda scope: float(sum(item != "" for item in items(scope)))

    def position(self, arguments: tuple[Tree, ...]) -> Work:
        """`position(..)`: the 1-based number of this row in its repeat."""
        tree = arguments[0]
        repeat = self._home.repeat
        if not isinstance(tree, Path) or tree.down or not tree.up:
            raise ConstructRefused("position()", tr("takes `..` (the row of the repeat)"))
        found = self._resolve(tree)
        if found.name != repeat:
            raise ConstructRefused(
                f"position({tree})", tr("{name} is not the repeat around this question", name=found.name)
            )
        self.reads.add(Read(repeat, wide=True))

        def run(scope: Scope) -> Atom:
            rows = scope.world.shown_rows(repeat)
            return float(rows.index(scope.row) + 1) if scope.row in rows else math.nan

        return run

    def indexed_repeat(self, arguments: tuple[Tree, ...]) -> Work:
        """`indexed-repeat(${name}, ${repeat}, n)`: the answer in the n-th row, from 1; "" where there is none."""
        found, repeat = self._resolve(arguments[0]), self._resolve(arguments[1])
        index = self.work(arguments[2])
        self._question(found)
        if repeat.entry.row.kind != "repeat" or found.entry.repeat != repeat.name:
            raise ConstructRefused(
                "indexed-repeat()",
                tr("{question} is not a question in the repeat {repeat}", question=found.said, repeat=repeat.said),
            )
        name, repeat_name = found.name, repeat.name
        self.reads.add(Read(name, wide=True))

        def run(scope: Scope) -> Atom:
            number = to_number(index(scope))
            rows = scope.world.shown_rows(repeat_name)
            return scope.world.value(name, rows[int(number) - 1]) if 1 <= number < len(rows) + 1 else ""

        return run

    def choice_name(self, arguments: tuple[Tree, ...]) -> Work:
        """`jr:choice-name(value, '${question}')`: the label of a choice in the draft's language."""
        chosen = self.work(arguments[0])
        quoted = arguments[1]
        if not isinstance(quoted, Text) or not quoted.value.startswith("${"):
            raise ConstructRefused("jr:choice-name()", tr("the second argument is the question in quotes: '${name}'"))
        found = self._resolve(Reference(quoted.value[2:-1].strip()))
        if found.entry.row.kind not in SELECTS:
            raise ConstructRefused(found.said, tr("has no choices"))
        name = found.name
        return lambda scope: scope.world.choice_label(name, to_string(chosen(scope)))

    def pulldata(self, arguments: tuple[Tree, ...]) -> Work:
        """`pulldata('list', 'column', 'key column', key)`: the scheme's reference data, the same for a draft's life."""
        listed, column, key_column = (_quoted("pulldata()", argument) for argument in arguments[:3])
        if listed not in REFERENCE_COLUMNS:
            raise ConstructRefused(f"'{listed}'", no_such_list())
        for named in (column, key_column):
            if named not in REFERENCE_COLUMNS[listed] | {"name", "label"}:
                raise ConstructRefused(f"'{named}'", tr("the list {list} has no such column", list=listed))
        key = self.work(arguments[3])
        return lambda scope: scope.world.pulled(listed, column, key_column, to_string(key(scope)))


_SPECIAL: dict[str, tuple[int, int, Callable[[_Compiler, tuple[Tree, ...]], Work]]] = {
    "if": (3, 3, _Compiler.if_),
    "once": (1, 1, _Compiler.once),
    "today": (0, 0, _Compiler.today),
    "now": (0, 0, _Compiler.now),
    "count": (1, 1, _Compiler.count),
    "count-non-empty": (1, 1, _Compiler.count_non_empty),
    "position": (1, 1, _Compiler.position),
    "indexed-repeat": (3, 3, _Compiler.indexed_repeat),
    "jr:choice-name": (2, 2, _Compiler.choice_name),
    "pulldata": (4, 4, _Compiler.pulldata),
}
NAMES = frozenset(_SPECIAL) | frozenset(FUNCTIONS)
"""Every function that an expression may call."""


def _counted(name: str, given: int, fewest: int, most: int | None) -> None:
    if given < fewest or (most is not None and given > most):
        if fewest == most:
            reason = plural(
                "takes {count} argument, not {given}", "takes {count} arguments, not {given}", fewest, given=given
            )
        elif most is None:
            reason = tr("takes at least {fewest} arguments, not {given}", fewest=fewest, given=given)
        else:
            reason = tr("takes {fewest} to {most} arguments, not {given}", fewest=fewest, most=most, given=given)
        raise ConstructRefused(f"{name}()", reason)


def _quoted(function: str, tree: Tree) -> str:
    if not isinstance(tree, Text):
        raise ConstructRefused(function, tr("takes the list, the column and the key's column as words in quotes"))
    return tree.value


def _checked(name: str, arguments: tuple[Tree, ...]) -> None:
    """Refuse a literal that could never work: a broken regular expression, an unknown date format."""
    last = arguments[-1] if arguments else None
    if not isinstance(last, Text):
        return
    if name == "regex" and pattern(last.value) is None:
        raise ConstructRefused(f"'{last.value}'", tr("is not a regular expression"))
    if name in {"format-date", "format-date-time"}:
        for letter in last.value.split("%")[1:]:
            if letter[:1] not in set(moments.FORMATS):
                raise ConstructRefused(
                    f"%{letter[:1]}", tr("is not a part of a date that {function} knows", function=f"{name}()")
                )


def _negation(times: int, operand: Work) -> Work:
    sign = -1.0 if times % 2 else 1.0
    return lambda scope: sign * to_number(operand(scope))
