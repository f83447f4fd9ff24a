"""The swaps that wait for somebody at this laptop: the office confirms, whoever was asked answers."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.errors import IcvError
from icv_app.rotas import swap_view
from ui.rotas.rota_of import rota_of
from ui.widgets import messages, theme
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fixed_call import FixedCall
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.page import empty
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.rotas.swap_view import Asked


class RotaSwaps(QWidget):
    """Hidden while nothing waits. `told` and `refused` carry words; after `told` the rota is another one."""

    told = Signal(str)
    refused = Signal(str)

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__()
        self._laptop = laptop
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(0.5))

    def refresh(self) -> None:
        """Read again what waits."""
        laptop = self._laptop
        empty(self._column)
        today = laptop.clock.today()
        found = swap_view.shown(laptop.store, laptop.identity.person, today, office=laptop.office)
        self.setVisible(bool(found))
        if not found:
            return
        title = tr("Swaps to confirm") if laptop.office else tr("Swaps")
        self._add(Heading(title, level=2))
        for swap in found:
            self._add(Body(swap.words) if not swap.may else self._line(swap))

    def _line(self, swap: "Asked") -> LineOfWork:
        line = LineOfWork(swap.words)
        for answer, words in swap.may:
            kind = PrimaryButton if answer in ("agreed", "done") else SecondaryButton
            button = line.add(kind(words), f"swap_{answer}")
            button.setAccessibleName(tr("{button}: {swap}", button=words, swap=swap.words))
            button.clicked.connect(FixedCall(self.say, f"{answer} {swap.key}"))
        return line

    def _add(self, widget: QWidget) -> None:
        self._column.addWidget(widget)
        widget.show()

    def say(self, which: str) -> None:
        """Save an answer: its code, a space, and the key of the swap."""
        answer, _, key = which.partition(" ")
        laptop = self._laptop
        try:
            words = swap_view.settle(laptop.store, rota_of(laptop), key, answer)
        except IcvError as error:
            self.refused.emit(messages.words(error))
        else:
            self.told.emit(words)
