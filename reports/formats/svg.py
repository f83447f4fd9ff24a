"""A scene as SVG, to stand inside an HTML page: no scripts, no styles, no fonts of its own."""

from collections.abc import Sequence
from functools import singledispatch
from xml.sax.saxutils import escape as _escape

from reports.plain import clean
from reports.scene import Line, Polygon, Rect, Scene, Text

_ANCHORS = {"left": "start", "centre": "middle", "right": "end"}
_WEIGHTS = {"regular": "", "semibold": ' font-weight="600"', "bold": ' font-weight="700"'}


def escape(text: str) -> str:
    """Return untrusted `text` for an element or a quoted attribute of HTML or XML, without signs that neither holds."""
    return _escape(clean(text), {'"': "&quot;", "'": "&#39;"})


def render(scene: Scene, title: str, name: str) -> str:
    """Return the picture as an `svg` element. `title` names it; `name` is an id of the page that nothing else has.

    To a screen reader it is one picture: its name is `title`, its description the scene's words.
    """
    said, told = f"{name}-title", f"{name}-words"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(scene.width)} {_n(scene.height)}" role="img" '
        f'aria-labelledby="{said}" aria-describedby="{told}" focusable="false">'
        f'<title id="{said}">{escape(title)}</title><desc id="{told}">{escape(scene.alt)}</desc>'
        f"{''.join(map(_drawn, scene.items))}</svg>"
    )


@singledispatch
def _drawn(item: object) -> str:
    raise TypeError(item)


@_drawn.register
def _(item: Rect) -> str:
    shape = f'x="{_n(item.x)}" y="{_n(item.y)}" width="{_n(item.width)}" height="{_n(item.height)}"'
    round_ = f' rx="{_n(item.radius)}"' if item.radius else ""
    stroke = f' stroke="{item.stroke}" stroke-width="{_n(item.stroke_width)}"' if item.stroke else ""
    dash = _dash(item.dash) if item.stroke else ""
    return f'<rect {shape}{round_} fill="{item.fill or "none"}"{stroke}{dash}/>'


@_drawn.register
def _(item: Line) -> str:
    ends = f'x1="{_n(item.x1)}" y1="{_n(item.y1)}" x2="{_n(item.x2)}" y2="{_n(item.y2)}"'
    return f'<line {ends} stroke="{item.stroke}" stroke-width="{_n(item.stroke_width)}"{_dash(item.dash)}/>'


@_drawn.register
def _(item: Polygon) -> str:
    corners = " ".join(f"{_n(x)},{_n(y)}" for x, y in item.points)
    return f'<polygon points="{corners}" fill="{item.fill}"/>'


@_drawn.register
def _(item: Text) -> str:
    anchor = "" if item.align == "left" else f' text-anchor="{_ANCHORS[item.align]}"'
    look = f'font-size="{_n(item.size)}"{_WEIGHTS[item.weight]} fill="{item.colour}"{anchor}'
    return f'<text x="{_n(item.x)}" y="{_n(item.y)}" {look}>{escape(item.text)}</text>'


def _dash(lengths: Sequence[float]) -> str:
    return f' stroke-dasharray="{" ".join(map(_n, lengths))}"' if lengths else ""


def _n(number: float) -> str:
    """Return a length with at most two decimals: "12.5", "3"."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
