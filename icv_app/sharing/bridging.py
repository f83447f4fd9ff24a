"""Bridging: how a laptop that was away finds its way to a shared file that has a new key by now.

The key of the shared file gets a new epoch when somebody is locked out (`doorkeeper`). The new one is sealed to every
laptop that stays; what carries it is a pack under the former key, which any laptop that knows both puts there, and
puts there again when more is known of who may write and read. So a laptop that knows only a former key opens that pack,
learns the next key, and goes on.
"""

import json
import secrets
from collections.abc import Iterable, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from icv_app.encryption.envelope import name_of
from icv_app.encryption.faults import in_words
from icv_app.sharing.artefact import Artefact
from icv_app.sharing.building import build
from icv_app.sharing.share import Entry, Share
from icv_app.storage import admission, meta
from icv_app.storage.store import Store
from icv_app.storage.trust import OF_TRUST

_PREFIX = "bridge-"
_DIGEST = "bridge_digest"


def keys(store: Store, key: bytes) -> tuple[bytes, ...]:
    """Return the keys of the shared file that a store has been given, the newest first; `key` for one without trust."""
    with in_words():
        trust = store.trust
    return (key,) if trust is None else trust.hub_keys


def is_bridge(entry: Entry) -> bool:
    """Return whether a listed file is such a pack, by its name alone."""
    return entry.kind == "pack" and entry.path.name.startswith(_PREFIX)


def missing(store: Store, shelf_keys: Sequence[bytes], listed: Iterable[Entry]) -> list[bytes]:
    """Return the former keys for which no bridge is listed that has all that this laptop knows of who is who."""
    if len(shelf_keys) < 2:
        return []
    names = {entry.path.name for entry in listed if is_bridge(entry)}
    known = _known(store)
    return [key for key in shelf_keys[1:] if not any(name.startswith(_name(key) + known) for name in names)]


def outdone(listed: Iterable[Entry], built: Iterable[bytes]) -> list[Entry]:
    """Return the listed bridges under the keys for which one was built now: it has all that they have."""
    starts = tuple(map(_name, built))
    return [entry for entry in listed if starts and is_bridge(entry) and entry.path.name.startswith(starts)]


def _known(store: Store) -> str:
    """Return a name for the set of rows that tell who may write and read."""
    with in_words():
        turn = admission.known(store.connection)
        last, name = json.loads(meta.get(store.connection, _DIGEST, '[-1, ""]'))
        if last != turn:
            query = f"SELECT rev FROM revision WHERE {OF_TRUST} ORDER BY rev"  # noqa: S608  (our own names)
            digest = sha256(b"".join(rev for (rev,) in store.connection.execute(query)))
            name = digest.hexdigest()[:16]
            meta.put(store.connection, _DIGEST, json.dumps([turn, name]))
    return str(name)


def build_bridge(share: Share, store: Store, key: bytes, about: dict[str, Any], scratch: Path) -> None:
    """Put a bridge under the former `key` on the share: every row that tells who may write and read, and its seals."""
    local = Artefact(store.connection)
    with in_words():
        query = f"SELECT rev, replica FROM revision WHERE {OF_TRUST}"  # noqa: S608  (our own names)
        rows = store.connection.execute(query).fetchall()
    made = scratch / "bridge"
    batches = local.batches_of([rev for rev, _ in rows])
    build(made, key, about, local.verified(batches), partial(store.seals_of, {}))
    share.publish(made, share.packs / f"{_name(key)}{_known(store)}-{secrets.token_hex(8)}.pack")
    made.unlink()


def _name(key: bytes) -> str:
    return f"{_PREFIX}{name_of(key).hex()}-"
