"""The HTML documents: one file that opens nothing, in order, in words, at any size and in both lights (WCAG 2.2 AA)."""

import base64
import hashlib
import re
from itertools import pairwise

import pytest
from lxml import etree
from lxml import html as parser

import resources
from forms import translation
from icv_app.errors import InvalidInput
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
from reports.formats import html, stylesheet
from reports.scene import Line, Polygon, Rect, Scene, Text
from tests.reports import samples

NASTY = """</style><script>alert(1)</script> a<b> & "q" 'r' &amp; \x00\x07\u202e → <img src=x onerror=y>"""


def document(*blocks, **about):
    usual = {
        "title": "A summary", "heading": "Independent custody visiting", "scheme": "Northshire", "marking": "OFFICIAL",
        "stem": "A summary 2025-26-Q2", "language": "en", "program_version": "0.1.0",
    }  # fmt: skip
    return Document(blocks=tuple(blocks), **{**usual, **about})


def page(*blocks, **about):
    return read(html.render(document(*blocks, **about)))


def read(content):
    return parser.document_fromstring(content.decode("utf-8"))


def table(**about):
    usual = {
        "title": "Visits by suite", "head": ("Suite", "Visits"), "rows": (("Euston Street", "13"), ("All", "13")),
        "widths": (60, 40), "numbers": (1,), "total": True,
    }  # fmt: skip
    return Table(**{**usual, **about})


def scene(**about):
    items = (
        Rect(x=1, y=2, width=10, height=5, fill="#dbe7f2", stroke="#112233", radius=2, dash=(2, 1)),
        Line(x1=0, y1=0, x2=5, y2=5.555, stroke="#112233", dash=(1, 2)),
        Polygon(points=((0, 0), (4, 0), (2, 3)), fill="#a8071a"),
        Text(x=3, y=4, text="6 <Jul>", size=9, colour="#1a1a1a", align="centre", weight="bold"),
    )
    return Scene(**{"width": 100, "height": 50, "items": items, "alt": "One visit & no more", **about})


EVERY_BLOCK = (
    Tiles(tiles=(Tile(figure="30 of 35", what="weeks", share="85.7%"),)),
    Heading(text="One"), Paragraph(text="words\nmore", label="Label."), Bullets(items=("a", "b")),
    Heading(text="Two"), table(), Heading(text="Under", level=3), Paragraph(text="fifty", number="51."),
    Heading(text="Three"), Together(blocks=(Heading(text="Four"), Picture(scene=scene(), title="Week by week"))),
    Commentary(text="We agree.\n\nAnd more.", label="The office says"), Paragraph(text="small", role="note"),
    Paragraph(text="opens", role="meta"), Terms(pairs=(("A", "what it is"),)),
)  # fmt: skip


def accounts():
    return {
        "reference": samples.account(), "empty": samples.account(samples.empty()),
        "nothing due": samples.account(samples.nothing_due()), "large": samples.account(samples.large()),
        "hostile": samples.account(samples.hostile(), scheme=NASTY, marking=NASTY),
    }  # fmt: skip


@pytest.fixture(scope="module", params=[*accounts(), *making.DOCUMENTS[1:]])
def made(request):
    if request.param in making.DOCUMENTS:
        return read(making.make(request.param, samples.account(), "html"))
    return read(making.make("summary", accounts()[request.param], "html"))


