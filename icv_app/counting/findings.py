"""Findings: issues, detainees' requests and positive comments of a period, with what was done about them (A6)."""

from datetime import date
from typing import Any

from icv_app.counting.tallies import SITE_VISITS
from icv_app.encryption.cipher import Connection
from icv_app.figure import Period
from icv_app.issue_state import ESCALATED, OPEN, RESPONDED, WITH_POLICE, stood_on
from icv_app.summary import Finding

FOUND = f"""found(record, part, site, date) AS (
  SELECT i.record, i.part, v.site, v.date FROM {SITE_VISITS} AND v.date BETWEEN :first AND :last
    CROSS JOIN fact_issue i ON i.visit_record = v.record
  UNION ALL
  SELECT i.record, i.part, c.site, c.date FROM fact_visit c
    CROSS JOIN fact_issue i ON i.visit_record = c.record
    WHERE c.counted = 1 AND c.form = 'record_review' AND c.date BETWEEN :first AND :last
  UNION ALL
  SELECT i.record, i.part, NULL, r.date FROM fact_review r CROSS JOIN fact_issue i ON i.visit = r.session
    WHERE r.counted = 1 AND r.date BETWEEN :first AND :last)"""  # noqa: S608
"""SQL: what the counted visits, case forms and sessions from :first to :last name, where and on which day."""
STANDS = """coalesce(i.status, '') <> 'withdrawn' AND (i.part = '' OR NOT EXISTS (
  SELECT 1 FROM fact_issue o WHERE o.visit_record = i.visit_record AND o.part = '' AND o.text IS i.text))"""
"""SQL: the issue `i` is still a finding, and no other record has grown out of it."""
PUT_RIGHT = """CASE WHEN i.part <> '' THEN i.status ELSE (
  SELECT max(o.status) FROM fact_issue o
  WHERE o.visit_record = i.visit_record AND o.part <> '' AND o.text IS i.text) END"""
"""SQL: "closed" where the visit's own report says that the finding `i` was put right, NULL where it does not say."""


def findings(connection: Connection, period: Period, as_of: date) -> tuple[Finding, ...]:
    """Return what was found on the counted visits and record reviews of `period`, by day and reference.

    An issue has no date of its own: it belongs to the day of the visit, session or case form that it names. One that a
    visit's form lists is left out where an issue record of the same words names that visit: it has grown into that.
    One that a correction took out of its report (`raised.corrected`: withdrawn) was not found at all.
    `as_of`: the day at whose end it is told how each stood.
    """
    rows = connection.execute(
        f"""WITH {FOUND}
            SELECT i.issue, coalesce(i.visit, ''), coalesce(f.site, ''), f.date, coalesce(i.kind, ''),
              coalesce(i.theme, ''), coalesce(i.severity, ''), coalesce(i.text, ''), coalesce(i.action, ''),
              coalesce(i.response, ''), coalesce(i.status, ''), coalesce(i.public_summary, ''), {PUT_RIGHT},
              i.shared_with_staff_on, i.sent_on, i.escalated_on, i.responded_on, i.closed_on, i.reopened_on
            FROM found f CROSS JOIN fact_issue i ON i.record = f.record AND i.part = f.part
            WHERE {STANDS} ORDER BY f.date, i.issue""",  # noqa: S608
        {"first": period.first.isoformat(), "last": period.last.isoformat()},
    )
    return tuple(_finding(as_of, row[:13], *(_day(cell) for cell in row[13:])) for row in rows)


def _finding(
    as_of: date, said: tuple[Any, ...], shared: date | None, sent: date | None, escalated: date | None,
    responded: date | None, closed: date | None, reopened: date | None,
) -> Finding:  # fmt: skip
    issue, visit, site, day, kind, theme, severity, text, action, response, status, told, put_right = said
    found = date.fromisoformat(day)
    return Finding(
        issue=issue, visit=visit, site=site, date=found, kind=kind, theme=theme, severity=severity, text=text,
        action=action, response=response, status=status, shared_with_staff_on=shared, public_summary=told,
        stood=stood_on(
            as_of, status, found=found, closed=closed, steps=steps(sent, escalated, responded, reopened)
        ),
        put_right=None if put_right is None else put_right == "closed",
        sent_on=sent, escalated_on=escalated, responded_on=responded, closed_on=closed, reopened_on=reopened,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def steps(
    sent: date | None, escalated: date | None, responded: date | None, reopened: date | None
) -> dict[str, date | None]:  # fmt: skip
    """Return by status the day on which an issue last came to it, the likelier end of one day first."""
    return {RESPONDED: responded, ESCALATED: escalated, WITH_POLICE: sent, OPEN: reopened}
