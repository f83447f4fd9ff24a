"""The command on the templates of papers: list, export, check, import, try out, number from, go back, look back."""

import argparse
from collections.abc import Mapping

from forms.translation import tr
from icv_app import paper_row
from icv_app.commands.everyday import Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.periods import parse_period
from icv_app.program import Program
from icv_app.summaries import paper_file, paper_name, paper_template
from icv_app.summaries.paper_check import HIGHEST, Problem, check
from icv_app.summaries.paper_file import Held
from icv_app.summaries.paper_template import TEMPLATES, TemplateRefused
from icv_app.wording import day_words


def paper_templates(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Carry out one verb of `paper-templates`."""
    with unlocked(options, program, terminal) as laptop:
        _VERBS[options.verb](options, program, terminal, laptop)


def _list(options: argparse.Namespace, program: Program, terminal: Terminal, laptop: Laptop) -> None:
    rows = [
        {
            "template": name,
            "title": tr(title),
            "own": paper_template.is_own(laptop.store, name),
            "rows": len(paper_template.read(laptop.store, name)),
        }
        for name, title in TEMPLATES.items()
    ]
    if options.json:
        terminal.document(rows)
        return
    for row in rows:
        whose = tr("the scheme's own") if row["own"] else tr("of the program")
        terminal.say(tr("{template}: {title}, {whose}, {rows} rows", **{**row, "whose": whose}))


def _names(options: argparse.Namespace, program: Program, terminal: Terminal, laptop: Laptop) -> None:
    rows = [
        {
            "name": name.name,
            "repeat": name.repeat,
            "meaning": tr(name.meaning),
            "example": program.documents.paper_example(name.name),
        }
        for name in paper_name.NAMES
    ]
    if options.json:
        terminal.document(rows)
        return
    for row in rows:
        within = tr(" (in rows repeated for {repeat})", repeat=row["repeat"]) if row["repeat"] else ""
        example = tr(", such as “{example}”", example=row["example"]) if row["example"] else ""
        terminal.say(f"${{{row['name']}}}{within}: {row['meaning']}{example}")
    for ending, meaning in paper_name.VARIANT_MEANINGS.items():
        terminal.say(f"${{…{ending}}}: {tr(meaning)}")
    for repeat, meaning in paper_name.REPEATS.items():
        terminal.say(tr("A row may be repeated for {repeat}: {meaning}", repeat=repeat, meaning=tr(meaning)))


def _export(options: argparse.Namespace, program: Program, terminal: Terminal, laptop: Laptop) -> None:
    name = options.name
    rows = paper_template.shipped(name) if options.shipped else paper_template.read(laptop.store, name)
    if options.file.suffix.lower() not in (".xlsx", ".toml"):
        raise InvalidInput("usage", tr("Name a file that ends in .xlsx or .toml."))
    if options.file.exists():
        terminal.confirm(tr("{file} is there already.", file=options.file), yes=options.yes)
    paper_file.write(options.file, name, rows)
    terminal.say(tr("{title} is in {file}.", title=tr(TEMPLATES[name]), file=options.file))


def _check(options: argparse.Namespace, program: Program, terminal: Terminal, laptop: Laptop) -> None:
    held = _fit(options)
    terminal.say(program.documents.paper_sample(held.rows, None))
    terminal.tell(tr("Nothing is wrong with it. This is what it makes of the example quarter."))


def _fit(options: argparse.Namespace) -> Held:
    """Return the template in the file. Raises TemplateRefused, its places those of the file."""
    held = paper_file.read(options.file)
    paper_template.known(held.name)
    if problems := check(held.rows):
        raise TemplateRefused([_placed(problem, held) for problem in problems])
    return held


def _placed(problem: Problem, held: Held) -> Problem:
    row = held.places[problem.row - 1] if problem.row else 0
    return Problem(row=row, column=problem.column, words=problem.words)


def _import(options: argparse.Namespace, program: Program, terminal: Terminal, laptop: Laptop) -> None:
    held = _fit(options)
    if held.rows == paper_template.read(laptop.store, held.name):
        terminal.tell(tr("This is the template in force. Nothing was saved."))
        return
    terminal.tell(program.documents.paper_sample(held.rows, None))
    title = tr(TEMPLATES[held.name])
    terminal.confirm(tr("{title}: this is what it makes of the example quarter.", title=title), yes=options.yes)
    paper_template.save(laptop.store, held.name, held.rows)
    terminal.say(tr("{title}: the scheme's own template is in force.", title=title))


def _sample(options: argparse.Namespace, program: Program, terminal: Terminal, laptop: Laptop) -> None:
    rows = paper_template.read(laptop.store, options.name)
    account = laptop.accounts.of(parse_period(options.period)) if options.period else None
    terminal.say(program.documents.paper_sample(rows, account))


def _start(options: argparse.Namespace, program: Program, terminal: Terminal, laptop: Laptop) -> None:
    if not 0 < options.number <= HIGHEST:
        raise InvalidInput("usage", tr("The number must be a whole one from 1 to {most}.", most=HIGHEST))
    rows = paper_row.starting_at(paper_template.read(laptop.store, options.name), options.number)
    paper_template.save(laptop.store, options.name, rows)
    terminal.say(
        tr("{title}: paragraphs count from {number}.", title=tr(TEMPLATES[options.name]), number=options.number)
    )


def _reset(options: argparse.Namespace, program: Program, terminal: Terminal, laptop: Laptop) -> None:
    if not paper_template.is_own(laptop.store, options.name):
        terminal.tell(tr("The template of the program is in force already. Nothing was changed."))
        return
    title = tr(TEMPLATES[options.name])
    terminal.confirm(tr("{title}: the scheme's own template would no longer be used.", title=title), yes=options.yes)
    paper_template.reset(laptop.store, options.name)
    terminal.say(tr("{title}: the template of the program is in force.", title=title))


def _history(options: argparse.Namespace, program: Program, terminal: Terminal, laptop: Laptop) -> None:
    found = paper_template.history(laptop.store, options.name)
    if options.json:
        terminal.document([
            {
                "author": each.author, "saved": each.saved.isoformat(timespec="minutes"),
                "rows": [row.as_cells() for row in each.rows or ()],
            }
            for each in found
        ])  # fmt: skip
        return
    for each in found:
        what = tr("{rows} rows", rows=len(each.rows)) if each.rows else tr("back to that of the program")
        moment = tr("{date} at {time}", date=day_words(each.saved), time=f"{each.saved:%H:%M}")
        terminal.say(tr("{moment}, {author}: {what}", moment=moment, author=each.author, what=what))
    if not found:
        terminal.tell(tr("The scheme has had no template of its own."))


_VERBS = {
    "list": _list, "names": _names, "export": _export, "check": _check, "import": _import, "sample": _sample,
    "start": _start, "reset": _reset, "history": _history,
}  # fmt: skip
COMMANDS: Mapping[str, Command] = {"paper-templates": paper_templates}
"""The commands by the names of the command line."""
