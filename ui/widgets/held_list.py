"""Words that were typed on pages and not saved when the window locked or closed: a line for each on the home page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import tr
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fixed_call import FixedCall
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.page import empty
from ui.widgets.share_status import when

if TYPE_CHECKING:
    from icv_app.storage.held_words import HeldWords
    from icv_app.storage.store import Store

OPENED = ("commentary", "paper", "criterion", "evidence")
"""How the names of the pages begin that can be shown from here; to the others leads only the way that one came."""


class HeldList(QWidget):
    """Hidden while nothing is held. `wanted` carries the name of the page to show, `thrown` of one to forget."""

    wanted = Signal(str)
    thrown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._held: tuple[HeldWords, ...] = ()
        self._lines: list[LineOfWork] = []
        self._buttons: list[QWidget] = []
        self.hide()

    def any(self) -> bool:
        """Return whether something is held."""
        return bool(self._held)

    def look(self, store: "Store") -> list[QWidget]:
        """Read again what is held, and return the buttons in their order. Raises Unavailable."""
        from icv_app.encryption.faults import in_words
        from icv_app.storage import held_words

        with in_words():
            found = held_words.every(store.connection)
        empty(self._column)
        self._held, self._lines, self._buttons = found, [], []
        for each in found:
            self._tell_of(each, store)
        self.setVisible(bool(found))
        return list(self._buttons)

    def _tell_of(self, held: "HeldWords", store: "Store") -> None:
        words = tr("{page}: what you typed {when} was not saved. It is kept on this laptop.", page=held.title,
                   when=when(held.at, store.clock.now()))  # fmt: skip
        line = LineOfWork(words)
        line.words.setObjectName("held_words")
        line.words.set_role("strong")
        if held.page.split()[0] in OPENED:
            go_on = line.add(PrimaryButton(tr("Go on")), "go_on_held")
            go_on.setAccessibleName(tr("Go on with {report}", report=held.title))
            go_on.clicked.connect(FixedCall(self.wanted.emit, held.page))
            self._buttons.append(go_on)
        throw = line.add(SecondaryButton(tr("Throw it away")), "throw_held")
        throw.setAccessibleName(tr("Throw it away: {page}", page=held.title))
        throw.clicked.connect(FixedCall(self.thrown.emit, held.page))
        self._buttons.append(throw)
        self._lines.append(line)
        self._column.addWidget(line)
        line.show()

    def greet(self) -> bool:
        """Tell aloud what is held, with the focus on it; return whether there was anything."""
        if not self._lines:
            return False
        self._buttons[0].setFocus()
        announce(self, self._lines[0].words.text())
        return True
