"""A problem of a draft, and the count of what is left to do."""

from dataclasses import dataclass
from typing import Literal

from forms.form import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that stands in the way of finishing, in words for the person.

    `says_question`: the message is the form's own, which names what it is about ("Choose the custody suite"); the
    general ones ("Answer this question") need the label beside them.
    """

    place: Place
    section: str
    label: str
    message: str
    kind: Literal["required", "constraint", "unreadable", "choice"]
    says_question: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a section is: counts of its shown questions. `problems` are wrong answers; missing ones are not in it."""

    questions: int
    answered: int
    required_total: int
    required_answered: int
    problems: int
