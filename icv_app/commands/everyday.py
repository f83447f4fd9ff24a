"""The commands: each takes the parsed options, does one thing a person does, and says what came of it."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from forms.translation import plural, tr
from icv_app.backups import backup_round
from icv_app.commands import record_view
from icv_app.commands.terminal import Terminal
from icv_app.encryption.office_key import LINES
from icv_app.errors import InvalidInput, Unavailable
from icv_app.examples import demo as demonstration
from icv_app.interchange_folder import tidy
from icv_app.interchange_folder.exporting import in_the_way
from icv_app.laptop import Laptop
from icv_app.logs import logbook
from icv_app.profiles.vault import Strength
from icv_app.program import Program
from icv_app.sharing.probe import probe, refuse_unfit
from icv_app.sharing.verification import verify_profile, verify_share

Command = Callable[[argparse.Namespace, Program, Terminal], int | None]

VARIABLE = "ICV_PASSPHRASE"
INVITE_VARIABLE = "ICV_INVITE_PASSPHRASE"


def _passphrase(options: argparse.Namespace, terminal: Terminal, *, new: bool = False) -> str:
    prompt = tr("A passphrase for this laptop") if new else tr("Passphrase of this laptop")
    return terminal.passphrase(prompt, variable=VARIABLE, file=options.passphrase_file, new=new)


def _strength(program: Program) -> Strength:
    return program.strength or Strength.MODERATE


def unlocked(options: argparse.Namespace, program: Program, terminal: Terminal) -> Laptop:
    """Return the laptop that the options name. Raises InvalidInput("no_profile") and what `Laptop.unlock` raises."""
    if not Laptop.exists(options.profile):
        raise InvalidInput(
            "no_profile", tr("There is no profile in {folder}. Start with: icv-app init", folder=options.profile)
        )
    return Laptop.unlock(options.profile, _passphrase(options, terminal), clock=program.clock)


def init(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Start a scheme, or join one."""
    if Laptop.exists(options.profile):
        raise InvalidInput(
            "profile_exists", tr("There is a profile in {folder} already. Nothing was changed.", folder=options.profile)
        )
    hub = options.hub.absolute() if options.hub else None
    if hub is not None and hub.parent.is_dir():
        _try(hub, program, terminal)
    if options.recover is not None:
        laptop = _recovered(options, program, terminal, hub)
    elif options.join:
        if options.scheme or options.person or options.role:
            raise InvalidInput("usage", tr("With --join, the invitation says which scheme, person and role."))
        invited = terminal.passphrase(tr("The invitation's passphrase"), variable=INVITE_VARIABLE)
        laptop = Laptop.join(
            options.profile, invitation=options.join, invitation_passphrase=invited,
            passphrase=_passphrase(options, terminal, new=True), hub=hub, strength=_strength(program),
            clock=program.clock,
        )  # fmt: skip
    else:
        wanted = {"--scheme": options.scheme, "--person": options.person, "--role": options.role}
        if missing := [name for name, given in wanted.items() if not given]:
            raise InvalidInput(
                "usage",
                tr("To start a scheme, give {options}; to join one, give --join FILE.", options=", ".join(missing)),
            )
        laptop = Laptop.start(
            options.profile, scheme=options.scheme, person=options.person, role=options.role,
            passphrase=_passphrase(options, terminal, new=True), hub=hub, strength=_strength(program),
            clock=program.clock,
        )  # fmt: skip
    with laptop:
        terminal.say(
            tr(
                "{person} works in {scheme} from {folder}.",
                person=laptop.identity.person,
                scheme=laptop.identity.scheme,
                folder=options.profile,
            )
        )
        if options.recover is not None:
            terminal.say(laptop.sync().words)
    if hub and not hub.parent.is_dir():
        terminal.tell(
            tr("Noted for later: the folder of the shared file, {folder}, is not there now.", folder=hub.parent)
        )


def _recovered(options: argparse.Namespace, program: Program, terminal: Terminal, hub: Path | None) -> Laptop:
    """Return a new laptop that takes its scheme up again with a recovery sheet."""
    wanted = {"--person": options.person, "--role": options.role, "--hub": hub}
    if (missing := [name for name, given in wanted.items() if not given]) or options.join or options.scheme:
        raise InvalidInput(
            "usage",
            tr("With --recover, give {options}; the scheme's name stands in its shared file.",
               options=", ".join(missing or wanted)),
        )  # fmt: skip
    assert hub is not None
    return Laptop.recover(
        options.profile, sheet=typed_sheet(options.recover, terminal), person=options.person, role=options.role,
        hub=hub, passphrase=_passphrase(options, terminal, new=True), strength=_strength(program), clock=program.clock,
    )  # fmt: skip


