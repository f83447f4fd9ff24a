"""The commands on volunteers: who they are, what expires, and the hours that they gave."""

import argparse
from collections.abc import Mapping
from typing import Any

from forms.translation import plural, tr
from icv_app.commands.everyday import Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.counting import roll
from icv_app.counting.roll import Line, Roll
from icv_app.program import Program
from icv_app.scheme import volunteer_words
from icv_app.scheme.expiries import WITHIN, Expiry
from icv_app.wording import day_words


def volunteers(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List the volunteers with status, what expires next and their hours; `--due`: only what is due, soonest first.

    A visitor's laptop tells of its own person alone: of the others it holds too little.
    """
    with unlocked(options, program, terminal) as laptop:
        found = roll.read(laptop.store, laptop.clock.today())
        own = None if laptop.office else laptop.identity.person
        if laptop.office:
            laptop.logbook.read("volunteer", "")
    lines = [line for line in found.ordered("expiry", everybody=own is not None) if own in (None, line.visitor)]
    if options.json:
        terminal.document(_document(found, lines, due=options.due))
        return
    if options.due:
        for each in found.due:
            terminal.say(f"{each.visitor}  {each.words(found.today)}")
        if not found.due:
            terminal.tell(tr("Nothing expires within {count} days.", count=WITHIN))
        return
    if own is None:
        terminal.say(count_words(found))
    for line in lines:
        terminal.say("  ".join(part for part in _cells(line, found) if part))
    if not lines:
        terminal.tell(tr("No volunteer is entered yet."))


def count_words(found: Roll) -> str:
    """Return the two figures of the volunteers in words."""
    count = found.count
    return tr(
        "{volunteers}, {visiting} currently visiting",
        volunteers=plural("{count:,} volunteer", "{count:,} volunteers", count.volunteers),
        visiting=f"{count.currently_visiting:,}",
    )


def _cells(line: Line, found: Roll) -> tuple[str, ...]:
    since = tr("since {day}", day=day_words(line.since)) if line.since else ""
    return (
        line.visitor, volunteer_words.roles(line.roles), volunteer_words.status(line.status), since,
        line.expiring[0].words(found.today) if line.expiring else "",
        plural("{count:,} visit", "{count:,} visits", line.given.visits), volunteer_words.length(line.given.total),
    )  # fmt: skip


def _document(found: Roll, lines: list[Line], *, due: bool) -> Any:
    if due:
        return [_expiry(each, found) for each in found.due]
    return {
        "on": found.today.isoformat(), "volunteers": found.count.volunteers,
        "currently_visiting": found.count.currently_visiting, "hours_from": found.first.isoformat(),
        "people": [
            {
                "visitor": line.visitor, "roles": list(line.roles), "status": line.status or None,
                "since": line.since.isoformat() if line.since else None,
                "expires": [_expiry(each, found) for each in line.expiring],
                "visits": line.given.visits,
                "minutes": {
                    "visit": line.given.visit, "travel": line.given.travel, "training": line.given.training,
                    "meeting": line.given.meeting, "panel": line.given.panel, "other": line.given.other,
                    "apart": line.given.apart,
                },
                "last_visit": line.last_visit.isoformat() if line.last_visit else None,
            }
            for line in lines
        ],
    }  # fmt: skip


def _expiry(each: Expiry, found: Roll) -> dict[str, Any]:
    return {
        "visitor": each.visitor, "kind": each.kind, "what": each.what, "on": each.on.isoformat(),
        "days": each.days(found.today), "expired": each.expired(found.today),
    }  # fmt: skip


COMMANDS: Mapping[str, Command] = {"volunteers": volunteers}
"""The commands by the names of the command line."""
