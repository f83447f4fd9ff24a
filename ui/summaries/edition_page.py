"""An edition of a period: its figures as they were published, each with its rule and the records behind it then."""

from typing import TYPE_CHECKING

from forms.translation import tr
from icv_app.errors import IcvError
from icv_app.figure import Figure
from icv_app.summaries import published
from icv_app.wording import months_words
from ui.summaries.figures_view import FiguresView
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.text import Body
from ui.widgets.words_dialog import OF_THE_SUMMARY

if TYPE_CHECKING:
    from collections.abc import Callable

    from icv_app.summaries.edition import Edition
    from ui.widgets.host import Host


class EditionPage(AlonePage):
    """`back` shows what Back leads to; `row` is the line to begin on. Nothing here can be changed."""

    help_part = OF_THE_SUMMARY

    def __init__(self, desk: "Host", edition: "Edition", back: "Callable[[], object]", row: int = -1) -> None:
        period = edition.told().period
        self._months = months_words(period.first, period.last)
        super().__init__(tr("Published figures: {period}", period=self._months))
        self._desk, self._edition, self._go_back = desk, edition, back
        self.left.connect(back)
        self.column.addWidget(Body(tr("{words}.", words=published.edition_words(edition)), role="strong"))
        self.figures = FiguresView()
        self.figures.behind_wanted.connect(self._show_behind)
        self.column.addWidget(self.figures, 1)
        self.figures.show_summary(edition.told().summary)
        if row >= 0:
            self.figures.choose(row)

    def _show_behind(self, figure: Figure, name: str) -> None:
        """List the records that were counted then, and how each stands now; the way back leads here."""
        from ui.summaries.behind_page import BehindPage

        desk, edition, row, go_back = self._desk, self._edition, self.figures.table.currentRow(), self._go_back
        try:
            found = published.records(desk.laptop.store.connection, edition, figure)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return

        def back() -> None:
            page = EditionPage(desk, edition, go_back, row)
            desk.show_alone(page)
            page.figures.table.setFocus()

        title = tr("Behind the published figure: {figure}, {period}", figure=name, period=self._months)
        page = BehindPage(desk, title, found, back)
        desk.show_alone(page)
