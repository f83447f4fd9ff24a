"""The page: A4 with its marking and footer, the properties of the document, and the building of it all."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeAlias

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase.pdfdoc import PDFStream, PDFZCompress
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from forms.translation import language, tr
from reports.document import TAGS
from reports.formats import archive, tag_tree
from reports.formats.lettering import INK, QUIET, RULE, WHITE, colour
from reports.formats.tagging import TaggedCanvas
from reports.formats.typeface import REGULAR, SEMIBOLD, drawable
from reports.plain import clean, shortened

WIDTH, HEIGHT = A4
MARGIN = 50.0
TOP, BOTTOM = 60.0, 60.0
BODY_WIDTH = WIDTH - 2 * MARGIN
_UNDATED = date(2000, 1, 1)

Story: TypeAlias = list[Any]
"""reportlab's flowables, which carry no types."""
Progress: TypeAlias = Callable[[int], None]
"""Is told the number of the page that was begun; it may raise to have the work given up."""


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

    @property
    def locale(self) -> str:
        """The language as PDF names it."""
        code = self.language or language()
        return TAGS.get(code, code)


class _Canvas(TaggedCanvas):
    """The canvas of a document: every page gets its furniture once it is known how many there are.

    Each page is drawn once; the furniture is written behind what is drawn there, so that bookmarks and marks stay on
    the page where they were made.
    """

    def __init__(self, *arguments: Any, furniture: Furniture, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._furniture = furniture
        self._code: list[str]

    def save(self) -> None:
        """Furnish the pages, plant the tree of tags, and write the file."""
        document = self._doc
        pages = document.Pages.pages
        for number, page in enumerate(pages, 1):
            self._code = []
            self.init_graphics_state()
            _furnish(self, self._furniture, number, len(pages))
            drawn = "\n".join([page.stream, *self._code, ""])
            page.Contents = PDFStream(content=drawn.encode("latin-1"), filters=[PDFZCompress])
        self._code = []
        tag_tree.plant(self)
        day = self._furniture.records_to or _UNDATED
        document._timeStamp = _dated(day)  # noqa: SLF001  # reportlab has no other way
        archive.preserve(document, day=day, language=self._furniture.locale)
        super().save()


def _dated(day: date) -> Any:
    """Return reportlab's time of a document: midnight of a day, never the clock."""
    stamp = TimeStamp(1)
    stamp.lt = day.timetuple()
    stamp.YMDhms = tuple(stamp.lt)[:6]
    stamp.dhh = stamp.dmm = 0
    return stamp


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """The document while it is built."""

    progress: Progress | None = None

    def beforeDocument(self) -> None:  # noqa: N802  # reportlab's name
        """Have the outline shown."""
        self.canv.showOutline()

    def beforePage(self) -> None:  # noqa: N802  # reportlab's name
        """Tell of the page that is begun."""
        if self.progress is not None:
            self.progress(self.page)


def _furnish(canvas: TaggedCanvas, furniture: Furniture, page: int, total: int) -> None:
    marking = shortened(clean(furniture.marking, drawable()), 60)
    canvas.setFont(SEMIBOLD, 10)
    with canvas.artifact("Pagination", "Header"):
        canvas.setFillColor(colour(WHITE if page == 1 and furniture.banded else INK))
        canvas.drawCentredString(WIDTH / 2, HEIGHT - 34, marking)
        if furniture.note:
            canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 34, shortened(clean(furniture.note, drawable()), 40))
    with canvas.artifact("Pagination", "Footer"):
        canvas.setStrokeColor(colour(RULE))
        canvas.setLineWidth(0.6)
        canvas.line(MARGIN, 52, WIDTH - MARGIN, 52)
        canvas.setFillColor(colour(QUIET))
        canvas.setFont(REGULAR, 9.5)
        number = tr("Page {page} of {total}", page=page, total=total)
        canvas.drawRightString(WIDTH - MARGIN, 38, number)
        room = BODY_WIDTH - canvas.stringWidth(number, REGULAR, 9.5) - 20
        canvas.drawString(MARGIN, 38, _fitting(canvas, furniture.foot or furniture.scheme, room))
        canvas.setFillColor(colour(INK))
        canvas.setFont(SEMIBOLD, 10)
        canvas.drawCentredString(WIDTH / 2, 22, marking)


def _fitting(canvas: TaggedCanvas, text: str, room: float) -> str:
    name = shortened(clean(text, drawable()), 160)
    while len(name) > 4 and canvas.stringWidth(name, REGULAR, 9.5) > room:
        name = shortened(name, len(name) - 1)
    return name


def build(story: Story, furniture: Furniture, progress: Progress | None = None) -> bytes:
    """Lay out a story on A4 pages and return the PDF, tagged. `progress` is told of each page as it is begun.

    The same story and furniture give the same bytes, whatever the clock, the process or its environment.
    """
    stream = io.BytesIO()
    document = _Document(
        stream,
        pagesize=A4,
        title=clean(furniture.title, drawable()),
        author=clean(furniture.scheme, drawable()),
        subject=clean(furniture.marking, drawable()),
        creator=f"icv-app {furniture.program_version}",
        producer="icv-app, ReportLab",
        lang=furniture.locale,
        initialFontName=REGULAR,  # else an unembedded Helvetica stands in every page
        displayDocTitle=True,
        invariant=1,
        pageCompression=1,
    )
    document.progress = progress
    frame = Frame(MARGIN, BOTTOM, BODY_WIDTH, HEIGHT - furniture.top - BOTTOM, 0, 0, 0, 0, id="body")
    document.addPageTemplates([PageTemplate(id="page", frames=[frame])])
    document.build(story, canvasmaker=partial(_Canvas, furniture=furniture))
    return stream.getvalue()
