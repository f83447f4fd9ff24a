"""Status rows: what a visitor was from which day to which (`interfaces.md` §2, visitors.csv; the figures read them)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.scheme import volunteer_file, volunteer_words
from icv_app.scheme.visitor_code import accept
from icv_app.storage.fact_cells import day, spread, text
from icv_app.storage.revision import Body
from icv_app.storage.store import Item, Record, Store
from icv_app.wording import day_words

KIND: Final = "visitor"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A visitor's status and roles from `first` to `last`, both included (None: until further notice)."""

    key: str
    visitor: str
    status: str
    roles: tuple[str, ...]
    first: date
    last: date | None = None
    heads: tuple[bytes, ...] = ()

    @property
    def words(self) -> str:
        """The row in words: "Active, 1 August 2024 to further notice"."""
        last = day_words(self.last) if self.last else tr("further notice")
        return tr(
            "{status}, {first} to {last}",
            status=volunteer_words.status(self.status), first=day_words(self.first), last=last,
        )  # fmt: skip

    def holds(self, on: date) -> bool:
        """Return whether it is in force on a day."""
        return self.first <= on and (self.last is None or on <= self.last)


# Reading -------------------------------------------------------------------------------------------------------------


def every(store: Store) -> Mapping[str, tuple[Row, ...]]:
    """Return the rows of every visitor by their first day, visitors by code. One without a first day is left out."""
    found: dict[str, list[Row]] = {}
    for record in store.records(KIND):
        row = _row(record)
        if row is not None:
            found.setdefault(row.visitor, []).append(row)
    return {visitor: tuple(sorted(rows, key=_order)) for visitor, rows in sorted(found.items())}


def of(store: Store, visitor: str) -> tuple[Row, ...]:
    """Return the rows of one visitor, by their first day."""
    return every(store).get(visitor, ())


def holding(rows: Iterable[Row], on: date) -> Row | None:
    """Return the row that holds on a day: where two do, the one that began last, as `volunteers.count` has it."""
    return max((row for row in rows if row.holds(on)), key=_order, default=None)


def since(rows: Sequence[Row], on: date) -> date | None:
    """Return since when a visitor has had the status of a day without a break, whatever their roles; None: none."""
    row = holding(rows, on)
    while row is not None:
        before = holding(rows, row.first - _DAY)
        if before is None or before.status != row.status:
            return row.first
        row = before
    return None


def overlaps(rows: Sequence[Row]) -> bool:
    """Return whether two rows share a day: out of a spreadsheet they may."""
    ordered = sorted(rows, key=_order)
    return any(_share(row, other) for at, row in enumerate(ordered) for other in ordered[at + 1 :])


# Writing -------------------------------------------------------------------------------------------------------------


def enlist(store: Store, typed: str, status: str, roles: Sequence[str], first: date) -> str:
    """Enter a new volunteer under a code with a first row, and return the code.

    Raises InvalidInput: "code" and "name" (`visitor_code`), "known", "status", "roles", "office_only".
    """
    visitor = accept(typed)
    _check(status, roles)
    if any(visitor.casefold() == other.casefold() for other in every(store)):
        raise InvalidInput("known", tr("{visitor} is a volunteer of this scheme already.", visitor=visitor))
    row = Row(key=f"{visitor}|{first.isoformat()}", visitor=visitor, status=status, roles=tuple(roles), first=first)
    file = {"visitor": visitor, "started": first.isoformat()} | (
        volunteer_file.with_status(store, visitor, status, first) or {}
    )
    store.save_all([_item(row, {}), (volunteer_file.KIND, visitor, file)])
    return visitor


