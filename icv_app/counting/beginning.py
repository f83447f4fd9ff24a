"""The beginning of the records: from which day on something is known of the scheme."""

from datetime import date

from icv_app.encryption.cipher import Connection


def earliest(connection: Connection) -> date | None:
    """Return the date of the first visit or review that counts, or None. One step of an index for each site."""
    (visited,) = connection.execute(
        """SELECT min((SELECT min(v.date) FROM fact_visit v
                       WHERE v.counted = 1 AND v.form = f.column1 AND v.site = s.site AND v.date IS NOT NULL))
           FROM fact_site s CROSS JOIN (VALUES('custody_visit'), ('kennel_visit'), ('training_observation')) f"""
    ).fetchone()
    others = [
        connection.execute(question).fetchone()[0]
        for question in (
            "SELECT min(date) FROM fact_review",
            "SELECT min(date) FROM fact_visit WHERE counted = 1 AND form = 'record_review'",
        )
    ]
    return min((date.fromisoformat(found) for found in (visited, *others) if found), default=None)
