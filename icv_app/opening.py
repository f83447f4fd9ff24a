"""The opening of a site in a period: on how many days it was operational, and by which rows of its calendar. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from icv_app.calendar import Calendar
from icv_app.figure import Period
from icv_app.summary import SiteName, Summary

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A row of a site's calendar as far as it lies in the period, both days included.

    `status` is open, closed or open_on_days; `days` the days of the week of the last, in order (0 is Monday).
    """

    first: date
    last: date
    status: str
    days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a site was open in a period: on `operational` of its `days` days. No spells: it has no calendar, so open."""

    site: str
    operational: int
    days: int
    spells: tuple[Spell, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the site was open on every day of the period."""
        return self.operational == self.days

    @property
    def plain(self) -> tuple[Spell, ...]:
        """The spells in which it was open, those that follow on from one another as one.

        () where they overlap, so that no sentence of them would be true.
        """
        if any(one.last >= other.first for one, other in zip(self.spells, self.spells[1:], strict=False)):
            return ()
        found: list[Spell] = []
        for spell in self.spells:
            before = found[-1] if found else None
            if (
                before
                and before.last + _DAY == spell.first
                and (before.status, before.days) == (spell.status, spell.days)
            ):
                found[-1] = replace(before, last=spell.last)
            elif spell.status in ("open", "open_on_days"):
                found.append(spell)
        return tuple(found)


def of(calendar: Calendar, sites: Iterable[SiteName], period: Period) -> tuple[Opening, ...]:
    """Return how each of `sites` was open in `period`."""
    return tuple(_opening(calendar, site.site, period) for site in sites)


def _opening(calendar: Calendar, site: str, period: Period) -> Opening:
    rows = calendar.rows(site, period.first, period.last)
    spells = tuple(
        Spell(
            first=max(row.first, period.first),
            last=min(row.last or period.last, period.last),
            status=row.status,
            days=tuple(sorted(row.days)),
        )
        for row in rows
    )
    starts = sorted({period.first, *(spell.first for spell in spells), *(spell.last + _DAY for spell in spells)})
    ends = [*starts[1:], period.last + _DAY]
    open_days = sum(_open_days(calendar, site, start, (end - start).days)
                    for start, end in zip(starts, ends, strict=True))  # fmt: skip
    return Opening(site=site, operational=open_days, days=(period.last - period.first).days + 1, spells=spells)


def _open_days(calendar: Calendar, site: str, first: date, number: int) -> int:
    """Return on how many of `number` days from `first` a site was open; no row begins or ends among them.

    Within such a stretch every week is like the first, so that ten years take no longer than one.
    """
    week = [calendar.operational(site, first + day * _DAY) for day in range(min(number, 7))]
    weeks, rest = divmod(max(number, 0), 7)
    return weeks * sum(week) + sum(week[:rest])


def coverage_throughout(summary: Summary, openings: Iterable[Opening]) -> tuple[int, int] | None:
    """Return what was covered and what was due at the custody suites that were open on every day, both summed.

    None where nothing was due there or it is not known.
    """
    whole = {opening.site for opening in openings if opening.whole}
    found = [
        figure for figure in summary.figures
        if (figure.measure, figure.figure) == ("custody_visit", "target_coverage") and figure.site in whole
    ]  # fmt: skip
    if not found or any(figure.numerator is None or figure.denominator is None for figure in found):
        return None
    due = sum(figure.denominator or 0 for figure in found)
    return (sum(figure.numerator or 0 for figure in found), due) if due else None
