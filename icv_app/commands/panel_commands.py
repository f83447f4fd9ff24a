"""The command on scrutiny panels: the sessions with their records, recommendations and what was answered."""

import argparse
from collections.abc import Mapping
from typing import Any

from forms.translation import tr
from icv_app import issue_wording
from icv_app.commands.everyday import Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.program import Program
from icv_app.records import panel, panel_words
from icv_app.records.panel import Panel
from icv_app.wording import day_words


def panels(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List the sessions, the latest first, each with its recommendations."""
    with unlocked(options, program, terminal) as laptop:
        found = panel.sessions(laptop.store, laptop.clock.today())
    if options.json:
        terminal.document([_row(each) for each in found])
        return
    for each in found:
        day = day_words(each.date) if each.date else tr("no day")
        terminal.say(f"{each.key}: {panel_words.kind_words(each.kind)}, {day}. {panel_words.totals_words(each)}.")
        if each.made or each.recommendations:
            terminal.say(f"    {panel_words.recommended_words(each)}")
        for made in each.made:
            terminal.say(f"    {made.key}: {issue_wording.words(issue_wording.STATUSES, made.status)}. {made.text}")
    if not found:
        terminal.tell(tr("There is no session yet."))


def _row(found: Panel) -> Mapping[str, Any]:
    return {
        "session": found.key,
        "date": found.date.isoformat() if found.date else None,
        "kind": found.kind,
        "records": found.records,
        "of_which_immigration": found.immigration,
        "recommendations": found.recommendations,
        "recommended_to": found.recommended_to,
        "subjects": {each.about: each.records for each in found.subjects},
        "reviewed_by": list(found.reviewed_by),
        "cases": list(found.cases),
        "entered": [
            {
                "issue": made.key,
                "visit": made.source,
                "text": made.text,
                "theme": made.theme,
                "addressed_to": made.addressed,
                "status": made.status,
                "due_on": made.due.isoformat() if made.due else None,
                "response": made.response,
                "responded_on": made.responded.isoformat() if made.responded else None,
            }
            for made in found.made
        ],
    }


COMMANDS: Mapping[str, Command] = {"panels": panels}
