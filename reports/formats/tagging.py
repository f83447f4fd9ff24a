"""Tagging: what each thing on a page is, for those who hear the document instead of seeing it.

A PDF draws marks on sheets; beside them stands a tree that says "this is a heading, this a cell of that table, and this
is read after that" (ISO 32000-1, 14.8). An `Element` is one branch of the tree. Whoever draws does so between
`canvas.begin(element)` and `canvas.end()`, or `with canvas.tagged(element)`; what says nothing (a rule, a background)
between `canvas.begin_artifact()` and `canvas.end()`. What a flowable draws on two pages is two pieces of one element.
`tag_tree` writes the tree into the file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from reportlab.pdfgen.canvas import Canvas

PDF: Final = (1, 7)
"""The version of PDF that has all of this: ISO 32000-1."""


class Element:
    """One branch of the tree: its `role` ("P", "H2", "TD"), what hangs on it, in reading order, and what it is part of.

    `kids` are further elements and marks, (page, number) each. `attributes` are dictionaries of PDF, written out.
    `alt` is said in place of what is drawn; `title` names it.
    """

    __slots__ = ("alt", "attributes", "kids", "parent", "role", "title")

    def __init__(self, role: str, *attributes: str, alt: str = "", title: str = "") -> None:
        self.role, self.attributes, self.alt, self.title = role, attributes, alt, title
        self.parent: Element | None = None
        self.kids: list[Element | tuple[int, int]] = []

    def part(self, role: str, *attributes: str, alt: str = "", title: str = "") -> "Element":
        """Return a new element at the end of this one."""
        found = Element(role, *attributes, alt=alt, title=title)
        self.add(found)
        return found

    def add(self, element: "Element") -> None:
        """Put `element`, which hangs nowhere yet, at the end of this one."""
        assert element.parent is None
        element.parent = self
        self.kids.append(element)


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """reportlab's canvas, which also keeps the tree of what is drawn on it.

    `within` is the element that takes up those that hang nowhere yet; `whole`, where it is one, the element that the
    words of the next flowables are part of, as in a cell with one paragraph. While `muted`, all words are artifacts.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, pdfVersion=PDF, **named)
        self.root = self.within = Element("Document")
        self.whole: Element | None = None
        self.muted = False
        self.marks: list[list[Element]] = []  # by page and number: what the mark is part of
        self.furniture: tuple[int, int] = (0, 0)
        self._open = False

    def begin(self, element: Element) -> None:
        """Begin to draw a piece of `element`; there is no piece within a piece."""
        if self.muted:
            self.begin_artifact("Pagination")
            return
        self._opened()
        self.hang(element)
        page = self.getPageNumber() - 1
        while len(self.marks) <= page:
            self.marks.append([])
        marks = self.marks[page]
        element.kids.append((page, len(marks)))
        self._code.append(f"/{element.role} <</MCID {len(marks)}>> BDC")
        marks.append(element)

    def begin_artifact(self, kind: str = "Layout", subtype: str = "") -> None:
        """Begin to draw what is no part of the text. `kind`: "Layout", "Pagination" or "Background"."""
        self._opened()
        more = f" /Subtype /{subtype}" if subtype else ""
        self._code.append(f"/Artifact <</Type /{kind}{more}>> BDC")

    def end(self) -> None:
        """End the piece that was begun."""
        assert self._open
        self._open = False
        self._code.append("EMC")

    @contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        """Draw a piece of `element`."""
        self.begin(element)
        yield
        self.end()

    @contextmanager
    def artifact(self, kind: str = "Layout", subtype: str = "") -> Iterator[None]:
        """Draw what is no part of the text."""
        self.begin_artifact(kind, subtype)
        yield
        self.end()

    @contextmanager
    def part(self, element: Element, *, whole: bool = False) -> Iterator[None]:
        """Draw flowables that are parts of `element`; `whole`: their words are its own, with no paragraph between."""
        self.hang(element)
        outer = self.within, self.whole
        self.within, self.whole = element, element if whole else None
        yield
        self.within, self.whole = outer

    def hang(self, element: Element) -> None:
        """Hang the top of the branch that `element` is on where we are, unless it hangs already."""
        top = element
        while top.parent is not None:
            top = top.parent
        if top is not self.root:
            self.within.add(top)

    def _opened(self) -> None:
        assert not self._open, "a piece within a piece"
        self._open = True


# -- attributes (ISO 32000-1, 14.8.5) ----------------------------------------------------------------------------------

COLUMN: Final = "/O /Table /Scope /Column"
"""Of a TH: it heads its column."""
ROW: Final = "/O /Table /Scope /Row"
"""Of a TH: it heads its row."""
NUMBERED: Final = "/O /List /ListNumbering /Decimal"
"""Of an L: its labels are 1, 2, 3."""
BULLETED: Final = "/O /List /ListNumbering /Disc"
"""Of an L: its labels are round bullets."""


def spanning(scope: str, columns: int) -> str:
    """Return the attributes of a TH or TD, by its scope ("": a TD), that is as wide as so many columns."""
    return f"{scope or '/O /Table'} /ColSpan {columns}" if columns > 1 else scope


def summarised(words: str) -> str:
    """Return the attribute of a table that says what it is of."""
    return f"/O /Table /Summary {said(words)}"


def boxed(x: float, y: float, width: float, height: float) -> str:
    """Return the attribute of a figure that says where on the page it stands, in points."""
    return f"/O /Layout /Placement /Block /BBox [{x:.2f} {y:.2f} {x + width:.2f} {y + height:.2f}]"


def field(label: str, *, several: bool | None) -> str:
    """Return the attribute of a Form that is printed to be filled in with a pen (14.8.5.6); `label` is its name.

    `several`: a mark to tick, True where others may be ticked too; None: room to write.
    """
    role = "tv" if several is None else "cb" if several else "rb"
    state = "" if several is None else " /checked /off"
    return f"/O /PrintField /Role /{role}{state}" + (f" /Desc {said(label)}" if label else "")


def said(words: str) -> str:
    """Return words as PDF writes them."""
    if words.isascii() and words.isprintable():
        return "(" + words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
    return f"<feff{words.encode('utf-16-be').hex()}>"
