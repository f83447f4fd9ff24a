"""Room to answer on paper: marks to tick, boxes for figures, lines to write on.

Drawn in outline, so that any printer will do. A round mark takes one answer of several, a square one as many as
apply, as on the screen. To those who hear the form, each is a field that is printed to be filled in.
"""

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from reports.formats.lettering import INK, QUIET, colour, styles
from reports.formats.tagging import Element, field
from reports.formats.text import paragraph
from reports.formats.typeface import REGULAR, drawable
from reports.plain import clean

LINE = 23.0
"""Points from one handwritten line to the next: 8 mm."""
_LINE_INK = "#6b7680"


class Mark(Flowable):  # type: ignore[misc]
    """One mark to tick, in the middle of its room; `label` is what it stands for."""

    SIZE = 11.0

    def __init__(self, label: str, *, several: bool) -> None:
        super().__init__()
        self.label, self.several, self.width, self.height = label, several, self.SIZE, self.SIZE + 1

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the whole width, so that the mark stands in the middle."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Draw the outline."""
        with self.canv.tagged(_field(self.label, several=self.several)):
            mark(self.canv, (self.width - self.SIZE) / 2, 0.5, several=self.several)


def _field(label: str, *, several: bool | None = None) -> Element:
    """Return a field to be filled in with a pen; `several`: a mark to tick, None: room to write."""
    return Element("Form", field(label and clean(label), several=several))


def mark(canvas: Any, x: float, y: float, *, several: bool, size: float = Mark.SIZE) -> None:
    """Draw a mark with its lower left corner at (x, y)."""
    canvas.saveState()
    canvas.setStrokeColor(colour(INK))
    canvas.setLineWidth(0.9)
    if several:
        canvas.rect(x, y, size, size, stroke=1, fill=0)
    else:
        canvas.circle(x + size / 2, y + size / 2, size / 2, stroke=1, fill=0)
    canvas.restoreState()


