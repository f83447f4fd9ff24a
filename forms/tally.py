"""The count of what is done and left to do in each section, kept until something in it changes.

A section that is a repeat is counted row by row, so that a key in one row of forty does not count the other rows again.
"""

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter

from forms.change import DraftChange, Key
from forms.logic import Logic
from forms.problem import Progress
from forms.state import State

Part = tuple[str, str]
"""What is counted at once: a section with "", or a row of a section that is a repeat."""

_NOTHING = Progress(questions=0, answered=0, required_total=0, required_answered=0, problems=0)
_COUNTS = attrgetter(*Progress.__slots__)


class Tally:
    """Counts the shown questions of sections; `required` and `wrong` judge one question."""

    def __init__(self, state: State, *, required: Callable[[Key], bool], wrong: Callable[[Key], bool]) -> None:
        self._state = state
        self._outline = state.logic.outline
        self._required = required
        self._wrong = wrong
        self._timely = _timely_sections(state.logic)
        self._known: dict[Part, tuple[Progress, bool]] = {}

    def of(self, section: str) -> Progress:
        """Return the count of a section ("" for the loose questions)."""
        if not section:
            loose = [name for name in self._outline.children[""] if not self._outline[name].section]
            return _sum(self._counted(self._state.questions(name))[0] for name in loose)
        return _sum(self._part(part)[0] for part in self._parts(section))

    def unfinished(self) -> Iterator[Key]:
        """Yield the questions in form order, leaving out the parts in which nothing is wrong or missing."""
        for name in self._outline.children[""]:
            if not self._outline[name].section:
                yield from self._state.questions(name)
                continue
            for part in self._parts(name):
                if not self._part(part)[1]:
                    yield from self._state.questions_in(*part)

    def forget(self, change: DraftChange) -> None:
        """Count again, when asked, what a change may have made different."""
        for place in change.touched:
            section = self._outline[place.name].section
            self._known.pop((section, place.row if place.repeat == section else ""), None)
        for repeat in change.rows:
            for part in [part for part in self._known if part[0] == self._outline[repeat].section]:
                del self._known[part]

    def _parts(self, section: str) -> Iterator[Part]:
        if self._outline[section].row.kind != "repeat":
            yield (section, "")
        else:
            yield from ((section, row) for row in self._state.shown_rows(section))

    def _part(self, part: Part) -> tuple[Progress, bool]:
        known = self._known.get(part)
        if known is None or part[0] in self._timely:
            known = self._known[part] = self._counted(self._state.questions_in(*part))
        return known

    def _counted(self, keys: Iterable[Key]) -> tuple[Progress, bool]:
        """Return the count of what a person answers, and whether nothing is wrong or missing, worked out or not."""
        in_order = True
        questions = answered = required_total = required_answered = problems = 0
        for key in keys:
            has_answer = self._state.stored(key) is not None
            required, wrong = self._required(key), self._wrong(key)
            in_order = in_order and not wrong and (has_answer or not required)
            if not self._outline[key[0]].answerable:
                continue
            questions += 1
            answered += has_answer
            required_total += required
            required_answered += required and has_answer
            problems += wrong
        progress = Progress(
            questions=questions,
            answered=answered,
            required_total=required_total,
            required_answered=required_answered,
            problems=problems,
        )
        return progress, in_order


def _sum(parts: Iterable[Progress]) -> Progress:
    counts = [sum(column) for column in zip(_COUNTS(_NOTHING), *map(_COUNTS, parts), strict=True)]
    return Progress(**dict(zip(Progress.__slots__, counts, strict=True)))


def _timely_sections(logic: Logic) -> frozenset[str]:
    """Return the sections with a rule that asks the clock: they are counted afresh each time."""
    return frozenset(
        entry.section
        for name, entry in logic.outline.entries.items()
        for rule in (logic.rules[name].required, logic.rules[name].constraint, logic.rules[name].choice_filter)
        if rule is not None and rule.timely
    )
