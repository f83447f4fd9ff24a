"""The command on quality: the criteria a scheme is judged by, and the evidence that its office gathers."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from forms.translation import tr
from icv_app import typed
from icv_app.commands.everyday import Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.program import Program
from icv_app.quality_criterion import Criterion, Evidence, level_words
from icv_app.summaries import quality
from icv_app.wording import day_words


def quality_of(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List the criteria or the evidence, or add to them."""
    with unlocked(options, program, terminal) as laptop:
        if not laptop.office:
            raise InvalidInput("office_only", tr("Only the scheme's office can do that. Please ask the office."))
        found = _DO[options.do](options, laptop)
    if options.json:
        terminal.document([_row(each) for each in found])
        return
    for each in found:
        terminal.say(_words(each))
    if not found:
        terminal.tell(tr("There is nothing yet."))


Found = list[Criterion] | list[Evidence]


def _criteria(options: argparse.Namespace, laptop: Laptop) -> Found:
    today = None if options.all else laptop.clock.today()
    return list(quality.criteria(laptop.store.connection, today))


def _evidence(options: argparse.Namespace, laptop: Laptop) -> Found:
    if options.code:
        quality.one(laptop.store.connection, options.code)
    return list(quality.evidence(laptop.store.connection, options.code or ""))


def _add(options: argparse.Namespace, laptop: Laptop) -> Found:
    today = laptop.clock.today()
    made = quality.add_evidence(
        laptop.store, _code(options), options.words or "", on=_day(options.on) or today, today=today,
        by=laptop.identity.person, source=options.source or "", looked=options.looked,
    )  # fmt: skip
    return [made]


def _criterion(options: argparse.Namespace, laptop: Laptop) -> Found:
    code = _code(options)
    known = {each.code: each for each in quality.criteria(laptop.store.connection)}
    held = known.get(code, Criterion(code=code, area="", words="", order=10 * (len(known) + 1)))
    given = {"area": options.area, "words": options.words, "level": options.level, "order": options.order}
    changed = replace(held, **{name: value for name, value in given.items() if value is not None})
    changed = replace(changed, first=_day(options.first) or held.first, last=_day(options.last) or held.last)
    return [quality.save_criterion(laptop.store, changed, looked=options.looked)]


def _withdraw(options: argparse.Namespace, laptop: Laptop) -> Found:
    quality.withdraw_evidence(laptop.store, _code(options))
    return []


_DO = {"criteria": _criteria, "evidence": _evidence, "add": _add, "criterion": _criterion, "withdraw": _withdraw}


def _code(options: argparse.Namespace) -> str:
    if not options.code:
        raise InvalidInput("usage", tr("Say which one: its code, as the list shows it."))
    return str(options.code)


def _day(words: str | None) -> date | None:
    return typed.day(words) if words else None


def _row(each: Criterion | Evidence) -> dict[str, Any]:
    if isinstance(each, Evidence):
        return {
            "evidence": each.key, "criterion": each.criterion, "date": each.date.isoformat(), "what": each.what,
            "source": each.source, "by": each.by,
        }  # fmt: skip
    return {
        "criterion": each.code, "area": each.area, "words": each.words, "level": each.level, "order": each.order,
        "from": each.first.isoformat() if each.first else None, "to": each.last.isoformat() if each.last else None,
        "confirmed": each.confirmed,
    }  # fmt: skip


def _words(each: Criterion | Evidence) -> str:
    if isinstance(each, Evidence):
        parts = [each.key, each.criterion, day_words(each.date), each.what, each.source]
    else:
        start = "" if each.confirmed else tr("starting set, to be confirmed")
        parts = [each.code, f"{each.area}: {each.words}", level_words(each.level) if each.level else "", start]
    return "  ".join(part for part in parts if part)


COMMANDS: Mapping[str, Command] = {"quality": quality_of}
"""The commands by the names of the command line."""
