"""Public words: texts as a public document may print them, without what points to a person (`domain.md` E7, E8). Pure.

A mask hides what looks like a name, a number or a time; it proves nothing (docs/guard.md).
"""

import re
from typing import Final

from forms import guard
from forms.translation import tr

_TIMES: Final = re.compile(
    r"\b(?:(?:[01]?\d|2[0-3]):[0-5]\d(?:\s?[ap]\.?m\b\.?)?|(?:[01]?\d|2[0-3])(?:\.[0-5]\d)?\s?(?:[ap]m\b|[ap]\.m\.)"
    r"|(?:[01]?\d|2[0-3])[.:]?[0-5]\d\s?(?:hrs|hours)\b)",
    re.IGNORECASE,
)
_COLLARS: Final = re.compile(
    r"\b(?:PC|PS|DC|DS|DI|DCI|DO|DDO|CDO|PCSO|SGT|Sgt|Insp|collar(?:\s+(?:no\.?|number))?)\s?#?\d{2,6}\b"
    r"(?:\s(?!And\b|The\b)[A-Z][a-z'’-]+\b)?"
)
_CODES: Final = re.compile(r"\b(?!IS91)(?:ICV|AWV|OFFICE|[A-Z]{2,5}-\d{4}-)[A-Z0-9][A-Z0-9-]*\b")
"""References of people and of records: ICV07, CV-2026-7QK2M9-1."""


def unnamed(text: str) -> str:
    """Return a text of the program's own with references of people and records as "[reference]"."""
    return _CODES.sub(lambda _: tr("[reference]"), text)


def masked(text: str) -> str:
    """Return a text with names, numbers, times and references of people as "[name]", "[time]" and the like."""
    text = guard.mask(text)
    text = _COLLARS.sub(lambda _: tr("[officer]"), text)
    return unnamed(_TIMES.sub(lambda _: tr("[time]"), text))


def found(text: str) -> tuple[str, ...]:
    """Return what in a text looks as if it points to a person, each as "name “…”", in no particular order."""
    hits = [f"{guard.kind_words(hit.kind)} “{hit.text}”" for hit in guard.look(text)]
    for pattern, words in ((_COLLARS, tr("officer")), (_TIMES, tr("time")), (_CODES, tr("reference"))):
        hits += [f"{words} “{match[0]}”" for match in pattern.finditer(text)]
    return tuple(hits)
