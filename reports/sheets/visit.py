"""One visit or review as a PDF: what was asked and answered, who agrees, and every version with its reason."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from forms.translation import plural, tr
from icv_app.files import whole_file
from icv_app.records.reading import Reading, ReadSection
from icv_app.wording import day_words, weekday_words
from reports.formats import page
from reports.formats.blocks import Band
from reports.formats.grid import DataTable, Look, Plan, grid
from reports.formats.lettering import NAVY, RULE, TINT, WHITE, colour
from reports.formats.page import BODY_WIDTH, Story
from reports.formats.text import heading, paragraph

Mask = Callable[[str], str]
_ROW = re.compile(r"(\d+)\. ")
_BELOW, _WHOLE = 300, 1000  # letters: an answer that stands below its question; a block that is kept on one page
_REFERENCE = re.compile(r"\$\{[^{}]*\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the document says about itself: whose it is, its marking, which program made it.

    `records_to` is its date; None: that of the visit.
    """

    scheme: str
    marking: str = "OFFICIAL-SENSITIVE"
    records_to: date | None = None
    program_version: str = ""


def write(reading: Reading, about: About, path: Path, *, mask: Mask | None = None) -> Path:
    """Write `reading` to `path`, replacing it in one step, and return `path`.

    `mask` takes a text and returns it without personal details; each page then says so. The same arguments give the
    same bytes. Raises Unavailable("document_not_written").
    """
    return whole_file.put(path, render(reading, about, mask=mask))


def render(reading: Reading, about: About, *, mask: Mask | None = None) -> bytes:
    """Return the PDF that `write` writes."""
    told = mask or str
    furniture = page.Furniture(
        title=reading.title,
        scheme=about.scheme,
        marking=about.marking,
        program_version=about.program_version,
        records_to=about.records_to or _day(reading),
        foot=_foot(reading, about),
        note=tr("Personal details masked") if mask else "",
    )
    return page.build(_story(reading, about, told, masked=mask is not None), furniture)


def _foot(reading: Reading, about: About) -> str:
    named = ""
    if reading.form_version:
        named = tr("{form}, form version {version}", form=reading.form_title, version=reading.form_version)
    program = f"icv-app {about.program_version}" if about.program_version else ""
    return " · ".join(filter(None, (named, program)))


def _day(reading: Reading) -> date | None:
    try:
        return date.fromisoformat(reading.day[:10])
    except ValueError:
        return None


def _subtitle(reading: Reading) -> str:
    """Return where, when and by whom: never a planned time, nor more of a volunteer than the reference (E6)."""
    day = _day(reading)
    when = f"{weekday_words(day)} {day_words(day)}" if day else ""
    who = ""
    if reading.visitors:
        who = plural(
            "Visitor: {visitors}", "Visitors: {visitors}", len(reading.visitors), visitors=", ".join(reading.visitors)
        )
    return "\n".join(filter(None, (", ".join(filter(None, (reading.site, when))), who)))


def _story(reading: Reading, about: About, mask: Mask, *, masked: bool) -> Story:
    notes = [mask(note) for note in reading.notes]
    if masked:
        notes.insert(0, tr("Names, numbers and addresses that the program recognised are left out of this copy."))
    return [
        Band(about.scheme, reading.title, _subtitle(reading)),
        *([_table([[paragraph(note, "body")] for note in notes], (1.0,), boxed=True, tall=True)] if notes else []),
        *(part for section in reading.sections for part in _section(section, mask)),
        *_signed(reading, mask),
        *_exchange(reading, mask),
        *_versions(reading, mask),
    ]


def _section(section: ReadSection, mask: Mask) -> Story:
    title = _title(section.title)
    parts: Story = []
    for row, answers in _rows(section):
        said = [(_title(question), mask(answer)) for question, answer in answers]
        head: Story = [] if parts else [CondPageBreak(90), heading(title, whole=bool(row))]
        if not row:
            parts += [*head, *_answers(said)]
            continue
        block: Story = [heading(tr("{title} {number}", title=title, number=row), 3), *_answers(said, boxed=True)]
        whole = sum(len(answer) for _, answer in said) < _WHOLE and len(said) < 16
        parts += [*head, KeepTogether(block)] if whole else [*(head or [CondPageBreak(90)]), *block]
    return parts


