"""What goes to the clipboard: the paper as text, and as HTML whose table is a table."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as reader

from reports.document import Bullets, Paragraph, Table
from reports.papers import panel_paper, paper_text
from reports.summary import quarterly
from tests.reports import samples
from tests.reports.paper_example import example


def test_the_text_has_every_paragraph_with_its_number_and_the_table_by_tabs():
    document = panel_paper.of(example())
    text, _ = paper_text.clipboard(document)
    assert text.startswith(
        "OFFICIAL\n\nIndependent custody visiting: Q2, July to September 2025\n\nReport date: [Report"
    )
    assert "\n\n1. The PCC has set" in text
    assert "\n• Scheduled custody visits completed: 30 of 30 (100%).\n" in text
    assert "\n3\tNumber of custody visits\t30\t30 attempted\n" in text


def test_the_html_says_the_same_with_real_headings_lists_and_a_real_table():
    document = panel_paper.of(example())
    found = reader.fragment_fromstring(paper_text.clipboard(document)[1], create_parent=True)
    assert [each.text_content() for each in found.iter("h1")] == [document.title]
    assert [each.tag for each in found.iter("h1", "h2", "h3")][:3] == ["h1", "h2", "h2"]
    (table,) = [block for block in document.flat() if isinstance(block, Table)]
    rows = [[cell.text_content() for cell in row] for row in found.iter("tr")]
    assert rows == [list(row) for row in (table.head, *table.rows)]
    assert [cell.get("scope") for cell in found.iter("th")][:5] == ["col"] * 4 + ["row"]
    (bullets,) = [block for block in document.flat() if isinstance(block, Bullets)]
    assert [each.text_content() for each in found.iter("li")] == list(bullets.items)
    numbered = [block for block in document.flat() if isinstance(block, Paragraph) and block.number]
    told = [each.text_content() for each in found.iter("p")]
    assert [f"{block.number}\xa0{block.text}" for block in numbered] == [each for each in told if each[:1].isdigit()][
        :7
    ]


def test_every_kind_of_block_goes_to_the_clipboard():
    text, html = paper_text.clipboard(quarterly.of(samples.account()))
    assert "30 of 35" in text
    assert reader.fragment_fromstring(html, create_parent=True).text_content().count("30 of 35") >= 1


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=30))
def test_what_somebody_wrote_is_never_markup(text):
    blocks = (Paragraph(text=text, number="1."), Bullets(items=(text,)), Paragraph(text=text, label=text))
    plain = replace(panel_paper.of(example()), blocks=blocks)
    found = reader.fragment_fromstring(paper_text.clipboard(plain)[1], create_parent=True)
    assert {each.tag for each in found.iter()} <= {"div", "p", "h1", "ul", "li", "strong", "br"}
