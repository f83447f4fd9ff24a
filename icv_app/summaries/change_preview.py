"""The preview of a change: which figures it alters, found by making it in a transaction that is taken back.

Nothing is reckoned here: the change is laid over the facts as a save would, the summaries are counted as always, and
then everything is rolled back, so that neither the disk nor another connection ever sees it.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from forms.translation import plural, tr
from icv_app.counting import figures, restatement, rulebook
from icv_app.counting.restatement import Difference
from icv_app.counting.rulebook import Rulebook
from icv_app.encryption.cipher import Connection
from icv_app.encryption.faults import in_words
from icv_app.figure import Period
from icv_app.interchange_folder.interchange import SITE_KIND_OF
from icv_app.periods import parse_period, quarter_of, unit_of
from icv_app.scheme import site_register
from icv_app.scheme.site_register import Edit, Planned
from icv_app.scheme.site_rows import Site, StatusRow, TargetRow
from icv_app.storage import facts
from icv_app.storage.revision import record_id
from icv_app.storage.store import Store
from icv_app.summaries import published
from icv_app.wording import listed, months_words

QUARTERS: Final = 8
"""How many quarters are counted, the latest that a change reaches; published ones are counted whatever their age."""

_LEADING: Final = ("target_coverage", "missed_periods", "scheduled_completed")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an edit would do: its records, the figures that change, and where it ends.

    The figures of all sites come before those of one, what is due before the rest, the latest period first.

    `restates` are the published periods among them; `earlier` the quarters that it reaches and that were not counted.
    """

    planned: Planned
    changes: tuple[Difference, ...]
    restates: tuple[Period, ...]
    earlier: int


def of(store: Store, edit: Edit, today: date) -> Preview:
    """Return what `edit` would do now. Raises what `site_register.planned` raises, and Unavailable."""
    connection = store.connection
    with _taken_back(connection) as restart:
        planned = site_register.planned(store, edit)
        names = {each.name for each in published.every(store)}
        before = rulebook.read(connection)
        _lay(connection, planned)
        reached = _reached(connection, edit, (before, rulebook.read(connection)), today)
        quarters = sorted(reached, key=lambda quarter: quarter.first, reverse=True)
        held = [parse_period(name) for name in sorted(names, reverse=True)]
        recent = quarters[:QUARTERS]
        kept = [
            period
            for period in held
            if period not in recent and any(_share(period, quarter) for quarter in quarters)
        ]  # fmt: skip
        periods = [*recent, *kept]
        after = {period.name: figures.of(period, connection, today).figures for period in periods}
        restart()
        changes: list[Difference] = []
        for period in periods:
            was = figures.of(period, connection, today).figures
            changes += restatement.differences(period, was, after[period.name])
    changed = {each.period for each in changes}
    counted = {period.name for period in periods}
    return Preview(
        planned=planned, changes=tuple(sorted(changes, key=_weight)),
        restates=tuple(period for period in periods if period in changed and period.name in names),
        earlier=sum(quarter.name not in counted for quarter in quarters),
    )  # fmt: skip


@contextmanager
def _taken_back(connection: Connection) -> Iterator[Callable[[], object]]:
    """Hold a transaction that ends by being rolled back; what it gives takes back what was written so far."""
    with in_words():
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("SAVEPOINT untouched")
            yield lambda: connection.execute("ROLLBACK TO untouched")
        finally:
            if connection.in_transaction:  # a full disk may have rolled back by itself
                connection.execute("ROLLBACK")


def _weight(change: Difference) -> tuple[bool, int]:
    figure = change.figure
    return figure.site is not None, _LEADING.index(figure.figure) if figure.figure in _LEADING else len(_LEADING)


def _lay(connection: Connection, planned: Planned) -> None:
    facts.refresh_many(connection, ((record_id(kind, key), kind, key, body) for kind, key, body in planned.items))


def _share(one: Period, other: Period) -> bool:
    return one.first <= other.last and other.first <= one.last


