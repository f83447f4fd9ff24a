"""A document of blocks as it is heard: every word of every block, once, in order, whatever page or line it lands on."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from reports.document import (
    Bullets,
    Commentary,
    Document,
    Paragraph,
    Picture,
    Terms,
    Tile,
    Tiles,
    heading,
    note,
    paragraph,
    table,
    together,
)
from reports.formats import archive, pdf
from reports.formats.typeface import drawable
from reports.plain import clean
from reports.scene import Rect, Scene
from tests.reports import heard

SENTENCE = "Visitors found that the heating had failed in cells 4 to 9 and asked for blankets. "
LONG = "W" * 300


def document(*blocks, **more):
    told = {
        "title": "Panel paper, July to September 2025", "heading": "Independent custody visiting", "scheme": "Example",
        "marking": "OFFICIAL", "stem": "Panel paper", "language": "en", "program_version": "1",
    }  # fmt: skip
    return Document(blocks=blocks, **{**told, **more})


def listen(*blocks):
    """Return the branches of the tree that stand below the band."""
    return heard.read(pdf.render(document(*blocks))).branches[3:]


def words(text):
    return clean(text, drawable()).split()


def test_the_band_is_heard_first_and_the_title_is_its_heading():
    branches = heard.read(pdf.render(document(paragraph("One.")))).branches
    assert [(one.role, one.words) for one in branches] == [
        ("P", "Example"),
        ("P", "Independent custody visiting"),
        ("H1", "Panel paper, July to September 2025"),
        ("P", "One."),
    ]


def test_each_block_has_its_part_in_the_tree():
    branches = listen(
        heading("Second"), heading("Third", 3), heading("Fourth", 4), paragraph("Text.", "Label."), note("Small."),
        Paragraph(number="51.", text="Numbered."), Paragraph(text="Meta", role="meta"), Bullets(items=("One", "Two")),
        Terms(pairs=(("Term", "Meaning"),)), Commentary(label="By the officer", text="First.\n\nThen."),
        table("Visits", ("Suite", "Made"), [("Euston", "13")], (70, 30)),
    )  # fmt: skip
    assert [(one.role, one.words) for one in branches] == [
        ("H2", "Second"), ("H3", "Third"), ("H4", "Fourth"), ("P", "Label. Text."), ("P", "Small."),
        ("P", "51. Numbered."), ("P", "Meta"), ("L", "• One • Two"), ("L", "Term Meaning"),
        ("BlockQuote", "By the officer First. Then."), ("Table", "Suite Made Euston 13"),
    ]  # fmt: skip
    shown = {one.role: one for one in branches}
    assert [kid.role for kid in shown["BlockQuote"].branches] == ["P", "P", "P"]
    assert [(kid.role, kid.words) for kid in shown["L"].branches[0].branches] == [("Lbl", "Term"), ("LBody", "Meaning")]
    assert shown["Table"].attributes["/Summary"] == "Visits"
    bullets = next(one for one in branches if one.role == "L")
    assert [[part.role for part in item.branches] for item in bullets.branches] == [["Lbl", "LBody"]] * 2
    assert bullets.attributes["/ListNumbering"] == "/Disc"


def test_a_paragraph_over_two_pages_is_one_with_a_piece_on_each():
    one, two = listen(paragraph(SENTENCE * 70), paragraph("After."))
    assert one.words == (SENTENCE * 70).strip()
    assert one.pages == [0, 1]
    assert (two.words, two.pages) == ("After.", [1])


def test_what_hangs_before_a_paragraph_is_heard_once_though_it_goes_over_the_page():
    number, bullets = listen(Paragraph(number="51.", text=SENTENCE * 70), Bullets(items=(SENTENCE * 70, "Two")))
    assert number.words == f"51. {SENTENCE * 70}".strip()
    assert number.pages == [0, 1]
    assert bullets.words == f"• {SENTENCE * 70}• Two"
    assert len(bullets.branches[0].branches[1].pages) > 1


@pytest.mark.parametrize("label", ["", "Custody visits."])
def test_a_word_that_is_too_long_for_a_line_gains_no_space_on_one_page_or_two(label):
    text = f"Before {LONG} after {LONG * 40} end"
    (one,) = listen(paragraph(text, label))
    assert one.words.split() == [*label.split(), *text.split()]
    assert len(one.pages) > 1


def test_broken_lines_are_heard_as_words_apart():
    (one,) = listen(paragraph("First\nSecond\n\nThird"))
    assert one.words == "First Second Third"


_piece = st.text(st.sampled_from("abcdefghij éŵ’-–0123456789.,\n"), max_size=40) | st.just("W" * 200)
_texts = st.lists(_piece, min_size=1, max_size=20).map(lambda pieces: "x" + " ".join(pieces))


@settings(max_examples=25, deadline=None)
@given(_texts, _texts, st.sampled_from(["", "A label that is rather long, for one."]))
def test_the_words_heard_are_those_that_were_written(text, cell, label):
    body, bullets, quote, rows, numbered = listen(
        Paragraph(text=text, label=label), Bullets(items=(text,)), Commentary(label="By", text=text),
        table("T", ("A", "B"), [("x", cell), (cell, "y")], (30, 70)), Paragraph(number="7.", text=text),
    )  # fmt: skip
    assert body.words.split() == [*words(label), *words(text)]
    assert bullets.words.split() == ["•", *words(text)]
    assert quote.words.split() == ["By", *words(text)]
    cells = [one.words.split() for one in rows.all("TD", "TH")]
    assert cells == [["A"], ["B"], ["x"], words(cell), words(cell), ["y"]]
    assert numbered.words.split() == ["7.", *words(text)]


def test_a_table_over_pages_is_one_table_whose_head_is_heard_once():
    rows = [(f"Suite {number}", SENTENCE, str(number)) for number in range(120)]
    (found,) = listen(table("Visits", ("Suite", "What was found", "Made"), rows, (20, 60, 20), numbers=(2,)))
    assert found.role == "Table"
    assert [part.role for part in found.branches] == ["THead", "TBody"]
    head, body = found.branches
    assert [[cell.words for cell in row.branches] for row in head.branches] == [["Suite", "What was found", "Made"]]
    assert [tuple(cell.words for cell in row.branches) for row in body.branches] == [
        tuple(" ".join(cell.split()) for cell in row) for row in rows
    ]
    assert len({page for cell in body.all("TH", "TD") for page in cell.pages}) > 5


def test_a_row_that_is_broken_over_pages_is_one_row():
    text = SENTENCE * 150
    (found,) = listen(
        table("Visits", ("Suite", "Found", "Made"), [("Euston", text, "1"), ("Keyham", "x", "2")], (2, 6, 2))
    )
    first, second = found.branches[1].branches
    assert [cell.words for cell in first.branches] == ["Euston", text.strip(), "1"]
    assert len(set(first.branches[1].pages)) > 2
    assert [cell.words for cell in second.branches] == ["Keyham", "x", "2"]


def test_the_head_of_a_table_is_drawn_on_every_page_though_it_is_heard_once():
    rows = [(f"Suite {number}", "1") for number in range(100)]
    pages = PdfReader(io.BytesIO(pdf.render(document(table("V", ("Custody suite", "Made"), rows, (1, 1)))))).pages
    assert len(pages) > 2
    assert all("Custody suite" in page.extract_text() for page in pages)


def test_a_cell_without_words_keeps_its_place_in_the_row():
    (found,) = listen(table("V", ("Suite", "A", "B"), [("Euston", "", "2"), ("", "1", "")], (1, 1, 1)))
    rows = [[(cell.role, cell.words) for cell in row.branches] for row in found.all("TR")[1:]]
    assert rows == [[("TH", "Euston"), ("TD", ""), ("TD", "2")], [("TH", ""), ("TD", "1"), ("TD", "")]]


def test_key_figures_are_a_list_read_figure_words_share():
    tile = Tile(figure="30 of 35", what="suite-weeks had\na visit", share="85.7%")
    tiles = Tiles(tiles=(tile, Tile(figure="4", what="x", share="")))
    (found,) = listen(tiles)
    assert found.role == "L"
    assert [item.words for item in found.branches] == ["30 of 35 suite-weeks had a visit 85.7%", "4 x"]


def test_a_picture_says_its_words_and_where_it_stands():
    items = (Rect(x=0, y=0, width=300, height=100, fill="#12436d"),)
    scene = Scene(width=300, height=100, items=items, alt="Visits rose – “so” it is.")
    (found,) = listen(Picture(scene=scene, title="Visits (all suites)"))
    assert (found.role, found.alt, found.title) == ("Figure", "Visits rose – “so” it is.", "Visits (all suites)")
    left, bottom, right, top = (float(number) for number in found.attributes["/BBox"])
    assert (right - left, top - bottom) == pytest.approx((300, 100), abs=0.1)
    assert 0 < left < right < 596
    assert 0 < bottom < top < 842


def test_blocks_that_are_kept_together_are_heard_in_their_order():
    found = listen(together(heading("Second"), paragraph("One."), paragraph("Two.")), paragraph("Three."))
    assert [one.words for one in found] == ["Second", "One.", "Two.", "Three."]


def test_a_heading_that_is_longer_than_a_page_is_still_one_heading():
    (found, after) = listen(heading("A heading without end " * 150), paragraph("After."))
    assert found.role == "H2"
    assert found.words == ("A heading without end " * 150).strip()
    assert len(found.pages) > 1
    assert after.words == "After."


def test_a_short_table_stays_on_the_page_of_the_note_above_it():
    rows = [(f"Suite {number}", "1") for number in range(5)]
    last = table("V", ("Suite", "Made"), rows, (1, 1))
    for filler in range(20, 34):
        lines = [paragraph("Line.") for _ in range(filler)]
        *_, above, below = listen(*lines, note("About the table."), last)
        assert {page for cell in below.all("TD", "TH") for page in cell.pages} == set(above.pages)


def test_progress_hears_of_each_page_in_turn():
    pages = []
    content = pdf.render(document(paragraph(SENTENCE * 200)), pages.append)
    assert pages == list(range(1, len(PdfReader(io.BytesIO(content)).pages) + 1))


class GivenUp(Exception):
    pass


def test_work_that_is_given_up_leaves_nothing_behind():
    def stop(page):
        if page == 2:
            raise GivenUp

    whole = document(paragraph(SENTENCE * 200), table("V", ("A", "B"), [("x", SENTENCE * 200)], (1, 1)))
    first = pdf.render(whole)
    with pytest.raises(GivenUp):
        pdf.render(whole, stop)
    assert pdf.render(whole) == first


def test_the_colour_profile_is_the_same_on_any_day_and_machine():
    profile = archive.srgb()
    assert int.from_bytes(profile[:4], "big") == len(profile)
    assert profile[12:24] == b"mntrRGB XYZ "
    assert profile[24:36] == bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    assert profile[40:44] == bytes(4)


def test_two_documents_differ_in_their_identity_and_the_same_one_does_not():
    def identity(*blocks):
        return re.search(rb"/ID\s*\[<(\w+)>", pdf.render(document(*blocks)))[1]

    assert identity(paragraph("One.")) == identity(paragraph("One."))
    assert identity(paragraph("One.")) != identity(paragraph("Two."))


def test_signs_of_markup_in_titles_do_not_break_the_metadata():
    content = pdf.render(document(paragraph("x"), title="Cells <4> & “9”", scheme="A & B {title}"))
    metadata = PdfReader(io.BytesIO(content)).trailer["/Root"]["/Metadata"].get_data().decode()
    assert "Cells &lt;4&gt; &amp; “9”" in metadata
    assert "A &amp; B {title}" in metadata
