"""Filed reports at the desk: reading one, an earlier version of it, its PDF, a visitor's word on it, its correction."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from forms.translation import tr
from icv_app.errors import IcvError
from ui.differing import Differing
from ui.widgets import messages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from icv_app.laptop import Laptop
    from icv_app.records.reading import Reading
    from ui.home import HomePage
    from ui.visits.record_page import RecordPage
    from ui.visits.visit_list import VisitListPage
    from ui.widgets.documents import Documents


class Shows(Protocol):
    """What shows the reports: the desk."""

    laptop: "Laptop"
    documents: "Documents"

    @property
    def home(self) -> "HomePage":
        """The home page."""

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
        self._back: Callable[[], object] | None = None
        self._differing = Differing(desk, self.read)

    def attend(self, home: "HomePage") -> None:
        """Do what the home page asks for about filed reports."""
        home.sign_wanted.connect(self.read)
        home.mend_wanted.connect(self._desk.correct)
        home.differing_wanted.connect(self.show_differing)

    def show_differing(self) -> None:
        """Show the records in which two people's entries differ."""
        self._differing.show_all()

    def choose(self, key: str) -> None:
        """Show one record to choose in between two people's entries."""
        self._differing.show(key)

    def read(self, key: str, *, back_to: str = "Home", back: Callable[[], object] | None = None) -> None:
        """Show one report to read; `back_to` is the page that Back leads to, unless `back` says where else."""
        self._back_to, self._back = back_to, back
        self._show(key)

    def _show(self, key: str) -> "RecordPage | None":
        from ui.visits.record_page import RecordPage

        try:
            reading = self._desk.laptop.reading(key)
        except IcvError as error:
            self._desk.refuse(messages.words(error))
            return None
        page = RecordPage(reading, office=self._desk.laptop.office)
        page.settle_wanted.connect(lambda: self.choose(key))
        page.return_wanted.connect(lambda: self._ask_comments(page))
        page.accept_wanted.connect(lambda: self._accept(page))
        page.left.connect(self._close)
        page.signed.connect(lambda agrees, words: self._sign(page, agrees, words))
        page.pdf_wanted.connect(lambda: self._ask_pdf(page, reading))
        page.correct_wanted.connect(lambda: self._desk.correct(key))
        page.version_wanted.connect(lambda rev: self._show_version(key, rev))
        page.log_wanted.connect(lambda: self._show_log(key))
        page.watch(self._desk.laptop.store, f"report {key}")
        self._desk.show_alone(page)
        return page

    def _close(self) -> None:
        if self._back is not None:
            self._back()
            return
        if self._back_to != "Visits":
            self._desk.go_home()
            return
        self._desk.turn_to("Visits")  # not read afresh: the line that was opened stays chosen
        self._desk.visits.table.setFocus()

    def _show_log(self, key: str) -> None:
        from ui.office_pages.audit_page import AuditPage

        page = AuditPage(self._desk.laptop, self._desk.documents.worker, key)
        page.left.connect(lambda: self._show(key))
        self._desk.show_alone(page)

    def _show_version(self, key: str, rev: str) -> None:
        from ui.visits.record_page import RecordPage

        page = RecordPage(self._desk.laptop.reading(key, rev=bytes.fromhex(rev)), whole=False)
        page.left.connect(lambda: self._show(key))
        self._desk.show_alone(page)

    def _sign(self, page: "RecordPage", agrees: bool, words: str) -> None:
        if agrees and not page.may_go():  # words on how they see it differently are there
            return
        try:
            self._desk.laptop.paperwork.sign(page.key, agrees=agrees, words=words)
        except IcvError as error:
            if page.box is not None and not agrees:
                page.box.refuse(messages.words(error))  # where the person is typing
            else:
                page.tell(messages.words(error), failed=True)
            return
        page.settle()
        shown = self._show(page.key)
        if shown is not None:
            shown.tell(
                tr("Saved on this laptop: you agree with this report.")
                if agrees
                else tr("Saved on this laptop: what you say stands beside the report.")
            )

    def _ask_comments(self, page: "RecordPage") -> None:
        if page.return_box is None:
            box = page.ask_comments(self._desk.laptop.returning.questions(page.key))
            box.given.connect(lambda comments: self._send_back(page, comments))
        else:
            page.return_box.focus_first()

    def _send_back(self, page: "RecordPage", comments: "list[tuple[str, str]]") -> None:
        try:
            self._desk.laptop.returning.send_back(page.key, comments)
        except IcvError as error:
            if page.return_box is not None:
                page.return_box.refuse(messages.words(error))
            return
        page.settle()
        shown = self._show(page.key)
        if shown is not None:
            shown.tell(tr("Returned for correction. Its visitors see your comments once both laptops have shared."))

    def _accept(self, page: "RecordPage") -> None:
        if not page.may_go():  # comments are there that are not sent
            return
        try:
            self._desk.laptop.returning.accept(page.key)
        except IcvError as error:
            page.tell(messages.words(error), failed=True)
            return
        page.settle()
        shown = self._show(page.key)
        if shown is not None:
            shown.tell(tr("Accepted. It is checked by the office."))

    def _ask_pdf(self, page: "RecordPage", reading: "Reading") -> None:
        marking = self._desk.laptop.report_marking
        chosen = messages.choose_new_file(page, tr("Save as PDF"), f"{marking} {page.key}.pdf", "PDF (*.pdf)")
        if chosen:
            self._desk.documents.report_pdf(
                reading, Path(chosen), page,
                made=lambda path: page.tell(tr("Written: {path}", path=path)),
                failed=lambda words: page.tell(words, failed=True),
            )  # fmt: skip