class Options(Flowable):  # type: ignore[misc]
    """The answers to choose from, each with its mark, in as many columns as its width holds."""

    GAP = 6.0  # from a mark to its words
    APART = 14.0  # from one column to the next
    BELOW = 4.5

    def __init__(self, labels: Sequence[str], *, several: bool) -> None:
        super().__init__()
        self.several = several
        self.texts = [paragraph(label, "option") for label in labels]
        size = styles()["option"].fontSize
        self.wide = [
            stringWidth(clean(label, drawable()), REGULAR, size) + self.GAP + Mark.SIZE + 0.5 for label in labels
        ]
        self.rows: list[tuple[int, float]] = []  # first text of each row, and the row's height
        self.columns, self.places = 1, [0.0]

    def natural(self) -> float:
        """Return the width of all answers on one line."""
        return float(sum(self.wide)) + self.APART * (len(self.texts) - 1)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room; the answers run from left to right, then down."""
        if self.natural() <= width:
            self.columns = len(self.texts)
            self.places = [sum(self.wide[:place]) + self.APART * place for place in range(len(self.texts))]
            self._measured(self.wide, height)
        else:
            fits = [
                columns for columns in range(1, min(4, len(self.texts)) + 1) if width / columns >= 120 or columns == 1
            ]
            tries = [(self._columns(columns, width, height), columns) for columns in fits]
            self._columns(min(tries)[1], width, height)
        self.width = width
        self.height = sum(tall for _, tall in self.rows) + self.BELOW * max(len(self.rows) - 1, 0)
        return width, self.height

    def _columns(self, columns: int, width: float, height: float) -> float:
        """Lay the answers out in even columns and return their height."""
        each = (width - self.APART * (columns - 1)) / columns
        self.columns = columns
        self.places = [place % columns * (each + self.APART) for place in range(len(self.texts))]
        self._measured([each] * len(self.texts), height)
        return sum(tall for _, tall in self.rows)

    def _measured(self, widths: Sequence[float], height: float) -> None:
        for text, wide in zip(self.texts, widths, strict=True):
            text.wrap(wide - Mark.SIZE - self.GAP, height)
        self.rows = [
            (first, max(text.height for text in self.texts[first : first + self.columns]))
            for first in range(0, len(self.texts), self.columns)
        ]

    def draw(self) -> None:
        """Draw row after row."""
        y = self.height
        for first, tall in self.rows:
            for place, text in enumerate(self.texts[first : first + self.columns]):
                x, each = self.places[first + place], _field("", several=self.several)
                with self.canv.part(each, whole=True):
                    with self.canv.tagged(each):
                        mark(self.canv, x, y - Mark.SIZE - 1.5, several=self.several)
                    text.drawOn(self.canv, x + Mark.SIZE + self.GAP, y - text.height)
            y -= tall + self.BELOW


class Letters(Flowable):  # type: ignore[misc]
    """Marks with a letter in each, four beside each other, for choices that are explained beside them."""

    PITCH = (20.0, 16.0)
    ACROSS = 4

    def __init__(self, letters: Sequence[str], *, several: bool) -> None:
        super().__init__()
        self.letters, self.several = letters, several

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room of all marks."""
        self.width, self.height = width, -(-len(self.letters) // self.ACROSS) * self.PITCH[1]
        return self.width, self.height

    def draw(self) -> None:
        """Draw the marks from left to right, then down, as one field: heard one by one they would be a rattle."""
        canvas, size = self.canv, Mark.SIZE + 2
        with canvas.tagged(_field("", several=self.several)):
            for place, letter in enumerate(self.letters):
                x = place % self.ACROSS * self.PITCH[0]
                y = self.height - (place // self.ACROSS) * self.PITCH[1] - size - 1
                mark(canvas, x, y, several=self.several, size=size)
                canvas.setFillColor(colour(QUIET))
                canvas.setFont(REGULAR, 8)
                canvas.drawCentredString(x + size / 2, y + size / 2 - 2.8, f"{letter} ")


class Figures(Flowable):  # type: ignore[misc]
    """Boxes for single figures, by a pattern: each "0" is a box, anything else stands between them."""

    BOX = (15.0, 20.0)

    def __init__(self, pattern: str, caption: str = "") -> None:
        super().__init__()
        self.pattern, self.caption = pattern, caption
        wide = sum(self.BOX[0] if sign == "0" else 7.0 for sign in pattern)
        self.width, self.height, self.wide = wide, self.BOX[1], wide

    def natural(self) -> float:
        """Return the width of the boxes and their caption."""
        return self.wide + (6 + stringWidth(self.caption, REGULAR, 9) if self.caption else 0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room of the boxes."""
        return width, self.height

    def draw(self) -> None:
        """Draw the boxes, what stands between, and the caption after them."""
        canvas = self.canv
        with canvas.tagged(_field(self.caption)):
            canvas.setStrokeColor(colour(INK))
            canvas.setLineWidth(0.8)
            x = 0.0
            for sign in self.pattern:
                if sign == "0":
                    canvas.rect(x, 0.5, *self.BOX, stroke=1, fill=0)
                    x += self.BOX[0]
                    continue
                canvas.setFillColor(colour(INK))
                canvas.setFont(REGULAR, 11)
                canvas.drawCentredString(x + 3.5, 7, sign)
                x += 7.0
            canvas.setFillColor(colour(QUIET))
            canvas.setFont(REGULAR, 9)
            canvas.drawString(x + 6, 7, f"{self.caption} ")


class Lines(Flowable):  # type: ignore[misc]
    """Ruled lines to write on; `lead` stands before the first, where there is more than one to fill in."""

    def __init__(self, count: int, lead: str = "") -> None:
        super().__init__()
        self.count, self.lead = count, lead

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room of all lines."""
        self.width, self.height = width, self.count * LINE
        return width, self.height

    def draw(self) -> None:
        """Draw the rules from top to bottom."""
        canvas = self.canv
        with canvas.tagged(_field(self.lead)):
            canvas.setStrokeColor(colour(_LINE_INK))
            canvas.setLineWidth(0.6)
            left = 0.0
            if self.lead:
                canvas.setFillColor(colour(INK))
                canvas.setFont(REGULAR, 10)
                canvas.drawString(0, self.height - LINE + 4, f"{self.lead} ")
                left = 18.0
            for number in range(1, self.count + 1):
                y = self.height - number * LINE + 1
                canvas.line(left, y, self.width, y)


class Upright(Flowable):  # type: ignore[misc]
    """A short text that reads upwards, for the head of a narrow column."""

    def __init__(self, text: str, height: float) -> None:
        super().__init__()
        self.text, self.height = paragraph(text, "upright"), height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return a narrow column's room."""
        self.width = width
        self.text.wrap(self.height, width)
        return width, self.height

    def draw(self) -> None:
        """Draw the words, turned by a quarter."""
        self.canv.saveState()
        self.canv.rotate(90)
        self.text.drawOn(self.canv, 0, -(self.width + self.text.height) / 2)
        self.canv.restoreState()
