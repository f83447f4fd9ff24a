"""Records in words: a visit, slot, session, target or whatever a figure was made from, named without naming anybody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from forms.translation import later, tr
from icv_app import figure_name
from icv_app.encryption.cipher import Connection
from icv_app.storage import fact_cells
from icv_app.wording import day_words

Origin = tuple[str, bytes]
"""A kind of record, and the record's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """One record behind a figure: its kind, the key that people know it by, its site and day, and it in words.

    The words name nobody, a volunteer's code included. `form`: of a report, its form; of a slot or target, its measure.
    `state`, of a figure that was published: "" as it was counted, "changed" since, or "gone".
    """

    kind: str
    key: str
    words: str
    site: str = ""
    day: str = ""
    form: str = ""
    state: str = ""


_FORMS: Final = {
    "custody_visit": later("Custody visit {key}"),
    "kennel_visit": later("Kennel visit {key}"),
    "training_observation": later("Training observation {key}"),
    "record_review": later("Review of one custody record {key}"),
}
_KINDS: Final = {
    "slot": later("Planned visit {key}"),
    "record_review": later("Review session {key}"),
    "issue": later("Issue {key}"),
    "duty": later("Time given beside visits"),
    "throughput": later("Number of people detained"),
    "visitor": later("Entry of a volunteer"),
    "target": later("Target"),
    "site": later("Entry of a site"),
    "site_status": later("Row of a calendar"),
    "scheme": later("Settings of the scheme"),
}
_ROW: Final = {
    "visit": "SELECT visit, form, site, date FROM fact_visit WHERE record = ?",
    "slot": "SELECT slot, measure, site, period_start FROM fact_slot WHERE record = ?",
    "record_review": "SELECT session, NULL, NULL, date FROM fact_review WHERE record = ?",
    "issue": """SELECT i.issue, NULL, coalesce(v.site, i.site), coalesce(v.date, i.raised_on) FROM fact_issue i
                LEFT JOIN fact_visit v ON v.record = i.visit_record WHERE i.record = ? AND i.part = ''""",
    "duty": "SELECT duty, NULL, NULL, date FROM fact_duty WHERE record = ?",
    "throughput": "SELECT starts || '..' || ends, NULL, NULL, starts FROM fact_throughput WHERE record = ?",
    "visitor": "SELECT visitor, NULL, NULL, starts FROM fact_visitor WHERE record = ?",
    "target": "SELECT measure, measure, site, starts FROM fact_target WHERE record = ?",
    "site": "SELECT site, NULL, site, NULL FROM fact_site WHERE record = ?",
    "site_status": "SELECT site, NULL, site, starts FROM fact_site_status WHERE record = ?",
}


def described(connection: Connection, origins: Iterable[Origin]) -> tuple[Behind, ...]:
    """Return records in words; one that is gone from the facts meanwhile is left out."""
    names = names_of(connection)
    return tuple(found for kind, record in origins if (found := describe(connection, names, kind, record)) is not None)


def names_of(connection: Connection) -> dict[str, str]:
    """Return the names of the sites by their codes."""
    return dict(connection.execute("SELECT site, name FROM fact_site").fetchall())


def describe(connection: Connection, names: Mapping[str, str], kind: str, record: bytes) -> Behind | None:
    """Return one record in words, None where the facts hold none of that id. `names`: of the sites by their codes."""
    row = connection.execute(_ROW[kind], (record,)).fetchone()
    if row is None:
        return None
    shown, form, site, day = row
    held = connection.execute("SELECT key FROM current WHERE record = ?", (record,)).fetchone()
    return Behind(
        kind=kind, key=held[0] if held else shown, site=site or "", day=day or "", form=form or "",
        words=words(kind, shown, form=form or "", site=names.get(site, site or ""), day=day or ""),
    )  # fmt: skip


def words(kind: str, key: str, *, form: str = "", site: str = "", day: str = "") -> str:
    """Return "Custody visit CV-2025-0027, Beaumont Leys, 3 July 2025": what is known of it, and never who."""
    usual = later("Report {key}") if kind == "visit" else "{key}"
    named = tr(_FORMS.get(form, usual) if kind == "visit" else _KINDS.get(kind, usual), key=key)
    of_measure = ""
    if kind == "target" and form in figure_name.MEASURES:
        measure = tr(figure_name.MEASURES[form])
        of_measure = measure[:1].lower() + measure[1:]
    on = ""
    if known := fact_cells.day(day):
        on = day_words(date.fromisoformat(known))
        on = tr("from {day}", day=on) if kind in _FROM else on
    return ", ".join(part for part in (named, of_measure, site, on) if part)


_FROM: Final = ("slot", "throughput", "visitor", "target", "site_status")
"""Kinds whose day is the first of several."""
