"""Backups in the window: made by themselves soon after opening and each day, on a thread of their own."""

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from forms.translation import tr
from icv_app.errors import IcvError
from ui.starting.unlock import UnlockPage
from ui.widgets import messages
from ui.widgets.waiting import waiting
from ui.widgets.worker import Worker

if TYPE_CHECKING:
    from pathlib import Path

    from icv_app.backups.restore import Restoration
    from icv_app.laptop import Laptop
    from ui.desk import Desk
    from ui.office_pages.backups_page import Shown
    from ui.starting.auto_lock import AutoLock

SOON = 3000  # milliseconds after opening: the home page is on the screen and in use by then
EACH = 3600 * 1000  # between two looks at whether one is due; so a stick that is back is noticed within the hour


class _Window(Protocol):
    laptop: "Laptop | None"
    desk: "Desk | None"
    worker: Worker
    auto_lock: "AutoLock"

    def show_first(self) -> None: ...
    def centralWidget(self) -> QWidget | None: ...


class Backups(QObject):
    """Held by the main window from opening a laptop to locking it. Practice reports are not backed up."""

    def __init__(self, window: _Window, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._laptop: Laptop | None = None
        self._stop = Event()
        self._worker = Worker(self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._words = ""

    def begin(self, laptop: "Laptop") -> None:
        """Look after the backups of an opened laptop."""
        assert self._window.desk is not None
        if self._window.desk.home.practice:
            return
        self._laptop, self._stop, self._words = laptop, Event(), ""
        self._timer.start(SOON)
        self.dress()

    def end(self) -> None:
        """Stop, and give up a backup that is being made: the next opening makes it."""
        self._laptop = None
        self._timer.stop()
        self._stop.set()
        self._worker.leave(lambda: None)
        self._worker.stop()

    def dress(self) -> None:
        """Show the warning, if there is one, on a home page that was just made."""
        desk = self._window.desk
        if desk is not None:
            desk.home.backups.show_words(self._words, self.show)

    def _tick(self) -> None:
        self._timer.start(EACH)
        self.look()

    def look(self, *, always: bool = False, then: Callable[[], object] | None = None) -> None:
        """Make the backups that are due (`always`: due or not), and tell what went wrong; `then` is called after it."""
        laptop = self._laptop
        if laptop is None:
            return
        profile, stop = laptop.profile, self._stop

        def job(_progress: object) -> str:
            from icv_app.backups import backup_round

            return backup_round.warning(profile, backup_round.run(profile, always=always, stop=stop.is_set))

        def done(words: str) -> None:
            self._words = words
            self.dress()
            if then is not None:
                then()

        self.work(job, done)

    def work(self, job: Callable[[Any], Any], done: Callable[[Any], None]) -> None:
        """Do a job about backups off the window's thread; what fails is told on the home page."""
        self._worker.submit(job, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self._words = messages.words(error)
        self.dress()

    @property
    def words(self) -> str:
        """The warning, "" where all is well."""
        return self._words

    def read(self, done: "Callable[[Shown], None]") -> None:
        """Read where the backups lie: a stick or a share may take its time."""
        laptop = self._laptop
        if laptop is None:
            return
        profile = laptop.profile

        def job(_progress: object) -> "Shown":
            from icv_app.backups import backup_places

            second = backup_places.second_place(profile)
            return backup_places.places(profile), None if second is None else second.folder

        self.work(job, done)

    def set_second_place(self, folder: "Path | None") -> None:
        """Have backups written to `folder` as well (None: no longer). Raises what `backup_places` raises."""
        from icv_app.backups import backup_places

        if self._laptop is not None:
            backup_places.set_second_place(self._laptop.profile, folder)

    def show(self) -> None:
        """Show the page of backups."""
        if self._window.desk is not None and self._laptop is not None:
            from ui.office_pages.backups_page import BackupsPage

            self._window.desk.show_own(BackupsPage(self))

    def show_restore(self, file: str = "") -> None:
        """Show the page on which a backup is looked into and restored."""
        if self._window.desk is not None and self._laptop is not None:
            from ui.office_pages.restore_page import RestorePage

            self._window.desk.show_own(RestorePage(self, file))

    def look_into(
        self, file: "Path", passphrase: str, done: "Callable[[Restoration], None]", failed: Callable[[Exception], None]
    ) -> None:
        """Unpack a backup beside the open profile and compare the two; `done` has it with its preview."""
        laptop = self._laptop
        if laptop is None:
            return
        profile, stop = laptop.profile, self._stop

        def job(_progress: object) -> "Restoration":
            from icv_app.backups.restore import Restoration

            found = Restoration.open(file, profile.folder, passphrase, clock=profile.clock, stop=stop.is_set)
            try:
                found.preview(profile)
            except BaseException:
                found.close()
                raise
            return found

        self._worker.submit(job, done, failed)

    def restore(self, restoration: "Restoration") -> None:
        """Close the laptop, put the backup in its place, and ask for the passphrase of it."""
        laptop = self._laptop
        if laptop is None:
            return
        self._window.auto_lock.end()
        self.end()
        self._window.laptop = None
        self._window.show_first()
        laptop.store.close()
        self._window.worker.leave(partial(self._put_in_place, laptop, restoration))

    def _put_in_place(self, laptop: "Laptop", restoration: "Restoration") -> None:
        laptop.profile.close()
        try:
            with waiting():
                done = restoration.carry_out()
        except IcvError as error:
            words = messages.words(error)
        else:
            words = tr("The backup is restored. It opens with its own passphrase.")
            if done.kept is not None:
                words += "\n\n" + tr("What was on this laptop before is kept in {file}.", file=done.kept)
        finally:
            restoration.close()
        page = self._window.centralWidget()
        if isinstance(page, UnlockPage):
            page.release()
        if page is not None:
            messages.tell(page, words)
