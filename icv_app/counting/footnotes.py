"""Footnotes: how the rules met the data of a period, in sentences for the reader of a summary."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from forms.translation import later, plural, tr
from icv_app.calendar import SiteStatus
from icv_app.counting import tallies
from icv_app.counting.coverage import Coverage, edges
from icv_app.counting.rulebook import SITE_KIND, Rulebook
from icv_app.encryption.cipher import Connection
from icv_app.figure import Period
from icv_app.interchange_folder.interchange import NUMBERS
from icv_app.periods import unit_of
from icv_app.storage import current
from icv_app.storage.answer_cells import GROUPS, REASONS
from icv_app.summary import SiteName
from icv_app.targets import Target
from icv_app.wording import day_words, listed, span_words

_TITLE = {"custody_visit": later("Custody visits"), "kennel_visit": later("Kennel visits")}
_PER = {
    "week": later("{number} per week"),
    "month": later("{number} per month"),
    "quarter": later("{number} per quarter"),
    "year": later("{number} per year"),
}
# What figures and coverage look at in the records of each kind: a difference there may change a number.
_COUNTED = {
    "visit": frozenset(
        {
            "deleted", "form", "slot", "site", "date", "status", "visit_type", "mode", "access", "serious_issue",
            "arrived", "admitted", "left", "visitor_1", "visitor_2", "travel_minutes_1", "travel_minutes_2",
            "session", "of_which_immigration", "recommendations", "recommendation_list", "issues", *NUMBERS,
            "groups_present", *(question for _, question in GROUPS.values()), "na_reasons",
            *(f"na_{reason}" for reason in REASONS), "positive_comments", "dogs_seen", "training_status",
            "t2_arrival", "t16_left", "is91_complete", "authority_shown",
        }
    ),
    "record_review": frozenset(
        {"deleted", "date", "kind", "records", "of_which_immigration", "recommendations", "recommended_to"}
    ),
    "slot": frozenset(
        {"deleted", "measure", "site", "period_start", "status", "reason", "reason_code", "cancelled_by", "visitors",
         "visit_type"}
    ),
    "site": frozenset({"deleted", "kind"}),
    "site_status": frozenset({"deleted", "site", "from", "to", "status", "days"}),
    "target": frozenset({"deleted", "measure", "site", "number", "per", "from", "to"}),
    "visitor": frozenset({"deleted", "roles", "status", "from", "to"}),
    "throughput": frozenset({"deleted", "from", "to", "persons_detained"}),
    "issue": frozenset(
        {"deleted", "kind", "theme", "severity", "status", "sent_on", "due_on", "responded_on", "closed_on",
         "shared_with_staff_on"}
    ),
    "duty": frozenset({"deleted", "visitor", "date", "kind", "minutes", "travel_minutes"}),
}  # fmt: skip
_ON_DAYS = (
    later("Mondays"), later("Tuesdays"), later("Wednesdays"), later("Thursdays"), later("Fridays"),
    later("Saturdays"), later("Sundays"),
)  # fmt: skip


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
    notes += disputed(connection, period)
    for measure in SITE_KIND:
        codes = [site.site for site in book.sites_of(measure)]
        if number := tallies.elsewhere(connection, measure, codes, period.first, period.last):
            visits = _made(measure, number)
            notes.append(
                tr("{visits} at a place that is not in the list of sites for it: in no figure.", visits=visits)
            )
    to_come = sum(cell.state == "to_come" for coverage in judged.values() for cell in coverage.cells)
    if today <= period.last:
        notes.append(
            tr(
                "The period is not over: on {today}, {count} of the weeks or months that count as due may still be "
                "visited.",
                today=day_words(today),
                count=to_come,
            )
        )
    return tuple(notes)


def _straddling(measure: str, coverage: Coverage, period: Period) -> Iterator[str]:
    early, late = edges(period)
    if early and coverage.early:
        week = unit_of(period.first, "week")
        yield plural(
            "{visits} made before the period, on {days}, counts for the coverage of the week {week}, "
            "which ends in it, and not among its visits.",
            "{visits} made before the period, on {days}, count for the coverage of the week {week}, "
            "which ends in it, and not among its visits.",
            coverage.early,
            visits=_made(measure, coverage.early),
            days=span_words(*early),
            week=span_words(week.first, week.last),
        )
    if late and coverage.late:
        week = unit_of(period.last, "week")
        yield plural(
            "{visits} made on {days} is among the period's visits, but the week {week} ends after it and "
            "counts in the next.",
            "{visits} made on {days} are among the period's visits, but the week {week} ends after it and "
            "counts in the next.",
            coverage.late,
            visits=_made(measure, coverage.late),
            days=span_words(*late),
            week=span_words(week.first, week.last),
        )


def _made(measure: str, count: int) -> str:
    if measure == "custody_visit":
        return plural("{count} custody visit", "{count} custody visits", count)
    if measure == "kennel_visit":
        return plural("{count} kennel visit", "{count} kennel visits", count)
    return plural("{count} observation", "{count} observations", count)


def _targets(book: Rulebook, measure: str, period: Period) -> Iterator[str]:
    names: dict[str | None, str] = {None: tr("all sites")}
    names.update({site.site: site.name for site in book.sites_of(measure)})
    for site, name in names.items():
        rows = book.targets.rows(measure, site, period.first, period.last)
        changed = len(rows) > 1 or any(
            row.first > period.first or (row.last or period.last) < period.last for row in rows
        )
        if rows and (changed or site is not None or not rows[0].number):
            told = "; ".join(_target(row, period) for row in rows)
            yield tr("{visits}, target for {site}: {targets}.", visits=tr(_TITLE[measure]), site=name, targets=told)


def _target(row: Target, period: Period) -> str:
    number = tr(_PER[row.per], number=row.number) if row.number else tr("none called for")
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
        recorded = book.records_from is None or book.records_from <= period.last  # else nobody asks
        if uncovered and recorded:
            yield plural(
                "{site}: its calendar says nothing of {count} day of the period, which counts as closed.",
                "{site}: its calendar says nothing of {count} days of the period, which count as closed.",
                uncovered,
                site=site.name,
            )


def _status(row: SiteStatus) -> str:
    if row.status == "open_on_days":
        if not row.days:
            return tr("open only on no day of the week")
        return tr("open only on {days}", days=listed(tr(_ON_DAYS[day]) for day in sorted(row.days)))
    return tr("closed")


def _left_out(connection: Connection, period: Period) -> Iterator[str]:
    """Yield a sentence on the visits that §3 leaves to figures of their own. `still_out` tells those sent back."""
    kinds: Counter[str] = Counter()
    for state, visit_type, number in connection.execute(
        """SELECT state, visit_type, count(*) FROM fact_visit
           WHERE counted = 0 AND date BETWEEN ? AND ? GROUP BY state, visit_type""",
        (period.first.isoformat(), period.last.isoformat()),
    ):
        if state in (None, "submitted", "accepted"):
            kinds[visit_type if visit_type in ("tact", "training") else "remote"] += number
    words = {
        "tact": later("{count} under the Terrorism Act"),
        "training": later("{count} for training"),
        "remote": later("{count} by telephone or video"),
    }
    told = [tr(how, count=kinds[kind]) for kind, how in words.items() if kinds[kind]]
    if told:
        yield tr(
            "In none of these figures but those of their own kind: {visits} (visits dated in the period).",
            visits=listed(told),
        )


def disputed(connection: Connection, period: Period) -> Iterator[str]:
    """Yield one sentence on what these figures are made from and two people entered differently.

    Of visits and reviews, where the day that is shown or one of those entered lies in the period; of everything else
    that is counted (targets, calendars, slots), wherever it lies, as it may reach into any period.
    """
    names = []
    for record in current.disputed(connection):
        counted = _COUNTED.get(record.kind)
        if counted is None or not any(path.partition("/")[0] in counted for path in record.conflicts):
            continue
        days = {record.body.get("date"), *(each.value for each in record.conflicts.get("date", ()))}
        dated = record.kind in ("visit", "record_review")
        if dated and not any(period.first.isoformat() <= str(day)[:10] <= period.last.isoformat() for day in days):
            continue
        names.append(", ".join(part for part in record.key.split("|") if part))
    if names:
        yield plural(
            "Two people’s entries in {records} differ, and nobody has chosen yet. These figures are made from the "
            "later entry, or from a record that one of them deleted.",
            "Two people’s entries in {records} differ, and nobody has chosen yet. These figures are made from the "
            "later entries, or from records that one of them deleted.",
            len(names),
            records=listed(names),
        )
