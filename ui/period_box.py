"""The box in which a quarter, a year or another period is chosen."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.translation import later, tr
from icv_app.figure import Period
from icv_app.periods import parse_period, quarter_of
from ui import theme
from ui.still_box import StillBox
from ui.text import Question

QUARTERS_BACK = 12
MONTHS = {
    "Q1": later("April to June"), "Q2": later("July to September"), "Q3": later("October to December"),
    "Q4": later("January to March"),
}  # fmt: skip


class PeriodBox(QWidget):
    """Offers the last twelve quarters and their years; the last whole quarter is chosen first."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(0.8))
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
        self.box.currentIndexChanged.connect(self.changed)

    def period(self) -> Period:
        """Return what is chosen."""
        return parse_period(self.box.currentData())

    def choose(self, name: str) -> None:
        """Choose a period by its name, "2025-26-Q2"; one that is not offered is added."""
        at = self.box.findData(name)
        if at < 0:
            self.box.addItem(name, name)
            at = self.box.count() - 1
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
