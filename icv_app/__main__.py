"""The composition root: the one module that brings the core, the documents and the window together."""

import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import resources
from forms import translation
from forms.translation import tr
from icv_app import __version__, own_fault
from icv_app.account import Account
from icv_app.errors import Unavailable
from icv_app.paper_row import Rows
from icv_app.program import Program

if TYPE_CHECKING:
    from forms.form import Choice, Form
    from icv_app.issues.sent_list import SentList
    from icv_app.office.certificate import Certificate
    from icv_app.office.subject import Subject
    from icv_app.records.reading import Reading

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


class _Documents:
    """Makes documents with `reports`, which is imported when one is wanted."""

    def make(self, name: str, account: Account, ending: str) -> bytes:
        from reports import making

        return making.make(name, account, ending)

    def file_name(self, name: str, account: Account, ending: str) -> str:
        from reports import making

        return making.file_name(name, account, ending)

    def paper_sample(self, rows: Rows, account: Account | None) -> str:
        from reports.papers import panel_paper, paper_text

        return paper_text.clipboard(panel_paper.sample(rows, account))[0]

    def paper_example(self, name: str) -> str:
        from reports.papers import paper_word

        return paper_word.example().word(name, "0").said

    def paper(
        self, form: "Form", path: Path, *, lists: "Mapping[str, tuple[Choice, ...]]", header: Mapping[str, str],
        language: str, marking: str, scheme: str,
    ) -> Path:  # fmt: skip
        from reports.sheets import paper

        return paper.write(
            form, path, lists=lists, header=header, language=language, marking=marking, scheme=scheme,
            program_version=__version__,
        )  # fmt: skip

    def visit(
        self, reading: "Reading", path: Path, *, scheme: str, marking: str, mask: Callable[[str], str] | None
    ) -> Path:
        from reports.sheets import visit

        about = visit.About(scheme=scheme, marking=marking, program_version=__version__)
        return visit.write(reading, about, path, mask=mask)

    def sent_list(self, made: "SentList", ending: str) -> bytes:
        if ending == "docx":
            from reports.sheets import sent_list_docx

            return sent_list_docx.render(made)
        from reports.sheets import sent_list

        return sent_list.render(made, program_version=__version__)

    def certificate(self, made: "Certificate", path: Path, *, scheme: str, marking: str) -> Path:
        from reports.sheets import certificate

        return certificate.write(made, path, scheme=scheme, marking=marking, program_version=__version__)

    def recovery_sheet(
        self, lines: Sequence[str], path: Path, *, scheme: str, marking: str, made: date
    ) -> Path:  # fmt: skip
        from reports.sheets import recovery_sheet

        return recovery_sheet.write(lines, path, scheme=scheme, marking=marking, made=made, program_version=__version__)

    def person(
        self, found: "Subject", folder: Path, *, scheme: str, marking: str, today: date
    ) -> tuple[Path, ...]:  # fmt: skip
        from icv_app.wording import day_words
        from reports.sheets import person

        about = person.About(scheme=scheme, marking=marking, day=day_words(today), program_version=__version__)
        return person.write(found, folder, about)


def _speak() -> None:
    """Speak Welsh where the surroundings do; the window has a setting of its own."""
    said = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    if said.startswith("cy"):
        translation.use("cy", resources.catalogue("cy"))


def _open_window(argv: Sequence[str], folder: Path) -> int:
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _SCREENS):
        raise Unavailable(
            "no_screen",
            tr("There is no screen here to open a window on. Every command works without one: see icv-app --help."),
        )
    from ui import app

    return app.run(["icv-app", *argv], folder)


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out a command, or open the window where none is given. Returns the exit status."""
    from icv_app.commands import command_line

    if sys.stdout is not None and isinstance(getattr(sys.stdout, "buffer", None), io.RawIOBase):
        # unbuffered (PYTHONUNBUFFERED): what a full disk takes only part of would be lost without a word
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(sys.stdout.buffer), line_buffering=True)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    own_fault.install()
    _speak()
    program = Program(documents=_Documents(), window=_open_window)
    return command_line.run(sys.argv[1:] if argv is None else argv, program)


def window() -> int:
    """Open the window: the entry point without a console on Windows."""
    own_fault.install()
    return _open_window(sys.argv[1:], _folder())


def _folder() -> Path:
    from icv_app.commands.command_line import default_profile, parser

    options = parser().parse_args(sys.argv[1:])
    return Path(options.profile) if "profile" in options else default_profile()


if __name__ == "__main__":
    sys.exit(main())
