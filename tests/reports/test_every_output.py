"""One list of figures in every format: each output is made, read back by a program that is not ours, and compared."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from docx import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from lxml import html as parser
from openpyxl import load_workbook
from pypdf import PdfReader

import resources
from forms import translation
from forms.translation import tr
from icv_app import figure_name
from icv_app.public import disclosure
from reports import making, wording
from reports.plain import clean
from reports.summary.annex import MOST
from tests.reports import poppler, samples

RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def small():
    """A quarter with small numbers of people by site, most of which no public document may say."""
    base = samples.reference()
    people = [
        samples.plain("custody_visit", name, value, site, "detainees")
        for name, numbers in (
            ("detainees_children", (9, 2, 7, 0)), ("detainees_girls", (2, 1, 1, 0)), ("detainees_s136", (3, 1, 1, 1)),
            ("detainees_immigration", (40, 20, 18, 2)),
        )
        for site, value in zip((None, "euston-street", "keyham-lane", "beaumont-leys"), numbers, strict=True)
    ]  # fmt: skip
    told = {(figure.measure, figure.figure, figure.site): figure for figure in (*base.figures, *people)}
    return replace(base, figures=tuple(told.values()))


def nasty():
    """Texts in every place of a figure that a spreadsheet, an XML file or a browser might take for more than words."""
    texts = (
        "=HYPERLINK(\"http://x\")", "+1", "-5", "@SUM(A1)", "\t=1", "\uff1dA1", "#N/A", "<b>&amp;", '"quoted", and',
        "one\ntwo", "\u202eright", "TRUE", "2025-01-01", " = 1",
    )  # fmt: skip
    figures = tuple(
        samples.plain("custody_visit", f"figure_{number}", number - 5, text, text, text)
        for number, text in enumerate(texts)
    )
    base = samples.reference()
    sites = (replace(base.sites[0], name="a<b>&amp;"), *base.sites[1:])  # short, so that no row is cut at a page's end
    return replace(base, figures=(*base.figures, *figures), sites=sites)


def accounts():
    """Return the accounts that every output is made of, by name."""
    return {
        "reference": samples.account(),
        "large": samples.account(samples.large(12, 27)),
        "empty": samples.account(samples.empty()),
        "nothing due": samples.account(samples.nothing_due()),
        "hostile": samples.account(nasty()),
        "withheld": disclosure.public(samples.account(small())),
    }


NAMES = ("reference", "large", "empty", "nothing due", "hostile", "withheld", "Welsh")


_MADE = {}


@pytest.fixture(params=NAMES)
def told(request):
    """An account, in the language in which its outputs are made."""
    welsh = request.param == "Welsh"
    if welsh:
        translation.use("cy", resources.catalogue("cy"))
    yield samples.account() if welsh else accounts()[request.param]
    translation.use("en")


@pytest.fixture
def output(told, request):
    """Make the summary of the account in a format, once for all tests."""
    name = request.node.callspec.params["told"]

    def make(ending):
        if (name, ending) not in _MADE:
            _MADE[name, ending] = making.make("summary", told, ending)
        return _MADE[name, ending]

    return make


def rows(account):
    """Return what every output must say of each figure: the nine fields, the texts as a file can hold them."""
    found = []
    for figure in account.summary.figures:
        note = f"[c] {figure.note}" if figure.withheld else figure.note
        found.append(
            (
                clean(figure.measure), clean(figure.figure), clean(figure.site or ""), figure.numerator,
                figure.denominator, figure.value, figure.percent, clean(figure.unit), clean(note),
            )
        )  # fmt: skip
    return found


def test_json_has_every_figure(told, output):
    document = json.loads(output("json"))
    texts = ("measure", "figure", "site", "unit", "note")
    read = [
        tuple(clean(row[name] or "") if name in texts else row[name] for name in row) for row in document["figures"]
    ]
    assert read == rows(told)
    assert [list(row) for row in document["figures"][:1]] in ([], [[
        "measure", "figure", "site", "numerator", "denominator", "value", "percent", "unit", "note",
    ]])  # fmt: skip
    period = told.period
    assert document["period"] == {
        "name": period.name, "from": str(period.first), "to": str(period.last), "week_rule": period.week_rule,
    }  # fmt: skip


def test_csv_has_every_figure_and_no_cell_that_runs(told, output):
    head, *lines = csv.reader(io.StringIO(output("csv").decode("utf-8"), newline=""))
    assert head == ["measure", "figure", "site", "numerator", "denominator", "value", "percent", "unit", "note"]
    numbers = (3, 4, 5)
    for line in lines:
        assert not any(cell.startswith(RUN) for at, cell in enumerate(line) if at not in numbers)
    read = [
        tuple(
            (int(cell) if cell else None)
            if at in numbers
            else (cell or None)
            if at == 6
            else clean(_without_guard(cell))
            for at, cell in enumerate(line)
        )
        for line in lines
    ]
    assert read == rows(told)


def _without_guard(cell):
    return cell.removeprefix("'")


def test_the_workbook_has_every_figure_as_a_number_and_no_formula(told, output):
    workbook = load_workbook(io.BytesIO(output("xlsx")))
    sheet = workbook.worksheets[0]
    head, *lines = sheet.iter_rows()
    columns = [cell.value for cell in head]
    assert columns[:9] == ["measure", "figure", "site", "numerator", "denominator", "value", "percent", "unit", "note"]
    read = []
    for line in lines:
        for cell in line:
            assert cell.data_type in ("n", "s", "b"), (cell.coordinate, cell.value)
        fields = [cell.value for cell in line]
        assert all(value is None or isinstance(value, int) for value in fields[3:6])
        percent = fields[6]
        if percent is not None:
            assert line[6].number_format == "0.0"
            percent = f"{percent:.1f}"
        texts = [value or "" for value in (*fields[:3], *fields[7:9])]
        assert all(isinstance(text, str) for text in texts)
        read.append((*texts[:3], *fields[3:6], percent, *texts[3:]))
    assert read == rows(told)
    held = [fields[columns.index("withheld")].value for fields in lines]
    assert held == [figure.withheld for figure in told.summary.figures]


def test_the_code_book_knows_every_figure_and_every_column(told, output):
    workbook = load_workbook(io.BytesIO(output("xlsx")))
    codes = list(workbook.worksheets[1].iter_rows(values_only=True))
    known = {(row[1], row[2]) for row in codes if row[0] == "figure"}
    assert known == {(figure.measure, figure.figure) for figure in told.summary.figures}
    columns = [cell.value for cell in workbook.worksheets[0][1]]
    assert [row[2] for row in codes if row[0] == "column"] == columns
    assert all(row[3] for row in codes if row[0] == "figure"), "each has a plain name"
    assert all(row[5] for row in codes if row[0] == "column"), "each says what it is"


def expected_annex(account):
    """Return {(measure, figure, place): (result, note)} of every figure, in words without their spaces."""
    names = {site.site: site.name for site in account.summary.sites}
    found = {}
    for figure in account.summary.figures:
        place = names.get(figure.site, figure.site) if figure.site else tr("All")
        key = tuple(map(squeezed, (figure_name.measure(figure.measure), figure_name.line(figure), place)))
        found[key] = (squeezed(figure_name.result(figure)), squeezed(wording.sentence(figure.note)))
    assert len(found) == len(account.summary.figures)
    return found


def squeezed(text):
    """Return a text without any space: a line may end anywhere."""
    return "".join(clean(text).split())


def annex_of(tables):
    """Return what `expected_annex` does, read from many tables, each a (heading above it, list of rows of texts)."""
    found, measure = {}, ""
    for title, (head, *rows) in tables:
        if head[:1] == [tr("Figure")]:
            measure = squeezed(title)
        for row in ([squeezed(cell) for cell in row] for row in rows):
            if head == [tr("Figure"), tr("Place"), tr("Result"), tr("Note")]:
                found[measure, row[0], row[1]] = (row[2], row[3])
            elif head[:2] == [tr("Figure"), tr("All")]:
                for place, result in zip(head[1:], row[1:], strict=True):
                    if result != "–":
                        found[measure, row[0], squeezed(place)] = (result, "")
            elif head == [tr("Note on"), tr("Place"), tr("Note")]:
                for name, place in product(row[0].split(";"), row[1].split(";")):
                    result, none = found[measure, name, place]
                    assert none == "", (row, "two notes")
                    found[measure, name, place] = (result, row[2])
    return found


def tables_of(page):
    found, title = [], ""
    for each in page.iter("h2", "h3", "table"):
        if each.tag == "table":
            found.append((title, [[cell.text_content() for cell in row] for row in each.iter("tr")]))
        else:
            title = each.text_content()
    return found


def test_html_has_every_figure(told, output):
    page = parser.document_fromstring(output("html").decode("utf-8"))
    assert annex_of(tables_of(page)) == expected_annex(told)


def test_word_has_every_figure(told, output):
    document = WordDocument(io.BytesIO(output("docx")))
    tables, title = [], ""
    for block in document.iter_inner_content():
        if isinstance(block, WordTable):
            found = []
            for row in block._tbl.iter(qn("w:tr")):
                cells = row.findall(qn("w:tc"))
                found.append(["".join(each.text or "" for each in cell.iter(qn("w:t"))) for cell in cells])
            tables.append((title, found))
        elif block.style.name.startswith("Heading"):
            title = block.text
    assert annex_of(tables) == expected_annex(told)


@poppler.needed
def test_pdf_has_every_figure_by_readers_of_its_text(told, output, tmp_path):
    path = tmp_path / "q.pdf"
    path.write_bytes(output("pdf"))
    readings = [poppler.text(path, "-raw")]
    if len(told.summary.figures) < 200:
        readings.append("\f".join(page.extract_text() for page in PdfReader(path).pages))
    for read in readings:
        compared = signs("".join(line for line in read.splitlines() if not of_the_page(line, told)))
        at = 0
        for words in map(signs, rows_of_annex(told)):
            found = compared.find(words, at)
            assert found >= 0, words
            at = found + len(words)


def rows_of_annex(account):
    """Return each row of the annex as it reads: a figure and what it says of every place, or of one of many places."""
    expected, lines = expected_annex(account), {}
    for measure in dict.fromkeys(key[0] for key in expected):
        of_measure = {key: said[0] for key, said in expected.items() if key[0] == measure}
        many = len({place for _, _, place in of_measure} - {squeezed(tr("All"))}) > MOST
        if many:
            lines |= {key: key[1] + key[2] + result for key, result in of_measure.items()}
            continue
        places = dict.fromkeys([squeezed(tr("All")), *(place for _, _, place in of_measure)])
        for name in dict.fromkeys(key[1] for key in of_measure):
            results = (of_measure.get((measure, name, place), "") for place in places)
            lines[measure, name] = name + "".join(results)
    return lines.values()


def of_the_page(line, account):
    """Return whether a line is the marking or the foot of a page, between the parts of a row."""
    return squeezed(line) in (squeezed(account.marking), squeezed(account.scheme)) or re.fullmatch(
        squeezed(tr("Page {page} of {total}", page=r"\d+", total=r"\d+")), squeezed(line)
    )


def signs(text):
    """Return the letters and numbers of a text: a hyphen may stand where a line ends, or a sign our font lacks be ?."""
    return "".join(re.findall(r"[0-9A-Za-z%]", text))


def test_every_output_carries_the_marking(told, output):
    assert told.marking in output("html").decode()
    assert json.loads(output("json"))["about"]["marking"] == told.marking
    document = WordDocument(io.BytesIO(output("docx")))
    assert document.sections[0].header.paragraphs[0].text == told.marking
    workbook = load_workbook(io.BytesIO(output("xlsx")))
    for sheet in workbook.worksheets:
        assert sheet.oddHeader.center.text == sheet.oddFooter.center.text == told.marking
    period = dict(workbook.worksheets[2].iter_rows(values_only=True, max_col=2))
    assert period[tr("Marking")] == told.marking
    if len(told.summary.figures) < 100:
        for page in PdfReader(io.BytesIO(output("pdf"))).pages:
            assert page.extract_text().count(told.marking) >= 2
    for ending in making.FORMATS:
        assert making.file_name("summary", told, ending).startswith(told.marking)


def test_a_number_that_is_withheld_stands_in_no_output():
    account = disclosure.public(samples.account(small()))
    held = [figure for figure in account.summary.figures if figure.withheld]
    assert len(held) > 4
    for row in rows(account):
        if row[8].startswith("[c]"):
            assert row[3:7] == (None, None, None, None)
    page = parser.document_fromstring(making.make("summary", account, "html").decode("utf-8"))
    assert [result for result, _ in annex_of(tables_of(page)).values()].count("[c]") == len(held)
    own = making.make("summary", samples.account(small()), "html").decode("utf-8")
    assert "[c]" not in own


def test_the_workbook_tells_its_period_in_days():
    account = samples.account(edition=2, published_on=date(2025, 10, 20), changes=("=1+1",))
    workbook = load_workbook(io.BytesIO(making.make("summary", account, "xlsx")))
    told = dict(workbook.worksheets[2].iter_rows(values_only=True, max_col=2))
    assert told["First day"].date() == date(2025, 7, 1)
    assert told["Published on"].date() == date(2025, 10, 20)
    assert (told["Edition"], told["Numbers withheld"], told["For the public"]) == (2, 0, False)
    assert told["Changed since the edition before"] == "=1+1"
    assert workbook.worksheets[2]["B2"].data_type == "s"
    cells = list(workbook.worksheets[3].iter_rows(values_only=True))
    assert len(cells) == 1 + len(account.summary.coverage)
    assert cells[1][3].date() == account.summary.coverage[0].first


def test_every_sheet_keeps_its_head_in_sight_and_can_be_filtered():
    workbook = load_workbook(io.BytesIO(making.make("summary", samples.account(), "xlsx")))
    assert workbook.sheetnames == ["Figures", "Codebook", "Period", "Coverage"]
    for sheet in workbook.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize("ending", making.FORMATS)
def test_an_account_is_told_in_its_own_language_whatever_is_spoken_here(ending):
    english = samples.account()
    made, named = making.make("summary", english, ending), making.file_name("summary", english, ending)
    translation.use("cy", resources.catalogue("cy"))
    try:
        welsh = samples.account()
        assert (making.make("summary", english, ending), making.file_name("summary", english, ending)) == (made, named)
        assert translation.language() == "cy"
        said = making.make("summary", welsh, ending)
    finally:
        translation.use("en")
    assert making.make("summary", welsh, ending) == said
    assert (said != made) or ending in ("csv", "json"), "those are the same in every language"


@pytest.mark.parametrize("ending", making.FORMATS)
def test_the_same_account_gives_the_same_bytes(ending):
    assert making.make("summary", samples.account(), ending) == making.make("summary", samples.account(), ending)
