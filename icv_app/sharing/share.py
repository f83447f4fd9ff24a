"""The shared folder: `NAME.icvhub`, its packs beside it, and the few careful file operations that the exchange needs.

The protocol asks four things of a share: create a file of a unique name, rename it, list, read (`sync.md` §13). Nothing
here is ever opened for writing by SQLite, and nothing is ever locked.
"""

import errno
import os
import secrets
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

from forms.translation import tr
from icv_app.errors import IcvError, Unavailable

Kind = Literal["hub", "pack", "copy"]

_BLOCK: Final = 1 << 20
_RETRIES: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)  # seconds; another program has the file open (Windows)
_DAY_NS: Final = 24 * 3600 * 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A regular file of the shared folder as a listing showed it. `name` is relative to the folder."""

    name: str
    path: Path
    size: int
    mtime_ns: int
    kind: Kind

    @property
    def stamp(self) -> tuple[int, int]:
        """What changes when the file is replaced."""
        return self.size, self.mtime_ns


class Files:
    """The operations on the shared folder, one system call or so each. The tests subclass it to fail at any of them."""

    def scan(self, folder: Path) -> list[tuple[str, int, int]]:
        """Return (name, size in bytes, mtime_ns) of the regular files of `folder`, sorted by name."""
        with os.scandir(folder) as entries:
            found = []
            for entry in entries:
                try:
                    about = entry.stat(follow_symlinks=False)
                except FileNotFoundError:  # removed meanwhile
                    continue
                if stat.S_ISREG(about.st_mode):
                    found.append((entry.name, about.st_size, about.st_mtime_ns))
        return sorted(found)

    def device(self, folder: Path) -> int:
        """Return which disk or share `folder` is on: another one once a share that was mounted there has gone."""
        return folder.stat().st_dev

    def stamp(self, path: Path) -> tuple[int, int]:
        """Return (size in bytes, mtime_ns) of the file at `path`."""
        about = path.stat()
        return about.st_size, about.st_mtime_ns

    def make_folder(self, folder: Path) -> None:
        """Make `folder`, whose parent is there, if it is missing."""
        folder.mkdir(exist_ok=True)

    def opening(self, path: Path) -> Path:
        """Return the path by which SQLite is to open an artefact, to read it."""
        return path

    def copy(self, source: Path, target: Path) -> bytes:
        """Copy `source` to the new file `target`, synced to the disk. Returns the SHA-256 of what was read."""
        digest = sha256()
        with source.open("rb") as read, target.open("xb") as write:
            while block := read.read(_BLOCK):
                digest.update(block)
                write.write(block)
            write.flush()
            os.fsync(write.fileno())
        return digest.digest()

    def digest(self, path: Path) -> bytes:
        """Return the SHA-256 of the file at `path`."""
        digest = sha256()
        with path.open("rb") as read:
            while block := read.read(_BLOCK):
                digest.update(block)
        return digest.digest()

    def create(self, path: Path, content: bytes) -> None:
        """Make the file at `path`, which must not be there (FileExistsError), with `content`, whole or not at all."""
        with path.open("xb") as write:
            try:
                write.write(content)
                write.flush()
                os.fsync(write.fileno())
            except OSError:  # a full share has room for a name: an empty lease would hold everybody up
                path.unlink(missing_ok=True)
                raise

    def read(self, path: Path) -> bytes:
        """Return the content of a small file."""
        return path.read_bytes()

    def replace(self, source: Path, target: Path) -> None:
        """Rename `source` to `target`, in place of what is there, in one step."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove the file at `path`."""
        path.unlink()

    def sync_folder(self, folder: Path) -> None:
        """Make a rename in `folder` durable, where the system can."""
        if os.name == "nt":
            return
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:  # some shares cannot sync a directory, and need not
            if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
                raise
        finally:
            os.close(descriptor)

    def pause(self, seconds: float) -> None:
        """Wait, before another try."""
        time.sleep(seconds)


