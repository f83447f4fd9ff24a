"""Regularity: how long suites and kennels went without a visit, and over how much of the week visits were spread."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from forms.translation import plural, tr
from icv_app.counting import entry_times, spread
from icv_app.counting.gaps import Gap
from icv_app.counting.rulebook import SITE_KIND, Rulebook
from icv_app.counting.spread import Entry
from icv_app.counting.tallies import SITE_VISITS
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure, Period
from icv_app.wording import day_words, span_words

OFFICE_ONLY = ("slot_coverage", *entry_times.FIGURES)
"""Figures that visitors' laptops leave out: how visits were spread tells how the next ones may be."""
_SUNDAY = date(2025, 9, 28)  # any: of a visit, only the day of the week tells which cell it covers


def gap_lines(gaps: Iterable[Gap], measure: str, day: date) -> Iterator[Figure]:
    """Yield the days since the last visit, up to `day`, and the longest gap: the largest of all sites, then each one's.

    A site that was never visited, or not operational in the period, has no number, and is in no largest one.
    """
    own = [gap for gap in gaps if gap.measure == measure]
    since, longest = [gap.since for gap in own], [gap.longest for gap in own]
    never = sum(gap.last is None for gap in own)
    for name, numbers in (("days_since_last_visit", since), ("longest_gap", longest)):
        notes = [_since(gap, day) if name == "days_since_last_visit" else _between(gap) for gap in own]
        yield Figure(
            measure=measure, figure=name, value=max((each for each in numbers if each is not None), default=None),
            unit="days", note=_never(never) if name == "days_since_last_visit" else "",
        )  # fmt: skip
        for gap, number, note in zip(own, numbers, notes, strict=True):
            yield Figure(measure=measure, figure=name, site=gap.site, value=number, unit="days", note=note)


def spread_lines(connection: Connection, book: Rulebook, bands: Sequence[str], day: date) -> Iterator[Figure]:
    """Yield the slot coverage of the twelve months that end with `day`: all suites' cells together, then each one's."""
    year = spread.year_to(day)
    entries: dict[str, list[Entry]] = {site.site: [] for site in book.sites_of(spread.MEASURE)}
    untimed = dict.fromkeys(entries, 0)
    for site, weekday, arrived, admitted, _ in _entries(connection, year):
        entries[site].append(Entry(day=_SUNDAY + timedelta(days=int(weekday)), arrived=arrived, admitted=admitted))
        untimed[site] += not (arrived or admitted)
    cells = len(bands) * spread.WEEK
    covered = {site: spread.of(of_site, bands).covered for site, of_site in entries.items()}
    note = tr("Twelve months: {days}", days=span_words(year.first, year.last))
    if book.records_from is not None and year.first < book.records_from <= year.last:
        note += "; " + tr("the records begin on {day}", day=day_words(book.records_from))
    told: list[tuple[str | None, int, int, int]] = [
        (None, sum(covered.values()), cells * len(covered), sum(untimed.values()))
    ]
    told += [(site, number, cells, untimed[site]) for site, number in covered.items()]
    for where, number, of_them, without in told:
        yield Figure(
            measure=spread.MEASURE, figure="slot_coverage", site=where, numerator=number, denominator=of_them,
            unit="times of the week", note=note + _without_time(without),
        )  # fmt: skip


def _entries(connection: Connection, year: Period) -> Iterable[tuple[str, str, str | None, str | None, bytes | None]]:
    """Return each day of the week (0: Sunday) with the times at which a suite was visited on it, once.

    No more than that tells which cells are covered, and there are few of them beside the visits of a year. Visits
    without a time are each told.
    """
    return connection.execute(  # type: ignore[no-any-return]
        f"""SELECT DISTINCT v.site, strftime('%w', v.date), v.arrived, v.admitted,
              iif(coalesce(v.arrived, v.admitted) IS NULL, v.record, NULL)
            FROM {SITE_VISITS} AND v.date BETWEEN ? AND ? AND v.status = 'completed' WHERE s.kind = ?""",  # noqa: S608
        (year.first.isoformat(), year.last.isoformat(), SITE_KIND[spread.MEASURE]),
    )


def _since(gap: Gap, day: date) -> str:
    if gap.last is None:
        return tr("No completed visit up to {day}", day=day_words(day))
    said = tr("Last completed visit {last}, counted up to {day}", last=day_words(gap.last), day=day_words(day))
    if not gap.closed:
        return said
    shut = plural("{count} day closed left out", "{count} days closed left out", gap.closed)
    return f"{said}; {shut}"


def _between(gap: Gap) -> str:
    if not gap.recorded:
        return tr("The records begin later")
    if gap.after is None or gap.until is None:
        return tr("Open on no day of the period")
    if not gap.visited:
        first = day_words(gap.after + timedelta(days=1))
        return tr("No visit before on record: from {first} to {last}", first=first, last=day_words(gap.until))
    return tr("After {first}, up to {last}", first=day_words(gap.after), last=day_words(gap.until))


def _never(sites: int) -> str:
    if not sites:
        return ""
    return plural("{count} site never visited left out", "{count} sites never visited left out", sites)


def _without_time(visits: int) -> str:
    if not visits:
        return ""
    return "; " + plural(
        "{count} visit without a time of entry left out", "{count} visits without a time of entry left out", visits
    )
