"""The rota as the office sees it: what stands in a quarter, what wants attention, and what can be done about it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import plural, tr
from icv_app.errors import IcvError
from icv_app.periods import parse_period
from icv_app.rotas import rota_adopted, rota_view
from icv_app.wording import months_words
from ui.rotas import rota_calendar_file
from ui.rotas.rota_add_page import visits_of_a_day
from ui.rotas.rota_list import RotaList
from ui.rotas.rota_of import rota_of
from ui.rotas.rota_swaps import RotaSwaps
from ui.widgets import messages, theme
from ui.widgets.asked_choice import AskedChoice
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.figure import Period
    from icv_app.rotas.rota import Slot
    from icv_app.rotas.rota_view import Line
    from ui.widgets.host import Host

ALL, WANTING = "~all", "~wanting"


class RotaOfficeView(QWidget):
    """`told` and `refused` carry words for the top of the page, `wanted` a page to show alone and the slot it is of."""

    told = Signal(str)
    refused = Signal(str)
    wanted = Signal(object, str)

    def __init__(self, desk: "Host") -> None:
        super().__init__()
        self._desk, self._laptop = desk, desk.laptop
        self._rota = rota_of(self._laptop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.8))
        today = self._laptop.clock.today()
        self.quarter = AskedChoice("rota_quarter", tr("Quarter"))
        self.quarter.offer(
            [(each.name, months_words(each.first, each.last)) for each in rota_view.quarters(today)],
            rota_view.usual_quarter(today).name,
        )
        self.quarter.box.currentIndexChanged.connect(self.refresh)
        self.show_box = AskedChoice("rota_show", tr("Show"))
        self.show_box.offer([(ALL, tr("Every slot")), (WANTING, tr("What wants attention"))])
        self.show_box.box.currentIndexChanged.connect(self._show_lines)
        asked = QWidget()
        side = StackingLayout(asked, gap=theme.px(1.5))
        side.addWidget(self.quarter)
        side.addWidget(self.show_box)
        column.addWidget(asked)
        self.count = Body("", role="strong")
        self.count.setObjectName("rota_count")
        column.addWidget(self.count)
        column.addWidget(self._make_actions())
        self.to_make = Body("", role="hint")
        self.to_make.setObjectName("slots_to_make")
        column.addWidget(self.to_make)
        self.doubts = Body("", role="error")
        self.doubts.setObjectName("doubts")
        self.doubts.hide()
        column.addWidget(self.doubts)
        self.swaps = RotaSwaps(self._laptop)
        self.swaps.told.connect(self._changed)
        self.swaps.refused.connect(self.refused)
        column.addWidget(self.swaps)
        self.silent = Body("")
        self.silent.setObjectName("silent")
        column.addWidget(self.silent)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(theme.px(0.5))
        column.addLayout(self._lists)
        column.addWidget(self._make_more())
        self.lists: list[RotaList] = []
        self._lines: tuple[Line, ...] = ()
        self._missing: tuple[Slot, ...] = ()

    def _make_actions(self) -> QWidget:
        holder = QWidget()
        row = StackingLayout(holder, gap=theme.px(0.6))
        self.propose = PrimaryButton(tr("Propose a rota…"))
        self.make = SecondaryButton("")
        self.calendar = SecondaryButton(tr("Save as a calendar file…"))
        self.undo = SecondaryButton(tr("Undo the last rota"))
        for button, name, slot in (
            (self.propose, "propose_rota", self._propose), (self.make, "make_slots", self._make_slots),
            (self.calendar, "save_calendar", self._save_calendar), (self.undo, "undo_rota", self._undo),
        ):  # fmt: skip
            button.setObjectName(name)
            button.clicked.connect(slot)
            row.addWidget(button)
        return holder

    def _make_more(self) -> QWidget:
        """Return what is wanted less often: a slot for a day of its own, and a volunteer's weeks entered for them."""
        self._more = QWidget()
        column = QVBoxLayout(self._more)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.6))
        column.addWidget(Heading(tr("When volunteers cannot"), level=2))
        self.who = AskedChoice(
            "availability_who",
            tr("Enter it for"),
            tr("They can say it on their own laptop. This is for those who ring."),
        )
        column.addWidget(self.who)
        enter = SecondaryButton(tr("Enter when they cannot…"))
        enter.setObjectName("enter_availability")
        enter.clicked.connect(self._enter_availability)
        column.addLayout(_alone(enter))
        self._dated = QWidget()
        column = QVBoxLayout(self._dated)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.6))
        column.addWidget(Heading(tr("Visits agreed for a day of their own"), level=2))
        column.addWidget(
            Body(
                tr("Observations of training, and visits under the Terrorism Act, are entered one by one."), role="hint"
            )
        )
        add = SecondaryButton(tr("Add one…"))
        add.setObjectName("add_slot")
        add.clicked.connect(self._add_slot)
        column.addLayout(_alone(add))
        holder = QWidget()
        both = QVBoxLayout(holder)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(theme.px(0.6))
        for part in (self._more, self._dated):
            both.addWidget(part)
        return holder

    # Showing ---------------------------------------------------------------------------------------------------------

    @property
    def period(self) -> "Period":
        """The quarter that is shown."""
        return parse_period(self.quarter.value())

    def refresh(self) -> None:
        """Read the quarter again."""
        today = self._laptop.clock.today()
        slots = self._rota.slots(self.period)
        missing = self._missing = self._rota.missing(self.period)
        self._lines = rota_view.lines(self._laptop.store, slots, today, self._rota.doubts(self.period))
        self.count.setText(rota_view.count_words(self._lines))
        self._show_what_can_be_done(missing)
        self.doubts.setText(rota_view.doubt_words(self._lines))
        self.doubts.setVisible(bool(self.doubts.text()))
        self.swaps.refresh()
        self._show_silent()
        sites = {each.site: each.site_name for each in self._lines}
        self.show_box.offer(
            [
                (ALL, tr("Every slot")),
                (WANTING, tr("What wants attention")),
                *sorted(sites.items(), key=lambda it: it[1]),
            ],
            self.show_box.value(),
        )
        self._show_lines()

    def _show_what_can_be_done(self, missing: "tuple[Slot, ...]") -> None:
        number = len(missing)
        ahead = self.period.last >= self._laptop.clock.today()
        self.propose.setVisible(ahead and (bool(missing) or any(each.gap for each in self._lines)))
        self.make.setVisible(bool(missing))
        self.make.setText(plural("Make {count} slot", "Make {count} slots", number))
        self.to_make.setVisible(bool(missing))
        self.to_make.setText(
            plural(
                "{count} slot that the targets call for is not made yet ({sites}). A proposal makes it too.",
                "{count} slots that the targets call for are not made yet ({sites}). A proposal makes them too.",
                number, sites=rota_view.per_site_words(missing),
            )
        )  # fmt: skip
        self.calendar.setVisible(bool(self._lines))
        adopted = rota_adopted.last(self._laptop.store)
        self.undo.setVisible(adopted is not None and adopted.period.name == self.period.name)

    def _show_silent(self) -> None:
        today = self._laptop.clock.today()
        ahead = self.period.last >= today
        self.silent.setVisible(ahead)
        self._more.setVisible(False)
        self._dated.setVisible(ahead and bool(visits_of_a_day(self._laptop)))
        if ahead:
            silent, said = rota_view.availability_said(self._laptop.store, self.period, today)
            self._more.setVisible(bool(silent or said))
            words = (rota_view.silent_words(silent, said), *rota_view.notes(self._laptop.store, self.period))
            self.silent.setText("\n".join(words))
            self.who.offer([(who, who) for who in sorted((*silent, *said))], self.who.value())

    def _show_lines(self) -> None:
        empty(self._lists)
        self.lists = []
        wanted = self.show_box.value()
        chosen = [
            each for each in self._lines if wanted == ALL or each.site == wanted or (wanted == WANTING and each.wanting)
        ]
        if not chosen:
            if wanted == WANTING and self._lines:
                self._add(Body(tr("Nothing wants attention.")))
            elif not self._lines and not self._missing:
                self._add(
                    Body(tr("Slots come from the targets: menu Office, Sites, calendars and targets."), role="hint")
                )
        else:
            self._add(
                Body(
                    tr("Choose a line with the arrow keys and press Enter to open it, or click it twice."), role="hint"
                )
            )
        for those in rota_view.by_site(chosen).values():
            self._add(Heading(those[0].site_name, level=2))
            listed = RotaList(those[0].site_name)
            listed.setObjectName(f"rota_{those[0].site}")
            listed.opened.connect(self.open_slot)
            self._add(listed)
            listed.show_slots([(each.slot, (each.when, each.pair_words, each.state), each.wanting) for each in those])
            self.lists.append(listed)

    def _add(self, widget: QWidget) -> None:
        self._lists.addWidget(widget)
        widget.show()

    def focus_on(self, slot: str) -> bool:
        """Put the focus on the line of a slot; return whether it is shown."""
        return any(listed.focus_on(slot) for listed in self.lists)

    def focus_first(self) -> None:
        """Put the focus on the first thing that can be chosen."""
        self.quarter.box.setFocus()

    # Doing -----------------------------------------------------------------------------------------------------------

    def open_slot(self, slot: str) -> None:
        """Show one slot, to name its pair or to say what became of it."""
        from ui.rotas.slot_page import SlotPage

        try:
            page = SlotPage(self._laptop, slot)
        except IcvError as error:
            self.refused.emit(messages.words(error))
        else:
            self.wanted.emit(page, slot)

    def _propose(self) -> None:
        from ui.rotas.rota_proposal_page import RotaProposalPage

        self.wanted.emit(RotaProposalPage(self._laptop, self._desk.worker, self.period), "")

    def _enter_availability(self) -> None:
        from ui.rotas.availability_page import AvailabilityPage

        if self.who.value():
            self.wanted.emit(AvailabilityPage(self._laptop, self.who.value(), self.period.name), "")

    def _add_slot(self) -> None:
        from ui.rotas.rota_add_page import RotaAddPage

        self.wanted.emit(RotaAddPage(self._laptop), "")

    def _make_slots(self) -> None:
        try:
            made = self._rota.make_slots(self.period)
        except IcvError as error:
            self.refused.emit(messages.words(error))
            return
        self._changed(
            plural(
                "{count} slot is made and saved on this laptop. The others see it once you have shared.",
                "{count} slots are made and saved on this laptop. The others see them once you have shared.", len(made),
            )
        )  # fmt: skip
        self.quarter.box.setFocus()  # the button is gone

    def _undo(self) -> None:
        question = tr(
            "Undo the last rota that was used for this quarter? Slots that it made go, pairs that it named are taken "
            "off again, and days that they agreed meanwhile with them. What was changed by hand since then stays."
        )
        if not messages.ask(self, question, yes=tr("Undo it"), no=tr("Keep it")):
            return
        try:
            undone = rota_adopted.undo(self._laptop.store)
        except IcvError as error:
            self.refused.emit(messages.words(error))
            return
        self.quarter.box.setFocus()
        self._changed(tr("{what} Saved on this laptop; the others see it once you have shared.", what=undone.words))

    def _changed(self, words: str) -> None:
        self.refresh()
        self.told.emit(words)

    def _save_calendar(self) -> None:
        chosen = messages.choose_new_file(
            self, tr("Save the rota as a calendar file"), f"rota {self.period.name}.ics", tr("Calendar (*.ics)")
        )
        if not chosen:
            return
        since = min(self.period.first, self._laptop.clock.today())
        try:
            words = rota_calendar_file.write(self._laptop, Path(chosen), since=since)
        except IcvError as error:
            self.refused.emit(messages.words(error))
        else:
            self.told.emit(words)


def _alone(button: SecondaryButton) -> StackingLayout:
    row = StackingLayout()
    row.addWidget(button)
    return row
