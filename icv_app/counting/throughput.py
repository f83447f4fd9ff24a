"""Throughput: how many people the force detained in a period, from rows that were typed in with their source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from icv_app.encryption.cipher import Connection
from icv_app.figure import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Throughput:
    """`persons` detained from `first` to `last`, both included, as the record says."""

    first: date
    last: date
    persons: int
    record: bytes = b""


def read(connection: Connection, period: Period) -> tuple[Throughput, ...]:
    """Return the rows that lie wholly inside `period`."""
    rows = connection.execute(
        "SELECT starts, ends, persons_detained, record FROM fact_throughput WHERE starts >= ? AND ends <= ?",
        (period.first.isoformat(), period.last.isoformat()),
    )
    return tuple(
        Throughput(first=date.fromisoformat(starts), last=date.fromisoformat(ends), persons=persons, record=record)
        for starts, ends, persons, record in rows
    )


def chosen(rows: Iterable[Throughput], period: Period) -> tuple[Throughput, ...] | None:
    """Return the rows, in order, that together cover `period` with no day twice; None where none do.

    Of a quarter's row and those of its three months the one longer row is taken: as few rows as will do, and of as
    many the smaller sum.
    """
    starting: dict[date, list[Throughput]] = {}
    for row in rows:
        if period.first <= row.first <= row.last <= period.last:
            starting.setdefault(row.first, []).append(row)
    reached: dict[date, tuple[Throughput, ...]] = {period.first: ()}  # by the first day that is not yet covered
    for first in sorted(starting):
        if first in reached:
            for row in starting[first]:
                after, taken = row.last + timedelta(days=1), (*reached[first], row)
                reached[after] = min(reached.get(after, taken), taken, key=_weight)
    return reached.get(period.last + timedelta(days=1))


def _weight(rows: tuple[Throughput, ...]) -> tuple[int, int]:
    return len(rows), sum(row.persons for row in rows)


def detained(rows: Iterable[Throughput], period: Period) -> int | None:
    """Return how many were detained in `period`, or None where the rows inside it do not together cover it."""
    found = chosen(rows, period)
    return None if found is None else sum(row.persons for row in found)
