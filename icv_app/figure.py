"""A figure: one number of a summary with the numerator, denominator and rule that defend it (`interfaces.md` §3)."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of a summary. A count has `value`; a ratio has `numerator` and `denominator`. `site` None: all sites.

    `withheld`: the number exists and a public document does not say it (`icv_app/public/disclosure.py`); it has no
    value, numerator or denominator, and its note says so.
    """

    measure: str
    figure: str
    site: str | None = None
    numerator: int | None = None
    denominator: int | None = None
    value: int | None = None
    unit: str = ""
    note: str = ""
    withheld: bool = False

    @property
    def percent(self) -> str | None:
        """The ratio half-up to one decimal, or None where there is none.

        Never "100.0" unless the numerator equals the denominator, never "0.0" unless it is 0 (`interfaces.md` §3).
        """
        if self.numerator is None or not self.denominator:
            return None
        exact = Decimal(100 * self.numerator) / Decimal(self.denominator)
        shown = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
        if shown == 100 and self.numerator != self.denominator:
            shown = Decimal("99.9") if self.numerator < self.denominator else Decimal("100.1")
        if shown == 0 and self.numerator:
            shown = Decimal("0.1")
        return f"{shown:.1f}"

    def as_row(self) -> dict[str, Any]:
        """Return the figure as the flat row of the JSON and CSV outputs, `percent` included."""
        return {
            "measure": self.measure,
            "figure": self.figure,
            "site": self.site,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": self.value,
            "percent": self.percent,
            "unit": self.unit,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A named span of days, both ends included, with the rule that gives weeks to it."""

    name: str
    first: date
    last: date
    week_rule: str = "week-ending-sunday"
