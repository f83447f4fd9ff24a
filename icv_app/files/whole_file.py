"""A file on disk that is there whole or not at all: documents and tables for people."""

import contextlib
import errno
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from forms.translation import later, tr
from icv_app.errors import Unavailable

_FULL = {errno.ENOSPC, errno.EFBIG} | ({errno.EDQUOT} if hasattr(errno, "EDQUOT") else set())
_WHY = {
    "full": later("{name} could not be written: the disk is full. Make room on it or choose another, then try again."),
    "folder": later("{name} could not be written: a folder has that name. Choose another name."),
    "missing": later("{name} could not be written: the folder is not there. Choose another folder."),
    "read_only": later("{name} could not be written: that disk can only be read. Choose another folder."),
    "refused": later(
        "{name} could not be written: it is open in another program, or nothing may be written in that folder. Close "
        "it or choose another folder, then try again."
    ),
    "special": later("{name} could not be written: it is no ordinary file. Choose another name."),
    "long": later("{name} could not be written: the name is too long. Choose a shorter one."),
    "other": later(
        "{name} could not be written. Check that the folder is there and that the document is not open in another "
        "program, then try again."
    ),
}
"""Why a file was not written and what to do, in our own words: the system's are English and technical."""


def put(
    path: Path, content: bytes, *, unless: Callable[[], None] = lambda: None, owner_alone: bool = False
) -> Path:  # fmt: skip
    """Write `content` to `path`, replacing what was there in one step, and return `path`.

    `unless` is called last, when all is ready to be put in its place: where it raises, nothing is, and its error goes
    on. Raises Unavailable("document_not_written") where the folder or the file cannot be written, or what bears the
    name is no file, such as a device. After any error an older document is as it was. Where `path` is a link, what it
    leads to is written. `owner_alone`: nobody else may read it, from before anything is in it.
    """
    target = Path(os.path.realpath(path))
    part = _part(target)
    try:
        if target.exists() and not target.is_file():
            raise IsADirectoryError(errno.EISDIR, "no regular file", str(target))
        mode = 0o600 if owner_alone else 0o666  # less what the system takes off (umask)
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        unless()
        os.replace(part, target)
    except OSError as error:
        _drop(part)
        raise Unavailable("document_not_written", tr(_WHY[_why(error, target)], name=path.name)) from error
    except BaseException:
        _drop(part)
        raise
    return path


def _part(target: Path) -> Path:
    """Return a name beside `target` that nobody else has: two programs may write there at once, and a person too.

    It begins as the document's own does, so that what a power cut leaves behind is known, and is short enough.
    """
    name = target.name.encode()[:100].decode(errors="ignore")
    return target.with_name(f"{name}.{secrets.token_hex(4)}.part")


def _drop(part: Path) -> None:
    with contextlib.suppress(OSError):  # the folder itself may be away
        part.unlink(missing_ok=True)


def _why(error: OSError, path: Path) -> str:
    """Return which of the reasons an error is."""
    if error.errno in _FULL:
        return "full"
    if error.errno == errno.EROFS:
        return "read_only"
    if error.errno == errno.ENAMETOOLONG:
        return "long"
    with contextlib.suppress(OSError):
        if path.is_dir():
            return "folder"
        if path.exists() and not path.is_file():
            return "special"
        if not path.parent.is_dir():
            return "missing"
    return "refused" if isinstance(error, PermissionError) else "other"
