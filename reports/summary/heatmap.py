"""The heatmap: a square for each week at each site, with its number of visits; a missed one is a box struck through.

One before the records begin has a dash for its number: nobody knows it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from textwrap import wrap

from forms.translation import tr
from icv_app.summary import CoverageCell, SiteName
from reports.cells import UNKNOWN
from reports.scene import Align, Area, Item, Line, Rect, Scene, Text
from reports.summary.coverage import STATES, alt, heading, rows_of, said

_LETTER = 0.56  # of the text size: how wide a letter of our font is, as a rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of a heatmap; every state differs in more than its colour."""

    text: str = "#1a1a1a"
    quiet: str = "#4a5560"
    paper: str = "#ffffff"
    few: str = "#dbe7f2"  # one visit
    some: str = "#8fb4d6"  # two
    many: str = "#12436d"  # three or more
    on_many: str = "#ffffff"
    alarm: str = "#a8071a"
    closed: str = "#eceef0"
    hatch: str = "#c3c9cf"
    edge: str = "#9aa3ab"


LIGHT = Palette()
DARK = Palette(
    text="#f2f4f6",
    quiet="#b8c1c9",
    paper="#1b1f23",
    few="#2a4158",
    some="#4f7ea8",
    many="#a9cbec",
    on_many="#10161c",
    alarm="#ff8a8a",
    closed="#2b3035",
    hatch="#4a525a",
    edge="#6b757e",
)


def heatmap(
    cells: Sequence[CoverageCell],
    sites: Sequence[SiteName],
    *,
    width: float,
    text_size: float = 9.0,
    palette: Palette = LIGHT,
    most_cell_width: float = 60.0,
    columns: int = 0,
) -> Scene:
    """Draw cells of one measure and one unit as a grid of sites by dates, `width` wide, as high as its rows.

    `sites` gives names and the order of rows; a site without a cell has no row. `columns` reserves
    room for that many, so that several pictures of one document have squares of one size.
    """
    picture = _Picture(
        cells={(cell.site, cell.first): cell for cell in cells},
        dates=sorted({(cell.first, cell.last) for cell in cells}),
        rows=rows_of(cells, sites),
        width=width,
        size=text_size,
        palette=palette,
    )
    longest = max((len(name) for _, name in picture.rows), default=0)
    picture.left = min(longest * _LETTER * text_size + 10, width * 0.24)
    slots = max(columns, len(picture.dates), 1)
    picture.step = min((width - picture.left) / slots, most_cell_width)
    return picture.drawn()


