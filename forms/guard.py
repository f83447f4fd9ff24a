"""The guard: what looks like personal data in a free text. It points out; the person decides (docs/guard.md).

Pure and local: text in, places out; the standard library and the word lists beside this file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from forms import guard_names, guard_patterns
from forms.translation import later, tr

Kind = Literal["name", "date_of_birth", "telephone", "email", "postcode", "custody_number"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_WORDS: dict[Kind, str] = {
    "name": later("name"),
    "date_of_birth": later("date of birth"),
    "telephone": later("telephone number"),
    "email": later("email address"),
    "postcode": later("postcode"),
    "custody_number": later("custody number"),
}
_PASSES = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One find: what it looks like and where; `start` and `end` count characters of the text as it was given."""

    kind: Kind
    start: int
    end: int
    text: str


def kind_words(kind: str) -> str:
    """Return a kind as a person calls it, "date of birth", in the language in use. KeyError for no such kind."""
    return tr(_WORDS[kind])  # type: ignore[index]  # any text may be asked for


def look(text: str, *, custody_number: str = "") -> tuple[Hit, ...]:
    """Return what looks like personal data in `text`, in order, without overlaps.

    `custody_number` is the scheme's pattern for one whole custody number, such as "LE/[0-9]{5}/[0-9]{2}"; one that
    cannot be used is passed over (forms/guard_shape.py). Never raises.
    """
    clean = _without_masks(text)
    taken = _Taken(len(text))
    if guard_patterns.worth_it(clean):
        taken.add("email", guard_patterns.emails(clean))
        taken.add("custody_number", guard_patterns.scheme_numbers(clean, custody_number))
        taken.add("date_of_birth", guard_patterns.births(clean))
        taken.add("telephone", guard_patterns.telephones(clean))
        taken.add("custody_number", guard_patterns.custody_numbers(clean))
        taken.add("postcode", guard_patterns.postcodes(clean))
    taken.add("name", guard_names.names(clean))
    return tuple(Hit(kind, start, end, text[start:end]) for start, end, kind in sorted(taken.spans))


def mask(text: str, *, custody_number: str = "") -> str:
    """Return `text` with each hit as "[name]", "[date of birth]", ... in the language in use; again changes nothing."""
    for _ in range(_PASSES):
        hits = look(text, custody_number=custody_number)
        if not hits:
            break
        pieces, at = [], 0
        for hit in hits:
            pieces += [text[at : hit.start], _masked(hit.kind)]
            at = hit.end
        text = "".join([*pieces, text[at:]])
    return text


def _masked(kind: Kind) -> str:
    return f"[{kind_words(kind)}]"


def _without_masks(text: str) -> str:
    """Blank out what `mask` wrote, which speaks of births and numbers itself; every other character keeps its place."""
    if "[" in text:
        for kind in KINDS:
            for words in {_masked(kind), f"[{_WORDS[kind]}]"}:
                text = text.replace(words, "\0" * len(words))
    return text


class _Taken:
    """The spans taken so far, each character at most once."""

    def __init__(self, length: int) -> None:
        self.spans: list[tuple[int, int, Kind]] = []
        self._covered = bytearray(length)

    def add(self, kind: Kind, spans: Iterable[tuple[int, int]]) -> None:
        """Take the spans that lie clear of those taken before."""
        for start, end in spans:
            if start < end and not any(self._covered[start:end]):
                self.spans.append((start, end, kind))
                self._covered[start:end] = b"\1" * (end - start)
