"""The grammar of expressions: words in, a tree out. XPath 1.0 §3 without axes, predicates and unions.

From loosest to tightest: `or`, `and`, `= !=`, `< <= > >=`, `+ -`, `* div mod`, unary minus. Operators of one level read
from left to right and stand in one `Chain`, so a long sum is not a deep tree.
"""

from dataclasses import dataclass

from forms.refusal import ConstructRefused
from forms.tokens import Token, tokens
from forms.translation import later, tr

DEEPEST = 40
"""How many parentheses and function calls may stand inside each other."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number literal."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A string literal, without its quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Reference:
    """`${name}`: a question, a group or a repeat anywhere in the form."""

    name: str

    def __str__(self) -> str:
        return f"${{{self.name}}}"


@dataclass(frozen=True, slots=True)
class Path:
    """A relative path: `up` steps of `..`, then `down` by names. No steps at all is `.`."""

    up: int
    down: tuple[str, ...]

    def __str__(self) -> str:
        return "/".join([".."] * self.up + list(self.down)) or "."


@dataclass(frozen=True, slots=True)
class Column:
    """A bare name: a column of the choices sheet, in a choice filter."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation:
    """Unary minus, `times` of them."""

    times: int
    operand: "Tree"


@dataclass(frozen=True, slots=True)
class Chain:
    """Operators of one level: `first`, then each (operator, operand) from left to right."""

    first: "Tree"
    rest: tuple[tuple[str, "Tree"], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    function: str
    arguments: tuple["Tree", ...]


Tree = Number | Text | Reference | Path | Column | Negation | Chain | Call

_LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)
_REFUSED = {
    "[": later("a predicate in square brackets is not supported"),
    "@": later("attributes are not supported"),
    "::": later("axes are not supported"),
    "//": later("`//` is not supported: name the question as ${name}"),
    "/": later("absolute paths are not supported: name the question as ${name}"),
    "|": later("a union of node-sets is not supported"),
    "*": later("the wildcard `*` is not supported"),
}


def parse(source: str) -> Tree:
    """Return the tree of an expression; ConstructRefused names the first construct that is wrong or not supported."""
    return _Parser(source).whole()


class _Parser:
    """Reads one expression by recursive descent."""

    def __init__(self, source: str) -> None:
        self._tokens = list(tokens(source))
        self._at = 0
        self._depth = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _accept(self, mark: str) -> bool:
        if self._next.kind == "mark" and self._next.text == mark:
            self._at += 1
            return True
        return False

    def _expect(self, mark: str, after: str) -> None:
        if not self._accept(mark):
            raise ConstructRefused(after, tr("`{mark}` is missing before {word}", mark=mark, word=_said(self._next)))

    def whole(self) -> Tree:
        tree = self._level(0)
        if self._next.kind != "end":
            reason = _REFUSED.get(self._next.text, later("an operator is missing before this"))
            raise ConstructRefused(_said(self._next), tr(reason))
        return tree

    def _level(self, level: int) -> Tree:
        if level == len(_LEVELS):
            return self._unary()
        operators = _LEVELS[level]
        first = self._level(level + 1)
        rest: list[tuple[str, Tree]] = []
        while self._next.kind in {"mark", "name"} and self._next.text in operators:
            operator = self._take().text
            rest.append((operator, self._level(level + 1)))
        return Chain(first, tuple(rest)) if rest else first

    def _unary(self) -> Tree:
        times = 0
        while self._accept("-"):
            times += 1
        operand = self._primary()
        return Negation(times, operand) if times else operand

    def _primary(self) -> Tree:
        token = self._take()
        match token.kind:
            case "number":
                return Number(float(token.text))
            case "text":
                return _literal(token)
            case "reference":
                return self._reference(token)
            case "name":
                return self._name(token)
            case "mark" if token.text == "(":
                return self._nested(token)
            case "mark" if token.text in {".", ".."}:
                return self._path(token)
            case "end":
                raise ConstructRefused("", tr("the expression ends where a value is expected"))
            case _:
                raise ConstructRefused(token.text, tr(_REFUSED.get(token.text, later("a value is expected here"))))

    def _nested(self, token: Token) -> Tree:
        self._deeper(token)
        tree = self._level(0)
        self._expect(")", "(")
        self._depth -= 1
        return tree

    def _deeper(self, token: Token) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ConstructRefused(token.text, tr("more than {most} parentheses inside each other", most=DEEPEST))

    def _reference(self, token: Token) -> Tree:
        reference = Reference(token.text)
        if self._next.text in {"/", "["} and self._next.kind == "mark":
            raise ConstructRefused(
                f"{reference}{self._next.text}", tr("a path or predicate after ${name} is not supported")
            )
        return reference

    def _name(self, token: Token) -> Tree:
        if self._accept("("):
            self._deeper(token)
            call = Call(token.text, self._arguments(token.text))
            self._depth -= 1
            return call
        if self._next.kind == "mark" and self._next.text in {"/", "//", "::", "["}:
            construct = f"{token.text}{self._next.text}"
            raise ConstructRefused(construct, tr(_REFUSED[self._next.text] if self._next.text != "/" else _BARE))
        if ":" in token.text:
            raise ConstructRefused(token.text, tr("a name with a colon can only be a function"))
        return Column(token.text)

    def _arguments(self, function: str) -> tuple[Tree, ...]:
        if self._accept(")"):
            return ()
        arguments = [self._level(0)]
        while self._accept(","):
            arguments.append(self._level(0))
        self._expect(")", f"{function}(")
        return tuple(arguments)

    def _path(self, token: Token) -> Tree:
        if token.text == ".":
            if self._next.kind == "mark" and self._next.text in {"/", "//", "["}:
                raise ConstructRefused(f".{self._next.text}", tr("`.` stands alone: name other questions as ${name}"))
            return Path(0, ())
        up = 1
        down: list[str] = []
        while self._accept("/"):
            step = self._take()
            if step.text == ".." and step.kind == "mark" and not down:
                up += 1
            elif step.kind == "name" and ":" not in step.text and self._next.text not in {"(", "::"}:
                down.append(step.text)
            else:
                raise ConstructRefused(
                    f"{Path(up, tuple(down))}/{_said(step)}",
                    tr("after `..` only further `..` and then names can follow"),
                )
        return Path(up, tuple(down))


_BARE = later("a path by bare names is not supported: name the question as ${name}")


def _literal(token: Token) -> Text:
    if "${" in token.text and not (token.text.startswith("${") and token.text.endswith("}")):
        raise ConstructRefused(repr(token.text), tr("${name} inside a quotation is not replaced: use concat(...)"))
    return Text(token.text)


def _said(token: Token) -> str:
    match token.kind:
        case "end":
            return tr("the end")
        case "reference":
            return f"${{{token.text}}}"
        case "text":
            return f"'{token.text}'"
        case _:
            return token.text
