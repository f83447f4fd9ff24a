"""Quarantine: the `.bad` files that damaged ones were renamed to, what they held, and whether it is here.

Whoever finds damage keeps every entry that can still be read, renames the file, and never deletes it (`sync.md` §4).
Any laptop may look into such a file later: it takes what it has not, and compares what the file said it held with its
own chains. What is not here may still be at another laptop, which sends it unasked at its next exchange.
"""

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from icv_app.encryption.faults import in_words
from icv_app.sharing.artefact import Artefact, Damaged, Foreign, Vector
from icv_app.sharing.share_state import File
from icv_app.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was found in a file. `opened`: the scheme's key opens it; `readable` of its entries can be read, by kind.

    `new` of them were not here and are now. `said` is how many entries the file said that it held, None where that
    cannot be read. `missing` of those are not on this laptop: (writer in hex, number) of each that can be named.
    """

    opened: bool
    readable: dict[str, int]
    new: int = 0
    said: int | None = None
    missing: tuple[tuple[str, int], ...] = ()

    @property
    def entries(self) -> int:
        """How many entries can still be read in it."""
        return sum(self.readable.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAside:
    """A damaged file that was put aside: what it is, since when this laptop knows of it, and what was found in it."""

    file: File
    since: datetime
    examined: Examined | None = None


def known(store: Store, files: Sequence[File]) -> tuple[PutAside, ...]:
    """Return `files` with what this laptop knows of each; one that is new here is noted with the present moment."""
    with in_words():
        held = {
            name: (size, seen, what)
            for name, size, seen, what in store.connection.execute("SELECT name, size, seen, held FROM put_aside")
        }
        now = store.clock.now()
        found = []
        for file in files:
            size, seen, what = held.get(file.name, (None, None, None))
            if size != file.size:
                _keep(store, file, now, None)
                seen, what = now.isoformat(), None
            examined = _read(what) if what else None
            if examined is not None and examined.missing:
                examined = _still(store, examined)
            found.append(PutAside(file=file, since=datetime.fromisoformat(seen), examined=examined))
    return tuple(found)


def examine(store: Store, folder: Path, aside: PutAside, key: bytes, hub_id: str) -> PutAside:
    """Look into the file `aside` of the shared `folder`, take what is not here yet, and keep what was found.

    Raises Unavailable where the share went away, or for a fault of the laptop's own data.
    """
    found = _look_into(store, folder / aside.file.name, aside.file.size, key, hub_id)
    with in_words():
        _keep(store, aside.file, aside.since, found)
    return PutAside(file=aside.file, since=aside.since, examined=found)


def _look_into(store: Store, path: Path, size: int, key: bytes, hub_id: str) -> Examined:
    readable: Counter[str] = Counter()
    new = 0
    vector: Vector | None = None
    if not size:
        return Examined(opened=False, readable={})
    try:
        with Artefact.open(path, key, hub_id, salvage=True) as artefact, suppress(Damaged):
            vector = artefact.vector()
        with Artefact.open(path, key, hub_id, salvage=True) as artefact:  # afresh: one bad page spoils the connection
            for rows in artefact.salvaged(size):
                readable.update(str(row[8]) for row in rows)
                new += store.ingest(rows)
    except (Foreign, Damaged):
        return Examined(opened=False, readable=dict(readable), new=new)
    said = None if vector is None else sum(held.n for held in vector.values())
    missing = () if vector is None else _missing(store, vector)
    return Examined(opened=True, readable=dict(sorted(readable.items())), new=new, said=said, missing=missing)


def _missing(store: Store, vector: Vector) -> tuple[tuple[str, int], ...]:
    """Return the entries that a file said it held and that are not here, as far as its summary names them.

    A chain commits to all of it by its last row: where that is here, and the chain is whole, nothing is missing.
    """
    have = store.vector()
    missing: list[tuple[str, int]] = []
    for replica, offer in vector.items():
        held = have.get(replica)
        if held is not None and (held.n, held.digest) == (offer.n, offer.digest):
            continue
        if held is not None and held.linear and store.row(offer.max_rev) is not None:
            continue
        with in_words():
            numbers = {
                seq for (seq,) in store.connection.execute("SELECT seq FROM revision WHERE replica = ?", (replica,))
            }
        first = max(1, offer.max_seq - offer.n + 1)  # a pack holds the last stretch of a chain
        missing += [(replica.hex(), seq) for seq in range(first, offer.max_seq + 1) if seq not in numbers]
        if offer.max_seq in numbers and store.row(offer.max_rev) is None:
            missing.append((replica.hex(), offer.max_seq))  # a fork: another entry has that number here
    return tuple(missing)


def _still(store: Store, examined: Examined) -> Examined:
    query = "SELECT 1 FROM revision WHERE replica = ? AND seq = ?"
    away = tuple(
        (replica, seq)
        for replica, seq in examined.missing
        if store.connection.execute(query, (bytes.fromhex(replica), seq)).fetchone() is None
    )
    return Examined(
        opened=examined.opened, readable=examined.readable, new=examined.new, said=examined.said, missing=away
    )


def _keep(store: Store, file: File, since: datetime, found: Examined | None) -> None:
    store.connection.execute(
        "INSERT OR REPLACE INTO put_aside(name, size, seen, held) VALUES (?, ?, ?, ?)",
        (file.name, file.size, since.isoformat(), None if found is None else json.dumps(asdict(found))),
    )


def _read(text: str) -> Examined:
    fields = json.loads(text)
    fields["missing"] = tuple((replica, seq) for replica, seq in fields["missing"])
    return Examined(**fields)
