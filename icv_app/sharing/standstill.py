"""Standstill: whether a laptop's file holds what it held when something was last found to have nothing to do.

The exchange comes with work of the laptop's own: letting in who waits, briefings, sealing anew. All of it follows from
the records here and from the keyring alone, so where neither changed there is nothing to do again. What was found is
remembered in the same file, so a backup that is put back remembers what was true of it.
"""

from hashlib import sha256

from icv_app import __version__
from icv_app.encryption.faults import in_words
from icv_app.encryption.keyring import Keyring
from icv_app.storage import admission, chain, current, erasure, meta
from icv_app.storage.store import Store

_STILL = "standstill"


def mark(store: Store, ring: Keyring) -> bytes:
    """Return what tells one state of the records that `store` shows from any other (32 bytes). O(writers)."""
    with in_words():
        turns = (admission.known(store.connection), current.turn(store.connection), erasure.extent(store.connection))
        digest = sha256(f"{__version__}|{turns}|{store.author}|{ring.as_text()}".encode())
        for replica, head in sorted(chain.read(store.connection).items()):
            digest.update(replica + head.n.to_bytes(8, "big") + head.digest)
    return digest.digest()


def holds(store: Store, now: bytes) -> bool:
    """Return whether nothing was left to do in the state `now`."""
    with in_words():
        return bool(meta.get(store.connection, _STILL, b"") == now)


def remember(store: Store, now: bytes) -> None:
    """Note that in the state `now` nothing is left to do."""
    with in_words():
        meta.put(store.connection, _STILL, now)
