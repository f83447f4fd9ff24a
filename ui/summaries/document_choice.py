"""What can be chosen when a document is made: which one of its period, for whom, and as what."""

from forms.translation import later, tr
from icv_app.figure import Period
from icv_app.periods import financial_year, quarter_of

_DOCUMENTS = {
    "summary": later("The compliance summary"),
    "panel-paper": later("Paragraphs and table for the Police and Crime Panel"),
    "icva-return": later("The quarterly return for ICVA"),
    "quality": later("Evidence for the Quality Assurance Framework"),
}
AUDIENCES = {
    "public": later("A public paper: small numbers and visitors’ own words are held back"),
    "office": later("The office and the police: everything, and not to be published"),
}
FORMATS = {
    "pdf": later("PDF, to read and print"),
    "docx": later("Word document, to go on writing"),
    "html": later("Web page, one file"),
    "xlsx": later("Excel workbook of all figures"),
    "csv": later("Table of all figures (CSV)"),
    "json": later("All figures for another program (JSON)"),
}
KINDS = {
    "pdf": "PDF (*.pdf)", "docx": later("Word document (*.docx)"), "html": later("Web page (*.html)"),
    "xlsx": later("Excel workbook (*.xlsx)"), "csv": later("Table (*.csv)"), "json": "JSON (*.json)",
}  # fmt: skip
"""The kinds of files as the system's dialog names them."""


def documents(period: Period) -> list[tuple[str, str]]:
    """Return the documents that there are of a period, by name, in words: the return to ICVA is of quarters alone."""
    found = {name: tr(words) for name, words in _DOCUMENTS.items()}
    if (period.first, period.last) == _days(financial_year(period.last)):
        found["panel-paper"] = tr("Annual report paragraphs")
    if (period.first, period.last) != _days(quarter_of(period.last)):
        del found["icva-return"]
    return list(found.items())


def _days(period: Period) -> tuple[object, object]:
    return period.first, period.last
