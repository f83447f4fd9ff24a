"""A document as values: what it says, block by block. Every format lays the same blocks out and computes nothing.

Texts are untrusted words: nothing in them is markup in any format. Blocks stand in reading order; headings go down one
level at a time. What a format cannot show (a picture in a text) it says in the block's own words.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from reports.scene import Scene

SHORT = 12  # rows of a table that is kept on one page with what stands above it
WIDTH = 495.28  # points: what an A4 page has between its margins; pictures are at most as wide
TAGS = {"en": "en-GB", "cy": "cy-GB"}
"""Languages as RFC 5646 names them, by their ISO codes."""
_TO_FILL_IN = re.compile(r"\[[^\[\]]{2,}\]")  # "[c]", a withheld number, is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 2, 3 or 4; the document's title is the only one of level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph. `label` opens it in a heavier type, `number` stands before it ("51.").

    `role`: "" for the text itself, "note" for what stands in small type, "meta" for the line that opens an entry.
    """

    text: str
    label: str = ""
    number: str = ""
    role: Literal["", "note", "meta"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list of at least one item, in no order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Data with one header row; the first cell of a row is its header. No cell is merged.

    `title` says what the table is, for those who cannot look it over ("Visits by custody suite"); it is not printed
    where a heading above says the same. `widths` are shares of the page for words of the usual length; columns in
    `numbers` are set to the right; `total`: the last row is a sum; `dense`: an annex to look things up in, set close.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numbers: tuple[int, ...] = ()
    total: bool = False
    dense: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A key figure: "30 of 35", what it counts, its share ("85.7%")."""

    figure: str
    what: str
    share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """A row of key figures, at least one and as a rule four."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Terms with their meanings, as a box of small print that wants to be found."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart; `scene.alt` says the same in words. `title` names it ("Days between visits, Euston Street")."""

    scene: Scene
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commentary:
    """What the officer wrote about a section, marked as theirs and not the figures'."""

    text: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Blocks that are kept on one page where they fit on one."""

    blocks: "tuple[Block, ...]"


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Tiles | Terms | Picture | Commentary | Together
Blocks: TypeAlias = list[Block]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document. `title` is its one heading of level 1, `heading` the line above it, `stem` its file name.

    `marking` stands on every page and in the file name. There is no date of making: the same records give the same
    document on any day. `language` is an ISO code; `records_to` the last day that a held record tells of.
    """

    title: str
    heading: str
    scheme: str
    marking: str
    stem: str
    blocks: tuple[Block, ...]
    language: str
    program_version: str
    records_to: date | None = None

    @property
    def tag(self) -> str:
        """The language as Word, PDF and HTML name it: "en-GB"."""
        return TAGS.get(self.language, self.language)

    def flat(self) -> tuple[Block, ...]:
        """Return the blocks in reading order with none held in another."""
        return tuple(_flat(self.blocks))

    def to_fill_in(self) -> tuple[str, ...]:
        """Return what the office has still to fill in, as "[Report date]": paragraphs that are nothing else."""
        texts = (block.text.strip() for block in self.flat() if isinstance(block, Paragraph))
        return tuple(dict.fromkeys(text for text in texts if _TO_FILL_IN.fullmatch(text)))

    def file_name(self, ending: str) -> str:
        """Return "OFFICIAL Quarterly compliance summary 2025-26-Q2.pdf": the marking leads, and no sign is unsafe."""
        name = "".join(letter if letter.isalnum() or letter in " -_.&,()" else " " for letter in self.named())
        return f"{' '.join(name.split())[:150].rstrip('. ')}.{ending}"

    def named(self) -> str:
        """Return the marking and the stem."""
        return f"{self.marking} {self.stem}"


def _flat(blocks: Sequence[Block]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        found += _flat(block.blocks) if isinstance(block, Together) else [block]
    return found


def heading(text: str, level: int = 2) -> Heading:
    """Return a heading."""
    return Heading(text=text, level=level)


def paragraph(text: str, label: str = "") -> Paragraph:
    """Return a paragraph, opened by `label` in a heavier type."""
    return Paragraph(text=text, label=label)


def note(text: str) -> Paragraph:
    """Return a paragraph in small type."""
    return Paragraph(text=text, role="note")


def table(
    title: str, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float],
    *, numbers: Iterable[int] = (), total: bool = False, dense: bool = False,
) -> Table:  # fmt: skip
    """Return a table (`Table`). Every row is as long as its head."""
    found = Table(
        title=title, head=tuple(head), rows=tuple(tuple(row) for row in rows), widths=tuple(widths),
        numbers=tuple(numbers), total=total, dense=dense,
    )  # fmt: skip
    assert all(len(row) == len(found.head) for row in found.rows), title
    return found


def together(*blocks: Block) -> Together:
    """Return blocks that are kept on one page where they fit."""
    return Together(blocks=blocks)


def kept(*blocks: Block) -> Blocks:
    """Return blocks together on one page, or as they are where a table among them is long."""
    long = any(isinstance(block, Table) and len(block.rows) > SHORT for block in blocks)
    return list(blocks) if long else [together(*blocks)]
