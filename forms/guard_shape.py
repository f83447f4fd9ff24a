r"""The shape of a scheme's custody numbers: a small regular language, matched without ever going back.

Schemes write their own pattern, and Python's `re` can take years over a clumsy one. Here a match moves a set of places
through the pattern, so that the work is bounded by the pattern's length times the text's. Understood are letters and
digits, `.`, `[a-z]`, `\d`, `\w`, `\s`, `( )`, `(?: )`, `|`, `?`, `*`, `+`, `{2,4}` and `^ $` at the ends.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from forms.translation import tr

LONGEST = 32
"""No custody number is longer than this, in characters."""

_Places = frozenset[int]
_Step = Callable[[str, _Places], _Places]
_COUNT = re.compile(r"\{(\d{0,2})(,?)(\d{0,2})\}")
_START = re.compile(r"(?<![^\W_])[^\W_]")
_NOT_PLAIN = frozenset("\\[](){}?*+|^$.")


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern that was understood."""

    step: _Step

    def finds(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans that are a whole number: longest first from each word's start, with a digit in it."""
        clear = 0
        for word in _START.finditer(text):
            if word.start() < clear:
                continue
            piece = text[word.start() : word.start() + LONGEST + 1]
            for end in sorted(self.step(piece[:LONGEST], frozenset({0})), reverse=True):
                if end and any(map(str.isdigit, piece[:end])) and not piece[end : end + 1].isalnum():
                    clear = word.start() + end
                    yield word.start(), clear
                    break


def read(pattern: str) -> Shape | None:
    """Return the shape of `pattern` (letters of either case), or None where it is too long or not understood."""
    if len(pattern) > 200:
        return None
    inner = pattern.removeprefix("^")
    if inner.endswith("$") and not inner.endswith("\\$"):
        inner = inner[:-1]
    try:
        reader = _Reader(inner)
        step = reader.either()
    except (IndexError, ValueError, RecursionError):
        return None
    return Shape(step) if reader.at == len(inner) else None


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.deep = 0

    def either(self) -> _Step:
        branches = [self._row()]
        while self._next("|"):
            branches.append(self._row())
        return branches[0] if len(branches) == 1 else _either(branches)

    def _row(self) -> _Step:
        steps = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            steps.append(self._counted(self._one()))
        return _row(steps)

    def _next(self, letter: str) -> bool:
        found = self.pattern.startswith(letter, self.at)
        self.at += len(letter) if found else 0
        return found

    def _one(self) -> _Step:
        if self._next("("):
            self._next("?:")
            self.deep += 1
            if self.deep > 2:  # each level of repeats multiplies the work
                raise ValueError(tr("too deep"))
            step = self.either()
            if not self._next(")"):
                raise ValueError(tr("no )"))
            self.deep -= 1
            return step
        if self._next("["):
            return _one(self._set())
        letter = self._take()
        if letter == "\\":
            return _one(_escaped(self._take()))
        if letter == ".":
            return _one(lambda _: True)
        if letter in _NOT_PLAIN:
            raise ValueError(letter)
        return _one(_among({letter}))

    def _take(self) -> str:
        self.at += 1
        return self.pattern[self.at - 1]

    def _set(self) -> Callable[[str], bool]:
        outside = self._next("^")
        tests: list[Callable[[str], bool]] = []
        while not self._next("]") or not tests:
            letter = self._take()
            if letter == "\\":
                tests.append(_escaped(self._take()))
            elif self.pattern[self.at] == "-" and self.pattern[self.at + 1] != "]":
                self.at += 1
                tests.append(_between(letter, self._take()))
            else:
                tests.append(_among({letter}))
        return lambda letter: any(test(letter) for test in tests) is not outside

    def _counted(self, step: _Step) -> _Step:
        if self._next("?"):
            return _repeat(step, 0, 1)
        if self._next("*"):
            return _repeat(step, 0, LONGEST)
        if self._next("+"):
            return _repeat(step, 1, LONGEST)
        count = _COUNT.match(self.pattern, self.at)
        if count is None:
            return step
        self.at = count.end()
        least = int(count[1] or 0)
        return _repeat(step, least, int(count[3] or LONGEST) if count[2] else least)


def _escaped(letter: str) -> Callable[[str], bool]:
    known: dict[str, Callable[[str], bool]] = {
        "d": str.isdigit,
        "w": lambda one: one.isalnum() or one == "_",
        "s": str.isspace,
    }
    if letter in known:
        return known[letter]
    if letter.isalnum():
        raise ValueError(letter)
    return _among({letter})


def _among(letters: set[str]) -> Callable[[str], bool]:
    folded = {letter.casefold() for letter in letters}
    return lambda letter: letter.casefold() in folded


def _between(first: str, last: str) -> Callable[[str], bool]:
    return lambda letter: first <= letter.lower() <= last or first <= letter.upper() <= last


def _one(test: Callable[[str], bool]) -> _Step:
    return lambda text, places: frozenset(at + 1 for at in places if at < len(text) and test(text[at]))


def _row(steps: list[_Step]) -> _Step:
    def go(text: str, places: _Places) -> _Places:
        for step in steps:
            if not places:
                break
            places = step(text, places)
        return places

    return go


def _either(branches: list[_Step]) -> _Step:
    return lambda text, places: frozenset().union(*(branch(text, places) for branch in branches))


def _repeat(step: _Step, least: int, most: int) -> _Step:
    def go(text: str, places: _Places) -> _Places:
        for _ in range(least):
            before, places = places, step(text, places)
            if places == before:  # and so for ever: nothing moves back
                break
        every, fresh = places, places
        for _ in range(most - least):
            fresh = step(text, fresh) - every
            if not fresh:
                break
            every |= fresh
        return every

    return go
