"""Documents: what is written as a file for somebody to read or fill in, on the worker."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from forms import translation
from icv_app import __version__, whole_file
from icv_app.errors import IcvError
from icv_app.figure import Period
from reports import making
from ui import messages
from ui.worker import Progress, Worker

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.reading import Reading

Made = Callable[[Path], None]
Failed = Callable[[str], None]


class Documents:
    """Writes documents of one laptop, asked for by a page, their `owner`.

    While that is there, `made` is told where each one is, or `failed` why there is none, in words.
    """

    def __init__(self, laptop: "Laptop", worker: Worker) -> None:
        self._laptop = laptop
        self.worker = worker

    def summary_pdf(self, period: Period, path: Path, owner: QWidget, *, made: Made, failed: Failed) -> None:
        """Write the summary of a period."""
        laptop, logbook = self._laptop, self._laptop.logbook

        def job(_progress: Progress) -> Path:
            return whole_file.put(path, making.make("summary", laptop.accounts.of(period), "pdf"))

        self._write(job, owner, made, failed, enter=lambda: logbook.exported("summary", to="pdf", period=period.name))

    def summary_csv(self, period: Period, path: Path, owner: QWidget, *, made: Made, failed: Failed) -> None:
        """Write the figures of a period as a table."""
        laptop, logbook = self._laptop, self._laptop.logbook

        def job(_progress: Progress) -> Path:
            from reports import tables

            tables.write_csv(laptop.summary(period), path)
            return path

        self._write(job, owner, made, failed, enter=lambda: logbook.exported("summary", to="csv", period=period.name))

    def report_pdf(self, reading: "Reading", path: Path, owner: QWidget, *, made: Made, failed: Failed) -> None:
        """Write one report as it reads on the screen."""
        laptop = self._laptop
        scheme, marking, records_to = laptop.identity.scheme, laptop.report_marking, laptop.records_to()

        def job(_progress: Progress) -> Path:
            from reports import visit

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
            from reports import paper

            return paper.write(
                form, path, lists=lists, header=header, language=language, marking=marking, scheme=scheme,
                program_version=__version__,
            )  # fmt: skip

        self._write(job, owner, made, failed)

    def _write(
        self, job: Callable[[Progress], Path], owner: QWidget, made: Made, failed: Failed,
        *, enter: Callable[[], None] | None = None,
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
            if isValid(owner):
                failed(words)

        self.worker.submit(job, done, not_done)
