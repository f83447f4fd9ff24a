"""The recovery sheets: the office key on paper, twice, to be typed in again where the office's laptops are lost."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from reportlab.platypus import Flowable, PageBreak, Spacer

from forms.translation import tr
from icv_app.files import whole_file
from icv_app.wording import day_words
from reports.formats import page
from reports.formats.lettering import INK, NAVY, QUIET, RULE, TINT, colour
from reports.formats.page import BODY_WIDTH, Story
from reports.formats.tagging import NUMBERED, Element
from reports.formats.text import heading, items, paragraph, title
from reports.formats.typeface import BOLD, REGULAR

SHEETS = 2
_SIZE, _PITCH, _GAP, _LINE, _NUMBER = 24.0, 25.0, 34.0, 34.0, 42.0  # points


def write(
    lines: Sequence[str], path: Path, *, scheme: str, marking: str, made: date, program_version: str = ""
) -> Path:  # fmt: skip
    """Write two identical sheets with the `lines` of the office key to `path`, readable by its owner alone.

    The same arguments give the same bytes. Raises Unavailable("document_not_written").
    """
    content = render(lines, scheme=scheme, marking=marking, made=made, program_version=program_version)
    return whole_file.put(path, content, owner_alone=True)


def render(lines: Sequence[str], *, scheme: str, marking: str, made: date, program_version: str = "") -> bytes:
    """Return the PDF that `write` writes."""
    furniture = page.Furniture(
        title=tr("Recovery sheet"), scheme=scheme, marking=marking, program_version=program_version, records_to=made,
        foot=tr("Recovery sheet of {scheme}, made on {day}", scheme=scheme, day=day_words(made)), banded=False,
    )  # fmt: skip

    story: Story = []
    for number in range(1, SHEETS + 1):
        story += [*([PageBreak()] if story else []), *_sheet(lines, scheme, made, number)]
    return page.build(story, furniture)


def _sheet(lines: Sequence[str], scheme: str, made: date, number: int) -> Story:
    steps = (
        tr("Install the program on a new laptop and open it."),
        tr("Choose “Use a recovery sheet”."),
        tr(
            "Type the lines of the key as they stand above. Capitals and spaces do not matter. A line that "
            "is not right is named."
        ),
        tr("Say where the scheme's shared file is, and press “Share now”."),
        tr("Lock out the laptops that were lost, and put this sheet back."),
    )
    return [
        title(tr("Recovery sheet {number} of {total}", number=number, total=SHEETS)),
        paragraph(tr("{scheme}. Made on {day}.", scheme=scheme, day=day_words(made)), "finding"),
        Spacer(1, 6),
        paragraph(
            tr(
                "This is the key of the scheme's office, on paper. With it a new laptop can take the scheme up again "
                "if the office's laptops are lost. Without it nobody could open the office's reports or let anybody in."
            )
        ),
        heading(tr("Keep it safe"), whole=False),
        paragraph(
            tr(
                "Keep the two sheets in two safe places, such as the office's safe and another building's. Whoever "
                "reads a sheet can open everything of the scheme. Never keep it on a computer: no photograph, no scan, "
                "no e-mail. When both are printed, delete the file that they were printed from."
            )
        ),
        heading(tr("The key"), whole=False),
        _Key(lines),
        Spacer(1, 6),
        paragraph(tr("It has letters and the figures 2 to 7 only: no 0, 1, 8 or 9."), "small"),
        heading(tr("How to use it"), whole=False),
        *items(steps, NUMBERED, [f"{place}." for place in range(1, len(steps) + 1)]),
    ]


class _Key(Flowable):  # type: ignore[misc]
    """The lines in a box, each with its number, every letter in a place of its own so that none is overlooked."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self.lines = list(lines)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room that the box takes."""
        self.height = _LINE * len(self.lines) + 14
        return width, self.height

    def draw(self) -> None:
        """Draw the box, the numbers and the letters; a copied line reads as it was typed."""
        canvas, whole = self.canv, Element("L", NUMBERED)
        with canvas.artifact("Background"):
            canvas.setFillColor(colour(TINT))
            canvas.setStrokeColor(colour(NAVY))
            canvas.rect(0, 0, BODY_WIDTH, self.height, stroke=1, fill=1)
        for number, line in enumerate(self.lines, 1):
            y = self.height - 7 - _LINE * number + 10
            if number > 1:
                with canvas.artifact():
                    canvas.setStrokeColor(colour(RULE))
                    canvas.line(10, y + _LINE - 10, BODY_WIDTH - 10, y + _LINE - 10)
            item = whole.part("LI")
            with canvas.tagged(item.part("Lbl")):
                canvas.setFont(REGULAR, 13)
                canvas.setFillColor(colour(QUIET))
                canvas.drawRightString(_NUMBER - 10, y + 2, str(number))
            with canvas.tagged(item.part("LBody")):
                self._line(canvas, line, y)

    def _line(self, canvas: Any, line: str, y: float) -> None:
        canvas.setFont(BOLD, _SIZE)
        canvas.setFillColor(colour(INK))
        x = _NUMBER + 26
        for place, group in enumerate(line.split()):
            if place:
                canvas.drawString(x - _GAP, y, " ")
            for letter in group:
                canvas.drawCentredString(x + _PITCH / 2, y, letter)
                x += _PITCH
            x += _GAP
