"""What the tests of forms share: a clock, a small form with one question of each kind, and ways to evaluate on it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

import pytest

from forms import reader
from forms.draft import Draft
from forms.expression import compiled
from forms.form import Form, Place
from forms.moments import LONDON
from forms.scope import Scope
from forms.values import Atom

NOW = datetime(2026, 11, 22, 14, 30, 5, tzinfo=LONDON)

CHOICES = (
    {"list_name": "animal", "name": "cat", "label": "A cat", "legs": "4"},
    {"list_name": "animal", "name": "dog", "label": "A dog", "label::Cymraeg (cy)": "Ci", "legs": "4"},
    {"list_name": "animal", "name": "hen", "label": "A hen", "legs": "2"},
)
EVERY_KIND = (
    {"type": "text", "name": "word"},
    {"type": "text", "name": "other"},
    {"type": "integer", "name": "whole"},
    {"type": "decimal", "name": "part"},
    {"type": "date", "name": "day"},
    {"type": "date", "name": "later"},
    {"type": "time", "name": "clock"},
    {"type": "dateTime", "name": "start"},
    {"type": "dateTime", "name": "end"},
    {"type": "select_one animal", "name": "pet"},
    {"type": "select_multiple animal", "name": "pets"},
    {"type": "text", "name": "away", "relevant": "${word} = 'show'"},
    {"type": "note", "name": "remark", "label": "Remark"},
    {"type": "begin_group", "name": "box"},
    {"type": "integer", "name": "boxed"},
    {"type": "end_group"},
    {"type": "begin_repeat", "name": "people"},
    {"type": "integer", "name": "age"},
    {"type": "text", "name": "nick", "relevant": "not(${age} = 99)"},
    {"type": "begin_group", "name": "inner"},
    {"type": "text", "name": "deep"},
    {"type": "end_group"},
    {"type": "calculate", "name": "row_out", "calculation": "1"},
    {"type": "end_repeat"},
    {"type": "calculate", "name": "out", "calculation": "''"},
)


class Evaluate(Protocol):
    def __call__(
        self, source: str, people: Iterable[Mapping[str, Any]] = (), *, home: str = "out", row: int = 0, **answers: Any
    ) -> Atom: ...


def make(*survey: Mapping[str, Any], choices: Iterable[Mapping[str, Any]] = CHOICES, **settings: str) -> Form:
    return reader.from_sheets(survey=survey, choices=tuple(choices), settings=settings, name="test")


@pytest.fixture(scope="session")
def clock() -> Callable[[], datetime]:
    return lambda: NOW


@pytest.fixture(scope="session")
def form() -> Callable[..., Form]:
    """Make a form of survey rows."""
    return make


@pytest.fixture(scope="session")
def draft(clock: Callable[[], datetime]) -> Callable[..., Draft]:
    """Make a draft of a form, or of survey rows."""

    def start(*survey: Mapping[str, Any], answers: Mapping[str, Any] | None = None, **options: Any) -> Draft:
        return Draft(make(*survey), answers, clock=options.pop("clock", clock), **options)

    return start


@pytest.fixture(scope="session")
def evaluate(clock: Callable[[], datetime]) -> Evaluate:
    """Work out an expression on the form of every kind; `people` are the rows of its repeat."""
    every_kind = make(*EVERY_KIND)

    def work_out(
        source: str, people: Iterable[Mapping[str, Any]] = (), *, home: str = "out", row: int = 0, **answers: Any
    ) -> Atom:
        rows = {str(number): dict(fields) for number, fields in enumerate(people, 1)}
        draft = Draft(every_kind, {**answers, "people": rows}, clock=clock)
        state = draft._state
        expression = compiled(source, state.logic.outline, state.logic.outline[home], "calculation")
        return expression.work(Scope(state, str(row) if row else ""))

    return work_out


def at(name: str, row: str = "", repeat: str = "people") -> Place:
    return Place(name, repeat, row) if row else Place(name)
