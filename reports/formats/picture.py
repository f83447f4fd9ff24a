"""A picture on paper: a scene, drawn by reportlab as one figure of the tree."""

from typing import Any

from reportlab.platypus import Flowable

from reports.formats.lettering import colour
from reports.formats.tagging import Element, boxed
from reports.formats.typeface import BOLD, REGULAR, SEMIBOLD, drawable
from reports.plain import clean
from reports.scene import Line, Polygon, Rect, Scene, Text

_FONTS = {"regular": REGULAR, "semibold": SEMIBOLD, "bold": BOLD}


class Picture(Flowable):  # type: ignore[misc]
    """A scene on paper: one figure, whose words are said in place of it (`scene.alt`)."""

    def __init__(self, scene: Scene, title: str = "") -> None:
        super().__init__()
        self.scene, self.title = scene, title

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the scene's own size and a little air."""
        return self.scene.width, self.scene.height + 4

    def draw(self) -> None:
        """Draw the scene as one figure of the tree."""
        canvas, scene = self.canv, self.scene
        left, bottom = canvas.absolutePosition(0, 4)
        place = boxed(left, bottom, scene.width, scene.height)
        with canvas.tagged(Element("Figure", place, alt=clean(scene.alt), title=clean(self.title))):
            paint(canvas, scene, scene.height + 4)


def paint(canvas: Any, scene: Scene, top: float) -> None:
    """Draw the items of a scene in their order; its y grows downwards from `top`, that of a page upwards."""
    for item in scene.items:
        if isinstance(item, Rect):
            _rect(canvas, item, top)
        elif isinstance(item, Line):
            canvas.setStrokeColor(colour(item.stroke))
            canvas.setLineWidth(item.stroke_width)
            canvas.setDash(list(item.dash))
            canvas.line(item.x1, top - item.y1, item.x2, top - item.y2)
        elif isinstance(item, Polygon):
            _polygon(canvas, item, top)
        else:
            _text(canvas, item, top)


def _rect(canvas: Any, item: Rect, top: float) -> None:
    canvas.saveState()
    if item.fill:
        canvas.setFillColor(colour(item.fill))
    if item.stroke:
        canvas.setStrokeColor(colour(item.stroke))
        canvas.setLineWidth(item.stroke_width)
        canvas.setDash(list(item.dash))
    canvas.roundRect(
        item.x,
        top - item.y - item.height,
        item.width,
        item.height,
        item.radius,
        int(bool(item.stroke)),
        int(bool(item.fill)),
    )
    canvas.restoreState()


def _polygon(canvas: Any, item: Polygon, top: float) -> None:
    path = canvas.beginPath()
    path.moveTo(item.points[0][0], top - item.points[0][1])
    for x, y in item.points[1:]:
        path.lineTo(x, top - y)
    path.close()
    canvas.setFillColor(colour(item.fill))
    canvas.drawPath(path, stroke=0, fill=1)


def _text(canvas: Any, item: Text, top: float) -> None:
    canvas.setFillColor(colour(item.colour))
    canvas.setFont(_FONTS[item.weight], item.size)
    draw = {"left": canvas.drawString, "centre": canvas.drawCentredString, "right": canvas.drawRightString}[item.align]
    draw(item.x, top - item.y, clean(item.text, drawable()).replace("\n", " "))
