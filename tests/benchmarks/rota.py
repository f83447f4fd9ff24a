"""A rota of six suites and the kennels for a quarter, among sixty volunteers, against what an office waits for it."""

import statistics
import time
from collections import Counter
from datetime import date, timedelta
from random import Random

from icv_app.calendar import Calendar
from icv_app.counting.rulebook import Rulebook
from icv_app.periods import parse_period, unit_of
from icv_app.rotas.availability import Availability
from icv_app.rotas.eligibility import Volunteer
from icv_app.rotas.rota import Slot
from icv_app.rotas.rota_people import People
from icv_app.rotas.rota_proposal import Proposal, Task, work_out
from icv_app.scheme.status_rows import Row
from icv_app.scheme.volunteer_file import File
from icv_app.summary import SiteName
from icv_app.targets import Targets

Line = tuple[str, float, float | None, str]

SECONDS = 10.0
SUITES, VOLUNTEERS, RUNS = 6, 60, 3
PERIOD = parse_period("2026-27-Q4")
TODAY = date(2026, 12, 14)
AWAY = 0.2


def task() -> Task:
    """Return the rota to work out: every fifth week somebody cannot, every tenth volunteer is on probation."""
    chance = Random(1)
    suites = [
        SiteName(site=f"suite-{number}", name=f"Suite {number}", kind="custody_suite") for number in range(SUITES)
    ]
    kennels = SiteName(site="kennels", name="Kennels", kind="dog_unit_kennels")
    names = [f"ICV{number:02}" for number in range(1, VOLUNTEERS + 1)]
    mondays = [date(2027, 1, 4) + timedelta(weeks=week) for week in range(13)]
    weeks = [
        _slot(f"S{monday}-{suite.site}", "custody_visit", suite, "week", monday)
        for monday in mondays
        for suite in suites
    ]
    months = [_slot(f"S{month}", "kennel_visit", kennels, "month", date(2027, month, 1)) for month in (1, 2, 3)]
    people = People(
        volunteers={
            name: Volunteer(
                visitor=name, file=File(visitor=name),
                rows=(
                    Row(
                        key=name, visitor=name, status="active" if number % 10 else "probation",
                        roles=("icv",) if number % 6 else ("icv", "awv"), first=date(2020, 1, 1),
                    ),
                ),
            )
            for number, name in enumerate(names)
        },
        said=tuple(
            Availability(
                visitor=name, period=PERIOD, most=2 if number % 7 == 0 else None,
                weeks=frozenset(monday for monday in mondays if chance.random() < AWAY),
            )
            for number, name in enumerate(names)
        ),
        slots=(), book=Rulebook(sites=(*suites, kennels), calendar=Calendar(()), targets=Targets(())), today=TODAY,
    )  # fmt: skip
    return Task(period=PERIOD, standing=(), added=(*weeks, *months), people=people, today=TODAY)


def main() -> list[Line]:
    """Return the line of the table."""
    wanted, taken = task(), list[float]()
    for _ in range(RUNS):
        began = time.perf_counter()
        found = work_out(wanted)
        taken.append(time.perf_counter() - began)
    middle = statistics.median(taken)
    return [
        (f"a rota of {len(wanted.added)} slots, {VOLUNTEERS} volunteers", middle / SECONDS, 1.0, _told(found, middle))
    ]


def _slot(key: str, measure: str, site: SiteName, per: str, first: date) -> Slot:
    last = unit_of(first, "week" if per == "week" else "month").last
    return Slot(slot=key, measure=measure, site=site.site, site_name=site.name, first=first, last=last)


def _told(found: Proposal, seconds: float) -> str:
    counts = Counter(found.visits.values())
    visits = ", ".join(f"{people} with {number}" for number, people in sorted(counts.items()))
    return (
        f"{seconds:.1f} s of {SECONDS:.0f}; {len(found.gaps)} gaps, {len(found.repeated)} pairs twice, "
        f"{'proved' if found.most_filled and found.even else 'not proved'}; visits: {visits}"
    )


if __name__ == "__main__":
    for line in main():
        print(*line)
