"""The commands of follow-up: list what was found, take a step with one issue, and send the police their list."""

import argparse
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from forms.translation import plural, tr
from icv_app import issue_state, typed
from icv_app.commands.everyday import Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.errors import InvalidInput
from icv_app.files import whole_file
from icv_app.issues import issue_list, issue_thread
from icv_app.issues.issue_list import VIEWS, Line
from icv_app.issues.issue_thread import Thread
from icv_app.issues.pursuit import Pursuit
from icv_app.program import Program
from icv_app.wording import day_words, listed

_ENDINGS: Final = ("pdf", "docx")


def issues(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List what was found, with its age and where it stands."""
    view = "open" if options.open else "overdue" if options.overdue else options.view
    _, belongs = VIEWS[view]
    with unlocked(options, program, terminal) as laptop:
        today = laptop.clock.today()
        found = [line for line in issue_list.lines(laptop.store, today) if belongs(line)]
    found = [line for line in found if options.site in (None, line.site)]
    if options.json:
        terminal.document([_as_json(line) for line in found])
        return
    for line in found:
        terminal.say(f"{line.key}  {'; '.join(_said(line, today))}")
    if not found:
        terminal.tell(tr("There is no such issue."))


def _said(line: Line, today: date) -> Iterator[str]:
    yield line.what
    if line.site_name:
        yield line.site_name
    yield line.stands
    if line.age is not None:
        yield issue_list.age_words(line.age)
    if words := issue_list.due_words(line.due, today):
        yield words


def _as_json(line: Line) -> dict[str, Any]:
    return {
        "issue": line.key, "site": line.site or None, "kind": line.kind, "theme": line.theme,
        "severity": line.severity or None, "status": line.status, "text": line.text,
        "found": line.found and line.found.isoformat(), "age_days": line.age,
        "due_on": line.due and line.due.isoformat(), "overdue": line.overdue, "earlier": line.earlier,
        "repeat_of": line.body.get("repeat_of"), "stays": issue_state.stays(line.body),
    }  # fmt: skip


def issue(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Show one issue with its history, or take a step with it."""
    with unlocked(options, program, terminal) as laptop:
        today = laptop.clock.today()
        step, given = _step(options)
        if step:
            Pursuit(laptop).take(options.issue, step, given, looked=options.looked)
        found = issue_thread.of(laptop.store, options.issue, today, person=laptop.identity.person)
        laptop.logbook.read("issue", found.line.key, found.line.record.heads[-1])
    if options.json:
        terminal.document(_thread_as_json(found))
        return
    if step:
        terminal.say(tr("Saved on this laptop. {issue} now stands: {words}.", issue=found.line.key,
                        words=found.line.stands))  # fmt: skip
        return
    for words in _told(found, today):
        terminal.say(words)


def _step(options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """Return the step that the options ask for, with what goes with it; "" for none. Raises InvalidInput("usage")."""
    on, due = _day(options.on), _day(options.due)
    asked = _asked(options, on, due)
    closing = [each for each in asked if each[0] == "close"]
    if closing:
        asked = [each for each in asked if each[0] not in ("do", "feed_back")]
    if due is not None and not asked:
        asked = [("put_off", {"due_on": due})]
    if len(asked) > 1:
        raise InvalidInput("usage", tr("Take one step at a time."))
    if not asked and (on is not None or options.why or options.evidence):
        raise InvalidInput("usage", tr("Say which step: --sent, --response, --escalate, --done, --close, …"))
    return asked[0] if asked else ("", {})


def _asked(
    options: argparse.Namespace, on: date | None, due: date | None
) -> list[tuple[str, dict[str, Any]]]:  # fmt: skip
    found: list[tuple[str, dict[str, Any]]] = []
    accepted = not options.not_accepted
    if options.sent is not None:
        found.append(("send", {"to": options.sent, "on": on, "due_on": due}))
    if options.response is not None:
        found.append(("respond", {"response": options.response, "accepted": accepted, "on": on}))
    elif options.accepted or options.not_accepted:
        found.append(("accept", {"accepted": accepted}))
    if options.escalate is not None:
        found.append(("escalate", {"to": options.escalate, "why": options.why or "", "on": on, "due_on": due}))
    if options.done is not None:
        found.append(("do", {"done": options.done, "evidence": options.evidence or ""}))
    if options.verify is not None:
        found.append(("verify", {"adequate": options.verify == "yes"}))
    if options.told is not None:
        found.append(("feed_back", {"on": _day(options.told)}))
    if options.shared is not None:
        found.append(("share", {"on": _day(options.shared)}))
    if options.close is not None:
        found.append(
            ("close", {"outcome": options.close, "done": options.done or "", "no_response": options.no_response,
                       "told_on": _day(options.told)})
        )  # fmt: skip
    if options.reopen:
        found.append(("reopen", {"why": options.why or ""}))
    if options.repeat_of is not None:
        found.append(("link", {"repeat_of": options.repeat_of}))
    if options.summary is not None:
        found.append(("summarise", {"words": options.summary}))
    return found


def _told(found: Thread, today: date) -> Iterator[str]:
    line = found.line
    yield f"{line.key}  {line.what}"
    yield f"    {line.text}"
    due = issue_list.due_words(line.due, today)
    yield tr("    Stands: {words}", words="; ".join(filter(None, (line.stands, due))))
    for name, words in found.facts:
        yield f"    {name}: {words}"
    for step in found.steps:
        yield f"  {step.when}  {step.did} ({step.by})"
        yield from (f"      {words}" for words in step.words)
    if found.missing:
        yield tr("  Before it is closed: {what}.", what=listed(found.missing))
    for each in found.earlier:
        yield tr("  Earlier here: {key}, {day}: {words}", key=each.key, day=day_words(each.found), words=each.text)


def _thread_as_json(found: Thread) -> dict[str, Any]:
    return {
        **_as_json(found.line), "report": found.report or None, "next": list(found.next),
        "missing": list(found.missing), "earlier_issues": [each.key for each in found.earlier],
        "history": [
            {"did": step.did, "words": list(step.words), "by": step.by, "when": step.when} for step in found.steps
        ],
        "body": dict(found.body),
    }  # fmt: skip


def send(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Write the list of what waits at some sites, and mark it as sent once the file is there."""
    ending = options.file.suffix.lower().lstrip(".")
    if ending not in _ENDINGS:
        raise InvalidInput("usage", tr("Give the name of a PDF or of a Word document: FILE.pdf or FILE.docx."))
    if options.file.exists() and not options.yes:
        raise InvalidInput("file_exists", tr("{path} is there already. Give --yes to replace it.", path=options.file))
    with unlocked(options, program, terminal) as laptop:
        office = Pursuit(laptop)
        made = office.prepare(options.site, to=options.to or "", due=_day(options.due))
        content = program.documents.sent_list(made, ending)
        office.leave(made, to=ending)
        whole_file.put(options.file, content)
        marked = office.mark(made)
    if options.json:
        told = {"list": made.reference, "to": made.to, "due_on": made.due.isoformat(), "issues": list(marked.sent),
                "changed": list(marked.changed), "warnings": list(made.warnings)}  # fmt: skip
        terminal.document({**told, "file": str(options.file)})
        return
    for words in made.warnings:
        terminal.tell(words)
    for key in marked.changed:
        terminal.tell(tr("{key} changed meanwhile and is not marked as sent.", key=key))
    terminal.say(
        plural(
            "Written: {path}. {count} entry is marked as sent to {who}; answers are due by {due}.",
            "Written: {path}. {count} entries are marked as sent to {who}; answers are due by {due}.",
            len(marked.sent), path=options.file, who=made.to_words, due=day_words(made.due),
        )
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return typed.day(text) if text else None


COMMANDS: Mapping[str, Command] = {"issues": issues, "issue": issue, "send": send}
"""The commands by the names of the command line."""
