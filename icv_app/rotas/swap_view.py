"""Swaps as their pages show them: each in words, with what the person at this laptop may say to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.rotas import rota, swap
from icv_app.rotas.rota import Slot
from icv_app.rotas.rota_office import Rota
from icv_app.rotas.swap import Swap
from icv_app.storage.store import Store
from icv_app.wording import listed

_OFFICE = "office"

Answer = tuple[str, str]
"""What may be said: its code, and the words of its button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One swap in words; `may` is what this person may say to it, () where it is somebody else's turn."""

    key: str
    words: str
    may: tuple[Answer, ...]


def shown(store: Store, person: str, today: date, *, office: bool) -> tuple[Asked, ...]:
    """Return the swaps to show: to the office those to confirm, to a volunteer their own about visits to come."""
    every = swap.every(store)
    slots = {slot.slot: slot for slot in rota.read(store, whole=office)} if every else {}
    found = []
    for each in every:
        slot = slots.get(each.slot)
        if slot is None or slot.last < today or each.state in ("done", "withdrawn"):
            continue
        may = tuple(_may(each, person, office))
        if may or (not office and person in (each.asked_by, each.asked)):
            words = _words(each, slots, person, refused=_is_refused(store, each))
            found.append(Asked(key=each.key, words=words, may=may))
    return tuple(sorted(found, key=lambda each: (not each.may, each.words)))


def settle(store: Store, office: Rota, key: str, answer: str) -> str:
    """Do what was said to a swap, and return what is to be told of it.

    "done" confirms it and "refused" turns it down, both for the office; the others are as of `Rota.answer_swap`. Raises
    what that and `Rota.confirm_swap` raise.
    """
    known = swap.one(store, key)
    if answer == "done":
        changed = office.confirm_swap(key)
        return tr(
            "Saved on this laptop: {slots}. They see it once you have shared. Days that were agreed before are taken "
            "back.",
            slots="; ".join(
                tr("{where}: {pair}", where=rota.where(slot), pair=listed(slot.visitors)) for slot in changed
            ),
        )
    if answer == "refused":
        _refuse(store, known)
        return tr("Saved on this laptop: the rota stays as it is. They see it once you have shared.")
    office.answer_swap(key, answer)
    if answer == "agreed":
        return tr(
            "Saved on this laptop. The office changes the rota once you have shared; until then {asked_by} goes.",
            asked_by=known.asked_by,
        )
    if answer == "withdrawn":
        return tr("Taken back on this laptop. {asked} sees it once you have shared.", asked=known.asked)
    return tr("Saved on this laptop. {asked_by} sees it once you have shared.", asked_by=known.asked_by)


def _may(each: Swap, person: str, office: bool) -> Iterator[Answer]:
    if office:
        if each.state == "agreed":
            yield "done", tr("Confirm")
            yield "refused", tr("Refuse")
    elif each.state == "asked" and each.asked == person:
        yield "agreed", tr("Yes, I will go")
        yield "declined", tr("No")
    elif each.open and each.asked_by == person:
        yield "withdrawn", tr("Take it back")


def _refuse(store: Store, known: Swap) -> None:
    if known.state != "agreed":
        raise InvalidInput("settled", tr("This swap is settled: {state}.", state=known.state_words))
    record = store.current(swap.KIND, known.key)
    assert record is not None  # `swap.one` has read it
    store.save(swap.KIND, known.key, {**record.body, "state": "declined", "declined_by": _OFFICE})


def _is_refused(store: Store, known: Swap) -> bool:
    record = store.current(swap.KIND, known.key)
    return known.state == "declined" and record is not None and record.body.get("declined_by") == _OFFICE


def _words(each: Swap, slots: Mapping[str, Slot], person: str, *, refused: bool) -> str:
    where, other = rota.where(slots[each.slot]), slots.get(each.other_slot)
    if each.asked == person:
        told = tr("{asked_by} asks you to go in their place: {where}.", asked_by=each.asked_by, where=where)
        back = tr("They would go for you: {where}.", where=rota.where(other)) if other else ""
    elif each.asked_by == person:
        told = tr("You asked {asked} to go in your place: {where}.", asked=each.asked, where=where)
        back = tr("You would go for them: {where}.", where=rota.where(other)) if other else ""
    else:
        told = tr(
            "{asked} would go for {asked_by}: {where}.", asked=each.asked, asked_by=each.asked_by, where=where
        )  # fmt: skip
        back = tr("And the other way round: {where}.", where=rota.where(other)) if other else ""
    if refused:
        return " ".join(filter(None, (told, back, tr("The office turned it down."))))
    state = tr("It is {state}.", state=each.state_words) if each.state != "asked" or each.asked != person else ""
    return " ".join(filter(None, (told, back, state)))