def _reached(connection: Connection, edit: Edit, books: tuple[Rulebook, Rulebook], today: date) -> set[Period]:
    """Return the quarters up to the present one whose figures a day may alter that is told otherwise now.

    A day alters the figures of its own quarter, of those that its week and its year end in, and, as gaps between visits
    leave closed days out, of those up to the next visit at the site.
    """
    present = quarter_of(today)
    visited = _visited(connection, edit)
    days = tuple(_days(edit, *books, _opening(books, visited, present.first), present.last))
    ends = {day for each in days for day in (each, unit_of(each, "week").last, unit_of(each, "year").last)}
    found = {quarter for end in ends if (quarter := quarter_of(end)).first <= today}
    if isinstance(edit.row if edit.row is not None else edit.was, StatusRow):
        gaps = {visited[at] if (at := bisect_right(visited, day)) < len(visited) else today for day in days}
        for end in gaps:
            first = max((day for day in visited if day < end), default=min(days))
            found.update(_quarters(max(first, min(days)), end))
    return found


def _visited(connection: Connection, edit: Edit) -> list[date]:
    """Return the days of the visits at the site of a status row, in order."""
    row = edit.row if edit.row is not None else edit.was
    if not isinstance(row, StatusRow):
        return []
    query = "SELECT DISTINCT date FROM fact_visit WHERE site = ? AND date IS NOT NULL ORDER BY date"
    return [date.fromisoformat(day) for (day,) in connection.execute(query, (row.site,))]


def _quarters(first: date, last: date) -> Iterator[Period]:
    quarter = quarter_of(first)
    while quarter.first <= last:
        yield quarter
        quarter = quarter_of(quarter.last + _DAY)


def _opening(books: tuple[Rulebook, Rulebook], visited: list[date], otherwise: date) -> date:
    """Return the first day that matters: without a target and without a visit there is nothing to count."""
    starts = [
        row.first
        for book in books
        for measure in SITE_KIND_OF
        for site in (None, *(each.site for each in book.sites))
        for row in book.targets.rows(measure, site, date.min, date.max)
    ]
    return min([*starts, *visited[:1]], default=otherwise)


def _days(edit: Edit, before: Rulebook, after: Rulebook, opening: date, closing: date) -> Iterator[date]:
    """Yield the days from `opening` to `closing` on which the calendar or the target in force is another one."""
    row = edit.row if edit.row is not None else edit.was
    if isinstance(row, Site):
        first = edit.opened if edit.was is None else opening
        renamed = isinstance(edit.was, Site) and edit.was.kind == row.kind
        yield from () if renamed or first is None else _each(max(first, opening), closing)
        return
    rows = [each for each in (edit.row, edit.was) if isinstance(each, StatusRow | TargetRow)]
    first = max(min(each.first for each in rows), opening)
    last = min(max(each.last or date.max for each in rows), closing)
    if isinstance(row, StatusRow):
        site = row.site
        if before.calendar.has_rows(site) != after.calendar.has_rows(site):
            first, last = opening, closing
        for day in _each(first, last):
            if before.calendar.operational(site, day) != after.calendar.operational(site, day):
                yield day
    elif isinstance(row, TargetRow):
        scopes = {(each.measure, each.site) for each in rows if isinstance(each, TargetRow)}
        for day in _each(first, last):
            if any(_judged(before, scope, day) != _judged(after, scope, day) for scope in scopes):
                yield day


def _judged(book: Rulebook, scope: tuple[str, str | None], day: date) -> tuple[int, str] | None:
    found = book.targets.own(*scope, day)
    return None if found is None else (found.number, found.per)


def _each(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * _DAY


def lines(preview: Preview, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the figures come to in sentences, those of each period together; `names` of sites by their codes."""
    return tuple(each.words(names) for each in preview.changes) or (
        tr("No figure of this quarter or an earlier one changes."),
    )


def cautions(preview: Preview) -> tuple[str, ...]:
    """Return what there is to think of before saving: published periods, and quarters that were not counted."""
    found = []
    if preview.restates:
        periods = listed(months_words(period.first, period.last) for period in preview.restates)
        found.append(
            tr(
                "This reaches into published figures: {periods}. The published figures stay; the summary will show "
                "them as restated.", periods=periods,
            )
        )  # fmt: skip
    if preview.earlier:
        found.append(
            plural(
                "It reaches {count} earlier quarter too, whose figures were not worked out here.",
                "It reaches {count} earlier quarters too, whose figures were not worked out here.", preview.earlier,
            )
        )  # fmt: skip
    return tuple(found)
