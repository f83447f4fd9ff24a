"""The grammar of the commands with which the office runs a scheme: rota, volunteers, follow-up, sites, panels, finding.

Apart from the commands themselves, since every start of the program reads it.
"""

import argparse
from collections.abc import Callable

Verb = Callable[[str, str], argparse.ArgumentParser]
"""Makes the parser of a command of a name, with words of help."""


def add(verb: Verb) -> None:
    """Add them all."""
    for part in (_rota, _volunteers, _follow_up, _sites, _panels, _finding):
        part(verb)


def _rota(verb: Verb) -> None: ...


def _volunteers(verb: Verb) -> None: ...


def _follow_up(verb: Verb) -> None: ...


def _sites(verb: Verb) -> None: ...


def _panels(verb: Verb) -> None: ...


def _finding(verb: Verb) -> None: ...
