"""The register of sites: what may be changed in sites, calendars and targets, and what a change writes.

Every change is of dated rows, so that what was in force stays known (`domain.md` A0, A7). Two targets for the same
site, or two for all, may not overlap (`interfaces.md` §2); status rows may, and then the one that began last holds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.figure_name import MEASURES
from icv_app.interchange_folder.interchange import SITE_KIND_OF, CellError, Column, parse
from icv_app.scheme import site_rows
from icv_app.scheme.site_rows import PERS, SITE_KINDS, STATUSES, Row, Site, StatusRow, TargetRow
from icv_app.storage.revision import Body
from icv_app.storage.store import Store
from icv_app.wording import day_words

LONGEST_NAME: Final = 80
MOST_CELLS: Final = 500
MOST_VISITS: Final = 366
FIRST_YEAR, LAST_YEAR = 1900, 2200
_DAY = timedelta(days=1)

Item = tuple[str, str, Body]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change. `row` is to stand in place of `was`: without `was` it is added, without `row` that one is deleted.

    `make_room`: another target that is in force on the new one's days ends the day before, and goes on after it.
    `opened`: the day from which a new site is open; its calendar begins with it.
    """

    row: Row | None
    was: Row | None = None
    make_room: bool = False
    opened: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What an edit writes (kind, key and body of records), and what there is to think of before.

    `steps` are the rows that it leaves or takes away, in words without a full stop.
    """

    items: tuple[Item, ...]
    steps: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def planned(store: Store, edit: Edit) -> Planned:
    """Return what `edit` would write now. Writes nothing.

    Raises InvalidInput, with words for the person: "row_changed" where somebody changed the row meanwhile, "overlap"
    for targets, "row_there", "dates", "site", "target" or "status" for what makes no sense.
    """
    row = edit.row if edit.row is not None else edit.was
    if row is None:
        raise ValueError("an edit is of a row")
    if edit.was is not None:
        _refuse_changed(store, edit.was)
    names = {site.site: site.name for site in site_rows.sites(store)}
    if isinstance(row, Site):
        return _site(store, edit, row)
    if isinstance(row, StatusRow):
        return _status(store, edit, row, names)
    return _target(store, edit, row, names)


def save(store: Store, edit: Edit) -> Planned:
    """Carry `edit` out: all of it is on disk when this returns, or nothing. Raises what `planned` raises.

    The rules are judged inside the transaction that writes, so that nothing that came meanwhile slips between.
    """
    done: list[Planned] = []

    def items() -> Iterator[Item]:
        done.append(planned(store, edit))
        yield from done[0].items

    store.save_all(items())
    return done[0]


def new_code(store: Store, name: str) -> str:
    """Return a code for a new site that no site has yet, made from its name: "euston-street"."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:30].strip("-") or "site"
    taken = {site.site for site in site_rows.sites(store)}
    return next(
        code for number in range(1, 10_000) if (code := f"{plain}-{number}" if number > 1 else plain) not in taken
    )


# One of each kind ----------------------------------------------------------------------------------------------------


def _site(store: Store, edit: Edit, row: Site) -> Planned:
    if edit.row is None:
        raise InvalidInput("site", tr("A site stays in the register. Close it from a day on instead."))
    others = [site for site in site_rows.sites(store) if edit.was is None or site.site != edit.was.key]
    _refuse_odd_site(row, others)
    if isinstance(edit.was, Site) and edit.was.kind != row.kind and _in_use(store, row.site):
        words = tr(
            "{name} has visits, a rota or targets of its own, so it stays under “{kind}”. Add the other one as a new "
            "site.",
            name=edit.was.name, kind=site_rows.kind_words(edit.was.kind),
        )  # fmt: skip
        raise InvalidInput("site", words)
    items = [_written(store, row, edit.was)]
    steps = [tr("{name}, {kind}", name=row.name, kind=site_rows.kind_words(row.kind))]
    if edit.was is None:
        if edit.opened is None:
            raise InvalidInput("dates", tr("Enter the day from which the site is in use."))
        opened = StatusRow(site=row.site, status="open", first=edit.opened)
        _refuse_dates(opened.first, None)
        items.append(_written(store, opened, None))
        steps = [
            tr("{name}, {kind}", name=row.name, kind=site_rows.kind_words(row.kind)),
            tr("open from {day}, before that day it counts as closed", day=day_words(edit.opened)),
        ]
    return Planned(items=tuple(items), steps=tuple(steps))


