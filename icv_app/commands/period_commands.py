"""The commands on periods: publishing and its editions, the records behind a figure, commentary, the quarter's end."""

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from forms.translation import plural, tr
from icv_app import __version__
from icv_app.commands.everyday import Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.counting import behind
from icv_app.counting.record_words import Behind
from icv_app.errors import InvalidInput
from icv_app.figure import Figure, Period
from icv_app.laptop import Laptop
from icv_app.periods import known_as, parse_period
from icv_app.program import Program
from icv_app.summaries import commentary, edition, published, quarter_end
from icv_app.summaries.edition import Edition
from icv_app.summaries.published import Check, Standing
from icv_app.wording import day_words, months_words


def publish(options: argparse.Namespace, program: Program, terminal: Terminal) -> int | None:
    """Keep a period as it is published, check an edition, or list what is published and what of it is restated."""
    with unlocked(options, program, terminal) as laptop:
        _refuse_unclear(options)
        today = laptop.clock.today()
        if options.period is None:
            _list(options, published.restated(laptop.store, laptop.store.connection, today), terminal)
            return None
        period = known_as(parse_period(options.period))
        if options.check or options.list:
            period = published.kept_as(laptop.store, parse_period(options.period))
        if options.check:
            return _check(options, laptop, period, program, terminal)
        if options.list:
            _editions(options, laptop, period, terminal)
            return None
        laptop.accounts.refuse_others()
        published.refuse_unfinished(period, today)
        words = months_words(period.first, period.last)
        for still in published.before_publishing(laptop.store, period, today):
            terminal.tell(still)
        terminal.confirm(
            tr("The figures of {period} are kept as published from now on.", period=words), yes=options.yes
        )
        kept = laptop.accounts.publish(laptop.store, period, make=program.documents.make)
        made = edition.one(laptop.store.connection, period.name)
        if options.json:
            terminal.document(
                {"period": kept.name, "edition": kept.edition, "label": made.label, "figures": len(kept.figures),
                 "changes": list(made.changes), "revision": made.rev.hex(), "documents": dict(made.documents)}
            )  # fmt: skip
            return None
        for change in made.changes:
            terminal.say(change)
        terminal.say(
            plural(
                "Published: {period}, {count} figure, edition {edition}.",
                "Published: {period}, {count} figures, edition {edition}.",
                len(kept.figures), period=words, edition=kept.edition,
            )
        )  # fmt: skip
    return None


def _refuse_unclear(options: argparse.Namespace) -> None:
    """Raise InvalidInput("usage") for options that would be passed over: nobody is to publish who meant to look."""
    if options.period is None and (options.check or options.edition is not None):
        raise InvalidInput("usage", tr("Say which period: its name, such as 2025-26-Q2."))
    if options.edition is not None and not options.check:
        raise InvalidInput("usage", tr("--edition goes with --check. Nothing was changed."))
    if options.check and options.list:
        raise InvalidInput("usage", tr("Say either --check or --list. Nothing was changed."))


def _list(options: argparse.Namespace, found: tuple[Standing, ...], terminal: Terminal) -> None:
    if options.json:
        terminal.document(
            [
                {
                    "period": each.published.name, "on": each.published.on and each.published.on.isoformat(),
                    "by": each.published.by, "program": each.published.program, "edition": each.published.edition,
                    "restated": [
                        {"published": diff.before and diff.before.as_row(), "now": diff.after and diff.after.as_row()}
                        for diff in each.restated
                    ],
                }
                for each in found
            ]
        )  # fmt: skip
        return
    for each in found:
        terminal.say(published.words(each))
        for diff in each.restated:
            terminal.say(f"    {diff.words(each.published.names)}")
    if not found:
        terminal.tell(tr("Nothing is published yet."))


def _editions(options: argparse.Namespace, laptop: Laptop, period: Period, terminal: Terminal) -> None:
    found = published.editions(laptop.store, period.name)
    if options.json:
        terminal.document([_edition(laptop, each) for each in found])
        return
    for each in found:
        terminal.say(tr("{words}.", words=published.edition_words(each)))
        if each.label != str(each.edition):
            beside = tr("Another laptop published beside it: ask for this one by --edition {label}.", label=each.label)
            terminal.say(f"    {beside}")
        for change in each.changes:
            terminal.say(f"    {change}")
    if not found:
        terminal.tell(tr("{period} is not published.", period=period.name))


def _edition(laptop: Laptop, found: Edition) -> dict[str, Any]:
    made_from = found.basis
    return {
        "edition": found.edition, "label": found.label, "stands": found.stands,
        "on": found.published_on and found.published_on.isoformat(), "by": found.by,
        "program": found.program, "revision": found.rev.hex(), "signed": edition.signed(laptop.store, found),
        "changes": list(found.changes), "documents": dict(found.documents),
        "records": None if made_from is None else len(made_from.counted),
        "records_sha256": None if made_from is None else made_from.root,
        "forms": [] if made_from is None else [asdict(each) for each in made_from.forms],
        "settings": {} if made_from is None else dict(made_from.settings),
    }  # fmt: skip


def _check(
    options: argparse.Namespace, laptop: Laptop, period: Period, program: Program, terminal: Terminal
) -> int | None:
    found = published.check(laptop.store, period.name, options.edition, make=program.documents.make)
    if options.json:
        terminal.document(
            {
                "edition": found.edition.edition, "label": found.edition.label, "sound": found.sound,
                "whole": found.whole, "signed": found.signed,
                "counted": found.counted, "changed": found.changed, "gone": found.gone,
                "documents": dict(found.documents), "program": found.edition.program,
                "erased": found.erased
                and {"on": found.erased.day.isoformat(), "certificate": found.erased.certificate},
            }
        )  # fmt: skip
    else:
        for line in _lines(found):
            terminal.say(line)
    return None if found.sound else 2


