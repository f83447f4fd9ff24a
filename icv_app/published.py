"""Published figures: the figures of a period as they were handed out, kept for good (`domain.md` A7, B0).

A record of the office's own for each period, known by its name. Publishing again adds a version; the history keeps all.
"""

from dataclasses import dataclass
from datetime import date

from forms.translation import plural, tr
from icv_app import __version__, figures, restatement
from icv_app.cipher import Connection
from icv_app.errors import InvalidInput
from icv_app.figure import Period
from icv_app.periods import parse_period
from icv_app.restatement import KIND, Difference, Published
from icv_app.store import Store
from icv_app.wording import day_words, months_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A published period, and which of its figures come out differently now."""

    period: Period
    published: Published
    restated: tuple[Difference, ...]


def publish(store: Store, period: Period, *, by: str, today: date) -> Published:
    """Keep the figures of `period` as they come out now; on disk when this returns.

    Raises InvalidInput: "not_over" while the period lasts, "published" where the same figures are published already,
    and "office_only" on a laptop that does not speak for the office.
    """
    if today <= period.last:
        words = tr("The period is not over: it ends on {day}. Publish it after that.", day=day_words(period.last))
        raise InvalidInput("not_over", words)
    summary = figures.of(period, store.connection, today)
    names = {site.site: site.name for site in summary.sites}
    before = store.current(KIND, period.name)
    held = None if before is None or before.deleted else restatement.read(before.body, period.name)
    if held is not None and not restatement.differences(period, held.figures, summary.figures):
        day = day_words(held.on) if held.on else tr("an earlier day")
        raise InvalidInput("published", tr("The same figures were published on {day}. Nothing is new.", day=day))
    told = restatement.notes(store.connection, period, summary.figures, names)
    body = {
        "period": period.name,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "figures": [figure.as_row() for figure in summary.figures],
        "notes": [note for note in summary.notes if note not in told],
        "sites": names,
        "program": __version__,
        "by": by,
        "on": today.isoformat(),
        "edition": 1 if held is None else held.edition + 1,
    }
    store.save(KIND, period.name, body)
    found = restatement.read(body, period.name)
    assert found is not None
    return found


def every(store: Store) -> tuple[Published, ...]:
    """Return what was last published of each period, the latest period first."""
    found = [restatement.read(record.body, record.key) for record in store.records(KIND)]
    known = [each for each in found if each is not None and _period(each) is not None]
    return tuple(sorted(known, key=lambda each: each.name, reverse=True))


def restated(store: Store, connection: Connection, today: date) -> tuple[Standing, ...]:
    """Return every published period with what comes out differently now, the latest first.

    `connection` is counted from: the store's own, or another of the same laptop.
    """
    standings = []
    for each in every(store):
        period = _period(each)
        assert period is not None
        now = figures.of(period, connection, today).figures
        standings.append(Standing(period=period, published=each, restated=restatement.restated(each, period, now)))
    return tuple(standings)


def words(standing: Standing) -> str:
    """Return "July to September 2025: published on 3 November 2025 by OFFICE1; 2 figures are restated since"."""
    kept = standing.published
    day = day_words(kept.on) if kept.on else tr("a day that is not recorded")
    period = months_words(standing.period.first, standing.period.last)
    said = tr("{period}: published on {day} by {person}", period=period, day=day, person=kept.by or tr("the office"))
    count = len(standing.restated)
    if not count:
        return tr("{published}; nothing is restated", published=said)
    return plural(
        "{published}; {count} figure is restated since", "{published}; {count} figures are restated since", count,
        published=said,
    )  # fmt: skip


def _period(published: Published) -> Period | None:
    try:
        return parse_period(published.name)
    except InvalidInput:
        return None