def _refuse_odd_site(row: Site, others: list[Site]) -> None:
    if not row.name.strip() or len(row.name) > LONGEST_NAME:
        raise InvalidInput("site", tr("Enter a name of up to {longest} letters.", longest=LONGEST_NAME))
    if row.kind not in SITE_KINDS:
        raise InvalidInput("site", tr("Choose what kind of site it is."))
    if row.cells is not None and not 1 <= row.cells <= MOST_CELLS:
        words = tr("Enter the number of cells as a whole number from 1 to {most}, or leave it empty.", most=MOST_CELLS)
        raise InvalidInput("site", words)
    try:
        parse(Column(name="site", kind="id", needed=True), row.site, date.max)
        parse(Column(name="name", needed=True), row.name, date.max)
    except CellError as error:
        raise InvalidInput("site", tr("The name or code cannot be used: it {reason}.", reason=error)) from None
    for other in others:
        if other.site == row.site or other.name.casefold() == row.name.casefold():
            raise InvalidInput("site", tr("There is a site {name} already.", name=other.name))


def _in_use(store: Store, site: str) -> bool:
    query = (
        "SELECT 1 FROM fact_visit WHERE site = ? UNION ALL SELECT 1 FROM fact_slot WHERE site = ?"
        " UNION ALL SELECT 1 FROM fact_target WHERE site = ? LIMIT 1"
    )
    return store.connection.execute(query, (site, site, site)).fetchone() is not None


def _status(store: Store, edit: Edit, row: StatusRow, names: dict[str, str]) -> Planned:
    name = names.get(row.site, row.site)
    rows = site_rows.status_rows(store, row.site)
    kept = [each for each in rows if edit.was is None or each.key != edit.was.key]
    if edit.row is None:
        step = tr("{name}, {row}, deleted", name=name, row=site_rows.status_words(row))
        return Planned(items=(_deleted(store, row),), steps=(step,), warnings=_gaps(name, kept, rows))
    if row.site not in names:
        raise InvalidInput("site", tr("This laptop knows no site {site}.", site=row.site))
    if isinstance(edit.was, StatusRow) and edit.was.site != row.site:
        raise InvalidInput("site", tr("A row stays with its site. Add a row at the other one."))
    _refuse_dates(row.first, row.last)
    if row.status not in STATUSES:
        raise InvalidInput("status", tr("Choose whether the site is open, closed, or open only on some days."))
    if row.status == "open_on_days" and not row.days:
        raise InvalidInput("status", tr("Choose the days of the week on which it is open."))
    row = row if row.status == "open_on_days" else replace(row, days=frozenset())
    for other in kept:
        if other.first == row.first:
            words = tr(
                "{name} has a row from that day already: {row}. Change that one, or choose another first day.",
                name=name, row=site_rows.status_words(other),
            )  # fmt: skip
            raise InvalidInput("row_there", words)
    warnings = [
        tr(
            "On some of these days another row holds as well: {row}. Where two rows overlap, the one that began last "
            "holds.", row=site_rows.status_words(other),
        )
        for other in kept
        if _overlap(row, other)
    ]  # fmt: skip
    step = tr("{name}, {row}", name=name, row=site_rows.status_words(row))
    items = _moved(store, row, edit.was)
    return Planned(items=items, steps=(step,), warnings=(*warnings, *_gaps(name, [*kept, row], rows)))


def _gaps(name: str, after: list[StatusRow], before: tuple[StatusRow, ...]) -> tuple[str, ...]:
    """Return what the days that no row covers mean: a site with rows is closed on them (`interfaces.md` §3)."""
    if not after:
        return (tr("{name} then has no calendar at all, so it counts as open on every day.", name=name),)
    told = []
    if not before:
        told.append(
            tr(
                "{name} has no calendar yet, so it counts as open on every day. With this row it counts as closed on "
                "every day that no row covers, those before {day} too.",
                name=name,
                day=day_words(min(row.first for row in after)),
            )
        )
    ends = [row.last for row in after]
    if all(end is not None for end in ends):
        last = max(end for end in ends if end is not None)
        told.append(
            tr("After {day} no row covers {name}, so it then counts as closed.", day=day_words(last), name=name)
        )
    return tuple(told)


def _target(store: Store, edit: Edit, row: TargetRow, names: dict[str, str]) -> Planned:
    if edit.row is None:
        step = tr("{row}, deleted", row=site_rows.target_words(row, names))
        return Planned(items=(_deleted(store, row),), steps=(step,))
    _refuse_odd_target(store, row, names)
    held = [
        each
        for each in site_rows.target_rows(store)
        if (each.measure, each.site) == (row.measure, row.site) and (edit.was is None or each.key != edit.was.key)
    ]
    items: list[Item] = []
    steps: list[str] = []
    for other in held:
        if not _overlap(row, other):
            continue
        parts = _beside(row, other)
        if not edit.make_room or not parts:
            raise InvalidInput("overlap", _overlap_words(row, other, names, coverable=bool(parts)))
        items += _moved(store, parts[0], other)
        items += [_written(store, part, None) for part in parts[1:]]
        steps += [site_rows.target_words(part, names) for part in parts]
    items += _moved(store, row, edit.was)
    steps.append(site_rows.target_words(row, names))
    written = {key for _, key, body in items if body.get("deleted") is not True}
    # a row that is given up and one that takes its place may have one key
    items = [item for item in items if item[2].get("deleted") is not True or item[1] not in written]
    warnings = () if row.number else (tr("With a number of 0 nothing is called for on these days."),)
    return Planned(items=tuple(items), steps=tuple(steps), warnings=warnings)


