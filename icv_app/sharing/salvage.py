"""Salvage: which files are damaged, and what can still be read of one."""

from contextlib import suppress

from icv_app.sharing.artefact import Damaged, Foreign
from icv_app.sharing.share import Entry
from icv_app.sharing.shelf import Gone, Shelf
from icv_app.storage.store import Store


def salvage(shelf: Shelf, store: Store, entry: Entry) -> int:
    """Keep every row of a damaged file that can be read and hashes. Returns how many of them were new here.

    One that is gone or foreign by now gives none. Raises Unavailable.
    """
    received = 0
    if entry.size:
        with suppress(Damaged, Foreign, Gone), shelf.open(entry, salvage=True) as artefact:
            for rows in artefact.salvaged(entry.size):
                received += store.ingest(rows)
    return received


def is_damaged(shelf: Shelf, entry: Entry) -> bool:
    """Return whether reading the whole of `entry` shows damage; a foreign one, or one that is gone, is not damaged."""
    try:
        with shelf.open(entry) as artefact:
            artefact.check()
    except Damaged:
        return True
    except (Foreign, Gone):
        return False
    return False
