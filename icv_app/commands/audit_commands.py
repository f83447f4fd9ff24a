"""The office's commands on its own duties: who did what on which laptop, and everything that is held on one person."""

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from forms.translation import plural, tr
from icv_app import typed
from icv_app.commands.everyday import Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.errors import InvalidInput
from icv_app.logs import log_wording
from icv_app.logs.trail import Filter
from icv_app.program import Program


def audit(options: argparse.Namespace, program: Program, terminal: Terminal) -> int:
    """Show the logs of all laptops, the latest entry last; 2 where a log is broken or a part of one is missing."""
    wanted = Filter(
        person=options.person or "", record=options.record or "", action=options.action or "",
        first=_day(options.first), last=_day(options.last),
    )  # fmt: skip
    with unlocked(options, program, terminal) as laptop:
        laptop.oversight.note_reading()
        whole = laptop.oversight.trail()
        entries = laptop.oversight.chosen(whole, wanted)[::-1]
    laptops = [
        {
            "device": chain.device, "people": list(chain.people), "entries": chain.count,
            "until": chain.until.isoformat() if chain.until else None, "bad": list(chain.flaws),
            "disposed": list(chain.disposed),
        }
        for chain in whole.chains
    ]  # fmt: skip
    if options.json:
        terminal.document(log_wording.document(entries, whole.flaws, laptops))
    else:
        for line in map(log_wording.line, entries):
            terminal.say("  ".join(part for part in (line.when, line.who, line.did, line.more) if part))
        if not entries:
            terminal.tell(tr("There is no such entry."))
    for words in (*whole.disposed, *whole.flaws):
        terminal.tell(words)
    return 2 if whole.flaws else 0


def _day(text: str | None) -> date | None:
    return None if text is None else typed.day(text)


def person(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Write everything that is held on one person into a folder."""
    folder: Path = options.output
    if folder.exists() and not folder.is_dir():
        raise InvalidInput("not_a_folder", tr("{folder} is a file. Give the name of a folder.", folder=folder))
    if folder.is_dir() and any(folder.iterdir()):
        question = tr("{folder} is not empty. An earlier copy there is replaced.", folder=folder)
        terminal.confirm(question, yes=options.yes)
    with unlocked(options, program, terminal) as laptop:
        laptop.oversight.note_search(options.person)
        found = laptop.oversight.copy_of(laptop.oversight.find(options.person), unmasked=options.unmasked)
        laptop.oversight.note_copy(found)
        paths = program.documents.person(
            found, folder, scheme=laptop.identity.scheme, marking=laptop.report_marking, today=laptop.clock.today()
        )
    terminal.tell("\n".join(found.not_searched))
    terminal.say(
        plural(
            "{person}: found in {count} record. Written: {files}. They are not encrypted: keep them safe.",
            "{person}: found in {count} records. Written: {files}. They are not encrypted: keep them safe.",
            len(found.items), person=found.reference, files=", ".join(map(str, paths)),
        )
    )  # fmt: skip
    if found.masked:
        terminal.say(tr("Other people are masked. Read it before it leaves the office: a mask never finds everything."))


COMMANDS: Mapping[str, Command] = {"audit": audit, "person": person}
"""The commands by the names of the command line."""
