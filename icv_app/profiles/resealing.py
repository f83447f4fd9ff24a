"""Resealing: a report handed to those of its pair who had no key when it was written (`audience`).

A visitor who joins after their partner filed a report is given it by the laptop that wrote it: a further revision with
the same content in a new envelope. `reading` shows it as no version of its own.
"""

import json

from icv_app.encryption.faults import in_words
from icv_app.storage import meta
from icv_app.storage.store import Store

_KNOWN = "sealed_for"
_OF_PERSON = (
    "SELECT v.visit FROM fact_visit v JOIN current c ON c.record = v.record"
    " WHERE c.author = ? AND c.conflicts = '{}' AND instr(';' || v.visitors || ';', ';' || ? || ';')"
)


def reseal(store: Store) -> int:
    """Seal this laptop's own reports anew that name people whose keys came since; return how many."""
    if not due(store):
        return 0
    names, known = _people(store), _handed(store)
    count = 0
    with store.writing() as pen:
        for name in sorted(names - known) if known else ():
            for (key,) in store.connection.execute(_OF_PERSON, (store.author, name.removeprefix("person:"))).fetchall():
                count += pen.again("visit", key)
        meta.put(store.connection, _KNOWN, json.dumps(sorted(names)))
    return count


def due(store: Store) -> bool:
    """Return whether somebody's key came since this was last done."""
    return store.trust is not None and _people(store) != _handed(store)


def _people(store: Store) -> set[str]:
    trust = store.trust
    return set() if trust is None else {name for name in trust.publics if name.startswith("person:")}


def _handed(store: Store) -> set[str]:
    with in_words():
        return set(json.loads(meta.get(store.connection, _KNOWN, "[]")))
