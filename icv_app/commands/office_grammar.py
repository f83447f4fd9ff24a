"""The grammar of the commands with which the office runs a scheme: its documents, rota, volunteers, sites and the rest.

Apart from the commands themselves, since every start of the program reads it.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from icv_app.commands import period_grammar
from icv_app.program import DOCUMENTS, FORMATS

Verb = Callable[[str, str], argparse.ArgumentParser]
"""Makes the parser of a command of a name, with words of help."""


def add(verb: Verb) -> None:
    """Add them all."""
    for part in (_documents, _rota, _volunteers, _follow_up, _sites, period_grammar.add, _panels, _quality, _finding):
        part(verb)


def _documents(verb: Verb) -> None:
    made = verb("summary", "the compliance summary of a period, or another document of its figures")
    made.add_argument("period", metavar="PERIOD", help="2025-26-Q2, 2025-26 or 2025-07-01..2025-08-31")
    made.add_argument("--format", choices=FORMATS, help="default: by the name of FILE, else json")
    made.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="or a folder: the file is then called by its marking and name"
    )
    made.add_argument(
        "--document", choices=DOCUMENTS, default="summary",
        help="another document than the summary; csv, json and xlsx hold the figures, whichever it is",
    )  # fmt: skip
    made.add_argument("--public", action="store_true", help="withhold small numbers that could point to a person")
    made.add_argument(
        "--edition", metavar="N", help="as it was published, such as 1 or 1b (0: the last), not as the records are now"
    )
    made.add_argument("--yes", action="store_true", help="replace the file where it is there")


def _rota(verb: Verb) -> None:
    period = "such as 2026-27-Q4 or 2027-01-04..2027-01-31"
    rota = verb("rota", "list who goes where in a period, or work out a rota")
    rota.add_argument("period", metavar="PERIOD", help=period)
    how = rota.add_mutually_exclusive_group()
    how.add_argument("--propose", action="store_true", help="work out who could go; nothing is saved (the office)")
    how.add_argument("--adopt", action="store_true", help="work it out and save it (the office)")
    how.add_argument("--slots", action="store_true", help="save the slots that are due, nobody named (the office)")
    rota.add_argument("--json", action="store_true")

    slot = verb("slot", "show a slot of the rota, name who goes, or say what became of it")
    slot.add_argument("slot", metavar="SLOT", help="as `rota` lists it")
    what = slot.add_mutually_exclusive_group()
    what.add_argument("--name", metavar="REF,REF", help="the two who go; none: nobody")
    for status in ("missed", "cancelled", "withdrawn"):
        what.add_argument(f"--{status}", dest="status", action="store_const", const=status, help="with --reason")
    what.add_argument("--again", action="store_true", help="planned again after all")
    slot.add_argument("--overrule", metavar="WORDS", default="", help="why somebody goes against what they had said")
    slot.add_argument("--reason", metavar="CODE", default="", help="such as no_partner; a wrong one lists them")
    slot.add_argument("--by", choices=("dog_unit", "police", "office", "visitors"), default="", help="who cancelled it")
    slot.add_argument("--words", metavar="WORDS", default="", help="more about the reason; names nobody")
    slot.add_argument("--json", action="store_true")

    dated = verb("add-slot", "add a slot for a visit agreed for its own day: a training observation, a TACT visit")
    dated.add_argument("measure", choices=("custody_visit", "kennel_visit", "training_observation"))
    dated.add_argument("site", metavar="SITE", help="its code, as `sites` lists it")
    dated.add_argument("day", metavar="DATE", help="such as 2026-11-22")
    dated.add_argument("--tact", action="store_true", help="a visit under the Terrorism Act: its week")

    said = verb("availability", "show or say when somebody cannot visit, and how often they will at the most")
    said.add_argument("period", metavar="PERIOD", help=period)
    said.add_argument("--person", metavar="REF", default="", help="whose (default: one's own)")
    said.add_argument("--weeks", metavar="MONDAY,MONDAY", help="weeks in which they cannot, by their Mondays; none")
    said.add_argument("--months", metavar="MONTH,MONTH", help="months in which they cannot, such as 2027-01; none")
    said.add_argument("--most", metavar="N", help="visits in the period at the most; none: any number")
    said.add_argument("--note", metavar="WORDS", help="for the office")
    said.add_argument("--json", action="store_true")

    swap = verb("swap", "list the swaps, ask somebody to go in one's place, answer, or confirm")
    swap.add_argument("swap", metavar="SLOT", nargs="?", help="the slot; of several swaps of one, as they are listed")
    turn = swap.add_mutually_exclusive_group()
    turn.add_argument("--ask", metavar="REF", help="ask this person to go")
    for state, word in (("agreed", "agree"), ("declined", "decline"), ("withdrawn", "withdraw"), ("done", "confirm")):
        turn.add_argument(f"--{word}", dest="state", action="store_const", const=state)
    swap.add_argument("--other", metavar="SLOT", default="", help="with --ask: go to this one for them")
    swap.add_argument("--from", metavar="REF", dest="asked_by", default="", help="with --ask: for whom (the office)")
    swap.add_argument("--json", action="store_true")

    calendar = verb("calendar", "write the rota as a calendar file: whole weeks, no days and no times")
    calendar.add_argument("file", metavar="FILE.ics", type=Path)
    calendar.add_argument("--person", metavar="REF", default="", help="this person's visits (default: all)")
    calendar.add_argument("--period", metavar="PERIOD", help="only those of a period")
    calendar.add_argument("--yes", action="store_true", help="replace the file where it is there")


def _volunteers(verb: Verb) -> None:
    found = verb("volunteers", "list the volunteers: roles, status, what expires next, visits and hours of a year")
    found.add_argument("--due", action="store_true", help="only what has expired or will in 90 days, soonest first")
    found.add_argument("--json", action="store_true")


def _follow_up(verb: Verb) -> None:
    views = ("open", "unsent", "with_police", "overdue", "answered", "to_check", "praise", "recommendations", "closed",
             "all")  # fmt: skip
    listed = verb("issues", "list the issues, requests, recommendations and praise that were found")
    listed.add_argument("--open", action="store_true", help="those still open (what is listed without --view)")
    listed.add_argument("--overdue", action="store_true", help="those whose answer by the police is overdue")
    listed.add_argument("--view", choices=views, default="open", help="those of another view")
    listed.add_argument("--site", metavar="SITE", help="those of one site")
    listed.add_argument("--json", action="store_true")

    one = verb("issue", "show one issue with its history, or take a step with it (the office)")
    one.add_argument("issue", metavar="ISSUE", help="its reference, as `issues` lists it")
    one.add_argument("--sent", metavar="TO", help="it was sent to custody_inspector, dog_unit_sergeant or estates")
    one.add_argument("--response", metavar="WORDS", help="the police answered, and the answer is accepted")
    one.add_argument("--accepted", action="store_true", help="the answer that is there is accepted")
    one.add_argument("--not-accepted", action="store_true", help="with --response or alone: it is not accepted")
    one.add_argument("--escalate", metavar="TO", help="to custody_inspector, chief_inspector or chief_constable")
    one.add_argument("--done", metavar="WORDS", help="what was done about it")
    one.add_argument("--evidence", metavar="WORDS", help="with --done: what shows it; for what is serious")
    one.add_argument("--verify", choices=("yes", "no"), help="whether the evidence is enough, by another person")
    one.add_argument("--told", metavar="DATE", help="when the visitors were told")
    one.add_argument("--shared", metavar="DATE", help="when praise was shared with the staff")
    one.add_argument(
        "--close", metavar="OUTCOME", help="resolved, part_resolved, not_upheld, accepted_risk or funding_needed"
    )
    one.add_argument("--no-response", action="store_true", help="with --close: the police never answered")
    one.add_argument("--reopen", action="store_true", help="open it again; say --why")
    one.add_argument("--repeat-of", metavar="ISSUE", help="it is a repeat of an earlier one ('': of none)")
    one.add_argument("--summary", metavar="WORDS", help="the words for a public report, at most 300 characters")
    one.add_argument("--why", metavar="WORDS", help="with --escalate or --reopen")
    one.add_argument("--on", metavar="DATE", help="the day of the step, where it is not today")
    one.add_argument("--due", metavar="DATE", help="when an answer is due: with --sent, --escalate, or alone")
    one.add_argument("--looked", action="store_true", help="you have looked: the words tell nobody's identity")
    one.add_argument("--json", action="store_true")

    send = verb("send", "write the list of what waits to be sent to the police, and mark it as sent (the office)")
    send.add_argument("site", metavar="SITE", nargs="+", help="whose issues and praise ('': record reviews)")
    send.add_argument("file", metavar="FILE.pdf|.docx", type=Path)
    send.add_argument("--to", metavar="TO", help="custody_inspector, dog_unit_sergeant or estates")
    send.add_argument("--due", metavar="DATE", help="when answers are due (default: the scheme's working days)")
    send.add_argument("--yes", action="store_true", help="replace the file where it is there")
    send.add_argument("--json", action="store_true")


def _sites(verb: Verb) -> None:
    verb("sites", "list the sites with their calendars").add_argument("--json", action="store_true")
    verb("targets", "list the targets").add_argument("--json", action="store_true")

    status = verb("status", "add, correct, end or delete a row of a site's calendar")
    status.add_argument("site", metavar="SITE", help="its code, as `sites` lists it")
    status.add_argument("--status", choices=("open", "closed", "open_on_days"))
    status.add_argument("--days", metavar="DAYS", help="of the week, for open_on_days, such as Mon,Thu")
    status.add_argument("--told-by", metavar="WHO", help="who said so: a role, not a name")
    status.add_argument("--told-on", metavar="DATE")
    _row(status)

    target = verb("target", "add, correct, end or delete a target")
    target.add_argument("measure", choices=("custody_visit", "kennel_visit", "training_observation", "record_review"))
    target.add_argument("--site", metavar="SITE", help="for this site alone (default: for all)")
    target.add_argument("--number", metavar="N", type=int, help="how many; 0: suspended")
    target.add_argument("--per", choices=("week", "month", "quarter", "year"))
    target.add_argument("--approved-by", metavar="WHO", help="whose decision it is: a role, not a name")
    target.add_argument("--approved-on", metavar="DATE")
    target.add_argument(
        "--make-room", action="store_true",
        help="end another target that is in force then on the day before; after the new one it goes on",
    )  # fmt: skip
    _row(target)


def _row(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--from", dest="first", metavar="DATE", help="the first day, such as 2026-11-22")
    verb.add_argument("--to", dest="last", metavar="DATE", help='the last day; "none": with no end')
    verb.add_argument("--reason", metavar="WORDS", help="names nobody")
    verb.add_argument("--change", metavar="DATE", help="change the row that begins on this day, rather than add one")
    verb.add_argument("--delete", action="store_true", help="with --change: delete that row")
    verb.add_argument("--preview", action="store_true", help="only tell what it would do to the figures")


def _panels(verb: Verb) -> None:
    words = "list the sessions of scrutiny panels, their recommendations and the answers"
    verb("panels", words).add_argument("--json", action="store_true")


def _quality(verb: Verb) -> None:
    made = verb("quality", "the criteria that the scheme is judged by, and the evidence of them (the office)")
    made.add_argument(
        "do", nargs="?", choices=("criteria", "evidence", "add", "criterion", "withdraw"), default="criteria",
        help="list the criteria or the evidence; add evidence; add or change a criterion; withdraw evidence",
    )  # fmt: skip
    made.add_argument("code", metavar="CODE", nargs="?", help="of a criterion; with withdraw: of the evidence")
    made.add_argument("--words", metavar="WORDS", help="what shows it, or what the criterion asks for; names nobody")
    made.add_argument("--on", metavar="DATE", help="with add: the day it is of (default: today)")
    made.add_argument("--source", metavar="WORDS", help="with add: the record or paper that holds it")
    made.add_argument("--area", metavar="WORDS", help="with criterion: the heading that it stands under")
    made.add_argument("--level", metavar="LEVEL", help="with criterion: code_compliant, silver, gold or platinum")
    made.add_argument("--order", metavar="N", type=int, help="with criterion: its place under the heading")
    made.add_argument("--from", dest="first", metavar="DATE", help="with criterion: used from this day")
    made.add_argument("--to", dest="last", metavar="DATE", help="with criterion: used up to this day")
    made.add_argument("--all", action="store_true", help="with criteria: also those not in use today")
    made.add_argument("--looked", action="store_true", help="you have looked: the words tell nobody's identity")
    made.add_argument("--json", action="store_true")


def _finding(verb: Verb) -> None:
    find = verb("find", "find records by words and filters, the latest first")
    find.add_argument(
        "words", metavar="WORDS", nargs="+",
        help="words, a \"phrase\", and filters: kind: site: form: status: theme: person: from: to:",
    )  # fmt: skip
    find.add_argument(
        "--kind", metavar="KIND", help="of one kind: report, finding, session, site, volunteer, slot, ..."
    )
    find.add_argument("--most", metavar="N", type=int, default=50, help="how many to list (default: 50)")
    find.add_argument("--json", action="store_true")
