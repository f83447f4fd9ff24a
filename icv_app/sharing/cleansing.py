"""Cleansing: the files of the share that still hold what the office ordered to be erased are replaced or removed.

It goes by what is in the files and remembers nothing that it could be wrong about: whatever crashes, whoever wrote the
file, and however late an old copy turns up, the next exchange of any laptop sees it again (docs/decisions/0079).
"""

from collections.abc import Iterable
from pathlib import Path

from icv_app.encryption.cipher import Connection
from icv_app.errors import Unavailable
from icv_app.sharing.artefact import Artefact, Damaged, Foreign
from icv_app.sharing.lease import lease
from icv_app.sharing.share import Entry, Share, explained
from icv_app.sharing.shelf import Gone, Shelf
from icv_app.storage import erasure
from icv_app.storage.store import Store


def stained(shelf: Shelf, store: Store, entries: Iterable[Entry]) -> list[Entry]:
    """Return those of `entries` that hold the payload of a revision that lost it here. Foreign files are passed over.

    A file that was found clean is not opened again until it changes or more is erased. Raises Damaged, Gone and
    Unavailable.
    """
    extent = erasure.extent(store.connection)
    if not extent:
        return []
    found, hollow = [], None
    for entry in entries:
        if not entry.size or _known_clean(store.connection, entry, extent):
            continue
        hollow = erasure.hollow_revs(store.connection) if hollow is None else hollow
        try:
            with shelf.open(entry) as artefact:
                holds = artefact.tells_of(hollow)
        except Foreign:
            continue
        if holds:
            found.append(entry)
        else:
            _remember_clean(store.connection, entry, extent)
    return found


def _known_clean(connection: Connection, entry: Entry, extent: int) -> bool:
    query = "SELECT 1 FROM clean_artefact WHERE name = ? AND size = ? AND mtime_ns = ? AND extent = ?"
    return connection.execute(query, (entry.name, entry.size, entry.mtime_ns, extent)).fetchone() is not None


def _remember_clean(connection: Connection, entry: Entry, extent: int) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO clean_artefact(name, size, mtime_ns, extent) VALUES (?, ?, ?, ?)",
        (entry.name, entry.size, entry.mtime_ns, extent),
    )


def forget(connection: Connection) -> None:
    """Have every file looked at again: a share whose times are coarse may hide that one was replaced."""
    connection.execute("DELETE FROM clean_artefact")


def cleanse(shelf: Shelf, hub: Entry, dirty: list[Entry]) -> list[Entry]:
    """Remove the packs of `dirty` of which every row is in `hub`, and put a copy of it in place of its former state.

    `hub` holds nothing that was erased. No time of grace: what a pack adds to the shared file is what must go.
    Returns what was removed or replaced. Raises Damaged, Gone, Foreign and Unavailable.
    """
    share = shelf.share
    done: list[Entry] = []
    former = [entry for entry in dirty if entry.path == share.previous]
    packs = [entry for entry in dirty if entry.kind == "pack"]
    if not former and not packs:
        return done
    with lease(share) as held:
        if not held:
            return done
        with shelf.open(hub) as whole:
            whole.check()
            for pack in packs:
                with shelf.open(pack) as artefact:
                    inside = all(
                        len(whole.holding([row[0] for row in rows])) == len(rows) for rows in artefact.batches()
                    )
                if inside and share.unchanged(hub):
                    share.remove(pack)
                    done.append(pack)
        if former and share.unchanged(hub):
            share.keep_previous()
            done += former
    return done


def leftovers(shelf: Shelf, store: Store) -> tuple[str, ...]:
    """Return the names of files in the shared folder that may hold what was erased and that the program never deletes.

    Damaged files that were put aside, and copies of the shared file under other names: people destroy these by hand.
    Raises Unavailable where the folder is not there.
    """
    share = shelf.share
    with explained():
        names = [
            name
            for folder, prefix in ((share.folder, ""), (share.packs, f"{share.packs.name}/"))
            for name in _aside(share, folder, prefix)
        ]
    copies = [entry for entry in share.listing() if entry.kind == "copy" and entry.path != share.previous]
    for entry in copies:
        try:
            if stained(shelf, store, [entry]):
                names.append(entry.name)
        except (Damaged, Gone):
            names.append(entry.name)
        except Unavailable as error:
            if error.code != "newer_format":
                raise
    return tuple(sorted(names))


def _aside(share: Share, folder: Path, prefix: str) -> list[str]:
    try:
        found = share.files.scan(folder)
    except FileNotFoundError:
        return []
    ours = folder == share.packs
    return [
        prefix + name
        for name, size, _ in found
        if name.endswith(".bad") and size and (ours or name.startswith(f"{share.hub.name}."))
    ]


def is_clean(artefact: Artefact, store: Store) -> bool:
    """Return whether an open artefact holds nothing that was erased here."""
    return not artefact.tells_of(erasure.hollow_revs(store.connection))
