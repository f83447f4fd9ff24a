"""A backup: the whole of one profile in one file, as it stood at one moment, under the profile's own data key.

Made while the profile is open and others save to it. What is made is proved before it is called a backup: the copy
opens with the key, its pages are authentic, it has as many rows as the profile, and the file reads back the same.
"""

import contextlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from forms.translation import tr
from icv_app.encryption.cipher import Connection, Error
from icv_app.encryption.faults import in_words, of_files
from icv_app.errors import InvalidInput, Unavailable
from icv_app.files import backup_file, private
from icv_app.files.backup_file import Stop
from icv_app.profiles import vault
from icv_app.profiles.profile import DATA, VAULT, Profile

_PROGRESS = 100_000  # steps of SQLite's machine between two looks at whether to stop: some milliseconds
_APPENDED = ("revision",)  # tables from which no row is ever taken

Counts = Mapping[str, int]
"""Rows by table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A backup that was proved: where it lies, as of when (Europe/London), its size in bytes, and what it holds."""

    path: Path
    made: datetime
    size: int
    revisions: int
    drafts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The profile that is backed up: its folder, its vault's fields, an open connection to its database.

    `opening` opens a copy of that database to read it.
    """

    folder: Path
    vault: Mapping[str, Any]
    connection: Connection
    opening: Callable[[Path], Connection]


def make(profile: Profile, target: Path, *, overwrite: bool = False, stop: Stop | None = None) -> Made:
    """Back up the open profile to the file `target`. Safe to call from any thread; saves go on meanwhile.

    Raises InvalidInput("backup_exists"), or Unavailable ("backup_full", "backup_read_only", "backup_away",
    "backup_unreliable", "backup_stopped", "disk_full", "damaged", "vault_damaged", ...); then `target` is as it was.
    """
    if target.exists() and not overwrite:
        raise InvalidInput("backup_exists", tr("{file} is there already. Nothing was written.", file=target))
    with contextlib.closing(profile.connect()) as connection:
        source = Source(
            folder=profile.folder, vault=sound_vault(profile.folder), connection=connection, opening=profile.open_copy
        )
        return of(source, target, profile.clock.now(), stop=stop)


def of(source: Source, target: Path, made: datetime, *, stop: Stop | None = None) -> Made:
    """Back up `source` to `target`, in place of what is there, as made at `made`. Raises what `make` raises."""
    with _copied(source, stop) as (copy, counts, local_format):
        size = backup_file.write(copy, target, vault=source.vault, made=made, local_format=local_format, stop=stop)
    return Made(path=target, made=made, size=size, revisions=counts["revision"], drafts=counts["draft"])


def sound_vault(folder: Path) -> Mapping[str, Any]:
    """Return the fields of the profile's vault. Raises Unavailable("vault_damaged") where no passphrase opens it."""
    try:
        with of_files():
            fields = json.loads((folder / VAULT).read_text(encoding="utf-8"))
        if not vault.sound(fields):
            raise ValueError("the checksum does not match")
    except (ValueError, RecursionError) as error:
        raise Unavailable(
            "vault_damaged",
            tr(
                "The file {file} in {folder} is damaged, so no backup could be opened again. Please change the "
                "passphrase, which writes it anew.",
                file=VAULT,
                folder=folder,
            ),
        ) from error
    return dict(fields)


@contextmanager
def _copied(source: Source, stop: Stop | None) -> Iterator[tuple[Path, Counts, int]]:
    """Copy the database as it stands now into the profile's own folder, for as long as the block runs.

    VACUUM INTO reads in one transaction, which in WAL mode keeps nobody from writing; the copy is under the same key,
    and has none of the pages that a deleted draft left behind.
    """
    scratch = source.folder / f"{DATA}.{secrets.token_hex(4)}.copy"
    connection = source.connection
    try:
        with of_files():
            private.file(scratch)
        connection.set_progress_handler(None if stop is None else lambda: int(stop()), _PROGRESS)
        before = _counts(connection)
        _vacuum_into(connection, scratch)
        after = _counts(connection)
        connection.set_progress_handler(None, 0)
        yield scratch, *_proved(source, scratch, before, after)
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            backup_file.discard(scratch.with_name(scratch.name + ending))


def _vacuum_into(connection: Connection, scratch: Path) -> None:
    with in_words():
        try:
            connection.execute("VACUUM INTO ?", (str(scratch),))
        except Error as error:
            if getattr(error, "sqlite_errorname", "") != "SQLITE_INTERRUPT":
                raise
            words = tr("The backup was stopped before it was done. It will be made again.")
            raise Unavailable("backup_stopped", words) from error


def _proved(source: Source, copy: Path, before: Counts, after: Counts) -> tuple[Counts, int]:
    """Return what the copy holds, and its format. Raises Unavailable ("backup_unreliable", "damaged").

    Somebody may have saved while it was made: then it holds what was there before, at least.
    """
    with in_words(), contextlib.closing(source.opening(copy)) as opened:
        bad = opened.execute("PRAGMA cipher_integrity_check").fetchall()
        bad += [row for row in opened.execute("PRAGMA quick_check").fetchall() if row[0] != "ok"]
        held = _counts(opened)
        summed = opened.execute("SELECT coalesce(sum(n), 0) FROM head").fetchone()[0]
        (local_format,) = opened.execute("PRAGMA user_version").fetchone()
    whole = held == before if before == after else all(before[t] <= held[t] <= after[t] for t in _APPENDED)
    if bad or not whole or held.keys() != before.keys() or summed != held["revision"]:
        raise Unavailable("backup_unreliable", backup_file.why("backup_unreliable", copy.parent))
    return held, local_format


def _counts(connection: Connection) -> Counts:
    with in_words():
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  (names of our own)
            for name in names
        }
