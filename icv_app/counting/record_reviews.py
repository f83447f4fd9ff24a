"""Record reviews: sessions with their totals, and single case forms that belong to no session (`interfaces.md` §2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from forms.translation import plural
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure, Period
from icv_app.summary import ReviewSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """The records reviewed in a period: the sessions held, and how much they and the lone case forms come to."""

    sessions: tuple[ReviewSession, ...]
    records: int
    immigration: int
    recommendations: int
    lone_cases: int  # of `records`: case forms that name no session, or one that is not here


def read(connection: Connection, period: Period) -> Reviewed:
    """Return what was reviewed from the period's first to its last day.

    A case form that names a session is its detail and is not counted again; while the session itself has not reached
    this laptop, the form counts one, so that nothing is missing from the total.
    """
    span = (period.first.isoformat(), period.last.isoformat())
    sessions = tuple(
        ReviewSession(
            session=session,
            date=date.fromisoformat(day),
            kind=kind,
            records=records,
            of_which_immigration=immigration,
            recommendations=recommendations,
            recommended_to=recommended_to,
        )
        for session, day, kind, records, immigration, recommendations, recommended_to in connection.execute(
            """SELECT session, date, coalesce(kind, ''), coalesce(records, 0), coalesce(of_which_immigration, 0),
                 coalesce(recommendations, 0), coalesce(recommended_to, '')
               FROM fact_review WHERE counted = 1 AND date BETWEEN ? AND ? ORDER BY date, session""",
            span,
        )
    )
    lone, immigration, recommendations = connection.execute(
        """SELECT count(*), coalesce(sum(c.of_which_immigration), 0), coalesce(sum(c.recommendations), 0)
           FROM fact_visit c
           WHERE c.counted = 1 AND c.form = 'record_review' AND c.date BETWEEN ? AND ?
             AND (c.session IS NULL OR NOT EXISTS (SELECT 1 FROM fact_review r WHERE r.session = c.session))""",
        span,
    ).fetchone()
    return Reviewed(
        sessions=sessions,
        records=sum(each.records for each in sessions) + lone,
        immigration=sum(each.of_which_immigration or 0 for each in sessions) + immigration,
        recommendations=sum(each.recommendations for each in sessions) + recommendations,
        lone_cases=lone,
    )


def lines(reviewed: Reviewed) -> Iterator[Figure]:
    """Yield the figures of what was reviewed, in the order of §3's table."""
    lone = (
        plural(
            "{count} form without a session counted as one each",
            "{count} forms without a session counted as one each",
            reviewed.lone_cases,
        )
        if reviewed.lone_cases
        else ""
    )
    for name, value, unit, note in (
        ("records_reviewed", reviewed.records, "records", lone),
        ("immigration_records_reviewed", reviewed.immigration, "records", ""),
        ("recommendations", reviewed.recommendations, "recommendations", ""),
    ):
        yield Figure(measure="record_review", figure=name, value=value, unit=unit, note=note)
