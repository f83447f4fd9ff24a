"""The blocks that documents are made of, one place for each: band, key figures, table, terms, commentary."""

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from reports.formats.grid import DataTable, Look, Plan, Terms, grid
from reports.formats.lettering import NAVY, RULE, TINT, WHITE, colour, styles
from reports.formats.page import BODY_WIDTH, MARGIN, TOP, WIDTH
from reports.formats.tagging import Element
from reports.formats.text import outline, paragraph
from reports.formats.typeface import BOLD, SEMIBOLD, drawable
from reports.plain import clean, shortened


class Band(Flowable):  # type: ignore[misc]
    """The navy band across the top of the first page; it stands first in its story. Texts are untrusted.

    `title` is the title of the document. What stands above it in large type is `heading`; without one the title is
    large, and `below` stands under it.
    """

    def __init__(self, scheme: str, title: str, below: str = "", *, heading: str = "") -> None:
        super().__init__()
        self.title = clean(title, drawable())
        self.lines = [
            paragraph(shortened(scheme, 160), "scheme"),
            paragraph(heading, "title") if heading else paragraph(title, "title", role="H1"),
            paragraph(title, "subtitle", role="H1") if heading else paragraph(below, "subtitle"),
        ]
        self.heights: list[float] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room that the band takes of the frame; what lies above the frame is drawn beyond it."""
        self.heights = [line.wrap(width, height)[1] for line in self.lines]
        self.height = sum(self.heights) + 8 + 16
        return width, self.height + 16

    def draw(self) -> None:
        """Draw from the frame's left edge to both edges and the top of the sheet."""
        canvas = self.canv
        with canvas.artifact("Background"):
            canvas.setFillColor(colour(NAVY))
            canvas.rect(-MARGIN, 16, WIDTH, self.height + TOP, stroke=0, fill=1)
        y = self.height + 16
        for line, height, space in zip(self.lines, self.heights, (4, 4, 0), strict=True):
            y -= height
            line.drawOn(canvas, 0, y)
            y -= space
        outline(canvas, self.title, self.height + 16)


