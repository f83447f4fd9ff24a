"""The trail: the logs of all laptops of the scheme as the office sees them, and what of them is missing or broken.

A laptop hands its log over in parts, records of kind `audit` which are never changed. They go along when something
else is sent, or alone once an entry has waited for a day; entries that follow from the exchange itself, or from merely
opening the program, wait for a week. Nothing that is entered because of a part being sent or received makes another
one, so a scheme in which nobody does anything falls silent.
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from forms.translation import plural, tr
from icv_app.clock import LONDON
from icv_app.encryption.faults import in_words
from icv_app.errors import Unavailable
from icv_app.logs import log_period
from icv_app.logs.log_period import Span
from icv_app.storage import audit, erasure, meta
from icv_app.storage.audit import HOUSEKEEPING, KIND, Entry
from icv_app.storage.revision import clock_of, record_id
from icv_app.storage.store import Store

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
QUIET = frozenset(("opened", "locked", "shared", "backed_up"))
"""Actions that the program enters by itself at each start or exchange."""

_MARKS = ", ".join("?" * len(HOUSEKEEPING))


# Handing over --------------------------------------------------------------------------------------------------------


def speak(store: Store, *, along: bool) -> bool:
    """Save what waits of this laptop's log for the office if it is time for it; return whether anything was.

    Called amid an exchange: `along` says that something else is about to be sent. Raises Unavailable.
    """
    with in_words():
        due = along or _is_time(store)
    if not due:
        return False
    with store.writing() as pen:
        parts = list(audit.parts(store.connection))
        for key, body, last in parts:
            record = record_id(KIND, key)
            if not erasure.is_erased(store.connection, record):  # by a backup that was put back
                pen.write(record, KIND, key, body)
            audit.mark_handed_over(store.connection, last)
    return bool(parts)


def _is_time(store: Store) -> bool:
    now, (handed, _) = store.clock.now(), audit.handed_over(store.connection)
    for entry in audit.entries(store.connection, handed):
        waited = abs(now - entry.moment) if entry.moment else WEEK  # a clock put back must not keep it for ever
        if waited >= (WEEK if entry.action in QUIET or entry.kind == KIND else DAY):
            return True
    return False


def newest(store: Store) -> int:
    """Return a mark of what this laptop holds now, for `note_shared`."""
    with in_words():
        (found,) = store.connection.execute("SELECT coalesce(max(rowid), 0) FROM revision").fetchone()
    return int(found)


def note_shared(store: Store, since: int) -> None:
    """Enter what an exchange sent and received since the mark `since`; nothing but housekeeping is not told."""
    with in_words():
        connection, mine = store.connection, store.replica
        (received,) = connection.execute(
            f"SELECT count(*) FROM revision WHERE rowid > ? AND replica <> ? AND kind NOT IN ({_MARKS})",  # noqa: S608
            (since, mine, *HOUSEKEEPING),
        ).fetchone()
        name = f"audit_told:{mine.hex()}"
        sent, last = connection.execute(
            f"SELECT sum(kind NOT IN ({_MARKS})), max(seq) FROM revision JOIN shared USING (rev)"  # noqa: S608
            " WHERE replica = ? AND seq > ?",
            (*HOUSEKEEPING, mine, meta.get(connection, name, 0)),
        ).fetchone()
    with contextlib.suppress(Unavailable):  # a full disk: it is told after the next exchange
        if received or sent:
            store.log("shared", sent=sent or 0, received=received)
        if last:
            with in_words():
                meta.put(store.connection, name, last)


# What the office sees ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The log of one laptop: who works at it, how many entries are here, until when, and what is wrong with it.

    `disposed`: what the office itself disposed of when its time was over, in words.
    """

    device: str
    people: tuple[str, ...]
    count: int
    until: datetime | None
    flaws: tuple[str, ...]
    disposed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """Every entry of every laptop that is here, the latest first, and each laptop's chain."""

    entries: tuple[Entry, ...]
    chains: tuple[Chain, ...]

    @property
    def flaws(self) -> tuple[str, ...]:
        """What is wrong, in words that name the laptop."""
        return tuple(
            tr("Laptop {device} ({people}): {flaw}.", device=each.device[:8], people=", ".join(each.people), flaw=flaw)
            for each in self.chains
            for flaw in each.flaws
        )

    @property
    def disposed(self) -> tuple[str, ...]:
        """What was disposed of when its time was over, in words that name the laptop."""
        return tuple(
            tr("Laptop {device} ({people}): {flaw}.", device=each.device[:8], people=", ".join(each.people), flaw=words)
            for each in self.chains
            for words in each.disposed
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which entries are wanted; "" and None: any. `spans` are of this record's revisions (`spans_of`)."""

    person: str = ""
    record: str = ""
    action: str = ""
    first: date | None = None
    last: date | None = None
    spans: tuple[tuple[str, int, str], ...] = ()

    def lets(self, entry: Entry) -> bool:
        """Return whether an entry is wanted."""
        if self.person and entry.person.casefold() != self.person.strip().casefold():
            return False
        if self.action and entry.action != self.action:
            return False
        if self.record and not (_of(entry, self.record.strip().casefold()) or self._in_bulk(entry)):
            return False
        if self.first is None and self.last is None:
            return True
        day = entry.moment.astimezone(LONDON).date() if entry.moment and entry.moment.tzinfo else None
        return day is not None and (self.first or day) <= day <= (self.last or day)

    def _in_bulk(self, entry: Entry) -> bool:
        detail = entry.detail if self.spans and not entry.key else {}
        first, last = detail.get("first"), detail.get("last")
        if not isinstance(first, int) or not isinstance(last, int):
            return False
        return any(
            kind == entry.kind and replica == detail.get("replica") and first <= seq <= last
            for replica, seq, kind in self.spans
        )


def _of(entry: Entry, record: str) -> bool:
    key = entry.key.casefold()
    return key == record or key.startswith(f"{record}|")  # what is said of a report: sign-off, plan


def read(store: Store) -> Trail:
    """Return the logs of all laptops: the parts that were handed over, and this laptop's own entries to the last."""
    logs: dict[str, _Log] = {}
    with in_words():
        query = "SELECT record, key FROM current WHERE kind = ? ORDER BY key, record"
        for record, key in store.connection.execute(query, (KIND,)).fetchall():
            device = key.partition("|")[0]
            logs.setdefault(device, _Log()).add_part(store, record, device)
        own = [entry for entry in audit.entries(store.connection) if entry.readable]
        if own:
            log = logs.setdefault(own[0].device, _Log())
            if (words := audit.verify(store.connection)) is not None:
                log.flaws.append(words)
            log.cut = audit.is_cut(own)
            log.add(own)
        for device, spans in log_period.disposed(store).items():
            if device in logs:
                logs[device].spans = spans
    chains = tuple(log.chain(device) for device, log in sorted(logs.items()))
    every = (entry for log in logs.values() for entry in log.entries())
    return Trail(entries=tuple(sorted(every, key=_order, reverse=True)), chains=chains)


def spans_of(store: Store, record: str) -> tuple[tuple[str, int, str], ...]:
    """Return (writer, number, kind) of each revision of the records with the key `record`, for `Filter.spans`."""
    with in_words():
        rows = store.connection.execute(
            "SELECT r.replica, r.seq, r.kind FROM current c JOIN revision r ON r.record = c.record WHERE c.key = ?",
            (record.strip(),),
        ).fetchall()
    return tuple((replica.hex(), seq, kind) for replica, seq, kind in rows)


def chosen(store: Store, trail: Trail, wanted: Filter) -> tuple[Entry, ...]:
    """Return the entries that are wanted, the latest first; of one record also where it was one of many at once."""
    if wanted.record and not wanted.spans:
        wanted = replace(wanted, spans=spans_of(store, wanted.record))
    return tuple(entry for entry in trail.entries if wanted.lets(entry))


def _order(entry: Entry) -> tuple[float, str, int]:
    return (entry.moment.timestamp() if entry.moment else 0.0, entry.device, entry.n)


class _Log:
    """What is here of one laptop's log: its entries by number and hash, so that what was put back shows as a fork."""

    def __init__(self) -> None:
        self.flaws: list[str] = []
        self.spans: list[Span] = []
        self.cut = False  # whether this is the laptop's own log, which it cut: a volunteer's reads no part of it
        self._held: dict[int, dict[bytes, Entry]] = {}

    def add_part(self, store: Store, record: bytes, device: str) -> None:
        versions = store.history(record)
        for number, version in enumerate(versions):
            body = version.body
            try:
                found = audit.of_part(body)
                if found[0].device != device:
                    raise ValueError("of another laptop")
            except ValueError:
                first = str(body.get("first", "?"))
                self.flaws.append(tr("the part that begins with entry {n} was changed or cannot be read", n=first))
                continue
            if number:
                words = tr(
                    "the part that begins with entry {n} was changed by {person} on {date}", n=found[0].n,
                    person=version.author, date=f"{clock_of(version.hlc):%Y-%m-%d}",
                )  # fmt: skip
                self.flaws.append(words)
            self.add(found)

    def add(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self._held.setdefault(entry.n, {})[entry.hash] = entry

    def entries(self) -> Iterator[Entry]:
        for same in self._held.values():
            yield from same.values()

    def chain(self, device: str) -> Chain:
        every = sorted(self.entries(), key=lambda entry: entry.n)
        people = tuple(sorted({entry.person for entry in every if entry.person}))
        moments = [entry.moment for entry in every if entry.moment]
        return Chain(
            device=device, people=people, count=len(every), until=max(moments, key=datetime.timestamp, default=None),
            flaws=tuple(dict.fromkeys((*self.flaws, *self._gaps(), *self._breaks(every)))),
            disposed=tuple(self._disposed()),
        )  # fmt: skip

    def _gaps(self) -> Iterator[str]:
        """Tell of the gaps that no certificate of the office accounts for: a laptop's own word does not."""
        before = min(self._held) - 1 if self.cut else 0
        for n in sorted(self._held):
            for first, last in log_period.uncovered(before + 1, n - 1, self.spans):
                yield plural(
                    "entry {first} is missing: it has not arrived, or was taken out",
                    "entries {first} to {last} are missing: they have not arrived, or were taken out",
                    last - first + 1, first=first, last=last,
                )  # fmt: skip
            before = n

    def _disposed(self) -> Iterator[str]:
        certificates: dict[str, list[Span]] = {}
        for span in self.spans:
            certificates.setdefault(span.certificate, []).append(span)
        for number, spans in sorted(certificates.items()):
            count = sum(span.last - span.first + 1 for span in spans)
            yield plural(
                "{count} entry between {first} and {last} was disposed of when its time was over ({certificate})",
                "{count} entries between {first} and {last} were disposed of when their time was over ({certificate})",
                count, first=min(span.first for span in spans), last=max(span.last for span in spans),
                certificate=number,
            )  # fmt: skip

    def _breaks(self, every: Sequence[Entry]) -> Iterator[str]:
        for entry in every:
            before: Mapping[bytes, Entry] = self._held.get(entry.n - 1, {})
            if (before and entry.prev not in before) or (entry.n == 1 and entry.prev != audit.START):
                yield tr("entry {n} does not follow the one before it", n=entry.n)
        for n in log_period.misfits(self.spans, self._held):
            yield tr("entry {n} does not follow the one before it", n=n)
        forks = [n for n in sorted(self._held) if len(self._held[n]) > 1]
        if forks:
            yield tr(
                "it goes on in two ways from entry {n}: a backup was put back there, or somebody changed it", n=forks[0]
            )
