"""The commands of the shared file's health: tell it, probe a folder, and make the shared file again."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from forms.translation import plural, tr
from icv_app.commands.everyday import Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.errors import InvalidInput
from icv_app.program import Program
from icv_app.share_health import device_report, health_document, health_report
from icv_app.share_health.health_wording import moment_words, size_words
from icv_app.sharing.probe import Probe, probe


def health(options: argparse.Namespace, program: Program, terminal: Terminal) -> int:
    """Tell the state of the shared file and of the laptops; 2 where the shared file is bad, 3 where it is away."""
    with unlocked(options, program, terminal) as laptop:
        found = laptop.health(options.hub.absolute() if options.hub else None)
    points = health_report.points(found)
    lines = [health_report.verdict(found)]
    lines += [f"- {point.words} {point.advice}".rstrip() for point in points]
    share = found.share
    if share is not None and share.hub.file is not None:
        lines.append(
            tr(
                "{name}: {size}, renewed {when}; {packs}; {room} free.",
                name=share.hub_path.name,
                size=size_words(share.hub.file.size),
                when=moment_words(share.hub.file.changed),
                packs=plural("{count} pack", "{count:,} packs", share.packs),
                room=size_words(share.free or 0),
            )
        )
    for device in found.devices:
        lines.append(
            tr(
                "{who}: {entries}, heard of {when}.",
                who=device_report.name_of(device, found.devices),
                entries=plural("{count:,} entry", "{count:,} entries", device.entries),
                when=moment_words(device.seen),
            )
        )
    if options.json:
        terminal.tell("\n".join(lines))
        terminal.document(health_document.document(found))
    else:
        terminal.say("\n".join(lines))
    if share is not None and share.trouble:
        return 3
    return 2 if share is not None and share.hub.state in ("foreign", "damaged") else 0


def probe_folder(options: argparse.Namespace, program: Program, terminal: Terminal) -> int:
    """Try what the shared file needs in a folder; 2 where it cannot be used. Needs no profile."""
    folder: Path = options.folder.absolute()
    if folder.is_file():
        folder = folder.parent
    found = probe(folder, clock=program.clock)
    if options.json:
        terminal.tell(found.words)
        terminal.document(_document(found))
    else:
        worked = (each.words for each in found.checks if each.state == "works")
        terminal.say("\n".join((found.words, *worked)))
    return 0 if found.usable else 2


def _document(found: Probe) -> dict[str, object]:
    return {
        "folder": str(found.folder),
        "usable": found.usable,
        "checks": [
            {"check": each.name, "state": each.state, "words": each.words, "advice": each.advice}
            for each in found.checks
        ],
        "remarks": [
            {"kind": each.kind, "name": each.name, "words": each.words, "advice": each.advice} for each in found.remarks
        ],
    }


def rebuild(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Make the shared file again from what this laptop holds; what stands there is put aside, never deleted."""
    with unlocked(options, program, terminal) as laptop:
        hub = options.hub.absolute() if options.hub else laptop.hub
        if hub is None:
            raise InvalidInput("no_hub", tr("Nobody has said yet where the shared file is. Give its path once."))
        if hub.exists():
            question = tr(
                "{name} would be put aside under another name, and made again from this laptop.", name=hub.name
            )
            terminal.confirm(question, yes=options.yes)
        done = laptop.rebuild(hub)
    if done.aside:
        terminal.tell(tr("What stood there is now {name}. It was not deleted.", name=done.aside))
    terminal.say(tr("The shared file was made again from this laptop.") + " " + done.outcome.words)


COMMANDS: Mapping[str, Command] = {"health": health, "probe": probe_folder, "rebuild": rebuild}
"""The commands by the names of the command line."""
