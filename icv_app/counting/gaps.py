"""Gaps: how long a site has been without a completed visit, and the longest it was so in a period.

One rule for both: the days since the last visit. Each day after it, up to the day asked about, is one; a day on which
the site was not operational is none, as nobody could have gone. The longest gap of a period is the most that this came
to on any of its days, so it is counted from the visit before, be that before the period too, and ends with the next
visit, the period or the day asked about, whichever is first. Nothing later changes it. A site without a visit
before is counted from the first day of the period, or of the scheme's records where they begin in it: of earlier days
nothing is known. (Source of the idea: UNICEF eTools, days since the last visit.)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from icv_app.calendar import Calendar
from icv_app.counting.coverage import COVERED
from icv_app.counting.rulebook import Rulebook
from icv_app.counting.tallies import SITE_VISITS
from icv_app.encryption.cipher import Connection
from icv_app.figure import Period

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What one site of one measure had: all numbers are days on which it was operational.

    `last`: its last completed visit up to the day asked about, `since` the days since then; both None where there was
    none yet. `closed`: the other days since then. `longest`: the longest gap in the period, None where no day of it
    counts; it began the day after `after` and ended on `until` (the day of a visit, or the last day looked at).
    `visited`: `after` is the day of a visit, not the one before the period or the records begin. `recorded`: something
    is known of the days looked at, as the records do not begin after them.
    """

    measure: str
    site: str
    last: date | None
    since: int | None
    closed: int
    longest: int | None
    after: date | None
    until: date | None
    visited: bool = True
    recorded: bool = True


def read(connection: Connection, book: Rulebook, period: Period, day: date) -> tuple[Gap, ...]:
    """Return the gaps of each custody suite and each kennel, as they stood on `day`; one SQL read.

    The longest gap is that in `period` up to `day`. Only visits that count for the figures are looked at.
    """
    made = _made(connection, period, day)
    until = min(period.last, day)
    first = max(period.first, book.records_from or period.first)
    found: list[Gap] = []
    for measure in COVERED:
        for site in (each.site for each in book.sites_of(measure)):
            visits = made.get((measure, site), [])
            last = visits[-1] if visits else None
            since = open_days(book.calendar, site, last, day) if last else None
            seen = [each for each in visits if each <= until]
            gap = longest(book.calendar, site, seen, first, until) if first <= until else None
            found.append(
                Gap(
                    measure=measure, site=site, last=last, since=since,
                    closed=(day - last).days - since if last is not None and since is not None else 0,
                    longest=gap[0] if gap else None, after=gap[1] if gap else None, until=gap[2] if gap else None,
                    visited=gap is not None and gap[1] in seen, recorded=first <= until or first == period.first,
                )
            )  # fmt: skip
    return tuple(found)


def open_days(calendar: Calendar, site: str, after: date, until: date) -> int:
    """Return on how many of the days after `after`, up to and with `until`, the site was operational."""
    days = (until - after).days
    if days <= 0:
        return 0
    if not calendar.has_rows(site):
        return days
    return sum(calendar.operational(site, after + timedelta(days=number)) for number in range(1, days + 1))


def longest(
    calendar: Calendar, site: str, visits: Iterable[date], first: date, last: date
) -> tuple[int, date, date] | None:
    """Return the days of the longest gap that any day from `first` to `last` saw, the day before it and its last day.

    `visits`: the days of completed visits up to `last`, in any order; of those before `first` only the latest tells.
    Of gaps as long as each other the earliest. None where the site was operational on none of the days.
    """
    if not calendar.operational_within(site, first, last):
        return None
    made = sorted({day for day in visits if day <= last})
    before = [day for day in made if day < first]
    ends = [before[-1] if before else first - _ONE_DAY, *(day for day in made if day >= first)]
    if ends[-1] < last:
        ends.append(last)
    gaps = [(open_days(calendar, site, after, until), after, until) for after, until in pairwise(ends)]
    return max(gaps, key=lambda gap: (gap[0], -gap[1].toordinal()))


def _made(connection: Connection, period: Period, day: date) -> dict[tuple[str, str], list[date]]:
    """Return the days of completed visits, by measure and site, in order.

    All from the first day of `period` to `day`, and before them the last one.
    """
    first = min(period.first, day).isoformat()
    place = "v.counted = 1 AND v.form = p.form AND v.site = p.site AND v.status = 'completed'"
    forms = ",".join(f"('{measure}')" for measure in COVERED)
    rows = connection.execute(
        f"""SELECT v.form, v.site, v.date FROM {SITE_VISITS} AND v.date BETWEEN :first AND :day
              AND v.status = 'completed'
            UNION ALL
            SELECT p.form, p.site,
              (SELECT v.date FROM fact_visit v WHERE {place} AND v.date < :first ORDER BY v.date DESC LIMIT 1)
            FROM (SELECT f.column1 AS form, s.site FROM fact_site s CROSS JOIN (VALUES {forms}) f) p""",  # noqa: S608
        {"first": first, "day": day.isoformat()},
    )
    made: dict[tuple[str, str], list[date]] = {}
    known: dict[str, date] = {}  # each day once: there are many visits on one, and years of them
    for measure, site, visited in rows:
        if visited is not None:
            if visited not in known:
                known[visited] = date.fromisoformat(visited)
            made.setdefault((measure, site), []).append(known[visited])
    for days in made.values():
        days.sort()
    return made
