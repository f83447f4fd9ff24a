"""The summary page: what the documents of a period will say, and every figure with the rule and records behind it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from forms.translation import later, tr
from icv_app.wording import months_words
from ui.summaries.document_view import DocumentView
from ui.summaries.figures_view import FiguresView
from ui.summaries.publication_notice import PublicationNotice
from ui.widgets import theme
from ui.widgets.buttons import PrimaryButton, SecondaryButton, TabButton
from ui.widgets.period_page import PeriodPage
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.words_dialog import OF_THE_SUMMARY

if TYPE_CHECKING:
    from icv_app.account import Account
    from icv_app.figure import Figure, Period
    from icv_app.summary import Summary
    from ui.widgets.alone import AlonePage
    from ui.widgets.host import Host

_TABS = {"document": later("What the summary says"), "figures": later("All figures and what is behind them")}


def _period(period: "Period") -> str:
    return months_words(period.first, period.last)


class SummaryPage(PeriodPage):
    """Shows the one flat list of figures that every document shows. It computes nothing itself."""

    help_part = OF_THE_SUMMARY

    def __init__(self, desk: "Host") -> None:
        super().__init__(tr("Summary of a period"), desk.laptop)
        self._desk = desk
        self._account: Account | None = None
        if self.laptop.office:  # what counts some of the reports is nobody's summary to hand on
            self.column.addWidget(self._actions())
        self.document = DocumentView()
        self.figures = FiguresView()
        self.figures.behind_wanted.connect(self._show_behind)
        self._from: QWidget | None = None  # what was chosen when another page came, and where the page stood
        self._at = 0
        self._parts = {"document": self.document, "figures": self.figures}
        self.publication = PublicationNotice()
        self.column.addWidget(self.publication)
        self.column.addWidget(self._tabs())
        self.column.addWidget(self.document)
        self.column.addWidget(self.figures, 100)
        self.column.addStretch(1)
        self.turn_to("document")

    def _tabs(self) -> QWidget:
        holder = QWidget()
        row = StackingLayout(holder, gap=theme.px(0.3))
        self._tab: dict[str, TabButton] = {}
        for name, words in _TABS.items():
            tab = TabButton(tr(words))
            tab.setObjectName(f"tab_{name}")
            tab.clicked.connect(lambda _=False, wanted=name: self.turn_to(wanted))
            self._tab[name] = tab
            row.addWidget(tab)
        return holder

    def turn_to(self, name: str) -> None:
        """Show what the summary says ("document"), or the list of figures ("figures")."""
        self._shown = name
        for each, tab in self._tab.items():
            tab.setChecked(each == name)
            self._parts[each].setVisible(each == name)
        if self.summary is not None:
            self._fill()

    def count(self, period: "Period") -> "Summary":
        """Return the summary of a period: out of its account, where what the document says is turned up."""
        self._account = self.laptop.accounts.of(period) if self._shown == "document" else None
        return super().count(period) if self._account is None else self._account.summary

    def show_summary(self, summary: "Summary") -> None:
        """Show what was counted, on the side that is turned up."""
        self._filled: set[str] = set()
        self.publication.look(self.laptop, summary)
        self._fill()

    def _fill(self) -> None:
        if self.summary is None or self._shown in self._filled:
            return
        self._filled.add(self._shown)
        if self._shown == "figures":
            self.figures.show_summary(self.summary)
            return
        from reports import making

        account = self._account or self.laptop.accounts.of(self.summary.period)
        self.document.show_document(making.document("summary", account))

    def _show_behind(self, figure: "Figure", name: str) -> None:
        assert self.summary is not None  # there is a line to choose
        words = tr("Behind the figure: {figure}, {period}", figure=name, period=_period(self.summary.period))
        from ui.summaries.behind_page import BehindPage

        self._leave_from(self.figures.table)
        page = BehindPage(self._desk, words, self.laptop.records_behind(self.summary, figure), self.come_back)
        if keys := self.laptop.behind(self.summary, figure):
            page.offer_visits(keys)
        self._desk.show_alone(page)

    def _actions(self) -> QWidget:
        """Return what the office does with a period, as a row of buttons."""
        holder = QWidget()
        row = StackingLayout(holder, gap=theme.px(0.6))
        self.make = PrimaryButton(tr("Make a document…"))
        self.comment = SecondaryButton(tr("Write the commentary…"))
        self.publish = SecondaryButton(tr("Publish…"))
        for button, name, slot in (
            (self.make, "make_document", self._make), (self.comment, "write_commentary", self._comment),
            (self.publish, "publish_period", self._publish),
        ):  # fmt: skip
            button.setObjectName(name)
            button.clicked.connect(slot)
            row.addWidget(button)
        return holder

    def _make(self) -> None:
        from ui.summaries.export_page import ExportPage

        self._show(ExportPage(self._desk, self.period.period()), self.make)

    def _comment(self) -> None:
        from ui.summaries.commentary_page import CommentaryPage

        page = CommentaryPage(self.laptop, self.period.period())
        self._show(page, self.comment)
        page.begin()

    def _publish(self) -> None:
        from ui.summaries import published_page

        self._leave_from(self.publish)
        published_page.show(self._desk, self.period.period().name, self.come_back)

    def _show(self, page: "AlonePage", button: QWidget) -> None:
        self._leave_from(button)
        page.left.connect(self.come_back)
        self._desk.show_alone(page)

    def _leave_from(self, chosen: QWidget) -> None:
        self._from, self._at = chosen, self.verticalScrollBar().value()

    def come_back(self) -> None:
        """Show the page where it was left, with the focus on what led away."""
        self._desk.show_page("Summary")
        chosen, at = self._from, self._at
        if chosen is None or not self.isVisible():
            return
        chosen.setFocus()

        def scroll() -> None:
            self.verticalScrollBar().setValue(at)
            if chosen is not self.figures.table:  # it is higher than the page in large letters
                self.ensureWidgetVisible(chosen, 0, theme.px(1))

        QTimer.singleShot(0, self, scroll)  # once the page is as long as it was
