"""The compliance summary: what a panel reads, every headline with its fraction and its rule."""

from datetime import date

from forms.translation import tr
from icv_app.account import Account
from icv_app.wording import day_words, span_words
from reports import wording
from reports.document import Document
from reports.summary import sections


def of(account: Account) -> Document:
    """Return the summary of a period as a document. The same account gives the same document."""
    period = account.period
    name = wording.document_name(period)
    return Document(
        title=tr("{document}, {period}", document=name, period=span_words(period.first, period.last)),
        heading=tr("Independent custody visiting"),
        scheme=account.scheme,
        marking=account.marking,
        stem=tr("{document} {period}", document=name, period=period.name),
        blocks=tuple(sections.story(account, _origin(account.program_version, account.records_to))),
        language=account.language,
        program_version=account.program_version,
        records_to=account.records_to,
    )


def _origin(version: str, records_to: date | None) -> str:
    day = day_words(records_to) if records_to else ""
    if day and version:
        return tr("Produced from the scheme's records up to {day} by icv-app {version}.", day=day, version=version)
    if day:
        return tr("Produced from the scheme's records up to {day}.", day=day)
    if version:
        return tr("Produced from the scheme's records by icv-app {version}.", version=version)
    return tr("Produced from the scheme's records.")
