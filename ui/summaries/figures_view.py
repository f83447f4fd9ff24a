"""All figures of a period as a list: each with its fraction, the rule behind it, and the records behind that."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from forms.translation import later, tr
from icv_app.figure import Figure
from icv_app.figure_name import title
from reports.defence import rule
from ui.widgets import theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.summary import Summary

COLUMNS = (later("Figure"), later("Site"), later("Result"), later("Fraction"))
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FiguresView(QWidget):
    """`behind_wanted` carries a figure and words that name it with its site."""

    behind_wanted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._figures: tuple[Figure, ...] = ()
        self._names: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.7))
        self.rule = Body(tr("Choose a line to read how it is counted."), role="hint")
        self.rule.setObjectName("rule")
        column.addWidget(self.rule)
        self.behind = SecondaryButton(tr("Show the records behind it"))
        self.behind.setObjectName("show_behind")
        self.behind.setEnabled(False)
        self.behind.clicked.connect(self._ask_behind)
        below = QHBoxLayout()
        below.addWidget(self.behind)
        below.addStretch(1)
        column.addLayout(below)
        self.table = _table()
        self.table.itemSelectionChanged.connect(self._show_rule)
        column.addWidget(self.table, 1)

    def show_summary(self, summary: "Summary") -> None:
        """Show the figures of another summary; the line that was chosen stays so."""
        chosen = self.table.currentRow()
        self._figures = summary.figures
        self._fill(summary)
        if 0 <= chosen < len(self._figures):
            self.table.setCurrentCell(chosen, 0)
            self._show_rule()

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

    def _chosen(self) -> Figure | None:
        row = self.table.currentRow()
        return self._figures[row] if 0 <= row < len(self._figures) else None

    def _show_rule(self) -> None:
        figure = self._chosen()
        if figure is not None:
            self.rule.setText(f"{title(figure)}. {rule(figure)}")
            self.behind.setEnabled(True)

    def _ask_behind(self) -> None:
        figure = self._chosen()
        if figure is not None:
            site = self._names.get(figure.site, figure.site) if figure.site else ""
            self.behind_wanted.emit(figure, f"{title(figure)}, {site}" if site else title(figure))


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
