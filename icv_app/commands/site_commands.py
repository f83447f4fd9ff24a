"""The commands on sites: their calendars, and the targets."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from forms.translation import tr
from icv_app import typed
from icv_app.calendar import weekdays
from icv_app.commands.everyday import Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.program import Program
from icv_app.scheme import site_register, site_rows
from icv_app.scheme.site_register import Edit
from icv_app.scheme.site_rows import StatusRow, TargetRow
from icv_app.summaries import change_preview


def sites(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List the sites, each with its calendar."""
    with unlocked(options, program, terminal) as laptop:
        found = site_rows.sites(laptop.store)
        rows = {site.site: site_rows.status_rows(laptop.store, site.site) for site in found}
    if options.json:
        terminal.document(
            [
                {**site_rows.body_of(site), "calendar": [site_rows.body_of(row) for row in rows[site.site]]}
                for site in found
            ]
        )
        return
    for site in found:
        terminal.say(tr("{site}: {name}, {kind}", site=site.site, name=site.name, kind=site_rows.kind_words(site.kind)))
        for row in rows[site.site]:
            terminal.say(f"    {_with_reason(site_rows.status_words(row), row.reason)}")
    if not found:
        terminal.tell(tr("There is no site yet."))


def targets(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List the targets."""
    with unlocked(options, program, terminal) as laptop:
        found, names = site_rows.target_rows(laptop.store), _names(laptop)
    if options.json:
        terminal.document([site_rows.body_of(row) for row in found])
        return
    for row in found:
        terminal.say(_with_reason(site_rows.target_words(row, names), row.reason))
    if not found:
        terminal.tell(tr("There is no target yet."))


def status(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Add, correct, end or delete a row of a site's calendar."""
    with unlocked(options, program, terminal) as laptop:
        changed = _changed(options, site_rows.status_rows(laptop.store, options.site))
        if options.delete:
            edit = Edit(row=None, was=changed)
        else:
            usual = StatusRow(site=options.site, status="", first=date.min)
            row = changed if isinstance(changed, StatusRow) else usual
            row = replace(
                row, status=_given(options.status, row.status), first=_day(options.first, row.first) or date.min,
                last=_day(options.last, row.last), reason=_given(options.reason, row.reason),
                days=row.days if options.days is None else _weekdays(options.days),
                told_by=_given(options.told_by, row.told_by), told_on=_day(options.told_on, row.told_on),
            )  # fmt: skip
            edit = Edit(row=row, was=changed)
        _carry_out(options, laptop, edit, terminal)


def target(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Add, correct, end or delete a target."""
    with unlocked(options, program, terminal) as laptop:
        scope = (options.measure, options.site)
        changed = _changed(
            options, [row for row in site_rows.target_rows(laptop.store) if (row.measure, row.site) == scope]
        )
        if options.delete:
            edit = Edit(row=None, was=changed)
        else:
            usual = TargetRow(measure=options.measure, site=options.site, number=-1, per="", first=date.min)
            row = changed if isinstance(changed, TargetRow) else usual
            row = replace(
                row, number=row.number if options.number is None else options.number,
                per=_given(options.per, row.per), first=_day(options.first, row.first) or date.min,
                last=_day(options.last, row.last), reason=_given(options.reason, row.reason),
                approved_by=_given(options.approved_by, row.approved_by),
                approved_on=_day(options.approved_on, row.approved_on),
            )  # fmt: skip
            edit = Edit(row=row, was=changed, make_room=options.make_room)
        _carry_out(options, laptop, edit, terminal)


def _changed(options: argparse.Namespace, rows: Any) -> StatusRow | TargetRow | None:
    """Return the row that --change names, None where a new one is added. Raises InvalidInput("no_row", "usage")."""
    if options.change is None:
        if options.delete:
            raise InvalidInput("usage", tr("Say which row: --change DATE, the day on which it begins."))
        if options.first is None:
            raise InvalidInput("usage", tr("Give the first day: --from DATE."))
        return None
    day = _day(options.change, None)
    for row in rows:
        if row.first == day:
            found: StatusRow | TargetRow = row
            return found
    raise InvalidInput("no_row", tr("There is no such row that begins on {day}.", day=options.change))


def _carry_out(options: argparse.Namespace, laptop: Laptop, edit: Edit, terminal: Terminal) -> None:
    if options.preview:
        preview = change_preview.of(laptop.store, edit, laptop.clock.today())
        for words in (*change_preview.lines(preview, _names(laptop)), *change_preview.cautions(preview)):
            terminal.say(words)
        for words in preview.planned.warnings:
            terminal.tell(words)
        terminal.tell(tr("Nothing was saved."))
        return
    done = site_register.save(laptop.store, edit)
    for words in done.warnings:
        terminal.tell(words)
    for words in done.steps:
        terminal.say(tr("Saved: {step}.", step=words))


def _with_reason(words: str, reason: str) -> str:
    return f"{words} ({reason})" if reason else words


def _names(laptop: Laptop) -> dict[str, str]:
    return {site.site: site.name for site in site_rows.sites(laptop.store)}


def _given(text: str | None, held: str) -> str:
    return held if text is None else text.strip()


def _weekdays(text: str) -> frozenset[int]:
    found = weekdays(text)
    if not found:
        raise InvalidInput("status", tr("{days} names no day of the week. Write --days Mon,Thu.", days=text))
    return found


def _day(text: str | None, held: date | None) -> date | None:
    """Return the day that was given, or the one that is held; "none" is no day."""
    if text is None:
        return held
    return None if text == "none" else typed.day(text)


COMMANDS: Mapping[str, Command] = {
    "sites": sites,
    "targets": targets,
    "status": status,
    "target": target,
}
"""The commands by the names of the command line."""
