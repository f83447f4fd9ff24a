"""The command line: its grammar, and the exit status that each command ends with (`interfaces.md` §1)."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import platformdirs

from icv_app import __version__
from icv_app.commands import office_grammar, paper_grammar
from icv_app.commands.terminal import Terminal, forget_output
from icv_app.errors import IcvError
from icv_app.identity import ROLES
from icv_app.program import Program

PROFILE_HELP = "this laptop's data folder (default: the platform's user-data folder)"


def run(argv: Sequence[str], program: Program, terminal: Terminal | None = None) -> int:
    """Carry out one command and return its exit status: 0 done, 2 the input is wrong, 3 the surroundings are.

    A fault of the program itself is no exit status of this function: it is raised, and ends the process with 1.
    """
    terminal = terminal or Terminal()
    try:
        options = parser().parse_args(argv)
    except SystemExit as end:  # argparse has said why
        return int(end.code or 0)
    options.profile = Path(options.profile) if "profile" in options else default_profile()
    options.passphrase_file = Path(options.passphrase_file) if "passphrase_file" in options else None
    try:
        if options.command is None:
            return program.window(list(argv), options.profile)
        # storage and cryptography take a third of a second: not for the window
        from icv_app.commands import (
            audit_commands,
            backup_commands,
            device_commands,
            disposal_commands,
            dispute_commands,
            everyday,
            follow_up_commands,
            form_commands,
            health_commands,
            panel_commands,
            paper_commands,
            passphrase_commands,
            period_commands,
            plan_commands,
            quality_commands,
            rota_commands,
            search_commands,
            site_commands,
            summary_commands,
            volunteer_commands,
        )

        known = {
            **audit_commands.COMMANDS, **backup_commands.COMMANDS, **everyday.COMMANDS,
            **form_commands.COMMANDS, **dispute_commands.COMMANDS, **passphrase_commands.COMMANDS,
            **health_commands.COMMANDS, **disposal_commands.COMMANDS, **plan_commands.COMMANDS,
            **panel_commands.COMMANDS, **paper_commands.COMMANDS, **period_commands.COMMANDS, **rota_commands.COMMANDS,
            **quality_commands.COMMANDS, **search_commands.COMMANDS,
            **device_commands.COMMANDS, **follow_up_commands.COMMANDS,
            **site_commands.COMMANDS, **summary_commands.COMMANDS, **volunteer_commands.COMMANDS,
        }  # fmt: skip
        status = known[options.command](options, program, terminal)
    except IcvError as error:
        terminal.tell(error.words)
        return error.status
    except BrokenPipeError:  # whoever read our output has enough (`icv-app list | head`)
        forget_output()
        return 0
    except KeyboardInterrupt:
        terminal.tell("Stopped. Whatever was reported as done is kept.")
        return 3
    return int(status or 0)


def default_profile() -> Path:
    """Return the platform's place for this program's data."""
    return platformdirs.user_data_path("icv-app", appauthor=False)


class _Parser(argparse.ArgumentParser):
    """Writes what is wrong in one line, then how the command goes."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{self.prog}: {message}\n")
        self.print_usage(sys.stderr)
        raise SystemExit(2)


