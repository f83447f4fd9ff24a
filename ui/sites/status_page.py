"""One row of a site's calendar: what the site is from one day to another, and who said so."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.scheme.site_register import Edit
from icv_app.scheme.site_rows import STATUSES, Site, StatusRow
from icv_app.wording import DAYS
from ui.widgets import theme
from ui.widgets.choice_button import RadioChoice, TickChoice
from ui.widgets.flowing_layout import FlowingLayout
from ui.widgets.row_page import RowPage, Up, typed
from ui.widgets.text import Question
from ui.widgets.typed_day import EXAMPLE

if TYPE_CHECKING:
    from ui.widgets.host import Host


class StatusPage(RowPage):
    """Adds, corrects, ends and deletes a status row."""

    def __init__(self, desk: "Host", site: Site, was: StatusRow | None, up: Up) -> None:
        self._site = site
        self._held = was or StatusRow(site=site.site, status="", first=desk.laptop.clock.today())
        title = tr("A new row for {site}", site=site.name) if was is None else tr("A row of {site}", site=site.name)
        super().__init__(desk, title, was, up)

    def _ask_all(self) -> None:
        held = self._held
        self.column.addWidget(Question(tr("What is it on these days?")))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.4))
        self.statuses: dict[str, RadioChoice] = {}
        for code, words in STATUSES.items():
            choice = RadioChoice(tr(words))
            choice.setObjectName(f"status={code}")
            choice.setAccessibleDescription(tr("What is it on these days?"))
            choice.setMaximumWidth(theme.px(27))
            choice.setChecked(held.status == code)
            choice.toggled.connect(self._turn)
            column.addWidget(choice)
            self.statuses[code] = choice
        self.column.addWidget(holder)
        self._on = QWidget()
        within = QVBoxLayout(self._on)
        within.setContentsMargins(0, 0, 0, 0)
        within.addWidget(Question(tr("On which days is it open?")))
        row = QWidget()
        days = FlowingLayout(row, gap=theme.px(0.4))
        self.days: list[TickChoice] = []
        for number, words in enumerate(DAYS):
            tick = TickChoice(tr(words))
            tick.setObjectName(f"day={number}")
            tick.setAccessibleDescription(tr("On which days is it open?"))
            tick.setChecked(number in held.days)
            tick.toggled.connect(self.withdraw)
            days.addWidget(tick)
            self.days.append(tick)
        within.addWidget(row)
        self.column.addWidget(self._on)
        self._on.setVisible(held.status == "open_on_days")
        first = "" if self.was is None else typed(held.first)
        self.first = self.ask("first", tr("From"), first, tr(EXAMPLE))
        self.last = self.ask(
            "last", tr("To (optional)"), typed(held.last), tr("The last day. Leave it empty where it goes on.")
        )
        self.reason = self.ask(
            "reason", tr("Why? (optional)"), held.reason, tr("It stands in the summary. Name nobody.")
        )
        self.told_by = self.ask(
            "told_by", tr("Who told the office? (optional)"), held.told_by, tr("A role, such as Custody inspector.")
        )
        self.told_on = self.ask("told_on", tr("When? (optional)"), typed(held.told_on))

    def _turn(self, *_: object) -> None:
        self._on.setVisible(self.statuses["open_on_days"].isChecked())
        self.withdraw()

    def _filled_in(self) -> Edit:
        status = next((code for code, choice in self.statuses.items() if choice.isChecked()), "")
        first = self.day(self.first)
        if first is None:
            self.first.box.setFocus()
            raise InvalidInput("dates", tr("Enter the first day."))
        held = self._held
        row = StatusRow(
            site=self._site.site, status=status, first=first, last=self.day(self.last),
            days=frozenset(number for number, tick in enumerate(self.days) if tick.isChecked()),
            reason=self.reason.text(), told_by=self.told_by.text(), told_on=self.day(self.told_on), key=held.key,
            heads=held.heads,
        )  # fmt: skip
        return Edit(row=row, was=self.was)
