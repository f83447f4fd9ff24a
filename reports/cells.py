"""Cells of tables: what one figure puts into a narrow column, never more than it holds."""

from forms.translation import tr
from icv_app.figure import Figure
from reports import wording

UNKNOWN = "–"
"""What a cell says where there is no such figure, or nobody wrote the number down."""


def top(found: Figure | None) -> str:
    """Return the numerator of a ratio."""
    return _cell(found, found.numerator if found else None)


def bottom(found: Figure | None) -> str:
    """Return the denominator of a ratio."""
    return _cell(found, found.denominator if found else None)


def value(found: Figure | None) -> str:
    """Return a count."""
    return _cell(found, found.value if found else None)


def share(found: Figure | None) -> str:
    """Return "85.7%", or "none due" of nothing."""
    if found is None or found.withheld or found.denominator is None:
        return wording.WITHHELD if found and found.withheld else UNKNOWN
    return tr("none due") if found.percent is None else f"{found.percent}%"


def fraction(found: Figure | None) -> str:
    """Return "12 of 13"; of nothing a dash."""
    if found is None or found.withheld or not found.denominator:
        return wording.WITHHELD if found and found.withheld else UNKNOWN
    return wording.fraction(found)


def told(found: Figure | None) -> str:
    """Return a figure of whatever kind: "30 of 35 (85.7%)", "30", "15 hours 24 minutes"."""
    if found is None or found.withheld:
        return wording.WITHHELD if found else UNKNOWN
    if found.numerator is not None:
        return wording.defended(found) if found.denominator else tr("none due")
    if found.value is None:
        return UNKNOWN
    long = found.figure.endswith("_minutes")
    return wording.hours(found.value) if long else wording.number(found)


def _cell(found: Figure | None, number: int | None) -> str:
    if found is not None and found.withheld:
        return wording.WITHHELD
    return UNKNOWN if number is None else f"{number:,}"
