"""The typeface of every PDF: Atkinson Hyperlegible Next, embedded, each glyph known by its character."""

from functools import cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import resources

REGULAR, SEMIBOLD, BOLD = "Atkinson", "Atkinson-SemiBold", "Atkinson-Bold"
_FILES = {REGULAR: "Regular", SEMIBOLD: "SemiBold", BOLD: "Bold"}
_MOST = 100  # lines in one block of a character map (Adobe Technical Note 5014)


@cache
def drawable() -> frozenset[int]:
    """Register the fonts, once a process, and return the code points that every one of them can draw."""
    points: set[int] | None = None
    for name, file in _FILES.items():
        font = _Embedded(name, str(resources.path(f"fonts/AtkinsonHyperlegibleNext-{file}.ttf")))
        pdfmetrics.registerFont(font)
        known = set(font.face.charToGlyph)
        points = known if points is None else points & known
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=REGULAR, boldItalic=SEMIBOLD)
    return frozenset(points or ())


class _Embedded(TTFont):  # type: ignore[misc]
    """A font whose character map leaves out the codes that stand for nothing.

    reportlab maps each unused code to U+0000, which PDF/UA-1 (7.21.7) and PDF/A-2u (6.2.11.7.2) forbid.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802  # reportlab's name
        """Add the font to `doc`, as reportlab does, and mend the map of each of its subsets."""
        known = set(doc.idToObject)
        super().addObjects(doc)
        for name in set(doc.idToObject) - known:
            if name.startswith("toUnicodeCMap:"):
                stream = doc.idToObject[name]
                stream.content = _without_gaps(stream.content)


def _without_gaps(character_map: str) -> str:
    lines = character_map.split("\n")
    first = next(place for place, line in enumerate(lines) if line.endswith("beginbfchar"))
    last = lines.index("endbfchar")
    kept = [line for line in lines[first + 1 : last] if not line.endswith("<0000>")]
    blocks: list[str] = []
    for start in range(0, len(kept), _MOST):
        part = kept[start : start + _MOST]
        blocks += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    return "\n".join([*lines[:first], *blocks, *lines[last + 1 :]])
