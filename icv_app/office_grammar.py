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


def _sites(verb: Verb) -> None:
    verb("sites", "list the sites with their calendars").add_argument("--json", action="store_true")
    verb("targets", "list the targets").add_argument("--json", action="store_true")

    status = verb("status", "add, correct, end or delete a row of a site's calendar")
    status.add_argument("site", metavar="SITE", help="its code, as `sites` lists it")
    status.add_argument("--status", choices=("open", "closed", "open_on_days"))
    status.add_argument("--days", metavar="DAYS", help="of the week, for open_on_days, such as Mon,Thu")
    status.add_argument("--told-by", metavar="WHO", help="who said so: a role, not a name")
    status.add_argument("--told-on", metavar="DATE")
    _row(status)

    target = verb("target", "add, correct, end or delete a target")
    target.add_argument("measure", choices=("custody_visit", "kennel_visit", "training_observation", "record_review"))
    target.add_argument("--site", metavar="SITE", help="for this site alone (default: for all)")
    target.add_argument("--number", metavar="N", type=int, help="how many; 0: suspended")
    target.add_argument("--per", choices=("week", "month", "quarter", "year"))
    target.add_argument("--approved-by", metavar="WHO", help="whose decision it is: a role, not a name")
    target.add_argument("--approved-on", metavar="DATE")
    target.add_argument(
        "--make-room", action="store_true",
        help="end another target that is in force then on the day before; after the new one it goes on",
    )  # fmt: skip
    _row(target)

    publish = verb("publish", "keep the figures of a period as they are published; list what is published")
    publish.add_argument(
        "period", metavar="PERIOD", nargs="?", help="such as 2025-26-Q2 (default: list what is published)"
    )
    publish.add_argument("--yes", action="store_true", help="go ahead without asking")
    publish.add_argument("--json", action="store_true")


def _row(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--from", dest="first", metavar="DATE", help="the first day, such as 2026-11-22")
    verb.add_argument("--to", dest="last", metavar="DATE", help='the last day; "none": with no end')
    verb.add_argument("--reason", metavar="WORDS", help="names nobody")
    verb.add_argument("--change", metavar="DATE", help="change the row that begins on this day, rather than add one")
    verb.add_argument("--delete", action="store_true", help="with --change: delete that row")
    verb.add_argument("--preview", action="store_true", help="only tell what it would do to the figures")


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
