"""Scheduled visits that were not made, with the reason given, and apart from them those that were withdrawn."""

from collections.abc import Sequence

from forms.translation import tr
from icv_app.summary import NotMade, SiteName, Summary
from icv_app.wording import day_words
from reports import wording
from reports.document import Blocks, Table, heading, table


def unmade(summary: Summary, measure: str, title: str) -> Blocks:
    """Return the tables of a measure's slots that no completed visit names; nothing where there is none.

    The first has as many rows as the figure `scheduled_completed` has slots without a visit, save those that are still
    to come; `title` is its heading. A withdrawn slot is no part of that figure (`interfaces.md` §3): it stands below.
    """
    slots = [slot for slot in summary.not_made if slot.measure == measure]
    counted = [slot for slot in slots if slot.status != "withdrawn"]
    withdrawn = [slot for slot in slots if slot.status == "withdrawn"]
    blocks: Blocks = []
    for heads, rows in ((title, counted), (tr("Withdrawn, and not counted as scheduled"), withdrawn)):
        if rows:
            blocks += [heading(heads, 3), _listed(heads, rows, summary.sites)]
    return blocks


def _listed(title: str, slots: Sequence[NotMade], sites: Sequence[SiteName]) -> Table:
    names = {site.site: site.name for site in sites}
    rows = [
        [
            names.get(slot.site, slot.site),
            day_words(slot.period_start),
            # a planned one is here when it is over and no report of it counts
            tr("No report") if slot.status == "planned" else wording.words(slot.status),
            slot.reason if slot.reason and slot.status != "planned" else tr("No reason recorded"),
        ]
        for slot in slots
    ]
    by_day = all(slot.measure == "training_observation" for slot in slots)
    weekly = all(slot.period_start.weekday() == 0 for slot in slots)
    begins = tr("Date") if by_day else tr("Week beginning") if weekly else tr("Planned from")
    return table(title, [tr("Place"), begins, tr("Outcome"), tr("Reason")], rows, (22, 21, 14, 43))
