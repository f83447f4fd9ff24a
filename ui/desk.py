"""The desk: what an unlocked laptop shows. A bar of pages, the page chosen, and the work handed to the worker."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from icv_app import __version__
from icv_app.errors import IcvError
from icv_app.figure import Period
from ui import messages
from ui.announcing import announce
from ui.buttons import TabButton
from ui.home import HomePage
from ui.page import Page
from ui.text import Body
from ui.worker import Progress, Worker

if TYPE_CHECKING:
    from icv_app.capture import OpenDraft
    from icv_app.exchange import Outcome
    from icv_app.laptop import Laptop
    from ui.form_page import FormPage

PAGES = ("Home", "Visits", "Coverage", "Summary")


class Desk(QWidget):
    """Holds the pages of one open laptop. Three signals tell the rest of the window what happened."""

    saved = Signal()
    synced = Signal(object)  # Outcome
    failed = Signal(object)  # the exception

    def __init__(self, laptop: "Laptop", worker: Worker) -> None:
        super().__init__()
        self.laptop = laptop
        self._worker = worker
        self._stack = QStackedWidget()
        self._pages: dict[str, Page] = {}
        self._form: FormPage | None = None  # the report that is open
        self.bar = self._make_bar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        worker.progress.connect(self.home.status.show_progress)
        worker.busy.connect(self.home.status.show_busy)
        self.saved.connect(self.refresh)
        self.synced.connect(self._show_outcome)
        self.failed.connect(self._show_failure)
        self.show_page("Home")

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 8, 20, 8)
        self._tabs: list[TabButton] = []  # no QButtonGroup: in one, Tab comes to the chosen page alone
        for number, name in enumerate(PAGES, start=1):
            tab = TabButton(name)
            tab.setObjectName(f"page_{name.lower()}")
            tab.setAccessibleName(f"{name} page")
            tab.clicked.connect(lambda _=False, wanted=name: self.show_page(wanted))
            self._tabs.append(tab)
            row.addWidget(tab)
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(lambda wanted=tab: self._press(wanted))
        row.addStretch(1)
        who = Body(f"{self.laptop.identity.person} on this laptop", role="hint")
        who.setWordWrap(False)
        row.addWidget(who)
        return bar

    def _press(self, tab: TabButton) -> None:
        self.show_page(tab.text())
        if tab.isVisible():
            tab.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # not a focus proxy: one that stands for its own child swallows Tab
        super().focusInEvent(event)
        self._tabs[0].setFocus()

    @property
    def home(self) -> HomePage:
        """The home page."""
        page = self._page("Home")
        assert isinstance(page, HomePage)
        return page

    def _page(self, name: str) -> Page:
        if name not in self._pages:
            self._pages[name] = page = self._make_page(name)
            self._stack.addWidget(page)
        return self._pages[name]

    def _make_page(self, name: str) -> Page:
        if name == "Home":
            home = HomePage(self.laptop)
            home.begin.connect(self.begin)
            home.resume.connect(self.resume)
            home.discard.connect(self.discard)
            home.status.share.connect(self.share)
            return home
        if name == "Visits":
            from ui.visit_list import VisitListPage

            visits = VisitListPage(self.laptop)
            visits.opened.connect(self.read)
            return visits
        if name == "Coverage":
            from ui.coverage_page import CoveragePage

            coverage = CoveragePage(self.laptop)
            coverage.visits_wanted.connect(self.show_behind)
            return coverage
        from ui.summary_page import SummaryPage

        summary = SummaryPage(self.laptop)
        summary.pdf_wanted.connect(self.make_pdf)
        summary.csv_wanted.connect(self.make_csv)
        summary.behind_wanted.connect(self.show_behind)
        return summary

    def show_page(self, name: str) -> None:
        """Show one of the pages, read afresh. A report that is open is kept first; where it cannot be, it stays."""
        if not self._put_away():
            return
        self._page(name).refresh()  # before it shows: a page about a period counts when it comes into view
        self._turn_to(name)

    def _turn_to(self, name: str) -> None:
        """Bring a page to the front as it stands."""
        self.bar.show()
        self._stack.setCurrentWidget(self._page(name))
        for tab in self._tabs:
            tab.setChecked(tab.text() == name)

    def refresh(self) -> None:
        """Read again what the shown page shows."""
        page = self._stack.currentWidget()
        if isinstance(page, Page):
            page.refresh()

    # Reports

    def begin(self, form: str) -> None:
        """Start a new report of `form` and show it."""
        try:
            self._show_form(self.laptop.paperwork.new_draft(form))
        except IcvError as error:
            messages.tell(self, messages.words(error))

    def resume(self, draft: str) -> None:
        """Go on with a draft."""
        try:
            self._show_form(self.laptop.paperwork.open_draft(draft))
        except IcvError as error:
            messages.tell(self, messages.words(error))

    def discard(self, draft: str) -> None:
        """Delete a draft, after asking."""
        if messages.ask(self, "Delete this draft? What was typed in it is gone then.", yes="Delete it", no="Keep it"):
            self.laptop.paperwork.discard(draft)
            self.refresh()

    def _show_form(self, opened: "OpenDraft") -> None:
        from ui.form_page import FormPage

        page = FormPage(
            opened.draft,
            keep=lambda: self.laptop.paperwork.keep(opened),
            submit=lambda: self.laptop.paperwork.submit(opened),
            tell=messages.words,
        )
        page.finished.connect(self._form_finished)
        page.left.connect(self._close_form)
        self._form = page
        self._show_alone(page)

    def _form_finished(self, _result: object) -> None:
        self._close_form()
        self.home.show_done("The report is finished and safe on this laptop.")

    def _close_form(self) -> None:
        if self._put_away():
            self._turn_to("Home")
            self._tabs[0].setFocus()
            self.saved.emit()

    def form_page(self) -> "FormPage | None":
        """Return the form that is open, or None."""
        return self._form

    def read(self, key: str) -> None:
        """Show one visit to read."""
        from ui.record_page import RecordPage

        page = RecordPage(self.laptop.reading(key))
        page.left.connect(self._close_record)
        self._show_alone(page)

    def show_behind(self, words: str, keys: tuple[str, ...]) -> None:
        """Show the visits that a figure or a square of the coverage grid was made from."""
        from ui.visit_list import VisitListPage

        page = self._page("Visits")
        assert isinstance(page, VisitListPage)
        page.show_only(words, keys)
        self._turn_to("Visits")
        page.table.setFocus()

    def _close_record(self) -> None:
        from ui.visit_list import VisitListPage

        page = self._page("Visits")
        assert isinstance(page, VisitListPage)
        self._put_away()
        self._turn_to("Visits")  # not read afresh: the line that was opened stays chosen
        page.table.setFocus()

    def _show_alone(self, page: QWidget) -> None:
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.bar.hide()
        page.setFocus()

    def _put_away(self) -> bool:
        """Take away the report or the visit that is shown alone, if any; return whether that was possible."""
        page = self._stack.currentWidget()
        if page is None or page in self._pages.values():
            return True
        if self._form is not None and not self._form.flush():
            return False
        self._form = None
        self._stack.removeWidget(page)
        page.deleteLater()
        return True

    # Work for the worker

    def share(self) -> None:
        """Exchange with the shared file on the worker; asks where it is when nobody said yet. Never for practice."""
        if self.home.practice or not self.home.status.button.isEnabled():
            return
        if self.laptop.hub is None:
            chosen = messages.choose_hub(self)
            if chosen is None:
                return
            self.laptop.hub = chosen

        def job(progress: Progress) -> "Outcome":
            return self.laptop.sync(progress=progress)

        self._worker.submit(job, self.synced.emit, self.failed.emit)

    def _show_outcome(self, outcome: "Outcome") -> None:
        self.refresh()
        if self._stack.currentWidget() is not self.home:
            self.home.refresh()
        if not outcome.verified or outcome.foreign or outcome.quarantined or outcome.remade:
            self.home.status.show_failure(outcome.words)
        else:
            announce(self.home.status, self.home.status.remote.text())

    def _show_failure(self, error: Exception) -> None:
        self.home.status.show_failure(messages.words(error))

    def make_pdf(self, period: Period, path: Path) -> None:
        """Write the summary's PDF on the worker."""
        laptop = self.laptop
        scheme, marking, records_to = laptop.identity.scheme, laptop.marking, laptop.records_to()

        def job(_progress: Progress) -> Path:
            from reports import quarterly  # reportlab takes 150 ms to load: here, not at the start

            about = quarterly.About(scheme=scheme, marking=marking, records_to=records_to, program_version=__version__)
            return quarterly.write(laptop.summary(period), about, path)

        self._write(job)

    def make_csv(self, period: Period, path: Path) -> None:
        """Write the figures as a table on the worker."""

        def job(_progress: Progress) -> Path:
            from reports import tables

            tables.write_csv(self.laptop.summary(period), path)
            return path

        self._write(job)

    def _write(self, job: Callable[[Progress], Path]) -> None:
        from ui.summary_page import SummaryPage

        page = self._page("Summary")
        assert isinstance(page, SummaryPage)
        self._worker.submit(job, page.show_made, lambda error: page.show_failure(messages.words(error)))
