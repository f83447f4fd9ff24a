"""Days and times: how the visits spread over the week, and how long no one came. Never when nobody comes."""

from forms.translation import later, tr
from icv_app.account import Account
from icv_app.counting.spread import year_to
from icv_app.summary import Summary
from icv_app.wording import day_words, listed
from reports import cells
from reports.document import Blocks, heading, kept, note, table
from reports.summary.sentences import MANY
from reports.summary.suites import rows_of, sites
from reports.wording import find

MEASURE = "custody_visit"
_TIMES = (
    (later("Monday to Friday"), "visits_weekday"),
    (later("Saturday or Sunday"), "visits_weekend"),
    (later("Day, 07:00 to 19:00"), "visits_day"),
    (later("Evening, 19:00 to midnight"), "visits_evening"),
    (later("Night, midnight to 07:00"), "visits_night"),
)


def day_times(account: Account) -> Blocks:
    """Return the section; nothing where the summary has no such figures."""
    spread, gaps = _spread(account.summary), _gaps(account.summary)
    if not spread and not gaps:
        return []
    title = heading(tr("Days and times of the visits"))
    return [*kept(title, *spread), *gaps] if spread else kept(title, *gaps)


def _spread(summary: Summary) -> Blocks:
    columns = [(tr(label), found) for label, name in _TIMES if (found := find(summary, MEASURE, name))]
    if not any(found.value for _, found in columns):
        return []
    head = [tr("Visits made"), *(label for label, _ in columns)]
    row = [tr("All suites"), *(cells.value(found) for _, found in columns)]
    title = tr("Visits by day and time")
    return [table(title, head, [row], (20, *(16 for _ in columns)), numbers=range(1, len(head)))]


def _gaps(summary: Summary) -> Blocks:
    if not sites(summary, MEASURE) or find(summary, MEASURE, "longest_gap") is None:
        return []
    head = [
        tr("Custody suite"),
        tr("Days since the last visit"),
        tr("Longest gap in days"),
        tr("Times of the week visited"),
    ]
    rows = [
        [
            name,
            cells.value(find(summary, MEASURE, "days_since_last_visit", code)),
            cells.value(find(summary, MEASURE, "longest_gap", code)),
            cells.fraction(find(summary, MEASURE, "slot_coverage", code)),
        ]
        for name, code in rows_of(summary, MEASURE, tr("All suites"))
    ]
    said = tr(
        "A gap is counted in days on which the suite was open. The times of the week are its days by the bands of the "
        "day, over twelve months: the more of them were visited, the less a visit can be foreseen. The line of all "
        "suites has the most days of any suite, and the times of all added up."
    )
    if never := _never(summary):
        said = f"{said} {never}"
    if begun := _begun(summary):
        said = f"{said} {begun}"
    title = tr("Gaps between visits, and times of the week")
    return kept(
        heading(title, 3), note(said), table(title, head, rows, (34, 22, 22, 22), numbers=range(1, 4), total=True)
    )


def _never(summary: Summary) -> str:
    """Return the suites without a visit on record, of which the line of all suites knows nothing; "" where none is."""
    never = [
        site.name
        for site in sites(summary, MEASURE)
        if (since := find(summary, MEASURE, "days_since_last_visit", site.site))
        and since.value is None
        and not since.withheld
    ]
    if not never:
        return ""
    day = day_words(summary.as_of or summary.period.last)
    if len(never) > MANY:
        return tr(
            "{number:,} suites have no visit on record up to {day}: the line of all suites says nothing of the days "
            "there.",
            number=len(never),
            day=day,
        )
    return tr(
        "No visit to {suites} is on record up to {day}: the line of all suites says nothing of the days there.",
        suites=listed(never),
        day=day,
    )


def _begun(summary: Summary) -> str:
    """Return that the twelve months are not all on record, "" where they are: of earlier days nothing is known."""
    first, last = summary.records_from, summary.as_of
    if first is None or last is None or first <= year_to(last).first:
        return ""
    return tr("The records begin on {day}: nothing is counted of the days before.", day=day_words(first))
