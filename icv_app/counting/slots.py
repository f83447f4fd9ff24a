"""Slots: which rota slots belong to a period, and which of them a completed visit names (`interfaces.md` §2 and §3)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from icv_app.counting.rulebook import SITE_KIND, Rulebook
from icv_app.counting.tallies import SITE_SLOTS
from icv_app.encryption.cipher import Connection
from icv_app.figure import Period
from icv_app.periods import PERS, Per, unit_of
from icv_app.summary import NotMade

_MEASURE_OF = {kind: measure for measure, kind in SITE_KIND.items()}
_DONE = """EXISTS (SELECT 1 FROM fact_visit v
             WHERE v.slot = t.slot AND v.counted = 1 AND v.status = 'completed')"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """The slots of one site in a period: `completed` of `slots`, the `withdrawn` ones being in neither."""

    completed: int = 0
    slots: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """The slots of a period, by (measure, site), and those of them that no completed visit names."""

    scheduled: Mapping[tuple[str, str], Scheduled]
    not_made: tuple[NotMade, ...]


def read(connection: Connection, rulebook: Rulebook, period: Period, today: date) -> Rota:
    """Return the slots of `period`. One that a completed visit names is completed, whatever its own status says.

    `not_made` is by day and leaves out what is planned for today or later. A slot that says "completed" though no
    completed visit names it (its visit was sent back, say) is shown there as planned.
    """
    span = candidates(period)
    totals: Counter[tuple[str, str]] = Counter()
    for kind, site, starts, number in connection.execute(
        f"""SELECT s.kind, s.site, t.period_start, count(*) FROM {SITE_SLOTS} AND t.period_start BETWEEN ? AND ?
            GROUP BY s.kind, s.site, t.period_start""",  # noqa: S608
        span,
    ):
        measure = _MEASURE_OF[kind]
        if belongs(rulebook, measure, site, date.fromisoformat(starts), period):
            totals[measure, site] += number
    open_, withdrawn = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    not_made: list[NotMade] = []
    for slot, measure, site, starts_text, status_text, reason in connection.execute(
        f"""SELECT t.slot, t.measure, t.site, t.period_start, coalesce(t.status, 'planned'), coalesce(r.reason, '')
            FROM {SITE_SLOTS} AND t.period_start BETWEEN ? AND ? AND NOT EXISTS (
              SELECT 1 FROM fact_visit v WHERE v.slot = t.slot AND v.counted = 1 AND v.status = 'completed')
            JOIN fact_slot r ON r.record = t.record ORDER BY t.period_start, t.measure, t.site, t.slot""",  # noqa: S608
        span,
    ):
        starts, status = date.fromisoformat(starts_text), "planned" if status_text == "completed" else status_text
        if not belongs(rulebook, measure, site, starts, period):
            continue
        open_[measure, site] += 1
        withdrawn[measure, site] += status == "withdrawn"
        if status != "planned" or ends(rulebook, measure, site, starts) < today:
            not_made.append(
                NotMade(slot=slot, measure=measure, site=site, period_start=starts, status=status, reason=reason)
            )
    return Rota(
        scheduled={
            place: Scheduled(completed=total - open_[place], slots=total - withdrawn[place], withdrawn=withdrawn[place])
            for place, total in totals.items()
        },
        not_made=tuple(not_made),
    )


def belongs(rulebook: Rulebook, measure: str, site: str, starts: date, period: Period) -> bool:
    """Return whether a slot belongs to `period`: by its week's Sunday under a weekly target, else by its own start."""
    return period.first <= _day_of(rulebook, measure, site, starts) <= period.last


def candidates(period: Period) -> tuple[str, str]:
    """Return the first and last start that a slot of the period can have: a week may begin six days before it."""
    earliest = max(period.first.toordinal() - 6, 1)
    return date.fromordinal(earliest).isoformat(), period.last.isoformat()


def _day_of(rulebook: Rulebook, measure: str, site: str, starts: date) -> date:
    target = rulebook.targets.in_force(measure, site, starts)
    weekly = target is not None and target.per == "week"
    return starts + timedelta(days=6 - starts.weekday()) if weekly else starts


def ends(rulebook: Rulebook, measure: str, site: str, starts: date) -> date:
    """Return the last day on which the slot can still be kept: the end of its week, month or quarter by the target."""
    target = rulebook.targets.in_force(measure, site, starts)
    per: Per = next((per for per in PERS if target is not None and target.per == per), "month")
    return starts if per == "year" else unit_of(starts, per).last  # of a year's, each is agreed for its own day
