"""The bar of pages at the top of the desk: a tab for each, and whose laptop it is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.translation import tr
from ui.widgets import theme
from ui.widgets.buttons import TabButton
from ui.widgets.fixed_call import FixedCall
from ui.widgets.flowing_layout import FlowingLayout
from ui.widgets.text import Body


class PageBar(QWidget):
    """`pages` are their names, untranslated, in order; `wanted` carries the one whose tab was pressed."""

    wanted = Signal(str)

    def __init__(self, pages: Sequence[str], person: str) -> None:
        super().__init__()
        self.setObjectName("bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 20, 8)
        holder = QWidget()
        line = FlowingLayout(holder, gap=theme.px(0.3))  # at twice the size they take two lines
        row.addWidget(holder, 1)
        self._pages = tuple(pages)
        self.tabs: list[TabButton] = []  # no QButtonGroup: in one, Tab comes to the chosen page alone
        for name in pages:
            tab = TabButton(tr(name))
            tab.setObjectName(f"page_{name.lower()}")
            tab.setAccessibleName(tr("{page} page", page=tr(name)))
            tab.clicked.connect(FixedCall(self.wanted.emit, name))
            self.tabs.append(tab)
            line.addWidget(tab)
        who = Body(tr("{person} on this laptop", person=person), role="hint")
        who.setWordWrap(False)
        row.addWidget(who, 0, Qt.AlignmentFlag.AlignVCenter)

    def shown(self) -> str:
        """Return the name of the page whose tab is chosen, "" for none."""
        return next((name for name, tab in zip(self._pages, self.tabs, strict=True) if tab.isChecked()), "")

    def choose(self, name: str) -> None:
        """Show the tab of a page as the chosen one."""
        for each, tab in zip(self._pages, self.tabs, strict=True):
            tab.setChecked(each == name)
