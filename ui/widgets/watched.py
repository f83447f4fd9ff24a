"""A watched page: what stood in its boxes, whether something in them is not saved, and what is held of that."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from forms.translation import tr
from icv_app.errors import IcvError
from ui.widgets import messages, typed_in
from ui.widgets.announcing import announce
from ui.widgets.held_offer import HeldOffer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout

    from icv_app.storage.store import Store
    from ui.widgets.buttons import SecondaryButton
    from ui.widgets.text import Heading


class Watchable(Protocol):
    """The page, described at `AlonePage`."""

    column: "QVBoxLayout"
    heading: "Heading"
    back: "SecondaryButton"

    def typed(self) -> dict[str, str]: ...
    def put_typed(self, boxes: Mapping[str, str]) -> None: ...
    def tell(self, words: str, *, failed: bool = False) -> None: ...


class Watched:
    """Of one page. What is held is kept in `store` under `name` (`held_words`)."""

    def __init__(self, page: Watchable, store: "Store", name: str) -> None:
        self.name = name
        self._page, self._store = page, store
        self._begun: dict[str, str] = page.typed()
        self._warned: dict[str, str] | None = None
        self._kept = False  # whether what stands in it is held, and the page goes for now
        self._over = False
        self._offer: HeldOffer | None = None
        self._offer_held()

    # Whether it may go ------------------------------------------------------------------------------------------------

    def begin_again(self) -> None:
        """Take what stands in the page now for what it began with."""
        self._begun, self._warned, self._over = self._page.typed(), None, False

    def note_saved(self, names: Iterable[str]) -> None:
        """Take what stands in the boxes of these names for what they began with."""
        typed = self._page.typed()
        self._begun = self._begun | {name: typed[name] for name in names}
        if typed == self._begun:
            self._forget()

    def unsaved(self) -> bool:
        """Return whether something would be lost with the page that nobody was warned of."""
        return not self._over and self._page.typed() not in (self._begun, self._warned)

    def was_changed(self) -> bool:
        """Return whether something stands in the page that is not saved, whether anybody was warned of it or not."""
        return not self._over and self._page.typed() != self._begun

    def warn(self) -> None:
        """Note that the person is told what they would lose, and may choose so."""
        self._warned = self._page.typed()

    def left_behind(self) -> None:
        """Forget what is held of words that the person chose to leave without."""
        if self._warned is not None and not self._kept:
            self._forget()

    def settle(self) -> None:
        """Note that all is saved or given up: nothing is asked any more, and nothing of it stays held."""
        self._over = True
        self._forget()

    # What is held -----------------------------------------------------------------------------------------------------

    def hold(self) -> None:
        """Keep what is not saved, for the page goes now. Raises Unavailable: nothing was kept."""
        typed = self._page.typed()
        if self._over or typed == self._begun:
            return
        begun = self._begun
        boxes = {name: (begun.get(name, ""), words) for name, words in typed.items() if words != begun.get(name, "")}
        if self._offer is not None:  # nobody has said yet what is to become of it
            boxes = {**self._offer.held.boxes, **boxes}
        from icv_app.storage import held_words

        at = self._store.clock.now()
        held = held_words.HeldWords(page=self.name, title=self._page.heading.text(), at=at, boxes=boxes)
        held_words.put(self._store, held)
        self._warned, self._kept = typed, True

    def close_offer(self) -> HeldOffer | None:
        """Take the offer off the page, and return it; what it offers stays held."""
        offer, self._offer = self._offer, None
        if offer is not None:
            offer.hide()
            offer.deleteLater()
        return offer

    def _forget(self) -> None:
        """Have nothing held of the page any more, unless it is still offered."""
        if self._offer is not None:
            return
        from icv_app.storage import held_words

        try:
            held_words.drop(self._store, self.name)
        except IcvError as error:
            messages.words(error)  # logged; it is offered once more

    def _offer_held(self) -> None:
        from icv_app.storage import held_words

        held = held_words.one(self._store.connection, self.name)
        if held is None:
            return
        self._offer = offer = HeldOffer(held, self._store.clock.now())
        offer.put_back.clicked.connect(self._take)
        offer.throw_away.clicked.connect(self._drop)
        page = self._page
        page.column.insertWidget(2, offer)  # below the way back and what was told
        offer.show()
        QWidget.setTabOrder(page.back, offer.put_back)
        QWidget.setTabOrder(offer.put_back, offer.throw_away)
        announce(offer, offer.words.text())

    def _take(self) -> None:
        """Put what is offered into its boxes. It stays held until it is saved, or left without."""
        offer = self.close_offer()
        if offer is None:
            return
        boxes = offer.held.boxes
        changed = any(self._begun.get(name, "") != before for name, (before, _) in boxes.items())
        page = self._page
        page.put_typed({name: words for name, (_, words) in boxes.items()})
        assert isinstance(page, QWidget)
        for name in boxes:
            if (box := typed_in.box(page, name)) is not None:
                box.setFocus()
                break
        page.tell(
            tr("It is back. What is saved has changed since: compare the two before you save.")
            if changed
            else tr("It is back, and not saved yet.")
        )

    def _drop(self) -> None:
        self.close_offer()
        self._forget()
        self._page.back.setFocus()
        self._page.tell(tr("It is thrown away."))
