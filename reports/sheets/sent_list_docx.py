"""The list of issues and praise for one of the police, as a Word document into which the answers are typed.

Real headings, header rows and a language, so that a screen reader finds its way (`domain.md` E11).
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Cm, Pt

from forms.translation import language, tr
from icv_app.files import package_file, whole_file
from icv_app.issues.sent_list import Item, SentList
from reports.document import TAGS
from reports.formats import word_style
from reports.plain import clean
from reports.sheets import sent_words

_WIDTHS = (1.2, 5.4, 3.6, 3.2, 3.6)  # cm


def write(made: SentList, path: Path) -> Path:
    """Write `made` to `path`, replacing it in one step, and return `path`.

    Raises Unavailable("document_not_written").
    """
    return whole_file.put(path, render(made))


def render(made: SentList) -> bytes:
    """Return the document that `write` writes."""
    document = Document()
    word_style.dress(
        document, title=made.title, scheme=made.scheme, marking=made.marking, language=TAGS.get(language(), language()),
        day=made.day, foot=made.reference,
    )  # fmt: skip
    document.add_heading(_plain(made.title), level=0)
    for line in (made.scheme, *sent_words.subtitle(made).split("\n")):
        document.add_paragraph(_plain(line), style="Subtitle")
    for words in sent_words.intro(made):
        document.add_paragraph(_plain(words))
    if len(made.items) > 3:
        document.add_heading(tr("In this list"), level=1)
        _overview(document, made.items)
    for title, items in ((tr("To be answered"), made.asked), (tr("Praise to be passed on"), made.praise)):
        if items:
            document.add_heading(title, level=1)
            for item in items:
                _entry(document, item, answer=items is made.asked)
    stream = io.BytesIO()
    document.save(stream)
    return package_file.settled(stream.getvalue(), made.day)


def _plain(text: str) -> str:
    """Return a text without the characters that no document of Word may hold."""
    return clean(text)


def _overview(document: Any, items: Sequence[Item]) -> None:
    table = document.add_table(rows=1, cols=len(sent_words.COLUMNS), style="Table Grid")
    table.autofit = False
    _fill(table.rows[0], [tr(words) for words in sent_words.COLUMNS], bold=True)
    word_style.repeats(table.rows[0])
    for item in items:
        _fill(table.add_row(), [_plain(cell) for cell in sent_words.row(item)])


def _fill(row: Any, cells: Sequence[str], *, bold: bool = False) -> None:
    for cell, words, width in zip(row.cells, cells, _WIDTHS, strict=True):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(words)
        run.bold, run.font.size = bold, Pt(10)
    word_style.whole(row)


def _entry(document: Any, item: Item, *, answer: bool) -> None:
    document.add_heading(_plain(sent_words.heading(item)), level=2)
    kept = [document.add_paragraph(_plain(sent_words.about(item)))]
    kept[0].runs[0].font.size = Pt(10)
    kept.append(document.add_paragraph(_plain(item.text or tr("No words recorded."))))
    if item.action:
        paragraph = document.add_paragraph()
        paragraph.add_run(tr("Done at the time:")).bold = True
        paragraph.add_run(" " + _plain(item.action))
        kept.append(paragraph)
    if item.again:
        kept.append(document.add_paragraph(_plain(item.again)))
    for paragraph in kept:
        paragraph.paragraph_format.keep_with_next = True
    labels = sent_words.ANSWER if answer else (sent_words.PASSED_ON,)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for label in labels:
        row = table.add_row()
        for cell, width in zip(row.cells, (5.0, 12.0), strict=True):
            cell.width = Cm(width)
        row.cells[0].paragraphs[0].add_run(tr(label)).bold = True
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = label != labels[-1]
        word_style.whole(row)
    document.add_paragraph()
