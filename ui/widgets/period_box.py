"""The box in which a quarter, a year or another period is chosen."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from forms.translation import later, tr
from icv_app.errors import InvalidInput
from icv_app.figure import Period
from icv_app.periods import known_as, parse_period, quarter_of
from icv_app.wording import day_words, span_words
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.asked_line import AskedLine
from ui.widgets.buttons import SecondaryButton
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Question
from ui.widgets.typed_day import EXAMPLE, typed_day

QUARTERS_BACK = 12
MONTHS = {
    "Q1": later("April to June"), "Q2": later("July to September"), "Q3": later("October to December"),
    "Q4": later("January to March"),
}  # fmt: skip


_OTHER = "other"


class PeriodBox(QWidget):
    """Offers the last twelve quarters and their years; the last whole quarter is chosen first.

    `any_dates`: any other period too, by its first and last day.
    """

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None, *, any_dates: bool = False) -> None:
        super().__init__(parent)
        self._today = today
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(theme.px(0.8))
        column.addLayout(row)
        label = Question(tr("Period"))
        self.box = StillBox()
        self.box.setObjectName("period")
        self.box.setAccessibleName(tr("Period"))
        self.box.setMinimumWidth(1)
        label.setBuddy(self.box)
        label.setWordWrap(False)
        label.setMinimumWidth(label.sizeHint().width())
        row.addWidget(label)
        row.addWidget(self.box)
        row.addStretch(1)
        for name, words in _offered(today):
            self.box.addItem(words, name)
        self.box.setCurrentIndex(1)
        self._shown = str(self.box.currentData())
        self.dates = self._ask_dates()
        self.dates.hide()
        column.addWidget(self.dates)
        if any_dates:
            self.box.addItem(tr("Other dates…"), _OTHER)
        self.box.currentIndexChanged.connect(self._choose)

    def _ask_dates(self) -> QWidget:
        asked = QWidget()
        whole = QVBoxLayout(asked)
        whole.setContentsMargins(0, 0, 0, 0)
        row = StackingLayout(gap=theme.px(0.8))
        self.first = AskedLine("period_first", tr("First day"), tr(EXAMPLE))
        self.last = AskedLine("period_last", tr("Last day"), tr(EXAMPLE))
        for line in (self.first, self.last):
            line.box.returnPressed.connect(self._take_dates)
            row.addWidget(line)
        whole.addLayout(row)
        show = SecondaryButton(tr("Show these dates"))
        show.setObjectName("show_dates")
        show.clicked.connect(self._take_dates)
        below = StackingLayout()
        below.addWidget(show)
        whole.addLayout(below)
        self.wrong = Body("", role="error")
        self.wrong.hide()
        whole.addWidget(self.wrong)
        return asked

    def _choose(self) -> None:
        other = self.box.currentData() == _OTHER
        self.dates.setVisible(other)
        if other:
            self.first.box.setFocus()
            return
        self._shown = str(self.box.currentData())
        self.changed.emit()

    def _take_dates(self) -> None:
        line, words = self._wrong()
        for each in (self.first, self.last):
            each.box.setAccessibleDescription(words if each is line else tr(EXAMPLE))
        if line is not None:
            self.wrong.setText(words)
            self.wrong.show()
            announce(self.wrong, words, urgent=True)
            line.box.setFocus()
            return
        self.wrong.hide()
        first, last = (typed_day(each.text(), self._today) for each in (self.first, self.last))
        name = known_as(parse_period(f"{first}..{last}")).name
        self.choose(name)
        if self.dates.isVisible():  # the same as before: nothing was chosen anew
            self.dates.hide()
        self.box.setFocus()

    def _wrong(self) -> tuple[AskedLine | None, str]:
        """Return the box whose day is wrong, and what is wrong with it in words; None where both are right."""
        found: list[date] = []
        for line in (self.first, self.last):
            try:
                day = typed_day(line.text(), self._today)
            except InvalidInput as error:
                return line, error.words
            if day is None:
                return line, tr("Enter the first and the last day of the period.")
            found.append(day)
        first, last = found
        if last < first:
            return self.last, tr(
                "The last day, {last}, is before the first, {first}.", last=day_words(last), first=day_words(first)
            )
        if first > self._today:
            return self.first, tr("{day} is still to come: there is nothing to count yet.", day=day_words(first))
        try:
            parse_period(f"{first}..{last}")
        except InvalidInput:
            return self.first, tr("{day} is too far away.", day=day_words(first))
        return None, ""

    def period(self) -> Period:
        """Return what is chosen; while other dates are being entered, what was chosen before."""
        return parse_period(self._shown)

    def choose(self, name: str) -> None:
        """Choose a period by its name, "2025-26-Q2" or "2025-07-01..2025-08-31"; one that is not offered is added."""
        at = self.box.findData(name)
        if at < 0:
            at = max(self.box.findData(_OTHER), 0) or self.box.count()
            period = parse_period(name)
            self.box.insertItem(at, span_words(period.first, period.last), name)
        self.box.setCurrentIndex(at)


def _offered(today: date) -> list[tuple[str, str]]:
    found = []
    day = today
    years: list[str] = []
    for _ in range(QUARTERS_BACK):
        quarter = quarter_of(day)
        year, _, number = quarter.name.rpartition("-")
        words = tr(
            "{quarter} {year}: {months} {first}", quarter=number, year=year, months=tr(MONTHS[number]),
            first=quarter.first.year,
        )  # fmt: skip
        found.append((quarter.name, words))
        if year not in years:
            years.append(year)
        day = date.fromordinal(quarter.first.toordinal() - 1)
    return found + [(year, tr("Financial year {year}", year=year)) for year in years]