def test_a_page_has_one_title_and_its_headings_go_down_one_level_at_a_time(made):
    levels = [int(each.tag[1]) for each in made.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(each.text_content().strip() for each in made.iter("h1", "h2", "h3", "h4"))


def test_a_page_opens_nothing_and_runs_nothing(made):
    assert not list(made.iter("script", "link", "iframe", "object", "embed", "img", "form", "base", "audio", "video"))
    for element in made.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (element.tag, name)
            assert name not in ("style", "src", "srcset", "action", "formaction", "data", "poster"), (element.tag, name)
            assert "href" not in name or value.startswith("#"), (element.tag, name, value)
    style = made.find(".//style").text
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_allows_the_one_style_sheet_and_nothing_else(made):
    policy = made.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    digest = base64.b64encode(hashlib.sha256(made.find(".//style").text.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert len(list(made.iter("style"))) == 1


def test_every_table_has_a_name_and_headers_with_a_scope_and_no_merged_cell(made):
    for each in made.iter("table"):
        assert each.find("caption").text_content().strip()
        heads = each.xpath("./thead/tr/th")
        assert heads
        assert {head.get("scope") for head in heads} == {"col"}
        for row in each.xpath("./tbody/tr"):
            assert [cell.tag for cell in row] == ["th"] + ["td"] * (len(heads) - 1)
            assert row[0].get("scope") == "row"
        assert not each.xpath(".//*[@colspan or @rowspan]")
        region = each.getparent()
        assert (region.get("role"), region.get("tabindex")) == ("region", "0")
        assert region.get("aria-labelledby") == each.find("caption").get("id")


def test_every_picture_says_the_same_in_words(made):
    for each in made.iter("svg"):
        assert each.get("role") == "img"
        title, words = each.find("title"), each.find("desc")
        assert each.get("aria-labelledby") == title.get("id")
        assert each.get("aria-describedby") == words.get("id")
        assert title.text.strip()
        assert words.text.strip()
        told = each.getparent().getparent().find("details/p").text_content()
        assert "".join(told.split()) == "".join(words.text.split())


def test_no_two_things_have_one_name_and_every_link_leads_somewhere(made):
    names = made.xpath("//@id")
    assert len(names) == len(set(names))
    assert {link.removeprefix("#") for link in made.xpath("//a/@href")} <= set(names)
    for attribute in ("aria-labelledby", "aria-describedby"):
        assert set(made.xpath(f"//@{attribute}")) <= set(names)


def test_a_page_is_marked_at_its_head_and_foot_and_on_paper(made):
    marks = [each.text_content() for each in made.xpath("//p[@class='marking']")]
    assert len(marks) == 2
    assert [each.getparent().tag for each in made.xpath("//p[@class='marking']")] == ["header", "footer"]
    assert marks[0].strip()
    style = made.find(".//style").text
    assert style.count("@top-center") == style.count("@bottom-center") == 1


def test_the_marking_of_printed_pages_cannot_leave_its_quotes():
    words = '"; } body { display: none } </style>'
    rules = stylesheet.of(words)
    told = re.search(r"@top-center \{ content: \"([^\"]*)\";", rules)[1]
    assert re.fullmatch(r"(?:[A-Za-z0-9 ]|\\[0-9a-f]{6})*", told)
    assert re.sub(r"\\([0-9a-f]{6})", lambda sign: chr(int(sign[1], 16)), told) == words
    assert "</style>" not in rules


@pytest.mark.parametrize("colours", [stylesheet.LIGHT, stylesheet.DARK], ids=["light", "dark"])
def test_every_colour_holds_its_contrast(colours):
    for front, back, least in stylesheet.PAIRS:
        assert contrast(colours[front], colours[back]) >= least, (front, back)


def test_every_colour_of_the_rules_has_a_name_and_every_pair_of_them_is_tried():
    rules = stylesheet.of("OFFICIAL")
    used = set(re.findall(r"var\(--([a-z-]+)\)", rules))
    assert used <= set(stylesheet.LIGHT)
    assert set(stylesheet.LIGHT) == set(stylesheet.DARK)
    fronts = set(re.findall(r"[^-]color: var\(--([a-z-]+)\)", rules))
    assert fronts <= {front for front, _, _ in stylesheet.PAIRS}


def contrast(one, other):
    """Return the contrast of two colours by WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_block_is_there_in_the_order_of_the_document():
    said = " ".join(page(*EVERY_BLOCK).find(".//main").text_content().split())
    places = [said.index(words) for words in (
        "A summary", "Contents", "30 of 35 weeks 85.7%", "Label. wordsmore", "Euston Street", "51. fifty",
        "This picture in words", "The office says", "We agree.", "small", "opens", "what it is",
    )]  # fmt: skip
    assert places == sorted(places)


def test_a_table_of_contents_leads_to_the_sections_of_a_long_document_alone():
    links = page(*EVERY_BLOCK).xpath("//nav//a")
    assert [link.text for link in links] == ["One", "Two", "Three", "Four"]
    found = page(*EVERY_BLOCK)
    assert [found.get_element_by_id(link.get("href")[1:]).text for link in links] == [link.text for link in links]
    assert not page(Heading(text="One"), Paragraph(text="a"), Heading(text="Two")).xpath("//nav")


def test_a_caption_is_not_shown_where_the_heading_above_says_the_same():
    captions = page(Heading(text="Visits by suite"), table(), table(title="Others")).xpath("//caption")
    assert [each.get("class") for each in captions] == ["unseen", None]
    figures = page(Heading(text="Week by week"), Picture(scene=scene(), title="Week by week"))
    assert not figures.xpath("//figcaption")


def test_a_line_end_is_a_break_and_a_blank_line_of_commentary_a_new_paragraph():
    found = page(Paragraph(text="one\ntwo"), Commentary(text="first\n\nsecond\nthird", label="Office"))
    assert len(found.xpath("//main/p/br")) == 1
    assert [each.text for each in found.xpath("//div[@class='commentary']/p")][1:] == ["first", "second"]


def test_nothing_that_people_wrote_is_markup():
    blocks = (
        Heading(text=NASTY), Paragraph(text=NASTY, label=NASTY, number=NASTY), Bullets(items=(NASTY,)),
        table(title=NASTY, head=(NASTY, NASTY), rows=((NASTY, NASTY),)), Terms(pairs=((NASTY, NASTY),)),
        Tiles(tiles=(Tile(figure=NASTY, what=NASTY, share=NASTY),)), Commentary(text=NASTY, label=NASTY),
        Picture(scene=scene(alt=NASTY), title=NASTY),
    )  # fmt: skip
    about = dict.fromkeys(("title", "scheme", "heading", "marking", "program_version"), NASTY)
    made = html.render(document(*blocks, **about))
    found = read(made)
    assert not list(found.iter("script", "img", "b"))
    assert made.count(b"<style>") == made.count(b"</style>") == 1
    assert b"\x00" not in made
    assert b"\x07" not in made
    assert "alert(1)" in found.find(".//h1").text_content()


def test_the_language_of_the_document_is_told():
    assert page().get("lang") == "en-GB"
    assert page(language="cy").get("lang") == "cy-GB"


def test_a_document_in_welsh_is_in_welsh():
    english = read(making.make("summary", samples.account(), "html"))
    try:
        translation.use("cy", resources.catalogue("cy"))
        found = read(making.make("summary", samples.account(), "html"))
        months = translation.tr("July")
    finally:
        translation.use("en")
    assert found.get("lang") == "cy-GB"
    assert found.find(".//title").text != english.find(".//title").text
    assert months in found.find(".//h1").text
    assert "July" not in found.find(".//h1").text


def test_the_same_document_gives_the_same_bytes():
    first, again = (making.make("summary", samples.account(), "html") for _ in range(2))
    assert first == again


def test_it_is_the_html_that_the_standard_asks_for():
    made = html.render(document(*EVERY_BLOCK))
    assert made.startswith(b"<!DOCTYPE html>\n<html lang=")
    head = read(made).find("head")
    assert [each.tag for each in head][:2] == ["meta", "meta"]
    assert head[0].get("charset") == "utf-8"
    assert made.index(b"charset") < 1024
    assert read(made).xpath("//meta[@name='viewport']/@content") == ["width=device-width, initial-scale=1"]
    assert read(made).find(".//title").text == "A summary: Northshire (OFFICIAL)"
    # every element that is opened is closed, in order: an XML parser agrees, void elements aside
    body = re.sub(rb"<(meta|br)([^>]*)>", rb"<\1\2/>", made.removeprefix(b"<!DOCTYPE html>\n"))
    assert etree.fromstring(body).tag == "html"


def test_a_format_or_a_document_that_is_none_is_refused():
    with pytest.raises(InvalidInput):
        making.make("summary", samples.account(), "doc")
    with pytest.raises(InvalidInput):
        making.make("novel", samples.account(), "html")


def test_a_number_of_a_total_stands_out():
    found = page(table())
    assert found.xpath("//tr[@class='total']/th")[0].text == "All"
    assert not page(table(total=False)).xpath("//tr[@class='total']")
