"""How far a form is: which of its sections are shown, and what is answered in each."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from forms.draft import Draft
from forms.form import Place
from forms.problem import Progress
from forms.translation import plural, tr
from ui.form_filling.navigator import Step, step_of
from ui.form_filling.office_comments import OfficeComments
from ui.form_filling.section_plan import LOOSE, SectionPlan, sections_of

CHECK = "~check"
"""The key of the check page, which stands after the sections."""


class FormProgress:
    """Counts a section again only when something in it was touched."""

    def __init__(self, draft: Draft, comments: OfficeComments) -> None:
        self._draft = draft
        self._comments = comments
        self.plans: dict[str, SectionPlan] = {plan.key: plan for plan in sections_of(draft.form)}
        self._counted: dict[str, Progress] = {}
        self.count(self.plans)

    def keys(self) -> Iterator[str]:
        """Yield the keys of the sections that are shown, and of the check page."""
        for key in self.plans:
            if key == LOOSE or self._draft.shown(Place(key)):
                yield key
        yield CHECK

    def count(self, keys: Iterable[str]) -> None:
        """Count these sections again."""
        for key in keys:
            if key in self.plans:
                self._counted[key] = self._draft.progress(key)

    def title(self, key: str) -> str:
        """Return the heading of a section."""
        return self.plans[key].title(self._draft)

    @property
    def answered(self) -> int:
        """How many of the required answers of the shown sections are there."""
        return sum(self._counted[key].required_answered for key in self.keys() if key != CHECK)

    @property
    def total(self) -> int:
        """How many required answers the shown sections have."""
        return sum(self._counted[key].required_total for key in self.keys() if key != CHECK)

    def _step(self, key: str) -> Step:
        step = step_of(key, self.title(key), self._counted[key])
        if not (count := self._comments.count(key)):
            return step
        said = plural("{state}, one comment", "{state}, {count} comments", count, state=step.words)
        return replace(step, words=said)

    def steps(self) -> tuple[Step, ...]:
        """Return an entry for each shown section, and one for the check page."""
        steps = [self._step(key) for key in self.keys() if key != CHECK]
        missing = self.total - self.answered
        wrong = sum(self._counted[step.key].problems for step in steps)
        to_mend = plural("{count} to put right", "{count} to put right", wrong)
        words = to_mend if wrong else tr("Nothing missing")
        if missing:
            words = plural("{count} answer missing", "{count} answers missing", missing)
            if wrong:
                words = tr("{missing}, {wrong}", missing=words, wrong=to_mend)
        return (*steps, Step(key=CHECK, title=tr("Check and send"), words=words, part=0, wrong=bool(wrong)))
