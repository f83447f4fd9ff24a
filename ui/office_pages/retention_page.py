"""Retention periods, for the office: how long each class of record is kept, and the days of the yearly reports."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from forms.answers import shown
from forms.translation import plural, tr
from icv_app.errors import IcvError
from icv_app.periods import financial_year
from icv_app.scheme import retention
from icv_app.scheme.retention import CLASSES
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import PrimaryButton
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading, Question
from ui.widgets.typed_day import EXAMPLE, typed_day

if TYPE_CHECKING:
    from icv_app.laptop import Laptop

_YEARS = 3  # financial years whose reports are asked for


class RetentionPage(AlonePage):
    """Saves when asked; every period that stands in a box is then confirmed by the office."""

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(tr("Retention periods"))
        self._store, self._clock = laptop.store, laptop.clock
        rules = retention.rules(self._store)
        self.column.addWidget(
            Body(
                tr(
                    "How long each kind of record is kept. Enter what your own schedule says. Nothing is disposed of "
                    "by itself: what is due is listed in the menu Office, Disposal of records."
                )
            )
        )
        self.months: dict[str, QLineEdit] = {}
        for each in CLASSES:
            number = rules.months[each.name]
            hint = tr("In months, from {day}. It leaves: {rest}.", day=tr(each.runs_from), rest=tr(each.leaves))
            if each.name not in rules.confirmed:
                unsure = plural(
                    "{count} month is a starting value, to be confirmed by your office.",
                    "{count} months is a starting value, to be confirmed by your office.",
                    number,
                )
                hint = f"{hint} {unsure}"
            self.months[each.name] = self._ask(f"months_{each.name}", tr(each.title), hint, str(number))
        self.column.addWidget(Heading(tr("Days of the yearly reports"), level=2))
        self.column.addWidget(
            Body(tr("Until a day is entered, half a year after the end of the year is assumed."), role="hint")
        )
        self.reports: dict[tuple[str, str], QLineEdit] = {}
        for year in self._years():
            for report, question in (
                ("annual_report", tr("Annual report on {year}, published on", year=year)),
                ("icva_report", tr("ICVA's report on {year}, published on", year=year)),
            ):
                held = rules.reports[report].get(year)
                self.reports[report, year] = self._ask(
                    f"{report}_{year}", question, tr(EXAMPLE), shown("date", held.isoformat()) if held else ""
                )
        save = PrimaryButton(tr("Save and confirm these periods"))
        save.setObjectName("save_retention")
        save.clicked.connect(self.save)
        row = StackingLayout()
        row.addWidget(save)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.watch(laptop.store)

    def _years(self) -> list[str]:
        first = financial_year(self._clock.today()).first.year
        return [financial_year(date(first - back, 4, 1)).name for back in range(1, _YEARS + 1)]

    def _ask(self, name: str, question: str, hint: str, held: str) -> QLineEdit:
        box = QLineEdit(held)
        box.setObjectName(name)
        box.setAccessibleName(question)
        box.setAccessibleDescription(hint)
        box.setMaximumWidth(theme.px(14))
        label = Question(question)
        label.setBuddy(box)
        asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(Body(hint, role="hint"))
        column.addWidget(box)
        self.column.addWidget(asked)
        return box

    def save(self) -> None:
        """Save what stands in the boxes, or say what is wrong with it."""
        months: dict[str, int] = {}
        days: dict[str, dict[str, date]] = {}
        for name, box in self.months.items():
            if not box.text().strip().isdecimal():
                self._refuse(box, tr("Enter the months as a whole number, such as 72."))
                return
            months[name] = int(box.text())
        for (report, year), box in self.reports.items():
            if text := box.text().strip():
                try:
                    day = typed_day(text, self._clock.today())
                except IcvError as error:
                    self._refuse(box, messages.words(error))
                    return
                if day is not None:
                    days.setdefault(report, {})[year] = day
        try:
            retention.save(self._store, months, days)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
        else:
            self.note_all_saved()
            self.tell(tr("Saved on this laptop. Share, so that the others have it too."))

    def _refuse(self, box: QLineEdit, words: str) -> None:
        self.tell(words, failed=True)
        box.setFocus()
