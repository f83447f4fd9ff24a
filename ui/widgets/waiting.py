"""What is shown while the window itself is busy for a moment: the waiting pointer, and perhaps words on a button."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from ui.widgets.announcing import announce


@contextmanager
def waiting(button: QPushButton | None = None, words: str = "") -> Iterator[None]:
    """Show the waiting pointer, and `words` on `button`, which cannot be pressed meanwhile."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    before = button.text() if button is not None else ""
    focused = button is not None and button.hasFocus()
    if button is not None:
        button.setText(words)
        announce(button, words)
        button.resize(button.sizeHint().expandedTo(button.size()))
        button.repaint()  # now: nothing else is painted until the work is done
        button.setEnabled(False)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()
        if button is not None:
            button.setText(before)
            button.setEnabled(True)
            if focused:
                button.setFocus()
