"""The terminal: results on standard output, words for the person on standard error, passphrases from where they are."""

import contextlib
import getpass
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from forms.translation import tr
from icv_app.errors import InvalidInput, Unavailable


class Terminal:
    """Speaks to whoever runs a command. `environ` is where passphrases for unattended use may stand."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self._environ = environ

    def say(self, text: str) -> None:
        """Print a result on standard output, with a line end. Raises Unavailable("output") where it takes no more."""
        with _written() as output:
            output.write(text if text.endswith("\n") else f"{text}\n")

    def give(self, content: bytes) -> None:
        """Write a file on standard output. Raises as `say` does."""
        with _written() as output:
            output.flush()
            output.buffer.write(content)

    @property
    def on_screen(self) -> bool:
        """Whether standard output is read by a person, who cannot read a file that is no text."""
        return sys.stdout is not None and sys.stdout.isatty()

    def tell(self, text: str) -> None:
        """Print words for the person on standard error."""
        if text:
            sys.stderr.write(text if text.endswith("\n") else f"{text}\n")

    def document(self, content: Any) -> None:
        """Print one JSON document on standard output."""
        self.say(json.dumps(content, ensure_ascii=False, indent=2))

    def confirm(self, question: str, *, yes: bool) -> None:
        """Return where the person agrees (`yes`: did so on the command line).

        Raises InvalidInput("not_confirmed") where they do not, or nobody is there to ask.
        """
        if yes:
            return
        if not sys.stdin.isatty():
            raise InvalidInput(
                "not_confirmed", tr("{question} Give --yes to go ahead. Nothing was changed.", question=question)
            )
        sys.stderr.write(tr("{question} Go ahead? [y/N] ", question=question))
        sys.stderr.flush()
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            raise InvalidInput("not_confirmed", tr("Nothing was changed."))

    def passphrase(self, prompt: str, *, variable: str, file: Path | None = None, new: bool = False) -> str:
        """Return a passphrase: the first line of `file`, or the environment's `variable`, or what is typed.

        A `new` one is typed twice. Raises InvalidInput ("no_passphrase", "passphrases_differ") or Unavailable.
        """
        if file is not None:
            return _first_line(file)
        if variable in self._environ:
            return self._environ[variable]
        if not sys.stdin.isatty():
            raise InvalidInput(
                "no_passphrase",
                tr(
                    "{prompt}: there is no terminal to ask at. Set {variable} for unattended use, or give a "
                    "--passphrase-file.",
                    prompt=prompt,
                    variable=variable,
                ),
            )
        try:
            typed = getpass.getpass(f"{prompt}: ", sys.stderr)
            again = getpass.getpass(tr("The same again: "), sys.stderr) if new else typed
        except EOFError:
            raise InvalidInput("no_passphrase", tr("No passphrase was typed. Nothing was written.")) from None
        if again != typed:
            raise InvalidInput("passphrases_differ", tr("The two passphrases differ. Nothing was written."))
        return typed


@contextlib.contextmanager
def _written() -> Iterator[TextIO]:
    """Give standard output, and see that what is written to it has left this program."""
    if sys.stdout is None:
        raise Unavailable("output", tr("There is no output to write to: it was closed."))
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        forget_output()
        raise Unavailable(
            "output", tr("What was asked for could not be written whole: {reason}.", reason=error.strerror)
        ) from error


def forget_output() -> None:
    """Let what standard output did not take go nowhere, so that the end of the program does not try again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _first_line(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        raise InvalidInput("no_passphrase_file", tr("There is no passphrase file {file}.", file=file)) from None
    except UnicodeDecodeError:
        raise InvalidInput(
            "no_passphrase_file", tr("The passphrase file {file} is not UTF-8 text.", file=file)
        ) from None
    except OSError as error:
        words = tr("The passphrase file {file} cannot be read: {reason}.", file=file, reason=error.strerror)
        raise Unavailable("passphrase_file", words) from error
    if not lines or not lines[0]:
        raise InvalidInput("no_passphrase", tr("The passphrase file {file} has nothing on its first line.", file=file))
    return lines[0]
