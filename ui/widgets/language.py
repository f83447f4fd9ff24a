"""The language of the window: the program's own messages, and the few words that Qt itself says."""

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

import resources
from forms import translation
from forms.translation import later, tr

LANGUAGES = (("en", "English"), ("cy", "Cymraeg"))
"""Code and name of each language, its name in itself, so that whoever needs it can find it."""

_QT = frozenset(
    {
        later("&Undo"), later("&Redo"), later("Cu&t"), later("&Copy"), later("&Paste"), later("Delete"),
        later("Select All"), later("Copy &Link Location"), later("OK"), later("&OK"), later("Cancel"),
        later("&Cancel"), later("&Yes"), later("&No"), later("Close"), later("&Close"), later("Open"), later("&Open"),
        later("Save"), later("&Save"), later("&Choose"), later("Look in:"), later("File &name:"),
        later("Files of type:"), later("Directory:"), later("Clear"),
    }
)  # fmt: skip
"""What Qt writes on context menus, message boxes and file dialogs: through our own catalogue, since Qt has no Welsh."""


class _QtWords(QTranslator):
    """Answers Qt's own texts from our catalogue; all others as they are."""

    def translate(
        self, context: bytes | bytearray | memoryview | str, text: bytes | bytearray | memoryview | str,
        disambiguation: bytes | bytearray | memoryview | str | None = None, n: int = -1,
    ) -> str:  # fmt: skip
        wanted = text if isinstance(text, str) else bytes(text).decode()
        return tr(wanted) if wanted in _QT else wanted

    def isEmpty(self) -> bool:
        return False


def use(app: QApplication, code: str) -> str:
    """Say everything from now on in the language `code`; return the one in use: English where there is no catalogue."""
    catalogue = resources.catalogue(code)
    translation.use(code, catalogue)
    held = app.findChild(_QtWords)
    if catalogue is None and held is not None:
        app.removeTranslator(held)
        held.setParent(None)
        held.deleteLater()
    elif catalogue is not None and held is None:
        app.installTranslator(_QtWords(app))
    return translation.language()
