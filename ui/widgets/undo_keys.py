"""The keys that undo and redo, the same in every part of a form."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

Way = Literal["undo", "redo"]


def way_of(event: QKeyEvent) -> Way | None:
    """Return what a key asks for: Ctrl+Z undoes, Ctrl+Shift+Z and Ctrl+Y redo; the system's own keys count too."""
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if (event.key() == Qt.Key.Key_Z and held == control | shift) or (event.key() == Qt.Key.Key_Y and held == control):
        return "redo"
    if event.key() == Qt.Key.Key_Z and held == control:
        return "undo"
    if event.matches(QKeySequence.StandardKey.Undo):
        return "undo"
    return "redo" if event.matches(QKeySequence.StandardKey.Redo) else None
