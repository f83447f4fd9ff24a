"""Salvage: what can still be read of a damaged file is kept, and the file is put aside under a `.bad` name."""

from contextlib import suppress
from dataclasses import dataclass

from icv_app.artefact import Damaged, Foreign
from icv_app.share import Entry
from icv_app.shelf import Gone, Shelf
from icv_app.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """How many revisions of a damaged file were new here, and the `.bad` name that it has now (None: not renamed)."""

    received: int = 0
    name: str | None = None


def put_aside(shelf: Shelf, store: Store, entry: Entry) -> Salvaged:
    """Read a damaged file a second time; if it stays so, keep every row that hashes and rename it to `.bad`.

    One that is gone or foreign by now is left. Raises Unavailable.
    """
    if entry.size and not is_damaged(shelf, entry):
        return Salvaged()
    received = 0
    if entry.size:
        with suppress(Damaged, Foreign, Gone), shelf.open(entry, salvage=True) as artefact:
            for rows in artefact.salvaged(entry.size):
                received += store.ingest(rows)
    return Salvaged(received=received, name=shelf.share.quarantine(entry))


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
