"""The keeping of a draft while it is filled in: at once or after a pause, and again until it worked."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from icv_app.errors import IcvError

State = Literal["untouched", "saving", "saved", "failed"]
LONGEST_MS = 2000
"""Somebody who types without a pause loses no more than this when the power fails."""


class Autosave(QObject):
    """Calls `keep`, which returns the time once the draft is on disk. `state` is never "saved" before that.

    A failure (IcvError) is told in the words of `tell` and tried again at the next change, or by `flush`.
    """

    told = Signal(str, str)  # State, and the words for the person
    kept = Signal()

    def __init__(
        self,
        keep: Callable[[], datetime],
        tell: Callable[[Exception], str],
        *,
        pause_ms: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self._tell = tell
        self.state: State = "untouched"
        self.words = ""
        self._oldest = QElapsedTimer()  # since the first change that is not on disk
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self.flush)

    @property
    def pending(self) -> bool:
        """Whether something is not on disk yet."""
        return self.state in ("saving", "failed")

    def soon(self) -> None:
        """Keep the draft after a pause."""
        if self.state != "failed":
            self._say("saving", "Saving…")
        if not self._oldest.isValid():
            self._oldest.start()
        if not self._timer.isActive() or self._oldest.elapsed() < LONGEST_MS:
            self._timer.start()

    def flush(self) -> bool:
        """Keep the draft now if anything is pending; return whether everything is on disk."""
        self._timer.stop()
        return self.keep_now() if self.pending else True

    def keep_now(self) -> bool:
        """Keep the draft now; return whether it is on disk."""
        self._timer.stop()
        self._oldest.invalidate()
        try:
            when = self._keep()
        except IcvError as error:
            self._say("failed", f"NOT saved. {self._tell(error)}")
            return False
        self._say("saved", f"Saved on this laptop {when:%H:%M:%S}")
        self.kept.emit()
        return True

    def _say(self, state: State, words: str) -> None:
        if (state, words) != (self.state, self.words):
            self.state, self.words = state, words
            self.told.emit(state, words)
