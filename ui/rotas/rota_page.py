"""The page Rota: for the office the whole rota, for a volunteer their own visits."""

from typing import TYPE_CHECKING, Protocol

from forms.translation import tr
from ui.widgets.announcing import announce
from ui.widgets.page import Page
from ui.widgets.text import Body

if TYPE_CHECKING:
    from ui.widgets.alone import AlonePage
    from ui.widgets.host import Host


class _Content(Protocol):
    def refresh(self) -> None: ...
    def focus_on(self, slot: str) -> bool: ...
    def focus_first(self) -> None: ...


class RotaPage(Page):
    """Leads to pages of its own that are shown alone, and takes up what they have to tell when they are left."""

    def __init__(self, desk: "Host") -> None:
        super().__init__(tr("Rota") if desk.laptop.office else tr("Your visits"))
        self._desk = desk
        self._slot = ""  # the one that is open, or was last
        self.made = Body("", role="good")
        self.made.setObjectName("made")
        self.made.hide()
        self.column.addWidget(self.made)
        self.content = self._make()
        self.column.addStretch(1)

    def _make(self) -> _Content:
        if self._desk.laptop.office:
            from ui.rotas.rota_office_view import RotaOfficeView

            office = RotaOfficeView(self._desk)
            office.told.connect(self.tell)
            office.refused.connect(self.refuse)
            office.wanted.connect(self.open_page)
            self.column.addWidget(office)
            return office
        from ui.rotas.rota_visits import RotaVisits

        own = RotaVisits(self._desk)
        own.told.connect(self.tell)
        own.refused.connect(self.refuse)
        own.wanted.connect(self.open_page)
        self.column.addWidget(own)
        return own

    def refresh(self) -> None:
        """Read the rota again."""
        self.made.hide()
        self.content.refresh()

    def open_page(self, page: "AlonePage", slot: str) -> None:
        """Show a page alone, and come back here from it; `slot`: the one it is about, "" for none."""
        self._slot = slot
        self._desk.show_own(page)
        page.left.connect(self.come_back)  # after the desk's own way back, which is home
        done = getattr(page, "done", None)
        if done is not None:
            done.connect(self.come_back)

    def come_back(self, words: str = "") -> None:
        """Show this page again with the focus where it was, and tell what came of the other one."""
        self._desk.show_page("Rota")
        if not (self._slot and self.content.focus_on(self._slot)):
            self.content.focus_first()
        if words:
            self.tell(words)

    def tell(self, words: str) -> None:
        """Say at the top, and aloud, what was done."""
        self._say(words, failed=False)

    def refuse(self, words: str) -> None:
        """Say at the top, and at once, why something was not done."""
        self._say(words, failed=True)

    def _say(self, words: str, *, failed: bool) -> None:
        self.made.set_role("error" if failed else "good")
        self.made.setText(words)
        self.made.show()
        self.verticalScrollBar().setValue(0)
        announce(self.made, words, urgent=failed)
