"""Control charts: whether a series of numbers tells of more than chance, by the rules of NHS "Making Data Count".

Pure. A series is the points of one site in the order of time; its limits are those of an XmR chart (individuals and
moving ranges).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

What = Literal["days_between", "access_delay"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One visit: its day, the number (days since the one before, or minutes waited) and the key of its record."""

    day: date
    value: int
    visit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The points of one site in the order of time, up to the end of the period."""

    what: What
    site: str
    points: tuple[Point, ...]
