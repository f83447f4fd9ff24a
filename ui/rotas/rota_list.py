"""The slots of one site, line by line: walked through by arrow keys, one opened by Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent
from PySide6.QtWidgets import QScrollArea, QTableWidgetItem, QWidget

from forms.translation import tr
from ui.widgets import theme
from ui.widgets.fact_table import FactTable


class RotaList(FactTable):
    """Week, pair and state of each slot. `opened` carries the key of the slot that was chosen with Enter or two clicks.

    The page it stands on is scrolled along with the line in hand: the table itself never scrolls. A line is marked
    only while the list has the focus, since a page has one list for each site.
    """

    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, (tr("When"), tr("Who goes"), tr("How it stands")), (4, 3, 5), parent)
        self.setAccessibleDescription(tr("Walk through the lines with the arrow keys; Enter opens one."))
        self._keys: tuple[str, ...] = ()
        self.activated.connect(self._open)
        self.currentCellChanged.connect(self._bring)

    def show_slots(self, rows: Sequence[tuple[str, Sequence[str], bool]]) -> None:
        """Show other slots: for each its key, its words for the columns, and whether it needs somebody's attention."""
        self._keys = tuple(key for key, _, _ in rows)
        self.show_rows([words for _, words, _ in rows])
        self.clearSelection()
        for at, (_, _, wanting) in enumerate(rows):
            item = self.item(at, 2)
            if wanting and isinstance(item, QTableWidgetItem):
                item.setForeground(QColor(theme.tokens().error))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the slots shown, line by line."""
        return self._keys

    def focus_on(self, key: str) -> bool:
        """Put the focus on the line of a slot; return whether it is here."""
        if key not in self._keys:
            return False
        self.setCurrentCell(self._keys.index(key), 0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._bring()
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectRow(max(self.currentRow(), 0))
        self._bring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.clearSelection()

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._keys[index.row()])

    def _bring(self, *_: int) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        item = self.currentItem()
        inside = area.widget() if area is not None else None
        if area is None or inside is None or item is None or not self.hasFocus():
            return
        line = self.visualItemRect(item)
        middle = self.viewport().mapTo(inside, line.center())
        area.ensureVisible(middle.x(), middle.y(), 0, line.height())
