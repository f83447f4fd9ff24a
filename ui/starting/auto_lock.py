"""The watch that locks a laptop which nobody uses: minutes without key or mouse, or a sleep of the system."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

EVERY_MS = 5000
WARNING = 60
"""Seconds before it locks at which it is announced."""
SLEPT = 60
"""Seconds between two looks, or by which the wall clock ran ahead of the one that nobody sets, that count as a sleep.

A wall clock that was put forward counts as one too: the person types the passphrase once more, and no harm is done.
"""
_USED = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel,
        QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletMove, QEvent.Type.TabletPress,
    }
)  # fmt: skip


class AutoLock(QObject):
    """Emits `due` when the laptop is to be locked, `soon` a minute before, `used` when somebody is there.

    Windows are watched, not widgets: a look at every event of every widget would make each key slower. `wall` and
    `steady` give seconds; `steady` is a clock that nobody sets.
    """

    due = Signal()
    soon = Signal()
    used = Signal()

    def __init__(
        self, parent: QObject, *, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._wall, self._steady = wall, steady
        self._after = 0.0  # seconds; 0 while there is nothing to lock
        self._used = self._seen = self._seen_wall = 0.0
        self._told = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)
        app.applicationStateChanged.connect(self._state_changed)

    def begin(self, minutes: int) -> None:
        """Lock after so many minutes without key or mouse, counted from now."""
        self._after = minutes * 60.0
        self._seen, self._seen_wall = self._steady(), self._wall()
        self.use()
        self._timer.start()

    def end(self) -> None:
        """Watch no longer: there is nothing to lock."""
        self._timer.stop()
        self._after = 0.0
        self.use()

    def use(self) -> None:
        """Take note that somebody is there."""
        self._used = self._steady()
        self._told = False
        self.used.emit()

    def look(self) -> None:
        """See how long nobody was there, and whether the system slept meanwhile."""
        if not self._after:
            return
        now, wall = self._steady(), self._wall()
        passed, ahead = now - self._seen, (wall - self._seen_wall) - (now - self._seen)
        self._seen, self._seen_wall = now, wall
        idle = now - self._used
        if max(passed, ahead) > SLEPT or idle >= self._after:
            self.due.emit()
        elif idle >= self._after - WARNING and not self._told:
            self._told = True
            self.soon.emit()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationSuspended and self._after:
            self.due.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _USED and self._after:
            self.use()
        return False
