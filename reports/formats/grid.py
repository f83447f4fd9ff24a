"""The grid: reportlab's table, each cell of it a part of the tree, whatever page or part of a row it lands on.

What a grid is to a reader, its `Plan` says: a table with heads, a list of terms, or paragraphs that only stand beside
each other. The parts of a grid that is broken over pages, or within a row, keep one plan. A cell is known by the name
that reportlab gives its style, which goes with it through every split.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeAlias

from reportlab.platypus import Table
from reportlab.platypus.tables import CellStyle

from reports.formats.tagging import COLUMN, ROW, Element, spanning, summarised
from reports.formats.typeface import REGULAR

Look: TypeAlias = tuple[Any, ...]
"""One of reportlab's style commands: name, first cell, last cell, values."""
Padding: TypeAlias = tuple[float, float, float, float]
"""Points above, right of, below and left of what is in a cell."""


class Plan:
    """What the cells of a grid are in the tree. reportlab calls it at each step of drawing each part of the grid.

    This plan is of paragraphs that stand beside each other, parts of `element` (None: of what is around the grid).
    """

    def __init__(self, element: Element | None = None) -> None:
        self.element = element
        self.stacked: set[str] = set()  # names of cells with more than one flowable
        self.blank: set[str] = set()  # names of cells with none
        self._cells: dict[str, tuple[Element | None, bool]] = {}  # by name: the element, and whether words are its own
        self._rows: dict[int, Element] = {}
        self._outer: list[Any] = []

    def __call__(self, table: Any, step: str, *details: Any) -> None:
        """Take one step of drawing: reportlab's name of it, and its details."""
        canvas = table.canv
        if step == "startCell":
            row, column, _, style, *_ = details
            self._enter(table, canvas, row, column, style)
        elif step == "endCell":
            canvas.within, canvas.whole, canvas.muted = self._outer.pop()
        elif step in ("startBG", "startLines"):
            canvas.begin_artifact()
        elif step in ("endBG", "endLines"):
            canvas.end()

    def _enter(self, table: Any, canvas: Any, row: int, column: int, style: Any) -> None:
        """Have the cell take up what is drawn next; a head that was drawn on a page before is an artifact."""
        self._outer.append((canvas.within, canvas.whole, canvas.muted))
        known = self._cells.get(style.name)
        if known is None:
            place, _ = style.name[1:-1].split(",")  # "(12, 3)"; the row is that of the grid before it was split
            found = self.cell(int(place), column, _across(table, row, column), single=style.name not in self.stacked)
            known = self._cells[style.name] = found
        elif row < table.repeatRows:
            canvas.muted = True
            return
        element, own = known
        if element is not None:
            canvas.hang(element)
            canvas.within, canvas.whole = element, element if own else None

    def cell(self, row: int, column: int, across: int, *, single: bool) -> tuple[Element | None, bool]:
        """Return the element of a cell, and whether its words are its own, with no paragraph between.

        `across`: how many columns it covers; `single`: one paragraph is in it.
        """
        return self.element, False


class Joined(Plan):
    """Rows whose words are one paragraph each, as a number and its question are."""

    def cell(self, row: int, column: int, across: int, *, single: bool) -> tuple[Element | None, bool]:
        """Return the paragraph of the row."""
        if row not in self._rows:
            self._rows[row] = self.element.part("P") if self.element else Element("P")
        return self._rows[row], True


class DataTable(Plan):
    """A table whose first `heads` rows head their columns, and whose first `headed` cells of a row head that.

    A row with nothing in its first cell goes on from the one above it and has no head.

    `summary` says what it is of, to those who cannot look it over.
    """

    def __init__(self, heads: int, headed: int = 1, summary: str = "") -> None:
        super().__init__(Element("Table", *([summarised(summary)] if summary else [])))
        self._heads, self._headed = heads, headed
        self._sections: dict[str, Element] = {}

    def cell(self, row: int, column: int, across: int, *, single: bool) -> tuple[Element | None, bool]:
        """Return the cell, in its row, in its section where the table has a head."""
        line = self._rows.get(row)
        if line is None:
            line = self._rows[row] = self._section(row).part("TR")
        heading = column < self._headed and repr((row, 0)) not in self.blank
        scope = COLUMN if row < self._heads else ROW if heading else ""
        attributes = spanning(scope, across)
        found = line.part("TH" if scope else "TD", *([attributes] if attributes else []))
        return found, single

    def _section(self, row: int) -> Element:
        whole = self.element
        assert whole is not None
        if not self._heads:
            return whole
        name = "THead" if row < self._heads else "TBody"
        if name not in self._sections:
            self._sections[name] = whole.part(name)
        return self._sections[name]


class Terms(Plan):
    """A list of terms: the first cell of a row is one, the second its meaning."""

    def __init__(self) -> None:
        super().__init__(Element("L"))

    def cell(self, row: int, column: int, across: int, *, single: bool) -> tuple[Element | None, bool]:
        """Return the label or the body of the row's item."""
        assert self.element is not None
        if row not in self._rows:
            self._rows[row] = self.element.part("LI")
        return self._rows[row].part("LBody" if column else "Lbl"), single


def _across(table: Any, row: int, column: int) -> int:
    if not table._spanCmds:  # noqa: SLF001  # reportlab has no other way
        return 1
    covered = table._spanRanges.get((column, row))  # noqa: SLF001
    return int(covered[2] - covered[0] + 1) if covered else 1


def grid(
    cells: Sequence[Sequence[Any]],
    widths: Sequence[float],
    plan: Plan,
    look: Sequence[Look] = (),
    *,
    padding: Padding = (3, 6, 3, 6),
    **options: Any,
) -> Any:
    """Return cells (flowables, lists of them, or "") in columns of `widths` points, as `plan` reads them.

    `options` are those of reportlab's Table: `repeatRows`, `splitInRow`, `spaceBefore`, `spaceAfter`, ...
    """
    style = _cell_style(padding)
    for place, row in enumerate(cells):
        for column, cell in enumerate(row):
            if isinstance(cell, list):
                plan.stacked.add(repr((place, column)))
            elif isinstance(cell, str):
                plan.blank.add(repr((place, column)))
    return Table(
        [[() if isinstance(cell, str) else cell for cell in row] for row in cells],  # even "" would be drawn unmarked
        colWidths=list(widths),
        cellStyles=[[style(repr((row, column))) for column in range(len(widths))] for row in range(len(cells))],
        style=list(look),
        renderCB=plan,
        hAlign="LEFT",
        **options,
    )


@cache
def _cell_style(padding: Padding) -> type[Any]:
    """Return a style of cells with our font (else each asks for Helvetica) and `padding`."""
    top, right, bottom, left = padding
    values = {"topPadding": top, "rightPadding": right, "bottomPadding": bottom, "leftPadding": left}
    return type("_Cell", (CellStyle,), {"fontname": REGULAR, "valign": "TOP", **values})
