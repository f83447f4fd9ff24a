"""The list of issues and praise for one of the police, as a Word document into which the answers are typed.

Real headings, header rows and a language, so that a screen reader finds its way (`domain.md` E11).
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from forms.translation import language, tr
from icv_app import whole_file
from icv_app.sent_list import Item, SentList
from reports import sent_words
from reports.plain import clean

_FONT = "Arial"
_NAVY = RGBColor(0x12, 0x43, 0x6D)
_TAGS = {"en": "en-GB", "cy": "cy-GB"}
_WIDTHS = (1.2, 5.4, 3.6, 3.2, 3.6)  # cm


def write(made: SentList, path: Path) -> Path:
    """Write `made` to `path`, replacing it in one step, and return `path`.

    Raises Unavailable("document_not_written").
    """
    return whole_file.put(path, render(made))


def render(made: SentList) -> bytes:
    """Return the document that `write` writes."""
    document = Document()
    _dress(document, made)
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
    return stream.getvalue()


def _plain(text: str) -> str:
    """Return a text without the characters that no document of Word may hold."""
    return clean(text)


def _dress(document: Any, made: SentList) -> None:
    """Set page, type, language, marking, page numbers and the properties of the document."""
    told = document.core_properties
    told.title, told.author, told.subject = _plain(made.title), _plain(made.scheme), _plain(made.marking)
    told.language = _TAGS.get(language(), language())
    told.comments, told.last_modified_by = "", _plain(made.scheme)
    told.created = told.modified = datetime.combine(made.day, time(), UTC)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    sizes = {"Normal": 12, "Title": 24, "Subtitle": 13, "Heading 1": 16, "Heading 2": 13, "Header": 10, "Footer": 10}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.italic = _FONT, Pt(size), False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for which in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(which), _FONT)
        for which in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(which), None)
        if name in ("Title", "Heading 1", "Heading 2"):
            style.font.color.rgb = _NAVY
        elif name == "Subtitle":
            style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
            style.paragraph_format.space_after = Pt(2)
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), _TAGS.get(language(), language()))
    document.styles["Normal"].element.get_or_add_rPr().append(tag)
    for part in (section.header, section.footer):
        marking = part.paragraphs[0]
        marking.text, marking.alignment = _plain(made.marking), WD_ALIGN_PARAGRAPH.CENTER
        marking.runs[0].bold = True
    foot = section.footer.add_paragraph(_plain(made.reference) + "   ")
    _number(foot)


def _number(paragraph: Any) -> None:
    """Add "Page n of m", which Word works out."""
    before, _, rest = tr("Page {page} of {total}", page="\0", total="\1").partition("\0")
    between, _, after = rest.partition("\1")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        if text:
            paragraph.add_run(text)
        if field:
            made = OxmlElement("w:fldSimple")
            made.set(qn("w:instr"), field)
            paragraph._p.append(made)  # noqa: SLF001  # python-docx has no other way


def _overview(document: Any, items: Sequence[Item]) -> None:
    table = document.add_table(rows=1, cols=len(sent_words.COLUMNS), style="Table Grid")
    table.autofit = False
    _fill(table.rows[0], [tr(words) for words in sent_words.COLUMNS], bold=True)
    _repeats(table.rows[0])
    for item in items:
        _fill(table.add_row(), [_plain(cell) for cell in sent_words.row(item)])


def _fill(row: Any, cells: Sequence[str], *, bold: bool = False) -> None:
    for cell, words, width in zip(row.cells, cells, _WIDTHS, strict=True):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(words)
        run.bold, run.font.size = bold, Pt(10)
    _whole(row)


def _repeats(row: Any) -> None:
    """Make a row the header row: repeated on each page and read out with each cell."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def _whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


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
        _whole(row)
    document.add_paragraph()
