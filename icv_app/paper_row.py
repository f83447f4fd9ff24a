"""A row of a paper's template: what stands there, under which condition, repeated for what. XLSForm's manner."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

TYPES: Final = (
    "title", "field", "heading", "heading 3", "heading 4", "paragraph", "numbered", "sentence", "bullet", "note", "kpi",
)  # fmt: skip
"""What a row may be. A `sentence` goes on in the paragraph before it; `kpi` is a row of the table of measures."""
LEVELS: Final[Mapping[str, int]] = {"heading": 2, "heading 3": 3, "heading 4": 4}
"""The levels of the headings; the title is the one of level 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row; every column is text, "" where the cell is empty.

    `text` and `commentary` hold `${name}`s. `relevant` is an expression (that of a heading holds for all that stands
    under it), `repeat` what the row stands once for each of. `label` opens a field ("Report date") and is the measure
    of a kpi; `number` of a numbered row is the number from which is counted on, of a kpi its own.
    """

    type: str
    text: str = ""
    label: str = ""
    number: str = ""
    commentary: str = ""
    repeat: str = ""
    relevant: str = ""

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The columns that may hold names, each with what it holds."""
        found = (("label", self.label), ("text", self.text), ("commentary", self.commentary))
        return tuple((column, text) for column, text in found if text)

    def as_cells(self) -> dict[str, str]:
        """Return the columns that hold something, in order."""
        return {column: text for column in COLUMNS if (text := getattr(self, column))}


COLUMNS: Final = ("type", "label", "number", "text", "commentary", "repeat", "relevant")
"""The columns in the order of a spreadsheet."""
Rows = tuple[Row, ...]


def from_cells(cells: Mapping[str, Any]) -> Row:
    """Return the row that cells by column make; what is no text is nothing, and other columns are passed over."""
    held = {column: text.strip() for column in COLUMNS if isinstance(text := cells.get(column), str)}
    return Row(**{"type": "", **held})


def starting_at(rows: Rows, number: int) -> Rows:
    """Return the template whose paragraphs count from `number`: the first numbered row says so."""
    at = next((place for place, row in enumerate(rows) if row.type == "numbered"), None)
    if at is None:
        return rows
    return (*rows[:at], replace(rows[at], number=str(number)), *rows[at + 1 :])
