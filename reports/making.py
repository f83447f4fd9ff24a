"""Making: a document of an account by its name, in a format by the ending of its file.

Each module is imported when it is wanted: reportlab alone takes 150 ms to load.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from forms.translation import tr
from icv_app.account import Account
from icv_app.errors import InvalidInput
from icv_app.public import account_language
from reports.document import Document

DOCUMENTS: Final = ("summary", "panel-paper", "icva-return", "quality")
"""The documents by their names on the command line."""
FORMATS: Final = ("pdf", "html", "docx", "xlsx", "csv", "json")
"""The formats by the endings of their files."""
TABLES: Final = frozenset({"xlsx", "csv", "json"})
"""The formats that hold all figures, whichever the document."""
Progress = Callable[[int], None]


def document(name: str, account: Account) -> Document:
    """Return the document called `name`, one of DOCUMENTS, in the language of its account.

    Raises InvalidInput("document") for another name.
    """
    with account_language.speaking(account):
        return _document(name, account)


def _document(name: str, account: Account) -> Document:
    _refuse_part(name, account)
    if name == "summary":
        from reports.summary import quarterly

        return quarterly.of(account)
    if name == "panel-paper":
        from reports.papers import panel_paper

        return panel_paper.of(account)
    if name == "icva-return":
        from reports.papers import icva_return

        return icva_return.of(account)
    if name == "quality":
        from reports.papers import quality

        return quality.of(account)
    raise InvalidInput("document", name)


def make(name: str, account: Account, ending: str, progress: Progress | None = None) -> bytes:
    """Return the document `name` as a file that ends in `ending`, one of FORMATS, in the language of its account.

    The same account gives the same bytes, whatever language is spoken here now. `progress` is told as it goes, and may
    raise to have the work given up.
    Raises InvalidInput("document" or "format").
    """
    with account_language.speaking(account):
        return _made(name, account, ending, progress)


def _refuse_part(name: str, account: Account) -> None:
    """Raise InvalidInput("office_only") for what speaks for the scheme where only part of its reports was counted."""
    if name != "summary" and not account.whole:
        raise InvalidInput("office_only", tr("Only the scheme's office can do that. Please ask the office."))


def _made(name: str, account: Account, ending: str, progress: Progress | None) -> bytes:
    _refuse_part(name, account)
    if ending == "json":
        from reports.formats import tables

        return tables.json_text(account).encode()
    if ending == "csv":
        from reports.formats import tables

        return tables.csv_text(account).encode()
    if ending == "xlsx":
        from reports.formats import xlsx

        return xlsx.render(account)
    found = _document(name, account)
    if ending == "pdf":
        from reports.formats import pdf

        return pdf.render(found, progress)
    if ending == "html":
        from reports.formats import html

        return html.render(found)
    if ending == "docx":
        from reports.formats import word

        return word.render(found)
    raise InvalidInput("format", ending)


def file_name(name: str, account: Account, ending: str) -> str:
    """Return what the file is called: the marking, the document, its period, which edition it is, and for whom.

    "OFFICIAL Quarterly compliance summary 2025-26-Q2 edition 1 public.pdf": no edition takes the place of another or
    of a draft, and no paper for the public that of the office's own.
    """
    with account_language.speaking(account):
        found = _document(name, account)
        stem = tr("Figures {period}", period=account.period.name) if ending in TABLES else found.stem
        if account.edition:
            stem = tr("{document} edition {number}", document=stem, number=account.label or account.edition)
        else:
            stem = tr("{document} draft", document=stem)
        if not account.whole:
            stem = tr("{document} of part of the reports", document=stem)
        if account.public:
            stem = tr("{document} public", document=stem)
        return replace(found, stem=stem).file_name(ending)
