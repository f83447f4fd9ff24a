"""The last adoption of a proposed rota, and its undoing in one step: the slots are put back as they were.

What an adoption changed is a record of its own, which the office alone reads (`audience`), so that it can be undone
tomorrow, and on another laptop of the office. What somebody changed since is left as it is, and counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from forms.translation import plural, tr
from icv_app.errors import InvalidInput
from icv_app.figure import Period
from icv_app.periods import parse_period
from icv_app.rotas import planning, rota
from icv_app.rotas.rota_office import Rota
from icv_app.rotas.rota_proposal import Proposal
from icv_app.storage.fact_cells import text
from icv_app.storage.revision import Body
from icv_app.storage.store import Item, Store

KIND: Final = "adopted_rota"

People = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What one adoption did: by slot, who was named `before` (None: the slot is new) and who `after`."""

    key: str
    period: Period
    by: str
    at: datetime
    before: Mapping[str, People | None]
    after: Mapping[str, People]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """How many slots were put back as they were, and how many stay because somebody changed them since."""

    back: int
    kept: int

    @property
    def words(self) -> str:
        """It in a sentence or two."""
        told = plural("{count} slot is as it was before.", "{count} slots are as they were before.", self.back)
        if not self.kept:
            return told
        return tr(
            "{told} {kept}",
            told=told,
            kept=plural(
                "{count} was changed since and stays as it is.", "{count} were changed since and stay as they are.",
                self.kept,
            ),
        )  # fmt: skip


def adopt(store: Store, office: Rota, proposal: Proposal, *, by: str, now: datetime) -> int:
    """Adopt a proposal, with a note of what it changed; return how many slots were saved. Raises as `Rota.adopt`."""
    new = {slot.slot for slot in proposal.added}
    at = now.isoformat(timespec="seconds")
    slots = {
        slot.slot: {
            "after": list(slot.visitors),
            **({} if slot.slot in new else {"before": list(rota.people(_body(store, slot.slot).get("visitors")))}),
        }
        for slot in proposal.changed
    }
    body: Body = {"period": proposal.period.name, "by": by, "at": at, "state": "adopted", "slots": slots}
    office.adopt(proposal, also=[(KIND, f"{proposal.period.name}|{at}", body)])
    return len(proposal.changed)


def last(store: Store) -> Adopted | None:
    """Return the newest adoption that was not undone; None where there is none."""
    found = [each for record in store.records(KIND) if (each := _of(record.key, record.body)) is not None]
    return max(found, key=lambda each: each.at, default=None)


def undo(store: Store) -> Undone:
    """Put the slots of the last adoption back as they were, in one go: new ones go, the others lose who was named then.

    Days that a pair agreed meanwhile are taken back with it. Raises InvalidInput("nothing_to_undo") or Unavailable.
    """
    adopted = last(store)
    if adopted is None:
        raise InvalidInput("nothing_to_undo", tr("There is no rota to undo."))
    held = {slot.slot: slot for slot in rota.read(store)}
    items: list[Item] = []
    kept = 0
    for slot, after in adopted.after.items():
        now = held.get(slot)
        if now is None or now.status != "planned" or now.visitors != after:
            kept += 1
            continue
        body, named = _body(store, slot), adopted.before[slot]
        items.append(
            (rota.KIND, slot, {**body, "deleted": True} if named is None else {**body, "visitors": list(named)})
        )
        items.extend(planning.without(store, slot))
    back = sum(item[0] == rota.KIND for item in items)
    record = store.current(KIND, adopted.key)
    assert record is not None  # it was found just now
    store.save_all([*items, (KIND, adopted.key, {**record.body, "state": "undone"})])
    return Undone(back=back, kept=kept)


def _body(store: Store, slot: str) -> Body:
    record = store.current(rota.KIND, slot)
    return {} if record is None or record.deleted else record.body


def _of(key: str, body: Body) -> Adopted | None:
    slots = body.get("slots")
    try:
        period, at = parse_period(str(body.get("period"))), datetime.fromisoformat(str(body.get("at")))
    except (InvalidInput, ValueError):
        return None
    if body.get("state") != "adopted" or not isinstance(slots, Mapping) or at.tzinfo is None:
        return None
    told = {slot: said for slot, said in slots.items() if isinstance(said, Mapping)}
    return Adopted(
        key=key, period=period, by=text(body.get("by")) or "", at=at,
        before={
            slot: rota.people(said["before"]) if "before" in said else None for slot, said in told.items()
        },
        after={slot: rota.people(said.get("after")) for slot, said in told.items()},
    )  # fmt: skip
