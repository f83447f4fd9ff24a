"""The commands of forms and paper: list, export and import forms as workbooks, and print a blank form or one report."""

import argparse
from collections.abc import Mapping
from functools import partial
from typing import Any

from forms import guard, outline, reader, translation
from forms.form import Form
from forms.translation import plural, tr
from icv_app import typed
from icv_app.commands.everyday import Command, unlocked
from icv_app.commands.terminal import Terminal
from icv_app.errors import InvalidInput
from icv_app.form_versions import workbook
from icv_app.form_versions.form_book import Edition, FormBook, Preview, order
from icv_app.laptop import Laptop
from icv_app.program import Program
from icv_app.scheme import scheme_settings


def forms(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """List forms, write one as a workbook, publish a workbook, or print a blank form."""
    {"list": _list, "export": _export, "import": _import, "print": _print}[options.verb](options, program, terminal)


def _list(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    with unlocked(options, program, terminal) as laptop:
        book = laptop.paperwork.book
        rows = [_row(book, name) for name in book.names()]
    if options.json:
        terminal.document(rows)
        return
    origins = {"program": tr("of the program"), "scheme": tr("of the scheme")}
    for row in rows:
        said = {
            **row,
            "origin": origins[row["origin"]],
            "questions": plural("{count} question", "{count} questions", row["questions"]),
        }
        terminal.say(tr("{form}: {title}, version {version} {origin}, {questions}", **said))
        for other in row["others"]:
            version, origin = other["version"], origins[other["origin"]]
            terminal.say(tr("    also known: version {version} {origin}", version=version, origin=origin))


def _row(book: FormBook, name: str) -> dict[str, Any]:
    present = book.present(name)
    known = {
        edition.version: edition
        for edition in (Edition(form=name, version=reader.load(name).version, origin="program"), *book.editions(name))
    }
    asked = (entry for entry in outline.of(present).entries.values() if entry.answerable)
    others = sorted(
        (each for each in known.values() if each.version != present.version), key=lambda e: order(e.version)
    )
    return {
        "form": name,
        "title": present.title,
        "version": present.version,
        "origin": known[present.version].origin,
        "questions": sum(1 for _ in asked),
        "others": [{"version": each.version, "origin": each.origin} for each in others],
    }


def _export(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    with unlocked(options, program, terminal) as laptop:
        form = _form(laptop.paperwork.book, options.form, options.version)
        _make_way(options, terminal)
        workbook.write(form, options.file)
    terminal.say(
        tr("{title}, version {version}, is in {file}.", title=form.title, version=form.version, file=options.file)
    )


def _form(book: FormBook, name: str, version: str | None) -> Form:
    if version is None:
        return book.present(name)
    form = book.find(name, version) if name in book.names() else book.present(name)
    if form is None:
        raise InvalidInput(
            "no_form_version", tr("This laptop does not know version {version} of {form}.", version=version, form=name)
        )
    return form


def _make_way(options: argparse.Namespace, terminal: Terminal) -> None:
    if options.file.exists():
        terminal.confirm(tr("{file} is there already.", file=options.file), yes=options.yes)


def _import(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    with unlocked(options, program, terminal) as laptop:
        if not laptop.office:
            raise InvalidInput("office_only", tr("Only the office can change a form."))
        book = laptop.paperwork.book
        preview = book.preview(options.file)
        terminal.tell(preview.words)
        if not preview.nothing:
            terminal.confirm(tr("The whole scheme would fill in this version."), yes=options.yes)
            book.publish(preview, office=laptop.office)
    if options.json:
        terminal.document(_published(preview))
    elif not preview.nothing:
        said = {"title": preview.form.title, "version": preview.form.version}
        terminal.say(tr("{title}: version {version} is in force. Other laptops have it once both have shared.", **said))


def _published(preview: Preview) -> dict[str, Any]:
    return {
        "form": preview.form.name,
        "version": preview.before.version if preview.nothing else preview.form.version,
        "published": not preview.nothing,
        "changes": [
            {"what": each.what, "section": each.section, "name": each.name, "words": each.words}
            for each in preview.changes
        ],
        "notes": list(preview.notes),
    }


def _print(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    with unlocked(options, program, terminal) as laptop:
        form = laptop.paperwork.book.present(options.form)
        language = form.language(options.language or translation.language())
        if options.language and not language and options.language != "en":
            raise InvalidInput(
                "no_language", tr("{title} has no texts in {language}.", title=form.title, language=options.language)
            )
        header = _header(laptop, options)
        _make_way(options, terminal)
        program.documents.paper(
            form, options.file, lists=laptop.paperwork.lists(), header=header, language=language,
            marking=laptop.marking, scheme=laptop.identity.scheme,
        )  # fmt: skip
    terminal.tell(tr("Written: {file}", file=options.file))


def _header(laptop: Laptop, options: argparse.Namespace) -> dict[str, str]:
    header: dict[str, str] = {}
    if options.site:
        if options.site not in {choice.name for choice in laptop.paperwork.lists()["sites"]}:
            raise InvalidInput("no_site", tr("There is no site {site} on this laptop.", site=options.site))
        header["site"] = options.site
    if options.date:
        header["date"] = typed.day(options.date).isoformat()
    return header


def print_record(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Write one report as a PDF, as it reads on the screen."""
    with unlocked(options, program, terminal) as laptop:
        reading = laptop.reading(options.record, mask=options.mask)
        number = scheme_settings.read(laptop.store).custody_number
        _make_way(options, terminal)
        laptop.logbook.report_exported(reading.key, to="pdf", masked=options.mask)
        program.documents.visit(
            reading, options.file, scheme=laptop.identity.scheme, marking=laptop.report_marking,
            mask=partial(guard.mask, custody_number=number) if options.mask else None,
        )  # fmt: skip
    terminal.tell(tr("Written: {file}", file=options.file))


COMMANDS: Mapping[str, Command] = {"forms": forms, "print": print_record}
"""The commands by the names of the command line."""
