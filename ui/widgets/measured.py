"""The room that words take, measured once for each text, font and width: layouts ask for it a hundred times a key."""

from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

_FLAGS = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)
ENDLESS = 100_000
"""A width at which nothing wraps, in pixels."""


@lru_cache(maxsize=4096)
def wrapped(text: str, font: QFont, width: int) -> tuple[int, int]:
    """Return the width and height of `text`, wrapped to `width` pixels."""
    box = QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 1), ENDLESS), _FLAGS, text)
    return box.width(), box.height()
