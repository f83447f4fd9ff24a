"""The summary page: the figures of a period, live, with the fraction and the rule behind each; and the PDF."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from forms.translation import later, tr
from icv_app.figure import Figure
from icv_app.figure_name import title
from reports.defence import rule
from ui import theme
from ui.buttons import PrimaryButton, SecondaryButton
from ui.period_page import PeriodPage
from ui.stacking_layout import StackingLayout
from ui.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.summary import Summary
    from ui.alone import AlonePage
    from ui.host import Host

COLUMNS = (later("Figure"), later("Site"), later("Result"), later("Fraction"))
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SummaryPage(PeriodPage):
    """Shows the one flat list of figures that every document shows. It computes nothing itself."""

    def __init__(self, desk: "Host") -> None:
        super().__init__(tr("Quarterly summary"), desk.laptop)
        self._desk = desk
        self._names: dict[str, str] = {}
        self.headline = Body("")
        self.headline.setObjectName("headline")
        self.column.addWidget(self.headline)
        if self.laptop.office:  # what counts some of the reports is nobody's summary to hand on
            self.column.addWidget(self._actions())
        self.column.addWidget(Heading(tr("All figures"), level=2))
        self.rule = Body(tr("Choose a line to read how it is counted."), role="hint")
        self.rule.setObjectName("rule")
        self.column.addWidget(self.rule)
        self.behind = SecondaryButton(tr("Show the records behind it"))
        self.behind.setObjectName("show_behind")
        self.behind.setEnabled(False)
        self.behind.clicked.connect(self._ask_behind)
        below = QHBoxLayout()
        below.addWidget(self.behind)
        below.addStretch(1)
        self.column.addLayout(below)
        self.table = _table()
        self.table.itemSelectionChanged.connect(self._show_rule)
        self.column.addWidget(self.table, 1)
        self.notes = Body("", role="hint")
        self.column.addWidget(self.notes)

    def show_summary(self, summary: "Summary") -> None:
        """Show the sentences, the figures and the notes."""
        from reports import sentences

        paragraphs = (sentences.custody, sentences.kennels, sentences.training, sentences.records)
        self.headline.setText("\n".join(said for tell in paragraphs if (said := tell(summary))))
        self.notes.setText("\n".join(summary.notes))
        self.notes.setVisible(bool(summary.notes))
        self._fill(summary)

    def _fill(self, summary: "Summary") -> None:
        names = self._names = {site.site: site.name for site in summary.sites}
        figures = summary.figures
        self.table.begin(len(figures))
        for line, figure in enumerate(figures):
            cells = (
                title(figure),
                tr("All") if figure.site is None else names.get(figure.site, figure.site),
                _result(figure),
                _fraction(figure),
            )
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{tr(COLUMNS[column])}: {text or tr('none')}")
                if column >= 2:
                    item.setTextAlignment(_RIGHT)
                self.table.setItem(line, column, item)
        self.table.fit()

    def _show_rule(self) -> None:
        chosen = self.table.currentRow()
        if self.summary is not None and 0 <= chosen < len(self.summary.figures):
            figure = self.summary.figures[chosen]
            self.rule.setText(f"{title(figure)}. {rule(figure)}")
            self.behind.setEnabled(True)

    def _ask_behind(self) -> None:
        if self.summary is None or not 0 <= self.table.currentRow() < len(self.summary.figures):
            return
        figure = self.summary.figures[self.table.currentRow()]
        name = title(figure) if figure.site is None else f"{title(figure)}, {self._names[figure.site]}"
        words = tr("Behind the figure: {figure}, {period}", figure=name, period=self.summary.period.name)
        found, keys = self.laptop.records_behind(self.summary, figure), self.laptop.behind(self.summary, figure)
        if keys and len(keys) == len(found):
            self._desk.show_behind(words, keys)
            return
        from ui.behind_page import BehindPage

        page = BehindPage(self._desk, words, found)
        if keys:
            page.offer_visits(keys)
        self._show(page)

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
        from ui.export_page import ExportPage

        self._show(ExportPage(self._desk, self.period.period()))

    def _comment(self) -> None:
        from ui.commentary_page import CommentaryPage

        page = CommentaryPage(self.laptop, self.period.period())
        self._show(page)
        page.begin()

    def _publish(self) -> None:
        from ui.published_page import PublishedPage

        page = PublishedPage(self._desk)
        page.period.choose(self.period.period().name)
        self._show(page)

    def _show(self, page: "AlonePage") -> None:
        page.left.connect(lambda: self._desk.show_page("Summary"))
        self._desk.show_alone(page)


def _fraction(figure: Figure) -> str:
    if figure.numerator is None:
        return ""
    if figure.denominator is None:
        return f"{figure.numerator:,}"
    return tr("{numerator:,} of {denominator:,}", numerator=figure.numerator, denominator=figure.denominator)


def _result(figure: Figure) -> str:
    if figure.numerator is not None:
        return tr("not applicable") if figure.percent is None else f"{figure.percent}%"
    return tr("not recorded") if figure.value is None else f"{figure.value:,}"


class _Table(QTableWidget):
    """Fills the width with its first column where all fits; else figure and site are wrapped, and no number is."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def begin(self, lines: int) -> None:
        """Make room for other lines. Columns as wide as their words would be measured anew with every cell."""
        mode = QHeaderView.ResizeMode.Fixed
        self.horizontalHeader().setSectionResizeMode(mode)
        self.verticalHeader().setSectionResizeMode(mode)
        self.clearContents()
        self.setRowCount(lines)

    def fit(self) -> None:
        """Choose between the two for what it holds now."""
        header, mode = self.horizontalHeader(), QHeaderView.ResizeMode
        needed = sum(max(self.sizeHintForColumn(at), header.sectionSizeHint(at)) for at in range(4))
        fits = needed <= self.viewport().width()
        header.setSectionResizeMode(0, mode.Stretch)
        header.setSectionResizeMode(1, mode.ResizeToContents if fits else mode.Stretch)
        for column in (2, 3):
            header.setSectionResizeMode(column, mode.ResizeToContents)
        self.verticalHeader().setSectionResizeMode(mode.Fixed if fits else mode.ResizeToContents)


def _table() -> _Table:
    table = _Table(0, len(COLUMNS))
    table.setObjectName("figures")
    table.setAccessibleName(tr("All figures of the period"))
    table.setHorizontalHeaderLabels([tr(column) for column in COLUMNS])
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setMinimumHeight(280)
    table.verticalHeader().setDefaultSectionSize(theme.px(2.2))
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    for column in (2, 3):
        if (item := table.horizontalHeaderItem(column)) is not None:
            item.setTextAlignment(_RIGHT)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return table
