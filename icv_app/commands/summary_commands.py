"""The command that makes a period's documents: the summary, a panel's paper and their kin, in any format."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from forms.translation import tr
from icv_app.account import Account
from icv_app.commands.everyday import unlocked
from icv_app.commands.terminal import Terminal
from icv_app.errors import InvalidInput
from icv_app.figure import Period
from icv_app.files import whole_file
from icv_app.laptop import Laptop
from icv_app.periods import known_as, parse_period
from icv_app.program import FORMATS, TABLES, TEXTS, Program
from icv_app.public import disclosure
from icv_app.summaries import part_of_scheme, published

UNMARKED = ("csv", "json")
"""Formats that have no place for the marking: it stands in the name of the file alone."""
_KINDS = {"panel-paper": "panel_paper", "icva-return": "icva_return"}
"""What the log calls a document, where that is not its name on the command line."""


def summary(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Write a document of a period to a file, into a folder under its own name, or, where it is text, to the output."""
    period = known_as(parse_period(options.period))
    target: Path | None = options.output
    folder = target if target is not None and _is_folder(target) else None
    chosen = _format(options.format, None if folder else target)
    if chosen not in TEXTS and target is None and terminal.on_screen:
        raise InvalidInput("usage", tr("A document of this kind needs a file: -o FILE."))
    if target is not None and folder is None:
        _ask(target, options, terminal)
    with unlocked(options, program, terminal) as laptop:
        account = _account(options, laptop, period)
        found = disclosure.check(account, disclosure.FIGURES if chosen in TABLES else options.document)
        if not account.whole:
            terminal.tell(part_of_scheme.words())
        terminal.tell("\n".join(found.words if account.public else (*found.guard, *found.still)))
        if folder is not None:
            target = folder / program.documents.file_name(options.document, account, chosen)
            _ask(target, options, terminal)
        made = program.documents.make(options.document, account, chosen)
        _leave(laptop, options, account, chosen)
        if target is None:
            if chosen in TEXTS:
                terminal.say(made.decode())
            else:
                terminal.give(made)
            return
        whole_file.put(target, made)
    terminal.tell(tr("Written: {file}", file=target))
    if chosen in UNMARKED and not target.name.startswith(account.marking):
        terminal.tell(
            tr("The file holds no marking, and neither does its name. It is {marking}.", marking=account.marking)
        )


def _account(options: argparse.Namespace, laptop: Laptop, period: Period) -> Account:
    """Return the account of the period, as it is or as an edition kept it, and as the public may have it if asked."""
    if options.edition is None:
        account = laptop.accounts.of(period)
    else:
        kept = published.kept_as(laptop.store, parse_period(options.period))
        account = laptop.accounts.published(kept.name, options.edition)
    return laptop.accounts.public(account) if options.public else account


def _format(given: str | None, target: Path | None) -> str:
    """Return the format that was asked for. Raises InvalidInput("format") where neither option nor name tells."""
    named = target.suffix.lstrip(".").lower() if target else ""
    if given and named in FORMATS and named != given:
        raise InvalidInput(
            "format",
            tr("{name} is the name of another kind of file than --format {given} makes.", name=target, given=given),
        )
    chosen = given or (named if target else "json")
    if chosen not in FORMATS:
        raise InvalidInput(
            "format",
            tr("Say --format {formats}: the name {name} does not tell.", formats=", ".join(FORMATS), name=target),
        )
    return chosen


def _is_folder(target: Path) -> bool:
    """Return whether a folder is there. Raises InvalidInput("name") where nothing can have such a name, or it is ""."""
    if target == Path():
        raise InvalidInput("name", tr("Say where to: -o FILE, or a folder."))
    try:
        found = target.is_dir()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InvalidInput("name", tr("{file} is no name for a file: {reason}.", file=target, reason=reason)) from None
    return found


def _ask(target: Path, options: argparse.Namespace, terminal: Terminal) -> None:
    if target.exists():
        terminal.confirm(tr("{file} is there already.", file=target), yes=options.yes)


def _leave(laptop: Laptop, options: argparse.Namespace, account: Account, chosen: str) -> None:
    """Enter in the logbook what is about to leave the laptop. Raises Unavailable, and then nothing may."""
    kind = _KINDS.get(options.document, options.document)
    laptop.logbook.exported(kind, to=chosen, period=options.period, masked=account.public)


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Program, Terminal], None]] = {"summary": summary}
"""The commands by the names of the command line."""
