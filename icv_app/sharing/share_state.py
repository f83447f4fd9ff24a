"""The state of the shared folder as this laptop sees it: one listing, a look into the shared file, and what is known.

What a pack or a copy holds is known from when it was united (`seen`); only the shared file is opened, as at every
exchange. Nothing is written.
"""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from icv_app.clock import LONDON
from icv_app.encryption.faults import in_words
from icv_app.errors import IcvError, Unavailable
from icv_app.files.placement import Remark, remarks
from icv_app.sharing import bridging
from icv_app.sharing.artefact import Artefact, Damaged, Foreign
from icv_app.sharing.seen import Seen
from icv_app.sharing.share import Entry, Files, Share, explained
from icv_app.storage import meta
from icv_app.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the shared folder: its name there, its size in bytes, when it was last changed by the share's clock."""

    name: str
    size: int
    changed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """The shared file. `state` is "sound", "missing", "foreign" (the key does not open it), "damaged" or "newer".

    `maker` is the writer (16 bytes) that renewed it last, `format` and `reader` the formats of it and that it needs.
    """

    state: str
    file: File | None = None
    maker: bytes = b""
    entries: int = 0
    format: int | None = None
    reader: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareState:
    """What lies in the shared folder. `trouble` says in words why it could not be read, "" where it could.

    `folded` of the packs are in the shared file already; `unread` were not looked into by this laptop yet. `copies` are
    of this scheme under another name, `previous` the shared file before its last renewal, `foreign` what stands in the
    scheme's place and is not opened by its key, `put_aside` damaged, `half` half-written. `read` says when this laptop
    last read every row there. `free` is the room left, in bytes.
    """

    hub_path: Path
    trouble: str = ""
    hub: Hub = Hub(state="missing")
    packs: int = 0
    pack_bytes: int = 0
    folded: int = 0
    unread: int = 0
    previous: File | None = None
    copies: tuple[File, ...] = ()
    foreign: tuple[File, ...] = ()
    put_aside: tuple[File, ...] = ()
    half: tuple[File, ...] = ()
    read: datetime | None = None
    free: int | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def bytes(self) -> int:
        """How much the shared file and its packs take."""
        return self.pack_bytes + (self.hub.file.size if self.hub.file else 0)


def look(store: Store, hub: Path, key: bytes, hub_id: str, *, files: Files | None = None) -> ShareState:
    """Return the state of the shared folder of `hub`. A share that is away is told in `trouble`, and never raised.

    Raises Unavailable for a fault of the laptop's own data.
    """
    share = Share(hub, files or Files())
    read = _last_read(store)
    try:
        entries = share.listing()
        left_out = _left_out(share)
    except IcvError as error:
        return ShareState(hub_path=share.hub, trouble=error.words, read=read)
    seen = Seen(store.connection, store.clock, key)
    packs = [entry for entry in entries if entry.kind == "pack"]
    copies: list[File] = []
    foreign: list[File] = []
    unread = 0
    with in_words():
        folded = sum(seen.is_folded(entry) for entry in packs)
        for entry in entries:
            if entry.kind == "hub" or bridging.is_bridge(entry):  # a bridge is for whoever lacks the newest key
                continue
            if seen.is_foreign(entry) and share.concerns(entry):
                foreign.append(_file(entry))
            elif seen.vector(entry) is None:
                unread += entry.kind == "pack" or share.concerns(entry)
            elif entry.kind == "copy" and entry.path != share.previous:
                copies.append(_file(entry))
    return ShareState(
        hub_path=share.hub, hub=_hub(share, entries, bridging.keys(store, key), hub_id), packs=len(packs),
        pack_bytes=sum(entry.size for entry in packs), folded=folded, unread=unread,
        previous=next((_file(entry) for entry in entries if entry.path == share.previous), None),
        copies=tuple(copies), foreign=tuple(foreign),
        put_aside=tuple(file for file in left_out if file.name.endswith(".bad")),
        half=tuple(file for file in left_out if file.name.endswith(".tmp")), read=read, free=_free(share.folder),
        remarks=tuple(remarks(share.folder)),
    )  # fmt: skip


def _left_out(share: Share) -> list[File]:
    """Return what a listing leaves out, of this scheme: damaged files that were put aside, and half-written ones."""
    found = []
    with explained():
        for folder in (share.folder, share.packs):
            with suppress(FileNotFoundError):
                for name, size, mtime_ns in share.files.scan(folder):
                    ours = folder == share.packs or name.startswith(share.hub.stem)
                    if name.endswith(".bad") or (name.endswith(".tmp") and ours):
                        inside = f"{folder.name}/{name}" if folder == share.packs else name
                        found.append(File(name=inside, size=size, changed=_time(mtime_ns)))
    return found


def _hub(share: Share, entries: Iterable[Entry], keys: Iterable[bytes], hub_id: str) -> Hub:
    """Look into the shared file with the scheme's keys: until somebody renews it, a former one opens it."""
    entry = next((each for each in entries if each.kind == "hub"), None)
    if entry is None:
        return Hub(state="missing")
    file = _file(entry)
    if not entry.size:
        return Hub(state="damaged", file=file)
    for key in keys:
        found = _opened(share, entry, file, key, hub_id)
        if found.state != "foreign":
            return found
    return Hub(state="foreign", file=file)


def _opened(share: Share, entry: Entry, file: File, key: bytes, hub_id: str) -> Hub:
    try:
        with Artefact.open(share.opening(entry), key, hub_id) as artefact:
            maker, reader, version = artefact.meta("created_by"), artefact.meta("min_reader"), artefact.meta("format")
            rows = sum(held.n for held in artefact.vector().values())
    except Foreign:
        return Hub(state="foreign", file=file)
    except Damaged:
        return Hub(state="damaged", file=file)
    except Unavailable as error:
        return Hub(state="newer" if error.code == "newer_format" else "away", file=file)
    return Hub(
        state="sound", file=file, maker=_replica(maker), entries=rows,
        format=version if isinstance(version, int) else None, reader=reader if isinstance(reader, int) else None,
    )  # fmt: skip


def _replica(text: object) -> bytes:
    try:
        return bytes.fromhex(str(text))
    except ValueError:
        return b""


def _last_read(store: Store) -> datetime | None:
    with in_words():
        found = meta.get(store.connection, "scrubbed")
    return None if found is None else datetime.fromtimestamp(found / 1000, LONDON)


def _file(entry: Entry) -> File:
    return File(name=entry.name, size=entry.size, changed=_time(entry.mtime_ns))


def _time(mtime_ns: int) -> datetime:
    return datetime.fromtimestamp(mtime_ns / 10**9, LONDON)


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None
