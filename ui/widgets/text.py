"""Words on the screen: headings, running text, questions. All of them wrap."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

Role = Literal["", "hint", "error", "good", "warn", "strong"]


class Words(QLabel):
    """Plain text that wraps and can shrink to any width, so that no page grows wider than the screen."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMinimumWidth(1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class Heading(Words):
    """A heading of `level` 1 to 3."""

    def __init__(self, text: str, *, level: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("level", str(level))


class Body(Words):
    """Running text; `role` says what it is for: a hint, an error, good news."""

    def __init__(self, text: str = "", *, role: Role = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", role)

    def set_role(self, role: Role) -> None:
        """Change what the text is for, and its look with it."""
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)


class Question(Words):
    """The words of a question, above its box. Give it its box with `setBuddy`."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "question")
