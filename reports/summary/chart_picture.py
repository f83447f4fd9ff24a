"""The picture of control charts: points in the order of visits, their mean and limits; a signal differs in shape.

The charts of one place stand side by side, so that the days between visits and the waits of a suite are one row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise

from forms.translation import tr
from icv_app.wording import day_words
from icv_app.xmr import Chart, Mark, Number
from reports.document import WIDTH
from reports.scene import Align, Area, Item, Line, Polygon, Rect, Scene, Text, Weight
from reports.summary import chart_words

_LETTER = 0.56  # of the text size: how wide a letter of our font is, as a rule
_GAP = 22.0  # points between two charts that stand side by side


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of a control chart. A signal is told by its shape too: up for higher, down for lower."""

    text: str = "#1a1a1a"
    quiet: str = "#4a5560"
    grid: str = "#dfe3e7"
    shade: str = "#f0f4f8"
    run: str = "#8a949d"
    point: str = "#4d5b68"
    mean: str = "#12436d"
    limit: str = "#5b6874"
    higher: str = "#b23c00"
    lower: str = "#0065b3"


LIGHT = Palette()
DARK = Palette(
    text="#f2f4f6",
    quiet="#b8c1c9",
    grid="#39424a",
    shade="#262d33",
    run="#7b8690",
    point="#c0c9d1",
    mean="#9accf5",
    limit="#a4afb9",
    higher="#ffab78",
    lower="#6cc0ff",
)


def picture(
    charts: Sequence[Chart], name: str, *, width: float = WIDTH, text_size: float = 8.0, palette: Palette = LIGHT,
    since: date | None = None, columns: int = 2,
) -> Scene:  # fmt: skip
    """Draw the charts of one place side by side, `width` wide in all and each a `columns`-th of it.

    Days from `since` on are shaded: they are the period that is reported on. `charts` have at least one point each.
    """
    each = (width - _GAP * (columns - 1)) / columns
    panels = [
        _Panel(chart=given, name=name, since=since, x=at * (each + _GAP), width=each, size=text_size, palette=palette)
        for at, given in enumerate(charts)
    ]
    for panel in panels:
        panel.draw()
    return Scene(
        width=width,
        height=max(panel.height for panel in panels),
        items=tuple(item for panel in panels for item in panel.items),
        alt=" ".join(chart_words.alt(given, name, since) for given in charts),
        areas=tuple(area for panel in panels for area in panel.areas),
    )