def _refuse_odd_target(store: Store, row: TargetRow, names: dict[str, str]) -> None:
    if row.measure not in SITE_KIND_OF:
        raise InvalidInput("target", tr("Choose what the target is for."))
    if row.per not in PERS or not 0 <= row.number <= MOST_VISITS:
        words = tr("Enter how many as a whole number from 0 to {most}. 0 means suspended.", most=MOST_VISITS)
        raise InvalidInput("target", words)
    _refuse_dates(row.first, row.last)
    if row.site is None:
        return
    found = next((site for site in site_rows.sites(store) if site.site == row.site), None)
    if found is None:
        raise InvalidInput("site", tr("This laptop knows no site {site}.", site=row.site))
    if found.kind != SITE_KIND_OF[row.measure]:
        words = tr(
            "{name} is listed under “{kind}”, so it cannot have a target for “{measure}”.",
            name=names[row.site], kind=site_rows.kind_words(found.kind), measure=tr(MEASURES[row.measure]),
        )  # fmt: skip
        raise InvalidInput("target", words)


def _beside(row: TargetRow, other: TargetRow) -> list[TargetRow]:
    """Return what is left of `other` on the days before and after `row`."""
    parts = []
    if other.first < row.first:
        parts.append(replace(other, last=row.first - _DAY))
    if row.last is not None and (other.last is None or other.last > row.last):
        parts.append(replace(other, first=row.last + _DAY))
    return parts


def _overlap_words(row: TargetRow, other: TargetRow, names: dict[str, str], *, coverable: bool) -> str:
    told = tr("It overlaps with the target {row}.", row=site_rows.target_words(other, names))
    if not coverable:
        return tr("{overlap} Delete that one first, or choose other dates.", overlap=told)
    if other.first < row.first:
        day = day_words(row.first - _DAY)
        return tr("{overlap} End that one on {day}, or choose other dates.", overlap=told, day=day)
    return tr("{overlap} Choose other dates, or change that one first.", overlap=told)


# What they share -----------------------------------------------------------------------------------------------------


def _refuse_dates(first: date, last: date | None) -> None:
    if not FIRST_YEAR < first.year < LAST_YEAR or (last is not None and not FIRST_YEAR < last.year < LAST_YEAR):
        raise InvalidInput("dates", tr("The year of a date cannot be meant. Look at it again."))
    if last is not None and last < first:
        words = tr(
            "The last day, {last}, lies before the first, {first}.", last=day_words(last), first=day_words(first)
        )
        raise InvalidInput("dates", words)


def _overlap(one: StatusRow | TargetRow, other: StatusRow | TargetRow) -> bool:
    return (one.last is None or other.first <= one.last) and (other.last is None or one.first <= other.last)


def _refuse_changed(store: Store, was: Row) -> None:
    record = store.current(site_rows.kind_of(was), was.key)
    if record is None or record.deleted or record.heads != was.heads:
        words = tr("Somebody changed this on another laptop meanwhile. Go back, look at it again, and change it then.")
        raise InvalidInput("row_changed", words)


def _written(store: Store, row: Row, was: Row | None) -> Item:
    """Return the record of `row`, in place of `was`: what else that holds stays."""
    kind = site_rows.kind_of(row)
    record = None if was is None else store.current(kind, was.key)
    own = site_rows.FIELDS[kind] | {"deleted"}
    body = {} if record is None else {name: value for name, value in record.body.items() if name not in own}
    key = was.key if was is not None and site_rows.key_of(was) == site_rows.key_of(row) else site_rows.key_of(row)
    return (kind, key, body | site_rows.body_of(row))


def _moved(store: Store, row: Row, was: Row | None) -> tuple[Item, ...]:
    """Return the record of `row`, and the end of that of `was` where the key is another one now."""
    item = _written(store, row, was)
    return (item,) if was is None or was.key == item[1] else (_deleted(store, was), item)


def _deleted(store: Store, row: Row) -> Item:
    kind = site_rows.kind_of(row)
    record = store.current(kind, row.key)
    return (kind, row.key, {**({} if record is None else record.body), "deleted": True})
