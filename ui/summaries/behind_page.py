"""Behind a figure: every record that it was made from, each of which can be opened."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from forms.translation import plural, tr
from icv_app.searching.search import Result
from icv_app.storage.revision import record_id
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fact_table import FactTable
from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.counting.record_words import Behind
    from ui.widgets.host import Host

MOST = 500
"""How many are listed: more than that nobody reads, and a list of a whole year's would take long to lay out."""


class BehindPage(AlonePage):
    """`title` names the figure and its period; `back` shows what Back leads to; `row` is the line to begin on."""

    def __init__(
        self, desk: "Host", title: str, found: Sequence["Behind"], back: Callable[[], object], row: int = 0
    ) -> None:
        super().__init__(title)
        self._desk, self._title, self._found, self._go_back = desk, title, found, back
        self._visits: tuple[str, ...] = ()
        self.left.connect(back)
        self.column.addWidget(Body(_counted(found), role="hint"))
        self.open_button = PrimaryButton(tr("Open it"))
        self.open_button.setObjectName("open_record")
        self.open_button.clicked.connect(self.open)
        self.table = FactTable(title, (tr("Record"), tr("What it is")), (2, 5))
        self.table.setObjectName("records_behind")
        self.table.show_rows([(each.key, _words(each)) for each in found[:MOST]])
        self.table.itemActivated.connect(lambda _item: self.open())
        self.column.addWidget(self.table)
        if len(found) > MOST:
            self.column.addWidget(Body(tr("The first {number:,} are listed.", number=MOST), role="hint"))
        self.column.addStretch(1)
        if found:
            self.add_action(self.open_button)
            self.table.setCurrentCell(row, 0)
        QTimer.singleShot(0, self.table, self.table.fit)  # its width is known then

    def offer_visits(self, keys: tuple[str, ...]) -> None:
        """Offer the visits among the records as the list of visits shows them."""
        self._visits = keys
        visits = SecondaryButton(tr("Show its visits in the list"))
        visits.setObjectName("its_visits")
        visits.clicked.connect(lambda: self._desk.show_behind(self._title, keys))
        self.add_action(visits)

    def open(self) -> None:
        """Open the chosen record; the way back leads here."""
        row = self.table.currentRow()
        if not 0 <= row < len(self._found):
            return
        from ui.searching.opened_record import show

        each, desk = self._found[row], self._desk
        result = Result(
            record=record_id(each.kind, each.key), kind=each.kind, key=each.key, title=each.words, about="", quoted=()
        )

        def back() -> None:
            page = BehindPage(desk, self._title, self._found, self._go_back, row)
            if self._visits:
                page.offer_visits(self._visits)
            desk.show_alone(page)
            page.table.setFocus()

        show(desk, result, back)


def _words(each: "Behind") -> str:
    if each.state == "changed":
        return tr("{record}; changed since it was counted", record=each.words)
    if each.state == "gone":
        return tr("{record}; not there any more", record=each.words)
    return each.words


def _counted(found: Sequence["Behind"]) -> str:
    if not found:
        return tr("No record is behind it.")
    kinds = Counter(each.kind for each in found)
    said = plural("{count:,} record is behind it.", "{count:,} records are behind it.", len(found))
    return said if len(kinds) == 1 else tr("{records} They are of several kinds.", records=said)
