"""A backup file, `NAME.icvbackup`: two lines of text, then a profile's database as it was, under its own data key.

    icvbackup 1 DIGEST          the format, and the SHA-256 of the second line
    {"made": ..., "vault": ..., "format": ..., "bytes": ..., "sha256": ...}
    the database, that many bytes, with that SHA-256

The second line says when it was made, and holds the vault (the data key under the passphrase of that time); nothing in
it tells who or what. So every bit of the file is covered, and without this program `tail -c BYTES` gives the database.
"""

import errno
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final

from forms.translation import tr
from icv_app.clock import LONDON
from icv_app.errors import IcvError, InvalidInput, Unavailable
from icv_app.files import private

SUFFIX: Final = ".icvbackup"
FORMAT: Final = 1
_MAGIC: Final = b"icvbackup "
_LONGEST_LINE: Final = 1 << 16
_BLOCK: Final = 1 << 20
Stop = Callable[[], bool]
"""Asked now and then: whether to give up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a backup file says of itself: when it was made (Europe/London), and the vault's fields.

    Of the database: its format as a laptop's file, size in bytes, SHA-256, and the byte at which it begins.
    """

    made: datetime
    vault: Mapping[str, Any]
    local_format: int
    size: int
    digest: str
    start: int


def write(
    data: Path, target: Path, *, vault: Mapping[str, Any], made: datetime, local_format: int, stop: Stop | None = None
) -> int:
    """Write the backup of the database file `data` to `target` and return its size in bytes once it is proved.

    Under a temporary name, synced, read back, and only then renamed, in place of what was there. Raises Unavailable
    ("backup_full", "backup_read_only", "backup_away", "backup_unreliable", "backup_stopped"), and then `target` is as
    it was.
    """
    size, digest = data.stat().st_size, _digest(data, stop)
    line = json.dumps(
        {"made": made.isoformat(), "vault": vault, "format": local_format, "bytes": size, "sha256": digest},
        separators=(",", ":"),
    ).encode()  # fmt: skip
    head = _MAGIC + f"{FORMAT} {sha256(line).hexdigest()}\n".encode() + line + b"\n"
    temporary = target.with_name(f"{target.name}.{secrets.token_hex(4)}.tmp")
    with explained(target.parent):
        try:
            private.file(temporary)
            with temporary.open("wb") as out, data.open("rb") as content:
                out.write(head)
                for block in _blocks(content, stop):
                    out.write(block)
                out.flush()
                os.fsync(out.fileno())
            _prove(temporary, sha256(line).hexdigest(), digest, stop)
            os.replace(temporary, target)
            sync_folder(target.parent)
        except BaseException:
            discard(temporary)
            raise
    return len(head) + size


def copy(source: Path, target: Path, *, stop: Stop | None = None) -> None:
    """Copy a backup file to another place in the same careful way, whole or not at all.

    Raises what `write` raises, and InvalidInput("backup_damaged") where `source` is not whole.
    """
    temporary = target.with_name(f"{target.name}.{secrets.token_hex(4)}.tmp")
    with explained(target.parent):
        try:
            private.file(temporary)
            with temporary.open("wb") as out, source.open("rb") as content:
                for block in _blocks(content, stop):
                    out.write(block)
                out.flush()
                os.fsync(out.fileno())
            check(temporary, stop=stop)
            os.replace(temporary, target)
            sync_folder(target.parent)
        except BaseException:
            discard(temporary)
            raise


def read(path: Path) -> Label:
    """Return what the backup at `path` says of itself, its size compared. Its database is not read yet: see `check`.

    Raises InvalidInput ("no_file", "not_a_backup", "backup_damaged") or Unavailable ("newer_format",
    "backup_unreadable").
    """
    with _reading(path), path.open("rb") as file:
        return _label(path, file)


def check(path: Path, *, stop: Stop | None = None) -> Label:
    """Read every byte of the backup at `path` and return what it says of itself. Raises what `read` raises."""
    with _reading(path), path.open("rb") as file:
        label = _label(path, file)
        digest = sha256()
        for block in _blocks(file, stop):
            digest.update(block)
        if digest.hexdigest() != label.digest:
            raise damaged(path)
        return label


def unpack(path: Path, data: Path, *, stop: Stop | None = None) -> Label:
    """Write the database of the backup at `path` to the new file `data`, synced, and return its label.

    Raises what `read` raises, and OSError where `data` cannot be written. Where it raises, `data` may be there in part.
    """
    with _reading(path):
        file = path.open("rb")
    with file:
        with _reading(path):
            label = _label(path, file)
        digest = sha256()
        private.file(data)
        with data.open("wb") as out:
            while True:
                with _reading(path):
                    block = file.read(_BLOCK)
                if not block:
                    break
                if stop is not None and stop():
                    raise _stopped()
                digest.update(block)
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
    if digest.hexdigest() != label.digest:
        raise damaged(path)
    return label


