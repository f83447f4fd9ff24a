"""Every PDF of the program as a screen reader meets it: its tags, its order, its words, and what standards ask."""

import io
import re
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import pytest
from page import validate_pdf_bytes
from pypdf import PdfReader

from forms import reader
from reports import making
from reports.formats.tagging import TaggedCanvas
from reports.sheets import certificate, paper, recovery_sheet, sent_list, visit
from tests.reports import heard, poppler, samples
from tests.reports.sheets import test_certificate, test_paper, test_sent_list, test_visit

KEY = ("ABCD EFGH IJKL", "MNOP QRST UVWX", "YZ23 4567 ABCD")
MADE = {
    "the reference quarter": samples.pdf,
    "a large scheme": lambda: samples.pdf(samples.large(5, 14)),
    "a quarter without records": lambda: samples.pdf(samples.empty()),
    "texts that mean ill": lambda: samples.pdf(samples.hostile()),
    "a panel paper": lambda: making.make("panel-paper", samples.account(), "pdf"),
    "a return to ICVA": lambda: making.make("icva-return", samples.account(), "pdf"),
    "everything that a summary may hold": lambda: making.make("summary", samples.everything(), "pdf"),
    "evidence of quality": lambda: making.make("quality", samples.everything(), "pdf"),
    "a visit": lambda: visit.render(replace(test_visit.READING, said=test_visit.SAID), test_visit.ABOUT, mask=str),
    "a visit with a long answer": lambda: visit.render(
        test_visit.long_reading("The heating had failed. " * 400), test_visit.ABOUT
    ),
    "a paper form with shared columns": lambda: _paper("kennel_visit"),
    "a paper form with cases": lambda: _paper("record_review"),
    "a certificate": lambda: certificate.render(test_certificate.made(), scheme="Northshire", marking="OFFICIAL"),
    "recovery sheets": lambda: recovery_sheet.render(
        KEY, scheme="Northshire", marking="OFFICIAL-SENSITIVE", made=date(2026, 11, 22)
    ),
    "a list for the police": lambda: sent_list.render(test_sent_list.made(asked=5, praise=2)),
}
every = pytest.mark.parametrize("name", MADE)


def _paper(form):
    return paper.render(reader.load(form), lists=test_paper.LISTS, header={"site": "KEN"}, program_version="0.2.0")


@cache
def made(name):
    return MADE[name]()


@cache
def tree(name):
    return heard.read(made(name))


