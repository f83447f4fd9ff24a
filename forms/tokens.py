"""The words of an expression: XPath 1.0 §3.7 "Lexical Structure", and XLSForm's `${name}`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from forms.refusal import ConstructRefused
from forms.translation import tr

TokenKind = Literal["number", "text", "reference", "name", "mark", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its kind, what it says (a literal without its quotes, a reference without `${}`), where it begins."""

    kind: TokenKind
    text: str
    at: int


_PATTERN = re.compile(
    r"""\s*(?:
    (?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<reference>\$\{[^{}]*\})
    |(?P<name>[^\W\d][\w.\-]*(?::[^\W\d:][\w.\-]*)?)
    |(?P<mark>\.\.|!=|<=|>=|::|//|[-+*/=<>().,\[\]@|])
    |(?P<end>\Z)
    )""",
    re.VERBOSE,
)
NAME = re.compile(r"[^\W\d][\w.\-]*")
"""What a question, group, repeat or column may be called."""


def tokens(source: str) -> Iterator[Token]:
    """Yield the words of `source` and an end mark; ConstructRefused names the first character that begins no word."""
    at = 0
    while True:
        found = _PATTERN.match(source, at)
        if found is None:
            rest = source[at:].lstrip()
            reason = tr("this quotation is never closed") if rest[0] in "'\"" else tr("this cannot be read here")
            raise ConstructRefused(rest[:20], reason)
        at = found.end()
        kind = found.lastgroup or "end"
        word = found[kind]
        if kind == "text":
            yield Token("text", word[1:-1], found.start(kind))
        elif kind == "reference":
            yield Token("reference", word[2:-1].strip(), found.start(kind))
        elif kind == "number":
            yield Token("number", word, found.start(kind))
        elif kind == "name":
            yield Token("name", word, found.start(kind))
        elif kind == "mark":
            yield Token("mark", word, found.start(kind))
        else:
            yield Token("end", "", found.start(kind))
            return
