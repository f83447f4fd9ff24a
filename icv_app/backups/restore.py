"""Restoring a backup: unpacked and proved beside the profile, compared with it, and then put in its place whole.

What the profile holds now is first kept aside, as a backup where it can be read, else as it is. The restored profile
writes under a new replica id from then on: the old one may have gone on counting after the backup (`sync.md` §4, §6).
"""

import contextlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from forms.translation import tr
from icv_app.backups import backup, backup_places, backup_register, restore_preview
from icv_app.backups.restore_preview import Preview
from icv_app.clock import Clock
from icv_app.encryption.cipher import KEY_BYTES, Connection, Error, open_local, open_shared
from icv_app.encryption.faults import DAMAGED, in_words, of_files, unavailable
from icv_app.errors import InvalidInput, Unavailable
from icv_app.files import backup_file, private, replacement
from icv_app.files.backup_file import SUFFIX, Label, Stop
from icv_app.identity import Identity
from icv_app.profiles import vault
from icv_app.profiles.profile import DATA, VAULT, VAULT_FORMAT, Profile, exclusive, refuse_cloud
from icv_app.storage import meta
from icv_app.storage.schema import LOCAL_FORMAT, prepare_local
from icv_app.storage.store import Store

_IDENTITY = ("person", "role", "scheme", "hub_id", "device")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came of it: where what was there before is kept (None: there was nothing), and as of when the profile is."""

    kept: Path | None
    made: datetime


class Restoration:
    """A backup, unpacked within the folder of the profile that it may replace. Leaving its `with` tidies up.

    It holds no connection, so that it may go from one thread to another.
    """

    def __init__(self, folder: Path, ready: Path, label: Label, key: bytes, clock: Clock, *, made_folder: bool) -> None:
        self.folder = folder
        self.made = label.made
        self._ready = ready
        self._key = key
        self._clock = clock
        self._made_folder = made_folder
        self._preview: Preview | None = None
        self._found: bytes | None = None  # a key of the profile that is there now, where it is not the backup's
        with self._backup() as connection:
            self.identity = _identity(connection)

    @classmethod
    def open(
        cls, file: Path, folder: Path, passphrase: str, *, clock: Clock | None = None, stop: Stop | None = None
    ) -> Self:
        """Unpack and prove the backup `file`, which `passphrase` opens, for the profile in `folder`.

        Raises InvalidInput ("no_file", "not_a_backup", "backup_damaged", "wrong_passphrase", "cloud_folder") or
        Unavailable ("newer_format", "backup_unreadable", "disk_full", "read_only", ...). Nothing is changed by any.
        """
        clock = Clock() if clock is None else clock
        label = backup_file.read(file)
        key = _key_of(label, file, passphrase)
        refuse_cloud(folder)
        with of_files():
            made_folder = not folder.exists()
            private.folder(folder)
        if replacement.pending(folder):  # a restore that was cut off: it has to stand before another one
            with exclusive(folder), of_files():
                replacement.finish(folder)
        with of_files():
            ready = replacement.prepare(folder)
        try:
            with of_files():
                backup_file.unpack(file, ready / DATA, stop=stop)
                private.file(ready / VAULT).write_text(json.dumps(dict(label.vault), indent=1) + "\n", encoding="utf-8")
            with _as_backup(file):
                _prove(ready / DATA, key)
                return cls(folder, ready, label, key, clock, made_folder=made_folder)
        except BaseException:
            _tidy(folder, ready, made_folder=made_folder)
            raise

    def preview(self, here: Profile | None = None, passphrases: tuple[str, ...] = ()) -> Preview:
        """Return what restoring would add and lose. `here`: the profile in the folder, where it is open already.

        Else it is opened by the backup's own key, which is the same where both are of one laptop, or by one of the
        `passphrases`. Raises InvalidInput("other_scheme") or Unavailable.
        """
        with self._backup() as connection:
            theirs = self._store(connection, self.identity)
            if not Profile.exists(self.folder):
                found = restore_preview.empty(self.identity, self.made, theirs, present="none")
            elif here is not None:
                with here.store() as store, in_words():
                    found = self._compared(theirs, store, here.identity)
            else:
                found = self._looked_into(theirs, passphrases)
        self._preview = found
        return found

    @property
    def shown(self) -> Preview:
        """What `preview` returned last."""
        assert self._preview is not None
        return self._preview

    def carry_out(self) -> Restored:
        """Put the backup in the profile's place. The profile must be closed, here and everywhere.

        Raises Unavailable ("profile_in_use", "disk_full", ...): then the profile is as it was, unless
        `replacement.pending`, and then it is the restored one when it is opened next.
        """
        with of_files():
            private.folder(self.folder)
        with exclusive(self.folder):
            kept = self._keep_aside()
            self._make_ready()
            with of_files():
                replacement.carry_out(self.folder, self._ready)
        return Restored(kept=kept, made=self.made)

    def close(self) -> None:
        """Remove what was unpacked, if it was not put in place."""
        _tidy(self.folder, self._ready, made_folder=self._made_folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _backup(self) -> Iterator[Connection]:
        with in_words(), contextlib.closing(open_local(self._ready / DATA, self._key)) as connection:
            yield connection
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _store(self, connection: Connection, who: Identity) -> Store:
        return Store(connection, author=who.person, clock=self._clock)

    # The profile that is there now -----------------------------------------------------------------------------------

    def _looked_into(self, theirs: Store, passphrases: tuple[str, ...]) -> Preview:
        key = self._present_key(passphrases)
        if key is not None:
            with contextlib.suppress(Unavailable), self._present(key) as connection:
                mine = _identity(connection)
                return self._compared(theirs, self._store(connection, mine), mine)
        return restore_preview.empty(self.identity, self.made, theirs, present="closed")

    def _compared(self, theirs: Store, here: Store, mine: Identity) -> Preview:
        return restore_preview.compared(self.identity, self.made, theirs, here, mine=mine)

    def _present_key(self, passphrases: tuple[str, ...] = ()) -> bytes | None:
        """Return the key of the data that is there now, None where it is not known or nothing can be read by it."""
        if self._opens_present(self._key):
            return self._key
        for passphrase in passphrases:
            try:
                key = vault.unseal(json.loads((self.folder / VAULT).read_text(encoding="utf-8")), passphrase)
            except (InvalidInput, OSError, ValueError, RecursionError):
                continue
            if len(key) == KEY_BYTES and self._opens_present(key):
                self._found = key
        return self._found if self._found is not None and self._opens_present(self._found) else None

    def _opens_present(self, key: bytes) -> bool:
        if not (self.folder / DATA).is_file() or not (self.folder / DATA).stat().st_size:
            return False
        try:
            with contextlib.closing(open_local(self.folder / DATA, key)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except Error:
            return False
        return True

    @contextmanager
    def _present(self, key: bytes) -> Iterator[Connection]:
        with in_words(), contextlib.closing(open_local(self.folder / DATA, key)) as connection:
            prepare_local(connection)
            yield connection

    def _keep_aside(self) -> Path | None:
        """Keep what the folder holds now; return where. Raises Unavailable where there is no room for it."""
        if not (self.folder / DATA).exists() and not (self.folder / VAULT).exists():
            return None
        own = backup_places.own_place(self.folder)
        with backup_file.explained(own):
            private.folder(own)
        key = self._present_key()
        if key is not None:
            with contextlib.suppress(Unavailable):
                return self._keep_as_backup(own, key)
        return self._keep_as_it_is(own)

    def _keep_as_backup(self, own: Path, key: bytes) -> Path:
        with self._present(key) as connection:
            source = backup.Source(
                folder=self.folder, vault=backup.sound_vault(self.folder), connection=connection,
                opening=lambda path: open_shared(path, key),
            )  # fmt: skip
            target, moment = self._free(own, str(meta.get(connection, "device", "")), SUFFIX)
            return backup.of(source, target, moment).path

    def _keep_as_it_is(self, own: Path) -> Path:
        target, _ = self._free(own, "", "")
        half = target.with_name(f"{target.name}.tmp")
        with of_files():
            private.folder(half)
            for name in (DATA, f"{DATA}-wal", VAULT):
                if (self.folder / name).exists():
                    shutil.copyfile(self.folder / name, private.file(half / name))
                    _sync(half / name)
            backup_file.sync_folder(half)
            half.rename(target)
            backup_file.sync_folder(own)
        return target

    def _free(self, own: Path, device: str, ending: str) -> tuple[Path, datetime]:
        """Return a path for what is kept that nothing has yet, and its moment."""
        moment = self._clock.now()
        while (target := own / f"{backup_places.name_before(device, moment)}{ending}").exists():
            moment += timedelta(seconds=1)
        return target, moment

    # The new one -----------------------------------------------------------------------------------------------------

    def _make_ready(self) -> None:
        """Let the restored profile begin anew where it must, and know of all backups that the other one knew of."""
        known: dict[Path, datetime] = {}
        key = self._present_key()
        if key is not None:
            with contextlib.suppress(Unavailable, ValueError), self._present(key) as connection:
                known = backup_register.register(connection)
        with self._backup() as connection:
            meta.put(connection, "replica", secrets.token_bytes(16))
            backup_register.enter(connection, known)
            self._store(connection, self.identity).log("restored", **self._log())
        with of_files():
            for path in self._ready.iterdir():
                if path.name not in (DATA, VAULT):  # what SQLite left beside it
                    path.unlink()
                else:
                    _sync(path)

    def _log(self) -> dict[str, Any]:
        found = self._preview
        return {} if found is None else {"adds": found.revisions_added, "loses": found.revisions_lost}


def _key_of(label: Label, file: Path, passphrase: str) -> bytes:
    """Return the data key in a backup's vault. Raises InvalidInput("wrong_passphrase", "backup_damaged")."""
    version = label.vault.get("icv_vault")
    if label.local_format > LOCAL_FORMAT or (isinstance(version, int) and version > VAULT_FORMAT):
        raise Unavailable(
            "newer_format",
            tr(
                "The backup {file} was made by a newer version of this program. Nothing was changed. Please update the "
                "program on this laptop.",
                file=file,
            ),
        )
    try:
        key = vault.unseal(label.vault, passphrase)
    except InvalidInput as error:
        words = tr("That is not the passphrase of this backup. It is the one that was in use on {date}.",
                   date=f"{label.made:%d/%m/%Y}")  # fmt: skip
        raise InvalidInput(error.code, words) from error
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise backup_file.damaged(file)
    return key