def typed_sheet(file: str, terminal: Terminal) -> str:
    """Return the lines of a recovery sheet: those in `file`, or typed ones where it is "". Raises InvalidInput."""
    if not file:
        terminal.tell(tr("Type the {lines} lines of the recovery sheet, each with Enter at its end:", lines=LINES))
        typed: list[str] = []
        while len(typed) < LINES and (line := sys.stdin.readline()):
            typed += [line.strip()] if line.strip() else []
        return "\n".join(typed)
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InvalidInput("no_file", tr("There is no file {path}.", path=file)) from None
    except UnicodeDecodeError:
        raise InvalidInput("sheet", tr("{path} is not text.", path=file)) from None
    except OSError as error:
        raise Unavailable(
            "file_unreadable", tr("{path} cannot be read: {reason}.", path=file, reason=error.strerror)
        ) from error


def _try(hub: Path, program: Program, terminal: Terminal) -> None:
    """Try whether the folder of `hub` can hold a shared file, and tell what there is to say about it.

    Raises Unavailable("share_unfit") where it cannot, and ("share_away") where it is not there.
    """
    found = probe(hub.parent, clock=program.clock)
    refuse_unfit(found)
    if not found.clean:
        terminal.tell(found.words)


def invite(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Write an invitation."""
    with unlocked(options, program, terminal) as laptop:
        passphrase = terminal.passphrase(tr("A passphrase for the invitation"), variable=INVITE_VARIABLE, new=True)
        sites = _sites(options.sites, options.role, laptop)
        laptop.invite(options.file, options.person, options.role, passphrase, sites=sites, strength=_strength(program))
    terminal.say(
        tr(
            "The invitation for {person} is in {file}. Tell its passphrase by telephone.",
            person=options.person,
            file=options.file,
        )
    )


def _sites(text: str | None, role: str, laptop: Laptop) -> tuple[str, ...] | None:
    """Return the sites that an invitation names, None for all. Raises InvalidInput("site", "usage")."""
    if text is None:
        return None
    if role != "visitor":
        raise InvalidInput("usage", tr("Only a visitor is invited to some sites: the office reads everything."))
    known = {str(record.body.get("site", "")) for record in laptop.store.records("site")}
    chosen = tuple(sorted({each.strip() for each in text.split(",") if each.strip()}))
    if unknown := [each for each in chosen if each not in known]:
        raise InvalidInput("site", tr("This laptop knows no site {sites}.", sites=", ".join(unknown)))
    return chosen


def import_folder(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Bring an interchange folder in."""
    with unlocked(options, program, terminal) as laptop:
        result = laptop.import_folder(options.folder)
    terminal.tell(result.warned)
    terminal.say(result.words)


def export(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Write an interchange folder, tables, or both; masked where asked, and that copy says so."""
    folder, tables = options.folder, options.sqlite
    if folder is None and tables is None:
        raise InvalidInput("usage", tr("Give the name of a FOLDER, or of a file of tables: --sqlite FILE.db"))
    with unlocked(options, program, terminal) as laptop:
        old = in_the_way(folder) if folder else ()
        if old:
            question = tr("{folder} already holds {files}.", folder=folder, files=", ".join(old))
            terminal.confirm(question, yes=options.yes)
        if tables is not None:
            tidy.refuse(tables)
            if tables.exists():
                terminal.confirm(tr("{path} is there already.", path=tables), yes=options.yes)
            laptop.export_tables(tables, overwrite=True, mask=options.mask)
            terminal.say(tr("Written: {path}. It is not encrypted: keep it safe.", path=tables))
        if folder is not None:
            paths = laptop.export_folder(folder, overwrite=bool(old), mask=options.mask)
            terminal.say(
                plural(
                    "{count} file written to {folder}. They are not encrypted: keep them safe.",
                    "{count} files written to {folder}. They are not encrypted: keep them safe.",
                    len(paths),
                    folder=folder,
                )
            )
    if options.mask:
        terminal.say(tr("Free text is masked. Read it before it leaves the office: a mask never finds everything."))


def record(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """File one form from JSON."""
    answers = _json_object(options.file)
    with unlocked(options, program, terminal) as laptop:
        if not laptop.paperwork.lists()["sites"]:
            terminal.tell(tr("This laptop has no sites yet: share once, and they come with the rest of the scheme."))
        saved, left_out = laptop.paperwork.file(options.form, answers)
        found = laptop.store.by_id(saved.record)
    if left_out:
        terminal.tell(tr("Left out, because they do not apply: {names}.", names=", ".join(left_out)))
    if options.json:
        terminal.document({"record": saved.record.hex(), "revision": saved.rev.hex()})
    else:
        key = found.key if found else ""
        terminal.say(tr("{key} is safe on this laptop (record {record}).", key=key, record=saved.record.hex()))


def _json_object(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InvalidInput("no_file", tr("There is no file {path}.", path=file)) from None
    except OSError as error:
        raise Unavailable(
            "file_unreadable", tr("{path} cannot be read: {reason}.", path=file, reason=error.strerror)
        ) from error
    except UnicodeDecodeError:
        raise InvalidInput("not_json", tr("{path} is not UTF-8 text.", path=file)) from None
    except RecursionError:
        raise InvalidInput("not_json", tr("{path} is nested too deeply.", path=file)) from None
    except json.JSONDecodeError as error:
        raise InvalidInput(
            "not_json",
            tr(
                "{path} is not JSON: line {line}, column {column}: {reason}.",
                path=file,
                line=error.lineno,
                column=error.colno,
                reason=error.msg,
            ),
        ) from None
    if not isinstance(content, dict):
        raise InvalidInput(
            "not_json", tr("{path} must hold one JSON object: field names of the form and their answers.", path=file)
        )
    return content


def list_records(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List records."""
    with unlocked(options, program, terminal) as laptop:
        rows = record_view.listing(laptop.store, options.kind)
    if options.json:
        terminal.document(rows)
    elif rows:
        terminal.say(record_view.as_lines(rows))
    else:
        terminal.tell(tr("Nothing of that kind is held on this laptop."))


def show(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Show one record."""
    with unlocked(options, program, terminal) as laptop:
        found = record_view.whole(laptop.store, options.record)
        if not laptop.logbook.read(found["kind"], found["key"], bytes.fromhex(found["history"][-1]["revision"])):
            terminal.tell(logbook.warning())
    if options.json:
        terminal.document(found)
    else:
        terminal.say(record_view.as_text(found))


def sync(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Exchange with the shared file."""
    with unlocked(options, program, terminal) as laptop:
        hub = options.hub.absolute() if options.hub else None
        if hub is not None and hub != laptop.hub:
            _try(hub, program, terminal)
        outcome = laptop.sync(hub)
        if laptop.office:
            from icv_app.summaries import quarter_end  # what reads calendars would slow every start

            for each in quarter_end.beside(laptop.store.connection):
                terminal.tell(each.words)
        terminal.tell(backup_round.noted(laptop.profile))
    if options.json:
        terminal.tell(outcome.words)
        terminal.document(
            {
                "sent": outcome.sent,
                "received": outcome.received,
                "conflicts": outcome.conflicts,
                "verified": outcome.verified,
            }
        )
    else:
        terminal.say(outcome.words)


def verify(options: argparse.Namespace, program: Program, terminal: Terminal) -> int:
    """Check every entry of this laptop, and of the shared file where one is named or known; 2 where one is bad."""
    with unlocked(options, program, terminal) as laptop:
        verdicts = [verify_profile(laptop.store)]
        hub = options.hub.absolute() if options.hub else laptop.hub
        if hub is not None:
            verdicts.append(verify_share(laptop.store, hub, laptop.profile.hub_key, laptop.identity.hub_id))
            if not verdicts[-1].sound:
                terminal.tell(tr("Share now: what is damaged there is put aside, and what was in it made again."))
    flaws = [flaw for verdict in verdicts for flaw in verdict.flaws]
    lines = [
        plural(
            "{files}: {count:,} entry read", "{files}: {count:,} entries read", verdict.entries,
            files=", ".join(verdict.files),
        )
        for verdict in verdicts
    ]  # fmt: skip
    lines += [
        tr("{name}: not of this scheme, passed by", name=name) for verdict in verdicts for name in verdict.foreign
    ]
    lines += [f"{flaw.file}: {flaw.words}" for flaw in flaws] or [tr("Everything is as it was written.")]
    if options.json:
        terminal.tell("\n".join(lines))
        terminal.document(
            {
                "ok": not flaws,
                "entries": sum(verdict.entries for verdict in verdicts),
                "files": [name for verdict in verdicts for name in verdict.files],
                "bad": [{"file": flaw.file, "reason": flaw.words} for flaw in flaws],
                "foreign": [name for verdict in verdicts for name in verdict.foreign],
            }
        )
    else:
        terminal.say("\n".join(lines))
    return 2 if flaws else 0


def demo(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Do the main job once."""
    folder: Path = options.folder
    if folder.exists() and not folder.is_dir():
        raise InvalidInput("not_a_folder", tr("{folder} is a file. Give the name of a folder.", folder=folder))
    if folder.is_dir() and any(folder.iterdir()):
        question = tr("{folder} is not empty. What an earlier demo left there is replaced.", folder=folder)
        terminal.confirm(question, yes=options.yes)
    make = demonstration.run_large if options.large else demonstration.run
    terminal.say(make(folder, program, tell=terminal.tell))


COMMANDS: Mapping[str, Command] = {
    "init": init,
    "invite": invite,
    "import": import_folder,
    "export": export,
    "record": record,
    "list": list_records,
    "show": show,
    "sync": sync,
    "verify": verify,
    "demo": demo,
}
"""The commands by the names of the command line."""