def _rows(section: ReadSection) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield (number of the row, its answers); "" for what stands in no row.

    A reading puts "2. " before the questions of a row.
    """
    whole = bool(section.answers) and all(_ROW.match(question) for question, _ in section.answers)

    def row(answer: tuple[str, str]) -> str:
        found = _ROW.match(answer[0]) if whole else None
        return found[1] if found else ""

    for number, answers in groupby(section.answers, key=row):
        yield number, [(_ROW.sub("", question, count=1) if number else question, said) for question, said in answers]


def _title(text: str) -> str:
    """Return a section's title without the places of answers ("Issue: ${issue_text}")."""
    return " ".join(_REFERENCE.sub("", text).split()).strip(" :,")


def _answers(answers: Sequence[tuple[str, str]], *, boxed: bool = False) -> Story:
    """Return questions with their answers beside them; a long answer stands below its question, as wide as the page."""
    found: Story = []
    for long, group in groupby(answers, key=lambda answer: len(answer[1]) > _BELOW or len(answer[0]) > _BELOW):
        pairs = [(paragraph(question, "read_question"), paragraph(answer, "read_answer")) for question, answer in group]
        if long:
            found += [_table([[part] for part in pair], (1.0,), boxed=boxed, tall=True) for pair in pairs]
        else:
            found.append(_table(pairs, (0.4, 0.6), boxed=boxed))
    return found


def _table(
    rows: Sequence[Sequence[Any]], shares: Sequence[float], *, heads: int = 0, boxed: bool = False, tall: bool = False
) -> Any:
    """Return rows as a table whose first cells are heads of their rows; with one column, as paragraphs."""
    rules: list[Look] = [("LINEBELOW", (0, -1 if tall else 0), (-1, -1), 0.5, colour(RULE))]
    if boxed:
        rules = [
            ("BACKGROUND", (0, 0), (-1, -1), colour(TINT)),
            ("LINEBEFORE", (0, 0), (0, -1), 3, colour(NAVY)),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, colour(WHITE)),
        ]
    return grid(
        rows,
        [BODY_WIDTH * share for share in shares],
        DataTable(heads) if len(shares) > 1 else Plan(),
        [("LEFTPADDING", (0, 0), (0, -1), 10 if boxed else 0), *rules],
        padding=(4, 8, 5, 6),
        splitInRow=int(tall),
    )


def _signed(reading: Reading, mask: Mask) -> Story:
    if not reading.entries:
        return []
    rows = [
        [[paragraph(entry.said, "read_answer"), *([paragraph(mask(entry.words), "body")] if entry.words else [])]]
        for entry in reading.entries
    ]
    return [CondPageBreak(90), heading(tr("Sign-off"), whole=False), _table(rows, (1.0,), boxed=True, tall=True)]


def _exchange(reading: Reading, mask: Mask) -> Story:
    """Return what the office and the visitors said of the report, as the reading page tells it."""
    said = reading.said
    if not said.returns and not said.accepted:
        return []
    parts: Story = [CondPageBreak(90), heading(tr("Between the office and the visitors"), whole=False)]
    if said.stands:
        parts.append(paragraph(said.stands, "read_answer"))
    for each in said.returns:
        parts.append(paragraph(mask(each.said), "read_answer"))
        parts += _answers([(_title(question), mask(words)) for question, words in each.comments], boxed=True)
        parts += [paragraph(mask(words), "read_answer") for words in each.outcome]
        parts.append(Spacer(1, 6))
    return [*parts, *(paragraph(mask(words), "read_answer") for words in said.accepted)]


def _versions(reading: Reading, mask: Mask) -> Story:
    """Return when the report was saved, by whom and why, and what each correction changed."""
    if not reading.versions:
        lines: Story = [paragraph(mask(line), "read_question") for line in reading.history]
        return [CondPageBreak(90), heading(tr("Versions"), whole=False), *lines] if lines else []
    parts: Story = [CondPageBreak(90), heading(tr("Versions"), whole=False)]
    for number, version in enumerate(reading.versions, 1):
        parts.append(paragraph(f"{number}. {mask(version.said)}", "read_answer"))
        changes = [
            [
                paragraph(_title(change.question), "read_question"),
                paragraph(mask(change.before), "read_answer"),
                paragraph(mask(change.after), "read_answer"),
            ]
            for change in version.changes
        ]
        if changes:
            head = [paragraph(text, "cell_bold") for text in (tr("Changed"), tr("Before"), tr("After"))]
            tall = any(len(change.before) + len(change.after) > _BELOW for change in version.changes)
            parts.append(_table([head, *changes], (0.36, 0.32, 0.32), heads=1, tall=tall))
        parts.append(Spacer(1, 6))
    return parts
