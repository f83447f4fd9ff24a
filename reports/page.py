"""The page: A4 with its fonts, type sizes, marking, footer, outline and the properties of the document."""

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

import resources
from forms.translation import language, tr
from reports.plain import clean, markup, shortened

WIDTH, HEIGHT = A4
MARGIN = 50.0
TOP, BOTTOM = 60.0, 60.0
BODY_WIDTH = WIDTH - 2 * MARGIN

NAVY, INK, QUIET, RULE, TINT = "#12436d", "#1a1a1a", "#4a5560", "#c3c9cf", "#e6eef6"
REGULAR, SEMIBOLD, BOLD = "Atkinson", "Atkinson-SemiBold", "Atkinson-Bold"
_FILES = {REGULAR: "Regular", SEMIBOLD: "SemiBold", BOLD: "Bold"}
_TAGS = {"en": "en-GB", "cy": "cy-GB"}  # RFC 5646, as PDF's /Lang asks

Story = list[Any]  # reportlab's flowables, which carry no types


@cache
def drawable() -> frozenset[int]:
    """Register the fonts, once a process, and return the code points that every one of them can draw."""
    points: set[int] | None = None
    for name, file in _FILES.items():
        font = TTFont(name, str(resources.path(f"fonts/AtkinsonHyperlegibleNext-{file}.ttf")))
        pdfmetrics.registerFont(font)
        known = set(font.face.charToGlyph)
        points = known if points is None else points & known
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=REGULAR, boldItalic=SEMIBOLD)
    return frozenset(points or ())


def style(name: str, size: float, leading: float, font: str = REGULAR, colour: str = INK, **more: Any) -> Any:
    """Return a paragraph style in points; long words break, and no line is left alone at the foot or head of a page."""
    drawable()
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=HexColor(colour),
        allowWidows=0,
        allowOrphans=0,
        **more,
    )


@cache
def styles() -> dict[str, Any]:
    """Return every style of the document by name: the one place where type sizes stand."""
    return {
        "scheme": style("scheme", 12, 16, colour="#ffffff"),
        "title": style("title", 25, 30, BOLD, "#ffffff"),
        "subtitle": style("subtitle", 14, 19, colour="#ffffff"),
        "h2": style("h2", 15.5, 20, BOLD, NAVY, spaceBefore=14, spaceAfter=4, keepWithNext=1),
        "h3": style("h3", 12, 16, SEMIBOLD, spaceBefore=9, spaceAfter=3, keepWithNext=1),
        "body": style("body", 12, 17, spaceAfter=6),
        "small": style("small", 10, 14, colour=QUIET, spaceAfter=5),
        "cell": style("cell", 10, 13.5),
        "cell_right": style("cell_right", 10, 13.5, alignment=2),
        "cell_bold_right": style("cell_bold_right", 10, 13.5, SEMIBOLD, alignment=2),
        "cell_bold": style("cell_bold", 10, 13.5, SEMIBOLD),
        "head": style("head", 9.5, 12, SEMIBOLD, "#ffffff"),
        "head_right": style("head_right", 9.5, 12, SEMIBOLD, "#ffffff", alignment=2),
        "tile": style("tile", 10.5, 13.5),
        "meta": style("meta", 11, 15, SEMIBOLD, NAVY, spaceBefore=3, keepWithNext=1),
        "finding": style("finding", 12, 16.5, spaceAfter=2),
        "read_question": style("read_question", 11, 15, colour=QUIET),
        "read_answer": style("read_answer", 12, 15.5),
        "paper_title": style("paper_title", 22, 27, BOLD),
        "asked": style("asked", 11, 13),
        "asked_number": style("asked_number", 10.5, 13.5, BOLD),
        "asked_hint": style("asked_hint", 9.5, 11.5, colour=QUIET),
        "asked_key": style("asked_key", 10, 12),
        "asked_part": style("asked_part", 11, 14, BOLD),
        "option": style("option", 11, 13),
        "answered": style("answered", 11, 13.5, BOLD),
        "column": style("column", 9, 10.5, SEMIBOLD, alignment=1),
        "upright": style("upright", 9, 10.5, SEMIBOLD),
    }


def paragraph(text: str, name: str = "body") -> Any:
    """Return untrusted `text` as a paragraph: nothing in it is markup."""
    return Paragraph(markup(text, drawable()), styles()[name])


def labelled(label: str, text: str, name: str = "body") -> Any:
    """Return a paragraph that opens with a label in a heavier type; `text` is untrusted."""
    return Paragraph(f"<b>{markup(label, drawable())}</b> {markup(text, drawable())}", styles()[name])


def stacked(text: str, small: str, name: str) -> Any:
    """Return a paragraph of `text`, and after it in smaller type `small`; both are untrusted."""
    said = markup(text, drawable())
    if small:
        hint = styles()["asked_hint"]
        said += f'  <font name="{REGULAR}" size="{hint.fontSize}" color="{QUIET}">{markup(small, drawable())}</font>'
    return Paragraph(said, styles()[name])


def keyed(pairs: Sequence[tuple[str, str]], name: str) -> Any:
    """Return a paragraph of letters, each with the text that it stands for; the texts are untrusted."""
    said = (f"<b>{letter}</b>&nbsp;{markup(text, drawable())}" for letter, text in pairs)
    return Paragraph(" &nbsp; ".join(said), styles()[name])


