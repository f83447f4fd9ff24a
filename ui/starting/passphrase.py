"""The boxes in which a passphrase is chosen (twice) or given (once)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from forms.translation import tr
from ui.widgets import theme
from ui.widgets.text import Body, Question


class PassphraseBox(QWidget):
    """One box with its question; `text()` is what was typed. Enter emits `entered`."""

    entered = Signal()

    def __init__(self, question: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        label = Question(question)
        self.box = QLineEdit()
        self.box.setEchoMode(QLineEdit.EchoMode.Password)
        self.box.setAccessibleName(question)
        self.box.setAccessibleDescription(hint)
        self.box.setMaximumWidth(theme.px(27))
        self.box.returnPressed.connect(self.entered)
        label.setBuddy(self.box)
        column.addWidget(label)
        if hint:
            column.addWidget(Body(hint, role="hint"))
        column.addWidget(self.box)

    def text(self) -> str:
        """Return what was typed."""
        return self.box.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.box.clear()

    def show_letters(self, shown: bool) -> None:
        """Show the letters, or dots."""
        self.box.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


class NewPassphrase(QWidget):
    """Two boxes that have to agree, since a slip at this moment would lock the person out for good."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.first = PassphraseBox(
            tr("Choose a passphrase for this laptop"),
            tr(
                "At least 8 characters; three or four ordinary words are easiest to remember. "
                "Everything on this laptop is locked with it. Nobody can look it up for you."
            ),
        )
        self.second = PassphraseBox(tr("Type it once more"))
        self.first.box.setObjectName("passphrase")
        self.second.box.setObjectName("passphrase_again")
        self.second.entered.connect(self.entered)
        letters = QCheckBox(tr("Show the letters"))
        letters.toggled.connect(self.first.show_letters)
        letters.toggled.connect(self.second.show_letters)
        column.addWidget(self.first)
        column.addWidget(self.second)
        column.addWidget(letters)

    def text(self) -> str:
        """Return the passphrase."""
        return self.first.text()

    def problem(self) -> str:
        """Return what is wrong with what was typed, or ""."""
        if not self.first.text():
            return tr("Choose a passphrase")
        if self.first.text() != self.second.text():
            return tr("The two passphrases are not the same. Type both again.")
        return ""
