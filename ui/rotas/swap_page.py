"""Asking somebody to go in one's place: whom, and for which visit of theirs one would go, if for any."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from forms.translation import tr
from icv_app.errors import IcvError
from icv_app.rotas import rota_view
from ui.rotas.rota_of import rota_of
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.asked_choice import AskedChoice
from ui.widgets.buttons import PrimaryButton
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class SwapPage(AlonePage):
    """`done` carries what is to be told on the page that is behind this one."""

    done = Signal(str)

    def __init__(self, laptop: "Laptop", line: rota_view.Line) -> None:
        super().__init__(tr("Ask somebody to go for you"))
        self._laptop, self._line = laptop, line
        self._me = laptop.identity.person
        self.column.addWidget(
            Body(tr("{where}. {mates}", where=line.where, mates=rota_view.mates(line, self._me)), role="strong")
        )
        self.column.addWidget(
            Body(
                tr(
                    "Ask them first, by telephone for example. They answer on their own laptop, and the office changes "
                    "the rota. Until then it is you who goes. Only the two of you and the office can read the swap."
                )
            )
        )
        found = rota_of(laptop).candidates(line.slot)
        self.asked = AskedChoice("swap_asked", tr("Whom do you ask?"))
        self.asked.offer(rota_view.swap_choices(found, line.visitors))
        self.asked.box.currentIndexChanged.connect(self._show_visits)
        self.column.addWidget(self.asked)
        self.other = AskedChoice(
            "swap_other", tr("Would you go to one of their visits instead? (optional)")
        )  # fmt: skip
        self.column.addWidget(self.other)
        ask = PrimaryButton(tr("Ask them"))
        ask.setObjectName("send_swap")
        ask.clicked.connect(self.ask)
        row = StackingLayout()
        row.addWidget(ask)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self._show_visits()

    def _show_visits(self) -> None:
        today = self._laptop.clock.today()
        theirs = [
            each
            for each in rota_view.own(self._laptop.store, self.asked.value(), today)
            if each.last >= today and self._me not in each.visitors
        ]
        self.other.offer([("", tr("no, they do you a favour")), *((each.slot, each.where) for each in theirs)])
        self.other.setVisible(bool(self.asked.value()))

    def ask(self) -> None:
        """Save the question, or say why it cannot be asked."""
        asked, laptop = self.asked.value(), self._laptop
        if not asked:
            self.tell(tr("Choose whom you ask."), failed=True)
            self.asked.box.setFocus()
            return
        try:
            rota_of(laptop).ask_swap(self._line.slot, asked, other_slot=self.other.value())
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self.done.emit(
            tr("Saved on this laptop. {asked} can answer once both laptops have shared. Until the office has "
               "changed the rota, you go.", asked=asked)
        )  # fmt: skip
