"""The observations of off-site dog training: those made, the year's number, and why others were cancelled."""

from forms.translation import later, tr
from icv_app.account import Account
from icv_app.summary import Summary
from reports import cells
from reports.document import Blocks, heading, paragraph, table
from reports.summary.commentary import commentary
from reports.summary.unmade import unmade
from reports.wording import find, known

MEASURE = "training_observation"
_CANCELLED = (
    (later("by the Dog Unit: {number:,}"), "cancelled_by_dog_unit"),
    (later("by the visitors or the office: {number:,}"), "cancelled_by_visitors"),
    (later("for other reasons: {number:,}"), "cancelled_other"),
)


def observations(account: Account) -> Blocks:
    """Return the section."""
    summary = account.summary
    scheduled = find(summary, MEASURE, "scheduled_completed")
    made = find(summary, MEASURE, "visits_completed")
    year = find(summary, MEASURE, "target_coverage")
    title = tr("Off-site dog training")
    said = commentary(account, "training")
    if scheduled is None and made is None and year is None:
        return [heading(title), paragraph(tr("No off-site training is on record for this period.")), *said]
    head = [
        tr("Scheduled in the period"),
        tr("Scheduled visits made"),
        tr("All made in the period"),
        tr("Agreed for the year"),
        tr("Made since 1 April"),
    ]
    row = [cells.bottom(scheduled), cells.top(scheduled), cells.value(made), cells.bottom(year), cells.top(year)]
    told = cancelled(summary)
    return [
        heading(title),
        table(title, head, [row], (20, 20, 20, 20, 20), numbers=range(5)),
        *([paragraph(told)] if told else []),
        *unmade(summary, MEASURE, tr("Scheduled observations not made")),
        *said,
    ]


def cancelled(summary: Summary) -> str:
    """Return who cancelled how many, "" where nobody did."""
    found = [(said, known(summary, MEASURE, name)) for said, name in _CANCELLED]
    told = [tr(said, number=figure.value) for said, figure in found if figure and figure.value]
    return tr("Cancelled {numbers}.", numbers="; ".join(told)) if told else ""
