"""Push buttons: the one thing to do next, and the others."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
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
