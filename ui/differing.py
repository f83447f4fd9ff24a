"""Differing entries at the desk: the list, one record, and what comes of a choice."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from forms.translation import tr
from icv_app.errors import IcvError
from ui.widgets import messages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from icv_app.laptop import Laptop
    from icv_app.records.dispute import Dispute
    from ui.home import HomePage
    from ui.visits.dispute_page import DisputePage


class Shows(Protocol):
    """What shows the pages: the desk."""

    laptop: "Laptop"

    @property
    def home(self) -> "HomePage":
        """The home page."""

    def show_alone(self, page: "QWidget") -> None:
        """Show a page without the bar of pages."""

    def go_home(self) -> None:
        """Show the home page."""

    def refuse(self, words: str) -> None:
        """Say why something cannot be shown."""


class Differing:
    """Shows what two people entered differently on a desk. `read` shows a report."""

    def __init__(self, desk: Shows, read: Callable[[str], object]) -> None:
        self._desk = desk
        self._read = read

    def show_all(self, told: str = "") -> None:
        """Show the list; `told` says what was just done."""
        from ui.visits.dispute_page import DisputesPage

        found = self._desk.laptop.disputes.every()
        page = DisputesPage(found)
        page.left.connect(self._desk.go_home)
        page.chosen.connect(lambda number: self.show(found[number].key, found[number].kind))
        self._desk.show_alone(page)
        if told:
            page.tell(told)

    def show(self, key: str, kind: str = "", *, told: str = "") -> "DisputePage | None":
        """Show one record to choose in; `told` says why it is shown again."""
        from ui.visits.dispute_page import DisputePage

        try:
            found = self._desk.laptop.disputes.of(key, kind)
        except IcvError as error:
            self._desk.refuse(messages.words(error))
            return None
        if found is None:
            self.show_all(tr("{key}: somebody has chosen meanwhile. Nothing is left to choose.", key=key))
            return None
        page = DisputePage(found, readable=found.kind in ("visit", "record_review"))
        page.watch(self._desk.laptop.store, f"dispute {found.kind} {found.key}")
        page.left.connect(self.show_all)
        page.read_wanted.connect(lambda: self._read(key))
        page.settled.connect(lambda: self._settle(page, found))
        self._desk.show_alone(page)
        if told:
            page.tell(told, failed=True)
        return page

    def _settle(self, page: "DisputePage", found: "Dispute") -> None:
        from icv_app.records.settling import Own

        choices = {
            path: Own(value=choice) if isinstance(choice, str) else choice for path, choice in page.choices().items()
        }
        try:
            self._desk.laptop.disputes.settle(found, choices)
        except IcvError as error:
            if error.code == "changed_since":
                self._show_again(page, found, messages.words(error))
            else:
                page.refuse(messages.words(error))
            return
        page.settle()
        done = tr("{record}: your choice is saved on this laptop. Others see it once both have shared.",
                  record=found.label)  # fmt: skip
        if self._desk.laptop.disputes.count():
            self.show_all(done)
        else:
            self._desk.go_home()
            self._desk.home.show_done(done)

    def _show_again(self, page: "DisputePage", found: "Dispute", told: str) -> None:
        """Show a record that changed meanwhile anew; what was entered for it is held, and offered there."""
        try:
            page.hold()
        except IcvError as error:
            page.refuse(messages.words(error))
            return
        self.show(found.key, found.kind, told=told)
