"""The edition of a summary: whether its figures may still change, and what a later edition changed."""

from forms.translation import tr
from icv_app.account import Account
from icv_app.summaries import part_of_scheme, recorded_span
from icv_app.wording import day_words, listed
from reports.document import Block, Blocks, Bullets, heading, note, paragraph

FEW = 5
"""Changes that stand near the top; more are listed among the notes, so that the key figures keep the first page."""


def edition(account: Account) -> Blocks:
    """Return the lines near the top: of a first edition its day, of a later one what it changed.

    Before them stands whether these are the scheme's figures at all: what a visitor's laptop may read is part of them.
    """
    if not account.whole:
        told: Blocks = [paragraph(part_of_scheme.words(), tr("Not the scheme’s figures."))]
        return [*told, *_edition(account)] if account.summary.figures else told
    if not account.summary.figures:
        return []
    return [*_edition(account), *_beginning(account)]


def _beginning(account: Account) -> Blocks:
    """Return a line where the records begin after the period or late in it, and one where they end early."""
    first = account.to_date.period.first if account.to_date else None
    return [paragraph(text) for text in recorded_span.notices(account.summary, account.records_to, first)]


def _edition(account: Account) -> Blocks:
    if account.summary.not_begun:
        return [note(tr("The period has not begun: this is what is known of it so far."))]
    if not account.over:
        return [note(tr("The period is not over: these are its figures so far."))]
    if not account.edition:
        return [note(tr("Not a published edition: these figures may still change."))]
    day = day_words(account.published_on) if account.published_on else ""
    if account.edition == 1:
        return [note(tr("Published on {day}.", day=day))] if day else []
    parts: list[Block] = [paragraph(_replaces(account, day), tr("Edition {number},", number=account.edition))]
    if len(account.changes) > FEW:
        parts.append(paragraph(tr("What it changed is listed under “{heading}”.", heading=_title(account))))
    elif account.changes:
        parts += [paragraph(tr("What it changed:")), Bullets(items=account.changes)]
    return parts


def _replaces(account: Account, day: str) -> str:
    if len(account.replaces) > 1:
        return tr(
            "published on {day}, replaces editions {numbers}, which two laptops of the office published beside each "
            "other.", day=day, numbers=listed(account.replaces),
        )  # fmt: skip
    number = account.replaces[0] if account.replaces else account.edition - 1
    if day:
        return tr("published on {day}, replaces edition {number}.", day=day, number=number)
    return tr("replaces edition {number}.", number=number)


def changes(account: Account) -> Blocks:
    """Return the list of what an edition changed, where it is too long to stand near the top."""
    if len(account.changes) <= FEW:
        return []
    return [heading(_title(account), 3), Bullets(items=account.changes)]


def _title(account: Account) -> str:
    return tr("What edition {number} changed", number=account.edition)