def parser() -> argparse.ArgumentParser:
    """Return the grammar. `--profile` and `--passphrase-file` may stand before the command or after it."""
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--profile", metavar="DIR", help=PROFILE_HELP)
    common.add_argument("--passphrase-file", metavar="FILE", help="a file whose first line is the passphrase")
    root = _Parser(
        prog="icv-app", parents=[common], allow_abbrev=False,
        description="Independent custody visiting: capture offline, share one file, defend every figure.",
        epilog="Without a command the window opens. Exit status: 0 done, 1 a fault of the program, 2 the input or the "
        "command is wrong, 3 the surroundings are (nothing is lost: try again).",
    )  # fmt: skip
    root.add_argument("--version", action="version", version=f"icv-app {__version__}")
    root.set_defaults(command=None)
    verbs = root.add_subparsers(metavar="COMMAND", title="commands", parser_class=_Parser)

    def verb(name: str, words: str) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, parents=[common], allow_abbrev=False, help=words, description=words)
        made.set_defaults(command=name)
        return made

    init = verb("init", "start a scheme in a new profile, or join one by an invitation")
    init.add_argument("--scheme", metavar="NAME", help="the scheme's name, to start one")
    init.add_argument("--person", metavar="REF", help="your reference, such as ICV01; never a name")
    init.add_argument("--role", choices=ROLES)
    init.add_argument("--join", metavar="FILE", type=Path, help="an invitation file, to join a scheme")
    init.add_argument("--hub", metavar="FILE", type=Path, help="where the shared file (NAME.icvhub) is or shall be")
    init.add_argument(
        "--recover", metavar="FILE", nargs="?", const="",
        help="take a scheme up again with a recovery sheet: its lines are in FILE, or are asked for",
    )  # fmt: skip

    invite = verb("invite", "write an invitation for another laptop")
    invite.add_argument("file", metavar="FILE", type=Path)
    invite.add_argument("--person", metavar="REF", required=True)
    invite.add_argument("--role", choices=ROLES, required=True)

    invite.add_argument(
        "--sites", metavar="CODE,CODE", help="whose last report and open findings a visitor gets (default: all)"
    )

    _devices(verb)
    office_grammar.add(verb)

    brought = verb("import", "bring in an interchange folder, all or nothing")
    brought.add_argument("folder", metavar="FOLDER", type=Path)

    export = verb("export", "write everything as an interchange folder, or as tables for other programs")
    export.add_argument("folder", metavar="FOLDER", type=Path, nargs="?")
    export.add_argument("--sqlite", metavar="FILE.db", type=Path, help="write an unencrypted SQLite file of tables")
    export.add_argument("--mask", action="store_true", help="leave out of the free text what may tell who somebody is")
    export.add_argument("--yes", action="store_true", help="replace the files that are there")

    record = verb("record", "file one completed form from JSON")
    record.add_argument("form", metavar="FORM")
    record.add_argument("file", metavar="FILE.json", type=Path)
    record.add_argument("--json", action="store_true")

    listed = verb("list", "list what this laptop holds")
    listed.add_argument("kind", metavar="KIND", nargs="?", help="of one kind (visit, slot, ...) or one form")
    listed.add_argument("--json", action="store_true")

    show = verb("show", "show one record with its history")
    show.add_argument("record", metavar="RECORD", help="its id, or the reference that people know it by")
    show.add_argument("--json", action="store_true")

    sync = verb("sync", "exchange with the shared file")
    sync.add_argument("hub", metavar="HUB", type=Path, nargs="?")
    sync.add_argument("--json", action="store_true")

    _audit(verb)

    verify = verb("verify", "check the integrity of this laptop's records and of the shared file")
    verify.add_argument("hub", metavar="HUB", type=Path, nargs="?")
    verify.add_argument("--json", action="store_true")

    health = verb("health", "tell the state of the shared file and of the scheme's laptops, and what needs doing")
    health.add_argument("hub", metavar="HUB", type=Path, nargs="?")
    health.add_argument("--json", action="store_true")

    probe = verb("probe", "try whether a folder can hold the shared file")
    probe.add_argument("folder", metavar="FOLDER", type=Path)
    probe.add_argument("--json", action="store_true")

    rebuild = verb("rebuild", "make the shared file again from this laptop; what stands there is put aside")
    rebuild.add_argument("hub", metavar="HUB", type=Path, nargs="?")
    rebuild.add_argument("--yes", action="store_true", help="go ahead without asking")

    _disposal(verb, common)

    paper_grammar.add(verb("paper-templates", "list the templates of papers, and edit them in a spreadsheet"), common)
    _forms(verb("forms", "list the forms, and take them to a spreadsheet and back"), common)

    printed = verb("print", "write one report as a PDF")
    printed.add_argument("record", metavar="RECORD", help="the reference that people know it by")
    printed.add_argument("file", metavar="FILE.pdf", type=Path)
    printed.add_argument("--mask", action="store_true", help="black out what may tell who somebody is")
    printed.add_argument("--yes", action="store_true", help="replace the file where it is there")

    verb("passphrase", "change this laptop's passphrase; its data stay as they are, and nobody may have it open")

    _oversight(verb)

    backup = verb("backup", "write everything on this laptop to one file, still under its passphrase")
    backup.add_argument("file", metavar="FILE", type=Path)
    backup.add_argument("--yes", action="store_true", help="replace FILE where it is there")
    backup.add_argument("--json", action="store_true")

    backups = verb("backups", "list the backups of this laptop")
    backups.add_argument("--now", action="store_true", help="make those of the schedule now")
    backups.add_argument("--second", metavar="DIR", type=Path, help="have them written to DIR as well from now on")
    backups.add_argument("--no-second", action="store_true", help="no longer")
    backups.add_argument("--json", action="store_true")

    restore = verb("restore", "show what a backup would add and lose, and put it in this laptop's place")
    restore.add_argument("file", metavar="FILE", type=Path)
    restore.add_argument("--yes", action="store_true", help="go ahead without asking")
    restore.add_argument("--json", action="store_true")

    plan = verb("plan", "say when a planned visit is to be made: read by its pair and the office alone")
    plan.add_argument("slot", metavar="SLOT", help="of the rota, such as S2026-48-EUS")
    plan.add_argument("--day", metavar="DATE", help="such as 2026-11-25")
    plan.add_argument("--time", metavar="TIME", help="such as 19:30, where it was agreed")
    plan.add_argument("--drop", action="store_true", help="take it back")

    plans = verb("plans", "list the planned visits that this laptop may read")
    plans.add_argument("--json", action="store_true")

    demo = verb("demo", "do the main job once, with two laptops and one shared file, in a folder")
    demo.add_argument("folder", metavar="DIR", type=Path, nargs="?", default=Path("demo-output"))
    demo.add_argument(
        "--yes", action="store_true", help="go ahead where DIR is not empty; an earlier demo there is replaced"
    )
    demo.add_argument(
        "--large", action="store_true", help="make a large invented scheme instead: 6 suites, 60 volunteers, 600 visits"
    )
    return root


