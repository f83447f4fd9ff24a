"""The panel paper and the return to ICVA in every format: the same words, real styles, and a PDF by the standards."""

import io
from dataclasses import replace

import pytest
from docx import Document as WordDocument
from lxml import html
from page import validate_pdf_bytes

from icv_app.paper_row import starting_at
from icv_app.public import disclosure
from icv_app.summaries import paper_template
from reports import making
from reports.document import Heading, Paragraph, Table
from tests.reports import heard
from tests.reports.paper_example import example

NUMBERED = starting_at(paper_template.shipped("panel_paper"), 51)
ACCOUNT = replace(example(), papers={"panel_paper": NUMBERED}, commentary={"custody": "First <b>.\n\nSecond & last."})
ACCOUNTS = {"the office's": ACCOUNT, "a public one": disclosure.public(ACCOUNT), "a year": example("2025-26")}
every_account = pytest.mark.parametrize("account", ACCOUNTS.values(), ids=ACCOUNTS)
every_paper = pytest.mark.parametrize("name", ["panel-paper", "icva-return"])


def squeezed(text):
    return "".join(text.split())


@every_paper
@every_account
def test_every_format_has_every_paragraph_with_its_number_in_order(name, account):
    document = making.document(name, account)
    word = WordDocument(io.BytesIO(making.make(name, account, "docx")))
    formats = {
        "docx": squeezed("".join(part.text for part in word.paragraphs)),
        "html": squeezed(html.fromstring(making.make(name, account, "html").decode()).text_content()),
        "pdf": squeezed(" ".join(part.words for part in heard.read(making.make(name, account, "pdf")).walk())),
    }
    for ending, text in formats.items():
        at = 0
        for block in document.flat():
            if isinstance(block, Paragraph):
                wanted = squeezed(f"{block.number}{block.label}{block.text}")
                assert wanted in text[at:], (ending, wanted)
                at = text.index(wanted, at)


@every_account
def test_word_has_real_headings_numbered_paragraphs_and_a_real_table(account):
    document = making.document("panel-paper", account)
    word = WordDocument(io.BytesIO(making.make("panel-paper", account, "docx")))
    headings = [part.text for part in word.paragraphs if part.style.name.startswith("Heading ")]
    assert headings == [block.text for block in document.flat() if isinstance(block, Heading)]
    numbered = [part.text for part in word.paragraphs if part.style.name == "Numbered Paragraph"]
    assert len(numbered) == sum(isinstance(block, Paragraph) and bool(block.number) for block in document.flat())
    (table,) = [block for block in document.flat() if isinstance(block, Table)]
    rows = [tuple(cell.text for cell in row.cells) for row in word.tables[-1].rows]
    assert rows == [table.head, *table.rows]


@every_paper
@every_account
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_pdf_keeps_every_rule_of_pdf_ua_1_and_of_pdf_a_2a(name, account, profile):
    report = validate_pdf_bytes(making.make(name, account, "pdf"), profile=profile)
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.rules.passed == report.rules.total > 100


@every_paper
def test_the_same_account_gives_the_same_bytes(name):
    for ending in ("pdf", "html", "docx"):
        assert making.make(name, ACCOUNT, ending) == making.make(name, ACCOUNT, ending)
