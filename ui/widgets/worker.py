"""The one thread for long work (the shared file, documents); results and failures come back to the window's thread."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

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
    _ended = Signal(object)  # a pool that was left

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None  # made for the first job: the window is on the screen by then
        self._waiting = 0
        self._jobs: list[Future[None]] = []
        self._left: dict[ThreadPoolExecutor, Callable[[], object]] = {}
        self._ended.connect(self._over, Qt.ConnectionType.QueuedConnection)
        self._landed.connect(self._land, Qt.ConnectionType.QueuedConnection)

    def submit(
        self, job: Callable[[Progress], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run `job` after those already handed in."""
        pool = self._pool = self._pool or _pool()
        self._waiting += 1
        if self._waiting == 1:
            self.busy.emit(True)

        def tell(words: str, done: int, total: int) -> None:
            if pool is self._pool:
                self.progress.emit(words, done, total)

        def work() -> None:
            try:
                result = job(tell)
            except Exception as error:
                # The one place that catches everything: a failure on this thread must reach the person.
                logging.getLogger("icv").warning("a job failed: %s", type(error).__name__)
                landing: Callable[[], None] = _call(failed, error)
            else:
                landing = _call(done, result)
            self._landed.emit(pool, landing)

        self._jobs = [job for job in self._jobs if not job.done()]
        self._jobs.append(pool.submit(work))

    def stop(self) -> None:
        """Wait for the running job, drop those not begun, and end the thread; so with a job that was left."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        for pool in list(self._left):
            pool.shutdown(wait=True)
            self._over(pool)

    @property
    def leaving(self) -> bool:
        """Whether a job that was left is still running."""
        return bool(self._left)

    def leave(self, then: Callable[[], object]) -> None:
        """Let the running job end by itself and tell nobody of it, drop those not begun; call `then` when it is over.

        At once where nothing runs. Jobs handed in from now on run beside the one that was left.
        """
        pool, self._pool = self._pool, None
        jobs, self._jobs = self._jobs, []
        if self._waiting:
            self._waiting = 0
            self.busy.emit(False)
        if pool is None:
            then()
            return
        if all(job.cancel() or job.done() for job in reversed(jobs)):
            pool.shutdown(wait=True)
            then()
            return
        self._left[pool] = then
        pool.submit(self._ended.emit, pool)
        pool.shutdown(wait=False)

    def _over(self, pool: "ThreadPoolExecutor") -> None:
        then = self._left.pop(pool, None)
        if then is not None:  # else `stop` was quicker
            then()

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
