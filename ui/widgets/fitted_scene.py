"""A scene as the window shows it: as large as there is room, and dark where the window is dark."""

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

from reports.scene import Area, Item, Line, Polygon, Rect, Scene, Text
from reports.summary import chart_picture, heatmap

_LIGHT, _DARK = (heatmap.LIGHT, chart_picture.LIGHT), (heatmap.DARK, chart_picture.DARK)


def fitted(scene: Scene, factor: float, *, dark: bool = False) -> Scene:
    """Return the scene `factor` times as large; `dark`: in the dark colours of the palettes that documents draw with.

    A colour of no palette stays as it is.
    """
    shapes, words = _colours() if dark else ({}, {})
    return replace(
        scene,
        width=scene.width * factor,
        height=scene.height * factor,
        items=tuple(_item(item, factor, shapes, words) for item in scene.items),
        areas=tuple(_area(area, factor) for area in scene.areas),
    )


@cache
def _colours() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the dark colour for each light one: of shapes, and of words (white is paper, or words on a dark box)."""
    shapes: dict[str, str] = {}
    for light, dark in zip(_LIGHT, _DARK, strict=True):
        shapes |= {getattr(light, each.name): getattr(dark, each.name) for each in fields(light)}  # type: ignore[arg-type]
    white = heatmap.LIGHT.paper
    return shapes | {white: heatmap.DARK.paper}, shapes | {white: heatmap.DARK.on_many}


def _item(item: Item, factor: float, shapes: Mapping[str, str], words: Mapping[str, str]) -> Item:
    if isinstance(item, Text):
        return replace(
            item, x=item.x * factor, y=item.y * factor, size=item.size * factor,
            colour=words.get(item.colour, item.colour),
        )  # fmt: skip
    if isinstance(item, Polygon):
        corners = tuple((x * factor, y * factor) for x, y in item.points)
        return replace(item, points=corners, fill=shapes.get(item.fill, item.fill))
    stroke: dict[str, Any] = {
        "stroke_width": item.stroke_width * factor,
        "dash": tuple(length * factor for length in item.dash),
    }
    if isinstance(item, Line):
        return replace(
            item, x1=item.x1 * factor, y1=item.y1 * factor, x2=item.x2 * factor, y2=item.y2 * factor,
            stroke=shapes.get(item.stroke, item.stroke), **stroke,
        )  # fmt: skip
    return _rect(item, factor, shapes, stroke)


def _rect(item: Rect, factor: float, shapes: Mapping[str, str], stroke: Mapping[str, Any]) -> Rect:
    return replace(
        item, x=item.x * factor, y=item.y * factor, width=item.width * factor, height=item.height * factor,
        radius=item.radius * factor,
        fill=shapes.get(item.fill, item.fill) if item.fill else item.fill,
        stroke=shapes.get(item.stroke, item.stroke) if item.stroke else item.stroke, **stroke,
    )  # fmt: skip


def _area(area: Area, factor: float) -> Area:
    return replace(area, x=area.x * factor, y=area.y * factor, width=area.width * factor, height=area.height * factor)
