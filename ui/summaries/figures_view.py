"""All figures of a period as a list: each with its fraction, the rule behind it, and the records behind that."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from forms.translation import later, plural, tr
from icv_app.figure import Figure
from icv_app.figure_name import title
from reports.defence import rule
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import SecondaryButton
from ui.widgets.text import Body, Question

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
        column.addLayout(self._filter())
        self.table = _table()
        self.table.itemSelectionChanged.connect(self._show_rule)
        self.table.itemActivated.connect(lambda _item: self._ask_behind())
        column.addWidget(self.table, 1)
        self.rule = Body(tr("Choose a line to read how it is counted."), role="hint")
        self.rule.setObjectName("rule")
        column.addWidget(self.rule)
        self.behind = SecondaryButton(tr("Show the records behind it"))
        self.behind.setObjectName("show_behind")
        self.behind.setEnabled(False)
        self.behind.clicked.connect(self._ask_behind)
        self.behind.installEventFilter(self)
        below = QHBoxLayout()
        below.addWidget(self.behind)
        below.addStretch(1)
        column.addLayout(below)

    def _filter(self) -> QHBoxLayout:
        """Return the box in which words are typed that a line has to hold; a few hundred lines are many to walk."""
        question = Question(tr("Find a figure"))
        question.setWordWrap(False)
        self.wanted = QLineEdit()
        self.wanted.setObjectName("find_figure")
        self.wanted.setClearButtonEnabled(True)
        self.wanted.setMaximumWidth(theme.px(27))
        self.wanted.setAccessibleName(question.text())
        self.wanted.setAccessibleDescription(tr("Words of its name or of its site"))
        self.wanted.setPlaceholderText(tr("Words of its name or of its site"))
        self.wanted.textChanged.connect(self._narrow)
        question.setBuddy(self.wanted)
        self.count = Body("", role="hint")
        row = QHBoxLayout()
        row.setSpacing(theme.px(0.8))
        row.addWidget(question)
        row.addWidget(self.wanted, 1)
        row.addWidget(self.count, 1)
        return row

    def choose(self, row: int) -> None:
        """Choose a line, and have the focus on it."""
        self.table.setCurrentCell(row, 0)
        self.table.setFocus()

    def _narrow(self) -> None:
        """Show the lines that hold every word that was typed, wherever in its name or its site."""
        wanted = self.wanted.text().casefold().split()
        shown = 0
        for line in range(self.table.rowCount()):
            cells = [self.table.item(line, column) for column in (0, 1)]
            told = " ".join(cell.text() for cell in cells if cell is not None).casefold()
            hidden = not all(word in told for word in wanted)
            if hidden != self.table.isRowHidden(line):
                self.table.setRowHidden(line, hidden)
            shown += not hidden
        words = plural("{count} figure", "{count} figures", shown) if wanted else ""
        if words != self.count.text():
            self.count.setText(words)
            announce(self.count, words)

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
        self._narrow()

    def _chosen(self) -> Figure | None:
        row = self.table.currentRow()
        return self._figures[row] if 0 <= row < len(self._figures) else None

    def _show_rule(self) -> None:
        figure = self._chosen()
        if figure is not None:
            told = rule(figure)
            self.rule.setText(f"{title(figure)}. {told}")
            self.table.setAccessibleDescription(told)
            announce(self.table, told)
            self.behind.setEnabled(True)
            if self.table.hasFocus():  # what the line means is to be seen with it
                QTimer.singleShot(0, self, self._show_below)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # a rule that takes another line than the one before it moves what stands below, once it is laid out
        if watched is self.behind and event.type() == QEvent.Type.Move and self.table.hasFocus():
            QTimer.singleShot(0, self, self._show_below)
        return super().eventFilter(watched, event)

    def _show_below(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self.behind, 0, theme.px(0.6))

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
    table.setMinimumHeight(theme.px(18))
    table.verticalHeader().setDefaultSectionSize(theme.px(2.2))
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    for column in (2, 3):
        if (item := table.horizontalHeaderItem(column)) is not None:
            item.setTextAlignment(_RIGHT)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return table
