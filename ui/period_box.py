"""The box in which a quarter, a year or another period is chosen."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from icv_app.figure import Period
from icv_app.periods import parse_period, quarter_of
from ui import theme
from ui.text import Question

QUARTERS_BACK = 12
MONTHS = {"Q1": "April to June", "Q2": "July to September", "Q3": "October to December", "Q4": "January to March"}


class PeriodBox(QWidget):
    """Offers the last twelve quarters and their years; the last whole quarter is chosen first."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(0.8))
        label = Question("Period")
        self.box = QComboBox()
        self.box.setObjectName("period")
        self.box.setAccessibleName("Period")
        self.box.setMinimumWidth(1)
        label.setBuddy(self.box)
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
        found.append((quarter.name, f"{number} {year}: {MONTHS[number]} {quarter.first.year}"))
        if year not in years:
            years.append(year)
        day = date.fromordinal(quarter.first.toordinal() - 1)
    return found + [(year, f"Financial year {year}") for year in years]
