"""What the window says: the words for a failure, and the one place that opens a dialog."""

import logging
import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from forms.translation import later, tr
from icv_app import own_fault
from icv_app.errors import IcvError

HUB_KINDS = later("Shared file (*.icvhub)")
UNEXPECTED = later(
    "Something went wrong in the program itself. What you saved is safe. "
    "Please tell the office what you were doing, and these words: {name}."
)


def words(error: Exception) -> str:
    """Return what the person at the laptop is told about `error`, in plain English and without personal details."""
    if isinstance(error, IcvError):
        return error.words
    logging.getLogger("icv").error("unexpected:\n%s", own_fault.report(error))
    return tr(UNEXPECTED, name=type(error).__name__)


def ask(parent: QWidget, question: str, *, yes: str, no: str = "") -> bool:
    """Ask a question with two named answers; True for `yes`. Escape and Enter both mean `no`."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(question)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refuse = box.addButton(no or tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refuse)
    box.setEscapeButton(refuse)
    box.exec()
    box.deleteLater()  # what it says goes when it goes
    return box.clickedButton() is agree


def tell(parent: QWidget, text: str) -> None:
    """Show a message that has to be read before going on."""
    box = QMessageBox(parent)
    box.setText(text)
    box.exec()
    box.deleteLater()


def choose_new_file(parent: QWidget, title: str, suggested: str, kinds: str) -> str:
    """Ask where to write a file, among the person's documents at first; "" where they thought better of it.

    `kinds` are those of the dialog, "PDF (*.pdf)", several with ";;" between. The name ends in one of their endings:
    where the person typed none of them, that of the kind they chose is added, and a file of the name so made is asked
    about as the dialog asks about one that was typed whole.
    """
    first = _among_documents(suggested)
    while True:
        chosen, kind = QFileDialog.getSaveFileName(parent, title, first, kinds)
        named = with_ending(chosen, kinds, kind)
        if named == chosen or not Path(named).exists() or _replaces(parent, Path(named)):
            return named
        first = named


def _among_documents(name: str) -> str:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(Path(documents) / name) if Path(documents).is_dir() else name


def with_ending(chosen: str, kinds: str, kind: str = "") -> str:
    """Return a name with an ending of `kinds`: its own where it has one of them, else that of `kind`, or the first."""
    endings = _endings(kinds)
    if not chosen or not endings or Path(chosen).suffix.lower() in endings:
        return chosen
    return f"{chosen.rstrip('.')}{(_endings(kind) or endings)[0]}"


def _endings(kinds: str) -> list[str]:
    """Return the endings that kinds name: [".xlsx", ".toml"]."""
    return [ending.lower() for ending in re.findall(r"\*(\.\w+)", kinds)]


def _replaces(parent: QWidget, path: Path) -> bool:
    question = tr("{file} is there already. Write over it?", file=path.name)
    return ask(parent, question, yes=tr("Write over it"), no=tr("Choose another name"))


def choose_file(parent: QWidget, title: str, kinds: str) -> str:
    """Ask for an existing file; "" where the person thought better of it."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return chosen


def choose_hub(parent: QWidget) -> Path | None:
    """Ask where the shared file is or will be; its name ends in .icvhub. None where the person thought better of it."""
    first = _among_documents("scheme.icvhub")  # one that is there already is joined, and nothing is written over
    chosen, _ = QFileDialog.getSaveFileName(parent, tr("Where is the shared file?"), first, tr(HUB_KINDS))
    if not chosen:
        return None
    return Path(chosen) if chosen.endswith(".icvhub") else Path(f"{chosen}.icvhub")


def choose_folder(parent: QWidget, title: str) -> str:
    """Ask for an existing folder; "" where the person thought better of it."""
    return QFileDialog.getExistingDirectory(parent, title)
