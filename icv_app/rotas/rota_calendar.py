"""The rota in people's calendars: an iCalendar file (RFC 5545) of slots as whole weeks, months or agreed days.

It tells the site, the weeks and who goes, and nothing else: no day and no time that a pair agreed, which stay with the
pair and the office (`planning`), and nothing of custody. A calendar leaves the laptop, often for another firm's server.

    rota_calendar.save(laptop.store, file, scheme=laptop.identity.hub_id, person="ICV01", since=today)

An event keeps its UID, so that reading a later file brings it up to date instead of adding it again; SEQUENCE counts
the versions of its record. The same records give the same bytes.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event

from forms.translation import later, tr
from icv_app.counting import rulebook
from icv_app.errors import InvalidInput
from icv_app.figure import Period
from icv_app.files import whole_file
from icv_app.rotas import rota
from icv_app.rotas.rota import KIND, Slot
from icv_app.storage.revision import clock_of, record_id
from icv_app.storage.store import Store
from icv_app.wording import listed

PRODUCT = "-//icv-app//rota//EN"

_WHAT = {
    "custody_visit": later("Custody visit: {site}"),
    "kennel_visit": later("Kennel visit: {site}"),
    "training_observation": later("Training observation: {site}"),
}
_CALLED_OFF = ("missed", "cancelled", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event: a slot, the number of its version, when that was saved, and whether it is off (for this person)."""

    slot: Slot
    uid: str
    sequence: int
    saved: datetime
    off: bool


def entries(
    store: Store, *, scheme: str, since: date, person: str = "", period: Period | None = None, whole: bool = True
) -> tuple[Entry, ...]:
    """Return the events of the slots that end on `since` or later: those of `person`, or everybody's where it is "".

    A person's has also, as called off, those for which they were named once and are no longer: their calendar may hold
    them. `scheme` is what tells the scheme from others (`Identity.hub_id`), so that no two share a UID.
    """
    book = rulebook.read(store.connection)
    held = rota.read(store, book, whole=whole)
    found = []
    for slot in held if period is None else rota.of_period(held, book, period):
        if slot.last < since:
            continue
        record = record_id(KIND, slot.slot)
        history = store.history(record)
        named = {each for revision in history for each in rota.people(revision.body.get("visitors"))}
        if person and person not in slot.visitors and person not in named:
            continue
        found.append(
            Entry(
                slot=slot, uid=str(uuid.uuid5(uuid.UUID(bytes=record), scheme)), sequence=len(history) - 1,
                saved=clock_of(max(revision.hlc for revision in history)),
                off=slot.status in _CALLED_OFF or bool(person and person not in slot.visitors),
            )
        )  # fmt: skip
    return tuple(found)


def save(
    store: Store, file: Path, *, scheme: str, since: date, person: str = "", period: Period | None = None,
    whole: bool = True,
) -> int:  # fmt: skip
    """Write the file; return how many events it holds. That it leaves the laptop is in the log first.

    `period`: only the slots that belong to it. Raises InvalidInput("no_events"), or Unavailable.
    """
    events = entries(store, person=person, since=since, scheme=scheme, period=period, whole=whole)
    if not events:
        raise InvalidInput("no_events", tr("There is no visit to write into a calendar."))
    store.log("exported", KIND, to="calendar", count=len(events), **({"person": person} if person else {}))
    whole_file.put(file, document(events, person=person))
    return len(events)


def document(events: Iterable[Entry], *, person: str = "") -> bytes:
    """Return the iCalendar file of these events; for one `person` it names the partner, else both who go."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in events:
        calendar.add_component(_event(entry, person))
    made: bytes = calendar.to_ical()
    return made


def _event(entry: Entry, person: str) -> Event:
    slot = entry.slot
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.saved.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("dtstart", slot.first)  # dates without times: VALUE=DATE, the end not included
    event.add("dtend", slot.last + timedelta(days=1))
    event.add("summary", "".join(_summary(entry, person)))
    event.add("description", _description(entry, person))
    event.add("status", "CANCELLED" if entry.off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a week in which to go is not a week that is taken up
    event.add("class", "PRIVATE")
    return event


def _summary(entry: Entry, person: str) -> Iterator[str]:
    slot = entry.slot
    yield tr(_WHAT.get(slot.measure, later("Visit: {site}")), site=slot.site_name)
    others = [visitor for visitor in slot.visitors if visitor != person]
    if entry.off:
        yield tr(" (called off)")
    elif others:
        yield tr(", with {visitor}", visitor=listed(others)) if person else f", {listed(others)}"
    else:
        yield tr(", partner still wanted") if person else tr(", nobody named yet")


def _description(entry: Entry, person: str) -> str:
    if entry.off:
        return tr("You are not expected to go.") if person else tr("Nobody is expected to go.")
    if entry.slot.first == entry.slot.last:
        return tr("The office tells you the rest.")
    return tr(
        "Agree the day and the time with your partner, and tell nobody else: the visit is unannounced. Do not write "
        "them into this calendar."
    )
