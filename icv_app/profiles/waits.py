"""Waits after wrong passphrases: they grow, end by themselves, and outlast a restart. Nothing is ever locked out.

The count stands in a small file beside the vault, which holds no secret. It slows a person at this laptop's keyboard;
one who can copy the files tries elsewhere, and has Argon2id alone to get past (`vault`). A try is counted before it is
made, so that ending the program does not take it back.

Time is told by the clock that runs since the laptop was started, which nobody sets. After a restart the larger of the
time since then and the wall clock's difference counts: a clock put back locks nobody out, one put forward helps only
whoever restarts the laptop for each try.
"""

import contextlib
import json
import math
import os
from pathlib import Path
from typing import Any

from forms.translation import plural, tr
from icv_app.clock import Clock
from icv_app.errors import InvalidInput
from icv_app.files import private

FILE = "tries.json"
FREE = 2  # wrong ones in a row before there is a wait
SECONDS = (5, 15, 60, 180, 300)  # after the third wrong one, the fourth, ...; the last one stays


class Waits:
    """The wrong tries at the profile in `folder`. Whoever uses it holds the profile's lock."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._file = folder / FILE
        self._clock = clock

    def remaining(self) -> int:
        """Return how many whole seconds have to pass before the next try; 0 where one may be made now."""
        held = self._read()
        wait: int = _after(held["wrong"])
        passed: float = self._clock.uptime() - held["uptime"]
        if passed < 0:  # the laptop was started again since
            passed = max(self._clock.uptime(), self._clock.milliseconds() / 1000 - held["wall"])
        return max(0, math.ceil(wait - max(0.0, passed)))

    def refuse_early(self) -> None:
        """Raise InvalidInput("wait"), which says how long, where the next try would come too early."""
        if seconds := self.remaining():
            raise InvalidInput("wait", early(seconds))

    def count(self) -> None:
        """Count a try as wrong; `forget` it when it was right."""
        self._write(self._read()["wrong"] + 1)

    def take_back(self) -> None:
        """Take back the last try: it was neither right nor wrong, since the passphrase could not be tried."""
        self._write(max(0, self._read()["wrong"] - 1))

    def counted(self) -> int:
        """Return how many wrong tries there were in a row."""
        wrong: int = self._read()["wrong"]
        return wrong

    def forget(self) -> None:
        """Begin anew: the passphrase was right."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

    def wrong(self) -> InvalidInput:
        """Return the error that says of the counted try that it was wrong, and of any wait before the next one."""
        words = tr("That is not the passphrase. Please try again.")
        if seconds := self.remaining():
            words = tr("That is not the passphrase. {wait}", wait=early(seconds))
        return InvalidInput("wrong_passphrase", words)

    def _read(self) -> dict[str, Any]:
        """Return the count and when it was made. A file that cannot be understood counts as none: it is no vault."""
        try:
            held = json.loads(self._file.read_text(encoding="utf-8"))
            wrong, uptime, wall = held["wrong"], held["uptime"], held["wall"]
            sound = type(wrong) is int and wrong >= 0 and math.isfinite(uptime) and math.isfinite(wall)
        except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
            sound = False
        return {"wrong": wrong, "uptime": uptime, "wall": wall} if sound else {"wrong": 0, "uptime": 0.0, "wall": 0.0}

    def _write(self, wrong: int) -> None:
        held = {"wrong": wrong, "uptime": self._clock.uptime(), "wall": self._clock.milliseconds() / 1000}
        new = self._file.with_name(FILE + ".new")
        with contextlib.suppress(OSError):  # a full or read-only disk must not lock anybody out
            private.file(new).write_text(json.dumps(held), encoding="utf-8")
            os.replace(new, self._file)


def _after(wrong: int) -> int:
    return 0 if wrong <= FREE else SECONDS[min(wrong - FREE, len(SECONDS)) - 1]


def early(seconds: int) -> str:
    """Say how long to wait before the next try."""
    if seconds <= 90:
        return plural(
            "Please wait {count} second before the next try.", "Please wait {count} seconds before the next try.",
            seconds,
        )  # fmt: skip
    return plural(
        "Please wait {count} minute before the next try.", "Please wait {count} minutes before the next try.",
        math.ceil(seconds / 60),
    )  # fmt: skip
