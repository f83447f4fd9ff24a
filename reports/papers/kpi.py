"""The table of measures of a panel paper: number, measure, performance, commentary (`domain.md` B2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from forms.translation import tr
from reports import document
from reports.document import Table

_WIDTHS = (0.07, 0.35, 0.2, 0.38)


@dataclass(frozen=True, slots=True)
class Measure:
    """One row: the measure's own number, what it measures, what came out, and what is said about it."""

    number: str
    measure: str
    performance: str
    commentary: str


def table(measures: Sequence[Measure]) -> Table:
    """Return the table; every measure is a row."""
    return document.table(
        tr("Key performance indicators"),
        (tr("No."), tr("Measure"), tr("Performance"), tr("Commentary")),
        [(each.number, each.measure, each.performance, each.commentary) for each in measures],
        _WIDTHS,
    )
