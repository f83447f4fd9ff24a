"""The scene: a picture as primitives, drawn the same by QPainter on screen and by reportlab on paper.

Lengths are points of a page or pixels of a window, y grows downwards from the top left corner, colours are "#rrggbb".
Whoever draws a scene paints the items in their order and offers `alt` to those who cannot see it.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Align = Literal["left", "centre", "right"]
Weight = Literal["regular", "semibold", "bold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rect:
    """A box from its top left corner. `fill` or `stroke` None: not painted. `dash`: stroke and gap lengths."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 1.0
    radius: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight stroke between two points. `dash`: stroke and gap lengths."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    stroke_width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Polygon:
    """A filled shape of three corners or more, (x, y) each."""

    points: tuple[tuple[float, float], ...]
    fill: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line of text. `x` is its left end, middle or right end as `align` says; `y` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    align: Align = "left"
    weight: Weight = "regular"


Item: TypeAlias = Rect | Line | Polygon | Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A part of the picture that answers to the pointer, and the words it answers with."""

    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A finished picture. `alt` says the same in words; `areas` are in reading order."""

    width: float
    height: float
    items: tuple[Item, ...]
    alt: str
    areas: tuple[Area, ...] = ()

    def at(self, x: float, y: float) -> Area | None:
        """Return the area under a point of the scene, or None."""
        for area in self.areas:
            if area.x <= x < area.x + area.width and area.y <= y < area.y + area.height:
                return area
        return None
