"""A volunteer's own visits: with whom, in which week, on which day if one is agreed, and what can be done about it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.errors import IcvError
from icv_app.rotas import planning, rota_view
from ui.rotas import rota_calendar_file
from ui.rotas.rota_swaps import RotaSwaps
from ui.widgets import messages, theme
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fixed_call import FixedCall
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from ui.widgets.host import Host


class RotaVisits(QWidget):
    """`told` and `refused` carry words for the top of the page, `wanted` a page to show alone and the slot it is of."""

    told = Signal(str)
    refused = Signal(str)
    wanted = Signal(object, str)

    def __init__(self, desk: "Host") -> None:
        super().__init__()
        self._laptop = desk.laptop
        self._person = desk.laptop.identity.person
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.8))
        self.swaps = RotaSwaps(self._laptop)
        self.swaps.told.connect(self._changed)
        self.swaps.refused.connect(self.refused)
        column.addWidget(self.swaps)
        self.none = Body("")
        column.addWidget(self.none)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.px(0.8))
        column.addLayout(self._cards)
        self.calendar = SecondaryButton(tr("Save my visits as a calendar file…"))
        self.calendar.setObjectName("save_calendar")
        self.calendar.clicked.connect(self._save_calendar)
        row = StackingLayout()
        row.addWidget(self.calendar)
        column.addLayout(row)
        column.addWidget(Heading(tr("When you cannot visit"), level=2))
        self.said = Body("")
        self.said.setObjectName("availability_said")
        column.addWidget(self.said)
        self.say = say = SecondaryButton(tr("Say when you cannot visit…"))
        say.setObjectName("say_availability")
        say.clicked.connect(self._say_availability)
        below = StackingLayout()
        below.addWidget(say)
        column.addLayout(below)
        self._first: dict[str, QWidget] = {}

    def refresh(self) -> None:
        """Read the visits again."""
        today = self._laptop.clock.today()
        self.swaps.refresh()
        empty(self._cards)
        self._first = {}
        found = rota_view.own(self._laptop.store, self._person, today)
        self.none.setVisible(not found)
        self.none.setText(
            tr("You are not named for a visit to come. The office names the pairs; share to see the latest rota.")
        )
        self.calendar.setVisible(bool(found))
        for line in found:
            card = self._card(line)
            self._cards.addWidget(card)
            card.show()
        quarter = rota_view.next_quarter(today)
        self.said.setText(rota_view.said_words(rota_view.said(self._laptop.store, self._person, quarter), quarter))

    def _card(self, line: rota_view.Line) -> QFrame:
        card = QFrame()
        card.setProperty("card", "plain")
        card.setObjectName(f"visit_{line.slot}")
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.px(1), theme.px(0.8), theme.px(1), theme.px(0.9))
        column.setSpacing(theme.px(0.4))
        column.addWidget(Heading(tr("{site}: {when}", site=line.site_name, when=line.when), level=3))
        column.addWidget(Body(rota_view.own_words(line, self._person, self._laptop.clock.today())))
        if line.plan is not None:
            column.addWidget(Body(tr("You agreed: {day}.", day=rota_view.plan_words(line.plan)), role="strong"))
            column.addWidget(Body(tr("Only the two of you and the office can see this day."), role="hint"))
        if line.open_to_own(self._laptop.clock.today()):
            column.addWidget(self._buttons(line))
        return card

    def _buttons(self, line: rota_view.Line) -> QWidget:
        holder = QWidget()
        row = StackingLayout(holder, gap=theme.px(0.6))
        offered: list[tuple[str, str, type[PrimaryButton] | type[SecondaryButton], Callable[[str], None]]] = []
        if line.plan is None:
            offered.append(("say_day", tr("Say the day and time…"), PrimaryButton, self._say_day))
        else:
            offered.append(("say_day", tr("Change the day and time…"), SecondaryButton, self._say_day))
            offered.append(("drop_day", tr("Take the day back"), SecondaryButton, self._drop_day))
        offered.append(("ask_swap", tr("Ask somebody to go for you…"), SecondaryButton, self._ask_swap))
        for name, words, kind, slot in offered:
            button = kind(words)
            button.setObjectName(name)
            button.setAccessibleName(tr("{button} {visit}", button=words, visit=line.where))
            button.clicked.connect(FixedCall(slot, line.slot))
            row.addWidget(button)
            self._first.setdefault(line.slot, button)
        return holder

    def focus_on(self, slot: str) -> bool:
        """Put the focus on what can be done about a visit; return whether it is here."""
        button = self._first.get(slot)
        if button is not None:
            button.setFocus()
        return button is not None

    def focus_first(self) -> None:
        """Put the focus on what can always be done."""
        self.say.setFocus()

    def _changed(self, words: str) -> None:
        self.refresh()
        self.told.emit(words)

    # Doing -----------------------------------------------------------------------------------------------------------

    def _line(self, slot: str) -> rota_view.Line:
        return next(
            each
            for each in rota_view.own(self._laptop.store, self._person, self._laptop.clock.today())
            if each.slot == slot
        )

    def _say_day(self, slot: str) -> None:
        from ui.rotas.rota_day_page import RotaDayPage

        self.wanted.emit(RotaDayPage(self._laptop, self._line(slot)), slot)

    def _drop_day(self, slot: str) -> None:
        try:
            planning.drop(self._laptop.store, slot)
        except IcvError as error:
            self.refused.emit(messages.words(error))
            return
        self._changed(tr("Taken back on this laptop. The other visitor and the office see it once you have shared."))
        self.focus_on(slot)

    def _ask_swap(self, slot: str) -> None:
        from ui.rotas.swap_page import SwapPage

        self.wanted.emit(SwapPage(self._laptop, self._line(slot)), slot)

    def _say_availability(self) -> None:
        from ui.rotas.availability_page import AvailabilityPage

        self.wanted.emit(AvailabilityPage(self._laptop, self._person), "")

    def _save_calendar(self) -> None:
        chosen = messages.choose_new_file(
            self, tr("Save your visits as a calendar file"), "my visits.ics", tr("Calendar (*.ics)")
        )
        if not chosen:
            return
        laptop = self._laptop
        try:
            words = rota_calendar_file.write(laptop, Path(chosen), since=laptop.clock.today(), person=self._person)
        except IcvError as error:
            self.refused.emit(messages.words(error))
        else:
            self.told.emit(words)
