"""A dialog of words to read: help, and about the program. They can be walked through and copied by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

import resources
from forms import translation
from forms.translation import tr
from icv_app import __version__
from ui.widgets import theme
from ui.widgets.buttons import PrimaryButton

OF_THE_SUMMARY = 14
"""The part of the help on the summary, its documents and publishing, in every language."""


class WordsDialog(QDialog):
    """Shows `words` under `title`; Escape or Close ends it."""

    def __init__(self, title: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        self.words = QPlainTextEdit(words)
        self.words.setObjectName("words")
        self.words.setAccessibleName(title)
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        column.addWidget(self.words, 1)
        close = PrimaryButton(tr("Close"))
        close.setObjectName("close")
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(close)
        row.addStretch(1)
        column.addLayout(row)
        room = parent.window().size()
        self.resize(min(theme.px(46), room.width() - 40), min(theme.px(34), room.height() - 60))
        close.setFocus()

    def turn_to(self, line: str) -> None:
        """Bring the words from `line` on to the top, with the cursor there for who reads by keyboard or ear."""
        self.words.moveCursor(QTextCursor.MoveOperation.End)
        self.words.setTextCursor(QTextCursor(self.words.document().find(line).block()))
        self.words.setFocus()


def about(parent: QWidget) -> WordsDialog:
    """Return the dialog that says what the program is, and under which licences it and its parts are given.

    In Welsh it says as well that no translator has checked the words yet (docs/translation.md).
    """
    from PySide6 import __version__ as qt

    words = resources.text("about.txt", translation.language())
    return WordsDialog(tr("About"), words.format(version=__version__, qt=qt), parent)


def guide(parent: QWidget, part: int = 0) -> WordsDialog:
    """Return the dialog with help on the whole program, opened at a part of it: 0 is the first."""
    words = resources.text("help.txt", translation.language())
    dialog = WordsDialog(tr("Help"), words, parent)
    if part:
        dialog.turn_to(words.split("\n\n")[part].partition("\n")[0])
    return dialog
