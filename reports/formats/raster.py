"""A scene as a PNG, for documents that hold pictures as dots: the same scene gives the same bytes.

Drawn twice as fine as it is kept, then halved, so that edges are smooth.
"""

import io
from functools import cache, singledispatch
from itertools import cycle, pairwise
from math import hypot
from typing import Any

from PIL import Image, ImageDraw, ImageFont

import resources
from reports.formats.typeface import drawable
from reports.plain import clean
from reports.scene import Line, Polygon, Rect, Scene, Text

SCALE = 3  # dots a point: 216 to the inch
_FINE = 2
_UNIT = SCALE * _FINE
_COLOURS = 128  # enough for flat colours with their smooth edges, and a quarter of the file
_FILES = {"regular": "Regular", "semibold": "SemiBold", "bold": "Bold"}
_ANCHORS = {"left": "ls", "centre": "ms", "right": "rs"}


def render(scene: Scene, paper: str = "#ffffff") -> bytes:
    """Return a scene as a PNG of SCALE dots a point on `paper`, its resolution written into it."""
    size = (max(round(scene.width * SCALE), 1) * _FINE, max(round(scene.height * SCALE), 1) * _FINE)
    image = Image.new("RGB", size, paper)
    pen = ImageDraw.Draw(image)
    for item in scene.items:
        _drawn(item, pen)
    kept = image.reduce(_FINE).quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    stream = io.BytesIO()
    kept.save(stream, "PNG", dpi=(72 * SCALE, 72 * SCALE), optimize=False, compress_level=6)
    return stream.getvalue()


@cache
def _font(weight: str, dots: float) -> Any:
    path = str(resources.path(f"fonts/AtkinsonHyperlegibleNext-{_FILES[weight]}.ttf"))
    return ImageFont.truetype(path, dots, layout_engine=ImageFont.Layout.BASIC)  # the same on every computer


@singledispatch
def _drawn(item: object, pen: Any) -> None:
    raise TypeError(item)


@_drawn.register
def _(item: Rect, pen: Any) -> None:
    left, top = item.x * _UNIT, item.y * _UNIT
    right, bottom = left + item.width * _UNIT, top + item.height * _UNIT
    if right <= left or bottom <= top:
        return
    radius = min(item.radius * _UNIT, (right - left) / 2, (bottom - top) / 2)
    box = (left, top, right - 1, bottom - 1)
    if item.fill:
        pen.rounded_rectangle(box, radius, fill=item.fill)
    if not item.stroke:
        return
    width = _thick(item.stroke_width)
    half = width / 2  # a stroke lies astride the edge
    if not item.dash:
        outer = (left - half, top - half, right - 1 + half, bottom - 1 + half)
        pen.rounded_rectangle(outer, radius + half, outline=item.stroke, width=width)
        return
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    for start, end in pairwise(corners):
        _stroke(pen, start, end, item.stroke, width, item.dash)


@_drawn.register
def _(item: Line, pen: Any) -> None:
    start, end = (item.x1 * _UNIT, item.y1 * _UNIT), (item.x2 * _UNIT, item.y2 * _UNIT)
    _stroke(pen, start, end, item.stroke, _thick(item.stroke_width), item.dash)


@_drawn.register
def _(item: Polygon, pen: Any) -> None:
    pen.polygon([(x * _UNIT, y * _UNIT) for x, y in item.points], fill=item.fill)


@_drawn.register
def _(item: Text, pen: Any) -> None:
    words = clean(item.text, drawable()).replace("\n", " ")
    if words and item.size > 0:
        at = (item.x * _UNIT, item.y * _UNIT)
        font = _font(item.weight, round(item.size * _UNIT, 1))
        pen.text(at, words, fill=item.colour, font=font, anchor=_ANCHORS[item.align])


def _thick(width: float) -> int:
    return max(round(width * _UNIT), 1)


def _stroke(
    pen: Any, start: tuple[float, float], end: tuple[float, float], colour: str, width: int, dash: tuple[float, ...]
) -> None:
    """Draw a straight stroke, in dashes of the lengths that `dash` gives in points."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    if not dash or sum(dash) <= 0 or not length:
        pen.line((*start, *end), fill=colour, width=width)
        return
    (across, down), done = ((end[0] - start[0]) / length, (end[1] - start[1]) / length), 0.0
    pattern = dash if len(dash) % 2 == 0 else dash * 2
    for index, part in enumerate(cycle(pattern)):
        until = min(done + part * _UNIT, length)
        if index % 2 == 0:
            pen.line(
                (start[0] + across * done, start[1] + down * done, start[0] + across * until, start[1] + down * until),
                fill=colour, width=width,
            )  # fmt: skip
        done = until
        if done >= length:
            return
