"""The one thread for long work (the shared file, documents); results and failures come back to the window's thread."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Progress = Callable[[str, int, int], None]
"""Told by a job as it goes: what it is doing in words, how many are done, of how many (0: not known)."""


class Worker(QObject):
    """Runs one job after another on a single thread of its own.

    A job gets a `Progress` to call. Either `done` with its result or `failed` with its exception is called afterwards,
    always on the thread that made the worker. Nothing of a job may touch a widget.
    """

    progress = Signal(str, int, int)
    busy = Signal(bool)
    _landed = Signal(object, object)  # the pool that did it, and what to call

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None  # made for the first job: the window is on the screen by then
        self._waiting = 0
        self._landed.connect(self._land, Qt.ConnectionType.QueuedConnection)

    def submit(
        self, job: Callable[[Progress], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run `job` after those already handed in."""
        pool = self._pool = self._pool or _pool()
        self._waiting += 1
        if self._waiting == 1:
            self.busy.emit(True)

        def work() -> None:
            try:
                result = job(self.progress.emit)
            except Exception as error:
                # The one place that catches everything: a failure on this thread must reach the person.
                logging.getLogger("icv").warning("a job failed: %s", type(error).__name__)
                landing: Callable[[], None] = _call(failed, error)
            else:
                landing = _call(done, result)
            self._landed.emit(pool, landing)

        pool.submit(work)

    def stop(self) -> None:
        """Wait for the running job, drop those not begun, and end the thread."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def drain(self) -> None:
        """Wait for the running job, drop those not begun, and tell nobody of them: whoever asked is going away."""
        self.stop()
        self._pool = None
        if self._waiting:
            self._waiting = 0
            self.busy.emit(False)

    def _land(self, pool: "ThreadPoolExecutor", landing: Callable[[], None]) -> None:
        if pool is not self._pool:
            return
        self._waiting -= 1
        if self._waiting == 0:
            self.busy.emit(False)
        landing()


def _pool() -> "ThreadPoolExecutor":
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(1, thread_name_prefix="icv-worker")


def _call(function: Callable[[Any], None], value: Any) -> Callable[[], None]:
    def landing() -> None:
        function(value)

    return landing
