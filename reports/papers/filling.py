"""Filling: a paper's template and the words of an account in, the paper's title and blocks out.

A row that names what is not known is left out, as is a heading with nothing under it: a paper says nothing that it does
not know. What this program cannot read in a template (a newer one made it) is told in brackets, never printed as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from forms.refusal import ConstructRefused
from forms.texts import Template
from forms.translation import tr
from icv_app.paper_row import LEVELS, Row
from icv_app.summaries import paper_logic
from icv_app.summaries.paper_logic import Words
from icv_app.summaries.paper_name import PLACES, REPEATS
from reports import wording
from reports.document import Block, Blocks, Bullets, Heading, Paragraph, note
from reports.papers import kpi
from reports.papers.kpi import Measure
from reports.wording import WITHHELD

_PARAGRAPHS = ("numbered", "paragraph")
_DEEPEST = 9  # deeper than any heading


@dataclass(frozen=True, slots=True)
class Paper:
    """What a template comes to: its title and its blocks."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row as it is said. `opens`: what kind of paragraph a sentence opens, "" where it goes on in the one before.

    A line of the type "count" says nothing: the numbers count on from its `number`.
    """

    type: str
    text: str = ""
    label: str = ""
    commentary: str = ""
    number: str = ""
    opens: str = ""


def fill(rows: Sequence[Row], words: Words, *, span: bool = False) -> Paper:
    """Return the paper that `rows` make with `words`. The template need not be free of mistakes.

    `span`: what is withheld is so for the length of the period alone (`wording.withheld_words`).
    """
    lines = list(_lines(rows, words))
    title = next((line.text for line in lines if line.type == "title" and line.text), "")
    blocks = _blocks([line for line in lines if line.type != "title"])
    if any(WITHHELD in part for line in lines for part in (line.text, line.commentary)):
        blocks.append(note(wording.withheld_words(span=span)))
    return Paper(title, tuple(blocks))


# Rows to lines --------------------------------------------------------------------------------------------------------


def _lines(rows: Sequence[Row], words: Words) -> Iterator[_Line]:
    """Yield what is said, in order; rows repeated for the same stand together, item by item."""
    hidden = 0  # the level of a heading whose condition does not hold: nothing under it is said
    opener = "paragraph"
    said = False  # whether the paragraph that a sentence would go on in was said
    for repeat, group in groupby(rows, key=lambda row: row.repeat if row.repeat in REPEATS else ""):
        held = list(group)
        for place in words.shown_rows(repeat) if repeat else ("",):
            for row in held:
                level = LEVELS.get(row.type, _DEEPEST)
                if hidden and level > hidden:
                    continue
                hidden = 0
                if row.type in _PARAGRAPHS:
                    opener, said = row.type, False
                    yield _Line(type="count", number=row.number)
                line = _line(row, words, place)
                if line is None:
                    hidden = level if level < _DEEPEST else 0
                    continue
                yield replace(line, opens=opener) if row.type == "sentence" and not said else line
                said = row.type in (*_PARAGRAPHS, "sentence")


def _line(row: Row, words: Words, place: str) -> _Line | None:
    """Return what a row says, None where its condition does not hold or it names what is not known."""
    try:
        if not paper_logic.holds(paper_logic.condition(row.relevant, row.repeat), words, place):
            return None
    except ConstructRefused:
        if row.type in LEVELS:
            return None
        said = tr("[Left out: this program cannot read the condition of this part of the template.]")
        return _Line(type="paragraph" if row.type in ("kpi", "field") else row.type, text=said)
    text, label = _filled(row.text, row.repeat, words, place), _filled(row.label, row.repeat, words, place)
    if label is None or (text is None and row.type != "kpi"):
        return None
    commentary = _filled(row.commentary, row.repeat, words, place) or ""
    return _Line(
        type=row.type, text=tr(wording.NOT_KNOWN) if text is None else text, label=label, commentary=commentary,
        number=row.number if row.type == "kpi" else "",
    )  # fmt: skip


def _filled(source: str, repeat: str, words: Words, place: str) -> str | None:
    """Return a text with its names filled in, None where one of them is not known.

    One that begins with a name begins with a capital: "${praise_words} comments" is "Two comments".
    """
    missing = False

    def answer(name: str, row: str) -> str:
        nonlocal missing
        said = words.word(name, row).said
        missing = missing or not said
        return said

    template = _template(source, repeat)
    if template is None:
        return _in_brackets(source, repeat, words, place)
    text = template.filled(place, answer)
    return None if missing else text[:1].upper() + text[1:] if source.startswith("${") else text


def _template(source: str, repeat: str) -> Template | None:
    try:
        return paper_logic.text(source, repeat)
    except ConstructRefused:
        return None


def _in_brackets(source: str, repeat: str, words: Words, place: str) -> str:
    """Return a text in which something is no name here: that stands in brackets, without its sign."""

    def said(name: str) -> str:
        where = PLACES.get(name)
        told = words.word(name, place).said if where is not None and where in ("", repeat) else ""
        return told or tr("[not known: {name}]", name=name or "…")

    text = paper_logic.OPENED.sub(lambda found: said(found[1].strip()[:60]), source)
    return text.replace("${", "[")


# Lines to blocks ------------------------------------------------------------------------------------------------------


def _blocks(lines: Sequence[_Line]) -> Blocks:
    blocks: Blocks = []
    number = 1
    for kind, group in groupby(_joined(lines), key=lambda line: line.type):
        held = list(group)
        if kind == "bullet":
            blocks.append(Bullets(items=tuple(line.text for line in held)))
        elif kind == "kpi":
            blocks.append(kpi.table([Measure(line.number, line.label, line.text, line.commentary) for line in held]))
        elif kind == "count":  # never back: a number stands once
            given = [int(line.number) for line in held if line.number.isascii() and line.number.isdigit()]
            number = max([number, *given])
        else:
            for line in held:
                for part in _parts(line):
                    blocks.append(_block(part, number))
                    number += kind == "numbered"
    return _without_empty(blocks)


def _joined(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines with each sentence in the paragraph that it goes on in, or in the one that it opens."""
    going: _Line | None = None
    for line in lines:
        if line.type == "sentence" and not line.opens and going is not None:
            going = replace(going, text=f"{going.text} {line.text}")
            continue
        if going is not None:
            yield going
        going = replace(line, type=line.opens or "paragraph") if line.type == "sentence" else line
    if going is not None:
        yield going


def _parts(line: _Line) -> Sequence[_Line]:
    """Return a line as paragraphs, one for each that the officer wrote in a commentary; a heading is one."""
    if line.type not in _PARAGRAPHS:
        return (line,)
    return [replace(line, text=part) for each in line.text.splitlines() if (part := each.strip())]


def _block(line: _Line, number: int) -> Block:
    if line.type in LEVELS:
        return Heading(text=line.text, level=LEVELS[line.type])
    if line.type == "numbered":
        return Paragraph(text=line.text, number=f"{number}.")
    if line.type == "field":
        return Paragraph(text=line.text, label=tr("{label}:", label=line.label))
    return Paragraph(text=line.text, role="note" if line.type == "note" else "")


def _without_empty(blocks: Blocks) -> Blocks:
    """Return the blocks without the headings that nothing stands under."""
    kept: Blocks = []
    below = 0  # seen from the end: the level of the last heading kept, _DEEPEST below a text, 0 before anything
    for block in reversed(blocks):
        if isinstance(block, Heading):
            if not below or below <= block.level:
                continue
            below = block.level
        else:
            below = _DEEPEST
        kept.append(block)
    return kept[::-1]
