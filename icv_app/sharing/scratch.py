"""Scratch space: a folder on the laptop's own disk in which files are built before they are copied to the share."""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from forms.translation import tr
from icv_app.encryption.faults import in_words
from icv_app.errors import Unavailable
from icv_app.storage.store import Store

_SCRATCH = "exchange-"


class Scratch:
    """A folder beside the laptop's own data, made when first asked for and removed at the end of the `with` block.

    Entering the block clears what a crash left there over an hour ago. Raises Unavailable("disk_fault", ...), here and
    there.
    """

    def __init__(self, store: Store) -> None:
        with in_words():
            self._beside = Path(store.connection.execute("PRAGMA database_list").fetchone()[2]).absolute().parent
        self._made: tempfile.TemporaryDirectory[str] | None = None

    @property
    def folder(self) -> Path:
        """The folder; most exchanges build nothing and never ask."""
        if self._made is None:
            with _explained():
                self._made = tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=self._beside, ignore_cleanup_errors=True)
        return Path(self._made.name)

    def __enter__(self) -> Self:
        with _explained():
            left = [name for name in os.listdir(self._beside) if name.startswith(_SCRATCH)]
        for name in left:
            self._clear(self._beside / name)
        return self

    def __exit__(self, *_: object) -> None:
        if self._made is not None:
            self._made.cleanup()

    def _clear(self, left: Path) -> None:
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > 3600:
                shutil.rmtree(left)


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(
            "disk_fault",
            tr("This laptop's own folder cannot be written to, so nothing was synced or lost. Please check the disk."),
        ) from error
