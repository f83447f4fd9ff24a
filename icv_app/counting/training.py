"""Training: the observations of a financial year so far against the yearly number (`interfaces.md` §3)."""

from dataclasses import dataclass
from datetime import date

from icv_app.counting import tallies
from icv_app.counting.rulebook import Rulebook
from icv_app.encryption.cipher import Connection
from icv_app.periods import Unit, unit_of

MEASURE = "training_observation"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSoFar:
    """`made` from the first day of `year` to the day asked about, and the yearly `number` in force on that day."""

    year: Unit
    made: int
    number: int


def so_far(connection: Connection, book: Rulebook, day: date) -> YearSoFar:
    """Return the completed observations from 1 April up to `day`, and the yearly number then; 0 where there is none.

    The number for all venues is the scheme's, not each venue's. A venue with a number of its own adds that, and the
    number for all then stands for the other venues; where there are no others, it does not apply.
    """
    year = unit_of(day, "year")
    sites = [site.site for site in book.sites_of(MEASURE)]
    made = tallies.within(connection, MEASURE, [(year.first, day)])
    own = [book.targets.own(MEASURE, site, day) for site in sites]
    targets = [target for target in own if target is not None]
    general = book.targets.own(MEASURE, None, day)
    if general is not None and (None in own or not sites):
        targets.append(general)
    return YearSoFar(
        year=year,
        made=sum(completed for completed, _ in made.values()),
        number=sum(target.number for target in targets if target.per == "year"),
    )
