"""The desk: what an unlocked laptop shows. A bar of pages, the page chosen, and the report or page shown alone."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from forms.translation import later, tr
from icv_app.errors import IcvError
from ui import whereabouts
from ui.exchanges import Exchanges
from ui.home import HomePage
from ui.page_of import make
from ui.records import Records
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.announcing import announce
from ui.widgets.buttons import TabButton
from ui.widgets.documents import Documents
from ui.widgets.page import Page
from ui.widgets.page_bar import PageBar
from ui.widgets.worker import Worker

if TYPE_CHECKING:
    from icv_app.interchange_folder.capture import OpenDraft
    from icv_app.laptop import Laptop
    from ui.form_filling.form_page import FormPage
    from ui.visits.visit_list import VisitListPage
    from ui.whereabouts import Whereabouts

PAGES = (
    later("Home"), later("Visits"), later("Coverage"), later("Rota"), later("Follow-up"), later("Summary"),
)  # fmt: skip
OF_THE_OFFICE = ("Follow-up",)
"""The pages that a visitor's laptop does not have: it holds too little for them."""


class Desk(QWidget):
    """Holds the pages of one open laptop. Four signals tell the rest of the window what happened."""

    saved = Signal()
    synced = Signal(object)  # Outcome
    failed = Signal(object)  # the exception
    hub_wanted = Signal()  # nobody has said yet where the shared file is
    undoable = Signal(bool, bool)  # whether the open report has something to undo, to redo

    def __init__(self, laptop: "Laptop", worker: Worker) -> None:
        super().__init__()
        self.laptop = laptop
        self.worker = worker
        self.documents = Documents(laptop, worker)
        self.records = Records(self)
        self._stack = QStackedWidget()
        self._pages: dict[str, Page] = {}
        self._form: FormPage | None = None  # the report that is open
        self.in_hand: OpenDraft | None = None
        self._past_lines = False  # whether last time's answers were wanted beside the questions, in any report
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.bar = self._make_bar()
        self._column.addWidget(self.bar)
        self._column.addWidget(self._stack, 1)
        self.saved.connect(self.refresh)
        self._exchanges = Exchanges(self, self)
        for number in range(len(self.pages)):
            shortcut = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            shortcut.activated.connect(lambda wanted=number: self._press(self._tabs[wanted]))
        self.show_page("Home")

    def _make_bar(self) -> PageBar:
        bar = PageBar(self.pages, self.laptop.identity.person)
        bar.wanted.connect(self.show_page)
        self._tabs = bar.tabs
        return bar

    def rebuild(self) -> None:
        """Make everything anew in the language in use, an open report kept first, and come back to what was shown."""
        where = whereabouts.of(self)
        if not self._put_away():
            return
        self.forget_pages()
        before, self.bar = self.bar, self._make_bar()
        self._column.replaceWidget(before, self.bar)
        before.hide()
        before.deleteLater()
        self.take_up(where)

    def take_up(self, where: "Whereabouts") -> None:
        """Come back to what was shown, or to the home page, where words stand that were typed and not saved."""
        if where.draft or not self.home.held.look(self.laptop.store):
            where.go_back(self)
        else:
            self.go_home()

    @property
    def pages(self) -> tuple[str, ...]:
        """The names of the pages of the bar, in its order."""
        return tuple(name for name in PAGES if self.laptop.office or name not in OF_THE_OFFICE)

    @property
    def shown(self) -> str:
        """The name of the page that is shown, or that is behind what is shown alone."""
        return self.bar.shown() or "Home"

    def shown_page(self) -> Page:
        """Return the page of the bar that is shown, or that is behind what is shown alone."""
        return self._page(self.shown)

    def help_part(self) -> int:
        """Return the part of the help that tells of what is shown."""
        shown = self._stack.currentWidget()
        return shown.help_part if isinstance(shown, Page) else 0

    def forget_pages(self) -> None:
        """Have the pages made anew when they are shown next: their words, or the forms on them, are others now."""
        put_off = self.home.put_off
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages = {}
        self.home.put_off |= put_off

    def _press(self, tab: TabButton) -> None:
        self.show_page(self.pages[self._tabs.index(tab)])
        if tab.isVisible():
            tab.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # not a focus proxy: one that stands for its own child swallows Tab
        super().focusInEvent(event)
        self._tabs[0].setFocus()

    # Pages

    @property
    def home(self) -> HomePage:
        """The home page."""
        page = self._page("Home")
        assert isinstance(page, HomePage)
        return page

    @property
    def visits(self) -> "VisitListPage":
        """The list of visits."""
        from ui.visits.visit_list import VisitListPage

        page = self._page("Visits")
        assert isinstance(page, VisitListPage)
        return page

    def _page(self, name: str) -> Page:
        if name not in self._pages:
            self._pages[name] = page = make(self, name)
            self._stack.addWidget(page)
        return self._pages[name]

    def show_page(self, name: str) -> None:
        """Show one of the pages, read afresh. A report that is open is kept first; where it cannot be, it stays."""
        if not self._put_away():
            return
        self._read(self._page(name))  # before it shows: a page about a period counts when it comes into view
        self.turn_to(name)

    def turn_to(self, name: str) -> None:
        """Bring a page to the front as it stands; what was shown alone goes."""
        if not self._put_away():
            return
        self.bar.show()
        self._stack.setCurrentWidget(self._page(name))
        self.bar.choose(name)

    def go_home(self) -> None:
        """Show the home page, with the focus on its name."""
        self.show_page("Home")
        if self._stack.currentWidget() is self.home:
            self._tabs[0].setFocus()

    def refresh(self) -> None:
        """Read again what the shown page shows."""
        page = self._stack.currentWidget()
        if isinstance(page, Page):
            self._read(page)

    def _read(self, page: Page) -> None:
        """Have a page read again. What is in the way (a disk that is gone) is said, and the page stays as it was."""
        try:
            page.refresh()
        except IcvError as error:
            self.home.notice.show_words(messages.words(error), role="error")
            announce(page, messages.words(error), urgent=True)

    def show_alone(self, page: QWidget) -> None:
        """Show a page without the bar; it is taken away when another one comes. An open report is kept first."""
        if not self._put_away():
            page.deleteLater()
            return
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.bar.hide()
        page.setFocus()

    def show_own(self, page: "AlonePage") -> None:
        """Show a page alone that leads back to the home page."""
        page.left.connect(self.go_home)
        self.show_alone(page)

    def _put_away(self) -> bool:
        """Take away what is shown alone, if anything, a report kept and put down; return whether that was possible.

        A page with words that are not saved stays the first time, and says so.
        """
        page = self._stack.currentWidget()
        if page is None or page in self._pages.values():
            return True
        if self._form is not None and not self._form.flush():
            return False
        if isinstance(page, AlonePage) and not page.let_go():
            return False
        self.put_down()
        self._form = self.in_hand = None
        self.undoable.emit(False, False)
        self._stack.removeWidget(page)
        page.hide()
        page.deleteLater()
        return True

    # Reports in hand

    def begin(self, form: str) -> None:
        """Start a new report of `form` and show it."""
        self._attempt(lambda: self._show_form(self.laptop.paperwork.new_draft(form)))

    def resume(self, draft: str) -> None:
        """Go on with a draft. One on a form that this laptop does not know stays as it is, and that is said."""
        self._attempt(lambda: self._show_form(self.laptop.paperwork.open_draft(draft)))

    def correct(self, key: str) -> None:
        """Go on with the correction of a report, or begin one."""
        self._attempt(lambda: self._show_form(self.laptop.paperwork.correct(key)))

    def _attempt(self, action: Callable[[], object]) -> bool:
        """Do something; where it cannot be done, say why at the top of the home page. Return whether it was done."""
        try:
            action()
        except IcvError as error:
            self.refuse(messages.words(error))
            return False
        return True

    def refuse(self, words: str) -> None:
        """Say at the top of the home page why something cannot be done."""
        self.show_page("Home")
        self.home.notice.show_words(words, role="error")
        self.home.verticalScrollBar().setValue(0)

    def discard(self, draft: str) -> None:
        """Put a draft into the recycle bin, and offer to take it out again at once."""
        if self._attempt(lambda: self.laptop.paperwork.discard(draft)):
            self.refresh()
            self.home.notice.show_words(
                tr("Deleted. It stays in the recycle bin for now."),
                button=tr("Undo"),
                action=lambda: self._undo_discard(draft),
            )
            self.home.ensureWidgetVisible(self.home.notice)

    def _undo_discard(self, draft: str) -> None:
        if self._attempt(lambda: self.laptop.paperwork.restore(draft)):
            self.refresh()
            self.home.show_done(tr("The draft is back."))
            self.home.focus_first()

    def put_down_draft(self, draft: str) -> None:
        """Note that a draft which a crash had left is as its writer wants it."""
        if self._attempt(lambda: self.laptop.paperwork.put_down(draft)):
            self.refresh()
            self.home.focus_first()

    def keep_open(self) -> bool:
        """Keep what is open where it can be taken up again: a report, or words on a page that are not saved yet.

        Returns False where this laptop could not keep it.
        """
        if self._form is not None and not self._form.flush():
            return False
        page = self._stack.currentWidget()
        if isinstance(page, AlonePage):
            try:
                page.hold()
            except IcvError as error:
                page.tell(messages.words(error), failed=True)
                return False
        return True

    def put_down(self) -> None:
        """Note that the open report was left in good order; where that cannot be stored, it counts as recovered."""
        if self.in_hand is not None:
            try:
                self.laptop.paperwork.put_down(self.in_hand.id)
            except IcvError as error:
                messages.words(error)  # logged; the report itself is on disk

    def _show_form(self, opened: "OpenDraft") -> None:
        from ui.form_filling.form_page import FormPage

        page = FormPage(
            opened.draft,
            keep=lambda: self.laptop.paperwork.keep(opened),
            submit=lambda reason: self.laptop.paperwork.submit(opened, reason=reason),
            tell=messages.words,
            corrects=opened.corrects,
            past=lambda site: self.laptop.paperwork.past(opened.form.name, site, before=opened.corrects),
            past_lines=self._past_lines,
            comments=opened.comments,
        )
        page.finished.connect(self._form_finished)
        page.left.connect(self._close_form)
        page.past_lines_wanted.connect(self._keep_past_lines)
        self.show_alone(page)
        if self._stack.currentWidget() is page:
            self._form, self.in_hand = page, opened
            page.undoable.connect(self.undoable)
            self.undoable.emit(page.can_undo, page.can_redo)

    def _keep_past_lines(self, wanted: bool) -> None:
        self._past_lines = wanted

    def _form_finished(self, _result: object) -> None:
        corrected = self.in_hand is not None and self.in_hand.corrects
        self._close_form()
        if corrected:
            self.home.show_done(tr("The correction is finished and safe on this laptop. Both versions are kept."))
        else:
            self.home.show_done(tr("The report is finished and safe on this laptop."))

    def _close_form(self) -> None:
        if self._put_away():
            self.turn_to("Home")
            self._tabs[0].setFocus()
            self.saved.emit()

    def form_page(self) -> "FormPage | None":
        """Return the form that is open, or None."""
        return self._form

    # Reports that were filed, and other pages shown alone

    def read(self, key: str, back: Callable[[], object] | None = None) -> None:
        """Show one report to read. Back leads to the list of visits, or does what `back` says."""
        self.records.read(key, back_to="Visits", back=back)

    def show_behind(self, words: str, keys: tuple[str, ...]) -> None:
        """Show the visits that a figure or a square of the coverage grid was made from."""
        self.visits.show_only(words, keys)
        self.turn_to("Visits")
        self.visits.table.setFocus()

    def show_bin(self) -> None:
        """Show the recycle bin."""
        from ui.visits.bin_page import BinPage

        self.show_own(BinPage(self.laptop))

    def show_blank(self, form: str) -> None:
        """Ask what is printed beforehand on a blank form."""
        from ui.form_filling.blank_form import BlankFormPage

        self.show_own(BlankFormPage(self.laptop, form, self.documents))

    def share(self) -> None:
        """Exchange with the shared file."""
        self._exchanges.share()
