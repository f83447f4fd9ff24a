"""The commands of disposal: what is due, dispose of it, erase on request, legal holds and certificates."""

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from forms.translation import plural, tr
from icv_app import typed
from icv_app.commands import disposing
from icv_app.commands.everyday import Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.office import certificate, disposal
from icv_app.office.certificate import WHATS, Certificate
from icv_app.program import Program
from icv_app.scheme import retention
from icv_app.scheme.retention import Line
from icv_app.storage import holds
from icv_app.storage.holds import Hold


def dispose(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List what is due, dispose of it, or tell of the certificates."""
    with unlocked(options, program, terminal) as laptop:
        disposing.refuse_others(laptop)
        if options.certificates:
            _certificates(options, laptop, terminal)
        elif options.certificate:
            _print(options, laptop, program, terminal)
        elif options.period or options.report:
            _set(options, laptop, terminal)
        elif options.tick:
            number, item = options.tick
            certificate.tick(laptop.store, number, item, by=laptop.identity.person, today=laptop.clock.today())
            terminal.say(tr("Noted on {number}: destroyed.", number=number))
        else:
            _due(options, laptop, terminal)


def _set(options: argparse.Namespace, laptop: Laptop, terminal: Terminal) -> None:
    """Set periods ("visits=72", in months) and days of reports ("annual_report:2025-26=2026-10-01")."""
    months: dict[str, int] = {}
    days: dict[str, dict[str, date]] = {}
    for each in options.period:
        name, _, number = each.partition("=")
        if not number.isdecimal():
            raise InvalidInput("usage", tr("Write --period CLASS=MONTHS."))
        months[name] = int(number)
    for each in options.report:
        which, _, text = each.partition("=")
        report, _, year = which.partition(":")
        day = _day(text)
        if report not in retention.REPORTS or day is None:
            raise InvalidInput("usage", tr("Write --report annual_report:2025-26=DATE, or icva_report:2025-26=DATE."))
        days.setdefault(report, {})[year] = day
    retention.save(laptop.store, months, days)
    laptop.store.log("settings", "scheme", "scheme", what="retention")
    terminal.say(tr("Saved on this laptop. Share, so that the others have it too."))


def _due(options: argparse.Namespace, laptop: Laptop, terminal: Terminal) -> None:
    today = laptop.clock.today()
    lines = retention.due(laptop.store, today)
    wanted = options.classes or [each.name for each in retention.CLASSES]
    lines = tuple(line for line in lines if line.name in wanted)
    if options.due:
        if options.json:
            terminal.document([_row(line) for line in lines])
            return
        for line in lines:
            terminal.say(_told(line))
        terminal.say(_summary(lines))
        return
    left_out = _kept(options.keep)
    planned = disposal.changes(laptop.store, [line for line in lines if line.ready and line.key not in left_out], today)
    question = plural(
        "{count} record will be erased for good.", "{count} records will be erased for good.", len(planned)
    )
    if planned:
        terminal.confirm(question, yes=options.yes)
    done = disposing.carry_out(
        laptop, planned, act="retention", reason=options.reason or tr("Kept for as long as the schedule says"),
        confirmed=question, left_out={line.key: left_out[line.key] for line in lines if line.key in left_out},
    )  # fmt: skip
    _say(options, terminal, done.certificate, done.words)


def _row(line: Line) -> dict[str, Any]:
    return {
        "class": line.name, "kind": line.kind, "record": line.key, "since": line.since.isoformat(), "held": line.held,
        "disputed": line.disputed, "assumed": line.assumed,
    }  # fmt: skip


def _told(line: Line) -> str:
    words = tr("{record}: {title}, due since {day}", record=line.key, title=retention.title(line.name), day=line.since)
    if line.held:
        return tr("{line}; stays: {why}", line=words, why=line.held)
    if line.disputed:
        return tr("{line}; stays: differing entries are to be settled first", line=words)
    return words


def _summary(lines: tuple[Line, ...]) -> str:
    ready = sum(line.ready for line in lines)
    return plural("{count} is due for disposal.", "{count} are due for disposal.", ready)


def _kept(given: list[str]) -> dict[str, str]:
    left_out = {}
    for each in given:
        key, found, why = each.partition("=")
        if not found or not why.strip():
            raise InvalidInput("usage", tr("Write --keep RECORD=REASON."))
        left_out[key] = why.strip()
    return left_out


def erase(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Erase one record, or answers in it, on every laptop."""
    with unlocked(options, program, terminal) as laptop:
        disposing.refuse_others(laptop)
        if options.field:
            planned = disposal.redaction(laptop.store, options.record, options.field)
        else:
            planned = disposal.whole(laptop.store, options.record)
        names = ", ".join(change.key for change in planned)
        terminal.confirm(
            tr("This will be erased for good, on every laptop: {names}. Figures that counted it change.", names=names),
            yes=options.yes,
        )
        act = "redaction" if options.field else "erasure"
        done = disposing.carry_out(laptop, planned, act=act, reason=options.reason, confirmed=names)
        _say(options, terminal, done.certificate, done.words)


def hold(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List, make or lift legal holds."""
    with unlocked(options, program, terminal) as laptop:
        disposing.refuse_others(laptop)
        if options.verb == "add":
            today = laptop.clock.today()
            key = disposal.hold(
                laptop.store,
                Hold(
                    key="", reason=options.reason, words=options.words, by=laptop.identity.person,
                    since=today.isoformat(), record=options.record, site=options.site, first=_day(options.first),
                    last=_day(options.last), custody_number=options.custody_number,
                ),
            )  # fmt: skip
            terminal.say(tr("On hold: {hold}.", hold=key))
        elif options.verb == "lift":
            disposal.lift(laptop.store, options.hold, by=laptop.identity.person, today=laptop.clock.today())
            terminal.say(tr("Lifted: {hold}.", hold=options.hold))
        else:
            found = holds.read(laptop.store.connection)
            if options.json:
                terminal.document([{"hold": each.key, **each.body()} for each in found])
                return
            if not found:
                terminal.tell(tr("Nothing is on hold."))
            for each in found:
                words = tr("{hold}: {about}, because of {why}", hold=each.key, about=each.about, why=each.why)
                terminal.say(tr("{line}; lifted {day}", line=words, day=each.lifted) if each.lifted else words)


def _day(text: str) -> date | None:
    return typed.day(text) if text else None


def _certificates(options: argparse.Namespace, laptop: Laptop, terminal: Terminal) -> None:
    disposing.finish(laptop)
    with laptop.profile.store() as store:
        found = certificate.every(store)
    if options.json:
        terminal.document([document(each) for each in found])
        return
    for each in found:
        state = tr("complete") if each.complete else tr("not complete")
        terminal.say(tr("{number}: {state}", number=each.number, state=state))
        for item in each.outstanding:
            what = tr(WHATS[item.what]) if item.what in WHATS else item.what
            terminal.say(tr("    to destroy by hand, {item}: {what}, {name}", item=item.id, what=what, name=item.name))


def document(made: Certificate) -> dict[str, Any]:
    """Return a certificate as it stands in JSON."""
    return {
        "number": made.number, "act": made.act, "at": made.at.isoformat() if made.at else None, "by": made.by,
        "reason": made.reason, "classes": list(made.classes), "references": list(made.references),
        "kept": list(made.kept), "list_hash": made.list_hash, "genuine": made.genuine, "share": made.share,
        "complete": made.complete,
        "by_hand": [
            {"item": item.id, "what": item.what, "name": item.name,
             "destroyed": item.destroyed.isoformat() if item.destroyed else None, "by": item.by}
            for item in made.items
        ],
    }  # fmt: skip


def _print(options: argparse.Namespace, laptop: Laptop, program: Program, terminal: Terminal) -> None:
    number, file = options.certificate
    made, path = certificate.one(laptop.store, number), Path(file)
    if path.exists():
        terminal.confirm(tr("{file} is there already and will be replaced.", file=path), yes=options.yes)
    program.documents.certificate(made, path, scheme=laptop.identity.scheme, marking=laptop.marking)
    terminal.tell(tr("Written: {file}", file=path))


def _say(options: argparse.Namespace, terminal: Terminal, made: Certificate, words: str) -> None:
    if options.json:
        terminal.tell(words)
        terminal.document(document(made))
    else:
        terminal.say(words)


COMMANDS: Mapping[str, Command] = {"dispose": dispose, "erase": erase, "hold": hold}
"""The commands by the names of the command line."""