class Share:
    """One scheme's place in a shared folder, named by its `.icvhub` file. Trouble with it is raised as Unavailable."""

    def __init__(self, hub: Path, files: Files) -> None:
        """Say where the shared file is (or shall be) and by which operations to reach it."""
        self.hub = hub.absolute()
        self.folder = self.hub.parent
        self.packs = self.hub.with_name(f"{self.hub.name}.packs")
        self.previous = self.hub.with_name(f"{self.hub.name}.prev")
        self.lease = self.hub.with_name(f"{self.hub.name}.lease")
        self.files = files
        self._device: int | None = None

    def listing(self) -> tuple[Entry, ...]:
        """Return the files that may be artefacts: the hub, then packs, then anything else in its folder.

        Half-written, quarantined and lease files are left out. Raises Unavailable("share_away") where the folder is
        missing: that is no information, and never means that anything was deleted. A share that was unmounted leaves
        an empty folder of the laptop's own disk, which must not be taken for it in the middle of a sync.
        """
        with explained():
            device = self.files.device(self.folder)
            if self._device not in (None, device):
                raise OSError(errno.ENODEV, "another disk is mounted there now")
            self._device = device
            beside = self.files.scan(self.folder)
            try:
                packed = self.files.scan(self.packs)
            except FileNotFoundError:
                self.files.scan(self.folder)  # no packs yet, or the whole share has just gone
                packed = []
        entries = [
            Entry(name=name, path=self.folder / name, size=size, mtime_ns=mtime_ns,
                  kind="hub" if name == self.hub.name else "copy")
            for name, size, mtime_ns in beside if self._candidate(name)
        ] + [
            Entry(name=f"{self.packs.name}/{name}", path=self.packs / name, size=size, mtime_ns=mtime_ns, kind="pack")
            for name, size, mtime_ns in packed if self._candidate(name)
        ]  # fmt: skip
        order = {"hub": 0, "pack": 1, "copy": 2}
        return tuple(sorted(entries, key=lambda entry: (order[entry.kind], entry.name)))

    def _candidate(self, name: str) -> bool:
        # a lease in a folder that is replicated is copied, too; what a sync client makes of its name ends alike
        return not name.endswith((".tmp", ".bad", ".lease"))

    def concerns(self, entry: Entry) -> bool:
        """Return whether a file that is not ours stands where a person would take it for ours, and should be told."""
        return entry.kind != "copy" or ".icvhub" in entry.name or entry.name.startswith(self.hub.stem)

    def ours(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Return those of `entries` that the program replaces and removes: the hub, its packs, its former state."""
        return tuple(entry for entry in entries if entry.kind != "copy" or entry.path == self.previous)

    def opening(self, entry: Entry) -> Path:
        """Return the path by which to open `entry` for reading."""
        with explained():
            return self.files.opening(entry.path)

    def unchanged(self, entry: Entry) -> bool:
        """Return whether the file of `entry` is still the one that was listed."""
        with explained():
            try:
                return self.files.stamp(entry.path) == entry.stamp
            except FileNotFoundError:
                self.files.scan(self.folder)
                return False

    def publish(self, local: Path, target: Path) -> int:
        """Bring the finished file `local` to `target`, whole or not at all: temporary name, synced, read back, renamed.

        Returns the share's own time of writing (ns), which says what "now" is there. Raises Unavailable; the share then
        has at most a `.tmp` file more.
        """
        temporary = target.with_name(f"{target.name}.{secrets.token_hex(6)}.tmp")
        with explained():
            if target.parent == self.packs:
                self.files.make_folder(self.packs)
            try:
                written = self.files.copy(local, temporary)
                if self.files.digest(temporary) != written:
                    raise Unavailable(
                        "share_unreliable",
                        tr(
                            "The shared folder did not give back what was written to it. Nothing was lost; please tell "
                            "whoever looks after the shared folder."
                        ),
                    )
                self._replace(temporary, target)
            except (OSError, IcvError):
                self._discard(temporary)
                raise
            self.files.sync_folder(target.parent)
            return self.files.stamp(target)[1]

    def keep_previous(self) -> None:
        """Copy the hub to its `.prev` name before it is replaced."""
        self.publish(self.hub, self.previous)

    def quarantine(self, entry: Entry) -> str | None:
        """Rename a damaged file to a `.bad` name that is free; never deleted. Returns that name, None if gone."""
        if not self.unchanged(entry):
            return None
        bad = entry.path.with_name(f"{entry.path.name}.{secrets.token_hex(4)}.bad")
        with explained():
            try:
                self._replace(entry.path, bad)
            except FileNotFoundError:  # another laptop was faster
                return None
            self.files.sync_folder(bad.parent)
        return bad.name

    def remove(self, entry: Entry) -> None:
        """Remove a pack that is wholly contained elsewhere."""
        with explained():
            try:
                self.files.remove(entry.path)
            except FileNotFoundError:
                return

    def now_ns(self) -> int:
        """Return what time it is by the share's own clock: that of a file written there now (the lease, while held)."""
        with explained():
            return self.files.stamp(self.lease)[1]

    def sweep(self, now_ns: int) -> None:
        """Remove half-written files of this hub that are more than 24 hours older than the share's own `now_ns`."""
        with explained():
            self.files.make_folder(self.packs)
            for folder in (self.folder, self.packs):
                for name, _, mtime_ns in self.files.scan(folder):
                    ours = folder == self.packs or name.startswith(f"{self.hub.name}.")
                    if ours and name.endswith(".tmp") and now_ns - mtime_ns > _DAY_NS:
                        self._discard(folder / name)

    def _replace(self, source: Path, target: Path) -> None:
        for seconds in _RETRIES:
            try:
                self.files.replace(source, target)
            except PermissionError:
                self.files.pause(seconds)
            else:
                return
        self.files.replace(source, target)

    def _discard(self, path: Path) -> None:
        try:
            self.files.remove(path)
        except OSError:  # it is swept later
            return


_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_REFUSED = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextmanager
def explained() -> Iterator[None]:
    """Turn an OSError of the shared folder into Unavailable with words for the person."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise Unavailable(
                "share_full",
                tr(
                    "The shared folder is full. Nothing was lost: your records are safe on this laptop. Make room "
                    "and sync again."
                ),
            ) from error
        if error.errno in _REFUSED:
            raise Unavailable(
                "share_read_only",
                tr(
                    "The shared folder may not be written to from this laptop (or a file there is in use). Nothing "
                    "was lost: your records are safe on this laptop. Ask for permission to write there and sync "
                    "again."
                ),
            ) from error
        raise Unavailable(
            "share_away",
            tr(
                "The shared folder is not there, or went away. Nothing was lost: your records are safe on this "
                "laptop. Sync again when it is back."
            ),
        ) from error
