"""Row ids: unique on every laptop, and in the order in which the rows were made."""

import re
import secrets
from collections.abc import Callable
from datetime import datetime

_MADE_HERE = re.compile(r"[0-9a-e][0-9a-f]{15}", re.ASCII)


class RowIds:
    """Makes ids of 12 hex digits of milliseconds and 4 at random, each after all that were made or seen before."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._last = 0

    def __call__(self) -> str:
        """Return a fresh id."""
        self._last = max(int(self._clock().timestamp() * 1000), self._last + 1)
        return f"{self._last:012x}{secrets.token_hex(2)}"

    def seen(self, row: str) -> None:
        """Take note of a restored row, so that a new one comes after it; an imported row's number is no time."""
        if _MADE_HERE.fullmatch(row):
            self._last = max(self._last, int(row[:12], 16))


def in_order(row: str) -> tuple[bool, int, str]:
    """Return by what rows are ordered: imported ones are numbered 1, 2, ...; those made here have time-ordered ids."""
    numeric = row.isascii() and row.isdigit() and len(row) < 12
    return (not numeric, int(row) if numeric else 0, row)
