"""What a laptop remembers of the artefacts that it has read: a cache of vectors, and since when a pack is folded.

It saves opening files that have not changed. It is never asked whether something is on the share: a revision counts as
shared only after its row was read again (`exchange`), and the shared file itself is opened at every sync.
"""

import json
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

from icv_app.clock import Clock
from icv_app.encryption.cipher import Connection
from icv_app.sharing.artefact import Holding, Vector
from icv_app.sharing.share import Entry
from icv_app.storage import meta


def _summary(vector: Vector) -> bytes:
    digest = sha256()
    for replica, held in sorted(vector.items()):
        digest.update(replica + held.n.to_bytes(8, "big") + held.digest)
    return digest.digest()


@lru_cache(maxsize=512)  # an exchange asks for each pack three times, and the next one again
def _held(text: str) -> Vector | None:
    """Return the vector that a line of the table tells; None for a file that is not ours."""
    known = json.loads(text)
    if "foreign" in known:
        return None
    return {
        bytes.fromhex(replica): Holding(
            n=n, max_seq=max_seq, max_rev=bytes.fromhex(max_rev), digest=bytes.fromhex(digest), first=first
        )
        for replica, (n, max_seq, max_rev, digest, first) in known["held"].items()
    }


_SUSPECTED = "share_suspected"


def suspect(connection: Connection) -> None:
    """Note that something on the share is bad: this laptop's next exchange reads all of it, whatever is remembered."""
    meta.put(connection, _SUSPECTED, 1)


class Seen:
    """The table `seen_artefact` of an open profile, keyed by name and good for as long as size and mtime stay."""

    def __init__(self, connection: Connection, clock: Clock, key: bytes) -> None:
        """Use the profile's open `connection`; `clock` says since when a pack is folded in, `key` opens ours."""
        self._key = sha256(b"seen" + key).hexdigest()[:16]
        self._connection = connection
        self._clock = clock

    def vector(self, entry: Entry) -> Vector | None:
        """Return what `entry` held when it was read and united last, or None where it must be read (again)."""
        text = self._text(entry)
        held = None if text is None else _held(text)
        return None if held is None else dict(held)

    def is_foreign(self, entry: Entry) -> bool:
        """Return whether the key did not open `entry` when it was tried last."""
        known = self._known(entry)
        return known is not None and known.get("foreign") == self._key

    def is_folded(self, entry: Entry) -> bool:
        """Return whether the hub held all of `entry` when they were last compared."""
        known = self._known(entry)
        return known is not None and "folded" in known

    def remember(self, entry: Entry, vector: Vector) -> None:
        """Note what `entry` holds, once every row of it is on this laptop."""
        held = {
            replica.hex(): [h.n, h.max_seq, h.max_rev.hex(), h.digest.hex(), h.first] for replica, h in vector.items()
        }
        self._write(entry, {"held": held})

    def remember_foreign(self, entry: Entry) -> None:
        """Note that the key does not open `entry`."""
        self._write(entry, {"foreign": self._key})

    def folded_for(self, entry: Entry, *, folded: bool) -> timedelta:
        """Note whether the hub now holds all of `entry`, and return for how long it has, by this laptop's clock alone.

        A clock that was put back starts the time again, and so does a hub that lost the rows.
        """
        known = self._known(entry)
        if known is None or "held" not in known:
            return timedelta(0)
        now = self._clock.milliseconds()
        since = known.get("folded")
        if not folded:
            if since is not None:
                del known["folded"]
                self._write(entry, known)
            return timedelta(0)
        if since is None or since > now:
            known["folded"] = now
            self._write(entry, known)
            return timedelta(0)
        return timedelta(milliseconds=now - since)

    def keep_only(self, names: set[str]) -> None:
        """Forget what is no longer listed."""
        for (name,) in self._connection.execute("SELECT name FROM seen_artefact").fetchall():
            if name not in names:
                self._connection.execute("DELETE FROM seen_artefact WHERE name = ?", (name,))

    def all_proved(self, vector: Vector) -> bool:
        """Return whether every row of this laptop was marked as shared when it last held exactly `vector`."""
        return bool(meta.get(self._connection, "proved", b"") == _summary(vector))

    def remember_proved(self, vector: Vector) -> None:
        """Note that all this laptop holds, `vector`, is marked as shared (`Store.clear_shared` ends it)."""
        meta.put(self._connection, "proved", _summary(vector))

    def scrubbed_since(self) -> timedelta | None:
        """Return how long ago this laptop last read the whole share, or None: never, or the clock went back.

        Longer than any limit where something on it was found bad since (`suspect`).
        """
        if meta.get(self._connection, _SUSPECTED):
            return timedelta.max
        then = meta.get(self._connection, "scrubbed")
        now = self._clock.milliseconds()
        if then is None or then > now:
            return None
        return timedelta(milliseconds=now - then)

    def remember_scrub(self) -> None:
        """Note that the whole share has just been read."""
        meta.put(self._connection, "scrubbed", self._clock.milliseconds())
        meta.put(self._connection, _SUSPECTED, 0)

    def _known(self, entry: Entry) -> dict[str, Any] | None:
        text = self._text(entry)
        return None if text is None else json.loads(text)

    def _text(self, entry: Entry) -> str | None:
        found = self._connection.execute(
            "SELECT vector FROM seen_artefact WHERE name = ? AND size = ? AND mtime_ns = ?",
            (entry.name, entry.size, entry.mtime_ns),
        ).fetchone()
        return None if found is None else str(found[0])

    def _write(self, entry: Entry, known: dict[str, Any]) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO seen_artefact(name, size, mtime_ns, vector) VALUES (?, ?, ?, ?)",
            (entry.name, entry.size, entry.mtime_ns, json.dumps(known)),
        )