@cache
def seen(name):
    """Return what pypdf finds on each page."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made(name))).pages]


@every
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_every_rule_of_pdf_ua_1_and_of_pdf_a_2a_is_kept(name, profile):
    """None of the rules of either fails; where one must, it would stand here with its reason."""
    report = validate_pdf_bytes(made(name), profile=profile)
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.rules.passed == report.rules.total > 100


@every
def test_nothing_is_drawn_outside_a_marked_piece(name):
    assert heard.unmarked(made(name)) == []


def test_what_is_drawn_without_a_mark_is_found():
    stream = io.BytesIO()
    canvas = TaggedCanvas(stream)
    canvas.drawString(50, 50, "Not marked")
    with canvas.artifact():
        canvas.rect(0, 0, 9, 9)
    canvas.line(0, 0, 9, 9)
    canvas.save()
    assert heard.unmarked(stream.getvalue()) == [(1, "Tj"), (1, "S")]


@every
def test_the_tree_is_one_document_of_parts_in_their_places(name):
    whole = tree(name)
    parents = {
        "THead": {"Table"}, "TBody": {"Table"}, "TR": {"Table", "THead", "TBody"}, "TH": {"TR"}, "TD": {"TR"},
        "LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"}, "H1": {"Document"}, "H2": {"Document"}, "H3": {"Document"},
    }  # fmt: skip
    assert whole.role == "Document"
    for one in whole.walk():
        for kid in one.branches:
            assert one.role in parents.get(kid.role, {one.role}), f"{kid.role} in {one.role}"
        if one.role in ("Document", "Table", "THead", "TBody", "TR", "L", "LI"):
            assert all(not isinstance(kid, str) for kid in one.kids), "words that no part owns"
            assert one.branches, f"an empty {one.role}"


@every
def test_headings_go_down_one_level_at_a_time_from_the_title(name):
    levels = [int(one.role[1]) for one in tree(name).all("H1", "H2", "H3", "H4")]
    assert levels[0] == 1
    assert all(later <= before + 1 for before, later in pairwise(levels))
    assert levels.count(1) == (2 if name == "recovery sheets" else 1)


@every
def test_every_table_is_a_grid_whose_heads_say_what_they_head(name):
    for table in tree(name).all("Table"):
        heads = [row for part in table.branches if part.role == "THead" for row in part.branches]
        rows = table.all("TR")
        widths = {sum(int(cell.attributes.get("/ColSpan", 1)) for cell in row.branches) for row in rows}
        assert len(widths) == 1, "rows of different widths"
        assert [row for row in rows if row in heads] == rows[: len(heads)]
        for row in rows:
            scopes = {cell.attributes.get("/Scope") for cell in row.branches if cell.role == "TH"}
            assert scopes == ({"/Column"} if row in heads else {"/Row"} if scopes else set())
            if row in heads:
                assert {cell.role for cell in row.branches} == {"TH"}
            elif row.branches[0].words:
                assert row.branches[0].role == "TH"


@every
def test_what_stands_on_every_page_is_not_read_on_every_page(name):
    words, pages = tree(name).words, seen(name)
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
    assert not re.search(r"Page \d+ of \d+", words)
    assert not re.search(r"(?<!Marking: )OFFICIAL", words)


@every
def test_each_piece_of_text_is_heard_with_the_words_that_are_seen(name):
    """Words are never run together at the ends of lines: whoever reads them aloud has them as the eye has."""
    counted = {
        *re.findall(r"[\w’'-]+", " ".join(seen(name))),
        *" ".join(KEY).split(),
    }  # the letters of a key stand far apart
    for one in tree(name).all("P", "H1", "H2", "H3", "LBody", "TD", "TH"):
        run_together = [word for word in re.findall(r"[\w’'-]+", one.text) if len(word) < 30 and word not in counted]
        assert run_together == []


@every
def test_every_stream_ends_its_line_and_is_as_long_as_it_says(name):
    content = made(name)
    streams = list(re.finditer(rb"/Length (\d+)[^>]*>>\nstream\n", content))
    assert len(streams) >= 8
    for found in streams:
        end = found.end() + int(found[1])
        assert content[end : end + 11] == b"\r\nendstream"


@every
def test_it_says_its_language_and_its_title_and_comes_with_an_outline(name):
    document = PdfReader(io.BytesIO(made(name)))
    catalogue = document.trailer["/Root"]
    assert catalogue["/Lang"] == "en-GB"
    assert str(catalogue["/ViewerPreferences"]["/DisplayDocTitle"]).lower() == "true"
    assert catalogue["/MarkInfo"]["/Marked"]
    title = document.metadata.title
    assert title
    assert f'<rdf:li xml:lang="x-default">{title}</rdf:li>' in catalogue["/Metadata"].get_data().decode()
    assert len(document.outline) >= len(tree(name).all("H2"))
    for number, page in enumerate(document.pages):
        assert (page["/StructParents"], page["/Tabs"]) == (number, "/S")
        assert "/Annots" not in page  # a link would have to be a part of the tree


@poppler.needed
@pytest.mark.parametrize(
    ("name", "raw"),
    # a paper form has columns beside each other, which poppler joins by their look unless it is told not to
    [(name, raw) for name in MADE for raw in ((), ("-raw",)) if raw or not name.startswith("a paper form")],
)
def test_poppler_finds_the_words_of_each_paragraph_in_their_order(name, raw, tmp_path):
    (tmp_path / "a.pdf").write_bytes(made(name))
    text = " ".join(poppler.text(tmp_path / "a.pdf", *raw).split())
    for one in tree(name).all("P", "H1", "H2", "H3"):
        for piece in (" ".join(kid.split()) for kid in one.kids if isinstance(kid, str)):
            if max(map(len, piece.split()), default=0) < 40:
                assert piece in text


def test_the_paper_form_is_heard_question_by_question_with_its_fields():
    whole = tree("a paper form with shared columns")
    words = whole.words
    asked = [words.find(f"{number} ") for number in ("1.1", "1.2", "1.10", "2.1", "2.7", "3.1", "3.7")]
    assert asked == sorted(asked)
    assert -1 not in asked
    roles = [one.attributes["/Role"] for one in whole.all("Form")]
    assert {"/rb", "/cb", "/tv"} == set(roles)
    named = {
        one.attributes.get("/Desc") for one in whole.all("Form") if one.attributes["/Role"] == "/rb" and not one.words
    }
    assert named >= {"Yes", "No", "Not checked"}
    assert None not in named


def test_a_field_stands_under_its_head_and_in_the_row_of_its_question():
    (table,) = [
        one for one in tree("a paper form with shared columns").all("Table") if "Briefing" in one.attributes["/Summary"]
    ]
    heads = [cell.words for cell in table.all("TR")[0].branches]
    row = next(row for row in table.all("TR") if row.branches[0].words == "3.5")
    assert [kid.attributes["/Desc"] for cell in row.branches[2:] for kid in cell.all("Form")] == heads[2:]


def test_a_row_of_the_paper_form_that_goes_on_from_the_one_above_has_no_head():
    tables = tree("a paper form with shared columns").all("Table")
    rows = [row for table in tables for row in table.branches[1].all("TR") if not row.branches[0].words]
    assert rows
    assert {cell.role for row in rows for cell in row.branches} == {"TD"}


def test_the_key_is_heard_line_by_line_as_it_is_typed():
    lines = [one.words for one in tree("recovery sheets").all("LBody")]
    assert lines[:3] == list(KEY)


def test_steps_are_a_numbered_list():
    steps = [one for one in tree("recovery sheets").all("L") if one.branches[0].branches[1].words.startswith("Install")]
    assert [item.branches[0].words for item in steps[0].branches] == ["1.", "2.", "3.", "4.", "5."]
    assert steps[0].attributes["/ListNumbering"] == "/Decimal"
