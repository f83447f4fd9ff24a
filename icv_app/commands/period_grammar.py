"""The grammar of the commands on periods: publishing, the records behind a figure, commentary, the quarter's end.

Apart from the commands themselves, since every start of the program reads it.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

Verb = Callable[[str, str], argparse.ArgumentParser]
PERIOD = "such as 2025-26-Q2, 2025-26 or 2025-07-01..2025-08-31"


def add(verb: Verb) -> None:
    """Add them all."""
    publish = verb("publish", "keep a period as it is published, check an edition, or list what is published")
    publish.add_argument("period", metavar="PERIOD", nargs="?", help=f"{PERIOD} (default: list what is published)")
    publish.add_argument("--list", action="store_true", help="list the editions of the period, and what each changed")
    publish.add_argument("--check", action="store_true", help="tell whether an edition is as it was published")
    publish.add_argument("--edition", metavar="N", help="with --check: another than the last, such as 1 or 1b")
    publish.add_argument("--yes", action="store_true", help="go ahead without asking")
    publish.add_argument("--json", action="store_true")

    behind = verb("behind", "list the records that a figure was made from")
    behind.add_argument("period", metavar="PERIOD", help=PERIOD)
    behind.add_argument("measure", metavar="MEASURE", help="as `summary` names it, such as custody_visit")
    behind.add_argument("figure", metavar="FIGURE", help="such as visits_completed")
    behind.add_argument("site", metavar="SITE", nargs="?", help="default: the figure of all sites")
    behind.add_argument("--edition", metavar="N", help="of an edition that was published: 1, 1b (0: the last)")
    behind.add_argument("--json", action="store_true")

    written = verb("commentary", "show or write what stands beside the figures of a period (the office)")
    written.add_argument("period", metavar="PERIOD", help=PERIOD)
    written.add_argument("section", metavar="SECTION", nargs="?", help="such as summary; a wrong one lists them")
    written.add_argument("text", metavar="TEXT", nargs="?", help='it names nobody; "": nothing any more')
    written.add_argument("--looked", action="store_true", help="keep it although it may hold personal data")
    written.add_argument("--json", action="store_true")

    end = verb("quarter-end", "tell what is due around the end of a quarter, or write it into a calendar file")
    end.add_argument("--ics", metavar="FILE", type=Path, help="write the ends of the next quarters")
    end.add_argument("--yes", action="store_true", help="replace the file where it is there")
    end.add_argument("--json", action="store_true")
