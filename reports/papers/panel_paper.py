"""The paper for a Police and Crime Panel, or the paragraphs of an annual report (`domain.md` B2): a filled template."""

from collections.abc import Sequence
from datetime import date

from forms.translation import tr
from icv_app.account import Account
from icv_app.figure import Period
from icv_app.paper_row import Row, Rows
from icv_app.periods import financial_year
from icv_app.summaries import paper_template
from icv_app.summaries.paper_logic import Words
from icv_app.summary import Summary
from reports.document import Document
from reports.papers import filling, paper_word, paper_words


def of(account: Account, template: Sequence[Row] | None = None) -> Document:
    """Return the paper of a period: of `template`, or of the account's own for such a period.

    The template may have mistakes (`filling`). The same account and template give the same document.
    """
    rows = _template(account) if template is None else template
    annual = template_of(account) == "annual_paragraphs"
    about = (tr("Independent custody visiting"), tr("Annual report paragraphs")) if annual else _panel()
    return _document(account, rows, paper_words.words(account), *about)


def _panel() -> tuple[str, str]:
    return tr("Police and Crime Panel"), tr("Panel paper")


def sample(template: Sequence[Row], account: Account | None = None) -> Document:
    """Return what `template` would make: of `account`, or of the example quarter that comes with the program."""
    if account is not None:
        return of(account, template)
    quarter = Period(name="2025-26-Q2", first=date(2025, 7, 1), last=date(2025, 9, 30))
    words = paper_word.example()
    empty = Account(
        summary=Summary(period=quarter, figures=(), sites=(), coverage=()), scheme=words.word("scheme").said
    )
    return _document(empty, template, words, *_panel())


def template_of(account: Account) -> str:
    """Return the name of the template for the account's period: a financial year has one of its own."""
    period, year = account.period, financial_year(account.period.last)
    return "annual_paragraphs" if (period.first, period.last) == (year.first, year.last) else "panel_paper"


def _template(account: Account) -> Rows:
    name = template_of(account)
    return account.papers.get(name) or paper_template.shipped(name)


def _document(account: Account, template: Sequence[Row], words: Words, heading: str, stem: str) -> Document:
    span = any(each.why == "span" for each in account.withheld)
    paper = filling.fill(template, words, span=span)
    return Document(
        title=paper.title or stem,
        heading=heading,
        scheme=account.scheme,
        marking=account.marking,
        stem=tr("{document} {period}", document=stem, period=account.period.name),
        blocks=paper.blocks,
        language=account.language,
        program_version=account.program_version,
        records_to=account.records_to,
    )