def _prove(data: Path, key: bytes) -> None:
    """Read the whole unpacked database, and bring it to this program's format. Raises sqlcipher3's errors."""
    with contextlib.closing(open_shared(data, key)) as connection:
        bad = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        bad += [row for row in connection.execute("PRAGMA quick_check").fetchall() if row[0] != "ok"]
        if bad:
            raise Unavailable("damaged", tr(DAMAGED))
    with contextlib.closing(open_local(data, key)) as connection:
        prepare_local(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _as_backup(file: Path) -> Iterator[None]:
    """Say of damage within the block that it is the backup's, not the laptop's."""
    try:
        yield
    except Error as error:
        told = unavailable(error)
        if told is None or told.code == "damaged":
            raise backup_file.damaged(file) from error
        raise told from error
    except Unavailable as error:
        if error.code == "damaged":
            raise backup_file.damaged(file) from error
        raise


def _identity(connection: Connection) -> Identity:
    """Return whose profile an open database is. Raises Unavailable("damaged") where it is none."""
    values = {name: meta.get(connection, name) for name in _IDENTITY}
    if not all(isinstance(value, str) for value in values.values()):
        raise Unavailable("damaged", tr("This is no profile of this program."))
    return Identity(**values)


def _tidy(folder: Path, ready: Path, *, made_folder: bool) -> None:
    if replacement.pending(folder):  # it has to be finished from there
        return
    shutil.rmtree(ready, ignore_errors=True)
    if made_folder:
        with contextlib.suppress(OSError):  # not empty, after all
            folder.rmdir()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
