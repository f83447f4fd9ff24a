"""Disclosure: what a public document may not say of a few people, and the account without it (`domain.md` B3, E7).

Pure. Of an account as the office has it comes one that is fit for a public paper.
"""

from collections.abc import Iterable
from dataclasses import replace

from forms.translation import tr
from icv_app.account import Account, Compared, Withheld
from icv_app.figure import Figure

SMALLEST = 5
"""The smallest count of people that a public document says, unless the scheme says otherwise."""
SENSITIVE = frozenset(
    ("custody_visit", name)
    for name in ("detainees_children", "detainees_girls", "detainees_immigration", "detainees_s136")
)
"""The counts of which small ones are withheld, as (measure, figure); `domain.md` E7."""


def public(account: Account, smallest: int = SMALLEST) -> Account:
    """Return the account as a public document may tell it: counts of people from 1 to below `smallest` are withheld."""
    kept, gone = _masked(account.summary.figures, smallest)
    return replace(
        account,
        summary=replace(account.summary, figures=kept),
        before=_compared(account.before, smallest),
        year_before=_compared(account.year_before, smallest),
        to_date=_compared(account.to_date, smallest),
        public=True,
        withheld=gone,
    )


def _compared(compared: Compared | None, smallest: int) -> Compared | None:
    return None if compared is None else replace(compared, figures=_masked(compared.figures, smallest)[0])


def _masked(figures: Iterable[Figure], smallest: int) -> tuple[tuple[Figure, ...], tuple[Withheld, ...]]:
    kept: list[Figure] = []
    gone: list[Withheld] = []
    for figure in figures:
        small = (figure.measure, figure.figure) in SENSITIVE and 0 < (figure.value or 0) < smallest
        kept.append(_without(figure) if small else figure)
        gone += [Withheld(figure=figure, why="small")] if small else []
    return tuple(kept), tuple(gone)


def _without(figure: Figure) -> Figure:
    note = tr("Withheld: a small number could point to a person.")
    return replace(figure, numerator=None, denominator=None, value=None, note=note, withheld=True)
