"""Where a shared folder lies: in a cloud client's folder, on a stick, in a temporary place; and what that means for it.

All of these may hold the shared file, since a copy under another name is merged like any other (`sync.md` §13). But the
person is told beforehand: afterwards it looks as if the program were slow, or had made the copies itself.
"""

import os
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from forms.translation import tr

Kind = Literal["cloud", "not_here", "stick", "temporary"]

_CLOUDS: Final = {
    "onedrive": "OneDrive", "dropbox": "Dropbox", "google drive": "Google Drive", "googledrive": "Google Drive",
    "my drive": "Google Drive", "icloud": "iCloud", "com~apple~clouddocs": "iCloud", "mobile documents": "iCloud",
    "nextcloud": "Nextcloud", "owncloud": "ownCloud", "syncthing": "Syncthing", "box sync": "Box", "pcloud": "pCloud",
    "sharepoint": "SharePoint",
}  # fmt: skip
"""How the folder of a cloud client begins, in small letters, and what people call it."""
_VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_MARKERS: Final = {
    ".stfolder": "Syncthing", ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud", ".tmp.drivedownload": "Google Drive",
}  # fmt: skip
_STICKS: Final = (("/", "media"), ("/", "run", "media"))
_REMOVABLE: Final = 2  # what Windows calls such a drive
_NOT_HERE: Final = 0x1000 | 0x40000 | 0x400000  # Windows: offline, recalled on opening, recalled on reading
_INLINE: Final = 16384  # bytes; some disks keep a smaller file beside its name, in no block of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something about a place that its user should know: what it is (`name`), what it means, what to do about it."""

    kind: Kind
    name: str
    words: str
    advice: str


def remarks(folder: Path, *, environ: Mapping[str, str] | None = None, temporary: Path | None = None) -> list[Remark]:
    """Return what there is to say about `folder` as the place of a shared file; nothing where it is an ordinary one.

    `environ` are the variables of the process, `temporary` the system's folder for temporary files (None: its own).
    """
    folder = folder.absolute()
    found = []
    if name := cloud(folder, environ=environ):
        found.append(
            Remark(
                kind="cloud", name=name,
                words=tr(
                    "{name} copies this folder between laptops. That may take minutes, and two people who share at "
                    "the same time get a file such as “conflicted copy”. Nothing is lost: the program merges it.",
                    name=name,
                ),
                advice=tr(
                    "On every laptop, set this folder to “Always keep on this device”, and wait until {name} says that "
                    "it has finished before you shut the laptop.",
                    name=name,
                ),
            )
        )  # fmt: skip
    if away := not_here(folder):
        found.append(
            Remark(
                kind="not_here", name=away,
                words=tr("{file} is in the list, but what it holds is not on this laptop yet.", file=away),
                advice=tr("Choose “Always keep on this device” for the folder, so that sharing works offline too."),
            )
        )  # fmt: skip
    if _on_a_stick(folder):
        found.append(
            Remark(
                kind="stick", name=folder.parts[-1],
                words=tr("This is a stick or another drive that can be unplugged."),
                advice=tr("Eject it before you pull it out, and lock it away: it is lost more easily than a laptop."),
            )
        )  # fmt: skip
    root = (temporary or Path(tempfile.gettempdir())).absolute()
    if folder == root or root in folder.parents:
        found.append(
            Remark(
                kind="temporary", name=str(root),
                words=tr("This is a folder for temporary files. The system empties it from time to time."),
                advice=tr("Choose a folder that stays, and that everyone's laptop can reach."),
            )
        )  # fmt: skip
    return found


def cloud(folder: Path, *, environ: Mapping[str, str] | None = None) -> str:
    """Return the name of the client that copies `folder` elsewhere, or "" where nothing tells of one."""
    environ = os.environ if environ is None else environ
    for part in folder.parts:
        for start, name in _CLOUDS.items():
            if part.casefold().startswith(start):
                return name
    for variable in _VARIABLES:
        if (root := environ.get(variable)) and (folder == Path(root) or Path(root) in folder.parents):
            return "OneDrive"
    for place in (folder, *folder.parents):
        for marker, name in _MARKERS.items():
            # a home folder holds .dropbox where that is installed, and not everything in it is copied
            if place != Path.home() and _there(place / marker):
                return name
    return ""


def not_here(folder: Path) -> str:
    """Return the name of a file of `folder` whose content is not on this laptop (a placeholder), or ""."""
    for name, about in _files(folder):
        attributes = getattr(about, "st_file_attributes", 0)
        blocks = getattr(about, "st_blocks", 1)
        if attributes & _NOT_HERE or (about.st_size > _INLINE and not blocks):
            return name
    return ""


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                about = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(about.st_mode):
                    yield entry.name, about
    except OSError:  # whoever lists it for its own sake says so
        return


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _on_a_stick(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _REMOVABLE)
    if any(folder.parts[: len(start)] == start and len(folder.parts) > len(start) for start in _STICKS):
        return True
    try:
        device = folder.stat().st_dev
        # a partition's own folder has no such file, that of its disk has
        block = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}").resolve(strict=True)
        removable = next(
            (place / "removable" for place in (block, block.parent) if (place / "removable").exists()), None
        )
        return removable is not None and removable.read_text().strip() == "1"
    except OSError:  # another system, or no block device: a share
        return False
