"""Bulk changes of the office: one change to many findings or slots, shown first, saved in one go, undone in one step.

    preview = bulk_change.preview(store, records, change, by)   # nothing is saved
    applied = bulk_change.apply(store, preview)                 # one transaction, on disk when it returns
    undone = bulk_change.undo(store, applied)                   # what changed since is left, and named

Each record is judged by the rules that hold for one alone (`follow_up`, `slot_reasons`); a refused one stays as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from forms.translation import later, plural, tr
from icv_app import follow_up, issue_wording, slot_reasons
from icv_app.errors import InvalidInput
from icv_app.follow_up import By
from icv_app.issue_state import ENDED, day
from icv_app.issue_state import status as issue_status
from icv_app.rotas import rota
from icv_app.storage.fact_cells import text
from icv_app.storage.revision import Body
from icv_app.storage.store import Record, Store
from icv_app.wording import day_words, listed

MOST: Final = 500
"""Records that one bulk change may reach: a preview of more would be read by nobody."""

KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "send": ("issue",), "due": ("issue",), "theme": ("issue",), "severity": ("issue",), "settle": ("slot",),
}  # fmt: skip
"""The kind of record that each change is for."""

NAMES: Final[Mapping[str, str]] = {
    "send": later("Mark as sent to the police"), "due": later("Set when the answer is due"),
    "theme": later("Set the theme"), "severity": later("Set how serious they are"),
    "settle": later("Say why the visits were not made"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be done to every record. `what`: a name of KINDS.

    `value`: to whom (send), a theme or severity, the status of a slot. `on`: the day of sending or when it is due.
    `days`: working days within which an answer is due. `reason`, `cancelled_by` and `words` as for `slot_reasons`.
    """

    what: str
    value: str = ""
    on: date | None = None
    days: int = 0
    reason: str = ""
    cancelled_by: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a change does to one record, in words; `refused` says why not, "" where it does. `body` None: nothing."""

    kind: str
    key: str
    heads: tuple[bytes, ...]
    before: str
    after: str = ""
    refused: str = ""
    was: Body
    body: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a change would do, record by record."""

    lines: tuple[Line, ...]

    @property
    def changing(self) -> tuple[Line, ...]:
        """The lines of the records that it would change."""
        return tuple(line for line in self.lines if line.body is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What was changed, with what `undo` needs: each line as previewed, and the heads that the change made."""

    lines: tuple[tuple[Line, tuple[bytes, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """How many records are as they were, and the references of those that were left since they changed meanwhile."""

    count: int
    left: tuple[str, ...]

    @property
    def words(self) -> str:
        """What came of it."""
        told = plural("{count} record is as it was before.", "{count} records are as they were before.", self.count)
        if not self.left:
            return told
        kept = tr("Left as they are, because they were changed since: {keys}.", keys=listed(self.left))
        return f"{told} {kept}" if self.count else kept


def preview(store: Store, records: Iterable[Record], change: Change, by: By) -> Preview:
    """Return what `change` would do to `records`. Raises InvalidInput("bulk") for too many, or none of its kind."""
    chosen = [record for record in records if record.kind in KINDS[change.what]]
    if not chosen:
        raise InvalidInput("bulk", tr("There is nothing among what was found that this can be done to."))
    if len(chosen) > MOST:
        raise InvalidInput(
            "bulk", tr("That is {count:,} records. Narrow it down to {most} at the most.", count=len(chosen), most=MOST)
        )
    step = (
        _settling(store, change, by) if change.what == "settle" else partial(_STEPS[change.what], change=change, by=by)
    )
    return Preview(lines=tuple(_line(record, step, change) for record in chosen))


def apply(store: Store, found: Preview) -> Applied:
    """Save what a preview showed, all or nothing. Raises InvalidInput("stale") where a record changed since."""
    for line in found.changing:
        held = store.current(line.kind, line.key)
        if held is None or held.heads != line.heads:
            raise InvalidInput(
                "stale",
                tr("{key} was changed meanwhile. Nothing was saved. Please look at the changes again.", key=line.key),
            )
    store.save_all([(line.kind, line.key, line.body, line.heads) for line in found.changing if line.body is not None])
    made = ((line, store.current(line.kind, line.key)) for line in found.changing)
    return Applied(lines=tuple((line, held.heads) for line, held in made if held is not None))


def undo(store: Store, applied: Applied) -> Undone:
    """Save again what each record said before, in one go, as long as it is what the change made of it."""
    back: list[tuple[Line, tuple[bytes, ...]]] = []
    left: list[str] = []
    for line, heads in applied.lines:
        held = store.current(line.kind, line.key)
        if held is not None and held.heads == heads:
            back.append((line, heads))
        else:
            left.append(line.key)
    if back:
        store.save_all([(line.kind, line.key, line.was, heads) for line, heads in back])
    return Undone(count=len(back), left=tuple(left))


# One record ----------------------------------------------------------------------------------------------------------


def _line(record: Record, step: Callable[[Record], Body], change: Change) -> Line:
    before = _said(record.body, change)
    refused, body = "", None
    try:
        made = step(record)
        if made == record.body:
            refused = tr("It is so already.")
        else:
            body = made
    except InvalidInput as error:
        refused = error.words
    return Line(
        kind=record.kind, key=record.key, heads=record.heads, before=before, refused=refused, was=record.body,
        after=_said(body, change) if body is not None else "", body=body,
    )  # fmt: skip


def _send(record: Record, change: Change, by: By) -> Body:
    return follow_up.send(record.body, by, to=change.value, days=change.days, on=change.on)


def _due(record: Record, change: Change, by: By) -> Body:
    if change.on is None:
        raise InvalidInput("bulk", tr("Enter the day by which the answer is due."))
    return follow_up.put_off(record.body, by, due_on=change.on)


def _sort(record: Record, change: Change, by: By) -> Body:
    """Give a finding another theme or severity, as long as it is not done with."""
    if issue_status(record.body) in ENDED:
        raise InvalidInput("closed", tr("It is closed. Open it again first."))
    if not change.value:
        raise InvalidInput("bulk", tr("Choose what it is to be."))
    return {**record.body, change.what: change.value}


_STEPS: Final[Mapping[str, Callable[..., Body]]] = {"send": _send, "due": _due, "theme": _sort, "severity": _sort}


def _settling(store: Store, change: Change, by: By) -> Callable[[Record], Body]:
    """Return the step that says of a slot what became of it: by the rules of `rota_office.Rota.mark`."""
    told = slot_reasons.words(change.value, change.reason, change.words, change.cancelled_by)
    held = {slot.slot: slot for slot in rota.read(store)}

    def settle(record: Record) -> Body:
        slot = held.get(record.key)
        if slot is None:
            raise InvalidInput("no_slot", tr("There is no planned visit {slot} on this laptop.", slot=record.key))
        if slot.status == "completed":
            raise InvalidInput("made", tr("The visit was made, so it was not missed or called off."))
        if change.value == "missed" and slot.last >= by.today:
            raise InvalidInput("too_soon", tr("It can still be kept until {day}.", day=day_words(slot.last)))
        kept = {name: value for name, value in record.body.items() if name != "cancelled_by"}
        caller = {"cancelled_by": change.cancelled_by} if change.value == "cancelled" and change.cancelled_by else {}
        return {**kept, "status": change.value, "reason": told, "reason_code": change.reason, **caller}

    return settle


# In words ------------------------------------------------------------------------------------------------------------


def _said(body: Body, change: Change) -> str:
    """Return in words what a record says of that which the change is about."""
    get = body.get
    if change.what == "settle":
        return _joined(issue_wording.spaced(text(get("status")) or "planned"), text(get("reason")) or "")
    if change.what == "send":
        sent, due = day(get("sent_on")), day(get("due_on"))
        return _joined(
            issue_wording.words(issue_wording.STATUSES, issue_status(body)),
            tr("sent on {day}", day=day_words(sent)) if sent else "",
            tr("due on {day}", day=day_words(due)) if due else "",
        )
    if change.what == "due":
        due = day(get("due_on"))
        return tr("due on {day}", day=day_words(due)) if due else tr("no day set")
    table = issue_wording.SEVERITIES if change.what == "severity" else {}
    return issue_wording.words(table, get(change.what)) or tr("not set")


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
