"""Swaps: one visitor asks another to go in their place, the other says yes or no, and the office changes the rota.

A volunteer on a slot asks (`ask`); with another slot the two change places. The one asked agrees or declines, the one
who asked may take it back, until the office has confirmed it (`confirm`), which looks again at who may go. Read by the
two and the office (`audience`); only the office writes a slot (`rights`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from forms.translation import later, tr
from icv_app.errors import InvalidInput
from icv_app.rotas import planning, rota
from icv_app.rotas.rota import Slot
from icv_app.rotas.rota_people import People
from icv_app.storage.fact_cells import text
from icv_app.storage.revision import Body
from icv_app.storage.store import Item, Store
from icv_app.wording import listed

KIND: Final = "swap"
_AGREED_TO: Final = "agreed_to"
"""The field that says for which other slot it was agreed: two laptops that meet late may have said different things."""

STATES: Final = {
    "asked": later("waiting for an answer"),
    "agreed": later("agreed; the office has to confirm it"),
    "declined": later("declined"),
    "withdrawn": later("taken back"),
    "done": later("done"),
}
"""In words that stand after whom it is between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """`asked_by` asks `asked` to go to `slot` in their place, and goes to `other_slot` for them ("": a favour)."""

    key: str
    slot: str
    asked_by: str
    asked: str
    state: str
    other_slot: str = ""

    @property
    def open(self) -> bool:
        """Whether somebody has still to do something about it."""
        return self.state in ("asked", "agreed")

    @property
    def state_words(self) -> str:
        """How it stands."""
        return tr(STATES[self.state])


def every(store: Store) -> tuple[Swap, ...]:
    """Return the swaps that this laptop may read, by slot; what cannot be understood is left out."""
    return tuple(found for record in store.records(KIND) if (found := _of(record.key, record.body)) is not None)


def ask(store: Store, people: People, slot: str, asked_by: str, asked: str, other_slot: str = "") -> Swap:
    """Save that `asked_by` asks `asked` to take over a slot (and gives `other_slot` for it, where one is named).

    Raises InvalidInput: "no_slot", "not_in_it" where either is not named for what they give, "settled" for a slot that
    is over or no longer planned, "barred" where it is known here already that one could not go, "asked" where the same
    is asked already.
    """
    wanted = Swap(
        key=f"{slot}|{asked_by}|{asked}", slot=slot, asked_by=asked_by, asked=asked, state="asked",
        other_slot=other_slot,
    )  # fmt: skip
    after(people, wanted)
    held = store.current(KIND, wanted.key)
    known = None if held is None or held.deleted else _of(wanted.key, held.body)
    if known is not None and known.open:
        raise InvalidInput(
            "asked", tr("{asked} has been asked already: {state}.", asked=asked, state=known.state_words)
        )
    _save(store, wanted)
    return wanted


def answer(store: Store, key: str, person: str, state: str) -> Swap:
    """Save what one of the two says: `asked` agrees or declines, `asked_by` takes it back ("withdrawn").

    Raises InvalidInput: "no_swap", "settled" where it is over, "not_theirs" where it is not theirs to say.
    """
    known = one(store, key)
    if not known.open or (state == "agreed" and known.state == "agreed"):
        raise InvalidInput("settled", tr("This swap is settled: {state}.", state=known.state_words))
    own = {known.asked_by: ("withdrawn",), known.asked: ("agreed", "declined")}
    if state not in own.get(person, ()):
        raise InvalidInput("not_theirs", tr("That is not for {person} to say in this swap.", person=person))
    told = replace(known, state=state)
    _save(store, told)
    return told


def confirm(store: Store, people: People, key: str) -> tuple[Slot, ...]:
    """Change the rota by a swap that was agreed, once who may go is looked at again; return the slots as they now are.

    For the office: slot, swap and the days that the former pairs had agreed are saved in one go. Raises InvalidInput:
    "no_swap", "not_agreed", and what `ask` raises.
    """
    known = one(store, key)
    if known.state != "agreed":
        raise InvalidInput("not_agreed", tr("{asked} has not agreed to it yet.", asked=known.asked))
    changed = after(people, known)
    items: list[Item] = [(KIND, key, _body(replace(known, state="done")))]
    for slot in changed:
        record = store.current(rota.KIND, slot.slot)
        assert record is not None  # read with the slots
        items.append((rota.KIND, slot.slot, {**record.body, "visitors": list(slot.visitors)}))
        items.extend(planning.without(store, slot.slot))
    store.save_all(items)
    return changed


