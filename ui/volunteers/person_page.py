"""What is held on one person, for the office: a search by code or custody number, and the copies made of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout
from shiboken6 import isValid

from forms.translation import plural, tr
from icv_app import __version__
from icv_app.errors import IcvError
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.announcing import announce
from ui.widgets.asked_line import AskedLine
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.office.subject import Item, Subject
    from ui.widgets.worker import Progress, Worker

AT_ONCE = 50
_READ = ("visit", "record_review", "draft", "issue", "visitor", "volunteer", "duty")
"""Kinds of record that people read: shown before those that the program keeps for itself."""


class PersonPage(AlonePage):
    """Searches on the worker. Nothing is written before it was shown; what is written is in the log first."""

    def __init__(self, laptop: "Laptop", worker: "Worker") -> None:
        super().__init__(tr("What is held on a person"))
        self._laptop, self._worker = laptop, worker
        self._found: Subject | None = None
        self.column.addWidget(
            Body(
                tr(
                    "For a person who asks what is held on them. Every version of every record and every draft on this "
                    "laptop is searched, and the log. That you searched is in the log."
                )
            )
        )
        self.asked = AskedLine(
            "reference", tr("Whom to search for"),
            tr("A volunteer's code, such as ICV01, or a whole custody number. Spaces and slashes do not matter."),
        )  # fmt: skip
        self.asked.box.returnPressed.connect(self.search)
        self.button = PrimaryButton(tr("Search"))
        self.button.setObjectName("search")
        self.button.clicked.connect(self.search)
        self.column.addWidget(self.asked)
        row = StackingLayout()
        row.addWidget(self.button)
        self.column.addLayout(row)
        self.verdict = Body("", role="strong")
        self.verdict.setObjectName("verdict")
        self.column.addWidget(self.verdict)
        self._save = StackingLayout()
        self.copy = SecondaryButton(tr("Write the copy for the person…"))
        self.copy.setObjectName("write_masked")
        self.copy.clicked.connect(lambda: self._ask_write(unmasked=False))
        self.whole = SecondaryButton(tr("Write it unmasked, to check…"))
        self.whole.setObjectName("write_unmasked")
        self.whole.clicked.connect(lambda: self._ask_write(unmasked=True))
        for button in (self.copy, self.whole):
            self._save.addWidget(button)
            button.hide()
        self.column.addLayout(self._save)
        self._items = QVBoxLayout()
        self.column.addLayout(self._items)
        self.column.addStretch(1)

    def search(self) -> None:
        """Search for whoever stands in the box."""
        reference, laptop = self.asked.text(), self._laptop
        try:
            laptop.oversight.note_search(reference)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            self.asked.box.setFocus()
            return
        self.made.hide()
        self.button.setEnabled(False)
        self.verdict.setText(tr("Searching…"))

        def job(_progress: "Progress") -> "Subject":
            return laptop.oversight.find(reference)

        self._worker.submit(job, self._done, self._failed)

    def _failed(self, error: Exception) -> None:
        words = messages.words(error)
        if isValid(self):
            self.button.setEnabled(True)
            self.verdict.setText("")
            self.tell(words, failed=True)

    def _done(self, found: "Subject") -> None:
        if isValid(self):  # the page may have been left meanwhile
            self.button.setEnabled(True)
            self.show_found(found)

    def show_found(self, found: "Subject") -> None:
        """Show what was found, and what could not be searched."""
        self._found = found
        words = plural(
            "{person}: {count} record of {searched:,} versions and drafts.",
            "{person}: {count} records, of {searched:,} versions and drafts.",
            len(found.items), person=found.reference, searched=found.searched,
        ) if found.items else tr("Nothing on {person} was found.", person=found.reference)  # fmt: skip
        self.verdict.setText(words)
        announce(self.verdict, words)
        for button in (self.copy, self.whole):
            button.show()
        empty(self._items)
        last = len(_READ)
        first = sorted(found.items, key=lambda item: _READ.index(item.kind) if item.kind in _READ else last)
        for item in first[:AT_ONCE]:
            self._show_item(item)
        if len(found.items) > AT_ONCE:
            self._items.addWidget(Body(tr("The copy holds the rest."), role="hint"))
        if found.log:
            count = len(found.log)
            self._items.addWidget(Heading(tr("In the log"), level=2))
            self._items.addWidget(Body(plural("{count:,} entry.", "{count:,} entries.", count)))
        self._items.addWidget(Heading(tr("What was not searched"), level=2))
        for words in found.not_searched:
            self._items.addWidget(Body(words))

    def _show_item(self, item: "Item") -> None:
        title = tr("{title} ({state})", title=item.title, state=item.state) if item.state else item.title
        self._items.addWidget(Heading(title, level=2))
        for each in item.occurrences:
            self._items.addWidget(Body(tr("{question} “{answer}”", question=each.question, answer=each.words)))
            self._items.addWidget(
                Body(plural("In {count} version.", "In {count} versions.", len(each.versions)), role="hint")
            )
        if item.about:
            count = len(item.about)
            self._items.addWidget(
                Body(plural("{count} answer stands beside it.", "{count} answers stand beside it.", count), role="hint")
            )
        if item.written:
            count = len(item.written)
            words = plural("They wrote {count} version of it.", "They wrote {count} versions of it.", count)
            self._items.addWidget(Body(words, role="hint"))

    def _ask_write(self, *, unmasked: bool) -> None:
        if chosen := messages.choose_folder(self, tr("The folder for the copy")):
            self.write(Path(chosen), unmasked=unmasked)

    def write(self, folder: Path, *, unmasked: bool) -> None:
        """Write what was found, for the person (others masked) or for the office's own check."""
        if self._found is None:
            return
        from icv_app.wording import day_words

        laptop = self._laptop
        try:
            found = laptop.oversight.copy_of(self._found, unmasked=unmasked)
            laptop.oversight.note_copy(found)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        scheme, marking, today = laptop.identity.scheme, laptop.report_marking, day_words(laptop.clock.today())

        def job(_progress: "Progress") -> tuple[Path, Path]:
            from reports.sheets import person

            about = person.About(scheme=scheme, marking=marking, day=today, program_version=__version__)
            return person.write(found, folder, about)

        def written(paths: tuple[Path, Path]) -> None:
            if isValid(self):
                self.tell(tr("Written: {path}. It is not encrypted: keep it safe.", path=paths[0]))

        self._worker.submit(job, written, self._failed)
