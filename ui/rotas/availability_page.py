"""When a volunteer cannot visit: the weeks of a quarter as lines to tick, and how often they go at the most."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import plural, tr
from icv_app.errors import IcvError, InvalidInput
from icv_app.logs import logbook
from icv_app.periods import parse_period, units
from icv_app.rotas import availability, rota_view
from icv_app.rotas.availability import Availability
from icv_app.wording import months_words, span_words
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.asked_choice import AskedChoice, no_wider
from ui.widgets.asked_line import AskedLine
from ui.widgets.buttons import PrimaryButton
from ui.widgets.choice_button import TickChoice
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Question

if TYPE_CHECKING:
    from datetime import date

    from icv_app.laptop import Laptop


class AvailabilityPage(AlonePage):
    """Of `visitor`, who says it themselves or has the office enter it. `done` carries what is to be told afterwards."""

    done = Signal(str)

    def __init__(self, laptop: "Laptop", visitor: str, quarter: str = "") -> None:
        own = visitor == laptop.identity.person
        super().__init__(tr("When you cannot visit") if own else tr("When {who} cannot visit", who=visitor))
        self._laptop, self._visitor, self._own = laptop, visitor, own
        self.column.addWidget(
            Body(
                tr("Only you and the office can read this. The office plans the rota with it.")
                if own
                else tr("Only {who} and the office can read this. Enter what they told you.", who=visitor)
            )
        )
        today = laptop.clock.today()
        self.quarter = AskedChoice("availability_quarter", tr("For which quarter?"))
        offered = [each for each in reversed(rota_view.quarters(today)) if each.last >= today]
        self.quarter.offer(
            [(each.name, months_words(each.first, each.last)) for each in offered],
            quarter or rota_view.next_quarter(today).name,
        )
        self.quarter.box.currentIndexChanged.connect(self._turn)
        self.column.addWidget(self.quarter)
        question = tr("Tick the weeks in which you cannot go") if own else tr("Tick the weeks in which they cannot go")
        self.column.addWidget(Question(question))
        self.column.addWidget(Body(tr("Leave a week as it is where some day of it would do."), role="hint"))
        self._weeks = QVBoxLayout()
        self._weeks.setSpacing(theme.px(0.35))
        holder = QWidget()
        holder.setLayout(self._weeks)
        self._weeks.setContentsMargins(0, 0, 0, 0)
        self.column.addLayout(no_wider(holder, 27))
        self.ticks: dict[date, TickChoice] = {}
        self._over: frozenset[date] = frozenset()  # weeks that have passed, as they were said
        self.most = AskedLine(
            "availability_most", tr("How many visits at the most in this quarter? (optional)"),
            tr("Leave it empty for as many as there are."),
        )  # fmt: skip
        self.note = AskedLine(
            "availability_note", tr("Anything else for the office? (optional)"),
            tr("For example: evenings only, or no lift in the second week."),
        )  # fmt: skip
        for asked in (self.most, self.note):
            asked.box.returnPressed.connect(self.save)
            self.column.addWidget(asked)
        save = PrimaryButton(tr("Save"))
        save.setObjectName("save_availability")
        save.clicked.connect(self.save)
        row = StackingLayout()
        row.addWidget(save)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.refresh()

    def typed(self) -> dict[str, str]:
        """Return what is said of the quarter that is shown."""
        said = super().typed()
        said.pop(self.quarter.box.objectName())
        return said

    def _turn(self) -> None:
        """Show the chosen quarter; what was entered for the one that is shown is asked about first."""
        if self.was_changed() and not self.may_go():
            self.quarter.box.blockSignals(True)
            self.quarter.box.setCurrentIndex(self.quarter.box.findData(self._shown))
            self.quarter.box.blockSignals(False)
            return
        self._show()

    def refresh(self) -> None:
        """Read what was said of the chosen quarter, unless something was entered here."""
        if not self.was_changed():
            self._show()

    def _show(self) -> None:
        self._shown = self.quarter.value()
        quarter = parse_period(self.quarter.value())
        said = availability.read(self._laptop.store, self._visitor, quarter)
        empty(self._weeks)
        self.ticks = {}
        today = self._laptop.clock.today()
        self._over = frozenset()
        for week in units(quarter, "week"):
            away = availability.away([said], self._visitor, week.first, week.last)
            if week.last < today:
                self._over |= {week.first} if away else set()
                continue
            tick = TickChoice(span_words(week.first, week.last))
            tick.setObjectName(f"cannot_{week.first.isoformat()}")
            tick.setAccessibleName(tr("Cannot go {week}", week=tick.text()))
            tick.setChecked(away)
            self._weeks.addWidget(tick)
            tick.show()
            self.ticks[week.first] = tick
        for before, after in zip(
            (self.quarter.box, *self.ticks.values()), (*self.ticks.values(), self.most.box), strict=True
        ):
            QWidget.setTabOrder(before, after)
        unlogged = not self._own and not self._laptop.logbook.read(availability.KIND, f"{self._visitor}|{quarter.name}")
        if unlogged:
            self.tell(logbook.warning(), failed=True)
        self.most.box.setText("" if said.most is None else str(said.most))
        self.note.box.setText(said.note)
        self.watch(self._laptop.store, f"{type(self).__name__} {self._visitor} {self.quarter.value()}")

    def save(self) -> None:
        """Save what is ticked, or say what is wrong."""
        weeks = self._over | {monday for monday, tick in self.ticks.items() if tick.isChecked()}
        try:
            said = Availability(
                visitor=self._visitor, period=parse_period(self.quarter.value()), weeks=weeks, most=self._most(),
                note=self.note.text(),
            )  # fmt: skip
            availability.save(self._laptop.store, said)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        quarter = months_words(said.period.first, said.period.last)
        words = (
            plural(
                "Saved on this laptop: not in {count} week of {quarter}.",
                "Saved on this laptop: not in {count} weeks of {quarter}.", len(weeks), quarter=quarter,
            )
            if weeks
            else tr("Saved on this laptop: any week of {quarter}.", quarter=quarter)
        )  # fmt: skip
        seen = tr("The office sees it once you have shared.") if self._own else tr("They see it once both have shared.")
        self.settle()
        self.done.emit(f"{words} {seen}")

    def _most(self) -> int | None:
        typed = self.most.text()
        if not typed:
            return None
        if not typed.isdecimal():
            self.most.box.setFocus()
            raise InvalidInput("most", tr("Enter the number of visits as a whole number, such as 3."))
        return int(typed)
