"""The span of the records, in words: what a reader has to know where it does not cover the period of a summary.

Without it what was done before the records begin, or after they end, would be taken for not done: the targets count
from their own first day.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from forms.translation import tr
from icv_app.figure import Period
from icv_app.summary import Summary
from icv_app.wording import day_words

GRACE = timedelta(days=7)
"""How much later than the period the records may begin, or earlier end: a few days without a visit are no sign."""


def is_late(first: date, period: Period) -> bool:
    """Return whether the records, which begin on `first`, do so in the period with more than a week of it gone."""
    return period.first + GRACE < first <= period.last


def notices(summary: Summary, records_to: date | None, first: date | None = None) -> Iterator[str]:
    """Yield a sentence where the records begin after the period or late in it, and one where they end early.

    `records_to` is the day of the last record, up to the day of counting. `first` is the day of the first, for a
    summary that does not know it, as what an earlier program published.
    """
    first = summary.records_from or first
    if summary.unrecorded:
        yield (
            tr("The scheme’s records begin on {day}: nothing is known of this period.", day=day_words(first))
            if first is not None
            else tr("The scheme has no record of a visit or a review: nothing is known of this period.")
        )
        return
    if first is not None and is_late(first, summary.period):
        yield tr(
            "The records begin on {day}. What was done in the period before that day is in none of these figures; what "
            "was due before it counts as not done.",
            day=day_words(first),
        )
    if records_to is not None and summary.as_of is not None and records_to + GRACE < summary.as_of:
        yield tr(
            "The last record is of {day}. What was due in the period after that day, up to {last}, counts as not done.",
            day=day_words(records_to),
            last=day_words(summary.as_of),
        )
