"""The blocks of a printed document: title band, tiles, tables, boxed notes, pictures."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Table

from reports.page import (
    BODY_WIDTH,
    BOLD,
    MARGIN,
    NAVY,
    REGULAR,
    RULE,
    SEMIBOLD,
    TINT,
    TOP,
    WIDTH,
    drawable,
    outline,
    paragraph,
)
from reports.plain import clean, shortened
from reports.scene import Line, Polygon, Rect, Scene, Text

_FONTS = {"regular": REGULAR, "semibold": SEMIBOLD, "bold": BOLD}


class Band(Flowable):  # type: ignore[misc]
    """The navy band across the top of the first page; it stands first in its story. Texts are untrusted."""

    def __init__(self, scheme: str, title: str, subtitle: str) -> None:
        super().__init__()
        self.title = title
        self.lines = [
            paragraph(shortened(scheme, 160), "scheme"),
            paragraph(title, "title"),
            paragraph(subtitle, "subtitle"),
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
        canvas.setFillColor(HexColor(NAVY))
        canvas.rect(-MARGIN, 16, WIDTH, self.height + TOP, stroke=0, fill=1)
        y = self.height + 16
        for line, height, space in zip(self.lines, self.heights, (4, 4, 0), strict=True):
            y -= height
            line.drawOn(canvas, 0, y)
            y -= space
        outline(canvas, clean(self.title, drawable()), self.height + 16)


class Tiles(Flowable):  # type: ignore[misc]
    """A row of key figures: (figure, what it counts, its share). All are drawn at one size, the largest that fits."""

    GAP = 8.0
    PAD = 10.0

    def __init__(self, tiles: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self.tiles = tiles
        self.texts = [paragraph(what, "tile") for _, what, _ in tiles]
        self.width = (BODY_WIDTH - self.GAP * (len(tiles) - 1)) / len(tiles)
        room = self.width - 2 * self.PAD
        widest = max(stringWidth(figure, BOLD, 1) for figure, _, _ in tiles)
        self.size = min(23.0, room / widest)
        self.text_height = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room for the tallest tile."""
        self.text_height = max(text.wrap(self.width - 2 * self.PAD, height)[1] for text in self.texts)
        self.height = self.PAD * 2 + 24 + 5 + self.text_height + 6 + 13
        return width, self.height + 4

    def draw(self) -> None:
        """Draw every tile with its figure above its words, and the share at the foot."""
        canvas = self.canv
        for index, ((figure, _, share), text) in enumerate(zip(self.tiles, self.texts, strict=True)):
            x = index * (self.width + self.GAP)
            canvas.setFillColor(HexColor(TINT))
            canvas.rect(x, 4, self.width, self.height, stroke=0, fill=1)
            canvas.setFillColor(HexColor(NAVY))
            canvas.rect(x, 4 + self.height - 3, self.width, 3, stroke=0, fill=1)
            canvas.setFont(BOLD, self.size)
            canvas.drawString(x + self.PAD, 4 + self.height - self.PAD - 20, figure)
            top = 4 + self.height - self.PAD - 24 - 5
            text.drawOn(canvas, x + self.PAD, top - text.height)
            canvas.setFillColor(HexColor(NAVY))
            canvas.setFont(SEMIBOLD, 11.5)
            canvas.drawString(x + self.PAD, 4 + self.PAD + 1, share)


class Picture(Flowable):  # type: ignore[misc]
    """A scene on paper. `alt` is kept for the tags of a later layer."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self.scene, self.alt = scene, scene.alt

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the scene's own size and a little air."""
        return self.scene.width, self.scene.height + 4

    def draw(self) -> None:
        """Draw the items in their order; a scene's y grows downwards, a page's upwards."""
        canvas, top = self.canv, self.scene.height + 4
        for item in self.scene.items:
            if isinstance(item, Rect):
                _rect(canvas, item, top)
            elif isinstance(item, Line):
                canvas.setStrokeColor(HexColor(item.stroke))
                canvas.setLineWidth(item.stroke_width)
                canvas.setDash(list(item.dash))
                canvas.line(item.x1, top - item.y1, item.x2, top - item.y2)
            elif isinstance(item, Polygon):
                _polygon(canvas, item, top)
            else:
                _text(canvas, item, top)


