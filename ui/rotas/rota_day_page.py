"""The day and time that a pair agreed for a visit: said, changed, or taken back."""

from datetime import date, time
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from forms.answers import parse
from forms.translation import tr
from icv_app.errors import IcvError, InvalidInput
from icv_app.rotas import planning
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.asked_line import AskedLine
from ui.widgets.buttons import PrimaryButton
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body
from ui.widgets.typed_day import EXAMPLE, typed_day

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.rotas.rota_view import Line


class RotaDayPage(AlonePage):
    """`done` carries what is to be told on the page that is behind this one."""

    done = Signal(str)

    def __init__(self, laptop: "Laptop", line: "Line") -> None:
        super().__init__(tr("When you go: {site}", site=line.site_name))
        self._laptop, self._line = laptop, line
        self.column.addWidget(Body(tr("{week}, {pair}", week=line.when, pair=line.pair_words), role="strong"))
        self.column.addWidget(
            Body(
                tr(
                    "Agree a day and a time with the other visitor, and keep them to yourselves: a visit is "
                    "unannounced. Only the two of you and the office can read what you say here. It is never on a "
                    "document, in an export, or in anything for the police."
                )
            )
        )
        self.day = AskedLine("planned_day", tr("Which day?"), tr(EXAMPLE))
        self.time = AskedLine("planned_time", tr("What time? (optional)"), tr("For example, 19:30 or 7.30pm"))
        if line.plan is not None:
            self.day.box.setText(f"{line.plan.day:%d/%m/%Y}")
            self.time.box.setText(f"{line.plan.time:%H:%M}" if line.plan.time else "")
        for asked in (self.day, self.time):
            asked.box.returnPressed.connect(self.save)
            self.column.addWidget(asked)
        save = PrimaryButton(tr("Save the day and time"))
        save.setObjectName("save_day")
        save.clicked.connect(self.save)
        row = StackingLayout()
        row.addWidget(save)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.watch(laptop.store, f"rota_day {line.slot}")

    def save(self) -> None:
        """Save what was agreed, or say what is wrong with it."""
        laptop, today = self._laptop, self._laptop.clock.today()
        try:
            day, at = self._day(today), self._time(today)
            planning.plan(laptop.store, self._line.slot, day, at, today=today)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        words = tr("Saved on this laptop. The other visitor and the office see it once both laptops have shared.")
        if not self._line.first <= day <= self._line.last:
            words = tr(
                "{saved} The day is outside the time that this visit is for ({week}).",
                saved=words,
                week=self._line.when,
            )
        self.settle()
        self.done.emit(words)

    def _day(self, today: date) -> date:
        try:
            day = typed_day(self.day.text(), today)
            if day is None:
                raise InvalidInput("no_date", tr("Enter the day that you agreed."))
        except IcvError:
            self.day.box.setFocus()
            raise
        return day

    def _time(self, today: date) -> time | None:
        try:
            found = parse("time", self.time.text(), today)
        except ValueError as unread:
            self.time.box.setFocus()
            raise InvalidInput("no_time", str(unread)) from None
        return None if found is None else time.fromisoformat(str(found)).replace(tzinfo=None)
