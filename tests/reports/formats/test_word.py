"""The Word documents: real styles, header rows, words beside pictures, and the same bytes for the same content."""

import io
from datetime import UTC, date, datetime
from itertools import pairwise
from zipfile import ZipFile

import pytest
from docx import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from reports import making
from reports.document import (
    Bullets,
    Commentary,
    Document,
    Heading,
    Paragraph,
    Picture,
    Table,
    Terms,
    Tile,
    Tiles,
    Together,
)
from reports.formats import raster, word
from reports.scene import Line, Polygon, Rect, Scene, Text
from tests.reports import samples

NASTY = "<w:b/> ]]> & \"q\" 'r' \x00\x07\x1f\ufffe \u202e → {MERGEFIELD x}\nsecond"


def document(*blocks, **about):
    usual = {
        "title": "A summary", "heading": "Independent custody visiting", "scheme": "Northshire",
        "marking": "OFFICIAL-SENSITIVE", "stem": "A summary 2025-26-Q2", "language": "en", "program_version": "0.1.0",
        "records_to": date(2025, 10, 6),
    }  # fmt: skip
    return Document(blocks=tuple(blocks), **{**usual, **about})


def made(*blocks, **about):
    return read(word.render(document(*blocks, **about)))


def read(content):
    return WordDocument(io.BytesIO(content))


def table(**about):
    usual = {
        "title": "Visits by suite", "head": ("Suite", "Visits"), "rows": (("Euston Street", "13"), ("All", "13")),
        "widths": (60, 40), "numbers": (1,), "total": True,
    }  # fmt: skip
    return Table(**{**usual, **about})


def scene(**about):
    items = (
        Rect(x=10, y=10, width=30, height=20, fill="#12436d", radius=2),
        Rect(x=50, y=10, width=30, height=20, stroke="#a8071a", stroke_width=2, dash=(4, 2)),
        Line(x1=0, y1=45, x2=100, y2=45, stroke="#1a1a1a", dash=(3, 3)),
        Polygon(points=((60, 34), (70, 34), (65, 40)), fill="#a8071a"),
        Text(x=25, y=42, text="6 Jul", size=9, colour="#1a1a1a", align="centre", weight="bold"),
    )
    return Scene(**{"width": 100, "height": 50, "items": items, "alt": "One visit & no more", **about})


def styles(found):
    return [(each.style.name, each.text) for each in found.paragraphs if each.text]


def test_the_title_is_the_title_and_sections_are_headings_below_it():
    found = made(Heading(text="One"), Heading(text="Under", level=3), Heading(text="Deep", level=4))
    assert styles(found) == [
        ("Title", "A summary"), ("Subtitle", "Independent custody visiting"), ("Subtitle", "Northshire"),
        ("Heading 1", "One"), ("Heading 2", "Under"), ("Heading 3", "Deep"),
    ]  # fmt: skip


def test_every_block_has_a_style_of_its_own():
    found = made(
        Paragraph(text="words", label="Label."), Paragraph(text="fifty", number="51."),
        Paragraph(text="n", role="note"),
        Paragraph(text="m", role="meta"), Bullets(items=("a", "b")), Terms(pairs=(("T", "what"),)),
        Commentary(text="first\n\nsecond", label="The office says"),
    )  # fmt: skip
    assert styles(found)[3:] == [
        ("Normal", "Label. words"), ("Numbered Paragraph", "51.\tfifty"), ("Note", "n"), ("Entry", "m"),
        ("List Bullet", "a"), ("List Bullet", "b"), ("Term", "T: what"), ("Commentary", "The office says"),
        ("Commentary", "first"), ("Commentary", "second"),
    ]  # fmt: skip
    numbered = found.styles["Numbered Paragraph"].paragraph_format
    assert numbered.left_indent == -numbered.first_line_indent != 0


def test_a_table_has_a_head_that_repeats_whole_rows_a_name_and_no_merged_cell():
    found = made(Heading(text="Visits by suite"), table())
    only = found.tables[0]
    assert only.style.name == "Figures"
    assert [[cell.text for cell in row.cells] for row in only.rows] == [
        ["Suite", "Visits"], ["Euston Street", "13"], ["All", "13"],
    ]  # fmt: skip
    rows = only._tbl.tr_lst
    assert [bool(row.findall(f".//{qn('w:tblHeader')}")) for row in rows] == [True, False, False]
    assert all(row.findall(f".//{qn('w:cantSplit')}") for row in rows)
    assert only._tbl.find(f".//{qn('w:tblCaption')}").get(qn("w:val")) == "Visits by suite"
    look = only._tbl.find(f".//{qn('w:tblLook')}")
    assert [look.get(qn(f"w:{name}")) for name in ("firstRow", "lastRow", "firstColumn")] == ["1", "1", "1"]
    assert not only._tbl.findall(f".//{qn('w:gridSpan')}") + only._tbl.findall(f".//{qn('w:vMerge')}")


def test_a_caption_is_written_where_the_heading_above_does_not_say_the_same():
    found = made(Heading(text="Visits by suite"), table(), table(title="Others"))
    assert [text for style, text in styles(found) if style == "Caption"] == ["Others"]


def test_two_tables_that_follow_on_stay_two():
    body = [each.tag for each in made(table(), table(title="B")).element.body]
    at = [index for index, tag in enumerate(body) if tag == qn("w:tbl")]
    assert len(at) == 2
    assert all(body[index + 1] == qn("w:p") for index in at)


def test_headline_figures_are_a_table_with_a_head():
    rows = made(Tiles(tiles=(Tile(figure="30 of 35", what="weeks had a visit", share="85.7%"),))).tables[0].rows
    assert [cell.text for cell in rows[1].cells] == ["Weeks had a visit", "30 of 35", "85.7%"]


