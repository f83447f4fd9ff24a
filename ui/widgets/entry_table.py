"""A table of entries with what can be done to the chosen one below it, or words where there is no entry."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.widgets import theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.fact_table import FactTable
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body


class EntryTable(QWidget):
    """`opened` carries the key of the entry on which Enter was pressed; `moved` follows when another one is chosen."""

    opened = Signal(str)
    moved = Signal()

    def __init__(self, name: str, words: str, columns: Sequence[str], weights: Sequence[int], nothing: str) -> None:
        super().__init__()
        self._keys: tuple[str, ...] = ()
        self._acts: list[tuple[QPushButton, str]] = []
        self.table = FactTable(words, columns, weights)
        self.table.setObjectName(name)
        self.table.currentCellChanged.connect(self._choose)
        self.table.activated.connect(lambda _index: self.opened.emit(self.chosen()))
        self._nothing = Body(nothing, role="hint")
        holder = QWidget()
        self._buttons = StackingLayout(holder, gap=theme.px(0.6))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.5))
        for widget in (self._nothing, self.table, holder):
            column.addWidget(widget)

    def add(self, button: QPushButton, name: str, slot: Callable[[], object]) -> None:
        """Add a button that needs no entry."""
        button.setObjectName(name)
        button.clicked.connect(lambda: slot())
        self._buttons.addWidget(button)

    def act(self, words: str, name: str, slot: Callable[[str], object]) -> None:
        """Add a button for the chosen entry; it is told with its first cell to whoever listens."""
        button = SecondaryButton(words)
        button.setObjectName(name)
        button.clicked.connect(lambda: slot(self.chosen()))
        self._acts.append((button, words))
        self._buttons.addWidget(button)

    def show_entries(self, entries: Sequence[tuple[str, Sequence[str]]], at: str = "") -> None:
        """Show entries, each a key and its cells; the one of the key `at` is chosen, else the first."""
        self._keys = tuple(key for key, _ in entries)
        self.table.show_rows([cells for _, cells in entries])
        self.table.setVisible(bool(entries))
        self._nothing.setVisible(not entries)
        if at in self._keys:
            self.table.setCurrentCell(self._keys.index(at), 0)
        self._choose()

    def chosen(self) -> str:
        """Return the key of the chosen entry, "" where there is none."""
        row = self.table.currentRow()
        return self._keys[row] if 0 <= row < len(self._keys) else ""

    def _choose(self, *_cell: int) -> None:
        item = self.table.item(self.table.currentRow(), 0)
        for button, words in self._acts:
            button.setVisible(bool(self._keys))
            button.setAccessibleName(f"{words}: {item.text()}" if item is not None else words)
        self.moved.emit()
