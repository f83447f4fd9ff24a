"""Filed reports at the desk: reading one, an earlier version of it, its PDF, a visitor's word on it, its correction."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from forms.translation import tr
from icv_app.errors import IcvError
from ui import messages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from icv_app.laptop import Laptop
    from icv_app.reading import Reading
    from ui.documents import Documents
    from ui.record_page import RecordPage
    from ui.visit_list import VisitListPage


class Shows(Protocol):
    """What shows the reports: the desk."""

    laptop: "Laptop"
    documents: "Documents"

    @property
    def visits(self) -> "VisitListPage":
        """The list of visits."""

    def show_alone(self, page: "QWidget") -> None:
        """Show a page without the bar of pages."""

    def turn_to(self, name: str) -> None:
        """Bring a page to the front as it stands."""

    def go_home(self) -> None:
        """Show the home page."""

    def correct(self, key: str) -> None:
        """Go on with the correction of a report, or begin one."""

    def refuse(self, words: str) -> None:
        """Say why something cannot be shown."""


class Records:
    """Shows filed reports on a desk, and brings the person back to where they came from."""

    def __init__(self, desk: Shows) -> None:
        self._desk = desk
        self._back_to = "Home"

    def read(self, key: str, *, back_to: str = "Home") -> None:
        """Show one report to read; `back_to` is the page that Back leads to."""
        self._back_to = back_to
        self._show(key)

    def _show(self, key: str) -> "RecordPage | None":
        from ui.record_page import RecordPage

        try:
            reading = self._desk.laptop.reading(key)
        except IcvError as error:
            self._desk.refuse(messages.words(error))
            return None
        page = RecordPage(reading)
        page.left.connect(self._close)
        page.signed.connect(lambda agrees, words: self._sign(page, agrees, words))
        page.pdf_wanted.connect(lambda: self._ask_pdf(page, reading))
        page.correct_wanted.connect(lambda: self._desk.correct(key))
        page.version_wanted.connect(lambda rev: self._show_version(key, rev))
        self._desk.show_alone(page)
        return page

    def _close(self) -> None:
        if self._back_to != "Visits":
            self._desk.go_home()
            return
        self._desk.turn_to("Visits")  # not read afresh: the line that was opened stays chosen
        self._desk.visits.table.setFocus()

    def _show_version(self, key: str, rev: str) -> None:
        from ui.record_page import RecordPage

        page = RecordPage(self._desk.laptop.reading(key, rev=bytes.fromhex(rev)), whole=False)
        page.left.connect(lambda: self._show(key))
        self._desk.show_alone(page)

    def _sign(self, page: "RecordPage", agrees: bool, words: str) -> None:
        try:
            self._desk.laptop.paperwork.sign(page.key, agrees=agrees, words=words)
        except IcvError as error:
            if page.box is not None and not agrees:
                page.box.refuse(messages.words(error))  # where the person is typing
            else:
                page.tell(messages.words(error), failed=True)
            return
        shown = self._show(page.key)
        if shown is not None:
            shown.tell(
                tr("Saved on this laptop: you agree with this report.")
                if agrees
                else tr("Saved on this laptop: what you say stands beside the report.")
            )

    def _ask_pdf(self, page: "RecordPage", reading: "Reading") -> None:
        marking = self._desk.laptop.report_marking
        chosen = messages.choose_new_file(page, tr("Save as PDF"), f"{marking} {page.key}.pdf", "PDF (*.pdf)")
        if chosen:
            self._desk.documents.report_pdf(
                reading, Path(chosen), page,
                made=lambda path: page.tell(tr("Written: {path}", path=path)),
                failed=lambda words: page.tell(words, failed=True),
            )  # fmt: skip
