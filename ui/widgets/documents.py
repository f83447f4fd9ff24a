"""Documents: what is written as a file for somebody to read or fill in, on the worker."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from forms import translation
from forms.translation import tr
from icv_app import __version__
from icv_app.account import Account
from icv_app.errors import IcvError, InvalidInput
from icv_app.files import whole_file
from reports import making
from ui.widgets import messages
from ui.widgets.worker import Progress, Worker

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.records.reading import Reading

Made = Callable[[Path], None]
Failed = Callable[[str], None]
Stopped = Callable[[], None]
_GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A document that somebody asked for, of an account, in the format `ending`."""

    document: str
    account: Account
    ending: str


class Documents:
    """Writes documents of one laptop, asked for by a page, their `owner`.

    While that is there, `made` is told where each one is, or `failed` why there is none, in words.
    """

    def __init__(self, laptop: "Laptop", worker: Worker) -> None:
        self._laptop = laptop
        self.worker = worker

    def of_period(
        self, wanted: "Wanted", path: Path, owner: QWidget, *, made: Made, failed: Failed, stopped: Stopped
    ) -> Callable[[], None]:
        """Write a document about a period; return what asks for it to be given up.

        `stopped` is told once it was given up and nothing is written any more; `made`, where that was asked for when
        the document stood under its name already.
        """
        given_up = Event()

        def unless_stopped() -> None:
            if given_up.is_set():
                raise InvalidInput(_GIVEN_UP, tr("Given up."))

        def job(progress: Progress) -> Path:
            def page(number: int) -> None:
                unless_stopped()
                progress(tr("Page {page}", page=number), number, 0)

            unless_stopped()
            content = making.make(wanted.document, wanted.account, wanted.ending, page)
            unless_stopped()  # of the formats, only the PDF tells of its pages
            return whole_file.put(path, content, unless=unless_stopped)

        self._write(
            job, owner, made, failed, stopped=stopped,
            enter=lambda: self.enter(wanted.document, wanted.ending, wanted.account),
        )  # fmt: skip
        return given_up.set

    def enter(self, document: str, to: str, account: Account) -> None:
        """Enter in the log that a document of a period leaves the laptop, masked where it is for the public.

        Raises Unavailable: then it may not.
        """
        kind, period = document.replace("-", "_"), account.period.name
        self._laptop.logbook.exported(kind, to=to, period=period, masked=account.public)

    def report_pdf(self, reading: "Reading", path: Path, owner: QWidget, *, made: Made, failed: Failed) -> None:
        """Write one report as it reads on the screen."""
        laptop = self._laptop
        scheme, marking, records_to = laptop.identity.scheme, laptop.report_marking, laptop.records_to()

        def job(_progress: Progress) -> Path:
            from reports.sheets import visit

            about = visit.About(scheme=scheme, marking=marking, records_to=records_to, program_version=__version__)
            visit.write(reading, about, path)
            return path

        self._write(job, owner, made, failed, enter=lambda: laptop.logbook.report_exported(reading.key, to="pdf"))

    def blank_form(
        self, name: str, header: Mapping[str, str], path: Path, owner: QWidget, *, made: Made, failed: Failed
    ) -> None:
        """Write a form to be filled in with a pen; `header` are the answers printed beforehand, by question."""
        laptop = self._laptop
        form, lists = laptop.paperwork.book.present(name), laptop.paperwork.lists()
        scheme, marking = laptop.identity.scheme, laptop.marking
        language = form.language(translation.language())

        def job(_progress: Progress) -> Path:
            from reports.sheets import paper

            return paper.write(
                form, path, lists=lists, header=header, language=language, marking=marking, scheme=scheme,
                program_version=__version__,
            )  # fmt: skip

        self._write(job, owner, made, failed)

    def _write(
        self, job: Callable[[Progress], Path], owner: QWidget, made: Made, failed: Failed,
        *, enter: Callable[[], None] | None = None, stopped: Stopped = lambda: None,
    ) -> None:  # fmt: skip
        """Have the worker do `job`; what leaves the laptop is entered in its log first, or does not leave."""
        try:
            if enter is not None:
                enter()
        except IcvError as error:
            failed(messages.words(error))
            return

        def done(path: Path) -> None:
            if isValid(owner):  # the page may have been left meanwhile
                made(path)

        def not_done(error: Exception) -> None:
            words = messages.words(error)
            if not isValid(owner):
                return
            if isinstance(error, IcvError) and error.code == _GIVEN_UP:
                stopped()
            else:
                failed(words)

        self.worker.submit(job, done, not_done)
