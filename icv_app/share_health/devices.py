"""The laptops of the scheme as one of them sees them: who has one, when it was heard of, what is missing of it.

Told from what every laptop writes of itself (`enrolment`, `presence`) and from its chains; never from a remembered
mark, and not by asking it.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from icv_app.clock import LONDON
from icv_app.encryption.faults import in_words
from icv_app.errors import Unavailable
from icv_app.identity import Identity
from icv_app.scheme import scheme_settings
from icv_app.sharing import presence
from icv_app.sharing.presence import Presence
from icv_app.storage.revision import clock_of
from icv_app.storage.store import Store
from icv_app.storage.survey import Step, Survey

SKEW: Final = timedelta(minutes=10)
"""By how much a laptop's clock may be off without a word."""
MONTH: Final = timedelta(days=28)
"""From here a clock is not only off: the date of the laptop is wrong."""
_FURTHEST: Final = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A laptop. `device` is its id, "" for a writer that nothing names; `own` is the laptop that tells this.

    `entries` of it are here, the last written at `written` by its own clock; something of it came last at `received`.
    `seen` is when it surely exchanged last, `silent` how long before this laptop's last look that was. `gaps` are the
    numbers that are missing here, `forks` the numbers that it wrote twice, `writers` the ids under which it wrote: each
    restored backup takes a new one. `fast` says by how much its clock was ahead when it shared last, `steps` where that
    went back, `ahead` by how much its last entry lies in the future.
    """

    device: str
    person: str
    role: str
    own: bool = False
    joined: datetime | None = None
    writers: tuple[bytes, ...] = ()
    entries: int = 0
    written: datetime | None = None
    received: datetime | None = None
    seen: datetime | None = None
    silent: timedelta | None = None
    overdue: bool = False
    gaps: tuple[tuple[int, int], ...] = ()
    forks: int = 0
    presence: Presence | None = None
    fast: timedelta | None = None
    steps: tuple[Step, ...] = ()
    ahead: timedelta | None = None

    @property
    def missing(self) -> int:
        """How many of its entries are known not to be here."""
        return sum(last - first + 1 for first, last in self.gaps)


def note_arrivals(store: Store) -> None:
    """Note of which writers something came since this was noted last. A fault of the disk is left to the next save."""
    with suppress(Unavailable), in_words():
        known = dict(store.connection.execute("SELECT replica, n FROM arrival"))
        news = [(replica, head.n) for replica, head in store.vector().items() if known.get(replica) != head.n]
        now = store.clock.now().isoformat()
        store.connection.executemany(
            "INSERT INTO arrival(replica, n, received) VALUES (?, ?, ?)"
            " ON CONFLICT(replica) DO UPDATE SET n = excluded.n, received = excluded.received",
            [(replica, n, now) for replica, n in news],
        )


def every(store: Store, identity: Identity, survey: Survey) -> tuple[Device, ...]:
    """Return every laptop that is known of: this one first, then by person. Raises Unavailable."""
    with in_words():
        owners = _owners(store)
        arrivals = {replica: datetime.fromisoformat(at) for replica, at in store.connection.execute(
            "SELECT replica, received FROM arrival")}  # fmt: skip
        heads = store.vector()
        lasts = {
            replica: store.connection.execute(
                "SELECT hlc, author FROM revision WHERE rev = ?", (head.max_rev,)
            ).fetchone()
            for replica, head in heads.items()
        }  # fmt: skip
    said = presence.every(store)
    enrolled = {record.key: record.body for record in store.records("enrolment")}
    authors = {replica: last[1] for replica, last in lasts.items() if last}
    people = {device: str(body.get("person", "")) for device, body in enrolled.items()}
    owners = {**_by_person(authors, people, owners), **owners, store.replica: identity.device}
    within = scheme_settings.read(store).sync_within_days
    now, checked = store.clock.now(), store.sharing().checked
    found = []
    groups: dict[tuple[str, str], list[bytes]] = {(device, person): [] for device, person in people.items()}
    for replica in heads:
        device = owners.get(replica, "")
        who = people.get(device) or authors.get(replica, "")
        groups.setdefault((device, who), []).append(replica)
    for (device, person), replicas in groups.items():
        own = device == identity.device
        written = max((_moment(lasts[each][0]) for each in replicas if lasts[each]), default=None)
        received = max((arrivals[each] for each in replicas if each in arrivals), default=None)
        told = said.get(device)
        fast = presence.fast(store) if own else told.fast if told else None
        seen = checked if own else _seen(written, received, fast)
        silent = max(checked - seen, timedelta(0)) if checked and seen else None
        if own and checked:
            silent = now - checked
        chains = [survey.chains[each] for each in replicas if each in survey.chains]
        body = enrolled.get(device, {})
        found.append(
            Device(
                device=device, person=person, role=str(body.get("role", "")), own=own,
                joined=_when(body.get("enrolled_at")), writers=tuple(sorted(replicas)),
                entries=sum(heads[each].n for each in replicas), written=written, received=received, seen=seen,
                silent=silent, overdue=silent is not None and silent.days > within,
                gaps=tuple(gap for chain in chains for gap in chain.gaps), forks=sum(chain.forks for chain in chains),
                presence=told, fast=fast, steps=tuple(step for step in survey.steps if step.replica in replicas),
                ahead=_ahead(written, now, fast),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda each: (not each.own, each.person, each.device)))


def _owners(store: Store) -> dict[bytes, str]:
    """Return the device of each writer that told of itself."""
    query = (
        "SELECT DISTINCT r.replica, c.key FROM current c JOIN revision r ON r.record = c.record"
        " WHERE c.kind = ? AND r.parents = x''"
    )
    owners = dict(store.connection.execute(query, ("enrolment",)))
    query = "SELECT DISTINCT r.replica, c.key FROM current c JOIN revision r ON r.record = c.record WHERE c.kind = ?"
    return {**owners, **dict(store.connection.execute(query, (presence.KIND,)))}


def _by_person(authors: dict[bytes, str], people: dict[str, str], owners: dict[bytes, str]) -> dict[bytes, str]:
    """Return the device of a writer that never told of itself, where its author has only one laptop."""
    found = {}
    for replica, author in authors.items():
        theirs = [device for device, person in people.items() if person == author]
        if replica not in owners and len(theirs) == 1:
            found[replica] = theirs[0]
    return found


def _seen(written: datetime | None, received: datetime | None, fast: timedelta | None) -> datetime | None:
    """Return when a laptop surely exchanged last: it tells of itself at most a day before, and never after it came."""
    if written is None or received is None:
        return received
    return received if fast is not None and abs(fast) > timedelta(days=1) else min(written, received)


def _ahead(written: datetime | None, now: datetime, fast: timedelta | None) -> timedelta | None:
    """Return by how much the last entry lies in the future, unless the laptop's clock is known to be right.

    A writer numbers its entries after those that it has seen, so one fast clock drags the times of the others along.
    """
    if written is None or written - now <= SKEW or (fast is not None and abs(fast) <= SKEW):
        return None
    return written - now


def _moment(hlc: int) -> datetime:
    try:
        return clock_of(hlc)
    except (OverflowError, ValueError, OSError):  # an absurd clock
        return _FURTHEST


def _when(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
        return found.astimezone(LONDON) if found.tzinfo else found.replace(tzinfo=LONDON)
    except (ValueError, OverflowError):  # the first day of the calendar has no day before it
        return None
