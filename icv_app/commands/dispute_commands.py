"""The commands of disputes and returns: list what differs and settle it, send a report back, and accept one."""

import argparse
from collections.abc import Mapping
from typing import Any

from forms.translation import plural, tr
from icv_app.commands.everyday import Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.errors import InvalidInput
from icv_app.program import Program
from icv_app.records.dispute import Dispute
from icv_app.records.settling import Own


def conflicts(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List the records in which two people's entries differ, with every value."""
    with unlocked(options, program, terminal) as laptop:
        found = laptop.disputes.every()
    if options.json:
        terminal.document([_as_json(each) for each in found])
        return
    for each in found:
        terminal.say(tr("{label}: {words}", label=each.label, words=each.words))
        for field in each.fields:
            terminal.say(tr("    {field}  {question}", field=field.path, question=field.label))
            for number, side in enumerate(field.sides, start=1):
                told = {"number": number, "value": side.words, "by": "; ".join(side.by)}
                if side.shown:
                    terminal.say(tr("        {number}. {value} ({by}; shown meanwhile)", **told))
                else:
                    terminal.say(tr("        {number}. {value} ({by})", **told))
    if not found:
        terminal.say(tr("Nobody’s entries differ."))


def _as_json(found: Dispute) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "key": found.key,
        "label": found.label,
        "site": found.site,
        "date": found.date,
        "heads": [head.hex() for head in found.heads],
        "fields": [
            {
                "field": field.path,
                "question": field.label,
                "values": [
                    {
                        "number": number, "words": side.words, "by": list(side.by), "value": side.value,
                        "missing": side.missing, "shown": side.shown,
                    }
                    for number, side in enumerate(field.sides, start=1)
                ],
            }
            for field in found.fields
        ],
    }  # fmt: skip


def settle(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Choose between the values of a record: one for each disputed field."""
    choices: dict[str, int | Own] = {}
    for given in options.choose or ():
        field, equals, number = given.rpartition("=")
        if not equals or not field or not number.isascii() or not number.isdigit():
            raise InvalidInput(
                "usage", tr("{given}: write FIELD=NUMBER, as `icv-app conflicts` lists them.", given=given)
            )
        choices[field] = int(number) - 1
    for given in options.enter or ():
        field, equals, value = given.partition("=")
        if not equals or not field:
            raise InvalidInput("usage", tr("{given}: write FIELD=VALUE.", given=given))
        choices[field] = Own(value=int(value) if value.isascii() and value.isdigit() else value)
    with unlocked(options, program, terminal) as laptop:
        found = laptop.disputes.of(options.record)
        if found is None:
            raise InvalidInput("no_conflict", tr("Nobody’s entries differ in {key}.", key=options.record))
        if unknown := sorted(choices.keys() - {field.path for field in found.fields}):
            raise InvalidInput("no_field", tr("Not in dispute: {names}.", names=", ".join(unknown)))
        saved = laptop.disputes.settle(found, choices)
    if options.json:
        terminal.document({"record": saved.record.hex(), "revision": saved.rev.hex()})
    else:
        terminal.say(tr("{key} is settled on this laptop. Other laptops have it once both have shared.", key=found.key))


def send_back(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Return a report for correction, with comments."""
    comments = []
    for given in options.comment:
        question, colon, words = given.partition(":")
        comments.append((question.strip(), words) if colon and " " not in question.strip() else ("", given))
    with unlocked(options, program, terminal) as laptop:
        saved = laptop.returning.send_back(options.record, comments)
    if options.json:
        terminal.document({"record": saved.record.hex(), "revision": saved.rev.hex()})
        return
    words = plural(
        "{key} is returned with {count} comment. Its visitors see it once both laptops have shared.",
        "{key} is returned with {count} comments. Its visitors see it once both laptops have shared.",
        len(comments), key=options.record,
    )  # fmt: skip
    terminal.say(words)


def accept(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Accept a report as it stands."""
    with unlocked(options, program, terminal) as laptop:
        saved = laptop.returning.accept(options.record)
    if options.json:
        terminal.document({"record": saved.record.hex(), "revision": saved.rev.hex()})
    else:
        terminal.say(tr("{key} is accepted.", key=options.record))


COMMANDS: Mapping[str, Command] = {"conflicts": conflicts, "settle": settle, "return": send_back, "accept": accept}
"""The commands by the names of the command line."""
