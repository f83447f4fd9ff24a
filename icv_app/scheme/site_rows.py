"""Sites, their status rows and targets as the office edits them: values read from records, and how each is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from forms.translation import later, tr
from icv_app.calendar import weekdays
from icv_app.figure_name import MEASURES
from icv_app.interchange_folder.interchange import DAYS, SITE_STATUS, TARGETS, Table
from icv_app.storage import fact_cells
from icv_app.storage.revision import Body
from icv_app.storage.store import Store
from icv_app.wording import day_words, listed, span_words

SITE_KINDS: Final = {
    "custody_suite": later("custody suite"),
    "dog_unit_kennels": later("dog unit kennels"),
    "training_venue": later("training venue"),
}
STATUSES: Final = {
    "open": later("Open"),
    "open_on_days": later("Open only on some days of the week"),
    "closed": later("Closed"),
}
PERS: Final = {
    "week": later("week"),
    "month": later("month"),
    "quarter": later("quarter"),
    "year": later("financial year"),
}
_PER: Final = {
    "week": later("{number} a week"),
    "month": later("{number} a month"),
    "quarter": later("{number} a quarter"),
    "year": later("{number} a financial year"),
}
ON_DAYS: Final = (
    later("Mondays"), later("Tuesdays"), later("Wednesdays"), later("Thursdays"), later("Fridays"),
    later("Saturdays"), later("Sundays"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site by its code. `cells` None: not recorded. `heads` are the revisions that were read (`store.Record`)."""

    site: str
    name: str
    kind: str
    cells: int | None = None
    heads: tuple[bytes, ...] = ()

    @property
    def key(self) -> str:
        """The key of its record."""
        return self.site


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """What a site is from `first` to `last`, both included (None: no end), and who said so (`domain.md` A0).

    `status` is open, closed or open_on_days, `days` those of the last (0 is Monday). `key` is that of the record it was
    read from, "" for a new row.
    """

    site: str
    status: str
    first: date
    last: date | None = None
    days: frozenset[int] = frozenset()
    reason: str = ""
    told_by: str = ""
    told_on: date | None = None
    key: str = ""
    heads: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """`number` visits `per` week, month, quarter or year from `first` to `last` (None: no end); 0: suspended.

    `site` None: every site of the measure. `approved_by` and `approved_on` say whose decision it is (`domain.md` A7).
    """

    measure: str
    site: str | None
    number: int
    per: str
    first: date
    last: date | None = None
    reason: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    key: str = ""
    heads: tuple[bytes, ...] = ()


Row = Site | StatusRow | TargetRow


# Reading -------------------------------------------------------------------------------------------------------------


def sites(store: Store) -> tuple[Site, ...]:
    """Return the sites by kind and name."""
    order = list(SITE_KINDS)
    found = []
    for record in store.records("site"):
        body = record.body
        name, kind = fact_cells.text(body.get("name")) or record.key, fact_cells.text(body.get("kind")) or ""
        cells = fact_cells.number(body.get("cells"))
        found.append(Site(site=record.key, name=name, kind=kind, cells=cells, heads=record.heads))
    return tuple(
        sorted(found, key=lambda each: (order.index(each.kind) if each.kind in order else len(order), each.name))
    )


def status_rows(store: Store, site: str | None = None) -> tuple[StatusRow, ...]:
    """Return the status rows of a site (None: of all), by site and first day. One that has no dates is left out."""
    found = []
    for record in store.records("site_status"):
        text, day = fact_cells.text, fact_cells.day
        body = record.body
        where, first = text(body.get("site")), day(body.get("from"))
        if where is None or first is None or site not in (None, where):
            continue
        found.append(
            StatusRow(
                site=where, status=text(body.get("status")) or "", first=date.fromisoformat(first),
                last=_date(body, "to"), days=weekdays(fact_cells.spread(body.get("days")) or ""),
                reason=text(body.get("reason")) or "", told_by=text(body.get("told_by")) or "",
                told_on=_date(body, "told_on"), key=record.key, heads=record.heads,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda row: (row.site, row.first, row.last or date.max)))


def target_rows(store: Store) -> tuple[TargetRow, ...]:
    """Return every target by measure, site (those for all first) and first day. One that cannot be read is left out."""
    return tuple(sorted(_targets(store), key=lambda row: (_place(row.measure), row.site or "", row.first)))