class Tiles(Flowable):  # type: ignore[misc]
    """A row of key figures: (figure, what it counts, its share), a list to those who hear them.

    All are drawn at one size, the largest that fits.
    """

    GAP = 8.0
    PAD = 10.0

    def __init__(self, tiles: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self.tiles = [(clean(figure, drawable()), clean(share, drawable())) for figure, _, share in tiles]
        self.texts = [paragraph(what, "tile") for _, what, _ in tiles]
        self.width = (BODY_WIDTH - self.GAP * (len(tiles) - 1)) / len(tiles)
        room = self.width - 2 * self.PAD
        widest = max(stringWidth(figure, BOLD, 1) for figure, _ in self.tiles)
        self.size = min(23.0, room / widest) if widest else 23.0
        self.text_height = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room for the tallest tile."""
        self.text_height = max(text.wrap(self.width - 2 * self.PAD, height)[1] for text in self.texts)
        self.height = self.PAD * 2 + 24 + 5 + self.text_height + 6 + 13
        return width, self.height + 4

    def draw(self) -> None:
        """Draw every tile with its figure above its words, and the share at the foot: the order in which it is read."""
        canvas, whole = self.canv, Element("L")
        for index, ((figure, share), text) in enumerate(zip(self.tiles, self.texts, strict=True)):
            x = index * (self.width + self.GAP)
            with canvas.artifact("Background"):
                canvas.setFillColor(colour(TINT))
                canvas.rect(x, 4, self.width, self.height, stroke=0, fill=1)
                canvas.setFillColor(colour(NAVY))
                canvas.rect(x, 4 + self.height - 3, self.width, 3, stroke=0, fill=1)
            item = whole.part("LI").part("LBody")
            with canvas.tagged(item):
                canvas.setFont(BOLD, self.size)
                canvas.drawString(x + self.PAD, 4 + self.height - self.PAD - 20, f"{figure} ")
            with canvas.part(item, whole=True):
                top = 4 + self.height - self.PAD - 24 - 5
                text.drawOn(canvas, x + self.PAD, top - text.height)
            if share:
                with canvas.tagged(item):
                    canvas.setFillColor(colour(NAVY))
                    canvas.setFont(SEMIBOLD, 11.5)
                    canvas.drawString(x + self.PAD, 4 + self.PAD + 1, share)


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    numbers: Sequence[int] = (),
    total: bool = False,
    dense: bool = False,
    summary: str = "",
) -> Any:
    """Return a table across the page that repeats its head on every page and may break within a tall row.

    `widths` are shares of the page's width, for words of the usual length (`column_widths`); columns in `numbers` are
    set to the right; `total`: the last row is a sum and stands under a rule; `dense`: in small type, set close;
    `summary` says what the table is of to those who cannot look it over. Texts are untrusted.
    """
    last = len(rows) - 1
    cells: list[list[Any]] = [
        [paragraph(text, "head_right" if column in numbers else "head") for column, text in enumerate(head)]
    ]
    for index, row in enumerate(rows):
        name = "cell_bold" if total and index == last else "cell_dense" if dense else "cell"
        cells.append(
            [paragraph(text, f"{name}_right" if column in numbers else name) for column, text in enumerate(row)]
        )
    wides = column_widths(head, widths)
    look: list[Look] = [
        ("BACKGROUND", (0, 0), (-1, 0), colour(NAVY)),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, colour(RULE)),
    ]
    if total:
        look += [
            ("LINEABOVE", (0, -1), (-1, -1), 1.0, colour(NAVY)),
            ("LINEBELOW", (0, -1), (-1, -1), 1.0, colour(NAVY)),
        ]
        # the sum stays with the row before it, unless no page holds both: reportlab would turn pages for ever
        if sum(_height(row, wides) for row in cells[-2:]) < 200:
            look.append(("NOSPLIT", (0, -2), (0, -1)))
    tall = any(_height(row, wides) > _TALL for row in cells)
    return grid(
        cells, wides, DataTable(1, summary=clean(summary)), look,
        padding=(1, 5, 2, 5) if dense else (4, 5, 5, 5), repeatRows=1, splitInRow=int(tall),
        spaceBefore=4, spaceAfter=7,
    )  # fmt: skip


def _height(row: Sequence[Any], widths: Sequence[float]) -> float:
    """Return how high the texts of a row are in columns of these widths, in points."""
    return max((cell.wrap(max(width - 10, 1), 10_000)[1] for cell, width in zip(row, widths, strict=True)), default=0.0)


def column_widths(head: Sequence[str], shares: Sequence[float]) -> list[float]:
    """Return the widths of columns in points: by `shares`, save that no word of a head is broken where there is room.

    Other languages have longer words. What a column wants more, those with room to spare give, in proportion to it.
    """
    widths = [BODY_WIDTH * share / sum(shares) for share in shares]
    size = styles()["head"].fontSize
    wanted = [
        max((stringWidth(word, SEMIBOLD, size) for word in clean(text, drawable()).split()), default=0) + 2 * 5 + 0.1
        for text in head
    ]
    spare = [max(width - want, 0) for width, want in zip(widths, wanted, strict=True)]
    short = [max(want - width, 0) for width, want in zip(widths, wanted, strict=True)]
    if not any(short) or sum(short) > sum(spare):
        return widths
    given = sum(short) / sum(spare)
    return [width + more - room * given for width, more, room in zip(widths, short, spare, strict=True)]


_TALL = 230
"""Points, a third of a page: a row that is higher may be cut in two at the foot of a page, and with it its table's
others. Lower ones are not: half a row under a head of its own reads as a row."""
_BOX: tuple[Look, ...] = (
    ("BACKGROUND", (0, 0), (-1, -1), colour(TINT)),
    ("LINEBEFORE", (0, 0), (0, -1), 3, colour(NAVY)),
)


def terms(pairs: Sequence[tuple[str, str]]) -> Any:
    """Return a tinted list of (term, meaning): small print that wants to be found. It may break anywhere."""
    return grid(
        [[paragraph(term, "cell_bold"), paragraph(meaning, "cell")] for term, meaning in pairs],
        [BODY_WIDTH * 0.27, BODY_WIDTH * 0.73], Terms(), [*_BOX, ("LINEABOVE", (0, 1), (-1, -1), 0.5, colour(WHITE))],
        padding=(4, 8, 4, 10), splitInRow=1, spaceBefore=4, spaceAfter=7,
    )  # fmt: skip


def commentary(label: str, text: str) -> Any:
    """Return what somebody wrote, in a tinted box under whose words they are, a quotation to those who hear it."""
    lines = [paragraph(label, "commentary_by")]
    lines += [paragraph(part, "commentary") for part in text.split("\n") if part.strip()]
    return grid(
        [[line] for line in lines], [BODY_WIDTH], Plan(Element("BlockQuote")), _BOX,
        padding=(3, 10, 3, 12), splitInRow=1, spaceBefore=4, spaceAfter=9,
    )  # fmt: skip
