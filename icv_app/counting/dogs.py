"""Dogs: how many were seen on kennel visits (`domain.md` B16). One seen on two visits counts twice."""

from collections.abc import Iterator
from typing import Final

from forms.translation import plural
from icv_app.counting.rulebook import SITE_KIND, Rulebook
from icv_app.counting.tallies import SITE_VISITS
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure, Period

MEASURE: Final = "kennel_visit"
CONDITIONS: Final = {"dogs_seen": "v.status = 'completed' AND v.dogs_seen IS NOT NULL"}
"""SQL: which visits `v` each figure is made from."""


def lines(connection: Connection, book: Rulebook, period: Period) -> Iterator[Figure]:
    """Yield the dogs seen on the completed visits dated in `period`, at all kennels together and then at each.

    None where visits were completed and none wrote the number down.
    """
    rows = connection.execute(
        f"""SELECT s.site, count(*), count(v.dogs_seen), coalesce(sum(v.dogs_seen), 0)
            FROM {SITE_VISITS} AND v.date BETWEEN ? AND ? AND v.status = 'completed'
            WHERE s.kind = ? GROUP BY s.site""",  # noqa: S608
        (period.first.isoformat(), period.last.isoformat(), SITE_KIND[MEASURE]),
    )
    made = {site: (visits, told, dogs) for site, visits, told, dogs in rows}
    each = [(site.site, made.get(site.site, (0, 0, 0))) for site in book.sites_of(MEASURE)]
    every = tuple(sum(numbers[at] for _, numbers in each) for at in range(3))
    for site, (visits, told, dogs) in ((None, every), *each):
        yield Figure(
            measure=MEASURE, figure="dogs_seen", site=site, value=dogs if told or not visits else None, unit="dogs",
            note=_without(visits - told),
        )  # fmt: skip


def _without(visits: int) -> str:
    if not visits:
        return ""
    return plural("{count} completed visit without this number", "{count} completed visits without this number", visits)
