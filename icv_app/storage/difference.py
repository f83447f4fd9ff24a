"""Difference: one figure beside the same of another period, as far as the two can be compared. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from icv_app.figure import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How far a figure lies from another: above it (`sign` 1), below it (-1), or where it was (0).

    `amount` is never negative: a count ("2"), minutes, or with `points` the percentage points between the two
    percentages as they are printed ("3.2"), so that a reader who subtracts them finds the same.
    """

    sign: int
    amount: Decimal
    points: bool


def between(now: Figure, then: Figure) -> Difference | None:
    """Return how far `now` lies from `then`; None where either is not known, withheld or of nothing."""
    if now.withheld or then.withheld:
        return None
    if now.value is not None and then.value is not None:
        return _of(Decimal(now.value - then.value), points=False)
    if now.percent is not None and then.percent is not None:
        return _of(Decimal(now.percent) - Decimal(then.percent), points=True)
    return None


def _of(apart: Decimal, *, points: bool) -> Difference:
    return Difference(sign=(apart > 0) - (apart < 0), amount=abs(apart), points=points)
