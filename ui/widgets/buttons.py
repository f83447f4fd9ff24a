"""Push buttons: the one thing to do next, and the others."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget


class _Button(QPushButton):
    kind = ""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", self.kind)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt presses a button by Enter in a dialog only; a person expects it everywhere.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)


class PrimaryButton(_Button):
    """The one thing to do next on a page."""

    kind = "primary"


class SecondaryButton(_Button):
    """Anything else that can be done."""

    kind = "secondary"


class OfferButton(SecondaryButton):
    """An offer between two questions: whoever types the next answer on it by mistake does not press it at a blank."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._typing = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._typing = False
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letters = event.text()
        self._typing = self._typing or (letters.isprintable() and bool(letters.strip()))
        if self._typing and event.key() == Qt.Key.Key_Space:
            event.ignore()
            return
        super().keyPressEvent(event)


class WarningButton(_Button):
    """Something that takes answers away."""

    kind = "warning"


class TabButton(_Button):
    """One of the pages in the bar; the page that is shown has its button checked."""

    kind = "tab"

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("tab", True)
        self.setCheckable(True)
