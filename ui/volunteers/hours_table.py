"""A volunteer's hours by month and kind over twelve months or a financial year, with the sum of them."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import plural, tr
from icv_app.counting import hours, roll
from icv_app.counting.hours import Hours
from icv_app.encryption.faults import in_words
from icv_app.periods import financial_year
from icv_app.scheme import volunteer_words
from icv_app.wording import month_words
from ui.widgets import theme
from ui.widgets.asked_choice import AskedChoice
from ui.widgets.fact_table import FactTable
from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.laptop import Laptop

_WEIGHTS = (4, 3, 3, 3, 3, 3, 3)
_NONE = "–"
_YEARS = 3
"""Financial years that are offered beside the last twelve months."""


class HoursTable(QWidget):
    """Counts again when another span is chosen. `first` and `last` are the days of the one that is shown."""

    def __init__(self, laptop: "Laptop", visitor: str) -> None:
        super().__init__()
        self._laptop, self._visitor = laptop, visitor
        self._spans = self._offered(laptop.clock.today())
        self.span = AskedChoice("hours_of", tr("Hours of"))
        self.span.offer([(str(at), words) for at, (words, _, _) in enumerate(self._spans)])
        self.span.box.currentIndexChanged.connect(self.refresh)
        self.words = Body("", role="strong")
        self.words.setObjectName("hours_in_all")
        self._columns = (
            tr("Month"), tr("Visits"), tr("Travel"), tr("Training"), tr("Meetings"), tr("Panels"), tr("Other")
        )  # fmt: skip
        self._rows: list[tuple[str, ...]] = []
        self.table = FactTable(tr("Hours by month"), self._columns, _WEIGHTS)
        self.table.setObjectName("hours")
        self.folded = FactTable(tr("Hours by month"), (tr("Month"), tr("Hours")), (3, 8))
        self.folded.setObjectName("hours_folded")
        self.apart = Body("", role="hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.5))
        for widget in (self.span, self.words, self.table, self.folded, self.apart):
            column.addWidget(widget)
        self.refresh()

    @staticmethod
    def _offered(today: date) -> list[tuple[str, date, date]]:
        spans = [(tr("the last 12 months"), roll.year_to(today), today)]
        day = today
        for _ in range(_YEARS):
            year = financial_year(day)
            spans.append((tr("the financial year {year}", year=year.name), year.first, year.last))
            day = year.first - timedelta(days=1)
        return spans

    @property
    def first(self) -> date:
        """The first day of what is shown."""
        return self._spans[int(self.span.value())][1]

    @property
    def last(self) -> date:
        """The last day of what is shown."""
        return self._spans[int(self.span.value())][2]

    def refresh(self, *_: object) -> None:
        """Count again."""
        with in_words():
            months = hours.by_month(self._laptop.store.connection, self._visitor, self.first, self.last)
        total = Hours()
        for each in months.values():
            total = total.plus(each)
        rows = [_cells(f"{month_words(month)} {month.year}", each) for month, each in months.items()]
        if len(rows) > 1:
            rows.append(_cells(tr("Together"), total))
        self._rows = rows
        self.table.show_rows(rows)
        self.folded.show_rows([(row[0], self._in_one(row)) for row in rows])
        self._fold()
        length = volunteer_words.length
        visits = plural("One visit", "{count:,} visits", total.visits) if total.visits else tr("No visit")
        self.words.setText(
            tr(
                "{visits}: {visiting} with travel. Beside visits: {beside}.",
                visits=visits, visiting=length(total.visiting), beside=length(total.beside),
            )
        )  # fmt: skip
        self.apart.setText(
            tr(
                "And {hours} of Terrorism Act, training and remote visits, which are counted apart.",
                hours=length(total.apart),
            )
        )
        self.apart.setVisible(bool(total.apart))

    def _in_one(self, row: tuple[str, ...]) -> str:
        """Return the cells of a month that say something, each after the words that head it."""
        told = [f"{words} {cell}" for words, cell in zip(self._columns[1:], row[1:], strict=True) if cell != _NONE]
        return ", ".join(told) or _NONE

    def _fold(self) -> None:
        """Show a column for each kind where all fit side by side; else one for all of them."""
        font = self.font()
        font.setBold(True)
        metrics, room = QFontMetrics(font), self.width() - theme.px(1)
        whole = sum(_WEIGHTS)
        narrow = any(
            metrics.horizontalAdvance(cell) + theme.px(1.5) > room * weight // whole
            for row in (self._columns, *self._rows)
            for weight, cell in zip(_WEIGHTS, row, strict=True)
        )
        self.table.setVisible(bool(self._rows) and not narrow)
        self.folded.setVisible(bool(self._rows) and narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fold()


def _cells(words: str, given: Hours) -> tuple[str, ...]:
    minutes = (given.visit, given.travel, given.training, given.meeting, given.panel, given.other)
    return (words, *(volunteer_words.length(each) if each else _NONE for each in minutes))
