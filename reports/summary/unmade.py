"""Scheduled visits that were not made, with the reason given. Planned ones are left out: visits are unannounced."""

from forms.translation import tr
from icv_app.summary import Summary
from icv_app.wording import day_words
from reports import wording
from reports.document import Blocks, heading, table


def unmade(summary: Summary, measure: str, title: str) -> Blocks:
    """Return the table of the slots that were cancelled, missed or withdrawn; nothing where none was."""
    slots = [slot for slot in summary.not_made if slot.measure == measure and slot.status != "planned"]
    if not slots:
        return []
    names = {site.site: site.name for site in summary.sites}
    rows = [
        [
            names.get(slot.site, slot.site),
            day_words(slot.period_start),
            wording.words(slot.status),
            slot.reason or tr("No reason recorded"),
        ]
        for slot in slots
    ]
    by_day = measure == "training_observation"
    head = [tr("Place"), tr("Date") if by_day else tr("From"), tr("Outcome"), tr("Reason")]
    return [heading(title, 3), table(title, head, rows, (22, 21, 12, 45))]
