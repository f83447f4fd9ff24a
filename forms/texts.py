"""The texts of a form, in which `${name}` stands for an answer: labels, hints and messages."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from forms.grammar import Reference
from forms.outline import Entry, Outline
from forms.references import Read, target, without_value
from forms.refusal import ConstructRefused
from forms.translation import tr

_REFERENCE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A text cut at its references: plain pieces, and between them the names of questions with whether in this row."""

    pieces: tuple[str, ...]
    names: tuple[tuple[str, bool], ...]

    @property
    def reads(self) -> frozenset[Read]:
        """The questions whose answers the text holds."""
        return frozenset(Read(name, wide=False) for name, _ in self.names)

    def filled(self, row: str, answer: Callable[[str, str], str]) -> str:
        """Return the text with `answer(name, row)` in place of each reference."""
        if not self.names:
            return self.pieces[0]
        parts = [self.pieces[0]]
        for (name, in_row), piece in zip(self.names, self.pieces[1:], strict=True):
            parts += [answer(name, row if in_row else ""), piece]
        return "".join(parts)


def template(text: str, outline: Outline, home: Entry) -> Template:
    """Return `text` cut at its references, as seen from `home` (a repeat's own texts may name the questions in it)."""
    if "${" not in text:
        return Template((text,), ())
    split = _REFERENCE.split(text)
    names: list[tuple[str, bool]] = []
    for name in split[1::2]:
        found = target(Reference(name), outline, home)
        own = home.row.kind == "repeat" and found.entry.repeat == home.row.name
        if found.wide and not own:
            raise ConstructRefused(
                found.said, tr("is in the repeat {repeat}, so it has many answers here", repeat=found.entry.repeat)
            )
        if found.entry.row.kind in {"group", "repeat", "note"}:
            raise ConstructRefused(found.said, without_value(found.entry.row.kind))
        names.append((found.name, bool(found.entry.repeat)))
    return Template(tuple(split[::2]), tuple(names))


def shortened(text: str, most: int = 70) -> str:
    """Return `text` on one line, cut after a whole word where it has more than `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[:most]
    return f"{cut.rpartition(' ')[0] or cut} …"
