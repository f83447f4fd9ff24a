"""Still out: reports of a period that no figure counts yet, and what else there is to settle before it is published.

Nothing here keeps anybody from publishing: the figures say what they leave out, and a later report makes an edition.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from forms.translation import plural, tr
from icv_app.account import LeftOut
from icv_app.counting import footnotes, rulebook, slots
from icv_app.counting.tallies import SITE_VISITS
from icv_app.encryption.cipher import Connection
from icv_app.figure import Period
from icv_app.storage import fact_cells
from icv_app.storage.facts import COUNTED_STATES
from icv_app.summary import NotMade
from icv_app.wording import day_words, listed

_NAMED = 6
_STATES = ", ".join(f"'{state}'" for state in COUNTED_STATES if state)
_RETURNED = f"counted = 0 AND state IS NOT NULL AND state NOT IN ({_STATES})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A report that was begun on this laptop and not sent: its form, site and day as far as they are entered."""

    form: str
    site: str
    day: date | None


def read(connection: Connection, period: Period) -> LeftOut:
    """Return how many reports dated in `period` were returned for correction, and how many are drafts here."""
    return LeftOut(
        returned=len(_returned(connection, period)),
        drafts=sum(draft.day is not None and _within(draft.day, period) for draft in drafts(connection)),
    )


def drafts(connection: Connection) -> tuple[Draft, ...]:
    """Return the new reports in hand on this laptop: none in the bin, and no correction of a report that was sent."""
    found = []
    for form, answers in connection.execute("SELECT form, answers FROM draft WHERE corrects = '' AND binned IS NULL"):
        given = json.loads(answers)
        day = fact_cells.day(given.get("date"))
        site = fact_cells.text(given.get("site")) or ""
        found.append(Draft(form=form, site=site, day=date.fromisoformat(day) if day else None))
    return tuple(sorted(found, key=lambda draft: (draft.day or date.max, draft.form, draft.site)))


def without_report(connection: Connection, period: Period, today: date) -> tuple[NotMade, ...]:
    """Return the slots of `period` whose time is over, that nobody called off, and that no completed visit names.

    One that a returned report names is not among them: that report was sent.
    """
    sent = {
        slot
        for (slot,) in connection.execute(
            f"SELECT slot FROM fact_visit WHERE slot IS NOT NULL AND (counted = 1 OR {_RETURNED})"  # noqa: S608
            " AND date BETWEEN date(?, '-40 days') AND date(?, '+40 days')",
            (period.first.isoformat(), period.last.isoformat()),
        )
    }
    rota = slots.read(connection, rulebook.read(connection), period, today)
    return tuple(each for each in rota.not_made if each.status == "planned" and each.slot not in sent)


def before_publishing(connection: Connection, period: Period, today: date) -> tuple[str, ...]:
    """Return what is still out or undecided in `period`, each in a sentence; () where nothing is."""
    names = dict(connection.execute("SELECT site, name FROM fact_site").fetchall())
    return (
        *_drafts(connection, period, names),
        *_sent_back(_returned(connection, period)),
        *_unkept(without_report(connection, period, today), names),
        *footnotes.disputed(connection, period),
        *_unanswered(connection, period),
    )


def _drafts(connection: Connection, period: Period, names: dict[str, str]) -> Iterator[str]:
    every = drafts(connection)
    dated = [draft for draft in every if draft.day is not None and _within(draft.day, period)]
    if dated:
        told = _some([_place(draft, names) for draft in dated])
        yield plural(
            "{count} report is still a draft on this laptop: {reports}.",
            "{count} reports are still drafts on this laptop: {reports}.", len(dated), reports=told,
        )  # fmt: skip
    if undated := sum(draft.day is None for draft in every):
        yield plural(
            "{count} draft on this laptop has no day yet.", "{count} drafts on this laptop have no day yet.", undated
        )


def _place(draft: Draft, names: dict[str, str]) -> str:
    day = day_words(draft.day) if draft.day else ""
    return tr("{site}, {day}", site=names.get(draft.site, draft.site) or tr("no site yet"), day=day)


def _sent_back(keys: list[str]) -> Iterator[str]:
    if keys:
        yield plural(
            "{count} report was returned for correction and is not back: {reports}.",
            "{count} reports were returned for correction and are not back: {reports}.", len(keys),
            reports=_some(keys),
        )  # fmt: skip


def _unkept(found: tuple[NotMade, ...], names: dict[str, str]) -> Iterator[str]:
    if found:
        told = _some([
            tr("{site}, from {day}", site=names.get(each.site, each.site), day=day_words(each.period_start))
            for each in found
        ])  # fmt: skip
        yield plural(
            "{count} planned visit has no report, and nobody called it off: {slots}.",
            "{count} planned visits have no report, and nobody called them off: {slots}.", len(found), slots=told,
        )  # fmt: skip


def _unanswered(connection: Connection, period: Period) -> Iterator[str]:
    keys = [
        key
        for (key,) in connection.execute(
            f"""SELECT v.visit FROM {SITE_VISITS} AND v.date BETWEEN ? AND ? AND v.status = 'completed'
                  AND v.serious_issue IS NULL WHERE v.form = 'custody_visit' ORDER BY v.date, v.visit""",  # noqa: S608
            (period.first.isoformat(), period.last.isoformat()),
        )
    ]
    if keys:
        yield plural(
            "{count} report does not say whether there was a serious issue: {reports}.",
            "{count} reports do not say whether there was a serious issue: {reports}.", len(keys), reports=_some(keys),
        )  # fmt: skip


def _returned(connection: Connection, period: Period) -> list[str]:
    return [
        key
        for (key,) in connection.execute(
            f"""SELECT visit AS key FROM fact_visit WHERE {_RETURNED} AND date BETWEEN :first AND :last
                UNION ALL SELECT session FROM fact_review WHERE {_RETURNED} AND date BETWEEN :first AND :last
                ORDER BY key""",  # noqa: S608
            {"first": period.first.isoformat(), "last": period.last.isoformat()},
        )
    ]


def _within(day: date, period: Period) -> bool:
    return period.first <= day <= period.last


def _some(words: list[str]) -> str:
    """Return the first few, and how many more there are."""
    more = len(words) - _NAMED
    if more <= 0:
        return listed(words)
    return listed([*words[:_NAMED], plural("{count} more", "{count} more", more)])