def _label(path: Path, file: BinaryIO) -> Label:
    first = file.readline(_LONGEST_LINE)
    if not first.startswith(_MAGIC):
        raise _no_backup(path)
    try:
        version, promised = first[len(_MAGIC) :].decode("ascii").split()
        if int(version) > FORMAT:
            raise Unavailable(
                "newer_format",
                tr(
                    "The backup {file} was made by a newer version of this program. Nothing was changed. Please update "
                    "the program on this laptop.",
                    file=path,
                ),
            )
        line = file.readline(_LONGEST_LINE)
        if first != _MAGIC + f"{FORMAT} {promised}\n".encode() or not line.endswith(b"\n"):
            raise ValueError("the first lines are not as they are written")
        if sha256(line[:-1]).hexdigest() != promised:
            raise ValueError("the digest of the second line does not match")
        fields = json.loads(line)
        label = Label(
            made=datetime.fromisoformat(fields["made"]).astimezone(LONDON), vault=dict(fields["vault"]),
            local_format=int(fields["format"]), size=int(fields["bytes"]), digest=str(fields["sha256"]),
            start=len(first) + len(line),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
        raise damaged(path) from error
    if os.fstat(file.fileno()).st_size != label.start + label.size:
        raise damaged(path)
    return label


def _prove(written: Path, promised: str, digest: str, stop: Stop | None) -> None:
    """Raise Unavailable where the file does not give back what was written to it."""
    try:
        label = check(written, stop=stop)
        sound = label.digest == digest
        with written.open("rb") as file:
            sound = sound and promised.encode() in file.readline(_LONGEST_LINE)
    except InvalidInput:
        sound = False
    if not sound:
        raise Unavailable(
            "backup_unreliable",
            tr(
                "The disk did not give back what was written to it, so this is no backup: {folder}. Please choose "
                "another place for it.",
                folder=written.parent,
            ),
        )


def _no_backup(path: Path) -> InvalidInput:
    words = tr("{file} is not a backup of this program. Nothing was changed.", file=path)
    return InvalidInput("not_a_backup", words)


def damaged(path: Path) -> InvalidInput:
    """Return what to raise for a backup that is not whole."""
    return InvalidInput(
        "backup_damaged",
        tr(
            "The backup {file} is damaged or was not copied whole. Nothing was changed. Please take another one.",
            file=path,
        ),
    )


def _stopped() -> Unavailable:
    return Unavailable("backup_stopped", tr("The backup was stopped before it was done. It will be made again."))


def _blocks(file: BinaryIO, stop: Stop | None) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        if stop is not None and stop():
            raise _stopped()
        yield block


def _digest(path: Path, stop: Stop | None) -> str:
    digest = sha256()
    with path.open("rb") as file:
        for block in _blocks(file, stop):
            digest.update(block)
    return digest.hexdigest()


def discard(path: Path) -> None:
    """Remove a file of ours that is not wanted any more, if the surroundings let us; else it is swept up later."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable, where the system and its disk can."""
    if os.name != "posix":  # Windows cannot open a folder, and orders renames in its journal
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:  # some sticks and shares cannot, and need not
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
            raise
    finally:
        os.close(descriptor)


_FULL = {errno.ENOSPC, errno.EFBIG} | ({errno.EDQUOT} if hasattr(errno, "EDQUOT") else set())
_REFUSED = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn an OSError of the place where a backup is to lie into Unavailable with words for the person."""
    try:
        yield
    except IcvError:
        raise
    except OSError as error:
        code = "backup_away"
        if error.errno in _FULL:
            code = "backup_full"
        elif error.errno in _REFUSED:
            code = "backup_read_only"
        raise Unavailable(code, why(code, folder)) from error


def why(code: str, folder: Path) -> str:
    """Return one sentence on why no backup could be written to `folder`, by the code of the failure."""
    if code in ("backup_full", "disk_full"):
        return tr("There is no room for a backup in {folder}.", folder=folder)
    if code in ("backup_read_only", "read_only"):
        return tr("The folder for backups cannot be written to: {folder}.", folder=folder)
    if code == "backup_away":
        return tr("The folder for backups is not there, or cannot be used: {folder}.", folder=folder)
    if code == "backup_unreliable":
        return tr("What was written to {folder} did not read back the same.", folder=folder)
    return tr("No backup could be made in {folder} ({code}).", folder=folder, code=code)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise InvalidInput("no_file", tr("There is no file {path}.", path=path)) from error
    except IsADirectoryError as error:
        raise _no_backup(path) from error
    except OSError as error:
        raise Unavailable(
            "backup_unreadable", tr("{path} cannot be read: {reason}.", path=path, reason=error.strerror or error.errno)
        ) from error
