"""The command that finds records by their words (`search`)."""

import argparse
from collections.abc import Mapping

from forms.translation import plural, tr
from icv_app.commands.everyday import Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.logs import logbook
from icv_app.program import Program
from icv_app.searching import search_query
from icv_app.searching.search import KINDS, Search


def find(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Find records by words and filters, the latest first."""
    words = " ".join(options.words)
    if options.kind:
        words = search_query.with_filter(words, "kind", options.kind)
    with unlocked(options, program, terminal) as laptop:
        search = Search(laptop.store, laptop.paperwork.book)
        query = search.parse(words, laptop.clock.today())
        while search.catch_up():
            pass
        found = search.find(query, most=options.most)
        if found.results and not laptop.logbook.read("search", ""):
            terminal.tell(logbook.warning())
    if options.json:
        terminal.document(
            {
                "total": found.total,
                "found": [
                    {
                        "kind": each.kind,
                        "record": each.key,
                        "title": each.title,
                        "about": each.about,
                        "words": each.said,
                    }
                    for each in found.results
                ],
            }
        )
        return
    for result in found.results:
        kind = tr(KINDS[result.kind]) if result.kind in KINDS else result.kind
        terminal.say("  ".join(part for part in (result.key, kind, result.about, result.said) if part))
    terminal.tell(
        plural("{count:,} record found.", "{count:,} records found.", found.total)
        if found.total
        else tr("Nothing was found.")
    )
    if found.total > len(found.results):
        terminal.tell(tr("These are the latest {count}. Use --most for more.", count=len(found.results)))


COMMANDS: Mapping[str, Command] = {"find": find}
