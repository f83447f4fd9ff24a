"""Public documents, every one in every format: nothing in them that was withheld, and the marking on every page."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from icv_app.account import Compared
from icv_app.periods import a_year_earlier, before
from icv_app.public import disclosure
from icv_app.quality_criterion import Criterion, Evidence, Judged
from reports import making
from tests.reports import samples

SUITES = ("euston-street", "keyham-lane", "beaumont-leys")
SMALL = 9000
"""So large that the numbers to be withheld can be of four figures, which nothing else in the documents has."""
SECRET_NUMBERS = ("7001", "7002", "7003", "7004", "7005", "7006", "7007", "7008")
SECRET_WORDS = (
    "Brown",
    "cell 4",
    "ICV07",
    "ICV08",
    "14:10",
    "21.35",
    "PS 1234",
    "CV-2025-",
    "CDSP-2025",
    "DEV-SECRET",
    "I001",
)


def people():
    figures = []
    for number, name in enumerate(("women", "children", "girls", "immigration", "s136")):
        values = (7001 + number, 20_000, 21_000)
        figures.append(samples.plain("custody_visit", f"detainees_{name}", sum(values)))
        figures += [
            samples.plain("custody_visit", f"detainees_{name}", value, site)
            for site, value in zip(SUITES, values, strict=True)
        ]
    return figures


def secretive():
    """An account with everything that a public document must not tell."""
    summary = samples.reference()
    custody = {None: 300_000, **dict.fromkeys(SUITES, 100_000)}
    figures = [
        replace(figure, value=custody[figure.site])
        if figure.figure == "detainees_in_custody"
        else replace(figure, value=47_006 if figure.figure == "immigration_records_reviewed" else 90_000)
        if figure.figure in ("immigration_records_reviewed", "records_reviewed")
        else figure
        for figure in summary.figures
    ]
    held = [("held_up_to_24", 7007), ("held_24_to_48", 40_000), ("held_longest_minutes", 7008)]
    added = people() + [samples.plain("record_review", name, value) for name, value in held]
    named = {(figure.measure, figure.figure) for figure in added}
    figures = [figure for figure in figures if (figure.measure, figure.figure) not in named] + added
    session = summary.sessions[0]
    findings = tuple(
        replace(
            finding,
            text="Brown told ICV07 in cell 4.",
            action="We phoned at 14:10.",
            response="PS 1234 Brown left 21.35 hrs.",
            public_summary="A request was met." if place else "",
        )
        for place, finding in enumerate(summary.findings)
    )  # fmt: skip
    summary = replace(
        summary, figures=tuple(figures), findings=findings,
        sessions=(
            replace(session, of_which_immigration=7006, records=40_000),
            replace(session, date=date(2025, 9, 2), of_which_immigration=40_000, records=50_000),
        ),
        not_made=tuple(replace(each, reason="Sergeant Brown was ill") for each in summary.not_made),
        notes=("Two people’s entries in CV-2025-AAAA, ICV08 differ.",),
    )  # fmt: skip
    beside = {
        name: Compared(period=period, figures=summary.figures)
        for name, period in (("before", before(summary.period)), ("year_before", a_year_earlier(summary.period)))
    }
    evidence = Evidence(
        key="QE-1", criterion="panel", date=date(2025, 8, 1), what="Sergeant Brown met ICV07.", by="DEV-SECRET"
    )
    judged = Judged(criterion=Criterion(code="panel", area="Reports", words="The panel is told."), evidence=(evidence,))
    return replace(
        samples.account(summary), marking="OFFICIAL-SENSITIVE", public_marking="OFFICIAL", small_number=SMALL,
        quality=(judged,), **beside,
    )  # fmt: skip


def said(content, ending):
    """Everything that a file says, in the words and in whatever else it holds as text."""
    if ending == "pdf":
        reader = PdfReader(io.BytesIO(content))
        return "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])
    if ending in ("docx", "xlsx"):
        parts = zipfile.ZipFile(io.BytesIO(content))
        texts = [parts.read(name).decode("utf-8") for name in parts.namelist() if name.endswith((".xml", ".rels"))]
        return "\n".join(re.sub(r"<[^>]+>", "", text) + text for text in texts)
    return content.decode("utf-8")


EACH = [("summary", ending) for ending in making.FORMATS] + [
    (name, ending) for name in making.DOCUMENTS if name != "summary" for ending in ("pdf", "html", "docx")
]


@pytest.fixture(scope="module")
def account():
    return secretive()


@pytest.mark.parametrize(("name", "ending"), EACH)
def test_nothing_withheld_is_in_any_public_document_of_any_format(account, name, ending):
    told = said(making.make(name, disclosure.public(account), ending), ending).replace(",", "")
    assert [number for number in SECRET_NUMBERS if re.search(rf"(?<!\d){number}(?!\d)", told)] == []
    assert [words for words in SECRET_WORDS if words in told] == []


def test_the_internal_documents_hold_what_is_looked_for_in_the_public_ones(account):
    told = said(making.make("summary", account, "html"), "html").replace(",", "")
    missing = [secret for secret in (*SECRET_NUMBERS, "Brown", "cell 4", "ICV07", "14:10") if secret not in told]
    assert missing == []


@pytest.mark.parametrize("name", making.DOCUMENTS)
@pytest.mark.parametrize(("public", "marking"), [(True, "OFFICIAL"), (False, "OFFICIAL-SENSITIVE")])
def test_the_marking_is_on_every_page_and_in_every_file_name(account, name, public, marking):
    made = disclosure.public(account) if public else account
    for ending in making.FORMATS:
        assert making.file_name(name, made, ending).startswith(f"{marking} ")
    reader = PdfReader(io.BytesIO(making.make(name, made, "pdf")))
    for page in reader.pages:
        lines = page.extract_text().splitlines()
        assert sum(line.strip() == marking for line in lines) == 2, "at the head and the foot"
    assert marking in said(making.make(name, made, "html"), "html")
    parts = zipfile.ZipFile(io.BytesIO(making.make(name, made, "docx")))
    furniture = [part for part in parts.namelist() if re.match(r"word/(header|footer)\d*\.xml", part)]
    assert {re.sub(r"\d|\.xml", "", part) for part in furniture} == {"word/header", "word/footer"}
    for part in furniture:
        told = re.sub(r"<[^>]+>", " ", parts.read(part).decode("utf-8")).split()
        assert marking in told, part


@pytest.mark.parametrize(("public", "marking"), [(True, "OFFICIAL"), (False, "OFFICIAL-SENSITIVE")])
def test_the_workbook_is_marked_too(account, public, marking):
    made = disclosure.public(account) if public else account
    told = said(making.make("summary", made, "xlsx"), "xlsx")
    assert re.search(rf"(?<![\w-]){marking}(?![\w-])", told)
