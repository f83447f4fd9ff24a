"""Throughput: how many people the force detained in a period, from rows that were typed in with their source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from icv_app.encryption.cipher import Connection
from icv_app.figure import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Throughput:
    """`persons` detained from `first` to `last`, both included."""

    first: date
    last: date
    persons: int


def read(connection: Connection, period: Period) -> tuple[Throughput, ...]:
    """Return the rows that lie wholly inside `period`."""
    rows = connection.execute(
        "SELECT starts, ends, persons_detained FROM fact_throughput WHERE starts >= ? AND ends <= ?",
        (period.first.isoformat(), period.last.isoformat()),
    )
    return tuple(
        Throughput(first=date.fromisoformat(starts), last=date.fromisoformat(ends), persons=persons)
        for starts, ends, persons in rows
    )


def detained(rows: Iterable[Throughput], period: Period) -> int | None:
    """Return how many were detained in `period`, or None where the rows inside it do not together cover it.

    Rows must follow on from one another, so that nobody is counted twice: of a quarter's row and those of its three
    months, the one longer row is taken.
    """
    starting: dict[date, list[Throughput]] = {}
    for row in rows:
        if period.first <= row.first <= row.last <= period.last:
            starting.setdefault(row.first, []).append(row)
    reached: dict[date, tuple[int, int]] = {period.first: (0, 0)}  # day not yet covered: (rows used, persons)
    for first in sorted(starting):
        if first in reached:
            used, persons = reached[first]
            for row in starting[first]:
                after = row.last + timedelta(days=1)
                reached[after] = min(
                    reached.get(after, (used + 1, persons + row.persons)), (used + 1, persons + row.persons)
                )
    found = reached.get(period.last + timedelta(days=1))
    return found[1] if found else None