def _devices(verb: Callable[[str, str], argparse.ArgumentParser]) -> None:
    listed = verb("devices", "list the scheme's laptops, how each stands, and what of it is kept and not counted")
    listed.add_argument("--json", action="store_true")

    one = "the beginning of its id, as `devices` lists it, or the person's reference"
    verb("approve", "let in a laptop that waits (the office)").add_argument("device", metavar="DEVICE", help=one)
    verb("refuse", "keep out a laptop that waits (the office)").add_argument("device", metavar="DEVICE", help=one)

    revoke = verb("revoke", "lock a laptop out of the scheme, after saying what that means (the office)")
    revoke.add_argument("device", metavar="DEVICE", help=one)
    revoke.add_argument(
        "--since", metavar="DATE", default="now",
        help="from this day on, such as 2026-11-22, what it wrote does not count (now: all that is here counts)",
    )  # fmt: skip
    revoke.add_argument("--reason", metavar="TEXT", default="", help="stands in the log; names nobody")
    revoke.add_argument("--yes", action="store_true", help="go ahead without asking")

    sheet = verb("recovery-sheet", "write the office key as two recovery sheets, to be printed (the office)")
    sheet.add_argument("file", metavar="FILE.pdf", type=Path)
    sheet.add_argument("--yes", action="store_true", help="replace the file where it is there")

    key = verb("office-key", "say whether this laptop holds the office key, or have it hold it (the office)")
    key.add_argument(
        "--enter", metavar="FILE", nargs="?", const="",
        help="enter it off a recovery sheet: its lines are in FILE, or are asked for",
    )  # fmt: skip


def _oversight(verb: Callable[[str, str], argparse.ArgumentParser]) -> None:
    differing = verb("conflicts", "list what two people entered differently, with every value")
    differing.add_argument("--json", action="store_true")

    settle = verb("settle", "choose between the values of a record that two people entered differently")
    settle.add_argument("record", metavar="RECORD", help="its id, or the reference that people know it by")
    settle.add_argument("--choose", metavar="FIELD=NUMBER", action="append", help="a value, as `conflicts` lists it")
    settle.add_argument("--enter", metavar="FIELD=VALUE", action="append", help="a value in place of those entered")
    settle.add_argument("--json", action="store_true")

    back = verb("return", "send a report back for correction")
    back.add_argument("record", metavar="RECORD", help="the reference that people know it by")
    back.add_argument(
        "--comment", metavar="'QUESTION: WORDS'", action="append", required=True,
        help="what is to be put right, at a question (its field name); without one, in the report as a whole",
    )  # fmt: skip
    back.add_argument("--json", action="store_true")

    accept = verb("accept", "mark a report as checked by the office")
    accept.add_argument("record", metavar="RECORD", help="the reference that people know it by")
    accept.add_argument("--json", action="store_true")


def _audit(verb: Callable[[str, str], argparse.ArgumentParser]) -> None:
    audit = verb("audit", "show who did what on which laptop (the office)")
    audit.add_argument("--person", metavar="REF", help="what this person did")
    audit.add_argument("--record", metavar="KEY", help="what was done with this record")
    audit.add_argument("--from", metavar="DATE", dest="first", help="from this day on, such as 2026-11-22")
    audit.add_argument("--to", metavar="DATE", dest="last", help="up to this day")
    audit.add_argument("--action", metavar="ACTION", help="such as read, changed, exported or opened")
    audit.add_argument("--json", action="store_true")

    person = verb("person", "write everything that is held on one person, for a request for access (the office)")
    person.add_argument("person", metavar="REF", help="a volunteer's code, or a custody number in any spelling")
    person.add_argument("-o", "--output", metavar="FOLDER", type=Path, required=True)
    person.add_argument("--unmasked", action="store_true", help="leave other people's details in, for your own check")
    person.add_argument("--yes", action="store_true", help="replace an earlier copy that is there")


