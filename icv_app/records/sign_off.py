"""A sign-off: what the other visitor of the pair says of a report, an entry of their own (`domain.md` A1.10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.storage.revision import Body
from icv_app.storage.store import Record, Store

KIND = "sign_off"
_VISITORS = ("visitor_1", "visitor_2")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSign:
    """A report that waits for a visitor's word."""

    key: str
    form: str
    site: str
    date: date | None


def key(report: str, visitor: str) -> str:
    """Return the key of a visitor's entry on a report."""
    return f"{report}|{visitor}"


def given(report: Body, name: str, today: date) -> Iterator[tuple[str, str, Body]]:
    """Yield the entry that the second visitor gave while the report was made, if they did.

    From the questions `visitor_2_agrees` (yes, no; anything else: later, on their own laptop) and `visitor_2_differs`.
    """
    agrees, visitor = report.get("visitor_2_agrees"), report.get("visitor_2")
    if visitor and agrees in ("yes", "no"):
        words = str(report.get("visitor_2_differs", "")) if agrees == "no" else ""
        yield KIND, key(name, str(visitor)), _body(name, str(visitor), agrees == "yes", words, today)


def entry(report: Record, visitor: str, *, agrees: bool, words: str, today: date) -> Body:
    """Return a visitor's own entry on a report. Raises InvalidInput("not_a_visitor", "no_words")."""
    if visitor not in (report.body.get(field) for field in _VISITORS):
        raise InvalidInput(
            "not_a_visitor", tr("{key} does not name {visitor} as a visitor.", key=report.key, visitor=visitor)
        )
    if not agrees and not words.strip():
        raise InvalidInput("no_words", tr("Say how you see it."))
    return {
        **_body(report.key, visitor, agrees, words.strip(), today),
        "seen": [head.hex() for head in report.heads],  # the version that was signed
    }


def _body(report: str, visitor: str, agrees: bool, words: str, today: date) -> Body:
    body: dict[str, Any] = {"report": report, "visitor": visitor, "agrees": "yes" if agrees else "no"}
    return {**body, **({"dissent": words} if words else {}), "date": today.isoformat()}


def on(store: Store, report: str) -> tuple[Record, ...]:
    """Return the entries on a report, by visitor."""
    return tuple(record for record in store.records(KIND) if record.body.get("report") == report)


def waiting(store: Store, visitor: str) -> tuple[ToSign, ...]:
    """Return the submitted reports that name `visitor`, were filed by somebody else and have no entry of theirs."""
    signed = {str(record.body.get("report")) for record in store.records(KIND) if record.body.get("visitor") == visitor}
    rows = store.connection.execute(
        "SELECT v.visit, coalesce(v.form, ''), coalesce(s.name, v.site, ''), v.date FROM fact_visit v"
        " JOIN current c ON c.record = v.record LEFT JOIN fact_site s ON s.site = v.site"
        " WHERE v.state = 'submitted' AND c.author <> ? AND instr(';' || v.visitors || ';', ';' || ? || ';')"
        # a report that the office took words out of is still its first writer's
        " AND (instr(';' || v.visitors || ';', ';' || c.author || ';') OR ? <> coalesce("
        "(SELECT r.author FROM revision r WHERE r.record = v.record ORDER BY r.hlc, r.seq LIMIT 1), ''))"
        " ORDER BY v.date DESC, v.visit",
        (visitor, visitor, visitor),
    ).fetchall()
    return tuple(
        ToSign(key=name, form=form, site=site, date=date.fromisoformat(day) if day else None)
        for name, form, site, day in rows
        if name not in signed
    )
