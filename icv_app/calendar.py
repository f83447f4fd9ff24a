"""The calendar: on which days a site was operational, from its dated status rows. Pure."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStatus:
    """What a site was from `first` to `last`, both included; `last` None is open-ended.

    `status` is open, closed or open_on_days; `days` the days of the week of the last (0 is Monday).
    """

    site: str
    first: date
    last: date | None = None
    status: str = "open"
    days: frozenset[int] = frozenset()
    reason: str = ""


def weekdays(text: str) -> frozenset[int]:
    """Return the days of the week that `text` names ("Mon;Thu", "Mon Thu"); other words are passed over."""
    words = text.replace(";", " ").replace(",", " ").lower().split()
    return frozenset(DAY_NAMES.index(word[:3]) for word in words if word[:3] in DAY_NAMES)


class Calendar:
    """Answers whether a site was operational on a day.

    A site without rows is open; one with rows is closed on the days that none of them covers (`interfaces.md` §3), so a
    reserve suite needs only rows for the days when it was used. Where rows overlap, the one that began last holds, and
    of those the one that ends first: a short exception stands in a long rule.
    """

    def __init__(self, statuses: Iterable[SiteStatus]) -> None:
        self._of_site: dict[str, list[SiteStatus]] = {}
        for row in sorted(statuses, key=lambda row: (row.first, -(row.last or date.max).toordinal())):
            self._of_site.setdefault(row.site, []).append(row)

    def operational(self, site: str, day: date) -> bool:
        """Return whether `site` was open on `day`."""
        rows = self._of_site.get(site)
        if rows is None:
            return True
        for row in reversed(rows[: bisect_right(rows, day, key=lambda row: row.first)]):
            if row.last is None or day <= row.last:
                return row.status == "open" or (row.status == "open_on_days" and day.weekday() in row.days)
        return False

    def operational_within(self, site: str, first: date, last: date) -> bool:
        """Return whether `site` was open on at least one day from `first` to `last`."""
        if site not in self._of_site:
            return first <= last
        return any(self.operational(site, first + timedelta(days=number)) for number in range((last - first).days + 1))

    def has_rows(self, site: str) -> bool:
        """Return whether `site` has any status row, on whatever day."""
        return site in self._of_site

    def rows(self, site: str, first: date, last: date) -> tuple[SiteStatus, ...]:
        """Return the rows of `site` that touch the days from `first` to `last`, by their first day."""
        return tuple(
            row for row in self._of_site.get(site, ()) if row.first <= last and (row.last is None or row.last >= first)
        )
