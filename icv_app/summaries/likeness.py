"""Likeness: whether two accounts of a period say the same, whenever, in whichever language they were made.

Words that the program makes in the language of the day (footnotes, notes of figures, the templates and criteria that it
ships) are no part of what a period has come to.
"""

from dataclasses import replace

from icv_app.account import Account, Compared, LeftOut
from icv_app.figure import Figure
from icv_app.quality_criterion import Criterion, Judged
from icv_app.summaries import paper_template


def same(one: Account, other: Account) -> bool:
    """Return whether two accounts say the same."""
    one, other = comparable(one, other)
    return timeless(one) == timeless(other)


def comparable(one: Account, other: Account) -> tuple[Account, Account]:
    """Return two accounts; where they are in two languages, without the words that the program made in these."""
    return (one, other) if one.language == other.language else (_wordless(one), _wordless(other))


def timeless(account: Account) -> Account:
    """Return an account without what tells when and by which edition of the program it was made."""
    return replace(
        account, edition=0, published_on=None, changes=(), changed=(), replaces=(), label="", records_to=None,
        program_version="", language="", left_out=LeftOut(),
        papers=paper_template.own(account.papers, account.language),
    )  # fmt: skip


def _wordless(account: Account) -> Account:
    summary = account.summary
    return replace(
        account, summary=replace(summary, figures=_silent(summary.figures), notes=()),
        before=_compared(account.before), year_before=_compared(account.year_before),
        to_date=_compared(account.to_date), quality=tuple(map(_judged, account.quality)),
        parts=tuple(replace(each, figures=_silent(each.figures)) for each in account.parts),
    )  # fmt: skip


def _compared(compared: Compared | None) -> Compared | None:
    return None if compared is None else replace(compared, figures=_silent(compared.figures))


def _silent(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    return tuple(replace(figure, note="") for figure in figures)


def _judged(judged: Judged) -> Judged:
    criterion = judged.criterion
    words = criterion if criterion.confirmed else Criterion(code=criterion.code, area="", words="")
    return replace(judged, criterion=words)
