"""How a period stands beside what was published of it: for the page Summary, and for the home page of the office."""

from collections.abc import Sequence
from datetime import date, timedelta

from forms.translation import tr
from icv_app.counting import figures, publication, restatement
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure, Period
from icv_app.periods import quarter_of
from icv_app.summaries import published, written_since
from icv_app.summaries.published import Standing
from icv_app.wording import day_words, months_words


def of(connection: Connection, period: Period, counted: Sequence[Figure]) -> Standing | None:
    """Return how `period`, whose figures come out as `counted` now, stands beside its last edition; None without.

    Of several that stand beside each other the one that differs the most, so that none passes for what holds.
    """
    rewritten = len(written_since.sections(connection, period.name))
    found = [
        Standing(
            period=period, published=kept, restated=restatement.restated(kept, period, counted), rewritten=rewritten
        )
        for kept in publication.standing(connection, period.name)
    ]
    return max(found, key=lambda each: len(each.restated), default=None)


def is_overtaken(standing: Standing) -> bool:
    """Return whether what was published is not what a document of the period would say now."""
    return bool(standing.restated or standing.rewritten)


def words(connection: Connection, period: Period, counted: Sequence[Figure], today: date) -> str:
    """Return whether a period is published, and whether what was published still holds, in one or two sentences."""
    standing = of(connection, period, counted)
    if standing is None and today <= period.last:
        return tr("Not published: the period is not over. It ends on {day}.", day=day_words(period.last))
    if standing is None:
        return tr("{months} has ended and is not published.", months=months_words(period.first, period.last))
    said = tr("{words}.", words=published.words(standing))
    if not is_overtaken(standing):
        return said
    return " ".join(
        (said, tr("A document of the edition says what was published; publish again to hand out the rest."))
    )


def overtaken(connection: Connection, today: date) -> Standing | None:
    """Return the last quarter that is over, where it is published and its records say something else now.

    It counts the quarter: some 60 ms in a scheme of 100,000 records.
    """
    quarter = quarter_of(quarter_of(today).first - timedelta(days=1))
    if restatement.of_period(connection, quarter.name) is None:
        return None
    standing = of(connection, quarter, figures.of(quarter, connection, today, texts=False).figures)
    return standing if standing is not None and is_overtaken(standing) else None