def _lines(found: Check) -> list[str]:
    """Return what came of a check, a sentence a line."""
    lines = [tr("{words}.", words=published.edition_words(found.edition))]
    if found.erased is not None:
        lines.append(
            tr("Words were erased of it on {day}, certificate {certificate}; its figures stay.",
               day=day_words(found.erased.day), certificate=found.erased.certificate or "–")
        )  # fmt: skip
    lines += [_kept(found), _signature(found)]
    bare = found.erased is not None and found.edition.basis is None
    if not found.counted and not bare:
        lines.append(tr("The list of the records that were counted is missing or was altered."))
    for name, same in found.documents.items():
        lines.append(
            tr("{file}: the same, byte for byte.", file=name) if same else tr("{file}: comes out otherwise.", file=name)
        )
    if found.erased is not None:
        lines.append(tr("No documents were compared: what was handed out before holds the words that were erased."))
    elif not found.documents and found.edition.program != __version__:
        lines.append(
            tr("No documents were compared: version {version} of the program made them.", version=found.edition.program)
        )
    elif not found.documents:
        lines.append(tr("No documents were compared: their sums were not kept."))
    if found.changed or found.gone:
        lines.append(
            tr("Of the records that were counted, {changed} have changed since and {gone} are gone.",
               changed=found.changed, gone=found.gone)
        )  # fmt: skip
    return lines


def _kept(found: Check) -> str:
    if found.erased is None:
        return tr("It is as it was kept.") if found.whole else tr("It is not as it was kept, or only its figures were.")
    if found.edition.account is None:
        return tr("Only its figures are left, so no document can be made of it.")
    return tr("What is left of it is as the erasure left it.") if found.whole else tr("It is not as it was kept.")


def _signature(found: Check) -> str:
    name = found.edition.rev.hex()[:16]
    if not found.signed:
        return tr("No signature that this laptop can check covers it.")
    if found.erased is not None:
        return tr(
            "Signed by the laptop of {person}, which erased them: entry {name}.", person=found.edition.author, name=name
        )
    return tr("Signed by the laptop of {person}: entry {name}.", person=found.edition.author, name=name)


def follow(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List the records that a figure was made from, as they are now or as they were published."""
    with unlocked(options, program, terminal) as laptop:
        period = published.kept_as(laptop.store, parse_period(options.period))
        named = Figure(measure=options.measure, figure=options.figure, site=options.site)
        try:
            found = _behind(laptop, period, named, options.edition)
        except KeyError:
            words = tr("{period} has no such figure: {figure}.", period=period.name, figure=_name(named))
            raise InvalidInput("no_figure", words) from None
        if options.json:
            terminal.document([asdict(each) for each in found])
            return
        states = {"changed": tr("changed since"), "gone": tr("gone since")}
        for each in found:
            terminal.say(f"{each.words} ({states[each.state]})" if each.state else each.words)
        if not found:
            terminal.tell(tr("There is no record behind it."))


def _behind(laptop: Laptop, period: Period, named: Figure, label: str | None) -> tuple[Behind, ...]:
    if label is not None:
        kept = edition.one(laptop.store.connection, period.name, label)
        return published.records(laptop.store.connection, kept, named)
    summary = laptop.summary(period)
    figure = summary.get(named.measure, named.figure, named.site)
    return behind.records(laptop.store.connection, summary, figure, today=laptop.clock.today())


def _name(figure: Figure) -> str:
    return " ".join(part for part in (figure.measure, figure.figure, figure.site) if part)


def comment(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Show what was written beside the figures of a period, or write a section."""
    with unlocked(options, program, terminal) as laptop:
        period = known_as(parse_period(options.period))
        if options.section is not None and options.text is not None:
            held = commentary.save(laptop.store, period.name, options.section, options.text, looked=options.looked)
        else:
            held = commentary.read(laptop.store.connection, period.name)
            if options.section is not None:
                commentary.refuse_unknown(options.section)
                held = {name: words for name, words in held.items() if name == options.section}
        if options.json:
            terminal.document(held)
            return
        for name, words in held.items():
            terminal.say(tr("{section}: {words}", section=tr(commentary.SECTIONS[name]), words=words))
        if not held:
            terminal.tell(tr("Nothing is written."))


def remind(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Tell what is due around the end of a quarter, or write the ends of the next ones into a calendar file."""
    with unlocked(options, program, terminal) as laptop:
        today = laptop.clock.today()
        if options.ics is not None:
            if options.ics.exists():
                terminal.confirm(tr("{file} is there already.", file=options.ics), yes=options.yes)
            count = quarter_end.save(laptop.store, options.ics, scheme=laptop.identity.hub_id, today=today)
            terminal.say(plural("Written: {count} quarter’s end.", "Written: the ends of {count} quarters.", count))
            return
        found = quarter_end.due(laptop.store.connection, today) if laptop.office else ()
        if options.json:
            terminal.document([{"period": each.period.name, "kind": each.kind, "words": each.words} for each in found])
            return
        for each in found:
            terminal.say(each.words)
        if not found:
            terminal.tell(tr("Nothing is due."))


COMMANDS: Mapping[str, Command] = {
    "publish": publish,
    "behind": follow,
    "commentary": comment,
    "quarter-end": remind,
}
"""The commands by the names of the command line."""
