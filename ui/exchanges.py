"""Exchanges with the shared file, as the desk runs them: on the worker, with what comes of each on the home page."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, SignalInstance

from ui.home import HomePage
from ui.widgets import messages
from ui.widgets.announcing import announce
from ui.widgets.worker import Progress, Worker

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.sharing.outcome import Outcome


class _Desk(Protocol):
    laptop: "Laptop"
    worker: Worker

    @property
    def home(self) -> HomePage: ...
    @property
    def synced(self) -> SignalInstance: ...
    @property
    def failed(self) -> SignalInstance: ...
    @property
    def hub_wanted(self) -> SignalInstance: ...
    def refresh(self) -> None: ...


class Exchanges(QObject):
    """Held by the desk, whose signals tell the rest of the window how it went."""

    def __init__(self, desk: _Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        desk.worker.progress.connect(self._show_progress)
        desk.worker.busy.connect(self._show_busy)
        desk.synced.connect(self._show_outcome)
        desk.failed.connect(self._show_failure)

    def share(self) -> None:
        """Exchange with the shared file on the worker; asks where it is when nobody said yet. Never for practice."""
        desk = self._desk
        if desk.home.practice or not desk.home.status.button.isEnabled():
            return
        laptop = desk.laptop
        if laptop.hub is None:
            desk.hub_wanted.emit()
            return

        def job(progress: Progress) -> "Outcome":
            return laptop.sync(progress=progress)

        desk.worker.submit(job, desk.synced.emit, desk.failed.emit)

    def _show_progress(self, words: str, done: int, total: int) -> None:
        self._desk.home.status.show_progress(words, done, total)

    def _show_busy(self, busy: bool) -> None:
        self._desk.home.status.show_busy(busy)

    def _show_outcome(self, outcome: "Outcome") -> None:
        home = self._desk.home
        self._desk.refresh()
        if not home.isVisible():
            home.refresh()
        if not outcome.verified or outcome.foreign or outcome.quarantined or outcome.remade:
            home.status.show_failure(outcome.words)
        else:
            announce(home.status, home.status.remote.text())

    def _show_failure(self, error: Exception) -> None:
        self._desk.home.status.show_failure(messages.words(error))
