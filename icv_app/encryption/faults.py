"""Faults of the laptop's own file in plain words: SQLite's error codes, never its messages, decide what is said."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from forms.translation import later, tr
from icv_app.encryption.cipher import Error
from icv_app.errors import Unavailable

DAMAGED = later(
    "This laptop's data file is damaged. It was left as it is. Please restore a backup, or bring the laptop to your "
    "scheme's office: everything that reached the shared file is safe there."
)
FULL = later("The disk is full. Nothing was lost, but nothing was saved either. Please make some room and try again.")
BUSY = later(
    "This laptop's data is busy with another task. Nothing was lost, but nothing was saved either. "
    "Please try again in a moment."
)
_WORDS = {
    "SQLITE_FULL": ("disk_full", FULL),
    "SQLITE_READONLY": (
        "read_only",
        later("This laptop's data is on a read-only disk or folder. Nothing was lost, but nothing was saved either."),
    ),
    "SQLITE_PERM": (
        "read_only",
        later(
            "This laptop's data cannot be written to: permission was refused. "
            "Nothing was lost, but nothing was saved either."
        ),
    ),
    "SQLITE_BUSY": ("busy", BUSY),
    "SQLITE_LOCKED": ("busy", BUSY),
    "SQLITE_IOERR_SHMSIZE": ("disk_full", FULL),
    "SQLITE_IOERR": (
        "disk_fault",
        later(
            "The disk reported a fault. Nothing was lost, but nothing was saved either. "
            "Please check the disk and make a backup."
        ),
    ),
    "SQLITE_CANTOPEN": (
        "disk_fault",
        later("This laptop's data file cannot be opened. Nothing was lost, but nothing was saved either."),
    ),
    "SQLITE_PROTOCOL": ("busy", BUSY),
    "SQLITE_NOMEM": (
        "out_of_memory",
        later(
            "The laptop ran out of memory. Nothing was lost, but nothing was saved either. Please close other programs."
        ),
    ),
    "SQLITE_CORRUPT": ("damaged", DAMAGED),
    "SQLITE_NOTADB": ("damaged", DAMAGED),
}


def unavailable(error: Error) -> Unavailable | None:
    """Return what to tell a person about an error of the local database, or None where the error is our own bug."""
    name: str = getattr(error, "sqlite_errorname", None) or ""
    for base, (code, words) in _WORDS.items():
        if name == base or name.startswith(base + "_"):  # SQLITE_IOERR_WRITE and the like
            return Unavailable(code, tr(words))
    return None


class in_words:  # noqa: N801  (used like a function; a class, since an exchange enters it some fifty times)
    """Turn the surroundings' faults within the block into Unavailable; let every other error through as it is."""

    __slots__ = ()

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Error):
            told = unavailable(error)
            if told is not None:
                raise told from error


_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def of_files() -> Iterator[None]:
    """Turn OSError from the laptop's own files within the block into Unavailable; TimeoutError passes (a lock)."""
    try:
        yield
    except TimeoutError:
        raise
    except OSError as error:
        name = f" ({error.filename})" if error.filename else ""
        if error.errno in _FULL:
            raise Unavailable("disk_full", tr(FULL)) from error
        if error.errno in _REFUSED:
            raise Unavailable(
                "read_only",
                tr(
                    "The folder or file cannot be written to{name}. Nothing was lost, but nothing was saved either. "
                    "Please choose another folder.",
                    name=name,
                ),
            ) from error
        raise Unavailable(
            "disk_fault",
            tr(
                "A file or folder cannot be used{name}: {reason}. Nothing was lost, but nothing was saved either.",
                name=name,
                reason=error.strerror,
            ),
        ) from error
