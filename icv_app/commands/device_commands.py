"""The commands of the scheme's laptops: who has one, letting in, locking out, recovery sheets and the office key."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from forms.translation import plural, tr
from icv_app.commands.everyday import Command, typed_sheet, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.profiles import access, recovery
from icv_app.program import Program


def devices(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List the laptops of the scheme."""
    with unlocked(options, program, terminal) as laptop:
        found = access.every(laptop.store)
    if options.json:
        terminal.document(access.document(found))
        return
    terminal.say("\n".join(map(access.line, found)))
    if count := sum(each.status == "waiting" and bool(each.device) for each in found):
        terminal.tell(
            plural(
                "One laptop waits for the office: icv-app approve DEVICE, or icv-app refuse DEVICE.",
                "{count} laptops wait for the office: icv-app approve DEVICE, or icv-app refuse DEVICE.", count,
            )
        )  # fmt: skip


def approve(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Let a laptop in."""
    with unlocked(options, program, terminal) as laptop:
        found = access.named(laptop.store, options.device)
        access.approve(laptop.store, laptop.doorkeeper, found.device)
    terminal.say(
        tr("The laptop {id} of {person} is let in. The others know it once this laptop has shared.", id=found.short,
           person=found.person)
    )  # fmt: skip


def refuse(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Keep a laptop out."""
    with unlocked(options, program, terminal) as laptop:
        found = access.named(laptop.store, options.device)
        access.refuse(laptop.store, laptop.doorkeeper, found.device)
    terminal.say(
        tr("The laptop {id} of {person} is kept out. What it sends is kept and does not count.", id=found.short,
           person=found.person)
    )  # fmt: skip


def revoke(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Say what locking a laptop out means, ask, and do it."""
    with unlocked(options, program, terminal) as laptop:
        store, keeper = laptop.store, laptop.doorkeeper
        found = access.named(store, options.device)
        since = access.day_of(options.since, laptop.clock.today())
        access.refuse_revoking(found)
        lost = access.loss(store, keeper, found.device, since)
        terminal.tell("\n".join(access.revoke_words(found, lost, since)))
        question = tr("Lock out the laptop {id} of {person}.", id=found.short, person=found.person)
        terminal.confirm(question, yes=options.yes)
        access.revoke(store, keeper, found.device, since, options.reason)
    terminal.say(
        tr("The laptop {id} of {person} is locked out. Share now, so that every laptop knows it.", id=found.short,
           person=found.person)
    )  # fmt: skip


def recovery_sheet(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Write two identical recovery sheets as a PDF."""
    target: Path = options.file.absolute()
    if target.exists():
        terminal.confirm(tr("{file} is there already.", file=target), yes=options.yes)
    with unlocked(options, program, terminal) as laptop:
        lines = recovery.sheet(laptop.profile, laptop.store)
        program.documents.recovery_sheet(
            lines, target, scheme=laptop.identity.scheme, marking=laptop.report_marking, made=laptop.clock.today()
        )
        recovery.note_sheets(laptop.store)
    terminal.say(
        tr("Two recovery sheets are in {file}. Print them, keep them in two safe places, and delete the file.",
           file=target)
    )  # fmt: skip


def office_key(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Say whether this laptop holds the office key; with --enter, have it hold it."""
    with unlocked(options, program, terminal) as laptop:
        if options.enter is not None:
            recovery.hold(laptop.profile, laptop.store, typed_sheet(options.enter, terminal))
        held = laptop.profile.keyring.holder is not None
    terminal.say(
        tr("This laptop holds the office key: it can let others in and lock them out.")
        if held
        else tr("This laptop does not hold the office key. Take a recovery sheet: icv-app office-key --enter")
    )


COMMANDS: Mapping[str, Command] = {
    "devices": devices, "approve": approve, "refuse": refuse, "revoke": revoke, "recovery-sheet": recovery_sheet,
    "office-key": office_key,
}  # fmt: skip
"""The commands by the names of the command line."""
