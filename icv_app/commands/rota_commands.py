"""The commands on the rota: who goes where, when people cannot, swaps, and calendar files."""

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from forms.translation import plural, tr
from icv_app import typed
from icv_app.commands.everyday import Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.logs import logbook
from icv_app.periods import parse_period
from icv_app.program import Program
from icv_app.rotas import availability, rota_adopted, rota_calendar
from icv_app.rotas.availability import Availability
from icv_app.rotas.rota import Slot
from icv_app.rotas.rota_office import Candidate, Rota
from icv_app.rotas.rota_proposal import Gap, Proposal
from icv_app.rotas.swap import Swap
from icv_app.wording import day_words, listed, month_words, months_words

NONE = "none"
_KEPT = timedelta(days=31)
"""So long a calendar file still tells of a visit that is over."""


def rota(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List the rota of a period; `--propose`: one worked out, `--adopt`: that saved, `--slots`: its slots made."""
    period = parse_period(options.period)
    with unlocked(options, program, terminal) as laptop:
        own = _rota(laptop)
        if options.propose or options.adopt:
            proposal = own.propose(period)
            if options.adopt:
                who, now = laptop.identity.person, laptop.clock.now()
                rota_adopted.adopt(laptop.store, own, proposal, by=who, now=now)
            told = _proposed(proposal)
        else:
            if options.slots:
                made = own.make_slots(period)
                terminal.tell(plural("{count} slot was made.", "{count} slots were made.", len(made)))
            found = own.slots(period)
            told = {"period": period.name, "slots": [_slot(each) for each in found]}
            if laptop.office:
                told["gaps"] = [_gap(each) for each in own.gaps(period)]
                told["doubts"] = [each.words for each in own.doubts(period)]
    if options.json:
        terminal.document(told)
        return
    for row in told["slots"]:
        who = ", ".join(row["visitors"]) or tr("nobody yet")
        terminal.say("  ".join(each for each in (row["slot"], row["when"], row["site_name"], who, _state(row)) if each))
    if not told["slots"]:
        terminal.tell(tr("No visit is arranged in {period} yet.", period=months_words(period.first, period.last)))
    for heading, lines in (
        (tr("Still wanting people:"), [gap["words"] for gap in told.get("gaps", ())]),
        (tr("Named, but may not go as things stand:"), told.get("doubts", ())),
        (tr("Fewer visits than others:"), told.get("uneven", ())),
    ):
        if lines:
            terminal.say("\n".join(["", heading, *lines]))
    terminal.tell("\n".join(told.get("words", ())))
    if options.propose:
        terminal.tell(tr("Nothing was saved. With --adopt it is."))


def slot(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Show one slot and who could go, name who goes, or say what became of it."""
    with unlocked(options, program, terminal) as laptop:
        own = _rota(laptop)
        if options.name is not None:
            named = () if options.name == NONE else tuple(_parts(options.name))
            own.name(options.slot, named, overrule=options.overrule)
        elif options.status:
            own.mark(options.slot, options.status, options.reason, by=options.by, words=options.words)
        elif options.again:
            own.plan_again(options.slot)
        found = own.slot(options.slot)
        could = own.candidates(options.slot) if laptop.office else ()
    row = _slot(found)
    if options.json:
        terminal.document({**row, "candidates": [_candidate(each) for each in could]})
        return
    who = ", ".join(found.visitors) or tr("nobody yet")
    terminal.say("  ".join(each for each in (found.slot, found.when, found.site_name, who, _state(row)) if each))
    if found.open:
        for each in could:
            reasons = listed(bar.words for bar in each.bars) or tr("could go")
            visits = plural("{count} visit in the quarter", "{count} visits in the quarter", each.visits)
            terminal.say(f"  {each.visitor}  {visits}  {reasons}")


def add_slot(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Add a slot for a visit that is agreed for a day of its own."""
    with unlocked(options, program, terminal) as laptop:
        made = _rota(laptop).add(options.measure, options.site, typed.day(options.day), tact=options.tact)
    terminal.say(made.slot)


def say_availability(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Show what somebody said of a period, or say it."""
    period = parse_period(options.period)
    with unlocked(options, program, terminal) as laptop:
        person = options.person or laptop.identity.person
        said = availability.read(laptop.store, person, period)
        own = person == laptop.identity.person
        if not own and not laptop.logbook.read(availability.KIND, f"{person}|{period.name}"):
            terminal.tell(logbook.warning())
        changed = _changed(said, options)
        if changed != said:
            availability.save(laptop.store, changed)
    if options.json:
        terminal.document(
            {
                "visitor": person, "period": period.name, "most": changed.most, "note": changed.note,
                "weeks": sorted(each.isoformat() for each in changed.weeks),
                "months": sorted(each.isoformat()[:7] for each in changed.months),
            }
        )  # fmt: skip
        return
    terminal.say("\n".join(_said(changed)))


def swaps(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List the swaps that this laptop may read, ask for one, answer one, or confirm one."""
    with unlocked(options, program, terminal) as laptop:
        own = _rota(laptop)
        if options.ask:
            own.ask_swap(_needed(options.swap), options.ask, other_slot=options.other, asked_by=options.asked_by)
        elif options.state == "done":
            own.confirm_swap(_key(own, options.swap))
        elif options.state:
            own.answer_swap(_key(own, options.swap), options.state)
        found = own.swaps()
    if options.json:
        terminal.document([_swap(each) for each in found])
        return
    for each in found:
        terminal.say(f"{each.key}  {_between(each)}  {each.state_words}")
    if not found:
        terminal.tell(tr("Nobody has asked for a swap."))


def calendar(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Write a calendar file: of one person's visits, or at the office of all."""
    if options.file.exists():
        terminal.confirm(tr("{file} is there already and would be replaced.", file=options.file), yes=options.yes)
    with unlocked(options, program, terminal) as laptop:
        person = options.person or ("" if laptop.office else laptop.identity.person)
        if not laptop.office and person != laptop.identity.person:
            raise InvalidInput("not_theirs", tr("A visitor's laptop writes the calendar of its own person alone."))
        count = rota_calendar.save(
            laptop.store, options.file, scheme=laptop.identity.hub_id, person=person, whole=laptop.office,
            since=laptop.clock.today() - _KEPT, period=parse_period(options.period) if options.period else None,
        )  # fmt: skip
    terminal.tell(
        plural("Written: {file} ({count} visit)", "Written: {file} ({count} visits)", count, file=options.file)
    )


def _rota(laptop: Laptop) -> Rota:
    return Rota(laptop.store, laptop.identity, laptop.clock, office=laptop.office)


def _slot(found: Slot) -> dict[str, Any]:
    return {
        "slot": found.slot, "measure": found.measure, "site": found.site, "site_name": found.site_name,
        "first": found.first.isoformat(), "last": found.last.isoformat(), "when": found.when, "status": found.status,
        "reason": found.reason, "visitors": list(found.visitors), "tact": found.tact,
    }  # fmt: skip


def _gap(found: Gap) -> dict[str, Any]:
    return {
        "slot": found.slot.slot, "could": list(found.could), "reasons": list(found.reasons), "words": found.words,
    }  # fmt: skip


def _candidate(found: Candidate) -> dict[str, Any]:
    return {
        "visitor": found.visitor, "visits": found.visits, "together": found.together,
        "reasons": {bar.code: bar.words for bar in found.bars},
    }  # fmt: skip


def _proposed(found: Proposal) -> dict[str, Any]:
    new = {slot.slot for slot in found.added}
    changed = {slot.slot for slot in found.changed}
    return {
        "period": found.period.name,
        "slots": [
            {**_slot(each), "new": each.slot in new, "changed": each.slot in changed} for each in found.slots
        ],
        "gaps": [_gap(each) for each in found.gaps], "doubts": [each.words for each in found.doubts],
        "visits": dict(found.visits), "uneven": [each.words for each in found.uneven],
        "repeated": [[*pair, count] for pair, count in found.repeated.items()],
        "most_filled": found.most_filled, "even": found.even, "words": list(found.words),
    }  # fmt: skip


def _swap(found: Swap) -> dict[str, Any]:
    return {
        "swap": found.key, "slot": found.slot, "asked_by": found.asked_by, "asked": found.asked,
        "other_slot": found.other_slot or None, "state": found.state,
    }  # fmt: skip


def _state(row: Mapping[str, Any]) -> str:
    words = {
        "planned": "", "completed": tr("made"), "missed": tr("missed"), "cancelled": tr("cancelled"),
        "withdrawn": tr("withdrawn"),
    }  # fmt: skip
    return ": ".join(each for each in (words.get(row["status"], ""), row["reason"]) if each)


def _between(found: Swap) -> str:
    if found.other_slot:
        return tr(
            "{asked} for {asked_by}, who goes to {other} instead",
            asked=found.asked, asked_by=found.asked_by, other=found.other_slot,
        )  # fmt: skip
    return tr("{asked} for {asked_by}", asked=found.asked, asked_by=found.asked_by)


def _key(own: Rota, given: str | None) -> str:
    """Return the key of a swap that is named by it, or by its slot where only one of that is open."""
    named = _needed(given)
    found = own.swaps()
    if any(each.key == named for each in found):
        return named
    ours = [each.key for each in found if each.slot == named and each.open]
    if len(ours) != 1:
        raise InvalidInput("no_swap", tr("Name one of the swaps as `swap` lists them: {swap}.", swap=named))
    return ours[0]


def _needed(given: str | None) -> str:
    if not given:
        raise InvalidInput("usage", tr("Give the slot, as `rota` lists it."))
    return given


def _changed(said: Availability, options: argparse.Namespace) -> Availability:
    if options.weeks is not None:
        said = replace(said, weeks=frozenset(typed.day(each) for each in _parts(options.weeks)))
    if options.months is not None:
        said = replace(said, months=frozenset(typed.day(f"{each}-01") for each in _parts(options.months)))
    if options.most is not None:
        if options.most != NONE and not options.most.isdigit():
            raise InvalidInput("most", tr("The most visits in the period must be a number from 0 to 99."))
        said = replace(said, most=None if options.most == NONE else int(options.most))
    return said if options.note is None else replace(said, note=options.note)


def _said(said: Availability) -> Iterable[str]:
    yield f"{said.visitor}  {said.period.name}"
    if said.weeks:
        yield tr("Cannot in the weeks from {days}", days=listed(day_words(each) for each in sorted(said.weeks)))
    if said.months:
        months = (f"{month_words(each)} {each.year}" for each in sorted(said.months))
        yield tr("Cannot in {months}", months=listed(months))
    if not said.weeks and not said.months:
        yield tr("Can go in every week")
    if said.most is not None:
        yield plural("No more than {count} visit", "No more than {count} visits", said.most)
    if said.note:
        yield said.note


def _parts(text: str) -> list[str]:
    return [] if text == NONE else [each.strip() for each in text.split(",") if each.strip()]


COMMANDS: Mapping[str, Command] = {
    "rota": rota,
    "slot": slot,
    "add-slot": add_slot,
    "availability": say_availability,
    "swap": swaps,
    "calendar": calendar,
}
