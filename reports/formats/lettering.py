"""Lettering: the colours and every style of type of the documents, by name: the one place where sizes stand."""

from functools import cache
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle

from reports.formats.typeface import BOLD, REGULAR, SEMIBOLD, drawable

NAVY, INK, QUIET, RULE, TINT, WHITE = "#12436d", "#1a1a1a", "#4a5560", "#c3c9cf", "#e6eef6", "#ffffff"


@cache
def colour(name: str) -> Any:
    """Return a colour by its "#rrggbb"."""
    return HexColor(name)


def _style(name: str, size: float, leading: float, font: str = REGULAR, ink: str = INK, **more: Any) -> Any:
    """Return a paragraph style in points; long words break, and no line is left alone at the foot or head of a page."""
    drawable()
    return ParagraphStyle(
        name, fontName=font, fontSize=size, leading=leading, textColor=colour(ink), allowWidows=0, allowOrphans=0,
        **more,
    )  # fmt: skip


@cache
def styles() -> dict[str, Any]:
    """Return every style of the documents by name. Published ones set sentences in 12 points, cells in 10 or more."""
    return {
        "scheme": _style("scheme", 12, 16, ink=WHITE),
        "title": _style("title", 25, 30, BOLD, WHITE),
        "subtitle": _style("subtitle", 14, 19, ink=WHITE),
        "h2": _style("h2", 15.5, 20, BOLD, NAVY, spaceBefore=14, spaceAfter=4, keepWithNext=1),
        "h3": _style("h3", 12.5, 16.5, SEMIBOLD, spaceBefore=9, spaceAfter=3, keepWithNext=1),
        "h4": _style("h4", 12, 16, SEMIBOLD, QUIET, spaceBefore=6, spaceAfter=2, keepWithNext=1),
        "body": _style("body", 12, 17, spaceAfter=6),
        "numbered": _style("numbered", 12, 17, spaceAfter=6, leftIndent=30),
        "bullet": _style("bullet", 12, 17, spaceAfter=4, leftIndent=16),
        "small": _style("small", 10, 14, ink=QUIET, spaceAfter=5),
        "cell": _style("cell", 10, 13.5),
        "cell_right": _style("cell_right", 10, 13.5, alignment=2),
        "cell_dense": _style("cell_dense", 9, 11.5),
        "cell_dense_right": _style("cell_dense_right", 9, 11.5, alignment=2),
        "cell_bold_right": _style("cell_bold_right", 10, 13.5, SEMIBOLD, alignment=2),
        "cell_bold": _style("cell_bold", 10, 13.5, SEMIBOLD),
        "head": _style("head", 10, 12.5, SEMIBOLD, WHITE),
        "head_right": _style("head_right", 10, 12.5, SEMIBOLD, WHITE, alignment=2),
        "tile": _style("tile", 10.5, 13.5),
        "meta": _style("meta", 11, 15, SEMIBOLD, NAVY, spaceBefore=3, keepWithNext=1),
        "finding": _style("finding", 12, 16.5, spaceAfter=2),
        "commentary": _style("commentary", 12, 17, spaceAfter=3),
        "commentary_by": _style("commentary_by", 10, 14, SEMIBOLD, NAVY, spaceAfter=1, keepWithNext=1),
        "read_question": _style("read_question", 11, 15, ink=QUIET),
        "read_answer": _style("read_answer", 12, 15.5),
        "paper_title": _style("paper_title", 22, 27, BOLD),
        "asked": _style("asked", 11, 13),
        "asked_number": _style("asked_number", 10.5, 13.5, BOLD),
        "asked_hint": _style("asked_hint", 9.5, 11.5, ink=QUIET),
        "asked_key": _style("asked_key", 10, 12),
        "asked_part": _style("asked_part", 11, 14, BOLD),
        "option": _style("option", 11, 13),
        "answered": _style("answered", 11, 13.5, BOLD),
        "column": _style("column", 9, 10.5, SEMIBOLD, alignment=1),
        "upright": _style("upright", 9, 10.5, SEMIBOLD),
    }
