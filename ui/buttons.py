"""Push buttons: the one thing to do next, and the others."""

from PySide6.QtWidgets import QPushButton, QWidget


class _Button(QPushButton):
    kind = ""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", self.kind)
        self.setAutoDefault(False)


class PrimaryButton(_Button):
    """The one thing to do next on a page."""

    kind = "primary"


class SecondaryButton(_Button):
    """Anything else that can be done."""

    kind = "secondary"


class WarningButton(_Button):
    """Something that takes answers away."""

    kind = "warning"
