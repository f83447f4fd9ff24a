"""The picture of a site's year: twelve rows of days, told apart by shape as well as by colour."""

from collections.abc import Iterator, Sequence

from forms.translation import later, tr
from icv_app.counting.site_year import DayState, Month
from icv_app.wording import month_words
from reports.scene import Area, Item, Line, Rect, Scene, Text
from ui.widgets.tokens import Tokens

LONGEST = 31
LABELLED = (1, 5, 10, 15, 20, 25, 30)
LEGEND: tuple[tuple[DayState, str], ...] = (
    ("open", later("open")),
    ("listed", later("open, by listed days")),
    ("closed", later("closed")),
)
_LETTER = 0.56
"""How wide a letter is as a rule, in heights of the text: for what has to fit beside a row."""


def picture(months: Sequence[Month], *, width: float, em: float, colours: Tokens, name: str) -> Scene:
    """Return the scene: a row a month, a square a day, and at the right the target in force.

    `width` is what there is in pixels, `em` the height of the text, `name` what the picture is of.
    """
    label, beside = em * 6, em * 8
    side = max(4.0, min((width - label - beside) / LONGEST, em * 1.5))
    step, top = max(side, em * 1.1) + em * 0.25, em * 2.6
    items: list[Item] = list(_legend(em, colours))
    items += [
        Text(x=label + (day - 0.5) * side, y=top - em * 0.35, text=str(day), size=em * 0.8, colour=colours.hint,
             align="centre")
        for day in LABELLED
    ]  # fmt: skip
    areas = []
    for number, month in enumerate(months):
        y = top + number * step
        base = y + side / 2 + em * 0.32
        items.append(Text(x=0, y=base, text=month_words(month.first), size=em * 0.9, colour=colours.ink))
        for at, state in enumerate(month.days):
            items += _day(state, label + at * side, y, side, colours)
        target = month.target if len(month.target) * em * _LETTER < beside else tr("changes")
        items.append(Text(x=label + LONGEST * side + em * 0.6, y=base, text=target, size=em * 0.9, colour=colours.ink))
        areas.append(Area(x=0, y=y - 2, width=label + LONGEST * side + beside, height=side + 4, words=month.words))
    height = top + len(months) * step
    return Scene(
        width=label + LONGEST * side + beside, height=height, items=tuple(items), areas=tuple(areas),
        alt=tr("{name}, month by month. The table below says the same in words.", name=name),
    )  # fmt: skip


def _legend(em: float, colours: Tokens) -> Iterator[Item]:
    x = 0.0
    for state, words in LEGEND:
        yield from _day(state, x, em * 0.1, em, colours)
        text = tr(words)
        yield Text(x=x + em * 1.4, y=em * 0.95, text=text, size=em * 0.9, colour=colours.ink)
        x += em * 1.4 + len(text) * em * _LETTER + em * 1.2


def _day(state: DayState, x: float, y: float, side: float, colours: Tokens) -> Iterator[Item]:
    inner = side * 0.84
    if state == "closed":
        yield Rect(x=x, y=y, width=inner, height=inner, stroke=colours.box, radius=1)
        yield Line(x1=x + inner * 0.2, y1=y + inner * 0.8, x2=x + inner * 0.8, y2=y + inner * 0.2, stroke=colours.box)
        return
    yield Rect(x=x, y=y, width=inner, height=inner, fill=colours.brand, radius=1)
    if state == "listed":
        dot = inner * 0.4
        yield Rect(x=x + (inner - dot) / 2, y=y + (inner - dot) / 2, width=dot, height=dot, fill=colours.on_brand)
