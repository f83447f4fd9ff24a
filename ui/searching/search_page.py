"""Find: one box for everything that this laptop may read; what is found shows as one types, and opens with Enter."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from forms.translation import later, plural, tr
from icv_app.errors import IcvError, InvalidInput
from icv_app.logs import logbook
from icv_app.searching import search_query
from icv_app.searching.search import AT_ONCE, READ_AT_ONCE, Found, Search
from ui.searching.search_filters import SearchFilters
from ui.searching.search_list import SearchList
from ui.searching.search_saved import SearchSaved
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.announcing import announce
from ui.widgets.buttons import SecondaryButton
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Question

if TYPE_CHECKING:
    from icv_app.searching.search_query import Query
    from ui.widgets.host import Host
    from ui.widgets.worker import Progress

PAUSE = 120
"""Milliseconds without a key before it is searched: long enough to type on, too short to wait for."""
AGAIN = 1000
"""Milliseconds after which it is searched again while much is being read."""
SOON = READ_AT_ONCE
"""Records that are read into the index while the person waits, about a tenth of a second; more by the worker."""
HINT = later(
    "Type words, or a phrase in “quotes”. A word finds every word that begins so. The down arrow goes to what is found."
)


class _Box(QLineEdit):
    """`went_down`: the down arrow was pressed."""

    went_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)


class SearchPage(AlonePage):
    """`text` is searched at once, and the result number `row` chosen: so a person comes back from what they opened."""

    def __init__(self, desk: "Host", text: str = "", row: int = -1) -> None:
        super().__init__(tr("Find"))
        self._desk = desk
        self._search = Search(desk.laptop.store, desk.laptop.paperwork.book)
        self._values = self._search.values()
        self._found: Found | None = None
        self._query: Query | None = None
        self._most = AT_ONCE
        self._reading = False
        self._again = QTimer(self)  # while much is read beside the window, what was read so far is found
        self._again.setInterval(AGAIN)
        self._again.timeout.connect(self.look)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.look)
        self._build()
        self.box.setText(text)
        self._pause.stop()
        self._catch_up()
        self.look()
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)
            QTimer.singleShot(0, self.list, self.list.setFocus)

    def _build(self) -> None:
        if self._desk.laptop.office:
            change = SecondaryButton(tr("Change several at once…"))
            change.setObjectName("change_several")
            change.clicked.connect(self._change)
            self.add_action(change)
        label = Question(tr("What are you looking for?"))
        self.box = _Box()
        self.box.setObjectName("search")
        self.box.setAccessibleName(tr("What are you looking for?"))
        self.box.setAccessibleDescription(tr(HINT))
        self.box.setClearButtonEnabled(True)
        self.box.textChanged.connect(self._typed)
        self.box.returnPressed.connect(self._open_first)
        self.box.went_down.connect(self._to_list)
        label.setBuddy(self.box)
        self._offers = QStringListModel(self)
        completer = QCompleter(self._offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.box.setCompleter(completer)
        self.box.textEdited.connect(self._offer)
        self.hint = Body(tr(HINT), role="hint")
        self.toggle = SecondaryButton(tr("Filters and saved searches…"))
        self.toggle.setObjectName("show_filters")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._show_more_ways)
        self.filters = SearchFilters(self._values)
        self.filters.changed.connect(self._set_filter)
        self.saved = SearchSaved(self._desk.laptop)
        self.saved.chosen.connect(self.box.setText)
        self.saved.told.connect(lambda words, failed: self.tell(words, failed=failed))
        self._ways = QWidget()
        ways = QVBoxLayout(self._ways)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(theme.px(0.6))
        ways.addWidget(self.filters)
        ways.addWidget(self.saved)
        self._ways.hide()
        self.problem = Body("", role="error")
        self.problem.setObjectName("problem")
        self.count = Body("", role="strong")
        self.count.setObjectName("count")
        self.list = SearchList(tr("What was found"))
        self.list.setObjectName("found")
        self.list.opened.connect(self.open)
        self.list.left_up.connect(self.box.setFocus)
        self.list.currentRowChanged.connect(self._follow)
        self.more = SecondaryButton(tr("Show more"))
        self.more.setObjectName("more")
        self.more.clicked.connect(self._show_more)
        buttons = StackingLayout()
        buttons.addWidget(self.toggle)
        below = StackingLayout()
        below.addWidget(self.more)
        self.column.addWidget(label)
        self.column.addWidget(self.box)
        self.column.addWidget(self.problem)
        self.column.addWidget(self.hint)
        self.column.addLayout(buttons)
        for widget in (self._ways, self.count, self.list):
            self.column.addWidget(widget)
        self.column.addLayout(below)
        self.column.addStretch(1)
        self.problem.hide()
        self.more.hide()
        self.list.hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.box.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()  # the laptop may be locked
        self._again.stop()

    # What is asked for

    def _to_list(self) -> None:
        if self.list.count():
            self.list.setFocus()

    def _typed(self, text: str) -> None:
        self.filters.show_text(text)
        self.saved.show_text(text)
        self._most = AT_ONCE
        self._pause.start()

    def _offer(self, text: str) -> None:
        self._offers.setStringList(list(search_query.complete(text, self._values)))

    def _set_filter(self, name: str, value: str) -> None:
        text = search_query.with_filter(self.box.text(), name, value)
        if text != self.box.text():
            self.box.setText(text)

    def _show_more_ways(self, shown: bool) -> None:
        self._ways.setVisible(shown)
        self.toggle.setText(tr("Hide the filters") if shown else tr("Filters and saved searches…"))
        if shown:
            self.filters.boxes["kind"].setFocus()

    def _show_more(self) -> None:
        at = self.list.count()
        self._most += AT_ONCE
        self.look()
        self.list.setCurrentRow(min(at, self.list.count() - 1))
        self.list.setFocus()

    def _follow(self, row: int) -> None:
        """Keep the current row in view: the page scrolls, not the list."""
        item, inside = self.list.item(row), self.widget()
        if item is not None and inside is not None and self.list.hasFocus():
            place = self.list.visualItemRect(item)
            for corner in (place.bottomLeft(), place.topLeft()):
                at = self.list.viewport().mapTo(inside, corner)
                self.ensureVisible(at.x(), at.y(), 0, theme.px(1))

    # Looking

    def refresh(self) -> None:
        """Look again: records came in or were changed."""
        self._catch_up()
        self.look()

    def _catch_up(self) -> None:
        """Read what changed: a little at once, much of it beside the window."""
        try:
            behind = self._search.behind()
            while 0 < behind <= SOON:
                behind = self._search.catch_up()
        except IcvError as error:
            self._refuse(messages.words(error))
            return
        if behind and not self._reading:
            self._reading = True
            self._again.start()
            laptop = self._desk.laptop

            def job(progress: "Progress") -> None:
                from icv_app.form_versions.form_book import FormBook

                with laptop.profile.store() as store:
                    search = Search(store, FormBook(store))
                    left = total = search.behind()
                    while left:
                        progress(tr("Reading what can be found"), total - left, total)
                        left = search.catch_up()

            self._desk.worker.submit(job, self._read, self._failed)

    def _read(self, _result: object) -> None:
        if isValid(self):
            self._reading = False
            self._again.stop()
            self.look()

    def _failed(self, error: Exception) -> None:
        words = messages.words(error)
        if isValid(self):
            self._reading = False
            self._again.stop()
            self._refuse(words)

    def look(self) -> None:
        """Search for what is typed, and show what is found."""
        self._pause.stop()
        if self._desk.laptop.store.closed:
            return
        try:
            self._query = self._search.parse(self.box.text(), self._desk.laptop.clock.today())
            self._found = self._search.find(self._query, most=self._most)
        except InvalidInput as error:
            self._refuse(error.words)
            return
        except IcvError as error:
            self._refuse(messages.words(error))
            return
        self.problem.hide()
        if self._found.results and not self._desk.laptop.logbook.read("search", ""):
            self._warn(logbook.warning())
        self.list.show_results(self._found.results)
        self.list.setVisible(bool(self._found.results))
        self.more.setVisible(self._found.total > len(self._found.results))
        self._tell_count(self._found, asked=not self._query.empty)

    def _refuse(self, words: str) -> None:
        self._found = self._query = None
        self.list.show_results(())
        self.list.hide()
        self.more.hide()
        self.count.setText("")
        self._warn(words)

    def _warn(self, words: str) -> None:
        if self.problem.text() != words or not self.problem.isVisible():
            self.problem.setText(words)
            announce(self.problem, words)
        self.problem.show()

    def _tell_count(self, found: Found, *, asked: bool) -> None:
        words = ""
        if asked and found.total:
            words = plural("{count:,} record found.", "{count:,} records found, the latest first.", found.total)
        elif asked and found.behind:
            words = tr("Nothing was found so far.")
        elif asked:
            words = tr("Nothing was found. Fewer words, or the beginning of a word, find more.")
        if found.behind:
            waiting = plural(
                "{count:,} record is still being read, and may be found in a moment.",
                "{count:,} records are still being read, and may be found in a moment.", found.behind,
            )  # fmt: skip
            words = f"{words} {waiting}".strip()
        if words != self.count.text():
            self.count.setText(words)
            announce(self.count, words)

    # What was found

    def _open_first(self) -> None:
        self.look()
        if self.list.count():
            self.open(0)

    def open(self, row: int) -> None:
        """Open the result of that row: a report as reports are read, anything else by what it holds."""
        if self._found is None:
            return
        from ui.searching.opened_record import show

        result, desk, text = self._found.results[row], self._desk, self.box.text()
        show(desk, result, lambda: desk.show_own(SearchPage(desk, text, row)))

    def _change(self) -> None:
        from ui.searching.bulk_page import BulkPage

        desk, text = self._desk, self.box.text()
        page = BulkPage(desk.laptop, text)
        page.left.connect(lambda: desk.show_own(SearchPage(desk, text)))
        desk.show_alone(page)
