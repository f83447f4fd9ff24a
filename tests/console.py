"""The command line run in this process: what a command ended with, and what it said."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from icv_app.__main__ import _Documents
from icv_app.clock import Clock
from icv_app.commands.command_line import run
from icv_app.commands.terminal import Terminal
from icv_app.profiles.vault import Strength
from icv_app.program import Program


@dataclass
class Ended:
    """The exit status of a command, and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document on standard output."""
        return json.loads(self.out)


Run = Callable[..., Ended]


def program(clock: Clock, window: Callable[[Any, Path], int] = lambda _argv, _folder: 0) -> Program:
    """Return the program as its entry point makes it, with another clock and passphrases that are quick to check."""
    return Program(documents=_Documents(), window=window, clock=clock, strength=Strength.LIGHT)


def carry_out(
    argv: list[str], whole: Program, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> Ended:  # fmt: skip
    """Carry out one command."""
    status = run(argv, whole, Terminal(environ))
    captured = capsys.readouterr()
    return Ended(status, captured.out, captured.err)
