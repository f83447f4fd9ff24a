"""Findings: issues, detainees' requests and positive comments of a period, with what was done about them (A6)."""

from datetime import date

from icv_app.counting.tallies import SITE_VISITS
from icv_app.encryption.cipher import Connection
from icv_app.figure import Period
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


def findings(connection: Connection, period: Period) -> tuple[Finding, ...]:
    """Return what was found on the counted visits and record reviews of `period`, by day and reference.

    An issue has no date of its own: it belongs to the day of the visit, session or case form that it names. One that a
    visit's form lists is left out where an issue record of the same words names that visit: it has grown into that.
    One that a correction took out of its report (`raised.corrected`: withdrawn) was not found at all.
    """
    rows = connection.execute(
        f"""WITH {FOUND}
            SELECT i.issue, coalesce(i.visit, ''), coalesce(f.site, ''), f.date, coalesce(i.kind, ''),
              coalesce(i.theme, ''), coalesce(i.severity, ''), coalesce(i.text, ''), coalesce(i.action, ''),
              coalesce(i.response, ''), coalesce(i.status, ''), i.shared_with_staff_on,
              coalesce(i.public_summary, '')
            FROM found f CROSS JOIN fact_issue i ON i.record = f.record AND i.part = f.part
            WHERE {STANDS} ORDER BY f.date, i.issue""",  # noqa: S608
        {"first": period.first.isoformat(), "last": period.last.isoformat()},
    )
    return tuple(
        Finding(
            issue=issue,
            visit=visit,
            site=site,
            date=date.fromisoformat(day),
            kind=kind,
            theme=theme,
            severity=severity,
            text=text,
            action=action,
            response=response,
            status=status,
            shared_with_staff_on=date.fromisoformat(shared) if shared else None,
            public_summary=told,
        )
        for issue, visit, site, day, kind, theme, severity, text, action, response, status, shared, told in rows
    )