def test_a_picture_is_sharp_and_said_in_words():
    found = made(Picture(scene=scene(), title="Week by week"))
    told = next(found.element.body.iter(qn("wp:docPr")))
    assert (told.get("descr"), told.get("title")) == ("One visit & no more", "Week by week")
    part = next(part for part in found.part.package.iter_parts() if part.partname.endswith(".png"))
    image = Image.open(io.BytesIO(part.blob))
    assert image.width >= 2 * 100 * 96 / 72, "twice the dots of a screen, or more"
    assert abs(found.inline_shapes[0].width.pt - 100) < 1


def test_a_picture_is_never_wider_than_the_page():
    assert made(Picture(scene=scene(width=495.28), title="t")).inline_shapes[0].width.cm <= 17


def test_a_scene_is_drawn_where_it_says_and_in_its_colours():
    image = Image.open(io.BytesIO(raster.render(scene()))).convert("RGB")
    assert image.size == (300, 150)

    def near(x, y, colour):
        return all(abs(a - b) < 4 for a, b in zip(image.getpixel((x * 3, y * 3)), colour, strict=True))

    assert near(25, 20, (0x12, 0x43, 0x6D)), "the filled box"
    assert near(5, 5, (255, 255, 255)), "the paper"
    assert near(65, 20, (255, 255, 255)), "inside the box that is only drawn round"
    assert near(51, 10, (0xA8, 0x07, 0x1A)), "its dashed edge begins with a stroke"
    assert near(65, 36, (0xA8, 0x07, 0x1A)), "the triangle"
    assert near(1, 45, (0x1A, 0x1A, 0x1A)), "the first dash of the line"
    assert near(4, 45, (255, 255, 255)), "the gap after it"
    words = image.crop((15 * 3, 34 * 3, 35 * 3, 43 * 3))
    assert words.convert("L").getextrema()[0] < 60, "the letters"
    assert raster.render(scene()) == raster.render(scene())


def test_the_marking_stands_at_the_head_and_foot_of_every_page_with_its_number():
    found = made(Heading(text="One"))
    section = found.sections[0]
    for part in (section.header, section.footer):
        assert part.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert not section.different_first_page_header_footer
    fields = [each.get(qn("w:instr")) for each in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)


def test_its_properties_tell_what_it_is_and_no_time_of_making():
    told = made().core_properties
    assert (told.title, told.author, told.subject, told.language) == (
        "A summary", "Northshire", "OFFICIAL-SENSITIVE", "en-GB",
    )  # fmt: skip
    assert told.created == told.modified == datetime(2025, 10, 6, tzinfo=UTC)
    assert made(records_to=None).core_properties.created == datetime(2000, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(("language", "tag"), [("en", "en-GB"), ("cy", "cy-GB")])
def test_every_style_speaks_the_language_of_the_document(language, tag):
    found = made(Paragraph(text="a"), language=language)
    told = {each.get(qn("w:val")) for each in found.styles.element.iter(qn("w:lang"))}
    assert told == {tag}
    assert found.settings.element.find(qn("w:themeFontLang")).get(qn("w:val")) == tag


def test_the_same_document_gives_the_same_bytes_and_no_part_is_dated_by_the_clock():
    content = making.make("summary", samples.account(), "docx")
    assert content == making.make("summary", samples.account(), "docx")
    with ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("summary", [samples.empty(), samples.nothing_due(), samples.large(), samples.hostile()])
def test_the_extremes_open_and_every_part_is_xml(summary):
    content = making.make("summary", samples.account(summary, scheme=NASTY, marking=NASTY), "docx")
    assert read(content).paragraphs[0].style.name == "Title"
    with ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))


@pytest.mark.parametrize("name", making.DOCUMENTS)
def test_the_headings_of_every_document_go_down_one_level_at_a_time(name):
    found = read(making.make(name, samples.account(), "docx"))
    levels = [int(each.style.name[-1]) for each in found.paragraphs if each.style.name.startswith("Heading")]
    assert levels[:1] in ([1], [])
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for told in found.element.body.iter(qn("wp:docPr")):
        assert told.get("descr")


def test_nothing_that_people_wrote_is_markup_or_a_field():
    blocks = (
        Heading(text=NASTY), Paragraph(text=NASTY, label=NASTY, number=NASTY), Bullets(items=(NASTY,)),
        table(title=NASTY, head=(NASTY, NASTY), rows=((NASTY, NASTY),)), Terms(pairs=((NASTY, NASTY),)),
        Tiles(tiles=(Tile(figure=NASTY, what=NASTY, share=NASTY),)), Commentary(text=NASTY, label=NASTY),
        Picture(scene=scene(alt=NASTY), title=NASTY), Together(blocks=(Heading(text=NASTY), Paragraph(text=NASTY))),
    )  # fmt: skip
    found = made(*blocks, title=NASTY, scheme=NASTY, marking=NASTY, heading=NASTY)
    assert "<w:b/>" in found.tables[0].rows[0].cells[0].text
    assert not list(found.element.body.iter(qn("w:fldSimple"), qn("w:instrText")))


def test_blocks_that_stay_together_are_kept_with_what_follows():
    found = made(Together(blocks=(Heading(text="a"), Paragraph(text="b"), Paragraph(text="c"))), Paragraph(text="d"))
    kept = {each.text: each.paragraph_format.keep_with_next for each in found.paragraphs}
    assert (kept["a"], kept["b"], kept["c"], kept["d"]) == (True, True, None, None)


def test_nothing_of_the_librarys_own_template_is_in_the_package():
    with ZipFile(io.BytesIO(making.make("summary", samples.account(), "docx"))) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name or name.endswith("docProps/app.xml")]
