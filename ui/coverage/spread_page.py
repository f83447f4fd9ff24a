"""Days and times: over which days of the week and times of the day visits fell. For the office alone."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout

from forms.translation import plural, tr
from icv_app.counting import rulebook, spread
from icv_app.counting.spread import Spread
from icv_app.encryption.faults import in_words
from icv_app.figure import Figure
from icv_app.scheme import scheme_settings
from icv_app.wording import DAYS, listed, span_words
from ui.widgets import theme
from ui.widgets.alone import AlonePage
from ui.widgets.fact_table import FactTable
from ui.widgets.page import empty
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Heading, Question

if TYPE_CHECKING:
    from icv_app.laptop import Laptop

NONE = "–"  # no visit in a square


class SpreadPage(AlonePage):
    """The custody visits of the twelve months to today: a line for each suite, and the squares of the chosen one."""

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(tr("Days and times of visits"))
        self._laptop = laptop
        self.column.addWidget(
            Body(
                tr(
                    "Unannounced visits should come on any day and at any time. This shows how far they did. Keep it "
                    "to the office: it tells when nobody comes."
                )
            )
        )
        self.span = Body("", role="hint")
        self.column.addWidget(self.span)
        self.table = FactTable(
            tr("Suites"),
            [tr("Suite"), tr("Visits"), tr("Squares with a visit"), tr("At night"), tr("At weekends"),
             tr("Most often the same two")],
            (3, 2, 3, 3, 3, 6),
        )  # fmt: skip
        self.table.setObjectName("suites")
        self.column.addWidget(self.table)
        label = Question(tr("Suite"))
        self.suite = StillBox()
        self.suite.setObjectName("suite")
        self.suite.setAccessibleName(tr("Suite"))
        self.suite.setMinimumWidth(1)
        self.suite.setMaximumWidth(theme.px(25))
        label.setBuddy(self.suite)
        self.column.addWidget(label)
        self.column.addWidget(self.suite)
        self._chosen = QVBoxLayout()
        self._chosen.setSpacing(theme.px(0.7))
        self.column.addLayout(self._chosen)
        self.column.addStretch(1)
        self._spreads: tuple[Spread, ...] = ()
        self._names: dict[str, str] = {}
        self.refresh()
        self.suite.currentIndexChanged.connect(self._show_chosen)

    def refresh(self) -> None:
        """Count again, to today."""
        connection = self._laptop.store.connection
        bands = scheme_settings.read(self._laptop.store).bands
        year = spread.year_to(self._laptop.clock.today())
        with in_words():
            book = rulebook.read(connection)
            self._spreads = spread.read(connection, book, bands, year)
        self._names = {site.site: site.name for site in book.sites}
        self.span.setText(
            tr(
                "Completed custody visits, {span}, by the time of entry. The times at which the bands of a day begin "
                "are chosen in the settings of the scheme.",
                span=span_words(year.first, year.last),
            )
        )
        self.table.show_rows([self._line(each) for each in self._spreads])
        chosen = self.suite.currentIndex()
        self.suite.blockSignals(True)
        self.suite.clear()
        self.suite.addItems([self._name(each) for each in self._spreads])
        self.suite.setCurrentIndex(chosen if 0 <= chosen < self.suite.count() else 0)
        self.suite.blockSignals(False)
        self._show_chosen()

    def _name(self, found: Spread) -> str:
        return tr("All suites together") if found.site is None else self._names[found.site]

    def _line(self, found: Spread) -> tuple[str, ...]:
        if not found.visits:
            return self._name(found), "0", *("",) * 4
        nights = "" if found.nights is None else share(found.nights, found.timed)
        same = tr("{pair}: {share}", pair=listed(found.pair), share=share(found.together, found.visits))
        return (
            self._name(found), f"{found.visits:,}", tr("{some} of {all}", some=found.covered, all=found.cells), nights,
            share(found.weekends, found.visits), same if found.pair else "",
        )  # fmt: skip

    def _show_chosen(self) -> None:
        empty(self._chosen)
        found = self._spreads[self.suite.currentIndex()]
        self._chosen.addWidget(Heading(self._name(found), level=2))
        if not found.visits:
            self._chosen.addWidget(Body(tr("No completed visit in these twelve months.")))
            return
        table = FactTable(
            tr("Visits by day and time, {suite}", suite=self._name(found)),
            [tr("Day"), *(band_words(found.bands, at) for at in range(len(found.bands)))],
            (3, *(2,) * len(found.bands)),
        )
        table.setObjectName("days")
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)  # its shade is that of a visit
        self._chosen.addWidget(table)
        table.show_rows(
            [(tr(day), *(str(number or NONE) for number in row)) for day, row in zip(DAYS, found.counts, strict=True)]
        )
        self._dress(table, found)
        self._chosen.addWidget(Body(missing_words(found), role="hint"))

    def _dress(self, table: FactTable, found: Spread) -> None:
        """Shade the squares with a visit, and say each in words."""
        for row, numbers in enumerate(found.counts):
            for at, number in enumerate(numbers):
                item = table.item(row, at + 1)
                assert item is not None  # as many as were shown
                made = plural("{count} visit", "{count} visits", number) if number else tr("no visit")
                words = tr("{day}, {band}: {visits}", day=tr(DAYS[row]), band=band_words(found.bands, at), visits=made)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
                item.setToolTip(words)
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                if number:
                    item.setBackground(QColor(theme.tokens().selected))


def band_words(bands: tuple[str, ...], at: int) -> str:
    """Return "07:00 to 11:00"; the last band ends at 24:00."""
    return tr("{first} to {last}", first=bands[at], last=bands[at + 1] if at + 1 < len(bands) else "24:00")


def share(part: int, whole: int) -> str:
    """Return "3 of 12, 25.0%"."""
    figure = Figure(measure="custody_visit", figure="", numerator=part, denominator=whole)
    told = tr("{some} of {all}", some=part, all=whole)
    return told if figure.percent is None else f"{told}, {figure.percent}%"


def missing_words(found: Spread) -> str:
    """Return how many squares are without a visit, and which visits stand in none."""
    without = found.cells - found.covered
    told = (
        plural("{count} square has no visit.", "{count} squares have no visit.", without)
        if without
        else tr("Every square has a visit.")
    )
    if found.untimed:
        told += " " + plural(
            "{count} visit has no time of entry and stands in no square.",
            "{count} visits have no time of entry and stand in no square.",
            found.untimed,
        )
    return told
