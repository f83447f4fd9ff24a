"""The PDF of a document, tagged and ready to keep, against plain reportlab drawing the same blocks once, untagged."""

import gc
import io
import json
import statistics
import time
import tracemalloc
from collections.abc import Callable
from functools import singledispatch
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Paragraph, Table

from reports import document as doc
from reports.formats import pdf, picture
from reports.formats.blocks import column_widths
from reports.formats.lettering import styles
from reports.formats.page import BODY_WIDTH, MARGIN
from reports.formats.typeface import REGULAR, drawable
from reports.plain import markup
from reports.summary import quarterly
from tests.reports import samples

GOAL = 3.0
ROWS = 1000
_SAID = "Visitors found that the heating had failed in cells 4 to 9. "


def untagged(document: doc.Document) -> bytes:
    """Draw the blocks once as the manual of reportlab shows: no tags, no outline, no number of pages."""
    stream = io.BytesIO()
    drawn = BaseDocTemplate(stream, pagesize=A4, initialFontName=REGULAR, invariant=1, pageCompression=1)
    frame = Frame(MARGIN, 60, BODY_WIDTH, A4[1] - 120, 0, 0, 0, 0)
    drawn.addPageTemplates([PageTemplate(frames=[frame])])
    head = [_said(document.scheme, "small"), _said(document.heading, "paper_title"), _said(document.title)]
    drawn.build([*head, *(each for block in document.flat() for each in _plain(block))])
    return stream.getvalue()


def _said(text: str, style: str = "body", label: str = "") -> Any:
    said = markup(text, drawable())
    return Paragraph(f"<b>{markup(label, drawable())}</b> {said}" if label else said, styles()[style])


def _grid(cells: list[list[Any]], widths: list[float], **more: Any) -> Any:
    look = [
        ("FONT", (0, 0), (-1, -1), REGULAR, 10), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor("#12436d")), ("LINEBELOW", (0, 1), (-1, -1), 0.5, HexColor("#c3c9cf")),
        ("TOPPADDING", (0, 0), (-1, -1), 4), ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ("LEFTPADDING", (0, 0), (-1, -1), 5), ("RIGHTPADDING", (0, 0), (-1, -1), 5),
    ]  # fmt: skip
    return Table(cells, colWidths=widths, style=look, **more)


@singledispatch
def _plain(block: Any) -> list[Any]:
    raise TypeError(block)


@_plain.register
def _(block: doc.Heading) -> list[Any]:
    return [_said(block.text, f"h{block.level}")]


@_plain.register
def _(block: doc.Paragraph) -> list[Any]:
    return [_said(block.text, {"note": "small", "meta": "meta", "": "body"}[block.role], block.label)]


@_plain.register
def _(block: doc.Bullets) -> list[Any]:
    return [_said(f"• {item}") for item in block.items]


@_plain.register
def _(block: doc.Table) -> list[Any]:
    cells = [[_said(text, "head") for text in block.head]]
    cells += [[_said(text, "cell_right" if place in block.numbers else "cell") for place, text in enumerate(row)]
              for row in block.rows]  # fmt: skip
    return [_grid(cells, column_widths(block.head, block.widths), repeatRows=1, splitInRow=1)]


@_plain.register
def _(block: doc.Tiles) -> list[Any]:
    cells = [[_said(f"{tile.figure} {tile.what} {tile.share}", "cell") for tile in block.tiles]]
    return [_grid(cells, [BODY_WIDTH / len(block.tiles)] * len(block.tiles))]


@_plain.register
def _(block: doc.Terms) -> list[Any]:
    cells = [[_said(term, "cell_bold"), _said(meaning, "cell")] for term, meaning in block.pairs]
    return [_grid(cells, [BODY_WIDTH * 0.27, BODY_WIDTH * 0.73], splitInRow=1)]


@_plain.register
def _(block: doc.Commentary) -> list[Any]:
    return [KeepTogether([_said(block.label, "small"), _said(block.text)])]


@_plain.register
def _(block: doc.Picture) -> list[Any]:
    return [_Scene(block.scene)]


class _Scene(Flowable):  # type: ignore[misc]
    def __init__(self, scene: Any) -> None:
        super().__init__()
        self.scene, self.width, self.height = scene, scene.width, scene.height

    def draw(self) -> None:
        picture.paint(self.canv, self.scene, self.scene.height)


def rows(count: int) -> doc.Document:
    """Return a document with one table of so many rows."""
    head = ("Suite", "What was found", "Due", "Made", "Missed")
    cells = [(f"Suite {number}", _SAID, "13", str(number % 13), "1") for number in range(count)]
    return doc.Document(
        title="A long table", heading="Independent custody visiting", scheme="Example", marking="OFFICIAL", stem="x",
        blocks=(doc.heading("Visits"), doc.table("Visits", head, cells, (20, 50, 10, 10, 10), numbers=(2, 3, 4))),
        language="en", program_version="1",
    )  # fmt: skip


def _seconds(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        gc.collect()
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _peak(work: Callable[[], object]) -> int:
    gc.collect()
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def time_of(what: str, document: doc.Document, runs: int) -> tuple[str, float, float, str]:
    """Measure `render` against the untagged drawing of the same blocks."""
    pdf.render(document)
    untagged(document)
    ours, bare = _seconds(lambda: pdf.render(document), runs), _seconds(lambda: untagged(document), runs)
    return f"{what}, tagged / untagged", ours / bare, GOAL, f"{ours * 1000:.0f} ms / {bare * 1000:.0f} ms"


def growth() -> tuple[str, float, float, str]:
    """Measure a row in a table of 2,000 against one in a table of 500, tagged."""
    short, long = (_seconds(lambda count=count: pdf.render(rows(count)), 3) / count for count in (500, 2000))
    return "a row of 2,000 / a row of 500", long / short, 2.0, f"{long * 1e6:.0f} µs / {short * 1e6:.0f} µs"


def memory() -> list[tuple[str, float, float, str]]:
    """Measure the most that is held at a time, and what a row adds to it."""
    once, twice = rows(ROWS), rows(2 * ROWS)
    ours, bare, more = _peak(lambda: pdf.render(once)), _peak(lambda: untagged(once)), _peak(lambda: pdf.render(twice))
    held, beside, doubled = (f"{size / 1e6:.1f} MB" for size in (ours, bare, more))
    return [
        (f"memory for {ROWS:,} rows, tagged / untagged", ours / bare, 1.5, f"{held} / {beside}"),
        ("memory for twice the rows / once", more / ours, 2.1, f"{doubled} / {held}"),
    ]


def main() -> list[tuple[str, float, float, str]]:
    """Return the lines of the table."""
    reference = quarterly.of(samples.account())
    large = quarterly.of(samples.account(samples.large(40, 53)))
    return [
        time_of("a quarter's PDF", reference, 9),
        time_of("a year of forty suites", large, 3),
        time_of(f"a table of {ROWS:,} rows", rows(ROWS), 3),
        growth(),
        *memory(),
    ]


if __name__ == "__main__":
    print(json.dumps(main(), indent=1))
