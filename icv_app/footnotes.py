"""Footnotes: how the rules met the data of a period, in sentences for the reader of a summary."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from icv_app import tallies
from icv_app.calendar import SiteStatus
from icv_app.cipher import Connection
from icv_app.coverage import Coverage, edges
from icv_app.figure import Period
from icv_app.periods import unit_of
from icv_app.rulebook import SITE_KIND, Rulebook
from icv_app.summary import SiteName
from icv_app.targets import Target
from icv_app.wording import DAYS, day_words, listed, some, span_words

_MADE = {"custody_visit": "custody visit", "kennel_visit": "kennel visit", "training_observation": "observation"}
_TITLE = {"custody_visit": "Custody visits", "kennel_visit": "Kennel visits"}


def footnotes(
    connection: Connection, book: Rulebook, period: Period, judged: Mapping[str, Coverage], today: date
) -> tuple[str, ...]:
    """Return the footnotes of a summary, the most general first. `judged` is the coverage of each measure by units."""
    notes: list[str] = []
    for measure, coverage in judged.items():
        notes += _straddling(measure, coverage, period)
    for measure in judged:
        notes += _targets(book, measure, period)
    for site in book.sites:
        notes += _closures(book, site, period)
    notes += _left_out(connection, period)
    for measure in SITE_KIND:
        codes = [site.site for site in book.sites_of(measure)]
        if number := tallies.elsewhere(connection, measure, codes, period.first, period.last):
            notes.append(
                f"{some(number, _MADE[measure])} at a place that is not in the list of sites for it: in no figure."
            )
    to_come = sum(cell.state == "to_come" for coverage in judged.values() for cell in coverage.cells)
    if today <= period.last:
        notes.append(
            f"The period is not over: on {day_words(today)}, {to_come} of the units counted as due may yet be covered."
        )
    return tuple(notes)


def _straddling(measure: str, coverage: Coverage, period: Period) -> Iterator[str]:
    early, late = edges(period)
    if early and coverage.early:
        week = unit_of(period.first, "week")
        yield (
            f"{some(coverage.early, _MADE[measure])} made before the period, on {span_words(*early)}, "
            f"{'counts' if coverage.early == 1 else 'count'} for the coverage of the week "
            f"{span_words(week.first, week.last)}, which ends in it, and not among its visits."
        )
    if late and coverage.late:
        week = unit_of(period.last, "week")
        yield (
            f"{some(coverage.late, _MADE[measure])} made on {span_words(*late)} "
            f"{'is' if coverage.late == 1 else 'are'} among the period's visits, but the week "
            f"{span_words(week.first, week.last)} ends after it and counts in the next."
        )


def _targets(book: Rulebook, measure: str, period: Period) -> Iterator[str]:
    names: dict[str | None, str] = {None: "all sites"}
    names.update({site.site: site.name for site in book.sites_of(measure)})
    for site, name in names.items():
        rows = book.targets.rows(measure, site, period.first, period.last)
        changed = len(rows) > 1 or any(
            row.first > period.first or (row.last or period.last) < period.last for row in rows
        )
        if rows and (changed or site is not None or not rows[0].number):
            told = "; ".join(_target(row, period) for row in rows)
            yield f"{_TITLE[measure]}, target for {name}: {told}."


def _target(row: Target, period: Period) -> str:
    number = f"{row.number} per {row.per}" if row.number else "none called for"
    dates = span_words(max(row.first, period.first), min(row.last or period.last, period.last))
    return f"{number}, {dates}" + (f" ({row.reason})" if row.reason else "")


def _closures(book: Rulebook, site: SiteName, period: Period) -> Iterator[str]:
    rows = book.calendar.rows(site.site, period.first, period.last)
    for row in rows:
        if row.status != "open":
            days = span_words(max(row.first, period.first), min(row.last or period.last, period.last))
            yield f"{site.name}: {_status(row)}, {days}" + (f" ({row.reason})." if row.reason else ".")
    if book.calendar.has_rows(site.site):
        uncovered, day = 0, period.first
        for row in rows:
            uncovered += max((row.first - day).days, 0)
            day = max(day, (row.last or period.last) + timedelta(days=1))
        uncovered += max((period.last - day).days + 1, 0)
        if uncovered:
            yield f"{site.name}: closed on {some(uncovered, 'day')} of the period that its calendar does not list."


def _status(row: SiteStatus) -> str:
    if row.status == "open_on_days":
        return "open only on " + (listed(f"{DAYS[day]}s" for day in sorted(row.days)) or "no day of the week")
    return "closed"


def _left_out(connection: Connection, period: Period) -> Iterator[str]:
    """Yield one sentence on the visits of the period that §3 leaves to figures of their own, or that were sent back."""
    kinds: Counter[str] = Counter()
    for state, visit_type, number in connection.execute(
        """SELECT state, visit_type, count(*) FROM fact_visit
           WHERE counted = 0 AND date BETWEEN ? AND ? GROUP BY state, visit_type""",
        (period.first.isoformat(), period.last.isoformat()),
    ):
        if state not in (None, "submitted", "accepted"):
            kinds["returned"] += number
        else:
            kinds[visit_type if visit_type in ("tact", "training") else "remote"] += number
    words = {
        "tact": "under the Terrorism Act",
        "training": "for training",
        "remote": "by telephone or video",
        "returned": "sent back to be put right",
    }
    told = [f"{kinds[kind]} {how}" for kind, how in words.items() if kinds[kind]]
    if told:
        yield f"In none of these figures: {listed(told)} (visits dated in the period)."
