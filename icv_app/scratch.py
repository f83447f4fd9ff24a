"""Scratch space: a folder on the laptop's own disk in which files are built before they are copied to the share."""

import contextlib
import shutil
import tempfile
import time
from pathlib import Path

from forms.translation import tr
from icv_app.errors import Unavailable
from icv_app.faults import in_words
from icv_app.store import Store

_SCRATCH = "exchange-"


def scratch_folder(store: Store) -> "tempfile.TemporaryDirectory[str]":
    """Make a folder beside the laptop's own data, removed after use; clear what a crash left there over an hour ago.

    Raises Unavailable("disk_fault", ...).
    """
    with in_words():
        folder = Path(store.connection.execute("PRAGMA database_list").fetchone()[2]).absolute().parent
    for left in folder.glob(f"{_SCRATCH}*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > 3600:
                shutil.rmtree(left)
    try:
        return tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=folder, ignore_cleanup_errors=True)
    except OSError as error:
        raise Unavailable(
            "disk_fault",
            tr("This laptop's own folder cannot be written to, so nothing was synced or lost. Please check the disk."),
        ) from error
