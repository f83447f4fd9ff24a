"""The paper form: what the screen asks, in its order and by its numbers, for a pen (issue 3, part 5).

Grey-scale safe, 11 points, nothing by colour alone. What was planned is never on it: it goes into a police station.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from forms.form import Choice, Form
from forms.translation import plural, tr
from icv_app.files import whole_file
from reports.formats import page
from reports.formats.grid import Look, Plan, grid
from reports.formats.lettering import QUIET, colour
from reports.formats.page import BODY_WIDTH, Story
from reports.formats.text import heading, paragraph, title
from reports.sheets import paper_sheet
from reports.sheets.answer_space import Lines, Options
from reports.sheets.blank import Blank, Part, Question

COPIES = 3
"""How many rows of a repeat (people, issues, dogs) a paper has room for, unless told otherwise."""


def write(
    form: Form,
    path: Path,
    *,
    lists: Mapping[str, tuple[Choice, ...]],
    header: Mapping[str, str],
    language: str = "",
    marking: str = "OFFICIAL-SENSITIVE",
    copies: int = COPIES,
    scheme: str = "",
    program_version: str = "",
) -> Path:
    """Write a blank `form` to `path` as a PDF to be filled in with a pen, and return `path`.

    `lists` are the reference lists by name; one of at most 12 is printed to tick from. `header` are stored answers, by
    question, that are printed beforehand (site, date, visitor_1). `language` is one of the form's ("Cymraeg (cy)"); ""
    is its default. `copies` is the room for rows of a repeat. The same arguments give the same bytes. Raises
    Unavailable("document_not_written").
    """
    return whole_file.put(
        path,
        render(
            form,
            lists=lists,
            header=header,
            language=language,
            marking=marking,
            copies=copies,
            scheme=scheme,
            program_version=program_version,
        ),
    )


def render(
    form: Form,
    *,
    lists: Mapping[str, tuple[Choice, ...]],
    header: Mapping[str, str],
    language: str = "",
    marking: str = "OFFICIAL-SENSITIVE",
    copies: int = COPIES,
    scheme: str = "",
    program_version: str = "",
) -> bytes:
    """Return the PDF that `write` writes."""
    parts = Blank(form, lists=lists, header=header, language=language).parts()
    foot = tr("{form}, form version {version}", form=form.heading, version=form.version)
    furniture = page.Furniture(
        title=tr("{form}: paper form, version {version}", form=form.heading, version=form.version),
        scheme=scheme,
        marking=marking,
        program_version=program_version,
        records_to=_day(form.version),
        foot=f"{foot} · icv-app {program_version}" if program_version else foot,
        top=46.0,
        banded=False,
        language=_code(language),
    )

    story: Story = _opening(form, scheme)
    for part in parts:
        story += _section(part, copies)
    return page.build([*story, KeepTogether([*_signing(), *_office()])], furniture)


def _opening(form: Form, scheme: str) -> Story:
    told = [
        tr("Use this paper at the visit, then type it in: the screen asks the same questions by the same numbers."),
        tr("A round mark: tick one answer. A square mark: tick all that apply. A star (*): answer it if it applies."),
        tr("Never write a name, a date of birth, an address or an offence of anybody in custody."),
        tr("Keep this paper with you. Once it is typed in, deal with it as your scheme asks."),
    ]
    look: list[Look] = [("BOX", (0, 0), (-1, -1), 0.8, colour(QUIET))]
    cells = [[paragraph(text, "asked")] for text in told]
    box = grid(cells, [BODY_WIDTH], Plan(), look, padding=(2, 8, 2, 8), spaceAfter=4)
    return [
        *([paragraph(scheme, "small")] if scheme else []),
        title(form.heading),
        Spacer(1, 4),
        box,
    ]


def _section(part: Part, copies: int) -> Story:
    head: Story = [CondPageBreak(150 if part.repeated else 110)]
    if part.title:
        head.append(heading(_title(part), whole=False))
    small = " ".join([*part.conditions, *([part.hint] if part.hint and not part.repeated else [])])
    if part.repeated:
        room = plural(
            "There is room for {count}. Use another sheet for more.",
            "There is room for {count}. Use another sheet for more.",
            copies,
        )
        small = f"{small} {room}".strip()
    if small:
        head.append(paragraph(small, "asked_hint"))
    return [*head, *paper_sheet.tables(part, copies)]


def _title(part: Part) -> str:
    number = _first_number(part).partition(".")[0]
    return tr("{number}. {title}", number=number, title=part.title) if number else part.title


def _first_number(part: Part) -> str:
    for item in part.items:
        number = item.number if isinstance(item, Question) else _first_number(item) if isinstance(item, Part) else ""
        if number:
            return number
    return ""


def _signing() -> Story:
    def box(whose: str) -> list[Any]:
        return [
            paragraph(whose, "asked_part"),
            Spacer(1, 4),
            Options([tr("I agree with this report"), tr("I see this differently:")], several=False),
            Lines(2),
            Spacer(1, 4),
            paragraph(tr("Visitor’s reference, date and signature"), "asked_hint"),
            Lines(1),
        ]

    half = BODY_WIDTH / 2
    look: list[Look] = [("BOX", (column, 0), (column, 0), 0.8, colour(QUIET)) for column in (0, 1)]
    cells = [[box(tr("First visitor")), box(tr("Second visitor"))]]
    both = grid(cells, [half, half], Plan(), look, padding=(3, 6, 8, 6))
    return [heading(tr("Sign-off")), both]


def _office() -> Story:
    look: list[Look] = [("BOX", (0, 0), (-1, -1), 0.8, colour(QUIET)), ("VALIGN", (0, 0), (-1, -1), "BOTTOM")]
    words = (tr("Typed in by"), tr("Date"), tr("Reference given"))
    widths = [BODY_WIDTH * share for share in (0.36, 0.24, 0.4)]
    cells = [[[paragraph(word, "asked_part"), Lines(1)] for word in words]]
    return [Spacer(1, 10), grid(cells, widths, Plan(), look, padding=(4, 6, 8, 6))]


def _day(version: str) -> date | None:
    """Return the day that a version is named after (2026112201), or None."""
    try:
        return date.fromisoformat(version[:8]) if len(version) >= 8 else None
    except ValueError:
        return None


def _code(language: str) -> str:
    """Return the code at the end of a language's name in a form: "cy" of "Cymraeg (cy)"."""
    return language.rpartition("(")[2].partition(")")[0].strip() if "(" in language else ""