class Heading(Paragraph):  # type: ignore[misc]
    """A heading of level 2 or 3, kept on one page with what follows, if that fits (`whole`).

    It enters itself in the outline, so that the order of headings stands in one place.
    """

    def __init__(self, text: str, level: int = 2, *, whole: bool = True) -> None:
        super().__init__(markup(text, drawable()), styles()[f"h{level}"])
        self.plain, self.level = clean(text, drawable()), level
        self.keepWithNext = int(whole)

    def draw(self) -> None:
        """Draw the words and, for level 2, the bookmark."""
        if self.level == 2:
            outline(self.canv, self.plain, self.height)
        super().draw()


class Title(Paragraph):  # type: ignore[misc]
    """The title of a document without a band; it enters itself in the outline."""

    def __init__(self, text: str) -> None:
        super().__init__(markup(text, drawable()), styles()["paper_title"])
        self.plain = clean(text, drawable())

    def draw(self) -> None:
        """Draw the words and the bookmark."""
        outline(self.canv, self.plain, self.height)
        super().draw()


def outline(canvas: Any, text: str, height: float) -> None:
    """Enter `text` in the outline, leading to the current place on the page, `height` above the baseline."""
    key = f"section-{canvas.getPageNumber()}-{round(canvas.absolutePosition(0, height)[1])}"
    canvas.bookmarkHorizontal(key, 0, height + 6)
    canvas.addOutlineEntry(text, key, level=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What stands on every page, and the properties of the document. Texts are untrusted."""

    title: str
    scheme: str
    marking: str
    program_version: str
    records_to: date | None = None
    foot: str = ""  # at the foot of every page; "": the scheme
    note: str = ""  # at the head of every page, beside the marking: "Personal details masked"
    top: float = TOP  # points from the upper edge to the text
    banded: bool = True  # the first page opens with the navy band, so that its marking is white
    language: str = ""  # ISO code; "": the language in use


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """The document while it is built; `total` is the number of its pages, known the second time round."""

    furniture: Furniture
    total = 0

    def beforeDocument(self) -> None:  # noqa: N802  # reportlab's name
        """Set the time of the document: the day its records reach, or a fixed one, never the clock."""
        stamp = TimeStamp(1)
        stamp.lt = (self.furniture.records_to or date(2000, 1, 1)).timetuple()
        stamp.YMDhms = tuple(stamp.lt)[:6]
        stamp.dhh = stamp.dmm = 0
        written = self.canv._doc  # noqa: SLF001  # reportlab has no other way
        written._timeStamp = stamp  # noqa: SLF001
        written.signature = hashlib.md5(b"icv-app", usedforsecurity=False)  # the ID then follows from the pages alone
        self.canv.showOutline()

    def afterPage(self) -> None:  # noqa: N802  # reportlab's name
        """Draw the marking and the footer over the finished page."""
        _furnish(self.canv, self.furniture, self.page, self.total)


def _furnish(canvas: Any, furniture: Furniture, page: int, total: int) -> None:
    marking = shortened(clean(furniture.marking, drawable()), 60)
    canvas.saveState()
    canvas.setFont(SEMIBOLD, 10)
    canvas.setFillColor(HexColor("#ffffff" if page == 1 and furniture.banded else INK))
    canvas.drawCentredString(WIDTH / 2, HEIGHT - 34, marking)
    if furniture.note:
        canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 34, shortened(clean(furniture.note, drawable()), 40))
    canvas.setStrokeColor(HexColor(RULE))
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, 52, WIDTH - MARGIN, 52)
    canvas.setFillColor(HexColor(QUIET))
    canvas.setFont(REGULAR, 9.5)
    number = tr("Page {page} of {total}", page=page, total=total) if total else tr("Page {page}", page=page)
    canvas.drawRightString(WIDTH - MARGIN, 38, number)
    room = BODY_WIDTH - canvas.stringWidth(number, REGULAR, 9.5) - 20
    name = shortened(clean(furniture.foot or furniture.scheme, drawable()), 160)
    while len(name) > 4 and canvas.stringWidth(name, REGULAR, 9.5) > room:
        name = shortened(name, len(name) - 1)
    canvas.drawString(MARGIN, 38, name)
    canvas.setFillColor(HexColor(INK))
    canvas.setFont(SEMIBOLD, 10)
    canvas.drawCentredString(WIDTH / 2, 22, marking)
    canvas.restoreState()


def build(story: Callable[[], Story], furniture: Furniture) -> bytes:
    """Lay out a story on A4 pages and return the PDF. `story` is asked twice: the first time counts the pages.

    The same story and furniture give the same bytes, whatever the clock, the process or its environment.
    """
    total, content = 0, b""
    for _ in range(2):
        stream = io.BytesIO()
        title = clean(furniture.title, drawable())
        document = _Document(
            stream,
            pagesize=A4,
            title=title,
            author=clean(furniture.scheme, drawable()),
            subject=clean(furniture.marking, drawable()),
            creator=f"icv-app {furniture.program_version}",
            producer="icv-app, ReportLab",
            lang=_TAGS.get(furniture.language or language(), furniture.language or language()),
            initialFontName=REGULAR,  # else an unembedded Helvetica stands in every page
            displayDocTitle=True,
            invariant=1,
            pageCompression=1,
        )
        document.furniture, document.total = furniture, total
        frame = Frame(MARGIN, BOTTOM, BODY_WIDTH, HEIGHT - furniture.top - BOTTOM, 0, 0, 0, 0, id="body")
        document.addPageTemplates([PageTemplate(id="page", frames=[frame])])
        document.build(story())
        total, content = document.page, stream.getvalue()
    return content
