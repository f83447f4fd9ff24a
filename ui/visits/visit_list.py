"""The list of visits on this laptop, with a filter and what is known of their sharing."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLineEdit, QTableView

from forms.translation import later, plural, tr
from icv_app.wording import month_words, weekday_words
from ui.widgets import theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.page import Page
from ui.widgets.text import Body, Question

if TYPE_CHECKING:
    from icv_app.laptop import Laptop, VisitRow

COLUMNS = (
    later("Date"), later("Site"), later("Form"), later("Visitors"), later("Outcome"), later("Reference"),
    later("Where it is"),
)  # fmt: skip
SITE = 1
FOLDED = range(2, 6)
"""The columns whose words go under the site's where there is no room for all side by side."""
OUTCOMES = {
    "completed": later("Completed"), "abandoned": later("Cut short"), "not_admitted": later("Not admitted"),
}  # fmt: skip
Index = QModelIndex | QPersistentModelIndex
_TOLD = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.UserRole, Qt.ItemDataRole.AccessibleTextRole)


class VisitModel(QAbstractTableModel):
    """Rows of visits, newest first."""

    def __init__(self, rows: "tuple[VisitRow, ...]") -> None:
        super().__init__()
        self.rows = rows
        self._words = tuple(map(_cells, rows))  # once: Qt asks for each of them dozens of times
        self._folded = False

    def fold(self, folded: bool) -> None:
        """Tell in the column of the site, on lines of its own, what the hidden columns would tell."""
        if folded != self._folded:
            self._folded = folded
            self.layoutChanged.emit()

    def replace(self, rows: "tuple[VisitRow, ...]") -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self._words = tuple(map(_cells, rows))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _TOLD:
            return None
        words, column = self._words[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole and self._folded and column == SITE:
            _, site, form, visitors, outcome, key, _ = words
            return "\n".join((site, ", ".join(filter(None, (form, visitors))), f"{outcome}, {key}"))
        if role == Qt.ItemDataRole.DisplayRole:
            return words[column]
        if role == Qt.ItemDataRole.UserRole:
            return self.rows[index.row()].date.isoformat() if column == 0 else words[column].casefold()
        return f"{tr(COLUMNS[column])}: {words[column]}"


def _cells(row: "VisitRow") -> tuple[str, ...]:
    outcome = tr(OUTCOMES.get(row.status, row.status))
    if row.conflicts:
        outcome = tr("{outcome}, entries differ", outcome=outcome)
    elif row.state == "returned":
        outcome = tr("{outcome}, returned", outcome=outcome)
    where = tr("In the shared file") if row.shared else tr("On this laptop only")
    return (
        f"{weekday_words(row.date)[:3]} {row.date.day} {month_words(row.date)[:3]} {row.date.year}",
        row.site_name,
        row.form_title,
        ", ".join(row.visitors),
        outcome,
        row.key,
        where,
    )


class _Table(QTableView):
    """Has a column for everything where all fit side by side; else three, with the rest under the site."""

    def __init__(self, rows: VisitModel) -> None:
        super().__init__()
        self._rows = rows
        self._needed = 0
        self._folded: bool | None = None  # None: the columns are not laid out yet

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit(measured=True)

    def fit(self, *, measured: bool = False) -> None:
        """Choose between the two for what it holds now; `measured`: what it holds is what it held before."""
        header, mode = self.horizontalHeader(), QHeaderView.ResizeMode
        if not measured or not self._needed:
            header.setSectionResizeMode(mode.Fixed)  # else every step of this would measure all the rows anew
            header.setStretchLastSection(False)
            self._folded = None
            self._rows.fold(False)
            for column in FOLDED:
                self.setColumnHidden(column, False)
            sizes = (max(self.sizeHintForColumn(at), header.sectionSizeHint(at)) for at in range(len(COLUMNS)))
            self._needed = sum(sizes)
        folded = self._needed > self.viewport().width()
        if folded == self._folded:
            return
        self._folded = folded
        header.setSectionResizeMode(mode.Fixed)
        self._rows.fold(folded)
        for column in FOLDED:
            self.setColumnHidden(column, folded)
        header.setStretchLastSection(not folded)
        header.setSectionResizeMode(mode.ResizeToContents)
        if folded:
            header.setSectionResizeMode(SITE, mode.Stretch)
        self.verticalHeader().setDefaultSectionSize(theme.px(4.4 if folded else 2.2))
        self.setMinimumHeight(theme.px(16))


class VisitListPage(Page):
    """Every visit held; `opened` carries the key of the one that was chosen."""

    opened = Signal(str)

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(tr("Visits"))
        self._laptop = laptop
        label = Question(tr("Find"))
        self.finder = QLineEdit()
        self.finder.setObjectName("find")
        self.finder.setAccessibleName(tr("Find visits by any word"))
        self.finder.setMaximumWidth(theme.px(25))
        self.finder.setClearButtonEnabled(True)
        label.setBuddy(self.finder)
        self.model = VisitModel(())
        self.shown = QSortFilterProxyModel()
        self.shown.setSourceModel(self.model)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.shown.setFilterKeyColumn(-1)
        self.shown.setSortRole(Qt.ItemDataRole.UserRole)
        self.table = _Table(self.model)
        self.table.setObjectName("visits")
        self.table.setAccessibleName(tr("Visits"))
        self.table.setModel(self.shown)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.count = Body("", role="hint")
        self._only = Body("", role="strong")
        self._all = SecondaryButton(tr("Show all visits"))
        self._all.setObjectName("show_all")
        self._all.clicked.connect(self.refresh)
        again = QHBoxLayout()
        again.addWidget(self._all)
        again.addStretch(1)
        for widget in (label, self.finder, self._only):
            self.column.addWidget(widget)
        self.column.addLayout(again)
        self.column.addWidget(self.count)
        self.column.addWidget(self.table, 1)
        self.finder.textChanged.connect(self._filter)
        self.table.activated.connect(self._open)

    def refresh(self) -> None:
        """Read the visits again, all of them."""
        self._only.hide()
        self._all.hide()
        self.model.replace(self._laptop.visits())
        self.table.fit()
        self._count()

    def show_only(self, words: str, keys: tuple[str, ...]) -> None:
        """Show the visits `keys` alone; `words` say which they are."""
        wanted = set(keys)
        self.finder.clear()
        self.model.replace(tuple(row for row in self._laptop.visits() if row.key in wanted))
        self.table.fit()
        self._only.setText(words)
        self._only.show()
        self._all.show()
        self._count()

    def _filter(self, text: str) -> None:
        self.shown.setFilterFixedString(text)
        self._count()

    def _count(self) -> None:
        shown, held = self.shown.rowCount(), len(self.model.rows)
        if not held:
            self.count.setText(tr("No visit is on this laptop yet. Finished reports and shared ones are listed here."))
            return
        number = (
            plural("{count:,} on this laptop.", "{count:,} on this laptop.", held)
            if shown == held
            else tr("{shown:,} of {held:,} shown.", shown=shown, held=held)
        )
        self.count.setText(number + " " + tr("To read one, choose its line and press Enter, or click it twice."))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.rows[self.shown.mapToSource(index).row()].key)
