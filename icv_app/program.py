"""The program's outside: what the command line needs from the layers above it, handed in by `__main__`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from icv_app.account import Account
from icv_app.clock import Clock
from icv_app.paper_row import Rows

if TYPE_CHECKING:
    from forms.form import Choice, Form
    from icv_app.issues.sent_list import SentList
    from icv_app.office.certificate import Certificate
    from icv_app.office.subject import Subject
    from icv_app.profiles.vault import Strength  # cryptography, which the window loads after its first paint
    from icv_app.records.reading import Reading

FORMATS = ("json", "csv", "pdf", "html", "docx", "xlsx")
TABLES = ("json", "csv", "xlsx")  # these hold the figures, whichever the document
TEXTS = ("json", "csv", "html")  # these may go to standard output
DOCUMENTS = ("summary", "panel-paper", "icva-return", "quality")
"""What `Documents` can make, and as what, by the names of the command line."""


class Documents(Protocol):
    """Makes a summary's documents; each imports what it needs when it is called."""

    def make(self, name: str, account: Account, ending: str) -> bytes:
        """Return the document called `name` (one of DOCUMENTS) of a period as a file of the format `ending`."""

    def file_name(self, name: str, account: Account, ending: str) -> str:
        """Return what that file is called: its marking first, then the document and its period."""

    def paper_sample(self, rows: Rows, account: Account | None) -> str:
        """Return as plain text what a template of a paper makes of an account, or of the example quarter."""

    def paper_example(self, name: str) -> str:
        """Return what a name of such templates says in the example quarter, "" where that has nothing of it."""

    def paper(
        self, form: "Form", path: Path, *, lists: "Mapping[str, tuple[Choice, ...]]", header: Mapping[str, str],
        language: str, marking: str, scheme: str,
    ) -> Path:  # fmt: skip
        """Write a blank form to `path`, to be filled in with a pen; `header` are answers printed beforehand."""

    def visit(
        self, reading: "Reading", path: Path, *, scheme: str, marking: str, mask: Callable[[str], str] | None
    ) -> Path:
        """Write one report to `path`; `mask` takes out of a text what may tell of a person."""

    def sent_list(self, made: "SentList", ending: str) -> bytes:
        """Return a list for the police as a document: `ending` "pdf" or "docx"."""

    def certificate(self, made: "Certificate", path: Path, *, scheme: str, marking: str) -> Path:
        """Write a certificate of disposal to `path`."""

    def recovery_sheet(
        self, lines: Sequence[str], path: Path, *, scheme: str, marking: str, made: date
    ) -> Path:  # fmt: skip
        """Write the lines of the office key as two sheets to print to `path`, for its owner alone."""

    def person(self, found: "Subject", folder: Path, *, scheme: str, marking: str, today: date) -> tuple[Path, ...]:
        """Write everything that is held on one person into `folder`; return the files."""


class Window(Protocol):
    """Opens the window."""

    def __call__(self, argv: Sequence[str], folder: Path) -> int:
        """Show the profile in `folder`; return the exit status when the window is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Everything that a command may need from outside; tests hand in another clock and a lighter `strength`."""

    documents: Documents
    window: Window
    clock: Clock = field(default_factory=Clock)
    strength: "Strength | None" = None  # None: the usual one
