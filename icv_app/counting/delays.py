"""Delays: how long visitors waited between arriving at a suite and being let in (`domain.md` B7)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from forms.translation import plural, tr
from icv_app.counting.rulebook import SITE_KIND, Rulebook
from icv_app.counting.tallies import SITE_VISITS
from icv_app.elapsed import minutes_between
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure, Period

MEASURE = "custody_visit"
LET_IN = "v.status IN ('completed', 'abandoned')"
"""SQL: of the visits attempted, those at which visitors were let in."""
TIMED = "v.arrived IS NOT NULL AND v.admitted IS NOT NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """The waits at one suite, or at all, in whole minutes; `untimed`: completed visits without both times."""

    minutes: tuple[int, ...] = ()
    untimed: int = 0


def read(connection: Connection, book: Rulebook, period: Period) -> dict[str, Waits]:
    """Return the waits of the visits dated in `period` by custody suite, suites without any included."""
    minutes: dict[str, list[int]] = {site.site: [] for site in book.sites_of(MEASURE)}
    untimed = dict.fromkeys(minutes, 0)
    for site, day, arrived, admitted, completed in connection.execute(
        f"""SELECT v.site, v.date, v.arrived, v.admitted, v.status = 'completed' FROM {SITE_VISITS}
              AND v.date BETWEEN ? AND ? AND {LET_IN} WHERE s.kind = ?""",  # noqa: S608
        (period.first.isoformat(), period.last.isoformat(), SITE_KIND[MEASURE]),
    ):
        if arrived and admitted:
            minutes[site].append(minutes_between(day, arrived, admitted))
        else:
            untimed[site] += completed
    return {site: Waits(minutes=tuple(of_site), untimed=untimed[site]) for site, of_site in minutes.items()}


def median(numbers: Iterable[int]) -> int | None:
    """Return the middle one; of an even count the mean of the two in the middle, a half rounded up. None of none."""
    ordered = sorted(numbers)
    if not ordered:
        return None
    upper, lower = ordered[len(ordered) // 2], ordered[(len(ordered) - 1) // 2]
    return (upper + lower + 1) // 2


def lines(waits: Mapping[str, Waits], threshold: int) -> Iterator[Figure]:
    """Yield the figures of the waits for all suites together and then for each; `threshold`: the scheme's, in minutes.

    The median and the longest of all are those of all their visits, not made of the suites' own.
    """
    every = Waits(
        minutes=tuple(each for of_site in waits.values() for each in of_site.minutes),
        untimed=sum(of_site.untimed for of_site in waits.values()),
    )
    told: list[tuple[str | None, Waits]] = [(None, every), *waits.items()]
    for site, of_site in told:
        yield Figure(
            measure=MEASURE, figure="access_delay_median", site=site, value=median(of_site.minutes), unit="minutes",
            note=_untimed(of_site.untimed),
        )  # fmt: skip
    for site, of_site in told:
        longest = max(of_site.minutes, default=None)
        yield Figure(measure=MEASURE, figure="access_delay_longest", site=site, value=longest, unit="minutes")
    for site, of_site in told:
        yield Figure(
            measure=MEASURE, figure="delayed_over_threshold", site=site,
            numerator=sum(each > threshold for each in of_site.minutes), denominator=len(of_site.minutes),
            unit="visits", note=tr("A long wait is one of more than {minutes} minutes", minutes=threshold),
        )  # fmt: skip


def _untimed(number: int) -> str:
    if not number:
        return ""
    return plural(
        "{count} completed visit without both times left out",
        "{count} completed visits without both times left out",
        number,
    )
