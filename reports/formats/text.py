"""Text: paragraphs and headings as flowables. Each draws itself as one element of the tree, heard with its spaces.

reportlab puts lines below each other with nothing between, so that whoever reads the tags hears "the lastword of a line
run into" the next. Here each line ends in a space that nobody sees, unless a word too long for it goes on in the next.

Texts are untrusted: they are set as they are, never read as markup (reportlab's parser is left out, which also costs
more than all the rest).
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from reportlab.platypus import Paragraph
from reportlab.platypus.paragraph import _HSFrag, _InjectedFrag, _SplitFrag, _SplitWord, _SplitWordEnd

from reports.formats.lettering import QUIET, colour, styles
from reports.formats.tagging import Element
from reports.formats.typeface import REGULAR, drawable
from reports.plain import clean

_BREAK = 3  # reportlab's kind of a fragment that is a line break


class Text(Paragraph):  # type: ignore[misc]
    """A paragraph. Where it is split, its parts are pieces of one element.

    `marker` hangs before the first line: part of the paragraph, or an element of its own (`label`). `entry` is what the
    outline calls it. `tail`, where the text goes on: whether its last line ends between two words.
    """

    role, marker, entry = "P", "", ""
    tail: bool | None = None
    element: Element | None = None
    label: Element | None = None
    _wide = -1.0

    def __init__(self, text: None, style: Any, bulletText: None = None, frags: Any = None) -> None:  # noqa: N803
        super().__init__(text, style, bulletText, frags)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room that the text takes; it is broken into lines once for each width."""
        if width != self._wide or not hasattr(self, "blPara"):
            super().wrap(width, height)
            self._wide = width
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        """Return the text in two parts, the first as high as `height` allows; they stay one element."""
        parts: list[Any] = super().split(width, height)
        if len(parts) == 2:
            first, rest = parts
            self.element = self.element or Element(self.role)
            first.element = rest.element = self.element
            first.marker, first.label, first.entry = self.marker, self.label, self.entry
            first.tail, rest.tail = self._gap(len(first.blPara.lines) - 1), self.tail
        return parts

    def draw(self) -> None:
        """Draw the words as a piece of their element, the bookmark and what hangs before them."""
        canvas, lines = self.canv, self.blPara.lines
        if self.entry:
            outline(canvas, self.entry, self.height)
        if not lines:
            return
        self.element = self.element or Element(self.role)
        element = canvas.whole or self.element
        if self.label is not None:
            with canvas.tagged(self.label):
                self._mark()
        self._space(joined=canvas.whole is not None)
        canvas.begin(element)
        if self.marker and self.label is None:
            self._mark()
        super().draw()
        canvas.end()

    def _mark(self) -> None:
        canvas, lines = self.canv, self.blPara
        first = lines if lines.kind == 0 else lines.lines[0]
        canvas.setFillColor(self.style.textColor)
        canvas.setFont(self.style.fontName, self.style.fontSize)
        canvas.drawString(0, self.height - first.fontSize, f"{self.marker} ")

    def _space(self, *, joined: bool) -> None:
        """Put a space at the end of each line that is not broken within a word."""
        found, lines = self.blPara, self.blPara.lines
        ends = joined if self.tail is None else self.tail
        for place, line in enumerate(lines):
            if self._gap(place) if place < len(lines) - 1 else ends:
                if found.kind == 0:
                    if line[1][-1] != "":
                        lines[place] = (line[0], [*line[1], ""])
                else:
                    _end_in_space(line)

    def _gap(self, place: int) -> bool:
        """Return whether line `place` ends between two words."""
        lines = self.blPara.lines
        if self.blPara.kind == 0:
            word = lines[place][1][-1]
            return not isinstance(word, _SplitWord) or isinstance(word, _SplitWordEnd)
        at = lines[place + 1].sFW  # the first word of the next line, or the break before it
        words = self.frags
        if words[at][1][0]._fkind == _BREAK and not isinstance(words[at], _InjectedFrag):  # noqa: SLF001
            return True
        while at and isinstance(words[at - 1], _SplitFrag) and not words[at - 1][0]:
            at -= 1
        return isinstance(words[at - 1], _HSFrag) or not isinstance(words[at - 1], _SplitFrag)