@dataclass(slots=True, kw_only=True)
class _Picture:
    """A heatmap while it is drawn."""

    cells: dict[tuple[str, date], CoverageCell]
    dates: list[tuple[date, date]]
    rows: list[tuple[str, str]]
    width: float
    size: float
    palette: Palette
    left: float = 0.0
    step: float = 0.0
    items: list[Item] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)

    @property
    def row_height(self) -> float:
        return self.size * 2.2

    def drawn(self) -> Scene:
        top = self.size * 2.0
        heads = [heading(first, last, year=len(self.dates) > 12) for first, last in self.dates]
        longest = max((len(words) for words in heads), default=1)
        scale = min(0.88, (self.step - 3) / (longest * _LETTER * self.size))
        for index, words in enumerate(heads):
            self.text(self.left + (index + 0.5) * self.step, self.size * 1.25, words, scale, align="centre")
        for row, (site, name) in enumerate(self.rows):
            y = top + row * self.row_height
            self.name(name, y)
            for index, (first, _) in enumerate(self.dates):
                cell = self.cells.get((site, first))
                if cell is not None:
                    self.cell(cell, name, self.left + index * self.step, y)
        bottom = top + len(self.rows) * self.row_height
        height = self.legend(bottom + self.size * 0.9)
        return Scene(
            width=self.width,
            height=height,
            items=tuple(self.items),
            alt=alt(self.cells.values(), self.rows),
            areas=tuple(self.areas),
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        scale: float = 1.0,
        *,
        colour: str = "",
        align: Align = "left",
        strong: bool = False,
    ) -> None:
        self.items.append(
            Text(
                x=x,
                y=y,
                text=text,
                size=self.size * scale,
                colour=colour or self.palette.quiet,
                align=align,
                weight="semibold" if strong else "regular",
            )
        )

    def name(self, name: str, y: float) -> None:
        letters = max(int((self.left - 8) / (_LETTER * self.size)), 4)
        if len(name) <= letters:
            self.text(0, y + self.row_height * 0.5 + self.size * 0.33, name, colour=self.palette.text)
            return
        letters = max(int((self.left - 8) / (_LETTER * self.size * 0.88)), 4)
        lines = wrap(name, letters, max_lines=2, placeholder="…")
        for index, line in enumerate(lines):
            self.text(
                0,
                y + self.row_height * (0.42 if len(lines) == 2 else 0.62) + index * self.size,
                line,
                0.88,
                colour=self.palette.text,
            )

    def cell(self, cell: CoverageCell, name: str, x: float, y: float) -> None:
        gap = 1.5
        width, height = self.step - 2 * gap, self.row_height - 2 * gap
        self.box(cell, x + gap, y + gap, width, height)
        self.areas.append(Area(x=x, y=y, width=self.step, height=self.row_height, words=said(cell, name)))

    def box(self, cell: CoverageCell, x: float, y: float, width: float, height: float, *, key: bool = False) -> None:
        colours = self.palette
        state = cell.state
        fill, stroke, ink, dash = _look(cell, colours)
        self.items.append(
            Rect(
                x=x,
                y=y,
                width=width,
                height=height,
                fill=fill,
                stroke=stroke,
                stroke_width=1.2 if stroke == colours.alarm else 0.7,
                radius=self.size * 0.22,
                dash=dash,
            )
        )
        if state == "closed":
            self.hatch(x, y, width, height)
        if state in ("missed", "not_admitted"):
            self.strike(x, y, width, height, both=state == "not_admitted")
        if key and state == "closed":
            return
        number = (
            str(cell.completed) if key or cell.needed <= 1 or state == "closed" else f"{cell.completed}/{cell.needed}"
        )
        shown = tr("closed") if state == "closed" and not cell.completed else number
        if state == "before":
            shown = UNKNOWN
        scale = min(1.0, (width - 3) / (len(shown) * _LETTER * self.size))
        self.text(
            x + width / 2,
            y + height / 2 + self.size * scale * 0.34,
            shown,
            scale,
            colour=ink,
            align="centre",
            strong=state in ("missed", "not_admitted") or cell.completed > 1,
        )

    def hatch(self, x: float, y: float, width: float, height: float) -> None:
        step = self.size * 0.55
        offset = step
        while offset < width + height:
            x1, y1 = (x + offset, y) if offset <= width else (x + width, y + offset - width)
            x2, y2 = (x, y + offset) if offset <= height else (x + offset - height, y + height)
            self.items.append(Line(x1=x1, y1=y1, x2=x2, y2=y2, stroke=self.palette.hatch, stroke_width=0.5))
            offset += step

    def strike(self, x: float, y: float, width: float, height: float, *, both: bool) -> None:
        """Draw the line of a missed week, or the cross of one where nobody was let in, clear of the number."""
        inner, outer = 0.19, 0.05
        ends = [(outer, 1 - outer), (1 - outer, outer)] + ([(outer, outer), (1 - outer, 1 - outer)] if both else [])
        for across, down in ends:
            near = (0.5 + (across - 0.5) * inner / 0.5, 0.5 + (down - 0.5) * inner / 0.5)
            self.items.append(
                Line(
                    x1=x + across * width,
                    y1=y + down * height,
                    x2=x + near[0] * width,
                    y2=y + near[1] * height,
                    stroke=self.palette.alarm,
                    stroke_width=1.0,
                )
            )

    def legend(self, y: float) -> float:
        """Draw the key of what occurs and return the height of the whole picture."""
        key, height = self.size * 2.2, self.size * 1.45
        entries = [
            (words, cell, key + 5 + len(words) * _LETTER * self.size * 0.94 + 14)
            for words, cell in _key(self.cells.values())
        ]
        start = self.left if self.left + sum(room for _, _, room in entries) <= self.width else 0.0
        x = start
        for words, cell, room in entries:
            if x + room > self.width and x > start:
                x, y = start, y + height + 4
            self.box(cell, x, y, key, height, key=True)
            self.text(x + key + 5, y + height / 2 + self.size * 0.3, words, 0.94)
            x += room
        return y + height + 2


def _look(cell: CoverageCell, colours: Palette) -> tuple[str | None, str | None, str, tuple[float, ...]]:
    if cell.state in ("missed", "not_admitted"):
        return colours.paper, colours.alarm, colours.alarm, ()
    if cell.state == "closed":
        return colours.closed, None, colours.quiet, ()
    if cell.state == "before":
        return colours.paper, colours.edge, colours.quiet, (0.8, 2.2)
    if cell.completed == 0:
        return colours.paper, colours.edge, colours.quiet, (2.0, 2.0) if cell.state == "to_come" else ()
    if cell.completed == 1:
        return colours.few, None, colours.text, ()
    return (colours.some, None, colours.text, ()) if cell.completed == 2 else (colours.many, None, colours.on_many, ())


def _key(cells: Iterable[CoverageCell]) -> list[tuple[str, CoverageCell]]:
    kinds: dict[str, CoverageCell] = {}
    for cell in cells:
        kinds.setdefault(_key_words(cell), cell)
    order = [tr("1 visit"), tr("2 visits"), tr("3 or more visits")]
    rest = [
        words for words in (tr(STATES[state]).capitalize() for state in STATES if state != "covered") if words in kinds
    ]
    return [(words, kinds[words]) for words in [*(w for w in order if w in kinds), *rest]]


def _key_words(cell: CoverageCell) -> str:
    if cell.state != "covered" and not (cell.state in ("not_due", "to_come") and cell.completed):
        return tr(STATES[cell.state]).capitalize()
    if cell.completed > 2:
        return tr("3 or more visits")
    return tr("1 visit") if cell.completed == 1 else tr("2 visits")
