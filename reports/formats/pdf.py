"""A document as a PDF: the blocks as flowables on marked A4 pages."""

from functools import singledispatch
from itertools import pairwise

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from reports import document as doc
from reports.formats import page
from reports.formats.blocks import Band, commentary, table, terms
from reports.formats.blocks import Tiles as TilesOnPaper
from reports.formats.page import BODY_WIDTH, Progress, Story
from reports.formats.picture import Picture as PictureOnPaper
from reports.formats.tagging import BULLETED
from reports.formats.text import heading, items, labelled, numbered, paragraph

SHORT = 6  # rows of a table that is kept with its heading


def render(document: doc.Document, progress: Progress | None = None) -> bytes:
    """Return the tagged PDF of a document; the same one gives the same bytes. `progress` is told of every page."""
    furniture = page.Furniture(
        title=document.title,
        scheme=document.scheme,
        marking=document.marking,
        program_version=document.program_version,
        records_to=document.records_to,
        language=document.language,
    )
    return page.build(_story(document), furniture, progress)


def _story(document: doc.Document) -> Story:
    return [Band(document.scheme, document.title, heading=document.heading), *_flowables(document.blocks)]


def _flowables(blocks: tuple[doc.Block, ...]) -> Story:
    story: Story = []
    for block, after in pairwise((*blocks, None)):
        if block is None:
            continue
        if isinstance(block, doc.Heading):
            long = isinstance(after, (doc.Table, doc.Terms)) and not _short(after)
            story += [CondPageBreak(130)] if long else []
            story.append(heading(block.text, block.level, whole=not long))
            continue
        story += _made(block)
        if isinstance(block, doc.Paragraph) and block.role == "note" and _short(after):
            story[-1].keepWithNext = 1
    return story


def _short(block: doc.Block | None) -> bool:
    """Return whether a block is kept on one page with what leads up to it."""
    rows = block.rows if isinstance(block, doc.Table) else block.pairs if isinstance(block, doc.Terms) else None
    return isinstance(block, doc.Picture) or (rows is not None and len(rows) <= SHORT)


@singledispatch
def _made(block: doc.Block) -> Story:
    raise TypeError(block)


@_made.register
def _(block: doc.Paragraph) -> Story:
    if block.number:
        return [numbered(block.number, block.text, block.label)]
    style = {"note": "small", "meta": "meta", "": "body"}[block.role]
    return [labelled(block.label, block.text, style) if block.label else paragraph(block.text, style)]


@_made.register
def _(block: doc.Bullets) -> Story:
    return list(items(block.items, BULLETED))


@_made.register
def _(block: doc.Table) -> Story:
    shown = table(
        block.head, block.rows, block.widths,
        numbers=block.numbers, total=block.total, dense=block.dense, summary=block.title,
    )  # fmt: skip
    return [shown]


@_made.register
def _(block: doc.Tiles) -> Story:
    return [TilesOnPaper([(tile.figure, tile.what, tile.share) for tile in block.tiles])]


@_made.register
def _(block: doc.Terms) -> Story:
    return [terms(block.pairs)]


@_made.register
def _(block: doc.Picture) -> Story:
    assert block.scene.width <= BODY_WIDTH + 0.01, "a picture is drawn as wide as the page at most"
    return [PictureOnPaper(block.scene, block.title), Spacer(1, 6)]


@_made.register
def _(block: doc.Commentary) -> Story:
    return [commentary(block.label, block.text)]


@_made.register
def _(block: doc.Together) -> Story:
    return [KeepTogether(_flowables(block.blocks))]