def _end_in_space(line: Any) -> None:
    for part in reversed(line.words):
        if part.text:
            part.text = part.text if part.text.endswith(" ") else f"{part.text} "
            return


def outline(canvas: Any, text: str, height: float) -> None:
    """Enter `text` in the outline, leading to the current place on the page, `height` above the baseline."""
    key = f"section-{canvas.getPageNumber()}-{round(canvas.absolutePosition(0, height)[1])}"
    canvas.bookmarkHorizontal(key, 0, height + 6)
    canvas.addOutlineEntry(text, key, level=0)


# -- makers ------------------------------------------------------------------------------------------------------------


@cache
def _patterns(name: str) -> tuple[Any, Any, Any]:
    """Return reportlab's fragments of a style to copy: plain, in a heavier type, and a line break."""
    plain, bold, end = Paragraph("a<b>b</b><br/>", styles()[name]).frags
    return plain, bold, end


def _set(text: str, pattern: Any, end: Any) -> Iterable[Any]:
    for place, line in enumerate(clean(text, drawable()).split("\n")):
        if place:
            yield end.clone()
        yield pattern.clone(text=line)


def paragraph(text: str, name: str = "body", *, role: str = "P") -> Text:
    """Return `text` as a paragraph in the style `name`; `role` is what it is in the tree."""
    plain, _, end = _patterns(name)
    found = Text(None, styles()[name], frags=list(_set(text, plain, end)))
    found.role = role
    return found


def labelled(label: str, text: str, name: str = "body") -> Text:
    """Return a paragraph that opens with a label in a heavier type."""
    plain, bold, end = _patterns(name)
    return Text(None, styles()[name], frags=[*_set(f"{label}", bold, end), *_set_after(" ", text, plain, end)])


def _set_after(gap: str, text: str, pattern: Any, end: Any) -> list[Any]:
    frags = list(_set(text, pattern, end))
    frags[0].text = gap + frags[0].text
    return frags


def stacked(text: str, small: str, name: str) -> Text:
    """Return a paragraph of `text`, and after it in smaller type `small`."""
    plain, _, end = _patterns(name)
    frags = list(_set(text, plain, end))
    if small:
        hint = plain.clone(fontName=REGULAR, fontSize=styles()["asked_hint"].fontSize, textColor=colour(QUIET))
        frags += _set_after("  ", small, hint, end)
    return Text(None, styles()[name], frags=frags)


def keyed(pairs: Sequence[tuple[str, str]], name: str) -> Text:
    """Return a paragraph of letters, each with the text that it stands for."""
    plain, bold, end = _patterns(name)
    frags: list[Any] = []
    for letter, text in pairs:
        frags += [bold.clone(text=letter), *_set_after("\xa0", text, plain, end), plain.clone(text=" \xa0 ")]
    return Text(None, styles()[name], frags=frags[:-1])


def numbered(number: str, text: str, label: str = "") -> Text:
    """Return a paragraph with its number ("51.") hanging before it."""
    found = labelled(label, text, "numbered") if label else paragraph(text, "numbered")
    found.marker = clean(number, drawable())
    return found


def items(texts: Sequence[str], kind: str, markers: Sequence[str] = ()) -> list[Text]:
    """Return a list, item by item. `kind`: the attribute of its labels; `markers`: a bullet each where left out."""
    whole, found = Element("L", kind), []
    for place, text in enumerate(texts):
        item, each = whole.part("LI"), paragraph(text, "bullet")
        each.marker, each.label = markers[place] if markers else "•", item.part("Lbl")
        each.element = item.part("LBody")
        found.append(each)
    return found


def heading(text: str, level: int = 2, *, whole: bool = True) -> Text:
    """Return a heading of level 2 to 4, kept on one page with what follows, if that fits (`whole`).

    One of level 2 enters itself in the outline, so that the order of headings stands in one place.
    """
    found = paragraph(text, f"h{level}", role=f"H{level}")
    found.entry = clean(text, drawable()) if level == 2 else ""
    found.keepWithNext = int(whole)
    return found


def title(text: str) -> Text:
    """Return the title of a document without a band; it enters itself in the outline."""
    found = paragraph(text, "paper_title", role="H1")
    found.entry = clean(text, drawable())
    return found
