"""The list for the police as a PDF and as a Word document: the same entries, with room for each answer."""

import io
from datetime import date
from types import MappingProxyType
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from icv_app.errors import Unavailable
from icv_app.issues.sent_list import Item, SentList
from reports.sheets import sent_list, sent_list_docx, sent_words


def item(number, **changes):
    told = {
        "number": number, "key": f"CV-2026-{number:04}-1", "where": "Euston Street", "found": "2 November 2026",
        "what": "Hygiene", "severity": "minor", "text": f"No towels on day {number}", "action": "Towels were fetched",
        "again": "This theme came up here once before, within 12 months.",
    }  # fmt: skip
    return Item(**{**told, **changes})


def made(asked=3, praise=1, **changes):
    told = {
        "reference": "List 2026-11-22 custody inspector 1", "to": "custody_inspector",
        "to_words": "the custody inspector", "places": "Euston Street", "sites": ("EUS",), "day": date(2026, 11, 22),
        "due": date(2026, 12, 4), "scheme": "Northshire", "marking": "OFFICIAL-SENSITIVE",
        "asked": asked if isinstance(asked, tuple) else tuple(item(number) for number in range(1, asked + 1)),
        "praise": tuple(
            item(90 + number, what="Praise", severity="", action="", again="", text="A patient sergeant")
            for number in range(1, praise + 1)
        ),
        "warnings": ("ICV07 stood in it",), "heads": MappingProxyType({}),
    }  # fmt: skip
    return SentList(**{**told, **changes})


def pdf(list_):
    return PdfReader(io.BytesIO(sent_list.render(list_)))


def said(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def word(list_):
    return Document(io.BytesIO(sent_list_docx.render(list_)))


def every_word(document):
    body = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*body, *cells])


@pytest.mark.parametrize(
    "tell", [lambda made: said(pdf(made)), lambda made: every_word(word(made))], ids=["pdf", "docx"]
)
def test_both_hold_every_entry_and_what_is_asked(tell):
    told = tell(made())
    for words in (
        "Northshire", "What the visitors found", "For the custody inspector", "Euston Street", "4 December 2026",
        "List 2026-11-22 custody inspector 1", "1. Hygiene", "reference CV-2026-0001-1", "No towels on day 1",
        "Done at the time: Towels were fetched", "No towels on day 3", "To be answered", "Praise to be passed on",
        "This theme came up here once before", "A patient sergeant", "Passed on to the staff on", "Your answer",
    ):  # fmt: skip
        assert words in told, words
    assert "ICV07" not in told, "what is said to the sender stands in no document"


def test_every_page_of_the_pdf_is_marked_and_numbered():
    reader = pdf(made(asked=30))
    assert len(reader.pages) > 4
    for number, each in enumerate(reader.pages, 1):
        text = each.extract_text()
        assert text.count("OFFICIAL-SENSITIVE") == 2
        assert f"Page {number} of {len(reader.pages)}" in text
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    titles = [each.title for each in reader.outline]
    assert titles == ["What the visitors found", "In this list", "To be answered", "Praise to be passed on"]


def test_the_same_list_gives_the_same_word_document():
    content = sent_list_docx.render(made())
    assert content == sent_list_docx.render(made())
    with ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_list_gives_the_same_pdf():
    assert sent_list.render(made()) == sent_list.render(made())


def test_a_long_entry_does_not_stop_the_pdf():
    reader = pdf(made(asked=(item(1, text="word " * 3000),)))
    assert said(reader).count("word") >= 3000


def test_the_word_document_has_real_headings_header_rows_language_and_marking():
    document = word(made(asked=5))
    styles = [(each.style.name, each.text) for each in document.paragraphs if each.style.name.startswith(("H", "T"))]
    assert styles[0] == ("Title", "What the visitors found")
    levels = [name for name, _ in styles[1:]]
    assert levels == ["Heading 1", "Heading 1", *["Heading 2"] * 5, "Heading 1", "Heading 2"]
    overview, *answers = document.tables
    assert [cell.text for cell in overview.rows[0].cells] == ["No.", "What", "Where", "Found", "Reference"]
    assert overview.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len(overview.rows) == 7
    assert len(answers) == 6
    for table in document.tables:
        assert not [cell for row in table.rows for cell in row.cells if cell._tc.vMerge or cell._tc.grid_span > 1]
    (section,) = document.sections
    assert "OFFICIAL-SENSITIVE" in section.header.paragraphs[0].text
    assert "OFFICIAL-SENSITIVE" in section.footer.paragraphs[0].text
    fields = [each.get(qn("w:instr")) for each in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert document.core_properties.title == "What the visitors found"
    assert document.core_properties.author == "Northshire"
    assert document.core_properties.language == "en-GB"
    assert document.styles["Normal"].font.size.pt == 12
    assert document.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB"


def test_a_short_list_has_no_overview():
    assert "In this list" not in every_word(word(made(asked=2)))
    assert "In this list" not in said(pdf(made(asked=2)))


def test_odd_characters_harm_no_document():
    odd = item(1, text="a\x00b\x1f <b>&amp; \ud83d \U0001f600 ﷽ end", where="<font>")
    assert "end" in said(pdf(made(asked=(odd,))))
    content = sent_list_docx.render(made(asked=(odd,)))
    assert ZipFile(io.BytesIO(content)).testzip() is None
    assert "end" in every_word(Document(io.BytesIO(content)))


def test_what_cannot_be_written_is_said_and_leaves_nothing(tmp_path):
    for write in (sent_list.write, sent_list_docx.write):
        with pytest.raises(Unavailable):
            write(made(), tmp_path / "gone" / "list")
        path = write(made(), tmp_path / "list")
        assert path.read_bytes()
        assert [each.name for each in tmp_path.iterdir()] == ["list"]


def test_a_single_entry_is_asked_for_as_one():
    assert "Please answer the 1 entry below by 4 December 2026" in " ".join(sent_words.intro(made(asked=1)))
    assert "praise" not in " ".join(sent_words.intro(made(praise=0)))
