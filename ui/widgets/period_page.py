"""A page about a period: it counts when it is shown, and again when another period is chosen."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent

from forms.translation import tr
from icv_app.wording import span_words
from ui.widgets.announcing import announce
from ui.widgets.page import Page
from ui.widgets.period_box import PeriodBox
from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.figure import Period
    from icv_app.laptop import Laptop
    from icv_app.summary import Summary


class PeriodPage(Page):
    """Has the box of periods under its heading; `summary` is what it shows, None until it is first shown."""

    def __init__(self, title: str, laptop: "Laptop") -> None:
        super().__init__(title)
        self.laptop = laptop
        self.summary: Summary | None = None
        self.period = PeriodBox(laptop.clock.today(), self, any_dates=True)
        self.period.choose(laptop.usual_period().name)
        self.period.changed.connect(self._choose)
        self.column.addWidget(self.period)
        self.partly = Body(
            tr(
                "These are not the scheme's figures. This laptop may read only some of the reports: a visit that "
                "others made can be missing here. The office sees all of them."
            ),
            role="strong",
        )
        self.partly.setObjectName("partly")
        self.column.addWidget(self.partly)
        self.partly.setVisible(not laptop.office)  # on the page by now: else it would be shown as a window of its own

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.summary is None:
            self.refresh()

    def _choose(self) -> None:
        """Count the period that was chosen, and say aloud that it is shown."""
        self.refresh()
        if self.summary is not None:
            period = self.summary.period
            announce(self, tr("Shown now: {period}.", period=span_words(period.first, period.last)))

    def refresh(self) -> None:
        """Count again; a hidden page waits until it is shown."""
        self.summary = self.count(self.period.period()) if self.isVisible() else None
        if self.summary is not None:
            self.show_summary(self.summary)

    def count(self, period: "Period") -> "Summary":
        """Return the summary of a period."""
        return self.laptop.summary(period)

    def show_summary(self, summary: "Summary") -> None:
        """Show what was counted; each page has its own way."""
