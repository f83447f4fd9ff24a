"""The commands of backups: make one, list them, choose a second place, and restore one after showing what that does."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from forms.translation import tr
from icv_app.backups import backup_places, backup_round, restore_preview
from icv_app.backups.backup_places import Backup
from icv_app.backups.restore import Restoration
from icv_app.backups.restore_preview import Preview
from icv_app.commands.everyday import VARIABLE, Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.errors import InvalidInput
from icv_app.files.backup_file import SUFFIX
from icv_app.program import Program

PRESENT_VARIABLE = "ICV_PRESENT_PASSPHRASE"


def backup(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Back the whole profile up to one file."""
    target: Path = options.file.absolute()
    if target.is_dir():
        raise InvalidInput(
            "not_a_file", tr("{file} is a folder. Give the name of a file in it, such as {example}.", file=target,
                             example=target / f"laptop{SUFFIX}")
        )  # fmt: skip
    if target.exists():
        terminal.confirm(tr("{file} is there already.", file=target), yes=options.yes)
    with unlocked(options, program, terminal) as laptop:
        made = backup_places.make(laptop.profile, target, overwrite=target.exists())
    if options.json:
        terminal.document(
            {
                "file": str(made.path), "made": made.made.isoformat(timespec="seconds"), "bytes": made.size,
                "revisions": made.revisions, "drafts": made.drafts, "checked": True,
            }
        )  # fmt: skip
        return
    terminal.say(
        tr(
            "Everything on this laptop is in {file}, read back and checked: {revisions} entries and {drafts} drafts. "
            "It opens with the passphrase of today.",
            file=made.path,
            revisions=made.revisions,
            drafts=made.drafts,
        )
    )


def backups(options: argparse.Namespace, program: Program, terminal: Terminal) -> int:
    """List the backups; make one now, or choose the second place, where asked. 3 where one could not be made."""
    if options.second and options.no_second:
        raise InvalidInput("usage", tr("Give --second DIR or --no-second, not both."))
    with unlocked(options, program, terminal) as laptop:
        profile = laptop.profile
        if options.second or options.no_second:
            backup_places.set_second_place(profile, options.second)
        found = backup_round.run(profile, always=True) if options.now else backup_round.faults(profile)
        warned = backup_round.warning(profile, found)
        held, second = backup_places.places(profile), backup_places.second_place(profile)
    terminal.tell(warned)
    if options.json:
        terminal.document(
            {
                "second": None if second is None else str(second.folder), "warning": warned or None,
                "backups": [
                    {
                        "file": str(each.path), "made": each.made.isoformat(timespec="seconds"), "place": each.place,
                        "bytes": each.size, "before_restore": each.before,
                    }
                    for each in held
                ],
            }
        )  # fmt: skip
    elif held:
        terminal.say("\n".join(_line(each) for each in held))
    else:
        terminal.tell(tr("No backup has been made yet."))
    return 3 if options.now and found else 0


def _line(each: Backup) -> str:
    size = tr("not there now") if each.size is None else tr("{kilobytes} kB", kilobytes=f"{each.size // 1000:,}")
    made = f"{each.made:%Y-%m-%d %H:%M}"
    if each.before:
        return tr("{made}  {size}  {file}  (kept from before a restore)", made=made, size=size, file=each.path)
    return tr("{made}  {size}  {file}", made=made, size=size, file=each.path)


def restore(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Show what restoring a backup would add and lose, ask, and put it in the profile's place."""
    prompt = tr("Passphrase of the backup")
    passphrase = terminal.passphrase(prompt, variable=VARIABLE, file=options.passphrase_file)
    with Restoration.open(options.file.absolute(), options.profile, passphrase, clock=program.clock) as restoration:
        preview = restoration.preview(passphrases=(passphrase,))
        if preview.present == "closed" and (other := _present_passphrase(terminal)):
            preview = restoration.preview(passphrases=(other,))
        if not options.json:
            terminal.say("\n".join(restore_preview.words(preview)))
        if preview.present != "none":
            _agree(options, preview, terminal)
        done = restoration.carry_out()
    if options.json:
        terminal.document(
            {"restored": True, "kept": None if done.kept is None else str(done.kept), **preview.as_fields()}
        )
        return
    terminal.say(tr("Restored. The passphrase is that of the backup."))
    if done.kept is not None:
        terminal.say(tr("What was here before is in {file}.", file=done.kept))


def _agree(options: argparse.Namespace, preview: Preview, terminal: Terminal) -> None:
    question = tr("This takes the place of everything that the profile in {folder} holds.", folder=options.profile)
    try:
        terminal.confirm(question, yes=options.yes)
    except InvalidInput:
        if options.json:
            terminal.document({"restored": False, "kept": None, **preview.as_fields()})
        raise


def _present_passphrase(terminal: Terminal) -> str:
    """Ask for the passphrase of the profile that is there now; "" where nobody can tell."""
    try:
        return terminal.passphrase(
            tr("Passphrase of this laptop now (leave it empty if it is not known)"), variable=PRESENT_VARIABLE
        )
    except InvalidInput:
        return ""


COMMANDS: Mapping[str, Command] = {"backup": backup, "backups": backups, "restore": restore}
"""The commands by the names of the command line."""
