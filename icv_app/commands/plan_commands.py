"""The commands on planned visits: the pair's own day and time, which nobody else reads (`planning`)."""

import argparse
from collections.abc import Mapping

from forms.translation import tr
from icv_app import typed
from icv_app.commands.everyday import Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.errors import InvalidInput
from icv_app.logs import logbook
from icv_app.program import Program
from icv_app.rotas import planning


def plan(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Say when a planned visit is to be made, or take that back."""
    with unlocked(options, program, terminal) as laptop:
        if options.drop:
            planning.drop(laptop.store, options.slot)
            terminal.say(tr("Taken back: no day is planned for {slot} any more.", slot=options.slot))
            return
        if options.day is None:
            raise InvalidInput("usage", tr("Give the day: --day 2026-11-25, and if it was agreed --time 19:30."))
        day, at = typed.day(options.day), None if options.time is None else typed.time_of_day(options.time)
        planning.plan(laptop.store, options.slot, day, at, today=laptop.clock.today())
        terminal.say(tr("Planned. Only the pair and the office can read the day and the time."))


def plans(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List the planned visits that this laptop may read."""
    with unlocked(options, program, terminal) as laptop:
        found = list(planning.plans(laptop.store))
        others = any(laptop.identity.person not in each.visitors for each in found)
        if others and not laptop.logbook.read(planning.KIND, ""):
            terminal.tell(logbook.warning())
    rows = [
        {
            "slot": each.slot, "site": each.site, "day": each.day.isoformat(),
            "time": f"{each.time:%H:%M}" if each.time else None, "visitors": list(each.visitors),
        }
        for each in found
    ]  # fmt: skip
    if options.json:
        terminal.document(rows)
        return
    for row in rows:
        parts = (row["day"], row["time"], row["site"], row["slot"], ", ".join(map(str, row["visitors"] or ())))
        terminal.say("  ".join(str(part) for part in parts if part))
    if not rows:
        terminal.tell(tr("No visit is planned that this laptop may read."))


COMMANDS: Mapping[str, Command] = {"plan": plan, "plans": plans}
