"""A replacement: a whole other vault and database put in place of a profile's, so that a crash leaves one or the other.

Two files cannot be renamed in one step. So the new ones are made ready in a folder beside them, and one small file that
names that folder is put in place by a rename: before it the old profile stands, from it on the new one does. Whoever
opens the profile next finishes what a crash cut off; every step may be done again.
"""

import json
import os
import secrets
import shutil
from pathlib import Path
from typing import Final

from icv_app.files import private
from icv_app.files.backup_file import discard, sync_folder

NOTE: Final = "replacement.json"
_READY: Final = "replacement-"


def prepare(folder: Path) -> Path:
    """Make and return an empty folder, within the profile's `folder`, for what shall replace it. Raises OSError."""
    return private.folder(folder / f"{_READY}{secrets.token_hex(4)}")


def pending(folder: Path) -> bool:
    """Return whether a replacement of the profile in `folder` has begun and is not finished."""
    return (folder / NOTE).exists()


def carry_out(folder: Path, ready: Path) -> None:
    """Put the files in `ready`, a folder of `prepare`, in the place of those of the same names; they are synced.

    Whoever calls it holds the profile's lock and has it closed. Raises OSError: whether the old profile stands then or
    the new one tells `pending`.
    """
    names = sorted((each.name for each in ready.iterdir()), key=lambda name: (not name.endswith(".json"), name))
    sync_folder(ready)
    note = folder / (NOTE + ".new")
    private.file(note).write_text(json.dumps({"ready": ready.name, "names": names}) + "\n", encoding="utf-8")
    with note.open("rb+") as file:
        os.fsync(file.fileno())
    sync_folder(folder)
    os.replace(note, folder / NOTE)  # from here on the new one stands
    sync_folder(folder)
    finish(folder)


def finish(folder: Path) -> None:
    """Finish a replacement that was cut off, if there is one. Whoever calls it holds the profile's lock.

    Raises OSError, and can be called again then.
    """
    if not pending(folder):
        _sweep(folder)
        return
    note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    ready = folder / str(note["ready"])
    for name in note["names"]:
        new = ready / name
        if not new.exists():  # in place already
            continue
        for ending in ("-wal", "-shm", "-journal"):  # the old one's: SQLite would play them into the new one
            (folder / (name + ending)).unlink(missing_ok=True)
        os.replace(new, folder / name)
    sync_folder(folder)
    (folder / NOTE).unlink()
    sync_folder(folder)
    _sweep(folder)


def _sweep(folder: Path) -> None:
    """Remove what was made ready and never used, as far as the system lets us."""
    discard(folder / (NOTE + ".new"))
    for each in folder.glob(f"{_READY}*"):
        if each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