@dataclass(slots=True, kw_only=True)
class _Panel:
    """One chart while it is drawn: its title at the top left, the plot below it, the words of its lines beside that."""

    chart: Chart
    name: str
    since: date | None
    x: float
    width: float
    size: float
    palette: Palette
    items: list[Item] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    top: float = 0.0
    bottom: float = 0.0
    left: float = 0.0
    right: float = 0.0
    highest: float = 1.0

    def draw(self) -> None:
        """Measure and draw; the items and areas are complete afterwards."""
        points = self.chart.series.points
        lines = _lines(self.chart)
        self.highest = float(max([1, *(point.value for point in points), *(number for _, number in lines)]))
        letters = max((len(words) for words, _ in lines), default=0)
        self.top = self.size * 2.0
        self.bottom = self.top + self.size * 9.5
        self.left = self.x + len(f"{int(self.highest):,}") * _LETTER * self.size + 6
        self.right = self.x + self.width - (letters * _LETTER * self.size + 6 if letters else 0)
        self.text(self.x, self.size, tr(chart_words.TITLES[self.chart.series.what]), self.palette.text, strong=True)
        apart = (self.right - self.left) / len(points)
        places = [(self.left + (at + 0.5) * apart, self.y(point.value)) for at, point in enumerate(points)]
        self.shade(apart)
        self.axes()
        self.limits(lines)
        for one, other in pairwise(places):
            self.line(one, other, self.palette.run, 0.9)
        for (x, y), point, mark in zip(places, points, self.chart.marks, strict=True):
            self.items.append(_dot(x, y, mark, self.size, apart, self.palette))
            words = chart_words.point(self.chart, point, mark)
            self.areas.append(
                Area(x=x - apart / 2, y=self.top, width=apart, height=self.bottom - self.top, words=words)
            )

    @property
    def height(self) -> float:
        """How far down the chart goes."""
        return self.bottom + self.size * 1.75

    def y(self, number: float) -> float:
        return self.bottom - number / (self.highest * 1.08) * (self.bottom - self.top)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, wide: float,
        dash: tuple[float, ...] = (),
    ) -> None:  # fmt: skip
        self.items.append(
            Line(x1=start[0], y1=start[1], x2=end[0], y2=end[1], stroke=colour, stroke_width=wide, dash=dash)
        )

    def across(self, number: float, colour: str, wide: float, dash: tuple[float, ...] = ()) -> None:
        self.line((self.left, self.y(number)), (self.right, self.y(number)), colour, wide, dash)

    def text(self, x: float, y: float, words: str, colour: str, align: Align = "left", *, strong: bool = False) -> None:
        weight: Weight = "semibold" if strong else "regular"
        self.items.append(Text(x=x, y=y, text=words, size=self.size, colour=colour, align=align, weight=weight))

    def shade(self, apart: float) -> None:
        """Shade the part that is reported on."""
        points = self.chart.series.points
        inside = sum(self.since is not None and point.day >= self.since for point in points)
        if inside:
            self.items.append(
                Rect(
                    x=self.right - inside * apart, y=self.top, width=inside * apart, height=self.bottom - self.top,
                    fill=self.palette.shade,
                )
            )  # fmt: skip

    def axes(self) -> None:
        """Draw a few numbers from 0 with their lines, and the first and the last day."""
        for number in range(0, int(self.highest) + 1, _step(self.highest)):
            self.across(number, self.palette.grid, 0.5)
            self.text(self.left - 4, self.y(number) + self.size * 0.34, f"{number:,}", self.palette.quiet, "right")
        days = [point.day for point in self.chart.series.points]
        base = self.bottom + self.size * 1.4
        self.text(self.left, base, day_words(days[0]), self.palette.quiet)
        if len(days) > 1:
            self.text(self.right, base, day_words(days[-1]), self.palette.quiet, "right")

    def limits(self, lines: Sequence[tuple[str, Number]]) -> None:
        """Draw the mean and the limits, each with its words and its number at the right end."""
        tall = self.size * 2.25
        ends = _spread([self.y(float(number)) for _, number in lines], tall, self.top, self.bottom)
        for (words, number), middle in zip(lines, ends, strict=True):
            mean = self.chart.limits is not None and number == self.chart.limits.mean
            colour = self.palette.mean if mean else self.palette.limit
            self.across(float(number), colour, 1.1, () if mean else (4.0, 2.5))
            self.text(self.right + 5, middle - self.size * 0.12, words, colour)
            said = chart_words.limit(Fraction(number), [point.value for point in self.chart.series.points])
            self.text(self.right + 5, middle + self.size * 0.92, said, colour, strong=True)


def _lines(chart: Chart) -> list[tuple[str, Number]]:
    """Return the lines across a chart with their words, from the top; a lower limit below 0 is not drawn."""
    limits = chart.limits
    if limits is None:
        return []
    if not limits.moving_range:
        return [(tr("Mean"), limits.mean)]
    drawn: list[tuple[str, Number]] = [(tr("Upper limit"), limits.upper), (tr("Mean"), limits.mean)]
    return drawn + ([(tr("Lower limit"), limits.lower)] if limits.lower > 0 else [])


def _spread(wanted: Sequence[float], tall: float, top: float, bottom: float) -> list[float]:
    """Return the middles of labels `tall` each, given from the top, as near to those wanted as none overlaps."""
    found: list[float] = []
    for at, middle in enumerate(wanted):
        highest = found[-1] + tall if found else top
        lowest = bottom - (len(wanted) - 1 - at) * tall
        found.append(min(max(middle, highest), lowest))
    for at in range(len(found) - 2, -1, -1):
        found[at] = min(found[at], found[at + 1] - tall)
    return found


def _step(highest: float) -> int:
    """Return how far apart the numbers of the axis are: 1, 2 or 5 of a power of ten, so that there are at most five."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if highest / step < 5:
                return step
        power *= 10


def _dot(x: float, y: float, mark: Mark, size: float, apart: float, colours: Palette) -> Item:
    """Return a round point, or a triangle that points up (higher) or down (lower) where it is a signal."""
    if mark.direction is None:
        half = size * 0.25
        return Rect(x=x - half, y=y - half, width=2 * half, height=2 * half, radius=half, fill=colours.point)
    up = -1.0 if mark.direction == "higher" else 1.0
    half = min(size * 0.48, max(apart * 0.58, size * 0.36))  # those of a run stay apart
    corners = ((x - half, y - up * half * 0.75), (x + half, y - up * half * 0.75), (x, y + up * half * 1.05))
    return Polygon(points=corners, fill=colours.higher if mark.direction == "higher" else colours.lower)
