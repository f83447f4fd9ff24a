"""The keeping of a draft while it is filled in: at once or after a pause, and again until it worked."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from forms.translation import tr
from ui.widgets import unsaved

State = Literal["untouched", "saving", "saved", "failed"]
LONGEST_MS = 1500
"""Nothing waits longer than this before it is written, even for one who types without a pause.

Half a second is left for the writing itself, so that no text is older than two seconds when the power fails.
"""
AGAIN_MS = 4000
"""How soon a failed keeping is tried again by itself: the disk may have room again, or be plugged in."""


class Autosave(QObject):
    """Calls `keep`, which returns the time once the draft is on disk. `state` is never "saved" before that.

    A failure is told in the words of `tell`, and tried again: at the next change, every few seconds, and by `flush`.
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
        self._pause = pause_ms
        self.state: State = "untouched"
        self.words = ""
        self._oldest = QElapsedTimer()  # since the first change that is not on disk
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.flush)
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.flush)

    @property
    def pending(self) -> bool:
        """Whether something is not on disk yet."""
        return self.state in ("saving", "failed")

    def soon(self) -> None:
        """Keep the draft after a pause, or now where the oldest change has waited long enough."""
        if self.state != "failed":
            self._say("saving", tr("Saving…"))
        if not self._oldest.isValid():
            self._oldest.start()
        left = LONGEST_MS - self._oldest.elapsed()
        if left <= 0:
            # not by the timer: keys that come thick and fast can keep one from being served
            self.flush()
        else:
            self._timer.start(min(self._pause, left))

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
        except Exception as error:
            # Whatever went wrong, even in the program itself: the text stays, and nobody is told that it is safe.
            self._say("failed", unsaved.words(error, self._tell(error)))
            self._again.start()
            return False
        self._again.stop()
        self._say("saved", tr("Saved on this laptop {time}", time=f"{when:%H:%M:%S}"))
        self.kept.emit()
        return True

    def give_up(self) -> None:
        """Keep nothing more of what is pending: the person goes without it, knowingly."""
        self._timer.stop()
        self._again.stop()
        self._say("untouched", "")

    def _say(self, state: State, words: str) -> None:
        if (state, words) != (self.state, self.words):
            self.state, self.words = state, words
            self.told.emit(state, words)
