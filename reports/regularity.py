"""How regularly suites were visited and how soon visitors were let in: gaps, spread over the week, and waits."""

from collections.abc import Sequence

from forms.translation import tr
from icv_app.summary import SiteName, Summary
from reports import wording
from reports.document import Blocks, heading, note, table
from reports.wording import find, number

_CUSTODY = "custody_visit"
_UNKNOWN = "–"


def regularity(summary: Summary, sites: Sequence[SiteName]) -> Blocks:
    """Return the table of the custody suites `sites`; nothing where the summary has no such figures."""
    if not sites or find(summary, _CUSTODY, "longest_gap") is None:
        return []

    def row(name: str, site: str | None) -> list[str]:
        spread, waits = (
            find(summary, _CUSTODY, "slot_coverage", site),
            find(summary, _CUSTODY, "delayed_over_threshold", site),
        )
        return [
            name,
            _known(summary, "days_since_last_visit", site),
            _known(summary, "longest_gap", site),
            wording.fraction(spread) if spread and spread.denominator else _UNKNOWN,
            _known(summary, "access_delay_median", site),
            _known(summary, "access_delay_longest", site),
            wording.fraction(waits) if waits and waits.denominator else _UNKNOWN,
        ]

    head = [
        tr("Custody suite"),
        tr("Days since the last visit"),
        tr("Longest gap in days"),
        tr("Times of the week visited"),
        tr("Usual wait in minutes"),
        tr("Longest wait in minutes"),
        tr("Long waits"),
    ]
    said = tr(
        "A gap is counted in days on which the suite was open. The times of the week are its days by the bands of the "
        "day, over twelve months: the more of them were visited, the less a visit can be foreseen."
    )
    waits = find(summary, _CUSTODY, "delayed_over_threshold")
    if waits is not None and waits.note:
        said = f"{said} {wording.sentence(waits.note)}"
    rows = [*(row(site.name, site.site) for site in sites), row(tr("All suites"), None)]
    return [
        heading(tr("Gaps, spread and waits"), 3),
        note(said),
        table(tr("Gaps, spread and waits"), head, rows, (24, 13, 12, 15, 12, 12, 12), numbers=range(1, 7), total=True),
    ]


def kennel_gaps(summary: Summary, sites: Sequence[SiteName]) -> Blocks:
    """Return a sentence on the gaps of each of the kennels `sites` that has any."""
    told = []
    for site in sites:
        since = find(summary, "kennel_visit", "days_since_last_visit", site.site)
        longest = find(summary, "kennel_visit", "longest_gap", site.site)
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


def _known(summary: Summary, figure: str, site: str | None) -> str:
    found = find(summary, _CUSTODY, figure, site)
    return _UNKNOWN if found is None or found.value is None else f"{found.value:,}"