def change(store: Store, visitor: str, status: str, roles: Sequence[str], first: date) -> str:
    """Enter a change of status or roles from a day on, and return in words what that did to the rows.

    The row before ends on the day before; a row that begins on the same day is put right; where a later row follows,
    the new one ends before it. Raises InvalidInput: "status", "roles", "no_change", "office_only".
    """
    _check(status, roles)
    rows = of(store, visitor)
    before = holding(rows, first)
    if before is not None and (before.status, set(before.roles)) == (status, set(roles)):
        raise InvalidInput("no_change", tr("That is so already: {row}.", row=before.words))
    same = next((row for row in rows if row.first == first), None)
    following = min((row.first for row in rows if row.first > first), default=None)
    last = following - _DAY if following else None
    made = Row(
        key=same.key if same else f"{visitor}|{first.isoformat()}", visitor=visitor, status=status, roles=tuple(roles),
        first=first, last=last,
    )  # fmt: skip
    items = [_item(made, _body(store, made.key))]
    ended = [row for row in rows if row.first < first and row.holds(first)]
    items += [(KIND, row.key, {**_body(store, row.key), "to": (first - _DAY).isoformat()}) for row in ended]
    file = volunteer_file.with_status(store, visitor, status, first)
    if file is not None:
        items.append((volunteer_file.KIND, visitor, file))
    store.save_all(items)
    words = [tr("Entered: {row}.", row=made.words)]
    if same is not None:
        words.append(tr("It stands in place of: {row}.", row=same.words))
    elif ended:
        words.append(tr("What was before now ends on {day}.", day=day_words(first - _DAY)))
    return " ".join(words)


def correct(store: Store, row: Row, status: str, roles: Sequence[str], first: date, last: date | None) -> None:
    """Put a row right; `row` as it was read. Its first day may change too: then the record takes another reference.

    Raises InvalidInput: "status", "roles", "dates", "overlap" naming the other row, "gone", "office_only".
    """
    _check(status, roles)
    if last is not None and last < first:
        raise InvalidInput("dates", tr("The last day lies before the first. Please look at the two days."))
    held = store.current(KIND, row.key)
    if held is None or held.deleted:
        raise InvalidInput("gone", tr("That row is no longer there. Please look at the page again."))
    made = Row(
        key=f"{row.visitor}|{first.isoformat()}", visitor=row.visitor, status=status, roles=tuple(roles), first=first,
        last=last,
    )  # fmt: skip
    if first == row.first:
        made = Row(
            key=row.key, visitor=row.visitor, status=status, roles=tuple(roles), first=first, last=last,
        )  # fmt: skip
    other = next((each for each in of(store, row.visitor) if each.key != row.key and _share(each, made)), None)
    if other is not None:
        raise InvalidInput(
            "overlap",
            tr(
                "These days are taken by another row: {row}. Put that one right first, or choose other days.",
                row=other.words,
            ),
        )
    if made.key == row.key:
        store.save(KIND, row.key, _item(made, held.body)[2], seen=row.heads or None)
        return
    store.save_all([_item(made, held.body), (KIND, row.key, {**held.body, "deleted": True})])


def remove(store: Store, row: Row) -> None:
    """Take a row away that was entered by mistake. Raises InvalidInput("gone", "office_only")."""
    held = store.current(KIND, row.key)
    if held is None or held.deleted:
        raise InvalidInput("gone", tr("That row is no longer there. Please look at the page again."))
    store.save(KIND, row.key, {**held.body, "deleted": True})


def _check(status: str, roles: Sequence[str]) -> None:
    if status not in volunteer_words.STATUSES:
        raise InvalidInput("status", tr("Please choose a status."))
    if not roles:
        raise InvalidInput("roles", tr("Please choose at least one role."))


def _item(row: Row, body: Body) -> Item:
    kept = {name: value for name, value in body.items() if name not in ("to", "deleted")}
    told: Body = {
        "visitor": row.visitor, "roles": ";".join(dict.fromkeys(row.roles)), "status": row.status,
        "from": row.first.isoformat(),
    }  # fmt: skip
    return KIND, row.key, {**kept, **told, **({"to": row.last.isoformat()} if row.last else {})}


def _body(store: Store, key: str) -> Body:
    record = store.current(KIND, key)
    return {} if record is None or record.deleted else record.body


def _share(row: Row, other: Row) -> bool:
    return (row.last is None or other.first <= row.last) and (other.last is None or row.first <= other.last)


def _order(row: Row) -> tuple[date, date]:
    return row.first, row.last or date.max


def _row(record: Record) -> Row | None:
    body = record.body
    visitor, first = text(body.get("visitor")), _day(body.get("from"))
    if visitor is None or first is None:
        return None
    return Row(
        key=record.key, visitor=visitor, status=text(body.get("status")) or "",
        roles=tuple((spread(body.get("roles")) or "").split()), first=first, last=_day(body.get("to")),
        heads=record.heads,
    )  # fmt: skip


def _day(value: Any) -> date | None:
    found = day(value)
    return date.fromisoformat(found) if found else None
