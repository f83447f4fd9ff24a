"""The clock of the scheme: Europe/London wall time, and instants for ordering. Passed in: tests own the time."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def _system() -> datetime:
    return datetime.now(UTC)


def _uptime() -> float:
    # Linux: the only one that runs on while the laptop sleeps, as Windows' does by itself
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the time by `instant`, a function that returns an aware datetime.

    `uptime` returns seconds since the laptop was started, or since some moment after that; nobody can set it.
    """

    instant: Callable[[], datetime] = _system
    uptime: Callable[[], float] = _uptime

    def now(self) -> datetime:
        """Return the present moment as an aware datetime in Europe/London."""
        return self.instant().astimezone(LONDON)

    def today(self) -> date:
        """Return today's date in Europe/London."""
        return self.now().date()

    def milliseconds(self) -> int:
        """Return milliseconds since 1970-01-01 UTC."""
        return int(self.instant().timestamp() * 1000)
