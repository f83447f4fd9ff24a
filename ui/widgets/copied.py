"""What was copied out of the program, so that it can be taken off the clipboard when the laptop is locked."""

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard, QGuiApplication


class Copied(QObject):
    """Remembers whether the clipboard's content came from this program; never what it is."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ours = False
        QGuiApplication.clipboard().dataChanged.connect(self._changed)

    def _changed(self) -> None:
        # not every platform knows who owns the clipboard; where one of our windows has the focus, we changed it
        self._ours = QGuiApplication.focusWindow() is not None

    def clear(self) -> None:
        """Empty the clipboard where what is on it came from here; what another program put there stays."""
        clipboard = QGuiApplication.clipboard()
        if self._ours or clipboard.ownsClipboard():
            clipboard.clear()
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)
        self._ours = False


def put(text: str, html: str) -> None:
    """Put a text on the clipboard, and the same with its headings and tables for programs that take them."""
    both = QMimeData()
    both.setText(text)
    both.setHtml(html)
    QGuiApplication.clipboard().setMimeData(both)