def _targets(store: Store) -> Iterator[TargetRow]:
    text, count = fact_cells.text, fact_cells.number
    for record in store.records("target"):
        body = record.body
        measure, number, per = text(body.get("measure")), count(body.get("number")), text(body.get("per"))
        first = fact_cells.day(body.get("from"))
        if measure is None or number is None or per is None or first is None:
            continue
        yield TargetRow(
            measure=measure, site=text(body.get("site")), number=number, per=per, first=date.fromisoformat(first),
            last=_date(body, "to"), reason=text(body.get("reason")) or "",
            approved_by=text(body.get("approved_by")) or "", approved_on=_date(body, "approved_on"), key=record.key,
            heads=record.heads,
        )  # fmt: skip


def _date(body: Body, name: str) -> date | None:
    found = fact_cells.day(body.get(name))
    return date.fromisoformat(found) if found else None


def _place(measure: str) -> tuple[int, str]:
    known = list(MEASURES)
    return (known.index(measure) if measure in known else len(known), measure)


# Writing -------------------------------------------------------------------------------------------------------------


def kind_of(row: Row) -> str:
    """Return the kind of record that a row is."""
    return {Site: "site", StatusRow: "site_status", TargetRow: "target"}[type(row)]


def body_of(row: Row) -> Body:
    """Return the fields of a row as an import writes them (`interfaces.md` §2); what is not recorded is left out."""
    body: Body
    if isinstance(row, Site):
        body = {"site": row.site, "name": row.name, "kind": row.kind, "cells": row.cells}
    elif isinstance(row, StatusRow):
        days = ";".join(DAYS[day] for day in sorted(row.days))
        body = {
            "site": row.site, "from": row.first.isoformat(), "to": _iso(row.last), "status": row.status, "days": days,
            "reason": row.reason, "told_by": row.told_by, "told_on": _iso(row.told_on),
        }  # fmt: skip
    else:
        body = {
            "measure": row.measure, "site": row.site, "number": row.number, "per": row.per,
            "from": row.first.isoformat(), "to": _iso(row.last), "reason": row.reason,
            "approved_by": row.approved_by, "approved_on": _iso(row.approved_on),
        }  # fmt: skip
    return {name: value for name, value in body.items() if value not in (None, "")}


FIELDS: Final = {
    "site": frozenset({"site", "name", "kind", "cells"}),
    "site_status": frozenset({"site", "from", "to", "status", "days", "reason", "told_by", "told_on"}),
    "target": frozenset(
        {"measure", "site", "number", "per", "from", "to", "reason", "approved_by", "approved_on"}
    ),
}  # fmt: skip
"""The fields of each kind that are edited here; what else a record holds stays as it is."""


def key_of(row: Row) -> str:
    """Return the key that a row's record has, the same as an import gives it."""
    if isinstance(row, Site):
        return row.site
    table: Table = SITE_STATUS if isinstance(row, StatusRow) else TARGETS
    return table.key_of(body_of(row))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# In words ------------------------------------------------------------------------------------------------------------


def kind_words(kind: str) -> str:
    """Return "custody suite"; a kind that this program does not know as it is written."""
    return tr(SITE_KINDS[kind]) if kind in SITE_KINDS else kind.replace("_", " ")


def dates_words(first: date, last: date | None) -> str:
    """Return "1 to 31 July 2025", or "from 1 July 2025, with no end"."""
    return tr("from {day}, with no end", day=day_words(first)) if last is None else span_words(first, last)


def state_words(status: str, days: frozenset[int]) -> str:
    """Return "open", "closed" or "open only on Mondays and Thursdays"."""
    if status == "open_on_days":
        if not days:
            return tr("open on no day of the week")
        return tr("open only on {days}", days=listed(tr(ON_DAYS[day]) for day in sorted(days)))
    return tr("open") if status == "open" else tr("closed")


def status_words(row: StatusRow) -> str:
    """Return a status row as one sentence without a full stop: "open only on Thursdays, 1 July to 31 August 2025"."""
    return tr("{state}, {dates}", state=state_words(row.status, row.days), dates=dates_words(row.first, row.last))


def number_words(number: int, per: str) -> str:
    """Return "1 a week", or "suspended" for a number of 0."""
    if not number:
        return tr("suspended, none called for")
    return tr(_PER[per], number=number) if per in _PER else f"{number} {per}"


def target_words(row: TargetRow, names: dict[str, str]) -> str:
    """Return a target without a full stop: "custody visits, all sites: 1 a week, from 1 April 2025, with no end".

    `names` are those of sites by their codes.
    """
    return tr(
        "{measure}, {site}: {number}, {dates}",
        measure=tr(MEASURES.get(row.measure, row.measure)), site=scope_words(row.site, names),
        number=number_words(row.number, row.per), dates=dates_words(row.first, row.last),
    )  # fmt: skip


def scope_words(site: str | None, names: dict[str, str]) -> str:
    """Return the name of a site, or "all sites" for none."""
    return tr("all sites") if site is None else names.get(site, site)
