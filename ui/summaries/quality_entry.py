"""Entering a criterion of quality, or a piece of evidence that one is met."""

from dataclasses import replace
from typing import TYPE_CHECKING

from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.quality_criterion import LEVELS, Criterion
from icv_app.summaries import quality
from ui.widgets import messages
from ui.widgets.asked_text import AskedText
from ui.widgets.entry_page import EntryPage
from ui.widgets.looked_tick import LookedTick
from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class _QualityEntry(EntryPage):
    """Both show a tick once the guard has pointed at words that may tell of somebody; it holds for these words."""

    def _finish(self, words: str, first: AskedText) -> None:
        self.looked = LookedTick("quality_looked")
        self.column.addWidget(self.looked)
        self.finish(words, first.box)

    def keep(self) -> str:
        try:
            return self._keep(looked=self.looked.passes(self._words()))
        except InvalidInput as error:
            if error.code != "personal_data":
                raise
            self.looked.ask(self._words())
            words = tr(
                "{problem} If these words tell nobody’s identity, tick that you have looked.",
                problem=messages.words(error),
            )
            raise InvalidInput("personal_data", words) from None

    def _words(self) -> str:
        return "\n".join(self.typed().values())

    def _keep(self, *, looked: bool) -> str:
        raise NotImplementedError


class EvidencePage(_QualityEntry):
    """Adds evidence of one criterion."""

    def __init__(self, laptop: "Laptop", criterion: Criterion) -> None:
        super().__init__(tr("Add evidence"), laptop)
        self.held_as = f"evidence {criterion.code}"
        self._criterion = criterion
        self.column.addWidget(Body(criterion.words, role="strong"))
        self.what = AskedText("evidence_what", tr("What shows that it is met?"), tr("Name nobody."))
        self.column.addWidget(self.what)
        self.on = self.ask_day("evidence_day", tr("Of which day?"), value=laptop.clock.today())
        self.source = self.ask(
            "evidence_source", tr("Where can it be found?"), tr("For example: Panel paper, October 2025, paragraph 51")
        )
        self.at = {"evidence": self.what.box, "personal_data": self.what.box, "future": self.on.box}
        self._finish(tr("Add the evidence"), self.what)

    def _keep(self, *, looked: bool) -> str:
        laptop, today = self.laptop, self.laptop.clock.today()
        quality.add_evidence(
            laptop.store, self._criterion.code, self.what.text(), on=self.day(self.on) or today, today=today,
            by=laptop.identity.person, source=self.source.text(), looked=looked,
        )  # fmt: skip
        return tr("The evidence is saved on this laptop.")


class CriterionPage(_QualityEntry):
    """Words a criterion, one of those that there are or a new one."""

    def __init__(self, laptop: "Laptop", was: Criterion | None) -> None:
        super().__init__(tr("A criterion of quality"), laptop)
        self.held_as = f"criterion {was.code if was else ''}"
        self._was = was
        self.words = AskedText("criterion_words", tr("What does it ask for?"), "", was.words if was else "")
        self.column.addWidget(self.words)
        self.area = self.ask("criterion_area", tr("Under which heading does it stand?"), "", was.area if was else "")
        levels = [(code, tr(words)) for code, words in LEVELS.items()]
        self.level = self.choose("criterion_level", tr("Which level asks for it?"), levels, was.level if was else "")
        self.first = self.ask_day(
            "criterion_from", tr("From which day?"), tr("Leave empty: always"), was.first if was else None
        )
        self.last = self.ask_day(
            "criterion_to", tr("Up to which day?"), tr("Leave empty: still. Its evidence stays"),
            was.last if was else None,
        )  # fmt: skip
        self.at = {"criterion": self.words.box, "personal_data": self.words.box, "dates": self.last.box}
        self._finish(tr("Save the criterion"), self.words)

    def _keep(self, *, looked: bool) -> str:
        # both are told by one code: the focus goes to the box that is empty, the first of them
        self.at["criterion"] = self.area.box if self.words.text() and not self.area.text() else self.words.box
        if not self.words.text():
            raise InvalidInput("criterion", tr("Say what the criterion asks for."))
        store = self.laptop.store
        known = quality.criteria(store.connection)
        held = self._was or Criterion(
            code=quality.new_code(self.words.text(), known), area="", words="", order=10 * (len(known) + 1)
        )
        quality.save_criterion(
            store,
            replace(
                held, area=self.area.text(), words=self.words.text(), level=self.level.value(),
                first=self.day(self.first), last=self.day(self.last),
            ),
            looked=looked,
        )  # fmt: skip
        return tr("The criterion is saved on this laptop.")
