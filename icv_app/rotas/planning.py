"""Planning: the day and time that a pair agreed for a planned visit, told to nobody but the pair and the office.

A visit is unannounced (`domain.md` C). So the plan is a record of its own beside the slot of the rota, which everybody
reads: sealed to the pair and the office (`audience`), in no document, no export and no line of the log but its slot.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.storage.revision import Body
from icv_app.storage.store import Item, Record, Saved, Store
from icv_app.wording import day_words

KIND: Final = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When the visit of a slot is to be made, by whom; `time` None where only the day was agreed."""

    slot: str
    site: str
    visitors: tuple[str, ...]
    day: date
    time: time | None


def plan(store: Store, slot: str, day: date, at: time | None, *, today: date) -> Saved:
    """Save when the visit of a slot is to be made; `day` None in a later save is not possible: `drop` takes it back.

    Raises InvalidInput: "no_slot", "no_pair" where nobody is named for it yet, "past_day", and "not_theirs" for a
    visitor who is none of the pair.
    """
    record = store.current("slot", slot)
    if record is None or record.deleted:
        raise InvalidInput("no_slot", tr("There is no planned visit {slot} on this laptop.", slot=slot))
    visitors = _people(record.body)
    if not visitors:
        raise InvalidInput("no_pair", tr("Nobody is named for {slot} yet. Name the pair first.", slot=slot))
    if day < today:
        raise InvalidInput("past_day", tr("{day} has passed. Please give a day to come.", day=day_words(day)))
    body: Body = {"slot": slot, "visitors": list(visitors), "day": day.isoformat()}
    return store.save(KIND, slot, {**body, **({"time": f"{at:%H:%M}"} if at else {})})


def drop(store: Store, slot: str) -> None:
    """Take back what was planned for a slot. Raises InvalidInput("no_plan")."""
    record = store.current(KIND, slot)
    if record is None or record.deleted:
        raise InvalidInput("no_plan", tr("No day is planned for {slot}.", slot=slot))
    store.save(KIND, slot, _taken_back(store, record))


def without(store: Store, slot: str) -> list[Item]:
    """Return the item to save that takes back what was planned for a slot, [] where nothing was.

    For a pair that changes: somebody who no longer goes would know the day.
    """
    record = store.current(KIND, slot)
    if record is None or record.deleted:
        return []
    return [(KIND, slot, _taken_back(store, record))]


def _taken_back(store: Store, record: Record) -> Body:
    """Return what tells those who had agreed a day that it holds no more."""
    said = _of_the_pair(store, record) or record.body
    return {"slot": record.key, "visitors": said.get("visitors", []), "deleted": True}


def plans(store: Store) -> Iterator[Plan]:
    """Yield the plans that this laptop may read, the soonest first; one of people who do not go is none."""
    found = []
    for record in store.records(KIND):
        body, slot = _of_the_pair(store, record), store.current("slot", record.key)
        if body is None or slot is None or body.get("deleted") is True:
            continue
        try:
            day = date.fromisoformat(str(body["day"]))
            at = time.fromisoformat(body["time"]).replace(tzinfo=None) if body.get("time") else None
        except (KeyError, TypeError, ValueError):
            continue
        visitors = tuple(map(str, body["visitors"]))
        found.append(Plan(slot=record.key, site=str(slot.body.get("site", "")), day=day, time=at, visitors=visitors))
    yield from sorted(found, key=lambda each: (each.day, each.time or time.min, each.slot))


def _of_the_pair(store: Store, record: Record) -> Body | None:
    """Return what those say who are named for the slot: somebody else may have put a day of their own beside it."""
    slot = store.current("slot", record.key)
    people = set() if slot is None or slot.deleted else set(_people(slot.body))
    if not record.conflicts:
        return record.body if _is_among(record.body, people) else None
    heads = [each.body for each in store.history(record.record) if each.rev in record.heads]
    return next((body for body in reversed(heads) if _is_among(body, people)), None)


def _is_among(body: Body, people: Container[str]) -> bool:
    visitors = body.get("visitors")
    return isinstance(visitors, list) and all(isinstance(each, str) and each in people for each in visitors)


def _people(slot: Body) -> tuple[str, ...]:
    named = slot.get("visitors")
    parts = named.split(";") if isinstance(named, str) else named if isinstance(named, list) else ()
    return tuple(name for each in parts if (name := str(each).strip()))