def _rect(canvas: Any, item: Rect, top: float) -> None:
    canvas.saveState()
    if item.fill:
        canvas.setFillColor(HexColor(item.fill))
    if item.stroke:
        canvas.setStrokeColor(HexColor(item.stroke))
        canvas.setLineWidth(item.stroke_width)
        canvas.setDash(list(item.dash))
    canvas.roundRect(
        item.x,
        top - item.y - item.height,
        item.width,
        item.height,
        item.radius,
        int(bool(item.stroke)),
        int(bool(item.fill)),
    )
    canvas.restoreState()


def _polygon(canvas: Any, item: Polygon, top: float) -> None:
    path = canvas.beginPath()
    path.moveTo(item.points[0][0], top - item.points[0][1])
    for x, y in item.points[1:]:
        path.lineTo(x, top - y)
    path.close()
    canvas.setFillColor(HexColor(item.fill))
    canvas.drawPath(path, stroke=0, fill=1)


def _text(canvas: Any, item: Text, top: float) -> None:
    canvas.setFillColor(HexColor(item.colour))
    canvas.setFont(_FONTS[item.weight], item.size)
    draw = {"left": canvas.drawString, "centre": canvas.drawCentredString, "right": canvas.drawRightString}[item.align]
    draw(item.x, top - item.y, clean(item.text, drawable()).replace("\n", " "))


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    numbers: Sequence[int] = (),
    total: bool = False,
) -> Any:
    """Return a table across the page that repeats its head on every page and may break within a tall row.

    `widths` are shares of the page's width, for words of the usual length (`column_widths`); columns in `numbers` are
    set to the right; `total`: the last row is a sum and stands under a rule. Texts are untrusted.
    """
    last = len(rows) - 1
    cells: list[list[Any]] = [
        [paragraph(text, "head_right" if column in numbers else "head") for column, text in enumerate(head)]
    ]
    for index, row in enumerate(rows):
        name = "cell_bold" if total and index == last else "cell"
        cells.append(
            [paragraph(text, f"{name}_right" if column in numbers else name) for column, text in enumerate(row)]
        )
    look: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), REGULAR, 10),  # else each cell asks for Helvetica
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(NAVY)),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ("LEFTPADDING", (0, 0), (-1, -1), 5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 5),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, HexColor(RULE)),
    ]
    if total:
        look += [
            ("LINEABOVE", (0, -1), (-1, -1), 1.0, HexColor(NAVY)),
            ("LINEBELOW", (0, -1), (-1, -1), 1.0, HexColor(NAVY)),
            ("NOSPLIT", (0, -2), (0, -1)),
        ]
    return Table(
        cells,
        colWidths=column_widths(head, widths),
        repeatRows=1,
        splitInRow=1,
        style=look,
        spaceBefore=4,
        spaceAfter=7,
        hAlign="LEFT",
    )


def column_widths(head: Sequence[str], shares: Sequence[float]) -> list[float]:
    """Return the widths of columns in points: by `shares`, save that no word of a head is broken where there is room.

    Other languages have longer words. What a column wants more, those with room to spare give, in proportion to it.
    """
    widths = [BODY_WIDTH * share / sum(shares) for share in shares]
    wanted = [
        max((stringWidth(word, SEMIBOLD, 9.5) for word in clean(text, drawable()).split()), default=0) + 2 * 5 + 0.1
        for text in head
    ]
    spare = [max(width - want, 0) for width, want in zip(widths, wanted, strict=True)]
    short = [max(want - width, 0) for width, want in zip(widths, wanted, strict=True)]
    if not any(short) or sum(short) > sum(spare):
        return widths
    given = sum(short) / sum(spare)
    return [width + more - room * given for width, more, room in zip(widths, short, spare, strict=True)]


def boxed(rows: Sequence[tuple[str, str]]) -> Any:
    """Return a tinted list of (term, meaning): small print that wants to be found. It may break anywhere."""
    cells = [[paragraph(term, "cell_bold"), paragraph(meaning, "cell")] for term, meaning in rows]
    look = [
        ("FONT", (0, 0), (-1, -1), REGULAR, 10),
        ("BACKGROUND", (0, 0), (-1, -1), HexColor(TINT)),
        ("LINEBEFORE", (0, 0), (0, -1), 3, HexColor(NAVY)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("LINEABOVE", (0, 1), (-1, -1), 0.5, HexColor("#ffffff")),
    ]
    return Table(
        cells,
        colWidths=[BODY_WIDTH * 0.27, BODY_WIDTH * 0.73],
        splitInRow=1,
        style=look,
        spaceBefore=4,
        spaceAfter=7,
        hAlign="LEFT",
    )