def after(people: People, wanted: Swap) -> tuple[Slot, ...]:
    """Return the slots as the swap would leave them. Raises InvalidInput where it cannot be, as `ask` does."""
    if wanted.asked == wanted.asked_by or wanted.slot == wanted.other_slot:
        raise InvalidInput("not_in_it", tr("A swap is between two people, and two visits at the most."))
    changed = [_handed(people, wanted.slot, wanted.asked_by, wanted.asked)]
    if wanted.other_slot:
        changed.append(_handed(people, wanted.other_slot, wanted.asked, wanted.asked_by))
    told = {slot.slot: slot for slot in changed}
    then = replace(people, slots=tuple(told.get(slot.slot, slot) for slot in people.slots))
    for slot, comes in zip(changed, (wanted.asked, wanted.asked_by), strict=False):
        # they say themselves that they can, so what they said of their weeks before does not count
        bars = [bar.words for bar in then.bars(comes, slot) if bar.code not in ("away", "most")]
        if bars:
            words = tr("{slot}. {visitor}: {reasons}.", visitor=comes, slot=rota.where(slot), reasons=listed(bars))
            raise InvalidInput("barred", words)
        if all(then.learning(each, slot) for each in slot.visitors):
            raise InvalidInput(
                "barred",
                tr(
                    "{slot}: both would be on probation. One of the two must be an active visitor.",
                    slot=rota.where(slot),
                ),
            )
    return tuple(changed)


def one(store: Store, key: str) -> Swap:
    """Return one swap. Raises InvalidInput("no_swap")."""
    record = store.current(KIND, key)
    found = None if record is None or record.deleted else _of(key, record.body)
    if found is None:
        raise InvalidInput("no_swap", tr("There is no swap {key} on this laptop.", key=key))
    return found


def waiting(found: Iterable[Swap], person: str, *, office: bool) -> Iterator[Swap]:
    """Yield the swaps in which it is this person's turn: to answer, or for the office to confirm."""
    for each in found:
        if (each.state == "asked" and each.asked == person) or (each.state == "agreed" and office):
            yield each


def _handed(people: People, key: str, goes: str, comes: str) -> Slot:
    """Return a slot with one person in another's place."""
    slot = next((each for each in people.slots if each.slot == key), None)
    if slot is None:
        raise InvalidInput("no_slot", tr("There is no planned visit {slot} on this laptop.", slot=key))
    if slot.status != "planned" or slot.last < people.today:
        raise InvalidInput("settled", tr("{slot} is over, or no longer planned.", slot=rota.where(slot)))
    if goes not in slot.visitors:
        raise InvalidInput("not_in_it", tr("{visitor} is not named for {slot}.", visitor=goes, slot=rota.where(slot)))
    if comes in slot.visitors:
        raise InvalidInput("not_in_it", tr("{visitor} goes to {slot} already.", visitor=comes, slot=rota.where(slot)))
    return replace(slot, visitors=tuple(comes if each == goes else each for each in slot.visitors))


def _of(key: str, body: Body) -> Swap | None:
    slot, asked_by, asked = (text(body.get(name)) for name in ("slot", "asked_by", "asked"))
    state = text(body.get("state"))
    if slot is None or asked_by is None or asked is None or state not in STATES:
        return None
    other = text(body.get("other_slot")) or ""
    if state == "agreed" and body.get(_AGREED_TO, other) != other:  # meanwhile it was asked anew, for another slot
        state = "asked"
    return Swap(key=key, slot=slot, asked_by=asked_by, asked=asked, state=state, other_slot=other)


def _save(store: Store, wanted: Swap) -> None:
    store.save(KIND, wanted.key, _body(wanted))


def _body(wanted: Swap) -> Body:
    body: Body = {
        "slot": wanted.slot, "asked_by": wanted.asked_by, "asked": wanted.asked, "state": wanted.state,
    }  # fmt: skip
    if wanted.state in ("agreed", "done"):
        body[_AGREED_TO] = wanted.other_slot
    return {**body, **({"other_slot": wanted.other_slot} if wanted.other_slot else {})}
