"""A page that is shown alone, without the bar of pages: it has a way back, and what can be done with it beside that."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from forms.translation import tr
from ui.widgets import theme, typed_in
from ui.widgets.announcing import announce
from ui.widgets.buttons import SecondaryButton
from ui.widgets.page import Page
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body
from ui.widgets.watched import Watched

if TYPE_CHECKING:
    from icv_app.storage.store import Store


class AlonePage(Page):
    """`left` goes back to where the person came from; Escape does as well. `made` tells what came of an action.

    A page that is watched (`watch`) is left with unsaved words only when that is asked for twice, and its words are
    held in the laptop's own file when the window locks or closes over them (`hold`).
    """

    left = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.back = SecondaryButton(tr("Back"))
        self.back.setObjectName("back")
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.leave)  # a button's own would wait for a moment
        self.back.clicked.connect(self.leave)
        self._watched: Watched | None = None
        holder = QWidget()
        self._actions = StackingLayout(holder, gap=theme.px(0.6))
        self._actions.addWidget(self.back)
        self.column.insertWidget(0, holder)
        self.made = Body("", role="good")
        self.made.setObjectName("made")
        self.made.hide()
        self.column.insertWidget(1, self.made)

    # Unsaved words ----------------------------------------------------------------------------------------------------

    def watch(self, store: "Store", name: str = "") -> None:
        """From now on, lose nothing that somebody changes in the page's boxes before they ask for it twice.

        `store` holds it when the window locks or closes, under `name` ("": its kind and its title), which has to tell
        the page from every other. What is held of it already is offered. Call it again once something was saved.
        """
        name = name or f"{type(self).__name__} {self.heading.text()}"
        if self._watched is not None and self._watched.name == name:
            self._watched.begin_again()
            return
        if self._watched is not None:
            self._watched.close_offer()
        self._watched = Watched(self, store, name)

    def note_saved(self, names: Iterable[str]) -> None:
        """Note that what stands in the boxes of these names is saved; of the others it is asked as before."""
        if self._watched is not None:
            self._watched.note_saved(names)

    def note_all_saved(self) -> None:
        """Note that everything in the page is saved or given up, and that one may go on typing in it."""
        if self._watched is not None:
            self._watched.settle()
            self._watched.begin_again()

    def typed(self) -> dict[str, str]:
        """Return what stands in the page's boxes, by their names; a page whose boxes are not all of it says more."""
        return typed_in.read(self)

    def put_typed(self, boxes: Mapping[str, str]) -> None:
        """Put words that `typed` returned into their boxes again."""
        typed_in.put(self, boxes)

    def unsaved(self) -> bool:
        """Return whether something stands in the page that would be lost with it."""
        return self._watched is not None and self._watched.unsaved()

    def was_changed(self) -> bool:
        """Return whether something in the page is not saved, also where its loss was warned of."""
        return self._watched is not None and self._watched.was_changed()

    def leave(self) -> None:
        """Go back; the first time, where what was entered would be lost, say so and stay."""
        if self.may_go(tr("What you entered here is not saved. To leave without it, choose Back once more.")):
            self.left.emit()

    def let_go(self) -> bool:
        """Return whether the page may be taken away; the first time with unsaved words, say so and return False."""
        if not self.may_go():
            return False
        if self._watched is not None:
            self._watched.left_behind()
        return True

    def may_go(self, words: str = "") -> bool:
        """Return whether nothing is in the way of leaving; the first time, where something is, say so.

        `words` says how one leaves all the same, where it is not by doing the same again.
        """
        if self._watched is None or not self._watched.unsaved():
            return True
        self._watched.warn()
        again = tr("What you entered here is not saved. Save it first, or do the same again to leave without it.")
        self.tell(words or again, failed=True)
        return False

    def settle(self) -> None:
        """Note that what was entered is saved or given up: nothing is asked any more, and nothing of it stays held."""
        if self._watched is not None:
            self._watched.settle()

    def hold(self) -> None:
        """Keep unsaved words in the laptop's own file, so that the page may go. Raises Unavailable: nothing was kept.

        Of a page that is not watched there is nothing to keep.
        """
        if self._watched is not None:
            self._watched.hold()

    # What is done and told --------------------------------------------------------------------------------------------

    def add_action(self, button: QPushButton) -> None:
        """Put a button beside the way back."""
        self._actions.addWidget(button)

    def tell(self, words: str, *, failed: bool = False) -> None:
        """Say at the top, and aloud, what came of what the person did."""
        self.made.set_role("error" if failed else "good")
        self.made.setText(words)
        self.made.show()
        self.verticalScrollBar().setValue(0)
        announce(self.made, words, urgent=failed)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.back.setFocus()
