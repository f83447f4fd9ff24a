"""The list of visits: one line for each, with what a person looks for and whether it has been shared."""

from dataclasses import dataclass
from datetime import date

from icv_app.encryption.cipher import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """One visit as lists show it. `shared`: every present version of it was seen in the shared file."""

    key: str
    form: str
    form_title: str
    site: str
    site_name: str
    date: date
    visitors: tuple[str, ...]
    status: str
    state: str
    shared: bool
    conflicts: bool


def visits(connection: Connection, titles: dict[str, str]) -> tuple[VisitRow, ...]:
    """Return all visits that have a date, the latest first. `titles` are the forms' titles by name."""
    query = """
        SELECT v.visit, coalesce(v.form, ''), coalesce(v.site, ''), coalesce(s.name, v.site, ''), v.date,
               coalesce(v.visitors, ''), coalesce(v.status, ''), coalesce(v.state, ''), c.heads, c.conflicts <> '{}',
               EXISTS (SELECT 1 FROM shared WHERE rev = c.heads)
        FROM fact_visit v JOIN current c ON c.record = v.record LEFT JOIN fact_site s ON s.site = v.site
        WHERE v.date IS NOT NULL
        ORDER BY v.date DESC, coalesce(v.arrived, '') DESC, v.visit"""
    rows = []
    for key, form, site, name, day, people, status, state, heads, disputed, shared in connection.execute(query):
        rows.append(
            VisitRow(
                key=key,
                form=form,
                form_title=titles.get(form, form),
                site=site,
                site_name=name,
                date=date.fromisoformat(day),
                visitors=tuple(people.split(";")) if people else (),
                status=status,
                state=state,
                shared=bool(shared) or _all_shared(connection, heads),
                conflicts=bool(disputed),
            )
        )
    return tuple(rows)


def latest(connection: Connection, day: date, *, reviews: bool = False) -> date | None:
    """Return the date of the last visit up to `day`, of review sessions too where asked, or None."""
    last = [
        connection.execute(f"SELECT max(date) FROM {table} WHERE date <= ?", (day.isoformat(),)).fetchone()[0]  # noqa: S608
        for table in (("fact_visit", "fact_review") if reviews else ("fact_visit",))
    ]
    return max((date.fromisoformat(found) for found in last if found), default=None)


def _all_shared(connection: Connection, heads: bytes) -> bool:
    names = [heads[at : at + 32] for at in range(0, len(heads), 32)]
    if len(names) < 2:
        return False
    marks = ",".join("?" * len(names))
    (found,) = connection.execute(f"SELECT count(*) FROM shared WHERE rev IN ({marks})", names).fetchone()  # noqa: S608
    return bool(found == len(names))
