"""Making a document of a period: which one, for whom, as what; what it holds back is said before it is made."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from forms.translation import plural, tr
from icv_app.account import Account
from icv_app.errors import IcvError
from icv_app.public import disclosure
from icv_app.summaries import published, written_since
from icv_app.wording import listed, months_words
from reports import making
from ui.summaries import document_choice
from ui.summaries.document_view import DocumentView
from ui.summaries.work_bar import WorkBar
from ui.summaries.written_row import WrittenRow
from ui.widgets import copied, messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.announcing import announce
from ui.widgets.asked_choice import AskedChoice
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.documents import Wanted
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading
from ui.widgets.words_dialog import OF_THE_SUMMARY

if TYPE_CHECKING:
    from collections.abc import Callable

    from icv_app.figure import Period
    from reports.document import Document
    from ui.widgets.host import Host
    from ui.widgets.worker import Progress


class ExportPage(AlonePage):
    """What is chosen is looked through on the worker; the button that makes it waits for that."""

    help_part = OF_THE_SUMMARY

    def __init__(self, desk: "Host", period: "Period") -> None:
        super().__init__(tr("Make a document: {period}", period=months_words(period.first, period.last)))
        self._desk, self._period = desk, period
        self._account: Account | None = None
        self._document: Document | None = None
        self._looks = 0  # how often something else was chosen: a look that began before the last is stale
        self._give_up: Callable[[], None] = lambda: None
        self._left_while_making = False
        self._written = WrittenRow(self)
        self._written.refused.connect(partial(self.tell, failed=True))
        self.column.insertWidget(2, self._written)
        kinds = ((value, tr(words)) for value, words in document_choice.FORMATS.items())
        audiences = ((value, tr(words)) for value, words in document_choice.AUDIENCES.items())
        self.document = self._asked("document", tr("Which document?"), document_choice.documents(period))
        self.audience = self._asked("audience", tr("Who is it for?"), audiences)
        self.ending = self._asked("format", tr("As what?"), kinds)
        self.edition = self._asked("edition", tr("Which figures?"), self._editions())
        self.edition.setVisible(self.edition.box.count() > 1)
        for asked in (self.document, self.audience, self.edition):
            asked.box.currentIndexChanged.connect(self.look)
        self.ending.box.currentIndexChanged.connect(self._choose_format)
        self.column.addWidget(Heading(tr("Before it is made"), level=2))
        self._told = QVBoxLayout()
        self._told.setSpacing(theme.px(0.5))
        self.column.addLayout(self._told)
        self._add_buttons()
        self._says = Heading(tr("What it will say"), level=2)
        self.column.addWidget(self._says)
        self.preview = DocumentView()
        self.column.addWidget(self.preview)
        self.column.addStretch(1)
        self.look()

    def _asked(self, name: str, question: str, choices: Iterable[tuple[str, str]]) -> AskedChoice:
        asked, offered = AskedChoice(name, question), list(choices)
        asked.box.setMaximumWidth(theme.px(44))
        asked.offer(offered, chosen=offered[0][0])
        self.column.addWidget(asked)
        return asked

    def _editions(self) -> list[tuple[str, str]]:
        """Return the editions, the last first: what is handed out of a published period is what was published."""
        every = published.editions(self._desk.laptop.store, self._period.name)
        kept = [(each.label, published.edition_words(each)) for each in every if each.account is not None]
        return [*reversed(kept), ("", tr("As the records are now"))]

    def _add_buttons(self) -> None:
        holder = QWidget()
        row = StackingLayout(holder, gap=theme.px(0.6))
        self.make = PrimaryButton(tr("Make it…"))
        self.copy = SecondaryButton(tr("Copy it for Word or an email"))
        for button, name, slot in ((self.make, "make", self._ask), (self.copy, "copy", self._copy)):
            button.setObjectName(name)
            button.clicked.connect(slot)
            row.addWidget(button)
        self.column.addWidget(holder)
        self.progress = WorkBar(self)
        self.progress.stop_wanted.connect(lambda: self._give_up())
        self._desk.worker.progress.connect(self.progress.say)
        self.column.addWidget(self.progress)

    # What it holds ---------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Count, and say what the document will hold and hold back."""
        self._looks += 1
        self._account = self._document = None
        self._rest_is_stale()
        self._enable(False)
        self._show_preview(False)  # it is of what was chosen before
        empty(self._told)
        self._tell_of(tr("Looking through it…"), hint=True)
        job = partial(_look, self._counted(), self.document.value())
        self._desk.worker.submit(job, partial(self._looked, self._looks), partial(self._failed, self._looks))

    def _rest_is_stale(self) -> None:
        """Hide what came of the last making: it is not of what is chosen now."""
        self.made.hide()
        self._written.hide()

    def _counted(self) -> "Callable[[], Account]":
        """Return what counts the chosen account: on the worker, so that it touches no widget."""
        laptop, period, edition = self._desk.laptop, self._period, self.edition.value()
        public = self.audience.value() == "public"

        def account() -> Account:
            counted = laptop.accounts.published(period.name, edition) if edition else laptop.accounts.of(period)
            return laptop.accounts.public(counted) if public else counted

        return account

    def _looked(self, number: int, looked: "tuple[Account, Document]") -> None:
        if not isValid(self) or number != self._looks:
            return
        self._account, self._document = looked
        self._enable(not self.progress.going)
        self._tell_before()
        self.preview.show_document(self._document)

    def _choose_format(self) -> None:
        self._rest_is_stale()
        self._tell_before()

    def _tell_before(self) -> None:
        """Say what is to be known of what is chosen, on the page and aloud, and show what it will say."""
        if self._account is None or self._document is None:
            return  # it is being looked through
        empty(self._told)
        figures_alone = self.ending.value() in making.TABLES
        document = disclosure.FIGURES if figures_alone else self.document.value()
        lines = [*self._of_the_format(self._document), *disclosure.check(self._account, document).words]
        if self.edition.value() and (since := self._written_since()):
            lines.insert(0, since)
        for line in lines:
            self._tell_of(line)
        self._show_preview(not figures_alone)
        told = plural(
            "{count} thing to know before it is made. {first}", "{count} things to know before it is made. {first}",
            len(lines), first=lines[0],
        )  # fmt: skip
        announce(self, told)

    def _written_since(self) -> str:
        """Return that the commentary was changed since the period was published; "" where it was not."""
        laptop = self._desk.laptop
        return written_since.words(laptop.store.connection, self._period.name)

    def _of_the_format(self, document: "Document") -> "Iterable[str]":
        """Yield that a table is of all figures, or what the office has still to fill in, which a PDF does not take."""
        ending = self.ending.value()
        if ending in making.TABLES:
            yield tr("This file holds all figures of the period and no text, whichever document is chosen.")
        elif found := document.to_fill_in():
            if ending == "docx":
                yield tr("Still to be filled in, in Word: {places}.", places=listed(found))
            else:
                yield tr("Still to be filled in: {places}. Make a Word document to write there.", places=listed(found))

    def _show_preview(self, shown: bool) -> None:
        self._says.setVisible(shown)
        self.preview.setVisible(shown)

    def _tell_of(self, words: str, *, hint: bool = False) -> None:
        line = Body(words, role="hint" if hint else "")
        self._told.addWidget(line)
        line.show()

    def _failed(self, number: int, error: Exception) -> None:
        words = messages.words(error)
        if isValid(self) and number == self._looks:
            empty(self._told)
            self.tell(words, failed=True)

    def _enable(self, ready: bool) -> None:
        self.make.setEnabled(ready)
        self.copy.setEnabled(ready)

    # Making it -------------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._account is None:
            return
        name, ending = self.document.value(), self.ending.value()
        suggested = making.file_name(name, self._account, ending)
        chosen = messages.choose_new_file(
            self, tr("Make the document"), suggested, tr(document_choice.KINDS[ending])
        )  # fmt: skip
        if chosen:
            self.write(Path(chosen))

    def write(self, path: Path) -> None:
        """Write what is chosen to `path`, showing how far it is; it can be stopped."""
        account = self._account
        if account is None:
            return
        wanted = Wanted(document=self.document.value(), account=account, ending=self.ending.value())
        self._rest_is_stale()
        self._left_while_making = False
        self.progress.begin(tr("Making it…"))
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.progress, 0, theme.px(1)))
        self._enable(False)  # not before the focus is elsewhere: it would be passed on
        self._give_up = self._desk.documents.of_period(
            wanted, path, self, made=self._made, failed=self._not_made, stopped=self._stopped
        )

    def _stopped(self) -> None:
        self._rest()
        self.tell(tr("Stopped. Nothing was written."))

    def _rest(self) -> None:
        """Let it be made again, with the focus on that."""
        self._enable(self._account is not None)
        (self.make if self.make.isEnabled() else self.back).setFocus()
        self.progress.end()

    def _made(self, path: Path) -> None:
        self._rest()
        self._written.show_path(path)
        self.tell(tr("Written: {path}", path=path))

    def _not_made(self, words: str) -> None:
        self._rest()
        self.tell(words, failed=True)

    def may_go(self, words: str = "") -> bool:
        """Stay the first time while a document is being made; whoever leaves it then stops it."""
        if self.progress.going and not self._left_while_making:
            self._left_while_making = True
            self.tell(
                tr("It is still being made. Wait until it is written, or do the same again to stop it and leave."),
                failed=True,
            )
            return False
        self._give_up()
        return super().may_go(words)

    def hold(self) -> None:
        """Stop what is being made, as nobody would be told of it; of the page's words there is nothing to keep."""
        self._give_up()
        super().hold()

    def _copy(self) -> None:
        if self._account is None:
            return
        from reports.papers import paper_text

        text, html = paper_text.clipboard(making.document(self.document.value(), self._account))
        try:
            self._desk.documents.enter(self.document.value(), "clipboard", self._account)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        copied.put(text, html)
        self.tell(tr("Copied. Paste it into Word, an email or another program."))


def _look(account: "Callable[[], Account]", name: str, _progress: "Progress") -> "tuple[Account, Document]":
    found = account()
    return found, making.document(name, found)
