"""Making a document of a period: which one, for whom, as what; what it holds back is said before it is made."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from forms.translation import later, tr
from icv_app.account import Account
from icv_app.errors import IcvError
from icv_app.public import disclosure
from icv_app.summaries import published
from icv_app.wording import listed, months_words
from reports import making
from ui.summaries.document_view import DocumentView
from ui.widgets import copied, messages, theme
from ui.widgets.alone import AlonePage
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

DOCUMENTS = {
    "summary": later("The compliance summary"),
    "panel-paper": later("Paragraphs and table for the Police and Crime Panel"),
    "icva-return": later("The quarterly return for ICVA"),
    "quality": later("Evidence for the Quality Assurance Framework"),
}
AUDIENCES = {
    "public": later("A public paper: small numbers and visitors’ own words are held back"),
    "office": later("The office and the police: everything, and not to be published"),
}
FORMATS = {
    "pdf": later("PDF, to read and print"),
    "docx": later("Word document, to go on writing"),
    "html": later("Web page, one file"),
    "xlsx": later("Excel workbook of all figures"),
    "csv": later("Table of all figures (CSV)"),
    "json": later("All figures for another program (JSON)"),
}
_KINDS = {
    "pdf": "PDF (*.pdf)", "docx": later("Word document (*.docx)"), "html": later("Web page (*.html)"),
    "xlsx": later("Excel workbook (*.xlsx)"), "csv": later("Table (*.csv)"), "json": "JSON (*.json)",
}  # fmt: skip


class ExportPage(AlonePage):
    """What is chosen is looked through on the worker; the button that makes it waits for that."""

    help_part = OF_THE_SUMMARY

    def __init__(self, desk: "Host", period: "Period") -> None:
        super().__init__(tr("Make a document: {period}", period=months_words(period.first, period.last)))
        self._desk, self._period = desk, period
        self._account: Account | None = None
        self._looks = 0  # how often something else was chosen: a look that began before the last is stale
        self._give_up: Callable[[], None] = lambda: None
        self.document = self._asked("document", tr("Which document?"), DOCUMENTS)
        self.audience = self._asked("audience", tr("Who is it for?"), AUDIENCES)
        self.ending = self._asked("format", tr("As what?"), FORMATS)
        self.edition = AskedChoice("edition", tr("Which figures?"))
        editions = self._editions()
        self.edition.offer(editions, chosen=editions[0][0])
        self.edition.setVisible(self.edition.box.count() > 1)
        self.column.addWidget(self.edition)
        for asked in (self.document, self.audience, self.edition):
            asked.box.currentIndexChanged.connect(self.look)
        self.column.addWidget(Heading(tr("Before it is made"), level=2))
        self._told = QVBoxLayout()
        self._told.setSpacing(theme.px(0.5))
        self.column.addLayout(self._told)
        self._add_buttons()
        self.column.addWidget(Heading(tr("What it will say"), level=2))
        self.preview = DocumentView()
        self.column.addWidget(self.preview)
        self.column.addStretch(1)
        self.look()

    def _asked(self, name: str, question: str, choices: dict[str, str]) -> AskedChoice:
        asked = AskedChoice(name, question)
        asked.box.setMaximumWidth(theme.px(44))
        asked.offer([(value, tr(words)) for value, words in choices.items()])
        self.column.addWidget(asked)
        return asked

    def _editions(self) -> list[tuple[str, str]]:
        """Return the editions, the last first: what is handed out of a published period is what was published."""
        every = published.editions(self._desk.laptop.store, self._period.name)
        kept = [(str(each.edition), published.edition_words(each)) for each in every if each.account is not None]
        return [*reversed(kept), ("", tr("As the records are now"))]

    def _add_buttons(self) -> None:
        holder = QWidget()
        row = StackingLayout(holder, gap=theme.px(0.6))
        self.make = PrimaryButton(tr("Make it…"))
        self.copy = SecondaryButton(tr("Copy it for Word or an email"))
        self.stop = SecondaryButton(tr("Stop"))
        for button, name, slot in (
            (self.make, "make", self._ask), (self.copy, "copy", self._copy), (self.stop, "stop", self._stop),
        ):  # fmt: skip
            button.setObjectName(name)
            button.clicked.connect(slot)
            row.addWidget(button)
        self.stop.hide()
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("How far it is"))
        self.progress.setMaximumWidth(theme.px(30))
        self.progress.hide()
        self.column.addWidget(holder)
        self.column.addWidget(self.progress)

    # What it holds ---------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Count, and say what the document will hold and hold back."""
        self._looks += 1
        self._account = None
        self._enable(False)
        self.preview.hide()  # it is of what was chosen before
        empty(self._told)
        self._tell_of(tr("Looking through it…"), hint=True)
        job = partial(_look, self._counted(), self.document.value())
        self._desk.worker.submit(job, partial(self._looked, self._looks), partial(self._failed, self._looks))

    def _counted(self) -> "Callable[[], Account]":
        """Return what counts the chosen account: on the worker, so that it touches no widget."""
        laptop, period, edition = self._desk.laptop, self._period, self.edition.value()
        public = self.audience.value() == "public"

        def account() -> Account:
            counted = laptop.accounts.published(period.name, int(edition)) if edition else laptop.accounts.of(period)
            return laptop.accounts.public(counted) if public else counted

        return account

    def _tell_what_is_open(self, document: "Document") -> None:
        """Say what the office has still to fill in, as a PDF cannot be written in."""
        if found := document.to_fill_in():
            words = tr("Still to be filled in: {places}. Make a Word document to write there.", places=listed(found))
            self._tell_of(words)

    def _looked(self, number: int, looked: "tuple[Account, Document]") -> None:
        if not isValid(self) or number != self._looks:
            return
        self._account, document = looked
        self._enable(True)
        empty(self._told)
        for line in disclosure.check(self._account).words:
            self._tell_of(line)
        self._tell_what_is_open(document)
        self.preview.show_document(document)
        self.preview.show()

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
        chosen = messages.choose_new_file(self, tr("Make the document"), suggested, tr(_KINDS[ending]))
        if chosen:
            self.write(Path(chosen))

    def write(self, path: Path) -> None:
        """Write what is chosen to `path`, showing how far it is; it can be stopped."""
        account = self._account
        if account is None:
            return
        wanted = Wanted(document=self.document.value(), account=account, ending=self.ending.value())
        self._enable(False)
        self.progress.setRange(0, 0)
        self.progress.show()
        self.stop.show()
        self._give_up = self._desk.documents.of_period(wanted, path, self, made=self._made, failed=self._not_made)

    def _stop(self) -> None:
        self._give_up()
        self._rest()
        self.tell(tr("Stopped. Nothing was written."))

    def _rest(self) -> None:
        self.progress.hide()
        self.stop.hide()
        self._enable(self._account is not None)

    def _made(self, path: Path) -> None:
        self._rest()
        self.back.setFocus()
        self.tell(tr("Written: {path}", path=path))

    def _not_made(self, words: str) -> None:
        self._rest()
        self.tell(words, failed=True)

    def _copy(self) -> None:
        if self._account is None:
            return
        from reports.papers import paper_text

        text, html = paper_text.clipboard(making.document(self.document.value(), self._account))
        try:
            self._desk.documents.enter(self.document.value(), "clipboard", self._period)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        copied.put(text, html)
        self.tell(tr("Copied. Paste it into Word, an email or another program."))


def _look(account: "Callable[[], Account]", name: str, _progress: "Progress") -> "tuple[Account, Document]":
    found = account()
    return found, making.document(name, found)
