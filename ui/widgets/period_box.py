"""The box in which a quarter, a year or another period is chosen."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from forms.translation import later, tr
from icv_app.errors import InvalidInput
from icv_app.figure import Period
from icv_app.periods import parse_period, quarter_of
from icv_app.wording import span_words
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
        try:
            first, last = typed_day(self.first.text(), self._today), typed_day(self.last.text(), self._today)
            if first is None or last is None:
                (self.first if first is None else self.last).box.setFocus()
                raise InvalidInput("no_date", tr("Enter the first and the last day of the period."))
            name = parse_period(f"{first}..{last}").name
        except InvalidInput as error:
            self.wrong.setText(error.words)
            self.wrong.show()
            announce(self.wrong, error.words, urgent=True)
            return
        self.wrong.hide()
        self.choose(name)
        self.box.setFocus()

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
