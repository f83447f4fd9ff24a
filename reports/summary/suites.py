"""Custody visits suite by suite: scheduled and target apart, week by week, and what was scheduled and not made."""

from forms.translation import plural, tr
from icv_app.account import Account
from icv_app.summary import SiteName, Summary
from reports import cells, wording
from reports.document import Blocks, heading, kept, note, paragraph, table
from reports.summary import sentences
from reports.summary.commentary import commentary
from reports.summary.coverage import unit_of
from reports.summary.unmade import unmade
from reports.summary.weeks import weeks
from reports.wording import find, known

MEASURE = "custody_visit"


def suites(account: Account) -> Blocks:
    """Return the section on custody visits."""
    summary = account.summary
    return [
        *_by_suite(summary),
        *weeks(summary, MEASURE, tr("Week by week")),
        *unmade(summary, MEASURE, tr("Scheduled visits not made")),
        *commentary(account, "custody"),
    ]


def sites(summary: Summary, measure: str) -> list[SiteName]:
    """Return the sites that have figures of the measure, in the summary's order, then those without a name."""
    present = dict.fromkeys(found.site for found in summary.figures if found.measure == measure and found.site)
    named = [site for site in summary.sites if site.site in present]
    known_codes = {site.site for site in named}
    return named + [SiteName(site=code, name=code, kind="") for code in present if code and code not in known_codes]


def rows_of(summary: Summary, measure: str, all_sites: str) -> list[tuple[str, str | None]]:
    """Return (name, code) for each row of a table by site, the last one called `all_sites` with the code None."""
    return [*((site.name, site.site) for site in sites(summary, measure)), (all_sites, None)]


def unit(summary: Summary, measure: str, default: str) -> str:
    """Return what the target counts, as the first word of a head: "Weeks", "Months"."""
    coverage = find(summary, measure, "target_coverage")
    return tr(wording.units(coverage, default).rpartition("-")[2]).capitalize()


def made_row(summary: Summary, measure: str, name: str, code: str | None) -> list[str]:
    """Return what was scheduled, made, due and covered at one site, and the share covered, after its name."""
    scheduled = find(summary, measure, "scheduled_completed", code)
    coverage = find(summary, measure, "target_coverage", code)
    return [
        name,
        cells.bottom(scheduled),
        cells.top(scheduled),
        cells.value(find(summary, measure, "visits_completed", code)),
        cells.bottom(coverage),
        cells.top(coverage),
        cells.share(coverage),
    ]


def _by_suite(summary: Summary) -> Blocks:
    if not sites(summary, MEASURE):
        return [heading(tr("Visits by custody suite")), paragraph(tr("No custody suite is on record for this period."))]

    def row(name: str, code: str | None) -> list[str]:
        *counts, share = made_row(summary, MEASURE, name, code)
        return [*counts, cells.value(find(summary, MEASURE, "missed_periods", code)), share]

    due = unit(summary, MEASURE, "suite-weeks")
    head = [
        tr("Custody suite"),
        tr("Visits scheduled"),
        tr("Scheduled visits made"),
        tr("All visits made"),
        tr("{weeks} due", weeks=due),
        tr("{weeks} covered", weeks=due),
        _not_covered(summary, due),
        tr("Share of {weeks} covered", weeks=due.lower()),
    ]
    rows = [row(name, code) for name, code in rows_of(summary, MEASURE, tr("All suites"))]
    explained = tr(
        "Visits scheduled are those on the rota. {weeks} due are those in which the suite was open and the "
        "target applied.",
        weeks=due,
    )
    title = tr("Visits by custody suite")
    widths = (25, 13.5, 10, 11, 10, 12, 11, 13)
    return kept(
        heading(title),
        note(" ".join(filter(None, [explained, *sentences.before_words(summary, MEASURE), _against_number(summary)]))),
        table(title, head, rows, widths, numbers=range(1, 8), total=True),
    )


def _not_covered(summary: Summary, due: str) -> str:
    """Return the head of what was due and not covered: missed, unless it may still come or nobody knows."""
    if not wording.over(summary):
        return tr("{weeks} not yet covered", weeks=due)
    if summary.before_records(MEASURE):
        return tr("{weeks} not covered", weeks=due)
    return tr("{weeks} missed", weeks=due)


def _against_number(summary: Summary) -> str:
    """Return the visits made beside the number that the targets ask for; there may be more (`domain.md` B5).

    Nothing where a target is for a longer span than the period: the visits of the rest of it are not among these.
    """
    found = known(summary, MEASURE, "visits_against_number")
    if found is None or not found.denominator or found.numerator is None or _reaches_out(summary):
        return ""
    return plural(
        "{count:,} visit was made against a minimum of {least:,} by the target.",
        "{count:,} visits were made against a minimum of {least:,} by the target.",
        found.numerator,
        least=found.denominator,
    )


def _reaches_out(summary: Summary) -> bool:
    """Return whether something due began before the period, weeks apart, which belong to it by their Sunday."""
    return any(
        cell.measure == MEASURE and cell.needed and cell.first < summary.period.first and unit_of(cell) != "week"
        for cell in summary.coverage
    )
