"""The visits to the dog unit kennels."""

from forms.translation import plural, tr
from icv_app.account import Account
from icv_app.summary import SiteName, Summary
from reports.document import Blocks, Table, heading, kept, note, paragraph, table
from reports.summary.commentary import commentary
from reports.summary.suites import made_row, sites, unit
from reports.summary.unmade import unmade
from reports.summary.weeks import weeks
from reports.wording import find, known, number, sentence

MEASURE = "kennel_visit"


def kennels(account: Account) -> Blocks:
    """Return the section."""
    summary = account.summary
    places = sites(summary, MEASURE)
    title = tr("Dog unit kennels")
    dogs = known(summary, MEASURE, "dogs_seen")
    seen = ""
    if dogs and dogs.value:
        seen = plural("{count:,} dog was seen.", "{count:,} dogs were seen.", dogs.value)
        seen = f"{seen} {sentence(dogs.note)}".strip()
    return [
        *kept(
            heading(title),
            *([paragraph(seen)] if seen else []),
            _table(summary, places) if places else paragraph(tr("No kennel visits are on record for this period.")),
        ),
        *weeks(summary, MEASURE, title, headed=False),
        *_gaps(summary, places),
        *unmade(summary, MEASURE, tr("Scheduled kennel visits not made")),
        *commentary(account, "kennels"),
    ]


def _table(summary: Summary, places: list[SiteName]) -> Table:
    due = unit(summary, MEASURE, "months")
    head = [
        tr("Kennels"),
        tr("Visits scheduled"),
        tr("Scheduled visits made"),
        tr("All visits made"),
        tr("{months} due", months=due),
        tr("{months} covered", months=due),
        tr("Share of {months} covered", months=due.lower()),
    ]
    rows = [made_row(summary, MEASURE, site.name, site.site) for site in places]
    if len(places) > 1 and find(summary, MEASURE, "visits_completed"):
        rows.append(made_row(summary, MEASURE, tr("All kennels"), None))
    widths = (34, 12, 10, 11, 9, 10.5, 13)
    return table(tr("Dog unit kennels"), head, rows, widths, numbers=range(1, 7), total=len(rows) > 1)


def _gaps(summary: Summary, places: list[SiteName]) -> Blocks:
    """Return a sentence on the gaps of each of the kennels that has any."""
    told = []
    for site in places:
        since = find(summary, MEASURE, "days_since_last_visit", site.site)
        longest = find(summary, MEASURE, "longest_gap", site.site)
        if since is not None and longest is not None and since.value is not None and longest.value is not None:
            told.append(
                tr(
                    "{site}: {since} days since the last visit; the longest gap was {longest} days.",
                    site=site.name,
                    since=number(since),
                    longest=number(longest),
                )
            )
    return [note(text) for text in told]
