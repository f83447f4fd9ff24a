"""A problem of a draft, and the count of what is left to do."""

from dataclasses import dataclass
from typing import Literal

from forms.form import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that stands in the way of finishing, in words for the person."""

    place: Place
    section: str
    label: str
    message: str
    kind: Literal["required", "constraint", "unreadable", "choice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a section is: counts of its shown questions. `problems` are wrong answers; missing ones are not in it."""

    questions: int
    answered: int
    required_total: int
    required_answered: int
    problems: int
