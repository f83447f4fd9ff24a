"""Published figures: what was published of each period, what comes out differently now, and publishing a period."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from forms.translation import plural, tr
from icv_app.errors import IcvError
from icv_app.summaries import published
from icv_app.summaries.published import Standing
from icv_app.wording import months_words
from reports import making
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import PrimaryButton
from ui.widgets.page import empty
from ui.widgets.period_box import PeriodBox
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading
from ui.widgets.waiting import waiting
from ui.widgets.words_dialog import OF_THE_SUMMARY

if TYPE_CHECKING:
    from ui.widgets.host import Host

NAMED = 12
"""How many restated figures are listed of a period; those of all sites come first."""


class PublishedPage(AlonePage):
    """Publishes after asking; nothing that is published is ever changed."""

    help_part = OF_THE_SUMMARY

    def __init__(self, desk: "Host") -> None:
        super().__init__(tr("Published figures"))
        self._desk = desk
        self.column.addWidget(
            Body(
                tr(
                    "Publish a period when its figures are handed out. They are kept as they are, with everything "
                    "that its documents say and the records that they were counted from. Where later entries change "
                    "what comes out, the summary says which figures are restated, and publishing again makes a new "
                    "edition."
                )
            )
        )
        self.period = PeriodBox(desk.laptop.clock.today(), self, any_dates=True)
        self.period.choose(desk.laptop.usual_period().name)
        self.column.addWidget(self.period)
        self.period.changed.connect(self._look)
        self._before = QVBoxLayout()
        self.column.addLayout(self._before)
        publish = PrimaryButton(tr("Publish its figures…"))
        publish.setObjectName("publish")
        publish.clicked.connect(self.publish)
        row = StackingLayout()
        row.addWidget(publish)
        self.column.addLayout(row)
        self.column.addWidget(Heading(tr("Published so far"), level=2))
        self._list = QVBoxLayout()
        self.column.addLayout(self._list)
        self.column.addStretch(1)
        self.refresh()
        self._look()

    def _look(self) -> None:
        """Say what of the chosen period is still out, before it is published."""
        empty(self._before)
        laptop = self._desk.laptop
        lines = published.before_publishing(laptop.store, self.period.period(), laptop.clock.today())
        if lines:
            self._before.addWidget(Body(tr("Before you publish:"), role="strong"))
        for line in lines:
            self._before.addWidget(Body(line))

    def refresh(self) -> None:
        """Read what is published again, and count it anew."""
        empty(self._list)
        laptop = self._desk.laptop
        found = published.restated(laptop.store, laptop.store.connection, laptop.clock.today())
        for standing in found:
            self._tell_of(standing)
        if not found:
            self._list.addWidget(Body(tr("Nothing is published yet."), role="hint"))

    def _tell_of(self, standing: Standing) -> None:
        self._list.addWidget(Body(tr("{words}.", words=published.words(standing)), role="strong"))
        every = published.editions(self._desk.laptop.store, standing.period.name)
        for edition in every if len(every) > 1 else ():
            self._list.addWidget(Body(tr("{words}.", words=published.edition_words(edition)), role="hint"))
            for line in edition.changes[:NAMED]:
                self._list.addWidget(Body(line))
            if (more := len(edition.changes) - NAMED) > 0:
                self._list.addWidget(Body(plural("And {count} more.", "And {count} more.", more), role="hint"))
        for each in standing.restated[:NAMED]:
            self._list.addWidget(Body(each.words(standing.published.names)))
        if (more := len(standing.restated) - NAMED) > 0:
            words = plural("And {count} more figure.", "And {count} more figures.", more)
            self._list.addWidget(Body(words, role="hint"))

    def publish(self) -> None:
        """Publish the period that is chosen, after asking."""
        period, laptop = self.period.period(), self._desk.laptop
        words = months_words(period.first, period.last)
        question = tr(
            "Keep the figures of {period} as published? They can be published again, never changed.", period=words
        )
        if not messages.ask(self, question, yes=tr("Publish"), no=tr("Not now")):
            return
        try:
            with waiting():
                kept = laptop.accounts.publish(laptop.store, period, make=making.make)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self.refresh()
        self._look()
        told = plural(
            "Published: {period}, {count} figure. Share, so that the rest of the office has it too.",
            "Published: {period}, {count} figures. Share, so that the rest of the office has it too.",
            len(kept.figures), period=words,
        )  # fmt: skip
        self.back.setFocus()
        self.tell(told)
