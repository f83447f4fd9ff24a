"""Criteria of quality: what an independent custody visiting scheme is judged by, and the dated evidence of it. Values.

ICVA awards schemes by its Quality Assurance Framework (Code Compliant, Silver, Gold, Platinum; `domain.md` C, S2). Its
list of criteria is not published, so the words are the office's to edit, and what this program begins with is only a
start (`quality_start`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from forms.translation import later, tr

LEVELS: Final[Mapping[str, str]] = {
    "": later("Level not set"),
    "code_compliant": later("Code Compliant"),
    "silver": later("Silver"),
    "gold": later("Gold"),
    "platinum": later("Platinum"),
}
"""The levels of the framework, the first to be reached first."""

Day = date  # for classes with a field called date


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What is asked for. `area` is the heading that it stands under, `order` its place there.

    `first` and `last`: the days from and to which it is used, both included; None: always, and still. `confirmed`: the
    office entered it, or looked at it; else it is of the starting set. `figures`: those that are evidence of it by
    themselves, as (measure, figure).
    """

    code: str
    area: str
    words: str
    level: str = ""
    order: int = 0
    first: date | None = None
    last: date | None = None
    confirmed: bool = False
    figures: tuple[tuple[str, str], ...] = ()

    def holds(self, day: date) -> bool:
        """Return whether it is used on `day`."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What shows that a criterion is met: on which day, what, and where it can be found.

    `source`: a reference of a record or of a document ("Panel paper, October 2025, paragraph 51"); `by`: who added it.
    """

    key: str
    criterion: str
    date: Day
    what: str
    source: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A criterion with its evidence, the latest first."""

    criterion: Criterion
    evidence: tuple[Evidence, ...] = ()


def level_words(level: str) -> str:
    """Return a level as people call it."""
    return tr(LEVELS.get(level, level))
