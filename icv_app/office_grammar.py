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


def _volunteers(verb: Verb) -> None:
    found = verb("volunteers", "list the volunteers: roles, status, what expires next, visits and hours of a year")
    found.add_argument("--due", action="store_true", help="only what has expired or will in 90 days, soonest first")
    found.add_argument("--json", action="store_true")


def _follow_up(verb: Verb) -> None: ...


def _sites(verb: Verb) -> None: ...


def _panels(verb: Verb) -> None: ...


def _finding(verb: Verb) -> None:
    find = verb("find", "find records by words and filters, the latest first")
    find.add_argument(
        "words", metavar="WORDS", nargs="+",
        help="words, a \"phrase\", and filters: kind: site: form: status: theme: person: from: to:",
    )  # fmt: skip
    find.add_argument(
        "--kind", metavar="KIND", help="of one kind: report, finding, session, site, volunteer, slot, ..."
    )
    find.add_argument("--most", metavar="N", type=int, default=50, help="how many to list (default: 50)")
    find.add_argument("--json", action="store_true")