def _disposal(verb: Callable[[str, str], argparse.ArgumentParser], common: _Parser) -> None:
    dispose = verb("dispose", "list what is due for disposal, dispose of it, and see the certificates")
    dispose.add_argument("--due", action="store_true", help="only list what is due")
    dispose.add_argument("--class", dest="classes", metavar="CLASS", action="append", help="only this class; repeat it")
    dispose.add_argument(
        "--keep", metavar="RECORD=REASON", action="append", default=[], help="leave one out, and say why; repeat it"
    )
    dispose.add_argument("--reason", metavar="WORDS", default="", help="stands on the certificate")
    dispose.add_argument("--certificates", action="store_true", help="list the certificates and what is left to do")
    dispose.add_argument("--certificate", metavar=("NUMBER", "FILE.pdf"), nargs=2, help="write one as a PDF")
    dispose.add_argument("--tick", metavar=("NUMBER", "ITEM"), nargs=2, help="note that an item was destroyed by hand")
    dispose.add_argument(
        "--period", metavar="CLASS=MONTHS", action="append", default=[], help="set how long a class is kept; repeat it"
    )
    dispose.add_argument(
        "--report", metavar="REPORT:YEAR=DATE", action="append", default=[],
        help="enter the day of annual_report or icva_report, such as annual_report:2025-26=2026-10-01",
    )  # fmt: skip
    dispose.add_argument("--yes", action="store_true", help="go ahead without asking")
    dispose.add_argument("--json", action="store_true")

    erase = verb("erase", "erase one record, or answers in it, on every laptop and in the shared file")
    erase.add_argument("record", metavar="RECORD", help="the reference that people know it by")
    erase.add_argument("--reason", metavar="WORDS", required=True, help="read by everybody; names nobody")
    erase.add_argument(
        "--field", metavar="PATH", action="append", help="only this answer or row (issues/ROW/issue_text); repeat it"
    )
    erase.add_argument("--yes", action="store_true", help="go ahead without asking")
    erase.add_argument("--json", action="store_true")

    verbs = verb("hold", "keep something from being disposed of, for as long as it is needed").add_subparsers(
        metavar="VERB", dest="verb", required=True, parser_class=_Parser
    )
    listed = verbs.add_parser("list", parents=[common], allow_abbrev=False, help="list the holds")
    listed.add_argument("--json", action="store_true")
    words = "hold a report, a site or a custody number"
    add = verbs.add_parser("add", parents=[common], allow_abbrev=False, help=words)
    add.add_argument("--record", metavar="RECORD", default="")
    add.add_argument("--site", metavar="SITE", default="")
    add.add_argument("--from", dest="first", metavar="DATE", default="")
    add.add_argument("--to", dest="last", metavar="DATE", default="")
    add.add_argument("--custody-number", metavar="NUMBER", default="")
    add.add_argument("--reason", metavar="REASON", required=True,
                     help="complaint, investigation, death_in_custody, claim or other")  # fmt: skip
    add.add_argument("--words", metavar="WORDS", default="", help="names nobody")
    lift = verbs.add_parser("lift", parents=[common], allow_abbrev=False, help="lift a hold that is over")
    lift.add_argument("hold", metavar="HOLD")


def _forms(forms: argparse.ArgumentParser, common: _Parser) -> None:
    verbs = forms.add_subparsers(metavar="VERB", dest="verb", required=True, parser_class=_Parser)

    def verb(name: str, words: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, parents=[common], allow_abbrev=False, help=words, description=words)

    listed = verb("list", "list the forms and their versions")
    listed.add_argument("--json", action="store_true")

    export = verb("export", "write a form as an XLSForm workbook")
    export.add_argument("form", metavar="FORM")
    export.add_argument("file", metavar="FILE.xlsx", type=Path)
    export.add_argument("--version", metavar="V", help="an earlier version (default: the one in force)")
    export.add_argument("--yes", action="store_true", help="replace the file where it is there")

    brought = verb("import", "show what a workbook would change, and publish it to the whole scheme")
    brought.add_argument("file", metavar="FILE.xlsx", type=Path)
    brought.add_argument("--yes", action="store_true", help="publish without asking")
    brought.add_argument("--json", action="store_true")

    blank = verb("print", "write a blank form as a PDF, to be filled in with a pen")
    blank.add_argument("form", metavar="FORM")
    blank.add_argument("file", metavar="FILE.pdf", type=Path)
    blank.add_argument("--site", metavar="SITE", help="printed beforehand")
    blank.add_argument("--date", metavar="DATE", help="printed beforehand, such as 2026-11-22")
    blank.add_argument("--language", metavar="CODE", help="such as cy for Welsh")
    blank.add_argument("--yes", action="store_true", help="replace the file where it is there")
