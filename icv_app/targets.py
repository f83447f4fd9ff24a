"""Targets: how many visits a unit of time called for, from dated rows for one site or for all. Pure."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`number` visits `per` week, month, quarter or year, from `first` to `last`, both included.

    `site` None: every site of the measure; `last` None: open-ended; `number` 0: none called for.
    """

    measure: str
    site: str | None
    number: int
    per: str
    first: date
    last: date | None = None
    reason: str = ""

    def applies_on(self, day: date) -> bool:
        """Return whether the row's dates hold `day`."""
        return self.first <= day and (self.last is None or day <= self.last)


class Targets:
    """Answers which target was in force. One for a site stands in place of the one for all (`interfaces.md` §2).

    Rows of one measure and site may not overlap (an import refuses them); where a conflict brought such rows together,
    the one that began last holds.
    """

    def __init__(self, rows: Iterable[Target]) -> None:
        self._of: dict[tuple[str, str | None], list[Target]] = {}
        for row in sorted(rows, key=lambda row: (row.first, row.last or date.max, row.number, row.per)):
            self._of.setdefault((row.measure, row.site), []).append(row)

    def in_force(self, measure: str, site: str | None, day: date) -> Target | None:
        """Return the one target for `measure` at `site` on `day`; with `site` None, the one for all sites."""
        own = self.own(measure, site, day)
        return own if own is not None or site is None else self.own(measure, None, day)

    def own(self, measure: str, site: str | None, day: date) -> Target | None:
        """Return the target that names just this site (None: all sites) on `day`."""
        rows = self._of.get((measure, site), ())
        for row in reversed(rows[: bisect_right(rows, day, key=lambda row: row.first)]):
            if row.applies_on(day):
                return row
        return None

    def rows(self, measure: str, site: str | None, first: date, last: date) -> tuple[Target, ...]:
        """Return the rows that name just this site (None: all sites) and touch those days, by their first day."""
        return tuple(
            row
            for row in self._of.get((measure, site), ())
            if row.first <= last and (row.last is None or row.last >= first)
        )

    def touching(self, first: date, last: date) -> tuple[Target, ...]:
        """Return the rows of every measure and site that touch those days."""
        keys = sorted(self._of, key=lambda key: (key[0], key[1] or ""))
        return tuple(row for measure, site in keys for row in self.rows(measure, site, first, last))
