"""A document for Word: real styles, header rows, words beside pictures, so that it pastes well and reads aloud.

The title is Title and a section Heading 1, as Word's own templates have it, so that what is pasted out of it into a
council's paper takes on that paper's styles.
"""

import io
from collections.abc import Sequence
from functools import singledispatchmethod
from typing import Any

from docx import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from forms.translation import tr
from icv_app.files import package_file
from reports import document as doc
from reports.formats import raster, word_style, word_table
from reports.plain import clean

_ROOM = Cm(17)  # between the margins
_STYLES = {"": "Normal", "note": word_style.NOTE, "meta": word_style.META}


def render(document: doc.Document) -> bytes:
    """Return the DOCX of a document; the same document gives the same bytes."""
    made = _Paper(document).whole()
    stream = io.BytesIO()
    made.save(stream)
    return package_file.settled(stream.getvalue(), document.records_to)


class _Paper:
    """A Word document while it is written."""

    def __init__(self, document: doc.Document) -> None:
        self.document = document
        self.word: Any = WordDocument()
        self.above = ""  # the last heading, whose words no caption repeats
        self.pictures = 0
        self.ids: dict[str, str] = {}  # of styles: python-docx looks each up among two hundred, every time

    def whole(self) -> Any:
        document = self.document
        word_style.dress(
            self.word, title=document.title, scheme=document.scheme, marking=document.marking, language=document.tag,
            day=document.records_to, foot=document.scheme,
        )  # fmt: skip
        self.ids = {style.name: style.style_id for style in self.word.styles}
        self.paragraph(document.title, "Title")
        for line in (document.heading, document.scheme):
            self.paragraph(line, "Subtitle")
        self.blocks(document.blocks)
        return self.word

    def blocks(self, blocks: Sequence[doc.Block]) -> None:
        for block in blocks:
            self.make(block)
            self.above = block.text if isinstance(block, doc.Heading) else self.above

    def paragraph(self, text: str, style: str) -> Any:
        made = self.word.add_paragraph(clean(text))
        made._p.style = self.ids[style]  # noqa: SLF001
        return made

    def caption(self, title: str) -> None:
        """Write the title of a table or picture above it, where the heading above does not say the same."""
        if clean(title) and clean(title) != clean(self.above):
            self.paragraph(title, "Caption")

    @singledispatchmethod
    def make(self, block: doc.Block) -> None:
        raise TypeError(block)

    @make.register
    def _(self, block: doc.Heading) -> None:
        self.paragraph(block.text, f"Heading {min(max(block.level - 1, 1), 3)}")

    @make.register
    def _(self, block: doc.Paragraph) -> None:
        style = word_style.NUMBERED if block.number else _STYLES[block.role]
        paragraph = self.paragraph("", style)
        if block.number:
            paragraph.add_run(f"{clean(block.number)}\t")
        _labelled(paragraph, block.label, block.text)

    @make.register
    def _(self, block: doc.Bullets) -> None:
        for item in block.items:
            self.paragraph(item, "List Bullet")

    @make.register
    def _(self, block: doc.Table) -> None:
        self.caption(block.title)
        self.table(block)

    @make.register
    def _(self, block: doc.Tiles) -> None:
        rows = tuple((_capital(tile.what), tile.figure, tile.share) for tile in block.tiles)
        head = (tr("Headline figures"), tr("Number"), tr("Share"))
        self.table(doc.Table(title=head[0], head=head, rows=rows, widths=(54, 24, 22), numbers=(1, 2)))

    @make.register
    def _(self, block: doc.Terms) -> None:
        for term, text in block.pairs:
            _labelled(self.paragraph("", word_style.TERM), term, text, between=": ")

    @make.register
    def _(self, block: doc.Picture) -> None:
        self.pictures += 1
        self.caption(block.title)
        paragraph = self.paragraph("", "Normal")
        width = min(Pt(block.scene.width), _ROOM)
        paragraph.add_run().add_picture(io.BytesIO(raster.render(block.scene)), width=width)
        for told in paragraph._p.iter(qn("wp:docPr")):  # noqa: SLF001  # python-docx has no other way
            told.set("descr", clean(block.scene.alt).replace("\n", " "))
            told.set("title", clean(block.title).replace("\n", " "))
            told.set("name", f"Picture {self.pictures}")

    @make.register
    def _(self, block: doc.Commentary) -> None:
        parts = [part for part in clean(block.text).split("\n\n") if part.strip()]
        label = self.paragraph("", word_style.COMMENTARY)
        label.add_run(clean(block.label)).bold = True
        label.paragraph_format.keep_with_next = True
        for part in parts:
            self.paragraph(part, word_style.COMMENTARY)

    @make.register
    def _(self, block: doc.Together) -> None:
        known = set(self.word.element.body)
        self.blocks(block.blocks)
        added = [each for each in self.word.paragraphs if each._p not in known]  # noqa: SLF001
        for paragraph in added[:-1]:
            paragraph.paragraph_format.keep_with_next = True

    def table(self, block: doc.Table) -> None:
        made = word_table.element(block, style=word_style.TABLE, text=self.ids[word_style.KEPT])
        self.word.element.body.insert_element_before(made, "w:sectPr")
        self.paragraph("", word_style.KEPT)  # else two tables that follow on become one


def _labelled(paragraph: Any, label: str, text: str, between: str = " ") -> None:
    if label:
        paragraph.add_run(clean(label) + between).bold = True
    paragraph.add_run(clean(text))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
